/* ink_priv.h - how lines are found from labels and depths.
 *
 * A pixel looks at the samples in a disc around it and weighs those that belong to something else:
 * another body, or the same body a step further away. For a straight edge that share tells the
 * distance to the edge, whatever its direction; the table turns one into the other. Distance and
 * width give the coverage of the line, so lines are smooth at any slope and any width. */
#ifndef HM_STAGE_INK_PRIV_H
#define HM_STAGE_INK_PRIV_H

enum {
    INK_DISC = 3,      /* discs of 1, 2 and 3 pixels around the pixel */
    INK_ROW = 32,      /* samples in the widest row of a disc, with one spare pixel */
    INK_ROWS = 7,
    INK_LUT = 64
};

typedef struct ink_disc {
    _Alignas(64) float weight[INK_ROWS * INK_ROW]; /* (2R+1 rows, 8 (R+1) samples) sum 1 */
    _Alignas(64) float toward[INK_ROWS * INK_ROW]; /* weight x direction to the sun, -1 .. 1 */
    float reach_px;                                /* radius of the disc */
    float distance_px[INK_LUT + 2]; /* share in steps of 1 / INK_LUT -> distance inside; < 0 outside */
} ink_disc;

typedef struct ink_table {
    ink_disc disc[INK_DISC];
} ink_table;

/* Weights and distances; once for each handle. */
void ink_table_init(ink_table *t);

/* Set `toward` for the direction of the sun in the picture, right and down. */
void ink_table_aim(ink_table *t, float sun_x, float sun_y);

#endif
