/* raster_priv.h - what the steps of the rasteriser hand to each other. */
#ifndef HM_STAGE_RASTER_PRIV_H
#define HM_STAGE_RASTER_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "stage/paint.h"
#include "stage/raster.h"
#include "stage/scene.h"

enum {
    RASTER_TILE = 32,       /* pixels, both ways */
    RASTER_SUB = 256,       /* snapping steps a pixel */
    RASTER_SAMPLE = 4,      /* visibility samples a pixel, rotated grid */
    RASTER_GUARD_PX = 2048, /* corners may lie this far outside the picture */
    RASTER_MAX_PX = 3840,   /* edge functions of a tile then fit 32 bits */
    RASTER_PAD = 16,        /* border of the ink buffers, pixels */
    RASTER_SHIFT = 3,       /* most that lines lie beside their colour, pixels */
    RASTER_MAX_SPOT = 48    /* feet and hands near the ground */
};

typedef struct clip_vert clip_vert;

/* A triangle on the screen. Planes are relative to (x[0], y[0]) in pixels. 1/depth and
 * (perspective weight / depth) of the mesh corners 1 and 2 are linear on the screen. */
typedef struct raster_tri {
    int32_t x[3], y[3]; /* 1/256 pixel, positive area */
    float iz[3];        /* 1/depth: value, per pixel right, per pixel down [1/m] */
    float w1[3], w2[3]; /* same for weights of corners 1 and 2, times 1/depth */
    float iz_lo, iz_hi;
    int32_t i_tri;   /* in its object */
    uint8_t tile[4]; /* columns from, to; rows from, to */
    uint16_t i_object;
    uint8_t part;
    uint8_t kind; /* RASTER_FACE ... */
    bool sliver;  /* so thin that its planes must be kept within the corners' values */
} raster_tri;

enum { RASTER_FACE, RASTER_BACK, RASTER_CAST };

/* View transform. Screen px = c + f * (along right, up) / depth. */
typedef struct raster_view {
    hm_vec3 eye_m, right, up, fwd;
    float f_px, cx_px, cy_px;
    float near_m;
    float px_frac; /* width of a pixel at depth 1 m */
} raster_view;

/* The dark spot under a foot or hand: an ellipse on the ground, darkest in the middle. */
typedef struct raster_spot {
    float x_m, z_m, ax, az; /* middle, unit long axis */
    float len_m, wid_m;     /* half axes */
    float dark;             /* 0 .. 1 in the middle */
    float x_px, y_px, r_px; /* circle around it in the picture */
} raster_spot;

/* Everything that tiles read while a picture is drawn. */
typedef struct raster_job {
    const hm_scene *scene;
    hm_paint_params paint;
    raster_view view;
    hm_picture *pic;
    int32_t n_tx, n_ty;
    const raster_tri *tri;
    const uint32_t *tri_key;   /* (n_tri) the same for triangles of one part of one object */
    const uint32_t *bin;       /* triangles by tile */
    const uint32_t *bin_start; /* (n_tile + 1) */
    int32_t n_spot;
    raster_spot spot[RASTER_MAX_SPOT];
    hm_vec3 sun, key; /* unit, toward the light: of the place, of the runners */
    /* ink buffers, whole picture with a border; rows of ink_stride pixels x 4 samples */
    int32_t ink_stride;
    float *depth_m;  /* of samples with a label */
    uint16_t *label; /* ink_no of the object x 256 + surface id; 0 = no lines here */
    const struct ink_table *ink;
    const uint8_t *ink_no; /* (n_object) 1 .. 255, 0 = no lines */
    float *tile_near_m;    /* (n_tile) nearest thing with lines; 0 = none */
} raster_job;

/* What one tile is worked out in. */
typedef struct raster_scratch {
    _Alignas(64) float iz[RASTER_TILE * RASTER_TILE * RASTER_SAMPLE];
    _Alignas(64) uint32_t id[RASTER_TILE * RASTER_TILE * RASTER_SAMPLE]; /* triangle + 1, 0 = sky */
    _Alignas(64) int32_t cast[RASTER_TILE * RASTER_TILE * RASTER_SAMPLE];
    bool has_cast, has_ink;
    float ink_iz; /* largest 1/depth of a triangle that gets lines */
} raster_scratch;

#define RASTER_FAR_M 1.0e9f

/* The steps that run per pixel exist once for each instruction set, see stage/README.md. */
typedef void raster_tile_fn(const raster_job *job, int32_t i_tile, raster_scratch *s);
typedef void raster_ink_fn(const raster_job *job, int32_t i_tile);

struct hm_paint {
    const char *name, *sentence;
    hm_paint_params params;
    raster_tile_fn *tile_base, *tile_v3;
};

/* setup.c: growing list of screen triangles and the bins */
typedef struct raster_list {
    hm_arena arena;
    raster_tri *tri;
    uint32_t *key; /* object + 1, part */
    int32_t n, cap;
    clip_vert *vert; /* of one object */
    int32_t vert_cap;
    uint8_t *ink_no; /* (n_object) */
    int32_t object_cap;
    uint32_t *bin, *bin_start;
    int64_t bin_cap;
} raster_list;

/* Tiles from, to, inclusive. */
typedef struct raster_window {
    int32_t x0, y0, x1, y1;
} raster_window;

/* As hm_raster_draw, but only the tiles of a window; the rest of pic is left as it is. Lines at the
 * window's border go by what the drawing before left beyond it. */
HM_CHECKED hm_status raster_draw_window(hm_raster *r, const hm_scene *scene, const hm_paint *paint,
                                        const hm_paint_params *params, const raster_window *window,
                                        hm_picture *pic, hm_err *err);

/* For tests: draw with the build for any x86-64, whatever the machine can do. */
void raster_use_base(hm_raster *r);

raster_view raster_view_of(const hm_camera *cam, int32_t w_px, int32_t h_px);
hm_status raster_setup(raster_list *l, const hm_scene *scene, const raster_view *v, int32_t w_px,
                       int32_t h_px, int32_t n_tx, int32_t n_ty, const raster_window *window);

/* spot.c */
int32_t raster_spots(const hm_scene *scene, const raster_view *v, raster_spot out[RASTER_MAX_SPOT]);

#endif
