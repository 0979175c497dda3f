/* tests/unit/fit/fit_support.h - tables of tests/data and traces made by hand. */
#ifndef FIT_SUPPORT_H
#define FIT_SUPPORT_H

#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "fit/fit.h"
#include "io/csv.h"
#include "io/file.h"
#include "io/number.h"

enum { GATE_MAX = 300 };

static inline hm_csv table_of(const char *name, hm_arena *a)
{
    char path[1024], *bytes;
    size_t n;
    hm_csv csv;
    snprintf(path, sizeof path, "%s/%s", getenv("HM_TEST_DATA_DIR"), name);
    assert_int_equal(hm_file_read(path, HM_CSV_FILE_MAX, a, &bytes, &n, NULL), HM_OK);
    assert_int_equal(hm_csv_parse(path, bytes, n, a, &csv, NULL), HM_OK);
    return csv;
}

static inline const char *text_in(const hm_csv *t, int32_t row, const char *column)
{
    for (int32_t i = 0; i < t->head.n_cell; i++)
        if (strcmp(t->head.cell[i].text, column) == 0)
            return t->row[row].cell[i].text;
    fail_msg("no column %s", column);
    return "";
}

/** NaN where the cell is empty. */
static inline double number_in(const hm_csv *t, int32_t row, const char *column)
{
    double v = (double)NAN;
    (void)hm_number_parse(text_in(t, row, column), '.', &v);
    return v;
}

static inline hm_obs obs_of(hm_obs_kind kind, double distance_m, double time_s, double speed_mps)
{
    const double none = (double)NAN;
    return (hm_obs){kind, 0, distance_m, time_s, speed_mps, none, none, none};
}

/** A trace that looks at caller's observations. */
static inline hm_trace trace_of(int32_t n, hm_obs *obs)
{
    hm_trace t = hm_trace_default();
    t.n_obs = n;
    t.obs = obs;
    return t;
}

static inline int32_t gates(int32_t n, const double x_m[], const double t_s[], hm_obs *obs)
{
    for (int32_t i = 0; i < n; i++)
        obs[i] = obs_of(HM_OBS_GATE, x_m[i], t_s[i], (double)NAN);
    return n;
}

static inline hm_fit_opts classic(hm_fit_model model, hm_fit_correct correct)
{
    hm_fit_opts o = hm_fit_opts_default();
    o.model = (int32_t)model;
    o.correct = (int32_t)correct;
    o.report = false;
    o.interval = HM_INTERVAL_NONE;
    return o;
}

static inline double se(const hm_sprinter_run *run, const char *name)
{
    for (int32_t i = 0; i < run->n_param; i++)
        if (strcmp(run->param_name[i], name) == 0)
            return sqrt(run->covariance[i][i]);
    return (double)NAN;
}

#endif
