/* Loops around fields and curves through points, against circles and squares. */
#include "contour_priv.h"
#include "ht.h"

#include "num/dmath.h"

static const roto_grid grid = {10, 20, 0.5f};
static const roto_window all = {0, 0, ROTO_SIDE, ROTO_SIDE};

static float *ring(hm_arena *a, float outer, float inner)
{
    float *f = HM_PUSH(a, float, ROTO_CELL);
    for (int32_t i = 0; i < ROTO_CELL; i++) {
        float x = (float)(i % ROTO_SIDE) - 200, y = (float)(i / ROTO_SIDE) - 220;
        float r = sqrtf(x * x + y * y);
        f[i] = fminf(outer - r, inner > 0 ? r - inner : 1);
    }
    return f;
}

static void a_ring_has_an_outside_and_a_hole(void **state)
{
    (void)state;
    hm_arena a, b;
    hm_arena_init(&a, 0), hm_arena_init(&b, 0);
    int32_t n;
    roto_loop *loop;
    float *f = ring(&a, 120, 40);
    assert_int_equal(roto_contour(f, &all, &grid, 1, &a, &b, &n, &loop, NULL), HM_OK);
    assert_int_equal(n, 2);
    double outer = fmax(loop[0].area_px, loop[1].area_px),
           inner = fmin(loop[0].area_px, loop[1].area_px);
    ht_near(outer, HM_PI * 60 * 60, 3, 0); /* film px: half a cell */
    ht_near(inner, -HM_PI * 20 * 20, 2, 0);
    hm_arena_free(&a), hm_arena_free(&b);
}

static void small_loops_are_left_out_and_borders_close(void **state)
{
    (void)state;
    hm_arena a, b;
    hm_arena_init(&a, 0), hm_arena_init(&b, 0);
    int32_t n;
    roto_loop *loop;
    float *f = HM_PUSH(&a, float, ROTO_CELL);
    for (int32_t i = 0; i < ROTO_CELL; i++)
        f[i] = 1; /* all of it: the loop runs along the rim */
    assert_int_equal(roto_contour(f, &all, &grid, 1, &a, &b, &n, &loop, NULL), HM_OK);
    assert_int_equal(n, 1);
    ht_near((double)loop[0].area_px, 0.25 * ROTO_SIDE * ROTO_SIDE, 500, 0);
    for (int32_t i = 0; i < ROTO_CELL; i++)
        f[i] = i % 7 == 0 && i / ROTO_SIDE % 5 == 0 ? 1 : -1; /* specks alone */
    assert_int_equal(roto_contour(f, &all, &grid, 4, &a, &b, &n, &loop, NULL), HM_OK);
    assert_int_equal(n, 0);
    hm_arena_free(&a), hm_arena_free(&b);
}

/* A window that holds all of a ring sees the same loops; one that cuts it closes them at its rim.
 */
static void a_window_sees_what_lies_in_it(void **state)
{
    (void)state;
    hm_arena a, b;
    hm_arena_init(&a, 0), hm_arena_init(&b, 0);
    int32_t n, m;
    roto_loop *loop, *cut;
    float *f = ring(&a, 120, 40);
    roto_window around = {70, 90, 330, 350}, right = {200, 0, ROTO_SIDE, ROTO_SIDE};
    assert_int_equal(roto_contour(f, &all, &grid, 1, &a, &b, &n, &loop, NULL), HM_OK);
    assert_int_equal(roto_contour(f, &around, &grid, 1, &a, &b, &m, &cut, NULL), HM_OK);
    assert_int_equal(m, n);
    for (int32_t k = 0; k < n; k++) {
        assert_int_equal(cut[k].n, loop[k].n);
        assert_memory_equal(cut[k].p, loop[k].p, (size_t)loop[k].n * sizeof *loop[k].p);
    }
    assert_int_equal(roto_contour(f, &right, &grid, 1, &a, &b, &m, &cut, NULL), HM_OK);
    assert_int_equal(m, 1); /* half a ring: a bow */
    ht_near((double)cut[0].area_px, 0.5 * HM_PI * (60 * 60 - 20 * 20), 60, 0);
    hm_arena_free(&a), hm_arena_free(&b);
}

/* A point on a curve, by its definition. */
static roto_xy on(const roto_xy *p, double t)
{
    double u = 1 - t, k[4] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t}, x = 0, y = 0;
    for (int i = 0; i < 4; i++)
        x += k[i] * (double)p[i].x, y += k[i] * (double)p[i].y;
    return (roto_xy){(float)x, (float)y};
}

static void curves_stay_on_a_circle(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    roto_xy p[300];
    for (int k = 0; k < 300; k++)
        p[k] = (roto_xy){(float)(80 + 50 * hm_cos(k * HM_TAU / 300)),
                         (float)(70 + 50 * hm_sin(k * HM_TAU / 300))};
    roto_curve c;
    assert_int_equal(roto_bezier(300, p, true, 0.1f, &a, &c, NULL), HM_OK);
    assert_true(c.n >= 4 && c.n <= 24); /* far fewer than points */
    for (int32_t s = 0; s < c.n; s++)
        for (int k = 0; k <= 20; k++) {
            roto_xy q = on(c.p + 3 * s, k / 20.0);
            ht_near(hypot((double)q.x - 80, (double)q.y - 70), 50, 0.2, 0);
        }
    ht_near((double)c.p[3 * c.n].x, (double)c.p[0].x, 1e-4, 0);
    hm_arena_free(&a);
}

static void corners_stay_corners(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    roto_xy p[160];
    for (int k = 0; k < 160; k++) {
        int side = k / 40;
        float t = (float)(k % 40);
        p[k] = side == 0   ? (roto_xy){t, 0}
               : side == 1 ? (roto_xy){40, t}
               : side == 2 ? (roto_xy){40 - t, 40}
                           : (roto_xy){0, 40 - t};
    }
    roto_curve c;
    assert_int_equal(roto_bezier(160, p, true, 0.3f, &a, &c, NULL), HM_OK);
    for (int k = 0; k < 160; k += 40) { /* some place of the curves is near each corner */
        double least = 100;
        for (int32_t s = 0; s < c.n; s++)
            for (int j = 0; j <= 20; j++) {
                roto_xy q = on(c.p + 3 * s, j / 20.0);
                least = fmin(least, hypot((double)(q.x - p[k].x), (double)(q.y - p[k].y)));
            }
        assert_true(least < 0.7);
    }
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ring_has_an_outside_and_a_hole),
        cmocka_unit_test(small_loops_are_left_out_and_borders_close),
        cmocka_unit_test(a_window_sees_what_lies_in_it),
        cmocka_unit_test(curves_stay_on_a_circle),
        cmocka_unit_test(corners_stay_corners),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
