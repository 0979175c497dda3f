#include "io/png.h"

#include "harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hm_arena a;
    hm_arena_init(&a, 16 * 1024);
    hm_err err = {0};
    hm_png png;
    hm_status status = hm_png_parse("f.png", data, size, 256 * 256, &a, &png, &err);
    if (status == HM_OK) {
        int sum = 0;
        for (int32_t y = 0; y < png.h_px; y++)
            for (int32_t x = 0; x < png.stride; x++)
                sum += png.pixel[(int64_t)y * png.stride + x];
        HM_ASSERT(sum >= 0);
    } else {
        harness_refused(status, &err);
    }
    hm_arena_free(&a);
    return 0;
}
