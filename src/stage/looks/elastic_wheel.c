/* elastic_wheel.c - legs at top speed become wheels: the way of each foot and shin about the hips
 * over the last moments, as a swept shape that tapers and pales. Where the feet were is asked of
 * the gait, so a drawing needs no other drawing. */
#include "elastic_priv.h"
#include "figure_priv.h"
#include "soup_priv.h"

#include <math.h>

enum { N_KNOT = 12, N_RAIL = 4 };

#define WHEEL_S 0.135 /* how long a way is seen */

typedef struct wheel_ctx {
    hm_rgb shoe, skin;
    float half_m[2]; /* of a foot's way and of a shin's, where it is fresh */
} wheel_ctx;

/* rest_m: x freshness 0 .. 1, y across -1 .. 1, z 0 shoe, 1 shin */
static void wheel_surface(const void *ctx, const hm_frag *f, hm_surface *out)
{
    const wheel_ctx *c = ctx;
    hm_rgb a = f->rest_m.z > 0.5f ? c->skin : c->shoe;
    float pale = 0.35f + 0.6f * (1 - f->rest_m.x), across = fabsf(f->rest_m.y);
    *out = (hm_surface){.albedo = {a.r + pale * (0.97f - a.r), a.g + pale * (0.95f - a.g),
                                   a.b + pale * (0.90f - a.b)},
                        .emit = 0.7f};
    /* strokes of the brush along the way, no thinner than a pixel */
    float half_m = c->half_m[f->rest_m.z > 0.5f ? 1 : 0] * f->rest_m.x;
    float rim = (1 - across) * half_m, in = fabsf(across - 0.4f) * half_m;
    float line = fmaxf(fig_line(rim, 0.004f, f->px_m), 0.6f * fig_line(in, 0.003f, f->px_m));
    out->ink = 0.8f * line * f->rest_m.x * f->rest_m.x;
}

/* Where four points were, carried along with the hips to where these are now. */
static void follow(const hm_player *pl, double t_s, hm_pose *pose, hm_vec3 at[N_KNOT][N_RAIL])
{
    hm_vec3 hips_now = {0, 0, 0};
    for (int k = 0; k < N_KNOT; k++) {
        hm_gait_pose(&pl->gait, t_s - WHEEL_S * k / (N_KNOT - 1), pose);
        hm_vec3 hips =
            hm_frame_point(&pose->bone[HM_BONE_PELVIS], pl->shape.joint_m[HM_BONE_PELVIS]);
        hips_now = k == 0 ? hips : hips_now;
        hm_vec3 carry = hm_v3_sub(hips_now, hips);
        for (int i = 0; i < N_RAIL; i++) {
            int side = i & 1;
            int bone = hm_bone_of(side, i < 2 ? HM_SIDE_TOE : HM_SIDE_FOOT);
            hm_vec3 p = pose->ball_m[side];
            if (i >= 2) /* the middle of the shin */
                p = hm_v3_mix(hm_frame_point(&pose->bone[bone], pl->shape.joint_m[bone]),
                              hm_frame_point(&pose->bone[hm_bone_of(side, HM_SIDE_SHANK)],
                                             pl->shape.joint_m[hm_bone_of(side, HM_SIDE_SHANK)]),
                              0.4f);
            at[k][i] = hm_v3_add(p, carry);
            at[k][i].y = at[k][i].y < 0.06f ? 0.06f : at[k][i].y;
        }
    }
}

static void lay(soup *s, hm_vec3 at[N_KNOT][N_RAIL], int i, hm_vec3 eye_m, float wide_m)
{
    int32_t first = s->n_vert;
    for (int k = 0; k < N_KNOT; k++) {
        float fresh = 1 - (float)k / (N_KNOT - 1);
        hm_vec3 to = at[k > 0 ? k - 1 : 0][i], from = at[k + 1 < N_KNOT ? k + 1 : k][i];
        hm_vec3 p = at[k][i];
        float lifted = (float)look_ramp((double)p.y, 0.07, 0.16); /* what stands makes no wheel */
        float breadth = 0.5f * fresh * lifted * fminf(1, 0.12f + 6 * (1 - fresh));
        hm_vec3 aside = hm_v3_cross(hm_v3_sub(to, from), hm_v3_sub(eye_m, p));
        aside = hm_v3_mul(aside, 1.0f / (hm_v3_len(aside) + 1e-6f));
        for (int side = -1; side <= 1; side += 2) {
            int32_t v = soup_put(s, hm_v3_mad(p, wide_m * breadth * (float)side, aside), 0);
            s->rest_m[v] = hm_v3(fresh, (float)side, i < 2 ? 0 : 1);
        }
    }
    for (int k = 0; k + 1 < N_KNOT; k++) {
        int32_t a = first + 2 * k;
        soup_join(s, a, a + 1, a + 2);
        soup_join(s, a + 1, a + 3, a + 2);
    }
}

static hm_status add_wheel(const look_drawing *d, const hm_player *pl, float strength,
                           uint16_t actor, const look_scene *s, hm_err *err)
{
    soup w;
    hm_pose *pose = HM_PUSH(d->scratch, hm_pose, 1);
    wheel_ctx *c = HM_PUSH(d->scratch, wheel_ctx, 1);
    if (!pose || !c)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the drawing");
    HM_TRY(soup_init(&w, 2 * N_KNOT * N_RAIL, 2 * (N_KNOT - 1) * N_RAIL, d->scratch, err));
    hm_vec3 at[N_KNOT][N_RAIL];
    follow(pl, d->moment->race_t_s, pose, at);
    float h = (float)pl->shape.stature_m;
    for (int i = 0; i < N_RAIL; i++)
        lay(&w, at, i, s->scene->camera.eye_m, strength * (i < 2 ? 0.095f : 0.075f) * h);
    *c = (wheel_ctx){
        pl->costume.shoe_rgb, pl->costume.skin, {0.05f * strength * h, 0.04f * strength * h}};
    hm_object o = soup_object(&w);
    o.surface = wheel_surface, o.surface_ctx = c, o.actor = actor;
    s->object[s->scene->n_object++] = o;
    return HM_OK;
}

hm_status elastic_wheels(const look_drawing *d, const look_scene *s, hm_err *err)
{
    const elastic_opts *o = d->film->own;
    for (int32_t i = 0; i < d->film->cast->n_player && o->wheel_frac > 0; i++) {
        const hm_player *pl = &d->film->cast->player[i];
        if (pl->absent || s->scene->n_object == s->object_cap)
            continue;
        elastic_beat b = elastic_beat_at(pl->lane, d->moment->race_t_s);
        float strength = (float)(o->wheel_frac * look_ramp(b.speed_frac, 0.82, 0.97));
        if (strength > 0.02f)
            HM_TRY(add_wheel(d, pl, strength, (uint16_t)(i + 1), s, err));
    }
    return HM_OK;
}
