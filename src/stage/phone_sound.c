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

double phone_gun_distance_m(const phone_camera *cam)
{
    return (double)hm_v3_len(hm_v3_sub(cam->drawn.eye_m, sound_gun_m()));
}

hm_status phone_sound_make(hm_phone *p, const char *beside, hm_sound **sound, hm_err *err)
{
    const phone_clock *c = &p->clock;
    double lead_s = p->o.start_offset_s;
    double long_s = lead_s + c->time_s[c->n_frame - 1] + 1 / p->o.fps;
    int64_t n = (int64_t)ceil(long_s * LISTEN_HZ);
    hm_listener *ear = HM_PUSH(&p->arena, hm_listener, n);
    if (!ear)
        return hm_err_set(err, HM_ERR_SYSTEM, "phone", 0, 0, NULL, "no memory for the sound");
    for (int64_t i = 0; i < n; i++) {
        double file_s = (double)i / LISTEN_HZ;
        ear[i] = hm_listener_of(file_s, c->race_zero_s + file_s - lead_s - p->o.av_offset_s,
                                &p->cam.drawn, 0);
        ear[i].ear_m = ear_of(p);
    }
    hm_sound_opts o = hm_sound_opts_default();
    o.echo_frac = p->o.echo ? 1 : 0;
    o.rain_frac = p->o.rain_frac;
    o.n_thread = p->film.n_thread;
    return hm_sound_new(&p->aired, n, ear, &o, beside, sound, err);
}

hm_status phone_listen(void *ctx, int64_t from, int64_t n, float *lr, hm_err *err)
{
    const phone_hearing *h = ctx;
    HM_TRY(hm_sound_read(h->sound, from, n, lr, err));
    for (int64_t i = 0; i < n && h->noise_frac > 0; i++) {
        hm_draw4 d = hm_rng(h->seed, HM_FOR_PHONE, (uint64_t)1 << 44, (uint32_t)(from + i), 0);
        double sum = 0; /* of four even draws: SD 1 / sqrt 3 */
        for (int k = 0; k < 4; k++)
            sum += (d.u[k] + 0.5) / 4294967296.0 - 0.5;
        float hiss = (float)(h->noise_frac * 1.7320508075688772 * sum);
        lr[2 * i] += hiss, lr[2 * i + 1] += hiss;
    }
    return HM_OK;
}
