#include "ht.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/file.h"
#include "life/class_file.h"
#include "life/study.h"

static void gini_is_that_of_closed_forms(void **state)
{
    (void)state;
    double equal[] = {3, 3, 3, 3}, one[] = {0, 0, 5, 0}, line[100], none[] = {0, 0};
    ht_near(hm_gini(4, equal), 0, 1e-12, 0);
    ht_near(hm_gini(4, one), 0.75, 1e-12, 0); /* 1 - 1/n */
    for (int i = 0; i < 100; i++)
        line[i] = 100 - i; /* 1 .. n: (n - 1) / (3 n) */
    ht_near(hm_gini(100, line), 99.0 / 300, 1e-12, 0);
    assert_true(isnan(hm_gini(2, none)) && isnan(hm_gini(0, none)));
    /* the eight prizes of data/life/prize_money.csv: half to the first; docs say 0.55 */
    double final[] = {50, 20, 10, 6, 5, 4, 3, 2};
    ht_near(hm_gini(8, final), 0.55, 0.005, 0);
}

/* Eighteen classes of ten, all faithful: person k runs 10 + k/10 + class/1000 for ever. */
enum { N = 18, TEN = 10 };

static hm_class *faithful(void)
{
    hm_class *c = calloc(N, sizeof *c);
    assert_non_null(c);
    for (int i = 0; i < N; i++) {
        c[i].people = TEN;
        c[i].index = i;
        for (int a = 0; a < HM_CLASS_AGES; a++) {
            hm_class_year *y = &c[i].year[a];
            y->member = y->member_quarter[0] = y->member_timing[1] = y->member_month[3] = TEN;
            y->n_list = TEN;
            for (int k = 0; k < TEN; k++)
                y->list[k] = (hm_listed){.person = (uint32_t)k,
                                         .sb_us = 10000000 + 100000 * k + 1000 * i,
                                         .pb_us = 10000000 + 100000 * k + 1000 * i,
                                         .birth_frac = k < 5 ? 0.1f : 0.9f,
                                         .squad = k == 0};
        }
    }
    return c;
}

static double points(void *ctx, hm_sex sex, double time_s)
{
    (void)ctx;
    (void)sex;
    return time_s < 10.05 ? 1000 : 0;
}

static double cell(const hm_grid *g, int64_t row, const char *name)
{
    int c = 0;
    while (strcmp(g->column[c].name, name) != 0)
        c++;
    return g->cell[row * g->n_column + c].number;
}

static void value_goes_to_the_first_of_each_season(void **state)
{
    (void)state;
    hm_arena a;
    hm_study s;
    hm_class *c = faithful();
    hm_arena_init(&a, 0);
    assert_int_equal(hm_study_make(N, c, HM_SEX_MEN, 5, points, NULL, &a, &s, NULL), HM_OK);
    /* all 18 classes are seniors in every season: the firsts of classes 0 .. 7 are paid, always */
    assert_int_equal(hm_grid_rows(&s.earners), N * TEN);
    int paid = 0;
    double usd = 0;
    for (int64_t r = 0; r < hm_grid_rows(&s.earners); r++) {
        double prize = cell(&s.earners, r, "prize_usd");
        bool first = cell(&s.earners, r, "person") < 0.5;
        assert_true(prize == 0 || (first && cell(&s.earners, r, "class") < 8));
        ht_near(cell(&s.earners, r, "seasons"), N, 0, 0);
        ht_near(cell(&s.earners, r, "points"), first ? 1000.0 * N : 0, 0, 0);
        paid += prize > 0;
        usd += prize;
    }
    assert_int_equal(paid, 8);
    ht_near(usd, N * (100000.0 + 50000.0), 1e-6, 0);       /* sums of both columns of prizes */
    ht_near(cell(&s.value, 0, "prize_frac"), 1, 1e-12, 0); /* born in the first quarter */
    ht_near(cell(&s.value, 7, "prize_frac"), 1, 1e-12, 0); /* squad by 15 */
    ht_near(s.top_tenth_prize_frac, 1, 1e-12, 0);
    ht_near(s.gini_points, 0.9, 1e-9, 0); /* a tenth has all, evenly */
    /* who is on the first list of twenty is on all */
    ht_near(cell(&s.transitions, 0, "kept_frac"), 1, 1e-12, 0);
    assert_int_equal(hm_grid_rows(&s.lists), N * HM_CLASS_AGES * 5);
    ht_near(cell(&s.seasons, 8, "members_q1"), N * TEN, 0, 0);
    ht_near(cell(&s.births, 3, "members_15"), N * TEN, 0, 0);
    hm_arena_free(&a);
    free(c);
}

static void a_class_is_read_back_and_another_refused(void **state)
{
    (void)state;
    char path[] = "/tmp/hm-class-XXXXXX";
    int fd = mkstemp(path);
    hm_arena a;
    hm_err err = {0};
    hm_class *c = faithful(), *back = calloc(1, sizeof *back);
    assert_true(fd >= 0 && back);
    close(fd);
    hm_arena_init(&a, 0);
    assert_int_equal(hm_class_write(path, 77, &c[4], NULL), HM_OK);
    assert_int_equal(hm_class_read(path, 77, 4, &a, back, NULL), HM_OK);
    assert_memory_equal(back, &c[4], sizeof *back);
    assert_int_equal(hm_class_read(path, 78, 4, &a, back, &err), HM_ERR_INPUT);
    assert_int_equal(hm_class_read(path, 77, 5, &a, back, &err), HM_ERR_INPUT);
    assert_int_equal(hm_file_write(path, "HMCLASS1", 8, NULL), HM_OK);
    assert_int_equal(hm_class_read(path, 77, 4, &a, back, &err), HM_ERR_INPUT);
    unlink(path);
    assert_int_equal(hm_class_read(path, 77, 4, &a, back, &err), HM_ERR_NOFILE);
    hm_arena_free(&a);
    free(c);
    free(back);
}

static void a_setup_has_its_number(void **state)
{
    (void)state;
    hm_arena a;
    hm_cohort_opts o = hm_cohort_default();
    hm_policy p = hm_policy_default();
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    uint64_t n[4];
    hm_arena_init(&a, 0);
    assert_int_equal(hm_setup_number(&o, &p, &q, &a, &n[0], NULL), HM_OK);
    assert_int_equal(hm_setup_number(&o, &p, &q, &a, &n[1], NULL), HM_OK);
    p.rejoin = !p.rejoin;
    assert_int_equal(hm_setup_number(&o, &p, &q, &a, &n[2], NULL), HM_OK);
    q.floor_s += 1e-6;
    assert_int_equal(hm_setup_number(&o, &p, &q, &a, &n[3], NULL), HM_OK);
    assert_true(n[0] == n[1] && n[1] != n[2] && n[2] != n[3]);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gini_is_that_of_closed_forms),
        cmocka_unit_test(value_goes_to_the_first_of_each_season),
        cmocka_unit_test(a_class_is_read_back_and_another_refused),
        cmocka_unit_test(a_setup_has_its_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
