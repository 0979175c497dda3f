/* rain_trail.c - bodies become streaks of light: where rims were a moment ago, as long as the eye
 * keeps it, growing with speed. The poses of the past are asked for, nothing is kept. */
#include "rain_priv.h"

enum { RAILS = 11, KNOTS = 10 };

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

static void trail(const look_drawing *d, const glow *g, int32_t i, float k)
{
    const hm_player *pl = &d->film->cast->player[i];
    const rain_opts *o = d->film->own;
    double t_s = d->moment->race_t_s, long_s = 0.17 * o->streak_frac;
    hm_pose *pose = HM_PUSH(d->scratch, hm_pose, 1);
    if (!pose)
        return;
    hm_vec3 was[RAILS], now[RAILS];
    float far = hm_v3_len(hm_v3_sub(d->moment->head_m[i], g->view.eye_m));
    float keep = k / (1 + 0.012f * far);
    const hm_rgb kit = pl->costume.main_rgb;
    for (int n = 0; n < KNOTS; n++) {
        hm_gait_pose(&pl->gait, t_s - long_s * n / (KNOTS - 1), pose);
        float u = (float)n / (KNOTS - 1), a = keep * (1 - u) * (1 - u);
        float b = n ? keep * (1 - u + 0.111f) * (1 - u + 0.111f) : a;
        for (int r = 0; r < RAILS; r++) {
            hm_vec3 at = pl->shape.joint_m[rails[r].bone];
            if (rails[r].bone == HM_BONE_HEAD)
                at.y = pl->shape.head.crown_y_m - 0.03f;
            now[r] = hm_frame_point(&pose->bone[rails[r].bone], at);
            float q = rails[r].bright * (n ? 1.0f : 0.0f);
            hm_rgb c = {0.70f + 0.30f * kit.r, 0.78f + 0.22f * kit.g, 0.88f + 0.12f * kit.b};
            if (n)
                glow_line(g, was[r], now[r], rails[r].width_m * (1 - 0.6f * u),
                          (hm_rgb){q * b * c.r, q * b * c.g, q * b * c.b},
                          (hm_rgb){q * a * c.r, q * a * c.g, q * a * c.b});
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
