#include "ht.h"

#include <string.h>

#include "io/optab.h"

typedef struct trial_opts {
    uint32_t cookie;
    double wind_mps;
    int32_t n_run;
    uint64_t seed;
    bool fair;
    int32_t air;
    const char *label;
} trial_opts;

static const char *const air_word[] = {"density", "mureika", "observed", NULL};
static const char *const label_word[] = {"plain", NULL};

#define AT(field) offsetof(trial_opts, field)

static const hm_option trial_row[] = {
    {"wind_mps", AT(wind_mps), HM_OPTION_DOUBLE, "m/s", 0.5, -10, 10, NULL, "Wind from behind.",
     ""},
    {"n_run", AT(n_run), HM_OPTION_INT, "", 100, 1, 1e6, NULL, "How many races.", "own"},
    {"seed", AT(seed), HM_OPTION_SEED, "", 1, 0, 0, NULL, "Which world.", ""},
    {"fair", AT(fair), HM_OPTION_BOOL, "", 1, 0, 1, NULL, "The same air for all.", ""},
    {"air", AT(air), HM_OPTION_WORD, "", 2, 0, 0, air_word, "Law of altitude.", "sprint notes"},
    {"label", AT(label), HM_OPTION_TEXT, "", 0, 0, 0, label_word, "A name.", ""},
};

static const hm_option_table trial = {"trial", sizeof(trial_opts),
                                      sizeof trial_row / sizeof *trial_row, trial_row};

static trial_opts defaults(void)
{
    trial_opts o = {.cookie = 7};
    hm_option_defaults(&trial, &o);
    return o;
}

static void defaults_come_from_the_table_and_pass(void **state)
{
    (void)state;
    trial_opts o = defaults();
    assert_int_equal(o.cookie, 7);
    ht_near(o.wind_mps, 0.5, 0, 0);
    assert_int_equal(o.n_run, 100);
    assert_true(o.seed == 1 && o.fair && o.air == 2);
    assert_string_equal(o.label, "plain");
    hm_err err = {0};
    assert_int_equal(hm_option_check(&trial, &o, &err), HM_OK);
    o.wind_mps = NAN;
    assert_int_equal(hm_option_check(&trial, &o, &err), HM_ERR_USAGE);
    assert_string_equal(err.source, "trial");
    assert_string_equal(err.field, "wind_mps");
}

static void pairs_set_one_field(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    trial_opts o = defaults();
    hm_err err = {0};
    static const char *const pair[] = {"wind_mps=-1.5", "n_run=7",     "seed=9223372036854775807",
                                       "fair=false",    "air=mureika", "label=a=b"};
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
        assert_int_equal(hm_optab_set(&trial, &o, pair[i], &a, &err), HM_OK);
    ht_near(o.wind_mps, -1.5, 0, 0);
    assert_int_equal(o.n_run, 7);
    assert_true(o.seed == INT64_MAX && !o.fair && o.air == 1);
    assert_string_equal(o.label, "a=b");
    hm_arena_free(&a);
}

static void bad_pairs_are_refused_and_change_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *pair, *field, *said;
    } bad[] = {{"wind_mps", "", "key=value"},
               {"=3", "", "key=value"},
               {"wind_mp=3", "wind_mp", "did you mean 'wind_mps'?"},
               {"shoes=3", "shoes", "no such option"},
               {"wind_mps=11", "wind_mps", "from -10 to 10"},
               {"wind_mps=nan", "wind_mps", "'nan'"},
               {"wind_mps=", "wind_mps", "''"},
               {"n_run=1.5", "n_run", "whole number"},
               {"n_run=0", "n_run", "from 1"},
               {"seed=-1", "seed", "'-1'"},
               {"fair=maybe", "fair", "true or false"},
               {"air=thin", "air", "density, mureika, observed"}};
    hm_arena a;
    hm_arena_init(&a, 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        trial_opts o = defaults(), before = o;
        hm_err err = {0};
        assert_int_equal(hm_optab_set(&trial, &o, bad[i].pair, &a, &err), HM_ERR_USAGE);
        if (strcmp(err.field, bad[i].field) != 0 || !strstr(err.msg, bad[i].said))
            fail_msg("%s: %s: %s", bad[i].pair, err.field, err.msg);
        assert_memory_equal(&o, &before, sizeof o);
    }
    hm_arena_free(&a);
}

static void options_pass_through_json(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    trial_opts o = defaults(), back = defaults();
    o.wind_mps = 0.1 + 0.2;
    o.air = 0;
    o.fair = false;
    o.label = "小";
    hm_memory m = {.arena = &a};
    hm_json_out out = hm_json_out_make(hm_sink_memory(&m), &err);
    hm_optab_put(&out, NULL, &trial, &o);
    assert_int_equal(hm_json_finish(&out), HM_OK);
    const hm_json *v;
    assert_int_equal(hm_json_parse("o.json", m.bytes, m.n, &a, &v, &err), HM_OK);
    assert_int_equal(hm_optab_get(v, &trial, &back, &err), HM_OK);
    assert_true(back.wind_mps == o.wind_mps && back.air == 0 && !back.fair && back.n_run == 100);
    assert_string_equal(back.label, "小");
    static const char typo[] = "{\"wnd_mps\": 1}";
    assert_int_equal(hm_json_parse("o.json", typo, strlen(typo), &a, &v, &err), HM_OK);
    assert_int_equal(hm_optab_get(v, &trial, &back, &err), HM_ERR_INPUT);
    assert_non_null(strstr(err.msg, "did you mean 'wind_mps'"));
    hm_arena_free(&a);
}

static void help_names_each_option(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    char *text;
    assert_int_equal(hm_optab_help(&trial, "t.", &a, &text, &err), HM_OK);
    assert_non_null(strstr(text, "t.wind_mps=0.5 m/s, -10 to 10\n      Wind from behind.\n"));
    assert_non_null(strstr(text, "t.air=observed, density|mureika|observed"));
    assert_non_null(strstr(text, "Law of altitude. (sprint notes)"));
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_come_from_the_table_and_pass),
        cmocka_unit_test(pairs_set_one_field),
        cmocka_unit_test(bad_pairs_are_refused_and_change_nothing),
        cmocka_unit_test(options_pass_through_json),
        cmocka_unit_test(help_names_each_option),
    };
    return cmocka_run_group_tests_name("io/optab", tests, NULL, NULL);
}
