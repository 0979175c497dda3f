/* glow_priv.h - light put on a finished picture: lines and soft discs in the world, hidden by what
 * stands before them. Works on pictures of a paint that leaves the depth (PAINT_DEPTH). */
#ifndef HM_STAGE_GLOW_PRIV_H
#define HM_STAGE_GLOW_PRIV_H

#include "raster_priv.h"

typedef struct glow {
    hm_picture *pic;
    raster_view view;
} glow;

glow glow_on(hm_picture *pic, const hm_camera *camera);

/* From a to b, so wide, so bright at both ends (1 = white). Thinner than a pixel it pales instead.
 */
void glow_line(const glow *g, hm_vec3 a_m, hm_vec3 b_m, float wide_m, hm_rgb at_a, hm_rgb at_b);

/* The same as a piece of a longer line: its ends are not softened. */
void glow_piece(const glow *g, hm_vec3 a_m, hm_vec3 b_m, float wide_m, hm_rgb at_a, hm_rgb at_b);

/* A soft disc that faces the eye: brightest in the middle. */
void glow_disc(const glow *g, hm_vec3 at_m, float r_m, hm_rgb c);

/* Where a point is in the picture; false = behind the eye. */
bool glow_project(const glow *g, hm_vec3 p_m, float *x_px, float *y_px, float *depth_m);

#endif
