/* Texts in lines: as long as each other, ended where their language ends lines, never inside a
 * word; and what a sheet may say on a title. */
#include "anthology_priv.h"
#include "ht.h"
#include "layout.h"

#include <stdlib.h>
#include <string.h>

#define FACE "Inter, Noto Sans CJK JP, Noto Sans, DejaVu Sans, sans-serif"

typedef struct rig {
    hm_arena a;
    text_store t;
} rig;

static rig *rig_new(void)
{
    rig *g = calloc(1, sizeof *g);
    hm_arena_init(&g->a, 0);
    assert_int_equal(text_open(&g->t, 1, NULL, &g->a, NULL), HM_OK);
    return g;
}

static void rig_free(rig *g)
{
    text_close(&g->t);
    hm_arena_free(&g->a);
    free(g);
}

static text_block block(rig *g, const char *text, double em_px, int32_t room_px, int32_t max_line)
{
    text_block b;
    text_spec spec = {FACE, em_px, 600, 0, 0};
    assert_int_equal(text_draw_block(&g->t, &spec, text, room_px, max_line, 0.7 * em_px, em_px,
                                     0.4 * em_px, &b, NULL),
                     HM_OK);
    for (int32_t i = 0; i < b.n; i++)
        assert_true(b.line[i].advance_px <= room_px && b.line[i].w_px <= room_px + 2);
    return b;
}

static void a_short_text_is_one_line_and_a_long_one_takes_more(void **state)
{
    (void)state;
    rig *g = rig_new();
    text_block one = block(g, "The river", 60, 600, 3);
    assert_int_equal(one.n, 1);
    ht_near(one.em_px, 60, 1e-9, 0);
    text_block many = block(
        g, "I lost it all once. It turned out there was still a hundred metres left.", 60, 900, 3);
    assert_in_range(many.n, 2, 3);
    ht_near(many.em_px, 60, 1e-9, 0); /* not smaller: longer */
    assert_int_equal(g->t.cut_count, 0);
    assert_int_equal(block(g, "", 60, 600, 3).n, 0);
    rig_free(g);
}

static void lines_are_about_equally_long(void **state)
{
    (void)state;
    rig *g = rig_new();
    /* 5 words of one length: 3 and 2, not 4 and 1 */
    text_block b = block(g, "mmmmm mmmmm mmmmm mmmmm mmmmm", 50, 740, 3);
    assert_int_equal(b.n, 2);
    assert_true(b.line[1].advance_px > b.line[0].advance_px / 2);
    rig_free(g);
}

static void two_clauses_are_two_lines(void **state)
{
    (void)state;
    rig *g = rig_new();
    text_block b = block(g, "前は何かに向かって走った。いまは後ろの音が聞こえる。", 50, 900, 3);
    assert_int_equal(b.n, 2);
    /* 13 signs of an em each, one of them a full stop; and 13 */
    ht_near(b.line[0].advance_px, 13 * 50, 2, 0);
    ht_near(b.line[1].advance_px, 13 * 50, 2, 0);
    rig_free(g);
}

static void of_three_lines_one_ends_where_the_sentence_does(void **state)
{
    (void)state;
    rig *g = rig_new();
    text_block b = block(
        g, "I lost it all once. It turned out there was still a hundred metres left.", 60, 900, 3);
    text_run first;
    text_spec spec = {FACE, b.em_px, 600, 0, 0};
    assert_int_equal(text_draw_as(&g->t, &spec, "I lost it all once.", 0, 0, &first, NULL), HM_OK);
    assert_int_equal(b.n, 3);
    ht_near(b.line[0].advance_px, first.advance_px, 1, 0);
    assert_true(b.line[2].advance_px > b.line[1].advance_px / 3);
    rig_free(g);
}

/* Of 12 signs in a row of 11 the twelfth is a full stop, a closing bracket or a long vowel: it may
 * not begin a line, so a sign goes with it; nor may an opening bracket end one. */
static void japanese_breaks_anywhere_but_where_it_must_not(void **state)
{
    (void)state;
    static const char *const text[] = {
        "走走走走走走走走走走走。走走", "走走走走走走走走走走走」走走",
        "走走走走走走走走走走コース走走", "走走走走走走走走走走「走走走」"};
    rig *g = rig_new();
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
        text_run line[4];
        int32_t n;
        text_spec spec = {FACE, 40, 600, 0, 0};
        assert_int_equal(text_draw_lines(&g->t, &spec, text[i], 11 * 40 + 4, 4, line, &n, NULL),
                         HM_OK);
        assert_int_equal(n, 2);
        ht_near(line[0].advance_px, 10 * 40, 2, 0);
    }
    assert_int_equal(g->t.cut_count + g->t.split_count, 0);
    rig_free(g);
}

static void a_long_word_makes_all_letters_smaller_and_is_not_parted(void **state)
{
    (void)state;
    rig *g = rig_new();
    text_block b = block(g, "Bezirksmeisterschaftsvorlauf heute", 60, 700, 2);
    assert_int_equal(b.n, 2);
    assert_true(b.em_px < 60);
    assert_int_equal(g->t.split_count + g->t.cut_count, 0);
    rig_free(g);
}

/* ---- all that runners say of themselves ---- */

enum { SAID = HM_STORY_BELIEF_COUNT * ANTHO_AGES };

/* A card a shot of a second, in each look in turn, on plain ground and over a picture. */
static hm_film film_of(hm_arena *a, hm_lang lang, int32_t w, int32_t h, hm_shot shot[])
{
    for (int32_t i = 0; i < SAID; i++) {
        const char *line = antho_belief_line(lang, i / ANTHO_AGES, i % ANTHO_AGES);
        shot[i] = (hm_shot){.name = "says",
                            .look = ov_palette_at(i % 6)->look,
                            .rate = 1,
                            .overlays = HM_OVERLAY_TITLE,
                            .plain = i / 6 % 2,
                            .card = {antho_say(a, lang, ANTHO_QUOTE, line, NULL),
                                     antho_say(a, lang, ANTHO_SAYS, "Wakabayashi", "25")},
                            .from_s = i,
                            .to_s = i + 1,
                            .race_from_s = i,
                            .race_to_s = i + 1};
    }
    return (hm_film){.look = "broadcast",
                     .w_px = w,
                     .h_px = h,
                     .fps = 24,
                     .n_shot = SAID,
                     .shot = shot,
                     .duration_s = SAID,
                     .lang = lang};
}

static void check_cards(hm_lang lang, int32_t w, int32_t h)
{
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_lane lane = {.lane = 4, .name = "x", .form = "", .team = "", .time_us = 10000000};
    hm_race r = {.meet = "", .event = "", .round = "", .venue = "", .date = ""};
    r.n_lane = 1, r.lane = &lane;
    hm_shot shot[SAID];
    hm_film f = film_of(&a, lang, w, h, shot);
    hm_notes notes = {0};
    hm_overlay *o = NULL;
    hm_overlay_opts opts = {.w_px = w, .h_px = h};
    assert_int_equal(hm_overlay_new(&f, &r, &opts, &a, &notes, &o, NULL), HM_OK);
    assert_int_equal(o->text.cut_count + o->text.split_count, 0);
    ov_list *l = malloc(sizeof *l);
    for (int32_t i = 0; i < SAID; i++) {
        hm_moment m = {.shot = &shot[i],
                       .i_shot = i,
                       .shot_t_s = 0.6,
                       .shot_left_s = 0.4,
                       .film_t_s = i + 0.6,
                       .rate = 1,
                       .overlays = HM_OVERLAY_TITLE};
        overlay_lay_out(o, &m, l);
        layout_check(o, &m, l);
        assert_true(o->title[i]->title.em_px >= 12); /* readable in the smallest */
        assert_true(o->title[i]->line_em_px >= 10);
    }
    free(l);
    hm_overlay_destroy(o);
    hm_arena_free(&a);
}

static void what_runners_say_stands_whole_on_every_card(void **state)
{
    (void)state;
    static const int32_t size[][2] = {
        {320, 180}, {640, 360}, {1280, 720}, {1920, 1080}, {720, 1280}};
    for (int lang = 0; lang < HM_LANG_COUNT; lang++)
        for (size_t i = 0; i < sizeof size / sizeof size[0]; i++)
            check_cards((hm_lang)lang, size[i][0], size[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_text_is_one_line_and_a_long_one_takes_more),
        cmocka_unit_test(lines_are_about_equally_long),
        cmocka_unit_test(two_clauses_are_two_lines),
        cmocka_unit_test(of_three_lines_one_ends_where_the_sentence_does),
        cmocka_unit_test(japanese_breaks_anywhere_but_where_it_must_not),
        cmocka_unit_test(a_long_word_makes_all_letters_smaller_and_is_not_parted),
        cmocka_unit_test(what_runners_say_stands_whole_on_every_card),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
