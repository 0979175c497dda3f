/* tests/support/ht_race.h - a race from a sheet typed into a test, or from one that is shipped. */
#ifndef HT_RACE_H
#define HT_RACE_H

#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "data/sheet.h"
#include "race/replay.h"

/** Fails the test when the sheet is refused. */
static inline void ht_race_typed(const char *csv, hm_arena *arena, hm_race *race)
{
    hm_err err = {0};
    hm_sheet sheet;
    hm_sheet_opts opts = hm_sheet_opts_default();
    if (hm_sheet_parse("typed.csv", csv, strlen(csv), &opts, arena, &sheet, &err) != HM_OK ||
        hm_race_replay(&sheet, NULL, arena, race, &err) != HM_OK)
        fail_msg("%s:%lld: %s: %s", err.source, (long long)err.line, err.field, err.msg);
}

/** name without folder and .csv; data/races is found through HM_DATA_DIR. */
static inline void ht_race_shipped(const char *name, hm_arena *arena, hm_race *race)
{
    hm_err err = {0};
    hm_sheet sheet;
    hm_sheet_opts opts = hm_sheet_opts_default();
    const char *dir = getenv("HM_DATA_DIR");
    char path[1024];
    snprintf(path, sizeof path, "%s/races/%s.csv", dir ? dir : "data", name);
    if (hm_sheet_read(path, &opts, arena, &sheet, &err) != HM_OK ||
        hm_race_replay(&sheet, NULL, arena, race, &err) != HM_OK)
        fail_msg("%s:%lld: %s: %s", err.source, (long long)err.line, err.field, err.msg);
}

#endif
