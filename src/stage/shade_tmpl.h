/* shade_tmpl.h - the tile loop of every look. Included once by each file in looks/, after it has
 * defined LOOK_TILE (the function's name) and
 *
 *   HOT_INLINE hm_rgb look_pixel(const raster_job *job, const hm_object *o, const hm_frag *f,
 *                                const hm_surface *s, float cast_frac);
 *
 * so that the kernel is compiled into the loop. */
#include <string.h>

#include "hot_priv.h"

/* The triangle that is being shaded, with what its pixels share. */
typedef struct shade_face {
    uint32_t id; /* triangle + 1 */
    const raster_tri *t;
    const hm_object *o;
    float x0, y0;
    hm_vec3 n[3], r[3]; /* corners: normal, rest position */
    bool flat, has_rest;
} shade_face;

static void face_set(shade_face *f, const raster_job *job, uint32_t id)
{
    const raster_tri *t = &job->tri[id - 1];
    const hm_object *o = &job->scene->object[t->i_object];
    const int32_t *v = o->tri[t->i_tri];
    f->id = id;
    f->t = t;
    f->o = o;
    f->x0 = (float)t->x[0] * (1.0f / RASTER_SUB);
    f->y0 = (float)t->y[0] * (1.0f / RASTER_SUB);
    f->flat = !o->nrm;
    f->has_rest = o->rest_m != NULL;
    if (f->flat) {
        hm_vec3 a = o->pos_m[v[0]];
        f->n[0] = hm_v3_unit(hm_v3_cross(hm_v3_sub(o->pos_m[v[1]], a), hm_v3_sub(o->pos_m[v[2]], a)));
        if (t->kind == RASTER_BACK)
            f->n[0] = hm_v3_mul(f->n[0], -1.0f);
    } else {
        float side = t->kind == RASTER_BACK ? -1.0f : 1.0f;
        f->n[0] = hm_v3_mul(o->nrm[v[0]], side);
        f->n[1] = hm_v3_sub(hm_v3_mul(o->nrm[v[1]], side), f->n[0]);
        f->n[2] = hm_v3_sub(hm_v3_mul(o->nrm[v[2]], side), f->n[0]);
    }
    if (f->has_rest) {
        f->r[0] = o->rest_m[v[0]];
        f->r[1] = hm_v3_sub(o->rest_m[v[1]], f->r[0]);
        f->r[2] = hm_v3_sub(o->rest_m[v[2]], f->r[0]);
    }
}

/* The point of the face under (x, y), kept inside the triangle. */
HOT_INLINE void face_frag(const shade_face *f, const raster_view *v, float x, float y, hm_frag *out)
{
    const raster_tri *t = f->t;
    float dx = x - f->x0, dy = y - f->y0;
    float iz = t->iz[0] + t->iz[1] * dx + t->iz[2] * dy;
    iz = iz < t->iz_lo ? t->iz_lo : iz;
    iz = iz > t->iz_hi ? t->iz_hi : iz;
    float depth_m = 1.0f / iz;
    float sx = (x - v->cx_px) * v->px_frac * depth_m, sy = (v->cy_px - y) * v->px_frac * depth_m;
    hm_vec3 p = hm_v3_mad(v->eye_m, depth_m, v->fwd);
    out->pos_m = hm_v3_mad(hm_v3_mad(p, sx, v->right), sy, v->up);
    out->depth_m = depth_m;
    out->px_m = depth_m * v->px_frac;
    out->part = t->part;
    float b1 = 0, b2 = 0;
    if (!f->flat || f->has_rest) {
        b1 = (t->w1[0] + t->w1[1] * dx + t->w1[2] * dy) * depth_m;
        b2 = (t->w2[0] + t->w2[1] * dx + t->w2[2] * dy) * depth_m;
        b1 = b1 > 0 ? (b1 < 1 ? b1 : 1) : 0;
        b2 = b2 > 0 ? (b2 < 1 ? b2 : 1) : 0;
        float k = b1 + b2 > 1 ? 1.0f / (b1 + b2) : 1.0f;
        b1 *= k, b2 *= k;
    }
    out->nrm = f->flat ? f->n[0]
                       : hm_v3_unit(hm_v3_mad(hm_v3_mad(f->n[0], b1, f->n[1]), b2, f->n[2]));
    out->rest_m = f->has_rest ? hm_v3_mad(hm_v3_mad(f->r[0], b1, f->r[1]), b2, f->r[2])
                              : out->pos_m;
}

HOT_INLINE hm_rgb sky_at(const raster_job *job, float x, float y)
{
    const raster_view *v = &job->view;
    float sx = (x - v->cx_px) * v->px_frac, sy = (v->cy_px - y) * v->px_frac;
    hm_vec3 d = hm_v3_mad(hm_v3_mad(v->fwd, sx, v->right), sy, v->up);
    if (!job->scene->sky)
        return (hm_rgb){0, 0, 0};
    return job->scene->sky(job->scene->sky_ctx, hm_v3_unit(d));
}

HOT_INLINE hm_rgb rgb_mix(hm_rgb a, hm_rgb b, float k)
{
    return (hm_rgb){a.r + k * (b.r - a.r), a.g + k * (b.g - a.g), a.b + k * (b.b - a.b)};
}

/* 1 - e^-x for x >= 0, to 1 %. */
HOT_INLINE float haze_share(float x)
{
    return 1.0f - 1.0f / (1.0f + x * (1.0f + x * (0.5f + x * (0.1667f + x * 0.0417f))));
}

/* Colour of one face in one pixel. */
HOT_INLINE hm_rgb face_colour(const raster_job *job, const shade_face *f, float x, float y,
                              float cast_frac, uint8_t *id)
{
    hm_frag g;
    face_frag(f, &job->view, x, y, &g);
    hm_surface s = {.albedo = {0.5f, 0.5f, 0.5f}};
    f->o->surface(f->o->surface_ctx, &g, &s);
    *id = s.id;
    hm_rgb c = look_pixel(job, f->o, &g, &s, (f->o->flags & HM_OBJECT_GROUND) ? cast_frac : 0.0f);
    c = rgb_mix(c, job->scene->haze, haze_share(job->scene->haze_per_m * g.depth_m));
    return c;
}

HOT_INLINE uint8_t to_byte(float v)
{
    v = v > 0 ? (v < 1 ? v : 1) : 0; /* NaN becomes 0 */
    return (uint8_t)(v * 255.0f + 0.5f);
}

static const float sample_x[RASTER_SAMPLE] = {0.375f, 0.875f, 0.125f, 0.625f};
static const float sample_y[RASTER_SAMPLE] = {0.125f, 0.375f, 0.625f, 0.875f};

/* What samples of one pixel share so that one shading serves them. */
HOT_INLINE uint32_t share_key(const raster_job *job, uint32_t id)
{
    if (id == 0)
        return 0;
    const raster_tri *t = &job->tri[id - 1];
    return ((uint32_t)(t->i_object + 1) << 8) | t->part;
}

/* A pixel whose samples see different triangles. */
static hm_rgb mixed_pixel(const raster_job *job, shade_face *f, const uint32_t id[4],
                          const int32_t *cast, float x, float y, uint8_t surf_id[4])
{
    uint32_t key[4];
    for (int i = 0; i < 4; i++)
        key[i] = share_key(job, id[i]);
    unsigned todo = 15;
    hm_rgb sum = {0, 0, 0};
    while (todo) {
        int first = __builtin_ctz(todo);
        float n = 0, sx = 0, sy = 0, dark = 0;
        for (int i = first; i < 4; i++)
            if ((todo >> i & 1) && key[i] == key[first]) {
                n += 1, sx += sample_x[i], sy += sample_y[i];
                dark += cast && cast[i] ? 1.0f : 0.0f;
                todo &= ~(1u << i);
            }
        hm_rgb c;
        if (key[first] == 0) {
            c = sky_at(job, x + 0.5f, y + 0.5f);
        } else {
            uint8_t sid;
            if (f->id != id[first])
                face_set(f, job, id[first]);
            c = face_colour(job, f, x + sx / n, y + sy / n, dark / n, &sid);
            for (int i = first; i < 4; i++)
                surf_id[i] = key[i] == key[first] ? sid : surf_id[i];
        }
        sum.r += 0.25f * n * c.r, sum.g += 0.25f * n * c.g, sum.b += 0.25f * n * c.b;
    }
    return sum;
}

/* Labels and depths for the ink. */
HOT_INLINE void leave_for_ink(const raster_job *job, const raster_scratch *s, int32_t at,
                              int32_t px, int32_t py, const uint8_t surf_id[4])
{
    size_t k = (size_t)(py + RASTER_PAD) * (size_t)job->ink_stride + (size_t)(px + RASTER_PAD);
    for (int i = 0; i < RASTER_SAMPLE; i++) {
        uint32_t id = s->id[at + i];
        unsigned no = id ? job->ink_no[job->tri[id - 1].i_object] : 0u;
        job->label[k * RASTER_SAMPLE + (size_t)i] = (uint16_t)(no ? no << 8 | surf_id[i] : 0u);
        job->depth_m[k * RASTER_SAMPLE + (size_t)i] = no ? 1.0f / s->iz[at + i] : 0.0f;
    }
}

static void forget_ink(const raster_job *job, int32_t px, int32_t py)
{
    for (int32_t y = py; y < py + RASTER_TILE; y++) {
        size_t k = (size_t)(y + RASTER_PAD) * (size_t)job->ink_stride + (size_t)(px + RASTER_PAD);
        memset(&job->label[k * RASTER_SAMPLE], 0, RASTER_TILE * RASTER_SAMPLE * sizeof *job->label);
    }
}

void LOOK_TILE(const raster_job *job, int32_t i_tile, raster_scratch *s)
{
    HOT(visible_tile)(job, i_tile, s);
    int32_t px0 = (i_tile % job->n_tx) * RASTER_TILE, py0 = (i_tile / job->n_tx) * RASTER_TILE;
    int32_t nx = job->pic->w_px - px0, ny = job->pic->h_px - py0;
    nx = nx < RASTER_TILE ? nx : RASTER_TILE;
    ny = ny < RASTER_TILE ? ny : RASTER_TILE;
    if (job->tile_ink[i_tile] && !s->has_ink)
        forget_ink(job, px0, py0);
    job->tile_ink[i_tile] = s->has_ink;
    shade_face f = {.id = 0};
    for (int32_t y = 0; y < ny; y++) {
        uint8_t *out = job->pic->rgbx + (size_t)(py0 + y) * (size_t)job->pic->stride +
                       (size_t)px0 * 4;
        for (int32_t x = 0; x < nx; x++, out += 4) {
            int32_t at = (y * RASTER_TILE + x) * RASTER_SAMPLE;
            const uint32_t *id = &s->id[at];
            const int32_t *cast = s->has_cast ? &s->cast[at] : NULL;
            float fx = (float)(px0 + x), fy = (float)(py0 + y);
            uint8_t surf_id[4] = {0, 0, 0, 0};
            hm_rgb c;
            if ((id[0] ^ id[1]) | (id[0] ^ id[2]) | (id[0] ^ id[3])) {
                c = mixed_pixel(job, &f, id, cast, fx, fy, surf_id);
            } else if (id[0] == 0) {
                c = sky_at(job, fx + 0.5f, fy + 0.5f);
            } else {
                if (f.id != id[0])
                    face_set(&f, job, id[0]);
                float dark = 0;
                if (cast)
                    dark = -0.25f * (float)(cast[0] + cast[1] + cast[2] + cast[3]);
                c = face_colour(job, &f, fx + 0.5f, fy + 0.5f, dark, surf_id);
                surf_id[1] = surf_id[2] = surf_id[3] = surf_id[0];
            }
            if (s->has_ink)
                leave_for_ink(job, s, at, px0 + x, py0 + y, surf_id);
            out[0] = to_byte(c.r), out[1] = to_byte(c.g), out[2] = to_byte(c.b), out[3] = 255;
        }
    }
}
