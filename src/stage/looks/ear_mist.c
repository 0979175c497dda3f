/* ear_mist.c - breath that can be seen: each one that is heard hangs in the air as a small cloud
 * where it left the mouth, grows, and is gone. A cloud is a function of its breath and its age, so
 * any drawing can be made alone. */
#include "breath_priv.h"
#include "ear_priv.h"
#include "noise_priv.h"

#include <math.h>

#include "num/dmath.h"
#include "stage/shots.h"

#define CLOUD_S   0.9   /* from the mouth to nothing */
#define PUSH_M    0.45  /* how far it is blown ahead of where it left */
#define GROWN_M   0.34f /* its radius in the end */
#define MOST      0.34  /* its light in the middle, of white */
#define FORWARD_M 0.16f /* from the top of the head to the mouth */
#define DOWN_M    0.19f

typedef struct cloud {
    hm_vec3 at_m;
    float r_m, light;
    uint32_t seed;
} cloud;

static float smooth(float u)
{
    return u * u * (3.0f - 2.0f * u);
}

/* The cloud of a breath now; false = there is none. */
static bool cloud_of(const look_drawing *d, int32_t i, const breath *b, uint32_t seed, cloud *c)
{
    const hm_lane *l = &d->film->race->lane[i];
    double t_s = d->moment->race_t_s, age_s = t_s - b->at_s - 0.3 * b->len_s;
    if (b->in || age_s <= 0 || age_s >= CLOUD_S)
        return false;
    float u = (float)(age_s / CLOUD_S), fresh = u < 0.2f ? u / 0.2f : 1.0f;
    /* the head now, taken back by what the runner has gone since */
    double gone_m = hm_curve_x_m(&l->curve, t_s) - hm_curve_x_m(&l->curve, t_s - age_s);
    double ahead_m = PUSH_M * (1 - hm_exp(-4 * age_s)) + 0.80 * gone_m; /* air that goes with him */
    hm_vec3 h = d->moment->head_m[i];
    c->at_m = hm_v3(h.x, h.y - DOWN_M + 0.10f * u, h.z + FORWARD_M + (float)(ahead_m - gone_m));
    c->r_m = 0.06f + (GROWN_M - 0.06f) * sqrtf(u);
    const ear_opts *o = d->film->own;
    c->light = (float)(o->mist_frac * MOST * (b->level < 1 ? sqrt(b->level) : 1)) * smooth(fresh) *
               (1.0f - u) * (1.0f - u);
    c->seed = seed;
    return c->light > 0.002f;
}

/* Add a cloud, cool white, ragged at its edge. */
static void draw_cloud(const look_drawing *d, const hm_camera *cam, const cloud *c, hm_picture *pic)
{
    double x, y, depth_m;
    if (!hm_camera_project(cam, pic->w_px, pic->h_px, c->at_m, &x, &y, &depth_m) || depth_m < 0.8)
        return;
    float r = (float)(0.5 * pic->h_px / (hm_tan(0.5 * (double)cam->vfov_rad) * depth_m)) * c->r_m;
    float cx = (float)x, cy = (float)y, inv = 1.0f / r, drift = (float)d->moment->race_t_s * 0.8f;
    int32_t x0 = (int32_t)fmaxf(0, cx - r), x1 = (int32_t)fminf((float)pic->w_px - 1, cx + r);
    int32_t y0 = (int32_t)fmaxf(0, cy - r), y1 = (int32_t)fminf((float)pic->h_px - 1, cy + r);
    for (int32_t py = y0; py <= y1; py++) {
        uint8_t *row = pic->rgbx + (size_t)py * (size_t)pic->stride;
        for (int32_t px = x0; px <= x1; px++) {
            float u = ((float)px - cx) * inv, v = ((float)py - cy) * inv;
            float k = 1.0f - u * u - v * v;
            if (k <= 0)
                continue;
            float wisp = 0.6f + 0.5f * noise_at(1.7f * u + drift, 1.7f * v - drift, c->seed) +
                         0.3f * noise_at(4.1f * u - drift, 4.1f * v, c->seed + 1);
            float add = 255.0f * c->light * k * k * (wisp > 0 ? wisp : 0);
            static const float tint[3] = {0.86f, 0.94f, 1.0f};
            for (int ch = 0; ch < 3; ch++) {
                float now = (float)row[4 * px + ch] + tint[ch] * add + 0.5f;
                row[4 * px + ch] = (uint8_t)(now < 255.0f ? now : 255.0f);
            }
        }
    }
}

hm_status ear_mist(const look_drawing *d, const hm_scene *scene, hm_picture *pic, hm_err *err)
{
    (void)err;
    breath_plan plan;
    for (int32_t i = 0; i < d->film->race->n_lane; i++) {
        breath_plan_of(d->film->race, &d->film->race->lane[i], HM_SET_S, &plan);
        for (int k = 0; k < plan.n; k++) {
            cloud c;
            if (cloud_of(d, i, &plan.b[k], (uint32_t)(i * BREATH_MAX + k), &c))
                draw_cloud(d, &scene->camera, &c, pic);
        }
    }
    return HM_OK;
}
