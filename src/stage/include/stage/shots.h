/* stage/shots.h - a film tied to a race: which shot, which race time, which camera at each instant.
 */
#ifndef HM_STAGE_SHOTS_H
#define HM_STAGE_SHOTS_H

#include "data/film.h"
#include "stage/scene.h"

/** One instant of a film. */
typedef struct hm_moment {
    int32_t i_shot;
    const hm_shot *shot;
    double film_t_s;
    double shot_t_s, shot_left_s; /* since the cut, until the next [film s] */
    double race_t_s;
    double rate; /* [1] race seconds per film second */
    hm_camera camera;
    int32_t n_lane;
    int32_t lane[HM_LANE_MAX]; /* (n_lane) indices into race->lane: whom the shot is about */
    uint32_t overlays;         /* hm_overlay_bit */
    bool has_obsession;        /* by the shot's or the film's track; else left to the race */
    double obsession_frac;
    hm_vec3 head_m[HM_LANE_MAX]; /* by index into race->lane: top of the head. hm_film_at puts an
                                    estimate; who poses bodies may put the true place */
} hm_moment;

/**
 * Tie a staging to a race: anchors become times, roles lanes, rigs camera paths.
 *
 * in     film   shots as read or directed; bound fields are overwritten
 * out    film->duration_s, and the bound fields of each shot; untouched on failure
 * errors HM_ERR_INPUT when a shot is empty or turns round in this race, a lane is not in it, or the
 *        keys of an obsession are not in time
 * memory paths in the arena: 112 bytes a knot, about 6 knots a second
 * test   tests/unit/stage/test_shots.c
 */
HM_CHECKED hm_status hm_film_bind(hm_film *film, const hm_race *race, hm_arena *arena, hm_err *err);

/**
 * The instant film_t_s; before the beginning and after the end the first and last picture.
 * errors none.  memory none.  threads: pure
 */
void hm_film_at(const hm_film *film, const hm_race *race, double film_t_s, hm_moment *m);

/** Drawings or frames of a bound film at a given rate: the least n with n / per_s >= duration. */
int64_t hm_film_frame_count(const hm_film *film, int32_t per_s);

/**
 * Point of the world in the picture: x to the right, y down, in pixels; depth along the axis.
 * out    true when it lies in front of the near plane (it may still be outside the picture)
 * threads: pure
 */
bool hm_camera_project(const hm_camera *c, int32_t w_px, int32_t h_px, hm_vec3 p, double *x_px,
                       double *y_px, double *depth_m);

#endif
