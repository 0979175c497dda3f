/* place_priv.h - what stands behind the figures. */
#ifndef HM_ROTO_PLACE_PRIV_H
#define HM_ROTO_PLACE_PRIV_H

#include "look_priv.h"

enum { ROTO_SAMPLE_MAX = 25 }; /* images of which the empty place is the median */

/* Images of a clip over its whole length, at the size of the film. */
typedef struct roto_samples {
    int32_t n, w_px, h_px;
    uint8_t *rgb[ROTO_SAMPLE_MAX];
    uint8_t *person[ROTO_SAMPLE_MAX]; /* (w h) 1 = somebody stands there */
} roto_samples;

/* A clip's image at the film's size: means over the pixels that fall into one. */
void roto_place_scale(const roto_image *image, int32_t w_px, int32_t h_px, uint8_t *rgb);

/* The place without what moves: median of each pixel and channel over the samples in which nobody
 * stands there; where somebody always does, what is around it.
 * out    moving  share of the picture that differs from the median in a sample, the median of
 *                samples: above about 0.35 the camera itself moves */
hm_status roto_place_median(const roto_samples *samples, int n_thread, hm_arena *scratch,
                            uint8_t *rgb, float *moving, hm_err *err);

/* Draw a picture flat: detail smoothed away but for its borders, few levels of light, thin lines,
 * then the look's paint and paper. In place. */
hm_status roto_place_draw(const roto_look *look, int32_t w_px, int32_t h_px, int n_thread,
                          hm_arena *scratch, uint8_t *rgb, hm_err *err);

/* The sheet itself. */
void roto_place_paper(const roto_look *look, int32_t w_px, int32_t h_px, uint8_t *rgb);

#endif
