/* matte_priv.h - which share of each cell is the person. */
#ifndef HM_ROTO_MATTE_PRIV_H
#define HM_ROTO_MATTE_PRIV_H

#include "pose/pose.h"
#include "roto_priv.h"

/* One person in one image, on his grid. Outside the window: no part, no matte. */
typedef struct roto_cells {
    roto_grid grid;
    roto_window win;
    roto_body body;
    float *luma, *cb, *cr; /* (ROTO_CELL) 0 .. 255, chroma about 0; inside the window */
    float *alpha;          /* (ROTO_CELL) 0 .. 1 */
    uint8_t *part;         /* (ROTO_CELL) ROTO_NONE = none, as tone */
    uint8_t *tone, *shade; /* (ROTO_CELL) */
    uint8_t *light;  /* (ROTO_CELL) above the border of its tone's shade, held; 128 = at it, 0 =
                      * nothing is known */
    uint8_t *detail; /* (ROTO_CELL) ink of thin inner lines */
} roto_cells;

/* What one worker needs while he works. */
typedef struct roto_bench {
    float *spare[8]; /* (ROTO_CELL) */
    roto_xy *back;   /* (ROTO_CELL) where on the grid before a cell was, in its cells */
    uint8_t *part;   /* (ROTO_CELL) */
    hm_pose *pose;
    hm_arena scratch;
} roto_bench;

hm_status roto_cells_init(hm_arena *arena, roto_cells *cells, hm_err *err);
hm_status roto_bench_init(hm_arena *arena, roto_bench *bench, hm_err *err);

/**
 * Colours, parts and the matte by this image alone: mask of the net (NULL = none), change against
 * the empty place (NULL = not known; at the film's size) and nearness to the bones together,
 * borders drawn to those of the image (guided filter).
 * in     cells    body and grid are set
 *        other    (n_other) bodies near by: what is theirs is not his
 *        px_frac  clip px in a film px
 */
void roto_matte_make(roto_cells *cells, const roto_image *image, float px_frac,
                     const roto_image *empty, const hm_pose *pose, int32_t n_other,
                     const roto_body *const other[], roto_bench *bench);

/* What was a part of the matte in the drawing before (NULL = there was none) is rather one still.
 * out  bench->back */
void roto_matte_hold(roto_cells *cells, const roto_cells *was, roto_bench *bench);

/* Colour at (x, y) [px from the outer corner], between the four pixels around it. */
void roto_sample(const roto_image *im, float x, float y, float rgb[3]);

/* Mean over a square of 2 r + 1 cells inside a window; in and out may be the same, scratch is
 * neither. */
void roto_box(const roto_window *win, const float *in, int32_t r, float *scratch, float *out);

#endif
