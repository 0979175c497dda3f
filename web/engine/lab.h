/* lab.h - a race explained, and what if: what the page asks about the race that it shows.
 *
 * Text in, text out (JSON), so that page and C share no layouts. The same rooms as `hecto race` and
 * `hecto fit` compute everything; nothing here is physics. */
#ifndef HM_WEB_LAB_H
#define HM_WEB_LAB_H

#include "data/sprinter.h"
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

/** A text that was made, in an arena. */
typedef struct lab_text {
    char *bytes;
    size_t n;
} lab_text;

/**
 * Take a race (the text of a race file) and fit everybody in it who has a time.
 * in     base, made  arenas of the lab's own, emptied by it at will; they stay as long as the lab
 * out    lab   untouched on failure
 * errors those of hm_race_parse and hm_fit_run
 */
HM_CHECKED hm_status lab_open(const char *text, size_t n, hm_arena *base, hm_arena *made, lab *out,
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
 * Change the race.
 * in     ask   {"wind_mps", "altitude_m", "temp_c", "lanes": [{"lane", "reaction_s", "force_frac",
 *              "top_speed_mps", "empty", "guest": {runner of hm-runners with "race"}}]}, all
 * optional out    race  the changed race as a race file;  told  {"lanes": [{"lane", "changed",
 * "longer_s", "longer_s_sd"}]} by lanes of the race as it was errors those of hm_race_change,
 * HM_ERR_INPUT with the path of what is wrong memory the arena given; the changed race itself in
 * the lab's test   tests/unit/web/test_lab.c
 */
HM_CHECKED hm_status lab_change(lab *l, const char *ask, size_t n, hm_arena *arena, lab_text *race,
                                lab_text *told, hm_err *err);

/**
 * Curves, gaps, steps, splits, fits and spreads of the race, or (made) of what it was changed to.
 * out    {"dx_m", "dt_s", "lanes": [...]}, web/README.md
 */
HM_CHECKED hm_status lab_series(const lab *l, bool made, hm_arena *arena, lab_text *out,
                                hm_err *err);

/** Bounds of what can be changed: {"wind_mps": {"lo", "hi"}, ...}. */
HM_CHECKED hm_status lab_bounds(hm_arena *arena, lab_text *out, hm_err *err);

#endif
