/* glb_priv.h - what the two halves of the GLB writer hand to each other: tables and numbers. */
#ifndef HM_STAGE_GLB_PRIV_H
#define HM_STAGE_GLB_PRIV_H

#include "base/arena.h"
#include "io/file.h"
#include "stage/cast.h"
#include "stage/mocap.h"

enum {
    GLB_VIEW_MAX = 16 + HM_LANE_MAX * (HM_BONE_COUNT + 10),
    GLB_GROUND_VERT_MAX = 4 * (HM_LANE_MAX + 4)
};

typedef enum glb_kind {
    GLB_SCALAR,
    GLB_VEC3,
    GLB_VEC4,
    GLB_MAT4,
    GLB_COLOUR, /* 4 x u16 normalised */
    GLB_JOINTS, /* 4 x u8 */
    GLB_WEIGHTS,
    GLB_INDEX
} glb_kind;

/* An accessor and its buffer view. */
typedef struct glb_view {
    glb_kind kind;
    int64_t n, at; /* elements, first byte */
    int target;    /* of the buffer view, 0 = none */
    bool has_bounds;
    int n_bound;
    double lo[3], hi[3]; /* [1] in the accessor's own unit */
} glb_view;

typedef struct glb_runner {
    int32_t i_player;
    int lane;
    char name[96];
    const hm_shape *shape;
    const hm_mesh *mesh;
    int position, index, bind, travel; /* views, see lay_runner */
} glb_runner;

/* Rectangles on the ground, four corners each. */
typedef struct glb_ground {
    int32_t n_vert;
    hm_vec3 pos_m[GLB_GROUND_VERT_MAX];
    int position, index;
} glb_ground;

typedef struct glb {
    const hm_mocap *m;
    hm_arena *arena;
    int32_t n_runner;
    glb_runner runner[HM_LANE_MAX];
    glb_ground ground[2]; /* track, lines */
    int32_t n_time;
    double *time_s;   /* (n_time) from the beginning of the part */
    double *vfov_rad; /* (n_time) */
    int time, eye, look;
    int n_view;
    glb_view view[GLB_VIEW_MAX];
    int64_t n_bin; /* bytes */
} glb;

/* Who is there, where the ground lies, at which instants. */
HM_CHECKED hm_status glb_collect(glb *g, hm_err *err);

/* All numbers, in the order of the views. */
HM_CHECKED hm_status glb_put_numbers(const glb *g, hm_file *f, hm_err *err);

#endif
