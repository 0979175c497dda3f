/* hush.c - the tone of a quiet room. */
#include "sound_priv.h"

#define HUSH_LEVEL 0.0022 /* [1] before loudness; own choice: some -60 dB under the loudest */
#define HUSH_HZ    420.0  /* air and walls: nothing bright */

void sound_hush_start(sound_hush *h)
{
    *h = (sound_hush){0};
    for (int c = 0; c < 2; c++)
        sound_lowpass(&h->low[c], HUSH_HZ, 0.6);
}

void sound_hush_block(sound_hush *h, int64_t n, float *lr)
{
    for (int64_t i = 0; i < n; i++, h->at++)
        for (int c = 0; c < 2; c++) {
            double x = sound_noise(sound_key(0x68757368u, (uint32_t)c, 0), h->at);
            lr[2 * i + c] += (float)sound_filter(&h->low[c], HUSH_LEVEL * x);
        }
}
