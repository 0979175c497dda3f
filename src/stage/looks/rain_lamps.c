/* rain_lamps.c - floodlights on masts along both sides of the track, and lamps that stand near:
 * what lights, what the water has to mirror, what the air glows about. */
#include "rain_priv.h"
#include "soup_priv.h"

#include "num/dmath.h"

enum { ROWS = 3, COLS = 5, LAMP = ROWS * COLS, MAST = RAIN_FAR };

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

/* The screens of a stadium (stage/props), and what they show: nothing much until the result. */
static const hm_vec3 screen_m[2] = {{22.0f, 21.5f, 168.5f}, {22.0f, 21.5f, -56.5f}};

static hm_rgb screen_light(const look_drawing *d)
{
    double since = d->moment->race_t_s - rain_last_s(d->film->race);
    float up = (float)look_ramp(since, 1.5, 3.5);
    return (hm_rgb){0.5f + 2.2f * up, 0.6f + 2.6f * up, 0.9f + 3.4f * up};
}

void rain_light_at(const hm_race *race, hm_vec3 eye, rain_light *l)
{
    *l = (rain_light){.place = rain_place_of(race), .n_far = RAIN_FAR};
    const rain_place *p = &l->place;
    for (int i = 0; i < RAIN_FAR; i++) {
        hm_vec3 to = hm_v3_sub(mast(i), eye);
        l->far_m[i] = mast(i);
        l->far_dir[i] = hm_v3_unit(to);
        l->far_glow[i] = 60.0f / (20.0f + hm_v3_len(to));
    }
    const rain_near lamp[RAIN_NEAR] = {
        /* over the mouths of the gates */
        {hm_v3((float)p->gate_out_m + 0.15f, RAIN_ROOF_M - 0.12f, (float)p->gate_z_m),
         {0.25f, -0.97f, 0},
         3.0f,
         {1.05f, 0.80f, 0.50f},
         0.45f},
        {hm_v3((float)p->gate_out_m + 0.15f, RAIN_ROOF_M - 0.12f, (float)p->exit_z_m),
         {0.25f, -0.97f, 0},
         3.0f,
         {1.05f, 0.80f, 0.50f},
         0.45f},
        /* on towers, turned to the track */
        {hm_v3((float)p->tower_x_m, RAIN_TOWER_M, (float)p->tower_z_m),
         {0.62f, -0.75f, -0.22f},
         6.0f,
         {0.95f, 1.02f, 1.10f},
         0.72f},
        {hm_v3((float)p->left_m + 4.4f, RAIN_TOWER_M, (float)p->drain_z_m + 6.5f),
         {-0.66f, -0.70f, -0.27f},
         6.0f,
         {0.95f, 1.02f, 1.10f},
         0.72f},
        {hm_v3((float)p->right_m - 2.4f, RAIN_TOWER_M, -15.5f),
         {0.80f, -0.55f, 0.10f},
         6.5f,
         {1.05f, 1.00f, 0.92f},
         0.62f},
        /* on poles before the boards */
        {hm_v3((float)p->board_m + 0.8f, 3.0f, (float)p->coat_z_m + 2.4f),
         {-0.30f, -0.95f, -0.1f},
         3.4f,
         {1.05f, 0.84f, 0.58f},
         0.5f},
        {hm_v3((float)p->board_m + 0.8f, 3.0f, (float)p->drain_z_m + 13.0f),
         {-0.30f, -0.95f, -0.1f},
         3.4f,
         {1.05f, 0.84f, 0.58f},
         0.5f}};
    l->n_near = RAIN_NEAR;
    for (int i = 0; i < RAIN_NEAR; i++) {
        l->near[i] = lamp[i];
        l->near[i].way = hm_v3_unit(lamp[i].way);
    }
    l->has_gates = true;
}

/* Near the axis of its beam, and not far down it. */
float rain_beam(const rain_near *q, hm_vec3 at_m)
{
    hm_vec3 to = hm_v3_sub(at_m, q->at_m);
    float d2 = hm_v3_dot(to, to), along = hm_v3_dot(to, q->way);
    if (d2 > 90 || along < 0.02f)
        return 0;
    float cos2 = along * along / (d2 + 1e-4f), edge = (cos2 - q->cos2) / (1 - q->cos2);
    return edge <= 0 ? 0 : 2.2f * edge / (0.55f + 0.30f * d2);
}

bool rain_is_roofed(const rain_place *p, hm_vec3 at_m)
{
    if (at_m.y > RAIN_ROOF_M || at_m.x > (float)p->gate_out_m || at_m.x < (float)p->gate_in_m)
        return false;
    float a = at_m.z - (float)p->gate_z_m, b = at_m.z - (float)p->exit_z_m;
    return (a > -1.5f && a < 1.5f) || (b > -1.5f && b < 1.5f);
}

/* ---- what the paint gets ---- */

/* The strongest few of what is ahead; what leaves the view has faded by then. */
void rain_light_paint(const look_drawing *d, const rain_light *l, night_own *own)
{
    enum { MOST = RAIN_FAR + RAIN_NEAR + 2 };
    night_glint all[MOST];
    float weight[MOST];
    const hm_camera *c = &d->moment->camera;
    hm_vec3 ahead = hm_v3_unit(hm_v3_sub(c->aim_m, c->eye_m));
    hm_rgb board = screen_light(d);
    for (int i = 0; i < MOST; i++) {
        bool far = i < RAIN_FAR, near = !far && i < RAIN_FAR + RAIN_NEAR;
        const rain_near *q = near ? &l->near[i - RAIN_FAR] : NULL;
        hm_vec3 at = far ? l->far_m[i] : near ? q->at_m : screen_m[i - RAIN_FAR - RAIN_NEAR];
        hm_vec3 to = hm_v3_sub(at, c->eye_m);
        float dist = hm_v3_len(to), cos = hm_v3_dot(to, ahead) / (dist + 0.01f);
        float seen = (float)look_ramp((double)cos, 0.35, 0.62);
        float power = far    ? 9.0f * seen
                      : near ? 3.4f * seen * (float)look_ramp((double)dist, 34, 18)
                             : 5.0f * seen;
        hm_rgb tint = far ? (hm_rgb){1, 0.98f, 0.90f} : near ? q->c : board;
        all[i] = (night_glint){at.x, at.y, at.z, power * tint.r, power * tint.g, power * tint.b};
        weight[i] = power / (near ? 1 + 0.05f * dist : 1 + 0.012f * dist);
    }
    for (int k = 0; k < NIGHT_GLINT; k++) {
        int best = 0;
        for (int i = 1; i < MOST; i++)
            best = weight[i] > weight[best] ? i : best;
        own->glint[k] = all[best];
        weight[best] = -1;
    }
    float far_of[RAIN_NEAR];
    hm_vec3 at = hm_v3_mad(c->eye_m, 3, ahead);
    for (int i = 0; i < RAIN_NEAR; i++)
        far_of[i] = hm_v3_len(hm_v3_sub(l->near[i].at_m, at));
    for (int k = 0; k < NIGHT_NEAR; k++) {
        int best = 0;
        for (int i = 1; i < RAIN_NEAR; i++)
            best = far_of[i] < far_of[best] ? i : best;
        const rain_near *q = &l->near[best];
        float on = (float)look_ramp((double)far_of[best], 26, 14);
        own->near[k] =
            (night_near){q->at_m.x,   q->at_m.y,   q->at_m.z,  1 / (q->reach_m * q->reach_m),
                         on * q->c.r, on * q->c.g, on * q->c.b};
        far_of[best] = 1e9f;
    }
}

/* ---- what is seen of lamps ---- */

static hm_rgb night_sky(const void *ctx, hm_vec3 dir)
{
    const rain_light *l = ctx;
    float low = 1 - (dir.y < 0 ? 0 : dir.y > 0.5f ? 1 : 2 * dir.y);
    float air = 0.5f * low * low;
    for (int i = 0; i < RAIN_FAR; i++) {
        float off = 1 - hm_v3_dot(dir, l->far_dir[i]);
        air += l->far_glow[i] / (1 + 500 * off);
    }
    return (hm_rgb){0.020f + 0.110f * air, 0.027f + 0.130f * air, 0.046f + 0.180f * air};
}

static void glow_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    (void)ctx, (void)f;
    *out = (hm_surface){.albedo = {1, 0.98f, 0.90f}, .emit = 1};
}

hm_status rain_lamps(const look_drawing *d, const look_scene *s, const rain_light *l, hm_err *err)
{
    const hm_camera *c = &s->scene->camera;
    soup lamps;
    int32_t n = MAST * LAMP + RAIN_NEAR;
    HM_TRY(soup_init(&lamps, n * 4, n * 2, d->scratch, err));
    for (int i = 0; i < MAST; i++) {
        hm_vec3 at = mast(i), to = hm_v3_sub(at, c->eye_m);
        hm_vec3 right = hm_v3_unit(hm_v3_cross(to, hm_v3(0, 1, 0)));
        for (int k = 0; k < LAMP; k++) {
            hm_vec3 p = hm_v3_mad(at, 0.95f * (float)(k % COLS - COLS / 2), right);
            p.y += 0.95f * (float)(k / COLS - ROWS / 2);
            square(&lamps, p, right, 0.36f, 1);
        }
    }
    for (int i = 0; i < l->n_near; i++) {
        hm_vec3 to = hm_v3_sub(l->near[i].at_m, c->eye_m);
        square(&lamps, hm_v3_mad(l->near[i].at_m, 0.06f, l->near[i].way),
               hm_v3_unit(hm_v3_cross(to, hm_v3(0, 1, 0))), i < 2 || i > 4 ? 0.06f : 0.15f, 1);
    }
    s->object[s->scene->n_object] = soup_object(&lamps);
    s->object[s->scene->n_object++].surface = glow_surface;
    s->scene->sky = night_sky;
    s->scene->sky_ctx = l;
    return HM_OK;
}

/* Wet air in the light: a halo about each lamp, and its beam. */
void rain_halos(const glow *g, const rain_light *l)
{
    for (int i = 0; i < l->n_far; i++) {
        float k = 0.10f * l->far_glow[i];
        glow_disc(g, l->far_m[i], 6.5f, (hm_rgb){k, k, 1.1f * k});
    }
    for (int i = 0; i < l->n_near; i++) {
        const rain_near *q = &l->near[i];
        glow_disc(g, q->at_m, 0.55f, (hm_rgb){0.55f * q->c.r, 0.55f * q->c.g, 0.55f * q->c.b});
        glow_disc(g, q->at_m, 1.7f, (hm_rgb){0.16f * q->c.r, 0.16f * q->c.g, 0.16f * q->c.b});
        float most = q->at_m.y / (-q->way.y), tan = sqrtf(1 / q->cos2 - 1);
        for (int k = 1; k <= 9; k++) {
            float along = most * 0.105f * (float)k, r = 0.75f * tan * along + 0.12f;
            float b = 0.060f / (1 + 0.20f * along * along);
            glow_disc(g, hm_v3_mad(q->at_m, along, q->way), r,
                      (hm_rgb){b * q->c.r, b * q->c.g, b * q->c.b});
        }
    }
}
