/* cli/paper.h - start lists and results on paper (CR25.4, docs/rules.md 3): what a meet, an event
 * run in rounds or a judged race says becomes one view, and the view a document (chart/doc.h). */
#ifndef HM_CLI_PAPER_H
#define HM_CLI_PAPER_H

#include "cli.h"
#include "paper_words.h"

#include "data/meet.h"
#include "race/rounds.h"

/** One athlete on a start list or in a result. Texts are "" when not known. */
typedef struct paper_row {
    const char *id, *name, *team, *born, *rule, *qualified;
    hm_mark_status status;
    int32_t heat, lane, place, seed; /* 0 = none */
    int32_t lane_drawn;              /* on the start list; lane is where it was run */
    int32_t official_cs, best_cs;    /* 0 = none */
    int32_t time_ms;                 /* thousandths upward; 0 = none */
    int32_t reaction_ms;             /* -1 = none */
    bool thousandths;                /* they decided */
    bool warned, protest;            /* YC, P */
    bool absent;                     /* known before the start list was made */
} paper_row;

typedef struct paper_heat {
    int32_t number;
    bool run, hand, has_wind, no_gauge; /* no_gauge: indoors none is asked for */
    int32_t wind_dmps;
    const char *clock; /* of the start */
    int32_t n_row;
    paper_row *row; /* (n_row) */
} paper_heat;

typedef struct paper_round {
    const char *code, *name; /* R1 R2 ... SF F, or "" and the name as told */
    int32_t by_place, by_time;
    int32_t n_heat;
    paper_heat *heat;    /* (n_heat) */
    const hm_notes *log; /* swaps, ties, lots; NULL = none */
} paper_round;

/** A record that a mark equals or betters. */
typedef struct paper_record {
    const char *what, *name, *old; /* whose list; who ran; the mark before */
    int32_t official_cs;
    bool hand, equal;
} paper_record;

typedef struct paper_event {
    const char *meet, *venue, *date, *name;
    bool has_sex; /* said beside the name, unless that says it */
    hm_sex sex;
    const char *edition; /* "wa_2025"; "" = nobody judged it */
    const char *table;   /* of the progression: "WPA2024"; "" = no rounds */
    int32_t n_entry, n_lane_of_track;
    int32_t rate_hz; /* of the photo finish, 0 = not told */
    hm_timing timing;
    bool practice, protest_open;
    bool kept;               /* out of a book: nothing is pending, nobody signs */
    const hm_ruling *ruling; /* starts and record of one race, NULL = none */
    int32_t n_record;
    const paper_record *record; /* (n_record) */
    int32_t n_round;
    paper_round *round; /* (n_round) in the order of running */
    const hm_notes *notes;
} paper_event;

/** How it is printed. */
typedef struct paper_opts {
    hm_lang lang;
    hm_doc_paper paper;
    bool official;         /* the time for protests is over */
    const char *announced; /* "14:20", "" = not told */
} paper_opts;

/* ---- views ---- */

/** A race that was replayed, simulated or judged. errors HM_ERR_SYSTEM no memory */
HM_CHECKED hm_status paper_of_race(const hm_race *race, hm_arena *arena, paper_event *event,
                                   hm_err *err);

/** An event run in rounds, as far as it has come. errors HM_ERR_SYSTEM no memory */
HM_CHECKED hm_status paper_of_rounds(const hm_rounds *rounds, const hm_rules *rules,
                                     hm_arena *arena, paper_event *event, hm_err *err);

/**
 * A meet as it was read, or as the book keeps it: one view for each event, in the order in which
 * they first occur.
 * out    event  (n_event)
 * errors HM_ERR_SYSTEM no memory
 */
HM_CHECKED hm_status paper_of_meet(const hm_meet *meet, hm_arena *arena, int32_t *n_event,
                                   paper_event **event, hm_err *err);

/** "F", "SF", "R1" of what people call a round: "final", "Semi-finals", "Heats", "予選"; "" = none
 * of these. */
const char *paper_round_code(const char *name);

/* ---- documents ---- */

/** "100 m" and the class of those who run, where the name does not say it. */
const char *paper_event_words(hm_doc *doc, const paper_event *event, hm_lang lang);

/** A document with the head of an event, to be filled. */
hm_doc paper_doc_make(const paper_event *event, const paper_opts *opts, hm_arena *arena);

/** Put an event into a document: results, the last round first, then start lists. sections: its
 * name heads each section (several events in one). */
void paper_put_event(hm_doc *doc, const paper_event *event, const paper_opts *opts, bool sections);

/** Put the start lists of one round into a document, whether it was run or not. */
void paper_put_lists_of(hm_doc *doc, const paper_event *event, const paper_opts *opts,
                        int32_t i_round);

/** Is anything of it run? Then it needs a stamp: official or not. */
bool paper_has_result(const paper_event *event);

/* ---- tables (paper_rows.c) ---- */

/** Columns that an event needs: those that nobody fills are left out. In the document's arena. */
typedef struct paper_columns {
    int32_t n_result, n_start, n_summary;
    const hm_doc_column *result, *start, *summary;
    const int32_t *result_field, *start_field, *summary_field;
} paper_columns;

/** errors: doc->failed without memory */
paper_columns paper_columns_make(hm_doc *doc, const paper_event *event, hm_lang lang);

void paper_put_result(hm_doc *doc, const paper_columns *c, const char *caption, const char *aside,
                      const paper_heat *heat);
void paper_put_start_list(hm_doc *doc, const paper_columns *c, const char *caption,
                          const char *aside, const paper_heat *heat);
/** All of a round by time, then DNF, DQ, DNS. */
void paper_put_summary(hm_doc *doc, const paper_columns *c, const char *caption,
                       const paper_round *round);

/* ---- the command line ---- */

/** --lang, --paper, --announced, --official. errors HM_ERR_USAGE */
HM_CHECKED hm_status paper_read_opts(const cli_args *args, paper_opts *opts, hm_err *err);

/** Which format a file name asks for. errors HM_ERR_USAGE it ends in none of txt, html, pdf */
HM_CHECKED hm_status paper_format_of(const char *path, hm_doc_format *format, hm_err *err);

/** Write a document to a file, whole or not at all. errors those of the writers and the disk */
HM_CHECKED hm_status paper_write(const hm_doc *doc, const char *path, hm_arena *arena, hm_err *err);

/** --sheet: events as one document. */
HM_CHECKED hm_status paper_write_events(const cli_args *args, const char *path, int32_t n_event,
                                        const paper_event event[], hm_err *err);

#endif
