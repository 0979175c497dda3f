/* body/mesh.h - the skin of one runner: built once at rest, posed for every drawing. */
#ifndef HM_BODY_MESH_H
#define HM_BODY_MESH_H

#include <stdint.h>

#include "num/vec.h"

/** What a triangle belongs to. The rest position says the rest (hem, bib, eyes are cut per pixel). */
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
    hm_vec3 *rest_m;       /* (n_vert) */
    hm_vec3 *rest_nrm;     /* (n_vert) unit, outward */
    uint8_t (*bone)[4];    /* (n_vert x 4) */
    uint8_t (*weight)[4];  /* (n_vert x 4) sum 255 */
    int32_t (*tri)[3];     /* (n_tri x 3) counter-clockwise seen from outside */
    uint8_t *part;         /* (n_tri) hm_part */
} hm_mesh;

#endif
