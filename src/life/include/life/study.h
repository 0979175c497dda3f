/* life/study.h - what a system of selection made of its people, as tables: who is sorted where,
 * relative age, transitions, injuries, value. */
#ifndef HM_LIFE_STUDY_H
#define HM_LIFE_STUDY_H

#include "io/grid.h"
#include "life/cohort.h"

/** Points of a 100 m time; 0 = none. Scoring tables belong to another room. */
typedef double hm_points_of(void *ctx, hm_sex sex, double time_s);

/** name, what it holds */
#define HM_STUDY_LIST(X)                                                                           \
    X(seasons, "each school age, all classes together")                                            \
    X(births, "members by calendar month of birth")                                                \
    X(transitions, "of those ever among the best of an age class, how many are of a later one")    \
    X(lists, "season's best by class and school age")                                              \
    X(value, "prize money and points of seniors, by group")                                        \
    X(earners, "each who ever stood on a senior list")

typedef struct hm_study {
#define HM_STUDY_FIELD(name, about) hm_grid name;
    HM_STUDY_LIST(HM_STUDY_FIELD)
#undef HM_STUDY_FIELD
    double gini_prize, gini_points; /* [1] among those ever on a senior list; NAN = nobody */
    double top_tenth_prize_frac;    /* what the tenth that earns most has of all prize money */
} hm_study;

enum { HM_STUDY_GRIDS = 6 };

/** The grids in the order of the list. */
void hm_study_grids(const hm_study *s, const hm_grid *grid[HM_STUDY_GRIDS]);

/**
 * Tables over classes of one world. Seniors of a season are the classes at 23 and over in a ring
 * (season s holds class s - A, around): with fewer than 18 classes one meets itself, and figures of
 * seniors are then for orientation only.
 *
 * in     c       (n_class)
 *        points  may be NULL
 *        listed  rows of each list that are told, up to HM_LIST_MAX
 * errors HM_ERR_SYSTEM memory
 * memory arena
 * source prize money: data/life/prize_money.csv
 * test   tests/unit/life/test_study.c
 */
HM_CHECKED hm_status hm_study_make(int32_t n_class, const hm_class c[], hm_sex sex, int32_t listed,
                                   hm_points_of *points, void *ctx, hm_arena *arena, hm_study *out,
                                   hm_err *err);

/** Gini's coefficient of n amounts of 0 and more, which are sorted; NAN for none or nothing.
 *  test test_study.c (closed forms) */
double hm_gini(int64_t n, double v[]);

#endif
