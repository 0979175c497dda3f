/* life_plot_idea.c - an idea on its way: who held it how firmly in which year, who had it from
 * whom, and what that made of all of them together. */
#include "life_plot_priv.h"

#include <math.h>

enum { PEOPLE_MOST = 24 };

/* Whom it touched, in the order in which it came to them. */
typedef struct touched {
    int32_t n;
    int32_t person[PEOPLE_MOST];
} touched;

static int32_t row_of(const touched *t, int32_t person)
{
    for (int32_t i = 0; i < t->n; i++)
        if (t->person[i] == person)
            return i;
    return -1;
}

static void add_person(touched *t, int32_t person)
{
    if (row_of(t, person) < 0 && t->n < PEOPLE_MOST)
        t->person[t->n++] = person;
}

/* The followed first, then others by when it came to them. */
static touched touched_of(const hm_story *story, int32_t belief)
{
    touched t = {0};
    for (int32_t i = 0; i < story->n_person; i++)
        if (story->person[i].pinned && story->person[i].n_season > 0)
            add_person(&t, i);
    for (int32_t i = 0; i < story->n_idea; i++)
        if (story->idea[i].belief == belief) {
            add_person(&t, story->idea[i].from);
            add_person(&t, story->idea[i].to);
        }
    return t;
}

static const hm_story_season *season_in(const hm_story_person *p, int32_t year)
{
    for (int32_t i = 0; i < p->n_season; i++)
        if (p->season[i].year == year)
            return &p->season[i];
    return NULL;
}

/* A box for each person and year, as dark as he holds it. */
static void add_cells(plot *p, const hm_story *story, int32_t belief, const touched *t)
{
    int32_t n_year = story->last_year - story->first_year + 1, n = 0;
    double *x = plot_numbers(p, (int64_t)n_year * t->n),
           *y = plot_numbers(p, (int64_t)n_year * t->n),
           *dark = plot_numbers(p, (int64_t)n_year * t->n);
    if (p->out_of_memory)
        return;
    for (int32_t i = 0; i < t->n; i++)
        for (int32_t k = 0; k < n_year; k++) {
            const hm_story_season *s =
                season_in(&story->person[t->person[i]], story->first_year + k);
            if (!s)
                continue;
            x[n] = k, y[n] = i;
            dark[n++] = s->belief[belief];
        }
    double pale;
    bool dashed;
    hm_chart_series *s =
        plot_add(p, HM_CHART_CELLS, n, life_plot_belief_ink(belief, &pale, &dashed));
    s->x = x, s->y = y, s->lo = dark;
}

static void add_marks(plot *p, int32_t n, const double x[], const double y[], hm_chart_mark mark,
                      const char *label)
{
    if (n == 0)
        return;
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, n, HM_INK_DARK);
    s->x = x, s->y = y;
    s->mark = mark;
    s->size_pt = 3.6;
    s->label = label;
}

/* Where it passed: a stroke to who heard it from whom he heard it, and whether he then held it
 * more firmly or less. */
static int32_t add_passings(plot *p, const hm_story *story, int32_t belief, const touched *t)
{
    int32_t n = 0, n_less = 0;
    double *x = plot_numbers(p, 3 * (int64_t)story->n_idea),
           *y = plot_numbers(p, 3 * (int64_t)story->n_idea);
    double *at = plot_numbers(p, 4 * (int64_t)story->n_idea);
    double *more_y = at + story->n_idea, *less_x = at + 2 * (int64_t)story->n_idea,
           *less_y = at + 3 * (int64_t)story->n_idea;
    if (p->out_of_memory)
        return 0;
    for (int32_t i = 0; i < story->n_idea; i++) {
        const hm_story_idea *d = &story->idea[i];
        int32_t from = row_of(t, d->from), to = row_of(t, d->to);
        if (d->belief != belief || from < 0 || to < 0)
            continue;
        int32_t k = n + n_less;
        double when = life_plot_year(d->date) - story->first_year - 0.75;
        x[3 * k] = x[3 * k + 1] = when, x[3 * k + 2] = NAN;
        y[3 * k] = from, y[3 * k + 1] = to, y[3 * k + 2] = NAN;
        if (d->after >= d->before)
            at[n] = when, more_y[n++] = to;
        else
            less_x[n_less] = when, less_y[n_less++] = to;
    }
    hm_chart_series *line = plot_add(p, HM_CHART_LINE, 3 * (n + n_less), HM_INK_DARK);
    line->x = x, line->y = y;
    line->size_pt = 0.7;
    line->pale_frac = 0.35;
    add_marks(p, n, at, more_y, HM_MARK_DISC, "taken over, along a stroke from whom");
    add_marks(p, n_less, less_x, less_y, HM_MARK_RING, "shaken by whom");
    return n;
}

static void add_axes(plot *p, hm_chart_panel *panel, const hm_story *story, const touched *t)
{
    int32_t n_year = story->last_year - story->first_year + 1;
    const char **year = plot_names(p, n_year), **who = plot_names(p, t->n);
    if (p->out_of_memory)
        return;
    int32_t every = n_year > 16 ? 2 : 1;
    for (int32_t k = 0; k < n_year; k++)
        year[k] = k % every == 0 ? plot_text(p, "%d", (int)(story->first_year + k)) : "";
    for (int32_t i = 0; i < t->n; i++)
        who[i] = story->person[t->person[i]].name;
    panel->x.scale = panel->y.scale = HM_SCALE_NAMES;
    panel->x.n_name = n_year, panel->x.name = year;
    panel->y.n_name = t->n, panel->y.name = who;
}

/* Mean over everybody in the story, and how often it has passed. */
static void add_growth(plot *p, const hm_story *story, int32_t belief)
{
    int32_t n_year = story->last_year - story->first_year + 1;
    hm_chart_panel *panel = plot_panel(p, plot_row(p, 1.4), 0, "Of everybody in the story");
    double *x = plot_numbers(p, n_year), *mean = plot_numbers(p, n_year),
           *count = plot_numbers(p, n_year);
    if (p->out_of_memory)
        return;
    for (int32_t k = 0; k < n_year; k++) {
        int32_t n = 0;
        double sum = 0;
        for (int32_t i = 0; i < story->n_person; i++) {
            const hm_story_season *s = season_in(&story->person[i], story->first_year + k);
            sum += s ? s->belief[belief] : 0;
            n += s != NULL;
        }
        x[k] = story->first_year + k;
        mean[k] = n > 0 ? sum / n : (double)NAN;
        for (int32_t i = 0; i < story->n_idea; i++)
            count[k] += story->idea[i].belief == belief &&
                        story->idea[i].after >= story->idea[i].before &&
                        life_plot_year(story->idea[i].date) < story->first_year + k + 1;
    }
    panel->x.title = "year";
    panel->y.title = "mean, 0 to 1";
    panel->y.zero = true;
    panel->y2.title = "times taken over";
    panel->y2.zero = true;
    hm_chart_series *s = plot_add(p, HM_CHART_LINE, n_year, HM_INK_BLUE);
    s->x = x, s->y = mean;
    s->label = "how firmly, on average";
    s = plot_add(p, HM_CHART_LINE, n_year, HM_INK_DARK);
    s->x = x, s->y = count;
    s->second = true;
    s->dashed = true;
    s->label = "times taken over so far (right)";
}

static void build(plot *p, const hm_story *story, const int32_t who[2])
{
    static const char *const sentence[HM_STORY_BELIEF_COUNT] = {
        "running is its own reward", "being fastest solves everything",
        "effort rewrites the order", "the order is fixed",
        "form comes first",          "fear is fuel"};
    int32_t belief = who[0];
    touched t = touched_of(story, belief);
    p->fig.title = plot_text(p, "An idea: %s", hm_story_belief_word(belief));
    p->fig.footer =
        "Hectometre life. The darker a box, the more firmly it was held at the beginning "
        "of that school year. Every passing is in the story: from whom, to whom, when, "
        "how, before and after.";
    hm_chart_panel *panel =
        plot_panel(p, plot_row(p, 0.8 + 0.24 * t.n), 0, "Who held it, and from whom it came");
    add_axes(p, panel, story, &t);
    add_cells(p, story, belief, &t);
    int32_t n = add_passings(p, story, belief, &t);
    p->fig.subtitle = plot_text(p, "%s" PLOT_DOT "taken over %d time%s", sentence[belief], (int)n,
                                n == 1 ? "" : "s");
    add_growth(p, story, belief);
}

hm_status life_plot_idea(const hm_story *story, int32_t belief, const fit_plot_opts *opts,
                         hm_arena *arena, char **bytes, size_t *n, hm_err *err)
{
    const int32_t who[2] = {belief, -1};
    if (touched_of(story, belief).n == 0)
        return hm_err_set(err, HM_ERR_INPUT, "story", 0, 0, "people",
                          "expected somebody with seasons, found nobody");
    return life_plot_draw(build, story, who, 1, opts, arena, bytes, n, err);
}
