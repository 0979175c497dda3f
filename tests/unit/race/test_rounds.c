#include "ht.h"

#include <string.h>

#include "base/rng.h"
#include "race/official.h"
#include "race/rounds.h"

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

static hm_entries entries_of(const char *text)
{
    hm_entries e;
    hm_err err = {0};
    if (hm_entries_parse("e.csv", text, strlen(text), &arena, &e, &err) != HM_OK)
        fail_msg("%d: %s", (int)err.line, err.msg);
    return e;
}

/* n entries with equal bests, missing ones and n_team teams. */
static hm_entries random_entries(uint32_t k, int32_t n, uint32_t n_team)
{
    hm_entries e = {.source = "random", .meet = "", .event = "", .date = "", .venue = "", .n = n};
    e.entry = HM_PUSH(&arena, hm_entry, n);
    for (int32_t i = 0; i < n; i++) {
        hm_draw4 d = hm_rng(31, HM_FOR_TEST, k, (uint32_t)i, 0);
        e.entry[i] = (hm_entry){.line = i + 2,
                                .key = (uint64_t)d.u[0] << 16 ^ (uint64_t)i,
                                .id = "",
                                .name = hm_arena_printf(&arena, "N%d", i),
                                .team = hm_arena_printf(&arena, "T%u", d.u[1] % n_team),
                                .best_us = d.u[2] % 20 ? 10000000 + d.u[2] % 200 * 10000 : 0,
                                .dns = d.u[3] % 25 ? "" : "R1",
                                .sprinter = ""};
    }
    return e;
}

static hm_rounds run(const hm_entries *e, const hm_rules *rules, uint64_t seed)
{
    hm_rounds r;
    hm_err err = {0};
    if (hm_rounds_run(e, rules, seed, hm_heat_draw, NULL, &arena, &r, &err) != HM_OK)
        fail_msg("%d entries: %s: %s", e->n, err.field, err.msg);
    return r;
}

/* One round: lanes, sizes, places, times, who is in it. */
static void check_round(const hm_rounds *r, const hm_rules *rules, int32_t i, const bool in[],
                        bool through[])
{
    const hm_rounds_round *round = &r->round[i];
    int32_t least = HM_LANE_MAX, most = 0, n_in = 0, n_listed = 0;
    bool listed[256] = {false};
    for (int32_t h = 0; h < round->plan.n_heat; h++) {
        const hm_rounds_heat *heat = &round->heat[h];
        least = heat->n_lane < least ? heat->n_lane : least;
        most = heat->n_lane > most ? heat->n_lane : most;
        for (int32_t k = 0; k < heat->n_lane; k++) {
            const hm_rounds_lane *l = &heat->lane[k];
            /* inside lanes empty, each once: k-th of n stands in lane lanes - n + 1 + k */
            assert_int_equal(l->lane, rules->track_lanes - heat->n_lane + 1 + k);
            assert_true(in[l->entry] && !listed[l->entry]);
            listed[l->entry] = true;
            through[l->entry] = l->advance != HM_OUT;
            n_listed++;
            assert_true((l->place > 0) == (l->status == HM_RUN_OK));
            for (int32_t m = 0; m < heat->n_lane; m++) { /* official order = photo order */
                const hm_rounds_lane *o = &heat->lane[m];
                if (l->place && o->place && l->official_cs < o->official_cs)
                    assert_true(l->place < o->place);
                if (l->place && o->place && l->place < o->place)
                    assert_true(l->official_cs <= o->official_cs && l->time_us < o->time_us);
            }
        }
    }
    for (int32_t k = 0; k < r->entries->n; k++)
        n_in += in[k];
    assert_int_equal(n_listed, n_in);
    assert_true(most - least <= 1);
}

static void check_event(const hm_rounds *r, const hm_rules *rules)
{
    bool in[256], through[256];
    for (int32_t i = 0; i < 256; i++)
        in[i] = i < r->entries->n;
    for (int32_t i = 0; i < r->n_round; i++) {
        memset(through, 0, sizeof through);
        check_round(r, rules, i, in, through);
        int32_t n = 0;
        for (int32_t k = 0; k < 256; k++)
            n += through[k];
        if (i + 1 < r->program.n_round)
            assert_true(n <= r->program.per_heat * r->program.round[i + 1].n_heat);
        else
            assert_int_equal(n, 0);
        memcpy(in, through, sizeof in);
    }
}

static void any_field_of_1_to_200_comes_through_by_the_rules(void **state)
{
    (void)state;
    static const int32_t lanes[] = {6, 8, 9, 8, 7};
    for (int32_t n = 1; n <= 200; n++) {
        hm_rules rules = hm_rules_default();
        rules.track_lanes = lanes[n % 5];
        rules.tie_overflow = HM_TIE_LOTS_ALL;
        if (n % 5 == 3)
            rules.progression = HM_PROGRESSION_WMA_2025;
        hm_entries e = random_entries((uint32_t)n, n, 1 + (uint32_t)n / 5);
        hm_rounds r = run(&e, &rules, (uint64_t)n);
        check_event(&r, &rules);
        assert_int_equal(r.n_round, r.program.n_round);
    }
}

/* The same people, the file upside down: the same heats, lanes and times. */
static void order_of_the_entries_does_not_matter(void **state)
{
    (void)state;
    for (int32_t n = 1; n <= 200; n += 7) {
        hm_rules rules = hm_rules_default();
        rules.tie_overflow = HM_TIE_LOTS_ALL;
        hm_entries e = random_entries(77, n, 9), turned = e;
        turned.entry = HM_PUSH(&arena, hm_entry, n);
        for (int32_t i = 0; i < n; i++)
            turned.entry[i] = e.entry[n - 1 - i];
        hm_rounds a = run(&e, &rules, 5), b = run(&turned, &rules, 5);
        assert_int_equal(a.n_round, b.n_round);
        for (int32_t i = 0; i < a.n_round; i++)
            for (int32_t h = 0; h < a.round[i].plan.n_heat; h++)
                for (int32_t k = 0; k < a.round[i].heat[h].n_lane; k++) {
                    const hm_rounds_lane *la = &a.round[i].heat[h].lane[k];
                    const hm_rounds_lane *lb = &b.round[i].heat[h].lane[k];
                    assert_true(la->entry == n - 1 - lb->entry && la->time_us == lb->time_us &&
                                la->advance == lb->advance && la->place == lb->place);
                }
    }
}

static void the_best_of_a_field_do_not_meet_in_round_one(void **state)
{
    (void)state;
    for (int32_t n = 17; n <= 112; n += 5) {
        hm_rules rules = hm_rules_default();
        rules.tie_overflow = HM_TIE_LOTS_ALL;
        hm_entries e = random_entries(5, n, 1000);
        hm_rounds r = run(&e, &rules, 3);
        int32_t n_heat = r.round[0].plan.n_heat;
        for (int32_t h = 0; h < n_heat; h++) {
            int32_t n_best = 0;
            for (int32_t k = 0; k < r.round[0].heat[h].n_lane; k++)
                n_best += r.round[0].heat[h].lane[k].seed <= n_heat;
            assert_int_equal(n_best, 1);
        }
    }
}

static void a_seed_number_is_a_meet_and_another_is_another(void **state)
{
    (void)state;
    hm_rules rules = hm_rules_default();
    hm_entries e = random_entries(9, 24, 6);
    hm_rounds a = run(&e, &rules, 1), b = run(&e, &rules, 1), c = run(&e, &rules, 2);
    int n_same = 0;
    for (int32_t k = 0; k < a.round[0].heat[0].n_lane; k++) {
        assert_int_equal(a.round[0].heat[0].lane[k].entry, b.round[0].heat[0].lane[k].entry);
        n_same += a.round[0].heat[0].lane[k].entry == c.round[0].heat[0].lane[k].entry;
    }
    assert_true(n_same < a.round[0].heat[0].n_lane);
}

/* ---- results of a file ---- */

static const char six[] = "name,team,best_s\nA,X,10.0\nB,X,10.1\nC,Y,10.2\nD,Y,10.3\n"
                          "E,Z,10.4\nF,Z,10.5\n";

static hm_status read_run(const hm_entries *e, const hm_rules *rules, const char *text,
                          hm_rounds *r, hm_err *err)
{
    hm_readings *readings = HM_PUSH(&arena, hm_readings, 1);
    HM_TRY(hm_readings_parse("r.csv", text, strlen(text), e, &arena, readings, err));
    return hm_rounds_run(e, rules, 1, hm_heat_read, readings, &arena, r, err);
}

static const hm_rounds_lane *lane_of(const hm_rounds *r, int32_t i_round, const char *name)
{
    for (int32_t h = 0; h < r->round[i_round].plan.n_heat; h++)
        for (int32_t k = 0; k < r->round[i_round].heat[h].n_lane; k++) {
            const hm_rounds_lane *l = &r->round[i_round].heat[h].lane[k];
            if (strcmp(r->entries->entry[l->entry].name, name) == 0)
                return l;
        }
    return NULL;
}

static void a_round_without_results_stays_a_start_list(void **state)
{
    (void)state;
    hm_rules rules = hm_rules_default();
    rules.track_lanes = 4; /* own rows: two heats of three, two by place, then four in the final */
    hm_entries e = entries_of(six);
    hm_rounds r;
    hm_err err = {0};
    assert_int_equal(read_run(&e, &rules, "round,name,time_s\n", &r, &err), HM_OK);
    assert_true(r.n_round == 1 && !r.round[0].run);
    const char *heats = "round,name,time_s,status,wind_mps\nR1,A,10.001,,2.03\nR1,B,10.101,,-0.5\n"
                        "R1,C,10.201,,-0.5\nR1,D,10.301,,2.04\nR1,E,,DNF,\nR1,F,10.501,,\n";
    assert_int_equal(read_run(&e, &rules, heats, &r, &err),
                     HM_ERR_INPUT); /* A and D run together: two winds */
    const char *good = "round,name,time_s,status\nR1,A,10.001,\nR1,B,10.101,\nR1,C,10.201,\n"
                       "R1,D,10.301,\nR1,E,,DNF\nR1,F,10.501,\n";
    if (read_run(&e, &rules, good, &r, &err) != HM_OK)
        assert_int_equal(err.line, 0);
    assert_true(r.n_round == 2 && r.round[0].run && !r.round[1].run);
    assert_string_equal(r.round[1].plan.code, "F");
    assert_int_equal(lane_of(&r, 0, "E")->status, HM_RUN_DNF);
    assert_non_null(lane_of(&r, 1, "A"));
    assert_null(lane_of(&r, 1, "E"));
}

static void who_did_not_advance_has_no_result_in_the_final(void **state)
{
    (void)state;
    hm_rules rules = hm_rules_default();
    rules.track_lanes = 4;
    hm_entries e = entries_of(six);
    hm_rounds r;
    hm_err err = {0};
    const char *text = "round,name,time_s\nR1,A,10.001\nR1,B,10.101\nR1,C,10.201\nR1,D,10.301\n"
                       "R1,E,10.401\nR1,F,10.501\nF,F,10.3\n";
    assert_int_equal(read_run(&e, &rules, text, &r, &err), HM_ERR_INPUT);
    assert_int_equal(err.line, 8);
}

static void hand_and_automatic_times_are_not_ranked_together(void **state)
{
    (void)state;
    hm_rules rules = hm_rules_default();
    hm_entries e = entries_of(six);
    hm_rounds r;
    hm_err err = {0};
    const char *text = "round,name,time_s\nF,A,10.1\nF,B,10.121\nF,C,10.3\nF,D,10.3\nF,E,10.4\n"
                       "F,F,10.5\n";
    assert_int_equal(read_run(&e, &rules, text, &r, &err), HM_ERR_INPUT);
    assert_non_null(strstr(err.msg, "TR20.8"));
}

static void one_who_withdraws_is_replaced_only_if_the_rules_say_so(void **state)
{
    (void)state;
    hm_rules rules = hm_rules_default();
    rules.track_lanes = 4;
    hm_entries e = entries_of("name,best_s,dns\nA,10.0,F\nB,10.1,\nC,10.2,\nD,10.3,\nE,10.4,\n"
                              "F,10.5,\n");
    const char *text = "round,name,time_s\nR1,A,10.001\nR1,B,10.101\nR1,C,10.201\nR1,D,10.301\n"
                       "R1,E,10.401\nR1,F,10.501\n";
    hm_rounds r;
    assert_int_equal(read_run(&e, &rules, text, &r, NULL), HM_OK);
    assert_int_equal(lane_of(&r, 1, "A")->status, HM_RUN_DNS);
    assert_int_equal(r.round[1].heat[0].n_lane, 4);
    rules.fill_vacancies = true;
    assert_int_equal(read_run(&e, &rules, text, &r, NULL), HM_OK);
    assert_null(lane_of(&r, 1, "A"));
    assert_non_null(lane_of(&r, 1, "E")); /* the fastest who was out */
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(any_field_of_1_to_200_comes_through_by_the_rules),
        CASE(order_of_the_entries_does_not_matter),
        CASE(the_best_of_a_field_do_not_meet_in_round_one),
        CASE(a_seed_number_is_a_meet_and_another_is_another),
        CASE(a_round_without_results_stays_a_start_list),
        CASE(who_did_not_advance_has_no_result_in_the_final),
        CASE(hand_and_automatic_times_are_not_ranked_together),
        CASE(one_who_withdraws_is_replaced_only_if_the_rules_say_so),
    };
    return cmocka_run_group_tests_name("race/rounds", tests, NULL, NULL);
}
