/* life/cohort.h - one birth year of one sex, from six to forty: who joins, who is chosen, who
 * stays.
 *
 * Glossary: class = the people born between one cut-off and the next; season = a school year of 52
 * weeks that begins at the cut-off; district = about a thousand of the class, who share clubs;
 * prefecture = some districts; squad = the chosen ones, who get support.
 *
 * A class is lived in lock-step by half years, prefectures in parallel; between the halves all look
 * at one list: blocks, nationals, selection. It needs no other class, so that a study is many
 * classes, each a file of its own. */
#ifndef HM_LIFE_COHORT_H
#define HM_LIFE_COHORT_H

#include "base/arena.h"
#include "life/career.h"

/** How a system chooses. Laid out by hm_policy_table. */
typedef struct hm_policy {
    uint32_t cookie;
    int32_t cutoff_day;     /* of the year, 1 = 1 January; 92 = 2 April */
    int32_t squad_from_age; /* school age of the first selection */
    double squad_youth_per_100k, squad_student_per_100k, squad_senior_per_100k; /* [1] of a class */
    bool age_corrected; /* up to 15 chosen by time for exact age instead of by time */
    bool late_entry;    /* clubs take beginners from 17 on */
    bool rejoin;        /* and those who left, from 16 on */
} hm_policy;

hm_policy hm_policy_default(void);
extern const hm_option_table hm_policy_table;

/** Which people. Laid out by hm_cohort_table. */
typedef struct hm_cohort_opts {
    uint32_t cookie;
    uint64_t seed;
    int32_t people; /* of the class */
    hm_sex sex;
    int32_t district_people, clubs; /* people in a district, clubs there */
    bool everybody;                 /* all join at six and stay: for measuring the program */
} hm_cohort_opts;

hm_cohort_opts hm_cohort_default(void);
extern const hm_option_table hm_cohort_table;

enum {
    HM_CLASS_FIRST_AGE = 6,
    HM_CLASS_LAST_AGE = 40,
    HM_CLASS_AGES = HM_CLASS_LAST_AGE - HM_CLASS_FIRST_AGE + 1,
    HM_LIST_MAX = 200,
    HM_CLASS_TRIALS = 3, /* club races before the nationals */
    HM_QUARTERS = 4,
    HM_TIMINGS = 3, /* early, average, late maturers: a third of all people each */
    HM_CALENDAR_MONTHS = 12
};

/** One on a list of a season. */
typedef struct hm_listed {
    uint32_t person; /* of the class, 0 .. people - 1 */
    int32_t sb_us, pb_us;
    float pb_age_y, birth_frac, timing_y;
    uint32_t squad; /* 1 = had support in that season */
} hm_listed;

/** What a class was in one season. Counts are of persons unless said. */
typedef struct hm_class_year {
    int64_t member; /* at midsummer */
    int64_t joined, rejoined, squad, left[HM_EXIT_COUNT];
    int64_t member_quarter[HM_QUARTERS], squad_quarter[HM_QUARTERS]; /* by birth, first = oldest */
    int64_t member_timing[HM_TIMINGS], squad_timing[HM_TIMINGS];
    int64_t member_month[HM_CALENDAR_MONTHS]; /* by calendar month of birth */
    double member_talent_z, squad_talent_z;   /* sums */
    /* athlete-seasons from April to March, and what befell them */
    int64_t season, season_injured, season_hamstring, injury, injury_long;
    double days_out;
    int64_t n_trial[HM_CLASS_TRIALS];
    double trial_s[HM_CLASS_TRIALS];    /* sums */
    int64_t n_spread, n_spread_fast;    /* athletes with three trials or more; the faster half */
    double spread_var, spread_fast_var; /* sums of within-person variance of ln T */
    int64_t rival_base, rival_any, rival_sum; /* active three seasons or more */
    int64_t burnt;
    int32_t early_us; /* best of all before the nationals; 0 = nobody ran */
    int32_t n_list;
    hm_listed list[HM_LIST_MAX]; /* by season's best, then person */
} hm_class_year;

/** A class's life: what it leaves behind. */
typedef struct hm_class {
    int64_t people, index;
    hm_class_year year[HM_CLASS_AGES];          /* by school age from HM_CLASS_FIRST_AGE */
    int64_t grown;                              /* active at 18 or later */
    double grown_pb_age_y;                      /* sum of their ages at their best */
    double speed_n, speed_sum_s, speed_sum2_s2; /* 50 m of all people at the beginning of 18 */
} hm_class;

static inline const hm_class_year *hm_class_at(const hm_class *c, int32_t school_age)
{
    return &c->year[school_age - HM_CLASS_FIRST_AGE];
}

/** Told now and then how far a class is; returns false to stop. */
typedef bool hm_cohort_tell(void *ctx, int32_t school_age);

/**
 * Live class `index` of a world.
 *
 * in     index     0, 1, ..: people of different classes share no draw
 *        n_thread  1 or more; the result does not depend on it
 *        tell      NULL = silent
 * out    out       untouched on failure
 * errors HM_ERR_SYSTEM memory; HM_ERR_STOPPED tell said so
 * memory arena, for the run: 64 bytes of state a person, 64 of rivals, 24 of record; the caller may
 *        release it behind the call, out lies elsewhere
 * test   tests/unit/life/test_cohort.c (bytes on any number of threads, counts that must agree)
 */
HM_CHECKED hm_status hm_cohort_live(const hm_cohort_opts *opts, const hm_policy *policy,
                                    const hm_life_params *params, int64_t index, int n_thread,
                                    hm_cohort_tell *tell, void *ctx, hm_arena *arena, hm_class *out,
                                    hm_err *err);

#endif
