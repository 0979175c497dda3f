/* data/entries.h - who enters an event, and what was read in its heats: docs/formats/entries.md. */
#ifndef HM_DATA_ENTRIES_H
#define HM_DATA_ENTRIES_H

#include "data/race.h"

enum {
    HM_ENTRY_MAX = 5000,     /* athletes of one event */
    HM_ENTRY_TEXT_MAX = 1000 /* bytes of a name */
};

typedef struct hm_entry {
    int64_t line;   /* in its file */
    uint64_t key;   /* who: of id, or of name and team; below 2^56; differs in each entry */
    const char *id; /* "" = none */
    const char *name, *team;
    int64_t best_us;      /* valid performance of the entry period; 0 = none */
    const char *dns;      /* round in which he does not start: "R1", "SF"; "" = none */
    const char *sprinter; /* file of hecto fit that says how he runs, as typed; "" = none */
    const char *born;     /* ISO 8601, a year alone or "" */
} hm_entry;

typedef struct hm_entries {
    const char *source;
    const char *meet, *event, *date, *venue; /* "" = not given */
    bool has_sex;
    hm_sex sex;
    int32_t n;
    hm_entry *entry; /* (n) in the order of the file */
    hm_notes notes;
} hm_entries;

/** What was read for one athlete in one heat. */
typedef struct hm_reading {
    int64_t line;
    const char *round; /* "R1", "SF", "F" */
    int32_t entry;     /* index */
    hm_run_status status;
    const char *rule;    /* of a DQ */
    int64_t time_us;     /* 0 = none */
    bool hand;           /* typed with one decimal: by hand */
    int32_t reaction_ms; /* -1 = none */
    bool has_wind;
    int32_t wind_cmps;
    const char *advance; /* "qR", "qJ" or "" */
} hm_reading;

typedef struct hm_readings {
    const char *source;
    int32_t n;
    hm_reading *reading; /* (n) in the order of the file */
    hm_notes notes;
} hm_readings;

/**
 * Read a list of entries: columns name and best_s, optional team, id, dns, sprinter,
 * born.
 * in     path  "-" = standard input
 * out    entries  untouched on failure
 * errors HM_ERR_NOFILE; HM_ERR_INPUT with file:line:column: no such column, no name, the same
 * athlete twice, more than HM_ENTRY_MAX, a time that nobody runs memory arena test
 * tests/unit/data/test_entries.c
 */
HM_CHECKED hm_status hm_entries_read(const char *path, hm_arena *arena, hm_entries *entries,
                                     hm_err *err);
HM_CHECKED hm_status hm_entries_parse(const char *source, const char *bytes, size_t n,
                                      hm_arena *arena, hm_entries *entries, hm_err *err);

/**
 * Read results of heats: columns round, name or id, time_s; optional team, status, reaction_s,
 * wind_mps, advance. errors as hm_entries_read; HM_ERR_INPUT an athlete who did not enter, or twice
 * in a round
 */
HM_CHECKED hm_status hm_readings_read(const char *path, const hm_entries *entries, hm_arena *arena,
                                      hm_readings *readings, hm_err *err);
HM_CHECKED hm_status hm_readings_parse(const char *source, const char *bytes, size_t n,
                                       const hm_entries *entries, hm_arena *arena,
                                       hm_readings *readings, hm_err *err);

#endif
