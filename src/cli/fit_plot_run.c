/* fit_plot_run.c - one run on one page: the curve and its misses, what drove it, what it says. */
#include "fit_plot_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "num/interp.h"

enum {
    TABLE_MAX = 20,
    FV_N = 41,
    TICK_N = 24,
    STEP_MAX = 128,
    CROWD = 60,
    HUGE_CROWD = 2000,
    STEP_OUT = 81
};

/* A run seen no farther than this is drawn a quarter beyond that, not to 100 m. own */
static const double short_m = 60;
static const double full_m = 100;

/* ---- speed ---- */

/* The curve along what the observations count by: distance for times, else time. */
static bool by_distance(const hm_sprinter_run *run)
{
    return run->observe == HM_OBSERVE_TIME;
}

static const double *curve_x(const hm_sprinter_run *run, const plot_curve *c)
{
    return by_distance(run) ? c->x_m : c->t_s;
}

/* The fitted line where there are observations, dashed beyond them. */
static void add_curve(plot *p, const hm_sprinter_run *run, const plot_curve *c)
{
    const double *x = curve_x(run, c);
    if (c->has_band) {
        hm_chart_series *band = plot_add(p, HM_CHART_BAND, c->n, HM_INK_BLUE);
        band->x = x;
        band->lo = c->lo_mps;
        band->hi = c->hi_mps;
        band->label = "90 % interval";
    }
    int32_t n_seen = 0;
    while (n_seen < c->n && (n_seen < 2 || c->x_m[n_seen - 1] < c->seen_m))
        n_seen++;
    hm_chart_series *line = plot_add(p, HM_CHART_LINE, n_seen, HM_INK_BLUE);
    line->x = x;
    line->y = c->v_mps;
    line->label = "fitted";
    if (n_seen >= c->n - 1)
        return;
    line = plot_add(p, HM_CHART_LINE, c->n - n_seen + 1, HM_INK_BLUE);
    line->x = x + n_seen - 1;
    line->y = c->v_mps + n_seen - 1;
    line->dashed = true;
    line->label = "beyond the observations";
}

/* Observations as speeds; a crowd of them smaller and paler, so that the curve shows. */
static void add_seen(plot *p, const hm_sprinter_run *run, const plot_curve *c)
{
    plot_seen seen;
    plot_seen_of(p, run, c, &seen);
    if (p->out_of_memory || seen.n == 0)
        return;
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, seen.n, HM_INK_DARK);
    s->x = seen.x;
    s->y = seen.v_mps;
    if (seen.is_mean && seen.n <= 40) {
        s->x_lo = seen.lo;
        s->x_hi = seen.hi;
        s->stretch = true;
    }
    s->size_pt = seen.n > CROWD ? 2.2 : 3.6;
    s->pale_frac = seen.n > HUGE_CROWD ? 0.75 : seen.n > CROWD ? 0.45 : 0;
    s->label = seen.is_mean ? "mean speed between observations" : "observed";
}

/* Observations that are flagged or left out, where they are speeds themselves. */
static void add_odd_speeds(plot *p, const hm_sprinter_run *run, bool used)
{
    double *x = plot_numbers(p, run->n_point), *y = plot_numbers(p, run->n_point);
    int32_t n = 0;
    if (run->observe != HM_OBSERVE_SPEED || !x || !y)
        return;
    for (int32_t i = 0; i < run->n_point; i++)
        if ((used && run->point[i].used && run->point[i].outlier) ||
            (!used && !run->point[i].used)) {
            x[n] = run->point[i].at;
            y[n++] = run->point[i].observed;
        }
    if (n == 0)
        return;
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, n, used ? HM_INK_RED : HM_INK_GREY);
    s->x = x;
    s->y = y;
    s->mark = used ? HM_MARK_DIAMOND : HM_MARK_RING;
    s->label = used ? "outlier" : "left out";
}

static void add_top(plot *p, const hm_sprinter_run *run, const plot_curve *c)
{
    const hm_estimate *v = &run->top_speed_mps;
    double at_m = run->top_speed_at_m.value;
    double x = by_distance(run) ? at_m : plot_curve_at(c->n, c->x_m, c->t_s, at_m);
    if (isnan(v->value) || isnan(at_m) || isnan(x) || at_m > c->x_m[c->n - 1] + 1e-9)
        return;
    hm_chart_series *s = plot_estimate_at(
        p, x, v, HM_INK_RED, plot_text(p, "top speed %.2f m/s at %.0f m", v->value, at_m));
    s->mark = HM_MARK_DIAMOND;
    s->size_pt = 5;
}

/* Seconds above a distance axis, or metres above a time axis. */
static void add_other_scale(plot *p, const hm_sprinter_run *run, const plot_curve *c,
                            hm_chart_axis *axis)
{
    double *at = plot_numbers(p, TICK_N);
    const char **name = plot_names(p, TICK_N);
    if (!at || !name)
        return;
    int32_t n = 0;
    double end_m = c->x_m[c->n - 1], step_m = end_m > 60 ? 10 : 5;
    for (int32_t i = by_distance(run) ? 1 : 0; i < TICK_N; i++) {
        double x = by_distance(run) ? plot_curve_at(c->n, c->t_s, c->x_m, i)
                                    : plot_curve_at(c->n, c->x_m, c->t_s, i * step_m);
        if (isnan(x))
            continue;
        at[n] = x;
        name[n++] = by_distance(run) ? plot_text(p, "%d s", i) : plot_text(p, "%.0f m", i * step_m);
    }
    axis->n_name = n;
    axis->name = name;
    axis->tick = at;
}

static void speed_panel(plot *p, const hm_sprinter_run *run, const plot_curve *c)
{
    hm_chart_panel *panel = plot_panel(p, plot_row(p, 2.5), 0, "Speed");
    panel->n_col = 2;
    panel->x.hide_text = true;
    panel->y.title = "Speed, m/s";
    panel->y.zero = true;
    panel->y.lo = 0;
    if (c->n > 0) {
        const double *x = curve_x(run, c);
        add_curve(p, run, c);
        add_other_scale(p, run, c, &panel->x2);
        panel->x.lo = fmin(x[0], 0);
        panel->x.hi = panel->x.lo + (x[c->n - 1] - panel->x.lo) * 1.015;
    }
    add_seen(p, run, c);
    add_odd_speeds(p, run, true);
    add_odd_speeds(p, run, false);
    if (c->n > 0)
        add_top(p, run, c);
}

/* ---- residuals ---- */

static const char *const unit_of[] = {"s", "m", "m/s", "m/s\xc2\xb2"};
static const int decimals_of[] = {3, 2, 2, 2};

/* Observed less fitted of one kind of points; returns how many. */
static int32_t misses(const hm_sprinter_run *run, bool outlier, bool used, double x[], double y[])
{
    int32_t n = 0;
    for (int32_t i = 0; i < run->n_point; i++) {
        const hm_fit_point *q = &run->point[i];
        if (q->used != used || (used && q->outlier != outlier))
            continue;
        x[n] = q->at;
        y[n++] = q->observed - q->fitted;
    }
    return n;
}

static void add_misses(plot *p, const hm_sprinter_run *run, bool outlier, bool used)
{
    double *x = plot_numbers(p, run->n_point), *y = plot_numbers(p, run->n_point);
    if (!x || !y)
        return;
    int32_t n = misses(run, outlier, used, x, y);
    bool is_crowd = run->n_point > CROWD;
    if (n == 0)
        return;
    hm_chart_ink ink = !used ? HM_INK_GREY : outlier ? HM_INK_RED : HM_INK_BLUE;
    if (!is_crowd || outlier) {
        hm_chart_series *stem = plot_add(p, HM_CHART_STEMS, n, ink);
        stem->x = x;
        stem->y = y;
    }
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, n, ink);
    s->x = x;
    s->y = y;
    s->mark = !used ? HM_MARK_RING : outlier ? HM_MARK_DIAMOND : HM_MARK_DISC;
    s->size_pt = is_crowd && used && !outlier ? 2.2 : 0;
    s->pale_frac = run->n_point > HUGE_CROWD && used && !outlier ? 0.5 : 0;
    if (!outlier || n > (is_crowd ? 6 : 12)) /* no room for their words */
        return;
    const char **name = plot_names(p, n);
    for (int32_t i = 0; name && i < n; i++)
        name[i] = plot_text(p, by_distance(run) ? "%.4g m: %s" : "%.2f s: %s", x[i],
                            plot_number(p, y[i], decimals_of[run->observe], true));
    s->name = name;
}

static void residual_panel(plot *p, const hm_sprinter_run *run, const hm_chart_axis *x_axis)
{
    hm_chart_panel *panel = plot_panel(p, plot_row(p, 1.4), 0, NULL);
    panel->n_col = 2;
    panel->x.lo = x_axis->lo;
    panel->x.hi = x_axis->hi;
    panel->x.title = by_distance(run) ? "Distance, m (time above)" : "Time, s (distance above)";
    panel->y.title = plot_text(p, "Residual, %s", unit_of[run->observe]);
    panel->y.zero = true;
    double *x = plot_numbers(p, 2), *lo = plot_numbers(p, 2), *hi = plot_numbers(p, 2);
    if (run->rmse > 0 && x && lo && hi) {
        x[0] = x_axis->lo;
        x[1] = x_axis->hi;
        lo[0] = lo[1] = -run->rmse;
        hi[0] = hi[1] = run->rmse;
        hm_chart_series *s = plot_add(p, HM_CHART_BAND, 2, HM_INK_GREY);
        s->x = x;
        s->lo = lo;
        s->hi = hi;
        s->label = plot_text(p, "observed " PLOT_MINUS " fitted; \xc2\xb1 RMSE %.*f %s",
                             decimals_of[run->observe] + 1, run->rmse, unit_of[run->observe]);
    }
    add_misses(p, run, false, true);
    add_misses(p, run, false, false);
    add_misses(p, run, true, true);
}

/* ---- force, velocity, power ---- */

/* The straight line of force (or of acceleration) against velocity, and what is known of it. */
typedef struct force_line {
    hm_estimate f0, v0, p, slope;
    bool is_force;
} force_line;

static force_line line_of(const hm_sprinter_run *run)
{
    if (!isnan(run->f0_n_per_kg.value) && !isnan(run->v0_mps.value))
        return (force_line){run->f0_n_per_kg, run->v0_mps, run->fv_pmax_w_per_kg,
                            run->slope_n_s_per_m_kg, true};
    const hm_estimate none = {(double)NAN, (double)NAN, (double)NAN};
    return (force_line){run->mac_mps2, run->mss_mps, run->pmax_w_per_kg, none, false};
}

static double half_rel(const hm_estimate *e)
{
    return e->value != 0 ? 0.5 * (e->hi90 - e->lo90) / fabs(e->value) : (double)NAN;
}

double plot_force_half(const hm_estimate *f0, const hm_estimate *v0, const hm_estimate *power,
                       double v)
{
    double a = half_rel(f0), b = half_rel(v0), c = half_rel(power);
    if (isnan(a + b + c))
        return (double)NAN;
    double cov = 0.5 * (c * c - a * a - b * b);
    cov = fmin(fmax(cov, -a * b), a * b);
    double da = f0->value * (1 - v / v0->value), db = f0->value * v / v0->value;
    return sqrt(fmax(da * da * a * a + db * db * b * b + 2 * da * db * cov, 0));
}

static double force_at(const force_line *l, double v)
{
    return l->f0.value * (1 - v / l->v0.value);
}

/* Force and power with a band as far as it stays above nothing, beyond V0 where V0 may be more. */
static void add_force_bands(plot *p, const force_line *l)
{
    double *v = plot_numbers(p, FV_N), *band[4]; /* force lo, hi; power lo, hi */
    for (int k = 0; k < 4; k++)
        band[k] = plot_numbers(p, FV_N);
    if (isnan(l->v0.hi90) || isnan(plot_force_half(&l->f0, &l->v0, &l->p, 0)) || p->out_of_memory)
        return;
    double to_mps = fmin(l->v0.hi90, 1.3 * l->v0.value);
    for (int32_t i = 0; i < FV_N; i++) {
        v[i] = to_mps * i / (FV_N - 1);
        double f = force_at(l, v[i]), half = plot_force_half(&l->f0, &l->v0, &l->p, v[i]);
        band[0][i] = fmax(f - half, 0);
        band[1][i] = fmax(f + half, 0);
        band[2][i] = band[0][i] * v[i];
        band[3][i] = band[1][i] * v[i];
    }
    for (int k = 0; k < 2; k++) {
        hm_chart_series *s = plot_add(p, HM_CHART_BAND, FV_N, k ? HM_INK_RED : HM_INK_BLUE);
        s->x = v;
        s->lo = band[2 * k];
        s->hi = band[2 * k + 1];
        s->second = k;
    }
}

static void add_force(plot *p, const force_line *l)
{
    double *v = plot_numbers(p, FV_N), *f = plot_numbers(p, FV_N), *w = plot_numbers(p, FV_N);
    if (p->out_of_memory)
        return;
    for (int32_t i = 0; i < FV_N; i++) {
        v[i] = l->v0.value * i / (FV_N - 1);
        f[i] = force_at(l, v[i]);
        w[i] = f[i] * v[i];
    }
    for (int k = 0; k < 2; k++) {
        hm_chart_series *s = plot_add(p, HM_CHART_LINE, FV_N, k ? HM_INK_RED : HM_INK_BLUE);
        s->x = v;
        s->y = k ? w : f;
        s->second = k;
    }
}

static void force_marks(plot *p, const force_line *l)
{
    plot_estimate_at(p, 0, &l->f0, HM_INK_BLUE,
                     plot_text(p, "%s %.2f", l->is_force ? PLOT_F0 : "MAC", l->f0.value));
    hm_chart_series *s =
        plot_estimate_at(p, l->v0.value, &(hm_estimate){0, (double)NAN, (double)NAN}, HM_INK_BLUE,
                         plot_text(p, "%s %.2f", l->is_force ? PLOT_V0 : "MSS", l->v0.value));
    s->x_lo = plot_one(p, l->v0.lo90);
    s->x_hi = plot_one(p, l->v0.hi90);
    s = plot_estimate_at(p, 0.5 * l->v0.value, &l->p, HM_INK_RED,
                         plot_text(p, "Pmax %.1f at %.1f m/s", l->p.value, 0.5 * l->v0.value));
    s->second = true;
    hm_chart_series *rule = plot_add(p, HM_CHART_RULE, 1, HM_INK_RED);
    rule->x = plot_one(p, 0.5 * l->v0.value);
    rule->dashed = true;
    rule->pale_frac = 0.4;
}

static bool force_panel(plot *p, const hm_sprinter_run *run, int32_t row, int32_t n_row)
{
    force_line l = line_of(run);
    if (!(l.f0.value > 0) || !(l.v0.value > 0))
        return false;
    if (isnan(l.p.value))
        l.p.value = 0.25 * l.f0.value * l.v0.value;
    hm_chart_panel *panel = plot_panel(
        p, row, 0, l.is_force ? "Force, velocity, power" : "Acceleration, velocity, power");
    panel->n_row = n_row;
    panel->x.title = "Velocity, m/s";
    panel->x.lo = 0;
    double v_hi = isnan(l.v0.hi90) ? l.v0.value : fmin(l.v0.hi90, 1.4 * l.v0.value);
    panel->x.hi = 1.3 * v_hi; /* room for the word at V0 */
    panel->y.title = l.is_force ? "Force, N/kg" : "Acceleration, m/s\xc2\xb2";
    panel->y2.title = "Power, W/kg";
    panel->y.ink = HM_INK_BLUE;
    panel->y2.ink = HM_INK_RED;
    panel->y.lo = panel->y2.lo = 0;
    panel->y.hi = 1.12 * (isnan(l.f0.hi90) ? l.f0.value : fmin(l.f0.hi90, 1.5 * l.f0.value));
    panel->y2.hi = 1.3 * (isnan(l.p.hi90) ? l.p.value : fmin(l.p.hi90, 1.5 * l.p.value));
    add_force_bands(p, &l);
    add_force(p, &l);
    force_marks(p, &l);
    return true;
}

/* ---- steps ---- */

/* A smooth line through the few distances of a report. */
static void smooth(int32_t n, const double x[], const double y[], int32_t n_out, const double at[],
                   double out[])
{
    double slope[STEP_MAX];
    hm_monotone_slopes(n, x, y, slope);
    for (int32_t i = 0; i < n_out; i++) {
        int32_t k = hm_piece_of(n, x, at[i]);
        double h = x[k + 1] - x[k];
        hm_hermite piece = {y[k], y[k + 1], slope[k], slope[k + 1], h};
        out[i] = hm_hermite_at(&piece, (at[i] - x[k]) / h);
    }
}

/* One estimate of the steps along the distance; offset finds it in hm_fit_step. */
static void add_step(plot *p, const hm_sprinter_run *run, size_t offset, double scale,
                     hm_chart_ink ink, const char *label, bool second)
{
    double x[STEP_MAX], y[3][STEP_MAX]; /* value, lo, hi */
    double *at = plot_numbers(p, STEP_OUT), *out[3];
    int32_t n = run->n_step < STEP_MAX ? run->n_step : STEP_MAX;
    bool has_band = true;
    for (int k = 0; k < 3; k++)
        out[k] = plot_numbers(p, STEP_OUT);
    if (p->out_of_memory)
        return;
    for (int32_t i = 0; i < n; i++) {
        hm_estimate e;
        memcpy(&e, (const unsigned char *)&run->step[i] + offset, sizeof e);
        x[i] = run->step[i].distance_m;
        y[0][i] = scale * e.value;
        y[1][i] = scale * e.lo90;
        y[2][i] = scale * e.hi90;
        has_band &= y[1][i] <= y[2][i];
    }
    for (int32_t i = 0; i < STEP_OUT; i++)
        at[i] = x[0] + (x[n - 1] - x[0]) * i / (STEP_OUT - 1);
    for (int k = 0; k < (has_band ? 3 : 1); k++)
        smooth(n, x, y[k], STEP_OUT, at, out[k]);
    if (has_band) {
        hm_chart_series *band = plot_add(p, HM_CHART_BAND, STEP_OUT, ink);
        band->x = at;
        band->lo = out[1];
        band->hi = out[2];
        band->second = second;
    }
    hm_chart_series *s = plot_add(p, HM_CHART_LINE, STEP_OUT, ink);
    s->x = at;
    s->y = out[0];
    s->second = second;
    s->label = label;
    s->where = HM_LABEL_ON;
}

static void step_panels(plot *p, const hm_sprinter_run *run, int32_t row)
{
    hm_chart_panel *a = plot_panel(p, row, 1, "Steps");
    a->x.hide_text = true;
    a->y.title = "Length, m";
    a->y2.title = "Rate, Hz";
    a->y.ink = HM_INK_GREEN;
    a->y2.ink = HM_INK_PURPLE;
    add_step(p, run, offsetof(hm_fit_step, length_m), 1, HM_INK_GREEN, "length", false);
    add_step(p, run, offsetof(hm_fit_step, rate_hz), 1, HM_INK_PURPLE, "rate", true);
    hm_chart_panel *b = plot_panel(p, row + 1, 1, NULL);
    b->x.title = "Distance, m";
    b->y.title = "Time, ms";
    add_step(p, run, offsetof(hm_fit_step, contact_s), 1000, HM_INK_BLUE, "contact", false);
    add_step(p, run, offsetof(hm_fit_step, flight_s), 1000, HM_INK_RED, "flight", false);
}

/* ---- what would change the time ---- */

static void change_panel(plot *p, const hm_sprinter_run *run, int32_t row)
{
    int32_t n = run->n_change;
    const char **who = plot_names(p, n), **text = plot_names(p, n);
    double *x = plot_numbers(p, n), *y = plot_numbers(p, n), *lo = plot_numbers(p, n),
           *hi = plot_numbers(p, n);
    if (p->out_of_memory)
        return;
    for (int32_t i = 0; i < n; i++) {
        const hm_estimate *g = &run->change[i].gain_s;
        who[i] = plot_typeset(p, run->change[i].name);
        x[i] = g->value;
        lo[i] = g->lo90;
        hi[i] = g->hi90;
        y[i] = i;
        text[i] = isnan(g->value) ? NULL : plot_number(p, g->value, 3, true);
    }
    hm_chart_panel *panel = plot_panel(p, row, 0, "What would change the 100 m");
    panel->x.title = "Gain, s (right is faster)";
    panel->y.scale = HM_SCALE_NAMES;
    panel->y.n_name = n;
    panel->y.name = who;
    hm_chart_series *s = plot_add(p, HM_CHART_BARS, n, HM_INK_GREEN);
    s->x = x;
    s->y = y;
    s->x_lo = lo;
    s->x_hi = hi;
    s->name = text;
}

/* ---- numbers ---- */

typedef struct table {
    plot *p;
    int32_t n; /* rows, the head included */
    const char **cell;
} table;

enum { TABLE_COL = 3 };

static void row(table *t, const char *name, const hm_estimate *e, double scale, int decimals)
{
    if (isnan(e->value) || t->n > TABLE_MAX)
        return;
    const char **c = t->cell + TABLE_COL * t->n++;
    c[0] = name;
    c[1] = plot_number(t->p, scale * e->value, decimals, false);
    c[2] = isnan(e->lo90) || isnan(e->hi90)
               ? ""
               : plot_text(t->p, "%s to %s", plot_number(t->p, scale * e->lo90, decimals, false),
                           plot_number(t->p, scale * e->hi90, decimals, false));
}

static void number_rows(table *t, const hm_sprinter_run *r)
{
    bool is_force = !isnan(r->f0_n_per_kg.value);
    row(t, "100 m in this air, s", &r->predicted_100m_s, 1, 3);
    row(t, "100 m in still air, s", &r->still_100m_s, 1, 3);
    row(t, "Top speed, m/s", &r->top_speed_mps, 1, 2);
    if (r->model != HM_MODEL_MONO) /* which comes ever nearer to its own */
        row(t, "Top speed at, m", &r->top_speed_at_m, 1, 0);
    row(t, "MSS, m/s", &r->mss_mps, 1, 2);
    row(t, "MAC, m/s\xc2\xb2", &r->mac_mps2, 1, 2);
    row(t, "\xcf\x84, s", &r->tau_s, 1, 3);
    row(t, PLOT_F0 ", N/kg", &r->f0_n_per_kg, 1, 2);
    row(t, PLOT_V0 ", m/s", &r->v0_mps, 1, 2);
    row(t, "Pmax, W/kg", is_force ? &r->fv_pmax_w_per_kg : &r->pmax_w_per_kg, 1, 1);
    row(t, "Slope, N\xc2\xb7s/m/kg", &r->slope_n_s_per_m_kg, 1, 3);
    row(t, "RFmax, %", &r->rf_max_frac, 100, 1);
    row(t, "DRF, % per m/s", &r->drf_per_mps, 100, 2);
    row(t, "Force pays up to, m", &r->equal_gain_at_m, 1, 0);
    row(t, "Speed lost, m/s\xc2\xb2", &r->decay_mps2, 1, 3);
    row(t, "Time correction, s", &r->correction_tc_s, 1, 3);
    row(t, "Flying distance, m", &r->correction_fd_m, 1, 3);
    row(t, "Distance correction, m", &r->correction_dc_m, 1, 3);
}

void plot_number_panel(plot *p, const hm_sprinter_run *run, int32_t at_row, int32_t col,
                       int32_t n_col)
{
    table t = {p, 1, plot_names(p, TABLE_COL * (TABLE_MAX + 1))};
    static const char *const head[TABLE_COL] = {"Estimate", "Value", "90 % interval"};
    if (!t.cell)
        return;
    memcpy(t.cell, head, sizeof head);
    number_rows(&t, run);
    hm_chart_panel *panel = plot_panel(p, at_row, col, "Numbers");
    panel->n_col = n_col;
    panel->table = (hm_chart_table){t.n, TABLE_COL, "lrr", t.cell};
}

/* ---- the page ---- */

/* The curve, and what the fit missed under it on the same axis. */
static void upper_half(plot *p, const hm_sprinter_run *run, const plot_curve *c)
{
    speed_panel(p, run, c);
    hm_chart_panel *speed = &p->panel[p->fig.n_panel - 1];
    if (c->n == 0) { /* no curve to give the axis its ends */
        double lo = INFINITY, hi = -INFINITY;
        for (int32_t i = 0; i < run->n_point; i++) {
            lo = fmin(lo, run->point[i].at);
            hi = fmax(hi, run->point[i].at);
        }
        speed->x.lo = fmin(lo, 0);
        speed->x.hi = 1.02 * hi;
    }
    if (c->n > 0)
        plot_position_panel(p, run, c, speed->x.lo, speed->x.hi);
    if (run->n_point > 0)
        residual_panel(p, run, &speed->x);
    else
        speed->x.hide_text = false;
}

/* Below the residuals, two columns: force and steps, changes and numbers. What is missing leaves
 * its place to the numbers. */
static void lower_half(plot *p, const hm_sprinter_run *run)
{
    bool has_steps = run->n_step > 1, has_changes = run->n_change > 0;
    int32_t first = plot_row(p, has_steps ? 1.1 : 2.2);
    int32_t n_row = 1;
    if (has_steps) {
        plot_row(p, 1.1);
        n_row = 2;
    }
    bool has_force = force_panel(p, run, first, n_row);
    if (has_steps)
        step_panels(p, run, first);
    if (!has_changes && !has_steps) {
        plot_number_panel(p, run, first, has_force ? 1 : 0, has_force ? 1 : 2);
        return;
    }
    if (!has_steps && has_force) {
        plot_number_panel(p, run, first, 1, 1);
        change_panel(p, run, plot_row(p, 0));
        p->panel[p->fig.n_panel - 1].n_col = 2;
        return;
    }
    int32_t last = plot_row(p, 0);
    if (has_changes)
        change_panel(p, run, last);
    plot_number_panel(p, run, last, has_changes ? 1 : 0, has_changes ? 1 : 2);
}

hm_status fit_plot_run(const hm_sprinter_run *run, plot *p, hm_err *err)
{
    plot_curve *c = HM_PUSH(p->arena, plot_curve, 1);
    if (!c)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    plot_curve_of(run, full_m, c);
    if (c->n > 0 && c->seen_m < short_m)
        plot_curve_of(run, 1.25 * c->seen_m, c);
    if (c->n == 0 && run->n_point == 0) /* hardly anything to show: no empty page */
        p->fig.h_pt = (double)NAN;
    p->fig.title = plot_run_name(p, run);
    p->fig.subtitle = plot_text(p, "%s; %s", plot_run_method(p, run), plot_run_conditions(p, run));
    p->fig.footer = plot_run_footer(p, run);
    if (c->n > 0 || run->n_point > 0)
        upper_half(p, run, c);
    lower_half(p, run);
    return HM_OK;
}
