/* matte_priv.h - which share of each cell is the person. */
#ifndef HM_ROTO_MATTE_PRIV_H
#define HM_ROTO_MATTE_PRIV_H

#include "pose/pose.h"
#include "roto_priv.h"

/* Numbers of one person on his grid. Those of the drawing before lie beside them. */
typedef struct roto_work {
    roto_grid grid, was_grid;
    roto_body was;
    bool has_was;
    float *luma, *cb, *cr; /* (ROTO_CELL) 0 .. 255, chroma about 0 */
    float *change;         /* (ROTO_CELL) how far from the empty place, 0 .. 255; < 0 not known */
    float *distance_px;    /* (ROTO_CELL) from the body's skin */
    float *alpha, *was_alpha;
    uint8_t *part;
    uint8_t *tone, *was_tone;
    uint8_t *shade, *was_shade;
    uint8_t *detail, *was_detail;
    roto_xy *back; /* (ROTO_CELL) where on was_grid a cell was, in its cells */
    float *spare[6];
} roto_work;

hm_status roto_work_init(hm_arena *arena, roto_work *work, hm_err *err);

/* Exchange now and before. */
void roto_work_turn(roto_work *work, const roto_body *body);

/* Colours of the clip's image on the grid; px_frac = clip px in a film px. */
void roto_matte_see(roto_work *work, const roto_image *image, float px_frac,
                    const roto_image *empty, float empty_frac);

/**
 * The matte: mask of the net (NULL = none), change against the empty place and nearness to the
 * bones together; borders drawn to those of the image (guided filter); what was a part of the
 * matte just now is rather one still.
 */
void roto_matte_make(roto_work *work, const roto_body *body, const hm_pose *pose, float px_frac);

/* Mean over a square of 2 r + 1 cells; in and out may be the same, scratch is neither. */
void roto_box(const float *in, int32_t r, float *scratch, float *out);

#endif
