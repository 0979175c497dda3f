/* stem_voices.c - single people in the stands: shouts, whistles, claps, and a bank of them that the
 * crowd is built from. */
#include "voices_priv.h"

#include "base/par.h"
#include "base/rng.h"
#include "num/dmath.h"

/* Formants of vowels [Hz], a man's, after Peterson & Barney 1952. */
static const double vowel[5][3] = {{730, 1090, 2440}, /* a */
                                   {530, 1840, 2480}, /* e */
                                   {270, 2290, 3010}, /* i */
                                   {570, 840, 2410},  /* o */
                                   {300, 870, 2240}}; /* u */

typedef struct throat {
    double f0_hz[3]; /* begin, top, end */
    int from, to;    /* vowels */
    double size;     /* [1] formants against a man's */
    double len_s;
} throat;

/** Sawtooth with its corner rounded over two samples, so that it does not alias (polyBLEP). */
static double saw(double phase, double step)
{
    double y = 1.0 - 2.0 * phase;
    if (phase < step) {
        double u = phase / step;
        y -= 1.0 - 2.0 * u + u * u;
    } else if (phase > 1.0 - step) {
        double u = (phase - 1.0) / step;
        y += 1.0 + 2.0 * u + u * u;
    }
    return y;
}

static double pitch_at(const throat *v, double u)
{
    return u < 0.35 ? v->f0_hz[0] + (v->f0_hz[1] - v->f0_hz[0]) * sound_ramp(u, 0.0, 0.35)
                    : v->f0_hz[1] + (v->f0_hz[2] - v->f0_hz[1]) * sound_ramp(u, 0.45, 1.0);
}

static void shout(const throat *v, uint32_t key, int64_t n, float *out)
{
    sound_biquad form[3] = {0};
    double phase = 0.0, rough = 0.0;
    for (int64_t i = 0; i < n; i++) {
        double u = (double)i / (double)n;
        if (i % 64 == 0) {
            double to = sound_ramp(u, 0.15, 0.75);
            for (int k = 0; k < 3; k++) {
                double f = vowel[v->from][k] + to * (vowel[v->to][k] - vowel[v->from][k]);
                sound_bandpass(&form[k], f * v->size, 5.0 + 2.0 * k);
            }
        }
        double x = sound_noise(key, (uint32_t)i);
        rough += 0.01 * (x - rough); /* a strained voice is not quite periodic */
        double step = pitch_at(v, u) * (1.0 + 0.25 * rough) / HM_AUDIO_HZ;
        phase += step;
        phase -= phase >= 1.0 ? 1.0 : 0.0;
        double source = saw(phase, step) + 0.18 * x;
        double y = sound_filter(&form[0], source) + 0.8 * sound_filter(&form[1], source) +
                   0.45 * sound_filter(&form[2], source);
        out[i] = (float)(y * sound_ramp(u, 0.0, 0.12) * (1.0 - sound_ramp(u, 0.6, 1.0)));
    }
}

static void whistle(double f_hz, uint32_t key, int64_t n, float *out)
{
    double phase = 0.0, air = 0.0;
    for (int64_t i = 0; i < n; i++) {
        double u = (double)i / (double)n, x = sound_noise(key, (uint32_t)i);
        double f = f_hz * (0.8 + 0.35 * sound_ramp(u, 0.0, 0.25) - 0.25 * sound_ramp(u, 0.55, 1.0));
        phase += f / HM_AUDIO_HZ;
        phase -= phase >= 1.0 ? 1.0 : 0.0;
        air += 0.05 * (x - air);
        double y = hm_sin(HM_TAU * phase) * (1.0 + 1.5 * air);
        out[i] = (float)(0.35 * y * sound_ramp(u, 0.0, 0.08) * (1.0 - sound_ramp(u, 0.8, 1.0)));
    }
}

static void clap(double f_hz, uint32_t key, int64_t n, float *out)
{
    sound_biquad band = {0}, edge = {0};
    sound_bandpass(&band, f_hz, 1.3);
    sound_highpass(&edge, 2500.0, 0.7);
    double k_hit = sound_decay(420), k_ring = sound_decay(110), hit = 1.0, ring = 0.5;
    int64_t second = (int64_t)((0.5 + 0.5 * sound_noise(key, 9999)) * 0.003 * HM_AUDIO_HZ);
    for (int64_t i = 0; i < n; i++) {
        double x = sound_noise(key, (uint32_t)i);
        if (i == second)
            hit += 0.6;
        out[i] = (float)(1.6 * sound_filter(&band, x) * (hit + ring) +
                         0.15 * sound_filter(&edge, x) * hit);
        hit *= k_hit;
        ring *= k_ring;
    }
}

typedef struct making {
    const sound_film *f;
    sound_bank *bank;
} making;

static double draw(const making *m, int64_t i, uint32_t k)
{
    return sound_unit(m->f, 0x1000u + (uint64_t)i, 0, k);
}

/** Men shout at 180-330 Hz, women 300-500, children 380-700; the top is a fifth higher. */
static throat throat_of(const making *m, int64_t i)
{
    static const double low_hz[3] = {170, 290, 380}, size[3] = {1.0, 1.16, 1.34};
    int64_t group = i / BANK_GROUP;
    double f0 = low_hz[group] * (1.0 + 0.55 * draw(m, i, 0));
    throat v = {.size = size[group] * (0.94 + 0.12 * draw(m, i, 1)),
                .len_s = 0.42 + 0.5 * draw(m, i, 2) * draw(m, i, 2)};
    v.f0_hz[0] = f0;
    v.f0_hz[1] = f0 * (1.2 + 0.5 * draw(m, i, 3));
    v.f0_hz[2] = f0 * (0.85 + 0.3 * draw(m, i, 4));
    v.from = (int)(draw(m, i, 5) * 4.999);
    v.to = (int)(draw(m, i, 6) * 4.999);
    return v;
}

static double length_s(const making *m, int64_t i)
{
    if (i < BANK_WHISTLE)
        return throat_of(m, i).len_s;
    return i < BANK_CLAP ? 0.35 + 0.4 * draw(m, i, 2) : 0.06;
}

static void make(void *ctx, int64_t i, int worker)
{
    (void)worker;
    making *m = ctx;
    uint32_t key = sound_key((uint32_t)i, 0, 6);
    float *out = m->bank->v[i];
    int64_t n = m->bank->n[i];
    if (i < BANK_WHISTLE) {
        throat v = throat_of(m, i);
        shout(&v, key, n, out);
    } else if (i < BANK_CLAP) {
        whistle(2200.0 + 1200.0 * draw(m, i, 0), key, n, out);
    } else {
        clap(1000.0 + 1100.0 * draw(m, i, 0), key, n, out);
    }
}

hm_status sound_bank_new(const sound_film *f, hm_arena *a, const sound_bank **out, hm_err *err)
{
    sound_bank *b = HM_PUSH(a, sound_bank, 1);
    making m = {f, b};
    for (int64_t i = 0; b && i < BANK_N; i++) {
        b->n[i] = (int32_t)(length_s(&m, i) * HM_AUDIO_HZ);
        b->v[i] = HM_PUSH(a, float, b->n[i] + 2);
        if (!b->v[i])
            b = NULL;
    }
    if (!b)
        return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
    hm_par_for(f->o.n_thread, BANK_N, make, &m);
    *out = b;
    return HM_OK;
}

void sound_grain_recipe(const sound_film *f, const sound_event *e, double frac, int64_t n,
                        double *mono)
{
    int32_t k = (int32_t)e->par[0];
    const float *v = f->bank->v[k];
    double rate = e->par[1], last = f->bank->n[k];
    for (int64_t i = 0; i < n; i++) {
        double x = ((double)i - frac) * rate;
        if (x < 0.0 || x >= last) {
            mono[i] = 0.0;
            continue;
        }
        int32_t j = (int32_t)x;
        double u = x - j;
        mono[i] = (1.0 - u) * (double)v[j] + u * (double)v[j + 1];
    }
}

/* ---- who shouts when ---- */

/** A place among the people: near the track, along the straight. */
static hm_vec3 seat(const sound_film *f, double u, double v, double w)
{
    if (f->earth)
        return hm_v3((float)(w < 0.5 ? 6.0 + 3.0 * u : -6.0 - 3.0 * u), 1.3f,
                     (float)(5.0 + 100.0 * v));
    return hm_v3((float)(-14.5 - 13.0 * u), (float)(2.0 + 7.0 * u), (float)(-15.0 + 130.0 * v));
}

typedef struct scatter {
    const sound_film *f;
    sound_event *list; /* NULL = count only */
    int64_t n;
} scatter;

static void scatter_one(scatter *s, double film_s, hm_vec3 pos, int32_t voice, double rate,
                        double level)
{
    const sound_film *f = s->f;
    if (s->list) {
        sound_event e = {.shot = -1, .level = level, .par = {voice, rate}};
        e.len_s = f->bank->n[voice] / rate / HM_AUDIO_HZ;
        e.heard = sound_hear(f, -1, film_s, pos);
        s->list[s->n] = e;
    }
    s->n++;
}

static uint64_t voice_of(const sound_film *f, double u, double v)
{
    double child = f->earth ? 0.75 : 0.06;
    uint64_t group = u < child ? 2 : u < child + 0.5 * (1.0 - child) ? 1 : 0;
    return group * BANK_GROUP + (uint64_t)(v * (BANK_GROUP - 0.001));
}

/** Somebody claps a while: some claps of one pair of hands. */
static void clapper(scatter *s, uint32_t bin, double film_s, double level)
{
    const sound_film *f = s->f;
    hm_draw4 d = hm_rng(f->race->seed, HM_FOR_SOUND, 0x2003, bin, 0);
    double u[4];
    for (int k = 0; k < 4; k++)
        u[k] = (d.u[k] + 0.5) * 0x1p-32;
    hm_vec3 pos = seat(f, u[0] * u[0], u[1], u[2]);
    double period = 0.2 + 0.12 * u[3];
    int n = 5 + (int)(8.0 * u[2]);
    for (int k = 0; k < n; k++)
        scatter_one(s, film_s + period * k + 0.02 * sound_noise(bin, (uint32_t)k), pos,
                    BANK_CLAP + (int32_t)(bin % BANK_CLAP_N), 0.9 + 0.25 * u[0],
                    level * (0.7 + 0.3 * sound_noise(bin ^ 7u, (uint32_t)k)));
}

enum { BIN_HZ = 20 };

/** What begins in one twentieth of a second of the film. */
static void scatter_bin(scatter *s, uint32_t bin)
{
    const sound_film *f = s->f;
    double at = (double)bin / BIN_HZ, mood = sound_mood(f, at);
    double slow = sound_rate(f, at) < 0.8 ? 0.3 : 1.0,
           size = f->earth ? 2.0 * f->o.crowd_frac : f->o.crowd_frac;
    double dt = 1.0 / BIN_HZ, race_s = sound_race_s(f, at);
    double still = 1.0 - sound_ramp(race_s, f->o.set_s - 1.2, f->o.set_s - 0.3) *
                             (race_s < 0.3 ? 1.0 : 0.0); /* nobody shouts into the start */
    double u[8];
    for (uint32_t k = 0; k < 8; k++)
        u[k] = sound_unit(f, 0x2000, bin, k);
    double when = at + dt * u[7];
    if (u[0] < dt * size * still * slow * (0.5 + 7.0 * mood * mood))
        scatter_one(s, when, seat(f, u[1] * u[1], u[2], u[3]), (int32_t)voice_of(f, u[3], u[4]),
                    0.88 + 0.28 * u[5], (0.35 + 0.65 * mood) * (0.4 + 0.6 * u[6]));
    if (u[1] < dt * size * still * slow * 0.8 * mood)
        scatter_one(s, when, seat(f, u[2], u[4], u[3]), BANK_WHISTLE + (int32_t)(u[5] * 3.999),
                    0.9 + 0.2 * u[6], 0.5 * (0.3 + u[4]));
    double after = f->win_s >= 0.0 && race_s > f->win_s + 0.6 ? 1.0 : 0.0;
    if (u[2] < dt * size * still * slow * (0.7 * mood + 14.0 * after * mood))
        clapper(s, bin, when, 0.5 + 0.4 * mood);
}

hm_status sound_voices(const sound_film *f, hm_arena *a, sound_events *out, hm_err *err)
{
    scatter s = {.f = f};
    double end_s = f->t0_s + (double)f->n_sample / HM_AUDIO_HZ;
    /* Those who began before the film's first frame are heard too. */
    double from_s = f->t0_s > 1.5 ? f->t0_s - 1.5 : 0.0;
    uint32_t from = (uint32_t)(from_s * BIN_HZ), to = (uint32_t)(end_s * BIN_HZ);
    for (uint32_t b = from; b <= to; b++)
        scatter_bin(&s, b);
    s.list = HM_PUSH(a, sound_event, s.n + 1);
    if (!s.list)
        return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
    s.n = 0;
    for (uint32_t b = from; b <= to; b++)
        scatter_bin(&s, b);
    *out = (sound_events){s.n, s.list};
    return HM_OK;
}
