#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "io/file.h"
#include "life/kind.h"

/* The rows of data/life/career_types.csv: name, unit, four kinds, meaning. */
static double cell(char *text, const char *row, int column)
{
    char *at = text;
    size_t n = strlen(row);
    while (at && strncmp(at, row, n) != 0)
        at = (at = strchr(at, '\n')) ? at + 1 : NULL;
    if (!at)
        fail_msg("no row %s", row);
    for (int i = 0; i < column; i++)
        at = strchr(at, ',') + 1;
    return strtod(at, NULL);
}

static void kinds_are_those_of_the_table(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        size_t offset;
    } field[] = {
        {"talent_z,", offsetof(hm_kind, talent_z)},
        {"timing_y,", offsetof(hm_kind, timing_y)},
        {"emax,", offsetof(hm_kind, trainable_ln)},
        {"start_age,", offsetof(hm_kind, start_age_y)},
        {"load_factor,", offsetof(hm_kind, load_ratio)},
        {"technique_at_6,", offsetof(hm_kind, technique)},
        {"fragility,", offsetof(hm_kind, fragility)},
        {"competitiveness,", offsetof(hm_kind, competitive_z)},
        {"anxiety_trait,", offsetof(hm_kind, anxiety_z)},
        {"confidence_trait,", offsetof(hm_kind, confidence_z)},
        {"motivation_trait,", offsetof(hm_kind, motivation_z)},
        {"stubbornness,", offsetof(hm_kind, stubborn_frac)},
        {"sociability,", offsetof(hm_kind, sociable_frac)},
        {"win_contingency,", offsetof(hm_kind, win_frac)},
    };
    static const char *const belief[] = {"belief_joy,",   "belief_fastest,", "belief_effort,",
                                         "belief_order,", "belief_form,",    "belief_fear,"};
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    char *text;
    size_t n;
    const char *path = hm_arena_printf(&a, "%s/life/career_types.csv", getenv("HM_DATA_DIR"));
    assert_int_equal(hm_file_read(path, 1 << 20, &a, &text, &n, &err), HM_OK);
    for (int k = 0; k < 4; k++) {
        const hm_kind *kind = hm_kind_named(hm_kind_name(k));
        assert_non_null(kind);
        for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
            double got;
            memcpy(&got, (const char *)kind + field[i].offset, sizeof got);
            ht_near(got, cell(text, field[i].row, 2 + k), 1e-12, 0);
        }
        for (int b = 0; b < HM_BELIEF_COUNT; b++)
            ht_near(kind->belief[b], cell(text, belief[b], 2 + k), 1e-12, 0);
    }
    assert_null(hm_kind_named("genius"));
    assert_null(hm_kind_name(4));
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(kinds_are_those_of_the_table)};
    return cmocka_run_group_tests_name("life/kind", tests, NULL, NULL);
}
