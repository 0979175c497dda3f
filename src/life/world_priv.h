/* life/world_priv.h - the people of a story in lock-step weeks: who is pinned, the others of the
 * country, their meets, rivals and ideas.
 *
 * A week has four phases: everybody alone; races; their results, person by person in the order of
 * meets and rounds; ideas, all of which read what was believed before any of them is written. */
#ifndef HM_LIFE_WORLD_PRIV_H
#define HM_LIFE_WORLD_PRIV_H

#include "life/one.h"
#include "life/story.h"

enum { RIVAL_MAX = 8, FIRST_AGE = 7, OTHER_FIRST_AGE = 11, FINAL_FIELD = 8 };

/** What two have run against each other, as the first of them knows it. */
typedef struct world_link {
    int32_t other;    /* -1 = free */
    float strength;   /* [1] of close races; fades with each race */
    float bond;       /* [1] of training together; stays */
    float peak;       /* [1] of both, at its highest */
    int32_t n, since; /* races together; week in which he became a rival, -1 = is none */
} world_link;

/** A runner of a race at hand. */
typedef struct world_run {
    int32_t one;
    hm_encounter met;
    hm_day_out day;
    int64_t time_us;
    int32_t lane, place;
    double age_y; /* at the race */
} world_run;

/** A race at hand. */
typedef struct world_race {
    const hm_scenario_event *event; /* NULL = nobody pinned it */
    int32_t year, week;
    hm_stage_of_life stage;
    bool country; /* open to all ages */
    hm_meet_level level;
    const char *round;
    int32_t place;     /* prefecture or block, 0 = the nation */
    uint32_t round_no; /* of this meet */
    double wind_mps, temp_c;
    int32_t n;
    world_run run[HM_LANE_MAX];
} world_race;

typedef struct world world;

/** An idea or a practice on its way: all read what was before any is written. */
typedef struct world_heard {
    int32_t to;
    hm_relation relation;
    bool in_race;
    hm_encounter met;
} world_heard;

/** An entrant, in the order in which a meet takes them. */
typedef struct world_seeded {
    int32_t one, group;
    int64_t us;
} world_seeded;

/** Who keeps what happened. All may be NULL. */
typedef struct world_witness {
    void *ctx;
    hm_status (*race)(void *ctx, const world *w, const world_race *r);
    hm_status (*idea)(void *ctx, const world *w, int32_t to, const hm_encounter *e,
                      const hm_met *met, hm_relation relation, bool in_race);
    hm_status (*practice)(void *ctx, const world *w, const world_heard *heard);
    hm_status (*injury)(void *ctx, const world *w, int32_t one, const hm_week_event *e);
    hm_status (*season)(void *ctx, const world *w, int32_t one);
    hm_status (*met)(void *ctx, const world *w, int32_t one, const hm_encounter *e);
} world_witness;

struct world {
    const hm_scenario *scenario;
    hm_life_params params;
    double join_logit[2]; /* by sex */
    uint64_t seed;
    /* weeks of the world from which on a future counts: the story's own, and one of its futures */
    int32_t branch, branch_2;
    uint32_t future, future_2;
    const bool *off;               /* (n_switch) facts taken away */
    int32_t first_year, last_year; /* lived */
    int32_t story_year;            /* the first of the story */
    int32_t cut_month, cut_day;
    int32_t n_pinned, n;
    hm_one *one;           /* (n) pinned first; a pinned one who is taken away has standing left */
    uint64_t *club;        /* (n) key of a club that the scenario names, 0 = of his own */
    world_link *link;      /* (n x RIVAL_MAX) */
    int32_t *first;        /* (n) year in which his life begins here */
    world_seeded *scratch; /* (n) of a meet at work */
    uint8_t *pass;         /* (n) how far he got in the meets of his stage this year */
    world_heard *heard;    /* (n_heard) ideas of this week, applied at its end */
    int32_t n_heard;
    size_t cap_heard;
    int32_t year, week; /* being lived */
    hm_arena *arena;
    world_witness witness;
};

/** The people of a scenario, unlived. off (n_switch) must outlive the world. */
HM_CHECKED hm_status world_make(const hm_scenario *s, const hm_life_params *params, uint64_t seed,
                                const bool *off, hm_arena *arena, world *w, hm_err *err);

/** One of the people as `as` has him, of seed 0: for lives without chance. */
hm_one world_person(const hm_scenario *s, const hm_scenario_person *as,
                    const hm_life_params *params);

/** A copy that lives on by itself. */
HM_CHECKED hm_status world_copy(const world *from, hm_arena *arena, world *to);

/** Live from the week at hand up to, not including, week `end` of the world. */
HM_CHECKED hm_status world_live(world *w, int32_t end);

/** Weeks of the whole. */
int32_t world_weeks(const world *w);
/** Week of the world in which a day falls; before the first: 0. */
int32_t world_week_of(const world *w, const char *date);
/** Number of the day on which a week of a school year begins (data/date.h). */
int32_t world_day(const world *w, int32_t year, int32_t week);
/** The week at hand, and of the story (-1 before it). */
int32_t world_now(const world *w);
int32_t world_story_week(const world *w);

/** Number of the future at hand: 0 before all branches. */
uint32_t world_future(const world *w);
hm_week world_week(const world *w, int32_t one);
bool world_lives(const world *w, int32_t one);
/** Does an event happen in this world? */
bool world_has(const world *w, const hm_scenario_event *e);
/** Beliefs of which `to` hears nothing from `from` this week, as the scenario has it. */
uint32_t world_unheard(const world *w, int32_t from, int32_t to);
/** Key of a club that the scenario names. */
uint64_t world_club_key(const char *name);
/** Is a fact of the scenario taken away here? "" never is. */
bool world_is_off(const world *w, const char *name);

/** Let him live through it, and tell the witness. */
HM_CHECKED hm_status world_meet(world *w, int32_t one, const hm_encounter *e, hm_met *met);

/* phases */
HM_CHECKED hm_status world_events(world *w);
HM_CHECKED hm_status world_meets(world *w);
/** Who takes up what those around him do, at the end of the week. */
HM_CHECKED hm_status world_practices(world *w);
/** Run a race that has its runners: draw the day, book results, rivals, what they hear. */
HM_CHECKED hm_status world_race_run(world *w, world_race *r);
HM_CHECKED hm_status world_race_ideas(world *w, const world_race *r);
/** At the end of a school year: who is taken into squads. */
HM_CHECKED hm_status world_support(world *w);

/** One speaks, another will hear at the end of the week: each belief of `bits` (bit = hm_belief).
 */
HM_CHECKED hm_status world_say(world *w, int32_t from, int32_t to, hm_relation relation,
                               double salience, uint32_t bits, bool in_race);

world_link *world_link_of(const world *w, int32_t one, int32_t other);
bool world_is_rival(const world *w, int32_t one, int32_t other);
void world_link_race(world *w, const world_race *r);
/** They have trained together. */
void world_link_bond(world *w, int32_t one, int32_t other, int32_t sessions);

#endif
