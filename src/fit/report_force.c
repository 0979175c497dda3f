/* Force, velocity, power and the ratio of forces of a fitted run. */
#include "report_priv.h"

#include <math.h>

#include "sprint/force_velocity.h"

/* s; samples of RF and of its line against speed, as in sprint/force_velocity.h */
static const double ratio_from_s = 0.30, ratio_to_s = 6.00, sample_s = 0.01;

static void put_line(hm_sprinter_run *run, double f0_n_per_kg, double v0_mps)
{
    run->f0_n_per_kg.value = f0_n_per_kg;
    run->v0_mps.value = v0_mps;
    run->slope_n_s_per_m_kg.value = -f0_n_per_kg / v0_mps;
    run->fv_pmax_w_per_kg.value = f0_n_per_kg * v0_mps / 4;
}

/* mono and decay hold the air in their curve, so the force is theirs and the drag by Samozino's
 * constants. Of decay: the fresh runner, fatigue left out. */
static void put_kinematic(const fit_report *r)
{
    hm_sprinter_run *run = r->run;
    if (isnan(run->mass_kg) || isnan(run->stature_m))
        return;
    hm_fv_load load = hm_fv_load_of(&run->air, run->mass_kg, run->stature_m);
    hm_mono fresh = {r->drive.v0_mps, r->drive.f0_n_per_kg};
    hm_fv line = hm_fv_of(&load, &fresh);
    hm_fv_ratio ratio = hm_fv_ratio_of(&load, &fresh, ratio_to_s);
    put_line(run, line.f0_n / run->mass_kg, line.v0_mps);
    run->rf_max_frac.value = ratio.rf_max_frac;
    run->drf_per_mps.value = ratio.drf_per_mps;
}

/* Slope of a straight line, sums taken about the first point. */
typedef struct line {
    double n, x0, y0, x, xx, y, xy;
} line;

static void add(line *l, double x, double y)
{
    if (l->n == 0) {
        l->x0 = x;
        l->y0 = y;
    }
    x -= l->x0;
    y -= l->y0;
    l->n += 1;
    l->x += x;
    l->xx += x * x;
    l->y += y;
    l->xy += x * y;
}

/* drive: the force itself was fitted. RF of the fresh runner at the speeds of the body (the burst
 * is the trunk's). */
static void put_dynamic(const fit_report *r)
{
    hm_sprinter_run *run = r->run;
    hm_drive d = r->drive;
    double x_m[HM_DRIVE_SAMPLE_MAX], v_mps[HM_DRIVE_SAMPLE_MAX];
    hm_drive_curve curve = {.x_m = x_m, .v_mps = v_mps};
    d.burst_m = 0;
    put_line(run, d.f0_n_per_kg, d.v0_mps);
    /* slower than V0 all the way, so this far takes longer than the samples; or he stops, and there
     * the samples end */
    (void)hm_drive_run(&d, r->drag_per_m, r->wind_mps, fmin(ratio_to_s * d.v0_mps, 400), &curve);
    line l = {0};
    int32_t n = (int32_t)((ratio_to_s - ratio_from_s) / sample_s + 1.5);
    for (int32_t i = 0; i < n; i++) {
        double v = hm_drive_v_mps(&curve, ratio_from_s + i * sample_s);
        double rf = hm_fv_ratio_frac(d.f0_n_per_kg * (1 - v / d.v0_mps));
        if (i == 0)
            run->rf_max_frac.value = rf;
        add(&l, v, rf);
    }
    run->drf_per_mps.value = (l.n * l.xy - l.x * l.y) / (l.n * l.xx - l.x * l.x);
}

void fit_report_force(const fit_report *r)
{
    if (r->m->kind == HM_MODEL_DRIVE)
        put_dynamic(r);
    else
        put_kinematic(r);
}
