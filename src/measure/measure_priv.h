/* measure_priv.h - the parts of the reader of measurements. */
#ifndef HM_MEASURE_PRIV_H
#define HM_MEASURE_PRIV_H

#include "columns_priv.h"
#include "rows_priv.h"

#include "io/column.h"
#include "measure/read.h"

/** One file on its way to traces. Results in arena, all else in scratch. */
typedef struct measure_job {
    const char *source;
    const char *bytes;
    size_t n;
    const hm_measure_opts *opts;
    hm_arena *arena, *scratch;
    hm_traces *out;
    hm_err *err;
} measure_job;

bool measure_opts_made(const hm_measure_opts *opts);

/* ---- readers, one a format; each fills job->out ---- */

typedef enum measure_form {
    MEASURE_TABLE,   /* CSV in long or wide form */
    MEASURE_SHEET,   /* a race */
    MEASURE_SAMPLES, /* one speed a line */
    MEASURE_MOTION   /* 1080 Motion records in base64 */
} measure_form;

/** What checked text holds; a table when in doubt, whose reader then says what it lacks. */
HM_CHECKED hm_status measure_recognise(const measure_job *job, measure_form *form);

/** Find the header within the first lines; rows then know its line and separator. */
HM_CHECKED hm_status measure_find_header(measure_rows *rows, hm_err *err);

/** A header cell, terminated; what does not fit is cut between characters. */
void measure_header_text(const measure_cell *cell, char out[HM_COLUMN_KEY]);

HM_CHECKED hm_status measure_read_table(const measure_job *job);
HM_CHECKED hm_status measure_read_sheet(const measure_job *job);
HM_CHECKED hm_status measure_read_samples(const measure_job *job);
HM_CHECKED hm_status measure_read_motion(const measure_job *job);

/** A line that is one number, with a decimal comma or point. */
bool measure_line_number(const measure_row *row, double *value);

/* ---- errors ---- */

/** Where a value stands and what it is called. */
typedef struct measure_place {
    const char *source;
    int64_t line, col;
    const char *field;
} measure_place;

/** "expected ..., found '...'"; n bytes were found. Returns HM_ERR_INPUT. */
hm_status measure_expected(hm_err *err, measure_place p, const char *found, size_t n,
                           const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* ---- values ---- */

/** Is a cell one of the words for "not measured"? */
bool measure_is_missing(const char *text, size_t n);

/**
 * A number of column c in SI within its bounds; a missing one is NAN.
 * in     scale  as measure_column_of gives it, 0 = no unit told
 */
HM_CHECKED hm_status measure_number(const measure_job *job, measure_place p, measure_column c,
                                    double scale, char decimal, const char *text, size_t n,
                                    double *out);

/** Set one of the columns of a run in its trace. */
HM_CHECKED hm_status measure_set_run(const measure_job *job, measure_place p, measure_column c,
                                     double scale, char decimal, const char *text, size_t n,
                                     hm_trace *trace);

/** A `# key: value` line, without its '#'. Notes go to the file. */
HM_CHECKED hm_status measure_head_line(const measure_job *job, const measure_row *row,
                                       hm_trace *common);

/** What a head line tells of all runs; a unit may stand behind a number. */
HM_CHECKED hm_status measure_head_value(const measure_job *job, measure_place p, measure_meaning m,
                                        measure_cell value, hm_trace *common);

/** One of the words of hm_obs_kind. */
bool measure_kind_of(const char *text, size_t n, hm_obs_kind *kind);

/* ---- runs ---- */

/** A run as it was read; obs.kind = HM_OBS_KIND_COUNT where the file tells none. */
typedef struct measure_run {
    hm_trace trace;
    uint32_t *line; /* (trace.n_obs) where each observation stands; NULL = nowhere */
    int32_t n_missing;
    int64_t missing_line; /* the first */
    bool has_speed, has_distance;
    int32_t fault; /* the observation that was refused, and the column at fault */
    measure_column fault_column;
    double *sigma;  /* (trace.n_obs) of what is observed, in its unit; NULL = not told so */
    double *from_m; /* (trace.n_obs) where the piece begins of which the time is; NULL = splits */
} measure_run;

/**
 * Decide what the observations are, put them in order, count times from the start of the clock,
 * look for gaps and doubles, check. The notes of the trace say what was done.
 */
HM_CHECKED hm_status measure_run_finish(const measure_job *job, measure_run *run);

/** Marks by distance, what stands twice once; then distances and times must rise. */
HM_CHECKED hm_status measure_run_order(const measure_job *job, measure_run *run);

/** Marks whose times fall as those of pieces of the way do become splits (pieces.c). */
HM_CHECKED hm_status measure_run_pieces(const measure_job *job, measure_run *run);

/** A gate or the finish. */
bool measure_is_mark(const hm_obs *o);

/** Refuse observation i; the reader that knows its cells finds the column of the file. */
hm_status measure_refuse_obs(const measure_job *job, measure_run *run, int32_t i,
                             measure_column column, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/** The file holds this one run. */
HM_CHECKED hm_status measure_keep_one(const measure_job *job, const hm_trace *trace);

#endif
