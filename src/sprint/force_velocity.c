#include "sprint/force_velocity.h"

#include <math.h>

#include "num/dmath.h"
#include "num/root.h"
#include "sprint/air.h"
#include "sprint/velocity.h"

/* [1] Samozino et al. 2016, verified */
static const double drag_coefficient = 0.9;
static const double gravity_mps2 = 9.81; /* as in the reference */
/* s; samples of the lines through a run; the reference's step */
static const double sample_s = 0.01;
/* s; before it the reference's method has no ratio worth reading; Samozino et al. 2016 */
static const double ratio_from_s = 0.30;

/* ---- air ---- */

double hm_fv_drag_kg_per_m(const hm_air *air, double mass_kg, double stature_m)
{
    hm_air filled = *air;
    if (isnan(filled.temp_c))
        filled.temp_c = HM_FV_TEMP_C;
    return 0.5 * hm_air_density_kgm3(&filled) * hm_frontal_area_m2(mass_kg, stature_m) *
           drag_coefficient;
}

hm_fv_load hm_fv_load_of(const hm_air *air, double mass_kg, double stature_m)
{
    return (hm_fv_load){.mass_kg = mass_kg,
                        .drag_kg_per_m = hm_fv_drag_kg_per_m(air, mass_kg, stature_m),
                        .wind_mps = isnan(air->wind_mps) ? 0 : air->wind_mps};
}

double hm_fv_drag_n(const hm_fv_load *load, double v_mps)
{
    double u = v_mps - load->wind_mps;
    return load->drag_kg_per_m * u * fabs(u);
}

/* ---- the run ---- */

static hm_decay decay_of(const hm_mono *m)
{
    return (hm_decay){m->mss_mps, m->mss_mps / m->mac_mps2, 0};
}

double hm_mono_a_mps2(const hm_mono *m, double v_mps)
{
    return v_mps < m->mss_mps ? m->mac_mps2 * (1 - v_mps / m->mss_mps) : 0;
}

double hm_mono_v_mps(const hm_mono *m, double t_s)
{
    hm_decay d = decay_of(m);
    return hm_decay_v_mps(&d, t_s);
}

double hm_mono_x_m(const hm_mono *m, double t_s)
{
    hm_decay d = decay_of(m);
    return hm_decay_x_m(&d, t_s);
}

double hm_mono_time_s(const hm_mono *m, double x_m)
{
    hm_decay d = decay_of(m);
    return hm_decay_time_s(&d, x_m);
}

double hm_mono_time_of_speed_s(const hm_mono *m, double v_mps)
{
    if (!(v_mps < m->mss_mps))
        return (double)INFINITY;
    return -m->mss_mps / m->mac_mps2 * hm_log1p(-v_mps / m->mss_mps);
}

static hm_fv_moment moment_of(const hm_fv_load *load, const hm_mono *m, double v_mps)
{
    double t_s = hm_mono_time_of_speed_s(m, v_mps);
    double x_m = isinf(t_s) ? t_s : hm_mono_x_m(m, t_s);
    return (hm_fv_moment){v_mps, t_s, x_m, hm_fv_power_w(load, m, v_mps)};
}

/* ---- force, power, work ---- */

static double moved_kg(const hm_fv_load *load)
{
    return load->mass_kg + load->inertia_kg;
}

double hm_fv_force_n(const hm_fv_load *load, const hm_mono *m, double v_mps)
{
    return moved_kg(load) * hm_mono_a_mps2(m, v_mps) + hm_fv_drag_n(load, v_mps) +
           load->resistance_n;
}

double hm_fv_power_w(const hm_fv_load *load, const hm_mono *m, double v_mps)
{
    return hm_fv_force_n(load, m, v_mps) * v_mps;
}

/* Integral of (v - w)^2 v over time from rest, by  v = MSS - tau dv/dt :
 * the integral of v^(n + 1) is MSS times that of v^n less tau v^(n + 1) / (n + 1). */
static double drag_integral(const hm_mono *m, double wind_mps, double t_s)
{
    double tau_s = m->mss_mps / m->mac_mps2, v = hm_mono_v_mps(m, t_s);
    double first = hm_mono_x_m(m, t_s);
    double second = m->mss_mps * first - tau_s * v * v / 2;
    double third = m->mss_mps * second - tau_s * v * v * v / 3;
    return third - 2 * wind_mps * second + wind_mps * wind_mps * first;
}

double hm_fv_work_j(const hm_fv_load *load, const hm_mono *m, double t_s)
{
    double v = hm_mono_v_mps(m, t_s), w = load->wind_mps;
    double drag = drag_integral(m, w, t_s);
    if (w > 0) { /* pushed until he is faster than the wind */
        double turn_s = hm_mono_time_of_speed_s(m, w);
        drag = turn_s < t_s ? drag - 2 * drag_integral(m, w, turn_s) : -drag;
    }
    return moved_kg(load) * v * v / 2 + load->drag_kg_per_m * drag +
           load->resistance_n * hm_mono_x_m(m, t_s);
}

/* ---- F0, V0 ---- */

static hm_fv line_of(const hm_fv_load *load, double f0_n, double v0_mps)
{
    return (hm_fv){f0_n, v0_mps, f0_n * v0_mps / 4, -(f0_n / load->mass_kg) / v0_mps};
}

/* Smaller root of a x^2 - b x + c with a >= 0 and c > 0, without cancellation. NAN = none. */
static double smaller_root(double a, double b, double c)
{
    double square = b * b - 4 * a * c;
    return square >= 0 && b > 0 ? 2 * c / (b + sqrt(square)) : (double)NAN;
}

/* First zero above 0 of  c - b v + a v^2  above the wind's speed,  c' - b' v - a v^2  below it: the
 * force, or, with three times its square and twice its line, the slope of its power. The straight
 * line of force goes on beyond MSS. NAN = none. */
static double first_zero(const hm_fv_load *load, const hm_mono *m, double of_square, double of_line)
{
    double k = load->drag_kg_per_m, w = load->wind_mps, push = moved_kg(load) * m->mac_mps2;
    double rate = push / m->mss_mps, rest = push + load->resistance_n, a = of_square * k;
    double above = smaller_root(a, of_line * (rate + 2 * k * w), rest + k * w * w);
    if (above >= w)
        return above;
    double b = of_line * (rate - 2 * k * w), c = rest - k * w * w;
    double below = 2 * c / (b + sqrt(b * b + 4 * a * c));
    return below > 0 && below <= w ? below : (double)NAN;
}

hm_fv hm_fv_of(const hm_fv_load *load, const hm_mono *m)
{
    return line_of(load, hm_fv_force_n(load, m, 0), first_zero(load, m, 1, 1));
}

hm_mono hm_fv_mono(const hm_fv_load *load, double f0_n, double v0_mps)
{
    double k = load->drag_kg_per_m, w = load->wind_mps, m = moved_kg(load);
    double mac = (f0_n - load->resistance_n + k * w * fabs(w)) / m;
    double drag = hm_fv_drag_n(load, v0_mps) + load->resistance_n;
    return (hm_mono){mac * v0_mps * m / (mac * m + drag), mac};
}

/* ---- lines through a run ---- */

/* Sums of y against e = e^(-t / tau), which stands for v = MSS (1 - e). */
typedef struct sums {
    double n, e, ee, y, ey;
} sums;

static void add(sums *s, double e, double y)
{
    s->n += 1;
    s->e += e;
    s->ee += e * e;
    s->y += y;
    s->ey += e * y;
}

static double slope_of(const sums *s)
{
    return (s->n * s->ey - s->e * s->y) / (s->n * s->ee - s->e * s->e);
}

/* Samples from .. to_s, e by one factor a step. */
typedef struct sampled {
    double e, factor;
    int32_t n;
} sampled;

static sampled sampled_of(const hm_mono *m, double from_s, double to_s)
{
    double per_s = -m->mac_mps2 / m->mss_mps;
    return (sampled){hm_exp(from_s * per_s), hm_exp(sample_s * per_s),
                     (int32_t)floor((to_s - from_s) / sample_s + 0.5) + 1};
}

hm_fv hm_fv_regression(const hm_fv_load *load, const hm_mono *m, double to_s)
{
    sampled at = sampled_of(m, 0, to_s);
    sums s = {0};
    for (int32_t i = 0; i < at.n; i++, at.e *= at.factor)
        add(&s, at.e, hm_fv_force_n(load, m, m->mss_mps * (1 - at.e)));
    double by_e = slope_of(&s), f_mss = (s.y - by_e * s.e) / s.n; /* force at e = 0 */
    double f0 = f_mss + by_e;
    return line_of(load, f0, f0 * m->mss_mps / by_e);
}

double hm_fv_ratio_frac(double force_n_per_kg)
{
    return force_n_per_kg / sqrt(force_n_per_kg * force_n_per_kg + gravity_mps2 * gravity_mps2);
}

hm_fv_ratio hm_fv_ratio_of(const hm_fv_load *load, const hm_mono *m, double to_s)
{
    sampled at = sampled_of(m, ratio_from_s, to_s);
    sums s = {0};
    hm_fv_ratio out = {0};
    for (int32_t i = 0; i < at.n; i++, at.e *= at.factor) {
        double force_n = hm_fv_force_n(load, m, m->mss_mps * (1 - at.e));
        double rf = hm_fv_ratio_frac(force_n / load->mass_kg);
        if (i == 0)
            out.rf_max_frac = rf;
        add(&s, at.e, rf);
    }
    out.drf_per_mps = -slope_of(&s) / m->mss_mps;
    return out;
}

/* ---- moments ---- */

hm_fv_moment hm_fv_peak(const hm_fv_load *load, const hm_mono *m)
{
    double v = first_zero(load, m, 3, 2);
    /* a heavy sled costs most power at MSS, which is never reached */
    if (!(v < m->mss_mps) || hm_fv_power_w(load, m, m->mss_mps) > hm_fv_power_w(load, m, v))
        v = m->mss_mps;
    return moment_of(load, m, v);
}

typedef struct power_goal {
    const hm_fv_load *load;
    const hm_mono *m;
    double power_w;
} power_goal;

static double above_goal(const void *ctx, double v_mps, double *slope)
{
    const power_goal *g = ctx;
    double rate = moved_kg(g->load) * g->m->mac_mps2 / g->m->mss_mps;
    double force = hm_fv_force_n(g->load, g->m, v_mps);
    double by_v = -rate + 2 * g->load->drag_kg_per_m * fabs(v_mps - g->load->wind_mps);
    *slope = force + by_v * v_mps;
    return force * v_mps - g->power_w;
}

void hm_fv_power_span(const hm_fv_load *load, const hm_mono *m, double share, hm_fv_moment *from,
                      hm_fv_moment *to)
{
    hm_fv_moment peak = hm_fv_peak(load, m);
    power_goal goal = {load, m, share * peak.power_w};
    double lo = hm_root(above_goal, &goal, 0, peak.v_mps, share * 0.5 * peak.v_mps, 1e-15);
    double hi = m->mss_mps;
    if (hm_fv_power_w(load, m, hi) < goal.power_w)
        hi = hm_root(above_goal, &goal, peak.v_mps, hi, 0.5 * (peak.v_mps + hi), 1e-15);
    *from = moment_of(load, m, lo);
    *to = moment_of(load, m, hi);
}

hm_fv_moment hm_fv_speed_at(const hm_fv_load *load, const hm_mono *m, double share)
{
    return moment_of(load, m, share * m->mss_mps);
}

hm_fv_moment hm_fv_acceleration_at(const hm_fv_load *load, const hm_mono *m, double share)
{
    return moment_of(load, m, (1 - share) * m->mss_mps);
}
