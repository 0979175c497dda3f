/* stem_place.c - the air of the place: wind, and birds where there is no stadium. */
#include "sound_priv.h"

#include "num/dmath.h"

enum { STEP = 96 /* samples between two looks at the gusts */, CALL_HZ = 2 };

void sound_wind_block(const sound_film *f, sound_wind *w, const sound_block *b)
{
    double wind = f->race->has_wind ? fabs(f->race->wind_mps) : 0.5;
    for (int c = 0; !w->begun && c < 2; c++) {
        sound_lowpass(&w->low[c], 380.0, 0.6);
        sound_highpass(&w->high[c], 70.0, 0.7);
    }
    w->begun = true;
    for (int64_t i = 0; i < b->n; i += STEP) {
        double at = f->t0_s + (double)(b->from + i) / HM_AUDIO_HZ;
        double gust =
            1.0 + 0.5 * sound_wander(0x51u, at, 0.6) + 0.25 * sound_wander(0x52u, at, 1.9);
        double level = (0.2 + 0.25 * wind) * gust;
        int64_t end = i + STEP < b->n ? i + STEP : b->n;
        for (int64_t j = i; j < end; j++) {
            uint32_t t = (uint32_t)((int64_t)(f->t0_s * HM_AUDIO_HZ) + b->from + j);
            for (uint32_t c = 0; c < 2; c++) {
                w->brown[c] = 0.985 * w->brown[c] + 0.06 * sound_noise(0x61u + c, t);
                double y = sound_filter(&w->high[c], sound_filter(&w->low[c], w->brown[c]));
                b->lr[2 * j + c] += (float)(level * y);
            }
        }
    }
}

/* ---- birds ---- */

/** Notes of a call: a few short slides of a pure tone, up or down. */
void sound_bird_recipe(const sound_film *f, const sound_event *e, double frac, int64_t n,
                       double *mono)
{
    (void)f;
    (void)frac;
    double note_s = e->par[1], phase = 0.0;
    for (int64_t i = 0; i < n; i++) {
        double t = (double)i / HM_AUDIO_HZ, k = floor(t / note_s), u = t / note_s - k;
        double up = sound_noise(e->key, (uint32_t)(int64_t)k);
        double hz = e->par[0] * (1.0 + 0.12 * up + e->par[2] * (u - 0.5));
        phase += hz / HM_AUDIO_HZ;
        phase -= phase >= 1.0 ? 1.0 : 0.0;
        mono[i] =
            hm_sin(HM_TAU * phase) * sound_ramp(u, 0.0, 0.25) * (1.0 - sound_ramp(u, 0.45, 0.8));
    }
}

static sound_event call_of(const sound_film *f, uint32_t bin)
{
    double u[6];
    for (uint32_t k = 0; k < 6; k++)
        u[k] = sound_unit(f, 0x3001, bin, k);
    double notes = 2.0 + floor(4.0 * u[0]), note_s = 0.07 + 0.09 * u[1];
    sound_event e = {.shot = -1, .key = sound_key(bin, 0, 8), .len_s = notes * note_s};
    e.level = 1.2 * (0.3 + 0.7 * u[5]);
    e.par[0] = 2600.0 + 2600.0 * u[2];
    e.par[1] = note_s;
    e.par[2] = 0.7 * (u[3] - 0.5);
    /* In the trees beside the field, or over the houses behind. */
    hm_vec3 tree = hm_v3(u[4] < 0.5 ? -32.0f : 40.0f, 7.0f, (float)(-20.0 + 150.0 * u[2]));
    e.heard = sound_hear(f, -1, (bin + u[1]) / CALL_HZ, tree);
    return e;
}

hm_status sound_birds(const sound_film *f, hm_arena *a, sound_events *out, hm_err *err)
{
    double end_s = f->t0_s + (double)f->n_sample / HM_AUDIO_HZ;
    uint32_t from = (uint32_t)(f->t0_s * CALL_HZ), to = (uint32_t)(end_s * CALL_HZ);
    sound_events ev = {.e = HM_PUSH(a, sound_event, to - from + 1)};
    if (!ev.e)
        return hm_err_set(err, HM_ERR_SYSTEM, "sound", 0, 0, NULL, "no memory left");
    for (uint32_t bin = from; f->earth && bin <= to; bin++)
        if (sound_unit(f, 0x3000, bin, 0) < 0.3 && sound_rate(f, (double)bin / CALL_HZ) > 0.8)
            ev.e[ev.n++] = call_of(f, bin);
    *out = ev;
    return HM_OK;
}
