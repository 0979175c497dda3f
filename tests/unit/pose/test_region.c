#include "ht.h"
#include "region_priv.h"

static const double pi = 3.14159265358979324;

static void a_body_stands_upright_in_its_region(void **state)
{
    (void)state;
    /* rim above the hips: not turned */
    hm_pose_region r = pose_region_of(100, 200, 100, 120);
    ht_near(r.rotation_rad, 0, 1e-12, 0);
    ht_near(r.side_px, 200, 1e-9, 0); /* 2 x 80 x 1.25 */
    /* a body lying with its head to the right is turned by a quarter clockwise */
    r = pose_region_of(100, 200, 180, 200);
    ht_near(r.rotation_rad, pi / 2, 1e-12, 0);
    /* its head, half a side over the hips, comes out at the top */
    double x, y;
    pose_region_place(&r, 0.5, 0.1, &x, &y);
    ht_near(x, 180, 1e-9, 0);
    ht_near(y, 200, 1e-9, 0);
    /* upside down */
    ht_near(fabs(pose_region_of(0, 0, 0, 50).rotation_rad), pi, 1e-12, 0);
}

static void a_region_shows_the_image(void **state)
{
    (void)state;
    static uint8_t rgb[4 * 4 * 3];
    for (int i = 0; i < 16; i++)
        for (int k = 0; k < 3; k++)
            rgb[3 * i + k] = (uint8_t)(10 * i + k);
    hm_pose_image image = {4, 4, 12, rgb};
    hm_pose_region whole = {2, 2, 4, 0};
    float out[6 * 6 * 3];
    pose_region_sample(&image, &whole, 4, 0, 255, out);
    for (int i = 0; i < 48; i++)
        ht_near((double)out[i], rgb[i], 1e-4, 0);
    /* turned clockwise by a quarter, the first row is the last column from top to bottom */
    hm_pose_region turned = {2, 2, 4, pi / 2};
    pose_region_sample(&image, &turned, 4, 0, 255, out);
    for (int i = 0; i < 4; i++)
        ht_near((double)out[3 * i], 10 * (4 * i + 3), 1e-3, 0);
    /* black outside: half of the corner pixel is seen beside the edge */
    hm_pose_region wide = {2, 2, 6, 0};
    pose_region_sample(&image, &wide, 6, -1, 1, out);
    ht_near((double)out[0], -1, 1e-6, 0);
    ht_near((double)out[3 * 7], 2 * 0 / 255. - 1, 1e-6, 0);
    /* far away: no harm */
    hm_pose_region far = {1e300, -1e300, 1e200, 1};
    pose_region_sample(&image, &far, 2, 0, 1, out);
    ht_near((double)out[0], 0, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_body_stands_upright_in_its_region),
        cmocka_unit_test(a_region_shows_the_image),
    };
    return cmocka_run_group_tests_name("pose/region", tests, NULL, NULL);
}
