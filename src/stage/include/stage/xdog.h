/* stage/xdog.h - ink lines found in a picture: the flow-guided, extended difference of Gaussians.
 *
 * Words used here: the flow is the direction in which an edge runs at each pixel; the narrow and
 * the wide mean are Gaussian means of the luma across the flow; ink is 0 no ink to 255 all ink.
 *
 * A pixel is compared with what lies to both sides of the line it may be on, and the answer is
 * averaged along that line: so lines come out whole, and grain, which has no direction, does not.
 * The measure is u = narrow + sharp (narrow - wide); ink lies where u < dark: with dark 0 and less,
 * lines alone, by contrast in proportion to the light; above 0 what is darker than it is filled. */
#ifndef HM_STAGE_XDOG_H
#define HM_STAGE_XDOG_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

typedef struct hm_xdog_opts {
    double flow_px;   /* what the flow is smoothed over, standard deviation */
    double narrow_px; /* standard deviation of the narrow mean: half a line's width about */
    double wide_frac; /* of the wide one against it [1] */
    double along_px;  /* standard deviation of the mean along the line, 0 = none */
    double sharp;     /* how much the difference counts [1] */
    double dark_frac; /* u below this is ink, of full luma */
    double soft_frac; /* ink is full so far below it: the softness of a line's border */
} hm_xdog_opts;

/** 2.5 px, 1 px, 1.6, 3 px, 40, -0.15, 0.5: thin lines at 720 rows; scale the px by the size. */
hm_xdog_opts hm_xdog_opts_default(void);

/**
 * Which way edges run.
 *
 * in     luma      (h_px x stride) 0 .. 255
 *        flow_px   0 .. 16
 * out    flow      (h_px x w_px x 2) unit vectors (x, y) along the edge; 1, 0 where there is none.
 *                  Their sign is arbitrary
 * errors HM_ERR_SYSTEM no memory
 * memory scratch in the arena, released again.  threads: n_thread at work
 * source minor eigenvector of the smoothed structure tensor: Kyprianidis, Kang, "Image and video
 *        abstraction by coherence-enhancing filtering", 2011 (recalled)
 * test   tests/unit/stage/test_xdog.c
 */
HM_CHECKED hm_status hm_xdog_flow(const uint8_t *luma, int32_t w_px, int32_t h_px, int32_t stride,
                                  double flow_px, int n_thread, hm_arena *scratch, float *flow,
                                  hm_err *err);

/**
 * The ink of a picture.
 *
 * in     luma   (h_px x stride) 0 .. 255, w_px and h_px at least 1 (asserted)
 *        flow   (h_px x w_px x 2) as hm_xdog_flow gives it, or one's own
 *        opts   narrow_px 0.3 .. 8, wide_frac above 1, along_px up to 16, soft_frac above 0
 * (asserted) out    ink    (h_px x w_px) 0 .. 255. The same bytes on any number of threads errors
 * HM_ERR_SYSTEM no memory memory scratch in the arena, released again.  threads: n_thread at work
 * source Winnemoeller, Kyprianidis, Olsen, "XDoG: an eXtended difference-of-Gaussians compendium",
 *        2012; Kang, Lee, Chui, "Coherent line drawing", 2007 (both recalled)
 * test   tests/unit/stage/test_xdog.c (steps, thin lines at any angle, by closed form)
 */
HM_CHECKED hm_status hm_xdog(const uint8_t *luma, const float *flow, int32_t w_px, int32_t h_px,
                             int32_t stride, const hm_xdog_opts *opts, int n_thread,
                             hm_arena *scratch, uint8_t *ink, hm_err *err);

#endif
