#include "meet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return meet_try(data, size, hm_meets_parse_json);
}
