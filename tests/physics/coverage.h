/* tests/physics/coverage.h - how often the 90 % intervals of simulated runs hold the truth.
 *
 * A case is a model, a set of marks and a noise. Each run draws its runner and its errors from
 * (case, run), so any run can be made again and no thread count matters. Truth is computed here
 * from the closed forms of sprint/velocity.h, not asked of the fit; `drive` has none, so its truth
 * is what the model says of the parameters that were drawn. */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "drive_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/par.h"
#include "base/rng.h"
#include "num/stat.h"
#include "sprint/air.h"

enum { COVER_AT_MAX = 600 };

/** Reaction of the runs from blocks, those of `drive`. */
static const double cover_reaction_s = 0.15;

typedef enum cover_value {
    COVER_MSS,
    COVER_MAC,
    COVER_TAU,
    COVER_TC,
    COVER_FD,
    COVER_DC,
    COVER_DECAY,
    COVER_TOP,
    COVER_100M,
    COVER_ROW_TIME, /* at 50 m, of the table */
    COVER_ROW_SPEED,
    COVER_N
} cover_value;

static const struct {
    const char *name;
    size_t offset;
} cover_of[COVER_N] = {
    {"MSS", offsetof(hm_sprinter_run, mss_mps)},
    {"MAC", offsetof(hm_sprinter_run, mac_mps2)},
    {"tau", offsetof(hm_sprinter_run, tau_s)},
    {"TC", offsetof(hm_sprinter_run, correction_tc_s)},
    {"FD", offsetof(hm_sprinter_run, correction_fd_m)},
    {"DC", offsetof(hm_sprinter_run, correction_dc_m)},
    {"b", offsetof(hm_sprinter_run, decay_mps2)},
    {"top speed", offsetof(hm_sprinter_run, top_speed_mps)},
    {"100 m", offsetof(hm_sprinter_run, predicted_100m_s)},
    {"time at 50 m", 0},
    {"speed at 50 m", 0},
};

static const double cover_row_m = 50;

/** Which marks. */
typedef enum cover_marks {
    COVER_GATES,    /* 5, 10, 15, 20, 30, 40 m */
    COVER_GATES_10, /* every 5 m to 50 m */
    COVER_RACE,     /* every 10 m to 100 m */
    COVER_RACE_60,  /* every 10 m to 60 m */
    COVER_RADAR,    /* speeds, 50 Hz, 5 s */
    COVER_LASER     /* distances, 20 Hz, 6 s */
} cover_marks;

typedef struct cover_case {
    const char *name;
    hm_fit_model model;
    hm_fit_correct correct;
    cover_marks marks;
    double sd;      /* of the errors, in the unit of the observed */
    double round_s; /* times are rounded to this; 0 = not */
    bool told;      /* the fit is told sd */
    double rho;     /* of an error with the one before it */
} cover_case;

static const cover_case cover_table[] = {
    {"mono none, 6 gates, 5 ms", HM_MODEL_MONO, HM_CORRECT_NONE, COVER_GATES, 0.005, 0, false, 0},
    {"mono none, 6 gates, 20 ms", HM_MODEL_MONO, HM_CORRECT_NONE, COVER_GATES, 0.020, 0, false, 0},
    {"mono tc, 6 gates, 5 ms", HM_MODEL_MONO, HM_CORRECT_TC, COVER_GATES, 0.005, 0, false, 0},
    {"mono tc, 6 gates, 20 ms", HM_MODEL_MONO, HM_CORRECT_TC, COVER_GATES, 0.020, 0, false, 0},
    {"mono fd, 6 gates, 5 ms", HM_MODEL_MONO, HM_CORRECT_FD, COVER_GATES, 0.005, 0, false, 0},
    {"mono fd, 6 gates, 20 ms", HM_MODEL_MONO, HM_CORRECT_FD, COVER_GATES, 0.020, 0, false, 0},
    {"mono tc+dc, 10 gates, 2 ms", HM_MODEL_MONO, HM_CORRECT_TC_DC, COVER_GATES_10, 0.002, 0, false,
     0},
    {"mono tc+dc, 10 gates, 5 ms", HM_MODEL_MONO, HM_CORRECT_TC_DC, COVER_GATES_10, 0.005, 0, false,
     0},
    {"mono tc, radar, 0.1 m/s", HM_MODEL_MONO, HM_CORRECT_TC, COVER_RADAR, 0.1, 0, false, 0},
    {"mono tc, radar, 0.4 m/s", HM_MODEL_MONO, HM_CORRECT_TC, COVER_RADAR, 0.4, 0, false, 0},
    {"mono tc, radar, 0.2 m/s, each error 0.8 of the last", HM_MODEL_MONO, HM_CORRECT_TC,
     COVER_RADAR, 0.2, 0, false, 0.8},
    {"mono tc, laser, 0.02 m", HM_MODEL_MONO, HM_CORRECT_TC, COVER_LASER, 0.02, 0, false, 0},
    {"mono tc, laser, 0.10 m", HM_MODEL_MONO, HM_CORRECT_TC, COVER_LASER, 0.10, 0, false, 0},
    {"decay tc, 10 m splits, rounding only", HM_MODEL_DECAY, HM_CORRECT_TC, COVER_RACE, 0, 0.01,
     false, 0},
    {"decay tc, 10 m splits, 8 ms and rounding", HM_MODEL_DECAY, HM_CORRECT_TC, COVER_RACE, 0.008,
     0.01, false, 0},
    {"drive, 10 m splits, 5 ms, told", HM_MODEL_DRIVE, HM_CORRECT_NONE, COVER_RACE, 0.005, 0, true,
     0},
    {"drive, 10 m splits, 5 ms", HM_MODEL_DRIVE, HM_CORRECT_NONE, COVER_RACE, 0.005, 0, false, 0},
    {"drive, 10 m splits, 8 ms and rounding", HM_MODEL_DRIVE, HM_CORRECT_NONE, COVER_RACE, 0.008,
     0.01, false, 0},
    {"drive, 10 m splits, 15 ms", HM_MODEL_DRIVE, HM_CORRECT_NONE, COVER_RACE, 0.015, 0, false, 0},
    {"drive, splits to 60 m, 5 ms, told", HM_MODEL_DRIVE, HM_CORRECT_NONE, COVER_RACE_60, 0.005, 0,
     true, 0},
    {"drive, splits to 60 m, 5 ms", HM_MODEL_DRIVE, HM_CORRECT_NONE, COVER_RACE_60, 0.005, 0, false,
     0},
    {"drive, splits to 60 m, 8 ms and rounding", HM_MODEL_DRIVE, HM_CORRECT_NONE, COVER_RACE_60,
     0.008, 0.01, false, 0},
    {"drive, splits to 60 m, 15 ms", HM_MODEL_DRIVE, HM_CORRECT_NONE, COVER_RACE_60, 0.015, 0,
     false, 0},
};

enum { COVER_TABLE_N = sizeof cover_table / sizeof *cover_table };

/** Of one run: -1 the truth lies below the interval, 0 inside, 1 above, 2 no such value, 3 no fit.
 */
typedef struct cover_hit {
    int8_t side[COVER_N];
    double width[COVER_N];
} cover_hit;

/* ---- draws ---- */

static inline double cover_unit(int i_case, int64_t i_run, uint32_t draw)
{
    return hm_rng_unit(20 + (uint64_t)i_case, HM_FOR_TEST, (uint64_t)i_run, 0, draw);
}

static inline double cover_between(int i_case, int64_t i_run, uint32_t draw, double lo, double hi)
{
    return lo + (hi - lo) * cover_unit(i_case, i_run, draw);
}

/* ---- truth and observations ---- */

static inline int32_t cover_at(cover_marks marks, double at[])
{
    static const double gate_m[6] = {5, 10, 15, 20, 30, 40};
    static const struct {
        int32_t n;
        double first, step;
    } even[] = {{6, 0, 0}, {10, 5, 5}, {10, 10, 10}, {6, 10, 10}, {250, 0, 0.02}, {120, 0, 0.05}};
    for (int32_t i = 0; i < even[marks].n; i++)
        at[i] = marks == COVER_GATES ? gate_m[i] : even[marks].first + even[marks].step * i;
    return even[marks].n;
}

typedef struct cover_truth {
    hm_decay d;
    hm_drive drive;
    double drag_per_m;
    double tc_s, fd_m, dc_m;
    double value[COVER_N];
} cover_truth;

/** In still air at sea level, on the clock of the trace. */
static inline double cover_drive_time_s(const cover_truth *t, double x_m)
{
    hm_drive_path path;
    hm_drive_point at;
    hm_drive_path_begin(&path, &t->drive, t->drag_per_m, 0, false);
    return hm_drive_path_to_x(&path, x_m, &at) ? at.s_s + cover_reaction_s : (double)NAN;
}

static inline double cover_time_s(const cover_case *c, const cover_truth *t, double x_m)
{
    if (c->model == HM_MODEL_DRIVE)
        return cover_drive_time_s(t, x_m);
    return hm_decay_time_s(&t->d, x_m - t->dc_m + t->fd_m) - hm_decay_time_s(&t->d, t->fd_m) +
           t->tc_s;
}

static inline void cover_draw_classic(const cover_case *c, int i_case, int64_t i_run,
                                      cover_truth *t)
{
    bool decay = c->model == HM_MODEL_DECAY;
    if (decay) /* grown sprinters in a 100 m race: 9.6 to 11.6 s */
        t->d = (hm_decay){cover_between(i_case, i_run, 1, 11, 13.3),
                          cover_between(i_case, i_run, 2, 1.35, 1.75),
                          cover_between(i_case, i_run, 3, 0.08, 0.20)};
    else {
        double mss_mps = cover_between(i_case, i_run, 1, 7, 11);
        t->d = (hm_decay){mss_mps, mss_mps / cover_between(i_case, i_run, 2, 6, 10), 0};
    }
    if (c->correct == HM_CORRECT_TC || c->correct == HM_CORRECT_TC_DC)
        t->tc_s = cover_between(i_case, i_run, 4, -0.3, 0.1);
    if (c->correct == HM_CORRECT_FD)
        t->fd_m = cover_between(i_case, i_run, 5, 0.05, 0.6);
    if (c->correct == HM_CORRECT_DC || c->correct == HM_CORRECT_TC_DC)
        t->dc_m = cover_between(i_case, i_run, 6, -0.6, -0.1);
    /* speeds and positions: tables count from the first movement */
    bool clocked = c->marks < COVER_RADAR;
    double end_s = hm_decay_time_s(&t->d, 100), top_s = fmin(hm_decay_top_s(&t->d), end_s);
    t->value[COVER_MSS] = t->d.v_mps;
    t->value[COVER_MAC] = t->d.v_mps / t->d.tau_s - t->d.decay_mps2;
    t->value[COVER_TAU] = t->d.tau_s;
    t->value[COVER_TC] = t->tc_s;
    t->value[COVER_FD] = t->fd_m;
    t->value[COVER_DC] = t->dc_m;
    t->value[COVER_DECAY] = t->d.decay_mps2;
    t->value[COVER_TOP] = hm_decay_v_mps(&t->d, top_s);
    t->value[COVER_100M] = clocked ? cover_time_s(c, t, 100) : end_s;
    double model_m = cover_row_m - t->dc_m + t->fd_m;
    double row_s = clocked ? hm_decay_time_s(&t->d, model_m) : hm_decay_time_s(&t->d, cover_row_m);
    t->value[COVER_ROW_TIME] = clocked ? cover_time_s(c, t, cover_row_m) : row_s;
    t->value[COVER_ROW_SPEED] = hm_decay_v_mps(&t->d, row_s);
}

/** Normal about the prior, not below 0: the part of the distribution that is left. */
static inline double cover_prior(int i_case, int64_t i_run, uint32_t draw, double mean, double sd)
{
    double below = 0.5 * erfc(mean / sd / sqrt(2.0));
    return mean + sd * hm_normal_of(below + (1 - below) * cover_unit(i_case, i_run, draw));
}

/** The level that the marks of a runner show before any fit. */
static inline double cover_glance(const cover_truth *t, cover_marks marks)
{
    double at[COVER_AT_MAX], time_s[COVER_AT_MAX];
    fit_points points = {.observe = HM_OBSERVE_TIME, .at = at, .observed = time_s};
    points.n = cover_at(marks, at);
    for (int32_t i = 0; i < points.n; i++)
        time_s[i] = cover_drive_time_s(t, at[i]) - cover_reaction_s;
    return drive_glance_of(&points, false).level_mps;
}

/** A runner from blocks of a level, the rest from the prior of that level; his V0 is what shows it.
 */
static inline void cover_draw_level(const cover_case *c, int i_case, int64_t i_run, double level,
                                    cover_truth *t)
{
    double lo = 0.7 * level, hi = 2 * level;
    drive_prior k = drive_prior_of(level, true);
    double p[DRIVE_SHAPE] = {[DRIVE_RISE] = cover_prior(i_case, i_run, 2, k.rise_mps3, k.rise_sd),
                             [DRIVE_FADE] = cover_prior(i_case, i_run, 3, k.fade_mps3, k.fade_sd),
                             [DRIVE_BURST] = cover_prior(i_case, i_run, 4, k.burst_m, k.burst_sd)};
    hm_air air = hm_air_reference();
    t->drag_per_m =
        hm_drag_per_m(HM_MODEL_DRIVE, HM_ALTITUDE_OBSERVED, &air, (double)NAN, (double)NAN);
    fit_model m = {.kind = HM_MODEL_DRIVE,
                   .air = air,
                   .drag_per_m = t->drag_per_m,
                   .drag_ref_per_m = t->drag_per_m};
    for (int i = 0; i < 40; i++) {
        p[DRIVE_V0] = 0.5 * (lo + hi);
        t->drive = drive_view_of(&m, p).drive;
        *(cover_glance(t, c->marks) < level ? &lo : &hi) = p[DRIVE_V0];
    }
    hm_sprinter_run run = hm_sprinter_run_default();
    drive_describe(&m, p, &run);
    for (int i = 0; i < COVER_100M; i++) {
        hm_estimate e;
        memcpy(&e, (const unsigned char *)&run + cover_of[i].offset, sizeof e);
        t->value[i] = e.value;
    }
    t->value[COVER_100M] = cover_drive_time_s(t, 100);
    hm_drive_path path;
    hm_drive_point at;
    hm_drive_path_begin(&path, &t->drive, t->drag_per_m, 0, false);
    bool there = hm_drive_path_to_x(&path, cover_row_m, &at);
    t->value[COVER_ROW_TIME] = cover_drive_time_s(t, cover_row_m);
    t->value[COVER_ROW_SPEED] = there ? at.v_mps : (double)NAN;
}

/** Runners of whom it is known only that their level is 9.5 to 12.5 m/s. */
static inline void cover_draw_drive(const cover_case *c, int i_case, int64_t i_run, cover_truth *t)
{
    cover_draw_level(c, i_case, i_run, cover_between(i_case, i_run, 1, 9.5, 12.5), t);
}

static inline cover_truth cover_draw(const cover_case *c, int i_case, int64_t i_run)
{
    cover_truth t = {.tc_s = 0};
    if (c->model == HM_MODEL_DRIVE)
        cover_draw_drive(c, i_case, i_run, &t);
    else
        cover_draw_classic(c, i_case, i_run, &t);
    return t;
}

static inline double cover_rounded(double t_s, double to_s)
{
    return to_s > 0 ? floor(t_s / to_s + 0.5) * to_s : t_s;
}

static inline hm_obs cover_obs(const cover_case *c, const cover_truth *t, double at, double error)
{
    const double none = (double)NAN;
    hm_obs o = {HM_OBS_GATE, 0, none, none, none, none, none, none};
    double s_s = at - t->tc_s; /* the formulas are followed to s < 0, as the fit does */
    double e = exp(-s_s / t->d.tau_s);
    switch (c->marks) {
    case COVER_RADAR:
        o.kind = HM_OBS_SPEED;
        o.time_s = at;
        o.speed_mps = t->d.v_mps * (1 - e) + error;
        break;
    case COVER_LASER:
        o.kind = HM_OBS_POSITION;
        o.time_s = at;
        o.distance_m = t->d.v_mps * (s_s - t->d.tau_s * (1 - e)) + error;
        break;
    default:
        o.distance_m = at;
        o.time_s = cover_rounded(cover_time_s(c, t, at) + error, c->round_s);
    }
    return o;
}

/* ---- one run ---- */

static inline hm_estimate cover_estimate(const hm_sprinter_run *run, int k)
{
    hm_estimate e = {(double)NAN, (double)NAN, (double)NAN};
    if (k < COVER_ROW_TIME)
        memcpy(&e, (const unsigned char *)run + cover_of[k].offset, sizeof e);
    for (int32_t i = 0; k >= COVER_ROW_TIME && i < run->n_row; i++)
        if (fabs(run->row[i].distance_m - cover_row_m) < 1e-9)
            e = k == COVER_ROW_TIME ? run->row[i].time_s : run->row[i].speed_mps;
    return e;
}

static inline cover_hit cover_judge(const hm_sprinter_run *run, const double truth[])
{
    cover_hit h;
    for (int k = 0; k < COVER_N; k++) {
        hm_estimate e = cover_estimate(run, k);
        h.side[k] = (int8_t)(isnan(e.value) ? 2 : truth[k] < e.lo90 ? -1 : truth[k] > e.hi90);
        h.width[k] = e.hi90 - e.lo90;
    }
    return h;
}

/** The run of a truth, watched with the errors of (case, run), fitted. false: no fit. */
static inline bool cover_fit(int i_case, int64_t i_run, const cover_truth *truth, hm_arena *arena,
                             hm_sprinter_run *run)
{
    const cover_case *c = &cover_table[i_case];
    double at[COVER_AT_MAX];
    hm_obs obs[COVER_AT_MAX];
    hm_trace trace = hm_trace_default();
    trace.obs = obs;
    if (c->model == HM_MODEL_DRIVE) {
        trace.time_zero = HM_ZERO_GUN;
        trace.reaction_s = cover_reaction_s;
    }
    trace.n_obs = cover_at(c->marks, at);
    double error = 0;
    for (int32_t i = 0; i < trace.n_obs; i++) {
        double z = hm_normal_of(cover_unit(i_case, i_run, 100 + (uint32_t)i));
        error = i == 0 ? z : c->rho * error + sqrt(1 - c->rho * c->rho) * z;
        obs[i] = cover_obs(c, truth, at[i], c->sd * error);
    }
    hm_fit_opts o = hm_fit_opts_default();
    o.model = (int32_t)c->model;
    o.correct = (int32_t)c->correct;
    if (c->told)
        o.sigma_s = c->sd;
    return hm_fit_run(&trace, &o, arena, run, NULL) == HM_OK && run->converged;
}

static inline cover_hit cover_run(int i_case, int64_t i_run, hm_arena *arena)
{
    cover_truth truth = cover_draw(&cover_table[i_case], i_case, i_run);
    hm_sprinter_run run;
    hm_arena_mark mark = hm_arena_mark_get(arena);
    cover_hit h;
    memset(&h, 3, sizeof h);
    if (cover_fit(i_case, i_run, &truth, arena, &run))
        h = cover_judge(&run, truth.value);
    hm_arena_release(arena, mark);
    return h;
}

/* ---- many ---- */

typedef struct cover_job {
    int i_case;
    hm_arena *arena; /* (workers) */
    cover_hit *hit;  /* (runs) */
} cover_job;

static inline void cover_item(void *ctx, int64_t i, int worker)
{
    cover_job *j = ctx;
    j->hit[i] = cover_run(j->i_case, i, &j->arena[worker]);
}

typedef struct cover_sum {
    int32_t n, n_in, n_below, n_above, n_failed;
    double mean_width; /* of the closed ones */
} cover_sum;

static inline cover_sum cover_add(int32_t n_run, const cover_hit hit[], cover_value k)
{
    cover_sum s = {.n = 0};
    int32_t n_closed = 0;
    for (int32_t i = 0; i < n_run; i++) {
        int side = hit[i].side[k];
        s.n_failed += side == 3;
        s.n += side < 2;
        s.n_in += side == 0;
        s.n_below += side == -1;
        s.n_above += side == 1;
        if (side >= 2 || isnan(hit[i].width[k]))
            continue;
        s.mean_width += hit[i].width[k];
        n_closed++;
    }
    s.mean_width /= n_closed;
    return s;
}

/** Run a case; false = no memory. hit (n_run) */
static inline bool cover_simulate(int i_case, int32_t n_run, int n_thread, cover_hit hit[])
{
    cover_job job = {i_case, calloc((size_t)n_thread, sizeof(hm_arena)), hit};
    if (!job.arena)
        return false;
    for (int i = 0; i < n_thread; i++)
        hm_arena_init(&job.arena[i], 0);
    hm_par_for(n_thread, n_run, cover_item, &job);
    for (int i = 0; i < n_thread; i++)
        hm_arena_free(&job.arena[i]);
    free(job.arena);
    return true;
}

#endif
