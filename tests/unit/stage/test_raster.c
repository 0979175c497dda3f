/* Whole pictures: where things land, how smooth edges are, and that nothing but the scene matters.
 */
#include "capsules.h"
#include "ht.h"
#include "raster_priv.h"

#include <stdlib.h>
#include <string.h>

#include "stage/nv12.h"
#include "stage/raster.h"

enum { W = 320, H = 180 };

static uint8_t rgbx[W * H * 4];

static uint64_t shoot(hm_raster *r, const hm_scene *s)
{
    static uint8_t nv12[W * H * 3 / 2];
    hm_picture pic = {W, H, 4 * W, rgbx};
    hm_err err = {0};
    hm_paint_params params = hm_paint_params_of(hm_paint_find("broadcast"));
    params.vignette_frac = 0; /* colours are measured here */
    assert_int_equal(hm_raster_draw(r, s, hm_paint_find("broadcast"), &params, &pic, &err), HM_OK);
    hm_nv12_from_rgbx(&pic, nv12);
    return hm_frame_hash(nv12, W, H);
}

static uint64_t shoot_once(const hm_scene *s, int n_thread)
{
    hm_raster *r = hm_raster_new(W, H, n_thread);
    assert_non_null(r);
    uint64_t h = shoot(r, s);
    hm_raster_destroy(r);
    return h;
}

static const uint8_t *pixel(int x, int y)
{
    return &rgbx[(y * W + x) * 4];
}

/* ---- one triangle or quad in front of a black sky, shown as it is ---- */

typedef struct probe {
    double worst_rest, worst_pos;
    int64_t n;
} probe;

static void white(const void *ctx, const hm_frag *f, hm_surface *o)
{
    (void)ctx, (void)f;
    o->albedo = (hm_rgb){1, 1, 1};
    o->emit = 1;
}

/* rest = (2 x + 1, y - 3, x + 3 z) in the mesh of the test: holds only when interpolation is
 * right in perspective. */
static void check_rest(const void *ctx, const hm_frag *f, hm_surface *o)
{
    probe *p = *(probe *const *)ctx;
    white(NULL, f, o);
    if (f->depth_m > 30) /* beyond, 1/256 pixel of snapping is more than the bound */
        return;
    double want[3] = {2.0 * (double)f->pos_m.x + 1, (double)f->pos_m.y - 3,
                      (double)f->pos_m.x + 3.0 * (double)f->pos_m.z};
    double got[3] = {(double)f->rest_m.x, (double)f->rest_m.y, (double)f->rest_m.z};
    for (int i = 0; i < 3; i++) {
        double e = fabs(got[i] - want[i]) / (1.0 + fabs(want[i]));
        p->worst_rest = e > p->worst_rest ? e : p->worst_rest;
    }
    double off = fabs((double)f->pos_m.y) / (double)f->depth_m; /* the plane is y = 0 */
    p->worst_pos = off > p->worst_pos ? off : p->worst_pos;
    p->n++;
}

static hm_scene plain_scene(const hm_object *o, int32_t n, hm_vec3 eye, hm_vec3 aim)
{
    return (hm_scene){.n_object = n,
                      .object = o,
                      .light = {{0, 1, 0}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}},
                      .camera = {eye, aim, 0.8f, 0.0f, 0.25f}};
}

static void rest_position_is_interpolated_in_perspective(void **state)
{
    (void)state;
    hm_vec3 pos[3] = {{-40, 0, -30}, {45, 0, -20}, {3, 0, 200}}, rest[3];
    for (int i = 0; i < 3; i++)
        rest[i] = hm_v3(2 * pos[i].x + 1, pos[i].y - 3, pos[i].x + 3 * pos[i].z);
    const int32_t tri[1][3] = {{0, 2, 1}};
    probe p = {0};
    probe *ctx = &p;
    /* passes under and behind the camera, so it is cut by the near plane and the guard band too */
    hm_object o = {.n_vert = 3,
                   .n_tri = 1,
                   .pos_m = pos,
                   .rest_m = rest,
                   .tri = tri,
                   .surface = check_rest,
                   .surface_ctx = &ctx};
    hm_scene s = plain_scene(&o, 1, hm_v3(0, 1.4f, 0), hm_v3(0, 1.0f, 10));
    shoot_once(&s, 1);
    assert_true(p.n > W * H / 4);
    assert_true(p.worst_rest < 2e-4);
    assert_true(p.worst_pos < 1e-5);
}

static void plane_cut_by_the_near_plane_fills_all_below_the_horizon(void **state)
{
    (void)state;
    hm_vec3 pos[3] = {{-4000, 0, -3000}, {4500, 0, -2000}, {3, 0, 90000}};
    const int32_t tri[1][3] = {{0, 2, 1}};
    hm_object o = {.n_vert = 3, .n_tri = 1, .pos_m = pos, .tri = tri, .surface = white};
    hm_scene s = plain_scene(&o, 1, hm_v3(0, 1.0f, 0), hm_v3(0, 1.0f, 10));
    shoot_once(&s, 1);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            if (y < H / 2 - 2 || y > H / 2 + 2)
                assert_int_equal(pixel(x, y)[1], y > H / 2 ? 255 : 0);
}

/* Half plane a x + b y < c on a screen-sized quad facing the camera. */
static double exact_cover(double a, double b, double c, int px, int py)
{
    int in = 0;
    enum { N = 64 };
    for (int j = 0; j < N; j++)
        for (int i = 0; i < N; i++)
            in += a * (px + (i + 0.5) / N) + b * (py + (j + 0.5) / N) < c;
    return (double)in / (N * N);
}

static void edge_of_a_half_plane_covers_its_area(void **state)
{
    (void)state;
    for (int k = 0; k < 12; k++) {
        double th = 0.15 + 0.5 * k, nx = cos(th), ny = sin(th);
        double c = nx * (W / 2 + 0.3) + ny * (H / 2 - 0.2);
        double f = H / 2 / tan(0.4); /* pixels per radian-like unit at depth 1 */
        hm_vec3 pos[4];
        /* corners on the screen: along the edge, and far inside */
        const double s[4][2] = {{-300, 0}, {300, 0}, {300, -700}, {-300, -700}};
        for (int i = 0; i < 4; i++) {
            double x = nx * c + s[i][1] * nx - s[i][0] * ny,
                   y = ny * c + s[i][1] * ny + s[i][0] * nx;
            pos[i] = hm_v3((float)(-(x - W / 2) / f * 10), (float)((H / 2 - y) / f * 10), 10);
        }
        const int32_t tri[2][3] = {{0, 1, 2}, {0, 2, 3}};
        hm_object o = {.n_vert = 4,
                       .n_tri = 2,
                       .pos_m = pos,
                       .tri = tri,
                       .surface = white,
                       .flags = HM_OBJECT_TWO_SIDED};
        hm_scene sc = plain_scene(&o, 1, hm_v3(0, 0, 0), hm_v3(0, 0, 1));
        shoot_once(&sc, 1);
        double err = 0, worst = 0, bias = 0;
        int n = 0;
        for (int y = H / 2 - 60; y < H / 2 + 60; y++)
            for (int x = W / 2 - 60; x < W / 2 + 60; x++) {
                double want = exact_cover(nx, ny, c, x, y), got = pixel(x, y)[0] / 255.0;
                if (want <= 0 || want >= 1)
                    continue;
                err += fabs(got - want), bias += got - want, n++;
                worst = fabs(got - want) > worst ? fabs(got - want) : worst;
            }
        assert_true(n > 60);
        assert_true(worst < 0.36);
        assert_true(err / n < 0.11);
        assert_true(fabs(bias / n) < 0.02);
    }
}

/* ---- shadows ---- */

static void shadow_lands_where_the_sun_puts_it(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    capsule_mesh m;
    assert_true(capsule_mesh_init(&m, &a, 16, 8));
    capsule_limb(&m, hm_v3(0, 2.0f, 50), hm_v3(0, 2.2f, 50), 0.3f, 0.3f, HM_PART_TORSO);
    capsule_colours col = {{0.5f, 0.5f, 0.5f}, {0.5f, 0.5f, 0.5f}};
    hm_object o[2] = {{m.n_vert, m.n_tri, m.pos, m.nrm, m.rest, (const int32_t(*)[3])m.tri, m.part,
                       capsule_surface, &col, HM_OBJECT_SHADOW, 1, NULL}};
    capsule_ground(&o[1]);
    hm_scene s = plain_scene(o, 2, hm_v3(0.61f, 14, 50), hm_v3(0.61f, 0, 50));
    s.light.to_sun = hm_v3_unit(hm_v3(-0.5f, 0.9f, 0.2f));
    shoot_once(&s, 1);
    /* straight down: +z is up in the picture, -x to the right; f pixels a metre at 14 m */
    double f = H / 2 / tan(0.4) / 14;
    double gx = 2.1 * 0.5 / 0.9, gz = 50 - 2.1 * 0.2 / 0.9; /* by hand: height / tan(elevation) */
    int px = (int)(W / 2 - (gx - 0.61) * f), py = (int)(H / 2 - (gz - 50) * f);
    const uint8_t *in = pixel(px, py), *out = pixel(px, py + 12);
    assert_true(in[0] + 40 < out[0]);
    double edge = 0.3 * f; /* the shadow of a ball of that size is no wider */
    assert_true(pixel(px, py - (int)(2.2 * edge) - 2)[0] > out[0] - 8);
    hm_arena_free(&a);
}

/* A foot on the ground darkens it there, a foot in the air does not. */
static void foot_on_the_ground_darkens_it(void **state)
{
    (void)state;
    for (int lifted = 0; lifted < 2; lifted++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        capsule_mesh m;
        assert_true(capsule_mesh_init(&m, &a, 16, 8));
        float y = lifted ? 0.4f : 0.04f;
        capsule_limb(&m, hm_v3(0, y, 50), hm_v3(0, y, 50.2f), 0.04f, 0.04f, HM_PART_FOOT_L);
        capsule_colours col = {{0.5f, 0.5f, 0.5f}, {0.5f, 0.5f, 0.5f}};
        hm_object o[2] = {{m.n_vert, m.n_tri, m.pos, m.nrm, m.rest, (const int32_t(*)[3])m.tri,
                           m.part, capsule_surface, &col, HM_OBJECT_SHADOW, 1, NULL}};
        capsule_ground(&o[1]);
        hm_scene s = plain_scene(o, 2, hm_v3(0.3f, 4, 50), hm_v3(0.3f, 0, 50));
        s.light.to_sun = hm_v3_unit(hm_v3(0.9f, 0.3f, 0)); /* the cast shadow falls to -x */
        shoot_once(&s, 1);
        double f = H / 2 / tan(0.4) / 4; /* pixels a metre; +x is left, +z up */
        int px = (int)(W / 2 - (0.055 - 0.3) * f), py = (int)(H / 2 - 0.1 * f);
        const uint8_t *beside = pixel(px, py), *away = pixel(px - (int)(0.25 * f), py);
        if (lifted)
            assert_true(abs(beside[0] - away[0]) <= 2);
        else
            assert_true(beside[0] + 20 < away[0]);
        hm_arena_free(&a);
    }
}

/* ---- lines ---- */

/* Darkness across the silhouette of a tall box, summed along rows: the line's width. */
static void outline_keeps_its_width_along_a_slanted_edge(void **state)
{
    (void)state;
    for (int k = 0; k < 5; k++) {
        float slope = 0.05f + 0.21f * (float)k;
        /* where a pixel is 7 mm at 720 rows, a line has its plain width */
        float z = 0.007f * 720 / (2 * 0.4227932f); /* tan 0.4 */
        hm_vec3 pos[4] = {{-2 * slope, -2, z}, {-30, -2, z}, {-30, 2, z}, {2 * slope, 2, z}};
        const int32_t tri[2][3] = {{0, 1, 2}, {0, 2, 3}};
        hm_object o = {.n_vert = 4,
                       .n_tri = 2,
                       .pos_m = pos,
                       .tri = tri,
                       .surface = white,
                       .flags = HM_OBJECT_TWO_SIDED | HM_OBJECT_INK,
                       .actor = 1};
        hm_object back = o;
        hm_vec3 wall[4] = {{-90, -90, 40}, {90, -90, 40}, {90, 90, 40}, {-90, 90, 40}};
        back.pos_m = wall, back.flags = HM_OBJECT_TWO_SIDED;
        hm_object both[2] = {o, back};
        hm_scene s = plain_scene(both, 2, hm_v3(0, 0, 0), hm_v3(0, 0, 1));
        s.light.to_sun = hm_v3(0, 0, -1); /* along the view: no side is favoured */
        shoot_once(&s, 1);
        double sum = 0, lo = 1e9, hi = 0;
        int n = 0;
        for (int y = H / 2 - 30; y < H / 2 + 30; y++, n++) {
            double row = 0;
            for (int x = 0; x < W; x++)
                row += 255 - pixel(x, y)[1];
            sum += row, lo = row < lo ? row : lo, hi = row > hi ? row : hi;
        }
        double across = 1.0 / sqrt(1.0 + (double)slope * (double)slope);
        double width = sum / n / (255 * (1 - 0.06)) * across;
        double want = (double)hm_paint_params_of(hm_paint_find("broadcast")).outline_px * H / 720;
        ht_near(width, want, 0, 0.12);
        assert_true(hi - lo < 0.5 * sum / n); /* no gaps, no beads */
    }
}

/* Mean width of the line between a white board, left, and a white wall far behind, in a picture of
 * any height; near_frac: distance of the board against that at which lines have their plain width.
 */
static double line_width(int32_t h_px, float near_frac)
{
    enum { WIDE = 320 };
    float z = near_frac * 0.007f * 720 / (2 * 0.4227932f), slope = 0.3f;
    hm_vec3 pos[4] = {{-2 * slope, -2, z}, {-30, -2, z}, {-30, 2, z}, {2 * slope, 2, z}};
    hm_vec3 wall[4] = {{-90, -90, 40}, {90, -90, 40}, {90, 90, 40}, {-90, 90, 40}};
    const int32_t tri[2][3] = {{0, 1, 2}, {0, 2, 3}};
    hm_object o[2] = {{.n_vert = 4,
                       .n_tri = 2,
                       .pos_m = pos,
                       .tri = tri,
                       .surface = white,
                       .flags = HM_OBJECT_TWO_SIDED | HM_OBJECT_INK,
                       .actor = 1}};
    o[1] = o[0];
    o[1].pos_m = wall, o[1].flags = HM_OBJECT_TWO_SIDED;
    hm_scene s = plain_scene(o, 2, hm_v3(0, 0, 0), hm_v3(0, 0, 1));
    s.light.to_sun = hm_v3(0, 0, -1);
    hm_paint_params params = hm_paint_params_of(hm_paint_find("broadcast"));
    params.vignette_frac = 0;
    hm_raster *r = hm_raster_new(WIDE, h_px, 1);
    hm_picture pic = {WIDE, h_px, 4 * WIDE, malloc((size_t)WIDE * (size_t)h_px * 4)};
    hm_err err = {0};
    assert_non_null(r);
    assert_non_null(pic.rgbx);
    assert_int_equal(hm_raster_draw(r, &s, hm_paint_find("broadcast"), &params, &pic, &err), HM_OK);
    double sum = 0;
    int32_t from = h_px / 2 - 60, to = h_px / 2 + 60;
    for (int32_t y = from; y < to; y++)
        for (int x = 0; x < WIDE; x++)
            sum += 255 - pic.rgbx[(y * WIDE + x) * 4 + 1];
    free(pic.rgbx);
    hm_raster_destroy(r);
    return sum / (to - from) / (255 * (1 - 0.06)) / sqrt(1.0 + (double)slope * (double)slope);
}

static void lines_of_large_pictures_are_not_cut_off(void **state)
{
    (void)state;
    hm_paint_params p = hm_paint_params_of(hm_paint_find("broadcast"));
    const int32_t rows[] = {720, 1080, 1440, 2160};
    for (int i = 0; i < 4; i++) {
        double scale = rows[i] / 720.0;
        ht_near(line_width(rows[i], 1.0f), (double)p.outline_px * scale, 0.06, 0.05);
        ht_near(line_width(rows[i], 0.2f), (double)p.near_px * scale, 0.06, 0.05);
    }
}

static void far_limbs_are_not_swallowed_by_their_lines(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    capsule_scene s;
    assert_true(capsule_scene_init(&s, &a, 4, 12, 8));
    s.colour[0].kit = s.colour[1].kit = s.colour[2].kit = s.colour[3].kit = (hm_rgb){1, 1, 0};
    s.scene.camera.eye_m = hm_v3(20, 3, 10); /* runners of some 12 pixels */
    s.scene.camera.aim_m = hm_v3(1.5f, 1, 50);
    s.scene.camera.vfov_rad = 0.45f;
    s.scene.haze_per_m = 0;
    shoot_once(&s.scene, 1);
    int yellow = 0;
    for (int i = 0; i < W * H; i++)
        yellow += rgbx[4 * i] > 130 && rgbx[4 * i + 1] > 130 && rgbx[4 * i + 2] < 110;
    assert_true(yellow > 20);
    hm_arena_free(&a);
}

/* ---- the same bytes, and no crash ---- */

static void threads_builds_and_reuse_do_not_matter(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    capsule_scene s;
    assert_true(capsule_scene_init(&s, &a, 8, 12, 8));
    for (int cam = 0; cam < 4; cam++) {
        s.scene.camera = capsule_camera(cam);
        uint64_t want = shoot_once(&s.scene, 1);
        assert_true(shoot_once(&s.scene, 2) == want);
        assert_true(shoot_once(&s.scene, 3) == want);
        hm_raster *r = hm_raster_new(W, H, 1);
        raster_use_base(r);
        assert_true(shoot(r, &s.scene) == want);
        s.scene.camera = capsule_camera(cam + 1);
        assert_true(shoot(r, &s.scene) != want);
        s.scene.camera = capsule_camera(cam);
        assert_true(shoot(r, &s.scene) == want); /* nothing is left of the picture before */
        hm_raster_destroy(r);
    }
    hm_arena_free(&a);
}

static void rotten_geometry_is_left_out(void **state)
{
    (void)state;
    const float bad[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f, 1e-40f, 0.0f};
    hm_vec3 pos[64];
    int32_t tri[64][3];
    for (int i = 0; i < 64; i++) {
        pos[i] = hm_v3(bad[i % 7], i % 3 ? 1.0f : bad[(i / 7) % 7], i % 5 ? 52.0f : bad[i / 10]);
        tri[i][0] = i, tri[i][1] = (i * 7 + 3) % 64, tri[i][2] = (i * 13 + 5) % 64;
    }
    tri[60][0] = -1, tri[61][1] = 64, tri[62][2] = INT32_MAX, tri[63][0] = INT32_MIN;
    capsule_colours col = {{0.5f, 0.5f, 0.5f}, {NAN, INFINITY, -1}};
    hm_object o[4] = {{.n_vert = 64,
                       .n_tri = 64,
                       .pos_m = pos,
                       .nrm = pos,
                       .rest_m = pos,
                       .tri = (const int32_t(*)[3])tri,
                       .surface = capsule_surface,
                       .surface_ctx = &col,
                       .actor = 1,
                       .flags = HM_OBJECT_SHADOW | HM_OBJECT_INK | HM_OBJECT_TWO_SIDED},
                      {0},
                      {.n_vert = 3, .n_tri = 0, .pos_m = pos, .surface = white}};
    capsule_ground(&o[3]);
    hm_scene s = plain_scene(o, 4, hm_v3(1, 1, 50), hm_v3(1, 1, 60));
    shoot_once(&s, 1);
    s.camera.aim_m = s.camera.eye_m; /* no direction at all */
    shoot_once(&s, 1);
    s.camera = (hm_camera){{NAN, 1, 1}, {0, 0, 0}, NAN, NAN, NAN};
    s.light.to_sun = hm_v3(NAN, NAN, NAN);
    s.haze_per_m = NAN;
    shoot_once(&s, 1);
    s.n_object = 0;
    shoot_once(&s, 1);
    for (int i = 0; i < W * H * 4; i++)
        assert_int_equal(rgbx[i], i % 4 == 3 ? 255 : 0); /* no objects, no sky: black */
}

static void camera_inside_a_body_draws(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    capsule_scene s;
    assert_true(capsule_scene_init(&s, &a, 8, 12, 8));
    s.scene.camera.eye_m = hm_v3_mad(s.object[3].pos_m[40], 0.01f, hm_v3(1, 1, 1));
    s.scene.camera.near_m = 0.0f;
    shoot_once(&s.scene, 2);
    s.scene.camera.vfov_rad = 3.1f;
    shoot_once(&s.scene, 2);
    hm_arena_free(&a);
}

static void sizes_out_of_range_give_no_handle(void **state)
{
    (void)state;
    assert_null(hm_raster_new(7, 100, 1));
    assert_null(hm_raster_new(100, 3841, 1));
    assert_null(hm_raster_new(100, 100, 0));
    hm_raster_destroy(NULL);
}

static void looks_are_found_by_name(void **state)
{
    (void)state;
    assert_non_null(hm_paint_find("broadcast"));
    assert_null(hm_paint_find("no such look"));
    assert_null(hm_paint_find(NULL));
    int32_t n = 0;
    for (; hm_paint_at(n); n++) {
        assert_ptr_equal(hm_paint_find(hm_paint_name(hm_paint_at(n))), hm_paint_at(n));
        assert_true(strlen(hm_paint_sentence(hm_paint_at(n))) > 10);
    }
    assert_true(n >= 1);
}

int main(void)
{
    const struct CMUnitTest t[] = {
        cmocka_unit_test(rest_position_is_interpolated_in_perspective),
        cmocka_unit_test(plane_cut_by_the_near_plane_fills_all_below_the_horizon),
        cmocka_unit_test(edge_of_a_half_plane_covers_its_area),
        cmocka_unit_test(shadow_lands_where_the_sun_puts_it),
        cmocka_unit_test(foot_on_the_ground_darkens_it),
        cmocka_unit_test(outline_keeps_its_width_along_a_slanted_edge),
        cmocka_unit_test(lines_of_large_pictures_are_not_cut_off),
        cmocka_unit_test(far_limbs_are_not_swallowed_by_their_lines),
        cmocka_unit_test(threads_builds_and_reuse_do_not_matter),
        cmocka_unit_test(rotten_geometry_is_left_out),
        cmocka_unit_test(camera_inside_a_body_draws),
        cmocka_unit_test(sizes_out_of_range_give_no_handle),
        cmocka_unit_test(looks_are_found_by_name),
    };
    return cmocka_run_group_tests(t, NULL, NULL);
}
