/* life/one.h - one life in full: what its weeks bring when alone, and what others do to it.
 *
 * All that comes from outside passes through hm_one_meet as an encounter, and all else is a
 * function of the person's own key. So a life that kept its encounters can be lived again alone and
 * is the same, to the bit. */
#ifndef HM_LIFE_ONE_H
#define HM_LIFE_ONE_H

#include "data/scenario.h"
#include "life/career.h"
#include "life/club.h"
#include "life/day.h"
#include "life/practice.h"

/** How somebody lives beyond what he was born with: pinned, or NAN and 0 for anybody. */
typedef struct hm_way {
    double start_age_y;     /* first regular training; NAN = he joins by himself */
    double join_logit;      /* then: hm_join_logit */
    double load_ratio;      /* [1] of the planned load */
    double active_until_y;  /* cannot leave before; NAN = he may */
    double first_technique; /* [1] at six; NAN = drawn */
    int32_t n_path;
    const hm_scenario_point *path; /* (n_path) what those around him can teach */
} hm_way;

/** A life as it stands. */
typedef struct hm_one {
    hm_person person;
    hm_way way;
    hm_life_state state;
    int32_t class_year; /* school year in which his class is of school age 0 */
    int32_t region;     /* 1 .. 47 */
    hm_club club;
    double coach_to;      /* [1] technique that a coach of his brings him to; 0 = none */
    double last_s;        /* best of the season before; 0 = none */
    int64_t sb_us, pb_us; /* 0 = none */
    double pb_age_y;
    double pressure;   /* [1] of this week's races */
    double start_ln;   /* level as the season began */
    hm_account season; /* books of this season */
    int32_t n_race, weeks_trained, weeks_out;
    int32_t spared_weeks; /* of injuries, from now on */
    bool hurt;            /* injured this season */
    bool has_books;       /* the account is kept */
    hm_exit exit;
    int32_t exit_when; /* hm_week_when of his leaving */
} hm_one;

/** A life of a person about to enter his first week.
 *  in  belief  (HM_BELIEF_COUNT) at six, NAN = drawn; may be NULL */
hm_one hm_one_make(const hm_life_params *params, uint64_t seed, const hm_person *person,
                   const hm_way *way, const double *belief, int32_t class_year, int32_t region);

/** His week of a school year. */
static inline hm_week hm_one_week_of(const hm_one *one, uint64_t seed, uint32_t future,
                                     int32_t year, int32_t week)
{
    return (hm_week){seed, future, year - one->class_year, week};
}

static inline bool hm_one_is_active(const hm_one *one)
{
    return one->state.standing == HM_STANDING_CLUB || one->state.standing == HM_STANDING_SQUAD;
}

/** Level, s. */
double hm_one_level_s(const hm_life_params *params, const hm_one *one, const hm_week *w);

/** Open the books of a season: before its first week. */
void hm_one_season(const hm_life_params *params, hm_one *one, const hm_week *w);

/**
 * A week alone: joining, training, what befalls him.
 * out    event  may be NULL
 * errors none.  memory none.  threads: pure
 */
void hm_one_live(const hm_life_params *params, hm_one *one, const hm_week *w, hm_week_event *event);

/** The end of a week, after all encounters: mood, and whether he leaves the sport. */
void hm_one_rest(const hm_life_params *params, hm_one *one, const hm_week *w);

typedef enum hm_encounter_kind {
    HM_MET_RACE,     /* ran */
    HM_MET_IDEA,     /* heard */
    HM_MET_PRACTICE, /* took up what others around him do */
    HM_MET_TEACHER,  /* was shown */
    HM_MET_COACH,    /* is coached from now on */
    HM_MET_MOVE,     /* another club, another region */
    HM_MET_SQUAD,    /* is taken into a squad, or let go */
    HM_MET_INJURY,   /* that the scenario pinned */
    HM_MET_LEAVE,    /* leaves the sport, as the scenario has it */
    HM_MET_RETURN,
    HM_MET_SPARED /* of injuries, for some weeks */
} hm_encounter_kind;

/** What came from outside. */
typedef struct hm_encounter {
    hm_encounter_kind kind;
    int32_t year, week;
    int32_t from; /* caller's number of the other; -1 = none */

    hm_day_in day; /* race */
    bool won, beaten_by_rival;

    hm_belief belief; /* idea */
    double from_frac, weight;

    hm_practice practice;
    int32_t n_around; /* practice: of those around him who keep it */

    double technique; /* teacher: his; coach: what he brings one to */
    int32_t sessions; /* teacher */

    uint64_t club; /* move: key of the club */
    int32_t region;
    bool taken; /* squad */

    hm_site site; /* injury */
    double days_out;

    int32_t weeks; /* spared: from the next on */
} hm_encounter;

/** What an encounter came to. */
typedef struct hm_met {
    int64_t time_us; /* race */
    hm_day_out day;
    double before, after; /* [1] idea: the belief; teacher: the technique */
} hm_met;

/**
 * Live through an encounter.
 * errors none.  memory none.  threads: pure
 * test   tests/unit/life/test_one.c, test_story.c (a life lived again alone)
 */
hm_met hm_one_meet(const hm_life_params *params, hm_one *one, const hm_week *w,
                   const hm_encounter *e);

/** Microseconds of a time on the clock. */
int64_t hm_one_time_us(double ln_t);

#endif
