/* skins_priv.h - what a cast asks of stage/skins.h. */
#ifndef HM_STAGE_SKINS_PRIV_H
#define HM_STAGE_SKINS_PRIV_H

#include <stdbool.h>

#include "body/mesh.h"
#include "stage/skins.h"

/** The skin of this shape, if it is there; its memory is that of the skins. */
bool skins_find(const hm_skins *s, const hm_shape *shape, hm_detail detail, hm_mesh *mesh);

/** Keep a copy of a skin; *mesh is then the copy. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status skins_keep(hm_skins *s, const hm_shape *shape, hm_detail detail, hm_mesh *mesh,
                                hm_err *err);

/** A copy of a skin in an arena. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status skins_copy(hm_arena *arena, hm_mesh *mesh, hm_err *err);

#endif
