/* odds_plot.c - the page of odds: what stands where, its title and footer; panels of numbers. */
#include "odds_plot_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *odds_plot_percent(plot *p, double chance)
{
    double percent = 100 * chance;
    if (percent <= 0)
        return "0";
    if (percent >= 99.95 && chance < 1)
        return ">99.9";
    if (percent < 0.01)
        return "<0.01";
    return plot_text(p, "%.*f", percent < 0.1 ? 2 : percent < 100 ? 1 : 0, percent);
}

/* ---- each place, each against each ---- */

/* In a small box whole percents must do; what never came is left empty. */
static const char *cell_text(plot *p, double chance)
{
    if (chance <= 0)
        return NULL;
    if (chance >= 1)
        return "100";
    return chance <= 0.005 ? "<1" : chance >= 0.995 ? ">99" : plot_text(p, "%.0f", 100 * chance);
}

static hm_chart_panel *cells(plot *p, const odds_page *o, int32_t row, int32_t col,
                             const char *title, bool heads)
{
    hm_chart_panel *panel = plot_panel(p, row, col, title);
    int32_t n = o->n * o->n, k = 0;
    double *x = plot_numbers(p, n), *y = plot_numbers(p, n), *dark = plot_numbers(p, n);
    const char **text = plot_names(p, n);
    if (p->out_of_memory)
        return panel;
    for (int32_t i = 0; i < o->n; i++)
        for (int32_t j = 0; j < o->n; j++) {
            if (heads && i == j)
                continue;
            double chance = heads ? o->odds->p_ahead[o->at[i]][o->at[j]] : o->lane[i]->p_place[j];
            x[k] = j;
            y[k] = i;
            dark[k] = chance;
            text[k++] = cell_text(p, chance);
        }
    hm_chart_series *s = plot_add(p, HM_CHART_CELLS, k, HM_INK_BLUE);
    s->x = x;
    s->y = y;
    s->lo = dark;
    s->name = text;
    panel->x.scale = panel->y.scale = HM_SCALE_NAMES;
    panel->x.n_name = panel->y.n_name = o->n;
    panel->y.name = o->name;
    return panel;
}

void odds_plot_places(plot *p, const odds_page *o, int32_t row, int32_t col)
{
    static const char *const place[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};
    _Static_assert(sizeof place / sizeof *place == HM_LANE_MAX, "a place for everybody");
    hm_chart_panel *panel = cells(p, o, row, col, "Chance of each place, %", false);
    panel->x.title = "place";
    panel->x.name = place;
}

void odds_plot_heads(plot *p, const odds_page *o, int32_t row, int32_t col)
{
    hm_chart_panel *panel = cells(p, o, row, col, "Head to head, %", true);
    panel->x.title = "ahead of the runner in lane";
    panel->x.name = o->number;
    panel->y.hide_text = true;
}

/* ---- where the spread comes from ---- */

enum { N_COLUMN = 12 };

static void put_row(plot *p, const odds_page *o, int32_t i, const char *cell[])
{
    const hm_odds_lane *l = o->lane[i];
    int k = 0;
    cell[k++] = o->name[i];
    cell[k++] = plot_text(p, "%.2f", l->time_s_median);
    cell[k++] = plot_text(p, "%.2f", l->time_s_lo90);
    cell[k++] = plot_text(p, "%.2f", l->time_s_hi90);
    cell[k++] = plot_text(p, "%.3f", l->time_s_luck_sd);
    cell[k++] = plot_text(p, "%.3f", l->time_s_fit_sd);
    cell[k++] = odds_plot_percent(p, l->p_win);
    cell[k++] = plot_text(p, "%.2f", 100 * l->p_win_se);
    cell[k++] = odds_plot_percent(p, l->p_win_best_fit);
    cell[k++] = plot_text(p, "%.1f", 100 * l->p_win_fit_sd);
    cell[k++] = odds_plot_percent(p, l->p_win_sooner);
    if (!isnan(l->p_record))
        cell[k++] = odds_plot_percent(p, l->p_record);
}

void odds_plot_table(plot *p, const odds_page *o, int32_t row)
{
    static const char *const head[N_COLUMN] = {
        "Lane, runner", "time s", "5 %",        "95 %",   "luck sd",           "fit sd",
        "win %",        "MC se",  "luck alone", "fit sd", PLOT_MINUS "0.02 s", "record %"};
    int32_t n_col = isnan(o->record_s) ? N_COLUMN - 1 : N_COLUMN;
    hm_chart_panel *panel = plot_panel(p, row, 0, "Numbers");
    const char **cell = plot_names(p, (o->n + 1) * n_col);
    if (p->out_of_memory)
        return;
    memcpy(cell, head, sizeof head[0] * (size_t)n_col);
    for (int32_t i = 0; i < o->n; i++)
        put_row(p, o, i, &cell[(i + 1) * n_col]);
    panel->n_col = p->fig.n_col;
    panel->table = (hm_chart_table){o->n + 1, n_col, "lrrrrrrrrrrr", cell};
}

/* ---- the page ---- */

static const char *row_name(const hm_sheet *s, int32_t lane)
{
    for (int32_t i = 0; i < s->n_row; i++)
        if (s->row[i].lane == lane)
            return s->row[i].name ? s->row[i].name : "";
    HM_ASSERT(false);
    return "";
}

static void sort_page(plot *p, odds_page *o)
{
    o->n = o->odds->n_lane;
    for (int32_t i = 0; i < o->n; i++) {
        int32_t k = i;
        for (; k > 0 && o->lane[k - 1]->time_s_mean > o->odds->lane[i].time_s_mean; k--) {
            o->lane[k] = o->lane[k - 1];
            o->at[k] = o->at[k - 1];
        }
        o->lane[k] = &o->odds->lane[i];
        o->at[k] = i;
    }
    for (int32_t i = 0; i < o->n; i++) {
        int32_t lane = o->lane[i]->lane; /* U+200E: the number stands left of Arabic too */
        o->number[i] = plot_text(p, "%d", lane);
        o->name[i] = plot_text(p, "\xe2\x80\x8e%d  %s", lane, row_name(o->sheet, lane));
    }
}

static const char *joined(plot *p, const char *a, const char *b)
{
    return !b || !*b ? a : !a || !*a ? b : plot_text(p, "%s" PLOT_DOT "%s", a, b);
}

/* 20 000: thousands apart by thin spaces that do not break. */
static const char *grouped(plot *p, int64_t n)
{
    if (n < 1000)
        return plot_text(p, "%d", (int)n);
    return plot_text(p, "%s\xe2\x80\xaf%03d", grouped(p, n / 1000), (int)(n % 1000));
}

static void page_words(plot *p, const odds_page *o)
{
    const hm_sheet *s = o->sheet;
    const hm_day *d = o->day;
    const char *race = joined(p, s->event, s->round);
    p->fig.title = race && *race ? plot_text(p, "Odds: %s", race) : "Odds";
    const char *where = joined(p, joined(p, s->meet, s->venue), s->date);
    const char *air = d->fair ? "still air, sea level, the same reaction for all"
                              : plot_text(p, "mean wind %s\xc2\xa0m/s, legal wind in %s\xc2\xa0%%",
                                          plot_number(p, o->odds->wind_mps, 1, true),
                                          odds_plot_percent(p, o->odds->p_legal));
    const char *drawn =
        plot_text(p, "%s race%s drawn", grouped(p, o->odds->n_run), o->odds->n_run == 1 ? "" : "s");
    p->fig.subtitle = joined(p, joined(p, where, drawn), air);
    p->fig.footer = plot_text(
        p,
        "Hectometre odds. Luck of the day: form %g %% of the time, first strides %g s, reaction, "
        "gusts. Fit: what the marks of each runner leave open; its second sd is that of the chance "
        "to win. MC se: what the number of races drawn leaves open. " PLOT_MINUS "0.02 s: the "
        "chance, had he been so much faster. Empty box: not once. %s and false starts are not in "
        "it.",
        100 * d->form_sd_frac, d->start_sd_s,
        d->neighbour_frac > 0 ? "Injuries" : "Neighbours, injuries");
}

static void build(plot *p, odds_page *o)
{
    static const double two[] = {1.2, 1};
    sort_page(p, o);
    page_words(p, o);
    p->fig.col_weight = two;
    int32_t row = plot_row(p, 2.4);
    odds_plot_times(p, o, row, 0);
    odds_plot_wins(p, o, row, 1);
    if (o->n > 1) {
        row = plot_row(p, 1.6);
        odds_plot_places(p, o, row, 0);
        odds_plot_heads(p, o, row, 1);
    }
    row = plot_row(p, 1.2);
    odds_plot_first(p, o, row, 0);
    if (o->n > 1)
        odds_plot_margin(p, o, row, 1);
    odds_plot_table(p, o, plot_row(p, 0));
}

hm_status odds_plot(const hm_sheet *sheet, const hm_day *day, const hm_odds *odds, double record_s,
                    const fit_plot_opts *opts, hm_arena *arena, char **bytes, size_t *n,
                    hm_err *err)
{
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    plot *p = HM_PUSH(&scratch, plot, 1);
    hm_status status = p ? plot_begin(p, &scratch, 2, err)
                         : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    if (status == HM_OK) {
        odds_page o = {.odds = odds, .sheet = sheet, .day = day, .record_s = record_s};
        build(p, &o);
        status = plot_finish(p, opts, arena, bytes, n, err);
    }
    hm_arena_free(&scratch);
    return status;
}
