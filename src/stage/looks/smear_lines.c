/* smear_lines.c - speed lines: thin strokes along the lanes that stand at fixed spots of the world
 * and are passed. The faster the eye passes them the longer they are; before an eye that stands
 * still there are none. */
#include "noise_priv.h"
#include "smear_priv.h"
#include "soup_priv.h"

#include <math.h>

#include "stage/shots.h"

enum { N_SPOT = 260, N_KNOT = 5 };

#define REACH_M   46.0f /* spots further off than this are not drawn */
#define SHUTTER_S 0.11  /* a line is as long as the eye goes in this time */

/* How fast the eye goes along the lanes; 0 just after a cut. */
static double eye_mps(const look_drawing *d)
{
    const double dt_s = 1.0 / 24;
    const hm_moment *now = d->moment;
    if (now->shot_t_s < dt_s)
        return 0;
    hm_moment was;
    hm_film_at(d->film->film, d->film->race, now->film_t_s - dt_s, &was);
    return (double)(now->camera.eye_m.z - was.camera.eye_m.z) / dt_s;
}

static void line_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    (void)ctx;
    float dark = f->rest_m.x;
    *out = (hm_surface){
        .albedo = {0.97f - 0.80f * dark, 0.965f - 0.80f * dark, 0.95f - 0.72f * dark}, .emit = 1};
}

/* A stroke that is thin at both ends. */
static void stroke(soup *s, hm_vec3 mid, float len_m, float half_m, float dark, hm_vec3 eye_m)
{
    hm_vec3 along = hm_v3(0, 0, 1);
    hm_vec3 aside = hm_v3_cross(along, hm_v3_sub(eye_m, mid));
    aside = hm_v3_mul(aside, 1.0f / (hm_v3_len(aside) + 1e-6f));
    int32_t first = s->n_vert;
    for (int k = 0; k < N_KNOT; k++) {
        float u = (float)k / (N_KNOT - 1), w = half_m * 4 * u * (1 - u);
        hm_vec3 p = hm_v3_mad(mid, (u - 0.5f) * len_m, along);
        soup_put(s, hm_v3_mad(p, w, aside), dark);
        soup_put(s, hm_v3_mad(p, -w, aside), dark);
    }
    for (int k = 0; k + 1 < N_KNOT; k++) {
        int32_t a = first + 2 * k;
        soup_join(s, a, a + 1, a + 2);
        soup_join(s, a + 1, a + 3, a + 2);
    }
}

hm_status smear_lines(const look_drawing *d, float lost, const look_scene *s, hm_err *err)
{
    const smear_opts *o = d->film->own;
    float len_m = (float)(fabs(eye_mps(d)) * SHUTTER_S) * lost;
    if (o->lines_frac <= 0 || len_m < 0.05f || s->scene->n_object == s->object_cap)
        return HM_OK;
    float right_m = 1e9f, left_m = -1e9f;
    for (int32_t i = 0; i < d->film->race->n_lane; i++) {
        float x_m = (float)hm_lane_centre_m(d->film->race->lane[i].lane);
        right_m = fminf(right_m, x_m), left_m = fmaxf(left_m, x_m);
    }
    soup w;
    HM_TRY(soup_init(&w, N_SPOT * 2 * N_KNOT, N_SPOT * 2 * (N_KNOT - 1), d->scratch, err));
    hm_vec3 eye = s->scene->camera.eye_m;
    for (uint32_t k = 0; k < (uint32_t)(N_SPOT * o->lines_frac); k++) {
        /* beside the lanes, half of them between the eye and the runners */
        float out_m = 0.8f + 5.5f * noise_chance(k, 1, 83) * noise_chance(k, 2, 83);
        float x = noise_chance(k, 3, 83) < 0.5f ? right_m - out_m : left_m + 1.6f * out_m;
        float y = 0.06f + 3.4f * noise_chance(k, 4, 83) * noise_chance(k, 5, 83);
        float z = -8 + 136 * noise_chance(k, 6, 83);
        hm_vec3 at = hm_v3(x, y, z);
        float far_m = hm_v3_len(hm_v3_sub(at, eye));
        if (far_m > REACH_M || far_m < 0.8f)
            continue;
        float size = 0.35f + noise_chance(k, 7, 83);
        bool dark = noise_chance(k, 9, 83) < 0.35f + 0.35f * lost;
        stroke(&w, at, len_m * (0.7f + 1.6f * noise_chance(k, 8, 83)),
               0.003f * size * fminf(far_m, 6) * fminf(len_m, 1), dark ? 1 : 0, eye);
    }
    hm_object lines = soup_object(&w);
    lines.surface = line_surface;
    s->object[s->scene->n_object++] = lines;
    return HM_OK;
}
