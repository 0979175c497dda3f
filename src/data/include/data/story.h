/* data/story.h - lives that were lived: people, their seasons, races, injuries, what passed from
 * one to another, and the account of why each grew faster or slower.
 *
 * Made by LIFE, read by STAGE (the film of a life) and by whoever asks why. As JSON: hm_story_read,
 * hm_story_write, docs/formats/story.md. Years are school years, named by the calendar year they
 * begin in. Weeks count from the first week of the first year of the story. All pointers live in
 * the arena of the maker; people are meant by their index. */
#ifndef HM_DATA_STORY_H
#define HM_DATA_STORY_H

#include <stddef.h>

#include "data/race.h"
#include "io/json.h"

#define HM_STORY_FORMAT "hectometre-story"

enum {
    HM_STORY_VERSION = 1,
    HM_STORY_PEOPLE_MAX = 1000,
    HM_STORY_RACE_MAX = 10 * 1000,
    HM_STORY_TERM_COUNT = 13,             /* of an account: life/account.h */
    HM_STORY_BELIEF_COUNT = 6,            /* life/state.h */
    HM_STORY_FILE_MAX = 256 * 1024 * 1024 /* bytes */
};

/** Where in life a race or a season stands; what a film makes of it depends on this. */
typedef enum hm_stage_of_life {
    HM_STAGE_PRIMARY,
    HM_STAGE_JUNIOR_HIGH,
    HM_STAGE_HIGH_SCHOOL,
    HM_STAGE_UNIVERSITY,
    HM_STAGE_CORPORATE,
    HM_STAGE_COUNT
} hm_stage_of_life;

/** Words in files; NULL past the end. */
const char *hm_stage_of_life_word(hm_stage_of_life stage);
const char *hm_story_term_word(int32_t term);
const char *hm_story_belief_word(int32_t belief);

/** One school year of one person. */
typedef struct hm_story_season {
    int32_t year;
    double age_yr; /* at its beginning */
    hm_stage_of_life stage;
    const char *standing;  /* outside, club, squad, left */
    double best_s;         /* NAN = did not race */
    double start_s, end_s; /* level of a rested runner on the first and last day */
    int32_t n_race;
    int32_t weeks_trained, weeks_out;
    double height_cm, mass_kg;                       /* on its last day */
    double technique;                                /* [1] 0 as if chased .. 1 immaculate */
    double confidence_z, motivation_z, burnout_frac; /* [1] */
    double belief[HM_STORY_BELIEF_COUNT];            /* [1] 0 .. 1 */
    double term_ln[HM_STORY_TERM_COUNT]; /* [1] account of ln end_s - ln start_s; sums to it */
} hm_story_season;

typedef struct hm_story_injury {
    int32_t person, week;
    const char *date, *site; /* ISO 8601; hamstring, other */
    double days_out;         /* [1] days */
    bool recurrence;
} hm_story_injury;

typedef struct hm_story_person {
    const char *id;             /* as the scenario names him; others: "other-N" */
    const char *name, *name_ja; /* name_ja "" = none */
    const char *born;           /* ISO 8601 */
    hm_sex sex;
    bool pinned;      /* stands in the scenario */
    const char *kind; /* named type of life: "" = none */
    const char *kit;  /* "" or a word of the scenario: torn shoes */
    double pb_s;      /* NAN = never raced */
    double pb_age_yr;
    const char *exit;  /* why and when he left, in words; "" = he is there to the end */
    int32_t exit_week; /* -1 = none */
    int32_t n_season;
    hm_story_season *season; /* (n_season) ascending years */
} hm_story_person;

/** One runner of one race. */
typedef struct hm_story_run {
    int32_t person;
    int32_t lane, place;
    int64_t time_us;
    double expected_s;
    double age_yr, height_cm, mass_kg;
    double technique;                    /* [1] */
    double anxiety_z, confidence_z;      /* [1] of the day */
    int32_t n_rival;                     /* in this race */
    int32_t belief;                      /* the one held most firmly */
    double belief_frac;                  /* how firmly */
    double term_ln[HM_STORY_TERM_COUNT]; /* [1] account of the day against his level */
} hm_story_run;

typedef struct hm_story_race {
    const char *id, *name, *name_ja; /* name_ja "" = none */
    const char *date, *venue;        /* ISO 8601; stadium, school, "" */
    hm_stage_of_life stage;
    const char *level, *round; /* club .. final */
    int32_t week;
    double wind_mps, temp_c;
    bool standing_start, hand_timed;
    int32_t n_run;
    hm_story_run *run; /* (n_run) by place */
} hm_story_race;

/** Two of the followed people in one race: the n-th time. */
typedef struct hm_story_meeting {
    int32_t a, b, race;
    int32_t count; /* from 1 */
} hm_story_meeting;

/** An idea that passed. */
typedef struct hm_story_idea {
    int32_t from, to, belief;
    int32_t week, race;     /* race -1 = none */
    const char *date, *how; /* teach, race, club, rival, broadcast */
    double before, after;   /* [1] of the one who heard */
} hm_story_idea;

/** A costly practice that one took up. */
typedef struct hm_story_practice {
    int32_t person, from; /* from: the first of those around him who keeps it, -1 = nobody does */
    int32_t week, around; /* how many around him keep it */
    const char *date, *practice; /* morning, weights, film, sleep */
} hm_story_practice;

typedef struct hm_story_rival {
    int32_t person, other;
    int32_t week;     /* when it began */
    double strength;  /* [1] at its highest */
    int32_t meetings; /* races run together */
} hm_story_rival;

/** A pinned race of futures: how often it happens, and who is ahead. */
typedef struct hm_story_odds {
    const char *race; /* id that the scenario gave it */
    double p_meets;   /* [1] all who are pinned to it are in it */
    double p_wins;    /* [1] of those: the one who is followed wins it; NAN = it never happens */
    double p_ahead;   /* [1] of those: he is ahead of the others who are pinned */
} hm_story_odds;

/** What a future came to, over its runs. */
typedef struct hm_story_future {
    const char *name, *name_ja; /* "as it was", "without the injury" */
    const char *change;         /* what is different, in words */
    int32_t n;                  /* runs */
    int32_t person;             /* followed */
    int32_t from_week;
    double pb_s_lo90, pb_s_median, pb_s_hi90;
    double p_active_30; /* [1] still racing at thirty */
    double p_meets;     /* [1] in which the next pinned meeting happens by itself */
    double p_wins;      /* [1] of those, in which he wins it */
    int32_t n_year, first_year;
    double *best_s_lo90, *best_s_median, *best_s_hi90; /* (n_year) NAN = hardly anybody races */
    int32_t n_odds;
    hm_story_odds *odds; /* (n_odds) pinned races after from_week, as the scenario orders them */
} hm_story_future;

/** What somebody says of why he runs. */
typedef struct hm_story_line {
    int32_t person;
    const char *text, *text_ja; /* text_ja "" = none */
} hm_story_line;

/** A chapter of the film: one race, how it is told, who says why he runs. */
typedef struct hm_story_chapter {
    int32_t race;
    const char *look;
    const char *title, *title_ja, *subtitle, *subtitle_ja;
    int32_t n_line;
    hm_story_line *line; /* (n_line) */
} hm_story_chapter;

typedef struct hm_story {
    const char *title, *title_ja;
    const char *scenario; /* file it was lived from, "" = not known */
    uint64_t seed;
    int32_t first_year, last_year;
    const char *year_begins; /* MM-DD */
    int32_t n_person, n_race, n_meeting, n_idea, n_practice, n_injury, n_rival, n_future, n_chapter;
    hm_story_person *person;     /* (n_person) pinned first */
    hm_story_race *race;         /* (n_race) in time */
    hm_story_meeting *meeting;   /* (n_meeting) in time */
    hm_story_idea *idea;         /* (n_idea) in time */
    hm_story_practice *practice; /* (n_practice) in time, of the pinned */
    hm_story_injury *injury;     /* (n_injury) in time, of followed people */
    hm_story_rival *rival;       /* (n_rival) */
    hm_story_future *future;     /* (n_future) */
    hm_story_chapter *chapter;   /* (n_chapter) in the order of the film */
    hm_notes notes;              /* meetings that did not happen, people kept active by hand */
} hm_story;

/**
 * Are indices in range, times possible, years ascending, accounts equal to the change (1e-6)?
 * errors HM_ERR_INPUT with the person or race in source and the field at fault
 */
HM_CHECKED hm_status hm_story_check(const hm_story *story, hm_err *err);

/** Write a checked story; what is read back is the same, bit for bit. "-" = standard output. */
HM_CHECKED hm_status hm_story_write(const char *path, const hm_story *story, hm_err *err);
/** The same text in memory, terminated; n may be NULL. */
HM_CHECKED hm_status hm_story_print(const hm_story *story, hm_arena *arena, char **text, size_t *n,
                                    hm_err *err);

/** The same object as part of another text, of a checked story; key as in io/json.h. */
void hm_story_put(hm_json_out *o, const char *key, const hm_story *story);

/**
 * Read and check. Unknown keys become notes.
 * out    story  untouched on failure
 * errors HM_ERR_NOFILE; HM_ERR_INPUT with line and column or the path of the value
 * memory arena
 */
HM_CHECKED hm_status hm_story_read(const char *path, hm_arena *arena, hm_story *story, hm_err *err);
HM_CHECKED hm_status hm_story_parse(const char *source, const char *bytes, size_t n,
                                    hm_arena *arena, hm_story *story, hm_err *err);

#endif
