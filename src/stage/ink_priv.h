/* ink_priv.h - how lines are found from labels and depths.
 *
 * A pixel looks at the samples in a disc around it and weighs those that belong to something else:
 * another body, or the same body a step further away. For a straight edge that share tells the
 * distance to the edge, whatever its direction; the table turns one into the other. Distance and
 * width give the coverage of the line, so lines are smooth at any slope and any width. */
#ifndef HM_STAGE_INK_PRIV_H
#define HM_STAGE_INK_PRIV_H

#include <stdint.h>

enum {
    INK_DISC = 9,      /* discs of 1 .. 9 pixels around the pixel */
    INK_LANE = 16,     /* samples that are weighed at once */
    INK_MAX = 19 * 80, /* samples of the largest disc, with spare ones */
    INK_WHOLE = 30000, /* about the sum of the weights: sums then fit 16 bits */
    INK_LUT = 64
};

/* Samples of a disc row by row; a row is a multiple of INK_LANE samples, the spare ones weigh 0. */
typedef struct ink_disc {
    _Alignas(64) int16_t weight[INK_MAX];
    _Alignas(64) int16_t toward[INK_MAX];    /* weight x direction to the sun, -1 .. 1 */
    _Alignas(64) float weight_frac[INK_MAX]; /* the same as shares of 1 */
    _Alignas(64) float toward_frac[INK_MAX];
    float unit;     /* 1 / sum of the weights */
    float reach_px; /* radius of the disc */
    float distance_px[INK_LUT +
                      2]; /* share in steps of 1 / INK_LUT -> distance inside; < 0 outside */
} ink_disc;

/* Samples of a row of the disc of r pixels. */
static inline int ink_row_len(int r_px)
{
    return (4 * (2 * r_px + 1) + INK_LANE - 1) / INK_LANE * INK_LANE;
}

typedef struct ink_table {
    int n_disc; /* made: as many as a picture of that height needs */
    ink_disc disc[INK_DISC];
} ink_table;

/* Largest disc of a picture with so many rows: up to 720 no line needs more than 3 pixels. */
static inline int ink_disc_most(int32_t h_px)
{
    int most = h_px > 720 ? (3 * h_px + 719) / 720 : 3;
    return most < INK_DISC ? most : INK_DISC;
}

/* Weights and distances; once for each handle. */
void ink_table_init(ink_table *t, int32_t h_px);

/* Set `toward` for the direction of the sun in the picture, right and down. */
void ink_table_aim(ink_table *t, float sun_x, float sun_y);

#endif
