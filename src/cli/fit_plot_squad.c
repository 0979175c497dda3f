/* fit_plot_squad.c - many athletes: sorted, with intervals; and force against velocity. */
#include "fit_plot_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED_MAX = 60, LIST_MIN = 20, LIST_MAX = 34, FEW_MAX = 6, ISO_N = 41, ISO_MAX = 8 };

/* ---- force against velocity ---- */

typedef struct pair {
    hm_estimate f, v; /* force or acceleration; velocity */
} pair;

static bool has_force(int32_t n, const hm_sprinter_run *const run[])
{
    for (int32_t i = 0; i < n; i++)
        if (!isnan(run[i]->f0_n_per_kg.value) && !isnan(run[i]->v0_mps.value))
            return true;
    return false;
}

static pair pair_of(const hm_sprinter_run *r, bool is_force)
{
    return is_force ? (pair){r->f0_n_per_kg, r->v0_mps} : (pair){r->mac_mps2, r->mss_mps};
}

/* Hyperbolas of equal power F V / 4 at round values inside the corner powers of the plot. */
static void add_iso_power(plot *p, plot_reach v, plot_reach f)
{
    double lo = 0.25 * fmax(v.lo, 0.01) * fmax(f.lo, 0.01), hi = 0.25 * v.hi * f.hi;
    static const double steps[] = {0.5, 1, 2, 5, 10, 20, 50, 100};
    double step = steps[7];
    for (int i = 7; i >= 0; i--)
        if ((hi - lo) / steps[i] <= ISO_MAX)
            step = steps[i];
    for (double w = (floor(lo / step) + 1) * step; w < hi && p->n_series < PLOT_SERIES_MAX - 4;
         w += step) {
        double *x = plot_numbers(p, ISO_N), *y = plot_numbers(p, ISO_N);
        if (!x || !y)
            return;
        int32_t n = 0;
        for (int32_t i = 0; i < ISO_N; i++) {
            double at = v.lo + (v.hi - v.lo) * i / (ISO_N - 1), of = 4 * w / at;
            if (of < f.lo || of > f.hi)
                continue;
            x[n] = at;
            y[n++] = of;
        }
        if (n < 3)
            continue;
        hm_chart_series *s = plot_add(p, HM_CHART_LINE, n, HM_INK_GREY);
        s->x = x;
        s->y = y;
        s->quiet = s->dashed = true;
        s->size_pt = 0.7;
        s->pale_frac = 0.35;
        s->label = plot_text(p, "%g W/kg", w);
        s->where = HM_LABEL_IN;
    }
}

static int32_t known_count(int32_t n, const hm_sprinter_run *const run[], bool is_force)
{
    int32_t known = 0;
    for (int32_t i = 0; i < n; i++) {
        pair q = pair_of(run[i], is_force);
        known += !isnan(q.f.value) && !isnan(q.v.value);
    }
    return known;
}

bool plot_force_velocity_map(plot *p, int32_t row, int32_t col, int32_t n,
                             const hm_sprinter_run *const run[], bool is_squad)
{
    bool is_force = has_force(n, run);
    if (known_count(n, run, is_force) == 0)
        return false;
    double *x = plot_numbers(p, n), *xl = plot_numbers(p, n), *xh = plot_numbers(p, n),
           *y = plot_numbers(p, n), *yl = plot_numbers(p, n), *yh = plot_numbers(p, n);
    const char **name = plot_names(p, n);
    hm_chart_panel *panel =
        plot_panel(p, row, col, is_force ? "Force and velocity" : "Acceleration and speed");
    if (p->out_of_memory)
        return false;
    for (int32_t i = 0; i < n; i++) {
        pair q = pair_of(run[i], is_force);
        x[i] = q.v.value;
        xl[i] = q.v.lo90;
        xh[i] = q.v.hi90;
        y[i] = q.f.value;
        yl[i] = q.f.lo90;
        yh[i] = q.f.hi90;
        bool is_end = i == 0 || i == n - 1;
        name[i] = is_squad ? plot_text(p, "%d", i + 1)
                  : is_end ? (*run[i]->date ? run[i]->date : run[i]->run)
                           : NULL;
    }
    plot_reach v = plot_reach_of(p, n, x, xl, xh), f = plot_reach_of(p, n, y, yl, yh);
    panel->x.title = is_force ? PLOT_V0 ", m/s" : "MSS, m/s";
    panel->y.title = is_force ? PLOT_F0 ", N/kg" : "MAC, m/s\xc2\xb2";
    if (v.lo < v.hi && f.lo < f.hi) {
        panel->x.lo = v.lo;
        panel->x.hi = v.hi;
        panel->y.lo = f.lo;
        panel->y.hi = f.hi;
        add_iso_power(p, v, f);
    }
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, n, HM_INK_BLUE);
    s->x = x;
    s->y = y;
    s->lo = yl;
    s->hi = yh;
    s->x_lo = xl;
    s->x_hi = xh;
    s->pale_frac = n > 8 ? 0.6 : 0; /* many crosses: the points stand out */
    s = plot_add(p, HM_CHART_POINTS, n, HM_INK_BLUE);
    s->x = x;
    s->y = y;
    s->name = name;
    return true;
}

/* ---- the list ---- */

typedef struct squad {
    int32_t n, n_all;             /* rows that are drawn; athletes */
    const hm_sprinter_run **last; /* (n) the last run of each athlete, fastest first */
    int32_t n_before;             /* earlier runs of the drawn athletes */
    const hm_sprinter_run **before;
    double *before_row; /* (n_before) */
    const char **name;  /* (n) */
} squad;

static int by_athlete(const void *a, const void *b)
{
    const hm_sprinter_run *x = *(const hm_sprinter_run *const *)a;
    const hm_sprinter_run *y = *(const hm_sprinter_run *const *)b;
    int c = strcmp(x->athlete, y->athlete);
    c = c ? c : strcmp(x->date, y->date);
    return c ? c : x < y ? -1 : x > y;
}

static double speed_of(const hm_sprinter_run *r)
{
    double v = isnan(r->top_speed_mps.value) ? r->mss_mps.value : r->top_speed_mps.value;
    return isnan(v) ? 0 : v;
}

static int by_speed(const void *a, const void *b)
{
    const hm_sprinter_run *x = *(const hm_sprinter_run *const *)a;
    const hm_sprinter_run *y = *(const hm_sprinter_run *const *)b;
    double vx = speed_of(x), vy = speed_of(y);
    return vx > vy ? -1 : vx < vy ? 1 : x < y ? -1 : x > y;
}

static bool squad_of(const hm_sprinter *s, plot *p, squad *out)
{
    int32_t n = s->n_run;
    const hm_sprinter_run **all = HM_PUSH(p->arena, const hm_sprinter_run *, n);
    *out = (squad){.last = HM_PUSH(p->arena, const hm_sprinter_run *, n),
                   .before = HM_PUSH(p->arena, const hm_sprinter_run *, n),
                   .before_row = plot_numbers(p, n),
                   .name = plot_names(p, n)};
    if (!all || !out->last || !out->before || p->out_of_memory)
        return false;
    for (int32_t i = 0; i < n; i++)
        all[i] = &s->run[i];
    qsort(all, (size_t)n, sizeof all[0], by_athlete);
    for (int32_t i = 0; i < n; i++)
        if (i == n - 1 || !*all[i]->athlete || strcmp(all[i]->athlete, all[i + 1]->athlete) != 0)
            out->last[out->n++] = all[i];
    out->n_all = out->n;
    qsort(out->last, (size_t)out->n, sizeof out->last[0], by_speed);
    out->n = out->n < NAMED_MAX ? out->n : NAMED_MAX;
    for (int32_t i = 0; i < out->n; i++) {
        const hm_sprinter_run *r = out->last[i];
        out->name[i] = plot_text(p, "%d  %s", i + 1, *r->athlete ? r->athlete : r->run);
        for (int32_t k = 0; *out->last[i]->athlete && k < n; k++)
            if (all[k] != out->last[i] && strcmp(all[k]->athlete, out->last[i]->athlete) == 0) {
                out->before[out->n_before] = all[k];
                out->before_row[out->n_before++] = i;
            }
    }
    return true;
}

static hm_estimate estimate_at(const hm_sprinter_run *r, size_t offset)
{
    hm_estimate e;
    memcpy(&e, (const unsigned char *)r + offset, sizeof e);
    return e;
}

static void add_before(plot *p, const squad *s, size_t offset)
{
    double *x = plot_numbers(p, s->n_before);
    if (!x || s->n_before == 0)
        return;
    for (int32_t i = 0; i < s->n_before; i++)
        x[i] = estimate_at(s->before[i], offset).value;
    hm_chart_series *b = plot_add(p, HM_CHART_POINTS, s->n_before, HM_INK_GREY);
    b->x = x;
    b->y = s->before_row;
    b->size_pt = 3;
    b->pale_frac = 0.4;
    b->mark = HM_MARK_RING;
}

/* A column of dots with intervals, the numbers beside them; false = nobody has this estimate. */
static bool dots(plot *p, const squad *s, size_t offset, int32_t col, const char *title,
                 const char *unit, int decimals, hm_chart_ink ink)
{
    double *x = plot_numbers(p, s->n), *lo = plot_numbers(p, s->n), *hi = plot_numbers(p, s->n),
           *y = plot_numbers(p, s->n);
    const char **text = plot_names(p, s->n);
    bool any = false;
    if (p->out_of_memory)
        return false;
    for (int32_t i = 0; i < s->n; i++) {
        hm_estimate e = estimate_at(s->last[i], offset);
        x[i] = e.value;
        lo[i] = e.lo90;
        hi[i] = e.hi90;
        y[i] = i;
        text[i] = isnan(e.value) ? NULL : plot_number(p, e.value, decimals, false);
        any |= !isnan(e.value);
    }
    if (!any)
        return false;
    hm_chart_panel *panel = plot_panel(p, 0, col, title);
    panel->x.title = unit;
    panel->y.scale = HM_SCALE_NAMES;
    panel->y.n_name = s->n;
    panel->y.name = s->name;
    panel->y.hide_text = col > 0;
    plot_reach r = plot_reach_of(p, s->n, x, lo, hi);
    panel->x.lo = r.lo;
    panel->x.hi = r.hi;
    add_before(p, s, offset);
    hm_chart_series *points = plot_add(p, HM_CHART_POINTS, s->n, ink);
    points->x = x;
    points->y = y;
    points->x_lo = lo;
    points->x_hi = hi;
    points->name = text;
    return true;
}

/* The curves of a few, each named at its end. */
static void curves(plot *p, const squad *s, int32_t n_col)
{
    static const hm_chart_ink ink[FEW_MAX] = {HM_INK_BLUE,   HM_INK_RED,  HM_INK_GREEN,
                                              HM_INK_PURPLE, HM_INK_DARK, HM_INK_GREY};
    plot_curve *c = HM_PUSH(p->arena, plot_curve, s->n);
    double seen_m = 0;
    bool any = false;
    p->out_of_memory |= !c;
    if (!c)
        return;
    for (int32_t i = 0; i < s->n; i++) {
        plot_curve_of(s->last[i], 100, &c[i]);
        seen_m = fmax(seen_m, c[i].seen_m);
        any |= c[i].n > 0;
    }
    if (!any)
        return;
    hm_chart_panel *panel = plot_panel(p, plot_row(p, 1.4), 0, "Speed");
    panel->n_col = n_col;
    panel->x.title = "Distance, m";
    panel->y.title = "Speed, m/s";
    panel->x.lo = panel->y.lo = 0;
    panel->x.hi = seen_m < 60 ? 1.25 * seen_m : 100;
    for (int32_t i = 0; i < s->n; i++)
        if (c[i].n > 0) {
            hm_chart_series *line = plot_add(p, HM_CHART_LINE, c[i].n, ink[i]);
            line->x = c[i].x_m;
            line->y = c[i].v_mps;
            line->label = s->name[i];
            line->where = HM_LABEL_END;
        }
}

hm_status fit_plot_squad(const hm_sprinter *sprinter, plot *p, hm_err *err)
{
    squad s;
    if (!squad_of(sprinter, p, &s))
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    bool is_force = has_force(s.n, s.last);
    bool is_one_day = true;
    for (int32_t i = 1; i < s.n; i++)
        is_one_day &= strcmp(s.last[i]->date, s.last[0]->date) == 0;
    bool has_day = is_one_day && *s.last[0]->date;
    p->fig.title = plot_text(p, "%d athletes%s%s", s.n_all, has_day ? PLOT_DOT : "",
                             has_day ? s.last[0]->date : "");
    const char *cut = s.n < s.n_all ? plot_text(p, "The fastest %d. ", s.n) : "";
    p->fig.subtitle = plot_text(p, "%sSorted by top speed; the last run of each athlete%s; %s", cut,
                                s.n_before > 0 ? ", earlier runs as rings" : "",
                                plot_model_words(p, s.n, s.last));
    p->fig.footer = plot_method_footer(p, s.last[0]);
    plot_row(p, 0);
    int32_t col = 0;
    col += dots(p, &s, offsetof(hm_sprinter_run, top_speed_mps), col, "Top speed", "m/s", 2,
                HM_INK_BLUE);
    col += is_force ? dots(p, &s, offsetof(hm_sprinter_run, f0_n_per_kg), col, PLOT_F0, "N/kg", 2,
                           HM_INK_GREEN)
                    : dots(p, &s, offsetof(hm_sprinter_run, mac_mps2), col, "MAC", "m/s\xc2\xb2", 2,
                           HM_INK_GREEN);
    col += dots(p, &s,
                is_force ? offsetof(hm_sprinter_run, fv_pmax_w_per_kg)
                         : offsetof(hm_sprinter_run, pmax_w_per_kg),
                col, "Pmax", "W/kg", 1, HM_INK_RED);
    if (col == 0)
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "runs",
                          "no run holds anything that could be drawn");
    p->fig.n_col = col;
    if (s.n <= FEW_MAX)
        curves(p, &s, col);
    if (s.n < LIST_MIN || s.n > LIST_MAX) /* a page of A4 would stretch or press the map */
        p->fig.h_pt = (double)NAN;
    if (plot_force_velocity_map(p, p->fig.n_row, 0, s.n, s.last, true)) {
        hm_chart_panel *map = &p->panel[p->fig.n_panel - 1];
        map->title = plot_text(p, "%s, numbered as above", map->title);
        map->n_col = col;
        plot_row(p, 2.2);
    }
    return HM_OK;
}
