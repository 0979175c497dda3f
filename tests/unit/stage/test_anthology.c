/* The film of lives: chapters in order, meetings counted, everybody's words on the screen and in
 * both tracks of captions, then and now side by side. */
#include "ht.h"
#include "story_case.h"

#include <stdlib.h>

#include "stage/anthology.h"
#include "stage/shots.h"

enum { W = 160, H = 90 };

typedef struct rig {
    hm_arena a;
    story_case c;
    int32_t n;
    hm_story_chapter *chapter;
    hm_anthology_opts o;
    hm_anthology film;
} rig;

static void stage(rig *g)
{
    hm_err e = {0};
    if (hm_anthology_chapters(&g->c.story, &g->a, &g->n, &g->chapter, &e) != HM_OK ||
        hm_anthology_stage(&g->c.story, g->n, g->chapter, g->c.filmed, &g->o, &g->a, &g->film,
                           &e) != HM_OK)
        fail_msg("%s: %s", e.field, e.msg);
}

static rig *rig_new(hm_lang lang)
{
    rig *g = calloc(1, sizeof *g);
    hm_arena_init(&g->a, 0);
    story_case_make(&g->c, &g->a);
    g->o = hm_anthology_opts_default();
    g->o.w_px = W, g->o.h_px = H, g->o.lang = lang;
    stage(g);
    return g;
}

static void rig_free(rig *g)
{
    hm_arena_free(&g->a);
    free(g);
}

static const hm_shot *shot_of(const hm_reel_part *p, const char *name)
{
    const hm_film *f = p->pane[0].film;
    for (int32_t i = 0; i < f->n_shot; i++)
        if (strcmp(f->shot[i].name, name) == 0)
            return &f->shot[i];
    return NULL;
}

static void meetings_become_chapters_in_the_order_of_life(void **state)
{
    (void)state;
    rig *g = rig_new(HM_LANG_EN);
    assert_int_equal(g->n, 3);
    static const char *const look[] = {"elastic", "rotoscope", "broadcast"};
    for (int32_t i = 0; i < 3; i++) {
        assert_int_equal(g->chapter[i].race, i);
        assert_string_equal(g->chapter[i].look, look[i]);
    }
    for (int32_t i = 1; i < g->film.n_part; i++)
        assert_true(g->film.chapter[i] >= g->film.chapter[i - 1]);
    assert_int_equal(g->film.chapter[g->film.n_part - 1], 2);
    rig_free(g);
}

static void chapters_of_the_story_stand_as_they_are(void **state)
{
    (void)state;
    rig *g = rig_new(HM_LANG_EN);
    hm_story_line line = {0, "Because.", ""};
    hm_story_chapter own[2] = {{.race = 2, .look = "smear", .title = "Late"}, {.race = 0}};
    own[0].n_line = 1, own[0].line = &line;
    g->c.story.n_chapter = 2, g->c.story.chapter = own;
    hm_race late = g->c.filmed[2];
    g->c.filmed[1] = g->c.filmed[0], g->c.filmed[0] = late;
    stage(g);
    assert_int_equal(g->n, 2);
    assert_string_equal(g->chapter[0].look, "smear");
    assert_string_equal(g->chapter[0].title_ja, "Late"); /* for want of another */
    assert_int_equal(g->chapter[0].n_line, 1);
    assert_string_equal(g->film.line[0].text[HM_LANG_JA], "Because.");
    assert_string_equal(g->chapter[1].title, "The river");
    rig_free(g);
}

static void each_title_counts_the_meeting(void **state)
{
    (void)state;
    rig *g = rig_new(HM_LANG_EN);
    static const char *const want[] = {"Meeting 1", "Meeting 2", "Meeting 3"};
    int32_t seen = 0;
    for (int32_t i = 0; i < g->film.n_part; i++) {
        const hm_shot *title = shot_of(&g->film.part[i], "title");
        if (!title)
            continue;
        assert_true(title->plain);
        assert_non_null(strstr(title->card.subtitle, want[seen]));
        seen++;
    }
    assert_int_equal(seen, 3);
    rig_free(g);
}

static void every_line_is_in_the_picture_and_in_both_languages_of_captions(void **state)
{
    (void)state;
    rig *g = rig_new(HM_LANG_JA);
    assert_int_equal(g->film.n_line, 6); /* two who are followed, three races */
    hm_text_track track[HM_LANG_COUNT];
    hm_err e = {0};
    for (int k = 0; k < HM_LANG_COUNT; k++) {
        assert_int_equal(
            hm_anthology_captions(&g->c.story, &g->film, (hm_lang)k, NULL, &g->a, &track[k], &e),
            HM_OK);
        assert_int_equal(hm_text_track_check(&track[k], &e), HM_OK);
        for (int32_t i = 0; i < g->film.n_line; i++) {
            const hm_anthology_line *l = &g->film.line[i];
            int32_t at = hm_text_track_at(&track[k], 0.5 * (l->from_s + l->to_s));
            assert_true(at >= 0 && strstr(track[k].cue[at].text, l->text[k]));
        }
    }
    const hm_shot *says = shot_of(&g->film.part[0], "says");
    assert_non_null(says);
    assert_non_null(strstr(says->card.title, g->film.line[0].text[HM_LANG_JA]));
    assert_non_null(strstr(says->card.subtitle, "アン"));
    assert_non_null(strstr(says->card.subtitle, "12"));
    rig_free(g);
}

static void what_somebody_says_ages_with_him(void **state)
{
    (void)state;
    rig *g = rig_new(HM_LANG_EN);
    for (int32_t i = 0; i < g->film.n_line; i++)
        for (int32_t k = 0; k < i; k++)
            assert_string_not_equal(g->film.line[i].text[0], g->film.line[k].text[0]);
    rig_free(g);
}

static void the_last_race_has_the_first_beside_it(void **state)
{
    (void)state;
    rig *g = rig_new(HM_LANG_EN);
    const hm_reel_part *both = NULL;
    for (int32_t i = 0; i < g->film.n_part; i++)
        if (g->film.part[i].n_pane == 2)
            both = &g->film.part[i];
    assert_non_null(both);
    const hm_reel_pane *then = &both->pane[0], *now = &both->pane[1];
    assert_true(then->x_px + then->opts.w_px <= now->x_px);
    assert_true(then->race->lane[0].stature_m < now->race->lane[0].stature_m);
    ht_near(then->film->duration_s, now->film->duration_s, 1e-6, 0);
    /* one gun: where the left shows race time 3 s, so does the right */
    hm_moment a, b;
    hm_film_at(then->film, then->race, 5, &a);
    hm_film_at(now->film, now->race, 5, &b);
    ht_near(a.race_t_s, b.race_t_s, 1e-9, 0);
    rig_free(g);
}

static void people_keep_their_looks_and_grow(void **state)
{
    (void)state;
    rig *g = rig_new(HM_LANG_EN), *ja = rig_new(HM_LANG_JA);
    const hm_lane *child = &g->film.part[0].pane[0].race->lane[1];
    const hm_lane *grown = &g->film.part[g->film.n_part - 1].pane[0].race->lane[1];
    const hm_lane *other = &ja->film.part[0].pane[0].race->lane[1];
    assert_string_equal(child->person, grown->person);
    assert_string_equal(child->person, other->person);
    assert_string_equal(child->name, "Bo");
    assert_string_equal(other->name, "ボー");
    assert_string_equal(child->form, "ragged");
    ht_near(child->stature_m, 1.5, 1e-9, 0);
    ht_near(grown->stature_m, 1.7, 1e-9, 0);
    rig_free(g);
    rig_free(ja);
}

static void who_has_torn_shoes_runs_in_them_as_a_child(void **state)
{
    (void)state;
    rig *g = rig_new(HM_LANG_EN);
    const hm_option *torn = hm_option_find(&hm_look_elastic_table, "torn_lane");
    assert_non_null(torn);
    assert_int_equal(torn->type, HM_OPTION_DOUBLE);
    double lane;
    memcpy(&lane, (const char *)g->film.part[0].pane[0].opts.look_own + torn->offset, sizeof lane);
    ht_near(lane, 5, 1e-12, 0); /* Bo */
    rig_free(g);
}

static void it_lasts_as_long_as_its_chapters(void **state)
{
    (void)state;
    rig *g = rig_new(HM_LANG_EN);
    /* three chapters: more than half a minute each, less than one */
    assert_true(g->film.duration_s > 90 && g->film.duration_s < 180);
    ht_near(g->film.duration_s, hm_reel_part_s(g->film.part, g->film.n_part, 24), 1e-9, 0);
    rig_free(g);
}

static uint64_t hash_of(const rig *g, double from_s, int n_thread)
{
    hm_reel_opts o = hm_reel_opts_default();
    o.w_px = W, o.h_px = H, o.n_thread = n_thread;
    o.from_s = from_s, o.to_s = from_s + 1;
    hm_reel *r = NULL;
    uint64_t h = 0;
    hm_err e = {0};
    if (hm_reel_new(g->film.n_part, g->film.part, &o, &r, &e) != HM_OK ||
        hm_reel_hash(r, NULL, NULL, &h, &e) != HM_OK)
        fail_msg("%s: %s", e.field, e.msg);
    hm_reel_destroy(r);
    return h;
}

static void frames_are_the_same_on_one_thread_and_two(void **state)
{
    (void)state;
    rig *g = rig_new(HM_LANG_EN);
    double seam_s = hm_reel_part_s(g->film.part, 3, 24); /* into the split picture's end */
    uint64_t one = hash_of(g, seam_s - 0.5, 1);
    assert_true(one == hash_of(g, seam_s - 0.5, 2));
    rig_free(g);
}

static void a_story_without_races_of_the_followed_is_refused(void **state)
{
    (void)state;
    rig *g = rig_new(HM_LANG_EN);
    hm_err e = {0};
    g->c.person[0].pinned = g->c.person[1].pinned = false;
    assert_int_equal(hm_anthology_chapters(&g->c.story, &g->a, &g->n, &g->chapter, &e),
                     HM_ERR_INPUT);
    rig_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meetings_become_chapters_in_the_order_of_life),
        cmocka_unit_test(chapters_of_the_story_stand_as_they_are),
        cmocka_unit_test(each_title_counts_the_meeting),
        cmocka_unit_test(every_line_is_in_the_picture_and_in_both_languages_of_captions),
        cmocka_unit_test(what_somebody_says_ages_with_him),
        cmocka_unit_test(the_last_race_has_the_first_beside_it),
        cmocka_unit_test(people_keep_their_looks_and_grow),
        cmocka_unit_test(who_has_torn_shoes_runs_in_them_as_a_child),
        cmocka_unit_test(it_lasts_as_long_as_its_chapters),
        cmocka_unit_test(frames_are_the_same_on_one_thread_and_two),
        cmocka_unit_test(a_story_without_races_of_the_followed_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
