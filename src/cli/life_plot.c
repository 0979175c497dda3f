/* life_plot.c - what the pictures of lives have in common. */
#include "life_plot_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define YEAR_DAYS 365.2425

/* ---- time ---- */

double life_plot_age_yr(const hm_story_person *p, const char *date)
{
    return (plot_day_of(date) - plot_day_of(p->born)) / YEAR_DAYS;
}

double life_plot_year(const char *date)
{
    return 1970 + plot_day_of(date) / YEAR_DAYS;
}

double life_plot_week_year(const hm_story *story, int32_t week)
{
    int month = 1, day = 1;
    if (story->year_begins && strlen(story->year_begins) >= 5) {
        month = atoi(story->year_begins);
        day = atoi(story->year_begins + 3);
    }
    return story->first_year + (month - 1) / 12.0 + (day - 1) / YEAR_DAYS + week / 52.0;
}

double life_plot_level_s(const hm_story_person *p, double age_yr)
{
    for (int32_t i = 0; i < p->n_season; i++) {
        const hm_story_season *s = &p->season[i];
        double u = age_yr - s->age_yr;
        if (u >= 0 && u <= 1)
            return s->start_s + u * (s->end_s - s->start_s);
    }
    return NAN;
}

/* ---- the account ---- */

/* Inks of the thirteen terms, in the order of data/story.h: what belongs together has one ink, and
 * tone and hatching part it. */
static const struct {
    hm_chart_ink ink;
    double pale_frac;
    bool hatched;
} term_look[HM_STORY_TERM_COUNT] = {{HM_INK_BLUE, 0, false},    /* growth */
                                    {HM_INK_BLUE, 0.55, false}, /* timing */
                                    {HM_INK_GREEN, 0, false},   /* training */
                                    {HM_INK_GREEN, 0.5, false}, /* technique */
                                    {HM_INK_GREEN, 0, true},    /* detraining */
                                    {HM_INK_GREY, 0.45, false}, /* form */
                                    {HM_INK_RED, 0, false},     /* injury */
                                    {HM_INK_DARK, 0, false},    /* ageing */
                                    {HM_INK_GREY, 0, true},     /* luck */
                                    {HM_INK_PURPLE, 0, false},  /* mind */
                                    {HM_INK_RED, 0, true},      /* rival */
                                    {HM_INK_PURPLE, 0, true},   /* idea */
                                    {HM_INK_GREY, 0, false}};   /* conditions */

/* Percent faster: what made the time shorter stands above the line. */
static double gain_of(const hm_story_season *s, int32_t term)
{
    return -100 * s->term_ln[term];
}

static bool matters(const hm_story_person *who, int32_t term)
{
    for (int32_t i = 0; i < who->n_season; i++)
        if (fabs(gain_of(&who->season[i], term)) >= 0.05)
            return true;
    return false;
}

hm_chart_panel *life_plot_account(plot *p, const hm_story *story, int32_t person, int32_t row,
                                  int32_t col, bool by_age, const char *title)
{
    const hm_story_person *who = &story->person[person];
    hm_chart_panel *panel = plot_panel(p, row, col, title);
    double *up = plot_numbers(p, who->n_season), *down = plot_numbers(p, who->n_season);
    panel->y.title = "faster, % a year";
    panel->y.zero = true;
    for (int32_t t = 0; t < HM_STORY_TERM_COUNT; t++) {
        double *x = plot_numbers(p, who->n_season), *lo = plot_numbers(p, who->n_season),
               *hi = plot_numbers(p, who->n_season);
        if (p->out_of_memory || !matters(who, t))
            continue;
        hm_chart_series *s = plot_add(p, HM_CHART_STACK, who->n_season, term_look[t].ink);
        for (int32_t i = 0; i < who->n_season; i++) {
            double gain = gain_of(&who->season[i], t), *to = gain > 0 ? &up[i] : &down[i];
            x[i] = by_age ? who->season[i].age_yr + 0.5 : who->season[i].year + 0.75;
            lo[i] = *to;
            hi[i] = *to += gain;
        }
        s->x = x, s->lo = lo, s->hi = hi;
        s->pale_frac = term_look[t].pale_frac;
        s->dashed = term_look[t].hatched;
        s->label = hm_story_term_word(t);
    }
    hm_chart_series *zero = plot_add(p, HM_CHART_RULE, 1, HM_INK_GREY);
    zero->y = plot_one(p, 0);
    return panel;
}

hm_chart_ink life_plot_belief_ink(int32_t belief, double *pale_frac, bool *dashed)
{
    static const struct {
        hm_chart_ink ink;
        double pale_frac;
        bool dashed;
    } look[HM_STORY_BELIEF_COUNT] = {{HM_INK_GREEN, 0, false}, {HM_INK_RED, 0, false},
                                     {HM_INK_BLUE, 0, false},  {HM_INK_GREY, 0, false},
                                     {HM_INK_DARK, 0, true},   {HM_INK_PURPLE, 0, false}};
    *pale_frac = look[belief].pale_frac;
    *dashed = look[belief].dashed;
    return look[belief].ink;
}

/* ---- the page ---- */

hm_status life_plot_draw(life_plot_fn *build, const hm_story *story, const int32_t who[2],
                         int32_t n_col, const fit_plot_opts *opts, hm_arena *arena, char **bytes,
                         size_t *n, hm_err *err)
{
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    plot *p = HM_PUSH(&scratch, plot, 1);
    hm_status status = p ? plot_begin(p, &scratch, n_col, err)
                         : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    if (status == HM_OK) {
        build(p, story, who);
        status = plot_finish(p, opts, arena, bytes, n, err);
    }
    hm_arena_free(&scratch);
    return status;
}
