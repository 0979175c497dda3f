/* rain_splash.c - what feet throw up: a crown of drops at each footfall and rings that widen on the
 * water after the runner has gone. Functions of the step and its age alone. */
#include "noise_priv.h"
#include "rain_priv.h"
#include "soup_priv.h"

#include "num/dmath.h"

#define CROWN_S 0.32f
#define RINGS_S 1.6f
#define G_MPS2  9.81f

enum { DROPS = 12, N_RING = 2, SIDE = 20, CROWN_MAX = 40, WAVE_MAX = 150 };

/* Drops on their parabolas, drawn out along their way; most fly forward and aside. */
static void crown(soup *s, hm_vec3 at_m, float age_s, float force, uint32_t key, hm_vec3 eye_m)
{
    for (uint32_t i = 0; i < DROPS; i++) {
        float turn = 6.2832f * (noise_chance(key, i, 1) + (float)i) / DROPS;
        float out = force * (0.7f + 1.0f * noise_chance(key, i, 2));
        float up = force * (0.7f + 1.3f * noise_chance(key, i, 3));
        hm_vec3 v = hm_v3(out * (float)hm_cos((double)turn), up - G_MPS2 * age_s,
                          out * (float)hm_sin((double)turn) + 0.5f * force);
        hm_vec3 p =
            hm_v3(at_m.x + v.x * age_s, (up - 0.5f * G_MPS2 * age_s) * age_s, at_m.z + v.z * age_s);
        if (p.y < 0)
            continue;
        hm_vec3 tail = hm_v3_mad(p, -0.016f, v);
        float w = 0.006f + 0.008f * noise_chance(key, i, 4);
        hm_vec3 aside = hm_v3_mul(hm_v3_unit(hm_v3_cross(hm_v3_sub(p, eye_m), v)), w);
        float bright = 0.75f * (1 - age_s / CROWN_S) + 0.15f;
        int32_t a = soup_put(s, hm_v3_sub(p, aside), bright),
                b = soup_put(s, hm_v3_add(p, aside), bright);
        soup_join(s, a, b, soup_put(s, tail, 0.4f * bright));
        soup_join(s, b, a, soup_put(s, hm_v3_mad(p, 0.006f, v), bright));
    }
}

/* Everything that one step has left on the water. */
static void step_water(const hm_lane *lane, int32_t k, float age_s, float force, hm_vec3 eye_m,
                       soup *drops, int32_t *n_crown, soup *waves, int32_t *n_wave)
{
    const hm_step *st = &lane->step[k];
    hm_vec3 at = hm_v3((float)(hm_lane_centre_m(lane->lane) + st->side_m), 0, (float)st->x_m);
    float v = (float)hm_curve_v_mps(&lane->curve, st->on_s) * 0.1f;
    if (age_s < CROWN_S && *n_crown < CROWN_MAX) {
        crown(drops, at, age_s, force * (0.5f + 0.9f * v),
              (uint32_t)lane->lane * 256u + (uint32_t)k, eye_m);
        ++*n_crown;
    }
    for (int i = 0; i < N_RING && *n_wave < WAVE_MAX; i++) {
        float begun_s = age_s - 0.12f * (float)i;
        if (begun_s <= 0.02f)
            continue;
        float u = begun_s / RINGS_S;
        soup_ring(waves, hm_v3(at.x, 0.005f, at.z), 0.10f + 0.42f * begun_s, 0.018f, SIDE,
                  force * 0.26f * (1 - u) * (1 - u), 0);
        ++*n_wave;
    }
}

hm_status rain_splash(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const rain_opts *o = d->film->own;
    soup drops, waves;
    HM_TRY(soup_init(&drops, 4 * DROPS * CROWN_MAX, 2 * DROPS * CROWN_MAX, d->scratch, err));
    HM_TRY(soup_init(&waves, 2 * SIDE * WAVE_MAX, 2 * SIDE * WAVE_MAX, d->scratch, err));
    double t_s = d->moment->race_t_s;
    int32_t n_crown = 0, n_wave = 0;
    for (int32_t i = 0; i < d->film->race->n_lane && o->splash_frac > 0; i++) {
        const hm_lane *lane = &d->film->race->lane[i];
        for (int32_t k = lane->n_step - 1; k >= 0; k--) {
            double age_s = t_s - lane->step[k].on_s;
            if (age_s >= 0 && age_s < (double)RINGS_S)
                step_water(lane, k, (float)age_s, (float)o->splash_frac, s->scene->camera.eye_m,
                           &drops, &n_crown, &waves, &n_wave);
        }
    }
    if (waves.n_tri)
        s->object[s->scene->n_object++] = soup_object(&waves);
    if (drops.n_tri)
        s->object[s->scene->n_object++] = soup_object(&drops);
    return HM_OK;
}
