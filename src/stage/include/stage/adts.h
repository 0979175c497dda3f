/* stage/adts.h - a sound by itself as a small file: AAC frames in ADTS, which browsers decode. */
#ifndef HM_STAGE_ADTS_H
#define HM_STAGE_ADTS_H

#include "stage/encode.h"

/** Samples of silence before the sound: the coder's start-up. Decoders that know cut them off. */
enum { HM_ADTS_LEAD_SAMPLES = 1024 };

/**
 * Encode.
 *
 * in     audio   1 sample or more
 *        bps     bit rate of both channels, 16000 .. 320000
 * out    bytes   (n) in the arena; untouched on failure
 * errors HM_ERR_USAGE built without libav; HM_ERR_SYSTEM the coder, no memory
 * memory arena, and a frame's worth of libav's
 * threads: pure but for the arena
 * source ADTS: ISO/IEC 14496-3, 1.A.3.2 (recalled)
 * test   tests/unit/stage/test_adts.c; decoded by a browser in web/tests/player.test.mjs
 */
HM_CHECKED hm_status hm_adts_encode(const hm_audio *audio, int32_t bps, hm_arena *arena,
                                    uint8_t **bytes, size_t *n, hm_err *err);

#endif
