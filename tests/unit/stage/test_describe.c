#include "film_race.h"
#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "data/sheet.h"
#include "io/file.h"
#include "race/replay.h"
#include "stage/describe.h"
#include "stage/look.h"

/* Lane 2 leads to 30 m, lane 4 to 70 m, lane 7 wins: own invention within what runners do. */
static const char twice[] = "# meet: Own invention\n"
                            "lane,name,reaction_s,split_10_s,split_20_s,split_30_s,split_40_s,"
                            "split_50_s,split_60_s,split_70_s,split_80_s,split_90_s,time_s\n"
                            "2,Ann,0.13,1.83,2.87,3.85,4.83,5.82,6.82,7.83,8.85,9.88,10.92\n"
                            "4,Bo,0.15,1.90,2.92,3.86,4.76,5.65,6.54,7.46,8.41,9.39,10.40\n"
                            "7,Cy,0.17,1.98,3.03,3.99,4.90,5.78,6.64,7.49,8.33,9.18,10.04\n";

typedef struct told {
    hm_arena a;
    hm_race race;
    hm_film film;
    hm_text_track track;
} told;

static void ok(hm_status s, const hm_err *err)
{
    if (s != HM_OK)
        fail_msg("%s: %s", err->field, err->msg);
}

static void stage_and_tell(told *t, const char *look, hm_lang lang)
{
    hm_err err = {0};
    hm_direct_opts d = hm_direct_opts_default();
    d.cut = HM_CUT_LOOK;
    d.look = look;
    ok(hm_look_direct(hm_look_find(look), &t->race, &d, &t->a, &t->film, &err), &err);
    ok(hm_film_describe(&t->film, &t->race, lang, &t->a, &t->track, &err), &err);
    ok(hm_text_track_check(&t->track, &err), &err);
}

static told tell(const char *name, const char *look, hm_lang lang)
{
    told t = {0};
    hm_err err = {0};
    char path[512], *bytes = NULL;
    size_t n = strlen(twice);
    hm_arena_init(&t.a, 0);
    snprintf(path, sizeof path, "%s/races/%s.csv", getenv("HM_DATA_DIR"), name ? name : "");
    if (name)
        ok(hm_file_read(path, 1 << 20, &t.a, &bytes, &n, &err), &err);
    hm_sheet_opts so = hm_sheet_opts_default();
    hm_replay_opts ro = hm_replay_opts_default();
    hm_sheet sheet;
    ok(hm_sheet_parse("sheet", name ? bytes : twice, n, &so, &t.a, &sheet, &err), &err);
    ok(hm_race_replay(&sheet, &ro, &t.a, &t.race, &err), &err);
    stage_and_tell(&t, look, lang);
    return t;
}

static const hm_cue *find(const told *t, const char *text)
{
    for (int32_t i = 0; i < t->track.n_cue; i++)
        if (strstr(t->track.cue[i].text, text))
            return &t->track.cue[i];
    for (int32_t i = 0; i < t->track.n_cue; i++)
        printf("# %s\n", t->track.cue[i].text);
    fail_msg("no \"%s\"", text);
    return NULL;
}

/* Film time of a race time: the look's film is one way at life's speed. */
static double at(const told *t, double race_s)
{
    return race_s - t->film.shot[0].race_from_s;
}

static void who_passes_is_told_when_it_happens(void **state)
{
    (void)state;
    told t = tell(NULL, "sound", HM_LANG_EN);
    /* by the splits the lead goes over just after 30 m (3.85 s) and just after 70 m (7.46 s) */
    ht_near(find(&t, "Bo passes Ann.")->from_s, at(&t, 4.2), 0.8, 0);
    ht_near(find(&t, "Cy passes Bo.")->from_s, at(&t, 7.9), 0.8, 0);
    ht_near(find(&t, "Cy wins in 10.04.")->from_s, at(&t, 10.04), 1.0, 0);
    find(&t, "Lane 2, Ann, Lane 4, Bo, Lane 7, Cy.");
    find(&t, "lane 2 right, lane 7 left");
    find(&t, "1, Cy, 10.04; 2, Bo, 10.40.");
    hm_arena_free(&t.a);
}

static void leader_and_gap_are_true(void **state)
{
    (void)state;
    told t = tell("2009-berlin-men-100m-final", "sound", HM_LANG_EN);
    const hm_cue *c = find(&t, "60 metres. ");
    assert_non_null(strstr(c->text, " Bolt "));
    /* official splits: Bolt 6.31, Gay 6.39 at 60 m, at 12 m/s 0.9 to 1.0 m */
    assert_true(strstr(c->text, "90 centimetres") || strstr(c->text, "a metre"));
    find(&t, "Usain Bolt wins in 9.58.");
    find(&t, "8, Patton, 10.34.");
    hm_arena_free(&t.a);
}

static void nothing_is_said_from_set_to_gun_and_steps_have_room(void **state)
{
    (void)state;
    static const char *const race[] = {"2009-berlin-men-100m-final", "1987-rome-men-100m-final",
                                       "school-100m-by-age", "joggers-100m", NULL};
    for (int k = 0; k < 5; k++)
        for (int look = 0; look < 2; look++)
            for (int lang = 0; lang < HM_LANG_COUNT; lang++) {
                told t = tell(race[k], look ? "sound" : "broadcast", (hm_lang)lang);
                double said_s = 0, line_s = 0;
                for (int32_t i = 0; i < t.race.n_lane; i++)
                    if (t.race.lane[i].place == 1)
                        line_s = 1e-6 * (double)t.race.lane[i].time_us;
                for (int32_t i = 0; look && i < t.track.n_cue; i++) {
                    const hm_cue *c = &t.track.cue[i];
                    assert_false(c->from_s < at(&t, 1.0) && c->to_s > at(&t, HM_SET_S));
                    if (c->from_s > at(&t, 0) && c->to_s < at(&t, line_s))
                        said_s += c->to_s - c->from_s;
                    if (i > 0 && c->from_s > at(&t, 1) && c->to_s < at(&t, line_s))
                        assert_true(c->from_s - t.track.cue[i - 1].to_s > 0.79);
                }
                assert_true(said_s < 0.8 * line_s);
                assert_true(t.track.n_cue >= 5);
                hm_arena_free(&t.a);
            }
}

static void disqualified_winner_is_first_at_the_line_and_no_winner(void **state)
{
    (void)state;
    told t = tell("1987-rome-men-100m-final", "sound", HM_LANG_EN);
    find(&t, "Ben Johnson is first at the line.");
    find(&t, "Johnson, disqualified");
    find(&t, "1, Lewis, 9.93");
    hm_arena_free(&t.a);
}

static void japanese_is_told_in_japanese(void **state)
{
    (void)state;
    told t = tell("school-100m-by-age", "sound", HM_LANG_JA);
    find(&t, "、中島 拓海。");
    find(&t, "60メートル、");
    find(&t, "中島 拓海が1着、16.24秒。");
    assert_int_equal(t.track.kind, HM_TEXT_DESCRIPTION);
    hm_arena_free(&t.a);
}

/* Odd races: nobody there, nobody home, one alone. */
static void any_race_can_be_told(void **state)
{
    (void)state;
    static const char *const look[] = {"broadcast", "sound", "rain"};
    for (film_race_kind k = 0; k < FILM_RACE_KINDS; k++)
        for (int n = 0; n < 3; n++) {
            told t = {0};
            hm_arena_init(&t.a, 0);
            t.race = film_race(&t.a, k);
            stage_and_tell(&t, look[n], HM_LANG_EN);
            assert_true(t.track.n_cue > 0);
            hm_arena_free(&t.a);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_passes_is_told_when_it_happens),
        cmocka_unit_test(leader_and_gap_are_true),
        cmocka_unit_test(nothing_is_said_from_set_to_gun_and_steps_have_room),
        cmocka_unit_test(disqualified_winner_is_first_at_the_line_and_no_winner),
        cmocka_unit_test(japanese_is_told_in_japanese),
        cmocka_unit_test(any_race_can_be_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
