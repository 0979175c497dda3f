#include "sprint/steps.h"

#include "steps_priv.h"

#include <math.h>

#include "base/rng.h"
#include "num/dmath.h"
#include "num/stat.h"

/* The one table of stepping: what, unit, source, status; docs/physics/steps.md. */
/* m; of the recipe and of rate_table; own */
static const double reference_stature_m = 1.80;
/* [1] of top rate at step 1; review of starts, verified */
static const double first_rate_frac = 0.80;
/* steps until 63 % of the rest is made up: 90 % of top rate at step 3; own */
static const double rate_rise_steps = 2.9;
/* [1] Morin 2005, verified */
static const double leg_of_stature = 0.53;
/* [1] legs, contact length at top speed: adults (Bolt 1.08, verified); up to age 10 (contact
 * .14-.17 s, recalled). Larger: longer contacts */
static const double contact_adult = 1.10, contact_child = 1.25;
/* [1] of the top contact length at rest, and share of top speed where it is whole; own recipe */
static const double contact_slow = 0.796, contact_full_at = 0.80;
/* [1] of a step that contact may take: running, and walking (a race file has no double support),
 * with the speeds in m/s between which it goes over; own */
static const double contact_share = 0.78, walk_share = 0.97;
static const double walk_mps = 1.4, run_mps = 2.6;
/* [1] of the contact length that lies ahead of the centre of mass at touch-down: behind it at step
 * 1, ahead from step 3 to 5 (recalled), 0.38 at top speed (0.30-0.40 of 0.95 m, recalled) */
static const double ahead_first = -0.15, ahead_top = 0.38, ahead_rise_steps = 7.0;
/* [1] of stature, farthest that the ball of the foot may be left behind the centre of mass: a
 * stretched leg, the hips at .45 of stature or higher; from block exit, from a stand (share),
 * upright; own */
static const double left_behind = 0.475, left_behind_upright = 0.385, left_standing_share = 0.35;
/* [1] of stature, torso front ahead of the centre of mass: upright, and added when bent forward,
 * which fades over bend_length_m; own */
static const double front_upright = 0.065, front_bent = 0.080, front_bent_standing = 0.045;
static const double bend_length_m = 15.0;
/* m, at 1.80 m: half the step width; recalled */
static const double half_width_slow_m = 0.055, half_width_fast_m = 0.030;
/* sds: [1] of a step's duration (recalled 2 %, kept small), [1] left against right (own), m at
 * 1.80 m along and across (own) */
static const double rate_noise = 0.008, bias_noise = 0.004;
static const double place_noise_m = 0.010, side_noise_m = 0.006;
/* m; a shorter step ends the walk; own */
static const double least_step_m = 0.12;

/* Step rate of a 1.80 m adult against the speed that he can hold at most in that run: 3.5-9 m/s
 * Dorn et al. 2012, 11.6 m/s and above the elite recipe 4.85 Hz; recalled. Below 2 m/s walking. */
static const struct {
    double v_mps, rate_hz;
} rate_table[] = {{0.0, 1.00}, {0.7, 1.45},  {1.4, 1.90},  {2.0, 2.30}, {3.0, 2.62},
                  {4.0, 2.80}, {5.0, 2.98},  {6.0, 3.20},  {7.0, 3.50}, {8.0, 3.82},
                  {9.0, 4.17}, {10.0, 4.52}, {11.0, 4.78}, {11.6, 4.85}};
enum { N_RATE = sizeof rate_table / sizeof rate_table[0] };

static double clamp(double v, double lo, double hi)
{
    return v < lo ? lo : v > hi ? hi : v;
}

static double reference_rate_hz(double v_mps)
{
    int i = 1;
    while (i < N_RATE - 1 && rate_table[i].v_mps < v_mps)
        i++;
    double u = (v_mps - rate_table[i - 1].v_mps) / (rate_table[i].v_mps - rate_table[i - 1].v_mps);
    u = clamp(u, 0, 1);
    return rate_table[i - 1].rate_hz + u * (rate_table[i].rate_hz - rate_table[i - 1].rate_hz);
}

/* Equal Froude numbers: v ~ sqrt h, rate ~ 1 / sqrt h. Elite men go with 1 / h (Bolt 4.49 Hz
 * at 1.95 m), which adds another 1 / sqrt h: taken for grown men, faded in from 14 to 18. */
double hm_step_rate_hz(const hm_stepper *p, double v_mps)
{
    double k = sqrt(reference_stature_m / p->stature_m);
    double man = p->sex == HM_SEX_MEN ? clamp((p->age_yr - 14) / 4, 0, 1) : 0;
    return reference_rate_hz(v_mps * k) * k * (1 + man * (k - 1));
}

steps_contact steps_contact_of(const hm_stepper *p)
{
    double child = clamp((16 - p->age_yr) / 6, 0, 1);
    double legs = contact_adult + child * (contact_child - contact_adult);
    double whole_m = legs * leg_of_stature * p->stature_m;
    return (steps_contact){whole_m * contact_slow, whole_m * (1 - contact_slow),
                           1 / (contact_full_at * p->top_mps), contact_share};
}

double hm_contact_length_m(const hm_stepper *p, double v_mps)
{
    steps_contact c = steps_contact_of(p);
    return c.rest_m + c.more_m * clamp(v_mps * c.per_mps, 0, 1);
}

double steps_rise(double n)
{
    return 1 - (1 - first_rate_frac) * hm_exp(-n / rate_rise_steps);
}

double hm_step_rate_of_hz(const hm_stepper *p, double n, double v_mps, double peak_mps)
{
    double tired = hm_step_rate_hz(p, v_mps) / hm_step_rate_hz(p, peak_mps);
    return hm_step_rate_hz(p, p->top_mps) * steps_rise(n) * tired;
}

static double contact_of_s(const hm_stepper *p, double v_mps, double most_s)
{
    return fmin(hm_contact_length_m(p, v_mps) / fmax(v_mps, 0.1), most_s);
}

double hm_step_contact_s(const hm_stepper *p, double v_mps, double rate_hz)
{
    return contact_of_s(p, v_mps, contact_share / rate_hz);
}

/* One runner on his way. */
typedef struct walker {
    const hm_steps_in *in;
    double peak_mps; /* fastest so far */
} walker;

static double noise_of(uint64_t seed, uint64_t person, int32_t n, uint32_t draw)
{
    return hm_normal_cut(hm_rng_unit(seed, HM_FOR_STEP, person, (uint32_t)n, draw), 0, 1, 2.5);
}

steps_habit steps_habit_of(uint64_t seed, uint64_t person, double stature_m, int32_t n,
                           hm_foot foot)
{
    double left = foot == HM_FOOT_LEFT ? 1 : -1, size = stature_m / reference_stature_m;
    double bias = bias_noise * noise_of(seed, person, -1, 0);
    return (steps_habit){1 + rate_noise * noise_of(seed, person, n, 0) + bias * left,
                         size * place_noise_m * noise_of(seed, person, n, 1),
                         size * half_width_slow_m * left +
                             size * side_noise_m * noise_of(seed, person, n, 2),
                         size * (half_width_fast_m - half_width_slow_m) * left};
}

/* Duration of step n (from 0) that begins at t_s, and the speed at its middle. */
static double step_duration_s(walker *w, int32_t n, double t_s, double *v_mps)
{
    const hm_stepper *who = &w->in->who;
    double rate = hm_step_rate_hz(who, who->top_mps) * first_rate_frac;
    for (int pass = 0; pass < 2; pass++) {
        double v = hm_curve_v_mps(w->in->curve, t_s + 0.5 / rate);
        double peak = v > w->peak_mps ? v : w->peak_mps;
        rate = hm_step_rate_of_hz(who, n, v, peak);
        *v_mps = v;
    }
    if (*v_mps > w->peak_mps)
        w->peak_mps = *v_mps;
    return 1 / rate;
}

/* Longest part of a step that contact may take: walking only after the race. */
static double longest_share(const walker *w, double t_s, double v_mps)
{
    if (t_s < w->in->race_end_s)
        return contact_share;
    double k = clamp((run_mps - v_mps) / (run_mps - walk_mps), 0, 1);
    return contact_share + k * (walk_share - contact_share);
}

double steps_behind_frac(double n)
{
    return 1 - (ahead_top + (ahead_first - ahead_top) * hm_exp(-n / ahead_rise_steps));
}

double steps_bow(double x_m)
{
    return hm_exp(-x_m / bend_length_m);
}

steps_lean steps_lean_of(const hm_stepper *p)
{
    double bent = p->standing ? front_bent_standing : front_bent;
    double share = p->standing ? left_standing_share : 1.0;
    return (steps_lean){p->stature_m * front_upright, p->stature_m * bent,
                        p->stature_m * left_behind_upright,
                        p->stature_m * share * (left_behind - left_behind_upright)};
}

static double ball_x_m(const walker *w, int32_t n, double on_s, double off_s)
{
    const hm_steps_in *in = w->in;
    double on_m = hm_curve_x_m(in->curve, on_s), off_m = hm_curve_x_m(in->curve, off_s);
    steps_lean l = steps_lean_of(&in->who);
    double front_m = l.front_m + l.front_bent_m * steps_bow(0.5 * (on_m + off_m));
    double most_m = l.behind_m + l.behind_bent_m * steps_bow(on_m);
    return off_m - front_m - fmin(steps_behind_frac(n) * (off_m - on_m), most_m);
}

static hm_step step_at(walker *w, int32_t n, double t_s)
{
    const hm_steps_in *in = w->in;
    double v, duration = step_duration_s(w, n, t_s, &v);
    hm_foot foot = n % 2 == 0 ? in->first_foot : (hm_foot)(1 - in->first_foot);
    steps_habit h = steps_habit_of(in->seed, in->person, in->who.stature_m, n, foot);
    double contact = contact_of_s(&in->who, v, longest_share(w, t_s, v) * duration);
    double off_s = t_s + duration * h.stretch, on_s = off_s - contact * h.stretch;
    return (hm_step){.foot = foot,
                     .on_s = on_s,
                     .off_s = off_s,
                     .x_m = ball_x_m(w, n, on_s, off_s) + h.place_m,
                     .side_m = h.side_m + h.side_fast_m * clamp(v / in->who.top_mps, 0, 1)};
}

hm_status hm_steps_plan(const hm_steps_in *in, hm_arena *arena, hm_step **step, int32_t *n_step,
                        hm_err *err)
{
    walker w = {.in = in};
    /* no step is faster than this, so there are no more than */
    int32_t cap =
        (int32_t)((in->end_s - in->exit_s) * hm_step_rate_hz(&in->who, in->who.top_mps) * 1.1) + 8;
    hm_step *all = HM_PUSH(arena, hm_step, cap);
    if (!all)
        return hm_err_set(err, HM_ERR_SYSTEM, "steps", 0, 0, NULL, "no memory for %d steps", cap);
    int32_t n = 0;
    double t_s = in->exit_s;
    while (n < cap) {
        hm_step s = step_at(&w, n, t_s);
        if (s.off_s > in->end_s || (n > 0 && s.x_m < all[n - 1].x_m + least_step_m))
            break;
        all[n++] = s;
        t_s = s.off_s;
    }
    if (n > 0)
        all[n - 1].off_s = fmax(all[n - 1].off_s, in->end_s); /* stands on it */
    *step = all;
    *n_step = n;
    return HM_OK;
}
