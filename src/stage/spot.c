/* spot.c - the dark spots right under feet and hands that touch the ground. */
#include "raster_priv.h"

#include <math.h>

#include "body/mesh.h"

/* Parts higher than this leave no spot [m]; spots reach this far beyond the part [1]. */
#define SPOT_HIGH_M 0.10f
#define SPOT_REACH  1.7f

/* Low vertices of one part: weighted sums over the ground plane. */
typedef struct spot_sum {
    float w, x, z, xx, xz, zz, low_m;
} spot_sum;

static void gather(const hm_object *o, spot_sum sum[HM_PART_COUNT])
{
    for (int p = 0; p < HM_PART_COUNT; p++)
        sum[p] = (spot_sum){.low_m = SPOT_HIGH_M};
    for (int32_t i = 0; i < o->n_tri; i++) {
        int32_t k = o->tri[i][0];
        unsigned p = o->part[i];
        if (p >= HM_PART_COUNT || k < 0 || k >= o->n_vert)
            continue;
        hm_vec3 v = o->pos_m[k];
        float w = SPOT_HIGH_M - v.y;
        if (!(w > 0) || !(fabsf(v.x) < 1.0e4f) || !(fabsf(v.z) < 1.0e4f))
            continue;
        spot_sum *s = &sum[p];
        float x = v.x - o->pos_m[0].x, z = v.z - o->pos_m[0].z;
        s->w += w, s->x += w * x, s->z += w * z;
        s->xx += w * x * x, s->xz += w * x * z, s->zz += w * z * z;
        s->low_m = v.y < s->low_m ? v.y : s->low_m;
    }
}

/* Ellipse of the same mean and spread. */
static raster_spot ellipse(const spot_sum *s, hm_vec3 origin)
{
    float k = 1.0f / s->w, x = s->x * k, z = s->z * k;
    float a = s->xx * k - x * x, b = s->xz * k - x * z, d = s->zz * k - z * z;
    float mean = 0.5f * (a + d), half = sqrtf(0.25f * (a - d) * (a - d) + b * b);
    hm_vec3 axis = fabsf(b) > 1.0e-9f ? hm_v3_unit(hm_v3(b, 0, mean + half - a))
                                      : (a >= d ? hm_v3(1, 0, 0) : hm_v3(0, 0, 1));
    float along = mean + half, across = mean - half;
    raster_spot o = {.x_m = x + origin.x, .z_m = z + origin.z, .ax = axis.x, .az = axis.z};
    /* half axes of an even ellipse are twice its deviations */
    o.len_m = SPOT_REACH * (2.0f * sqrtf(along > 0 ? along : 0) + 0.02f);
    o.wid_m = SPOT_REACH * (2.0f * sqrtf(across > 0 ? across : 0) + 0.02f);
    o.dark = 1.0f - (s->low_m > 0 ? s->low_m : 0) * (1.0f / SPOT_HIGH_M);
    return o;
}

/* Pixels that it may darken; false when off the picture or behind the camera. */
static bool bound(raster_spot *o, const raster_view *v)
{
    hm_vec3 q = hm_v3_sub(hm_v3(o->x_m, 0, o->z_m), v->eye_m);
    float depth = hm_v3_dot(q, v->fwd) - o->len_m;
    if (!(depth > v->near_m))
        return false;
    float k = v->f_px / (depth + o->len_m), r = o->len_m * v->f_px / depth;
    o->x_px = v->cx_px + k * hm_v3_dot(q, v->right);
    o->y_px = v->cy_px - k * hm_v3_dot(q, v->up);
    o->r_px = r;
    return o->x_px + r > 0 && o->y_px + r > 0 && o->x_px - r < 2 * v->cx_px &&
           o->y_px - r < 2 * v->cy_px;
}

int32_t raster_spots(const hm_scene *scene, const raster_view *v, raster_spot out[RASTER_MAX_SPOT])
{
    int32_t n = 0;
    for (int32_t i = 0; i < scene->n_object; i++) {
        const hm_object *o = &scene->object[i];
        if (!o->actor || !(o->flags & HM_OBJECT_SHADOW) || !o->part || !o->tri || o->n_vert < 1)
            continue;
        spot_sum sum[HM_PART_COUNT];
        gather(o, sum);
        for (int p = 0; p < HM_PART_COUNT; p++) {
            if (!(sum[p].w > 0) || n == RASTER_MAX_SPOT)
                continue;
            out[n] = ellipse(&sum[p], o->pos_m[0]);
            n += bound(&out[n], v);
        }
    }
    return n;
}
