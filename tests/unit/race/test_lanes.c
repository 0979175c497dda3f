#include "rule_cases.h"

#include "race/rounds.h"

static bool is_in(int32_t lane, const char *list)
{
    char want[8];
    snprintf(want, sizeof want, "%d", lane);
    for (const char *at = list; *at; at += strspn(at, " ")) {
        size_t n = strcspn(at, " /");
        if (n == strlen(want) && strncmp(at, want, n) == 0)
            return true;
        at += strcspn(at, " ");
    }
    return false;
}

static bool rules_of(const char *scheme, const char *event, int32_t lanes, hm_rules *r)
{
    *r = hm_rules_default();
    r->track_lanes = lanes;
    if (strcmp(event, "straight") != 0 && strcmp(event, "all") != 0)
        return false; /* 200 m and 400 m are not run here */
    if (strcmp(scheme, "iaaf_2019") == 0)
        r->lane_scheme = HM_SCHEME_IAAF_2019;
    if (strcmp(scheme, "wpa_2024_vi") == 0)
        r->lane_scheme = HM_SCHEME_WPA_2024_VI;
    return true;
}

static int32_t size_of(const char *scheme, int32_t lanes)
{
    return strcmp(scheme, "wpa_2024_vi") == 0                ? 4
           : strcmp(scheme, "wa_2025_9lanes_8athletes") == 0 ? 8
                                                             : lanes;
}

/* Every row for the straight of data/rules/lane_draw.csv, whatever the lots. */
static void ranks_draw_the_lanes_of_the_table(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = rule_table(&a, "HM_DATA_DIR", "rules/lane_draw.csv");
    int n_row = 0;
    for (int32_t i = 0; i < csv.n_row; i++) {
        const hm_csv_cell *c = csv.row[i].cell; /* scheme event lanes draw from to lanes */
        hm_rules rules;
        int32_t lanes = atoi(c[2].text), from = atoi(c[4].text), to = atoi(c[5].text);
        if (!rules_of(c[0].text, c[1].text, lanes, &rules))
            continue;
        n_row++;
        for (uint64_t seed = 0; seed < 40; seed++) {
            uint64_t lot[HM_LANE_MAX];
            int32_t lane[HM_LANE_MAX], n = size_of(c[0].text, lanes);
            for (int32_t k = 0; k < n; k++)
                lot[k] = hm_lot(seed, 1, 2, (uint64_t)k);
            hm_lanes_draw(&rules, true, n, lot, lane);
            for (int32_t rank = from; rank <= to; rank++)
                if (!is_in(lane[rank - 1], c[6].text))
                    fail_msg("%s: rank %d in lane %d, not of %s", c[0].text, rank, lane[rank - 1],
                             c[6].text);
        }
    }
    assert_true(n_row >= 20);
    hm_arena_free(&a);
}

/* Worked case 15 and docs/rules.md 7.5: 1-4 in 3-6, 5 and 6 in 7 and 8. */
static void six_on_eight_lanes_leave_the_inside_empty(void **state)
{
    (void)state;
    hm_rules rules = hm_rules_default();
    for (uint64_t seed = 0; seed < 40; seed++) {
        uint64_t lot[6];
        int32_t lane[6];
        for (uint64_t k = 0; k < 6; k++)
            lot[k] = hm_lot(seed, 1, 2, k);
        hm_lanes_draw(&rules, true, 6, lot, lane);
        for (int32_t k = 0; k < 6; k++)
            assert_true(k < 4 ? lane[k] >= 3 && lane[k] <= 6 : lane[k] >= 7 && lane[k] <= 8);
    }
}

static void each_lane_is_drawn_once_and_the_inside_stays_empty(void **state)
{
    (void)state;
    for (int32_t lanes = 2; lanes <= HM_LANE_MAX; lanes++)
        for (int32_t n = 1; n <= lanes; n++)
            for (int by_rank = 0; by_rank < 2; by_rank++) {
                hm_rules rules = hm_rules_default();
                rules.track_lanes = lanes;
                uint64_t lot[HM_LANE_MAX];
                int32_t lane[HM_LANE_MAX];
                uint32_t seen = 0;
                for (int32_t k = 0; k < n; k++)
                    lot[k] = hm_lot(3, 1, 2, (uint64_t)(k + 100 * n));
                hm_lanes_draw(&rules, by_rank, n, lot, lane);
                for (int32_t k = 0; k < n; k++)
                    seen |= 1u << lane[k];
                /* TR20.4 note iii: lanes - n + 1 .. lanes */
                assert_int_equal(seen, ((1u << n) - 1) << (lanes - n + 1));
            }
}

static void lots_are_fair_and_keyed_by_who(void **state)
{
    (void)state;
    hm_rules rules = hm_rules_default();
    int count[9] = {0};
    for (uint64_t seed = 0; seed < 4000; seed++) {
        uint64_t lot[8];
        int32_t lane[8];
        for (uint64_t k = 0; k < 8; k++)
            lot[k] = hm_lot(seed, 0, 2, k);
        hm_lanes_draw(&rules, false, 8, lot, lane);
        count[lane[0]]++;
    }
    for (int l = 1; l <= 8; l++) /* 500 each, sd 21 */
        assert_in_range(count[l], 500 - 5 * 21, 500 + 5 * 21);
    assert_true(hm_lot(1, 0, 2, 7) == hm_lot(1, 0, 2, 7));
    assert_true(hm_lot(1, 0, 2, 7) != hm_lot(1, 0, 3, 7) &&
                hm_lot(1, 0, 2, 7) != hm_lot(1, 1, 2, 7));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_draw_the_lanes_of_the_table),
        cmocka_unit_test(six_on_eight_lanes_leave_the_inside_empty),
        cmocka_unit_test(each_lane_is_drawn_once_and_the_inside_stays_empty),
        cmocka_unit_test(lots_are_fair_and_keyed_by_who),
    };
    return cmocka_run_group_tests_name("race/lanes", tests, NULL, NULL);
}
