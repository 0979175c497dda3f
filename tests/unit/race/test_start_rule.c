#include "ht.h"

#include "race/referee.h"

/* One start: what the system read in lanes 1 .. n, 0 = nothing. */
static hm_start_ruling start(const char *preset, hm_start_state *state, int n, const int ms[],
                             hm_charge charge[])
{
    hm_rules rules = hm_rules_default();
    hm_start_call call[HM_LANE_MAX];
    hm_start_ruling r;
    assert_int_equal(hm_rules_preset(preset, &rules, NULL), HM_OK);
    for (int i = 0; i < n; i++)
        call[i] = (hm_start_call){
            .lane = i + 1, .on_marks = true, .has_reaction = ms[i] != 0, .reaction_ms = ms[i]};
    hm_start_judge(&rules, n, call, false, state, charge, &r);
    return r;
}

/* Worked case 7 of docs/rules.md: TR16.8, TR39.8.3, WMA16.8. */
static void one_start_of_85_ms_is_judged_by_the_kind_of_meet(void **state)
{
    (void)state;
    const int ms[] = {150, 85, 140};
    hm_charge c[3];
    hm_start_state open = {0}, combined = {0}, masters = {0};
    hm_start_ruling r = start("open", &open, 3, ms, c);
    assert_true(r.verdict == HM_START_FALSE && r.n_charge == 1 && c[0].lane == 2);
    assert_true(open.out[2] && !open.out[1] && c[0].card == HM_CARD_RC);
    r = start("combined", &combined, 3, ms, c);
    assert_true(!combined.out[2] && combined.field_warned && r.field_warned);
    assert_int_equal(c[0].card, HM_CARD_YC);
    r = start("masters", &masters, 3, ms, c);
    assert_true(!masters.out[2] && !masters.field_warned && !r.field_warned);
    assert_true(masters.warned[2] && !masters.warned[1]);
}

static void after_the_first_the_field_policy_sends_any_other_away(void **state)
{
    (void)state;
    hm_charge c[3];
    hm_start_state s = {0};
    start("combined", &s, 3, (int[]){99, 150, 80}, c); /* two are responsible, both warned */
    assert_true(!s.out[1] && !s.out[3] && s.warned[1] && s.warned[3] && !s.warned[2]);
    start("combined", &s, 3, (int[]){150, 99, 150}, c);
    assert_true(s.out[2] && !s.out[1] && !s.out[3]);
}

static void a_master_is_out_at_the_own_second_only(void **state)
{
    (void)state;
    hm_charge c[3];
    hm_start_state s = {0};
    start("masters", &s, 3, (int[]){99, 150, 150}, c);
    start("masters", &s, 3, (int[]){150, 99, 150}, c);
    assert_true(!s.out[1] && !s.out[2]);
    start("masters", &s, 3, (int[]){99, 150, 99}, c);
    assert_true(s.out[1] && !s.out[2] && !s.out[3]);
}

static void the_limit_is_100_ms_and_less_is_an_alarm(void **state)
{
    (void)state;
    hm_charge c[3];
    hm_start_state s = {0};
    assert_int_equal(start("open", &s, 3, (int[]){100, 101, 0}, c).verdict, HM_START_FAIR);
    assert_int_equal(start("open", &s, 3, (int[]){99, -20, 100}, c).n_charge, 2);
    assert_true(s.out[1] && s.out[2] && !s.out[3]);
}

static void nobodys_fault_is_nobodys_warning(void **state)
{
    (void)state;
    hm_rules rules = hm_rules_default();
    hm_start_state s = {0};
    hm_charge c[1];
    hm_start_ruling r;
    hm_start_call call[] = {
        {.lane = 4, .on_marks = true, .has_reaction = true, .reaction_ms = 20, .seen = true}};
    hm_start_judge(&rules, 1, call, true, &s, c, &r);
    assert_true(r.verdict == HM_START_GREEN && r.n_charge == 0 && !s.out[4]);
}

/* TR8.4.1: a doubt may be run out, what the system showed may not; WMA8.4.1 no second time. */
static void under_protest_runs_who_was_seen_but_not_measured(void **state)
{
    (void)state;
    hm_rules rules = hm_rules_default();
    hm_start_state s = {0};
    hm_charge c[2];
    hm_start_ruling r;
    hm_start_call call[] = {
        {.lane = 1, .on_marks = true, .has_reaction = true, .reaction_ms = 80, .protest = true},
        {.lane = 2, .on_marks = true, .seen = true, .protest = true}};
    hm_start_judge(&rules, 2, call, false, &s, c, &r);
    assert_true(s.out[1] && !s.out[2] && s.protest[2] && c[1].protest);
    hm_start_state master = {0};
    assert_int_equal(hm_rules_preset("masters", &rules, NULL), HM_OK);
    hm_start_judge(&rules, 1, call + 1, false, &master, c, &r);
    hm_start_judge(&rules, 1, call + 1, false, &master, c, &r);
    assert_true(master.out[2] && !master.protest[2]);
}

static void without_a_start_system_only_the_starter_speaks(void **state)
{
    (void)state;
    hm_rules rules = hm_rules_default();
    rules.sis = false;
    hm_start_state s = {0};
    hm_charge c[1];
    hm_start_ruling r;
    hm_start_call call[] = {{.lane = 1, .on_marks = true, .has_reaction = true, .reaction_ms = 80}};
    hm_start_judge(&rules, 1, call, false, &s, c, &r);
    assert_int_equal(r.verdict, HM_START_FAIR);
}

static void presets_name_their_edition_and_rule(void **state)
{
    (void)state;
    static const char *const want[][3] = {{"open", "wa_2025", "TR16.8"},
                                          {"combined", "wa_2025", "TR39.8.3"},
                                          {"masters", "wma_2025", "WMA16.8"},
                                          {"para", "wpa_2024", "WPA17.8"}};
    hm_rules r;
    for (int i = 0; i < 4; i++) {
        assert_int_equal(hm_rules_preset(want[i][0], &r, NULL), HM_OK);
        assert_int_equal(hm_rules_check(&r, NULL), HM_OK);
        assert_string_equal(hm_edition_text(&r), want[i][1]);
        assert_string_equal(hm_false_start_rule(&r), want[i][2]);
    }
    hm_err err = {0};
    assert_int_equal(hm_rules_preset("pub", &r, &err), HM_ERR_USAGE);
    r.rate_hz = 240; /* its lines straddle two hundredths */
    assert_int_equal(hm_rules_check(&r, NULL), HM_ERR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_start_of_85_ms_is_judged_by_the_kind_of_meet),
        cmocka_unit_test(after_the_first_the_field_policy_sends_any_other_away),
        cmocka_unit_test(a_master_is_out_at_the_own_second_only),
        cmocka_unit_test(the_limit_is_100_ms_and_less_is_an_alarm),
        cmocka_unit_test(nobodys_fault_is_nobodys_warning),
        cmocka_unit_test(under_protest_runs_who_was_seen_but_not_measured),
        cmocka_unit_test(without_a_start_system_only_the_starter_speaks),
        cmocka_unit_test(presets_name_their_edition_and_rule),
    };
    return cmocka_run_group_tests_name("race/start rule", tests, NULL, NULL);
}
