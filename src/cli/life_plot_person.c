/* life_plot_person.c - one life: how fast, what happened, and what each year's change is made of.
 */
#include "life_plot_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

#define CUT_YR      15.0 /* growing up and grown have scales of their own */
#define NAMED_IDEAS 6
#define MARK_YR     0.15 /* half a mark, on the axis of a stretch */
#define LESSON_YR   0.5  /* what one says within this time is told once */

/* The level of a rested runner, day by day as the seasons give it, and the best of each. */
static void add_level(plot *p, const hm_story_person *who)
{
    int32_t n = who->n_season;
    double *x = plot_numbers(p, 2 * n), *y = plot_numbers(p, 2 * n);
    double *bx = plot_numbers(p, n), *by = plot_numbers(p, n);
    if (p->out_of_memory)
        return;
    for (int32_t i = 0; i < n; i++) {
        const hm_story_season *s = &who->season[i];
        x[2 * i] = s->age_yr, y[2 * i] = s->start_s;
        x[2 * i + 1] = s->age_yr + 1, y[2 * i + 1] = s->end_s;
        bx[i] = s->age_yr + 0.5, by[i] = s->best_s;
    }
    hm_chart_series *line = plot_add(p, HM_CHART_LINE, 2 * n, HM_INK_BLUE);
    line->x = x, line->y = y;
    line->label = "level, rested";
    hm_chart_series *best = plot_add(p, HM_CHART_POINTS, n, HM_INK_DARK);
    best->x = bx, best->y = by;
    best->mark = HM_MARK_RING;
    best->label = "season's best";
}

/* Every race that the story keeps. */
static void add_races(plot *p, const hm_story *story, int32_t person)
{
    const hm_story_person *who = &story->person[person];
    double *x = plot_numbers(p, story->n_race), *y = plot_numbers(p, story->n_race);
    int32_t n = 0;
    for (int32_t i = 0; i < story->n_race && !p->out_of_memory; i++)
        for (int32_t k = 0; k < story->race[i].n_run; k++)
            if (story->race[i].run[k].person == person) {
                x[n] = life_plot_age_yr(who, story->race[i].date);
                y[n++] = 1e-6 * (double)story->race[i].run[k].time_us;
            }
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, n, HM_INK_GREY);
    s->x = x, s->y = y;
    s->size_pt = 2.2;
    s->pale_frac = 0.3;
    s->label = "races";
}

/* ---- events ---- */

typedef struct events {
    int32_t n;
    double *x, *y;
    const char **name;
} events;

static events events_of(plot *p, int32_t room)
{
    return (events){0, plot_numbers(p, room), plot_numbers(p, room), plot_names(p, room)};
}

static void add_events(plot *p, const events *e, hm_chart_ink ink, hm_chart_mark mark,
                       const char *label)
{
    if (e->n == 0 || p->out_of_memory)
        return;
    hm_chart_series *s = plot_add(p, HM_CHART_POINTS, e->n, ink);
    s->x = e->x, s->y = e->y;
    s->name = e->name;
    s->mark = mark;
    s->size_pt = 7;
    s->label = label;
}

#define LONG_DAYS 14.0 /* shorter ones are not marked */

/* Injuries of weeks; the longest three are named. */
static void add_injuries(plot *p, const hm_story *story, int32_t person)
{
    const hm_story_person *who = &story->person[person];
    events e = events_of(p, story->n_injury);
    double top[3] = {0};
    for (int32_t i = 0; i < story->n_injury; i++) {
        double d = story->injury[i].person == person ? story->injury[i].days_out : 0;
        for (int k = 0; k < 3; k++)
            if (d > top[k]) {
                double was = top[k];
                top[k] = d;
                d = was;
            }
    }
    double named_days = top[2] > 0 ? top[2] : 1;
    for (int32_t i = 0; i < story->n_injury && !p->out_of_memory; i++) {
        const hm_story_injury *j = &story->injury[i];
        if (j->person != person || j->days_out < LONG_DAYS)
            continue;
        e.x[e.n] = life_plot_age_yr(who, j->date);
        e.y[e.n] = life_plot_level_s(who, e.x[e.n]);
        if (j->days_out >= named_days)
            e.name[e.n] =
                plot_text(p, "%s, %.0f days", strcmp(j->site, "other") == 0 ? "injury" : j->site,
                          j->days_out);
        e.n++;
    }
    add_events(p, &e, HM_INK_RED, HM_MARK_TRIANGLE, "injury of weeks");
}

/* How many met him more often than this one did? */
static int32_t n_met_more(const hm_story *story, int32_t person, int32_t other)
{
    int32_t count[HM_STORY_PEOPLE_MAX] = {0}, more = 0;
    for (int32_t i = 0; i < story->n_meeting; i++) {
        const hm_story_meeting *m = &story->meeting[i];
        if (m->a == person || m->b == person)
            count[m->a + m->b - person]++;
    }
    for (int32_t i = 0; i < story->n_person; i++)
        more += count[i] > count[other];
    return more;
}

/* Races against others who are followed, named by who and the how-manieth time: the first, and of
 * the two he meets most the last. */
static void add_meetings(plot *p, const hm_story *story, int32_t person)
{
    const hm_story_person *who = &story->person[person];
    events e = events_of(p, story->n_meeting);
    for (int32_t i = 0; i < story->n_meeting && !p->out_of_memory; i++) {
        const hm_story_meeting *m = &story->meeting[i];
        int32_t other = m->a == person ? m->b : m->b == person ? m->a : -1;
        const hm_story_race *r = &story->race[m->race];
        if (other < 0)
            continue;
        for (int32_t k = 0; k < r->n_run; k++)
            if (r->run[k].person == person)
                e.y[e.n] = 1e-6 * (double)r->run[k].time_us;
        e.x[e.n] = life_plot_age_yr(who, r->date);
        bool last = true;
        for (int32_t k = i + 1; k < story->n_meeting; k++)
            last &= !((story->meeting[k].a == person && story->meeting[k].b == other) ||
                      (story->meeting[k].b == person && story->meeting[k].a == other));
        if (m->count == 1 || (last && n_met_more(story, person, other) < 2))
            e.name[e.n] = plot_text(p, "%s, %d", story->person[other].name, (int)m->count);
        e.n++;
    }
    add_events(p, &e, HM_INK_GREEN, HM_MARK_DIAMOND, "meeting, and which");
}

/* Is a change among the largest that ideas made in him? */
static bool is_large(const hm_story *story, const hm_story_idea *d)
{
    int32_t larger = 0;
    for (int32_t i = 0; i < story->n_idea; i++)
        larger += story->idea[i].to == d->to &&
                  fabs(story->idea[i].after - story->idea[i].before) > fabs(d->after - d->before);
    return larger < NAMED_IDEAS && fabs(d->after - d->before) >= 0.01;
}

/* An idea that is told: where among the events, from whom. */
typedef struct told_idea {
    int32_t from, belief;
    double age_yr;
} told_idea;

/* Name event n: what one person says within a lesson's time is one label, each belief once. */
static void name_idea(plot *p, const hm_story *story, const hm_story_idea *d, told_idea told[],
                      events *e)
{
    const char *sign = d->after > d->before ? "+" : PLOT_MINUS;
    const char *word = hm_story_belief_word(d->belief);
    int32_t of = -1;
    told[e->n] = (told_idea){d->from, d->belief, e->x[e->n]};
    for (int32_t k = 0; k < e->n; k++) {
        if (told[k].from != d->from || e->x[e->n] - told[k].age_yr > LESSON_YR)
            continue;
        if (told[k].belief == d->belief)
            return;
        of = of < 0 && e->name[k] ? k : of;
    }
    if (of < 0)
        e->name[e->n] = plot_text(p, "%s%s, %s", sign, word, story->person[d->from].name);
    else
        e->name[of] = plot_text(p, "%s%s %s", sign, word, e->name[of]);
}

/* The ideas that moved him most. */
static void add_ideas(plot *p, const hm_story *story, int32_t person)
{
    const hm_story_person *who = &story->person[person];
    told_idea told[NAMED_IDEAS * 4];
    events e = events_of(p, story->n_idea);
    for (int32_t i = 0; i < story->n_idea && !p->out_of_memory; i++) {
        const hm_story_idea *d = &story->idea[i];
        if (d->to != person || !is_large(story, d) || e.n == NAMED_IDEAS * 4)
            continue;
        e.x[e.n] = life_plot_age_yr(who, d->date);
        e.y[e.n] = life_plot_level_s(who, e.x[e.n]);
        name_idea(p, story, d, told, &e);
        e.n++;
    }
    add_events(p, &e, HM_INK_PURPLE, HM_MARK_SQUARE, "idea gained or lost, and by whom");
}

/* ---- beliefs, numbers ---- */

static void add_beliefs(plot *p, const hm_story_person *who, int32_t row, double lo, double hi)
{
    hm_chart_panel *panel = plot_panel(p, row, 0, "What he believed");
    panel->n_col = 2;
    panel->x.title = "age, years";
    panel->x.lo = lo, panel->x.hi = hi;
    panel->y.title = "how firmly, 0 to 1";
    panel->y.lo = 0, panel->y.hi = 1;
    for (int32_t b = 0; b < HM_STORY_BELIEF_COUNT; b++) {
        double *x = plot_numbers(p, who->n_season), *y = plot_numbers(p, who->n_season);
        if (p->out_of_memory)
            return;
        for (int32_t i = 0; i < who->n_season; i++) {
            x[i] = who->season[i].age_yr;
            y[i] = who->season[i].belief[b];
        }
        double pale;
        bool dashed;
        hm_chart_ink ink = life_plot_belief_ink(b, &pale, &dashed);
        hm_chart_series *s = plot_add(p, HM_CHART_LINE, who->n_season, ink);
        s->x = x, s->y = y;
        s->pale_frac = pale, s->dashed = dashed;
        s->label = hm_story_belief_word(b);
        s->where = HM_LABEL_END;
    }
}

static double sum_of(const hm_story_person *who, int32_t term)
{
    double sum = 0;
    for (int32_t i = 0; i < who->n_season; i++)
        sum += who->season[i].term_ln[term];
    return sum;
}

/* Whole life: each term in percent and in seconds at his best level. */
static void add_sums(plot *p, const hm_story_person *who, int32_t row)
{
    hm_chart_panel *panel = plot_panel(p, row, 0, "The account of all these years");
    panel->n_col = 2;
    int32_t n_col = 0;
    const char **cell = plot_names(p, 3 * (HM_STORY_TERM_COUNT + 2));
    static const char align[] = "lrrrrrrrrrrrrrr";
    double total = 0, best_s = isfinite(who->pb_s) ? who->pb_s : who->season[0].start_s;
    if (p->out_of_memory)
        return;
    int32_t term[HM_STORY_TERM_COUNT];
    for (int32_t t = 0; t < HM_STORY_TERM_COUNT; t++)
        if (fabs(sum_of(who, t)) >= 5e-5 || t == 6 || t == 11)
            term[n_col++] = t;
    n_col += 2;
    cell[0] = "", cell[n_col] = "faster, %", cell[2 * n_col] = "at his best, s";
    for (int32_t k = 0; k < n_col - 2; k++) {
        double sum = sum_of(who, term[k]);
        total += sum;
        cell[1 + k] = hm_story_term_word(term[k]);
        cell[n_col + 1 + k] = plot_number(p, -100 * sum, 1, true);
        cell[2 * n_col + 1 + k] = plot_number(p, best_s * sum, 2, true);
    }
    cell[n_col - 1] = "sum";
    cell[2 * n_col - 1] = plot_number(p, -100 * total, 1, true);
    cell[3 * n_col - 1] = plot_number(p, best_s * total, 2, true);
    panel->table = (hm_chart_table){3, n_col, align, cell};
}

/* Events whose mark would be cut by the edge belong to the other stretch; the series stays for the
 * legend. */
static void keep_stretch(plot *p, const hm_chart_panel *panel, double lo, double hi)
{
    for (int32_t k = 0; k < panel->n_series; k++) {
        hm_chart_series *s = &p->series[panel->series - p->series + k];
        if (!s->name)
            continue;
        double *y = plot_numbers(p, s->n);
        const char **name = plot_names(p, s->n);
        for (int32_t i = 0; i < s->n && !p->out_of_memory; i++) {
            bool in = s->x[i] >= lo && s->x[i] < hi;
            y[i] = in ? s->y[i] : (double)NAN;
            name[i] = in ? s->name[i] : NULL;
        }
        s->y = y;
        s->name = name;
    }
}

/* One stretch of the life: level, races, events. */
static void add_stretch(plot *p, const hm_story *story, int32_t person, double lo, double hi,
                        hm_chart_panel *panel)
{
    const hm_story_person *who = &story->person[person];
    plot_reach y = {INFINITY, -INFINITY};
    for (int32_t i = 0; i < who->n_season; i++) {
        const hm_story_season *s = &who->season[i];
        if (s->age_yr + 1 <= lo + 2 * MARK_YR || s->age_yr >= hi)
            continue;
        y.lo = fmin(y.lo, fmin(s->end_s, isfinite(s->best_s) ? s->best_s : s->end_s));
        y.hi = fmax(y.hi, s->start_s);
    }
    panel->x.lo = lo - MARK_YR, panel->x.hi = hi;
    panel->y.title = "100 m, s";
    panel->y.lo = y.lo - 0.06 * (y.hi - y.lo) - 0.02;
    panel->y.hi = y.hi + 0.10 * (y.hi - y.lo) + 0.02;
    add_races(p, story, person);
    add_level(p, who);
    add_meetings(p, story, person);
    add_injuries(p, story, person);
    add_ideas(p, story, person);
    keep_stretch(p, panel, lo, hi - MARK_YR);
}

/* Growing up and grown, each with its scale: tenths count once one is grown. */
static void add_speed(plot *p, const hm_story *story, int32_t person, double lo, double hi)
{
    int32_t row = plot_row(p, 3);
    bool both = lo < CUT_YR - 2 && hi > CUT_YR + 2;
    double cut = both ? CUT_YR : hi;
    hm_chart_panel *panel = plot_panel(p, row, 0, both ? "Growing up" : "How fast");
    panel->n_col = both ? 1 : 2;
    add_stretch(p, story, person, lo, cut, panel);
    if (!both)
        return;
    for (int32_t k = 0; k < panel->n_series; k++) /* the other panel has the legend */
        p->series[panel->series - p->series + k].label = NULL;
    panel = plot_panel(p, row, 1, "Grown");
    add_stretch(p, story, person, cut - MARK_YR, hi, panel);
    panel->y.title = NULL;
}

static void build(plot *p, const hm_story *story, const int32_t who[2])
{
    const hm_story_person *me = &story->person[who[0]];
    const hm_story_season *first = &me->season[0], *last = &me->season[me->n_season - 1];
    double lo = first->age_yr - 0.2, hi = last->age_yr + 1.2;
    p->fig.title = plot_text(p, "%s", me->name);
    const char *best = isfinite(me->pb_s)
                           ? plot_text(p, "best %.2f\xc2\xa0s at %.1f", me->pb_s, me->pb_age_yr)
                           : "never raced";
    p->fig.subtitle =
        plot_text(p, "born %s%s%s%s%s%s", me->born, me->kind[0] ? PLOT_DOT : "", me->kind, PLOT_DOT,
                  best, me->exit && me->exit[0] ? plot_text(p, PLOT_DOT "%s", me->exit) : "");
    p->fig.footer = "Hectometre life. Level: 100 m of a rested runner in still air. The account "
                    "books every change of its logarithm under one of thirteen names; a year's "
                    "pieces sum to its change. Above the line: what made him faster.";
    add_speed(p, story, who[0], lo, hi);
    hm_chart_panel *panel =
        life_plot_account(p, story, who[0], plot_row(p, 2.6), 0, true, "Why: each year's change");
    panel->x.lo = lo, panel->x.hi = hi;
    panel->n_col = 2;
    add_beliefs(p, me, plot_row(p, 1.5), lo, hi);
    add_sums(p, me, plot_row(p, 0));
}

hm_status life_plot_person(const hm_story *story, int32_t person, const fit_plot_opts *opts,
                           hm_arena *arena, char **bytes, size_t *n, hm_err *err)
{
    const int32_t who[2] = {person, -1};
    if (story->person[person].n_season < 1)
        return hm_err_set(err, HM_ERR_INPUT, story->person[person].id, 0, 0, "seasons",
                          "expected a life with seasons, found none");
    return life_plot_draw(build, story, who, 2, opts, arena, bytes, n, err);
}
