#include "sprinter_priv.h"

#include <math.h>

/* One run under inspection. */
typedef struct inspected {
    const hm_sprinter_run *run;
    const char *name; /* "run 4", for errors */
    hm_err *err;
} inspected;

#define BAD(in, field, ...)                                                                        \
    hm_err_set((in)->err, HM_ERR_INPUT, (in)->name, 0, 0, field, __VA_ARGS__)

static hm_status check_count(const inspected *in, const char *field, int32_t n, const void *list)
{
    if (n < 0 || n > HM_SPRINTER_LIST_MAX || (n > 0 && !list))
        return BAD(in, field, "expected 0 to %d of them, found %d", HM_SPRINTER_LIST_MAX, n);
    return HM_OK;
}

static hm_status check_lists(const inspected *in)
{
    const hm_sprinter_run *r = in->run;
    HM_TRY(check_count(in, "rows", r->n_row, r->row));
    HM_TRY(check_count(in, "steps", r->n_step, r->step));
    HM_TRY(check_count(in, "changes", r->n_change, r->change));
    for (int32_t i = 0; r->point && i < r->n_point; i++)
        HM_TRY(record_check(&data_point_fields[r->observe], &r->point[i], in->name, in->err));
    for (int32_t i = 0; i < r->n_row; i++) {
        HM_TRY(record_check(&data_row_fields, &r->row[i], in->name, in->err));
        if (i > 0 && r->row[i].distance_m <= r->row[i - 1].distance_m)
            return BAD(in, "rows", "expected ascending distances, found %g m after %g m",
                       r->row[i].distance_m, r->row[i - 1].distance_m);
    }
    for (int32_t i = 0; i < r->n_step; i++) {
        HM_TRY(record_check(&data_step_fields, &r->step[i], in->name, in->err));
        if (i > 0 && r->step[i].distance_m < r->step[i - 1].distance_m)
            return BAD(in, "steps", "expected ascending distances, found %g m after %g m",
                       r->step[i].distance_m, r->step[i - 1].distance_m);
    }
    for (int32_t i = 0; i < r->n_change; i++) {
        if (!r->change[i].name || !r->change[i].name[0])
            return BAD(in, "changes", "expected a name, change %d has none", i + 1);
        HM_TRY(record_check(&data_change_fields, &r->change[i], in->name, in->err));
    }
    return HM_OK;
}

static hm_status check_covariance(const inspected *in)
{
    const hm_sprinter_run *run = in->run;
    if (run->n_param < 0 || run->n_param > HM_SPRINTER_PARAM_MAX)
        return BAD(in, "parameters", "expected 0 to %d, found %d", HM_SPRINTER_PARAM_MAX,
                   run->n_param);
    for (int32_t i = 0; i < run->n_param; i++) {
        if (!run->param_name[i] || !run->param_name[i][0] || !isfinite(run->param[i]))
            return BAD(in, "parameters", "expected a name and a number, parameter %d lacks one",
                       i + 1);
        for (int32_t k = 0; k < run->n_param; k++) {
            double c = run->covariance[i][k];
            if (!isfinite(c) || c != run->covariance[k][i] || (i == k && c < 0))
                return BAD(in, "covariance",
                           "expected symmetric, no variance below 0, found %g at %d, %d", c, i + 1,
                           k + 1);
        }
    }
    return HM_OK;
}

static hm_status check_run(const inspected *in)
{
    const hm_sprinter_run *run = in->run;
    if (!run->athlete || !run->run || !run->date)
        return BAD(in, "athlete", "expected texts, found none");
    if ((unsigned)run->model >= DATA_N_MODEL || (unsigned)run->correct >= DATA_N_CORRECT ||
        (unsigned)run->observe >= DATA_N_OBSERVE)
        return BAD(in, "model", "expected a known model");
    if ((unsigned)run->interval >= HM_INTERVAL_COUNT ||
        (unsigned)run->altitude_law >= HM_ALTITUDE_COUNT)
        return BAD(in, "interval", "expected a known method and law");
    if (run->n_point < 1 || run->n_point > HM_SPRINTER_POINT_MAX)
        return BAD(in, "n_points", "expected 1 to %d, found %d", HM_SPRINTER_POINT_MAX,
                   run->n_point);
    HM_TRY(record_check(&data_run_fields, run, in->name, in->err));
    HM_TRY(check_lists(in));
    return check_covariance(in);
}

hm_status hm_sprinter_check(const hm_sprinter *s, hm_err *err)
{
    if (s->n_run < 1 || s->n_run > HM_SPRINTER_RUN_MAX)
        return hm_err_set(err, HM_ERR_INPUT, "sprinter", 0, 0, "runs", "expected 1 to %d, found %d",
                          HM_SPRINTER_RUN_MAX, s->n_run);
    for (int32_t i = 0; i < s->n_run; i++) {
        char where[32];
        snprintf(where, sizeof where, "run %d", i + 1);
        HM_TRY(check_run(&(inspected){&s->run[i], where, err}));
    }
    return HM_OK;
}
