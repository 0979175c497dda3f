#include "measure/lynx.h"

#include "harness.h"

static hm_status write(hm_arena *a, int kind, const hm_meet *meet, hm_memory *m, hm_err *err)
{
    *m = (hm_memory){.arena = a};
    hm_sink sink = hm_sink_memory(m);
    switch (kind) {
    case HM_LYNX_EVT:
        return hm_lynx_write_evt(sink, meet, err);
    case HM_LYNX_PPL:
        return hm_lynx_write_ppl(sink, meet, err);
    case HM_LYNX_SCH:
        return hm_lynx_write_sch(sink, meet, err);
    default:
        return meet->n_heat ? hm_lynx_write_lif(sink, meet, 0, err) : HM_OK;
    }
}

/* Whatever is kept passes the check; written and read again, without an error now, it is the same
 * text. */
static void valid(hm_arena *a, int kind, const hm_meet *meet)
{
    const hm_lynx_opts strict = {(hm_lynx_kind)kind, false};
    hm_err err = {0};
    hm_meet again;
    hm_memory one, two;
    HM_ASSERT(hm_meet_check(meet, &err) == HM_OK);
    if (meet->n_heat + meet->n_person + meet->n_order == 0)
        return;
    if (write(a, kind, meet, &one, &err) != HM_OK) {
        HM_ASSERT(err.status == HM_ERR_INPUT && strcmp(err.field, "line") == 0);
        return;
    }
    HM_ASSERT(hm_lynx_parse("f", one.bytes, one.n, &strict, a, &again, &err) == HM_OK);
    HM_ASSERT(again.n_heat == meet->n_heat && again.n_person == meet->n_person &&
              again.n_order == meet->n_order);
    for (int32_t i = 0; i < meet->n_heat; i++)
        HM_ASSERT(again.heat[i].n_mark == meet->heat[i].n_mark);
    HM_ASSERT(write(a, kind, &again, &two, &err) == HM_OK);
    HM_ASSERT(one.n == two.n && memcmp(one.bytes, two.bytes, one.n) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int k = 0; k < 2 * HM_LYNX_AUTO; k++) {
        hm_arena a;
        hm_arena_init(&a, 16 * 1024);
        hm_err err = {0};
        hm_meet meet;
        const hm_lynx_opts opts = {(hm_lynx_kind)(k / 2), k % 2};
        hm_status status = hm_lynx_parse("f", (const char *)data, size, &opts, &a, &meet, &err);
        if (status == HM_OK)
            valid(&a, k / 2, &meet);
        else {
            HM_ASSERT(!opts.lenient);
            harness_refused(status, &err);
        }
        hm_arena_free(&a);
    }
    return 0;
}
