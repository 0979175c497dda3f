/* fit_plot_season.c - the runs of one athlete over time: estimates with trends, curves over one
 * another, force against velocity. */
#include "fit_plot_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "num/stat.h"

enum { CURVE_RUNS_MAX = 40 };

static const double year_day = 365.25;

typedef struct season {
    int32_t n;
    const hm_sprinter_run **run; /* (n) by date, then in the order of the file */
    double *day;                 /* (n) */
    const char **label;          /* (n) of the axis when there are no dates */
    bool has_dates;
    int32_t first, last; /* index of the first and last run, for labels */
} season;

static int by_date(const void *a, const void *b)
{
    const hm_sprinter_run *x = *(const hm_sprinter_run *const *)a;
    const hm_sprinter_run *y = *(const hm_sprinter_run *const *)b;
    int c = strcmp(x->date, y->date);
    return c ? c : x < y ? -1 : x > y; /* one array: its order is the file's */
}

static bool season_of(const hm_sprinter *s, plot *p, season *out)
{
    *out = (season){.n = s->n_run, .has_dates = true};
    out->run = HM_PUSH(p->arena, const hm_sprinter_run *, s->n_run);
    out->day = plot_numbers(p, s->n_run);
    out->label = plot_names(p, s->n_run);
    if (!out->run || p->out_of_memory)
        return false;
    for (int32_t i = 0; i < s->n_run; i++) {
        out->run[i] = &s->run[i];
        out->has_dates &= !isnan(plot_day_of(s->run[i].date));
    }
    if (out->has_dates)
        qsort(out->run, (size_t)s->n_run, sizeof out->run[0], by_date);
    for (int32_t i = 0; i < s->n_run; i++) {
        const hm_sprinter_run *r = out->run[i];
        out->day[i] = out->has_dates ? plot_day_of(r->date) : i;
        out->label[i] = *r->run ? r->run : *r->date ? r->date : plot_text(p, "%d", i + 1);
    }
    return true;
}

/* ---- trend ---- */

/* Least squares through (x, y): slope, and half of its 90 % interval (Student t, n - 2). */
typedef struct trend {
    double mean_x, mean_y, slope, half, sxx, s;
    int32_t n;
} trend;

static trend trend_of(int32_t n, const double x[], const double y[])
{
    trend t = {0};
    double sxy = 0, sse = 0;
    for (int32_t i = 0; i < n; i++)
        if (!isnan(y[i])) {
            t.mean_x += x[i];
            t.mean_y += y[i];
            t.n++;
        }
    if (t.n < 3)
        return t;
    t.mean_x /= t.n;
    t.mean_y /= t.n;
    for (int32_t i = 0; i < n; i++)
        if (!isnan(y[i])) {
            t.sxx += (x[i] - t.mean_x) * (x[i] - t.mean_x);
            sxy += (x[i] - t.mean_x) * (y[i] - t.mean_y);
        }
    if (!(t.sxx > 0))
        return (trend){0};
    t.slope = sxy / t.sxx;
    for (int32_t i = 0; i < n; i++)
        if (!isnan(y[i])) {
            double r = y[i] - t.mean_y - t.slope * (x[i] - t.mean_x);
            sse += r * r;
        }
    t.s = sqrt(sse / (t.n - 2));
    t.half = hm_student_t_of(0.95, t.n - 2) * t.s / sqrt(t.sxx);
    return t;
}

/* The trend with the band of its mean, told per year where there are dates. */
static void add_trend(plot *p, const season *s, const double y[], double scale, const char *unit)
{
    enum { N = 21 };
    trend t = trend_of(s->n, s->day, y);
    double *x = plot_numbers(p, N), *mid = plot_numbers(p, N), *lo = plot_numbers(p, N),
           *hi = plot_numbers(p, N);
    if (t.n < 3 || (t.slope == 0 && t.s == 0) || p->out_of_memory)
        return;
    for (int32_t i = 0; i < N; i++) {
        x[i] = s->day[0] + (s->day[s->n - 1] - s->day[0]) * i / (N - 1);
        double d = x[i] - t.mean_x;
        double half = hm_student_t_of(0.95, t.n - 2) * t.s * sqrt(1.0 / t.n + d * d / t.sxx);
        mid[i] = t.mean_y + t.slope * d;
        lo[i] = mid[i] - half;
        hi[i] = mid[i] + half;
    }
    hm_chart_series *band = plot_add(p, HM_CHART_BAND, N, HM_INK_GREY);
    band->x = x;
    band->lo = lo;
    band->hi = hi;
    hm_chart_series *line = plot_add(p, HM_CHART_LINE, N, HM_INK_GREY);
    line->x = x;
    line->y = mid;
    double per = (s->has_dates ? year_day : 1) * scale;
    int decimals = plot_decimals(t.slope * per, t.half * per);
    line->label =
        plot_text(p, "%s \xc2\xb1 %.*f %s a %s", plot_number(p, t.slope * per, decimals, true),
                  decimals, t.half * per, unit, s->has_dates ? "year" : "run");
}

/* ---- estimates over dates ---- */

static void date_axis(const season *s, hm_chart_axis *x)
{
    x->scale = s->has_dates ? HM_SCALE_DATE : HM_SCALE_NAMES;
    if (!s->has_dates) {
        x->n_name = s->n;
        x->name = s->label;
    }
}

/* One estimate of each run; offset finds it in hm_sprinter_run. false = no run has it. */
static bool estimates(plot *p, const season *s, size_t offset, double *y, double *lo, double *hi)
{
    bool any = false;
    if (p->out_of_memory)
        return false;
    for (int32_t i = 0; i < s->n; i++) {
        hm_estimate e;
        memcpy(&e, (const unsigned char *)s->run[i] + offset, sizeof e);
        y[i] = e.value;
        lo[i] = e.lo90;
        hi[i] = e.hi90;
        any |= !isnan(e.value);
    }
    return any;
}

static bool over_time(plot *p, const season *s, size_t offset, int32_t row, int32_t col,
                      const char *title, const char *unit, hm_chart_ink ink)
{
    double *y = plot_numbers(p, s->n), *lo = plot_numbers(p, s->n), *hi = plot_numbers(p, s->n);
    if (!estimates(p, s, offset, y, lo, hi))
        return false;
    hm_chart_panel *panel = plot_panel(p, row, col, title);
    panel->y.title = plot_text(p, "%s", unit);
    date_axis(s, &panel->x);
    plot_reach r = plot_reach_of(p, s->n, y, lo, hi);
    panel->y.lo = r.lo;
    panel->y.hi = r.hi;
    add_trend(p, s, y, 1, unit);
    hm_chart_series *points = plot_add(p, HM_CHART_POINTS, s->n, ink);
    points->x = s->day;
    points->y = y;
    points->lo = lo;
    points->hi = hi;
    return true;
}

/* ---- curves ---- */

/* Early runs pale, late ones dark: the order of time without a colour for each. */
static double paleness(int32_t i, int32_t n)
{
    return n > 1 ? 0.7 * (n - 1 - i) / (n - 1) : 0;
}

static bool curve_panel(plot *p, const season *s, int32_t row, int32_t col)
{
    double to_m = 0;
    plot_curve *c = HM_PUSH(p->arena, plot_curve, s->n);
    p->out_of_memory |= !c;
    if (!c)
        return false;
    bool any = false;
    for (int32_t i = 0; i < s->n; i++) {
        plot_curve_of(s->run[i], 100, &c[i]);
        to_m = fmax(to_m, c[i].seen_m);
        any |= c[i].n > 0;
    }
    if (!any)
        return false;
    to_m = to_m < 60 ? 1.25 * to_m : 100;
    hm_chart_panel *panel = plot_panel(p, row, col, "Speed");
    panel->x.title = "Distance, m";
    panel->y.title = "Speed, m/s";
    panel->y.lo = panel->x.lo = 0;
    panel->x.hi = to_m;
    int32_t step = s->n > CURVE_RUNS_MAX ? (s->n + CURVE_RUNS_MAX - 1) / CURVE_RUNS_MAX : 1;
    for (int32_t i = (s->n - 1) % step; i < s->n; i += step) {
        if (c[i].n == 0)
            continue;
        hm_chart_series *line = plot_add(p, HM_CHART_LINE, c[i].n, HM_INK_BLUE);
        line->x = c[i].x_m;
        line->y = c[i].v_mps;
        line->pale_frac = paleness(i, s->n);
        line->size_pt = i == s->n - 1 ? 1.8 : 1;
        bool is_end = i == (s->n - 1) % step || i == s->n - 1;
        if (is_end)
            line->label = s->has_dates ? s->run[i]->date : s->label[i];
    }
    return true;
}

/* Force and velocity where they are known, else what the exponential has in their place. */
static void small_panels(plot *p, const season *s)
{
    static const struct {
        size_t offset, instead;
        const char *title, *unit, *instead_title, *instead_unit;
        hm_chart_ink ink;
    } cell[] = {
        {offsetof(hm_sprinter_run, top_speed_mps), offsetof(hm_sprinter_run, mss_mps), "Top speed",
         "m/s", "MSS", "m/s", HM_INK_BLUE},
        {offsetof(hm_sprinter_run, f0_n_per_kg), offsetof(hm_sprinter_run, mac_mps2), PLOT_F0,
         "N/kg", "MAC", "m/s\xc2\xb2", HM_INK_GREEN},
        {offsetof(hm_sprinter_run, v0_mps), offsetof(hm_sprinter_run, tau_s), PLOT_V0, "m/s",
         "\xcf\x84", "s", HM_INK_PURPLE},
        {offsetof(hm_sprinter_run, fv_pmax_w_per_kg), offsetof(hm_sprinter_run, pmax_w_per_kg),
         "Pmax", "W/kg", "Pmax", "W/kg", HM_INK_RED},
    };
    int32_t col = 0, row = 0;
    for (size_t i = 0; i < sizeof cell / sizeof cell[0]; i++) {
        int32_t at = col == 0 ? p->fig.n_row : row;
        if (!over_time(p, s, cell[i].offset, at, col, cell[i].title, cell[i].unit, cell[i].ink) &&
            !over_time(p, s, cell[i].instead, at, col, cell[i].instead_title, cell[i].instead_unit,
                       cell[i].ink))
            continue;
        if (col == 0)
            row = plot_row(p, 1);
        col = 1 - col;
    }
    if (col == 1)
        p->panel[p->fig.n_panel - 1].n_col = 2;
}

hm_status fit_plot_season(const hm_sprinter *sprinter, plot *p, hm_err *err)
{
    season s;
    if (!season_of(sprinter, p, &s))
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    const hm_sprinter_run *first = s.run[0], *last = s.run[s.n - 1];
    p->fig.title = *first->athlete ? first->athlete : "One runner";
    const char *model = plot_model_words(p, s.n, s.run);
    p->fig.subtitle =
        s.has_dates ? plot_text(p, "%d runs from %s to %s; %s", s.n, first->date, last->date, model)
                    : plot_text(p, "%d runs in the order of the file; %s", s.n, model);
    p->fig.footer = plot_text(
        p,
        "%s Trend: straight line by least squares, each run with the same weight, band and slope "
        "with 90 %% intervals (Student t). An arrow: the interval goes on.",
        plot_method_footer(p, last));
    int32_t row = p->fig.n_row;
    if (over_time(p, &s, offsetof(hm_sprinter_run, still_100m_s), row, 0,
                  "Predicted 100 m, still air at sea level", "s", HM_INK_DARK) ||
        over_time(p, &s, offsetof(hm_sprinter_run, predicted_100m_s), row, 0, "Predicted 100 m",
                  "s", HM_INK_DARK)) {
        p->panel[p->fig.n_panel - 1].n_col = 2;
        plot_row(p, 1.2);
    }
    small_panels(p, &s);
    row = p->fig.n_row;
    bool has_curves = curve_panel(p, &s, row, 0);
    bool has_map = plot_force_velocity_map(p, row, has_curves, s.n, s.run, false);
    if (has_curves || has_map)
        plot_row(p, 1.6);
    if (has_curves != has_map)
        p->panel[p->fig.n_panel - 1].n_col = 2;
    if (p->fig.n_row <= 2) /* a page of A4 would stretch them */
        p->fig.h_pt = (double)NAN;
    return p->fig.n_panel > 0 ? HM_OK
                              : hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "runs",
                                           "no run holds anything that could be drawn");
}
