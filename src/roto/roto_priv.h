/* roto_priv.h - words that all parts of the rotoscope share.
 *
 * Film px: pixels of the film, right and down from the outer corner of the top left one; everything
 * that is drawn lies in these. A grid is a square of cells laid over one person, on which mask,
 * parts and tones are worked out. A part is a piece of the body around one bone; an area is a piece
 * of drawing in one flat colour; a drawing is what is shown for n_hold frames. */
#ifndef HM_ROTO_PRIV_H
#define HM_ROTO_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "data/track.h"
#include "stage/scene.h"

enum {
    ROTO_SIDE = 448, /* cells of a side of the grid */
    ROTO_CELL = ROTO_SIDE * ROTO_SIDE,
    ROTO_PERSON_MAX = 8,   /* that are drawn */
    ROTO_TONE_MAX = 8,     /* flat colours of a person, each with its shade */
    ROTO_CURVE_MAX = 4000, /* segments of a curve */
    ROTO_NONE = 255
};

typedef struct roto_xy {
    float x, y;
} roto_xy;

/* Three bytes a pixel. */
typedef struct roto_image {
    int32_t w_px, h_px;
    int64_t stride;
    const uint8_t *rgb;
} roto_image;

/* ---- the grid ---- */

typedef struct roto_grid {
    float x_px, y_px; /* its corner, film px */
    float cell_px;    /* width of a cell, film px; 0 = no grid */
} roto_grid;

static inline float roto_cell_x(const roto_grid *g, float x_px)
{
    return (x_px - g->x_px) / g->cell_px - 0.5f;
}

static inline float roto_cell_y(const roto_grid *g, float y_px)
{
    return (y_px - g->y_px) / g->cell_px - 0.5f;
}

static inline roto_xy roto_cell_at(const roto_grid *g, float x, float y)
{
    return (roto_xy){g->x_px + (x + 0.5f) * g->cell_px, g->y_px + (y + 0.5f) * g->cell_px};
}

/* Cells x0 .. x1 - 1 of rows y0 .. y1 - 1. */
typedef struct roto_window {
    int32_t x0, y0, x1, y1;
} roto_window;

/* Each cell of a window, by its place on the grid, row by row. */
#define ROTO_EACH(i, win)                                                                          \
    for (int32_t i##_y = (win)->y0; i##_y < (win)->y1; i##_y++)                                    \
        for (int32_t i = i##_y * ROTO_SIDE + (win)->x0; i < i##_y * ROTO_SIDE + (win)->x1; i++)

static const roto_window roto_no_window = {ROTO_SIDE, ROTO_SIDE, 0, 0};

static inline bool roto_window_is_empty(const roto_window *w)
{
    return w->x1 <= w->x0 || w->y1 <= w->y0;
}

static inline void roto_window_add(roto_window *w, int32_t x, int32_t y)
{
    w->x0 = x < w->x0 ? x : w->x0, w->x1 = x >= w->x1 ? x + 1 : w->x1;
    w->y0 = y < w->y0 ? y : w->y0, w->y1 = y >= w->y1 ? y + 1 : w->y1;
}

/* With so many cells around, as far as the grid has them; an empty one stays empty. */
static inline roto_window roto_window_grow(roto_window w, int32_t by)
{
    if (roto_window_is_empty(&w))
        return roto_no_window;
    w.x0 = w.x0 > by ? w.x0 - by : 0, w.y0 = w.y0 > by ? w.y0 - by : 0;
    w.x1 = w.x1 + by < ROTO_SIDE ? w.x1 + by : ROTO_SIDE;
    w.y1 = w.y1 + by < ROTO_SIDE ? w.y1 + by : ROTO_SIDE;
    return w;
}

static inline roto_window roto_window_within(roto_window w, const roto_window *all)
{
    w.x0 = w.x0 > all->x0 ? w.x0 : all->x0, w.y0 = w.y0 > all->y0 ? w.y0 : all->y0;
    w.x1 = w.x1 < all->x1 ? w.x1 : all->x1, w.y1 = w.y1 < all->y1 ? w.y1 : all->y1;
    return w;
}

/* ---- the body ---- */

typedef enum roto_part {
    ROTO_HEAD,
    ROTO_CHEST,
    ROTO_HIPS,
    ROTO_UPPER_ARM_L,
    ROTO_FOREARM_L,
    ROTO_HAND_L,
    ROTO_THIGH_L,
    ROTO_SHANK_L,
    ROTO_FOOT_L,
    ROTO_UPPER_ARM_R,
    ROTO_FOREARM_R,
    ROTO_HAND_R,
    ROTO_THIGH_R,
    ROTO_SHANK_R,
    ROTO_FOOT_R,
    ROTO_PART_COUNT
} roto_part;

enum { ROTO_KIND_COUNT = 9 }; /* parts without left and right */

/* ROTO_HEAD .. ROTO_FOOT_L: what the parts of both sides have in common, their clothes. */
static inline int roto_kind(int part)
{
    return part >= ROTO_UPPER_ARM_R ? part - 6 : part;
}

/* Word in files: "forearm_r". */
const char *roto_part_word(int part);

/* A bone: from the joint nearer to the trunk. */
typedef struct roto_bone {
    roto_xy a, b;
    float half_a_px, half_b_px; /* of the body there, across the bone */
    float depth;                /* [1] larger is nearer to the eye */
} roto_bone;

typedef struct roto_body {
    double time_s;
    float trunk_px; /* mid-shoulder to mid-hip and then some: what sizes are told in */
    float facing;   /* [1] -1 to the left .. 1 to the right of the picture */
    bool sure;      /* the net sees a person; else the track alone serves */
    roto_bone bone[ROTO_PART_COUNT];
    roto_xy point[HM_POINT_COUNT];
} roto_body;

/* ---- what is drawn ---- */

/* Cubic curves in a row: p[0], two handles, p[3], ... p[3 n]. */
typedef struct roto_curve {
    int32_t n;
    roto_xy *p; /* (3 n + 1) */
    bool closed;
} roto_curve;

typedef struct roto_area {
    char id[40]; /* "forearm_r-2-shade" */
    uint8_t part, tone;
    bool shade;
    float depth;
    hm_rgb colour;
    int32_t n_curve;
    roto_curve *curve; /* (n_curve) outsides clockwise, holes against */
} roto_area;

typedef struct roto_stroke {
    int32_t n;
    roto_xy *p;       /* (n) */
    uint8_t *part;    /* (n) */
    float width_frac; /* of the outline */
    bool closed;
} roto_stroke;

typedef struct roto_figure {
    int32_t id;
    roto_body body;
    roto_xy drift_px; /* of the body in a drawing's time */
    roto_area matte;
    int32_t n_area;
    roto_area *area; /* (n_area) far to near */
    int32_t n_stroke;
    size_t cap_stroke;
    roto_stroke *stroke;
    roto_grid grid;
    uint8_t *detail; /* (ROTO_CELL) ink of thin inner lines; NULL = none */
} roto_figure;

typedef struct roto_drawing {
    int64_t number;
    double time_s;
    int32_t n_figure;
    roto_figure *figure; /* far to near */
    uint8_t *place;      /* (w h 3) what stands behind, NULL = the held one */
} roto_drawing;

#define ROTO_NEED(pointer)                                                                         \
    do {                                                                                           \
        if (!(pointer))                                                                            \
            return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");                  \
    } while (0)

static inline float roto_clamp(float v, float lo, float hi)
{
    return v < lo ? lo : v > hi ? hi : v;
}

/** Of a square of values, between the four around x, y. in  0 <= x, y < side - 1 */
static inline float roto_between(const float *value, int32_t side, float x, float y)
{
    int32_t ix = (int32_t)x, iy = (int32_t)y;
    float fx = x - (float)ix, fy = y - (float)iy;
    const float *v = value + iy * side + ix;
    float top = v[0] + fx * (v[1] - v[0]);
    float low = v[side] + fx * (v[side + 1] - v[side]);
    return top + fy * (low - top);
}

#endif
