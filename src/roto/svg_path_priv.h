/* svg_path_priv.h - the data of an SVG path as cubic curves. */
#ifndef HM_ROTO_SVG_PATH_PRIV_H
#define HM_ROTO_SVG_PATH_PRIV_H

#include "roto_priv.h"

/* x' = a x + c y + e, y' = b x + d y + f, as SVG's matrix(). */
typedef struct svg_matrix {
    float a, b, c, d, e, f;
} svg_matrix;

svg_matrix svg_matrix_times(const svg_matrix *outer, const svg_matrix *inner);

/* A number and the commas and blanks before it; s goes behind it. false = there is none. */
bool svg_number_read(const char **s, float *v);

/* matrix, translate, scale and rotate, one after the other; false = something else stands there. */
bool svg_transform_read(const char *text, svg_matrix *out);

/**
 * Path data, all commands; arcs become straight lines to their ends.
 * out    curves  closed ones, in px after m
 *        wrong   what is wrong, static
 * errors HM_ERR_INPUT; HM_ERR_SYSTEM no memory
 */
hm_status svg_path_read(const char *d, const svg_matrix *m, hm_arena *arena, int32_t *n,
                        roto_curve **curve, const char **wrong);

#endif
