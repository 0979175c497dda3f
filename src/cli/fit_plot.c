/* fit_plot.c - choosing the figure, and the tools that all of them use. */
#include "fit_plot_priv.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

fit_plot_opts fit_plot_opts_default(void)
{
    return (fit_plot_opts){.format = HM_CHART_SVG, .px_per_pt = 2};
}

hm_status fit_plot_format_of(const char *path, hm_chart_format *format, hm_err *err)
{
    const char *dot = strrchr(path, '.');
    for (int f = 0; dot && f < HM_CHART_FORMAT_COUNT; f++) {
        const char *a = dot + 1, *b = hm_chart_format_word[f];
        while (*a && tolower((unsigned char)*a) == *b) {
            a++;
            b++;
        }
        if (!*a && !*b) {
            *format = (hm_chart_format)f;
            return HM_OK;
        }
    }
    return hm_err_set(err, HM_ERR_USAGE, path, 0, 0, NULL,
                      "expected a picture that ends in .svg, .png or .pdf");
}

/* ---- a figure in the making ---- */

hm_status plot_begin(plot *p, hm_arena *arena, int32_t n_col, hm_err *err)
{
    *p = (plot){.arena = arena, .fig = hm_chart_figure_default()};
    p->fig.n_col = n_col;
    p->fig.n_row = 0;
    p->series = HM_PUSH(arena, hm_chart_series, PLOT_SERIES_MAX);
    return p->series ? HM_OK : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

int32_t plot_row(plot *p, double weight)
{
    HM_ASSERT(p->fig.n_row < PLOT_ROW_MAX);
    p->row_weight[p->fig.n_row] = weight;
    return p->fig.n_row++;
}

hm_chart_panel *plot_panel(plot *p, int32_t row, int32_t col, const char *title)
{
    HM_ASSERT(p->fig.n_panel < PLOT_PANEL_MAX);
    hm_chart_panel *panel = &p->panel[p->fig.n_panel++];
    *panel = hm_chart_panel_default();
    panel->row = row;
    panel->col = col;
    panel->title = title;
    panel->series = p->series + p->n_series;
    return panel;
}

hm_chart_series *plot_add(plot *p, hm_chart_kind kind, int32_t n, hm_chart_ink ink)
{
    HM_ASSERT(p->fig.n_panel > 0 && p->n_series < PLOT_SERIES_MAX);
    hm_chart_series *s = &p->series[p->n_series++];
    p->panel[p->fig.n_panel - 1].n_series++;
    *s = (hm_chart_series){.kind = kind, .n = n, .ink = ink};
    return s;
}

static void *kept(plot *p, void *memory)
{
    p->out_of_memory |= !memory;
    return memory;
}

double *plot_numbers(plot *p, int64_t n)
{
    return kept(p, HM_PUSH(p->arena, double, n > 0 ? n : 1));
}

const char **plot_names(plot *p, int64_t n)
{
    return kept(p, HM_PUSH(p->arena, const char *, n > 0 ? n : 1));
}

const char *plot_text(plot *p, const char *fmt, ...)
{
    char text[1024];
    va_list list;
    va_start(list, fmt);
    vsnprintf(text, sizeof text, fmt, list);
    va_end(list);
    const char *copy = kept(p, hm_arena_text(p->arena, text));
    return copy ? copy : "";
}

const double *plot_one(plot *p, double v)
{
    double *copy = plot_numbers(p, 1);
    if (copy)
        *copy = v;
    return copy;
}

const char *plot_number(plot *p, double v, int decimals, bool with_plus)
{
    char digits[64];
    snprintf(digits, sizeof digits, "%.*f", decimals, fabs(v));
    bool is_zero = strspn(digits, "0.") == strlen(digits);
    return plot_text(p, "%s%s", is_zero ? "" : v < 0 ? PLOT_MINUS : with_plus ? "+" : "", digits);
}

int plot_decimals(double value, double width)
{
    double of = width > 0 ? width : fabs(value) / 100;
    int decimals = 0;
    for (; decimals < 4 && of < 10; decimals++)
        of *= 10;
    return decimals;
}

hm_chart_series *plot_estimate_at(plot *p, double x, const hm_estimate *y, hm_chart_ink ink,
                                  const char *name)
{
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, 1, ink);
    const char **names = plot_names(p, 1);
    s->x = plot_one(p, x);
    s->y = plot_one(p, y->value);
    s->lo = plot_one(p, y->lo90);
    s->hi = plot_one(p, y->hi90);
    if (names)
        names[0] = name;
    s->name = names;
    return s;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The wider half of a middling interval; 0 = none has one. */
static double middle_half(plot *p, int32_t n, const double y[], const double lo[],
                          const double hi[])
{
    double *half = plot_numbers(p, n);
    int32_t m = 0;
    for (int32_t i = 0; half && i < n; i++)
        if (lo[i] <= y[i] && y[i] <= hi[i])
            half[m++] = fmax(hi[i] - y[i], y[i] - lo[i]);
    if (m == 0)
        return 0;
    qsort(half, (size_t)m, sizeof half[0], by_value);
    return half[m / 2];
}

plot_reach plot_reach_of(plot *p, int32_t n, const double y[], const double lo[], const double hi[])
{
    plot_reach v = {INFINITY, -INFINITY}, r;
    for (int32_t i = 0; i < n; i++)
        if (!isnan(y[i]))
            v = (plot_reach){fmin(v.lo, y[i]), fmax(v.hi, y[i])};
    if (v.lo > v.hi)
        return v;
    double far = fmax(0.5 * (v.hi - v.lo), 1.3 * middle_half(p, n, y, lo, hi));
    far = fmax(far, 0.01 * fabs(v.hi));
    r = v;
    for (int32_t i = 0; i < n; i++)
        if (!isnan(y[i]) && lo[i] <= hi[i]) {
            r.lo = fmin(r.lo, fmax(lo[i], v.lo - far));
            r.hi = fmax(r.hi, fmin(hi[i], v.hi + far));
        }
    double air = fmax(0.06 * (r.hi - r.lo), 0.005 * fabs(r.hi));
    return (plot_reach){r.lo - air, r.hi + air};
}

hm_status plot_finish(plot *p, const fit_plot_opts *opts, hm_arena *arena, char **bytes, size_t *n,
                      hm_err *err)
{
    if (p->out_of_memory)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    p->fig.panel = p->panel;
    p->fig.row_weight = p->row_weight;
    return hm_chart_draw(&p->fig, opts->format, opts->px_per_pt, arena, bytes, n, err);
}

/* ---- which figure ---- */

static fit_plot_kind kind_of(const hm_sprinter *s)
{
    if (s->n_run == 1)
        return FIT_PLOT_RUN;
    for (int32_t i = 1; i < s->n_run; i++)
        if (strcmp(s->run[i].athlete, s->run[0].athlete) != 0)
            return FIT_PLOT_SQUAD;
    return FIT_PLOT_SEASON;
}

static hm_status build(const hm_sprinter *s, const fit_plot_opts *o, plot *p, hm_err *err)
{
    fit_plot_kind kind = o->kind == FIT_PLOT_AUTO ? kind_of(s) : o->kind;
    if (kind == FIT_PLOT_SEASON)
        return fit_plot_season(s, p, err);
    if (kind == FIT_PLOT_SQUAD)
        return fit_plot_squad(s, p, err);
    HM_ASSERT(o->i_run >= 0 && o->i_run < s->n_run);
    const hm_sprinter_run *run = &s->run[o->i_run];
    return run->observe == HM_OBSERVE_ACCELERATION ? fit_plot_situ(run, p, err)
                                                   : fit_plot_run(run, p, err);
}

hm_status fit_plot(const hm_sprinter *sprinter, const fit_plot_opts *opts, hm_arena *arena,
                   char **bytes, size_t *n, hm_err *err)
{
    if (sprinter->n_run < 1)
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "runs",
                          "expected a run to draw, found none");
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    plot *p = HM_PUSH(&scratch, plot, 1);
    hm_status status = p ? plot_begin(p, &scratch, 2, err)
                         : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    if (status == HM_OK)
        status = build(sprinter, opts, p, err);
    if (status == HM_OK)
        status = plot_finish(p, opts, arena, bytes, n, err);
    hm_arena_free(&scratch);
    return status;
}
