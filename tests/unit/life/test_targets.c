#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "life/targets.h"

static int with_arena(void **state)
{
    static hm_arena a;
    hm_arena_init(&a, 1 << 16);
    *state = &a;
    return 0;
}

static int without_arena(void **state)
{
    hm_arena_free(*state);
    return 0;
}

static void the_table_is_the_file(void **state)
{
    char path[1024], row[512];
    int32_t n, n_row = -1;
    hm_target *t;
    assert_int_equal(hm_targets_read(*state, &n, &t, NULL), HM_OK);
    snprintf(path, sizeof path, "%s/life/validation_targets.csv", getenv("HM_DATA_DIR"));
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(row, sizeof row, f))
        n_row++;
    fclose(f);
    assert_int_equal(n, n_row);
    assert_string_equal(t[0].group, "boys 6");
    ht_near(t[0].value, 11.44, 0, 0);
    ht_near(t[0].lo, 11.154, 0, 0);
    for (int32_t i = 0; i < n; i++)
        assert_true(isfinite(t[i].lo) && (isfinite(t[i].hi) || strcmp(t[i].id, "T9") == 0));
}

/* Three classes by hand; person k of class c runs 11 + c/10 + k/100 at every age. */
static hm_class *by_hand(void)
{
    hm_class *c = calloc(3, sizeof *c);
    assert_non_null(c);
    for (int i = 0; i < 3; i++) {
        c[i].people = 100;
        for (int a = 0; a < HM_CLASS_AGES; a++) {
            c[i].year[a].n_list = 30;
            for (int k = 0; k < 30; k++)
                c[i].year[a].list[k] =
                    (hm_listed){.person = (uint32_t)k, .sb_us = 11000000 + 100000 * i + 10000 * k};
        }
    }
    return c;
}

static void the_best_of_a_season_come_from_all_its_classes(void **state)
{
    hm_class *c = by_hand();
    hm_ever one, two;
    /* one age: each season is one class, so 5 of each are ever among the best 5 */
    assert_int_equal(hm_ever_listed(3, c, 15, 15, 5, *state, &one, NULL), HM_OK);
    assert_int_equal(one.n, 15);
    /* two ages: classes (0, 2), (1, 0), (2, 1) meet; class 0 is 0.1 s before 1, that before 2:
     * the best 5 are all of the faster class, so only classes 0 and 1 are ever listed */
    assert_int_equal(hm_ever_listed(3, c, 15, 16, 5, *state, &two, NULL), HM_OK);
    assert_int_equal(two.n, 10);
    for (int32_t k = 0; k < two.n; k++)
        assert_int_equal(two.who[k] >> 32, k / 5);
    assert_int_equal(hm_ever_both(&one, &two), 10);
    assert_int_equal(hm_ever_both(&two, &two), 10);
    free(c);
}

static void figures_of_hand_made_classes_come_out(void **state)
{
    enum { N = 3 };
    hm_class *c = by_hand();
    for (int i = 0; i < N; i++) {
        for (int32_t a = 13; a <= 22; a++)
            c[i].year[a - 6].member = a <= 15 ? 1000 : a <= 18 ? 600 : 60;
        c[i].people = 10000;
        for (int32_t a = 11; a <= 18; a++) {
            c[i].year[a - 6].member_timing[0] = 50;
            c[i].year[a - 6].member_timing[2] = 20;
        }
        hm_class_year *y = &c[i].year[20 - 6];
        y->season = 200;
        y->season_injured = 120;
        y->season_hamstring = 50;
        y->injury = 150;
        y->injury_long = 60;
        y->n_spread = 100;
        y->spread_var = 100 * 0.009 * 0.009;
        for (int k = 0; k < 30; k++) /* of thirty, 12 in the first quarter, 8 in the last */
            for (int a = 13; a <= HM_CLASS_LAST_AGE; a++)
                c[i].year[a - 6].list[k].birth_frac = k < 12 ? 0.1f : k < 20 ? 0.9f : 0.4f;
        y->rival_base = 300;
        y->rival_any = 150;
        y->rival_sum = 450;
        c[i].year[18 - 6].early_us = 10600000 + 10000 * i;
        c[i].year[17 - 6].early_us = c[i].year[16 - 6].early_us = 11000000;
        c[i].year[14 - 6].n_trial[1] = c[i].year[14 - 6].n_trial[2] = 10;
        c[i].year[14 - 6].trial_s[1] = 130;
        c[i].year[14 - 6].trial_s[2] = 132;
        c[i].grown = 31;
        c[i].speed_n = 1;
    }
    hm_target_worlds w = {
        .n_large = N,
        .n_middle = N,
        .n_small = N,
        .n_women = N,
        .n_small_women = N,
        .large = c,
        .middle = c,
        .small = c,
        .women = c,
        .small_women = c,
        .params = {hm_life_params_default(HM_SEX_MEN), hm_life_params_default(HM_SEX_WOMEN)},
        .seed = 1,
        .n_survey = 100};
    int32_t n;
    hm_target *t;
    assert_int_equal(hm_targets_read(*state, &n, &t, NULL), HM_OK);
    assert_int_equal(hm_targets_measure(&w, n, t, *state, NULL), HM_OK);
    const struct {
        const char *id, *quantity, *group;
        double want;
    } row[] = {
        {"T4", "", "", 10.61},
        {"T5", "", "boys junior high grade 2", 13.1},
        {"T6", "retention, junior", "", 60},
        {"T6", "retention, high", "", 10},
        /* the same thirty run on for ever */
        {"T7", "", "U15 -> U17", 100},
        {"T12", "", "all", 0.9},
        {"T13", "any", "", 60},
        {"T13", "injuries", "", 40},
        {"T14", "", "", 25},
        {"T15", "runners", "", 50},
        {"T15", "rivals", "", 3},
        {"T5", "", "girls junior high grade 2", 13.1},
        {"T10", "", "girls", 1.5},
        {"T16", "", "", 5.5},
        {"T17", "", "junior high", 10},
        {"T17", "", "high school", 6},
        {"T19", "", "", 2.5},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        int found = 0;
        for (int32_t i = 0; i < n; i++)
            if (strcmp(t[i].id, row[k].id) == 0 &&
                strncmp(t[i].quantity, row[k].quantity, strlen(row[k].quantity)) == 0 &&
                strncmp(t[i].group, row[k].group, strlen(row[k].group)) == 0) {
                ht_near(t[i].got, row[k].want, 1e-9, 0);
                assert_int_equal(t[i].held, !(t[i].got < t[i].lo) && !(t[i].got > t[i].hi));
                found++;
            }
        assert_int_equal(found, 1);
    }
    free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_the_file),
        cmocka_unit_test(the_best_of_a_season_come_from_all_its_classes),
        cmocka_unit_test(figures_of_hand_made_classes_come_out),
    };
    return cmocka_run_group_tests(tests, with_arena, without_arena);
}
