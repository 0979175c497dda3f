/* tests/unit/race/rule_cases.h - the table of worked cases, tests/data/rules_worked_cases.csv. */
#ifndef RULE_CASES_H
#define RULE_CASES_H

#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "io/csv.h"
#include "io/file.h"

static inline hm_csv rule_table(hm_arena *a, const char *env, const char *name)
{
    hm_err err = {0};
    hm_csv csv = {0};
    char *bytes, *path = hm_arena_printf(a, "%s/%s", getenv(env), name);
    size_t n;
    if (hm_file_read(path, 1 << 20, a, &bytes, &n, &err) != HM_OK ||
        hm_csv_parse(path, bytes, n, a, &csv, &err) != HM_OK)
        fail_msg("%s: %s", path, err.msg);
    return csv;
}

/** Calls check for each case of a kind; returns how many there were. */
static inline int rule_cases(const char *kind, void (*check)(const char *input, const char *want))
{
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = rule_table(&a, "HM_TEST_DATA_DIR", "rules_worked_cases.csv");
    int n = 0;
    for (int32_t i = 0; i < csv.n_row; i++) {
        const hm_csv_cell *c = csv.row[i].cell;
        if (strcmp(c[0].text, kind) != 0)
            continue;
        n++;
        check(c[1].text, c[2].text);
    }
    hm_arena_free(&a);
    return n;
}

#endif
