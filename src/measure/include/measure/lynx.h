/* measure/lynx.h - text files of photo-finish systems and meet programs: start lists (.evt),
 * people (.ppl), schedule (.sch), results of one heat (.lif). Tolerant in, exact out. */
#ifndef HM_MEASURE_LYNX_H
#define HM_MEASURE_LYNX_H

#include "data/meet.h"
#include "io/sink.h"

enum {
    HM_LYNX_FILE_MAX = 16 * 1024 * 1024, /* bytes */
    HM_LYNX_LINE_MAX = 65536,            /* bytes of UTF-8 */
    HM_LYNX_FIELD_MAX = 64,              /* in a line */
    HM_LYNX_ROW_MAX = 100 * 1000,        /* lines that are not blank or a comment */
    HM_LYNX_EVENT_MAX = 32               /* characters of an event number */
};

typedef enum hm_lynx_kind {
    HM_LYNX_EVT,
    HM_LYNX_PPL,
    HM_LYNX_SCH,
    HM_LYNX_LIF,
    HM_LYNX_AUTO /* by the extension of the source */
} hm_lynx_kind;

typedef struct hm_lynx_opts {
    hm_lynx_kind kind;
    bool lenient; /* keep what can be used; every message is a note */
} hm_lynx_opts;

/**
 * Read one file. Messages are notes "LINE:CODE what, why"; line 0 is the whole file. W-... is
 * usable, E-... is not: then a row, a heat or a time is left out, or the file (docs/formats/lynx.md
 * lists the codes).
 *
 * in     path  "-" = standard input: then opts must name the kind
 *        opts  NULL = kind by extension, not lenient
 * out    meet  heats (.evt .lif), people (.ppl) or order (.sch); passes hm_meet_check; untouched on
 *              failure
 * errors HM_ERR_NOFILE; HM_ERR_USAGE no such extension; HM_ERR_INPUT larger than HM_LYNX_FILE_MAX,
 *        or, unless lenient, the first E-... with its line; HM_ERR_SYSTEM
 * memory meet in arena, scratch given back
 * threads: pure
 * source FinishLynx manual, "Database Files"
 * test   tests/unit/measure/test_lynx.c (every row of tests/data/lynx)
 */
HM_CHECKED hm_status hm_lynx_read(const char *path, const hm_lynx_opts *opts, hm_arena *arena,
                                  hm_meet *meet, hm_err *err);

/** As hm_lynx_read, from n bytes in memory; source is what errors call the file. */
HM_CHECKED hm_status hm_lynx_parse(const char *source, const char *bytes, size_t n,
                                   const hm_lynx_opts *opts, hm_arena *arena, hm_meet *meet,
                                   hm_err *err);

/**
 * Write start lists: all heats of the meet with what is known of each athlete.
 * UTF-8 without a mark, lines end in CRLF. Times have the decimals that were written, more where
 * they need them, four at most: a finer reading is rounded up, as the rules round (TR19.23.1).
 *
 * errors HM_ERR_INPUT with the heat and the field: the meet does not pass hm_meet_check, an event
 *        number is missing or too long, a text has line ends in it, a line would be longer than
 *        HM_LYNX_LINE_MAX; those of the sink
 * memory none
 */
HM_CHECKED hm_status hm_lynx_write_evt(hm_sink sink, const hm_meet *meet, hm_err *err);

/** Write meet->person; each needs an id. Else as hm_lynx_write_evt. */
HM_CHECKED hm_status hm_lynx_write_ppl(hm_sink sink, const hm_meet *meet, hm_err *err);

/** Write meet->order, or the heats in their order when there is no order. Else as above. */
HM_CHECKED hm_status hm_lynx_write_sch(hm_sink sink, const hm_meet *meet, hm_err *err);

/** Write the results of heat i: up to the splits, 11 fields a row. Else as hm_lynx_write_evt. */
HM_CHECKED hm_status hm_lynx_write_lif(hm_sink sink, const hm_meet *meet, int32_t i, hm_err *err);

#endif
