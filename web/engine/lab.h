/* lab.h - a race explained, and what if: what the page asks about the race that it shows.
 *
 * JSON in, JSON out, so that page and C share no layouts (lab_calls.c). The same rooms as `hecto
 * race` and `hecto fit` compute everything; nothing here is physics.
 * test tests/unit/web/test_lab.c */
#ifndef HM_WEB_LAB_H
#define HM_WEB_LAB_H

#include "data/sprinter.h"
#include "io/json.h"
#include "race/change.h"

/** A runner as fitted to one run. */
typedef struct lab_fit {
    bool known;    /* false: no time, or one that no sprint model explains */
    char why[256]; /* not known, though there is a time */
    bool by_splits;
    hm_sprinter_run run;
    hm_runner runner;
} lab_fit;

/** The race that is asked about, and what it was last changed to. */
typedef struct lab {
    hm_arena *base_arena, *made_arena;
    hm_race base;
    lab_fit fit[HM_LANE_MAX]; /* (base.n_lane) */
    bool has_made;
    hm_race made;
    hm_change_effect effect[HM_LANE_MAX]; /* (base.n_lane) */
    lab_fit made_fit[HM_LANE_MAX];        /* (made.n_lane) whose run is shown there */
    hm_drive made_drive[HM_LANE_MAX];     /* (made.n_lane) as they became */
} lab;

/**
 * Take a race and fit everybody in it who has a time.
 * in     race   passes hm_race_check; all of it lies in base
 *        base, made  arenas of the lab's own; made is emptied at will
 * out    lab    untouched on failure
 * errors those of hm_fit_run, but for runs that determine no runner: those are told
 */
HM_CHECKED hm_status lab_open(const hm_race *race, hm_arena *base, hm_arena *made, lab *out,
                              hm_err *err);

/**
 * Fit the run of one lane as `hecto race --simulate` fits a lane of a sheet.
 * in     race  whose air it was;  standing  start
 * errors those of hm_fit_run
 */
HM_CHECKED hm_status lab_fit_lane(const hm_race *race, const hm_lane *lane, bool standing,
                                  hm_arena *arena, lab_fit *fit, hm_err *err);

/** No blocks? */
bool lab_standing(const hm_race *race);

/**
 * Change the race: lab.made, lab.effect, lab.made_fit.
 * in     ask   {"wind_mps", "altitude_m", "temp_c", "lanes": [{"lane", "reaction_s", "force_frac",
 *              "top_speed_mps", "empty", "guest": {runner of hm-runners with "race"}}]}, all
 * optional out    lab   without a changed race on failure errors those of hm_race_change,
 * HM_ERR_INPUT with the path of what is wrong
 */
HM_CHECKED hm_status lab_change(lab *l, const hm_json *ask, hm_err *err);

/** Member "effects": [{"lane", "changed", "longer_s", "longer_s_sd"}], by lanes as it was. */
void lab_put_effects(const lab *l, hm_json_out *o);

/**
 * Curves, gaps, steps, splits, fits and spreads of the race, or (made) of what it was changed to.
 * out    members "wind_mps" .. "notes", "dx_m", "dt_s", "winner", "lanes": the race without its
 *        curves and footfalls, and the series beside
 * errors HM_ERR_USAGE nothing was changed; HM_ERR_SYSTEM no memory
 */
HM_CHECKED hm_status lab_put_series(const lab *l, bool made, hm_arena *arena, hm_json_out *o,
                                    hm_err *err);

/** A photo finish for a canvas: four bytes a point, opaque. */
typedef struct lab_picture {
    int32_t w_px, h_px;
    uint8_t *rgba; /* (h_px x w_px x 4) */
} lab_picture;

/**
 * The photo finish of the race, or (made) of what it was changed to.
 * in     line_hz 100 .. 20000, h_px 200 .. 4000
 * out    picture  column 0 is the earliest line
 *        o        members "line_hz", "from_s", "w_px", "h_px", "lanes": [{"lane", "read_s", "line",
 *                 "row"}]: where each torso first shows, read off the picture
 * errors those of hm_photo_record
 * memory arena
 */
HM_CHECKED hm_status lab_photo(const lab *l, bool made, int32_t line_hz, int32_t h_px,
                               hm_arena *arena, lab_picture *picture, hm_json_out *o, hm_err *err);

/** Member "bounds" of what can be changed: {"wind_mps": {"lo", "hi"}, ...}. */
void lab_put_bounds(hm_json_out *o);

#endif
