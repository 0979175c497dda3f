/* life_plot_futures.c - what else could have become of somebody: the fan of the first future, the
 * middle of each other one, and what came of them all. */
#include "life_plot_priv.h"

#include <math.h>

static double *years_of(plot *p, const hm_story_future *f)
{
    double *x = plot_numbers(p, f->n_year);
    for (int32_t i = 0; i < f->n_year && !p->out_of_memory; i++)
        x[i] = f->first_year + i + 0.75;
    return x;
}

static const struct {
    hm_chart_ink ink;
    bool dashed;
} look[] = {{HM_INK_BLUE, false},   {HM_INK_RED, false}, {HM_INK_GREEN, true},
            {HM_INK_PURPLE, false}, {HM_INK_DARK, true}, {HM_INK_GREY, false},
            {HM_INK_RED, true},     {HM_INK_BLUE, true}};

enum { LOOKS = sizeof look / sizeof look[0] };

static void add_future(plot *p, const hm_story_future *f, int32_t k)
{
    const double *x = years_of(p, f);
    if (p->out_of_memory || f->n_year == 0)
        return;
    hm_chart_ink ink = look[k % LOOKS].ink;
    if (k == 0) {
        hm_chart_series *fan = plot_add(p, HM_CHART_BAND, f->n_year, ink);
        fan->x = x, fan->lo = f->best_s_lo90, fan->hi = f->best_s_hi90;
        fan->label = plot_text(p, "%s: nine in ten of its runs", f->name);
    }
    hm_chart_series *s = plot_add(p, HM_CHART_LINE, f->n_year, ink);
    s->x = x, s->y = f->best_s_median;
    s->dashed = look[k % LOOKS].dashed;
    s->size_pt = k == 0 ? 2.2 : 0;
    s->label = f->name;
    s->where = HM_LABEL_END;
}

/* What the story itself tells, from a little before they part: one of all these. */
static void add_told(plot *p, const hm_story_person *who, double from_year)
{
    double *x = plot_numbers(p, who->n_season), *y = plot_numbers(p, who->n_season);
    int32_t n = 0;
    for (int32_t i = 0; i < who->n_season && !p->out_of_memory; i++)
        if (who->season[i].year + 0.75 >= from_year) {
            x[n] = who->season[i].year + 0.75;
            y[n++] = who->season[i].best_s;
        }
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, n, HM_INK_DARK);
    s->x = x, s->y = y;
    s->mark = HM_MARK_RING;
    s->label = "the life that is told";
}

/* Best of each life in each future: the middle, and nine in ten. */
static void add_bests(plot *p, const hm_story *story, int32_t n, const int32_t at[])
{
    hm_chart_panel *panel = plot_panel(p, plot_row(p, 0.5 + 0.28 * n), 0, "Best of a life");
    const char **name = plot_names(p, n);
    if (p->out_of_memory)
        return;
    panel->y.scale = HM_SCALE_NAMES;
    panel->y.n_name = n;
    panel->y.name = name;
    panel->x.title = "100 m, s";
    for (int32_t i = 0; i < n; i++) {
        const hm_story_future *f = &story->future[at[i]];
        name[i] = f->name;
        hm_chart_series *s = plot_add(p, HM_CHART_POINTS, 1, look[i % LOOKS].ink);
        s->x = plot_one(p, f->pb_s_median);
        s->x_lo = plot_one(p, f->pb_s_lo90);
        s->x_hi = plot_one(p, f->pb_s_hi90);
        s->y = plot_one(p, i);
    }
}

static const char *percent(plot *p, double frac)
{
    return isfinite(frac) ? plot_text(p, "%.0f", 100 * frac) : "";
}

enum { TABLE_COL = 7 };

static void add_table(plot *p, const hm_story *story, int32_t n, const int32_t at[])
{
    hm_chart_panel *panel = plot_panel(p, plot_row(p, 0), 0, "What came of them");
    const char **cell = plot_names(p, (n + 1) * TABLE_COL);
    static const char *const head[TABLE_COL] = {"future",       "what is different", "runs",
                                                "best, s",      "races at 30, %",    "they meet, %",
                                                "he wins it, %"};
    if (p->out_of_memory)
        return;
    for (int c = 0; c < TABLE_COL; c++)
        cell[c] = head[c];
    for (int32_t i = 0; i < n; i++) {
        const hm_story_future *f = &story->future[at[i]];
        const char **c = &cell[(i + 1) * TABLE_COL];
        c[0] = f->name;
        c[1] = f->change ? f->change : "";
        c[2] = plot_text(p, "%d", (int)f->n);
        c[3] = isfinite(f->pb_s_median) ? plot_text(p, "%.2f", f->pb_s_median) : "";
        c[4] = percent(p, f->p_active_30);
        c[5] = percent(p, f->p_meets);
        c[6] = percent(p, f->p_wins);
    }
    panel->table = (hm_chart_table){n + 1, TABLE_COL, "llrrrrr", cell};
}

/* Where futures leave the life that is told; those that leave together have one line. */
static void add_branches(plot *p, const hm_story *story, int32_t n, const int32_t at[])
{
    for (int32_t i = 0; i < n; i++) {
        const hm_story_future *f = &story->future[at[i]];
        bool known = false;
        for (int32_t k = 0; k < i; k++)
            known |= story->future[at[k]].from_week == f->from_week;
        if (known)
            continue;
        hm_chart_series *s = plot_add(p, HM_CHART_RULE, 1, HM_INK_GREY);
        s->x = plot_one(p, life_plot_week_year(story, f->from_week));
        s->label = i == 0 ? "here they part" : plot_text(p, "%s", f->name);
        s->where = HM_LABEL_ON;
        s->dashed = true;
    }
}

static int32_t futures_of(const hm_story *story, int32_t person, int32_t at[])
{
    int32_t n = 0;
    for (int32_t i = 0; i < story->n_future; i++)
        if (story->future[i].person == person)
            at[n++] = i;
    return n;
}

static void build(plot *p, const hm_story *story, const int32_t who[2])
{
    const hm_story_person *me = &story->person[who[0]];
    int32_t *at = (int32_t *)(void *)plot_numbers(p, story->n_future);
    if (p->out_of_memory)
        return;
    int32_t n = futures_of(story, who[0], at);
    const hm_story_future *first = &story->future[at[0]];
    p->fig.title = plot_text(p, "%s: other futures", me->name);
    p->fig.subtitle =
        plot_text(p, "%d runs of each" PLOT_DOT "the same luck in all of them", (int)first->n);
    p->fig.footer = "Hectometre life. Futures share their past and their draws, so what parts them "
                    "is what is different. A line is the middle of the season's bests of those who "
                    "still race.";
    hm_chart_panel *panel = plot_panel(p, plot_row(p, 3), 0, "Season's best");
    panel->x.title = "year";
    panel->y.title = "100 m, s";
    for (int32_t i = 0; i < n; i++)
        add_future(p, &story->future[at[i]], i);
    add_told(p, me, life_plot_week_year(story, first->from_week) - 1.5);
    add_branches(p, story, n, at);
    add_bests(p, story, n, at);
    add_table(p, story, n, at);
}

hm_status life_plot_futures(const hm_story *story, int32_t person, const fit_plot_opts *opts,
                            hm_arena *arena, char **bytes, size_t *n, hm_err *err)
{
    const int32_t who[2] = {person, -1};
    for (int32_t i = 0; i < story->n_future; i++)
        if (story->future[i].person == person)
            return life_plot_draw(build, story, who, 1, opts, arena, bytes, n, err);
    return hm_err_set(err, HM_ERR_INPUT, story->person[person].id, 0, 0, "futures",
                      "expected futures of this one, found none");
}
