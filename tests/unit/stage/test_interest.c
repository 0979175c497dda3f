/* Whom close shots show: three races with known stories. */
#include "film_race.h"
#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "data/film_file.h"
#include "stage/director.h"
#include "stage/interest.h"
#include "stage/shots.h"

typedef struct rig {
    hm_arena a;
    hm_race r;
    hm_direct_opts o;
    hm_film f;
} rig;

/* Four runners of equal reaction in lanes 3 to 6. */
static rig *rig_new(const double time_s[4])
{
    rig *g = calloc(1, sizeof *g);
    static const char *const name[] = {"Ann", "Bo", "Cy", "Di"};
    hm_arena_init(&g->a, 0);
    g->r = film_race(&g->a, FILM_RACE_EIGHT);
    g->r.n_lane = 4;
    for (int32_t i = 0; i < 4; i++)
        g->r.lane[i] = film_race_lane(&g->a, 3 + i, name[i], time_s[i], 0.150 + 0.001 * i, 100);
    film_race_rank(&g->r);
    g->o = hm_direct_opts_default();
    return g;
}

static void direct(rig *g)
{
    hm_err e = {0};
    if (hm_direct(&g->r, &g->o, &g->a, &g->f, &e) != HM_OK)
        fail_msg("%s", e.msg);
}

static void rig_free(rig *g)
{
    hm_arena_free(&g->a);
    free(g);
}

static const hm_shot *shot_of(const rig *g, const char *name)
{
    for (int32_t i = 0; i < g->f.n_shot; i++)
        if (strcmp(g->f.shot[i].name, name) == 0)
            return &g->f.shot[i];
    return NULL;
}

static bool shows(const rig *g, const char *shot, int32_t lane)
{
    const hm_shot *s = shot_of(g, shot);
    for (int32_t i = 0; s && i < s->n_lane; i++)
        if (g->r.lane[s->lane[i]].lane == lane)
            return true;
    return false;
}

/* Slows by lag_m up to t1_s and makes it up again until t2_s. */
static void hold_back(hm_lane *l, double lag_m, double t1_s, double t2_s)
{
    for (int32_t i = 0; i < l->curve.n; i++) {
        double t = i * l->curve.dt_s;
        double u = t < t1_s ? t / t1_s : t < t2_s ? (t2_s - t) / (t2_s - t1_s) : 0;
        l->curve.x_m[i] = fmax(0, l->curve.x_m[i] - lag_m * u);
    }
}

/* Ann and Bo lead side by side; Di is last at 6 s, 2.6 m behind, and wins. */
static void who_comes_from_behind_is_shown_before_he_leads(void **state)
{
    (void)state;
    static const double time_s[] = {10.10, 10.14, 10.40, 10.05};
    rig *g = rig_new(time_s);
    hold_back(&g->r.lane[3], 2.6, 6.0, 10.0);
    direct(g);
    const hm_shot *s = shot_of(g, "quarter");
    double from_s = s->race_from_s;
    hm_interest_terms di = hm_interest_of(&g->r, &g->f.interest, 3, from_s, s->race_to_s);
    assert_true(di.term[HM_INTEREST_CLOSING] > 0.5);
    assert_true(hm_curve_x_m(&g->r.lane[3].curve, from_s) <
                hm_curve_x_m(&g->r.lane[0].curve, from_s)); /* not yet in front */
    assert_true(shows(g, "quarter", 6));
    assert_true(shows(g, "face", 6));
    assert_null(shot_of(g, "answer")); /* the winner is the story */
    rig_free(g);
}

/* Ann and Bo within 0.3 m all the way, the others far behind. */
static void a_duel_is_shown_as_two(void **state)
{
    (void)state;
    static const double time_s[] = {10.05, 10.07, 10.60, 10.70};
    rig *g = rig_new(time_s);
    direct(g);
    assert_int_equal(shot_of(g, "quarter")->n_lane, 2);
    assert_true(shows(g, "quarter", 3) && shows(g, "quarter", 4));
    rig_free(g);
}

/* Ann is far ahead, Bo second alone; Cy and Di fight for third. */
static void a_duel_far_behind_is_not_shown_instead_of_the_second(void **state)
{
    (void)state;
    static const double time_s[] = {9.90, 10.10, 10.21, 10.22};
    rig *g = rig_new(time_s);
    direct(g);
    assert_true(shows(g, "quarter", 3) && shows(g, "quarter", 4));
    assert_int_equal(shot_of(g, "quarter")->n_lane, 2);
    rig_free(g);
}

/* Cy is followed and comes third, in a time he never ran. */
static void whom_the_film_follows_is_shown_before_and_after_though_he_loses(void **state)
{
    (void)state;
    static const double time_s[] = {10.05, 10.20, 10.40, 10.80};
    rig *g = rig_new(time_s);
    g->r.lane[2].pb_s = 10.52;
    direct(g);
    assert_true(shows(g, "breath", 3)); /* shortest reaction */
    assert_null(shot_of(g, "answer"));
    g->o.n_followed = 1, g->o.followed[0] = 5;
    direct(g);
    assert_true(shows(g, "breath", 5));
    assert_true(shows(g, "face", 3));
    assert_true(shows(g, "answer", 5));
    hm_interest_terms cy = hm_interest_of(&g->r, &g->f.interest, 2, 11, 13);
    ht_near(cy.term[HM_INTEREST_PLACE], 1.0 / 3, 1e-12, 0);
    ht_near(cy.term[HM_INTEREST_BEST], 1, 0, 0);
    ht_near(cy.term[HM_INTEREST_FOLLOWED], 1, 0, 0);
    ht_near(cy.score,
            g->f.interest.weight[HM_INTEREST_PLACE] / 3 + g->f.interest.weight[HM_INTEREST_BEST] +
                g->f.interest.weight[HM_INTEREST_FOLLOWED],
            1e-12, 0);
    rig_free(g);
}

/* Weights are data of the shot list: another list, another choice; and they are read as written. */
static void weights_stand_in_the_shot_list(void **state)
{
    (void)state;
    static const double time_s[] = {10.05, 10.20, 10.40, 10.80};
    rig *g = rig_new(time_s);
    char *text, *again;
    size_t n;
    hm_film read = {0};
    hm_err e = {0};
    g->o.n_followed = 1, g->o.followed[0] = 5;
    direct(g);
    g->f.interest.record_s = 9.58;
    assert_int_equal(hm_film_print(&g->f, &g->a, &text, &n, &e), HM_OK);
    assert_non_null(strstr(text, "\"closing\""));
    assert_int_equal(hm_film_parse("f", text, n, &g->a, &read, &e), HM_OK);
    assert_int_equal(hm_film_print(&read, &g->a, &again, NULL, &e), HM_OK);
    assert_string_equal(text, again);
    read.interest.weight[HM_INTEREST_FOLLOWED] = 0;
    assert_int_equal(hm_film_bind(&read, &g->r, &g->a, &e), HM_OK);
    g->f = read;
    assert_true(shows(g, "breath", 3) && !shows(g, "breath", 5));
    read.interest.weight[HM_INTEREST_PLACE] = -1;
    assert_int_equal(hm_film_check(&read, &e), HM_ERR_INPUT);
    assert_string_equal(e.field, "interest");
    rig_free(g);
}

static void a_record_on_the_way_counts_from_half_way_on(void **state)
{
    (void)state;
    static const double time_s[] = {9.50, 10.20, 10.40, 10.80};
    rig *g = rig_new(time_s);
    hm_interest w = hm_interest_default();
    w.record_s = 9.58;
    assert_true(hm_interest_of(&g->r, &w, 0, 2, 4).term[HM_INTEREST_RECORD] < 0.5);
    assert_true(hm_interest_of(&g->r, &w, 0, 5, 8).term[HM_INTEREST_RECORD] > 0.5);
    assert_true(hm_interest_of(&g->r, &w, 1, 5, 8).term[HM_INTEREST_RECORD] < 0.5);
    rig_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_comes_from_behind_is_shown_before_he_leads),
        cmocka_unit_test(a_duel_is_shown_as_two),
        cmocka_unit_test(a_duel_far_behind_is_not_shown_instead_of_the_second),
        cmocka_unit_test(whom_the_film_follows_is_shown_before_and_after_though_he_loses),
        cmocka_unit_test(weights_stand_in_the_shot_list),
        cmocka_unit_test(a_record_on_the_way_counts_from_half_way_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
