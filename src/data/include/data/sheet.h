/* data/sheet.h - the sheet that a person types: one race as a CSV file, docs/formats/sheet.md. */
#ifndef HM_DATA_SHEET_H
#define HM_DATA_SHEET_H

#include "data/race.h"

enum { HM_WATCH_MAX = 3 };

/** One athlete at one start that was recalled, for the referee. */
typedef struct hm_sheet_start {
    double reaction_s; /* may be below 0; NAN = none read */
    bool fault;        /* the Starter saw it: FS */
} hm_sheet_start;

/** One row. NAN = the cell is empty or the column absent. */
typedef struct hm_sheet_row {
    int64_t line; /* in the file, for later errors */
    int32_t lane;
    const char *name, *team, *bib, *form; /* "" = not given */
    bool has_sex;
    hm_sex sex;
    double reaction_s, time_s, stature_m, mass_kg, age_yr;
    double pb_s, sb_s;   /* personal and season's best before the race */
    int32_t time_digits; /* decimals that were typed */
    hm_run_status status;
    const char *rule; /* behind a DQ: "TR16.8"; "" = not given */
    bool protest;     /* status P: ran under protest */
    int32_t n_watch;
    double watch_s[HM_WATCH_MAX]; /* (n_watch) readings by hand */
    hm_sheet_start *start;        /* (sheet.n_start) what he did at each recalled start */
    int32_t place;   /* column place, 0 = not given: orders runners of equal time, nothing else */
    double *split_s; /* (n_split) gun to torso, NAN = not measured */
} hm_sheet_row;

typedef struct hm_sheet {
    const char *source; /* file name, for errors */
    const char *meet, *event, *date, *round, *venue;
    double wind_mps, altitude_m, temp_c; /* NAN = not given */
    bool standing_start;                 /* start: standing */
    bool has_sex;                        /* sex: men | women, for all rows */
    hm_sex sex;
    double age_yr;           /* age: for all rows, NAN = not given */
    double record_s;         /* that stood before the race; NAN = not given */
    const char *record_name; /* "" = not given */
    bool by_hand;            /* time_s are hand times, made from watches (race/referee.h) */
    int32_t n_start;         /* recalled starts: columns start1_reaction_s ... */
    uint32_t green;          /* bit k: start k + 1 was nobody's fault (green card) */
    int32_t n_split;
    double *split_m; /* (n_split) distance of each split column, ascending, 0 < d < 100 */
    int32_t n_row;
    hm_sheet_row *row; /* (n_row) by lane */
    hm_notes sources;  /* where the numbers come from, as told */
    hm_notes notes;    /* unknown columns and the like */
} hm_sheet;

typedef struct hm_sheet_opts {
    uint32_t cookie;
    bool allow_implausible; /* take speeds above 13 m/s over 10 m, up to 30 */
} hm_sheet_opts;

hm_sheet_opts hm_sheet_opts_default(void);

/**
 * Read a sheet. Tolerant of form (BOM, CRLF, comma, semicolon or tab, decimal comma, any order of
 * columns, aliases), strict in content.
 *
 * in     path    file; "-" = standard input
 * out    sheet   untouched on failure
 * errors HM_ERR_NOFILE; HM_ERR_INPUT with file:line:column, field, expected and found
 * memory arena
 */
HM_CHECKED hm_status hm_sheet_read(const char *path, const hm_sheet_opts *opts, hm_arena *arena,
                                   hm_sheet *sheet, hm_err *err);

/** As hm_sheet_read, from n bytes in memory; source is what errors call the file. */
HM_CHECKED hm_status hm_sheet_parse(const char *source, const char *bytes, size_t n,
                                    const hm_sheet_opts *opts, hm_arena *arena, hm_sheet *sheet,
                                    hm_err *err);

#endif
