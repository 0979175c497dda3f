#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "stage/flash.h"

enum { W = 128, H = 72, FPS = 24, N = 96 };

/* A film: the share of the picture's width that flickers, between two levels of luma, on for n_on
 * frames and off as long; with colour, in that. */
typedef struct flicker {
    double share;
    uint8_t dark, light, cr;
    int32_t n_on;
} flicker;

static hm_flash_report find(const flicker *f)
{
    static uint8_t nv12[W * H * 3 / 2];
    uint8_t *grid = calloc(N, HM_FLASH_BYTES);
    hm_arena a;
    hm_flash_report r = {0};
    hm_arena_init(&a, 0);
    for (int k = 0; k < N; k++) {
        bool on = f->n_on > 0 && k / f->n_on % 2;
        memset(nv12, 60, W * H);
        for (int i = 0; i < W * H / 2; i += 2)
            nv12[W * H + i] = nv12[W * H + i + 1] = 128;
        for (int y = 0; y < H; y++)
            memset(nv12 + y * W, on ? f->light : f->dark, (size_t)(f->share * W));
        for (int i = 1; i < W * H / 2 && f->cr; i += 2)
            nv12[W * H + i] = on ? f->cr : 128;
        hm_flash_grid(nv12, W, H, grid + k * HM_FLASH_BYTES);
    }
    assert_int_equal(hm_flash_find(grid, N, FPS, &a, &r, NULL), HM_OK);
    hm_arena_free(&a);
    free(grid);
    return r;
}

static void a_strobe_is_found_from_its_first_frame_to_its_last(void **state)
{
    (void)state;
    hm_flash_report r = find(&(flicker){1, 40, 200, 0, 2}); /* 6 flashes a second */
    assert_int_equal(r.n, 1);
    assert_false(r.flash[0].red);
    assert_int_equal(r.flash[0].from, 2);
    assert_int_equal(r.flash[0].to, 94);
    assert_int_equal(r.flash[0].n_half, 12);
}

static void three_flashes_a_second_are_allowed_and_four_are_not(void **state)
{
    (void)state;
    assert_int_equal(find(&(flicker){1, 40, 200, 0, 4}).n, 0); /* 24 / 8 = 3 */
    assert_int_equal(find(&(flicker){1, 40, 200, 0, 3}).n, 1); /* 4 */
}

static void a_small_area_and_a_small_step_do_no_harm(void **state)
{
    (void)state;
    /* a tenth of the width is 30 % of a field a third as wide; a thirtieth is 9 % */
    assert_int_equal(find(&(flicker){0.125, 40, 200, 0, 2}).n, 1);
    assert_int_equal(find(&(flicker){0.035, 40, 200, 0, 2}).n, 0);
    /* luma 100 and 120 are 0.11 and 0.18 of full luminance, 100 and 150 0.11 and 0.33 */
    assert_int_equal(find(&(flicker){1, 100, 120, 0, 2}).n, 0);
    assert_int_equal(find(&(flicker){1, 100, 150, 0, 2}).n, 1);
    /* both above 0.8: 219 and 235 are 0.84 and 1 */
    assert_int_equal(find(&(flicker){1, 219, 235, 0, 2}).n, 0);
    assert_int_equal(find(&(flicker){1, 120, 120, 0, 0}).n, 0);
}

/* BT.709 red at full strength is Y' 63, Cr 240: little luminance, all of it red. */
static void saturated_red_counts_where_luminance_does_not(void **state)
{
    (void)state;
    hm_flash_report r = find(&(flicker){1, 63, 63, 240, 2});
    assert_int_equal(r.n, 1);
    assert_true(r.flash[0].red);
    assert_int_equal(find(&(flicker){1, 63, 63, 150, 2}).n, 0); /* a dull red */
}

/* A ramp up and down once a second passes through many steps, but turns twice. */
static void slow_changes_are_no_flashes(void **state)
{
    (void)state;
    uint8_t *grid = calloc(N, HM_FLASH_BYTES);
    for (int k = 0; k < N; k++) {
        int t = k % FPS, v = 200 * (t < 12 ? t : 24 - t) / 12;
        memset(grid + k * HM_FLASH_BYTES, v, HM_FLASH_BYTES / 2);
    }
    hm_arena a;
    hm_flash_report r;
    hm_arena_init(&a, 0);
    assert_int_equal(hm_flash_find(grid, N, FPS, &a, &r, NULL), HM_OK);
    assert_int_equal(r.n, 0);
    hm_arena_free(&a);
    free(grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_strobe_is_found_from_its_first_frame_to_its_last),
        cmocka_unit_test(three_flashes_a_second_are_allowed_and_four_are_not),
        cmocka_unit_test(a_small_area_and_a_small_step_do_no_harm),
        cmocka_unit_test(saturated_red_counts_where_luminance_does_not),
        cmocka_unit_test(slow_changes_are_no_flashes),
    };
    return cmocka_run_group_tests_name("stage/flash", tests, NULL, NULL);
}
