/* life_plot_pair.c - two lives over the same years: bests, the races they ran against one another,
 * and both accounts. */
#include "life_plot_priv.h"

#include <math.h>

static const hm_chart_ink ink_of[2] = {HM_INK_BLUE, HM_INK_RED};

static void add_bests(plot *p, const hm_story_person *who, int k)
{
    double *x = plot_numbers(p, who->n_season), *y = plot_numbers(p, who->n_season);
    if (p->out_of_memory)
        return;
    for (int32_t i = 0; i < who->n_season; i++) {
        x[i] = who->season[i].year + 0.75;
        y[i] = who->season[i].best_s;
    }
    hm_chart_series *line = plot_add(p, HM_CHART_LINE, who->n_season, ink_of[k]);
    line->x = x, line->y = y;
    line->label = who->name;
    line->where = HM_LABEL_END;
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, who->n_season, ink_of[k]);
    s->x = x, s->y = y;
    s->mark = k ? HM_MARK_SQUARE : HM_MARK_DISC;
    s->size_pt = 4;
}

static const hm_story_run *run_of(const hm_story_race *r, int32_t person)
{
    for (int32_t i = 0; i < r->n_run; i++)
        if (r->run[i].person == person)
            return &r->run[i];
    return NULL;
}

/* Their meetings in time: indices into the story's. */
static int32_t meetings_of(const hm_story *story, const int32_t who[2], int32_t at[])
{
    int32_t n = 0;
    for (int32_t i = 0; i < story->n_meeting; i++) {
        const hm_story_meeting *m = &story->meeting[i];
        bool they = (m->a == who[0] && m->b == who[1]) || (m->a == who[1] && m->b == who[0]);
        if (they && run_of(&story->race[m->race], who[0]) && run_of(&story->race[m->race], who[1]))
            at[n++] = i;
    }
    return n;
}

/* A stroke from the one's time to the other's in each race they both ran, with its number. */
static void add_meetings(plot *p, const hm_story *story, const int32_t who[2], int32_t n,
                         const int32_t at[])
{
    double *x = plot_numbers(p, n), *y = plot_numbers(p, n), *lo = plot_numbers(p, n),
           *hi = plot_numbers(p, n);
    const char **name = plot_names(p, n);
    if (p->out_of_memory || n == 0)
        return;
    int32_t every = (n + 9) / 10; /* not every number where there are many */
    for (int32_t i = 0; i < n; i++) {
        const hm_story_meeting *m = &story->meeting[at[i]];
        const hm_story_race *r = &story->race[m->race];
        double a = 1e-6 * (double)run_of(r, who[0])->time_us;
        double b = 1e-6 * (double)run_of(r, who[1])->time_us;
        x[i] = life_plot_year(r->date);
        lo[i] = fmin(a, b), hi[i] = fmax(a, b);
        y[i] = lo[i];
        if (i % every == 0 || i + 1 == n)
            name[i] = plot_text(p, "%d", (int)m->count);
    }
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, n, HM_INK_GREEN);
    s->x = x, s->y = y, s->lo = lo, s->hi = hi;
    s->name = name;
    s->mark = HM_MARK_DIAMOND;
    s->size_pt = 6;
    s->label = "they meet: the winner's time, and up to the other's";
}

enum { TABLE_MOST = 12, TABLE_COL = 6 };

/* The first and the last of their races, as numbers. */
static void add_table(plot *p, const hm_story *story, const int32_t who[2], int32_t n,
                      const int32_t at[])
{
    if (n == 0)
        return;
    hm_chart_panel *panel = plot_panel(p, plot_row(p, 0), 0, "Their races");
    int32_t rows = n < TABLE_MOST ? n : TABLE_MOST;
    const char **cell = plot_names(p, (rows + 1) * TABLE_COL);
    if (p->out_of_memory)
        return;
    const char *const head[TABLE_COL] = {
        "", "day", "race", story->person[who[0]].name, story->person[who[1]].name, "by"};
    for (int c = 0; c < TABLE_COL; c++)
        cell[c] = head[c];
    for (int32_t i = 0; i < rows; i++) {
        int32_t from = i < TABLE_MOST / 2 || n <= TABLE_MOST ? i : n - rows + i;
        const hm_story_meeting *m = &story->meeting[at[from]];
        const hm_story_race *r = &story->race[m->race];
        double a = 1e-6 * (double)run_of(r, who[0])->time_us;
        double b = 1e-6 * (double)run_of(r, who[1])->time_us;
        const char **c = &cell[(i + 1) * TABLE_COL];
        c[0] = plot_text(p, "%d", (int)m->count);
        c[1] = r->date;
        c[2] = plot_text(p, "%s", r->name && r->name[0] ? r->name : r->level);
        c[3] = plot_text(p, "%.2f", a);
        c[4] = plot_text(p, "%.2f", b);
        c[5] = plot_text(p, "%s, %.2f", story->person[who[a < b ? 0 : 1]].name, fabs(a - b));
    }
    panel->n_col = p->fig.n_col;
    panel->table = (hm_chart_table){rows + 1, TABLE_COL, "rllrrl", cell};
}

static plot_reach reach_of(const hm_story *story, const int32_t who[2])
{
    plot_reach r = {0, 0};
    for (int k = 0; k < 2; k++)
        for (int32_t i = 0; i < story->person[who[k]].n_season; i++) {
            double up = 0, down = 0;
            for (int32_t t = 0; t < HM_STORY_TERM_COUNT; t++) {
                double gain = -100 * story->person[who[k]].season[i].term_ln[t];
                up += fmax(gain, 0), down += fmin(gain, 0);
            }
            r.lo = fmin(r.lo, down), r.hi = fmax(r.hi, up);
        }
    return (plot_reach){r.lo - 0.3, r.hi + 0.3};
}

static void build(plot *p, const hm_story *story, const int32_t who[2])
{
    const hm_story_person *a = &story->person[who[0]], *b = &story->person[who[1]];
    int32_t *at = (int32_t *)(void *)plot_numbers(p, story->n_meeting);
    if (p->out_of_memory)
        return;
    int32_t n = meetings_of(story, who, at);
    p->fig.title = plot_text(p, "%s and %s", a->name, b->name);
    p->fig.subtitle = plot_text(p, "born %s and %s" PLOT_DOT "they met %d time%s", a->born, b->born,
                                (int)n, n == 1 ? "" : "s");
    p->fig.footer = "Hectometre life. Lines: best of each season. The accounts book what made each "
                    "of them faster, year by year, on one scale.";
    hm_chart_panel *panel = plot_panel(p, plot_row(p, 2.6), 0, "Season's bests and meetings");
    panel->n_col = 2;
    panel->y.title = "100 m, s";
    panel->x.title = "year";
    add_bests(p, a, 0);
    add_bests(p, b, 1);
    add_meetings(p, story, who, n, at);
    plot_reach reach = reach_of(story, who);
    int32_t row = plot_row(p, 2.2);
    for (int k = 0; k < 2; k++) {
        panel = life_plot_account(p, story, who[k], row, k, false, story->person[who[k]].name);
        panel->x.title = "year";
        panel->y.lo = reach.lo, panel->y.hi = reach.hi;
    }
    add_table(p, story, who, n, at);
}

hm_status life_plot_pair(const hm_story *story, int32_t a, int32_t b, const fit_plot_opts *opts,
                         hm_arena *arena, char **bytes, size_t *n, hm_err *err)
{
    const int32_t who[2] = {a, b};
    for (int k = 0; k < 2; k++)
        if (story->person[who[k]].n_season < 1)
            return hm_err_set(err, HM_ERR_INPUT, story->person[who[k]].id, 0, 0, "seasons",
                              "expected a life with seasons, found none");
    if (a == b)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--beside", "expected somebody else");
    return life_plot_draw(build, story, who, 2, opts, arena, bytes, n, err);
}
