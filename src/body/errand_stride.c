/* errand_stride.c - a warm-up stride as a small race: out of a stand, up to speed, and out. */
#include "errand_priv.h"

#include "num/dmath.h"

#define HURRY      1.8  /* what happens before the push goes by that much faster */
#define BEFORE_S   6.75 /* of the stride's clock: standing still, then up to the line */
#define FAST_S     2.96 /* real seconds of that */
#define EASE_S     1.0  /* then down to life's speed */
#define RISE_S     1.15 /* time constant of speeding up */
#define SAMPLE_S   0.02
#define BRAKE_MPS2 2.7
#define WALK_MPS   1.46
#define WALKED_S   1.6
#define HALT_S     1.0
#define AFTER_M    3.1 /* walked, and halted in */

enum { STEP_MOST = 64, SAMPLE_MOST = 1200, N_PACE = 7 };

/* Steps a second and time on the ground by speed, of a runner 1.80 m tall: what replayed races have
 * in their run-outs (race/run_out). */
static const double pace[N_PACE][3] = {{1.2, 1.70, 0.56}, {2.1, 2.50, 0.39},  {3.0, 2.80, 0.31},
                                       {4.8, 3.00, 0.21}, {5.8, 3.15, 0.175}, {7.0, 3.40, 0.148},
                                       {9.0, 3.85, 0.125}};

double errand_stride_clock(double since_s)
{
    if (since_s < FAST_S)
        return -BEFORE_S + HURRY * since_s;
    double s = since_s - FAST_S, at = -BEFORE_S + HURRY * FAST_S;
    if (s < EASE_S)
        return at + HURRY * s - 0.5 * (HURRY - 1) * s * s / EASE_S;
    return at + 0.5 * (HURRY + 1) * EASE_S + (s - EASE_S);
}

double errand_stride_since(double clock_s)
{
    double lo = 0, hi = BEFORE_S + 600;
    for (int i = 0; i < 60; i++) {
        double mid = 0.5 * (lo + hi);
        if (errand_stride_clock(mid) < clock_s)
            lo = mid;
        else
            hi = mid;
    }
    return 0.5 * (lo + hi);
}

static double pace_of(double v_mps, int what)
{
    int i = 0;
    while (i + 2 < N_PACE && v_mps > pace[i + 1][0])
        i++;
    double u = (v_mps - pace[i][0]) / (pace[i + 1][0] - pace[i][0]);
    u = u < 0 ? 0 : u > 1 ? 1 : u;
    return pace[i][what] + u * (pace[i + 1][what] - pace[i][what]);
}

/* Up to speed as long as there is room, down at BRAKE, some steps walked, halted: as in the run-out
 * of a race. */
static void make_curve(double top, double reach_m, hm_curve *c)
{
    double x = 0, v = 0, walked_s = 0, stop_s = -1;
    bool gone = false;
    c->n = 0;
    for (int i = 0; i < SAMPLE_MOST; i++) {
        double t = SAMPLE_S * i, next;
        c->x_m[c->n] = x, c->v_mps[c->n++] = v;
        gone |= v > WALK_MPS &&
                reach_m - x < (v * v - WALK_MPS * WALK_MPS) / (2 * BRAKE_MPS2) + AFTER_M;
        if (!gone) {
            next = t < 0.15 ? 0 : v + fmin(top * (1 - hm_exp(-(t - 0.15) / RISE_S)) - v, 0.13);
        } else if (v > WALK_MPS + 1e-9) {
            next = fmax(v - BRAKE_MPS2 * SAMPLE_S, WALK_MPS);
        } else if (walked_s < WALKED_S) {
            walked_s += SAMPLE_S, next = v;
        } else {
            stop_s = stop_s < 0 ? t : stop_s;
            next = WALK_MPS * (1 - (double)body_ramp(t + SAMPLE_S, stop_s, stop_s + HALT_S));
        }
        x += 0.5 * (v + next) * SAMPLE_S;
        v = next;
        if (stop_s > 0 && v <= 0)
            break;
    }
    c->x_m[c->n] = x, c->v_mps[c->n++] = 0;
}

/* Feet under the body: behind the torso's front at mid-stance, farther while he leans. */
static void make_steps(hm_lane *l)
{
    double t = l->start.front_off_s + 0.06, h = l->stature_m / 1.8;
    double end = SAMPLE_S * (l->curve.n - 1);
    int foot = 1 - (int)l->start.front_foot;
    l->n_step = 0;
    while (l->n_step < STEP_MOST) {
        double v = hm_curve_v_mps(&l->curve, t), tall = sqrt(h);
        bool first = l->n_step < 6; /* of a start: short and quick, however slow he is yet */
        double on = pace_of(v, 2), hz = pace_of(v, 1);
        on = first ? fmin(on, 0.235 - 0.012 * l->n_step) : on;
        hz = first ? fmax(hz, 3.0) : hz;
        double at = t + 0.5 * on;
        if (t > end - HALT_S - 0.12) { /* on this one he comes to a halt */
            l->step[l->n_step++] =
                (hm_step){(hm_foot)foot, t, end, hm_curve_x_m(&l->curve, t) + 0.12 * h,
                          (foot ? -0.055 : 0.055) * h};
            return;
        }
        double x = hm_curve_x_m(&l->curve, at);
        double lean = 0.30 * hm_exp(-x / 6.0);
        l->step[l->n_step++] = (hm_step){.foot = (hm_foot)foot,
                                         .on_s = t,
                                         .off_s = t + on,
                                         .x_m = x - (0.25 + lean) * h,
                                         .side_m = (foot ? -0.055 : 0.055) * h};
        t += fmax(tall / hz, v > 2.2 ? on + 0.02 : on * 1.02);
        foot = 1 - foot;
    }
}

hm_status errand_stride_plan(const plan *p, double top_mps, double reach_m, hm_arena *arena,
                             errand_stride *out, hm_err *err)
{
    errand_stride s = {.lane = *p->lane};
    hm_lane *l = &s.lane;
    double h = p->rig.s.stature_m / 1.8;
    l->status = HM_RUN_OK;
    l->place = 0, l->time_us = 0, l->n_split = 0;
    l->reaction_s = 0.15;
    l->start = (hm_start){.standing = true,
                          .front_foot = p->lane->start.front_foot,
                          .front_x_m = -0.22 * h,
                          .rear_x_m = -0.62 * h,
                          .rear_off_s = 0.34,
                          .front_off_s = 0.52};
    l->curve = (hm_curve){.dt_s = SAMPLE_S,
                          .x_m = HM_PUSH(arena, double, SAMPLE_MOST + 1),
                          .v_mps = HM_PUSH(arena, double, SAMPLE_MOST + 1)};
    l->step = HM_PUSH(arena, hm_step, STEP_MOST);
    if (!l->curve.x_m || !l->curve.v_mps || !l->step)
        return hm_err_set(err, HM_ERR_SYSTEM, "errand", 0, 0, NULL, "no memory for a stride");
    make_curve(top_mps, reach_m, &l->curve);
    make_steps(l);
    l->top_speed_mps = top_mps;
    l->top_speed_at_m = 0.5 * reach_m;
    l->end_s = SAMPLE_S * (l->curve.n - 1);
    *out = s;
    /* the plan keeps a pointer to the lane: made where it stays */
    return HM_OK;
}
