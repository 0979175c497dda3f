#include "data/clip_truth.h"

#include "harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hm_arena a;
    hm_arena_init(&a, 16 * 1024);
    hm_err err = {0};
    hm_clip_truth one, two;
    char *text, *again;
    size_t n;
    hm_status status = hm_clip_truth_parse("f.json", (const char *)data, size, &a, &one, &err);
    if (status == HM_OK) {
        HM_ASSERT(hm_clip_truth_print(&one, &a, &text, &n, &err) == HM_OK);
        HM_ASSERT(hm_clip_truth_parse("g.json", text, n, &a, &two, &err) == HM_OK);
        HM_ASSERT(hm_clip_truth_print(&two, &a, &again, NULL, &err) == HM_OK);
        HM_ASSERT(strcmp(text, again) == 0);
    } else {
        harness_refused(status, &err);
    }
    hm_arena_free(&a);
    return 0;
}
