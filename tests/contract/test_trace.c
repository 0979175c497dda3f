#include "ht.h"

#include <string.h>

#include "base/rng.h"
#include "data/race_file.h"
#include "data/trace.h"

/* Numbers of a struct that may be NAN, for comparing bit for bit. */
static void same_bits(const double *a, const double *b, int n)
{
    for (int i = 0; i < n; i++)
        if (!(isnan(a[i]) && isnan(b[i])))
            assert_memory_equal(&a[i], &b[i], sizeof *a);
}

static double draw(uint64_t seed, uint32_t *at, double lo, double hi)
{
    double u = hm_rng_unit(seed, HM_FOR_TEST, 1, 0, (*at)++);
    return hm_rng_unit(seed, HM_FOR_TEST, 2, 0, *at) < 0.3 ? (double)NAN : lo + (hi - lo) * u;
}

static hm_trace random_trace(uint64_t seed, hm_arena *a)
{
    uint32_t at = 0;
    hm_trace t = hm_trace_default();
    t.athlete = "小宮 \"K\"";
    t.device = "radar";
    t.time_zero = (hm_time_zero)(seed % HM_ZERO_COUNT);
    t.gate0_m = draw(seed, &at, 0, 1);
    t.reaction_s = draw(seed, &at, 0.1, 0.3);
    t.rounded_up_s = draw(seed, &at, 0.001, 0.1);
    t.mass_kg = draw(seed, &at, 20, 100);
    t.stature_m = draw(seed, &at, 1, 2);
    t.age_yr = draw(seed, &at, 6, 90);
    t.wind_mps = draw(seed, &at, -3, 3);
    t.altitude_m = draw(seed, &at, 0, 2300);
    t.temp_c = draw(seed, &at, 0, 40);
    t.pressure_pa = draw(seed, &at, 70e3, 105e3);
    t.n_obs = 1 + (int32_t)(seed % 40);
    t.obs = HM_PUSH(a, hm_obs, t.n_obs);
    for (int32_t i = 0; i < t.n_obs; i++) {
        hm_obs *o = &t.obs[i];
        o->kind = (hm_obs_kind)((seed + (uint64_t)i) % HM_OBS_KIND_COUNT);
        o->lane = i % 11;
        o->time_s = 10 * hm_rng_unit(seed, HM_FOR_TEST, 3, (uint32_t)i, 0);
        o->distance_m = o->kind <= HM_OBS_POSITION ? 3.7 * i : draw(seed, &at, 0, 100);
        o->speed_mps = o->kind == HM_OBS_SPEED ? 11.1 / (i + 1) : draw(seed, &at, 0, 12);
        o->sigma_m = draw(seed, &at, 0.001, 0.1);
        o->sigma_s = draw(seed, &at, 0.001, 0.1);
        o->sigma_mps = draw(seed, &at, 0.001, 0.1);
    }
    (void)hm_notes_add(&t.notes, a, "seed %d", (int)seed);
    return t;
}

static void random_traces_come_back_bit_for_bit(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 200; seed++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_err err = {0};
        hm_trace t = random_trace(seed, &a), back;
        char *text;
        size_t n;
        assert_int_equal(hm_trace_check(&t, &err), HM_OK);
        assert_int_equal(hm_trace_print(&t, &a, &text, &n, &err), HM_OK);
        assert_int_equal(hm_data_kind_of(text, n), HM_DATA_TRACE);
        assert_int_equal(hm_trace_parse("t.json", text, n, &a, &back, &err), HM_OK);
        assert_string_equal(back.athlete, t.athlete);
        assert_string_equal(back.device, t.device);
        assert_int_equal(back.time_zero, t.time_zero);
        same_bits(&t.gate0_m, &back.gate0_m, 10);
        assert_int_equal(back.n_obs, t.n_obs);
        for (int32_t i = 0; i < t.n_obs; i++) {
            assert_int_equal(back.obs[i].kind, t.obs[i].kind);
            assert_int_equal(back.obs[i].lane, t.obs[i].lane);
            same_bits(&t.obs[i].distance_m, &back.obs[i].distance_m, 6);
        }
        assert_int_equal(back.notes.n, 1);
        hm_arena_free(&a);
    }
}

#define HEAD                                                                                       \
    "{\"format\": \"hectometre-trace\", \"version\": 1, \"athlete\": \"\", \"run\": \"\", "        \
    "\"date\": \"\", \"device\": \"\", \"time_zero\": \"gun\", \"notes\": [], \"observations\": "

static void what_a_kind_needs_must_be_there(void **state)
{
    (void)state;
    static const struct {
        const char *obs, *field, *said;
    } bad[] = {
        {"[]}", "trace: observations", "found 0"},
        {"[{\"kind\": \"gate\", \"time_s\": 1}]}", "observation 1: distance_m", "found none"},
        {"[{\"kind\": \"speed\", \"time_s\": 1}]}", "observation 1: speed_mps", "found none"},
        {"[{\"kind\": \"gun\"}]}", "observation 1: time_s", "found none"},
        {"[{\"kind\": \"gate\", \"time_s\": 1, \"distance_m\": 1, \"sigma_s\": 0}]}",
         "observations[0].sigma_s", "found 0"},
        {"[{\"kind\": \"gate\", \"time_s\": 1, \"distance_m\": 1e9}]}",
         "observations[0].distance_m", "to 500"},
        {"[{\"kind\": \"gates\", \"time_s\": 1}]}", "observations[0].kind", "'gates'"},
        {"[{\"kind\": \"gun\", \"time_s\": 1, \"lane\": 11}]}", "observations[0].lane", "found 11"},
        {"[7]}", "observations[0]", "an object, found 7"},
        {"[{\"kind\": \"gun\", \"time_s\": 1}], \"pressure_pa\": 1013}", "pressure_pa",
         "from 40000 to 110000, found 1013"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_err err = {0};
        hm_trace t;
        char *text = hm_arena_printf(&a, "%s%s", HEAD, bad[i].obs);
        assert_int_equal(hm_trace_parse("t.json", text, strlen(text), &a, &t, &err), HM_ERR_INPUT);
        if (strcmp(err.field, bad[i].field) != 0 || !strstr(err.msg, bad[i].said))
            fail_msg("%s: %s: %s", bad[i].obs, err.field, err.msg);
        hm_arena_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_traces_come_back_bit_for_bit),
        cmocka_unit_test(what_a_kind_needs_must_be_there),
    };
    return cmocka_run_group_tests_name("contract/trace", tests, NULL, NULL);
}
