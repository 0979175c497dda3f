/* fit_made.h - fitted runs made by hand, so that figures can be tried without a fit. Curves are the
 * closed forms of sprint/velocity.h; intervals are shares of the values. */
#ifndef FIT_MADE_H
#define FIT_MADE_H

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "data/sprinter.h"
#include "num/stat.h"
#include "sprint/velocity.h"

/** Who to make: a decay or (decay_mps2 = 0) a mono-exponential run. */
typedef struct made {
    const char *athlete, *date;
    hm_decay d;
    double tc_s, reaction_s, mass_kg, stature_m;
    double width_frac; /* half an interval; NAN = none */
    uint64_t seed;
} made;

static inline double made_noise(const made *m, uint32_t i)
{
    return hm_normal_of(hm_rng_unit(m->seed, HM_FOR_TEST, 1, i, 0));
}

static inline hm_estimate made_estimate(const made *m, double value, double share)
{
    double half = fabs(value) * m->width_frac * share;
    return (hm_estimate){value, value - half, value + half};
}

static inline double made_clock_s(const made *m)
{
    return m->tc_s + (isnan(m->reaction_s) ? 0 : m->reaction_s);
}

static inline void made_force(const made *m, hm_sprinter_run *r)
{
    double mac = m->d.v_mps / m->d.tau_s - m->d.decay_mps2, f0 = mac, v0 = 1.05 * m->d.v_mps;
    r->mss_mps = made_estimate(m, m->d.v_mps, 0.6);
    r->mac_mps2 = made_estimate(m, mac, 2);
    r->tau_s = made_estimate(m, m->d.tau_s, 2.2);
    r->pmax_w_per_kg = made_estimate(m, 0.25 * m->d.v_mps * mac, 1.8);
    if (isnan(m->mass_kg))
        return;
    r->f0_n_per_kg = made_estimate(m, f0, 2);
    r->v0_mps = made_estimate(m, v0, 0.7);
    r->fv_pmax_w_per_kg = made_estimate(m, 0.25 * f0 * v0, 1.7);
    r->slope_n_s_per_m_kg = made_estimate(m, -f0 / v0, 2.5);
    r->rf_max_frac = made_estimate(m, 0.52, 1);
    r->drf_per_mps = made_estimate(m, -0.065, 2);
}

static inline void made_rows(const made *m, hm_arena *a, hm_sprinter_run *r)
{
    r->n_row = 20;
    r->row = HM_PUSH(a, hm_fit_row, r->n_row);
    for (int i = 0; i < r->n_row; i++) {
        double x = 5 * (i + 1), s = hm_decay_time_s(&m->d, x);
        r->row[i].distance_m = x;
        r->row[i].time_s = made_estimate(m, s + made_clock_s(m), 0.1);
        r->row[i].speed_mps = made_estimate(m, hm_decay_v_mps(&m->d, s), 0.3 + 0.006 * x);
    }
    double top_s = hm_decay_top_s(&m->d);
    double at_s = fmin(top_s, hm_decay_time_s(&m->d, 100));
    r->top_speed_mps = made_estimate(m, hm_decay_v_mps(&m->d, at_s), 0.5);
    r->top_speed_at_m = made_estimate(m, hm_decay_x_m(&m->d, at_s), 3);
    r->predicted_100m_s = made_estimate(m, hm_decay_time_s(&m->d, 100) + made_clock_s(m), 0.3);
    r->still_100m_s = made_estimate(m, r->predicted_100m_s.value + 0.045, 0.35);
    if (m->d.decay_mps2 > 0)
        r->decay_mps2 = made_estimate(m, m->d.decay_mps2, 6);
}

static inline void made_steps(const made *m, hm_arena *a, hm_sprinter_run *r)
{
    r->n_step = 20;
    r->step = HM_PUSH(a, hm_fit_step, r->n_step);
    for (int i = 0; i < r->n_step; i++) {
        double x = 5 * (i + 1), v = hm_decay_v_mps(&m->d, hm_decay_time_s(&m->d, x));
        double rate = 4.85 * 1.8 / m->stature_m * (1 - 0.2 * exp(-x / 6));
        double contact = 1.1 * 0.53 * m->stature_m / v;
        r->step[i].distance_m = x;
        r->step[i].speed_mps = v;
        r->step[i].rate_hz = made_estimate(m, rate, 1.5);
        r->step[i].length_m = made_estimate(m, v / rate, 1.5);
        r->step[i].contact_s = made_estimate(m, contact, 3);
        r->step[i].flight_s = made_estimate(m, 1 / rate - contact, 3);
    }
}

static inline void made_changes(const made *m, hm_arena *a, hm_sprinter_run *r)
{
    static const struct {
        const char *name;
        double gain_s;
    } known[] = {{"wind +2.0 m/s", 0.1},
                 {"wind \xe2\x88\x92"
                  "2.0 m/s",
                  -0.123},
                 {"1000 m altitude", 0.10},
                 {"35 \xc2\xb0"
                  "C",
                  0.01},
                 {"1 kg lighter", 0.004},
                 {"force +1 %", 0.031},
                 {"velocity +1 %", 0.052}};
    r->n_change = sizeof known / sizeof known[0];
    r->change = HM_PUSH(a, hm_fit_change, r->n_change);
    for (int i = 0; i < r->n_change; i++)
        r->change[i] = (hm_fit_change){known[i].name, made_estimate(m, known[i].gain_s, 8)};
}

/** The runner without observations. */
static inline hm_sprinter_run made_run(const made *m, hm_arena *a)
{
    hm_sprinter_run r = hm_sprinter_run_default();
    r.athlete = m->athlete;
    r.date = m->date;
    r.model = m->d.decay_mps2 > 0 ? HM_MODEL_DECAY : HM_MODEL_MONO;
    r.correct = m->tc_s != 0 ? HM_CORRECT_TC : HM_CORRECT_NONE;
    r.interval = isnan(m->width_frac) ? HM_INTERVAL_NONE : HM_INTERVAL_PROFILE;
    r.converged = true;
    r.mass_kg = m->mass_kg;
    r.stature_m = m->stature_m;
    r.reaction_s = m->reaction_s;
    r.air = (hm_air){0.9, 35, 24, NAN};
    r.correction_tc_s = m->tc_s != 0 ? made_estimate(m, m->tc_s, 10) : r.correction_tc_s;
    r.n_param = m->d.decay_mps2 > 0 ? 3 : 2;
    r.param_name[0] = r.n_param == 3 ? "v_mps" : "mss_mps";
    r.param_name[1] = "tau_s";
    r.param_name[2] = "decay_mps2";
    r.param[0] = m->d.v_mps;
    r.param[1] = m->d.tau_s;
    r.param[2] = m->d.decay_mps2;
    made_force(m, &r);
    made_rows(m, a, &r);
    if (!isnan(m->mass_kg)) {
        made_steps(m, a, &r);
        made_changes(m, a, &r);
    }
    return r;
}

static inline void made_errors(hm_sprinter_run *r)
{
    double sum = 0;
    for (int i = 0; i < r->n_point; i++) {
        double d = r->point[i].observed - r->point[i].fitted;
        sum += d * d;
        r->max_abs = fmax(isnan(r->max_abs) ? 0 : r->max_abs, fabs(d));
    }
    r->rmse = sqrt(sum / r->n_point);
}

/** Times at n distances, 0.006 s of noise; the one at i_bad is off by 0.05 s. */
static inline void made_times(const made *m, hm_arena *a, hm_sprinter_run *r, int n, double step_m,
                              int i_bad)
{
    r->observe = HM_OBSERVE_TIME;
    r->n_point = n;
    r->point = HM_PUSH(a, hm_fit_point, n);
    for (int i = 0; i < n; i++) {
        double t = hm_decay_time_s(&m->d, step_m * (i + 1)) + made_clock_s(m);
        double off = 0.006 * made_noise(m, (uint32_t)i) + (i == i_bad ? 0.05 : 0);
        r->point[i] = (hm_fit_point){.at = step_m * (i + 1),
                                     .observed = t + off,
                                     .fitted = t,
                                     .sigma = NAN,
                                     .outlier = i == i_bad,
                                     .used = true};
    }
    made_errors(r);
}

/** Speeds at n times over end_s, 0.2 m/s of noise; the distance instead with 0.04 m. */
static inline void made_series(const made *m, hm_arena *a, hm_sprinter_run *r, int n, double end_s,
                               bool is_speed)
{
    r->observe = is_speed ? HM_OBSERVE_SPEED : HM_OBSERVE_DISTANCE;
    r->n_point = n;
    r->point = HM_PUSH(a, hm_fit_point, n);
    for (int i = 0; i < n; i++) {
        double s = end_s * i / n, noise = made_noise(m, (uint32_t)i);
        double fitted = is_speed ? hm_decay_v_mps(&m->d, s) : hm_decay_x_m(&m->d, s);
        bool is_odd = i % 97 == 60;
        double off = is_odd ? (is_speed ? 1.4 : 0.5) : noise * (is_speed ? 0.2 : 0.04);
        r->point[i] = (hm_fit_point){.at = s + made_clock_s(m),
                                     .observed = fitted + off,
                                     .fitted = fitted,
                                     .sigma = NAN,
                                     .outlier = is_odd,
                                     .used = i % 97 != 80};
    }
    made_errors(r);
}

#endif
