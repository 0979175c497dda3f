#include "harness.h"

#include "race/rounds.h"

enum { FEW = 60 }; /* larger fields only cost time here */

/* A text cut at a NUL-free mark: entries before "----\n", results behind. */
static size_t cut(const char *text, size_t n)
{
    for (size_t i = 0; i + 5 <= n; i++)
        if (memcmp(text + i, "----\n", 5) == 0)
            return i;
    return n;
}

static void run(const hm_entries *e, size_t size, hm_heat_fn *fn, void *ctx, hm_arena *a)
{
    static const int32_t lanes[] = {8, 6, 9, 4, 2};
    hm_err err = {0};
    hm_rounds r;
    hm_rules rules = hm_rules_default();
    rules.track_lanes = lanes[size % 5];
    rules.tie_overflow = (hm_tie_overflow)(size % 3);
    rules.fill_vacancies = size % 2;
    hm_status status = hm_rounds_run(e, &rules, size, fn, ctx, a, &r, &err);
    if (status != HM_OK) {
        HM_ASSERT(status == HM_ERR_CHECK || status == HM_ERR_INPUT);
        return;
    }
    HM_ASSERT(r.n_round >= 1);
    for (int32_t i = 0; i < r.n_round; i++)
        for (int32_t h = 0; h < r.round[i].plan.n_heat; h++)
            HM_ASSERT(r.round[i].heat[h].n_lane <= rules.track_lanes);
}

/* Entries that are accepted run through all rounds, drawn and with whatever results stand behind.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hm_arena a;
    hm_arena_init(&a, 64 * 1024);
    hm_err err = {0};
    hm_entries e;
    hm_readings readings;
    const char *text = (const char *)data;
    size_t n = cut(text, size);
    hm_status status = hm_entries_parse("f.csv", text, n, &a, &e, &err);
    if (status != HM_OK) {
        harness_refused(status, &err);
    } else if (e.n <= FEW) {
        run(&e, size, hm_heat_draw, NULL, &a);
        size_t from = n < size ? n + 5 : size;
        hm_err err_r = {0};
        status = hm_readings_parse("r.csv", text + from, size - from, &e, &a, &readings, &err_r);
        if (status == HM_OK)
            run(&e, size, hm_heat_read, &readings, &a);
        else
            harness_refused(status, &err_r);
    }
    hm_arena_free(&a);
    return 0;
}
