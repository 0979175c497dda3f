/* data/scenario.h - a life before it is lived: who is pinned, what world around them, what happens
 * when, which facts a future can take away, how it is told.
 *
 * Written by people, read by LIFE. As JSON: docs/formats/scenario.md. NAN = drawn, or by kind. All
 * pointers live in the arena of the reader; people are meant by their index. */
#ifndef HM_DATA_SCENARIO_H
#define HM_DATA_SCENARIO_H

#include "data/story.h"

#define HM_SCENARIO_FORMAT "hectometre-scenario"

enum {
    HM_SCENARIO_VERSION = 1,
    HM_SCENARIO_PEOPLE_MAX = 100,
    HM_SCENARIO_EVENT_MAX = 1000,
    HM_SCENARIO_LIST_MAX = 100,             /* times, points of a path, switches, futures, ... */
    HM_SCENARIO_FILE_MAX = 4 * 1024 * 1024, /* bytes */
    HM_SCENARIO_LEVEL_COUNT = 5,            /* life/mind.h */
    HM_SCENARIO_YEAR_LO = 1800,
    HM_SCENARIO_YEAR_HI = 2200
};

/** By age: a time that was run, or a technique that was taught. */
typedef struct hm_scenario_time {
    double age_yr, time_s;
} hm_scenario_time;

typedef struct hm_scenario_point {
    double age_yr;
    double technique; /* [1] */
} hm_scenario_point;

/** One who is pinned. Constants of life/person.h by their names there. */
typedef struct hm_scenario_person {
    const char *id, *name, *name_ja, *born;      /* ISO 8601 */
    int32_t sex;                                 /* hm_sex; -1 = as the world */
    const char *kind;                            /* prodigy, transfer, veteran, champion, "" */
    const char *kit;                             /* "" or a word: torn shoes */
    const char *club;                            /* "" = of his own; who shares one is a clubmate */
    const char *without;                         /* switch that takes him away, "" = none */
    int32_t region;                              /* 1 .. 47; 0 = drawn */
    double height_ratio, timing_y, trainable_ln; /* [1] mixed */
    double mass_z, leg_z, talent_z, slope_z, fragility;          /* [1] */
    double competitive_z, anxiety_z, confidence_z, motivation_z; /* [1] */
    double stubborn_frac, sociable_frac, win_frac;
    double start_age_yr;                  /* first regular training; NAN = he joins by himself */
    double load_ratio;                    /* [1] of the planned load; NAN = 1 */
    double technique;                     /* [1] at six */
    double active_until_yr;               /* cannot leave before; NAN = he may */
    double belief[HM_STORY_BELIEF_COUNT]; /* [1] at six */
    int32_t n_path, n_time;
    hm_scenario_point *path; /* (n_path) what those around him can teach, ascending ages */
    hm_scenario_time *time;  /* (n_time) his own times: talent is fitted to them */
} hm_scenario_person;

typedef struct hm_scenario_world {
    hm_sex sex;
    const char *cut_off; /* MM-DD: a class, and the school year, begin here */
    int32_t last_year;   /* 0 = the year in which the last of the people turns 30 */
    int32_t per_year;    /* born in a year of one sex in this country */
    int32_t others;      /* of them, the most talented, lived beside the people */
    int32_t search;      /* futures to search for one in which the pinned races happen, 0 = none */
    const char *search_from; /* ISO 8601; "" = the first pinned race */
    int32_t future;          /* that is told from search_from on; -1 = as search has it */
} hm_scenario_world;

typedef enum hm_event_kind {
    HM_EVENT_TEACH,
    HM_EVENT_MOVE,
    HM_EVENT_RACE,
    HM_EVENT_INJURY,
    HM_EVENT_COACH,
    HM_EVENT_LEAVE,
    HM_EVENT_RETURN,
    HM_EVENT_SPARE,   /* of injuries that would be drawn */
    HM_EVENT_UNHEARD, /* what is said to him he does not hear */
    HM_EVENT_COUNT
} hm_event_kind;

/** What happens. Fields beyond the first block belong to some kinds only. */
typedef struct hm_scenario_event {
    hm_event_kind kind;
    const char *date;    /* ISO 8601 */
    const char *without; /* switch that takes it away, "" = none */
    const char *unless;  /* it happens only where this switch is taken away, "" = none */
    int32_t who;         /* taught, moves, is injured, is coached, leaves, hears; -1 = none */
    int32_t from;        /* teaches, coaches, is not heard; -1 = none, or nobody is heard */

    const char *until; /* teach: last day; spare, unheard: "" = the same week */
    int32_t sessions;  /* teach: in all */
    double salience;   /* [1] teach: 1 .. 5 */
    uint32_t ideas;    /* teach: bits of beliefs that pass over; unheard: that do not */

    const char *club; /* move */
    int32_t region;   /* move: 0 = stays */

    const char *id, *name, *name_ja, *venue, *round; /* race */
    int32_t level;                                   /* race: of HM_SCENARIO_LEVEL_COUNT */
    int32_t final_of; /* race: the national final of this stage that year; -1 = a
                       * race of its own, HM_STAGE_COUNT = of the whole country */
    bool standing_start, hand_timed;
    int32_t field;   /* race: runners in all */
    double wind_mps; /* race: NAN = drawn */
    int32_t n_person;
    int32_t *person; /* (n_person) race: who must be in it */

    int32_t site;    /* injury: 0 hamstring, 1 other */
    double days_out; /* [1] injury: days */

    double technique; /* [1] coach: what he can bring one to; NAN = the coach's own */
} hm_scenario_event;

/** A fact that a future can take away. */
typedef struct hm_scenario_switch {
    const char *name, *change, *change_ja; /* change: "nobody teaches him" */
} hm_scenario_switch;

typedef struct hm_scenario_future {
    const char *name, *name_ja, *date; /* date: branches here */
    int32_t person;                    /* followed */
    int32_t n_without;
    const char **without; /* (n_without) switches */
} hm_scenario_future;

/** One text of a setting: NAME=VALUE of hm_life_params_table. */
typedef struct hm_scenario_set {
    const char *name, *pair;
} hm_scenario_set;

/** How a pinned race is told. */
typedef struct hm_scenario_chapter {
    int32_t event; /* a race */
    const char *look, *title, *title_ja, *subtitle, *subtitle_ja;
    int32_t n_line;
    hm_story_line *line; /* (n_line) */
} hm_scenario_chapter;

typedef struct hm_scenario {
    const char *source; /* file */
    const char *title, *title_ja;
    hm_scenario_world world;
    int32_t n_person, n_event, n_switch, n_future, n_chapter, n_set;
    hm_scenario_person *person;   /* (n_person) */
    hm_scenario_event *event;     /* (n_event) as written */
    hm_scenario_switch *change;   /* (n_switch) */
    hm_scenario_future *future;   /* (n_future) */
    hm_scenario_chapter *chapter; /* (n_chapter) */
    hm_scenario_set *set;         /* (n_set) */
} hm_scenario;

/** Words of the file; NULL past the end. */
const char *hm_event_kind_word(hm_event_kind kind);
const char *hm_scenario_level_word(int32_t level);

/**
 * Read and check. Strict: whatever nobody reads is an error; only members named "//" are remarks.
 *
 * out    scenario  untouched on failure
 * errors HM_ERR_NOFILE; HM_ERR_INPUT with line and column or the path of the value, what was
 *        expected and what was found: unknown key, somebody twice, an event before a birth,
 *        coaches in a circle, a switch that is not declared
 * memory arena
 * test   tests/contract/test_scenario.c
 */
HM_CHECKED hm_status hm_scenario_read(const char *path, hm_arena *arena, hm_scenario *scenario,
                                      hm_err *err);
HM_CHECKED hm_status hm_scenario_parse(const char *source, const char *bytes, size_t n,
                                       hm_arena *arena, hm_scenario *scenario, hm_err *err);

/** As JSON: what is read back is the same. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status hm_scenario_print(const hm_scenario *scenario, hm_arena *arena, char **text,
                                       size_t *n, hm_err *err);

#endif
