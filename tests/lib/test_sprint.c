#include "hecto/hecto.h"
#include "ht.h"

#include <string.h>

static void time_at_distance_is_that_of_the_reference(void **state)
{
    (void)state;
    /* data/sprint model checks, 113-bit arithmetic: MSS 8, MAC 9; V 13.3237, tau 1.6325, b .1311 */
    const double x_m[] = {1e-12, 0.1, 10, 100},
                 want_s[] = {4.7140456245770203e-07, 0.15335695725289043, 2.0503611487317519,
                             13.388888633450028};
    double got_s[4];
    hm_sprint_time(x_m, 4, 8, 9, 0, got_s);
    for (int i = 0; i < 4; i++)
        ht_near(got_s[i], want_s[i], 0, 1e-12);
    const double mac_mps2 = 13.3237 / 1.6325 - 0.1311, to_m[] = {60, 100};
    hm_sprint_time(to_m, 2, 13.3237, mac_mps2, 0.1311, got_s);
    ht_near(got_s[0], 6.2962881875161163, 0, 1e-12);
    ht_near(got_s[1], 9.5853477756838894, 0, 1e-12);
}

static void speed_and_distance_are_those_of_the_reference(void **state)
{
    (void)state;
    const double mac_mps2 = 13.3237 / 1.6325 - 0.1311, t_s[] = {0.1, 3, 9.5};
    const double want_m[] = {0.039331527877308774, 21.092688397505231, 98.972915938611861};
    const double want_mps[] = {0.7785487884365643, 10.809432987745647, 12.038682656286762};
    double x_m[3], v_mps[3];
    hm_sprint_distance(t_s, 3, 13.3237, mac_mps2, 0.1311, x_m);
    hm_sprint_speed(t_s, 3, 13.3237, mac_mps2, 0.1311, v_mps);
    for (int i = 0; i < 3; i++) {
        ht_near(x_m[i], want_m[i], 0, 1e-12);
        ht_near(v_mps[i], want_mps[i], 0, 1e-12);
    }
}

static void acceleration_begins_at_mac_and_falls_by_tau(void **state)
{
    (void)state;
    const double t_s[] = {0, 8.0 / 9};
    double a_mps2[2];
    hm_sprint_acceleration(t_s, 2, 8, 9, 0, a_mps2);
    ht_near(a_mps2[0], 9, 1e-12, 0);
    ht_near(a_mps2[1], 9 * exp(-1.0), 1e-12, 0);
}

static void who_has_not_started_stands(void **state)
{
    (void)state;
    const double t_s[] = {-1, 0};
    double out[2];
    hm_sprint_speed(t_s, 2, 8, 9, 0.1, out);
    assert_true(out[0] == 0 && out[1] == 0);
    hm_sprint_distance(t_s, 2, 8, 9, 0.1, out);
    assert_true(out[0] == 0 && out[1] == 0);
    hm_sprint_acceleration(t_s, 1, 8, 9, 0.1, out);
    assert_true(out[0] == 0);
}

static void no_answer_is_nan(void **state)
{
    (void)state;
    const double x_m[] = {-1, NAN, INFINITY, 10}, far_m[] = {50, 100000};
    double t_s[4];
    hm_sprint_time(x_m, 4, 8, 9, 0, t_s);
    assert_true(isnan(t_s[0]) && isnan(t_s[1]) && isnan(t_s[2]) && t_s[3] > 0);
    /* who tires by 0.5 m/s each second stops before 100 km */
    hm_sprint_time(far_m, 2, 8, 9, 0.5, t_s);
    assert_true(t_s[0] > 0 && isnan(t_s[1]));
    const double bad[][3] = {{0, 9, 0}, {8, 0, 0}, {8, 9, -1}, {NAN, 9, 0}, {8, INFINITY, 0}};
    for (int i = 0; i < 5; i++) {
        hm_sprint_speed(x_m, 4, bad[i][0], bad[i][1], bad[i][2], t_s);
        assert_true(isnan(t_s[3]));
    }
}

static void the_output_may_be_the_input(void **state)
{
    (void)state;
    double a[] = {5, 20, 80}, b[3];
    hm_sprint_time(a, 3, 8, 9, 0.05, b);
    hm_sprint_time(a, 3, 8, 9, 0.05, a);
    assert_memory_equal(a, b, sizeof a);
    hm_sprint_distance(a, 3, 8, 9, 0.05, a);
    ht_near(a[0], 5, 0, 1e-12);
    ht_near(a[2], 80, 0, 1e-12);
}

static void wind_laws_reproduce_their_tables(void **state)
{
    (void)state;
    /* time, wind, altitude, law -> gain: closed forms in ports of the authors' calculators */
    const double row[][5] = {
        {10, 2, 0, HM_WIND_MUREIKA, 0.100800},     {10, -2, 0, HM_WIND_MUREIKA, -0.123200},
        {10, 0, 1000, HM_WIND_MUREIKA, 0.032901},  {10, 2, 2000, HM_WIND_MUREIKA, 0.140439},
        {9.58, 0.9, 0, HM_WIND_MUREIKA, 0.044261}, {10, 2, 0, HM_WIND_MOINAT, 0.082580},
        {10, -1, 0, HM_WIND_MOINAT, -0.053890},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        double gain_s;
        hm_wind_gain(&row[i][0], 1, row[i][1], row[i][2], (int)row[i][3], &gain_s);
        ht_near(gain_s, row[i][4], 1e-6, 0);
    }
    const double t_s = 10;
    double none_s[3];
    hm_wind_gain(&t_s, 1, 2, 1000, HM_WIND_MOINAT, &none_s[0]);
    hm_wind_gain(&t_s, 1, 2, 0, 7, &none_s[1]);
    hm_wind_gain(&(double){-1}, 1, 2, 0, HM_WIND_MUREIKA, &none_s[2]);
    assert_true(isnan(none_s[0]) && isnan(none_s[1]) && isnan(none_s[2]));
}

static void density_is_that_of_the_formula(void **state)
{
    (void)state;
    /* 760 Torr and 25 C: 1.293 * 273 / 298 = 1.1845 */
    const double at_m[] = {0, 2000, -5000};
    double rho[3];
    hm_air_density(at_m, 3, 25, 101325, rho);
    ht_near(rho[0], 1.293 * 273 / 298, 1e-12, 0);
    ht_near(rho[1], rho[0], 1e-12, 0); /* the pressure is told */
    assert_true(isnan(rho[2]));
    hm_air_density(at_m, 2, NAN, NAN, rho);
    ht_near(rho[0], 1.293 * 273 / 288, 1e-12, 0);
    /* standard atmosphere at 2000 m: 79.5 kPa (ICAO) */
    ht_near(rho[1] / rho[0], 79.495 / 101.325, 0, 1e-3);
}

static void force_and_velocity_are_those_of_the_reference(void **state)
{
    (void)state;
    /* the runner of data set jb_morin: shorts 3.3.0, create_FVP; RF and DRF by own arithmetic */
    const double mss = 9.20667822, mac = 6.91659243, kg = 75, m = 1.72, one = 1;
    double f0, v0, pmax, rf, drf, mss_back, mac_back;
    hm_force_velocity(&mss, &mac, &kg, &m, 1, 0, 25, 101325, &f0, &v0, &pmax, &rf, &drf);
    ht_near(f0, 6.91659243, 0, 1e-9);
    ht_near(v0, 9.646874111909, 0, 1e-9);
    ht_near(pmax, 16.6808741139, 0, 1e-9);
    ht_near(rf, 0.491277080617, 0, 1e-9);
    ht_near(drf, -0.0651787574724, 0, 1e-9);
    hm_force_velocity_inverse(&f0, &v0, &kg, &m, 1, 0, NAN, NAN, &mss_back, &mac_back);
    ht_near(mss_back, mss, 0, 1e-9);
    ht_near(mac_back, mac, 0, 1e-9);
    hm_drag(&one, 1, kg, m, 0, 25, 101325, &f0);
    ht_near(f0, 0.266515975579622, 0, 1e-11);
    const double ten = 10;
    hm_drag(&ten, 1, 75, 1.75, 2, 25, 101325, &f0);
    ht_near(f0, 17.2722009482597, 0, 1e-11);
    const double bad = -75;
    hm_force_velocity(&mss, &mac, &bad, &m, 1, 0, 25, 101325, &f0, NULL, NULL, NULL, NULL);
    assert_true(isnan(f0));
}

static void the_step_is_the_spring_of_the_reference(void **state)
{
    (void)state;
    /* Morin 2005: 70 kg, 1.75 m, 10 m/s, contact .100, flight .125; a child, made up */
    const double kg[] = {70, 30.9}, m[] = {1.75, 1.364}, v[] = {10, 5.9}, tc[] = {0.1, 0.15},
                 tf[] = {0.125, 0.105};
    double fmax[2], dy[2], dl[2], vertical[2], leg[2];
    hm_step_spring(kg, m, v, tc, tf, 2, fmax, dy, dl, vertical, leg);
    ht_near(fmax[0], 2426.998135, 0, 1e-9);
    ht_near(dy[0], 0.02286697481, 0, 1e-9);
    ht_near(dl[0], 0.1691779772, 0, 1e-9);
    ht_near(vertical[0], 106135.5144, 0, 1e-9);
    ht_near(leg[0], 14345.82784, 0, 1e-9);
    ht_near(leg[1], 4414.144571, 0, 1e-9);
    double none;
    hm_step_spring(kg, m, v, &(double){0}, tf, 1, &none, NULL, NULL, NULL, NULL);
    assert_true(isnan(none));
}

static void every_code_has_its_sentence(void **state)
{
    (void)state;
    for (int i = HM_CODE_OK; i <= HM_CODE_BUG; i++)
        for (int k = HM_CODE_OK; k < i; k++)
            assert_string_not_equal(hm_code_text(i), hm_code_text(k));
    assert_string_equal(hm_code_text(-1), "unknown");
    assert_string_equal(hm_code_text(HM_CODE_BUG + 1), "unknown");
    assert_true(strchr(hm_version(), '.') != NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_at_distance_is_that_of_the_reference),
        cmocka_unit_test(speed_and_distance_are_those_of_the_reference),
        cmocka_unit_test(acceleration_begins_at_mac_and_falls_by_tau),
        cmocka_unit_test(who_has_not_started_stands),
        cmocka_unit_test(no_answer_is_nan),
        cmocka_unit_test(the_output_may_be_the_input),
        cmocka_unit_test(wind_laws_reproduce_their_tables),
        cmocka_unit_test(density_is_that_of_the_formula),
        cmocka_unit_test(force_and_velocity_are_those_of_the_reference),
        cmocka_unit_test(the_step_is_the_spring_of_the_reference),
        cmocka_unit_test(every_code_has_its_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
