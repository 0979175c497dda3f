#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "sprint/velocity.h"

/* Number after "key=" in a row's arguments, or NaN. */
static double argument(const char *row, const char *key)
{
    const char *at = strstr(row, key);
    return at ? strtod(at + strlen(key), NULL) : (double)NAN;
}

static double computed(const char *row)
{
    hm_decay mono = {argument(row, "mss_mps="), 0, 0};
    mono.tau_s = mono.v_mps / argument(row, "mac_mps2=");
    hm_decay decay = {argument(row, "v_mps="), argument(row, "tau_s="),
                      argument(row, "decay_mps2=")};
    double t_s = argument(row, ",t_s="), x_m = argument(row, "distance_m=");
    if (strncmp(row, "mono time_s", 11) == 0)
        return hm_decay_time_s(&mono, x_m);
    if (strncmp(row, "u solving", 9) == 0) /* a runner with V = tau = 1 is at y at time u */
        return hm_decay_time_s(&(hm_decay){1, 1, 0}, argument(row, "y="));
    if (strncmp(row, "decay distance_m", 16) == 0)
        return hm_decay_x_m(&decay, t_s);
    if (strncmp(row, "decay speed_mps", 15) == 0)
        return hm_decay_v_mps(&decay, t_s);
    if (strncmp(row, "decay time_s", 12) == 0)
        return hm_decay_time_s(&decay, x_m);
    if (strncmp(row, "decay time of top", 17) == 0)
        return hm_decay_top_s(&decay);
    if (strncmp(row, "decay top speed_mps", 19) == 0)
        return hm_decay_v_mps(&decay, hm_decay_top_s(&decay));
    return (double)NAN;
}

static void closed_forms_reproduce_the_table(void **state)
{
    (void)state;
    char path[1024], row[512];
    snprintf(path, sizeof path, "%s/sprint_model_checks.csv", getenv("HM_TEST_DATA_DIR"));
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    int n = 0;
    while (fgets(row, sizeof row, f)) {
        if (row[0] == '#' || strncmp(row, "quantity", 8) == 0)
            continue;
        char *tail = strstr(row, ",rel ");
        assert_non_null(tail);
        double rel = strtod(tail + 5, NULL);
        *tail = 0;
        ht_near(computed(row), strtod(strrchr(row, ',') + 1, NULL), 0, rel);
        n++;
    }
    fclose(f);
    assert_int_equal(n, 32);
}

static void acceleration_is_the_derivative_of_speed(void **state)
{
    (void)state;
    const hm_decay d = {13.3, 1.6, 0.13};
    for (double s = 0.1; s < 10; s += 0.3)
        ht_near(hm_decay_a_mps2(&d, s),
                (hm_decay_v_mps(&d, s + 1e-5) - hm_decay_v_mps(&d, s - 1e-5)) / 2e-5, 1e-7, 0);
    ht_near(hm_decay_a_mps2(&d, 0), 13.3 / 1.6 - 0.13, 1e-14, 0);
}

static void time_inverts_distance(void **state)
{
    (void)state;
    const hm_decay d[] = {{13.3, 1.6, 0.13}, {6.5, 0.9, 0.03}, {9, 1.2, 0}};
    for (int k = 0; k < 3; k++)
        for (double s = 1e-4; s < 20; s *= 1.3)
            ht_near(hm_decay_time_s(&d[k], hm_decay_x_m(&d[k], s)), s, 0, 1e-12);
}

static void reach_has_no_seam(void **state)
{
    (void)state; /* the series and the direct form meet at 0.25 */
    double below = hm_decay_reach(0.25 - 1e-13), above = hm_decay_reach(0.25 + 1e-13);
    ht_near(above - below, 2e-13 * (1 - exp(-0.25)), 3e-17, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_forms_reproduce_the_table),
        cmocka_unit_test(acceleration_is_the_derivative_of_speed),
        cmocka_unit_test(time_inverts_distance),
        cmocka_unit_test(reach_has_no_seam),
    };
    return cmocka_run_group_tests_name("sprint/velocity", tests, NULL, NULL);
}
