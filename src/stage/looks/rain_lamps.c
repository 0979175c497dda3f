/* rain_lamps.c - floodlights on masts along both sides of the track: what the water has to mirror.
 */
#include "rain_priv.h"
#include "soup_priv.h"

enum { PER_SIDE = 5, ROWS = 3, COLS = 5, LAMP = ROWS * COLS, MAST = 2 * PER_SIDE };

/* A bright square that faces the eye. */
static void square(soup *s, hm_vec3 at_m, hm_vec3 right, float half_m, float bright)
{
    int32_t n = s->n_vert;
    for (int i = 0; i < 4; i++) {
        hm_vec3 p = hm_v3_mad(at_m, i & 1 ? half_m : -half_m, right);
        p.y += i & 2 ? half_m : -half_m;
        soup_put(s, p, bright);
    }
    soup_join(s, n, n + 1, n + 2);
    soup_join(s, n + 1, n + 3, n + 2);
}

static hm_vec3 mast(int i)
{
    return hm_v3(i % 2 ? 38.0f : -30.0f, 21.0f, -30.0f + 42.0f * (float)(i / 2));
}

/* Where the lamps are from the eye: the wet air glows about them. */
typedef struct lamp_sky {
    hm_vec3 dir[MAST];
    float glow[MAST];
} lamp_sky;

static hm_rgb night_sky(const void *ctx, hm_vec3 dir)
{
    const lamp_sky *l = ctx;
    float low = 1 - (dir.y < 0 ? 0 : dir.y > 0.5f ? 1 : 2 * dir.y);
    float glow = 0.5f * low * low;
    for (int i = 0; i < MAST; i++) {
        float off = 1 - hm_v3_dot(dir, l->dir[i]);
        glow += l->glow[i] / (1 + 500 * off);
    }
    return (hm_rgb){0.016f + 0.110f * glow, 0.022f + 0.130f * glow, 0.038f + 0.180f * glow};
}

static void glow_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    (void)ctx, (void)f;
    *out = (hm_surface){.albedo = {1, 0.98f, 0.90f}, .emit = 1};
}

hm_status rain_lamps(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const hm_camera *c = &s->scene->camera;
    soup lamps;
    lamp_sky *sky = HM_PUSH(d->scratch, lamp_sky, 1);
    if (!sky)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the lamps");
    HM_TRY(soup_init(&lamps, MAST * LAMP * 4, MAST * LAMP * 2, d->scratch, err));
    for (int i = 0; i < MAST; i++) {
        hm_vec3 at = mast(i), to = hm_v3_sub(at, c->eye_m);
        sky->dir[i] = hm_v3_unit(to);
        sky->glow[i] = 60.0f / (20.0f + hm_v3_len(to));
        hm_vec3 right = hm_v3_unit(hm_v3_cross(to, hm_v3(0, 1, 0)));
        for (int k = 0; k < LAMP; k++) {
            hm_vec3 p = hm_v3_mad(at, 0.95f * (float)(k % COLS - COLS / 2), right);
            p.y += 0.95f * (float)(k / COLS - ROWS / 2);
            square(&lamps, p, right, 0.36f, 1);
        }
    }
    s->object[s->scene->n_object] = soup_object(&lamps);
    s->object[s->scene->n_object++].surface = glow_surface;
    s->scene->sky = night_sky;
    s->scene->sky_ctx = sky;
    return HM_OK;
}
