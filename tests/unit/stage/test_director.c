#include "film_race.h"
#include "ht.h"

#include <string.h>

#include "base/hash.h"
#include "base/rng.h"
#include "stage/director.h"
#include "stage/review.h"
#include "stage/shots.h"

static hm_film direct(const hm_race *r, hm_cut cut, hm_arena *a)
{
    hm_direct_opts o = hm_direct_opts_default();
    o.cut = cut;
    hm_film f = {0};
    hm_err e = {0};
    if (hm_direct(r, &o, a, &f, &e) != HM_OK) {
        char text[512];
        hm_err_text(&e, text, sizeof text);
        fail_msg("%s", text);
    }
    return f;
}

static void every_film_lasts_12_to_90_s(void **state)
{
    (void)state;
    for (film_race_kind k = 0; k < FILM_RACE_KINDS; k++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_race r = film_race(&a, k);
        hm_film f = direct(&r, HM_CUT_BROADCAST, &a);
        assert_true(f.duration_s >= 12 && f.duration_s <= 90);
        hm_arena_free(&a);
    }
}

/* From 8 s to five minutes, with runners who stop anywhere or never start. */
static void any_race_can_be_directed(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 60; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_race r = film_race(&a, FILM_RACE_TEN);
        uint32_t d = 0;
        double best_s = 8 * hm_exp(3.6 * hm_rng_unit(3, HM_FOR_TEST, i, 0, d++));
        r.n_lane = 1 + (int32_t)(9.99 * hm_rng_unit(3, HM_FOR_TEST, i, 0, d++));
        for (int32_t k = 0; k < r.n_lane; k++) {
            double u = hm_rng_unit(3, HM_FOR_TEST, i, 1, d++), stop_m = 100;
            double time_s = best_s * (1 + 0.4 * hm_rng_unit(3, HM_FOR_TEST, i, 2, d++));
            if (u < 0.2)
                stop_m = 1 + 98 * hm_rng_unit(3, HM_FOR_TEST, i, 3, d++);
            if (u > 0.9 && k > 0)
                time_s = 0;
            r.lane[k] = film_race_lane(&a, k + 1, "A", time_s, 0.15, stop_m);
        }
        film_race_rank(&r);
        hm_film f = direct(&r, HM_CUT_BROADCAST, &a);
        if (f.duration_s < 12 || f.duration_s > 90)
            fail_msg("race %d, best %.1f s: film of %.1f s", (int)i, best_s, f.duration_s);
        direct(&r, HM_CUT_RACE, &a);
        hm_arena_free(&a);
    }
}

static void a_world_class_final_takes_25_to_40_s(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_film f = direct(&r, HM_CUT_BROADCAST, &a);
    assert_true(f.duration_s >= 25 && f.duration_s <= 40);
    hm_arena_free(&a);
}

static void the_plain_cut_runs_from_before_the_gun_to_after_the_winner(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_film f = direct(&r, HM_CUT_RACE, &a);
    double win_s = 1e-6 * (double)r.lane[3].time_us;
    ht_near(f.duration_s, win_s + 2.5, 1e-9, 0);
    for (int i = 0; i <= 40; i++) {
        hm_moment m;
        hm_film_at(&f, &r, f.duration_s * i / 40, &m);
        ht_near(m.race_t_s, -1 + f.duration_s * i / 40, 1e-9, 0);
    }
    hm_arena_free(&a);
}

static void race_time_never_jumps_from_set_to_after_the_line(void **state)
{
    (void)state;
    for (film_race_kind k = 0; k < FILM_RACE_KINDS; k++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_race r = film_race(&a, k);
        hm_film f = direct(&r, HM_CUT_BROADCAST, &a);
        int32_t i = 0;
        while (strcmp(f.shot[i].name, "blocks"))
            i++;
        assert_true(f.shot[i].race_from_s < HM_SET_S);
        for (; strcmp(f.shot[i + 1].name, "face"); i++)
            ht_near(f.shot[i + 1].race_from_s, f.shot[i].race_to_s, 1e-12, 0);
        hm_arena_free(&a);
    }
}

static void no_cut_falls_near_the_winners_finish(void **state)
{
    (void)state;
    for (film_race_kind k = 0; k < FILM_RACE_KINDS; k++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_race r = film_race(&a, k);
        hm_film f = direct(&r, HM_CUT_BROADCAST, &a);
        double win_s = 1e9;
        for (int32_t i = 0; i < r.n_lane; i++)
            if (r.lane[i].time_us > 0)
                win_s = fmin(win_s, 1e-6 * (double)r.lane[i].time_us);
        for (int32_t i = 0; i < f.n_shot; i++) {
            if (f.shot[i].rate < 1)
                continue; /* replays have finishes of their own */
            assert_true(fabs(f.shot[i].race_from_s - win_s) > 0.3);
            assert_true(fabs(f.shot[i].race_to_s - win_s) > 0.3);
        }
        hm_arena_free(&a);
    }
}

static void shots_are_long_enough_to_read(void **state)
{
    (void)state;
    for (film_race_kind k = 0; k < FILM_RACE_KINDS; k++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_race r = film_race(&a, k);
        hm_film f = direct(&r, HM_CUT_BROADCAST, &a);
        for (int32_t i = 0; i < f.n_shot; i++)
            assert_true(f.shot[i].to_s - f.shot[i].from_s >= 0.5);
        hm_arena_free(&a);
    }
}

static uint64_t hash_film(const hm_film *f, const hm_race *r)
{
    uint64_t h = HM_HASH_START;
    for (int i = 0; i < 200; i++) {
        hm_moment m;
        hm_film_at(f, r, f->duration_s * i / 199, &m);
        h = hm_hash(h, &m.camera, sizeof m.camera);
        h = hm_hash(h, &m.race_t_s, sizeof m.race_t_s);
    }
    return h;
}

static void same_race_and_seed_give_the_same_film(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_film f = direct(&r, HM_CUT_BROADCAST, &a), g = direct(&r, HM_CUT_BROADCAST, &a);
    assert_true(hash_film(&f, &r) == hash_film(&g, &r));
    hm_direct_opts o = hm_direct_opts_default();
    o.seed = 2;
    assert_int_equal(hm_direct(&r, &o, &a, &g, NULL), HM_OK);
    assert_false(hash_film(&f, &r) == hash_film(&g, &r)); /* other hands on the camera */
    hm_arena_free(&a);
}

static void a_race_without_runners_is_refused(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_ONE);
    r.lane[0] = film_race_lane(&a, 5, "A", 0, 0, 100);
    hm_direct_opts o = hm_direct_opts_default();
    hm_film f = {.fps = 77};
    hm_err e = {0};
    assert_int_equal(hm_direct(&r, &o, &a, &f, &e), HM_ERR_INPUT);
    assert_int_equal(f.fps, 77);
    o.w_px = 63;
    r = film_race(&a, FILM_RACE_ONE);
    assert_int_equal(hm_direct(&r, &o, &a, &f, NULL), HM_ERR_USAGE);
    hm_arena_free(&a);
}

static void a_change_of_the_lead_is_seen_from_the_side_or_above(void **state)
{
    (void)state;
    for (int slot = 0; slot < 3; slot++) {
        static const double edge_m[4] = {20, 38, 54, 70};
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_race r = film_race(&a, FILM_RACE_EIGHT);
        /* lane 1 leads by 0.3 m until the middle of the stretch, then nobody else changes */
        hm_lane *l = &r.lane[0], *w = &r.lane[3];
        double mid_s = hm_curve_time_s(&w->curve, 0.5 * (edge_m[slot] + edge_m[slot + 1]));
        for (int32_t i = 0; i < l->curve.n && i < w->curve.n; i++) {
            double lead_m = 0.3 * fmax(-1, fmin(1, 4 * (mid_s - i * l->curve.dt_s)));
            l->curve.x_m[i] = fmax(0, w->curve.x_m[i] + (i > 10 ? lead_m : 0));
        }
        hm_film f = direct(&r, HM_CUT_BROADCAST, &a);
        int seen = 0;
        for (int32_t i = 0; i < f.n_shot; i++)
            if (f.shot[i].rate >= 1 && f.shot[i].race_from_s <= mid_s &&
                f.shot[i].race_to_s > mid_s)
                seen += f.shot[i].rig == HM_RIG_RAIL || f.shot[i].rig == HM_RIG_OVERHEAD;
        assert_int_equal(seen, 1);
        hm_arena_free(&a);
    }
}

/* Every 0.21 s a step, as hm_race has them. */
static void give_steps(hm_lane *l, hm_arena *a)
{
    l->n_step = 60;
    l->step = HM_PUSH(a, hm_step, l->n_step);
    for (int32_t i = 0; i < l->n_step; i++) {
        double on_s = 0.55 + 0.21 * i + 0.013 * (l->lane % 4);
        l->step[i] = (hm_step){i % 2 ? HM_FOOT_LEFT : HM_FOOT_RIGHT, on_s, on_s + 0.1,
                               hm_curve_x_m(&l->curve, on_s), 0};
    }
}

static void cuts_of_the_race_fall_on_footfalls_of_the_leader(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    for (int32_t i = 0; i < r.n_lane; i++)
        give_steps(&r.lane[i], &a);
    hm_film f = direct(&r, HM_CUT_BROADCAST, &a);
    int32_t n = 0;
    for (int32_t i = 0; i < f.n_shot; i++) {
        const hm_shot *s = &f.shot[i];
        if (s->from.at != HM_AT_LEADER || s->rate < 1)
            continue;
        double best_s = 1;
        for (int32_t k = 0; k < r.n_lane; k++) /* the leader is one of them */
            for (int32_t j = 0; j < r.lane[k].n_step; j++)
                best_s = fmin(best_s, fabs(r.lane[k].step[j].on_s - s->race_from_s));
        assert_true(best_s <= 0.0011);
        n++;
    }
    assert_true(n >= 6);
    hm_arena_free(&a);
}

/* The director's films keep the grammar, whatever the race. */
static void no_film_of_the_director_breaks_the_grammar(void **state)
{
    (void)state;
    for (film_race_kind k = 0; k < FILM_RACE_KINDS; k++) {
        hm_arena a;
        hm_notes notes = {0};
        hm_arena_init(&a, 0);
        hm_race r = film_race(&a, k);
        hm_film f = direct(&r, HM_CUT_BROADCAST, &a);
        assert_int_equal(hm_film_review(&f, &r, &a, &notes, NULL), HM_OK);
        if (notes.n > 0)
            fail_msg("race %d: %s", (int)k, notes.text[0]);
        f = direct(&r, HM_CUT_RACE, &a);
        assert_int_equal(hm_film_review(&f, &r, &a, &notes, NULL), HM_OK);
        assert_int_equal(notes.n, 0);
        hm_arena_free(&a);
    }
}

static hm_shot side_shot(const char *name, double x_m, double from_s, double to_s, hm_cam_key *key)
{
    *key = (hm_cam_key){0, {x_m, 1, 30}, {0, 1, 30}, 40};
    return (hm_shot){.name = name,
                     .look = "",
                     .from = {.plus_s = from_s},
                     .to = {.plus_s = to_s},
                     .rate = 1,
                     .rig = HM_RIG_KEYS,
                     .n_key = 1,
                     .key = key};
}

/* From the runners' right they run to the right, from their left to the left. */
static void a_cut_over_the_line_of_action_is_remarked_unless_it_is_marked(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    for (int marked = 0; marked < 2; marked++) {
        hm_cam_key key[7];
        hm_shot shot[7] = {side_shot("right", -20, 1, 3, &key[0]),
                           side_shot("left", 20, 3, 5, &key[1])};
        for (int i = 2; i < 7; i++) /* four make a burst, the fifth is one too many */
            shot[i] = side_shot(i < 6 ? "burst" : "short", 20, 5 + 0.3 * (i - 2), 5 + 0.3 * (i - 1),
                                &key[i]);
        shot[1].crosses = marked;
        hm_film f = {.look = "broadcast", .w_px = 320, .h_px = 180, .fps = 24, .n_shot = 7};
        f.shot = shot;
        hm_notes notes = {0};
        assert_int_equal(hm_film_bind(&f, &r, &a, NULL), HM_OK);
        assert_int_equal(hm_film_direction(&f, &r, 1), 1);
        assert_int_equal(hm_film_direction(&f, &r, 3), -1);
        assert_int_equal(hm_film_review(&f, &r, &a, &notes, NULL), HM_OK);
        assert_int_equal(notes.n, marked ? 1 : 2);
        assert_non_null(strstr(notes.text[notes.n - 1], "\"short\" lasts 0.30 s"));
        if (!marked)
            assert_non_null(strstr(notes.text[0], "\"left\" crosses the line"));
    }
    hm_arena_free(&a);
}

static void a_cut_on_the_finish_is_remarked(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_cam_key key[2];
    hm_shot shot[] = {side_shot("a", -20, 1, 9.6, &key[0]), side_shot("b", -20, 9.6, 11, &key[1])};
    hm_film f = {.look = "broadcast", .w_px = 320, .h_px = 180, .fps = 24, .n_shot = 2};
    f.shot = shot;
    hm_notes notes = {0};
    assert_int_equal(hm_film_bind(&f, &r, &a, NULL), HM_OK);
    assert_int_equal(hm_film_review(&f, &r, &a, &notes, NULL), HM_OK);
    assert_int_equal(notes.n, 1);
    assert_non_null(strstr(notes.text[0], "winner's finish"));
    hm_arena_free(&a);
}

static void titles_stand_at_the_beginning_and_credits_at_the_end(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_direct_opts o = hm_direct_opts_default();
    hm_film f;
    for (int with = 0; with < 2; with++) {
        o.titles = with;
        assert_int_equal(hm_direct(&r, &o, &a, &f, NULL), HM_OK);
        const hm_shot *last = &f.shot[f.n_shot - 1];
        assert_int_equal((f.shot[0].overlays & HM_OVERLAY_TITLE) != 0, with);
        assert_int_equal((last->overlays & HM_OVERLAY_CREDITS) != 0 && last->plain, with);
    }
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_film_lasts_12_to_90_s),
        cmocka_unit_test(any_race_can_be_directed),
        cmocka_unit_test(a_world_class_final_takes_25_to_40_s),
        cmocka_unit_test(the_plain_cut_runs_from_before_the_gun_to_after_the_winner),
        cmocka_unit_test(race_time_never_jumps_from_set_to_after_the_line),
        cmocka_unit_test(no_cut_falls_near_the_winners_finish),
        cmocka_unit_test(shots_are_long_enough_to_read),
        cmocka_unit_test(same_race_and_seed_give_the_same_film),
        cmocka_unit_test(a_race_without_runners_is_refused),
        cmocka_unit_test(cuts_of_the_race_fall_on_footfalls_of_the_leader),
        cmocka_unit_test(no_film_of_the_director_breaks_the_grammar),
        cmocka_unit_test(a_cut_over_the_line_of_action_is_remarked_unless_it_is_marked),
        cmocka_unit_test(a_cut_on_the_finish_is_remarked),
        cmocka_unit_test(titles_stand_at_the_beginning_and_credits_at_the_end),
        cmocka_unit_test(a_change_of_the_lead_is_seen_from_the_side_or_above),
    };
    return cmocka_run_group_tests_name("stage/director", tests, NULL, NULL);
}
