/* rain_breath.c - breath that turns to mist where it is cool enough: puffs that leave the mouth,
 * slow down, rise and thin out. Each asks for the head of the instant it was breathed at. */
#include "noise_priv.h"
#include "rain_priv.h"

#include "num/dmath.h"

#define WARM_C  16.0 /* no mist from here on; all of it at COLD_C. Damp air, recalled */
#define COLD_C  5.0
#define LIVES_S 1.7f
#define SEEN_M  16.0f

enum { PUFFS = 6, BREATHS = 3 };

/* Breaths gone by at t_s: calm before, held at "set", hard after the run and calmer by and by. */
static double breaths(const hm_lane *l, double t_s)
{
    if (t_s < 0)
        return t_s / 3.3;
    double after = t_s - l->end_s;
    if (after < 0)
        return t_s / 0.7;
    return l->end_s / 0.7 + hm_log(1 + 0.034 * after / 0.85) / 0.034;
}

/* When breath number k was begun: breaths() turned round. */
static double begun_s(const hm_lane *l, double k, double near_s)
{
    double lo = near_s - 12, hi = near_s;
    for (int i = 0; i < 30; i++) {
        double mid = 0.5 * (lo + hi);
        if (breaths(l, mid) < k)
            lo = mid;
        else
            hi = mid;
    }
    return hi;
}

static void breath(const look_drawing *d, const glow *g, int32_t i, double from_s, uint32_t no,
                   float thick)
{
    const hm_player *pl = &d->film->cast->player[i];
    double t_s = d->moment->race_t_s, hard = look_ramp(t_s, 8, 15) * look_ramp(t_s, 90, 30);
    hm_pose *pose = HM_PUSH(d->scratch, hm_pose, 1);
    if (!pose)
        return;
    rain_pose(d, i, from_s, pose);
    hm_vec3 mouth = pl->shape.head.nose_tip_m;
    mouth.y = pl->shape.head.mouth_y_m;
    const hm_frame *head = &pose->bone[HM_BONE_HEAD];
    hm_vec3 at = hm_frame_point(head, mouth);
    hm_vec3 way = hm_v3_unit(hm_frame_turn(head, hm_v3(0, -0.25f, 1)));
    for (uint32_t k = 0; k < PUFFS; k++) {
        float age = (float)(t_s - from_s) - 0.09f * (float)k;
        if (age <= 0.03f || age > LIVES_S)
            continue;
        float speed = (1.1f + 0.9f * (float)hard) * (0.8f + 0.4f * noise_chance(no, k, 3));
        float went = speed * 0.30f * (1 - (float)hm_exp(-(double)age / 0.30));
        hm_vec3 p = hm_v3_mad(at, went, way);
        p.x += 0.09f * age * (noise_chance(no, k, 4) - 0.5f);
        p.z += 0.09f * age * (noise_chance(no, k, 5) - 0.5f);
        p.y += 0.10f * age * age + 0.04f * age * (noise_chance(no, k, 6) - 0.3f);
        float r = 0.035f + 0.12f * age, fade = (1 - age / LIVES_S);
        float b =
            thick * (0.11f + 0.05f * (float)hard) * fade * fade * (age < 0.12f ? age / 0.12f : 1);
        glow_disc(g, p, r, (hm_rgb){0.86f * b, 0.93f * b, b});
    }
}

void rain_breath(const look_drawing *d, const glow *g)
{
    const rain_opts *o = d->film->own;
    double air_c = d->film->race->temp_c - o->chill_c, t_s = d->moment->race_t_s;
    float thick = (float)look_ramp(air_c, WARM_C, COLD_C);
    hm_vec3 eye = d->moment->camera.eye_m;
    if (thick <= 0)
        return;
    for (int32_t i = 0; i < d->film->cast->n_player; i++) {
        const hm_lane *l = &d->film->race->lane[i];
        if (d->film->cast->player[i].absent ||
            hm_v3_len(hm_v3_sub(d->moment->head_m[i], eye)) > SEEN_M)
            continue;
        if (t_s > HM_SET_S - 0.4 && t_s < 9 && hm_curve_v_mps(&l->curve, t_s) > 4)
            continue; /* torn off by the wind of the run */
        double off = 0.37 * i, now = breaths(l, t_s) + off;
        for (int k = 0; k < BREATHS; k++) {
            double no = (double)(int64_t)(now + 4096) - 4096 - k;
            double from_s = begun_s(l, no - off, t_s);
            bool held = from_s > HM_SET_S - 0.3 && from_s < 0.2;
            if (!held && t_s - from_s < (double)LIVES_S + 0.6)
                breath(d, g, i, from_s, (uint32_t)(i * 977) + (uint32_t)(int64_t)(no + 8192),
                       thick);
        }
    }
}
