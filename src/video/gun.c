#include "video/gun.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"
#include "num/stat.h"

/* ---- constants, all own ---- */
enum {
    HOP = HM_CLIP_SOUND_HZ / 1000, /* samples: 1 ms */
    RISE_HOP = 5,                  /* within which the rise must happen */
    NOISE_HOP = 1000,              /* over which the noise is taken */
    NOISE_HOP_MIN = 30,            /* less tells no noise */
    PEAK_HOP = 20,                 /* within which the peak of a bang is sought */
    REST_HOP = 40                  /* no new bang so soon after one */
};
static const double rise_energy = 100;    /* [1] 20 dB */
static const double quiet_energy = 1e-10; /* [1] of full scale: a digital silence has noise too */
static const double noise_sigmas = 5;     /* a sample that far out belongs to the bang */
static const double peak_share = 0.04;    /* ... and this share of the peak: codecs smear forward */
static const double echo_s = 0.5, echo_db = 6;
static const double onset_sigma_s = 0.0003; /* rise of a shot, a sample or two of the codec */
static const double guess_temp_c = 15, guess_temp_sigma_c = 10;
static const double guess_offset_sigma_s = 0.020; /* phones: tens of ms, recalled */

typedef struct listener {
    const hm_clip_sound *sound;
    int64_t n_hop;
    float *energy;   /* (n_hop) mean square */
    double *scratch; /* (NOISE_HOP) */
} listener;

static double noise_before(const listener *l, int64_t hop)
{
    int64_t from = hop > NOISE_HOP ? hop - NOISE_HOP : 0, n = hop - from;
    for (int64_t i = 0; i < n; i++)
        l->scratch[i] = (double)l->energy[from + i];
    return fmax(hm_nth_of(n, l->scratch, n / 2), quiet_energy);
}

static double peak_after(const listener *l, int64_t sample)
{
    double most = 0;
    for (int64_t i = sample; i < sample + PEAK_HOP * HOP && i < l->sound->n; i++)
        most = fmax(most, fabs((double)l->sound->sample[i]));
    return most;
}

/* The hop rises against all of the RISE_HOP before it, and stands out of the noise. */
static bool begins(const listener *l, int64_t hop, double *noise)
{
    double e = (double)l->energy[hop];
    if (e < rise_energy * fmax((double)l->energy[hop - RISE_HOP], quiet_energy))
        return false;
    *noise = noise_before(l, hop - RISE_HOP);
    return e >= rise_energy * *noise;
}

/* First sample of the bang that is heard in this hop. */
static int64_t onset_of(const listener *l, int64_t hop, double noise, double peak)
{
    int64_t from = (hop - RISE_HOP) * HOP, to = (hop + 1) * HOP;
    double level = fmax(noise_sigmas * sqrt(noise), peak_share * peak);
    for (int64_t i = from; i < to; i++)
        if (fabs((double)l->sound->sample[i]) > level)
            return i;
    return hop * HOP;
}

static hm_bang bang_at(const listener *l, int64_t hop, double noise)
{
    double peak = peak_after(l, hop * HOP);
    int64_t at = onset_of(l, hop, noise, peak);
    /* in noise the first part of the rise is hidden: up to a hop when the peak just stands out */
    double hidden = noise_sigmas * sqrt(noise) / fmax(peak, 1e-9) * 0.001;
    return (hm_bang){.time_s = l->sound->first_s + (double)at / HM_CLIP_SOUND_HZ,
                     .sigma_s = sqrt(onset_sigma_s * onset_sigma_s + hidden * hidden),
                     .rise_db = 10 * hm_log((double)l->energy[hop] / noise) / hm_log(10),
                     .peak_frac = peak};
}

/* Keep the loudest: a new one takes the place of the softest when there is no room. */
static void keep(hm_bangs *b, hm_bang one)
{
    if (b->n < HM_BANG_MAX) {
        b->bang[b->n++] = one;
        return;
    }
    int32_t soft = 0;
    for (int32_t i = 1; i < b->n; i++)
        if (b->bang[i].peak_frac < b->bang[soft].peak_frac)
            soft = i;
    if (b->bang[soft].peak_frac >= one.peak_frac)
        return;
    memmove(&b->bang[soft], &b->bang[soft + 1], sizeof one * (size_t)(b->n - 1 - soft));
    b->bang[b->n - 1] = one;
}

static double louder_db(const hm_bang *a, const hm_bang *b)
{
    return 20 * hm_log(fmax(a->peak_frac, 1e-9) / fmax(b->peak_frac, 1e-9)) / hm_log(10);
}

static void sort_out(hm_bangs *b)
{
    b->loudest = -1;
    b->clear = true;
    for (int32_t i = 0; i < b->n; i++) {
        for (int32_t j = 0; j < i; j++)
            if (b->bang[i].time_s - b->bang[j].time_s < echo_s &&
                louder_db(&b->bang[j], &b->bang[i]) >= echo_db)
                b->bang[i].echo = true;
        if (!b->bang[i].echo &&
            (b->loudest < 0 || b->bang[i].peak_frac > b->bang[b->loudest].peak_frac))
            b->loudest = i;
    }
    for (int32_t i = 0; i < b->n; i++)
        if (i != b->loudest && !b->bang[i].echo &&
            louder_db(&b->bang[b->loudest], &b->bang[i]) < echo_db)
            b->clear = false;
}

hm_status hm_bangs_find(const hm_clip_sound *sound, hm_arena *arena, hm_bangs *bangs, hm_err *err)
{
    listener l = {.sound = sound, .n_hop = sound->n / HOP};
    hm_bangs found = {.loudest = -1};
    hm_arena_mark mark = hm_arena_mark_get(arena);
    l.energy = HM_PUSH(arena, float, l.n_hop + 1);
    l.scratch = HM_PUSH(arena, double, NOISE_HOP);
    if (!l.energy || !l.scratch) {
        hm_arena_release(arena, mark);
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the sound");
    }
    for (int64_t h = 0; h < l.n_hop; h++) {
        double sum = 0;
        for (int i = 0; i < HOP; i++)
            sum += (double)sound->sample[h * HOP + i] * (double)sound->sample[h * HOP + i];
        l.energy[h] = (float)(sum / HOP);
    }
    int64_t rest = 0;
    for (int64_t h = NOISE_HOP_MIN + RISE_HOP; h < l.n_hop; h++) {
        double noise;
        if (h < rest || !begins(&l, h, &noise))
            continue;
        keep(&found, bang_at(&l, h, noise));
        rest = h + REST_HOP;
    }
    hm_arena_release(arena, mark);
    sort_out(&found);
    *bangs = found;
    return HM_OK;
}

double hm_sound_mps(double temp_c)
{
    return 331.3 * sqrt(1 + temp_c / 273.15);
}

/* Value or what is assumed; a sigma that is not told is 0 beside a value that is. */
static double known(double value, double guess, double *sigma, double guess_sigma, bool *assumed)
{
    *assumed = isnan(value);
    if (isnan(*sigma))
        *sigma = *assumed ? guess_sigma : 0;
    return *assumed ? guess : value;
}

hm_gun_start hm_gun_start_of(const hm_bang *bang, const hm_marks *marks)
{
    hm_gun_start s = {.onset_sigma_s = bang->sigma_s,
                      .relative_only = isnan(marks->gun_distance_m)};
    double temp_sigma_c = marks->temp_sigma_c, far_sigma_m = marks->gun_distance_sigma_m;
    s.offset_sigma_s = marks->av_offset_sigma_s;
    double temp_c = known(marks->temp_c, guess_temp_c, &temp_sigma_c, guess_temp_sigma_c,
                          &s.temp_assumed),
           offset_s = known(marks->av_offset_s, 0, &s.offset_sigma_s, guess_offset_sigma_s,
                            &s.offset_assumed);
    s.time_s = bang->time_s - offset_s;
    if (!s.relative_only) {
        double c_mps = hm_sound_mps(temp_c), far_m = marks->gun_distance_m;
        s.time_s -= far_m / c_mps;
        s.distance_sigma_s = isnan(far_sigma_m) ? 0 : far_sigma_m / c_mps;
        /* d(d / c) / dT = -d / (2 c (T + 273.15)) */
        s.temp_sigma_s = far_m / c_mps / (2 * (temp_c + 273.15)) * temp_sigma_c;
    }
    s.sigma_s = sqrt(s.onset_sigma_s * s.onset_sigma_s + s.distance_sigma_s * s.distance_sigma_s +
                     s.temp_sigma_s * s.temp_sigma_s + s.offset_sigma_s * s.offset_sigma_s);
    return s;
}
