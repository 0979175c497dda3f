#include "rule_cases.h"

#include "io/number.h"
#include "race/rounds.h"

static int32_t whole(const char *text)
{
    int64_t v = 0;
    if (text[0])
        assert_int_equal(hm_number_parse_int(text, &v), HM_NUMBER_OK);
    return (int32_t)v;
}

static hm_rules rules_of(const char *table, int32_t lanes)
{
    hm_rules r = hm_rules_default();
    r.track_lanes = lanes;
    if (strncmp(table, "WMA", 3) == 0)
        r.progression = HM_PROGRESSION_WMA_2025;
    if (strcmp(table, "WPA2024_T11_12") == 0) {
        r.lane_scheme = HM_SCHEME_WPA_2024_VI;
        r.track_lanes = 8;
    }
    return r;
}

static void every_row_of_the_tables_is_followed(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = rule_table(&a, "HM_DATA_DIR", "rules/progression_tables.csv");
    assert_true(csv.n_row > 150);
    for (int32_t i = 0; i < csv.n_row; i++) {
        const hm_csv_cell *c = csv.row[i].cell; /* table lanes from to round heats place time */
        hm_rules rules = rules_of(c[0].text, whole(c[1].text));
        for (int32_t n = whole(c[2].text); n <= whole(c[3].text); n++) {
            hm_program p;
            hm_round_plan *found = NULL;
            assert_int_equal(hm_program_make(&rules, n, &p, NULL), HM_OK);
            assert_string_equal(p.table, c[0].text);
            assert_int_equal(p.per_heat, whole(c[1].text));
            for (int32_t k = 0; k < p.n_round; k++)
                if (strcmp(p.round[k].code, c[4].text) == 0)
                    found = &p.round[k];
            assert_non_null(found);
            assert_true(found->n_heat == whole(c[5].text) && found->by_place == whole(c[6].text) &&
                        found->by_time == whole(c[7].text));
        }
    }
    hm_arena_free(&a);
}

/* The fields of every table and of own rows: a round holds its field, fills the next, ends in one
 * heat. */
static void any_field_on_any_track_comes_to_one_final(void **state)
{
    (void)state;
    for (int32_t lanes = 2; lanes <= HM_LANE_MAX; lanes++)
        for (int32_t kind = 0; kind < 3; kind++)
            for (int32_t n = 1; n <= HM_ENTRY_MAX; n += n < 300 ? 1 : 97) {
                hm_rules rules = hm_rules_default();
                rules.track_lanes = lanes;
                rules.progression = kind == 0   ? HM_PROGRESSION_AUTO
                                    : kind == 1 ? HM_PROGRESSION_OWN
                                                : HM_PROGRESSION_WMA_2025;
                hm_program p;
                if (hm_program_make(&rules, n, &p, NULL) != HM_OK) {
                    assert_true(kind == 2 && lanes != 6 && lanes != 8 && lanes != 9);
                    continue;
                }
                int32_t field = n;
                for (int32_t i = 0; i < p.n_round; i++) {
                    const hm_round_plan *r = &p.round[i];
                    assert_true(field <= r->n_heat * p.per_heat && r->n_heat >= 1);
                    if (i + 1 == p.n_round) {
                        assert_int_equal(r->n_heat, 1);
                        assert_string_equal(r->code, "F");
                        break;
                    }
                    int32_t through = r->n_heat * r->by_place + r->by_time;
                    assert_true(r->by_place >= 1 && r->by_time >= 0 && through < field);
                    assert_true(through <= p.round[i + 1].n_heat * p.per_heat);
                    assert_true(strcmp(r->code, "F") != 0);
                    field = through;
                }
            }
}

static void beyond_its_table_a_field_gets_own_rows_and_says_so(void **state)
{
    (void)state;
    hm_rules rules = hm_rules_default();
    hm_program p;
    assert_int_equal(hm_program_make(&rules, 112, &p, NULL), HM_OK);
    assert_false(p.beyond);
    assert_int_equal(hm_program_make(&rules, 113, &p, NULL), HM_OK);
    assert_true(p.beyond);
    assert_string_equal(p.table, "own");
}

static void a_table_for_other_lanes_is_refused(void **state)
{
    (void)state;
    hm_rules rules = hm_rules_default();
    hm_program p;
    hm_err err = {0};
    rules.track_lanes = 6;
    rules.progression = HM_PROGRESSION_WPA_2024;
    assert_int_equal(hm_program_make(&rules, 20, &p, &err), HM_ERR_USAGE);
    assert_string_equal(err.field, "progression");
}

/* TR39.7: groups of five or more where possible, never under three. */
static void combined_events_run_one_round(void **state)
{
    (void)state;
    hm_rules rules = hm_rules_default();
    assert_int_equal(hm_rules_preset("combined", &rules, NULL), HM_OK);
    for (int32_t n = 3; n <= 60; n++) {
        hm_program p;
        int32_t heat[64], size[16] = {0};
        assert_int_equal(hm_program_make(&rules, n, &p, NULL), HM_OK);
        assert_int_equal(p.n_round, 1);
        hm_heats_similar(n, p.round[0].n_heat, heat);
        for (int32_t i = 0; i < n; i++)
            size[heat[i]]++;
        for (int32_t h = 0; h < p.round[0].n_heat; h++)
            assert_true(size[h] >= (n >= 10 ? 5 : 3) && size[h] <= 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_the_tables_is_followed),
        cmocka_unit_test(any_field_on_any_track_comes_to_one_final),
        cmocka_unit_test(beyond_its_table_a_field_gets_own_rows_and_says_so),
        cmocka_unit_test(a_table_for_other_lanes_is_refused),
        cmocka_unit_test(combined_events_run_one_round),
    };
    return cmocka_run_group_tests_name("race/program", tests, NULL, NULL);
}
