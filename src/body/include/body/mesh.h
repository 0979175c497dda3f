/* body/mesh.h - the skin of one runner: built once at rest, posed for every drawing. */
#ifndef HM_BODY_MESH_H
#define HM_BODY_MESH_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "body/shape.h"
#include "body/skeleton.h"
#include "num/vec.h"

/** What a triangle belongs to. The rest position says the rest (hem, bib, eyes are cut per pixel).
 */
typedef enum hm_part {
    HM_PART_HEAD,
    HM_PART_HAIR,
    HM_PART_NECK,
    HM_PART_TORSO,
    HM_PART_ARM_L,
    HM_PART_ARM_R,
    HM_PART_HAND_L,
    HM_PART_HAND_R,
    HM_PART_SHORTS, /* cloth over the hips and the upper thighs */
    HM_PART_LEG_L,
    HM_PART_LEG_R,
    HM_PART_FOOT_L, /* shoe */
    HM_PART_FOOT_R,
    HM_PART_COUNT
} hm_part;

/** A skinned triangle mesh. Rest pose: standing on y = 0, facing +z, arms about 35 deg out. */
typedef struct hm_mesh {
    int32_t n_vert, n_tri;
    hm_vec3 *rest_m;      /* (n_vert) */
    hm_vec3 *rest_nrm;    /* (n_vert) unit, outward */
    uint8_t (*bone)[4];   /* (n_vert x 4) */
    uint8_t (*weight)[4]; /* (n_vert x 4) sum 255 */
    int32_t (*tri)[3];    /* (n_tri x 3) counter-clockwise seen from outside */
    uint8_t *part;        /* (n_tri) hm_part */
} hm_mesh;

/** How fine a skin is. All levels hang on the same bones. */
typedef enum hm_detail {
    HM_DETAIL_FAR,    /* about 2 k triangles: small in the picture */
    HM_DETAIL_MIDDLE, /* about 5 k: the pack */
    HM_DETAIL_NEAR,   /* about 13 k: close shots */
    HM_DETAIL_COUNT
} hm_detail;

/**
 * Build the skin of one runner, middle detail.
 *
 * Made of closed shells (trunk, arms, legs, shorts, head, hair, hands, shoes) that overlap
 * unseen at the seams; the loose ends lie inside the next shell.
 *
 * out    mesh   untouched on failure
 * errors HM_ERR_SYSTEM no memory
 * memory arena (result and scratch)
 * test   tests/unit/body/test_mesh.c
 */
HM_CHECKED hm_status hm_mesh_build(const hm_shape *shape, hm_arena *arena, hm_mesh *mesh,
                                   hm_err *err);

/** As hm_mesh_build, with a level of detail. */
HM_CHECKED hm_status hm_mesh_build_detail(const hm_shape *shape, hm_detail detail, hm_arena *arena,
                                          hm_mesh *mesh, hm_err *err);

/**
 * Skin in a pose.
 * out    pos_m (n_vert) world; nrm (n_vert) unit, world, may be NULL
 * errors none.  threads: pure
 */
void hm_mesh_skin(const hm_mesh *mesh, const hm_pose *pose, hm_vec3 *pos_m, hm_vec3 *nrm);

#endif
