#include "film_race.h"
#include "ht.h"
#include "layout.h"
#include "overlay_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "stage/captions.h"
#include "stage/director.h"
#include "stage/look.h"

/* 64 characters each, as hostile as a start list gets: wide Latin, no spaces, Japanese, combining
 * marks, right to left, control characters, broken UTF-8, empty. */
static const char *const hostile[10] = {
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "富樫慎二小宮一之介蒲生田長谷川五郎左衛門尉景虎御前崎灯台守富樫慎二小宮一之介蒲生田長谷川五郎左"
    "衛門尉景虎御前崎灯台守",
    "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft",
    "M\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86g\xcc\xa7\xcc\xa8y\xcc\xb1j\xc3\x85\xc3\x9c"
    "\xe1\xba\xa4",
    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xd8\xa7\xd9\x84\xd8\xb3\xd8\xb1\xd8\xb9\xd8\xa9",
    "a\nb\tc\x01\x7f",
    "\xff\xfe\x80\xc3",
    "",
    "%s%n %d <b>x</b> &amp;",
    "von der Sch\xc3\xb6nen Lange-Gr\xc3\xb6\xc3\x9f"
    "enbergerhausen zu Unterwittelsbach 3."};

typedef struct stage {
    hm_arena a;
    hm_race r;
    hm_rivals rivals;
    hm_film f;
    hm_overlay *o;
    hm_notes notes;
} stage;

static void open_stage(stage *s, film_race_kind kind, bool is_hostile, int32_t w, int32_t h)
{
    memset(s, 0, sizeof *s);
    hm_arena_init(&s->a, 0);
    s->r = film_race(&s->a, kind);
    for (int32_t i = 0; i < s->r.n_lane && is_hostile; i++) {
        s->r.lane[i].name = hostile[i];
        s->r.lane[i].team = hostile[9 - i];
    }
    if (is_hostile)
        s->r.meet = s->r.event = s->r.round = s->r.venue = hostile[0];
    hm_direct_opts d = hm_direct_opts_default();
    d.w_px = w;
    d.h_px = h;
    d.titles = true;
    d.lang = kind % 2 ? HM_LANG_JA : HM_LANG_EN;
    assert_int_equal(hm_direct(&s->r, &d, &s->a, &s->f, NULL), HM_OK);
    hm_caption_opts c = hm_caption_opts_default();
    hm_text_track said;
    c.lang = d.lang;
    assert_int_equal(hm_film_captions(&s->f, &s->r, &c, &s->a, &said, NULL), HM_OK);
    assert_int_equal(hm_overlay_new(&s->f, &s->r,
                                    &(hm_overlay_opts){.w_px = w, .h_px = h, .burn = &said}, &s->a,
                                    &s->notes, &s->o, NULL),
                     HM_OK);
}

static void close_stage(stage *s)
{
    hm_overlay_destroy(s->o);
    hm_arena_free(&s->a);
}

static void check_stage(const stage *s)
{
    ov_list *l = malloc(sizeof *l);
    for (double t = 0; t < s->f.duration_s; t += 0.23) {
        hm_moment m;
        hm_film_at(&s->f, &s->r, t, &m);
        overlay_lay_out(s->o, &m, l);
        layout_check(s->o, &m, l);
    }
    free(l);
}

static void check_film(film_race_kind kind, bool is_hostile, int32_t w, int32_t h)
{
    stage s;
    open_stage(&s, kind, is_hostile, w, h);
    check_stage(&s);
    close_stage(&s);
}

static void no_text_is_cut_off_or_over_another(void **state)
{
    (void)state;
    for (film_race_kind k = 0; k < FILM_RACE_KINDS; k++)
        check_film(k, false, 1280, 720);
}

/* Ten ghosts and a record with hostile names. */
static void rivals_find_room_too(void **state)
{
    (void)state;
    static const film_race_kind kinds[2] = {FILM_RACE_TEN, FILM_RACE_GAPS};
    for (int k = 0; k < 4; k++) {
        stage s;
        open_stage(&s, kinds[k % 2], k > 1, 1280, 720);
        hm_overlay_destroy(s.o);
        s.rivals.n_ghost = s.r.n_lane;
        for (int32_t i = 0; i < s.r.n_lane; i++)
            s.rivals.ghost[i] = (hm_ghost){&s.r, i, i + 1};
        s.rivals.record = (hm_record_line){&s.r.lane[3].curve, 958, hostile[k]};
        s.f.rivals = &s.rivals;
        assert_int_equal(hm_overlay_new(&s.f, &s.r, &(hm_overlay_opts){.w_px = 1280, .h_px = 720},
                                        &s.a, &s.notes, &s.o, NULL),
                         HM_OK);
        check_stage(&s);
        close_stage(&s);
    }
}

static void hostile_names_stay_in_their_boxes(void **state)
{
    (void)state;
    check_film(FILM_RACE_TEN, true, 1280, 720);
    check_film(FILM_RACE_GAPS, true, 1280, 720);
    check_film(FILM_RACE_TEN, true, 640, 360);
}

static void other_shapes_of_picture_are_laid_out_too(void **state)
{
    (void)state;
    check_film(FILM_RACE_EIGHT, false, 1920, 1080);
    check_film(FILM_RACE_EIGHT, false, 960, 720);
    check_film(FILM_RACE_TEN, false, 720, 1280);
    check_film(FILM_RACE_EIGHT, false, 320, 180);
}

static void the_clock_shows_race_time_and_stops_at_the_official_time(void **state)
{
    (void)state;
    stage s;
    open_stage(&s, FILM_RACE_EIGHT, false, 640, 360);
    bool is_official;
    assert_int_equal(ov_clock_cs(s.o, -3, &is_official), 0);
    assert_int_equal(ov_clock_cs(s.o, 4.5678, &is_official), 456);
    assert_false(is_official);
    const hm_lane *w = &s.r.lane[3];
    double win_s = 1e-6 * (double)w->time_us;
    assert_int_equal(ov_clock_cs(s.o, win_s - 0.02, &is_official),
                     (int)floor(100 * (win_s - 0.02)));
    assert_int_equal(ov_clock_cs(s.o, win_s + 1e-6, &is_official), w->official_cs);
    assert_true(is_official);
    assert_int_equal(ov_clock_cs(s.o, 1e9, &is_official), w->official_cs);
    char buf[16];
    ov_time_text(buf, 958, false);
    assert_string_equal(buf, "9.58");
    ov_time_text(buf, 6230, false);
    assert_string_equal(buf, "1:02.30");
    ov_time_text(buf, 13, true);
    assert_string_equal(buf, "+0.13");
    close_stage(&s);
}

static void the_board_is_in_the_official_order(void **state)
{
    (void)state;
    stage s;
    open_stage(&s, FILM_RACE_GAPS, false, 640, 360);
    /* lanes 1 and 6 did not start, lane 5 stopped: 4 3 2 8 7, then DNF, then DNS by lane */
    static const int32_t want[8] = {4, 3, 2, 8, 7, 5, 1, 6};
    for (int i = 0; i < 8; i++)
        assert_int_equal(s.r.lane[s.o->result[i]].lane, want[i]);
    assert_int_equal(s.r.lane[s.o->winner].lane, 4);
    close_stage(&s);
}

/* WCAG 2: relative luminance and contrast. The ground is taken as it shows over pure white. */
static double luminance(ov_colour c)
{
    const double v[3] = {c.r / 255.0, c.g / 255.0, c.b / 255.0};
    static const double k[3] = {0.2126, 0.7152, 0.0722};
    double y = 0;
    for (int i = 0; i < 3; i++)
        y += k[i] * (v[i] <= 0.03928 ? v[i] / 12.92 : pow((v[i] + 0.055) / 1.055, 2.4));
    return y;
}

static double contrast(ov_colour a, ov_colour b)
{
    double x = luminance(a), y = luminance(b);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

static void words_stand_out_from_their_ground(void **state)
{
    (void)state;
    int a = OV_GROUND_ALPHA;
    ov_colour g = OV_GROUND;
    ov_colour ground = {(uint8_t)((g.r * a + 255 * (255 - a)) / 255),
                        (uint8_t)((g.g * a + 255 * (255 - a)) / 255),
                        (uint8_t)((g.b * a + 255 * (255 - a)) / 255)};
    assert_true(contrast(OV_WHITE, ground) >= 4.5);
    assert_true(contrast(OV_SOFT, ground) >= 4.5);
    assert_true(contrast(OV_ACCENT, ground) >= 4.5);
    assert_true(contrast(OV_WHITE, OV_RAISED) >= 4.5);
    assert_true(contrast(OV_ACCENT, OV_RAISED) >= 4.5);
    assert_true(contrast(OV_SOFT, OV_RAISED) >= 4.5);
    assert_true(contrast(OV_DARK, OV_ACCENT) >= 4.5);
}

/* Cards: each look's letters on its ground, and on it as a wash over the worst picture. */
static void cards_stand_out_in_every_look(void **state)
{
    (void)state;
    const ov_palette *p;
    for (int32_t i = 0; (p = ov_palette_at(i)) != NULL; i++) {
        bool is_dark = luminance(p->ground) < 0.2;
        int a = 236, v = is_dark ? 255 : 0;
        ov_colour g = p->ground;
        ov_colour wash = {(uint8_t)((g.r * a + v * (255 - a)) / 255),
                          (uint8_t)((g.g * a + v * (255 - a)) / 255),
                          (uint8_t)((g.b * a + v * (255 - a)) / 255)};
        const ov_colour ink[3] = {p->ink, p->soft, p->accent};
        for (int k = 0; k < 3; k++)
            if (contrast(ink[k], p->ground) < 4.5 || contrast(ink[k], wash) < 4.5)
                fail_msg("%s colour %d: %.2f on the ground, %.2f on the wash", p->look, k,
                         contrast(ink[k], p->ground), contrast(ink[k], wash));
    }
}

static void every_look_has_a_card_of_its_own(void **state)
{
    (void)state;
#define OWN(id) assert_string_equal(ov_palette_of(#id)->look, #id);
    HM_LOOK_LIST(OWN)
#undef OWN
}

/* A shot's words replace the race's, fill their card, and stay in it however long they are. */
static void cards_of_shots_are_laid_out_in_every_look_and_size(void **state)
{
    (void)state;
    static const int32_t size[][2] = {{1280, 720}, {320, 180}, {720, 1280}};
    ov_list *l = malloc(sizeof *l);
    const ov_palette *p;
    for (int32_t i = 0; (p = ov_palette_at(i)) != NULL; i++)
        for (int k = 0; k < 6; k++) {
            stage s = {0};
            hm_arena_init(&s.a, 0);
            s.r = film_race(&s.a, FILM_RACE_SCHOOL);
            hm_shot shot = {.name = "card",
                            .look = p->look,
                            .from = {.at = HM_AT_GUN},
                            .to = {.at = HM_AT_FINISH},
                            .rate = 1,
                            .rig = HM_RIG_WIDE,
                            .overlays = HM_OVERLAY_TITLE,
                            .plain = k % 2,
                            .card = {k < 3 ? "小学六年　秋" : hostile[0], k < 3 ? "" : hostile[1]}};
            s.f = (hm_film){.look = "broadcast",
                            .w_px = size[k % 3][0],
                            .h_px = size[k % 3][1],
                            .fps = 24,
                            .n_shot = 1,
                            .shot = &shot};
            hm_overlay_opts o = {.w_px = s.f.w_px, .h_px = s.f.h_px};
            assert_int_equal(hm_film_bind(&s.f, &s.r, &s.a, NULL), HM_OK);
            assert_int_equal(hm_overlay_new(&s.f, &s.r, &o, &s.a, &s.notes, &s.o, NULL), HM_OK);
            for (double t = 0.3; t < 6; t += 0.9) {
                hm_moment m;
                hm_film_at(&s.f, &s.r, t, &m);
                overlay_lay_out(s.o, &m, l);
                layout_check(s.o, &m, l);
                assert_true(k % 2 || (t < 5) == (l->n_item > 0)); /* gone after 5 s */
            }
            close_stage(&s);
        }
    free(l);
}

/* Wherever a caption is due it stands, and every place in which it stands is its own. */
static void captions_in_the_picture_are_never_over_graphics(void **state)
{
    (void)state;
    stage s;
    open_stage(&s, FILM_RACE_TEN, false, 1280, 720);
    int32_t n_shown = 0;
    assert_true(s.o->n_caption > 6);
    for (int32_t i = 0; i < s.o->n_caption; i++)
        n_shown += s.o->caption[i].w > 0;
    assert_true(n_shown >= s.o->n_caption - 1); /* ten rows of result leave no room for one */
    close_stage(&s); /* that none overlaps, layout_check says for all films above */
}

static void capitals_are_as_tall_as_promised(void **state)
{
    (void)state;
    stage s;
    open_stage(&s, FILM_RACE_ONE, false, 1280, 720);
    /* 24 px em: capitals of a text face are 0.68 to 0.76 em */
    assert_in_range(s.o->text.cap_px[TEXT_SMALL], 16, 19);
    for (int i = 1; i < 10; i++)
        assert_int_equal(text_glyph(&s.o->text, TEXT_CLOCK, (char)('0' + i))->advance_px,
                         text_glyph(&s.o->text, TEXT_CLOCK, '0')->advance_px);
    close_stage(&s);
}

static void missing_glyphs_are_remarked(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_ONE);
    hm_direct_opts d = hm_direct_opts_default();
    hm_film f;
    assert_int_equal(hm_direct(&r, &d, &a, &f, NULL), HM_OK);
    for (int i = 0; i < 2; i++) {
        r.lane[0].name =
            i ? "\xf3\xb0\x80\x81\xf3\xb0\x80\x82" : "Plain"; /* private use, plane 15 */
        hm_notes notes = {0};
        hm_overlay *o = NULL;
        assert_int_equal(hm_overlay_new(&f, &r, &(hm_overlay_opts){.w_px = 640, .h_px = 360}, &a,
                                        &notes, &o, NULL),
                         HM_OK);
        assert_int_equal(notes.n, i);
        if (i)
            assert_non_null(strstr(notes.text[0], "fonts-noto-cjk"));
        hm_overlay_destroy(o);
    }
    hm_arena_free(&a);
}

static void drawing_twice_gives_the_same_bytes_and_stays_in_the_rows(void **state)
{
    (void)state;
    enum { W = 640, H = 360, STRIDE = W * 4 + 64 };
    stage s;
    open_stage(&s, FILM_RACE_EIGHT, false, W, H);
    uint8_t *px = malloc((size_t)STRIDE * H);
    uint64_t h[2];
    for (int k = 0; k < 2; k++) {
        h[k] = HM_HASH_START;
        for (double t = 1; t < s.f.duration_s; t += 3) {
            memset(px, 0x80, (size_t)STRIDE * H);
            hm_moment m;
            hm_film_at(&s.f, &s.r, t, &m);
            hm_picture p = {W, H, STRIDE, px};
            hm_overlay_draw(s.o, &m, &p);
            h[k] = hm_hash(h[k], px, (size_t)STRIDE * H);
            for (int y = 0; y < H; y++)
                for (int x = W * 4; x < STRIDE; x++)
                    assert_int_equal(px[y * STRIDE + x], 0x80);
        }
    }
    assert_true(h[0] == h[1]);
    free(px);
    close_stage(&s);
}

static void blending_full_cover_gives_the_colour_itself(void **state)
{
    (void)state;
    static ov_list l;
    uint8_t px[8 * 8 * 4];
    memset(px, 77, sizeof px);
    l.n_item = 1;
    l.item[0] = (ov_item){
        .kind = OV_PANEL, .colour = {255, 0, 9}, .alpha = 255, .x = 2, .y = 2, .w = 4, .h = 4};
    hm_picture p = {8, 8, 32, px};
    overlay_paint(&l, &p);
    for (int y = 0; y < 8; y++)
        for (int x = 0; x < 8; x++) {
            bool is_in = x >= 2 && x < 6 && y >= 2 && y < 6;
            assert_int_equal(px[y * 32 + 4 * x], is_in ? 255 : 77);
            assert_int_equal(px[y * 32 + 4 * x + 1], is_in ? 0 : 77);
            assert_int_equal(px[y * 32 + 4 * x + 2], is_in ? 9 : 77);
        }
}

static void wide_panels_blend_as_single_pixels_do(void **state)
{
    (void)state;
    enum { W = 40 };
    static ov_list l;
    for (int a = 0; a < 256; a += 5)
        for (int seed = 0; seed < 8; seed++) {
            uint8_t px[W * 4], want[W * 4];
            for (int i = 0; i < W * 4; i++)
                px[i] = want[i] = (uint8_t)((i * 67 + seed * 31 + a) & 255);
            const ov_colour c = {(uint8_t)(seed * 36), 255, (uint8_t)a};
            l.n_item = 1;
            l.item[0] = (ov_item){
                .kind = OV_PANEL, .colour = c, .alpha = (uint8_t)a, .x = 3, .w = 30, .h = 1};
            hm_picture p = {W, 1, W * 4, px};
            overlay_paint(&l, &p);
            const uint8_t over[3] = {c.r, c.g, c.b};
            for (int x = 3; x < 33; x++)
                for (int k = 0; k < 3; k++) /* to the nearest of under + (over - under) a / 255 */
                    want[4 * x + k] = (uint8_t)floor(
                        (want[4 * x + k] * (255.0 - a) + over[k] * (double)a) / 255 + 0.5);
            for (int x = 0; x < W; x++)
                for (int k = 0; k < 3; k++)
                    assert_int_equal(px[4 * x + k], want[4 * x + k]);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_is_cut_off_or_over_another),
        cmocka_unit_test(rivals_find_room_too),
        cmocka_unit_test(hostile_names_stay_in_their_boxes),
        cmocka_unit_test(other_shapes_of_picture_are_laid_out_too),
        cmocka_unit_test(the_clock_shows_race_time_and_stops_at_the_official_time),
        cmocka_unit_test(the_board_is_in_the_official_order),
        cmocka_unit_test(words_stand_out_from_their_ground),
        cmocka_unit_test(cards_stand_out_in_every_look),
        cmocka_unit_test(every_look_has_a_card_of_its_own),
        cmocka_unit_test(cards_of_shots_are_laid_out_in_every_look_and_size),
        cmocka_unit_test(captions_in_the_picture_are_never_over_graphics),
        cmocka_unit_test(capitals_are_as_tall_as_promised),
        cmocka_unit_test(missing_glyphs_are_remarked),
        cmocka_unit_test(drawing_twice_gives_the_same_bytes_and_stays_in_the_rows),
        cmocka_unit_test(blending_full_cover_gives_the_colour_itself),
        cmocka_unit_test(wide_panels_blend_as_single_pixels_do),
    };
    return cmocka_run_group_tests_name("stage/overlay", tests, NULL, NULL);
}
