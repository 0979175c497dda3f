/* clip_picture_priv.h - a decoded image as the clip hands it on. */
#ifndef HM_VIDEO_CLIP_PICTURE_PRIV_H
#define HM_VIDEO_CLIP_PICTURE_PRIV_H

#include "video/clip.h"

#ifdef HM_HAS_FILM

#include <libavutil/frame.h>
#include <libswscale/swscale.h>

/** Room for one image; all but pixels and arena begins zeroed. */
typedef struct clip_picture {
    hm_clip_pixels pixels;
    hm_arena *arena;
    struct SwsContext *sws; /* made with the first image that needs it */
    int sws_w, sws_h, sws_format;
    uint8_t *coded, *turned; /* as coded, and upright; NULL until needed */
} clip_picture;

/**
 * Upright, in the pixels that are asked for. Luma of 8 bits with colour in planes of its own at
 * half the rows and columns (4:2:0), or with none, is the frame's own; all else is converted to
 * that. in     turn_deg  0, 90, 180 or 270, clockwise out    image     bytes, colour, size, black
 * and white; valid until the next frame errors false = no memory
 */
HM_CHECKED bool clip_picture_take(clip_picture *p, const AVFrame *f, int32_t turn_deg,
                                  hm_clip_image *image);
void clip_picture_free(clip_picture *p);

#endif
#endif
