/* life_cohort_plot.c - a page of what a system of selection made of its people. */
#include "fit_plot_priv.h"
#include "life_study.h"

#include <math.h>
#include <string.h>

#include "io/file.h"

enum { FROM = 11, TO = 30, N_AGE = TO - FROM + 1 }; /* school ages on the page */

static int column_of(const hm_grid *g, const char *name)
{
    int k = 0;
    while (strcmp(g->column[k].name, name) != 0)
        k++;
    return k;
}

static double cell(const hm_grid *g, int64_t row, const char *name)
{
    return g->cell[row * g->n_column + column_of(g, name)].number;
}

static double season(const hm_study *s, int i, const char *name)
{
    return cell(&s->seasons, FROM - HM_CLASS_FIRST_AGE + i, name);
}

/* A line over school ages: 100 a / b, or a / b times something; gaps where b is small. */
static void line(plot *p, const hm_study *s, const char *a, const char *b, double scale,
                 hm_chart_ink ink, bool dashed, const char *label)
{
    static const double least = 30; /* persons: fewer tell nothing */
    double *x = plot_numbers(p, N_AGE), *y = plot_numbers(p, N_AGE);
    hm_chart_series *l = plot_add(p, HM_CHART_LINE, N_AGE, ink);
    if (p->out_of_memory || !l)
        return;
    for (int i = 0; i < N_AGE; i++) {
        double down = season(s, i, b);
        x[i] = FROM + i;
        y[i] = down >= least ? scale * season(s, i, a) / down : (double)NAN;
    }
    l->x = x;
    l->y = y;
    l->dashed = dashed;
    l->label = label;
    l->where = HM_LABEL_LEGEND;
}

static void rule(plot *p, double y)
{
    hm_chart_series *r = plot_add(p, HM_CHART_RULE, 1, HM_INK_GREY);
    if (r)
        r->y = plot_one(p, y);
}

static hm_chart_panel *by_age(plot *p, int32_t row, int32_t col, const char *title, const char *y)
{
    hm_chart_panel *panel = plot_panel(p, row, col, title);
    panel->x.title = "school age";
    panel->y.title = y;
    panel->y.zero = true;
    return panel;
}

static void sorted(plot *p, const hm_study *s)
{
    int32_t row = plot_row(p, 1);
    by_age(p, row, 0, "In a club", "of 1000 people");
    line(p, s, "members", "people", 1000, HM_INK_BLUE, false, "members");
    line(p, s, "joined", "people", 1000, HM_INK_GREEN, false, "join in the year");
    line(p, s, "rejoined", "people", 1000, HM_INK_PURPLE, true, "come back");
    by_age(p, row, 1, "Leaving in the year, by what weighed most", "% of members");
    line(p, s, "left_school", "members", 100, HM_INK_DARK, false, "end of school");
    line(p, s, "left_level", "members", 100, HM_INK_BLUE, false, "level");
    line(p, s, "left_motivation", "members", 100, HM_INK_GREEN, false, "motivation");
    line(p, s, "left_injury", "members", 100, HM_INK_RED, false, "injury");
    row = plot_row(p, 1);
    by_age(p, row, 0, "Born in the first or last quarter", "%");
    line(p, s, "members_q1", "members", 100, HM_INK_BLUE, false, "members, oldest");
    line(p, s, "members_q4", "members", 100, HM_INK_RED, false, "members, youngest");
    line(p, s, "squad_q1", "squad", 100, HM_INK_BLUE, true, "squad, oldest");
    line(p, s, "squad_q4", "squad", 100, HM_INK_RED, true, "squad, youngest");
    rule(p, 25);
    by_age(p, row, 1, "Early and late maturers", "%");
    line(p, s, "members_early", "members", 100, HM_INK_BLUE, false, "members, early");
    line(p, s, "members_late", "members", 100, HM_INK_RED, false, "members, late");
    line(p, s, "squad_early", "squad", 100, HM_INK_BLUE, true, "squad, early");
    line(p, s, "squad_late", "squad", 100, HM_INK_RED, true, "squad, late");
    rule(p, 100.0 / 3);
}

/* Of the best twenty of one age class, how many are of a later one. */
static void transitions(plot *p, const hm_study *s, int32_t row)
{
    enum { N = 5, MOST = 15 };
    static const char *const from[] = {"U13", "U15", "U17", "U20", "U23"};
    static const char *const to[] = {"U15", "U17", "U20", "U23", "senior"};
    hm_chart_panel *panel = plot_panel(p, row, 0, "Of the best 20, ever in the later best 20, %");
    double *x = plot_numbers(p, MOST), *y = plot_numbers(p, MOST), *dark = plot_numbers(p, MOST);
    const char **text = plot_names(p, MOST);
    if (p->out_of_memory)
        return;
    int32_t k = 0;
    for (int i = 0; i < N; i++)
        for (int j = i; j < N; j++, k++) {
            x[k] = j;
            y[k] = i;
            dark[k] = cell(&s->transitions, k, "kept_frac"); /* rows come in this order */
            dark[k] = isfinite(dark[k]) ? dark[k] : 0;
            text[k] = plot_text(p, "%.0f", 100 * dark[k]);
        }
    hm_chart_series *c = plot_add(p, HM_CHART_CELLS, k, HM_INK_BLUE);
    if (!c)
        return;
    c->x = x;
    c->y = y;
    c->lo = dark;
    c->name = text;
    panel->x.scale = panel->y.scale = HM_SCALE_NAMES;
    panel->x.n_name = panel->y.n_name = N;
    panel->x.name = to;
    panel->y.name = from;
}

/* Who gets the prize money of seniors. */
static void value(plot *p, const hm_study *s, int32_t row)
{
    enum { N = 10 }; /* groups without "all" */
    hm_chart_panel *panel = plot_panel(p, row, 1, "Prize money of seniors goes to");
    double *share = plot_numbers(p, N), *at = plot_numbers(p, N);
    const char **name = plot_names(p, N), **text = plot_names(p, N);
    if (p->out_of_memory)
        return;
    for (int i = 0; i < N; i++) {
        double v = 100 * cell(&s->value, i, "prize_frac");
        share[i] = isfinite(v) ? v : 0;
        at[i] = i;
        name[i] = s->value.cell[i * s->value.n_column].text;
        text[i] = plot_text(p, "%.0f", share[i]);
    }
    hm_chart_series *b = plot_add(p, HM_CHART_BARS, N, HM_INK_GREEN);
    if (!b)
        return;
    b->x = share;
    b->y = at;
    b->name = text;
    panel->x.title = "% of all";
    panel->x.zero = true;
    panel->y.scale = HM_SCALE_NAMES;
    panel->y.n_name = N;
    panel->y.name = name;
}

static void page(plot *p, int32_t n_class, int64_t people, const hm_study *s)
{
    p->fig.title = "What selection made of them";
    p->fig.subtitle = plot_text(
        p, "%d birth year%s of %.0f people; Gini of prize money %.2f, of points %.2f", (int)n_class,
        n_class == 1 ? "" : "s", (double)people, s->gini_prize, s->gini_points);
    p->fig.footer =
        "Hectometre cohort. Dashed: squads with support. Maturers: a third of all people "
        "each. Lines end where fewer than 30 persons are left. Prizes: one final and one "
        "meeting a season, the best eight of all classes at 23 and over. Simulated people "
        "of docs/physics/life.md.";
    sorted(p, s);
    int32_t row = plot_row(p, 1.2);
    transitions(p, s, row);
    value(p, s, row);
}

hm_status life_cohort_plot(const cli_args *args, int32_t n_class, int64_t people,
                           const hm_study *study, const char *path, hm_err *err)
{
    fit_plot_opts opts = fit_plot_opts_default();
    hm_arena scratch;
    char *bytes = NULL;
    size_t n = 0;
    HM_TRY(fit_plot_format_of(path, &opts.format, err));
    hm_arena_init(&scratch, 0);
    plot *p = HM_PUSH(&scratch, plot, 1);
    hm_status s = p ? plot_begin(p, &scratch, 2, err)
                    : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    if (s == HM_OK) {
        page(p, n_class, people, study);
        s = plot_finish(p, &opts, args->arena, &bytes, &n, err);
    }
    hm_arena_free(&scratch);
    HM_TRY(s);
    return hm_file_write(path, bytes, n, err);
}
