#include "ht.h"

#include <string.h>

#include "base/rng.h"
#include "race/rounds.h"

enum { N_MAX = 64 };

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

/* Finishers of one heat by thousandths, places with ties. */
static int32_t heat_of(int32_t heat, int32_t n, const int32_t ms[], hm_finish f[])
{
    for (int32_t i = 0; i < n; i++) {
        int32_t place = 1;
        for (int32_t k = 0; k < n; k++)
            place += ms[k] < ms[i];
        f[i] = (hm_finish){.heat = heat,
                           .place = place,
                           .time_ms = ms[i],
                           .lot = hm_lot(1, 0, 3, (uint64_t)(100 * heat + i))};
    }
    return n;
}

static hm_status judge(const hm_rules *r, int32_t n_heat, int32_t p, int32_t t, int32_t room,
                       int32_t n, hm_finish f[])
{
    hm_round_plan plan = {.code = "R1", .n_heat = n_heat, .by_place = p, .by_time = t};
    hm_notes log = {0};
    return hm_advance_judge(r, &plan, room, n, f, &arena, &log, NULL);
}

/* "Q Q - q": by index */
static const char *outcome(int32_t n, const hm_finish f[])
{
    static char text[256];
    text[0] = '\0';
    for (int32_t i = 0; i < n; i++) {
        const char *t = hm_advance_text(f[i].advance);
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? " " : "",
                 t[0] ? t : "-");
    }
    return text;
}

/* Worked case 10: TR21.3-4. */
static void a_tie_for_the_last_place_takes_a_time_place(void **state)
{
    (void)state;
    hm_rules r = hm_rules_default();
    hm_finish f[10];
    heat_of(0, 5, (int32_t[]){10104, 10148, 10197, 10197, 10233}, f);
    heat_of(1, 5, (int32_t[]){10089, 10171, 10214, 10226, 10231}, f + 5);
    assert_int_equal(judge(&r, 2, 3, 2, 8, 10, f), HM_OK);
    assert_string_equal(outcome(10, f), "Q Q Q Q - Q Q Q q -");
    r.keep_time_qualifiers = true; /* room for eight: 7 Q leave one */
    assert_int_equal(judge(&r, 2, 3, 2, 8, 10, f), HM_OK);
    assert_string_equal(outcome(10, f), "Q Q Q Q - Q Q Q q -");
    assert_int_equal(judge(&r, 2, 3, 2, 9, 10, f), HM_OK);
    assert_string_equal(outcome(10, f), "Q Q Q Q - Q Q Q q q");
}

/* Worked cases 11 and 12: TR21.5. */
static void thousandths_then_lanes_then_lots_decide_the_last_time_place(void **state)
{
    (void)state;
    hm_rules r = hm_rules_default();
    hm_finish f[4];
    heat_of(0, 2, (int32_t[]){10100, 10233}, f);
    heat_of(1, 2, (int32_t[]){10100, 10231}, f + 2);
    assert_int_equal(judge(&r, 2, 1, 1, 3, 4, f), HM_OK);
    assert_string_equal(outcome(4, f), "Q - Q q");
    heat_of(0, 2, (int32_t[]){10100, 10231}, f);
    assert_int_equal(judge(&r, 2, 1, 1, 4, 4, f), HM_OK); /* one lane free */
    assert_string_equal(outcome(4, f), "Q q Q q");
    int won[2] = {0};
    for (uint64_t seed = 0; seed < 200; seed++) { /* none free: lots */
        f[1].lot = hm_lot(seed, 0, 3, 1);
        f[3].lot = hm_lot(seed, 0, 3, 2);
        assert_int_equal(judge(&r, 2, 1, 1, 3, 4, f), HM_OK);
        assert_true((f[1].advance == HM_BY_DRAW) != (f[3].advance == HM_BY_DRAW));
        won[f[3].advance == HM_BY_DRAW]++;
    }
    assert_true(won[0] > 60 && won[1] > 60);
}

/* Worked case 13. */
static void a_tie_above_the_last_place_changes_nothing(void **state)
{
    (void)state;
    hm_rules r = hm_rules_default();
    hm_finish f[10];
    heat_of(0, 5, (int32_t[]){10100, 10200, 10200, 10300, 10400}, f); /* 1 2 2 4 5 */
    heat_of(1, 5, (int32_t[]){10110, 10210, 10220, 10310, 10410}, f + 5);
    assert_int_equal(judge(&r, 2, 3, 2, 8, 10, f), HM_OK);
    assert_string_equal(outcome(10, f), "Q Q Q q - Q Q Q q -");
}

/* docs/rules.md 13: four share the last place of one, no time places, no lanes. */
static void a_tie_too_large_is_asked_about_or_drawn(void **state)
{
    (void)state;
    hm_rules r = hm_rules_default();
    hm_finish f[8];
    heat_of(0, 4, (int32_t[]){10100, 10200, 10200, 10200}, f);
    heat_of(1, 4, (int32_t[]){10110, 10150, 10160, 10170}, f + 4);
    assert_int_equal(judge(&r, 2, 2, 1, 5, 8, f), HM_ERR_CHECK);
    r.tie_overflow = HM_TIE_LOTS_SURPLUS; /* one of three by lot; the time place stays */
    assert_int_equal(judge(&r, 2, 2, 1, 5, 8, f), HM_OK);
    int n_draw = 0, n_time = 0;
    for (int i = 0; i < 8; i++) {
        n_draw += f[i].advance == HM_BY_DRAW;
        n_time += f[i].advance == HM_BY_TIME;
    }
    assert_true(n_draw == 1 && n_time == 1 && f[6].advance == HM_BY_TIME);
    r.tie_overflow = HM_TIE_LOTS_ALL; /* two of three by lot; no time place is left */
    assert_int_equal(judge(&r, 2, 2, 1, 5, 8, f), HM_OK);
    n_draw = n_time = 0;
    for (int i = 0; i < 8; i++) {
        n_draw += f[i].advance == HM_BY_DRAW;
        n_time += f[i].advance == HM_BY_TIME;
    }
    assert_true(n_draw == 2 && n_time == 0 && f[6].advance == HM_OUT);
}

static void a_heat_of_few_finishers_makes_no_new_time_places(void **state)
{
    (void)state;
    hm_rules r = hm_rules_default();
    hm_finish f[6];
    heat_of(0, 1, (int32_t[]){10100}, f);
    heat_of(1, 5, (int32_t[]){10110, 10150, 10160, 10170, 10180}, f + 1);
    assert_int_equal(judge(&r, 2, 2, 1, 8, 6, f), HM_OK);
    assert_string_equal(outcome(6, f), "Q Q Q q - -");
}

static void given_places_are_never_taken_away(void **state)
{
    (void)state;
    hm_rules r = hm_rules_default();
    hm_finish f[6];
    heat_of(0, 3, (int32_t[]){10100, 10200, 10300}, f);
    heat_of(1, 3, (int32_t[]){10110, 10150, 10160}, f + 3);
    f[2].advance = HM_BY_REFEREE;
    f[5].advance = HM_BY_JURY;
    assert_int_equal(judge(&r, 2, 1, 1, 8, 6, f), HM_OK);
    assert_string_equal(outcome(6, f), "Q - qR Q q qJ");
    int32_t order[6];
    assert_int_equal(hm_advance_rank(6, f, order), 5);
    const int32_t want[] = {0, 3, 4, 2, 5};
    for (int i = 0; i < 5; i++)
        assert_int_equal(order[i], want[i]);
}

/* Worked case 16: TR20.3.2a, TR21.2. */
static void winners_are_seeded_by_thousandths_then_seconds_then_times(void **state)
{
    (void)state;
    hm_rules r = hm_rules_default();
    hm_finish f[6];
    heat_of(0, 3, (int32_t[]){10048, 10061, 10090}, f);
    heat_of(1, 3, (int32_t[]){10041, 10055, 10095}, f + 3); /* both winners 10.05 */
    assert_int_equal(judge(&r, 2, 2, 1, 5, 6, f), HM_OK);
    int32_t order[6];
    assert_int_equal(hm_advance_rank(6, f, order), 5);
    const int32_t want[] = {3, 0, 4, 1, 2};
    for (int i = 0; i < 5; i++)
        assert_int_equal(order[i], want[i]);
}

/* ---- random rounds ---- */

typedef struct field {
    int32_t n_heat, by_place, by_time, room, n;
    hm_finish f[N_MAX];
} field;

/* Coarse thousandths, so that ties are common; a few without a result. */
static field random_field(uint32_t k)
{
    hm_draw4 d = hm_rng(21, HM_FOR_TEST, k, 0, 0);
    field x = {.n_heat = 2 + (int32_t)(d.u[0] % 5), .by_place = 1 + (int32_t)(d.u[1] % 3)};
    x.by_time = (int32_t)(d.u[2] % 4);
    x.room = x.n_heat * x.by_place + x.by_time + (int32_t)(d.u[3] % 3);
    for (int32_t h = 0; h < x.n_heat; h++) {
        int32_t ms[8], n = 5 + (int32_t)(hm_rng(22, HM_FOR_TEST, k, (uint32_t)h, 0).u[0] % 4);
        for (int32_t i = 0; i < n; i++)
            ms[i] =
                10000 + (int32_t)(hm_rng(23, HM_FOR_TEST, k, (uint32_t)(10 * h + i), 0).u[0] % 12);
        heat_of(h, n, ms, x.f + x.n);
        if (hm_rng(24, HM_FOR_TEST, k, (uint32_t)h, 0).u[0] % 4 == 0) {
            int32_t last = 0; /* one of the slowest did not finish */
            for (int32_t i = 0; i < n; i++)
                last = ms[i] > ms[last] ? i : last;
            x.f[x.n + last].place = x.f[x.n + last].time_ms = 0;
        }
        x.n += n;
    }
    return x;
}

static void never_more_advance_than_there_are_lanes(void **state)
{
    (void)state;
    int n_asked = 0;
    for (uint32_t k = 0; k < 3000; k++) {
        for (int how = HM_TIE_ASK; how <= HM_TIE_LOTS_SURPLUS; how++) {
            field x = random_field(k);
            hm_rules r = hm_rules_default();
            r.tie_overflow = (hm_tie_overflow)how;
            r.keep_time_qualifiers = k % 2;
            hm_status s = judge(&r, x.n_heat, x.by_place, x.by_time, x.room, x.n, x.f);
            n_asked += s == HM_ERR_CHECK;
            assert_true(s == HM_OK || (s == HM_ERR_CHECK && how == HM_TIE_ASK));
            int32_t n = 0;
            for (int32_t i = 0; i < x.n; i++) {
                n += x.f[i].advance != HM_OUT;
                assert_true(x.f[i].place > 0 || x.f[i].advance == HM_OUT);
            }
            if (s == HM_OK)
                assert_true(n <= x.room);
        }
    }
    assert_true(n_asked > 20); /* the fields do hold large ties */
}

/* Nobody behind goes on by merit while one before him, in his heat or by time, stays. */
static void who_is_before_never_stays_behind(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 3000; k++) {
        field x = random_field(k);
        hm_rules r = hm_rules_default();
        if (judge(&r, x.n_heat, x.by_place, x.by_time, x.room, x.n, x.f) != HM_OK)
            continue;
        for (int32_t a = 0; a < x.n; a++)
            for (int32_t b = 0; b < x.n; b++) {
                const hm_finish *fa = &x.f[a], *fb = &x.f[b];
                if (fa->place == 0 || fb->place == 0 || fa->advance != HM_OUT)
                    continue;
                if (fa->heat == fb->heat && fa->place < fb->place)
                    assert_true(fb->advance == HM_OUT);
                if (fa->time_ms < fb->time_ms)
                    assert_true(fb->advance == HM_OUT || fb->advance == HM_BY_PLACE);
            }
    }
}

static void order_of_the_input_does_not_matter(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 1000; k++) {
        field x = random_field(k), y = x;
        hm_rules r = hm_rules_default();
        r.tie_overflow = HM_TIE_LOTS_ALL;
        for (int32_t i = 0; i < x.n; i++)
            y.f[i] = x.f[x.n - 1 - i];
        assert_int_equal(judge(&r, x.n_heat, x.by_place, x.by_time, x.room, x.n, x.f), HM_OK);
        assert_int_equal(judge(&r, y.n_heat, y.by_place, y.by_time, y.room, y.n, y.f), HM_OK);
        int32_t ox[N_MAX], oy[N_MAX];
        int32_t n = hm_advance_rank(x.n, x.f, ox);
        assert_int_equal(hm_advance_rank(y.n, y.f, oy), n);
        for (int32_t i = 0; i < x.n; i++)
            assert_int_equal(x.f[i].advance, y.f[x.n - 1 - i].advance);
        for (int32_t i = 0; i < n; i++)
            assert_int_equal(ox[i], x.n - 1 - oy[i]);
    }
}

static void one_more_who_is_slower_takes_nobody_out(void **state)
{
    (void)state;
    for (uint32_t k = 0; k < 1000; k++) {
        field x = random_field(k), y = x;
        hm_rules r = hm_rules_default();
        r.tie_overflow = HM_TIE_LOTS_ALL;
        int32_t heat = (int32_t)(k % (uint32_t)x.n_heat), last = 0;
        for (int32_t i = 0; i < x.n; i++)
            last += x.f[i].heat == heat && x.f[i].place > 0;
        if (last < x.by_place)
            continue; /* he would be placed: not a slower one but a finisher that was missing */
        y.f[y.n++] = (hm_finish){
            .heat = heat, .place = last + 1, .time_ms = 20000, .lot = hm_lot(1, 0, 3, 999)};
        assert_int_equal(judge(&r, x.n_heat, x.by_place, x.by_time, x.room, x.n, x.f), HM_OK);
        assert_int_equal(judge(&r, y.n_heat, y.by_place, y.by_time, y.room, y.n, y.f), HM_OK);
        for (int32_t i = 0; i < x.n; i++)
            assert_int_equal(x.f[i].advance, y.f[i].advance);
    }
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_tie_for_the_last_place_takes_a_time_place),
        CASE(thousandths_then_lanes_then_lots_decide_the_last_time_place),
        CASE(a_tie_above_the_last_place_changes_nothing),
        CASE(a_tie_too_large_is_asked_about_or_drawn),
        CASE(a_heat_of_few_finishers_makes_no_new_time_places),
        CASE(given_places_are_never_taken_away),
        CASE(winners_are_seeded_by_thousandths_then_seconds_then_times),
        CASE(never_more_advance_than_there_are_lanes),
        CASE(who_is_before_never_stays_behind),
        CASE(order_of_the_input_does_not_matter),
        CASE(one_more_who_is_slower_takes_nobody_out),
    };
    return cmocka_run_group_tests_name("race/progress", tests, NULL, NULL);
}
