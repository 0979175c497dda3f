#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "data/entries.h"
#include "data/sheet.h"
#include "race/records.h"
#include "race/referee.h"
#include "race/replay.h"
#include "race/rounds.h"

/* Allocations of our objects pass here; the one with number fail_at is refused. */
static long n_call, fail_at = -1;

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);

void *__wrap_malloc(size_t size)
{
    return n_call++ == fail_at ? NULL : __real_malloc(size);
}

typedef hm_status job_fn(const void *in, hm_arena *a, void *out, hm_err *err);

static hm_status judge(const void *in, hm_arena *a, void *out, hm_err *err)
{
    hm_race race;
    hm_sheet timed;
    hm_rules rules = hm_rules_default();
    HM_TRY(hm_referee_times(in, &rules, a, &timed, err));
    HM_TRY(hm_race_replay(&timed, NULL, a, &race, err));
    HM_TRY(hm_referee_judge(&timed, &rules, a, &race, err));
    HM_TRY(hm_record_judge(&rules, 958, false, a, &race, err));
    *(hm_race *)out = race;
    return HM_OK;
}

static hm_status run_rounds(const void *in, hm_arena *a, void *out, hm_err *err)
{
    hm_rules rules = hm_rules_default();
    rules.track_lanes = 4;
    return hm_rounds_run(in, &rules, 1, hm_heat_draw, NULL, a, out, err);
}

/* Each allocation is refused once: told as such, and the result untouched. */
static void sweep(job_fn *job, const void *in)
{
    static union {
        hm_race race;
        hm_rounds rounds;
        unsigned char byte[8192];
    } out, before;
    _Static_assert(sizeof(hm_rounds) <= sizeof out.byte, "room for the result");
    long k = 0;
    for (bool done = false; !done; k++) {
        hm_arena a;
        hm_arena_init(&a, 128);
        hm_err err = {0};
        memset(&out, 0x5a, sizeof out);
        before = out;
        n_call = 0;
        fail_at = k;
        hm_status status = job(in, &a, &out, &err);
        done = n_call <= k;
        fail_at = -1;
        hm_arena_free(&a);
        assert_int_equal(status, done ? HM_OK : HM_ERR_SYSTEM);
        if (status != HM_OK)
            assert_memory_equal(&out, &before, sizeof out);
    }
    assert_true(k > 10);
}

static void a_referee_survives_every_refusal(void **state)
{
    (void)state;
    const char *text = "# wind_mps: 2.31\n# altitude_m: 1500\n"
                       "lane,name,start1_reaction_s,start2,reaction_s,time_s\n"
                       "3,A,0.05,,,DQ\n4,B,0.15,0.2,0.09,10.123\n5,C,,-,0.16,10.13\n";
    hm_sheet_opts opts = hm_sheet_opts_default();
    hm_sheet sheet;
    hm_arena a;
    hm_arena_init(&a, 0);
    assert_int_equal(hm_sheet_parse("s", text, strlen(text), &opts, &a, &sheet, NULL), HM_OK);
    sweep(judge, &sheet);
    hm_arena_free(&a);
}

static void rounds_survive_every_refusal(void **state)
{
    (void)state;
    const char *text = "name,team,best_s\nA,X,10.1\nB,X,10.1\nC,X,10.3\nD,Y,10.4\nE,Y,10.5\nF,,\n";
    hm_entries entries;
    hm_arena a;
    hm_arena_init(&a, 0);
    assert_int_equal(hm_entries_parse("e", text, strlen(text), &a, &entries, NULL), HM_OK);
    sweep(run_rounds, &entries);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_referee_survives_every_refusal),
        cmocka_unit_test(rounds_survive_every_refusal),
    };
    return cmocka_run_group_tests_name("oom/rules", tests, NULL, NULL);
}
