/* loudness_priv.h - the limiter, for the mix and for the coder. */
#ifndef HM_STAGE_LOUDNESS_PRIV_H
#define HM_STAGE_LOUDNESS_PRIV_H

#include <stdbool.h>
#include <stdint.h>

/**
 * Where heard, what became of lr (n x 2) on its way, passes peak_dbtp: take lr down there,
 * smoothly, by what it is too much. false = nowhere, lr is untouched. No memory for it: the same.
 */
bool sound_hold(const float *heard, double peak_dbtp, int64_t n, float *lr);

#endif
