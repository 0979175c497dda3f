/* Letters: what was recorded is drawn again to the byte, at another size nearly, and bytes that are
 * no letters are refused. */
#include "film_race.h"
#include "ht.h"
#include "letters_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "stage/letters_race.h"
#include "stage/look.h"
#include "stage/show.h"

typedef struct rig {
    hm_arena a;
    hm_race race;
    hm_film film;
    hm_letters *letters;
    unsigned char *bytes;
    size_t n;
} rig;

/* A race, and its letters as another machine would read them. */
static rig *rig_new(void)
{
    rig *g = calloc(1, sizeof *g);
    const hm_credits credits = {.program = "Hectometre"};
    hm_arena_init(&g->a, 0);
    g->race = film_race(&g->a, FILM_RACE_EIGHT);
    hm_letters *made = hm_letters_new();
    assert_int_equal(hm_letters_record(&g->race, HM_LANG_EN, &credits, made, NULL), HM_OK);
    assert_int_equal(hm_letters_write(made, &g->a, &g->bytes, &g->n, NULL), HM_OK);
    hm_letters_destroy(made);
    assert_int_equal(hm_letters_read(g->bytes, g->n, &g->letters, NULL), HM_OK);
    return g;
}

static void rig_free(rig *g)
{
    hm_letters_destroy(g->letters);
    hm_arena_free(&g->a);
    free(g);
}

/* Graphics of a look's own film with and without letters, all of them hashed. */
static uint64_t graphics(rig *g, const char *look, int32_t w_px, int32_t h_px, hm_letters *letters,
                         hm_notes *notes)
{
    hm_direct_opts d = hm_direct_opts_default();
    const hm_look *l = hm_look_find(look);
    hm_overlay *o;
    uint64_t hash = HM_HASH_START;
    d.cut = HM_CUT_LOOK;
    d.look = look;
    d.w_px = w_px;
    d.h_px = h_px;
    d.titles = true;
    assert_int_equal(hm_look_direct(l, &g->race, &d, &g->a, &g->film, NULL), HM_OK);
    const hm_overlay_opts opts = {
        .w_px = w_px, .h_px = h_px, .credits = {.program = "Hectometre"}, .letters = letters};
    assert_int_equal(hm_overlay_new(&g->film, &g->race, &opts, &g->a, notes, &o, NULL), HM_OK);
    hm_picture pic = {w_px, h_px, 4 * w_px, HM_PUSH(&g->a, uint8_t, 4 * w_px * h_px)};
    for (double t_s = 0.5; t_s < g->film.duration_s; t_s += 1.5) {
        hm_moment m;
        hm_film_at(&g->film, &g->race, t_s, &m);
        memset(pic.rgbx, 60, (size_t)(4 * w_px * h_px));
        hm_overlay_draw(o, &m, &pic);
        hash = hm_hash(hash, pic.rgbx, (size_t)(4 * w_px * h_px));
    }
    hm_overlay_destroy(o);
    return hash;
}

static void recorded_graphics_are_the_made_ones_to_the_byte_in_every_look(void **state)
{
    (void)state;
    rig *g = rig_new();
    for (int32_t i = 0; hm_look_at(i); i++) {
        const char *look = hm_look_name(hm_look_at(i));
        hm_notes notes = {0};
        assert_int_equal(graphics(g, look, 1280, 720, g->letters, &notes),
                         graphics(g, look, 1280, 720, NULL, &notes));
    }
    rig_free(g);
}

static letters_ask ask_of(const char *text, double em_px, int32_t max_px, double scale)
{
    return (letters_ask){.kind = LETTERS_LINE,
                         .text = text,
                         .small = "",
                         .spec = {.family = "Inter", .em_px = em_px, .weight = 500},
                         .scale = scale,
                         .max_px = max_px};
}

/* One square of ink in a run, recorded. */
static hm_letters *one_square(const letters_ask *ask, int32_t side_px)
{
    hm_letters *l = hm_letters_new();
    uint8_t ink[64 * 64];
    memset(ink, 200, sizeof ink);
    assert_true(side_px <= 64);
    const letters_told told = {.n = 1,
                               .run = {{.advance_px = side_px + 4,
                                        .x_px = 2,
                                        .y_px = -side_px,
                                        .w_px = side_px,
                                        .h_px = side_px,
                                        .cover = ink}}};
    assert_int_equal(letters_keep(l, ask, &told, NULL), HM_OK);
    return l;
}

static void another_size_has_the_same_ink_over_the_area(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    letters_ask ask = ask_of("x", 40, 0, 1);
    hm_letters *l = one_square(&ask, 32);
    l->records = false;
    static const double scale[] = {0.5, 0.25, 0.37, 1.5, 2};
    for (size_t i = 0; i < sizeof scale / sizeof scale[0]; i++) {
        letters_ask small = ask_of("x", 40 * scale[i], 0, scale[i]);
        letters_told told;
        bool found = false;
        double sum = 0;
        assert_int_equal(letters_find(l, &small, &a, &told, &found, NULL), HM_OK);
        assert_true(found);
        for (int32_t k = 0; k < told.run[0].w_px * told.run[0].h_px; k++)
            sum += told.run[0].cover[k];
        ht_near(sum / 200, 32 * 32 * scale[i] * scale[i], 0, 0.03);
        ht_near(told.run[0].advance_px, 36 * scale[i], 0.51, 0);
    }
    hm_letters_destroy(l);
    hm_arena_free(&a);
}

static void a_text_gets_smaller_where_there_is_less_room_and_no_other_text_is_taken(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    letters_ask ask = ask_of("x", 40, 0, 1);
    hm_letters *l = one_square(&ask, 32);
    l->records = false;
    letters_ask narrow = ask_of("x", 40, 19, 1), other = ask_of("y", 40, 0, 1);
    letters_told told;
    bool found = false;
    assert_int_equal(letters_find(l, &narrow, &a, &told, &found, NULL), HM_OK);
    assert_true(found && told.run[0].advance_px <= 19);
    assert_true(told.run[0].x_px + told.run[0].w_px <= 19);
    assert_int_equal(letters_find(l, &other, &a, &told, &found, NULL), HM_OK);
    assert_false(found);
    hm_letters_destroy(l);
    hm_arena_free(&a);
}

static void what_was_only_tried_keeps_its_size_and_no_ink(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    letters_ask ask = ask_of("x", 40, 0, 1), half = ask_of("x", 20, 0, 0.5);
    hm_letters *l = one_square(&ask, 32), *read;
    unsigned char *bytes;
    size_t n;
    letters_told told;
    bool found = false;
    letters_blank(l, 0);
    assert_int_equal(hm_letters_write(l, &a, &bytes, &n, NULL), HM_OK);
    assert_int_equal(hm_letters_read(bytes, n, &read, NULL), HM_OK);
    assert_int_equal(letters_find(read, &ask, &a, &told, &found, NULL), HM_OK);
    assert_true(found && told.run[0].w_px == 32 && told.run[0].cover[0] == 0);
    assert_int_equal(letters_find(read, &half, &a, &told, &found, NULL), HM_OK);
    assert_false(found);
    hm_letters_destroy(read);
    hm_letters_destroy(l);
    hm_arena_free(&a);
}

static void a_try_that_is_asked_for_again_in_earnest_keeps_its_ink(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    letters_ask ask = ask_of("x", 40, 0, 1);
    hm_letters *l = one_square(&ask, 32), *read;
    unsigned char *bytes;
    size_t n;
    letters_told told;
    bool found = false;
    letters_blank(l, 0);
    assert_int_equal(letters_find(l, &ask, &a, &told, &found, NULL), HM_OK);
    assert_true(found);
    int32_t mark = letters_mark(l);
    assert_int_equal(letters_find(l, &ask, &a, &told, &found, NULL), HM_OK);
    letters_blank(l, mark);
    assert_int_equal(hm_letters_write(l, &a, &bytes, &n, NULL), HM_OK);
    assert_int_equal(hm_letters_read(bytes, n, &read, NULL), HM_OK);
    assert_int_equal(letters_find(read, &ask, &a, &told, &found, NULL), HM_OK);
    assert_true(found && told.run[0].cover[0] == 200);
    hm_letters_destroy(read);
    hm_letters_destroy(l);
    hm_arena_free(&a);
}

enum { INK_W = 301, INK_H = 47, INKS = 40 };

/* Blots of every grey, some of them alike, some that touch at a corner. */
static void blot(uint8_t *cover, uint32_t seed)
{
    memset(cover, 0, INK_W * INK_H);
    for (uint32_t i = 0; i < 30; i++) {
        uint32_t h = seed * 7919 + i * 104729, kind = h % 5;
        int32_t x = (int32_t)(h / 5 % (INK_W - 12)), y = (int32_t)(h / 97 % (INK_H - 12));
        for (int32_t v = 0; v < 6 + (int32_t)kind; v++)
            for (int32_t u = 0; u < 9; u++)
                if ((u * v + (int32_t)kind) % 3)
                    cover[(y + v) * INK_W + x + u] = (uint8_t)(255 - (uint32_t)u * (kind * 7));
    }
}

static void ink_in_pieces_is_put_together_to_the_byte(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    static uint8_t cover[INKS][INK_W * INK_H];
    hm_letters *l = hm_letters_new(), *read;
    unsigned char *bytes;
    size_t n;
    char name[INKS][8];
    for (int i = 0; i < INKS; i++) {
        snprintf(name[i], sizeof name[i], "%d", i);
        blot(cover[i], (uint32_t)i);
        const letters_ask ask = ask_of(name[i], 40, 0, 1);
        const letters_told told = {.n = 1,
                                   .run = {{.w_px = INK_W, .h_px = INK_H, .cover = cover[i]}}};
        assert_int_equal(letters_keep(l, &ask, &told, NULL), HM_OK);
    }
    assert_int_equal(hm_letters_write(l, &a, &bytes, &n, NULL), HM_OK);
    assert_true(n < sizeof cover / 4);
    assert_int_equal(hm_letters_read(bytes, n, &read, NULL), HM_OK);
    for (int i = 0; i < INKS; i++) {
        const letters_ask ask = ask_of(name[i], 40, 0, 1);
        letters_told told;
        bool found = false;
        assert_int_equal(letters_find(read, &ask, &a, &told, &found, NULL), HM_OK);
        assert_true(found);
        assert_memory_equal(told.run[0].cover, cover[i], sizeof cover[i]);
    }
    hm_letters_destroy(read);
    hm_letters_destroy(l);
    hm_arena_free(&a);
}

/* Of a letter that stands a thousand times only its places are told. */
static void a_letter_is_kept_once_however_often_it_stands(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    size_t size[2];
    for (int many = 0; many < 2; many++) {
        hm_letters *l = hm_letters_new();
        unsigned char *bytes;
        for (int i = 0; i < (many ? 200 : 1); i++) {
            char text[16];
            uint8_t row[20 * 400] = {0};
            snprintf(text, sizeof text, "%d", i);
            for (int k = 0; k < 20; k++)
                for (int y = 0; y < 19; y++)
                    for (int x = 0; x < 15; x++)
                        row[y * 400 + k * 20 + x] = (uint8_t)(1 + (x * 37 + y * y * 11) % 255);
            const letters_ask ask = ask_of(text, 40, 0, 1);
            const letters_told told = {.n = 1, .run = {{.w_px = 400, .h_px = 20, .cover = row}}};
            row[i % 400] = 99; /* another ink each */
            assert_int_equal(letters_keep(l, &ask, &told, NULL), HM_OK);
        }
        assert_int_equal(hm_letters_write(l, &a, &bytes, &size[many], NULL), HM_OK);
        hm_letters_destroy(l);
    }
    assert_true(size[1] < 200 * 400);
    hm_arena_free(&a);
}

static void bytes_that_are_no_letters_are_refused(void **state)
{
    (void)state;
    rig *g = rig_new();
    hm_letters *l;
    for (size_t n = 0; n < g->n; n += n < 300 ? 1 : g->n / 50)
        assert_int_equal(hm_letters_read(g->bytes, n, &l, NULL), HM_ERR_INPUT);
    for (int i = 0; i < 20; i++) { /* magic, version, counts */
        unsigned char was = g->bytes[i];
        g->bytes[i] ^= 0x80;
        assert_int_equal(hm_letters_read(g->bytes, g->n, &l, NULL), HM_ERR_INPUT);
        g->bytes[i] = was;
    }
    rig_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_graphics_are_the_made_ones_to_the_byte_in_every_look),
        cmocka_unit_test(another_size_has_the_same_ink_over_the_area),
        cmocka_unit_test(a_text_gets_smaller_where_there_is_less_room_and_no_other_text_is_taken),
        cmocka_unit_test(what_was_only_tried_keeps_its_size_and_no_ink),
        cmocka_unit_test(a_try_that_is_asked_for_again_in_earnest_keeps_its_ink),
        cmocka_unit_test(ink_in_pieces_is_put_together_to_the_byte),
        cmocka_unit_test(a_letter_is_kept_once_however_often_it_stands),
        cmocka_unit_test(bytes_that_are_no_letters_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
