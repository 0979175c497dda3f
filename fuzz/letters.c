#include "stage/letters.h"

#include "harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hm_arena a;
    hm_arena_init(&a, 16 * 1024);
    hm_err err = {0};
    hm_letters *letters, *again;
    hm_status status = hm_letters_read(data, size, &letters, &err);
    if (status == HM_OK) {
        unsigned char *first, *second;
        size_t n_first, n_second;
        HM_ASSERT(hm_letters_write(letters, &a, &first, &n_first, NULL) == HM_OK);
        HM_ASSERT(hm_letters_read(first, n_first, &again, NULL) == HM_OK);
        HM_ASSERT(hm_letters_write(again, &a, &second, &n_second, NULL) == HM_OK);
        HM_ASSERT(n_first == n_second && memcmp(first, second, n_first) == 0);
        hm_letters_destroy(again);
        hm_letters_destroy(letters);
    } else {
        harness_refused(status, &err);
    }
    hm_arena_free(&a);
    return 0;
}
