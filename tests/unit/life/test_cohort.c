#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "life/cohort.h"

enum { PEOPLE = 6000 };

typedef struct setup {
    hm_cohort_opts opts;
    hm_policy policy;
    hm_life_params params;
} setup;

static setup standard(void)
{
    setup s = {hm_cohort_default(), hm_policy_default(), hm_life_params_default(HM_SEX_MEN)};
    s.opts.people = PEOPLE;
    return s;
}

static hm_class *live(const setup *s, int64_t index, int n_thread)
{
    hm_class *c = calloc(1, sizeof *c);
    hm_arena a;
    hm_arena_init(&a, 1 << 16);
    assert_non_null(c);
    assert_int_equal(
        hm_cohort_live(&s->opts, &s->policy, &s->params, index, n_thread, NULL, NULL, &a, c, NULL),
        HM_OK);
    hm_arena_free(&a);
    return c;
}

static void the_number_of_threads_changes_no_byte(void **state)
{
    (void)state;
    setup s = standard();
    hm_class *one = live(&s, 3, 1);
    for (int n = 2; n <= 7; n += n == 3 ? 4 : 1) {
        hm_class *many = live(&s, 3, n);
        assert_memory_equal(one, many, sizeof *one);
        free(many);
    }
    free(one);
}

static void worlds_and_classes_differ(void **state)
{
    (void)state;
    setup s = standard();
    hm_class *a = live(&s, 0, 2), *b = live(&s, 1, 2);
    s.opts.seed++;
    hm_class *c = live(&s, 0, 2);
    assert_true(hm_class_at(a, 17)->list[0].sb_us != hm_class_at(b, 17)->list[0].sb_us);
    assert_true(hm_class_at(a, 17)->list[0].sb_us != hm_class_at(c, 17)->list[0].sb_us);
    free(a);
    free(b);
    free(c);
}

static int64_t left_of(const hm_class_year *y)
{
    int64_t n = 0;
    for (int i = 0; i < HM_EXIT_COUNT; i++)
        n += y->left[i];
    return n;
}

static void who_is_in_has_joined_and_not_left(void **state)
{
    (void)state;
    setup s = standard();
    hm_class *c = live(&s, 0, 2);
    int64_t in = 0, all = 0;
    for (int32_t a = HM_CLASS_FIRST_AGE; a <= HM_CLASS_LAST_AGE; a++) {
        const hm_class_year *y = hm_class_at(c, a);
        /* midsummer lies between those who came and those who went until March */
        assert_true(y->member <= in + y->joined + y->rejoined);
        in += y->joined + y->rejoined - left_of(y);
        assert_true(y->member >= in);
        assert_true(a == 11 || a == 13 || a >= 16 || y->joined == 0);
        int64_t quarters = 0, timings = 0, months = 0;
        for (int i = 0; i < HM_QUARTERS; i++)
            quarters += y->member_quarter[i];
        for (int i = 0; i < HM_TIMINGS; i++)
            timings += y->member_timing[i];
        for (int i = 0; i < HM_CALENDAR_MONTHS; i++)
            months += y->member_month[i];
        assert_true(quarters == y->member && timings == y->member && months == y->member);
        assert_true(y->season_injured <= y->season && y->season_hamstring <= y->season_injured);
        assert_true(y->left[HM_EXIT_NONE] == 0);
        all += y->joined;
    }
    assert_true(in >= 0 && all > 100 && all < PEOPLE / 2);
    free(c);
}

static void lists_are_sorted_and_hold_nobody_twice(void **state)
{
    (void)state;
    setup s = standard();
    hm_class *c = live(&s, 0, 2);
    for (int32_t a = HM_CLASS_FIRST_AGE; a <= HM_CLASS_LAST_AGE; a++) {
        const hm_class_year *y = hm_class_at(c, a);
        for (int32_t k = 0; k < y->n_list; k++) {
            const hm_listed *l = &y->list[k];
            assert_true(l->pb_us <= l->sb_us && l->sb_us > 8000000);
            for (int32_t j = 0; j < k; j++) {
                const hm_listed *o = &y->list[j];
                assert_true(o->person != l->person);
                assert_true(o->sb_us < l->sb_us || (o->sb_us == l->sb_us && o->person < l->person));
            }
        }
    }
    assert_true(hm_class_at(c, 14)->n_list > 50);
    free(c);
}

static void what_is_off_leaves_no_trace(void **state)
{
    (void)state;
    setup s = standard();
    hm_class *on = live(&s, 0, 2);
    s.params.injury = s.params.rivals = s.params.mind = s.params.ideas = false;
    hm_class *off = live(&s, 0, 2);
    int64_t injuries[2] = {0}, rivals[2] = {0}, burnt[2] = {0};
    for (int a = 0; a < HM_CLASS_AGES; a++) {
        const hm_class_year *y[] = {&on->year[a], &off->year[a]};
        for (int i = 0; i < 2; i++) {
            injuries[i] += y[i]->injury;
            rivals[i] += y[i]->rival_sum;
            burnt[i] += y[i]->burnt;
        }
    }
    assert_true(injuries[0] > 0 && injuries[1] == 0);
    assert_true(rivals[0] > 0 && rivals[1] == 0);
    assert_true(burnt[1] == 0);
    free(on);
    free(off);
}

static void support_goes_to_the_places_there_are(void **state)
{
    (void)state;
    setup s = standard();
    s.policy.squad_from_age = 15;
    s.policy.squad_youth_per_100k = 300; /* 18 of 6000 */
    hm_class *c = live(&s, 0, 2);
    for (int32_t a = 11; a <= 18; a++) {
        int64_t n = hm_class_at(c, a)->squad;
        if (a < 15)
            assert_int_equal(n, 0);
        else
            assert_in_range(n, 10, 18); /* some leave within the season */
    }
    free(c);
}

static void another_cutoff_makes_other_birthdays_the_oldest(void **state)
{
    (void)state;
    /* of those who join, more are born right after the cut-off than right before it */
    setup s = standard();
    s.opts.people = 30000;
    for (int i = 0; i < 2; i++) {
        s.policy.cutoff_day = i ? 244 : 92; /* 1 September, 2 April */
        hm_class *c = live(&s, 0, 2);
        const int64_t *m = hm_class_at(c, 13)->member_month;
        int first = i ? 8 : 3;
        int64_t old = 0, young = 0;
        for (int k = 0; k < 4; k++) {
            old += m[(first + k) % 12];
            young += m[(first + 8 + k) % 12];
        }
        assert_true(old > young + young / 5);
        free(c);
    }
}

static void late_entry_and_return_can_be_closed(void **state)
{
    (void)state;
    setup s = standard();
    s.policy.late_entry = s.policy.rejoin = false;
    hm_class *c = live(&s, 0, 2);
    for (int32_t a = 17; a <= HM_CLASS_LAST_AGE; a++)
        assert_true(hm_class_at(c, a)->joined == 0 && hm_class_at(c, a)->rejoined == 0);
    free(c);
}

static void the_first_cohort_and_the_fiftieth_are_alike(void **state)
{
    (void)state;
    enum { N = 6 };
    setup s = standard();
    double mean[2][3] = {{0}}, var[2][3] = {{0}};
    for (int g = 0; g < 2; g++)
        for (int k = 0; k < N; k++) {
            hm_class *c = live(&s, (g ? 49 : 0) + k, 2);
            double v[3] = {(double)hm_class_at(c, 14)->member, (double)hm_class_at(c, 17)->member,
                           hm_class_at(c, 17)->list[4].sb_us / 1e6};
            for (int i = 0; i < 3; i++) {
                mean[g][i] += v[i] / N;
                var[g][i] += v[i] * v[i] / N;
            }
            free(c);
        }
    for (int i = 0; i < 3; i++) {
        double v = var[0][i] - mean[0][i] * mean[0][i] + var[1][i] - mean[1][i] * mean[1][i];
        ht_near(mean[0][i], mean[1][i], 4 * sqrt(v / (N - 1)), 0);
    }
}

static bool stop_at_ten(void *ctx, int32_t school_age)
{
    (void)ctx;
    return school_age < 10;
}

static void a_class_stops_when_told_and_leaves_its_result_alone(void **state)
{
    (void)state;
    setup s = standard();
    hm_arena a;
    hm_err err = {0};
    static hm_class c;
    c.people = -1;
    hm_arena_init(&a, 1 << 16);
    assert_int_equal(
        hm_cohort_live(&s.opts, &s.policy, &s.params, 0, 1, stop_at_ten, NULL, &a, &c, &err),
        HM_ERR_STOPPED);
    assert_true(c.people == -1);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_number_of_threads_changes_no_byte),
        cmocka_unit_test(worlds_and_classes_differ),
        cmocka_unit_test(who_is_in_has_joined_and_not_left),
        cmocka_unit_test(lists_are_sorted_and_hold_nobody_twice),
        cmocka_unit_test(what_is_off_leaves_no_trace),
        cmocka_unit_test(support_goes_to_the_places_there_are),
        cmocka_unit_test(another_cutoff_makes_other_birthdays_the_oldest),
        cmocka_unit_test(late_entry_and_return_can_be_closed),
        cmocka_unit_test(the_first_cohort_and_the_fiftieth_are_alike),
        cmocka_unit_test(a_class_stops_when_told_and_leaves_its_result_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
