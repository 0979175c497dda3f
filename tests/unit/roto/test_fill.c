/* Coverage of pixels by polygons, against areas by hand. */
#include "fill_priv.h"
#include "ht.h"

#include "num/dmath.h"

static double total(roto_fill *f, float *row, double *most)
{
    double sum = 0;
    *most = 0;
    for (int32_t y = f->y0; y < f->y1; y++) {
        roto_fill_row(f, y, row);
        for (int32_t x = f->x0; x < f->x1; x++) {
            sum += (double)row[x - f->x0];
            *most = fmax(*most, (double)row[x - f->x0]);
        }
    }
    roto_fill_reset(f);
    return sum;
}

static void areas_are_exact(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    roto_fill f;
    float row[70];
    double most;
    assert_int_equal(roto_fill_init(64, 48, &a, &f, NULL), HM_OK);
    roto_fill_polygon(&f, 4,
                      (roto_xy[]){{3.25f, 4.5f}, {10.75f, 4.5f}, {10.75f, 9.25f}, {3.25f, 9.25f}});
    ht_near(total(&f, row, &most), 7.5 * 4.75, 1e-4, 0);
    ht_near(most, 1, 1e-6, 0);
    roto_fill_polygon(&f, 3, (roto_xy[]){{40.3f, 2.1f}, {3.7f, 33.3f}, {60.2f, 40.9f}});
    double want = 0.5 * fabs((3.7 - 40.3) * (40.9 - 2.1) - (60.2 - 40.3) * (33.3 - 2.1));
    ht_near(total(&f, row, &most), want, 0.02, 0);
    roto_xy circle[400];
    for (int k = 0; k < 400; k++)
        circle[k] = (roto_xy){(float)(30 + 17.3 * hm_cos(k * HM_TAU / 400)),
                              (float)(24 + 17.3 * hm_sin(k * HM_TAU / 400))};
    roto_fill_polygon(&f, 400, circle);
    ht_near(total(&f, row, &most), HM_PI * 17.3 * 17.3, 0.2, 0);
    hm_arena_free(&a);
}

/* What hangs over the border is cut off there, on every side; nothing is left behind. */
static void what_is_outside_is_cut_off(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    roto_fill f;
    float row[70];
    double most;
    assert_int_equal(roto_fill_init(64, 48, &a, &f, NULL), HM_OK);
    roto_fill_polygon(&f, 4, (roto_xy[]){{-20, -30}, {500, -30}, {500, 300}, {-20, 300}});
    ht_near(total(&f, row, &most), 64.0 * 48 + 2 * 48, 96 + 1e-3, 0); /* two spare columns */
    roto_fill_polygon(&f, 3, (roto_xy[]){{NAN, 1}, {5, 5}, {1, 5}});
    roto_fill_reset(&f);
    for (int32_t i = 0; i < 66 * 48; i++)
        f.sum[i] = 0;
    roto_fill_polygon(&f, 4, (roto_xy[]){{-8, 10}, {4, 10}, {4, 20}, {-8, 20}});
    ht_near(total(&f, row, &most), 40, 1e-4, 0);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_are_exact),
        cmocka_unit_test(what_is_outside_is_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
