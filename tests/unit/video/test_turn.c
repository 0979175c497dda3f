#include "ht.h"
#include "turn_priv.h"

/* 3 x 2:  1 2 3
 *         4 5 6   and what one gets by turning the paper */
static const uint8_t sheet[] = {1, 2, 3, 9, 4, 5, 6, 9}; /* stride 4 */

static void a_sheet_turns_as_paper_does(void **state)
{
    (void)state;
    static const uint8_t want90[] = {4, 1, 5, 2, 6, 3}, want180[] = {6, 5, 4, 3, 2, 1},
                         want270[] = {3, 6, 2, 5, 1, 4};
    uint8_t got[6];
    turn_picture(sheet, 4, 3, 2, 1, 90, got);
    assert_memory_equal(got, want90, 6);
    turn_picture(sheet, 4, 3, 2, 1, 180, got);
    assert_memory_equal(got, want180, 6);
    turn_picture(sheet, 4, 3, 2, 1, 270, got);
    assert_memory_equal(got, want270, 6);
}

static void the_bytes_of_a_pixel_stay_together(void **state)
{
    (void)state;
    static const uint8_t rgb[] = {1, 2, 3, 4, 5, 6}; /* two pixels side by side */
    static const uint8_t want[] = {4, 5, 6, 1, 2, 3};
    uint8_t got[6];
    turn_picture(rgb, 6, 2, 1, 3, 270, got);
    assert_memory_equal(got, want, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_turns_as_paper_does),
        cmocka_unit_test(the_bytes_of_a_pixel_stay_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
