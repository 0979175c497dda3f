/* One score for a film of lives: the tune that changes when an idea passes. */
#include "ht.h"
#include "story_case.h"

#include <stdlib.h>

#include "stage/anthology.h"

typedef struct rig {
    hm_arena a;
    story_case c;
    int32_t n;
    hm_story_chapter *chapter;
    hm_anthology film;
    hm_anthology_music music;
} rig;

static rig *rig_new(const char *middle_look)
{
    rig *g = calloc(1, sizeof *g);
    hm_err e = {0};
    hm_anthology_opts o = hm_anthology_opts_default();
    hm_arena_init(&g->a, 0);
    story_case_make(&g->c, &g->a);
    assert_int_equal(hm_anthology_chapters(&g->c.story, &g->a, &g->n, &g->chapter, &e), HM_OK);
    g->chapter[1].look = middle_look;
    if (hm_anthology_stage(&g->c.story, g->n, g->chapter, g->c.filmed, &o, &g->a, &g->film, &e) !=
            HM_OK ||
        hm_anthology_score(&g->c.story, g->chapter, &g->film, &g->a, &g->music, &e) != HM_OK)
        fail_msg("%s: %s", e.field, e.msg);
    return g;
}

static void rig_free(rig *g)
{
    hm_arena_free(&g->a);
    free(g);
}

static void the_pupil_quotes_the_teacher_from_the_lesson_on(void **state)
{
    (void)state;
    rig *g = rig_new("rotoscope");
    hm_motif own = hm_motif_of("Bo", 0), teacher = hm_motif_of("Ann", 0);
    hm_motif quote = hm_motif_quote(&own, &teacher);
    hm_motif before = hm_anthology_motif(&g->c.story, 1, 49);
    hm_motif after = hm_anthology_motif(&g->c.story, 1, 50);
    assert_true(hm_motif_equal(&before, &own));
    assert_true(hm_motif_equal(&after, &quote) && !hm_motif_equal(&after, &own));
    hm_motif still = hm_anthology_motif(&g->c.story, 0, 500);
    assert_true(hm_motif_equal(&still, &teacher));
    /* and so it is played: lanes 4 and 5 are the first two of each race */
    assert_true(hm_motif_equal(&g->music.part[0]->motif[1], &own));
    assert_true(hm_motif_equal(&g->music.part[1]->motif[1], &quote));
    rig_free(g);
}

static void notes_of_the_whole_are_those_of_the_parts_in_order_of_time(void **state)
{
    (void)state;
    rig *g = rig_new("rotoscope");
    const hm_score *s = &g->music.whole;
    int64_t n = 0;
    for (int32_t i = 0; i < g->film.n_part; i++)
        n += g->music.part[i]->n_note;
    assert_int_equal(s->n_note, n);
    for (int64_t i = 1; i < s->n_note; i++)
        assert_true(s->note[i].on_s >= s->note[i - 1].on_s);
    assert_true(s->note[s->n_note - 1].off_s <= g->film.duration_s + 1e-6);
    double second_s = hm_reel_part_s(g->film.part, 1, 24);
    int64_t first = g->music.part[0]->n_note;
    ht_near(s->note[first].on_s, second_s + g->music.part[1]->note[0].on_s, 1e-9, 0);
    rig_free(g);
}

static void a_tune_stands_alone_under_each_title(void **state)
{
    (void)state;
    rig *g = rig_new("rotoscope");
    const hm_film *f = g->film.part[1].pane[0].film;
    assert_string_equal(f->shot[0].name, "title");
    hm_motif m = hm_anthology_motif(&g->c.story, g->chapter[1].line[0].person, 100);
    const hm_score *s = g->music.part[1];
    int32_t n = 0;
    for (int64_t i = 0; i < s->n_note; i++)
        n += s->note[i].part == HM_SCORE_PART_MUTED && s->note[i].on_s < f->shot[0].to_s;
    assert_true(n >= m.n - 2 && n >= 3);
    rig_free(g);
}

static void a_race_told_by_sound_has_no_music(void **state)
{
    (void)state;
    rig *g = rig_new("sound");
    double from_s = hm_reel_part_s(g->film.part, 1, 24), to_s = hm_reel_part_s(g->film.part, 2, 24);
    const hm_score *s = &g->music.whole;
    assert_null(g->music.part[1]);
    for (int64_t i = 0; i < s->n_note; i++)
        assert_true(s->note[i].off_s <= from_s + 1e-9 || s->note[i].on_s >= to_s);
    rig_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pupil_quotes_the_teacher_from_the_lesson_on),
        cmocka_unit_test(notes_of_the_whole_are_those_of_the_parts_in_order_of_time),
        cmocka_unit_test(a_tune_stands_alone_under_each_title),
        cmocka_unit_test(a_race_told_by_sound_has_no_music),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
