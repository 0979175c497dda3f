/* A film of several races: parts in order, each as it would be alone; faded, side by side, on any
 * number of threads. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include "film_steps.h"
#include "ht.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "stage/nv12.h"
#include "stage/reel.h"
#include "stage/shots.h"

enum { W = 96, H = 64, FPS = 24 };

/* Two races of two runners on a school field and one on the track, in short shots. */
typedef struct rig {
    hm_arena a;
    hm_race race[2];
    hm_film film[2];
    hm_reel_part part[2];
    hm_reel_opts o;
} rig;

static hm_film staged(const hm_race *race, const char *look, int32_t w_px, double len_s,
                      hm_arena *a)
{
    static hm_shot shot;
    shot = (hm_shot){.name = "rail",
                     .look = "",
                     .from = {.at = HM_AT_GUN, .plus_s = 4},
                     .to = {.at = HM_AT_GUN, .plus_s = 4 + len_s},
                     .rate = 1,
                     .rig = HM_RIG_RAIL,
                     .n_focus = 1,
                     .focus = {{HM_ROLE_ALL, 0}}};
    hm_film f = {.look = look, .w_px = w_px, .h_px = H, .fps = FPS, .n_shot = 1, .shot = &shot};
    hm_err e = {0};
    assert_int_equal(hm_film_bind(&f, race, a, &e), HM_OK);
    return f;
}

static hm_reel_pane pane_of(const hm_race *race, const hm_film *film)
{
    hm_reel_pane p = {.race = race, .film = film, .opts = hm_show_opts_default()};
    p.opts.w_px = film->w_px, p.opts.h_px = film->h_px;
    p.opts.look = film->look, p.opts.overlays = false;
    return p;
}

static rig *rig_new(double fade_s)
{
    rig *g = calloc(1, sizeof *g);
    hm_arena_init(&g->a, 0);
    g->race[0] = film_race_stepping(&g->a, FILM_RACE_SCHOOL);
    g->race[1] = film_race_stepping(&g->a, FILM_RACE_EIGHT);
    g->race[0].n_lane = g->race[1].n_lane = 2;
    g->film[0] = staged(&g->race[0], "elastic", W, 1.03, &g->a); /* 25 frames, on twos */
    g->film[1] = staged(&g->race[1], "smear", W, 4.5, &g->a);
    for (int i = 0; i < 2; i++)
        g->part[i] = (hm_reel_part){.name = i ? "second" : "first",
                                    .n_pane = 1,
                                    .pane = {pane_of(&g->race[i], &g->film[i])},
                                    .fade_in_s = fade_s,
                                    .fade_out_s = fade_s,
                                    .hush_in_s = fade_s,
                                    .hush_out_s = fade_s};
    g->o = hm_reel_opts_default();
    g->o.w_px = W, g->o.h_px = H;
    return g;
}

static void rig_free(rig *g)
{
    hm_arena_free(&g->a);
    free(g);
}

static hm_reel *reel_of(const rig *g, int n_part)
{
    hm_reel *r = NULL;
    hm_err e = {0};
    if (hm_reel_new(n_part, g->part, &g->o, &r, &e) != HM_OK)
        fail_msg("%s", e.msg);
    return r;
}

static uint64_t hash_of(rig *g, int n_thread)
{
    g->o.n_thread = n_thread;
    hm_reel *r = reel_of(g, 2);
    uint64_t h = 0;
    hm_err e = {0};
    assert_int_equal(hm_reel_hash(r, NULL, NULL, &h, &e), HM_OK);
    hm_reel_destroy(r);
    return h;
}

static void pixels(const hm_picture *pic, uint8_t *out)
{
    for (int y = 0; y < pic->h_px; y++)
        memcpy(out + 4 * pic->w_px * y, pic->rgbx + (size_t)y * (size_t)pic->stride,
               4 * (size_t)pic->w_px);
}

static void alone(const hm_reel_pane *p, double at_s, uint8_t *out)
{
    hm_show *show = NULL;
    hm_err e = {0};
    const hm_picture *pic;
    assert_int_equal(hm_show_new(p->race, p->film, &p->opts, &show, &e), HM_OK);
    assert_int_equal(hm_show_draw_at(show, 0, at_s, &pic, &e), HM_OK);
    pixels(pic, out);
    hm_show_destroy(show);
}

static double mean(const uint8_t *rgbx)
{
    double sum = 0;
    for (int i = 0; i < 4 * W * H; i++)
        sum += i % 4 < 3 ? rgbx[i] : 0;
    return sum / (3 * W * H);
}

static void frames_hash_the_same_on_any_number_of_threads(void **state)
{
    (void)state;
    rig *g = rig_new(0.2);
    uint64_t one = hash_of(g, 1);
    assert_true(hash_of(g, 2) == one && hash_of(g, 3) == one);
    hm_reel_part first = g->part[0];
    g->part[0] = g->part[1];
    g->part[1] = first;
    assert_true(hash_of(g, 2) != one); /* order counts */
    rig_free(g);
}

static void held_drawings_count_in_the_hash_as_often_as_they_are_shown(void **state)
{
    (void)state;
    rig *g = rig_new(0);
    for (int i = 0; i < 2; i++) {
        const hm_reel_pane *p = &g->part[i].pane[0];
        static uint8_t nv12[2 * W * H];
        hm_show *show = NULL;
        hm_err e = {0};
        const hm_picture *pic;
        uint64_t all = HM_HASH_START, hash;
        assert_int_equal(hm_show_new(p->race, p->film, &p->opts, &show, &e), HM_OK);
        for (int64_t k = 0; k < hm_show_frame_count(show); k++) {
            assert_int_equal(hm_show_draw(show, 0, k, &pic, &e), HM_OK);
            hm_nv12_from_rgbx(pic, nv12);
            all = hm_hash_u64(all, hm_frame_hash(nv12, W, H));
        }
        assert_int_equal(hm_show_hash(show, NULL, NULL, &hash, &e), HM_OK);
        assert_true(hash == all);
        hm_show_destroy(show);
    }
    rig_free(g);
}

static void a_part_is_drawn_as_it_would_be_alone_and_begins_on_a_whole_frame(void **state)
{
    (void)state;
    static uint8_t in_reel[4 * W * H], by_itself[4 * W * H];
    rig *g = rig_new(0);
    hm_reel *r = reel_of(g, 2);
    hm_err e = {0};
    assert_int_equal(hm_reel_frame_count(r), 25 + 108);
    ht_near(hm_reel_part_s(g->part, 1, FPS), 25.0 / FPS, 1e-12, 0);
    ht_near(hm_reel_part_s(g->part, 2, FPS), 133.0 / FPS, 1e-12, 0);
    for (int i = 0; i < 2; i++) {
        double local_s = i ? 2.5 : 0.5;
        const hm_picture *pic;
        double at_s = hm_reel_part_s(g->part, i, FPS) + local_s;
        assert_int_equal(hm_reel_draw_at(r, at_s, &pic, &e), HM_OK);
        pixels(pic, in_reel);
        alone(&g->part[i].pane[0], local_s, by_itself);
        assert_memory_equal(in_reel, by_itself, sizeof in_reel);
    }
    hm_reel_destroy(r);
    rig_free(g);
}

static void parts_come_out_of_black_and_go_back(void **state)
{
    (void)state;
    static uint8_t first[4 * W * H], middle[4 * W * H], last[4 * W * H];
    rig *g = rig_new(0.25);
    hm_reel *r = reel_of(g, 2);
    hm_err e = {0};
    const hm_picture *pic;
    double from_s = hm_reel_part_s(g->part, 1, FPS), to_s = hm_reel_part_s(g->part, 2, FPS);
    assert_int_equal(hm_reel_draw_at(r, from_s, &pic, &e), HM_OK);
    pixels(pic, first);
    assert_int_equal(hm_reel_draw_at(r, 0.5 * (from_s + to_s), &pic, &e), HM_OK);
    pixels(pic, middle);
    assert_int_equal(hm_reel_draw_at(r, to_s - 0.5 / FPS, &pic, &e), HM_OK);
    pixels(pic, last);
    assert_true(mean(middle) > 60 && mean(first) < 0.15 * mean(middle) &&
                mean(last) < 0.15 * mean(middle));
    hm_reel_destroy(r);
    rig_free(g);
}

static void two_races_stand_side_by_side(void **state)
{
    (void)state;
    static uint8_t both[4 * 2 * W * H], half[4 * W * H];
    rig *g = rig_new(0);
    hm_film narrow[2];
    for (int i = 0; i < 2; i++) {
        narrow[i] = staged(&g->race[i], i ? "smear" : "rotoscope", W, 1 + i, &g->a);
        g->part[0].pane[i] = pane_of(&g->race[i], &narrow[i]);
        g->part[0].pane[i].x_px = i * W;
    }
    g->part[0].n_pane = 2;
    g->o.w_px = 2 * W;
    hm_reel *r = reel_of(g, 1);
    hm_err e = {0};
    const hm_picture *pic;
    assert_int_equal(hm_reel_frame_count(r), 48); /* as long as the longer */
    assert_int_equal(hm_reel_draw_at(r, 0.5, &pic, &e), HM_OK);
    pixels(pic, both);
    for (int i = 0; i < 2; i++) {
        alone(&g->part[0].pane[i], 0.5, half);
        for (int y = 0; y < H; y++)
            assert_memory_equal(both + 4 * (2 * W * y + i * W), half + 4 * W * y, 4 * W);
    }
    hm_reel_destroy(r);
    g->part[0].pane[1].x_px = W + 2;
    assert_int_equal(hm_reel_new(1, g->part, &g->o, &r, &e), HM_ERR_USAGE);
    rig_free(g);
}

static void a_sheet_has_a_picture_of_every_so_many_seconds(void **state)
{
    (void)state;
    rig *g = rig_new(0);
    g->o.share_picture = true;
    hm_reel *r = reel_of(g, 2);
    hm_err e = {0};
    hm_picture sheet;
    assert_int_equal(hm_reel_sheet(r, 1, 4, &g->a, &sheet, &e), HM_OK); /* 5.54 s: 6 pictures */
    assert_int_equal(sheet.w_px, 4 * (W + 6) + 6);
    assert_int_equal(sheet.h_px, 2 * (H + 6) + 6);
    hm_reel_destroy(r);
    rig_free(g);
}

static void a_span_outside_the_film_is_refused(void **state)
{
    (void)state;
    rig *g = rig_new(0);
    hm_reel *r = NULL;
    hm_err e = {0};
    g->o.from_s = 60;
    assert_int_equal(hm_reel_new(2, g->part, &g->o, &r, &e), HM_ERR_USAGE);
    g->o.from_s = 1, g->o.to_s = 2;
    r = reel_of(g, 2);
    assert_int_equal(hm_reel_frame_count(r), 24);
    hm_reel_destroy(r);
    rig_free(g);
}

#ifdef HM_HAS_FILM

static char *bytes_of(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    fseek(f, 0, SEEK_END);
    *n = (size_t)ftell(f);
    rewind(f);
    char *b = malloc(*n);
    assert_int_equal(fread(b, 1, *n, f), *n);
    fclose(f);
    return b;
}

static char *filmed(rig *g, const char *path, int n_thread, size_t *n)
{
    g->o.n_thread = n_thread;
    hm_reel *r = reel_of(g, 2);
    hm_encode_opts o = hm_encode_opts_default();
    o.w_px = W, o.h_px = H, o.n_thread = n_thread;
    hm_err e = {0};
    if (hm_reel_film(r, &o, path, NULL, NULL, &e) != HM_OK)
        fail_msg("%s", e.msg);
    hm_reel_destroy(r);
    return bytes_of(path, n);
}

typedef struct kept {
    int64_t n_kept, n_segment;
    size_t n;
    char *bytes;
} kept;

static kept filmed_with(rig *g, const char *dir, const char *path)
{
    kept k;
    hm_err e = {0};
    hm_encode_opts o = hm_encode_opts_default();
    o.w_px = W, o.h_px = H;
    g->o.cache = (hm_show_cache){dir, 1 << 30, 7};
    hm_reel *r = reel_of(g, 2);
    if (hm_reel_film(r, &o, path, NULL, NULL, &e) != HM_OK)
        fail_msg("%s", e.msg);
    hm_reel_kept(r, &k.n_kept, &k.n_segment);
    hm_reel_destroy(r);
    k.bytes = bytes_of(path, &k.n);
    return k;
}

static void empty(const char *dir)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", dir);
    assert_int_equal(system(command), 0);
}

/* Two parts of one segment each (96 frames): what changes in one is drawn again, the other is not,
 * and the file is that of a film without a cache. */
static void a_change_of_one_part_draws_that_part_again_and_no_other(void **state)
{
    (void)state;
    char dir[] = "/tmp/hm-reel-XXXXXX", path[64];
    rig *g = rig_new(0.2);
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/film.mp4", dir);
    for (int i = 0; i < 2; i++) {
        g->film[i] = staged(&g->race[i], i ? "smear" : "elastic", W, 4.0, &g->a);
        g->part[i].pane[0] = pane_of(&g->race[i], &g->film[i]);
    }
    kept first = filmed_with(g, dir, path), same = filmed_with(g, dir, path);
    assert_int_equal(first.n_segment, 2);
    assert_int_equal(first.n_kept, 0);
    assert_int_equal(same.n_kept, 2);
    assert_int_equal(same.n, first.n);
    assert_memory_equal(same.bytes, first.bytes, same.n);
    g->race[1].lane[0].time_us += 1; /* another race in the second part */
    kept race = filmed_with(g, dir, path);
    assert_int_equal(race.n_kept, 1);
    g->part[0].fade_in_s = 0.3; /* another light on the first */
    kept light = filmed_with(g, dir, path);
    assert_int_equal(light.n_kept, 1);
    kept plain = filmed_with(g, NULL, path);
    assert_int_equal(plain.n_segment, 0);
    assert_int_equal(plain.n, light.n);
    assert_memory_equal(plain.bytes, light.bytes, plain.n);
    empty(dir);
    free(first.bytes), free(same.bytes), free(race.bytes), free(light.bytes), free(plain.bytes);
    rig_free(g);
}

static void the_file_is_the_same_on_any_number_of_threads(void **state)
{
    (void)state;
    char dir[] = "/tmp/hm-reel-XXXXXX", path[64];
    size_t n1, n2;
    rig *g = rig_new(0.2);
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/film.mp4", dir);
    char *one = filmed(g, path, 1, &n1), *four = filmed(g, path, 4, &n2); /* two strands */
    assert_int_equal(n1, n2);
    assert_memory_equal(one, four, n1);
    unlink(path);
    rmdir(dir);
    free(one);
    free(four);
    rig_free(g);
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_hash_the_same_on_any_number_of_threads),
        cmocka_unit_test(held_drawings_count_in_the_hash_as_often_as_they_are_shown),
        cmocka_unit_test(a_part_is_drawn_as_it_would_be_alone_and_begins_on_a_whole_frame),
        cmocka_unit_test(parts_come_out_of_black_and_go_back),
        cmocka_unit_test(two_races_stand_side_by_side),
        cmocka_unit_test(a_sheet_has_a_picture_of_every_so_many_seconds),
        cmocka_unit_test(a_span_outside_the_film_is_refused),
#ifdef HM_HAS_FILM
        cmocka_unit_test(a_change_of_one_part_draws_that_part_again_and_no_other),
        cmocka_unit_test(the_file_is_the_same_on_any_number_of_threads),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
