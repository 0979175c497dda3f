/* elastic_friend.c - shadows of friends: children who stand out of the picture beside the lanes and
 * wave; only their shadows lie on the yard. */
#include "elastic_priv.h"
#include "noise_priv.h"
#include "soup_priv.h"

#include <math.h>

#include "num/dmath.h"

enum { N_FRIEND = 22, ROUND = 14, PER_FRIEND_V = ROUND + 1 + 5 * 4, PER_FRIEND_T = ROUND + 5 * 2 };

/* What lies under a shadow, and how dark it makes it. */
typedef struct friend_ctx {
    const hm_object *ground;
    float dark;
} friend_ctx;

static void shadow_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const friend_ctx *c = ctx;
    c->ground->surface(c->ground->surface_ctx, f, out);
    out->albedo.r *= 1 - 0.34f * c->dark;
    out->albedo.g *= 1 - 0.34f * c->dark;
    out->albedo.b *= 1 - 0.14f * c->dark;
}

/* A figure on the ground: feet at (x, z), u along it, v across it. */
typedef struct lying {
    float x, z, ux, uz, size;
} lying;

static int32_t put(soup *s, const lying *l, float u, float v)
{
    u *= l->size, v *= l->size;
    return soup_put(s, hm_v3(l->x + u * l->ux - v * l->uz, 0.005f, l->z + u * l->uz + v * l->ux),
                    1);
}

/* A limb or a trunk from a to b. */
static void bar(soup *s, const lying *l, const float a[2], const float b[2], float w0, float w1)
{
    float du = b[0] - a[0], dv = b[1] - a[1], k = 1.0f / sqrtf(du * du + dv * dv);
    float nu = -dv * k, nv = du * k;
    int32_t p = put(s, l, a[0] + nu * w0, a[1] + nv * w0),
            q = put(s, l, a[0] - nu * w0, a[1] - nv * w0);
    int32_t r = put(s, l, b[0] + nu * w1, b[1] + nv * w1),
            t = put(s, l, b[0] - nu * w1, b[1] - nv * w1);
    soup_join(s, p, q, r);
    soup_join(s, q, t, r);
}

static void lay_friend(soup *s, const lying *l, uint32_t who, double t_s, double cheer)
{
    double wave = hm_sin(2 * HM_PI * (1.1 + 0.5 * (double)noise_chance(who, 5, 9)) * t_s + who);
    float up = (float)(0.25 + 0.5 * cheer + 0.2 * cheer * wave);
    const float hip[2] = {0.78f, 0}, head = 1.55f;
    const float foot[2][2] = {{0, 0.13f}, {0, -0.13f}};
    for (int i = 0; i < 2; i++) {
        float v = i ? -1.0f : 1.0f;
        bar(s, l, foot[i], hip, 0.06f, 0.10f);
        float lift = (who >> i & 1u) ? up : 0.15f;
        const float shoulder[2] = {1.25f, 0.16f * v};
        const float hand[2] = {1.25f + 0.75f * (lift * 1.6f - 0.55f),
                               v * (0.34f + 0.2f * (1 - lift))};
        bar(s, l, shoulder, hand, 0.065f, 0.045f);
    }
    bar(s, l, hip, (const float[2]){1.36f, 0}, 0.16f, 0.20f);
    int32_t mid = put(s, l, head, 0), first = s->n_vert;
    for (int k = 0; k < ROUND; k++)
        put(s, l, head + 0.21f * (float)hm_cos(2 * HM_PI * k / ROUND),
            0.19f * (float)hm_sin(2 * HM_PI * k / ROUND));
    for (int k = 0; k < ROUND; k++)
        soup_join(s, mid, first + k, first + (k + 1) % ROUND);
}

/* The ground, as the venue draws it. */
static const hm_object *ground_of(const look_scene *s)
{
    for (int32_t i = 0; i < s->scene->n_object; i++)
        if (s->object[i].flags & HM_OBJECT_GROUND)
            return &s->object[i];
    return NULL;
}

static double leader_m(const hm_race *race, double t_s)
{
    double x_m = 0;
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].curve.n > 0)
            x_m = fmax(x_m, hm_curve_x_m(&race->lane[i].curve, t_s));
    return x_m;
}

hm_status elastic_friends(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const elastic_opts *o = d->film->own;
    const hm_object *ground = ground_of(s);
    if (!ground || !ground->surface || o->friend_frac <= 0 || s->scene->n_object == s->object_cap)
        return HM_OK;
    soup w;
    friend_ctx *c = HM_PUSH(d->scratch, friend_ctx, 1);
    hm_object *below = HM_PUSH(d->scratch, hm_object, 1);
    if (!c || !below)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the drawing");
    HM_TRY(soup_init(&w, N_FRIEND * PER_FRIEND_V, N_FRIEND * PER_FRIEND_T, d->scratch, err));
    double lead_m = leader_m(d->film->race, d->moment->race_t_s), right_m = 1e9;
    for (int32_t i = 0; i < d->film->race->n_lane; i++)
        right_m = fmin(right_m, hm_lane_centre_m(d->film->race->lane[i].lane) - 0.61);
    for (uint32_t k = 0; k < N_FRIEND; k++) {
        float z = -2 + 5.2f * (float)k + 2.4f * noise_chance(k, 1, 71);
        double near = 1 - look_ramp(fabs(lead_m - (double)z), 4, 14);
        float turn = -0.35f + 0.12f * noise_lattice(k, 2, 71), x = (float)right_m - 2.5f;
        const lying l = {x - 0.5f * noise_chance(k, 3, 71), z, (float)hm_cos((double)turn),
                         (float)hm_sin((double)turn), 1.25f + 0.35f * noise_chance(k, 4, 71)};
        lay_friend(&w, &l, k + 3, d->moment->race_t_s, near);
    }
    *below = *ground;
    *c = (friend_ctx){below, (float)o->friend_frac};
    hm_object lies = soup_object(&w);
    lies.surface = shadow_surface, lies.surface_ctx = c;
    lies.rest_m = NULL, lies.flags = HM_OBJECT_TWO_SIDED | HM_OBJECT_GROUND;
    s->object[s->scene->n_object++] = lies;
    return HM_OK;
}
