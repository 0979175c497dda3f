#include "data/sheet.h"

#include "harness.h"

#include <math.h>

static void valid(const hm_sheet *s)
{
    HM_ASSERT(s->n_row >= 1 && s->n_row <= HM_LANE_MAX);
    for (int32_t i = 1; i < s->n_split; i++)
        HM_ASSERT(s->split_m[i] > s->split_m[i - 1]);
    for (int32_t i = 0; i < s->n_row; i++) {
        const hm_sheet_row *r = &s->row[i];
        HM_ASSERT(r->lane >= 1 && r->lane <= HM_LANE_MAX && (i == 0 || r->lane > r[-1].lane));
        HM_ASSERT(r->name[0]);
        HM_ASSERT(r->status != HM_RUN_OK || (isfinite(r->time_s) && r->time_s > 0) ||
                  (isnan(r->time_s) && r->n_watch > 0));
        double before_s = isnan(r->reaction_s) ? 0 : r->reaction_s;
        for (int32_t k = 0; k < s->n_split; k++)
            if (!isnan(r->split_s[k])) {
                HM_ASSERT(r->split_s[k] > before_s);
                before_s = r->split_s[k];
            }
        HM_ASSERT(isnan(r->time_s) || r->time_s > before_s);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hm_arena a;
    hm_arena_init(&a, 16 * 1024);
    hm_err err = {0};
    hm_sheet sheet;
    hm_sheet_opts opts = hm_sheet_opts_default();
    opts.allow_implausible = size % 2;
    hm_status status = hm_sheet_parse("f.csv", (const char *)data, size, &opts, &a, &sheet, &err);
    if (status == HM_OK)
        valid(&sheet);
    else
        harness_refused(status, &err);
    hm_arena_free(&a);
    return 0;
}
