#include "film_race.h"
#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "data/film_file.h"
#include "stage/director.h"
#include "stage/shots.h"

static const char *text_of(const char *text)
{
    return text ? text : "";
}

static void same_obsession(const hm_obsession *a, const hm_obsession *b)
{
    assert_int_equal(a->n, b->n);
    for (int32_t i = 0; i < a->n; i++) {
        assert_memory_equal(&a->key[i].at, &b->key[i].at, sizeof a->key[i].at);
        assert_true(a->key[i].frac == b->key[i].frac);
    }
}

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
    assert_string_equal(text_of(a->card.title), b->card.title);
    assert_string_equal(text_of(a->card.subtitle), b->card.subtitle);
    assert_true(a->plain == b->plain && a->crosses == b->crosses);
    assert_int_equal(a->n_value, b->n_value);
    for (int32_t i = 0; i < a->n_value; i++) {
        const hm_look_value *v = &a->value[i], *w = &b->value[i];
        assert_string_equal(v->name, w->name);
        assert_int_equal(v->kind, w->kind);
        assert_true(v->number == w->number && v->truth == w->truth);
        assert_string_equal(text_of(v->text), w->text);
    }
    same_obsession(&a->obsession, &b->obsession);
}

static void same_film(const hm_film *a, const hm_film *b)
{
    assert_string_equal(a->look, b->look);
    assert_int_equal(a->w_px, b->w_px);
    assert_int_equal(a->h_px, b->h_px);
    assert_int_equal(a->fps, b->fps);
    assert_true(a->seed == b->seed);
    assert_int_equal(a->lang, b->lang);
    same_obsession(&a->obsession, &b->obsession);
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

static hm_obsession random_obsession(uint32_t film, uint32_t *k, hm_arena *a)
{
    hm_obsession o = {.n = (int32_t)draw(film, k, 0, 4)};
    o.key = HM_PUSH(a, hm_obsession_key, o.n + 1);
    for (int32_t i = 0; i < o.n; i++)
        o.key[i] = (hm_obsession_key){.at = random_anchor(film, k), .frac = draw(film, k, 0, 1)};
    return o;
}

static void give_values(hm_shot *s, uint32_t film, uint32_t *k, hm_arena *a)
{
    s->n_value = (int32_t)draw(film, k, 0, 3.999);
    s->value = HM_PUSH(a, hm_look_value, 4);
    s->value[0] = (hm_look_value){"smear.drag_m", HM_VALUE_NUMBER, false, draw(film, k, 0, 2), ""};
    s->value[1] = (hm_look_value){"a.b", HM_VALUE_BOOL, draw(film, k, 0, 1) > 0.5, 0, ""};
    s->value[2] = (hm_look_value){"a.c", HM_VALUE_TEXT, false, 0, "富 \"x\""};
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
                     .seed = (uint64_t)draw(film, &k, 0, 9e15),
                     .lang = (hm_lang)draw(film, &k, 0, HM_LANG_COUNT - 0.001)};
        f.obsession = random_obsession(film, &k, &a);
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
            if (draw(film, &k, 0, 1) > 0.5)
                s->card = (hm_film_card){"Grade 6, autumn", i % 2 ? "秋の運動会" : ""};
            s->plain = draw(film, &k, 0, 1) > 0.5;
            s->crosses = draw(film, &k, 0, 1) > 0.5;
            give_values(s, film, &k, &a);
            s->obsession = random_obsession(film, &k, &a);
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

#define RAIL                                                                                       \
    "{\"format\":\"hectometre-film\",\"version\":1,\"look\":\"broadcast\",\"size_px\":[640,360],"  \
    "\"fps\":24,\"seed\":1,\"shots\":[{\"name\":\"a\",\"from\":\"gun\",\"to\":\"finish\","         \
    "\"rig\":\"rail\","

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
        {RAIL "\"set\":{\"drag_m\":1}}]}", "shots[0].set.drag_m", "LOOK.OPTION"},
        {RAIL "\"set\":{\"smear.drag_m\":[1]}}]}", "shots[0].set.smear.drag_m", "number"},
        {RAIL "\"obsession\":[{\"at\":\"gun\",\"frac\":1.2}]}]}", "shots[0].obsession[0].frac",
         "1"},
        {RAIL "\"obsession\":[{\"at\":\"gnu\",\"frac\":1}]}]}", "shots[0].obsession[0].at", "gun"},
        {RAIL "\"obsession\":[{\"at_frac\":0,\"frac\":1}]}]}", "shots[0].obsession[0].at_frac",
         "known key"},
        {RAIL "\"obsession\":[]}]}", "shots[0].obsession", "1 to 32"},
        {RAIL "\"card\":{\"subtitle\":\"x\"}}]}", "shots[0].card.title", ""},
        {RAIL "\"card\":{\"title\":\"\",\"subtitle\":\"x\"}}]}", "a: card", "title"},
        {RAIL "\"plain\":1}]}", "shots[0].plain", "true"},
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

static void obsession_goes_straight_from_key_to_key_in_race_time(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    const char *text = RAIL "\"obsession\":[{\"at\":\"gun+1\",\"frac\":0.2},"
                            "{\"at\":\"gun+3\",\"frac\":1},{\"at\":\"leader@50\",\"frac\":0}]}]}";
    hm_film f;
    hm_moment m;
    assert_int_equal(hm_film_parse("f", text, strlen(text), &a, &f, NULL), HM_OK);
    assert_int_equal(hm_film_bind(&f, &r, &a, NULL), HM_OK);
    double mid_s = hm_curve_time_s(&r.lane[3].curve, 50);
    const double at_s[] = {0, 1, 2, 3, 0.5 * (3 + mid_s), mid_s, 9};
    const double want[] = {0.2, 0.2, 0.6, 1, 0.5, 0, 0};
    for (int i = 0; i < 7; i++) {
        hm_film_at(&f, &r, at_s[i], &m); /* the shot begins at the gun */
        assert_true(m.has_obsession);
        ht_near(m.obsession_frac, want[i], 1e-9, 0);
    }
    f.shot[0].obsession.n = 0;
    hm_film_at(&f, &r, 2, &m);
    assert_false(m.has_obsession); /* left to the race */
    hm_arena_free(&a);
}

static void obsession_out_of_time_is_refused_for_the_race(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    const char *text = RAIL "\"obsession\":[{\"at\":\"leader@50\",\"frac\":0.2},"
                            "{\"at\":\"gun+3\",\"frac\":1}]}]}";
    hm_film f;
    hm_err e = {0};
    assert_int_equal(hm_film_parse("f", text, strlen(text), &a, &f, NULL), HM_OK);
    assert_int_equal(hm_film_bind(&f, &r, &a, &e), HM_ERR_INPUT);
    assert_string_equal(e.field, "obsession");
    hm_arena_free(&a);
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
        cmocka_unit_test(obsession_goes_straight_from_key_to_key_in_race_time),
        cmocka_unit_test(obsession_out_of_time_is_refused_for_the_race),
        cmocka_unit_test(broken_json_is_named_with_line_and_column),
        cmocka_unit_test(anchors_read_as_they_are_written),
    };
    return cmocka_run_group_tests_name("contract/film_file", tests, NULL, NULL);
}
