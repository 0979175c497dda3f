/* A whole film after a clip of a plain figure that walks before a plain wall: without nets, from a
 * track. The clip is made here, by the film encoder. */
#include "ht.h"
#include "parts_priv.h"
#include "roto/roto.h"
#include "roto_body.h"

#include <stdlib.h>
#include <string.h>

#include "io/file.h"
#include "io/folder.h"
#include "io/png.h"
#include "num/dmath.h"
#include "stage/encode.h"
#include "stage/nv12.h"

enum { W = 320, H = 192, N = 16, FPS = 24 };

static double place_px(int64_t frame)
{
    return 80 + 10.0 * (double)frame;
}

static roto_body body_at(int64_t frame)
{
    roto_body b = {0};
    for (int k = 0; k < HM_POINT_COUNT; k++) {
        float x, y;
        body_point(k, 0.35f * (float)hm_sin(0.4 * (double)frame), &x, &y);
        b.point[k] = (roto_xy){(float)place_px(frame) + 44 * x, 90 + 44 * y};
    }
    roto_body_bones(&b, NULL);
    return b;
}

static void draw(void *ctx, int worker, int64_t frame, uint8_t *nv12)
{
    static uint8_t rgbx[2][4 * W * H];
    uint8_t *p = rgbx[worker];
    roto_body b = body_at(frame);
    (void)ctx;
    for (int32_t i = 0; i < W * H; i++) {
        roto_xy at = {(float)(i % W) + 0.5f, (float)(i / W) + 0.5f};
        uint8_t wall = (uint8_t)(150 + i % W / 8), c[3] = {wall, wall, (uint8_t)(wall + 20)};
        for (int k = 0; k < ROTO_PART_COUNT; k++) {
            static const uint8_t skin[3] = {200, 140, 110}, shirt[3] = {180, 30, 30},
                                 shorts[3] = {20, 20, 60};
            int kind = roto_kind(k);
            if (roto_bone_distance(&b.bone[k], at) < 0)
                memcpy(c,
                       kind == ROTO_CHEST                          ? shirt
                       : kind == ROTO_HIPS || kind == ROTO_THIGH_L ? shorts
                                                                   : skin,
                       3);
        }
        memcpy(p + 4 * i, c, 3);
    }
    hm_nv12_from_rgbx(&(hm_picture){W, H, 4 * W, p}, nv12);
}

static hm_track track_of(hm_arena *a)
{
    hm_track t = {.n_person = 1, .person = HM_PUSH(a, hm_track_person, 1)};
    t.person[0] = (hm_track_person){.id = 1, .n_frame = N, .frame = HM_PUSH(a, hm_track_frame, N)};
    for (int f = 0; f < N; f++) {
        roto_body b = body_at(f);
        t.person[0].frame[f].time_s = (double)f / FPS;
        for (int k = 0; k < HM_POINT_COUNT; k++)
            t.person[0].frame[f].point[k] = (hm_seen_point){.x_px = b.point[k].x,
                                                            .y_px = b.point[k].y,
                                                            .x_m = NAN,
                                                            .z_m = NAN,
                                                            .sigma_px = 1,
                                                            .source = HM_SEEN_HAND};
    }
    return t;
}

typedef struct stage {
    hm_arena arena;
    char dir[64], clip[96];
    hm_track track;
} stage;

static int set_up(void **state)
{
    stage *s = calloc(1, sizeof *s);
    *state = s;
    hm_arena_init(&s->arena, 1 << 20);
    strcpy(s->dir, "/tmp/hm-roto-XXXXXX");
    assert_non_null(mkdtemp(s->dir));
    snprintf(s->clip, sizeof s->clip, "%s/clip.mp4", s->dir);
    s->track = track_of(&s->arena);
    hm_encode_opts o = hm_encode_opts_default();
    o.w_px = W, o.h_px = H, o.fps = FPS;
    hm_encode_source src = {.n_frame = N, .draw = draw, .title = "", .comment = ""};
    assert_int_equal(hm_encode_film(&o, &src, s->clip, NULL), HM_OK);
    return 0;
}

static int tear_down(void **state)
{
    stage *s = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", s->dir);
    int rc = system(command);
    hm_arena_free(&s->arena);
    free(s);
    return rc;
}

static hm_roto_report film(stage *s, const char *name, hm_roto_opts *o)
{
    char path[128];
    hm_notes notes = {0};
    hm_roto_report r = {0};
    hm_err err = {0};
    snprintf(path, sizeof path, "%s/%s.mp4", s->dir, name);
    o->track = &s->track;
    o->models = s->dir; /* there are none */
    hm_status st = hm_roto_film(s->clip, o, path, NULL, NULL, &s->arena, &notes, &r, &err);
    if (st != HM_OK)
        print_error("%s\n", err.msg);
    assert_int_equal(st, HM_OK);
    return r;
}

static void read_file(stage *s, const char *name, char **bytes, size_t *n)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", s->dir, name);
    assert_int_equal(hm_file_read(path, 64 << 20, &s->arena, bytes, n, NULL), HM_OK);
}

static hm_png read_png(stage *s, const char *name)
{
    char *bytes;
    size_t n;
    hm_png png;
    read_file(s, name, &bytes, &n);
    assert_int_equal(hm_png_parse(name, bytes, n, 1 << 22, &s->arena, &png, NULL), HM_OK);
    return png;
}

static void the_same_film_on_any_number_of_threads(void **state)
{
    stage *s = *state;
    char *a, *b;
    size_t na, nb;
    hm_roto_opts o = hm_roto_opts_default();
    hm_roto_report r = film(s, "one", &o);
    assert_int_equal(r.n_drawing, N / 2);
    assert_int_equal(r.n_figure, N / 2);
    assert_int_equal(r.n_by_track, N / 2); /* no nets here */
    assert_false(r.camera_moves);
    read_file(s, "one.mp4", &a, &na);
    static const int n_thread[] = {2, 5};
    for (int k = 0; k < 2; k++) {
        o.n_thread = n_thread[k];
        film(s, "more", &o);
        read_file(s, "more.mp4", &b, &nb);
        assert_int_equal(na, nb);
        assert_memory_equal(a, b, na);
    }
    o.seed = 2; /* lines stray otherwise */
    film(s, "three", &o);
    read_file(s, "three.mp4", &b, &nb);
    assert_true(na != nb || memcmp(a, b, na) != 0);
}

/* The matte against the figure that was drawn: nine tenths of both are one. Colours are the
 * figure's, and stay. */
static void the_drawn_figure_is_the_filmed_one(void **state)
{
    stage *s = *state;
    char dir[96];
    hm_roto_opts o = hm_roto_opts_default();
    snprintf(dir, sizeof dir, "%s/layers", s->dir);
    assert_int_equal(hm_folder_make(dir, NULL), HM_OK);
    o.layers = dir;
    hm_roto_report r = film(s, "layers", &o);
    assert_true(r.boil_px < 0.6);
    assert_true(r.flicker < 1.0);
    for (int k = 2; k < N / 2; k += 2) {
        char name[64];
        snprintf(name, sizeof name, "layers/matte_%05d.png", k + 1);
        hm_png m = read_png(s, name);
        snprintf(name, sizeof name, "layers/colour_%05d.png", k + 1);
        hm_png c = read_png(s, name);
        assert_true(m.w_px == W && m.h_px == H && m.kind == HM_PNG_RGBA);
        roto_body b = body_at(2 * k);
        double both = 0, any = 0, red = 0, red_seen = 0;
        for (int32_t i = 0; i < W * H; i++) {
            roto_xy at = {(float)(i % W) + 0.5f, (float)(i / W) + 0.5f};
            float d = INFINITY;
            for (int q = 0; q < ROTO_PART_COUNT; q++)
                d = fminf(d, roto_bone_distance(&b.bone[q], at));
            bool is = d<0, drawn = m.pixel[i / W * m.stride + i % W * 4 + 3]> 127;
            both += is && drawn, any += is || drawn;
            if (is && roto_bone_distance(&b.bone[ROTO_CHEST], at) < -4) {
                const uint8_t *p = c.pixel + i / W * c.stride + i % W * 4;
                red++;
                red_seen += p[0] > p[1] + 60 || p[0] > p[2] + 60;
            }
        }
        assert_true(any > 1000);
        assert_true(both / any > 0.85);
        assert_true(red_seen > 0.6 * red);
    }
}

static void without_track_and_nets_it_says_what_to_get(void **state)
{
    stage *s = *state;
    hm_roto_opts o = hm_roto_opts_default();
    hm_notes notes = {0};
    hm_err err = {0};
    char path[128];
    snprintf(path, sizeof path, "%s/none.mp4", s->dir);
    o.models = s->dir;
    hm_status st = hm_roto_film(s->clip, &o, path, NULL, NULL, &s->arena, &notes, NULL, &err);
    assert_true(st == HM_ERR_NOFILE || st == HM_ERR_SYSTEM);
    assert_true(strlen(err.msg) > 20);
    assert_false(hm_folder_has(path));
    o.look = "oil";
    err = (hm_err){0};
    assert_int_equal(hm_roto_film(s->clip, &o, path, NULL, NULL, &s->arena, &notes, NULL, &err),
                     HM_ERR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_film_on_any_number_of_threads),
        cmocka_unit_test(the_drawn_figure_is_the_filmed_one),
        cmocka_unit_test(without_track_and_nets_it_says_what_to_get),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
