/* The twins say what hecto.h says. */
#include "hecto/by_pointer.h"
#include "ht.h"

#include <stdlib.h>
#include <string.h>

static const double gate_m[] = {5, 10, 15, 20, 30, 40};
static const double gate_s[] = {1.158, 1.893, 2.541, 3.149, 4.313, 5.444};
static const char *const mono_tc = "model=mono; correct=tc";
enum { N_GATE = 6, TEXT = 256 };

/* A text as R hands it over. */
typedef struct given {
    char bytes[TEXT];
    char *text;
    int size, length;
} given;

static given *give(given *g)
{
    memset(g->bytes, ' ', TEXT - 1);
    g->bytes[TEXT - 1] = '\0';
    g->text = g->bytes;
    g->size = TEXT;
    g->length = -7;
    return g;
}

static void bodies_are_those_of_the_plain_functions(void)
{
    const double kg = 70, m = 1.75, v = 10, tc = 0.1, tf = 0.125, wind = 1, temp_c = 20, pa = 90000,
                 mac = 8;
    const int one = 1;
    double plain[5], twin[5];
    hm_drag(&v, 1, kg, m, wind, temp_c, pa, plain);
    hm_ptr_drag(&v, &one, &kg, &m, &wind, &temp_c, &pa, twin);
    assert_true(plain[0] == twin[0]);
    hm_force_velocity(&v, &mac, &kg, &m, 1, wind, temp_c, pa, plain, plain + 1, plain + 2,
                      plain + 3, plain + 4);
    hm_ptr_force_velocity(&v, &mac, &kg, &m, &one, &wind, &temp_c, &pa, twin, twin + 1, twin + 2,
                          twin + 3, twin + 4);
    assert_memory_equal(plain, twin, sizeof plain);
    hm_force_velocity_inverse(&mac, &v, &kg, &m, 1, wind, temp_c, pa, plain, plain + 1);
    hm_ptr_force_velocity_inverse(&mac, &v, &kg, &m, &one, &wind, &temp_c, &pa, twin, twin + 1);
    assert_memory_equal(plain, twin, sizeof plain);
    hm_step_spring(&kg, &m, &v, &tc, &tf, 1, plain, plain + 1, plain + 2, plain + 3, plain + 4);
    hm_ptr_step_spring(&kg, &m, &v, &tc, &tf, &one, twin, twin + 1, twin + 2, twin + 3, twin + 4);
    assert_memory_equal(plain, twin, sizeof plain);
}

static void vectors_are_those_of_the_plain_functions(void **state)
{
    (void)state;
    const double mss = 8, mac = 9, decay = 0.1, temp_c = 20, pa = NAN, wind = 1, high_m = 500;
    const int n = N_GATE, law = HM_WIND_MUREIKA;
    double plain[N_GATE], twin[N_GATE];
    hm_sprint_time(gate_m, N_GATE, mss, mac, decay, plain);
    hm_ptr_sprint_time(gate_m, &n, &mss, &mac, &decay, twin);
    assert_memory_equal(plain, twin, sizeof plain);
    hm_sprint_speed(gate_s, N_GATE, mss, mac, decay, plain);
    hm_ptr_sprint_speed(gate_s, &n, &mss, &mac, &decay, twin);
    assert_memory_equal(plain, twin, sizeof plain);
    hm_sprint_distance(gate_s, N_GATE, mss, mac, decay, plain);
    hm_ptr_sprint_distance(gate_s, &n, &mss, &mac, &decay, twin);
    assert_memory_equal(plain, twin, sizeof plain);
    hm_sprint_acceleration(gate_s, N_GATE, mss, mac, decay, plain);
    hm_ptr_sprint_acceleration(gate_s, &n, &mss, &mac, &decay, twin);
    assert_memory_equal(plain, twin, sizeof plain);
    hm_air_density(gate_m, N_GATE, temp_c, pa, plain);
    hm_ptr_air_density(gate_m, &n, &temp_c, &pa, twin);
    assert_memory_equal(plain, twin, sizeof plain);
    hm_wind_gain(gate_s, N_GATE, wind, high_m, law, plain);
    hm_ptr_wind_gain(gate_s, &n, &wind, &high_m, &law, twin);
    assert_memory_equal(plain, twin, sizeof plain);
    bodies_are_those_of_the_plain_functions();
    const int less = -1;
    twin[0] = 7;
    hm_ptr_sprint_time(gate_m, &less, &mss, &mac, &decay, twin);
    assert_true(twin[0] == 7);
}

static void a_file_goes_by_address(const hm_profile *p)
{
    static char text[20000], again[sizeof text];
    unsigned char handle[HM_HANDLE_SIZE];
    given g;
    int code = -1, all = -1, size = sizeof again, length;
    char *at = again;
    const char *const json = text;
    assert_true(hm_profile_json(p, -1, text, sizeof text) < sizeof text);
    give(&g);
    hm_ptr_profile_parse(&json, handle, &g.text, &g.size, &code);
    assert_int_equal(code, HM_CODE_OK);
    hm_ptr_profile_json(handle, &all, &at, &size, &length);
    assert_string_equal(text, again);
    hm_ptr_profile_free(handle);
}

static void a_fit_goes_by_address(void **state)
{
    (void)state;
    const int observe = 0, has_sigma = 0, n = N_GATE, run = 0, zero = 0, beyond = 99;
    unsigned char handle[HM_HANDLE_SIZE];
    given g;
    int code = -1, count = -1, rows = -1;
    double twin, plain, at_m[N_GATE], predicted[N_GATE], v[N_GATE];
    const char *const number = "mss_mps", *const name = "correct", *const table = "points",
                      *const column = "distance_m", *const air = "",
                      *const parameters = "parameters";
    hm_profile *p;
    assert_int_equal(hm_fit_times(gate_m, gate_s, NULL, N_GATE, mono_tc, &p, NULL, 0), HM_CODE_OK);
    give(&g);
    hm_ptr_fit(&observe, gate_m, gate_s, NULL, &has_sigma, &n, &mono_tc, handle, &g.text, &g.size,
               &code);
    assert_int_equal(code, HM_CODE_OK);
    assert_string_equal(g.text, "");
    hm_ptr_profile_count(handle, &count);
    assert_int_equal(count, 1);
    hm_ptr_profile_number(handle, &run, &number, &twin, &code);
    assert_int_equal(hm_profile_number(p, 0, number, &plain), HM_CODE_OK);
    assert_true(code == HM_CODE_OK && twin == plain);
    give(&g);
    hm_ptr_profile_text(handle, &run, &name, &g.text, &g.size, &g.length);
    assert_true(g.length == 2 && strcmp(g.text, "tc") == 0);
    hm_ptr_profile_rows(handle, &run, &table, &rows);
    assert_int_equal(rows, N_GATE);
    hm_ptr_profile_column_name(handle, &run, &table, &zero, &g.text, &g.size, &g.length);
    assert_string_equal(g.text, "distance_m");
    hm_ptr_profile_column_name(handle, &run, &table, &beyond, &g.text, &g.size, &g.length);
    assert_true(g.length == -1 && g.text[0] == '\0');
    hm_ptr_profile_column(handle, &run, &table, &column, at_m, &code);
    assert_memory_equal(at_m, gate_m, sizeof gate_m);
    hm_ptr_profile_row_name(handle, &run, &parameters, &zero, &g.text, &g.size, &g.length);
    assert_string_equal(g.text, "mss_mps");
    hm_ptr_profile_note(handle, &run, &beyond, &g.text, &g.size, &g.length);
    assert_int_equal(g.length, -1);
    hm_ptr_profile_predict(handle, &run, &air, gate_m, &n, predicted, v, &g.text, &g.size, &code);
    assert_int_equal(hm_profile_predict(p, 0, NULL, gate_m, N_GATE, at_m, NULL, NULL, 0), 0);
    assert_memory_equal(at_m, predicted, sizeof at_m);
    give(&g);
    hm_ptr_profile_json(handle, &run, &g.text, &g.size, &g.length);
    assert_int_equal(g.length, hm_profile_json(p, 0, NULL, 0));
    assert_int_equal(strlen(g.text), TEXT - 1);
    a_file_goes_by_address(p);
    hm_ptr_profile_free(handle);
    hm_ptr_profile_free(handle);
    hm_ptr_profile_count(handle, &count);
    assert_int_equal(count, 0);
    hm_profile_free(p);
}

static void a_failure_gives_code_message_and_no_handle(void **state)
{
    (void)state;
    const int observe = 0, has_sigma = 0, n = 1;
    const char *const path = "/nonexistent/gates.csv";
    unsigned char handle[HM_HANDLE_SIZE] = {1, 2, 3}, none[HM_HANDLE_SIZE] = {0};
    given g;
    int code = -1;
    give(&g);
    hm_ptr_fit(&observe, gate_m, gate_s, NULL, &has_sigma, &n, &mono_tc, handle, &g.text, &g.size,
               &code);
    assert_int_equal(code, HM_CODE_INPUT);
    assert_true(strlen(g.text) > 5);
    assert_memory_equal(handle, none, sizeof none);
    give(&g);
    hm_ptr_fit_file(&path, &mono_tc, handle, &g.text, &g.size, &code);
    assert_int_equal(code, HM_CODE_NOFILE);
    assert_non_null(strstr(g.text, path));
    give(&g);
    hm_ptr_profile_read(&path, handle, &g.text, &g.size, &code);
    assert_int_equal(code, HM_CODE_NOFILE);
    hm_ptr_code_text(&code, &g.text, &g.size, &g.length);
    assert_string_equal(g.text, hm_code_text(HM_CODE_NOFILE));
    hm_ptr_version(&g.text, &g.size, &g.length);
    assert_string_equal(g.text, hm_version());
    hm_ptr_fit_help(&g.text, &g.size, &g.length);
    assert_int_equal(g.length, hm_fit_help(NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_are_those_of_the_plain_functions),
        cmocka_unit_test(a_fit_goes_by_address),
        cmocka_unit_test(a_failure_gives_code_message_and_no_handle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
