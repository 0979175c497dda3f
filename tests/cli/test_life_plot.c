/* The pictures of lives: what they show is what the story says, and they say it in words too. */
#include "ht.h"
#include "life_plot_priv.h"

#include <stdlib.h>
#include <string.h>

enum { YEARS = 12, FUTURES = 2, GROWTH = 0, INJURY = 6, IDEA = 11 };

typedef struct rig {
    hm_arena a;
    hm_story story;
    hm_story_person person[2];
    hm_story_season season[2][YEARS];
    hm_story_race race[1];
    hm_story_run run[2];
    hm_story_meeting meeting;
    hm_story_injury injury;
    hm_story_idea idea;
    hm_story_future future[FUTURES];
    double lo[YEARS], mid[YEARS], hi[YEARS];
} rig;

/* A life that grows faster by `growth`, loses by injuries in one year and gains by an idea. */
static void live(hm_story_season season[], double start_s, double growth)
{
    double at_s = start_s;
    for (int i = 0; i < YEARS; i++) {
        hm_story_season *s = &season[i];
        *s = (hm_story_season){.year = 2000 + i, .age_yr = 10 + i, .start_s = at_s};
        s->term_ln[GROWTH] = -growth / (1 + i);
        s->term_ln[INJURY] = i == 6 ? 0.01 : 0;
        s->term_ln[IDEA] = i == 3 ? -0.004 : 0;
        s->belief[1] = 0.9 - 0.05 * i;
        at_s *= exp(s->term_ln[GROWTH] + s->term_ln[INJURY] + s->term_ln[IDEA]);
        s->end_s = at_s;
        s->best_s = 0.99 * at_s;
    }
}

static rig *rig_new(void)
{
    rig *g = calloc(1, sizeof *g);
    hm_arena_init(&g->a, 0);
    live(g->season[0], 14, 0.09);
    live(g->season[1], 15, 0.11);
    for (int i = 0; i < 2; i++) {
        g->person[i] = (hm_story_person){.id = i ? "bo" : "ann",
                                         .name = i ? "Bo" : "Ann",
                                         .born = "1990-04-02",
                                         .kind = "",
                                         .pb_s = 10.9,
                                         .pinned = true,
                                         .exit_week = -1,
                                         .n_season = YEARS,
                                         .season = g->season[i]};
        g->run[i] = (hm_story_run){.person = i, .lane = i + 4, .place = i + 1};
        g->run[i].time_us = 11000000 + 250000 * i;
    }
    g->race[0] = (hm_story_race){.id = "r",
                                 .name = "By the river",
                                 .date = "2006-07-01",
                                 .level = "club",
                                 .n_run = 2,
                                 .run = g->run};
    g->meeting = (hm_story_meeting){0, 1, 0, 1};
    g->injury =
        (hm_story_injury){.person = 0, .date = "2006-09-01", .site = "hamstring", .days_out = 42};
    g->idea = (hm_story_idea){.from = 1,
                              .to = 0,
                              .belief = 1,
                              .week = 180,
                              .race = -1,
                              .date = "2003-09-01",
                              .how = "teach",
                              .before = 0.2,
                              .after = 0.5};
    for (int k = 0; k < YEARS; k++)
        g->lo[k] = 10.8 + 0.1 * k, g->mid[k] = 11 + 0.1 * k, g->hi[k] = 11.2 + 0.1 * k;
    for (int i = 0; i < FUTURES; i++)
        g->future[i] = (hm_story_future){.name = i ? "without the lesson" : "as it was",
                                         .change = i ? "nobody teaches him" : "",
                                         .n = 50,
                                         .pb_s_lo90 = 10.5,
                                         .pb_s_median = 10.7,
                                         .pb_s_hi90 = 11,
                                         .p_active_30 = 0.4,
                                         .p_meets = 0.25,
                                         .p_wins = 0.5,
                                         .n_year = YEARS,
                                         .first_year = 2006,
                                         .best_s_lo90 = g->lo,
                                         .best_s_median = g->mid,
                                         .best_s_hi90 = g->hi};
    g->story = (hm_story){.title = "Two",
                          .first_year = 2000,
                          .last_year = 2011,
                          .year_begins = "04-02",
                          .n_person = 2,
                          .person = g->person,
                          .n_race = 1,
                          .race = g->race,
                          .n_meeting = 1,
                          .meeting = &g->meeting,
                          .n_idea = 1,
                          .idea = &g->idea,
                          .n_injury = 1,
                          .injury = &g->injury,
                          .n_future = FUTURES,
                          .future = g->future};
    return g;
}

static void rig_free(rig *g)
{
    hm_arena_free(&g->a);
    free(g);
}

static void a_years_pieces_sum_to_its_change(void **state)
{
    (void)state;
    rig *g = rig_new();
    static plot p;
    hm_err e = {0};
    assert_int_equal(plot_begin(&p, &g->a, 1, &e), HM_OK);
    const hm_chart_panel *panel =
        life_plot_account(&p, &g->story, 0, plot_row(&p, 1), 0, true, "why");
    for (int i = 0; i < YEARS; i++) {
        double sum = 0;
        for (int32_t k = 0; k < panel->n_series; k++)
            if (panel->series[k].kind == HM_CHART_STACK)
                sum += panel->series[k].hi[i] - panel->series[k].lo[i];
        const hm_story_season *s = &g->season[0][i];
        ht_near(sum, -100 * (log(s->end_s) - log(s->start_s)), 1e-9, 0);
    }
    rig_free(g);
}

static void pieces_stand_upon_one_another_and_losses_hang_below(void **state)
{
    (void)state;
    rig *g = rig_new();
    static plot p;
    hm_err e = {0};
    assert_int_equal(plot_begin(&p, &g->a, 1, &e), HM_OK);
    const hm_chart_panel *panel =
        life_plot_account(&p, &g->story, 0, plot_row(&p, 1), 0, true, "why");
    const hm_chart_series *growth = &panel->series[0], *injury = &panel->series[1],
                          *idea = &panel->series[2];
    assert_string_equal(growth->label, "growth");
    assert_string_equal(injury->label, "injury");
    assert_string_equal(idea->label, "idea");
    ht_near(idea->lo[3], growth->hi[3], 1e-12, 0);
    ht_near(injury->lo[6], 0, 1e-12, 0);
    ht_near(injury->hi[6], -1, 1e-9, 0); /* 0.01 slower */
    /* nothing else holds as long as no other is named */
    assert_int_equal(panel->n_series, 4);
    rig_free(g);
}

static void no_two_terms_look_alike(void **state)
{
    (void)state;
    rig *g = rig_new();
    static plot p;
    hm_err e = {0};
    for (int t = 0; t < HM_STORY_TERM_COUNT; t++)
        g->season[0][2].term_ln[t] = 0.01;
    assert_int_equal(plot_begin(&p, &g->a, 1, &e), HM_OK);
    const hm_chart_panel *panel =
        life_plot_account(&p, &g->story, 0, plot_row(&p, 1), 0, true, "why");
    assert_int_equal(panel->n_series, HM_STORY_TERM_COUNT + 1);
    for (int32_t i = 0; i < HM_STORY_TERM_COUNT; i++)
        for (int32_t k = 0; k < i; k++) {
            const hm_chart_series *a = &panel->series[i], *b = &panel->series[k];
            assert_true(a->ink != b->ink || a->dashed != b->dashed ||
                        fabs(a->pale_frac - b->pale_frac) > 0.3);
        }
    rig_free(g);
}

static void ages_and_levels_are_those_of_the_day(void **state)
{
    (void)state;
    rig *g = rig_new();
    ht_near(life_plot_age_yr(&g->person[0], "2005-04-02"), 15, 0.003, 0);
    ht_near(life_plot_year("2003-07-02"), 2003.5, 0.003, 0);
    ht_near(life_plot_week_year(&g->story, 52), 2001.25, 0.01, 0);
    ht_near(life_plot_level_s(&g->person[0], 12), g->season[0][2].start_s, 1e-9, 0);
    ht_near(life_plot_level_s(&g->person[0], 12.5),
            0.5 * (g->season[0][2].start_s + g->season[0][2].end_s), 1e-9, 0);
    assert_true(isnan(life_plot_level_s(&g->person[0], 9)));
    rig_free(g);
}

/* A picture as SVG; words are paths there, so its bytes are compared and its size. */
static size_t drawn(rig *g, int which, char **bytes)
{
    fit_plot_opts o = fit_plot_opts_default();
    size_t n = 0;
    hm_err e = {0};
    o.format = HM_CHART_SVG;
    hm_status s = which == 0   ? life_plot_person(&g->story, 0, &o, &g->a, bytes, &n, &e)
                  : which == 1 ? life_plot_pair(&g->story, 0, 1, &o, &g->a, bytes, &n, &e)
                  : which == 2 ? life_plot_futures(&g->story, 0, &o, &g->a, bytes, &n, &e)
                               : life_plot_idea(&g->story, 1, &o, &g->a, bytes, &n, &e);
    if (s != HM_OK)
        fail_msg("%d: %s", which, e.msg);
    return n;
}

static void every_picture_can_be_drawn_and_again_the_same(void **state)
{
    (void)state;
    rig *g = rig_new();
    for (int which = 0; which < 4; which++) {
        char *one, *two;
        size_t n = drawn(g, which, &one), m = drawn(g, which, &two);
        assert_true(n > 4000 && n == m);
        assert_memory_equal(one, two, n);
        assert_non_null(strstr(one, "<svg"));
    }
    rig_free(g);
}

static void what_is_not_there_is_told(void **state)
{
    (void)state;
    rig *g = rig_new();
    fit_plot_opts o = fit_plot_opts_default();
    char *bytes;
    size_t n;
    hm_err e = {0};
    g->person[1].n_season = 0;
    assert_int_equal(life_plot_person(&g->story, 1, &o, &g->a, &bytes, &n, &e), HM_ERR_INPUT);
    assert_int_equal(life_plot_pair(&g->story, 0, 1, &o, &g->a, &bytes, &n, &e), HM_ERR_INPUT);
    assert_int_equal(life_plot_pair(&g->story, 0, 0, &o, &g->a, &bytes, &n, &e), HM_ERR_USAGE);
    assert_int_equal(life_plot_futures(&g->story, 1, &o, &g->a, &bytes, &n, &e), HM_ERR_INPUT);
    rig_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_years_pieces_sum_to_its_change),
        cmocka_unit_test(pieces_stand_upon_one_another_and_losses_hang_below),
        cmocka_unit_test(no_two_terms_look_alike),
        cmocka_unit_test(ages_and_levels_are_those_of_the_day),
        cmocka_unit_test(every_picture_can_be_drawn_and_again_the_same),
        cmocka_unit_test(what_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
