#include "film_race.h"
#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "stage/captions.h"
#include "stage/director.h"

static char *captions(hm_arena *a, hm_race *r, hm_film *f)
{
    hm_direct_opts o = hm_direct_opts_default();
    char *vtt = NULL;
    assert_int_equal(hm_direct(r, &o, a, f, NULL), HM_OK);
    assert_int_equal(hm_film_captions(f, r, a, &vtt, NULL), HM_OK);
    return vtt;
}

/* Start of the cue that holds a text, in s. */
static double cue_s(const char *vtt, const char *text)
{
    const char *at = strstr(vtt, text), *line = NULL;
    if (!at)
        fail_msg("no \"%s\" in\n%s", text, vtt);
    for (const char *p = vtt; (p = strstr(p, " --> ")) && p < at; p++)
        line = p - 9;
    assert_non_null(line);
    return 60 * strtod(line, NULL) + strtod(line + 3, NULL);
}

static void gun_and_finish_stand_where_the_film_shows_them(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_film f;
    char *vtt = captions(&a, &r, &f);
    int32_t i = 0;
    while (strcmp(f.shot[i].name, "blocks"))
        i++;
    double gun_s = f.shot[i].from_s - f.shot[i].race_from_s,
           win_s = 1e-6 * (double)r.lane[3].time_us;
    assert_memory_equal(vtt, "WEBVTT\n\n", 8);
    ht_near(cue_s(vtt, "[Gun]"), gun_s, 0.001, 0);
    ht_near(cue_s(vtt, "Dov Stern wins in 9.58 s."), gun_s + win_s, 0.001, 0);
    assert_non_null(strstr(vtt, "1 Dov Stern 9.58, 2 Finn Aas 9.71, 3 Cy Rand 9.84."));
    hm_arena_free(&a);
}

static void cues_follow_one_another(void **state)
{
    (void)state;
    for (film_race_kind k = 0; k < FILM_RACE_KINDS; k++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_race r = film_race(&a, k);
        hm_film f;
        double last_s = 0;
        for (const char *p = captions(&a, &r, &f); (p = strstr(p, " --> ")); p++) {
            double from_s = 60 * strtod(p - 9, NULL) + strtod(p - 6, NULL);
            double to_s = 60 * strtod(p + 5, NULL) + strtod(p + 8, NULL);
            assert_true(from_s >= last_s - 1e-9 && to_s >= from_s + 0.59);
            assert_true(to_s <= f.duration_s + 0.001);
            last_s = to_s;
        }
        assert_true(last_s > 0);
        hm_arena_free(&a);
    }
}

static void names_cannot_break_the_file(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_EIGHT);
    hm_film f;
    r.lane[3].name = "A<b>&\n\n00:01.000 --> 00:02.000";
    char *vtt = captions(&a, &r, &f);
    assert_non_null(strstr(vtt, "A&lt;b&gt;&amp;  00:01.000 --&gt; 00:02.000 wins"));
    assert_null(strstr(vtt, "<b>"));
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gun_and_finish_stand_where_the_film_shows_them),
        cmocka_unit_test(cues_follow_one_another),
        cmocka_unit_test(names_cannot_break_the_file),
    };
    return cmocka_run_group_tests_name("stage/captions", tests, NULL, NULL);
}
