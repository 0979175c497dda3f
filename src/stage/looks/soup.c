#include "soup_priv.h"

#include "num/dmath.h"

hm_status soup_init(soup *s, int32_t vert_max, int32_t tri_max, hm_arena *scratch, hm_err *err)
{
    *s = (soup){.pos_m = HM_PUSH(scratch, hm_vec3, vert_max),
                .rest_m = HM_PUSH(scratch, hm_vec3, vert_max),
                .tri = hm_arena_push(scratch, (size_t)tri_max, sizeof *s->tri),
                .tri_max = tri_max};
    return s->pos_m && s->rest_m && s->tri
               ? HM_OK
               : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the drawing");
}

int32_t soup_put(soup *s, hm_vec3 at_m, float bright)
{
    s->pos_m[s->n_vert] = at_m;
    s->rest_m[s->n_vert] = hm_v3(bright, 0, 0);
    return s->n_vert++;
}

void soup_join(soup *s, int32_t a, int32_t b, int32_t c)
{
    s->tri[s->n_tri][0] = a, s->tri[s->n_tri][1] = b, s->tri[s->n_tri++][2] = c;
}

void soup_ring(soup *s, hm_vec3 at_m, float r_m, float w_m, int side, float bright,
               float inner_frac)
{
    int32_t first = s->n_vert;
    for (int i = 0; i < side; i++) {
        double turn = 2 * HM_PI * i / side;
        float c = (float)hm_cos(turn), n = (float)hm_sin(turn), in = r_m - w_m;
        soup_put(s, hm_v3(at_m.x + in * c, at_m.y, at_m.z + in * n), inner_frac * bright);
        soup_put(s, hm_v3(at_m.x + r_m * c, at_m.y, at_m.z + r_m * n), bright);
    }
    for (int i = 0; i < side; i++) {
        int32_t a = first + 2 * i, b = first + 2 * ((i + 1) % side);
        soup_join(s, a, a + 1, b);
        soup_join(s, a + 1, b + 1, b);
    }
}

static void water_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    (void)ctx;
    float k = f->rest_m.x;
    *out = (hm_surface){.albedo = {0.85f + 0.12f * k, 0.89f + 0.1f * k, 0.95f}, .emit = k};
}

hm_object soup_object(const soup *s)
{
    return (hm_object){.n_vert = s->n_vert,
                       .n_tri = s->n_tri,
                       .pos_m = s->pos_m,
                       .rest_m = s->rest_m,
                       .tri = (const int32_t(*)[3])s->tri,
                       .surface = water_surface,
                       .flags = HM_OBJECT_TWO_SIDED};
}
