#include "data/track.h"

#include "harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hm_arena a;
    hm_arena_init(&a, 16 * 1024);
    hm_err err = {0};
    hm_track one, two;
    char *text, *again;
    size_t n;
    hm_status status = hm_track_parse("f.csv", (const char *)data, size, &a, &one, &err);
    if (status == HM_OK) {
        for (int32_t i = 0; i < one.n_person; i++)
            for (int32_t f = 1; f < one.person[i].n_frame; f++)
                HM_ASSERT(one.person[i].frame[f].time_s > one.person[i].frame[f - 1].time_s);
        HM_ASSERT(hm_track_print(&one, &a, &text, &n, &err) == HM_OK);
        HM_ASSERT(hm_track_parse("g.csv", text, n, &a, &two, &err) == HM_OK);
        HM_ASSERT(hm_track_print(&two, &a, &again, NULL, &err) == HM_OK);
        HM_ASSERT(strcmp(text, again) == 0);
        /* laid over itself it stays what it is */
        HM_ASSERT(hm_track_correct(&two, &one, &a, &err) == HM_OK);
    } else {
        harness_refused(status, &err);
    }
    hm_arena_free(&a);
    return 0;
}
