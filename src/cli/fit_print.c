#include "fit_print.h"

#include "table.h"

#include <math.h>

/* One number with its unit, as a reader wants it. */
typedef struct line {
    const char *name;
    size_t offset;
    int decimals;
    const char *unit;
} line;

#define ESTIMATE(name, field, decimals, unit)                                                      \
    {                                                                                              \
        name, offsetof(hm_sprinter_run, field), decimals, unit                                     \
    }
static const line lines[] = {
    ESTIMATE("top speed", top_speed_mps, 2, "m/s"),
    ESTIMATE("  reached at", top_speed_at_m, 0, "m"),
    ESTIMATE("100 m", predicted_100m_s, 3, "s"),
    ESTIMATE("100 m in still air", still_100m_s, 3, "s"),
    ESTIMATE("MSS, asymptote of speed", mss_mps, 3, "m/s"),
    ESTIMATE("MAC, first acceleration", mac_mps2, 3, "m/s2"),
    ESTIMATE("tau", tau_s, 3, "s"),
    ESTIMATE("Pmax", pmax_w_per_kg, 2, "W/kg"),
    ESTIMATE("speed lost to fatigue", decay_mps2, 3, "m/s2"),
    ESTIMATE("F0", f0_n_per_kg, 3, "N/kg"),
    ESTIMATE("V0", v0_mps, 3, "m/s"),
    ESTIMATE("F0 V0 / 4", fv_pmax_w_per_kg, 2, "W/kg"),
    ESTIMATE("F-V slope", slope_n_s_per_m_kg, 4, "N s/m/kg"),
    ESTIMATE("RFmax", rf_max_frac, 4, ""),
    ESTIMATE("DRF", drf_per_mps, 5, "s/m"),
    ESTIMATE("force pays more up to", equal_gain_at_m, 0, "m"),
    ESTIMATE("time correction TC", correction_tc_s, 4, "s"),
    ESTIMATE("flying distance FD", correction_fd_m, 4, "m"),
    ESTIMATE("distance correction DC", correction_dc_m, 4, "m"),
};
#undef ESTIMATE

static const hm_estimate *estimate_of(const hm_sprinter_run *run, const line *l)
{
    return (const hm_estimate *)(const void *)((const unsigned char *)run + l->offset);
}

/* A value, or nothing where it is not known. */
static void number(cli_table *t, double v, int decimals)
{
    if (isfinite(v))
        cli_table_cell(t, "%.*f", decimals, v);
    else
        cli_table_cell(t, "%s", "");
}

static void interval(cli_table *t, const hm_estimate *e, int decimals)
{
    if (isfinite(e->lo90) && isfinite(e->hi90))
        cli_table_cell(t, "%.*f .. %.*f", decimals, e->lo90, decimals, e->hi90);
    else
        cli_table_cell(t, "%s", "");
}

static cli_table *table_begin(hm_arena *arena, const char *const head[], int n)
{
    cli_table *t;
    return cli_table_begin(arena, n, head, &t, NULL) == HM_OK ? t : NULL;
}
#define TABLE(arena, ...)                                                                          \
    table_begin(arena, (const char *const[]){__VA_ARGS__},                                         \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* ---- one run in full ---- */

static const char *unit_of(hm_fit_observe observe)
{
    static const char *const unit[] = {"s", "m", "m/s", "m/s2"};
    return unit[observe];
}

static void print_air(const hm_sprinter_run *run, FILE *out)
{
    const hm_air *a = &run->air;
    fputs("air: ", out);
    if (isfinite(a->wind_mps))
        fprintf(out, "wind %+.1f m/s, ", a->wind_mps);
    if (isfinite(a->altitude_m))
        fprintf(out, "%.0f m, ", a->altitude_m);
    if (isfinite(a->temp_c))
        fprintf(out, "%.0f C, ", a->temp_c);
    if (isfinite(a->pressure_pa))
        fprintf(out, "%.0f hPa, ", a->pressure_pa / 100);
    bool some = isfinite(a->wind_mps) || isfinite(a->altitude_m) || isfinite(a->temp_c);
    if (isnan(a->wind_mps) || isnan(a->altitude_m) || isnan(a->temp_c))
        fprintf(out, "%s still, sea level, 15 C, ", some ? "the rest as" : "not told, taken as");
    fprintf(out, "altitude law %s\n", hm_altitude_law_word[run->altitude_law]);
}

static void print_head(const hm_sprinter_run *run, FILE *out)
{
    static const char *const about[] = {"mono: one exponential",
                                        "decay: exponential with linear fatigue",
                                        "drive: force against air, with fatigue"};
    static const char *const seen[] = {"times at distances", "distances at times",
                                       "speeds at times", "hardest accelerations of training"};
    fprintf(out, "%s%s%s%s%s\n", run->athlete[0] ? run->athlete : "one run",
            run->run[0] ? ", " : "", run->run, run->date[0] ? ", " : "", run->date);
    fprintf(out, "%s", about[run->model]);
    if (run->correct != HM_CORRECT_NONE)
        fprintf(out, ", correction %s", hm_fit_correct_word[run->correct]);
    fprintf(out, "; %d %s", run->n_point, seen[run->observe]);
    if (run->reaction_s > 0)
        fprintf(out, ", reaction %.3f s", run->reaction_s);
    fputc('\n', out);
    if (run->observe != HM_OBSERVE_ACCELERATION) /* training, in whatever air it was */
        print_air(run, out);
    if (!run->converged)
        fputs("THE FIT DID NOT CONVERGE: the numbers below are not to be trusted\n", out);
    fputc('\n', out);
}

static hm_status print_estimates(const hm_sprinter_run *run, hm_arena *arena, FILE *out,
                                 hm_err *err)
{
    cli_table *t = TABLE(arena, "", ">value", ">90 % interval", "unit");
    if (!t)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const hm_estimate *e = estimate_of(run, &lines[i]);
        if (!isfinite(e->value))
            continue;
        cli_table_row(t);
        cli_table_cell(t, "%s", lines[i].name);
        number(t, e->value, lines[i].decimals);
        interval(t, e, lines[i].decimals);
        cli_table_cell(t, "%s", lines[i].unit);
    }
    cli_table_print(t, out);
    static const char *const how[] = {
        "no intervals: as many points as parameters", "intervals: covariance and Student t",
        "intervals: profile likelihood and Student t", "intervals: priors and data together"};
    const char *unit = unit_of(run->observe);
    fprintf(out, "%s\nresiduals: RMSE %.4f %s, RSE %.4f %s, largest %.4f %s\n", how[run->interval],
            run->rmse, unit, run->rse, unit, run->max_abs, unit);
    return HM_OK;
}

/* Each observation beside the fit, while a reader can take them in. */
static hm_status print_points(const hm_sprinter_run *run, hm_arena *arena, FILE *out, hm_err *err)
{
    enum { POINT_SHOWN_MAX = 40 };
    static const char *const at[] = {">at m", ">at s", ">at s", ">at m/s"};
    static const char *const seen[] = {">time s", ">distance m", ">speed m/s",
                                       ">acceleration m/s2"};
    if (!run->point || run->n_point > POINT_SHOWN_MAX)
        return HM_OK;
    cli_table *t = TABLE(arena, at[run->observe], seen[run->observe], ">fitted", ">residual", "");
    if (!t)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < run->n_point; i++) {
        const hm_fit_point *p = &run->point[i];
        cli_table_row(t);
        cli_table_cell(t, "%g", p->at);
        number(t, p->observed, 3);
        number(t, p->fitted, 3);
        cli_table_cell(t, "%+.4f", p->observed - p->fitted);
        cli_table_cell(t, "%s", !p->used ? "left out" : p->outlier ? "outlier" : "");
    }
    fputc('\n', out);
    cli_table_print(t, out);
    return HM_OK;
}

static hm_status print_rows(const hm_sprinter_run *run, hm_arena *arena, FILE *out, hm_err *err)
{
    if (!run->n_row)
        return HM_OK;
    cli_table *t = TABLE(arena, ">m", ">time s", ">90 % interval", ">speed m/s", ">90 % interval");
    if (!t)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < run->n_row; i++) {
        const hm_fit_row *r = &run->row[i];
        cli_table_row(t);
        cli_table_cell(t, "%g", r->distance_m);
        number(t, r->time_s.value, 3);
        interval(t, &r->time_s, 3);
        number(t, r->speed_mps.value, 2);
        interval(t, &r->speed_mps, 2);
    }
    fputs("\npredicted in the air of the run\n", out);
    cli_table_print(t, out);
    return HM_OK;
}

static hm_status print_steps(const hm_sprinter_run *run, hm_arena *arena, FILE *out, hm_err *err)
{
    if (!run->n_step)
        return HM_OK;
    cli_table *t = TABLE(arena, ">m", ">speed m/s", ">step m", ">rate Hz", ">contact ms",
                         ">flight ms", ">k vertical kN/m", ">k leg kN/m");
    if (!t)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < run->n_step; i++) {
        const hm_fit_step *s = &run->step[i];
        cli_table_row(t);
        cli_table_cell(t, "%g", s->distance_m);
        number(t, s->speed_mps, 2);
        number(t, s->length_m.value, 2);
        number(t, s->rate_hz.value, 2);
        number(t, 1000 * s->contact_s.value, 0);
        number(t, 1000 * s->flight_s.value, 0);
        number(t, s->vertical_n_per_m.value / 1000, 1);
        number(t, s->leg_n_per_m.value / 1000, 1);
    }
    fputs("\nsteps, from speed and stature\n", out);
    cli_table_print(t, out);
    return HM_OK;
}

static hm_status print_changes(const hm_sprinter_run *run, hm_arena *arena, FILE *out, hm_err *err)
{
    if (!run->n_change)
        return HM_OK;
    cli_table *t = TABLE(arena, "over 100 m", ">gain s", ">90 % interval");
    if (!t)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < run->n_change; i++) {
        cli_table_row(t);
        cli_table_cell(t, "%s", run->change[i].name);
        cli_table_cell(t, "%+.3f", run->change[i].gain_s.value);
        interval(t, &run->change[i].gain_s, 3);
    }
    fputs("\nwhat it would be worth, > 0 = faster\n", out);
    cli_table_print(t, out);
    return HM_OK;
}

static hm_status print_run(const hm_sprinter_run *run, hm_arena *arena, FILE *out, hm_err *err)
{
    print_head(run, out);
    HM_TRY(print_estimates(run, arena, out, err));
    HM_TRY(print_points(run, arena, out, err));
    HM_TRY(print_rows(run, arena, out, err));
    HM_TRY(print_steps(run, arena, out, err));
    return print_changes(run, arena, out, err);
}

/* ---- many runs ---- */

static hm_status print_runs(const hm_sprinter *s, hm_arena *arena, FILE *out, hm_err *err)
{
    cli_table *t = TABLE(arena, "athlete", "run", "date", "model", ">n", ">MSS m/s", ">MAC m/s2",
                         ">tau s", ">Pmax W/kg", ">100 m s", ">90 % interval", ">RMSE", "");
    if (!t)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < s->n_run; i++) {
        const hm_sprinter_run *r = &s->run[i];
        bool corrected = r->correct != HM_CORRECT_NONE;
        cli_table_row(t);
        cli_table_cell(t, "%s", r->athlete);
        cli_table_cell(t, "%s", r->run);
        cli_table_cell(t, "%s", r->date);
        cli_table_cell(t, "%s%s%s", hm_fit_model_word[r->model], corrected ? " " : "",
                       corrected ? hm_fit_correct_word[r->correct] : "");
        cli_table_cell(t, "%d", r->n_point);
        number(t, r->mss_mps.value, 3);
        number(t, r->mac_mps2.value, 3);
        number(t, r->tau_s.value, 3);
        number(t, r->pmax_w_per_kg.value, 2);
        number(t, r->predicted_100m_s.value, 2);
        interval(t, &r->predicted_100m_s, 2);
        number(t, r->rmse, 4);
        cli_table_cell(t, "%s", r->converged ? "" : "NOT CONVERGED");
    }
    cli_table_print(t, out);
    return HM_OK;
}

hm_status fit_print(const hm_sprinter *s, hm_arena *arena, FILE *out, hm_err *err)
{
    return s->n_run == 1 ? print_run(&s->run[0], arena, out, err) : print_runs(s, arena, out, err);
}
