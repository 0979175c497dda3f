/* cli/measure_verb.h - what the deeds of `hecto measure` share. A deed is what is measured of a
 * clip: one file measure_*.c, one row of the table in cmd_measure.c. */
#ifndef HM_CLI_MEASURE_VERB_H
#define HM_CLI_MEASURE_VERB_H

#include "cli.h"
#include "table.h"
#include "video/clip.h"
#include "video/gun.h"
#include "video/view.h"

#include <stdio.h>

#include "data/marks.h"
#include "data/trace.h"
#include "data/track.h"
#include "measure/steps.h"

/** One call of the verb. */
typedef struct measure_job {
    cli_args *args;
    const char *path;  /* the clip */
    hm_clip_opts clip; /* pixels are the deed's own */
    bool has_marks;    /* else marks are the defaults, with what the command line overrides */
    hm_marks marks;
    FILE *table;    /* where tables go: standard error when standard output takes the trace */
    hm_trace trace; /* grows by what each deed saw; written when all are done */
    size_t cap_obs;
    /* the start, once it was asked for */
    bool start_sought, has_start; /* has_start: start may still be relative only */
    hm_gun_start start;
    bool view_made;
    hm_view view;
    bool has_pose;  /* the track was found in this call */
    bool has_track; /* points of people: read, or found by an earlier deed */
    hm_track track;
} measure_job;

/** What can be measured. */
typedef struct measure_deed {
    const char *flag; /* option without -- */
    bool needs_marks;
    hm_status (*run)(measure_job *job, hm_err *err);
    bool (*implied)(const measure_job *job); /* is it done when no deed is named? NULL = never */
} measure_deed;

hm_status measure_info(measure_job *job, hm_err *err);
hm_status measure_gun(measure_job *job, hm_err *err);
hm_status measure_pose(measure_job *job, hm_err *err);
hm_status measure_steps(measure_job *job, hm_err *err);

/** A runner's contacts as figures at touch-down, mid-stance and toe-off, where --kinogram says. */
HM_CHECKED hm_status measure_kinogram(const measure_job *job, const hm_track_person *person,
                                      const hm_steps *steps, hm_err *err);
hm_status measure_slit(measure_job *job, hm_err *err);
hm_status measure_gates(measure_job *job, hm_err *err);

/** A cell with a number; empty where it is not known. */
void measure_cell(cli_table *t, int decimals, double v);

/** The marks' view, calibrated at the first call. errors as hm_view_fit, with the marks' file */
HM_CHECKED hm_status measure_view(measure_job *job, hm_err *err);

/** The start in the clip's sound, found at the first call; job->has_start says whether there is
 *  one. What is doubtful about it is noted. */
HM_CHECKED hm_status measure_start(measure_job *job, hm_err *err);

/** One more observation of the trace. */
HM_CHECKED hm_status measure_observe(measure_job *job, const hm_obs *obs, hm_err *err);

/** A remark: kept in the trace and printed at the end. */
HM_CHECKED hm_status measure_note(measure_job *job, hm_err *err, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
