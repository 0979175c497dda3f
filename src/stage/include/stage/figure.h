/* stage/figure.h - the surface of a runner for one drawing: costume and expression made ready. */
#ifndef HM_STAGE_FIGURE_H
#define HM_STAGE_FIGURE_H

#include <stdbool.h>
#include <stdint.h>

#include "body/skeleton.h"
#include "stage/costume.h"
#include "stage/face.h"
#include "stage/mien.h"
#include "stage/scene.h"

/* Curves of the face, in face units; written by hm_figure_of, read by the surface function. */
typedef struct hm_eye_plan {
    float u, v, w, tilt; /* u outward */
    float up, low, skew; /* lids now */
    float open_up;       /* upper lid at rest, for the crease */
    float iris_x, iris_y, iris_r;
    float side; /* +1 the runner's left eye, -1 the right */
} hm_eye_plan;

typedef struct hm_brow_plan {
    float u, v, len, thick, arch, rise_in, rise_out;
} hm_brow_plan;

typedef struct hm_mouth_plan {
    float v, w, corner, skew, gap_up, gap_low, square;
    float lip_up, lip_low, bow, teeth_up, teeth_low;
} hm_mouth_plan;

typedef struct hm_face_stroke {
    float au, av, bu, bv, bow, w, alpha;
} hm_face_stroke;

enum { HM_FACE_STROKE_MAX = 20 };

typedef struct hm_face_plan {
    hm_eye_plan eye[2];   /* left, right */
    hm_brow_plan brow[2]; /* left, right */
    hm_mouth_plan mouth;
    int32_t n_stroke;
    hm_face_stroke stroke[HM_FACE_STROKE_MAX]; /* for u >= 0, mirrored */
    const hm_face *face;
    float strain;
} hm_face_plan;

/** One runner in one drawing. Fields are written by hm_figure_of; pass it as surface_ctx. */
typedef struct hm_figure {
    const hm_costume *costume;
    const hm_shape *shape;
    hm_face_plan face;
    float unit_m;                 /* of the face: eye line to chin */
    hm_frame head, chest, pelvis; /* rest -> world, for smooth normals */
    bool has_pose;
    float twist;                     /* chest against pelvis, + to the runner's left [1] */
    float hip_bend[2], knee_bend[2]; /* 0 straight .. 1 folded: left, right [1] */
    float skin_gloss;                /* 0 .. 1 */
    float strain, sweat;             /* 0 .. 1 */
} hm_figure;

/**
 * Make ready for one drawing.
 *
 * in     costume, shape  must outlive out
 *        mien  the expression now
 *        pose  gives folds and the light on the face; NULL = rest pose
 * errors none.  memory none.  threads: pure
 */
void hm_figure_of(const hm_costume *costume, const hm_shape *shape, const hm_mien *mien,
                  const hm_pose *pose, hm_figure *out);

/**
 * What is at a point of a runner: an hm_surface_fn, ctx = hm_figure.
 *
 * in     f->rest_m, f->part (hm_part), f->px_m and f->nrm are read
 * errors none.  memory none.  threads: pure.  cost 20..150 ns, the face dearest
 * test   tests/unit/stage/test_figure.c
 */
void hm_figure_surface(const void *ctx, const hm_frag *f, hm_surface *out);

#endif
