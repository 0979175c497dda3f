/* stage/cast.h - the runners of a film: for each lane a build, skins, movement and costume. */
#ifndef HM_STAGE_CAST_H
#define HM_STAGE_CAST_H

#include "base/arena.h"
#include "base/status.h"
#include "body/gait.h"
#include "body/mesh.h"
#include "data/race.h"
#include "stage/figure.h"
#include "stage/skins.h"

/** One runner; absent = did not start, nothing else is then set. */
typedef struct hm_player {
    bool absent;
    const hm_lane *lane;
    hm_shape shape;
    hm_mesh *mesh; /* (HM_DETAIL_COUNT); the nearest may wait until it is drawn: hm_cast_skin */
    hm_gait gait;
    hm_costume costume;
} hm_player;

typedef struct hm_cast {
    const hm_race *race;
    int32_t n_player;
    hm_player *player; /* (n_player) by lane, as race->lane */
} hm_cast;

/** What is made of runners before their skins are built; own is handed to both. NULL = nothing. */
typedef struct hm_cast_change {
    void (*shape)(const void *own, const hm_lane *lane, hm_shape *shape);
    void (*costume)(const void *own, const hm_player *player, hm_costume *costume);
    const void *own;
    hm_letters *letters; /* words of the bibs as recorded, or where they are; NULL = made */
    hm_skins *skins;     /* kept for other films, too, and outlive the cast; NULL = its own */
} hm_cast_change;

/**
 * Make the runners of a race ready to be posed and painted.
 *
 * in     race      valid (hm_race_check); must outlive the cast
 *        change    NULL = as the race tells them
 *        n_thread  skins are built on that many threads; changes no byte
 * out    cast      read only from here on, shared by all workers; untouched on failure. With
 *                  change->skins the nearest skins are made when they are first drawn, and then
 *                  the cast is one thread's
 * errors those of hm_gait_plan, hm_mesh_build_detail, hm_costume_of
 * memory arena
 */
HM_CHECKED hm_status hm_cast_build(const hm_race *race, const hm_cast_change *change, int n_thread,
                                   hm_arena *arena, hm_cast *cast, hm_err *err);

/** One skin of a runner who is not absent, made and kept now if it was left for later; skins as in
 * hm_cast_change. errors those of hm_mesh_build_detail */
HM_CHECKED hm_status hm_cast_skin(const hm_player *player, hm_detail detail, hm_skins *skins,
                                  const hm_mesh **mesh, hm_err *err);

#endif
