/* stem_crowd.c - the crowd as a few sections of stand, each a bed of voiced noise and many voices.
 *
 * A section runs in film time without a break; its level follows the race as it was when the sound
 * left it, so the roar travels with distance and glides over cuts. */
#include "voices_priv.h"

#include "base/rng.h"
#include "num/dmath.h"

enum { STEP = 96 /* samples between two looks at level and place */, GRAIN_HZ = 18 };

#define GRAIN_MAX_S 1.2

typedef struct seat_block {
    float x_m, y_m, z_m;
    double size;
} seat_block;

/* Main stand in six parts, the two curves, the stand opposite (centres, by the venue's bowl). */
static const seat_block bowl[] = {{-22, 6, -20, 0.9}, {-22, 6, 5, 1},    {-22, 6, 30, 1},
                                  {-22, 6, 55, 1},    {-22, 6, 80, 1},   {-22, 6, 108, 1.1},
                                  {35, 6, 140, 1.2},  {35, 6, -45, 1.0}, {104, 6, 45, 2.2}};
/* Parents and schoolmates along both sides. */
static const seat_block school[] = {
    {-7, 1.4f, 15, 1}, {-7, 1.4f, 70, 1}, {9, 1.4f, 60, 1}, {6, 1.4f, 108, 1.2}};

int32_t sound_sections(const sound_film *f, sound_section s[SOUND_SECTION_MAX])
{
    const seat_block *b = f->earth ? school : bowl;
    int32_t n = f->earth ? 4 : 9;
    for (int32_t k = 0; k < n; k++)
        s[k] = (sound_section){.key = sound_key((uint32_t)k, 1, 7),
                               .pos_m = hm_v3(b[k].x_m, b[k].y_m, b[k].z_m),
                               .size = b[k].size * f->o.crowd_frac};
    return n;
}

/** Pink noise by three poles and what they leave out (after Kellet's economy filter). */
static double pink(double p[6], double white)
{
    p[0] = 0.99765 * p[0] + white * 0.0990460;
    p[1] = 0.96300 * p[1] + white * 0.2965164;
    p[2] = 0.57000 * p[2] + white * 1.0526913;
    return 0.3 * (p[0] + p[1] + p[2] + white * 0.1848);
}

/* Bands of many mixed vowels; more effort lifts the upper ones. */
static const double band_hz[4] = {340, 720, 1250, 2650}, band_q[4] = {0.8, 1.2, 1.4, 1.5};

/** Level and colour at one instant. */
typedef struct colour {
    double level, band[4];
} colour;

static colour colour_at(const sound_film *f, const sound_section *s, double film_s, double d_m)
{
    double m = sound_mood(f, film_s - d_m / f->c_mps);
    double effort = sound_ramp(m, 0.1, 1.0);
    colour c = {.level = s->size * hm_pow(m, 1.15)};
    const double calm[4] = {1.2, 0.9, 0.5, 0.25}, roar[4] = {0.35, 1.0, 1.4, 1.7};
    for (uint32_t k = 0; k < 4; k++) {
        double slow = 1.0 + 0.22 * sound_wander(s->key + 11 * k, film_s, 0.7) +
                      0.16 * sound_wander(s->key + 17 * k, film_s, 4.3);
        c.band[k] = (calm[k] + effort * (roar[k] - calm[k])) * slow;
    }
    return c;
}

static double distance_m(hm_vec3 a, hm_vec3 b)
{
    return (double)hm_v3_len(hm_v3_sub(a, b));
}

/** The bed, sample by sample, into mono. */
static void bed(const sound_film *f, sound_section *s, const sound_block *b)
{
    for (int64_t i = 0; i < b->n; i += STEP) {
        double at = f->t0_s + (double)(b->from + i) / HM_AUDIO_HZ;
        hm_listener ear = sound_ear(f, -1, at);
        colour c = colour_at(f, s, at, distance_m(ear.ear_m, s->pos_m));
        int64_t end = i + STEP < b->n ? i + STEP : b->n;
        for (int64_t j = i; j < end; j++) {
            uint32_t t = (uint32_t)((int64_t)(f->t0_s * HM_AUDIO_HZ) + b->from + j);
            double x = pink(s->pink, sound_noise(s->key, t)), y = 0.0;
            for (int k = 0; k < 4; k++)
                y += c.band[k] * sound_filter(&s->band[k], x);
            s->slow += 0.002 * (c.level - s->slow);
            b->mono[j] = y * s->slow;
        }
    }
}

static void add_grain(const sound_film *f, const sound_block *b, int32_t voice, double rate,
                      double at_s, double level)
{
    const float *v = f->bank->v[voice];
    double last = f->bank->n[voice];
    double begin = (at_s - f->t0_s) * HM_AUDIO_HZ - (double)b->from; /* in this block */
    int64_t lo = begin > 0.0 ? (int64_t)begin + 1 : 0;
    double end = begin + last / rate;
    int64_t hi = end < (double)b->n ? (int64_t)end : b->n;
    for (int64_t i = lo; i < hi; i++) {
        double x = ((double)i - begin) * rate;
        int32_t j = (int32_t)x;
        double u = x - j;
        b->mono[i] += level * ((1.0 - u) * (double)v[j] + u * (double)v[j + 1]);
    }
}

/** Voices that can be told apart for a moment, a dozen or two begin each second. */
static void grains(const sound_film *f, const sound_section *s, const sound_block *b)
{
    double from = f->t0_s + (double)b->from / HM_AUDIO_HZ - GRAIN_MAX_S;
    double to = f->t0_s + (double)(b->from + b->n) / HM_AUDIO_HZ;
    int64_t first = (int64_t)floor((from > 0.0 ? from : 0.0) * GRAIN_HZ);
    for (int64_t k = first; (double)k < to * GRAIN_HZ; k++) {
        hm_draw4 d = hm_rng(f->race->seed, HM_FOR_SOUND, 0x100000000u + s->key, (uint32_t)k, 0);
        double u[4];
        for (int i = 0; i < 4; i++)
            u[i] = (d.u[i] + 0.5) * 0x1p-32;
        double at = ((double)k + u[0]) / GRAIN_HZ;
        double m = sound_mood(f, at);
        double child = f->earth ? 0.8 : 0.08;
        uint32_t group = u[1] < child ? 2u : u[1] < 0.55 ? 0u : 1u;
        int32_t voice = (int32_t)(group * BANK_GROUP + d.u[1] % BANK_GROUP);
        add_grain(f, b, voice, 0.82 + 0.4 * u[2], at,
                  0.5 * s->size * hm_pow(m, 1.25) * (0.2 + 0.8 * u[3] * u[3]));
    }
}

/** A stand is wide: it loses less with distance than a point, and never sits in one ear. */
static void gains(const hm_listener *ear, hm_vec3 pos, double g[2])
{
    double d = distance_m(ear->ear_m, pos);
    double pan =
        d > 1e-6 ? 0.8 * (double)hm_v3_dot(hm_v3_sub(pos, ear->ear_m), ear->right) / d : 0.0;
    double angle = (pan + 1.0) * HM_PI / 4.0, loss = 1.0 / (1.0 + d / 18.0);
    g[0] = loss * hm_cos(angle);
    g[1] = loss * hm_sin(angle);
}

/** Binaural: to each ear by its own way around the head. */
typedef struct stand_ears {
    double gain[2], late[2], high[2];
} stand_ears;

static stand_ears ears_of(const sound_film *f, const hm_listener *ear, hm_vec3 pos)
{
    stand_ears e = {.high = {1.0, 1.0}};
    gains(ear, pos, e.gain);
    if (f->o.space != HM_SPACE_BINAURAL)
        return e;
    hm_vec3 to = hm_v3_sub(pos, ear->ear_m);
    head_ears h = head_hear(to, ear->right);
    double loss = 0.7 * (1.0 - 0.3 * h.rear) / (1.0 + (double)hm_v3_len(to) / 18.0);
    for (int c = 0; c < 2; c++) {
        e.gain[c] = loss;
        e.late[c] = 2.0 + (HEAD_RADIUS_M + h.way_m[c]) / f->c_mps * HM_AUDIO_HZ;
        e.high[c] = h.high[c];
    }
    return e;
}

/** What the ring held `late` samples ago. */
static double past(const sound_section *s, double late)
{
    uint32_t whole = (uint32_t)late, at = s->n_past - 1 - whole;
    double u = late - whole;
    return (1.0 - u) * s->past[at % SOUND_PAST] + u * s->past[(at - 1) % SOUND_PAST];
}

static double to_ear(const sound_film *f, sound_section *s, int c)
{
    double y = f->o.space == HM_SPACE_BINAURAL ? head_shadow_next(&s->ear[c], past(s, s->late[c]))
                                               : s->air[1];
    return y * s->gain[c];
}

/** Air and place: from mono to both ears. */
static void spread(const sound_film *f, sound_section *s, const sound_block *b)
{
    double mid = f->t0_s + (double)(b->from + b->n / 2) / HM_AUDIO_HZ;
    double d = distance_m(sound_ear(f, -1, mid).ear_m, s->pos_m);
    double k = sound_pole(18000.0 / (1.0 + d / 30.0));
    for (int64_t i = 0; i < b->n; i += STEP) {
        hm_listener ear = sound_ear(f, -1, f->t0_s + (double)(b->from + i) / HM_AUDIO_HZ);
        stand_ears want = ears_of(f, &ear, s->pos_m);
        for (int c = 0; c < 2; c++)
            head_shadow_set(&s->ear[c], want.high[c], f->c_mps);
        int64_t end = i + STEP < b->n ? i + STEP : b->n;
        for (int64_t j = i; j < end; j++) {
            s->air[0] += k * (b->mono[j] - s->air[0]);
            s->air[1] += k * (s->air[0] - s->air[1]);
            s->past[s->n_past++ % SOUND_PAST] = s->air[1];
            for (int c = 0; c < 2; c++) {
                s->gain[c] += 0.0006 * (want.gain[c] - s->gain[c]); /* 35 ms */
                s->late[c] += 0.0006 * (want.late[c] - s->late[c]);
                b->lr[2 * j + c] += (float)to_ear(f, s, c);
            }
        }
    }
}

void sound_section_block(const sound_film *f, sound_section *s, const sound_block *b)
{
    if (!s->begun) {
        s->begun = true;
        for (int k = 0; k < 4; k++)
            sound_bandpass(&s->band[k], band_hz[k], band_q[k]);
        hm_listener ear = sound_ear(f, -1, f->t0_s);
        stand_ears e = ears_of(f, &ear, s->pos_m);
        for (int c = 0; c < 2; c++) {
            s->gain[c] = e.gain[c];
            s->late[c] = e.late[c];
        }
        s->slow = colour_at(f, s, f->t0_s, distance_m(ear.ear_m, s->pos_m)).level;
    }
    bed(f, s, b);
    grains(f, s, b);
    spread(f, s, b);
}
