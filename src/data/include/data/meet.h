/* data/meet.h - a meet on paper: people, start lists, results. What timing systems and meet
 * programs exchange and the results book keeps.
 *
 * Integers decide: times in microseconds as they were read, official times in hundredths, wind in
 * cm/s. A number that was not told is -1 (or has_ = false), a text "". All pointers live in the
 * arena that the maker was given. */
#ifndef HM_DATA_MEET_H
#define HM_DATA_MEET_H

#include "data/race.h"

enum {
    HM_MEET_HEAT_MAX = 100 * 1000,
    HM_MEET_IN_HEAT_MAX = 1000,
    HM_MEET_MARK_MAX = 2 * 1000 * 1000,
    HM_MEET_SPLIT_MAX = 1000,    /* of one mark */
    HM_MEET_TEXT_MAX = 10 * 1000 /* characters of a name */
};

typedef enum hm_timing {
    HM_TIMING_UNKNOWN,
    HM_TIMING_FAT, /* fully automatic, World Athletics TR19.13 */
    HM_TIMING_HAND /* TR19.10 */
} hm_timing;

/** How it ended for one athlete of a heat. */
typedef enum hm_mark_status {
    HM_MARK_ENTERED, /* a start list: has not run */
    HM_MARK_FINISHED,
    HM_MARK_DNS,
    HM_MARK_DNF,
    HM_MARK_DQ,
    HM_MARK_UNKNOWN /* a word that nobody knows: kept in note */
} hm_mark_status;

typedef struct hm_meet_split {
    double distance_m; /* NAN = not told */
    int64_t time_us;   /* cumulative, from the gun */
} hm_meet_split;

typedef struct hm_person {
    const char *id; /* in the files of this meet */
    const char *last_name, *first_name, *team, *license;
    const char *born; /* ISO 8601, a year alone or "" */
    bool has_sex;
    hm_sex sex;
    int64_t line; /* in its file; 0 = none */
} hm_person;

/** One athlete in one heat. */
typedef struct hm_mark {
    hm_person who;
    int32_t lane;  /* 0 = none */
    int32_t place; /* 0 = none */
    hm_mark_status status;
    const char *rule;      /* of a disqualification: "TR16.8" */
    int64_t time_us;       /* the reading; 0 = none */
    int32_t time_digits;   /* decimals that were written */
    int32_t official_cs;   /* 0 = none; by race/rank.h or as the file says */
    int64_t reaction_us;   /* -1 = none */
    int64_t delta_us;      /* to the finisher before, as told: below 0 when it contradicts the
                            * places; -1 = none */
    const char *qualified; /* Q q qD qR qJ or "" */
    const char *note;      /* what the file said beyond this */
    int32_t n_split;
    hm_meet_split *split; /* (n_split) in the order of the file */
    int64_t line;
} hm_mark;

typedef struct hm_heat {
    const char *event;      /* number in the meet program: text in practice, "R111-2" */
    int32_t round, heat;    /* from 1; 0 occurs in files */
    const char *name;       /* of the event: "100 m Women" */
    const char *code;       /* discipline: "100m", "60m"; "" = not known */
    const char *round_name; /* "Heats", "Final"; "" = by round */
    double distance_m;      /* NAN = not told */
    bool has_sex;
    hm_sex sex;
    bool has_wind;
    int32_t wind_cmps;
    const char *start_clock; /* time of day, "14:05:03.217" */
    hm_timing timing;
    int32_t n_mark;
    hm_mark *mark; /* (n_mark) in the order of the file */
    int64_t line;
} hm_heat;

typedef struct hm_meet {
    const char *source; /* file it was read from */
    const char *name, *venue, *date;
    const char *category; /* in the world rankings: OW DF GW GL A B C D E F; "" = none */
    double altitude_m;    /* NAN = not told */
    int32_t n_heat, n_person, n_order;
    hm_heat *heat;     /* (n_heat) in the order of the file */
    hm_person *person; /* (n_person) a list of people beside the heats */
    hm_heat *order;    /* (n_order) a schedule: event, round and heat only */
    hm_notes notes;
} hm_meet;

/** Empty: texts "", numbers as not told. */
hm_meet hm_meet_default(void);
hm_heat hm_heat_default(void);
hm_mark hm_mark_default(void);

/** What would steer a terminal or end a line (U+0001 - 001F, 007F - 009F) becomes a blank, in
 *  place. in text UTF-8 */
void hm_meet_clean(char *text);

/** A clean copy; NULL without memory. */
const char *hm_meet_text(hm_arena *arena, const char *raw);

/**
 * Is it a meet that a book can take: texts of one line, within bounds and UTF-8, places that fit
 * the statuses, no id twice in a heat, times and winds in range?
 * errors HM_ERR_INPUT with "heat N" as source and the field at fault
 */
HM_CHECKED hm_status hm_meet_check(const hm_meet *meet, hm_err *err);

#endif
