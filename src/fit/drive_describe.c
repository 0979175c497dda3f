/* What is said of a fitted drive: the field's terms, in the reference air where air matters. */
#include "drive_priv.h"

#include <math.h>

static const double gravity_mps2 = 9.81; /* as in the field method, Samozino et al. 2016 */

/* Speed without fatigue at which force equals drag: F0 (1 - v / V0) = d v^2. */
static double asymptote_mps(const hm_drive *d, double drag_per_m)
{
    double rate = d->f0_n_per_kg / d->v0_mps;
    return 2 * d->f0_n_per_kg / (rate + sqrt(rate * rate + 4 * drag_per_m * d->f0_n_per_kg));
}

/* Ratio of forward to whole force on the ground at a moment. */
static double ratio_of_force(const hm_drive *d, const hm_drive_path *path, double s_s)
{
    double h = s_s - path->s_s, v = 0;
    for (int k = HM_DRIVE_TERMS - 1; k >= 0; k--)
        v = v * h + path->v[k];
    double force = d->f0_n_per_kg * (1 - v / d->v0_mps) - d->fade_mps3 * s_s;
    return force / sqrt(force * force + gravity_mps2 * gravity_mps2);
}

/* RF at 0.3 s and its slope on speed, 0.3 .. 6.0 s in still reference air; burst left out. */
static void put_ratio(const hm_drive *d, double drag_per_m, hm_sprinter_run *run)
{
    enum { FROM = 3, TO = 60 }; /* tenths of a second */
    hm_drive smooth = *d;
    smooth.burst_m = 0;
    hm_drive_path path;
    hm_drive_path_begin(&path, &smooth, drag_per_m, 0, false);
    double n = 0, sum_v = 0, sum_r = 0, sum_vv = 0, sum_vr = 0;
    for (int i = FROM; i <= TO; i++) {
        hm_drive_point at;
        if (!hm_drive_path_to_s(&path, 0.1 * i, &at))
            break;
        double r = ratio_of_force(d, &path, at.s_s);
        if (i == FROM)
            run->rf_max_frac.value = r;
        n += 1;
        sum_v += at.v_mps;
        sum_r += r;
        sum_vv += at.v_mps * at.v_mps;
        sum_vr += at.v_mps * r;
    }
    if (n > 2)
        run->drf_per_mps.value = (n * sum_vr - sum_v * sum_r) / (n * sum_vv - sum_v * sum_v);
}

/* Still getting faster, and not yet at 100 m? */
static bool before_top(const hm_drive_path *path, double s_s, hm_drive_point *at)
{
    hm_drive_path_at(path, s_s, at);
    return at->a_mps2 > 0 && at->x_m < 100;
}

/* Highest speed of the first 100 m in the air of the run. */
static void put_top(const fit_model *m, const hm_drive *d, hm_sprinter_run *run)
{
    hm_drive_path path;
    hm_drive_point at;
    hm_drive_path_begin(&path, d, m->drag_per_m, m->air.wind_mps, false);
    while (before_top(&path, path.s_s + path.length_s, &at))
        if (!hm_drive_path_next(&path))
            return;
    double from = path.s_s, to = from + path.length_s;
    while (to - from > 1e-6) {
        double mid = 0.5 * (from + to);
        *(before_top(&path, mid, &at) ? &from : &to) = mid;
    }
    run->top_speed_mps.value = at.v_mps;
    run->top_speed_at_m.value = fmin(at.x_m, 100);
}

void drive_describe(const fit_model *m, const double p[], hm_sprinter_run *run)
{
    drive_view c = drive_view_of(m, p);
    const hm_drive *d = &c.drive;
    double drag = m->drag_ref_per_m, v = asymptote_mps(d, drag);
    double rate = d->f0_n_per_kg / d->v0_mps;
    run->mss_mps.value = v;
    run->mac_mps2.value = d->f0_n_per_kg;
    run->tau_s.value = v / d->f0_n_per_kg;
    run->decay_mps2.value = d->fade_mps3 / (rate + 2 * drag * v);
    run->f0_n_per_kg.value = d->f0_n_per_kg;
    run->v0_mps.value = d->v0_mps;
    run->slope_n_s_per_m_kg.value = -rate;
    run->pmax_w_per_kg.value = run->fv_pmax_w_per_kg.value = 0.25 * d->f0_n_per_kg * d->v0_mps;
    if (c.at_tc >= 0)
        run->correction_tc_s.value = c.clock.tc_s;
    if (c.at_fd >= 0 || c.clock.fd_m > 0)
        run->correction_fd_m.value = c.clock.fd_m;
    if (c.at_dc >= 0)
        run->correction_dc_m.value = c.clock.dc_m - m->gate0_m;
    put_ratio(d, drag, run);
    put_top(m, d, run);
}
