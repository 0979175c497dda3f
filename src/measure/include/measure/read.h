/* measure/read.h - timing, radar and positioning files as traces (docs/formats/measure.md).
 *
 * What a file is, is seen in its content, not in its name: CSV in long or wide form, a race sheet,
 * a Stalker ATS file, 1080 Motion samples, a trace of our own. */
#ifndef HM_MEASURE_READ_H
#define HM_MEASURE_READ_H

#include <stdbool.h>

#include "base/option.h"
#include "data/trace.h"

enum {
    HM_MEASURE_FILE_MAX = 512 * 1024 * 1024, /* bytes */
    HM_MEASURE_OBS_MAX = 5 * 1000 * 1000,    /* observations in one file */
    HM_MEASURE_RUN_MAX = 500 * 1000          /* runs in one file */
};

/** What the numbers of a file are observations of. */
typedef enum hm_measure_kind {
    HM_MEASURE_GATE,     /* times at distances */
    HM_MEASURE_POSITION, /* distances at times */
    HM_MEASURE_SPEED,    /* speeds at times */
    HM_MEASURE_AUTO      /* by columns and spacing */
} hm_measure_kind;

/** Unit of speeds whose column names none. */
typedef enum hm_speed_unit {
    HM_SPEED_MPS,
    HM_SPEED_KMH,
    HM_SPEED_MPH,
    HM_SPEED_AUTO /* m/s in a table; asked for where the device decides */
} hm_speed_unit;

/** How to read. Laid out by hm_measure_table. */
typedef struct hm_measure_opts {
    uint32_t cookie;
    int32_t kind;          /* hm_measure_kind */
    int32_t speed_unit;    /* hm_speed_unit */
    int32_t lane;          /* of a sheet; 0 = each lane that has splits */
    const char *runs_by;   /* a column that tells runs apart, beside athlete, run and date */
    double sample_rate_hz; /* of files without times */
    bool crop;             /* leave out what lies before and behind the run */
    bool doubt;            /* look for marks that cannot be true (measure/plausible.h) */
} hm_measure_opts;

hm_measure_opts hm_measure_opts_default(void);
extern const hm_option_table hm_measure_table;

/**
 * Read all runs of a file. What was assumed, left out, missing or looks wrong is in the notes: of
 * the run, or of the file.
 *
 * in     path    "-" = standard input
 *        opts    from hm_measure_opts_default (asserted); NULL = defaults
 * out    traces  at least one, each passes hm_trace_check; untouched on failure
 * errors HM_ERR_NOFILE; HM_ERR_USAGE an option that does not go with the file;
 *        HM_ERR_INPUT with file, line, column, what was expected, what was found
 * memory results in arena, scratch given back; about the size of the file and 60 bytes an
 *        observation while it reads
 * threads: pure
 * test   tests/unit/measure/
 */
HM_CHECKED hm_status hm_measure_read(const char *path, const hm_measure_opts *opts, hm_arena *arena,
                                     hm_traces *traces, hm_err *err);

/** As hm_measure_read, from n bytes in memory; source is what errors call the file. */
HM_CHECKED hm_status hm_measure_parse(const char *source, const char *bytes, size_t n,
                                      const hm_measure_opts *opts, hm_arena *arena,
                                      hm_traces *traces, hm_err *err);

#endif
