#include "film_race.h"
#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "stage/captions.h"
#include "stage/director.h"

static hm_text_track track_of(hm_arena *a, hm_race *r, hm_film *f, const hm_caption_opts *c)
{
    hm_direct_opts o = hm_direct_opts_default();
    hm_text_track t = {0};
    assert_int_equal(hm_direct(r, &o, a, f, NULL), HM_OK);
    assert_int_equal(hm_film_captions(f, r, c, a, &t, NULL), HM_OK);
    return t;
}

static char *captions(hm_arena *a, hm_race *r, hm_film *f, hm_lang lang)
{
    hm_caption_opts c = hm_caption_opts_default();
    c.lang = lang;
    hm_text_track t = track_of(a, r, f, &c);
    char *vtt = NULL;
    assert_int_equal(hm_text_track_print(&t, HM_TEXT_VTT, a, &vtt, NULL, NULL), HM_OK);
    return vtt;
}

/* Start of the cue that holds a text, in s. */
static double cue_s(const char *vtt, const char *text)
{
    const char *at = strstr(vtt, text), *line = NULL;
    if (!at)
        fail_msg("no \"%s\" in\n%s", text, vtt);
    for (const char *p = vtt; (p = strstr(p, " --> ")) && p < at; p++)
        line = p - 12;
    assert_non_null(line);
    return 60 * strtod(line + 3, NULL) + strtod(line + 6, NULL);
}

static void gun_and_finish_stand_where_the_film_shows_them(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_film f;
    char *vtt = captions(&a, &r, &f, HM_LANG_EN);
    int32_t i = 0;
    while (strcmp(f.shot[i].name, "blocks"))
        i++;
    double gun_s = f.shot[i].from_s - f.shot[i].race_from_s,
           win_s = 1e-6 * (double)r.lane[3].time_us;
    assert_memory_equal(vtt, "WEBVTT\n", 7);
    ht_near(cue_s(vtt, "[Gunshot]"), gun_s, 0.001, 0);
    ht_near(cue_s(vtt, "Dov Stern wins in 9.58 s."), gun_s + win_s, 0.001, 0);
    assert_non_null(strstr(vtt, "1 Dov Stern 9.58, 2 Finn Aas 9.71, 3 Cy Rand 9.84"));
    hm_arena_free(&a);
}

static void cues_follow_one_another(void **state)
{
    (void)state;
    for (film_race_kind k = 0; k < FILM_RACE_KINDS; k++)
        for (hm_lang lang = 0; lang < HM_LANG_COUNT; lang++) {
            hm_arena a;
            hm_arena_init(&a, 0);
            hm_race r = film_race(&a, k);
            hm_film f;
            hm_caption_opts c = {.lang = lang, .crowd = true, .rain = true, .cheer = true};
            hm_text_track t = track_of(&a, &r, &f, &c);
            assert_true(t.n_cue > 3);
            assert_int_equal(hm_text_track_check(&t, NULL), HM_OK); /* none over another */
            for (int32_t i = 0; i < t.n_cue; i++)
                assert_true(t.cue[i].to_s - t.cue[i].from_s >= 0.6 &&
                            t.cue[i].to_s <= f.duration_s);
            hm_arena_free(&a);
        }
}

/* Japanese where the program speaks: nothing of a cue is English but names and numbers. */
static void japanese_captions_say_all_that_english_ones_say(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_GAPS);
    hm_film f;
    char *en = captions(&a, &r, &f, HM_LANG_EN), *ja = captions(&a, &r, &f, HM_LANG_JA);
    static const char *const pair[][2] = {{"Starter: Set.", "（スターター）セット"},
                                          {"[Gunshot]", "（号砲）"},
                                          {"[The crowd falls silent]", "（観客が静まる）"},
                                          {"[Crowd cheers]", "（歓声）"},
                                          {"[The crowd roars]", "（大歓声）"},
                                          {"Eli Moss stops.", "Eli Mossが止まる"},
                                          {"Dov Stern wins in 9.58 s.", "1着 Dov Stern、9.58秒"}};
    for (size_t i = 0; i < sizeof pair / sizeof pair[0]; i++)
        ht_near(cue_s(ja, pair[i][1]), cue_s(en, pair[i][0]), 0.001, 0);
    assert_non_null(strstr(ja, "Language: ja\n"));
    hm_arena_free(&a);
}

static void a_change_of_the_lead_is_told_once(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_lane *l = &r.lane[0], *w = &r.lane[3]; /* lane 1 leads by 0.3 m until 4 s */
    for (int32_t i = 0; i < l->curve.n && i < w->curve.n; i++) {
        double lead_m = 0.3 * fmax(-1, fmin(1, 4 * (4 - i * l->curve.dt_s)));
        l->curve.x_m[i] = fmax(0, w->curve.x_m[i] + (i > 10 ? lead_m : 0));
    }
    hm_film f;
    char *vtt = captions(&a, &r, &f, HM_LANG_EN);
    const char *at = strstr(vtt, "Dov Stern takes the lead.");
    assert_non_null(at);
    if (strstr(at + 11, "takes the lead"))
        fail_msg("%s", vtt);
    hm_arena_free(&a);
}

static void only_what_is_heard_is_told(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_film f;
    hm_score score = {.n_section = 2, .n_silence = 1};
    hm_score_section section[] = {{0, 12, HM_SCORE_BEFORE}, {12, 40, HM_SCORE_THEME}};
    hm_score_silence silence[] = {{20, 22}};
    score.section = section;
    score.silence = silence;
    hm_caption_opts c = {.rain = true, .score = &score};
    hm_text_track t = track_of(&a, &r, &f, &c);
    char *vtt = NULL;
    assert_int_equal(hm_text_track_print(&t, HM_TEXT_VTT, &a, &vtt, NULL, NULL), HM_OK);
    assert_null(strstr(vtt, "rowd"));
    ht_near(cue_s(vtt, "[Rain]"), 0, 0, 0);
    ht_near(cue_s(vtt, "[Low strings"), 0, 0, 0);
    ht_near(cue_s(vtt, "[Only footsteps and breath]"), 20, 0.9, 0);
    hm_arena_free(&a);
}

static void names_cannot_break_the_file(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_film f;
    r.lane[3].name = "A<b>&\n\n00:01.000 --> 00:02.000";
    char *vtt = captions(&a, &r, &f, HM_LANG_EN);
    assert_non_null(strstr(vtt, "A&lt;b&gt;&amp;  00:01.000 --&gt; 00:02.000 wins"));
    assert_null(strstr(vtt, "<b>"));
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gun_and_finish_stand_where_the_film_shows_them),
        cmocka_unit_test(cues_follow_one_another),
        cmocka_unit_test(japanese_captions_say_all_that_english_ones_say),
        cmocka_unit_test(a_change_of_the_lead_is_told_once),
        cmocka_unit_test(only_what_is_heard_is_told),
        cmocka_unit_test(names_cannot_break_the_file),
    };
    return cmocka_run_group_tests_name("stage/captions", tests, NULL, NULL);
}
