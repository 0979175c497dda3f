#include "meet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)hm_meets_is_csv((const char *)data, size);
    return meet_try(data, size, hm_meets_parse_csv);
}
