#include "harness.h"

#include "data/sheet.h"
#include "race/replay.h"

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
    }
    hm_arena_free(&a);
    return 0;
}
