#include "rule_cases.h"

#include "base/rng.h"
#include "race/rounds.h"

static void zigzag_case(const char *input, const char *want)
{
    int n_seed, n_heat;
    char letter, got[200] = "";
    assert_int_equal(sscanf(input, "seeds=%d heats=%d heat=%c", &n_seed, &n_heat, &letter), 3);
    for (int s = 0; s < n_seed; s++)
        if (hm_zigzag_heat(s, n_heat) == letter - 'A')
            snprintf(got + strlen(got), sizeof got - strlen(got), "%s%d", got[0] ? " " : "", s + 1);
    assert_string_equal(got, want);
}

/* Worked cases 8 and 9: TR20.3.3. */
static void seeds_are_spread_in_zigzag(void **state)
{
    (void)state;
    assert_int_equal(rule_cases("zigzag_heat", zigzag_case), 5);
}

static int32_t pairs(int32_t n, const int32_t team[], const int32_t heat[])
{
    int32_t k = 0;
    for (int32_t a = 0; a < n; a++)
        for (int32_t b = 0; b < a; b++)
            k += team[a] >= 0 && team[a] == team[b] && heat[a] == heat[b];
    return k;
}

static void nearest_seed_of_the_row_changes_with_the_worse_of_a_pair(void **state)
{
    (void)state;
    /* three heats: 1 6 | 2 5 | 3 4; seeds 2 and 5 are of one team: 5 changes with 4 before 6 */
    const int32_t team[] = {-1, 7, -1, -1, 7, -1};
    hm_arena a;
    hm_arena_init(&a, 0);
    int32_t heat[6], n_swap;
    hm_swap *swap;
    assert_int_equal(hm_heats_zigzag(6, team, 3, &a, heat, &swap, &n_swap, NULL), HM_OK);
    assert_int_equal(n_swap, 1);
    assert_true(swap[0].seed == 4 && swap[0].with == 3);
    assert_true(heat[4] == 2 && heat[3] == 1);
    hm_arena_free(&a);
}

static void all_of_one_team_stay_where_they_are(void **state)
{
    (void)state;
    const int32_t team[9] = {0};
    hm_arena a;
    hm_arena_init(&a, 0);
    int32_t heat[9], n_swap;
    hm_swap *swap;
    assert_int_equal(hm_heats_zigzag(9, team, 3, &a, heat, &swap, &n_swap, NULL), HM_OK);
    assert_int_equal(n_swap, 0);
    hm_arena_free(&a);
}

/* Random fields of 1 .. 200: sizes, rows, pairs. */
static void swaps_keep_rows_and_sizes_and_only_lower_pairs(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 400; k++) {
        hm_draw4 d = hm_rng(11, HM_FOR_TEST, k, 0, 0);
        int32_t n = 1 + (int32_t)(d.u[0] % 200), n_team = 1 + (int32_t)(d.u[1] % 30);
        int32_t n_heat = (n + 7) / 8 + (int32_t)(d.u[2] % 3);
        n_heat = n_heat < n ? n_heat : n;
        int32_t team[200], heat[200], plain[200], size[64] = {0}, n_swap;
        for (int32_t s = 0; s < n; s++) {
            team[s] = (int32_t)(hm_rng(12, HM_FOR_TEST, k, (uint32_t)s, 0).u[0] %
                                (uint32_t)(n_team + 1)) -
                      1;
            plain[s] = hm_zigzag_heat(s, n_heat);
        }
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_swap *swap;
        assert_int_equal(hm_heats_zigzag(n, team, n_heat, &a, heat, &swap, &n_swap, NULL), HM_OK);
        int32_t least = n, most = 0;
        for (int32_t s = 0; s < n; s++)
            size[heat[s]]++;
        for (int32_t h = 0; h < n_heat; h++) {
            least = size[h] < least ? size[h] : least;
            most = size[h] > most ? size[h] : most;
        }
        assert_true(most - least <= 1);
        for (int32_t row = 0; row < n; row += n_heat) { /* each row in each heat once */
            uint64_t seen = 0;
            for (int32_t s = row; s < row + n_heat && s < n; s++)
                seen |= UINT64_C(1) << heat[s];
            assert_int_equal(__builtin_popcountll(seen), n - row < n_heat ? n - row : n_heat);
        }
        int32_t before = pairs(n, team, plain), after = pairs(n, team, heat);
        assert_true(after <= before - n_swap && (n_swap > 0 || after == before));
        hm_arena_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seeds_are_spread_in_zigzag),
        cmocka_unit_test(nearest_seed_of_the_row_changes_with_the_worse_of_a_pair),
        cmocka_unit_test(all_of_one_team_stay_where_they_are),
        cmocka_unit_test(swaps_keep_rows_and_sizes_and_only_lower_pairs),
    };
    return cmocka_run_group_tests_name("race/heats", tests, NULL, NULL);
}
