#include "harness.h"

#include "measure/plausible.h"
#include "measure/read.h"
#include "measure/window.h"

/* Whatever is accepted passes the check, is the same when written and read again, and its run lies
 * within it. */
static void valid(const hm_trace *t, hm_arena *a)
{
    hm_err err = {0};
    hm_trace again;
    hm_doubts doubts;
    char *text, *once_more;
    size_t n;
    int32_t first, last;
    HM_ASSERT(hm_trace_check(t, &err) == HM_OK);
    hm_measure_run_window(t, &first, &last);
    HM_ASSERT(first >= 0 && first <= last && last < t->n_obs);
    HM_ASSERT(hm_measure_doubt(t, a, &doubts, &err) == HM_OK);
    for (int32_t i = 0; i < doubts.n; i++)
        HM_ASSERT(doubts.doubt[i].obs < t->n_obs && doubts.doubt[i].text[0]);
    HM_ASSERT(hm_trace_print(t, a, &text, &n, &err) == HM_OK);
    HM_ASSERT(hm_trace_parse("g.json", text, n, a, &again, &err) == HM_OK);
    HM_ASSERT(hm_trace_print(&again, a, &once_more, NULL, &err) == HM_OK);
    HM_ASSERT(strcmp(text, once_more) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const by[] = {"athlete", "", "shoe", "lane"};
    hm_arena a;
    hm_arena_init(&a, 16 * 1024);
    hm_err err = {0};
    hm_traces traces;
    hm_measure_opts o = hm_measure_opts_default();
    /* the options follow from the length, so that a corpus file has its own */
    o.kind = size % 5 ? HM_MEASURE_AUTO : (int32_t)(size / 5 % 4);
    o.speed_unit = (int32_t)(size / 2 % 4);
    o.crop = size / 8 % 2;
    o.lane = size % 31 ? 0 : 4;
    o.runs_by = by[size % 7 ? 0 : size / 7 % 4];
    hm_status status = hm_measure_parse("f.csv", (const char *)data, size, &o, &a, &traces, &err);
    if (status == HM_OK) {
        HM_ASSERT(traces.n >= 1);
        for (int32_t i = 0; i < traces.n && i < 16; i++)
            valid(&traces.trace[i], &a);
    } else {
        HM_ASSERT(status == HM_ERR_INPUT || status == HM_ERR_USAGE);
        HM_ASSERT(err.status == status && err.msg[0] && err.source[0] && !strchr(err.msg, '\n'));
    }
    hm_arena_free(&a);
    return 0;
}
