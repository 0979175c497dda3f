#include "ht.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "stage/xdog.h"

enum { W = 96, H = 72, N = W * H };

typedef struct drawn {
    uint8_t luma[N], ink[N];
    float flow[2 * N];
} drawn;

static void draw_with(drawn *d, const hm_xdog_opts *o, int n_thread)
{
    hm_arena a;
    hm_arena_init(&a, 0);
    assert_int_equal(hm_xdog_flow(d->luma, W, H, W, o->flow_px, n_thread, &a, d->flow, NULL),
                     HM_OK);
    assert_int_equal(hm_xdog(d->luma, d->flow, W, H, W, o, n_thread, &a, d->ink, NULL), HM_OK);
    hm_arena_free(&a);
}

static void draw(drawn *d)
{
    hm_xdog_opts o = hm_xdog_opts_default();
    draw_with(d, &o, 1);
}

/* A dark line of width_px on light through the middle at an angle, its border soft over a pixel. */
static void put_line(drawn *d, double angle_rad, double width_px, uint8_t line, uint8_t ground)
{
    double nx = -sin(angle_rad), ny = cos(angle_rad);
    for (int i = 0; i < N; i++) {
        double far = fabs((i % W - 0.5 * W) * nx + (i / W - 0.5 * H) * ny);
        double on = fmax(0, fmin(1, 0.5 * width_px + 0.5 - far));
        d->luma[i] = (uint8_t)(ground + on * (line - ground) + 0.5);
    }
}

static void even_light_has_no_ink_and_what_is_darker_than_dark_is_filled(void **state)
{
    (void)state;
    static drawn d;
    hm_xdog_opts o = hm_xdog_opts_default();
    for (int v = 0; v < 256; v += 15) {
        memset(d.luma, v, N);
        draw_with(&d, &o, 1);
        for (int i = 0; i < N; i++)
            assert_int_equal(d.ink[i], 0);
    }
    o.dark_frac = 0.6, o.soft_frac = 0.3;
    memset(d.luma, 51, N); /* 0.2 */
    draw_with(&d, &o, 1);
    assert_int_equal(d.ink[N / 2], 255);
    memset(d.luma, 166, N); /* 0.65 */
    draw_with(&d, &o, 1);
    assert_int_equal(d.ink[N / 2], 0);
}

/* Mean of a step at 0 seen from x through a Gaussian. */
static double step_mean(double x, double sigma, double a, double b)
{
    return a + (b - a) * 0.5 * (1 + erf(x / (sigma * sqrt(2))));
}

/* Columns 0 .. 47 are dark: the edge lies at 47.5. */
static void the_ink_beside_a_step_is_that_of_the_closed_form(void **state)
{
    (void)state;
    static drawn d;
    hm_xdog_opts o = hm_xdog_opts_default();
    double a = 90 / 255.0, b = 200 / 255.0;
    o.narrow_px = 2, o.soft_frac = 3;
    for (int i = 0; i < N; i++)
        d.luma[i] = i % W < 48 ? 90 : 200;
    draw_with(&d, &o, 1);
    int n_inked = 0;
    for (int x = 20; x < 76; x++) {
        double narrow = step_mean(x - 47.5, 2, a, b), wide = step_mean(x - 47.5, 3.2, a, b);
        double below = (o.dark_frac - narrow - o.sharp * (narrow - wide)) / o.soft_frac;
        double want = below <= 0 ? 0 : below >= 1 ? 255 : 255 * tanh(2.65 * below) / tanh(2.65);
        double got = d.ink[(H / 2) * W + x];
        if (fabs(got - want) > 12)
            fail_msg("at %d: %g, not %g", x, got, want);
        n_inked += got > 60;
        assert_true(x < 48 || got == 0); /* on the dark side alone */
    }
    assert_true(n_inked >= 2 && n_inked <= 8);
}

static void the_flow_runs_along_an_edge_at_any_angle(void **state)
{
    (void)state;
    static drawn d;
    for (int k = 0; k < 12; k++) {
        double angle = 3.14159265 * k / 12;
        put_line(&d, angle, 4, 40, 220);
        draw(&d);
        for (int s = -12; s <= 12; s += 4) {
            int x = (int)lround(0.5 * W + s * cos(angle)),
                y = (int)lround(0.5 * H + s * sin(angle));
            const float *f = &d.flow[2 * (y * W + x)];
            double along = fabs((double)f[0] * cos(angle) + (double)f[1] * sin(angle));
            if (along < 0.995)
                fail_msg("angle %d of 12: off by %.1f deg", k, acos(along) * 57.3);
        }
    }
}

static void a_thin_dark_line_is_inked_without_gaps_and_no_wider_than_it_is_seen(void **state)
{
    (void)state;
    static drawn d;
    for (int k = 0; k < 12; k++) {
        double angle = 3.14159265 * k / 12, ink = 0;
        put_line(&d, angle, 1.5, 40, 220);
        draw(&d);
        for (int s = -25; s <= 25; s++) {
            int x = (int)lround(0.5 * W + s * cos(angle)),
                y = (int)lround(0.5 * H + s * sin(angle));
            if (d.ink[y * W + x] < 200)
                fail_msg("angle %d of 12: a gap at %d, ink %d", k, s, d.ink[y * W + x]);
        }
        for (int i = 0; i < N; i++) {
            double x = i % W - 0.5 * W, y = i / W - 0.5 * H;
            double far = fabs(-x * sin(angle) + y * cos(angle));
            assert_true(far < 3 || d.ink[i] == 0);
            ink += fabs(x * cos(angle) + y * sin(angle)) < 20 ? d.ink[i] / 255.0 : 0;
        }
        assert_true(ink / 40 > 1 && ink / 40 < 3.2); /* width [px] */
    }
}

/* Along the line what is broken closes; across it two lines stay two. */
static void a_short_gap_closes_and_two_lines_stay_apart(void **state)
{
    (void)state;
    static drawn d;
    memset(d.luma, 220, N);
    for (int x = 10; x < W - 10; x++)
        d.luma[30 * W + x] = d.luma[36 * W + x] = 40;
    d.luma[30 * W + 48] = d.luma[30 * W + 49] = 220;
    draw(&d);
    assert_true(d.ink[30 * W + 48] > 150 && d.ink[30 * W + 49] > 150);
    for (int x = 20; x < W - 20; x++)
        assert_int_equal(d.ink[33 * W + x], 0);
}

/* Grain of 6 % has no direction; a line of 40 % in it has one. */
static void grain_leaves_less_ink_than_a_line_in_it(void **state)
{
    (void)state;
    static drawn d;
    put_line(&d, 0.4, 2, 120, 200);
    for (int i = 0; i < N; i++)
        d.luma[i] =
            (uint8_t)(d.luma[i] + 30 * (hm_rng_unit(1, HM_FOR_TEST, 0, (uint32_t)i, 0) - 0.5));
    draw(&d);
    double on = 0, off = 0;
    int n_on = 0, n_off = 0;
    for (int i = 0; i < N; i++) {
        double x = i % W - 0.5 * W, y = i / W - 0.5 * H;
        double far = fabs(-x * sin(0.4) + y * cos(0.4)), at = fabs(x * cos(0.4) + y * sin(0.4));
        if (far < 0.5 && at < 25)
            on += d.ink[i], n_on++;
        else if (far > 6)
            off += d.ink[i], n_off++;
    }
    assert_true(on / n_on > 180);
    assert_true(off / n_off < 6);
}

static void threads_do_not_change_it_and_turned_pictures_give_turned_ink(void **state)
{
    (void)state;
    static drawn d, three, turned;
    hm_xdog_opts o = hm_xdog_opts_default();
    for (int i = 0; i < N; i++) {
        int x = i % W, y = i / W;
        double r = sqrt((x - 40.5) * (x - 40.5) + (y - 33.5) * (y - 33.5));
        d.luma[i] = (uint8_t)(r < 20 ? 60 + 2 * r : 190 - 0.5 * x);
    }
    memcpy(three.luma, d.luma, N);
    for (int i = 0; i < N; i++)
        turned.luma[N - 1 - i] = d.luma[i];
    draw_with(&d, &o, 1);
    draw_with(&three, &o, 3);
    draw_with(&turned, &o, 2);
    assert_memory_equal(d.ink, three.ink, N);
    assert_memory_equal(d.flow, three.flow, sizeof d.flow);
    for (int i = 0; i < N; i++)
        assert_true(abs(turned.ink[N - 1 - i] - d.ink[i]) <= 2);
}

/* Any size, any picture: nothing is read or written outside (for the sanitizers). */
static void the_smallest_pictures_have_ink_too(void **state)
{
    (void)state;
    static drawn d;
    hm_xdog_opts o = hm_xdog_opts_default();
    hm_arena a;
    hm_arena_init(&a, 0);
    o.along_px = 16, o.flow_px = 16;
    for (int w = 1; w < 9; w++)
        for (int h = 1; h < 9; h++) {
            for (int i = 0; i < w * h; i++)
                d.luma[i] = (uint8_t)(255 * hm_rng_unit(2, HM_FOR_TEST, (uint64_t)w, (uint32_t)h,
                                                        (uint32_t)i));
            assert_int_equal(hm_xdog_flow(d.luma, w, h, w, o.flow_px, 1, &a, d.flow, NULL), HM_OK);
            assert_int_equal(hm_xdog(d.luma, d.flow, w, h, w, &o, 1, &a, d.ink, NULL), HM_OK);
        }
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(even_light_has_no_ink_and_what_is_darker_than_dark_is_filled),
        cmocka_unit_test(the_ink_beside_a_step_is_that_of_the_closed_form),
        cmocka_unit_test(the_flow_runs_along_an_edge_at_any_angle),
        cmocka_unit_test(a_thin_dark_line_is_inked_without_gaps_and_no_wider_than_it_is_seen),
        cmocka_unit_test(a_short_gap_closes_and_two_lines_stay_apart),
        cmocka_unit_test(grain_leaves_less_ink_than_a_line_in_it),
        cmocka_unit_test(threads_do_not_change_it_and_turned_pictures_give_turned_ink),
        cmocka_unit_test(the_smallest_pictures_have_ink_too),
    };
    return cmocka_run_group_tests_name("stage/xdog", tests, NULL, NULL);
}
