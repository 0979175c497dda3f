/* stage/venue.h - the place of the race: track, stands, crowd, sky, furniture, light.
 *
 * hm_venue_build makes everything that does not move, once per film; the result is read only and
 * shared by all threads. hm_venue_at adds what depends on the instant and the camera (crowd, flags,
 * clock, filter widths of painted lines) into the caller's scratch, once per drawing.
 *
 * Glossary: a stand is cut into facets, each a flat slope of rows; a seat is (tier, facet, row,
 * column) and has one place in the world, so a spectator is the same from every camera. */
#ifndef HM_STAGE_VENUE_H
#define HM_STAGE_VENUE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "data/race.h"
#include "stage/scene.h"

typedef enum hm_venue_kind {
    HM_VENUE_AUTO, /* school when everybody starts standing or is under 13, else stadium */
    HM_VENUE_STADIUM,
    HM_VENUE_SCHOOL
} hm_venue_kind;

typedef enum hm_venue_hour {
    HM_HOUR_AUTO, /* finals in a stadium in the evening, everything else by day */
    HM_HOUR_DAY,
    HM_HOUR_EVENING /* dusk, floodlights */
} hm_venue_hour;

typedef struct hm_venue_opts {
    uint32_t cookie; /* set by hm_venue_opts_default */
    hm_venue_kind kind;
    hm_venue_hour hour;
    float attendance_frac; /* share of seats taken, 0..1 */
} hm_venue_opts;

/** A flat panel that overlays may write on: corners as read, from top left, clockwise. */
typedef struct hm_venue_panel {
    hm_vec3 corner_m[4];
} hm_venue_panel;

enum { HM_VENUE_PANEL_MAX = 4 };

typedef struct hm_venue {
    hm_venue_kind kind; /* never AUTO */
    hm_venue_hour hour; /* never AUTO */
    int32_t n_lane;     /* painted lanes, 8 .. HM_LANE_MAX (school: 6 ..) */
    int32_t n_object;
    const hm_object *object; /* (n_object), [0] the ground; seen from the stand, before the race */
    hm_sky_fn *sky;
    const void *sky_ctx;
    hm_light light;
    hm_rgb haze;
    float haze_per_m;
    int32_t n_panel; /* scoreboards, then the clock at the finish */
    hm_venue_panel panel[HM_VENUE_PANEL_MAX];
    const struct venue_set *set; /* private */
} hm_venue;

hm_venue_opts hm_venue_opts_default(void);

/**
 * Build the place of a race.
 * in     race  lanes, starts, wind and seed are read; any race that hm_race_check accepts
 *        opts  NULL = default
 * out    v     untouched on failure
 * errors HM_ERR_USAGE attendance_frac outside 0..1, HM_ERR_SYSTEM no memory
 * memory all of v lives in arena (about 3.5 MB)
 * threads v may be read by any number of threads
 * source World Athletics TR14 (lanes, lines), TR15 (blocks), TR17 (wind gauge) by the project's
 *        rules reference; stands: tread 0.8 m, rise 0.45 m, seat pitch 0.5 m
 * test   tests/unit/stage/test_venue.c, test_crowd.c
 */
HM_CHECKED hm_status hm_venue_build(const hm_race *race, const hm_venue_opts *opts, hm_arena *arena,
                                    hm_venue *v, hm_err *err);

/**
 * The objects of one drawing.
 * in     race   as given to hm_venue_build
 *        t_s    from the gun
 *        eye_m  of the camera: lines and seats are filtered for it
 * out    out    (v->n_object) same order and count as v->object; untouched on failure
 * errors HM_ERR_SYSTEM no memory
 * memory what out points to lives in v and in scratch (about 12 kB)
 * threads pure but for scratch
 */
HM_CHECKED hm_status hm_venue_at(const hm_venue *v, const hm_race *race, double t_s, hm_vec3 eye_m,
                                 hm_arena *scratch, hm_object out[], hm_err *err);

#endif
