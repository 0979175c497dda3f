/* The film of the scenario that ships, from its plan: how long, which looks when, who says what,
 * whose tune; and every word of it inside its box in five sizes and two languages. */
#include "ht.h"
#include "layout.h"

#include <stdlib.h>
#include <string.h>

#include "life/story.h"
#include "life/story_race.h"
#include "stage/anthology.h"
#include "stage/shots.h"

typedef struct rig {
    hm_arena a;
    hm_scenario scenario;
    hm_story story;
    int32_t n;
    hm_story_chapter *chapter;
    hm_race *race; /* (n) */
    hm_anthology film;
} rig;

static void stage(rig *g, hm_lang lang, int32_t w_px, int32_t h_px)
{
    hm_err e = {0};
    hm_anthology_opts o = hm_anthology_opts_default();
    o.w_px = w_px, o.h_px = h_px, o.lang = lang;
    if (hm_anthology_stage(&g->story, g->n, g->chapter, g->race, &o, &g->a, &g->film, &e) != HM_OK)
        fail_msg("%s: %s", e.field, e.msg);
}

static rig *lived(void)
{
    rig *g = calloc(1, sizeof *g);
    char path[512];
    hm_err e = {0};
    hm_live_opts o = hm_live_opts_default();
    hm_arena_init(&g->a, 0);
    snprintf(path, sizeof path, "%s/scenarios/rivals.json", getenv("HM_DATA_DIR"));
    if (hm_scenario_read(path, &g->a, &g->scenario, &e) != HM_OK ||
        hm_story_live(&g->scenario, &o, &g->a, &g->story, &e) != HM_OK ||
        hm_anthology_chapters(&g->story, &g->a, &g->n, &g->chapter, &e) != HM_OK)
        fail_msg("%s: %s", e.field, e.msg);
    g->race = HM_PUSH(&g->a, hm_race, g->n);
    for (int32_t i = 0; i < g->n; i++)
        assert_int_equal(hm_story_race_of(&g->story, g->chapter[i].race, &g->a, &g->race[i], &e),
                         HM_OK);
    stage(g, HM_LANG_EN, 1280, 720);
    return g;
}

static int setup(void **state)
{
    *state = lived();
    return 0;
}

static int teardown(void **state)
{
    rig *g = *state;
    hm_arena_free(&g->a);
    free(g);
    return 0;
}

static const hm_story_race *told(const rig *g, int32_t chapter)
{
    return &g->story.race[g->chapter[chapter].race];
}

static const hm_story_run *run_of(const hm_story_race *r, int32_t person)
{
    for (int32_t i = 0; i < r->n_run; i++)
        if (r->run[i].person == person)
            return &r->run[i];
    return NULL;
}

static const hm_shot *shot_of(const hm_reel_part *p, const char *name)
{
    const hm_film *f = p->pane[0].film;
    for (int32_t i = 0; i < f->n_shot; i++)
        if (strcmp(f->shot[i].name, name) == 0)
            return &f->shot[i];
    return NULL;
}

static void it_lasts_three_to_five_minutes(void **state)
{
    const rig *g = *state;
    assert_true(g->film.duration_s >= 180 && g->film.duration_s <= 300);
    ht_near(g->film.duration_s, hm_reel_part_s(g->film.part, g->film.n_part, 24), 1e-9, 0);
}

/* Togashi and Komiya are the scenario's first two. */
static void chapters_follow_their_ages_each_in_a_look_of_its_own(void **state)
{
    const rig *g = *state;
    int32_t n_smear = 0, n_sound = 0;
    double age_yr = 0;
    assert_int_equal(g->n, 5);
    for (int32_t i = 0; i < g->n; i++) {
        const hm_story_run *a = run_of(told(g, i), 0), *b = run_of(told(g, i), 1);
        assert_true(a && b && a->age_yr > age_yr);
        age_yr = a->age_yr;
        for (int32_t k = 0; k < i; k++)
            assert_string_not_equal(g->chapter[i].look, g->chapter[k].look);
        n_smear += strcmp(g->chapter[i].look, "smear") == 0;
        n_sound += strcmp(g->chapter[i].look, "sound") == 0;
        if (told(g, i)->stage == HM_STAGE_PRIMARY)
            assert_string_equal(g->chapter[i].look, "elastic");
        if (told(g, i)->stage == HM_STAGE_HIGH_SCHOOL)
            assert_string_equal(g->chapter[i].look, "rotoscope");
    }
    assert_string_equal(g->chapter[0].look, "elastic");
    assert_in_range(run_of(told(g, 0), 0)->age_yr, 11, 12); /* grade 6 */
    assert_string_equal(g->chapter[g->n - 1].look, "rain");
    assert_int_equal(n_smear, 1);
    assert_int_equal(n_sound, 1);
}

static int32_t chapter_in(const rig *g, const char *look)
{
    for (int32_t i = 0; i < g->n; i++)
        if (strcmp(g->chapter[i].look, look) == 0)
            return i;
    return -1;
}

static void bodies_smear_before_the_dark_and_the_dark_comes_before_the_rain(void **state)
{
    const rig *g = *state;
    assert_true(chapter_in(g, "smear") < chapter_in(g, "sound"));
    assert_true(chapter_in(g, "sound") < chapter_in(g, "rain"));
}

static void the_rain_is_one_shot(void **state)
{
    const rig *g = *state;
    for (int32_t i = 0; i < g->film.n_part; i++) {
        const hm_film *f = g->film.part[i].pane[0].film;
        int32_t n_drawn = 0;
        if (g->film.chapter[i] != chapter_in(g, "rain") || !shot_of(&g->film.part[i], "title"))
            continue;
        for (int32_t k = 0; k < f->n_shot; k++) {
            n_drawn += !f->shot[k].plain;
            if (!f->shot[k].plain)
                assert_true(f->shot[k].to_s - f->shot[k].from_s > 30);
        }
        assert_int_equal(n_drawn, 1);
        return;
    }
    fail_msg("no chapter in the rain");
}

static void the_last_race_stands_beside_the_first(void **state)
{
    const rig *g = *state;
    int32_t n = 0;
    for (int32_t i = 0; i < g->film.n_part; i++) {
        const hm_reel_part *p = &g->film.part[i];
        if (p->n_pane < 2)
            continue;
        n++;
        assert_int_equal(g->film.chapter[i], g->n - 1);
        assert_string_equal(p->pane[0].film->look, "elastic");
        assert_string_equal(p->pane[1].film->look, "rain");
    }
    assert_int_equal(n, 1);
}

static void the_pupils_tune_quotes_the_teachers_from_the_lesson_on(void **state)
{
    rig *g = *state;
    hm_anthology_music music;
    hm_err e = {0};
    assert_int_equal(hm_anthology_score(&g->story, g->chapter, &g->film, &g->a, &music, &e), HM_OK);
    int32_t week = -1;
    for (int32_t i = 0; i < g->story.n_idea && week < 0; i++)
        if (g->story.idea[i].to == 1 && g->story.idea[i].from == 0)
            week = g->story.idea[i].week;
    assert_true(week > 0 && week < told(g, 0)->week);
    hm_motif before = hm_anthology_motif(&g->story, 1, week - 1);
    hm_motif after = hm_anthology_motif(&g->story, 1, week);
    hm_motif own = hm_motif_of(g->story.person[1].name, 0);
    hm_motif teacher = hm_anthology_motif(&g->story, 0, week);
    hm_motif quote = hm_motif_quote(&own, &teacher);
    assert_true(hm_motif_equal(&before, &own));
    assert_true(hm_motif_equal(&after, &quote));
    for (int32_t i = 0; i < g->film.n_part; i++) {
        bool dark = strcmp(g->film.part[i].pane[0].film->look, "sound") == 0;
        assert_int_equal(dark, music.part[i] == NULL); /* the race in the dark has no music */
    }
}

static void titles_count_the_meetings_and_the_end_names_their_sum(void **state)
{
    const rig *g = *state;
    int32_t most = 0, seen = 0;
    char want[64];
    for (int32_t i = 0; i < g->story.n_meeting; i++) {
        const hm_story_meeting *m = &g->story.meeting[i];
        if (m->a + m->b == 1)
            most = m->count > most ? m->count : most;
    }
    for (int32_t i = 0; i < g->film.n_part; i++) {
        const hm_shot *title = shot_of(&g->film.part[i], "title");
        const hm_shot *met = shot_of(&g->film.part[i], "met");
        for (int32_t k = 0; title && k < g->story.n_meeting; k++) {
            const hm_story_meeting *m = &g->story.meeting[k];
            if (m->a + m->b != 1 || m->race != g->chapter[g->film.chapter[i]].race)
                continue;
            snprintf(want, sizeof want, "Meeting %d", (int)m->count);
            assert_non_null(strstr(title->card.subtitle, want));
            seen++;
        }
        snprintf(want, sizeof want, "They met %d times", (int)most);
        if (met)
            assert_string_equal(met->card.title, want);
        seen += met ? 100 : 0;
    }
    assert_int_equal(seen, 100 + g->n);
}

static bool has_kana_or_han(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s >= 0xe3 && (unsigned char)*s <= 0xe9)
            return true;
    return false;
}

static bool has_latin(const char *s)
{
    for (; *s; s++)
        if ((*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z'))
            return true;
    return false;
}

static void each_of_the_followed_says_why_he_runs_in_both_languages(void **state)
{
    const rig *g = *state;
    for (int32_t k = 0; k < g->story.n_person; k++) {
        int32_t n = 0;
        for (int32_t i = 0; i < g->film.n_line; i++) {
            const hm_anthology_line *l = &g->film.line[i];
            if (l->person != k)
                continue;
            n++;
            assert_false(has_kana_or_han(l->text[HM_LANG_EN]));
            assert_true(has_kana_or_han(l->text[HM_LANG_JA]));
        }
        assert_int_equal(n > 0, g->story.person[k].pinned);
    }
    for (int32_t i = 0; i < g->n; i++) { /* in each chapter both of the two */
        bool says[2] = {0};
        for (int32_t k = 0; k < g->chapter[i].n_line; k++)
            if (g->chapter[i].line[k].person < 2)
                says[g->chapter[i].line[k].person] = true;
        assert_true(says[0] && says[1]);
    }
}

/* One script a language: nobody is lettered in the other's. */
static void names_are_in_the_script_of_the_film(void **state)
{
    rig *g = *state;
    for (int lang = 0; lang < HM_LANG_COUNT; lang++) {
        stage(g, (hm_lang)lang, 1280, 720);
        for (int32_t i = 0; i < g->film.n_part; i++) {
            const hm_race *r = g->film.part[i].pane[0].race;
            assert_int_equal(has_latin(r->event), lang == HM_LANG_EN);
            for (int32_t k = 0; k < r->n_lane; k++) {
                assert_int_equal(has_latin(r->lane[k].name), lang == HM_LANG_EN);
                assert_int_equal(has_kana_or_han(r->lane[k].name), lang == HM_LANG_JA);
            }
        }
    }
    stage(g, HM_LANG_EN, 1280, 720);
}

/* ---- told to those who cannot see it ---- */

static const char *winner_of(const hm_race *r)
{
    for (int32_t i = 0; i < r->n_lane; i++)
        if (r->lane[i].place == 1)
            return r->lane[i].name;
    return "";
}

/* Somebody's name as it is spoken: the whole, or the first word of it (Fukuda J.). */
static bool names(const char *text, const char *name)
{
    char first[64];
    snprintf(first, sizeof first, "%.*s", (int)strcspn(name, " "), name);
    return strstr(text, first) != NULL;
}

static void the_description_is_in_order_and_names_who_leads_and_wins(void **state)
{
    rig *g = *state;
    for (int lang = 0; lang < HM_LANG_COUNT; lang++) {
        hm_text_track t;
        hm_err e = {0};
        stage(g, (hm_lang)lang, 1280, 720);
        assert_int_equal(hm_anthology_describe(&g->film, (hm_lang)lang, &g->a, &t, &e), HM_OK);
        assert_int_equal(hm_text_track_check(&t, &e), HM_OK);
        assert_int_equal(t.kind, HM_TEXT_DESCRIPTION);
        assert_true(t.n_cue > 40);
        assert_true(t.cue[0].from_s >= 0 && t.cue[t.n_cue - 1].to_s <= g->film.duration_s);
        for (int32_t i = 0; i < g->film.n_part; i++) {
            const hm_reel_part *p = &g->film.part[i];
            double from_s = hm_reel_part_s(g->film.part, i, 24);
            double to_s = hm_reel_part_s(g->film.part, i + 1, 24);
            int32_t wins = 0, title = 0, said = 0, to_say = 0;
            const hm_shot *card = shot_of(p, "title");
            for (int32_t k = 0; k < t.n_cue; k++) {
                if (t.cue[k].from_s < from_s || t.cue[k].to_s > to_s)
                    continue;
                wins += names(t.cue[k].text, winner_of(p->pane[p->heard].race));
                title += card && strstr(t.cue[k].text, card->card.title) != NULL;
            }
            for (int32_t k = 0; k < g->film.n_line; k++) {
                const hm_anthology_line *l = &g->film.line[k];
                if (l->from_s < from_s || l->from_s >= to_s)
                    continue;
                to_say++;
                for (int32_t c = 0; c < t.n_cue; c++)
                    said += strstr(t.cue[c].text, l->text[lang]) != NULL;
            }
            assert_int_equal(said, to_say); /* nobody's words are left out */
            if (card) {
                assert_true(title > 0);
                assert_true(wins > 1); /* while he leads, and when he wins */
            }
        }
    }
    stage(g, HM_LANG_EN, 1280, 720);
}

static void two_races_side_by_side_are_announced(void **state)
{
    rig *g = *state;
    hm_text_track t;
    hm_err e = {0};
    int32_t n = 0;
    assert_int_equal(hm_anthology_describe(&g->film, HM_LANG_EN, &g->a, &t, &e), HM_OK);
    for (int32_t k = 0; k < t.n_cue; k++)
        n += strstr(t.cue[k].text, "2000 on the left, 2013 on the right") != NULL;
    assert_int_equal(n, 1);
}

static void it_is_not_dark_for_long(void **state)
{
    const rig *g = *state;
    for (int32_t i = 0; i < g->film.n_part; i++) {
        const hm_reel_part *p = &g->film.part[i];
        for (int32_t k = 0; k < p->pane[0].film->n_shot; k++) {
            const hm_shot *s = &p->pane[0].film->shot[k];
            if (strcmp(p->pane[0].film->look, "sound") == 0 && !s->plain && s->race_to_s < HM_SET_S)
                assert_true(s->to_s - s->from_s < 9 && (s->overlays & HM_OVERLAY_LANE_CARD));
        }
    }
}

/* ---- every word in its box ---- */

static void check_pane(rig *g, int32_t part, const hm_reel_pane *p, const hm_text_track *said)
{
    hm_err e = {0};
    hm_notes notes = {0};
    hm_text_track own;
    hm_overlay *o = NULL;
    ov_list *l = malloc(sizeof *l);
    double at_s = hm_reel_part_s(g->film.part, part, p->film->fps);
    assert_int_equal(hm_text_track_cut(said, at_s, at_s + p->film->duration_s, &g->a, &own, &e),
                     HM_OK);
    hm_overlay_opts opts = {.w_px = p->opts.w_px, .h_px = p->opts.h_px, .burn = &own};
    assert_int_equal(hm_overlay_new(p->film, p->race, &opts, &g->a, &notes, &o, &e), HM_OK);
    if (o->text.cut_count || o->text.split_count)
        fail_msg("part %d, %d x %d: %d texts are cut, %d words parted", (int)part, (int)opts.w_px,
                 (int)opts.h_px, (int)o->text.cut_count, (int)o->text.split_count);
    for (double t = 0.4; t < p->film->duration_s; t += 1.1) {
        hm_moment m;
        hm_film_at(p->film, p->race, t, &m);
        overlay_lay_out(o, &m, l);
        layout_check(o, &m, l);
    }
    hm_overlay_destroy(o);
    free(l);
}

static void no_word_is_cut_off_in_any_size_or_language(void **state)
{
    static const int32_t size[][2] = {
        {320, 180}, {640, 360}, {1280, 720}, {1920, 1080}, {720, 1280}};
    rig *g = *state;
    for (int lang = 0; lang < HM_LANG_COUNT; lang++)
        for (size_t k = 0; k < sizeof size / sizeof size[0]; k++) {
            hm_text_track said;
            hm_err e = {0};
            hm_arena_mark mark = hm_arena_mark_get(&g->a);
            stage(g, (hm_lang)lang, size[k][0], size[k][1]);
            assert_int_equal(
                hm_anthology_captions(&g->story, &g->film, (hm_lang)lang, NULL, &g->a, &said, &e),
                HM_OK);
            for (int32_t i = 0; i < g->film.n_part; i++)
                for (int32_t v = 0; v < g->film.part[i].n_pane; v++)
                    check_pane(g, i, &g->film.part[i].pane[v], &said);
            hm_arena_release(&g->a, mark);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_lasts_three_to_five_minutes),
        cmocka_unit_test(chapters_follow_their_ages_each_in_a_look_of_its_own),
        cmocka_unit_test(bodies_smear_before_the_dark_and_the_dark_comes_before_the_rain),
        cmocka_unit_test(the_rain_is_one_shot),
        cmocka_unit_test(the_last_race_stands_beside_the_first),
        cmocka_unit_test(the_pupils_tune_quotes_the_teachers_from_the_lesson_on),
        cmocka_unit_test(titles_count_the_meetings_and_the_end_names_their_sum),
        cmocka_unit_test(each_of_the_followed_says_why_he_runs_in_both_languages),
        cmocka_unit_test(names_are_in_the_script_of_the_film),
        cmocka_unit_test(the_description_is_in_order_and_names_who_leads_and_wins),
        cmocka_unit_test(two_races_side_by_side_are_announced),
        cmocka_unit_test(it_is_not_dark_for_long),
        cmocka_unit_test(no_word_is_cut_off_in_any_size_or_language),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
