/* drive: propulsion against the real air of the run; values and derivatives by the series of
 * sprint/drive_path.h. docs/physics/drive.md */
#include "drive_priv.h"

#include <math.h>

static bool has_tc(hm_fit_correct c)
{
    return c == HM_CORRECT_TC || c == HM_CORRECT_TC_DC;
}

drive_view drive_view_of(const fit_model *m, const double p[])
{
    double v0 = p[DRIVE_V0], rise = p[DRIVE_RISE], f0 = sqrt(rise * v0);
    drive_view c = {
        .drive = {.f0_n_per_kg = f0,
                  .v0_mps = v0,
                  .fade_mps3 = p[DRIVE_FADE],
                  .burst_m = p[DRIVE_BURST]},
        .clock = {.reaction_s = m->reaction_s, .fd_m = m->fixed_fd_m, .dc_m = m->gate0_m},
        .at_tc = -1,
        .at_fd = -1,
        .at_dc = -1,
        .f0_by_v0 = 0.5 * f0 / v0,
        .f0_by_rise = 0.5 * f0 / rise};
    int32_t next = DRIVE_SHAPE;
    if (has_tc(m->correct))
        c.clock.tc_s = p[c.at_tc = next++];
    if (m->correct == HM_CORRECT_FD && !(m->fixed_fd_m > 0))
        c.clock.fd_m = p[c.at_fd = next++];
    if (m->correct == HM_CORRECT_DC || m->correct == HM_CORRECT_TC_DC)
        c.clock.dc_m += p[c.at_dc = next++];
    return c;
}

/* Derivatives by force, speed, fade and burst turned into those by the model's own parameters. */
static void own(const drive_view *c, const double by[], double out[DRIVE_SHAPE])
{
    out[DRIVE_V0] = by[HM_DRIVE_BY_V0] + by[HM_DRIVE_BY_F0] * c->f0_by_v0;
    out[DRIVE_RISE] = by[HM_DRIVE_BY_F0] * c->f0_by_rise;
    out[DRIVE_FADE] = by[HM_DRIVE_BY_FADE];
    out[DRIVE_BURST] = by[HM_DRIVE_BY_BURST];
}

/* Where the derivatives of one observation go: column j at row[j * n]. */
static void put(double dy[], int32_t n, int32_t i, int32_t j, double value)
{
    if (j >= 0)
        dy[(size_t)j * (size_t)n + (size_t)i] = value;
}

/* A walk over ascending places or times; first is where the clock begins: at FD, or at rest. */
typedef struct walk {
    hm_drive_path path;
    hm_drive_point first;
    double first_slope[DRIVE_SHAPE]; /* [1] ds/dp there */
} walk;

/* ds/dp at fixed x; zero at rest, where x = 0 for every runner. */
static void time_slopes(const drive_view *c, const hm_drive_point *at, double out[DRIVE_SHAPE])
{
    own(c, at->dx, out);
    for (int32_t j = 0; j < DRIVE_SHAPE; j++)
        out[j] = at->v_mps > 0 ? -out[j] / at->v_mps : 0;
}

static bool walk_begin(walk *w, const fit_model *m, const drive_view *c, bool partials)
{
    hm_drive_path_begin(&w->path, &c->drive, m->drag_per_m, m->air.wind_mps, partials);
    if (!hm_drive_path_to_x(&w->path, c->clock.fd_m, &w->first))
        return false;
    time_slopes(c, &w->first, w->first_slope);
    return true;
}

/* The point at a time of the clock. Before it begins he stands as he stood then. */
static bool walk_to_s(walk *w, const drive_view *c, double t_s, hm_drive_point *point)
{
    double s_s = t_s - c->clock.tc_s;
    if (s_s > 0)
        return hm_drive_path_to_s(&w->path, s_s + w->first.s_s, point);
    *point = (hm_drive_point){.s_s = w->first.s_s, .x_m = w->first.x_m};
    return true;
}

/* The same for speeds: before the clock begins the series goes on backwards for so long, s. A speed
 * that stood at 0 there would have a corner, and the best TC lies in it wherever an observation
 * is. */
static const double backwards_s = 0.3;

static bool walk_back_to_s(walk *w, const drive_view *c, double t_s, hm_drive_point *point)
{
    double s_s = t_s - c->clock.tc_s;
    if (s_s > 0)
        return hm_drive_path_to_s(&w->path, s_s + w->first.s_s, point);
    hm_drive_path_at(&w->path, fmax(s_s, -backwards_s) + w->first.s_s, point);
    if (s_s < -backwards_s)
        point->a_mps2 = 0;
    return true;
}

/* t = s(x - DC + FD) - s(FD) + TC; a place behind the start is passed when the clock begins */
static bool times(const fit_model *m, const drive_view *c, int32_t n, const double at_m[],
                  double y[], double dy[])
{
    walk w;
    if (!walk_begin(&w, m, c, dy != NULL))
        return false;
    for (int32_t i = 0; i < n; i++) {
        double x_m = at_m[i] - c->clock.dc_m + c->clock.fd_m, slope[DRIVE_SHAPE];
        hm_drive_point now = w.first;
        if (x_m > c->clock.fd_m && !hm_drive_path_to_x(&w.path, x_m, &now))
            return false;
        y[i] = now.s_s - w.first.s_s + c->clock.tc_s;
        if (!dy)
            continue;
        time_slopes(c, &now, slope);
        for (int32_t j = 0; j < DRIVE_SHAPE; j++)
            put(dy, n, i, j, slope[j] - w.first_slope[j]);
        double pace = now.v_mps > 0 ? 1 / now.v_mps : 0;
        put(dy, n, i, c->at_tc, 1);
        put(dy, n, i, c->at_fd, w.first.v_mps > 0 ? pace - 1 / w.first.v_mps : 0);
        put(dy, n, i, c->at_dc, -pace);
    }
    return true;
}

/* x = x(t - TC + s(FD)) - FD + DC */
static bool distances(const fit_model *m, const drive_view *c, int32_t n, const double at_s[],
                      double y[], double dy[])
{
    walk w;
    if (!walk_begin(&w, m, c, dy != NULL))
        return false;
    for (int32_t i = 0; i < n; i++) {
        hm_drive_point now;
        double slope[DRIVE_SHAPE];
        if (!walk_to_s(&w, c, at_s[i], &now))
            return false;
        y[i] = now.x_m - c->clock.fd_m + c->clock.dc_m;
        if (!dy)
            continue;
        own(c, now.dx, slope);
        for (int32_t j = 0; j < DRIVE_SHAPE; j++)
            put(dy, n, i, j, slope[j] + now.v_mps * w.first_slope[j]);
        put(dy, n, i, c->at_tc, -now.v_mps);
        put(dy, n, i, c->at_fd, w.first.v_mps > 0 ? now.v_mps / w.first.v_mps - 1 : 0);
        put(dy, n, i, c->at_dc, 1);
    }
    return true;
}

/* v = v(t - TC + s(FD)) */
static bool speeds(const fit_model *m, const drive_view *c, int32_t n, const double at_s[],
                   double y[], double dy[])
{
    walk w;
    if (!walk_begin(&w, m, c, dy != NULL))
        return false;
    for (int32_t i = 0; i < n; i++) {
        hm_drive_point now;
        double slope[DRIVE_SHAPE];
        if (!walk_back_to_s(&w, c, at_s[i], &now))
            return false;
        y[i] = now.v_mps;
        if (!dy)
            continue;
        own(c, now.dv, slope);
        for (int32_t j = 0; j < DRIVE_SHAPE; j++)
            put(dy, n, i, j, slope[j] + now.a_mps2 * w.first_slope[j]);
        put(dy, n, i, c->at_tc, -now.a_mps2);
        put(dy, n, i, c->at_fd, w.first.v_mps > 0 ? now.a_mps2 / w.first.v_mps : 0);
    }
    return true;
}

static bool observe(const fit_model *m, const double p[], hm_fit_observe what, int32_t n,
                    const double at[], double y[], double dy[])
{
    drive_view c = drive_view_of(m, p);
    switch (what) {
    case HM_OBSERVE_TIME:
        return times(m, &c, n, at, y, dy);
    case HM_OBSERVE_DISTANCE:
        return distances(m, &c, n, at, y, dy);
    default:
        return speeds(m, &c, n, at, y, dy);
    }
}

static void drive(const fit_model *m, const double p[], hm_drive *out, fit_clock *clock)
{
    drive_view c = drive_view_of(m, p);
    *out = c.drive;
    *clock = c.clock;
}

/* ---- the model ---- */

static void add(fit_model *m, fit_param param)
{
    m->param[m->n_param++] = param;
}

static void add_shape(fit_model *m, const drive_prior *k)
{
    const double none = (double)NAN;
    add(m, (fit_param){"v0_mps", FIT_SCALE_LOG, 0.5, 40, 1.07 * k->level_mps, none, none});
    add(m,
        (fit_param){"rise_mps3", FIT_SCALE_LOG, 0.1, 100, k->rise_mps3, k->rise_mps3, k->rise_sd});
    add(m, (fit_param){"fade_mps3", FIT_SCALE_PLAIN, 0, 5, k->fade_mps3, k->fade_mps3, k->fade_sd});
    add(m, (fit_param){"burst_m", FIT_SCALE_PLAIN, 0, 5, k->burst_m, k->burst_m, k->burst_sd});
}

/* Corrections know little beforehand: sds are own, wide against what they are in the field. */
static void add_correction(fit_model *m, double start_s)
{
    hm_fit_correct c = m->correct;
    if (has_tc(c))
        add(m, (fit_param){"tc_s", FIT_SCALE_PLAIN, -1e5, 1e5, start_s, start_s, 0.3});
    if (c == HM_CORRECT_FD && !(m->fixed_fd_m > 0))
        add(m, (fit_param){"fd_m", FIT_SCALE_ROOT, 1e-6, 10, 0.4, 0.3, 0.3});
    if (c == HM_CORRECT_DC || c == HM_CORRECT_TC_DC)
        add(m, (fit_param){"dc_m", FIT_SCALE_PLAIN, -100, 100, 0, 0, 0.5});
}

/* Sd of one observation that tells none: within a factor of e at odds of two to one. */
static void add_noise(fit_model *m, hm_fit_observe observe)
{
    /* s: published splits of one race differ by up to 0.02 s; m, m/s: laser, radar; own */
    static const double usual[] = {0.008, 0.08, 0.20};
    m->noise_sd = m->usual_sd = usual[observe];
    m->usual_spread = 1.5;
}

hm_status fit_drive_model(const hm_fit_opts *opts, const fit_points *points, fit_model *m,
                          hm_err *err)
{
    fit_model out = {.observe = observe, .drive = drive, .describe = drive_describe};
    HM_TRY(fit_model_begin(opts, points, &out, err));
    int32_t least = out.correct == HM_CORRECT_NONE ? 1 : 3; /* one: fit.c asks for a whole race */
    if (points->n < least)
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, NULL,
                          "expected at least %d observations, found %d", least, points->n);
    bool shifted = out.correct != HM_CORRECT_NONE || out.fixed_fd_m > 0;
    drive_glance g = drive_glance_of(points, shifted);
    drive_prior prior = drive_prior_of(g.level_mps, out.reaction_s > 0);
    add_shape(&out, &prior);
    add_correction(&out, g.start_s);
    add_noise(&out, points->observe);
    *m = out;
    return HM_OK;
}
