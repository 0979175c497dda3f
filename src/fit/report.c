/* What follows from fitted parameters: times and speeds on the way, 100 m here and in still air. */
#include "report_priv.h"

#include <math.h>
#include <string.h>

#include "sprint/air.h"

static const double hundred_m = 100;

/* m; where coaches read times, and the first strides */
static const double usual_m[] = {1, 2, 3, 5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 70, 80, 90, 100};
/* m; where steps are told: two of the first ones, then as they settle */
static const double step_m[] = {2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100};

enum {
    N_USUAL = sizeof usual_m / sizeof *usual_m,
    N_STEP = sizeof step_m / sizeof *step_m,
    OBSERVED_MAX = 60 /* more gates than this are no table any more */
};
static const double longest_m = 400; /* of sprint/drive.h */
static const double same_m = 1e-6;

/* ---- the plan ---- */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "report", 0, 0, NULL, "no memory");
}

/* Usual and observed distances merged, each once. Returns how many. */
static int32_t merge(int32_t n_observed, const double observed[], double out[])
{
    int32_t n = 0, i = 0, k = 0;
    while (i < N_USUAL || k < n_observed) {
        bool usual = k >= n_observed || (i < N_USUAL && usual_m[i] <= observed[k]);
        double x = usual ? usual_m[i++] : observed[k++];
        if (x > 0 && x <= longest_m && (n == 0 || x > out[n - 1] + same_m))
            out[n++] = x;
    }
    return n;
}

static hm_status plan_rows(const fit_points *points, hm_arena *arena, hm_sprinter_run *run,
                           hm_err *err)
{
    double at_m[N_USUAL + OBSERVED_MAX];
    bool gates = points->observe == HM_OBSERVE_TIME && points->n <= OBSERVED_MAX;
    run->n_row = merge(gates ? points->n : 0, points->at, at_m);
    run->row = HM_PUSH(arena, hm_fit_row, run->n_row);
    if (!run->row)
        return no_memory(err);
    const hm_estimate none = {NAN, NAN, NAN};
    for (int32_t i = 0; i < run->n_row; i++)
        run->row[i] = (hm_fit_row){at_m[i], none, none};
    return HM_OK;
}

static hm_status plan_steps(hm_arena *arena, hm_sprinter_run *run, hm_err *err)
{
    if (isnan(run->stature_m))
        return HM_OK;
    run->step = HM_PUSH(arena, hm_fit_step, N_STEP);
    if (!run->step)
        return no_memory(err);
    run->n_step = N_STEP;
    const hm_estimate none = {NAN, NAN, NAN};
    for (int32_t i = 0; i < N_STEP; i++)
        run->step[i] = (hm_fit_step){step_m[i], NAN, none, none, none, none, none, none};
    return HM_OK;
}

static hm_status plan_changes(hm_arena *arena, hm_sprinter_run *run, hm_err *err)
{
    const char *name[FIT_CHANGE_MAX];
    run->n_change = fit_change_names(run, name);
    run->change = HM_PUSH(arena, hm_fit_change, run->n_change);
    if (!run->change)
        return no_memory(err);
    for (int32_t i = 0; i < run->n_change; i++)
        run->change[i] = (hm_fit_change){name[i], {NAN, NAN, NAN}};
    return HM_OK;
}

/* How far the observations go, m. */
static double observed_to_m(const fit_points *p)
{
    if (p->observe == HM_OBSERVE_TIME)
        return p->at[p->n - 1];
    if (p->observe == HM_OBSERVE_DISTANCE)
        return p->observed[p->n - 1];
    double x_m = 0;
    for (int32_t i = 1; i < p->n; i++)
        x_m += 0.5 * (p->observed[i] + p->observed[i - 1]) * (p->at[i] - p->at[i - 1]);
    return x_m;
}

static hm_status plan_notes(const fit_model *m, const fit_points *points, hm_arena *arena,
                            hm_sprinter_run *run, hm_err *err)
{
    double to_m = observed_to_m(points);
    if (to_m < hundred_m - 0.5 &&
        hm_notes_add(&run->notes, arena,
                     "beyond %.3g m, where the observations end, the values are "
                     "predictions",
                     to_m) != HM_OK)
        return no_memory(err);
    bool profile = m->kind != HM_MODEL_DRIVE && !isnan(run->mass_kg) && !isnan(run->stature_m);
    if (profile && isnan(run->air.temp_c) &&
        hm_notes_add(&run->notes, arena,
                     "temperature not known: force-velocity profile at 25 C, "
                     "the field's reference") != HM_OK)
        return no_memory(err);
    return HM_OK;
}

hm_status fit_report_plan(const fit_model *m, const fit_points *points, hm_arena *arena,
                          hm_sprinter_run *run, hm_err *err)
{
    hm_sprinter_run out = *run;
    HM_TRY(plan_rows(points, arena, &out, err));
    HM_TRY(plan_steps(arena, &out, err));
    HM_TRY(plan_changes(arena, &out, err));
    HM_TRY(plan_notes(m, points, arena, &out, err));
    *run = out;
    return HM_OK;
}

/* ---- values ---- */

/* Time of the model at x_m; the path goes on to there. NAN = never, or before the start. */
static double reach_s(hm_drive_path *path, double x_m, double *v_mps)
{
    hm_drive_point at;
    *v_mps = (double)NAN;
    if (!(x_m >= 0))
        return (double)NAN;
    if (x_m == 0) {
        *v_mps = 0;
        return 0;
    }
    if (!hm_drive_path_to_x(path, x_m, &at))
        return (double)NAN;
    *v_mps = at.v_mps;
    return at.s_s;
}

static void fill_rows(const fit_report *r)
{
    hm_drive_path path;
    double v;
    hm_drive_path_begin(&path, &r->drive, r->drag_per_m, r->wind_mps, false);
    double clock_s = r->clock.reaction_s + r->clock.tc_s - reach_s(&path, r->clock.fd_m, &v);
    for (int32_t i = 0; i < r->run->n_row; i++) {
        hm_fit_row *row = &r->run->row[i];
        row->time_s.value = clock_s + reach_s(&path, fit_report_model_m(r, row->distance_m), &v);
        row->speed_mps.value = v;
    }
}

double fit_report_100m_s(const fit_report *r, const hm_drive *drive, double drag_per_m,
                         double wind_mps)
{
    hm_drive_path path;
    double v;
    hm_drive_path_begin(&path, drive, drag_per_m, wind_mps, false);
    double clock_s = r->clock.reaction_s + r->clock.tc_s - reach_s(&path, r->clock.fd_m, &v);
    return clock_s + reach_s(&path, fit_report_model_m(r, hundred_m), &v);
}

void fit_report_values(const fit_model *m, const double p[], hm_sprinter_run *run)
{
    double wind = m->air.wind_mps;
    fit_report r = {
        .m = m, .run = run, .drag_per_m = m->drag_per_m, .wind_mps = isnan(wind) ? 0 : wind};
    m->describe(m, p, run);
    m->drive(m, p, &r.drive, &r.clock);
    /* clock and tape of a radar or a satellite may begin anywhere: there, from the start of the run
     */
    if (run->observe != HM_OBSERVE_TIME)
        r.clock = (fit_clock){.reaction_s = r.clock.reaction_s};
    fill_rows(&r);
    run->predicted_100m_s.value = fit_report_100m_s(&r, &r.drive, r.drag_per_m, r.wind_mps);
    run->still_100m_s.value = fit_report_100m_s(&r, &r.drive, m->drag_ref_per_m, 0);
    fit_report_force(&r);
    fit_report_steps(&r);
    fit_report_changes(&r);
    fit_report_probe(&r);
}
