/* fuzz/harness.h - one entry for libFuzzer and for replay.c. Each harness also checks what must
 * hold of whatever is accepted: it is valid, and written and read again it is the same text. */
#ifndef HM_FUZZ_HARNESS_H
#define HM_FUZZ_HARNESS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An error must say what is wrong in a line, and be of the user's making. */
static inline void harness_refused(hm_status status, const hm_err *err)
{
    HM_ASSERT(status == HM_ERR_INPUT && err->status == HM_ERR_INPUT);
    HM_ASSERT(err->msg[0] && err->source[0] && !strchr(err->msg, '\n'));
}

#endif
