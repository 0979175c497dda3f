/* book/points.h - what a time is worth: scoring tables, combined events, masters, world rankings.
 *
 * Times are whole hundredths of a second as officially given; integers throughout, but for the
 * power of the combined events. Each answer names its edition: tables change, and points of two
 * editions are not to be mixed. All functions are pure: no memory, any thread. Where a table lacks
 * an event the answer is HM_ERR_INPUT and the result untouched.
 * source docs/points.md; tables in data/rules.  test tests/unit/book/test_points.c */
#ifndef HM_BOOK_POINTS_H
#define HM_BOOK_POINTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "data/race.h"

typedef enum hm_points_event {
    HM_POINTS_50M,
    HM_POINTS_55M,
    HM_POINTS_60M,
    HM_POINTS_100M,
    HM_POINTS_200M,
    HM_POINTS_N_EVENT
} hm_points_event;

typedef enum hm_points_venue { HM_POINTS_OUTDOOR, HM_POINTS_INDOOR } hm_points_venue;

/** What stands in the printed book, or what its formula gives: they differ for four times. */
typedef enum hm_points_source { HM_POINTS_TABLE, HM_POINTS_FORMULA } hm_points_source;

/** "100m", "indoor", "formula". */
const char *hm_points_event_text(hm_points_event event);
const char *hm_points_venue_text(hm_points_venue venue);
const char *hm_points_source_text(hm_points_source source);

/** Where the event has a scoring table: 50, 55, 60 m indoor, 100, 200 m outdoor. */
hm_points_venue hm_points_usual_venue(hm_points_event event);

/** A time by hand as tables take it: 0.24 s are added (introductions of the tables, to 200 m). */
int32_t hm_points_hand_cs(int32_t hand_ds);

/** The slowest time by hand, in tenths, that is taken as time_cs or less. */
int32_t hm_points_hand_from_cs(int32_t time_cs);

/* ---- Scoring Tables of Athletics ---- */

enum { HM_POINTS_PRINTED_MAX = 1400 };

typedef struct hm_points_score {
    int32_t points;
    int32_t formula_points; /* the same unless the book errs */
    bool extrapolated;      /* above 1400, where the book ends */
    const char *edition;
} hm_points_score;

/**
 * floor(a (b - T)^2), 0 for T >= b; HM_POINTS_TABLE puts in what the book prints instead.
 * in     time_cs  > 0 (asserted)
 * errors HM_ERR_INPUT no such table
 */
HM_CHECKED hm_status hm_points_scoring(hm_points_event event, hm_sex sex, hm_points_venue venue,
                                       hm_points_source source, int32_t time_cs,
                                       hm_points_score *score, hm_err *err);

/**
 * The slowest time that is worth at least so many points.
 * errors HM_ERR_INPUT no such table; points below 1, or more than any time has
 */
HM_CHECKED hm_status hm_points_scoring_worth(hm_points_event event, hm_sex sex,
                                             hm_points_venue venue, hm_points_source source,
                                             int32_t points, int32_t *time_cs, hm_err *err);

/* ---- combined events ---- */

extern const char *const hm_points_combined_edition;

/**
 * floor(a (b - T)^c) of decathlon and heptathlon, 0 for T >= b: 60, 100, 200 m.
 * in     time_cs  > 0 (asserted)
 * errors HM_ERR_INPUT no such table
 */
HM_CHECKED hm_status hm_points_combined(hm_points_event event, hm_sex sex, int32_t time_cs,
                                        int32_t *points, hm_err *err);

/** As hm_points_scoring_worth. */
HM_CHECKED hm_status hm_points_combined_worth(hm_points_event event, hm_sex sex, int32_t points,
                                              int32_t *time_cs, hm_err *err);

/* ---- masters ---- */

enum { HM_POINTS_GRADE_AGE_MIN = 30, HM_POINTS_MASTERS_AGE_MIN = 35, HM_POINTS_AGE_MAX = 110 };

extern const char *const hm_points_age_edition;

typedef struct hm_points_masters {
    int32_t group_yr;      /* 35, 40 ... 110 */
    int32_t factor_x10000; /* of the group */
    int32_t factored_cs;   /* time times factor, rounded up */
    int32_t points;
} hm_points_masters;

/**
 * Combined-events points of a master: the time times the factor of the five-year group, rounded up
 * to 0.01 s, then the table of combined events. Times by hand: hm_points_hand_cs first.
 * in     age_yr   35 to 110;  time_cs > 0 (asserted)
 * errors HM_ERR_INPUT no such event or age
 */
HM_CHECKED hm_status hm_points_masters_score(hm_points_event event, hm_sex sex, int32_t age_yr,
                                             int32_t time_cs, hm_points_masters *score,
                                             hm_err *err);

/** As hm_points_scoring_worth: the time before the factor. */
HM_CHECKED hm_status hm_points_masters_worth(hm_points_event event, hm_sex sex, int32_t age_yr,
                                             int32_t points, int32_t *time_cs, hm_err *err);

typedef struct hm_points_grade {
    int32_t factor_x10000;    /* of the exact age */
    int32_t open_standard_cs; /* what a factored time is compared with */
    int32_t percent_x100;     /* 8085 = 80.85 %, cut off */
} hm_points_grade;

/**
 * Age grade: open standard / (time times the one-year factor).
 * in     age_yr   30 to 110;  time_cs > 0 (asserted)
 * errors HM_ERR_INPUT no such event or age
 */
HM_CHECKED hm_status hm_points_age_grade(hm_points_event event, hm_sex sex, int32_t age_yr,
                                         int32_t time_cs, hm_points_grade *grade, hm_err *err);

/* ---- world rankings: the numbers are secondary, from an app of 2023 ---- */

typedef enum hm_points_category {
    HM_POINTS_OW,
    HM_POINTS_DF,
    HM_POINTS_GW,
    HM_POINTS_GL,
    HM_POINTS_A,
    HM_POINTS_B,
    HM_POINTS_C,
    HM_POINTS_D,
    HM_POINTS_E,
    HM_POINTS_F,
    HM_POINTS_N_CATEGORY
} hm_points_category;

extern const char *const hm_points_ranking_edition;

/** "OW". */
const char *hm_points_category_text(hm_points_category category);

/** Places that score in a category. */
int32_t hm_points_n_place(hm_points_category category);

/** Placing points; 0 beyond the places that score. in place >= 1 (asserted) */
int32_t hm_points_placing(hm_points_category category, int32_t place);

typedef enum hm_points_gauge {
    HM_POINTS_NO_WIND, /* indoor: none is measured */
    HM_POINTS_NO_READING,
    HM_POINTS_WIND
} hm_points_gauge;

/**
 * Points that the wind adds: 6 a m/s of headwind, rounded up; nothing to +2.0; above that -6 a m/s
 * from zero, cut off; -30 without a reading.
 * in     wind_dmps  official, 0.1 m/s, > 0 = from behind; used with HM_POINTS_WIND
 */
int32_t hm_points_wind(hm_points_gauge gauge, int32_t wind_dmps);

/** Scores of one performance; their sum counts. */
typedef struct hm_points_performance {
    hm_points_score result; /* before wind */
    int32_t wind_points, placing_points;
    int32_t points;
} hm_points_performance;

/**
 * Performance score of the 100 m group (100 m outdoor; 50, 55, 60 m indoor).
 * in     wind_points, placing_points  from the functions above
 * out    a result of 0 stays 0, and wind takes none below 0 (ours)
 * errors HM_ERR_INPUT an event of another group; no such table
 */
HM_CHECKED hm_status hm_points_ranking(hm_points_event event, hm_sex sex, hm_points_venue venue,
                                       int32_t time_cs, int32_t wind_points, int32_t placing_points,
                                       hm_points_performance *performance, hm_err *err);

/** As hm_points_scoring_worth: the slowest time whose performance score is at least so much. */
HM_CHECKED hm_status hm_points_ranking_worth(hm_points_event event, hm_sex sex,
                                             hm_points_venue venue, int32_t wind_points,
                                             int32_t placing_points, int32_t points,
                                             int32_t *time_cs, hm_err *err);

#endif
