/* phone_sound.c - what the phone's microphone hears. */
#include "phone_priv.h"
#include "sound_priv.h"

#include <math.h>

#include "base/rng.h"
#include "num/dmath.h"
#include "stage/sound.h"

enum { LISTEN_HZ = 100 };

/* Where the microphone is: at the lens, or so far from the gun along the same way. */
static hm_vec3 ear_of(const hm_phone *p)
{
    hm_vec3 gun = sound_gun_m(), to = hm_v3_sub(p->cam.drawn.eye_m, gun);
    return hm_v3_mad(gun, (float)p->gun_distance_m / hm_v3_len(to), to);
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "phone", 0, 0, NULL, "no memory for the sound");
}

double phone_gun_distance_m(const phone_camera *cam)
{
    return (double)hm_v3_len(hm_v3_sub(cam->drawn.eye_m, sound_gun_m()));
}

/* Shares of the stems. A phone has no desk: near steps, far gun and crowd as they come. */
typedef struct share {
    hm_stem stem;
    double gain;
    bool crowd; /* times crowd_frac */
} share;
static const share shares[] = {{HM_STEM_START, 1.2, false},  {HM_STEM_STEPS, 2.4, false},
                               {HM_STEM_BREATH, 1.0, false}, {HM_STEM_PLACE, 0.14, false},
                               {HM_STEM_CROWD, 0.25, true},  {HM_STEM_VOICES, 1.0, true}};
#define PEAK 0.7 /* of the loudest sample: what the phone's level control is made to give */

/* One ear every hundredth of a second of the file. */
static hm_status listen(const hm_phone *p, hm_arena *arena, hm_listener **out, int64_t *n,
                        hm_err *err)
{
    const phone_clock *c = &p->clock;
    double lead_s = p->o.start_offset_s;
    double long_s = lead_s + c->time_s[c->n_frame - 1] + 1 / p->o.fps;
    *n = (int64_t)ceil(long_s * LISTEN_HZ);
    hm_listener *ear = HM_PUSH(arena, hm_listener, *n);
    if (!ear)
        return no_memory(err);
    for (int64_t i = 0; i < *n; i++) {
        double file_s = (double)i / LISTEN_HZ;
        ear[i] = hm_listener_of(file_s, c->race_zero_s + file_s - lead_s - p->o.av_offset_s,
                                &p->cam.drawn, 0);
        ear[i].ear_m = ear_of(p);
    }
    *out = ear;
    return HM_OK;
}

/* What the microphone gives of both channels, and its hiss. */
static void finish(const hm_phone *p, phone_hearing *h)
{
    float most = 1e-6f;
    for (int64_t i = 0; i < h->n_sample; i++) {
        h->mono[i] *= 0.5f;
        most = fmaxf(most, fabsf(h->mono[i]));
    }
    float gain = (float)PEAK / most, hiss = (float)p->o.sound_noise_frac;
    for (int64_t i = 0; i < h->n_sample; i++) {
        hm_draw4 d = hm_rng(p->o.seed, HM_FOR_PHONE, (uint64_t)1 << 44, (uint32_t)i, 0);
        double sum = 0; /* of four even draws: SD 1 / sqrt 3 */
        for (int k = 0; k < 4; k++)
            sum += (d.u[k] + 0.5) / 4294967296.0 - 0.5;
        h->mono[i] = gain * h->mono[i] + hiss * (float)(1.7320508075688772 * sum);
    }
}

static hm_status mix(const hm_phone *p, phone_hearing *h, hm_arena *arena, hm_arena *scratch,
                     hm_err *err)
{
    hm_listener *ear = NULL;
    int64_t n = 0;
    hm_sound_opts o = hm_sound_opts_default();
    o.echo_frac = p->o.echo ? 1 : 0;
    o.rain_frac = p->o.rain_frac;
    o.n_thread = p->film.n_thread;
    HM_TRY(listen(p, arena, &ear, &n, err));
    for (size_t k = 0; k < sizeof shares / sizeof *shares; k++) {
        double gain = shares[k].gain * (shares[k].crowd ? p->o.crowd_frac : 1);
        hm_audio a;
        if (gain == 0)
            continue;
        HM_TRY(hm_sound_stem(&p->aired, n, ear, &o, shares[k].stem, 0, scratch, &a, err));
        if (!h->mono)
            h->mono = HM_PUSH(arena, float, a.n_sample);
        if (!h->mono)
            return no_memory(err);
        h->n_sample = a.n_sample;
        for (int64_t i = 0; i < a.n_sample; i++)
            h->mono[i] += (float)gain * (a.lr[2 * i] + a.lr[2 * i + 1]);
        hm_arena_free(scratch);
    }
    finish(p, h);
    return HM_OK;
}

hm_status phone_sound_make(const hm_phone *p, hm_arena *arena, phone_hearing *hearing, hm_err *err)
{
    hm_arena scratch;
    hm_arena_init(&scratch, 1 << 20);
    *hearing = (phone_hearing){.n_sample = 0};
    hm_status status = mix(p, hearing, arena, &scratch, err);
    hm_arena_free(&scratch);
    return status;
}

hm_status phone_listen(void *ctx, int64_t from, int64_t n, float *lr, hm_err *err)
{
    const phone_hearing *h = ctx;
    (void)err;
    for (int64_t i = 0; i < n; i++)
        lr[2 * i] = lr[2 * i + 1] = h->mono[from + i];
    return HM_OK;
}
