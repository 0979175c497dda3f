#include "film_race.h"
#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "data/film_file.h"
#include "stage/director.h"
#include "stage/shots.h"

static void same_shot(const hm_shot *a, const hm_shot *b)
{
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->look, b->look);
    assert_memory_equal(&a->from, &b->from, sizeof a->from);
    assert_memory_equal(&a->to, &b->to, sizeof a->to);
    assert_true(a->rate == b->rate && a->drift_frac == b->drift_frac);
    assert_int_equal(a->rig, b->rig);
    assert_int_equal(a->follow, b->follow);
    assert_int_equal(a->n_key, b->n_key);
    if (a->n_key)
        assert_memory_equal(a->key, b->key, (size_t)a->n_key * sizeof *a->key);
    assert_int_equal(a->n_focus, b->n_focus);
    assert_memory_equal(a->focus, b->focus, (size_t)a->n_focus * sizeof *a->focus);
    assert_int_equal(a->overlays, b->overlays);
}

static void same_film(const hm_film *a, const hm_film *b)
{
    assert_string_equal(a->look, b->look);
    assert_int_equal(a->w_px, b->w_px);
    assert_int_equal(a->h_px, b->h_px);
    assert_int_equal(a->fps, b->fps);
    assert_true(a->seed == b->seed);
    assert_int_equal(a->n_shot, b->n_shot);
    for (int32_t i = 0; i < a->n_shot; i++)
        same_shot(&a->shot[i], &b->shot[i]);
}

static void round_trip(const hm_film *f, hm_arena *a)
{
    char *text;
    size_t n;
    hm_film g;
    hm_err e = {0};
    assert_int_equal(hm_film_print(f, a, &text, &n, NULL), HM_OK);
    if (hm_film_parse("film.json", text, n, a, &g, &e) != HM_OK)
        fail_msg("%s %s\n%s", e.field, e.msg, text);
    same_film(f, &g);
}

static void directed_films_round_trip_and_bind_to_the_same_cameras(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_direct_opts o = hm_direct_opts_default();
    hm_film f, g;
    char *text;
    size_t n;
    assert_int_equal(hm_direct(&r, &o, &a, &f, NULL), HM_OK);
    round_trip(&f, &a);
    assert_int_equal(hm_film_print(&f, &a, &text, &n, NULL), HM_OK);
    assert_int_equal(hm_film_parse("film.json", text, n, &a, &g, NULL), HM_OK);
    assert_int_equal(hm_film_bind(&g, &r, &a, NULL), HM_OK);
    assert_true(f.duration_s == g.duration_s);
    for (double t = 0; t < f.duration_s; t += 0.7) {
        hm_moment p, q;
        hm_film_at(&f, &r, t, &p);
        hm_film_at(&g, &r, t, &q);
        assert_memory_equal(&p.camera, &q.camera, sizeof p.camera);
    }
    hm_arena_free(&a);
}

static double draw(uint32_t film, uint32_t *k, double lo, double hi)
{
    return lo + (hi - lo) * hm_rng_unit(7, HM_FOR_TEST, film, 0, (*k)++);
}

static hm_anchor random_anchor(uint32_t film, uint32_t *k)
{
    hm_anchor a = {.at = (hm_anchor_at)draw(film, k, 0, 5.999)};
    a.plus_s = draw(film, k, 0, 1) < 0.3 ? 0 : draw(film, k, -20, 20);
    a.x_m = a.at >= HM_AT_LEADER ? draw(film, k, 0, 100) : 0;
    a.lane = a.at == HM_AT_LANE ? 1 + (int32_t)draw(film, k, 0, 9.99) : 0;
    return a;
}

static void random_valid_films_round_trip(void **state)
{
    (void)state;
    for (uint32_t film = 0; film < 100; film++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        uint32_t k = 0;
        hm_film f = {.look = "broadcast",
                     .w_px = 64 + 2 * (int32_t)draw(film, &k, 0, 900),
                     .h_px = 720,
                     .fps = 24,
                     .seed = (uint64_t)draw(film, &k, 0, 9e15)};
        f.n_shot = 1 + (int32_t)draw(film, &k, 0, 6);
        f.shot = HM_PUSH(&a, hm_shot, f.n_shot);
        for (int32_t i = 0; i < f.n_shot; i++) {
            hm_shot *s = &f.shot[i];
            *s = (hm_shot){.name = "a \"b\" 富",
                           .look = i % 2 ? "night" : "",
                           .from = random_anchor(film, &k),
                           .to = random_anchor(film, &k),
                           .rate = draw(film, &k, 0.01, 3),
                           .rig = (hm_rig)draw(film, &k, 0, HM_RIG_COUNT - 0.001),
                           .drift_frac = draw(film, &k, 0, 1),
                           .n_focus = (int32_t)draw(film, &k, 0, 4)};
            for (int32_t j = 0; j < s->n_focus; j++) {
                s->focus[j].role = (hm_role)draw(film, &k, 0, HM_ROLE_COUNT - 0.001);
                s->focus[j].lane = s->focus[j].role == HM_ROLE_LANE ? 3 : 0;
            }
            s->overlays = (uint32_t)draw(film, &k, 0, (1 << HM_OVERLAY_COUNT) - 1);
            s->n_key = s->rig == HM_RIG_KEYS ? 1 + (int32_t)draw(film, &k, 0, 4) : 0;
            s->key = HM_PUSH(&a, hm_cam_key, s->n_key + 1);
            s->follow = s->rig == HM_RIG_KEYS && draw(film, &k, 0, 1) > 0.5;
            for (int32_t j = 0; j < s->n_key; j++)
                s->key[j] = (hm_cam_key){0.2 * j + draw(film, &k, 0, 0.1),
                                         {draw(film, &k, -9, -8), 1, draw(film, &k, 0, 9)},
                                         {draw(film, &k, 1, 2), 1, 2},
                                         draw(film, &k, 5, 60)};
        }
        round_trip(&f, &a);
        hm_arena_free(&a);
    }
}

#define SHOT(body)                                                                                 \
    "{\"format\":\"hectometre-film\",\"version\":1,\"look\":\"broadcast\",\"size_px\":[640,360],"  \
    "\"fps\":24,\"seed\":1,\"shots\":[{\"name\":\"a\"," body "}]}"

static void mistakes_are_named_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *field, *says;
    } bad[] = {
        {SHOT("\"from\":\"gun\",\"to\":\"finish\",\"rig\":\"rial\""), "shots[0].rig", "rail"},
        {SHOT("\"from\":\"gunn\",\"to\":\"finish\",\"rig\":\"rail\""), "shots[0].from", "leader@"},
        {SHOT("\"from\":\"gun+-1\",\"to\":\"finish\",\"rig\":\"rail\""), "shots[0].from", "gun+-1"},
        {SHOT("\"from\":\"lane11@3\",\"to\":\"finish\",\"rig\":\"rail\""), "shots[0].from",
         "lane11"},
        {SHOT("\"from\":\"leader@101\",\"to\":\"finish\",\"rig\":\"rail\""), "a: from", "101"},
        {SHOT("\"from\":\"gun\",\"to\":\"finish\",\"rig\":\"rail\",\"ovrlays\":[]"),
         "shots[0].ovrlays", "overlays"},
        {SHOT("\"from\":\"gun\",\"to\":\"finish\",\"rig\":\"rail\",\"overlays\":[\"clok\"]"),
         "shots[0].overlays[0]", "graphic"},
        {SHOT("\"from\":\"gun\",\"to\":\"finish\",\"rig\":\"rail\",\"focus\":[\"lane0\"]"),
         "shots[0].focus[0]", "laneN"},
        {SHOT("\"from\":\"gun\",\"to\":\"finish\",\"rig\":\"keys\""), "a: keys", "keys"},
        {SHOT("\"from\":\"gun\",\"to\":\"finish\",\"rig\":\"rail\",\"rate\":0"), "shots[0].rate",
         "0.01"},
        {SHOT("\"from\":\"gun\",\"rig\":\"rail\""), "shots[0].to", ""},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_film f = {.fps = 77};
        hm_err e = {0};
        assert_int_equal(hm_film_parse("f.json", bad[i].text, strlen(bad[i].text), &a, &f, &e),
                         HM_ERR_INPUT);
        assert_string_equal(e.field, bad[i].field);
        if (!strstr(e.msg, bad[i].says))
            fail_msg("%s: %s", e.field, e.msg);
        assert_int_equal(f.fps, 77);
        hm_arena_free(&a);
    }
}

static void broken_json_is_named_with_line_and_column(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    const char *text = "{\n  \"format\": \"hectometre-film\",\n  \"version\" 1\n}";
    hm_film f;
    hm_err e = {0};
    assert_int_equal(hm_film_parse("f.json", text, strlen(text), &a, &f, &e), HM_ERR_INPUT);
    assert_string_equal(e.source, "f.json");
    assert_int_equal(e.line, 3);
    hm_arena_free(&a);
}

static void anchors_read_as_they_are_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        hm_anchor want;
    } good[] = {{"gun", {HM_AT_GUN, 0, 0, 0}},
                {"set-2", {HM_AT_SET, 0, 0, -2}},
                {"finish+1.5", {HM_AT_FINISH, 0, 0, 1.5}},
                {"last", {HM_AT_LAST, 0, 0, 0}},
                {"leader@40", {HM_AT_LEADER, 0, 40, 0}},
                {"lane5@99.5-0.25", {HM_AT_LANE, 5, 99.5, -0.25}}};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        hm_anchor a;
        char text[80];
        assert_int_equal(hm_anchor_parse(good[i].text, &a, NULL), HM_OK);
        assert_int_equal(a.at, good[i].want.at);
        assert_int_equal(a.lane, good[i].want.lane);
        ht_near(a.x_m, good[i].want.x_m, 0, 0);
        ht_near(a.plus_s, good[i].want.plus_s, 0, 0);
        hm_anchor_text(&a, text, sizeof text);
        assert_string_equal(text, good[i].text);
    }
    static const char *const bad[] = {"",       "gun ",      "GUN",      "gun+",   "gun+1s",
                                      "leader", "leader@",   "leader@x", "lane@4", "lane5@",
                                      "5",      "gun+1e400", "@4"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        hm_anchor a = {.lane = 9};
        assert_int_equal(hm_anchor_parse(bad[i], &a, NULL), HM_ERR_INPUT);
        assert_int_equal(a.lane, 9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(directed_films_round_trip_and_bind_to_the_same_cameras),
        cmocka_unit_test(random_valid_films_round_trip),
        cmocka_unit_test(mistakes_are_named_with_their_place),
        cmocka_unit_test(broken_json_is_named_with_line_and_column),
        cmocka_unit_test(anchors_read_as_they_are_written),
    };
    return cmocka_run_group_tests_name("contract/film_file", tests, NULL, NULL);
}
