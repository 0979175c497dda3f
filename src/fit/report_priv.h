/* fit/report_priv.h - the runner behind one set of parameters, for all that is reported of him. */
#ifndef HM_FIT_REPORT_PRIV_H
#define HM_FIT_REPORT_PRIV_H

#include "model_priv.h"

#include "sprint/drive_path.h"

typedef struct fit_report {
    const fit_model *m;
    hm_sprinter_run *run;
    hm_drive drive;
    fit_clock clock;             /* of the trace for times; else of the run itself */
    double drag_per_m, wind_mps; /* of the run */
} fit_report;

/** Where x_m of the report lies for the model; below 0 = before the start. */
static inline double fit_report_model_m(const fit_report *r, double x_m)
{
    return x_m - r->clock.dc_m + r->clock.fd_m;
}

/** 100 m in other conditions on the clock of the report (report.c); NAN = he never gets there. */
double fit_report_100m_s(const fit_report *r, const hm_drive *drive, double drag_per_m,
                         double wind_mps);

/** Force, velocity, power, ratio of forces of mono and decay (report_force.c). */
void fit_report_force(const fit_report *r);

/** The steps table (report_steps.c). */
void fit_report_steps(const fit_report *r);

/** What other air or another runner would be worth (report_change.c); names, then gains. */
enum { FIT_CHANGE_MAX = 12 };
int32_t fit_change_names(const hm_sprinter_run *run, const char *name[FIT_CHANGE_MAX]);
void fit_report_changes(const fit_report *r);

/** The distance from which velocity counts more than force (report_change.c). */
void fit_report_probe(const fit_report *r);

#endif
