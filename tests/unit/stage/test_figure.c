/* The painted runner: where features lie, when they show, and that painting is pure. */
#include "figure_case.h"
#include "ht.h"
#include "surface_priv.h"

#include <string.h>

typedef struct fixture {
    hm_arena arena;
    figure_case c;
} fixture;

static int setup(void **state)
{
    static fixture f;
    hm_arena_init(&f.arena, 0);
    *state = &f;
    return figure_case_make(7, &f.arena, &f.c) == HM_OK ? 0 : -1;
}

static int teardown(void **state)
{
    hm_arena_free(&((fixture *)*state)->arena);
    return 0;
}

static bool is_tooth(const hm_surface *s)
{
    return s->albedo.r > 0.75f && s->albedo.g > 0.73f && s->albedo.b > 0.68f && s->ink < 0.4f;
}

/* Points below the nose that look like teeth. */
static int teeth_seen(const figure_case *c, int i, const hm_mien *m)
{
    hm_costume dark = c->costume[i];
    dark.skin = (hm_rgb){0.4f, 0.26f, 0.2f};
    dark.face.lip_rgb = (hm_rgb){0.4f, 0.2f, 0.2f};
    hm_figure g;
    hm_figure_of(&dark, &c->shape[i], m, NULL, &g);
    int n = 0;
    for (int y = 0; y < 70; y++)
        for (int x = -40; x <= 40; x++) {
            hm_surface s =
                figure_case_face(&g, 0.001f * (float)x, -0.05f - 0.001f * (float)y, 0.001f);
            n += is_tooth(&s);
        }
    return n;
}

static void teeth_show_only_in_an_open_mouth(void **state)
{
    const fixture *f = *state;
    for (int i = 0; i < 8; i++) {
        hm_mien m = hm_mien_of(HM_MOOD_CALM);
        m.teeth = 1.0f;
        assert_int_equal(teeth_seen(&f->c, i, &m), 0);
        m.mouth_open = 0.4f;
        assert_true(teeth_seen(&f->c, i, &m) > 40);
        m.teeth = 0.0f;
        assert_int_equal(teeth_seen(&f->c, i, &m), 0);
    }
}

/* Mean x of the dark of the eyes on one side of the face. */
static double iris_x_m(const hm_figure *g, float side)
{
    double sum = 0, n = 0;
    for (int y = -12; y <= 12; y++)
        for (int x = 8; x <= 60; x++) {
            float fx = side * 0.001f * (float)x;
            hm_surface s = figure_case_face(g, fx, 0.0005f * (float)y, 0.0005f);
            bool dark = s.albedo.r + s.albedo.g + s.albedo.b < 0.5f && s.ink < 0.3f;
            sum += dark ? (double)fx : 0.0;
            n += dark;
        }
    return n > 0 ? sum / n : 0;
}

static void eyes_lie_on_both_sides_and_follow_the_gaze_to_the_runners_left(void **state)
{
    const fixture *f = *state;
    for (int i = 0; i < 8; i++) {
        hm_mien m = hm_mien_of(HM_MOOD_WIDE);
        hm_figure g;
        hm_costume pale = f->c.costume[i];
        pale.skin = (hm_rgb){0.9f, 0.75f, 0.65f};
        hm_figure_of(&pale, &f->c.shape[i], &m, NULL, &g);
        double eye = (double)f->c.shape[i].head.eye_x_m;
        ht_near(iris_x_m(&g, 1.0f), eye, 0.004, 0);
        ht_near(iris_x_m(&g, -1.0f), -eye, 0.004, 0);
        double left = iris_x_m(&g, 1.0f), right = iris_x_m(&g, -1.0f);
        m.gaze_x = 1.0f; /* the runner's left is +x */
        hm_figure_of(&pale, &f->c.shape[i], &m, NULL, &g);
        assert_true(iris_x_m(&g, 1.0f) > left + 0.002);
        assert_true(iris_x_m(&g, -1.0f) > right + 0.002);
    }
}

/* Ink and eye white over a face whose head is so many pixels high. */
static void face_content(const figure_case *c, int i, float head_px, double *ink, int *white)
{
    hm_mien m = hm_mien_of(HM_MOOD_STRAIN2);
    m.lid_up = 1.2f;
    hm_figure g;
    hm_costume brown = c->costume[i];
    brown.skin = (hm_rgb){0.5f, 0.33f, 0.25f};
    brown.face.beard = HM_BEARD_NONE;
    hm_figure_of(&brown, &c->shape[i], &m, NULL, &g);
    float px = 2.0f * c->shape[i].head.half_height_m / head_px;
    *ink = 0;
    *white = 0;
    for (int y = -45; y < 22; y++)
        for (int x = -22; x <= 22; x++) {
            hm_surface s = figure_case_face(&g, 0.002f * (float)x, 0.002f * (float)y, px);
            *ink += (double)s.ink;
            *white += s.albedo.r > 0.6f && s.albedo.g > 0.55f;
        }
}

static void small_heads_lose_detail_in_two_steps(void **state)
{
    const fixture *f = *state;
    for (int i = 0; i < 8; i++) {
        double ink;
        int white;
        face_content(&f->c, i, 120.0f, &ink, &white);
        assert_true(ink > 0 && white > 0);
        face_content(&f->c, i, 24.0f, &ink, &white); /* eye line and mouth, no white, no teeth */
        assert_true(ink > 0);
        assert_int_equal(white, 0);
        face_content(&f->c, i, 9.0f, &ink, &white);
        assert_true(ink == 0);
        assert_int_equal(white, 0);
    }
}

static void each_expression_draws_another_face(void **state)
{
    const fixture *f = *state;
    static hm_surface grid[HM_MOOD_COUNT][50 * 60];
    for (int k = 0; k < HM_MOOD_COUNT; k++) {
        hm_mien m = hm_mien_of((hm_mood)k);
        hm_figure g;
        hm_figure_of(&f->c.costume[1], &f->c.shape[1], &m, NULL, &g);
        for (int y = 0; y < 60; y++)
            for (int x = 0; x < 50; x++)
                grid[k][50 * y + x] = figure_case_face(&g, 0.0022f * (float)(x - 25),
                                                       0.05f - 0.0028f * (float)y, 0.002f);
    }
    for (int a = 0; a < HM_MOOD_COUNT; a++)
        for (int b = 0; b < a; b++) {
            int far = 0;
            for (int i = 0; i < 3000; i++)
                far += fabsf(grid[a][i].ink - grid[b][i].ink) > 0.2f ||
                       fabsf(grid[a][i].albedo.g - grid[b][i].albedo.g) > 0.1f;
            assert_true(far > 60); /* 2 % of the face */
        }
}

static void all_parts_give_finite_colours_and_the_same_ones_twice(void **state)
{
    const fixture *f = *state;
    static const float px[] = {0.0f, 0.0004f, 0.003f, 0.02f, 0.3f};
    hm_mien m = hm_mien_of(HM_MOOD_STRAIN3);
    for (int i = 0; i < 8; i++) {
        hm_figure g;
        hm_figure_of(&f->c.costume[i], &f->c.shape[i], &m, NULL, &g);
        for (int k = 0; k < HM_PART_COUNT * 2000; k++) {
            hm_frag q = {.nrm = {0, 0, 1}, .px_m = px[k % 5], .part = (uint8_t)(k / 2000)};
            uint32_t r = (uint32_t)k * 2654435761u;
            q.rest_m =
                hm_v3(((float)(r & 1023u) - 512.0f) * 0.0015f, (float)(r >> 10 & 2047u) * 0.001f,
                      ((float)(r >> 21 & 1023u) - 512.0f) * 0.0005f);
            hm_surface a, b;
            memset(&a, 1, sizeof a);
            memset(&b, 2, sizeof b);
            hm_figure_surface(&g, &q, &a);
            hm_figure_surface(&g, &q, &b);
            assert_true(a.albedo.r == b.albedo.r && a.albedo.g == b.albedo.g &&
                        a.albedo.b == b.albedo.b && a.ink == b.ink && a.id == b.id &&
                        a.shade_bias == b.shade_bias && a.nrm.x == b.nrm.x);
            float sum = a.albedo.r + a.albedo.g + a.albedo.b + a.shade_bias + a.gloss + a.nrm.y;
            assert_true(isfinite(sum));
            assert_true(a.albedo.r >= 0 && a.albedo.r <= 1 && a.ink >= 0 && a.ink <= 1);
            assert_true(a.emit >= 0 && a.emit <= 1 && a.id != 0);
        }
    }
}

static uint8_t id_at(const hm_figure *g, hm_part part, float x, float y, float z)
{
    hm_frag f = {.nrm = {0, 0, 1}, .rest_m = {x, y, z}, .px_m = 0.002f, .part = (uint8_t)part};
    hm_surface s;
    hm_figure_surface(g, &f, &s);
    return s.id;
}

static void kit_lies_where_it_is_worn(void **state)
{
    const fixture *f = *state;
    hm_mien m = hm_mien_of(HM_MOOD_CALM);
    for (int i = 1; i < 8; i += 2) { /* the men: singlets */
        const hm_shape *s = &f->c.shape[i];
        const hm_landmarks *k = &s->mark;
        hm_figure g;
        hm_figure_of(&f->c.costume[i], s, &m, NULL, &g);
        float z = k->chest_front_z_m, low = 0.5f * (k->armpit_y_m + k->waistband_y_m);
        assert_int_equal(id_at(&g, HM_PART_TORSO, 0, low + 0.02f, z), SURFACE_BIB);
        assert_int_equal(id_at(&g, HM_PART_TORSO, 0, low + 0.02f, k->back_z_m), SURFACE_BIB);
        assert_int_equal(id_at(&g, HM_PART_TORSO, 0.95f * k->chest_half_m, low, z), SURFACE_TOP);
        assert_int_equal(id_at(&g, HM_PART_TORSO, 0, k->neck_y_m, z), SURFACE_SKIN);
        assert_int_equal(id_at(&g, HM_PART_SHORTS, 0, k->hip_y_m, z), SURFACE_SHORTS);
        assert_int_equal(id_at(&g, HM_PART_LEG_L, 0.15f, k->knee_y_m, 0.04f), SURFACE_SKIN);
        assert_int_equal(id_at(&g, HM_PART_LEG_R, -0.15f, k->shoe_top_y_m, 0.0f), SURFACE_SOCK);
        assert_int_equal(id_at(&g, HM_PART_FOOT_L, 0.15f, 0.0f, 0.1f), SURFACE_SOLE);
        assert_int_equal(id_at(&g, HM_PART_FOOT_L, 0.15f, 0.04f, 0.1f), SURFACE_SHOE);
        assert_int_equal(id_at(&g, HM_PART_HAIR, 0, s->head.crown_y_m, 0), SURFACE_HAIR);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(teeth_show_only_in_an_open_mouth),
        cmocka_unit_test(eyes_lie_on_both_sides_and_follow_the_gaze_to_the_runners_left),
        cmocka_unit_test(small_heads_lose_detail_in_two_steps),
        cmocka_unit_test(each_expression_draws_another_face),
        cmocka_unit_test(all_parts_give_finite_colours_and_the_same_ones_twice),
        cmocka_unit_test(kit_lies_where_it_is_worn),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
