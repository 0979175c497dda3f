/* Flags on masts: strips of cloth that stream with the wind of the race and hang without it. */
#include "props_priv.h"

#define FLAG_LONG_M 2.6f
#define FLAG_TALL_M 1.6f

hm_status props_flags_of(const hm_vec3 top_m[], int32_t n, hm_arena *arena, props_flags *f,
                         hm_err *err)
{
    HM_ASSERT(n <= FLAG_MAX);
    props_flags r = {.n = n};
    int32_t quads = n * (FLAG_COLS - 1);
    r.tri = hm_arena_push(arena, (size_t)quads * 2, sizeof *r.tri);
    r.part = HM_PUSH(arena, uint8_t, quads * 2);
    r.rest_m = HM_PUSH(arena, hm_vec3, n * FLAG_COLS * 2);
    if (!r.tri || !r.part || !r.rest_m)
        return hm_err_set(err, HM_ERR_SYSTEM, "venue", 0, 0, NULL, "no memory for flags");
    for (int32_t i = 0; i < n; i++) {
        r.top_m[i] = top_m[i];
        for (int32_t k = 0; k < FLAG_COLS * 2; k++)
            r.rest_m[i * FLAG_COLS * 2 + k] =
                hm_v3((float)(k / 2) / (FLAG_COLS - 1), (float)(k & 1), (float)i);
        for (int32_t k = 0; k < FLAG_COLS - 1; k++) {
            int32_t v = i * FLAG_COLS * 2 + k * 2, j = (i * (FLAG_COLS - 1) + k) * 2;
            const int32_t corner[2][3] = {{v, v + 2, v + 3}, {v, v + 3, v + 1}};
            for (int e = 0; e < 6; e++)
                r.tri[j + e / 3][e % 3] = corner[e / 3][e % 3];
        }
    }
    *f = r;
    return HM_OK;
}

hm_status props_flags_at(const props_flags *f, float t_s, float wind_mps, hm_arena *scratch,
                         hm_object *out, hm_err *err)
{
    int32_t n_vert = f->n * FLAG_COLS * 2;
    hm_vec3 *pos = HM_PUSH(scratch, hm_vec3, n_vert), *nrm = HM_PUSH(scratch, hm_vec3, n_vert);
    if (!pos || !nrm)
        return hm_err_set(err, HM_ERR_SYSTEM, "venue", 0, 0, NULL, "no memory for flags");
    float speed = venue_abs(wind_mps), side = wind_mps < 0.0f ? -1.0f : 1.0f;
    float fly = speed / (speed + 1.1f); /* 0 hangs, 1 streams */
    for (int32_t i = 0; i < f->n; i++) {
        float shift = 0.37f * (float)i, beat = t_s * (0.25f + 0.28f * speed);
        hm_vec3 p = f->top_m[i];
        for (int32_t c = 0; c < FLAG_COLS; c++) {
            float k = (float)c * (1.0f / (FLAG_COLS - 1));
            float roll = venue_wave(1.6f * k - beat + shift);
            float turn = venue_wave(1.6f * k - beat + shift + 0.25f);
            float sag = (1.0f - fly) * (1.2f + 0.2f * roll);
            hm_vec3 d =
                hm_v3_unit(hm_v3(0.16f + 0.30f * turn * (0.3f + k), -sag, side * (0.25f + fly)));
            if (c > 0)
                p = hm_v3_mad(p, FLAG_LONG_M / (FLAG_COLS - 1), d);
            hm_vec3 n = hm_v3_unit(hm_v3(d.z, 0.0f, -d.x));
            int32_t v = (i * FLAG_COLS + c) * 2;
            pos[v] = hm_v3(p.x, p.y - FLAG_TALL_M, p.z);
            pos[v + 1] = p;
            nrm[v] = nrm[v + 1] = side > 0.0f ? hm_v3_mul(n, -1.0f) : n;
        }
    }
    *out = (hm_object){.n_vert = n_vert,
                       .n_tri = f->n * (FLAG_COLS - 1) * 2,
                       .pos_m = pos,
                       .nrm = nrm,
                       .rest_m = f->rest_m,
                       .tri = (const int32_t(*)[3])f->tri,
                       .part = f->part,
                       .surface = props_flag_surface,
                       .flags = HM_OBJECT_TWO_SIDED};
    return HM_OK;
}

/* Invented colours: bands, halves, a disc. */
void props_flag_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    static const hm_rgb cloth[6] = {{0.86f, 0.85f, 0.82f}, {0.70f, 0.24f, 0.22f},
                                    {0.18f, 0.26f, 0.46f}, {0.84f, 0.66f, 0.26f},
                                    {0.16f, 0.42f, 0.40f}, {0.40f, 0.56f, 0.70f}};
    (void)ctx;
    int32_t i = (int32_t)venue_clamp(f->rest_m.z + 0.5f, 0.0f, (float)FLAG_MAX);
    uint32_t h = venue_hash((uint32_t)i, 31u);
    uint32_t a = h % 6u, b = (a + 1u + h / 6u % 5u) % 6u;
    float x = f->rest_m.x, y = f->rest_m.y;
    bool second = false;
    switch (h >> 20 & 3u) {
    case 0:
        second = y > 0.33f && y < 0.67f;
        break;
    case 1:
        second = x > 0.5f;
        break;
    case 2:
        second = x + y > 1.0f;
        break;
    default:
        second = (x - 0.5f) * (x - 0.5f) * 2.6f + (y - 0.5f) * (y - 0.5f) < 0.08f;
        break;
    }
    *out = (hm_surface){.albedo = cloth[second ? b : a]};
}
