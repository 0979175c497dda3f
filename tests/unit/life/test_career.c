#include "ht.h"

#include "life/career.h"
#include "life/club.h"

/* One of the reference of his age, whom nothing else moves. */
static hm_career_case middling(const hm_life_params *q, int32_t school_age)
{
    hm_career_case c = {
        .sex = HM_SEX_MEN, .school_age = school_age, .class_age_y = school_age, .exit_ratio = 1};
    c.t_s = school_age > 18 ? q->senior_s : hm_time_good_s(q, c.sex, c.class_age_y);
    return c;
}

static double sigmoid(double x)
{
    return 1 / (1 + exp(-x));
}

static void the_median_of_13_joins_as_the_constant_says(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_career_case c = {
        .sex = HM_SEX_MEN, .school_age = 13, .class_age_y = 13, .join_logit = -4, .exit_ratio = 1};
    c.t_s = hm_time_median_s(&q, HM_SEX_MEN, 13);
    ht_near(hm_join_chance(&q, &c), sigmoid(-4), 1e-12, 0);
    c.t_s *= exp(-0.085); /* the unit of the slope */
    c.motivation_z = 1;
    ht_near(hm_join_chance(&q, &c), sigmoid(-4 + q.join_slope + q.join_motivation_logit), 1e-12, 0);
}

static void people_drawn_one_by_one_join_as_often_as_the_registers_say(void **state)
{
    (void)state;
    enum { N = 40000 };
    static const double slope[] = {0.5, 1.5, 2.5};
    for (int k = 0; k < 3; k++) {
        hm_life_params q = hm_life_params_default(HM_SEX_MEN);
        double joined = 0;
        q.join_slope = slope[k];
        q.club_13_frac = 0.05;
        double logit = hm_join_logit(&q, HM_SEX_MEN);
        for (uint64_t id = 0; id < N; id++) {
            hm_person p = hm_person_draw(7, id, HM_SEX_MEN, &q);
            hm_life_state s = hm_life_state_first(7, &p, &q);
            double out = 1;
            for (int32_t a = 11; a <= 13; a += 2) {
                hm_level level = hm_level_of(&q, &p, &s, a - p.birth_frac);
                hm_career_case c = {.sex = HM_SEX_MEN,
                                    .school_age = a,
                                    .class_age_y = hm_class_age_y(a, 0),
                                    .t_s = hm_level_s(&level),
                                    .motivation_z = p.motivation_z,
                                    .join_logit = logit,
                                    .exit_ratio = 1};
                out *= 1 - hm_join_chance(&q, &c);
            }
            joined += 1 - out;
        }
        /* the quadrature takes the standing at 11 for that at 13, and normal ages */
        ht_near(joined / N, 0.05, 0, 0.05);
    }
}

static void one_joins_only_when_a_school_takes_one_in_or_later(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    for (int32_t a = 6; a <= 40; a++) {
        hm_career_case c = middling(&q, a);
        bool can = a == 11 || a == 13 || (a >= 16 && a <= 22);
        assert_int_equal(hm_join_chance(&q, &c) > 0, can);
        c.was_in = true; /* coming back is for the older */
        assert_int_equal(hm_join_chance(&q, &c) > 1e-12, can && a >= 16);
    }
}

static void the_reference_leaves_as_the_constants_say(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    const struct {
        int32_t school_age;
        double logit;
    } row[] = {{12, q.leave_child_logit}, {15, q.leave_15_logit},   {17, q.leave_youth_logit},
               {18, q.leave_18_logit},    {20, q.leave_univ_logit}, {22, q.leave_22_logit},
               {25, q.leave_senior_logit}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        hm_career_case c = middling(&q, row[i].school_age);
        ht_near(hm_leave_chance(&q, &c), sigmoid(row[i].logit), 1e-12, 0);
    }
    hm_career_case old = middling(&q, 30);
    double beyond = 30 - q.leave_age_y;
    ht_near(hm_leave_chance(&q, &old),
            sigmoid(q.leave_senior_logit + q.leave_age_logit_per_y * beyond), 1e-12, 0);
}

static void what_hurts_drives_out_and_what_helps_keeps(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    for (int32_t a = 12; a <= 35; a++) {
        hm_career_case c = middling(&q, a), d = c;
        double p = hm_leave_chance(&q, &c);
        d.t_s = c.t_s * 0.97;
        assert_true(hm_leave_chance(&q, &d) < p);
        d = c;
        d.motivation_z = -1;
        assert_true(hm_leave_chance(&q, &d) > p);
        d = c;
        d.injured = true;
        assert_true(hm_leave_chance(&q, &d) > p);
        d = c;
        d.burnout_frac = 0.8;
        assert_true(hm_leave_chance(&q, &d) > p);
        d = c;
        d.exit_ratio = 0.8;
        assert_true(hm_leave_chance(&q, &d) < p);
        d = c;
        d.squad = true;
        assert_true(hm_leave_chance(&q, &d) < p);
        hm_life_params off = q;
        off.support = false;
        assert_true(hm_leave_chance(&off, &d) == p);
    }
}

static void weeks_of_a_year_make_the_year(void **state)
{
    (void)state;
    double stay = 1;
    for (int k = 0; k < 13; k++)
        stay *= 1 - hm_chance_in_weeks(0.3, 4);
    ht_near(stay, 0.7, 1e-12, 0);
    ht_near(hm_chance_in_weeks(0.3, 52), 0.3, 1e-12, 0);
    assert_true(hm_chance_in_weeks(0, 4) == 0);
    assert_true(hm_chance_in_weeks(1, 1) <= 1);
}

static void the_cause_is_what_weighed_most(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_career_case c = middling(&q, 25);
    assert_int_equal(hm_leave_cause(&q, &c), HM_EXIT_LIFE);
    c.injured = true;
    assert_int_equal(hm_leave_cause(&q, &c), HM_EXIT_INJURY);
    c.burnout_frac = 0.9;
    assert_int_equal(hm_leave_cause(&q, &c), HM_EXIT_BURNOUT);
    c = middling(&q, 18);
    assert_int_equal(hm_leave_cause(&q, &c), HM_EXIT_SCHOOL);
    c = middling(&q, 25);
    c.t_s *= 1.05;
    assert_int_equal(hm_leave_cause(&q, &c), HM_EXIT_LEVEL);
}

static void a_runner_has_one_club_and_clubs_differ(void **state)
{
    (void)state;
    enum { N = 4000, CLUBS = 4 };
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    int n[CLUBS] = {0}, moved = 0;
    double sum = 0, sum2 = 0;
    for (uint64_t id = 0; id < N; id++) {
        int32_t club = hm_club_choice(5, id, HM_STAGE_HIGH_SCHOOL, CLUBS);
        assert_in_range(club, 0, CLUBS - 1);
        assert_int_equal(club, hm_club_choice(5, id, HM_STAGE_HIGH_SCHOOL, CLUBS));
        moved += club != hm_club_choice(5, id, HM_STAGE_UNIVERSITY, CLUBS);
        n[club]++;
        hm_club c = hm_club_draw(&q, 5, id);
        assert_true(c.technique_to >= 0 && c.technique_to <= 1 && fabs(c.autonomy) <= 1);
        sum += c.technique_to;
        sum2 += c.technique_to * c.technique_to;
    }
    /* binomial: four standard errors of a quarter of 4000 are 110 */
    for (int i = 0; i < CLUBS; i++)
        ht_near(n[i], N / CLUBS, 110, 0);
    ht_near(moved, N * 0.75, 110, 0);
    ht_near(sum / N, q.technique_club, 0.01, 0);
    ht_near(sqrt(sum2 / N - (sum / N) * (sum / N)), q.club_technique_sd, 0.01, 0);
}

static void support_plans_more_and_without_it_a_squad_is_a_club(void **state)
{
    (void)state;
    hm_life_params q = hm_life_params_default(HM_SEX_MEN);
    hm_club club = {0.6, 0};
    hm_idea_effect none = {.load_ratio = 1, .technique_ratio = 1, .return_frac = 1};
    hm_week_plan plain = hm_club_plan(&q, &club, false, &none, 20);
    hm_week_plan squad = hm_club_plan(&q, &club, true, &none, 20);
    ht_near(squad.load, plain.load * q.squad_load_frac, 1e-12, 0);
    ht_near(squad.trainable_ratio, q.squad_trainable_frac, 1e-12, 0);
    ht_near(squad.technique_to, q.technique_teacher, 1e-12, 0);
    ht_near(plain.technique_to, 0.6, 1e-12, 0);
    q.support = false;
    squad = hm_club_plan(&q, &club, true, &none, 20);
    assert_true(squad.load == plain.load && squad.trainable_ratio == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_median_of_13_joins_as_the_constant_says),
        cmocka_unit_test(people_drawn_one_by_one_join_as_often_as_the_registers_say),
        cmocka_unit_test(one_joins_only_when_a_school_takes_one_in_or_later),
        cmocka_unit_test(the_reference_leaves_as_the_constants_say),
        cmocka_unit_test(what_hurts_drives_out_and_what_helps_keeps),
        cmocka_unit_test(weeks_of_a_year_make_the_year),
        cmocka_unit_test(the_cause_is_what_weighed_most),
        cmocka_unit_test(a_runner_has_one_club_and_clubs_differ),
        cmocka_unit_test(support_plans_more_and_without_it_a_squad_is_a_club),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
