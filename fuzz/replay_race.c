#include "harness.h"

#include "data/sheet.h"
#include "race/recall.h"
#include "race/referee.h"
#include "race/replay.h"

/* The same by the book of each kind of meet; then each start that was recalled. */
static void judge(const hm_sheet *sheet, const char *preset, hm_arena *a)
{
    hm_err err = {0}, found = {0};
    hm_rules rules;
    hm_sheet timed;
    hm_race race, start;
    HM_ASSERT(hm_rules_preset(preset, &rules, NULL) == HM_OK);
    hm_status status = hm_referee_times(sheet, &rules, a, &timed, &err);
    if (status == HM_OK)
        status = hm_race_replay(&timed, NULL, a, &race, &err);
    if (status == HM_OK)
        status = hm_referee_judge(&timed, &rules, a, &race, &err);
    if (status != HM_OK) {
        harness_refused(status, &err);
        return;
    }
    HM_ASSERT(hm_race_check(&race, &found) == HM_OK);
    for (int32_t k = 1; k <= timed.n_start; k++) {
        hm_err err_k = {0};
        status = hm_recall_replay(&timed, race.ruling, k, NULL, a, &start, &err_k);
        if (status == HM_OK)
            HM_ASSERT(hm_race_check(&start, &found) == HM_OK);
        else
            harness_refused(status, &err_k);
    }
}

/* A sheet that is accepted becomes a race that holds what hm_race_check promises, or is refused. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hm_arena a;
    hm_arena_init(&a, 256 * 1024);
    hm_err err = {0}, found = {0};
    hm_sheet sheet;
    hm_race race;
    hm_sheet_opts opts = hm_sheet_opts_default();
    opts.allow_implausible = size % 2;
    if (hm_sheet_parse("f.csv", (const char *)data, size, &opts, &a, &sheet, &err) == HM_OK) {
        hm_status status = hm_race_replay(&sheet, NULL, &a, &race, &err);
        if (status == HM_OK)
            HM_ASSERT(hm_race_check(&race, &found) == HM_OK);
        else
            harness_refused(status, &err);
        static const char *const preset[] = {"open", "combined", "masters", "para"};
        judge(&sheet, preset[size % 4], &a);
    }
    hm_arena_free(&a);
    return 0;
}
