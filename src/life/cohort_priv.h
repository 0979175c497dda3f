/* life/cohort_priv.h - what the files of the cohort engine share: its arrays, one runner at hand,
 * what a prefecture counts. */
#ifndef HM_LIFE_COHORT_PRIV_H
#define HM_LIFE_COHORT_PRIV_H

#include "life/club.h"
#include "life/cohort.h"
#include "life/quick.h"
#include "life/rivals.h"

enum {
    COHORT_PREFECTURES = 47,
    COHORT_BLOCKS = 11,
    COHORT_HEAT = 8,
    COHORT_ENTRANTS = 24,  /* of a prefecture's championship */
    COHORT_QUALIFY = 4,    /* on to the block, and from there to the nationals */
    COHORT_HALF_MONTHS = 3 /* before the nationals */
};

/** What is kept of a person beside the state. */
typedef struct cohort_record {
    float pb_age_y;
    float adult_s, motivation_z; /* of one who stands outside from 16 on */
    float last_sb_s;             /* of the season before, 0 = none */
    uint8_t first_age, last_age, n_season, exit;
    uint8_t n_injury, n_hamstring; /* of this season */
    uint8_t whole;                 /* in since its beginning */
    uint8_t spare;
} cohort_record;

/** Constants of one who ever was a member: drawn when he enters, the same at any time. */
typedef struct cohort_known {
    hm_person p;
    double age_near; /* [1] of birth: two of them make hm_rivals_closeness */
} cohort_known;

/** One runner at hand: what a half year needs. */
typedef struct cohort_runner {
    const hm_person *p;
    hm_idea_effect ideas;
    hm_week_plan plan; /* up to plan_to_y; 0 = none */
    double plan_to_y;
    int32_t i; /* of the class */
    int32_t club;
    bool gone;
    double age_near; /* of cohort_known */
    double level_s;  /* today */
    double leave_month;
    double mood_progress, mood_belonging;
    int32_t n_run;             /* races of this half */
    double first_s, sum, sum2; /* of T / first - 1 */
    uint16_t heard[HM_BELIEF_COUNT];
} cohort_runner;

/** Where one comes in his club. */
typedef struct cohort_place {
    double level_s;
    cohort_runner *r;
} cohort_place;

/** Room of one worker for a district. */
typedef struct cohort_room {
    cohort_runner *runner; /* (most people of a district) */
    cohort_runner **order; /* by club, then level */
    cohort_place *place;   /* the same, while they are ordered */
    double *near;          /* (most people of a district) for a column of numbers */
    cohort_runner **there; /* those of a club who are there */
    hm_club *club;         /* (clubs) */
    int32_t *n_mate;       /* (clubs) */
    int32_t *club_first;   /* (clubs) while they are ordered */
} cohort_room;

/** Best so far, kept short and sorted. */
typedef struct cohort_list {
    int32_t n, most;
    struct {
        int32_t key_us;
        uint32_t person;
    } row[HM_LIST_MAX];
} cohort_list;

/** What one prefecture makes of a half year. */
typedef struct cohort_pref {
    hm_class_year count; /* its lists are not used */
    double speed_n, speed_sum_s, speed_sum2_s2;
    cohort_list enter, choose, best; /* of the championship; for squads; of the season */
    int32_t n_through;
    int32_t through[COHORT_QUALIFY]; /* to the block */
} cohort_pref;

typedef struct cohort_engine {
    hm_cohort_opts opts;
    hm_policy policy;
    hm_quick quick;
    int64_t index;
    int32_t school_age;
    double join_logit;
    double fast_s; /* mean of the trials of the last season */
    int32_t n_district;
    const int32_t *district_first; /* (n_district + 1) first person */
    hm_life_state *state;          /* (people) */
    hm_rivals *rivals;             /* (people); NULL = off */
    cohort_record *record;         /* (people) */
    cohort_known *known;           /* (people) of those who entered */
    int32_t *member;               /* (people) of each district from its first person on */
    int32_t *n_member;             /* (n_district) */
    cohort_pref *pref;             /* (COHORT_PREFECTURES) */
    int32_t n_national;            /* who goes to the nationals */
    int32_t national[COHORT_BLOCKS * COHORT_QUALIFY];
    cohort_room *room; /* (n_thread) */
    bool first_half;
} cohort_engine;

/* ---- people: cohort_people.c ---- */

/** Constants of person i, born on the day that the policy's cut-off makes of his birthday. */
hm_person cohort_person(const cohort_engine *e, int32_t i);
/** Group of three: a third of people matures before, a third after. */
int32_t cohort_timing_group(const cohort_engine *e, const hm_person *p);
/** Of all draws of person i; of a club of a district in this stage. */
uint64_t cohort_id(const cohort_engine *e, int32_t i);
uint64_t cohort_club_id(const cohort_engine *e, int32_t district, int32_t club);
/** Month of the calendar he is born in, 0 .. 11. */
int32_t cohort_birth_month(const cohort_engine *e, const hm_person *p);
/** At the beginning of a school year: who of a district joins, who comes back. */
void cohort_join(cohort_engine *e, cohort_pref *pref, int32_t district);
/** He leaves now. */
void cohort_leave(cohort_engine *e, cohort_pref *pref, int32_t i, hm_exit why);
hm_career_case cohort_case(const cohort_engine *e, const cohort_runner *r, int32_t week);

/* ---- a half year of a district: cohort_district.c ---- */

void cohort_district_live(cohort_engine *e, cohort_pref *pref, int32_t district, int worker);

/* ---- races: cohort_race.c ---- */

/** Make ready one member; his level is cohort_levels'. */
void cohort_runner_init(const cohort_engine *e, cohort_runner *r, int32_t i);
/** What n of them (at most COHORT_HEAT) can do in this week, into level_s. */
void cohort_levels(const cohort_engine *e, int32_t n, cohort_runner *const r[], int32_t week);
/** Race n of them (at most COHORT_HEAT); times to t_s (n), bests and heads after it. */
void cohort_heat(cohort_engine *e, int32_t n, cohort_runner *r[], int32_t week, uint32_t race,
                 hm_meet_level level, double t_s[]);
/** The championship of a prefecture, after its districts: who goes on to the block. */
void cohort_prefecture_meet(cohort_engine *e, cohort_pref *pref);
/** Meets of the blocks: who goes on stands in through then. */
void cohort_national_blocks(cohort_engine *e);
/** Heats, semi-finals, final of the nationals. */
void cohort_national_meets(cohort_engine *e);

/* ---- lists: cohort_list.c ---- */

void cohort_list_clear(cohort_list *l, int32_t most);
void cohort_list_add(cohort_list *l, int32_t key_us, uint32_t person);

static inline int32_t cohort_us(double s)
{
    return (int32_t)(s * 1e6 + 0.5);
}

#endif
