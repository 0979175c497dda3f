#include "ht.h"

#include <string.h>

#include "data/race_file.h"
#include "data/sheet.h"
#include "race/official.h"
#include "race/recall.h"
#include "race/referee.h"
#include "race/replay.h"

/* A sheet judged; checked to be a race, and to be read back as it was written. */
static hm_race judged(hm_arena *a, const char *preset, const char *text, hm_rules *rules)
{
    hm_err err = {0};
    hm_sheet_opts opts = hm_sheet_opts_default();
    hm_sheet sheet, timed;
    hm_race race = {0}, again;
    char *one, *two;
    if (preset)
        assert_int_equal(hm_rules_preset(preset, rules, NULL), HM_OK);
    if (hm_sheet_parse("s.csv", text, strlen(text), &opts, a, &sheet, &err) != HM_OK ||
        hm_referee_times(&sheet, rules, a, &timed, &err) != HM_OK ||
        hm_race_replay(&timed, NULL, a, &race, &err) != HM_OK ||
        hm_referee_judge(&timed, rules, a, &race, &err) != HM_OK ||
        hm_race_check(&race, &err) != HM_OK || hm_race_print(&race, a, &one, NULL, &err) != HM_OK ||
        hm_race_parse("r.json", one, strlen(one), a, &again, &err) != HM_OK ||
        hm_race_print(&again, a, &two, NULL, &err) != HM_OK)
        fail_msg("%s %s: %s", err.source, err.field, err.msg);
    assert_string_equal(one, two);
    return race;
}

static bool has_note(const hm_race *race, const char *part)
{
    for (int32_t i = 0; i < race->notes.n; i++)
        if (strstr(race->notes.text[i], part))
            return true;
    return false;
}

static hm_arena arena;
static int open_arena(void **state)
{
    (void)state;
    hm_arena_init(&arena, 0);
    return 0;
}
static int close_arena(void **state)
{
    (void)state;
    hm_arena_free(&arena);
    return 0;
}

static void the_image_parts_two_of_one_official_time(void **state)
{
    (void)state;
    hm_rules rules;
    hm_race r = judged(
        &arena, "open",
        "lane,name,reaction_s,time_s\n3,A,0.15,9.781\n4,B,0.15,9.789\n5,C,0.15,9.9\n", &rules);
    assert_true(r.lane[0].place == 1 && r.lane[1].place == 2 && r.lane[2].place == 3);
    assert_true(r.lane[0].official_cs == 979 && r.lane[1].official_cs == 979);
    assert_true(r.ruling->lane[0].thousandths && !r.ruling->lane[2].thousandths);
    assert_int_equal(r.ruling->lane[0].photo_line, 9781);
}

/* TR21.1: one line is one place, and the next is skipped; a faster camera parts them. */
static void one_image_line_is_one_place(void **state)
{
    (void)state;
    const char *text =
        "lane,name,reaction_s,time_s\n3,A,0.15,9.7804\n4,B,0.15,9.7801\n5,C,0.15,9.900\n";
    hm_rules rules;
    hm_race r = judged(&arena, "open", text, &rules);
    assert_true(r.lane[0].place == 1 && r.lane[1].place == 1 && r.lane[2].place == 3);
    rules.rate_hz = 10000;
    r = judged(&arena, NULL, text, &rules);
    assert_true(r.lane[0].place == 2 && r.lane[1].place == 1 && r.lane[2].place == 3);
    rules.rate_hz = 100;
    r = judged(&arena, NULL, text, &rules);
    assert_true(r.lane[0].place == 1 && r.lane[1].place == 1);
}

static void who_is_out_at_a_recall_has_no_run_and_all_behind_move_up(void **state)
{
    (void)state;
    hm_rules rules;
    hm_race r = judged(&arena, "open",
                       "lane,name,start1_reaction_s,reaction_s,time_s\n"
                       "3,A,0.087,,DQ\n4,B,0.150,0.140,10.011\n5,C,0.099,,DQ\n6,D,,0.133,9.951\n",
                       &rules);
    assert_true(r.lane[0].status == HM_RUN_DQ && r.lane[2].status == HM_RUN_DQ);
    assert_int_equal(r.lane[0].curve.n, 0);
    assert_string_equal(r.ruling->lane[0].rule, "TR16.8");
    assert_true(r.lane[1].place == 2 && r.lane[3].place == 1);
    assert_int_equal(r.ruling->n_start, 2);
    assert_true(r.ruling->start[0].verdict == HM_START_FALSE && r.ruling->start[0].n_charge == 2);
    assert_int_equal(r.ruling->start[1].verdict, HM_START_FAIR);
}

static void a_decathlete_runs_on_with_a_warning(void **state)
{
    (void)state;
    const char *text = "lane,name,start1_reaction_s,start2,reaction_s,time_s\n"
                       "3,A,0.087,0.15,0.14,10.911\n4,B,0.15,FS,,DQ\n5,C,0.2,0.17,0.15,10.953\n";
    hm_rules rules;
    hm_race r = judged(&arena, "combined", text, &rules);
    assert_true(r.lane[0].status == HM_RUN_OK && r.ruling->lane[0].card == HM_CARD_YC);
    assert_true(r.ruling->start[0].field_warned && r.lane[1].status == HM_RUN_DQ);
    assert_string_equal(r.ruling->lane[1].rule, "TR39.8.3");
    r = judged(&arena, "masters", text, &rules);
    assert_int_equal(r.ruling->lane[1].card, HM_CARD_YC);
}

static void a_recalled_start_is_a_race_of_its_own(void **state)
{
    (void)state;
    const char *text = "lane,name,start1_reaction_s,start2_reaction_s,reaction_s,time_s\n"
                       "3,A,-0.05,,,DQ\n4,B,0.150,FS,,DQ\n5,C,,0.15,0.12,10.95\n6,D,,,,DNS\n";
    hm_err err = {0};
    hm_sheet_opts opts = hm_sheet_opts_default();
    hm_rules rules;
    hm_sheet sheet;
    hm_race judged_race = judged(&arena, "open", text, &rules), r;
    assert_int_equal(hm_sheet_parse("s.csv", text, strlen(text), &opts, &arena, &sheet, &err),
                     HM_OK);
    for (int32_t k = 1; k <= 2; k++) {
        if (hm_recall_replay(&sheet, judged_race.ruling, k, NULL, &arena, &r, &err) != HM_OK ||
            hm_race_check(&r, &err) != HM_OK)
            fail_msg("%s %s: %s", err.source, err.field, err.msg);
        for (int32_t i = 0; i < 3; i++) {
            bool out = i == 0 && k == 2; /* A was sent away at the first */
            assert_int_equal(r.lane[i].status, out ? HM_RUN_DNS : HM_RUN_DNF);
            double reached_m = hm_curve_x_m(&r.lane[i].curve, 60);
            assert_true(out || (reached_m > 5 && reached_m < 30));
        }
        assert_int_equal(r.lane[3].status, HM_RUN_DNS);
    }
    ht_near(r.lane[1].reaction_s, 0, 0, 0);
    assert_int_equal(hm_recall_replay(&sheet, judged_race.ruling, 3, NULL, &arena, &r, &err),
                     HM_ERR_USAGE);
}

static void green_starts_charge_nobody(void **state)
{
    (void)state;
    hm_rules rules;
    hm_race r = judged(&arena, "open",
                       "# green: 1\nlane,name,start1_reaction_s,reaction_s,time_s\n"
                       "3,A,0.020,0.15,10.911\n4,B,0.15,0.16,10.955\n",
                       &rules);
    assert_true(r.lane[0].status == HM_RUN_OK && r.ruling->start[0].verdict == HM_START_GREEN);
}

static void a_protest_keeps_its_result_and_its_flag(void **state)
{
    (void)state;
    hm_rules rules;
    hm_race r = judged(&arena, "open",
                       "lane,name,start1,reaction_s,time_s,status\n"
                       "3,A,FS,0.15,10.911,P\n4,B,0.05,0.16,10.955,P\n5,C,,0.15,10.990,\n",
                       &rules);
    assert_true(r.lane[0].status == HM_RUN_OK && r.lane[0].place == 1 && r.ruling->lane[0].protest);
    assert_int_equal(r.lane[1].status, HM_RUN_DQ); /* the system showed it */
    assert_true(has_note(&r, "TR8.4.1") && r.lane[2].place == 2);
}

/* TR19.11: first each watch, then the combination. 10.21 10.29 -> both 10.3. */
static void watches_are_converted_then_combined(void **state)
{
    (void)state;
    hm_rules rules;
    hm_race r = judged(&arena, "open",
                       "lane,name,watch1_s,watch2_s,watch3_s,time_s,place\n"
                       "3,A,10.21,10.29,10.11,,2\n4,B,10.3,10.4,,,3\n5,C,10.25,,,,1\n",
                       &rules);
    assert_true(r.ruling->hand && r.lane[0].official_cs == 1030 && r.lane[1].official_cs == 1040);
    assert_true(r.lane[2].place == 1 && r.lane[0].place == 2 && r.lane[1].place == 3);
}

static void two_systems_of_timing_are_not_ranked(void **state)
{
    (void)state;
    const char *text = "lane,name,watch1_s,time_s\n3,A,10.21,\n4,B,,10.30\n";
    hm_err err = {0};
    hm_sheet_opts opts = hm_sheet_opts_default();
    hm_sheet sheet, timed;
    hm_rules rules = hm_rules_default();
    assert_int_equal(hm_sheet_parse("s.csv", text, strlen(text), &opts, &arena, &sheet, &err),
                     HM_OK);
    assert_int_equal(hm_referee_times(&sheet, &rules, &arena, &timed, &err), HM_ERR_INPUT);
    assert_int_equal(err.line, 3);
    assert_non_null(strstr(err.msg, "TR20.8"));
}

static void wind_is_rounded_and_told_illegal_above_two(void **state)
{
    (void)state;
    hm_rules rules;
    hm_race r = judged(&arena, "open", "# wind_mps: 2.03\nlane,name,time_s\n3,A,9.951\n", &rules);
    assert_true(r.ruling->wind_dmps == 21 && r.ruling->wind_legal == HM_NO);
    ht_near(r.wind_mps, 2.1, 0, 1e-12);
    r = judged(&arena, "open", "# wind_mps: 2.00\nlane,name,time_s\n3,A,9.951\n", &rules);
    assert_true(r.ruling->wind_dmps == 20 && r.ruling->wind_legal == HM_YES);
    r = judged(&arena, "open", "lane,name,time_s\n3,A,9.951\n", &rules);
    assert_true(!r.ruling->has_wind && r.ruling->wind_legal == HM_UNKNOWN);
}

static void a_believed_race_keeps_its_result_and_gains_notes(void **state)
{
    (void)state;
    const char *text =
        "# wind_mps: 2.34\nlane,name,reaction_s,time_s\n3,A,0.09,9.951\n4,B,0.15,9.96\n";
    hm_err err = {0};
    hm_sheet_opts opts = hm_sheet_opts_default();
    hm_sheet sheet;
    hm_race race;
    hm_rules rules = hm_rules_default();
    assert_int_equal(hm_sheet_parse("s.csv", text, strlen(text), &opts, &arena, &sheet, &err),
                     HM_OK);
    assert_int_equal(hm_race_replay(&sheet, NULL, &arena, &race, &err), HM_OK);
    assert_int_equal(hm_referee_remark(&sheet, &rules, &arena, &race, &err), HM_OK);
    assert_true(race.lane[0].status == HM_RUN_OK && race.lane[0].place == 1 && !race.ruling);
    ht_near(race.wind_mps, 2.34, 0, 0);
    assert_true(has_note(&race, "lane 3: believed; by the rules DQ (TR16.8)"));
    assert_true(has_note(&race, "TR17.13") && has_note(&race, "wind-aided"));
}

static void a_standing_start_is_for_masters_and_para(void **state)
{
    (void)state;
    const char *text = "# start: standing\nlane,name,reaction_s,time_s\n3,A,0.25,14.951\n";
    hm_rules rules;
    hm_race open = judged(&arena, "open", text, &rules);
    hm_race masters = judged(&arena, "masters", text, &rules);
    assert_true(has_note(&open, "TR15.1") && !has_note(&masters, "TR15.1"));
}

static void unknown_marks_in_a_start_are_refused_with_their_place(void **state)
{
    (void)state;
    const char *text = "lane,name,start1_reaction_s,time_s\n3,A,soon,9.951\n";
    hm_err err = {0};
    hm_sheet_opts opts = hm_sheet_opts_default();
    hm_sheet sheet;
    assert_int_equal(hm_sheet_parse("s.csv", text, strlen(text), &opts, &arena, &sheet, &err),
                     HM_ERR_INPUT);
    assert_true(err.line == 2 && err.col == 5);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_image_parts_two_of_one_official_time),
        CASE(one_image_line_is_one_place),
        CASE(who_is_out_at_a_recall_has_no_run_and_all_behind_move_up),
        CASE(a_decathlete_runs_on_with_a_warning),
        CASE(a_recalled_start_is_a_race_of_its_own),
        CASE(green_starts_charge_nobody),
        CASE(a_protest_keeps_its_result_and_its_flag),
        CASE(watches_are_converted_then_combined),
        CASE(two_systems_of_timing_are_not_ranked),
        CASE(wind_is_rounded_and_told_illegal_above_two),
        CASE(a_believed_race_keeps_its_result_and_gains_notes),
        CASE(a_standing_start_is_for_masters_and_para),
        CASE(unknown_marks_in_a_start_are_refused_with_their_place),
    };
    return cmocka_run_group_tests_name("race/referee", tests, NULL, NULL);
}
