/* stage/mocap.h - the movement of runners for other programs: BVH skeletons, GLB scenes.
 *
 * Taken from the choreography itself, not from drawings, at instants of the film: a replay comes
 * twice and slow motion is slow, so that it lies under the picture frame by frame. What a look does
 * to bodies in single drawings (squash, smears) is not in it; its proportions are. */
#ifndef HM_STAGE_MOCAP_H
#define HM_STAGE_MOCAP_H

#include "data/film.h"
#include "data/race.h"

enum { HM_MOCAP_PER_S = 120 }; /* instants a second */

/** Part of a film. All of it must outlive the call. */
typedef struct hm_mocap {
    const hm_race *race;
    const hm_film *film;        /* bound */
    const struct hm_cast *cast; /* stage/cast.h */
    double from_s, to_s;        /* film time */
    int32_t w_px, h_px;         /* shape of the picture */
} hm_mocap;

/**
 * One runner as a BVH file: centimetres, y up, z the running direction; the root (pelvis) has six
 * channels, the other joints Z X Y, in degrees. Bones that only keep the skin full are left out.
 *
 * in     i_player  of the cast, not absent (asserted)
 *        path      appears whole or not at all; "-" is standard output
 * errors HM_ERR_SYSTEM disk
 * memory none.  source docs/exports.md
 * test   tests/cli/test_exports.py
 */
HM_CHECKED hm_status hm_bvh_write(const hm_mocap *m, int32_t i_player, const char *path,
                                  hm_err *err);

/**
 * All runners, the track and the camera as one GLB file (glTF 2.0, binary): metres, y up, z the
 * running direction. Each runner is a skin with an animation of his own.
 *
 * errors HM_ERR_SYSTEM disk or memory; HM_ERR_USAGE longer than the 4 GB that a GLB may have
 * memory freed on return, 640 bytes a runner's instant.  source docs/exports.md
 * test   as hm_bvh_write
 */
HM_CHECKED hm_status hm_glb_write(const hm_mocap *m, const char *path, hm_err *err);

#endif
