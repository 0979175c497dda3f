/* stem_water.c - water at its places: a gutter that runs, a drain that swallows, rain that drums on
 * canvas and on umbrellas. Each is heard from where it is. */
#include "sound_priv.h"

#include "num/dmath.h"

enum { STEP = 480 /* samples between two looks at the ear */ };

#define FAR_M 26.0 /* farther away it is not told from the rain */

/** What one kind is made of. Own choice, by ear of measurement. */
typedef struct water_kind {
    double low_hz, low_q, high_hz, high_q; /* two bands */
    double low, high;                      /* their shares */
    double flow_hz, flow;                  /* how fast it wanders, how much */
    double sparse;                         /* 0 = a stream; else single hits: noise above this */
} water_kind;

static const water_kind kinds[HM_SOURCE_KINDS] = {
    [HM_SOURCE_GUTTER] = {620, 0.7, 2100, 0.8, 0.8, 0.42, 5.0, 0.45, 0},
    [HM_SOURCE_DRAIN] = {210, 1.6, 520, 2.4, 1.3, 0.80, 6.5, 0.75, 0},
    [HM_SOURCE_ROOF] = {330, 0.8, 950, 0.7, 3.4, 1.5, 1.2, 0.15, 0.990},
    [HM_SOURCE_UMBRELLA] = {800, 1.1, 2300, 0.9, 2.2, 1.4, 1.5, 0.2, 0.9935}};

static void begin(sound_water *w, const hm_source *s)
{
    const water_kind *k = &kinds[s->kind];
    for (int c = 0; c < 2; c++) {
        sound_bandpass(&w->low[c], k->low_hz, k->low_q);
        sound_bandpass(&w->high[c], k->high_hz, k->high_q);
    }
    w->begun = true;
}

static double excite(const water_kind *k, uint32_t key, uint32_t t)
{
    double x = sound_noise(key, t);
    if (k->sparse <= 0)
        return x;
    double a = fabs(x);
    return a > k->sparse ? (x > 0 ? 1 : -1) * (0.3 + 0.7 * sound_noise(key ^ 0x9e1u, t)) : 0;
}

static void render(const sound_film *f, const hm_source *s, uint32_t key, sound_water *w,
                   const sound_block *b)
{
    const water_kind *k = &kinds[s->kind];
    for (int64_t i = 0; i < b->n; i += STEP) {
        double at_s = f->t0_s + (double)(b->from + i) / HM_AUDIO_HZ;
        sound_heard h = sound_hear(f, -1, at_s, s->at_m);
        double flow = 1 + k->flow * sound_wander(key, at_s, k->flow_hz);
        double near = h.d_m < FAR_M ? 1 - h.d_m / FAR_M : 0, to[2];
        for (int c = 0; c < 2; c++)
            to[c] = s->level * f->o.rain_frac * h.gain[c] * near * flow;
        int64_t end = i + STEP < b->n ? i + STEP : b->n;
        bool silent = near <= 0 && w->gain[0] < 1e-6 && w->gain[1] < 1e-6;
        for (int64_t j = i; !silent && j < end; j++) {
            uint32_t t = (uint32_t)((int64_t)(f->t0_s * HM_AUDIO_HZ) + b->from + j);
            for (int c = 0; c < 2; c++) {
                double x = excite(k, key + (uint32_t)c, t);
                double y =
                    k->low * sound_filter(&w->low[c], x) + k->high * sound_filter(&w->high[c], x);
                w->gain[c] += (to[c] - w->gain[c]) * 0.004;
                b->lr[2 * j + c] += (float)(w->gain[c] * y);
            }
        }
        if (silent)
            w->gain[0] = w->gain[1] = 0;
    }
}

void sound_water_block(const sound_film *f, sound_water w[HM_SOURCE_MAX], const sound_block *b)
{
    if (f->o.rain_frac <= 0)
        return;
    for (int32_t i = 0; i < f->o.n_source; i++) {
        if (!w[i].begun)
            begin(&w[i], &f->o.source[i]);
        render(f, &f->o.source[i], 0x9000u + 16u * (uint32_t)i, &w[i], b);
    }
}

double sound_sheltered(const sound_film *f, double film_s)
{
    hm_vec3 ear = sound_ear(f, -1, film_s).ear_m;
    double most = 0;
    for (int32_t i = 0; i < f->o.n_source; i++) {
        const hm_source *s = &f->o.source[i];
        if (s->kind != HM_SOURCE_ROOF)
            continue;
        hm_vec3 d = hm_v3_sub(ear, s->at_m);
        d.y = 0;
        double under = 1 - sound_ramp((double)hm_v3_len(d), 1.3, 2.6);
        most = under > most ? under : most;
    }
    return most;
}

/* ---- footfalls besides the race ---- */

hm_status sound_treads(const sound_film *f, hm_arena *a, sound_events *out, hm_err *err)
{
    sound_events ev = {0};
    for (int pass = 0; pass < 2; pass++) {
        int64_t n = 0;
        for (int32_t i = 0; i < f->o.n_tread; i++) {
            const hm_tread *t = &f->o.tread[i];
            sound_event e = {.len_s = 0.17, .key = sound_key(0x7777u, (uint32_t)i, 11)};
            e.own = t->own;
            e.level = t->level * (0.85 + 0.3 * sound_unit(f, 0x4001, (uint32_t)i, 0));
            e.par[0] = 0.92 + 0.12 * sound_unit(f, 0x4002, t->own, 0);
            e.par[1] = 0.45 + 0.5 * t->level;
            n += sound_cast(f, t->race_t_s, t->at_m, e, pass ? ev.e + n : NULL);
        }
        if (pass == 0) {
            ev.n = n;
            ev.e = HM_PUSH(a, sound_event, n + 1);
            if (!ev.e)
                return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
        }
    }
    *out = ev;
    return HM_OK;
}
