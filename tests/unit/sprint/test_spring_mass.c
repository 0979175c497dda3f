#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "sprint/spring_mass.h"

static void the_equations_reproduce_the_table(void **state)
{
    (void)state;
    char path[1024], row[512];
    snprintf(path, sizeof path, "%s/morin_checks.csv", getenv("HM_TEST_DATA_DIR"));
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    int n = 0;
    while (fgets(row, sizeof row, f)) {
        if (row[0] == '#' || strncmp(row, "case,", 5) == 0)
            continue;
        double v[10];
        char *at = row[0] == '"' ? strchr(row + 1, '"') + 1 : strchr(row, ',');
        for (int k = 0; k < 10; k++)
            v[k] = strtod(at + 1, &at);
        hm_spring_mass s = hm_spring_mass_of(v[0], v[1], v[2], v[3], v[4]);
        ht_near(s.fmax_n, v[5], 0, 1e-9);
        ht_near(s.dy_m, v[6], 0, 1e-9);
        ht_near(s.dl_m, v[7], 0, 1e-9);
        ht_near(s.vertical_n_per_m, 1e3 * v[8], 0, 1e-9);
        ht_near(s.leg_n_per_m, 1e3 * v[9], 0, 1e-9);
        n++;
    }
    fclose(f);
    assert_int_equal(n, 4);
}

/* The force is a half sine: over the step it carries the weight. */
static void the_mean_force_of_a_step_is_the_weight(void **state)
{
    (void)state;
    hm_spring_mass s = hm_spring_mass_of(70, 1.75, 10, 0.1, 0.125);
    double impulse = 2 / 3.14159265358979323846 * s.fmax_n * 0.1;
    ht_near(impulse, 70 * 9.81 * 0.225, 0, 1e-12);
}

static void a_contact_longer_than_the_leg_has_no_leg_stiffness(void **state)
{
    (void)state;
    hm_spring_mass s = hm_spring_mass_of(70, 1.75, 10, 0.3, 0.1);
    assert_true(isnan(s.leg_n_per_m) && s.vertical_n_per_m > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_equations_reproduce_the_table),
        cmocka_unit_test(the_mean_force_of_a_step_is_the_weight),
        cmocka_unit_test(a_contact_longer_than_the_leg_has_no_leg_stiffness),
    };
    return cmocka_run_group_tests_name("sprint/spring mass", tests, NULL, NULL);
}
