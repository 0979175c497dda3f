/* video/silhouette.h - what moves before a fixed camera: a part of the picture against its own
 * background, which is learnt slowly and only where nothing moves. In luma, and in colour where the
 * image has it: kit and skin may have the track's own luma. */
#ifndef HM_VIDEO_SILHOUETTE_H
#define HM_VIDEO_SILHOUETTE_H

#include "video/clip.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum { HM_SILHOUETTE_UNIT = 16 }; /* of diff: parts of a level of luma */

typedef struct hm_silhouette {
    int32_t u0_px, v0_px, w_px, h_px; /* the part of the picture */
    int16_t *back;                    /* (h x w) background, 1/128 of a level */
    uint16_t *none;                   /* (w) zeros */
    int16_t *diff;                    /* (h x w) picture minus background, 1/16 of a level */
    uint8_t *mask;                    /* (h x w) 1 = changed, before any clean-up */
    uint16_t *run;                    /* (h x w) [1] rows of the upright run of changed points that
                                       * this one belongs to, 0 = not changed */
    int32_t *from_px, *to_px;         /* (h) columns of a row that are looked at, half open, even */
    bool *busy, *busy_run;            /* (h) has any point of the row changed, is any in a run */
    bool moving;                      /* is there any run of 3 rows or more */
    /* colour, a point for two by two; u0_px and v0_px are even */
    int32_t half_w_px, half_h_px;
    int16_t *half_back[2], *half_diff[2]; /* (half_h x half_w) as back and diff */
    int16_t *half_edge; /* (half_h x half_w) how steep the background's colour is, as back: there
                         * coding moves it */
    uint8_t *half_mask; /* (2 x half_w) of one row, by colour */
    bool has_colour;    /* of the last image */
    double half_noise;  /* [1] as noise */
    double noise;       /* [1] standard deviation of the still picture, levels */
    double gain;        /* [1] light against the background's */
    int64_t n_image;
} hm_silhouette;

/**
 * Lay out a part of the picture; it is cut to the picture.
 * errors HM_ERR_INPUT nothing of it lies in the picture; HM_ERR_SYSTEM no memory
 * memory arena: 10 bytes a point
 */
HM_CHECKED hm_status hm_silhouette_init(hm_silhouette *s, int32_t picture_w_px,
                                        int32_t picture_h_px, int32_t u0_px, int32_t v0_px,
                                        int32_t u1_px, int32_t v1_px, hm_arena *arena, hm_err *err);

/**
 * Of each row of the part look at some columns only; what lies beside never moves. Before the first
 * image.
 * in     from_px, to_px  (h) half open, columns of the part
 */
void hm_silhouette_narrow(hm_silhouette *s, const int32_t from_px[], const int32_t to_px[]);

/**
 * The next image. The first one is the first background.
 * in     shift_u_px, shift_v_px  how far the picture lies from where it lay at first; whole pixels
 *                                of it are taken off
 *        still_s                 time since the last image
 * errors none.  memory none
 * test   tests/unit/video/test_silhouette.c
 */
void hm_silhouette_step(hm_silhouette *s, const hm_clip_image *image, double shift_u_px,
                        double shift_v_px, double still_s);

#endif
