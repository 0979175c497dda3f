/* rain_trail.c - bodies become streaks of light: where rims were a moment ago, as long as the eye
 * keeps it, growing with speed. The poses of the past are asked for, nothing is kept. */
#include "rain_priv.h"

enum { RAILS = 11, KNOTS = 13 };

typedef struct rail {
    uint8_t bone;
    float width_m, bright;
} rail;

#define SIDE(side, b) ((side) ? HM_BONE_RIGHT + (b) : HM_BONE_LEFT + (b))

static const rail rails[RAILS] = {{HM_BONE_HEAD, 0.050f, 0.30f},
                                  {SIDE(0, HM_SIDE_UPPER_ARM), 0.040f, 0.50f},
                                  {SIDE(1, HM_SIDE_UPPER_ARM), 0.040f, 0.50f},
                                  {SIDE(0, HM_SIDE_FOREARM), 0.025f, 0.45f},
                                  {SIDE(1, HM_SIDE_FOREARM), 0.025f, 0.45f},
                                  {SIDE(0, HM_SIDE_FINGERS), 0.022f, 0.60f},
                                  {SIDE(1, HM_SIDE_FINGERS), 0.022f, 0.60f},
                                  {SIDE(0, HM_SIDE_SHANK), 0.034f, 0.55f},
                                  {SIDE(1, HM_SIDE_SHANK), 0.034f, 0.55f},
                                  {SIDE(0, HM_SIDE_TOE), 0.026f, 0.65f},
                                  {SIDE(1, HM_SIDE_TOE), 0.026f, 0.65f}};

static float strength_of(const hm_lane *l, double t_s)
{
    double top = l->top_speed_mps > 3 ? l->top_speed_mps : 3;
    return (float)look_ramp(hm_curve_v_mps(&l->curve, t_s) / top, 0.72, 0.97);
}

/* How bright a streak is along its length: nothing on the body itself, then fading. */
static float along(float u)
{
    float in = u <= 0.08f ? 0 : u < 0.30f ? (u - 0.08f) / 0.22f : 1;
    return in * (1 - u) * (1 - u) * 1.5f;
}

static void streak(const glow *g, hm_vec3 a, hm_vec3 b, float wide_m, float at_a, float at_b,
                   hm_rgb c)
{
    glow_piece(g, a, b, wide_m, (hm_rgb){at_a * c.r, at_a * c.g, at_a * c.b},
               (hm_rgb){at_b * c.r, at_b * c.g, at_b * c.b});
}

static void trail(const look_drawing *d, const glow *g, int32_t i, float k)
{
    const hm_player *pl = &d->film->cast->player[i];
    const rain_opts *o = d->film->own;
    double t_s = d->moment->race_t_s, long_s = 0.21 * o->streak_frac;
    hm_pose *pose = HM_PUSH(d->scratch, hm_pose, 1);
    if (!pose)
        return;
    hm_vec3 was[RAILS], now[RAILS];
    float far = hm_v3_len(hm_v3_sub(d->moment->head_m[i], g->view.eye_m));
    float keep = k / (1 + 0.012f * far);
    const hm_rgb kit = pl->costume.main_rgb;
    for (int n = 0; n < KNOTS; n++) {
        hm_gait_pose(&pl->gait, t_s - long_s * n / (KNOTS - 1), pose);
        float u = (float)n / (KNOTS - 1), a = keep * along(u);
        float b = keep * along(u - 1.0f / (KNOTS - 1));
        for (int r = 0; r < RAILS; r++) {
            hm_vec3 at = pl->shape.joint_m[rails[r].bone];
            if (rails[r].bone == HM_BONE_HEAD)
                at.y = pl->shape.head.crown_y_m - 0.03f;
            now[r] = hm_frame_point(&pose->bone[rails[r].bone], at);
            hm_rgb c = {0.55f + 0.45f * kit.r, 0.64f + 0.36f * kit.g, 0.76f + 0.24f * kit.b};
            float q = rails[r].bright, w = rails[r].width_m;
            if (n > 1) { /* a soft wide one, and in it a thin bright one */
                streak(g, was[r], now[r], w * (2.6f + 2.2f * u), 0.34f * q * b, 0.34f * q * a, c);
                streak(g, was[r], now[r], 0.45f * w, 0.75f * q * b, 0.75f * q * a, c);
            }
            was[r] = now[r];
        }
    }
}

void rain_trail(const look_drawing *d, const glow *g)
{
    const rain_opts *o = d->film->own;
    for (int32_t i = 0; o->streak_frac > 0 && i < d->film->cast->n_player; i++) {
        if (d->film->cast->player[i].absent || d->moment->race_t_s < 0)
            continue;
        float k = strength_of(&d->film->race->lane[i], d->moment->race_t_s);
        if (k > 0.02f)
            trail(d, g, i, k);
    }
}
