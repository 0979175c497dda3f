/* odds_plot_times.c - distributions: each runner's times, the winner's, the margin; and the chance
 * of winning with its two uncertainties. */
#include "odds_plot_priv.h"

#include <math.h>

#include "num/dmath.h"

static const double base_row = 0.32, peak_row = 0.86; /* a ridge on its line of the page */

/* ---- counts ---- */

static double count_sum(const hm_odds_count *c)
{
    double sum = 0;
    for (int32_t k = 0; k < HM_ODDS_CS_MAX; k++)
        sum += c->n[k];
    return sum;
}

double odds_plot_quantile_s(const hm_odds_count *c, double share)
{
    double goal = share * count_sum(c), sum = 0;
    int32_t k = 0;
    while (k < HM_ODDS_CS_MAX - 1 && sum + c->n[k] < goal)
        sum += c->n[k++];
    double part = c->n[k] > 0 ? (goal - sum) / c->n[k] : 0;
    return (c->from_cs - 1 + k + part) / 100;
}

void odds_plot_density(const hm_odds_count *c, double sd_s, double x_s[], double per_s[])
{
    double n = count_sum(c), sum = 0;
    /* Silverman 1986, (3.28): 1.06 sd n^(-1/5); a hundredth is what the counts can tell apart */
    double h = fmax(1.06 * 100 * sd_s * hm_exp(-0.2 * hm_log(fmax(n, 1))), 0.7);
    int32_t reach = (int32_t)(4 * h) + 1;
    for (int32_t k = 0; k < HM_ODDS_CS_MAX; k++) {
        x_s[k] = (c->from_cs + k - 0.5) / 100; /* rounded up: the middle of what it stands for */
        per_s[k] = 0;
    }
    for (int32_t i = 0; i < HM_ODDS_CS_MAX; i++)
        for (int32_t k = i - reach; c->n[i] > 0 && k <= i + reach; k++)
            if (k >= 0 && k < HM_ODDS_CS_MAX)
                per_s[k] += c->n[i] * hm_exp(-0.5 * (k - i) * (k - i) / (h * h));
    for (int32_t k = 0; k < HM_ODDS_CS_MAX; k++)
        sum += per_s[k];
    for (int32_t k = 0; sum > 0 && k < HM_ODDS_CS_MAX; k++)
        per_s[k] *= 100 / sum;
}

/* ---- times ---- */

/* All runners but those who fall behind the field by far: they would press all others flat. */
static plot_reach field_reach(const odds_page *o)
{
    plot_reach r = {INFINITY, -INFINITY};
    for (int32_t i = 0; i < o->n; i++) {
        double lo = odds_plot_quantile_s(&o->lane[i]->times, 0.002);
        double hi = odds_plot_quantile_s(&o->lane[i]->times, 0.998);
        if (2 * i >= o->n && o->lane[i]->time_s_median - r.hi > r.hi - r.lo)
            break;
        r.lo = fmin(r.lo, lo);
        r.hi = fmax(r.hi, hi);
    }
    double air = 0.03 * (r.hi - r.lo);
    return (plot_reach){r.lo - air, r.hi + air};
}

typedef struct ridge {
    double x[HM_ODDS_CS_MAX], all[HM_ODDS_CS_MAX], luck_x[HM_ODDS_CS_MAX], luck[HM_ODDS_CS_MAX];
} ridge;

/* The part of a density that can be seen, turned into rows of the page. */
static int32_t seen(plot *p, const double x[], const double per_s[], double scale, int32_t row,
                    double **xo, double **yo)
{
    *xo = plot_numbers(p, HM_ODDS_CS_MAX);
    *yo = plot_numbers(p, HM_ODDS_CS_MAX);
    int32_t n = 0;
    for (int32_t k = 0; !p->out_of_memory && k < HM_ODDS_CS_MAX; k++) {
        double high = scale * per_s[k];
        if (high < 0.004)
            continue;
        (*xo)[n] = x[k];
        (*yo)[n++] = row + base_row - high;
    }
    return n;
}

static void draw_ridge(plot *p, const ridge *r, double scale, int32_t i)
{
    double *x, *y, *base = plot_numbers(p, HM_ODDS_CS_MAX);
    int32_t n = seen(p, r->x, r->all, scale, i, &x, &y);
    for (int32_t k = 0; base && k < n; k++)
        base[k] = i + base_row;
    hm_chart_series *s = plot_add(p, HM_CHART_BAND, n, HM_INK_BLUE);
    s->x = x;
    s->lo = base;
    s->hi = y;
    s->label = i == 0 ? "all" : NULL;
    n = seen(p, r->luck_x, r->luck, scale, i, &x, &y);
    s = plot_add(p, HM_CHART_LINE, n, HM_INK_RED);
    s->x = x;
    s->y = y;
    s->size_pt = 1;
    s->label = i == 0 ? "luck alone" : NULL;
}

/* 5, 50 and 95 % on the foot of each ridge; the median in words beside the plot. */
static void draw_quantiles(plot *p, const odds_page *o)
{
    double *x = plot_numbers(p, o->n), *lo = plot_numbers(p, o->n), *hi = plot_numbers(p, o->n),
           *y = plot_numbers(p, o->n), *mid = plot_numbers(p, o->n), *none = plot_numbers(p, o->n);
    const char **text = plot_names(p, o->n);
    if (p->out_of_memory)
        return;
    for (int32_t i = 0; i < o->n; i++) {
        const hm_odds_lane *l = o->lane[i];
        x[i] = l->time_s_median;
        lo[i] = l->time_s_lo90;
        hi[i] = l->time_s_hi90;
        y[i] = i + base_row;
        mid[i] = i;
        none[i] = (double)NAN;
        text[i] = plot_text(p, "%.2f", x[i]);
    }
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, o->n, HM_INK_DARK);
    s->x = x;
    s->y = y;
    s->x_lo = lo;
    s->x_hi = hi;
    s->label = "5, 50, 95 %";
    s = plot_add(p, HM_CHART_POINTS, o->n, HM_INK_DARK);
    s->x = none;
    s->y = mid;
    s->name = text;
}

void odds_plot_times(plot *p, const odds_page *o, int32_t row, int32_t col)
{
    hm_chart_panel *panel = plot_panel(p, row, col, "Times");
    plot_reach reach = field_reach(o);
    panel->x.title = "Time, s";
    panel->x.lo = reach.lo;
    panel->x.hi = reach.hi;
    panel->y.scale = HM_SCALE_NAMES;
    panel->y.n_name = o->n;
    panel->y.name = o->name;
    ridge *r = HM_PUSH(p->arena, ridge, o->n);
    p->out_of_memory |= !r;
    if (!r)
        return;
    double most = 0;
    for (int32_t i = 0; i < o->n; i++) {
        const hm_odds_lane *l = o->lane[i];
        odds_plot_density(&l->times, l->time_s_sd, r[i].x, r[i].all);
        odds_plot_density(&l->times_best_fit, l->time_s_luck_sd, r[i].luck_x, r[i].luck);
        for (int32_t k = 0; k < HM_ODDS_CS_MAX; k++)
            most = fmax(most, fmax(r[i].all[k], r[i].luck[k]));
    }
    for (int32_t i = 0; i < o->n; i++)
        draw_ridge(p, &r[i], most > 0 ? peak_row / most : 0, i);
    draw_quantiles(p, o);
}

/* ---- winning ---- */

void odds_plot_wins(plot *p, const odds_page *o, int32_t row, int32_t col)
{
    hm_chart_panel *panel = plot_panel(p, row, col, "Chance of winning, %");
    double *x = plot_numbers(p, o->n), *lo = plot_numbers(p, o->n), *hi = plot_numbers(p, o->n),
           *y = plot_numbers(p, o->n), *best = plot_numbers(p, o->n);
    const char **text = plot_names(p, o->n);
    if (p->out_of_memory)
        return;
    for (int32_t i = 0; i < o->n; i++) {
        const hm_odds_lane *l = o->lane[i];
        x[i] = 100 * l->p_win;
        lo[i] = 100 * fmax(l->p_win - l->p_win_fit_sd, 0);
        hi[i] = 100 * fmin(l->p_win + l->p_win_fit_sd, 1);
        best[i] = 100 * l->p_win_best_fit;
        y[i] = i;
        text[i] = odds_plot_percent(p, l->p_win);
    }
    panel->x.lo = 0;
    panel->y.scale = HM_SCALE_NAMES;
    panel->y.n_name = o->n;
    panel->y.name = o->name;
    panel->y.hide_text = true;
    hm_chart_series *s = plot_add(p, HM_CHART_BARS, o->n, HM_INK_BLUE);
    s->x = x;
    s->y = y;
    s->name = text;
    s = plot_add(p, HM_CHART_POINTS, o->n, HM_INK_DARK);
    s->x = x;
    s->y = y;
    s->x_lo = lo;
    s->x_hi = hi;
    s->size_pt = 0.1;
    s->label = PLOT_PLUS_MINUS "1 sd by the fits";
    s = plot_add(p, HM_CHART_POINTS, o->n, HM_INK_RED);
    s->x = best;
    s->y = y;
    s->mark = HM_MARK_RING;
    s->label = "luck alone";
}

/* ---- the winner's time ---- */

/* Chance of at most each hundredth; from the first that comes to the last. */
static int32_t rise(plot *p, const hm_odds_count *c, double n_run, int32_t from, int32_t to,
                    double **x, double **y)
{
    *x = plot_numbers(p, HM_ODDS_CS_MAX);
    *y = plot_numbers(p, HM_ODDS_CS_MAX);
    double sum = 0;
    int32_t n = 0;
    for (int32_t k = 0; !p->out_of_memory && k <= to; k++) {
        sum += c->n[k];
        if (k < from)
            continue;
        (*x)[n] = (c->from_cs + k) / 100.0;
        (*y)[n++] = 100 * sum / n_run;
    }
    return n;
}

static void draw_record(plot *p, const odds_page *o)
{
    hm_chart_series *s = plot_add(p, HM_CHART_RULE, 1, HM_INK_RED);
    s->x = plot_one(p, o->record_s);
    s->dashed = true;
    s->label = plot_text(p, "%.2f: %s %%, as a record %s %%", o->record_s,
                         odds_plot_percent(p, o->odds->p_time_any),
                         odds_plot_percent(p, o->odds->p_record_any));
    s->where = HM_LABEL_ON;
}

void odds_plot_first(plot *p, const odds_page *o, int32_t row, int32_t col)
{
    const hm_odds_count *c = &o->odds->first;
    hm_chart_panel *panel =
        plot_panel(p, row, col, o->n > 1 ? "Somebody runs this or better" : "This or better");
    int32_t from = 0, to = HM_ODDS_CS_MAX - 1;
    while (from < to && c->n[from] == 0)
        from++;
    while (to > from && c->n[to] == 0)
        to--;
    from = from > 0 ? from - 1 : 0;
    double n_run = (double)o->odds->n_run;
    double *x, *y, *xl, *yl;
    int32_t n = rise(p, c, n_run, from, to, &x, &y);
    int32_t nl = rise(p, &o->odds->first_legal, n_run, from, to, &xl, &yl);
    panel->x.title = "Official time, s";
    panel->y.title = "%";
    panel->y.lo = 0;
    panel->y.hi = 100;
    hm_chart_series *s = plot_add(p, HM_CHART_LINE, n, HM_INK_BLUE);
    s->x = x;
    s->y = y;
    s->label = "any wind";
    s = plot_add(p, HM_CHART_LINE, nl, HM_INK_DARK);
    s->x = xl;
    s->y = yl;
    s->dashed = true;
    s->size_pt = 1;
    s->label = "wind to +2.0";
    if (!isnan(o->record_s))
        draw_record(p, o);
}

/* ---- the margin ---- */

void odds_plot_margin(plot *p, const odds_page *o, int32_t row, int32_t col)
{
    const hm_odds *odds = o->odds;
    double *x = plot_numbers(p, HM_ODDS_CS_MAX), *y = plot_numbers(p, HM_ODDS_CS_MAX);
    hm_chart_panel *panel = plot_panel(p, row, col, "Winning margin");
    if (p->out_of_memory)
        return;
    double end_s = odds_plot_quantile_s(&odds->margins, 0.995) + 0.01; /* from_cs is 0 */
    int32_t n = 0;
    for (int32_t k = 0; k < HM_ODDS_CS_MAX && (k < 3 || k < 100 * end_s); k++) {
        x[n] = (k + 0.5) / 100;
        y[n++] = 100 * odds->margins.n[k] / (double)odds->n_run;
    }
    panel->x.title = "Margin, s";
    panel->y.title = "% per 0.01 s";
    panel->x.lo = 0;
    panel->y.lo = 0;
    double most = 0;
    for (int32_t k = 0; k < n; k++)
        most = fmax(most, y[k]);
    hm_chart_series *s = plot_add(p, HM_CHART_BARS, n, HM_INK_BLUE);
    s->x = x;
    s->y = y;
    s = plot_add(p, HM_CHART_POINTS, 1, HM_INK_DARK);
    s->x = plot_one(p, odds->margin_s_mean);
    s->y = plot_one(p, 1.12 * most);
    s->x_lo = plot_one(p, odds->margin_s_lo90);
    s->x_hi = plot_one(p, odds->margin_s_hi90);
    s->label = plot_text(p, "mean %.2f, 90 %% %.2f\xe2\x80\x93%.2f", odds->margin_s_mean,
                         odds->margin_s_lo90, odds->margin_s_hi90);
}
