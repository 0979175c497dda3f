/* nets_priv.h - the skin of a field: surface nets on a grid, vertices moved onto the surface. */
#ifndef HM_BODY_NETS_PRIV_H
#define HM_BODY_NETS_PRIV_H

#include "field_priv.h"

#include "base/arena.h"

typedef struct body_skin {
    int32_t n_vert, n_tri;
    hm_vec3 *pos;      /* (n_vert) */
    hm_vec3 *nrm;      /* (n_vert) unit, outward */
    int32_t (*tri)[3]; /* (n_tri x 3) */
} body_skin;

/**
 * Closed skin of a field.
 * in     cell_m  edge of a grid cell
 * out    skin    n_vert = 0 for an empty field
 * memory arena, scratch included
 */
HM_CHECKED hm_status body_nets(const body_field *field, float cell_m, hm_arena *arena,
                               body_skin *skin, hm_err *err);

#endif
