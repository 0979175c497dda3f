#include "sprint/quick_steps.h"

#include "steps_priv.h"

#include <math.h>

#include "sprint/drive_path.h"
#include "sprint/start.h"

static const double after_s = 0.6;    /* the table goes on beyond the finish; own */
static const double rate_range = 1.3; /* [1] of the top speed that the table of rates covers; own */

enum { LAST_KNOT = HM_QUICK_KNOT - 1 };

/* ---- tables ---- */

static bool tabulate_run(const hm_drive *d, double drag_per_m, double wind_mps, hm_quick_run *r)
{
    hm_drive_path path;
    hm_drive_point at;
    hm_drive_path_begin(&path, d, drag_per_m, wind_mps, false);
    r->sample_hz = (HM_QUICK_SAMPLE - 2) / (r->run_s + after_s);
    r->sample_s = 1 / r->sample_hz;
    for (int i = 0; i < HM_QUICK_SAMPLE; i++) {
        if (!hm_drive_path_to_s(&path, i / r->sample_hz, &at))
            return false;
        r->sample[i] = (hm_quick_sample){at.x_m, at.v_mps, steps_bow(at.x_m)};
        r->who.top_mps = fmax(r->who.top_mps, at.v_mps);
    }
    return true;
}

static void tabulate_law(hm_quick_run *r, uint64_t seed, uint64_t person)
{
    steps_contact c = steps_contact_of(&r->who);
    steps_lean l = steps_lean_of(&r->who);
    r->contact_m[0] = c.rest_m;
    r->contact_m[1] = c.more_m;
    r->contact_share = c.most_share;
    r->contact_full = 1 / (c.per_mps * r->who.top_mps);
    r->lean_m[0] = l.front_m;
    r->lean_m[1] = l.front_bent_m;
    r->lean_m[2] = l.behind_m;
    r->lean_m[3] = l.behind_bent_m;
    r->rate_per_mps = (HM_QUICK_RATE - 1) / (rate_range * r->who.top_mps);
    for (int i = 0; i < HM_QUICK_RATE; i++)
        r->rate_hz[i] = hm_step_rate_hz(&r->who, i / r->rate_per_mps);
    for (int32_t n = 0; n < HM_QUICK_STEP_MAX; n++) {
        hm_foot foot = n % 2 == 1 ? r->front_foot : (hm_foot)(1 - r->front_foot);
        steps_habit h = steps_habit_of(seed, person, r->who.stature_m, n, foot);
        r->habit[n] = (hm_quick_habit){
            1 / steps_rise(n), steps_behind_frac(n), h.stretch, h.place_m, h.side_m, h.side_fast_m};
    }
}

/* ---- reading them ---- */

typedef struct place {
    double x_m, bow;
} place;

/* Speed linear between samples, place its integral. */
static inline place place_at(const hm_quick_run *r, double s_s)
{
    double u = s_s * r->sample_hz;
    int32_t i = u > 0 ? (int32_t)u : 0;
    i = i < HM_QUICK_SAMPLE - 2 ? i : HM_QUICK_SAMPLE - 2;
    const hm_quick_sample *a = &r->sample[i];
    double f = u - i;
    double x_m = a->x_m + f * r->sample_s * (a->v_mps + 0.5 * f * (a[1].v_mps - a->v_mps));
    return (place){x_m, a->bow + f * (a[1].bow - a->bow)};
}

static inline double speed_at(const hm_quick_run *r, double s_s)
{
    double u = s_s * r->sample_hz;
    int32_t i = (int32_t)u;
    i = i < HM_QUICK_SAMPLE - 2 ? i : HM_QUICK_SAMPLE - 2;
    return r->sample[i].v_mps + (u - i) * (r->sample[i + 1].v_mps - r->sample[i].v_mps);
}

static inline double rate_at(const hm_quick_run *r, double v_mps)
{
    double u = v_mps * r->rate_per_mps;
    int32_t i = (int32_t)u;
    i = i < HM_QUICK_RATE - 2 ? i : HM_QUICK_RATE - 2;
    return r->rate_hz[i] + (u - i) * (r->rate_hz[i + 1] - r->rate_hz[i]);
}

/* ---- pace ---- */

hm_quick_pace hm_quick_pace_of(const hm_quick_run *run, double reaction_s, const double delay_s[])
{
    hm_quick_pace p = {
        .reaction_s = reaction_s, .run_s = run->run_s, .knot_hz = LAST_KNOT / run->run_s};
    double slope[HM_QUICK_KNOT];
    slope[0] = 0.5 * (4 * delay_s[1] - delay_s[2] - 3 * delay_s[0]);
    for (int i = 1; i < LAST_KNOT; i++)
        slope[i] = 0.5 * (delay_s[i + 1] - delay_s[i - 1]);
    slope[LAST_KNOT] =
        0.5 * (3 * delay_s[LAST_KNOT] - 4 * delay_s[LAST_KNOT - 1] + delay_s[LAST_KNOT - 2]);
    for (int i = 0; i < LAST_KNOT; i++) {
        double rise = delay_s[i + 1] - delay_s[i];
        p.c[i][0] = delay_s[i];
        p.c[i][1] = slope[i];
        p.c[i][2] = 3 * rise - 2 * slope[i] - slope[i + 1];
        p.c[i][3] = slope[i] + slope[i + 1] - 2 * rise;
    }
    p.c[LAST_KNOT][0] = delay_s[LAST_KNOT];
    p.c[LAST_KNOT][1] = slope[LAST_KNOT];
    p.c[LAST_KNOT][2] = p.c[LAST_KNOT][3] = 0;
    return p;
}

/* Delay, and what it grows by in a second: delay(s), delay'(s). */
static inline double delay_at(const hm_quick_pace *p, double s_s, double *slope)
{
    double u = s_s * p->knot_hz;
    int32_t i = u > 0 ? (int32_t)u : 0;
    i = i < LAST_KNOT ? i : LAST_KNOT;
    const double *c = p->c[i];
    double f = u - i;
    *slope = p->knot_hz * (c[1] + f * (2 * c[2] + 3 * f * c[3]));
    return c[0] + f * (c[1] + f * (c[2] + f * c[3]));
}

/* Time of the known run at which he is where this one is t_s after the gun; from a guess that is
 * right to some hundredths. One step of Newton leaves delay'' / 2 of its square: below 1e-5 s. */
static inline double known_s(const hm_quick_pace *p, double t_s, double guess_s, double *slope)
{
    double delay = delay_at(p, guess_s, slope);
    return guess_s - (p->reaction_s + guess_s + delay - t_s) * (1 - *slope);
}

double hm_quick_x_m(const hm_quick_run *r, const hm_quick_pace *p, double t_s)
{
    double slope, s_s = t_s - p->reaction_s;
    if (s_s <= 0)
        return 0;
    for (int i = 0; i < 3; i++)
        s_s = known_s(p, t_s, s_s, &slope);
    return place_at(r, s_s).x_m;
}

/* At the knots v / (1 + delay'); between them a parabola through the fastest and those beside. */
static double top_mps(const hm_quick_run *r, const hm_quick_pace *p)
{
    double v[HM_QUICK_KNOT];
    int k = 1;
    for (int i = 0; i < HM_QUICK_KNOT; i++) {
        v[i] = r->knot_mps[i] / (1 + p->knot_hz * p->c[i][1]);
        k = v[i] > v[k] ? i : k;
    }
    if (k == LAST_KNOT)
        return v[k];
    double rise = 0.5 * (v[k + 1] - v[k - 1]), bend = 2 * v[k] - v[k - 1] - v[k + 1];
    return bend > 0 ? v[k] + 0.5 * rise * rise / bend : v[k];
}

/* ---- steps ---- */

/* One runner on his way: what holds for the whole run, then where he is. A step begins and ends in
 * mid-air, at toe-off. */
typedef struct walk {
    const hm_quick_run *r;
    const hm_quick_pace *p;
    double finish_s;
    double per_top, top_s; /* [1] s/m, 1 / top speed; s, 1 / top rate */
    double contact_per_mps;
    double t_s, s_s, slope;        /* toe-off by both clocks; delay' there */
    double peak_mps, peak_rate_hz; /* fastest so far */
    double tired;                  /* [1] what the last step lasted longer by, for that */
} walk;

static walk walk_of(const hm_quick_run *r, const hm_quick_pace *p)
{
    double top = top_mps(r, p);
    hm_start start =
        hm_start_of(r->who.standing, p->reaction_s, r->who.stature_m, top, r->front_foot);
    walk w = {.r = r,
              .p = p,
              .finish_s = p->reaction_s + p->run_s + p->c[LAST_KNOT][0],
              .per_top = 1 / top,
              .top_s = 1 / rate_at(r, top),
              .contact_per_mps = 1 / (r->contact_full * top),
              .t_s = start.front_off_s,
              .tired = 1};
    w.s_s = known_s(p, w.t_s, w.t_s - p->reaction_s, &w.slope);
    return w;
}

/* Step n, and on to its toe-off. */
static void step_once(walk *w, int32_t n, hm_step *step)
{
    const hm_quick_run *r = w->r;
    const hm_quick_habit *h = &r->habit[n];
    double pace = 1 - w->slope + w->slope * w->slope; /* 1 / (1 + slope) */
    double duration = h->slow * w->top_s, middle_s = w->s_s + 0.5 * duration * w->tired * pace;
    double v = speed_at(r, middle_s) * pace, rate = rate_at(r, v);
    if (v < w->peak_mps) {
        w->tired = w->peak_rate_hz / rate;
        duration *= w->tired;
    } else {
        w->peak_mps = v;
        w->peak_rate_hz = rate;
    }
    double full = v * w->contact_per_mps, fast = v * w->per_top;
    double contact = (r->contact_m[0] + r->contact_m[1] * (full < 1 ? full : 1)) / v;
    double most = r->contact_share * duration;
    contact = (contact < most ? contact : most) * h->stretch;
    w->t_s += duration * h->stretch;
    w->s_s = known_s(w->p, w->t_s, w->s_s + duration * h->stretch * pace, &w->slope);
    place off = place_at(r, w->s_s), on = place_at(r, w->s_s - contact * (1 - w->slope));
    double front_m = r->lean_m[0] + r->lean_m[1] * 0.5 * (on.bow + off.bow);
    double behind_m = h->behind * (off.x_m - on.x_m), far_m = r->lean_m[2] + r->lean_m[3] * on.bow;
    step->foot = n % 2 == 1 ? r->front_foot : (hm_foot)(1 - r->front_foot);
    step->on_s = w->t_s - contact;
    step->off_s = w->t_s;
    step->x_m = off.x_m - front_m - (behind_m < far_m ? behind_m : far_m) + h->place_m;
    step->side_m = h->side_m + h->side_fast_m * (fast < 1 ? fast : 1);
}

void hm_quick_steps(int32_t n, const hm_quick_run *const run[], const hm_quick_pace pace[],
                    hm_step step[][HM_QUICK_STEP_MAX], int32_t n_step[])
{
    walk w[HM_LANE_MAX];
    int32_t on_way[HM_LANE_MAX], n_on_way = n;
    HM_ASSERT(n >= 1 && n <= HM_LANE_MAX);
    for (int32_t i = 0; i < n; i++) {
        w[i] = walk_of(run[i], &pace[i]);
        on_way[i] = i;
        n_step[i] = HM_QUICK_STEP_MAX;
    }
    for (int32_t k = 0; k < HM_QUICK_STEP_MAX && n_on_way > 0; k++) {
        int32_t n_left = 0;
        for (int32_t m = 0; m < n_on_way; m++) {
            int32_t i = on_way[m];
            step_once(&w[i], k, &step[i][k]);
            if (step[i][k].on_s < w[i].finish_s)
                on_way[n_left++] = i;
            else
                n_step[i] = k;
        }
        n_on_way = n_left;
    }
}

bool hm_quick_run_make(const hm_drive *drive, double drag_per_m, double wind_mps, double run_s,
                       const hm_stepper *who, uint64_t seed, uint64_t person, hm_foot front_foot,
                       hm_quick_run *run)
{
    const double none_s[HM_QUICK_KNOT] = {0};
    hm_step step[1][HM_QUICK_STEP_MAX];
    int32_t n_step;
    *run = (hm_quick_run){.run_s = run_s, .who = *who, .front_foot = front_foot};
    run->who.top_mps = 0;
    if (!tabulate_run(drive, drag_per_m, wind_mps, run))
        return false;
    for (int i = 0; i < HM_QUICK_KNOT; i++)
        run->knot_mps[i] = speed_at(run, run_s * i / LAST_KNOT);
    tabulate_law(run, seed, person);
    hm_quick_pace pace = hm_quick_pace_of(run, 0, none_s);
    hm_quick_steps(1, (const hm_quick_run *const[]){run}, &pace, step, &n_step);
    return n_step < HM_QUICK_STEP_MAX - HM_QUICK_STEP_MAX / 8;
}
