#include "hot_priv.h"
#include "ht.h"

#include <string.h>

#include "base/rng.h"
#include "stage/nv12.h"

/* One colour everywhere: Y, U, V of the middle. */
static void flat(int r, int g, int b, int out[3])
{
    uint8_t rgbx[4 * 4 * 4], nv12[24];
    for (int i = 0; i < 16; i++) {
        rgbx[4 * i] = (uint8_t)r, rgbx[4 * i + 1] = (uint8_t)g, rgbx[4 * i + 2] = (uint8_t)b;
        rgbx[4 * i + 3] = 77;
    }
    hm_picture p = {4, 4, 16, rgbx};
    hm_nv12_from_rgbx(&p, nv12);
    out[0] = nv12[5], out[1] = nv12[16 + 2], out[2] = nv12[16 + 3];
}

/* ITU-R BT.709-6: Kr 0.2126, Kb 0.0722; Y' = 16 + 219 y, C = 128 + 224 c. */
static void bt709(double r, double g, double b, double out[3])
{
    double y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    out[0] = 16 + 219 * y / 255;
    out[1] = 128 + 224 * (b - y) / (2 * (1 - 0.0722)) / 255;
    out[2] = 128 + 224 * (r - y) / (2 * (1 - 0.2126)) / 255;
}

static void primaries_and_mixtures_follow_bt709(void **state)
{
    (void)state;
    const int c[][3] = {{255, 0, 0},   {0, 255, 0},   {0, 0, 255},   {255, 255, 0}, {0, 255, 255},
                        {255, 0, 255}, {199, 92, 69}, {92, 158, 84}, {12, 200, 130}};
    for (size_t i = 0; i < sizeof c / sizeof c[0]; i++) {
        int got[3];
        double want[3];
        flat(c[i][0], c[i][1], c[i][2], got);
        bt709(c[i][0], c[i][1], c[i][2], want);
        for (int k = 0; k < 3; k++)
            ht_near(got[k], want[k], 1.2, 0);
    }
}

static void black_is_16_white_is_235_and_greys_have_no_colour(void **state)
{
    (void)state;
    int v[3];
    flat(0, 0, 0, v);
    assert_int_equal(v[0], 16);
    flat(255, 255, 255, v);
    assert_int_equal(v[0], 235);
    for (int g = 0; g < 256; g++) {
        flat(g, g, g, v);
        assert_int_equal(v[1], 128);
        assert_int_equal(v[2], 128);
    }
}

static void chroma_is_the_mean_of_four_pixels(void **state)
{
    (void)state;
    uint8_t rgbx[16] = {255, 0, 0, 0, 0, 0, 255, 0, 0, 255, 0, 0, 255, 255, 255, 0};
    uint8_t nv12[6];
    hm_picture p = {2, 2, 8, rgbx};
    hm_nv12_from_rgbx(&p, nv12);
    double want[3];
    bt709(127.5, 127.5, 127.5, want);
    ht_near(nv12[4], want[1], 1, 0);
    ht_near(nv12[5], want[2], 1, 0);
    bt709(0, 0, 255, want);
    ht_near(nv12[1], want[0], 1, 0); /* luma keeps each pixel */
}

enum { RW = 70, RH = 34, RSTRIDE = 4 * RW + 12 };

static void both_builds_give_the_same_bytes_at_any_stride(void **state)
{
    (void)state;
    static uint8_t rgbx[RSTRIDE * RH], a[RW * RH * 3 / 2], b[RW * RH * 3 / 2];
    for (uint32_t i = 0; i < sizeof rgbx; i++)
        rgbx[i] = (uint8_t)hm_rng(5, HM_FOR_TEST, 0, i, 0).u[0];
    hm_picture p = {RW, RH, RSTRIDE, rgbx};
    nv12_rows_base(&p, a, a + RW * RH);
    hm_nv12_from_rgbx(&p, b);
    assert_memory_equal(a, b, sizeof a);
}

static void hash_tells_pictures_and_sizes_apart(void **state)
{
    (void)state;
    uint8_t a[24] = {0}, b[24] = {0};
    b[23] = 1;
    assert_true(hm_frame_hash(a, 4, 4) == hm_frame_hash(a, 4, 4));
    assert_true(hm_frame_hash(a, 4, 4) != hm_frame_hash(b, 4, 4));
    assert_true(hm_frame_hash(a, 4, 4) != hm_frame_hash(a, 8, 2));
}

int main(void)
{
    const struct CMUnitTest t[] = {
        cmocka_unit_test(primaries_and_mixtures_follow_bt709),
        cmocka_unit_test(black_is_16_white_is_235_and_greys_have_no_colour),
        cmocka_unit_test(chroma_is_the_mean_of_four_pixels),
        cmocka_unit_test(both_builds_give_the_same_bytes_at_any_stride),
        cmocka_unit_test(hash_tells_pictures_and_sizes_apart),
    };
    return cmocka_run_group_tests(t, NULL, NULL);
}
