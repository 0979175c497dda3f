/* stem_rain.c - rain: a hiss of drops too many to be told apart, single ones near the ear, and the
 * splash that a wet track gives to each footfall. */
#include "sound_priv.h"

#include "num/dmath.h"

/* By ear of measurement: drops a second that stand out of the hiss, and how long each rings. */
enum { DROP_HZ = 600, DROP_SAMPLE = 280 };

/* One drop on water: a short rising tone (the bubble it closes), level by a cube: few are loud. */
static void drop(uint32_t no, int64_t at, const sound_block *b, double level)
{
    double u = 0.5 + 0.5 * sound_noise(0x71u, no), loud = u * u * u;
    double hz = 1800.0 + 5200.0 * (0.5 + 0.5 * sound_noise(0x72u, no));
    double pan = 0.5 + 0.5 * sound_noise(0x73u, no), k = sound_decay(900), a = level * loud;
    double phase = 0;
    for (int64_t i = 0; i < DROP_SAMPLE; i++, a *= k) {
        double t_s = (double)i / HM_AUDIO_HZ;
        phase += hz * (1.0 + 30.0 * t_s) / HM_AUDIO_HZ;
        phase -= phase >= 1.0 ? 1.0 : 0.0;
        int64_t j = at + i;
        if (j < 0 || j >= b->n)
            continue;
        double y = a * hm_sin(HM_TAU * phase);
        b->lr[2 * j] += (float)((1.0 - pan) * y);
        b->lr[2 * j + 1] += (float)(pan * y);
    }
}

/* All drops that ring within the block; each second has its own DROP_HZ of them. */
static void drops(const sound_film *f, const sound_block *b, double level)
{
    double from_s = f->t0_s + (double)b->from / HM_AUDIO_HZ;
    double to_s = from_s + (double)b->n / HM_AUDIO_HZ;
    int64_t first = (int64_t)floor((from_s - 0.01) * DROP_HZ), last = (int64_t)ceil(to_s * DROP_HZ);
    for (int64_t k = first; k <= last; k++) {
        double jitter = 0.5 + 0.5 * sound_noise(0x74u, (uint32_t)k);
        double at_s = ((double)k + jitter) / DROP_HZ;
        drop((uint32_t)k, (int64_t)floor((at_s - from_s) * HM_AUDIO_HZ), b, level);
    }
}

void sound_rain_block(const sound_film *f, sound_rain *r, const sound_block *b)
{
    double level = f->o.rain_frac;
    if (level <= 0)
        return;
    for (int c = 0; !r->begun && c < 2; c++) {
        sound_bandpass(&r->hiss[c], 6500.0, 0.5);
        sound_bandpass(&r->roar[c], 900.0, 0.4);
    }
    if (!r->begun)
        r->open = 1;
    r->begun = true;
    double open = 1; /* to the sky */
    for (int64_t j = 0; j < b->n; j++) {
        if (j % 480 == 0)
            open = 1 - 0.62 * sound_sheltered(f, f->t0_s + (double)(b->from + j) / HM_AUDIO_HZ);
        r->open += (open - r->open) * 0.0004;
        uint32_t t = (uint32_t)((int64_t)(f->t0_s * HM_AUDIO_HZ) + b->from + j);
        for (uint32_t c = 0; c < 2; c++) {
            double n = sound_noise(0x75u + c, t);
            double y = 0.55 * sound_filter(&r->hiss[c], n) + 0.30 * sound_filter(&r->roar[c], n);
            b->lr[2 * j + c] += (float)(level * r->open * y);
        }
    }
    drops(f, b, 1.6 * level * r->open);
}

void sound_splash(uint32_t key, int64_t n, double level, double *mono)
{
    sound_biquad low = {0}, high = {0};
    sound_lowpass(&low, 6000.0, 0.7);
    sound_highpass(&high, 1500.0, 0.7);
    double k = sound_decay(30), k_rise = sound_decay(400), a = level, rise = 1.0;
    for (int64_t i = 0; i < n; i++, a *= k, rise *= k_rise) {
        double y = sound_filter(&high, sound_filter(&low, sound_noise(key ^ 0x5A5Au, (uint32_t)i)));
        mono[i] += a * (1.0 - rise) * y;
    }
}
