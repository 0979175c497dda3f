#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "sprint/force_velocity.h"

/* ---- the table: one row a value of one call of R's shorts ---- */

enum { MOST = 8 };

/* "name(c(1,2), 8, 9, key=3)": vector, plain and named arguments. */
typedef struct call {
    char name[64];
    double at[MOST], plain[MOST];
    int n_at, n_plain;
    const char *text;
} call;

static double named(const call *c, const char *key, double otherwise)
{
    char with[32];
    snprintf(with, sizeof with, "%s=", key);
    const char *found = strstr(c->text, with);
    return found ? strtod(found + strlen(with), NULL) : otherwise;
}

/* Numbers from s until one of the closing marks; names before = are skipped with their numbers. */
static void numbers(const char *s, double to[], int *n)
{
    while (*s && *s != ')') {
        char *end;
        double v = strtod(s, &end);
        if (end == s) { /* a name: to the next comma */
            while (*s && *s != ',' && *s != ')')
                s++;
        } else {
            to[(*n)++] = v;
            s = end;
        }
        while (*s == ',' || *s == ' ')
            s++;
    }
}

static call parsed(const char *text)
{
    call c = {.text = text};
    const char *open = strchr(text, '(');
    assert_non_null(open);
    snprintf(c.name, sizeof c.name, "%.*s", (int)(open - text), text);
    const char *vector = strstr(text, "c("), *rest = open + 1;
    if (vector && (vector[-1] == '(' || vector[-1] == '=')) {
        numbers(vector + 2, c.at, &c.n_at);
        rest = vector[-1] == '(' ? strchr(vector, ')') + 2 : rest;
    }
    numbers(rest, c.plain, &c.n_plain);
    return c;
}

/* As the reference is called: 75 kg, 1.75 m, 760 Torr, 25 C unless told. */
static hm_fv_load load_of(const call *c)
{
    hm_air air = {named(c, "wind_velocity", 0), 0, 25, 101325};
    hm_fv_load l = hm_fv_load_of(&air, named(c, "bodymass", 75), named(c, "bodyheight", 1.75));
    l.inertia_kg = named(c, "inertia", 0);
    l.resistance_n = named(c, "resistance", 0);
    return l;
}

static double line_value(const call *c, const hm_fv_load *l, const hm_fv *p, const char *output)
{
    (void)c;
    if (strcmp(output, "bodymass") == 0)
        return l->mass_kg;
    if (strncmp(output, "F0_rel", 6) == 0)
        return p->f0_n / l->mass_kg;
    if (strncmp(output, "F0", 2) == 0)
        return p->f0_n;
    if (strncmp(output, "V0", 2) == 0)
        return p->v0_mps;
    if (strncmp(output, "Pmax_rel", 8) == 0)
        return p->pmax_w / l->mass_kg;
    if (strncmp(output, "Pmax", 4) == 0)
        return p->pmax_w;
    return p->slope_n_s_per_m_kg;
}

static double drag_value(const call *c)
{
    const double *a = c->plain; /* v, mass, stature, Torr, C, wind */
    hm_air air = {a[5], 0, a[4], a[3] / 760 * 101325};
    hm_fv_load l = hm_fv_load_of(&air, a[1], a[2]);
    return hm_fv_drag_n(&l, a[0]);
}

/* predict_X_at_Y(c(...), MSS, MAC) */
static double predicted(const call *c, const hm_fv_load *l, const hm_mono *m, double at)
{
    const char *what = c->name + strlen("predict_"), *by = strstr(what, "_at_") + 4;
    double t = strcmp(by, "time") == 0 ? at : (double)NAN, v;
    if (strcmp(by, "distance") == 0)
        t = hm_mono_time_s(m, at);
    v = strcmp(by, "velocity") == 0 ? at : hm_mono_v_mps(m, t);
    if (strncmp(what, "velocity", 8) == 0)
        return v;
    if (strncmp(what, "distance", 8) == 0)
        return hm_mono_x_m(m, t);
    if (strncmp(what, "acceleration", 12) == 0)
        return hm_mono_a_mps2(m, v);
    if (strncmp(what, "time", 4) == 0)
        return t;
    return strncmp(what, "force", 5) == 0 ? hm_fv_force_n(l, m, v) : hm_fv_power_w(l, m, v);
}

static double found(const call *c, const hm_fv_load *l, const hm_mono *m, const char *output)
{
    const char *what = c->name + strlen("find_");
    double share = named(c, "percent", c->plain[2]);
    hm_fv_moment at;
    if (strncmp(what, "power_critical", 14) == 0) {
        hm_fv_moment to;
        hm_fv_power_span(l, m, share, &at, &to);
        at = strcmp(output, "upper") == 0 ? to : at;
    } else if (strncmp(what, "peak_power", 10) == 0) {
        at = hm_fv_peak(l, m);
        if (strcmp(output, "peak_power") == 0)
            return at.power_w;
    } else {
        at = strncmp(what, "velocity", 8) == 0 ? hm_fv_speed_at(l, m, share)
                                               : hm_fv_acceleration_at(l, m, share);
    }
    return strstr(what, "time") ? at.time_s : at.x_m;
}

static double gates(const call *c, int i)
{
    hm_mono m = {named(c, "MSS", NAN), named(c, "MAC", NAN)};
    double fd = named(c, "FD", 0);
    return hm_mono_time_s(&m, c->at[i] + fd) - hm_mono_time_s(&m, fd) + named(c, "TC", 0);
}

static double radar_man(const char *output)
{
    const hm_mono m = {9.20667822, 6.91659243};
    hm_fv_load l = hm_fv_load_of(&(hm_air){0, 0, 25, 101325}, 75, 1.72);
    hm_fv line = hm_fv_regression(&l, &m, 6);
    if (strcmp(output, "rf_max_frac") == 0)
        return hm_fv_ratio_of(&l, &m, 6).rf_max_frac;
    if (strncmp(output, "drf", 3) == 0)
        return hm_fv_ratio_of(&l, &m, strstr(output, "4.93") ? 4.93 : 6).drf_per_mps;
    return strncmp(output, "F0", 2) == 0   ? line.f0_n
           : strncmp(output, "V0", 2) == 0 ? line.v0_mps
                                           : line.pmax_w;
}

static double computed(const char *text, const char *output)
{
    if (strncmp(text, "jb_morin", 8) == 0)
        return radar_man(output);
    call c = parsed(text);
    hm_fv_load l = load_of(&c);
    int i = atoi(output) > 0 ? atoi(output) - 1 : 0;
    hm_mono m = {named(&c, "MSS", c.plain[0]), named(&c, "MAC", c.plain[1])};
    if (strcmp(c.name, "get_air_resistance") == 0)
        return drag_value(&c);
    if (strcmp(c.name, "create_timing_gates_splits") == 0)
        return gates(&c, i);
    if (strcmp(c.name, "predict_work_till_time") == 0)
        return hm_fv_work_j(&l, &m, c.plain[0]);
    if (strcmp(c.name, "predict_work_till_distance") == 0)
        return hm_fv_work_j(&l, &m, hm_mono_time_s(&m, c.plain[0]));
    if (strcmp(c.name, "create_FVP") == 0) {
        hm_fv p = hm_fv_of(&l, &m);
        return line_value(&c, &l, &p, output);
    }
    if (strcmp(c.name, "convert_FVP") == 0) {
        hm_mono back = hm_fv_mono(&l, c.plain[0], c.plain[1]);
        return strcmp(output, "MSS") == 0 ? back.mss_mps : back.mac_mps2;
    }
    if (strcmp(c.name, "predict_time_at_distance_FV") == 0) {
        hm_mono back = hm_fv_mono(&l, c.plain[0], c.plain[1]);
        return hm_mono_time_s(&back, c.at[i]);
    }
    return strncmp(c.name, "find_", 5) == 0 ? found(&c, &l, &m, output)
                                            : predicted(&c, &l, &m, c.at[i]);
}

/* One row: a quoted call or a plain one, output, value, what shorts prints, "rel tolerance". */
static void check_row(char *row, double *worst)
{
    char *call_text = row + (*row == '"'), *end = strchr(call_text, *row == '"' ? '"' : ',');
    char *output = end + 1 + (*row == '"'), *value = strchr(output, ',') + 1;
    *end = '\0';
    value[-1] = '\0';
    double want = strtod(value, NULL), rel = strtod(strstr(value, ",rel ") + 5, NULL);
    double got = computed(call_text, output);
    double off = fabs(got - want) / (want != 0 ? fabs(want) * rel : 1e-12);
    if (!(off <= 1))
        fail_msg("%s %s: %.15g, want %.15g", call_text, output, got, want);
    *worst = fmax(*worst, off);
}

static void every_value_of_the_reference_is_met(void **state)
{
    (void)state;
    char path[1024], row[512];
    snprintf(path, sizeof path, "%s/shorts_golden_functions.csv", getenv("HM_TEST_DATA_DIR"));
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    int n = 0;
    double worst = 0;
    while (fgets(row, sizeof row, f)) {
        if (row[0] == '#' || strncmp(row, "call,", 5) == 0)
            continue;
        check_row(row, &worst);
        n++;
    }
    fclose(f);
    assert_int_equal(n, 113);
    print_message("# worst of %d: %.2g of its tolerance\n", n, worst);
}

/* ---- what must hold of all runners ---- */

static const hm_mono runner[] = {{8, 9}, {11.627, 9.302}, {5.5, 6}, {9.2, 6.9}};
static const hm_fv_load loads[] = {
    {75, 0.27, 0, 0, 0},   {75, 0.27, 2, 0, 0}, {75, 0.27, -3, 0, 0}, {40, 0.2, 6.5, 0, 0},
    {80, 0.28, 1, 12, 60}, {75, 0, 0, 0, 0},    {75, 0.27, 12, 0, 0}};
enum { N_RUNNER = sizeof runner / sizeof *runner, N_LOAD = sizeof loads / sizeof *loads };

static void work_is_the_integral_of_power(void **state)
{
    (void)state;
    for (int i = 0; i < N_RUNNER; i++)
        for (int k = 0; k < N_LOAD; k++) {
            const double end_s = 6, h = end_s / 20000;
            double sum = 0; /* midpoint rule, error ~ h^2 / 24 */
            for (int n = 0; n < 20000; n++)
                sum +=
                    hm_fv_power_w(&loads[k], &runner[i], hm_mono_v_mps(&runner[i], (n + 0.5) * h));
            ht_near(hm_fv_work_j(&loads[k], &runner[i], end_s), sum * h, 0, 1e-6);
        }
}

static void the_profile_goes_back_to_the_run(void **state)
{
    (void)state;
    for (int i = 0; i < N_RUNNER; i++)
        for (int k = 0; k < N_LOAD; k++) {
            hm_fv p = hm_fv_of(&loads[k], &runner[i]);
            hm_mono back = hm_fv_mono(&loads[k], p.f0_n, p.v0_mps);
            ht_near(back.mss_mps, runner[i].mss_mps, 0, 1e-12);
            ht_near(back.mac_mps2, runner[i].mac_mps2, 0, 1e-12);
        }
}

static void no_moment_has_more_power_than_the_peak(void **state)
{
    (void)state;
    for (int i = 0; i < N_RUNNER; i++)
        for (int k = 0; k < N_LOAD; k++) {
            const hm_mono *m = &runner[i];
            hm_fv_moment peak = hm_fv_peak(&loads[k], m), from, to;
            hm_fv_power_span(&loads[k], m, 0.8, &from, &to);
            for (double v = 0; v < m->mss_mps; v += 0.01)
                assert_true(hm_fv_power_w(&loads[k], m, v) <= peak.power_w * (1 + 1e-12));
            ht_near(from.power_w, 0.8 * peak.power_w, 0, 1e-12);
            assert_true(from.v_mps < peak.v_mps && peak.v_mps <= to.v_mps);
        }
}

static void a_sled_that_costs_most_at_the_end_has_its_peak_there(void **state)
{
    (void)state;
    const hm_fv_load sled = {75, 0.27, 0, 20, 600};
    hm_fv_moment peak = hm_fv_peak(&sled, &(hm_mono){6, 3}), from, to;
    assert_true(peak.v_mps == 6 && isinf(peak.time_s) && isinf(peak.x_m));
    hm_fv_power_span(&sled, &(hm_mono){6, 3}, 0.9, &from, &to);
    assert_true(isfinite(from.time_s) && isinf(to.time_s));
}

static void unknown_weather_is_that_of_the_convention(void **state)
{
    (void)state;
    hm_air none = {NAN, NAN, NAN, NAN}, told = {0, 0, 25, 101325};
    hm_fv_load a = hm_fv_load_of(&none, 75, 1.72), b = hm_fv_load_of(&told, 75, 1.72);
    ht_near(a.drag_kg_per_m, b.drag_kg_per_m, 0, 1e-15);
    assert_true(a.wind_mps == 0);
}

static void a_line_through_a_run_without_air_is_its_own(void **state)
{
    (void)state;
    const hm_fv_load airless = {70, 0, 0, 0, 0};
    hm_fv p = hm_fv_regression(&airless, &runner[0], 6);
    ht_near(p.f0_n, 70 * 9, 0, 1e-12);
    ht_near(p.v0_mps, 8, 0, 1e-12);
    ht_near(p.slope_n_s_per_m_kg, -9.0 / 8, 0, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_of_the_reference_is_met),
        cmocka_unit_test(work_is_the_integral_of_power),
        cmocka_unit_test(the_profile_goes_back_to_the_run),
        cmocka_unit_test(no_moment_has_more_power_than_the_peak),
        cmocka_unit_test(a_sled_that_costs_most_at_the_end_has_its_peak_there),
        cmocka_unit_test(unknown_weather_is_that_of_the_convention),
        cmocka_unit_test(a_line_through_a_run_without_air_is_its_own),
    };
    return cmocka_run_group_tests_name("sprint/force velocity", tests, NULL, NULL);
}
