#include "field_priv.h"

#include <string.h>

#include "base/status.h"
#include "num/dmath.h"

/* Farther primitives add nothing that can be seen: e^(-100 mm / 11 mm) = 1e-4. */
static const float FAR_M = 0.10f;

float body_exp(float x)
{
    float y = x * 1.44269504f;
    y = y < -120.0f ? -120.0f : y > 90.0f ? 90.0f : y;
    int32_t n = (int32_t)(y + 256.5f) - 256; /* nearest whole number */
    float f = (y - (float)n) * 0.69314718f;
    float p =
        1.0f + f * (1.0f + f * (0.5f + f * (0.16666667f + f * (0.041666668f + f * 0.0083333338f))));
    uint32_t bits = (uint32_t)(n + 127) << 23;
    float scale;
    memcpy(&scale, &bits, sizeof scale);
    return p * scale;
}

float body_log(float x)
{
    return (float)hm_log((double)x);
}

body_prim *body_add(body_field *f, body_shell shell, int bone, hm_part part)
{
    HM_ASSERT(f->n_prim < BODY_PRIM_MAX);
    body_prim *q = &f->prim[f->n_prim++];
    *q = (body_prim){.bone = (uint8_t)bone, .part = (uint8_t)part, .shell = (uint8_t)shell};
    return q;
}

hm_vec3 body_prim_outward(const body_prim *q, hm_vec3 p)
{
    hm_vec3 out, n;
    float u;
    out = q->kind == BODY_CONE ? body_cone_out(q, p, &u) : body_egg_out(q, p, &n);
    float d = hm_v3_len(out);
    return d > 0.0f ? hm_v3_mul(out, 1.0f / d) : hm_v3(0, 0, 1);
}

/* Take primitive q away from (d, grad), with a rounded edge of width k. */
static float carve(const body_prim *q, hm_vec3 p, float k, float d, hm_vec3 *grad)
{
    float away = -body_prim_distance(q, p);
    float h = 0.5f + 0.5f * (away - d) / k;
    h = h < 0.0f ? 0.0f : h > 1.0f ? 1.0f : h;
    *grad = hm_v3_mix(*grad, hm_v3_mul(body_prim_outward(q, p), -1.0f), h);
    return d + h * (away - d) + k * h * (1.0f - h);
}

static float apply_cuts(const body_field *f, hm_vec3 p, float d, hm_vec3 *grad)
{
    for (int i = 0; i < f->n_cut; i++) {
        float c = hm_v3_dot(f->cut[i].n, p) - f->cut[i].c;
        if (c > d) {
            d = c;
            *grad = f->cut[i].n;
        }
    }
    return d;
}

float body_field_distance(const body_field *f, hm_vec3 p, hm_vec3 *grad)
{
    float sum = 0.0f, ik = 1.0f / f->k_m;
    hm_vec3 g = hm_v3(0, 0, 0);
    for (int i = 0; i < f->n_prim; i++) {
        const body_prim *q = &f->prim[i];
        if (q->carve)
            continue;
        float d = body_prim_distance(q, p);
        if (d > FAR_M)
            continue;
        float w = body_exp(-d * ik);
        sum += w;
        g = hm_v3_mad(g, w, body_prim_outward(q, p));
    }
    float d = sum > 0.0f ? -f->k_m * body_log(sum) : FAR_M;
    for (int i = 0; i < f->n_prim; i++)
        if (f->prim[i].carve)
            d = carve(&f->prim[i], p, f->carve_k_m, d, &g);
    g = hm_v3_unit(g);
    d = apply_cuts(f, p, d, &g);
    *grad = g;
    return d;
}
