/* rotoscope.c - adolescence: weight and gravity. Traced from a moving body on twos: a thin line
 * that breaks off, few tones, colour that does not lie quite under its line, a grey autumn day. */
#include "noise_priv.h"
#include "rotoscope_priv.h"

#include <math.h>

#include "body/form.h"
#include "num/dmath.h"

typedef struct rotoscope_opts {
    double line_frac, boil_px, gap_frac, shift_px, weight_frac, sway_m;
    double tense_m, breath_frac, grain_frac;
} rotoscope_opts;

#define FIELD(name) #name, offsetof(rotoscope_opts, name), HM_OPTION_DOUBLE

static const hm_option rows[] = {
    {FIELD(line_frac), "", 1, 0.2, 3, NULL, "Width of all lines, 1 = as tuned.", ""},
    {FIELD(boil_px), "px", 0.5, 0, 2, NULL, "Lines stray by this at 720 rows.", ""},
    {FIELD(gap_frac), "", 0.16, 0, 0.6, NULL, "Share of the lines that is left out.", ""},
    {FIELD(shift_px), "px", 1, 0, 2, NULL, "Lines lie beside their colour by this at 720 rows.",
     ""},
    {FIELD(weight_frac), "", 1, 0, 2, NULL,
     "How far a body sinks into the leg that bears it, 1 = 18 mm at top speed.", ""},
    {FIELD(sway_m), "m", 0.006, 0, 0.03, NULL, "Small movements of a body that stands.", ""},
    {FIELD(tense_m), "m", 0.034, 0, 0.06, NULL, "How far shoulders rise toward the gun.", ""},
    {FIELD(breath_frac), "", 1, 0, 3, NULL, "Depth of breath, 1 = the chest wider by 2.5 %.", ""},
    {FIELD(grain_frac), "", 0.02, 0, 0.1, NULL, "Grain of the runners' colour.", ""},
};
enum { N_ROW = sizeof rows / sizeof rows[0] };
_Static_assert(sizeof(rotoscope_opts) == N_ROW * sizeof(double), "every field has a row");

const hm_option_table hm_look_rotoscope_table = {"rotoscope", sizeof(rotoscope_opts), N_ROW, rows};

/* ---- the body ---- */

/* Smooth -1 .. 1, other for each runner: three slow swings that never meet. */
static float idle(double t_s, int32_t lane, double hz)
{
    double a = 2 * HM_PI * hz * t_s + 1.7 * lane;
    return (float)(0.5 * hm_sin(a) + 0.3 * hm_sin(1.618 * a + 0.9 * lane) +
                   0.2 * hm_sin(2.414 * a + 2.3 * lane));
}

/* What weighs on a body at an instant. */
typedef struct load {
    float sink_m;             /* into the bearing leg */
    float sway_x_m, sway_z_m; /* of the head, standing */
    float raise_m;            /* of the shoulders toward the ears */
    float fore_m;             /* and forward */
    float chest_frac;         /* breath: the chest wider by */
    float inv_stature;
} load;

/* 0 at touch-down and toe-off, 1 in the middle of a contact. */
static double bearing(const hm_lane *lane, double t_s)
{
    for (int32_t k = 0; k < lane->n_step && lane->step[k].on_s <= t_s; k++)
        if (t_s < lane->step[k].off_s)
            return hm_sin(HM_PI * (t_s - lane->step[k].on_s) /
                          (lane->step[k].off_s - lane->step[k].on_s));
    return 0;
}

/* 0 frightened .. 1 calm, by lane; who runs raggedly is never calm. */
static float calm_of(const hm_lane *lane)
{
    hm_form f;
    float fret = hm_form_preset(lane->form, &f) ? (float)f.shoulders : 0;
    return (float)(0.5 + 0.5 * hm_sin(7.1 * lane->lane + 1.3)) * (1 - fret);
}

/* Shoulders creep up to the gun; who is calm lets them fall with one long breath before set. In set
 * they rise once more, and those who are not calm tremble by a millimetre. */
static void tense(const rotoscope_opts *o, const hm_lane *lane, double t_s, load *l)
{
    float calm = calm_of(lane), gone = 1 - (float)look_ramp(t_s, 0, 0.35);
    float up = 0.75f * (float)look_ramp(t_s, -9, HM_SET_S) * gone;
    up *= 1 - 0.9f * calm * (float)look_ramp(t_s, HM_SET_S - 1.4, HM_SET_S - 0.3);
    up += (0.5f - 0.35f * calm) * (float)look_ramp(t_s, HM_SET_S, HM_SET_S + 0.8) * gone;
    float shake = 0.0012f * (1 - calm) * (float)look_ramp(t_s, HM_SET_S + 0.6, -0.4) * gone;
    l->raise_m = (float)o->tense_m * up + shake * (float)hm_sin(2 * HM_PI * 9.3 * t_s + lane->lane);
    l->fore_m = 0.4f * (float)o->tense_m * up;
}

/* Waiting: slow and deep, or fast and shallow; held in set; heaving after the line. */
static void breathe(const rotoscope_opts *o, const hm_lane *lane, double t_s, load *l)
{
    float calm = calm_of(lane), deep = (0.012f + 0.013f * calm) * (float)o->breath_frac;
    double hz = 0.48 - 0.2 * (double)calm, ph = 1.3 * lane->lane;
    float held =
        (float)look_ramp(t_s, HM_SET_S, HM_SET_S + 0.5) * (1 - (float)look_ramp(t_s, 3, 6));
    float in = (1 - held) * (float)hm_sin(2 * HM_PI * hz * t_s + ph);
    double line_s = lane->time_us > 0 ? 1e-6 * (double)lane->time_us : lane->end_s;
    float spent = (float)look_ramp(t_s - line_s, 0.6, 3);
    float gasp = (float)(0.7 * hm_sin(2 * HM_PI * 0.92 * t_s + ph) +
                         0.3 * hm_sin(2 * HM_PI * 1.84 * t_s + 2 * ph));
    l->chest_frac = deep * in * (1 - spent) + 0.045f * (float)o->breath_frac * spent * gasp;
    l->raise_m += 0.20f * (deep * in * (1 - spent)) + 0.014f * (float)o->breath_frac * spent * gasp;
}

static load load_of(const rotoscope_opts *o, const hm_lane *lane, double t_s, double stature_m)
{
    load l = {.inv_stature = (float)(1 / stature_m)};
    double v_mps = hm_curve_v_mps(&lane->curve, t_s);
    double speed = lane->top_speed_mps > 0 ? v_mps / lane->top_speed_mps : 0;
    l.sink_m = (float)(0.018 * o->weight_frac * speed * bearing(lane, t_s));
    float still = 1 - (float)look_ramp(v_mps, 0.2, 1.5);
    l.sway_x_m = still * (float)o->sway_m * idle(t_s, lane->lane, 0.31);
    l.sway_z_m = still * (float)o->sway_m * idle(t_s + 40, lane->lane, 0.23);
    tense(o, lane, t_s, &l);
    breathe(o, lane, t_s, &l);
    return l;
}

/* Share of a shoulder's rise that a bone takes: the hand may stand on the ground. */
static float shoulder_share(int bone)
{
    static const float share[] = {
        [HM_SIDE_CLAVICLE] = 0.7f, [HM_SIDE_SHOULDER] = 1.0f, [HM_SIDE_UPPER_ARM] = 0.8f,
        [HM_SIDE_ELBOW] = 0.45f,   [HM_SIDE_FOREARM] = 0.2f,  [HM_SIDE_WRIST] = 0.05f,
        [HM_SIDE_TOE] = 0};
    return bone < HM_BONE_LEFT ? 0.0f : share[(bone - HM_BONE_LEFT) % HM_SIDE_BONE_COUNT];
}

static void weigh(const look_drawing *d, const look_body *body, const hm_mesh *mesh,
                  hm_vec3 pos_m[], hm_vec3 nrm[])
{
    (void)nrm;
    const hm_shape *shape = &body->player->shape;
    load l = load_of(d->film->own, body->player->lane, d->moment->race_t_s, shape->stature_m);
    hm_vec3 chest = hm_frame_point(&body->pose->bone[HM_BONE_CHEST], shape->joint_m[HM_BONE_CHEST]);
    hm_vec3 up = body->pose->bone[HM_BONE_CHEST].y, ahead = body->pose->bone[HM_BONE_CHEST].z;
    hm_vec3 shrug = hm_v3_mad(hm_v3_mul(up, l.raise_m), l.fore_m, ahead);
    float share[HM_BONE_COUNT];
    for (int b = 0; b < HM_BONE_COUNT; b++)
        share[b] = shoulder_share(b) * (1.0f / 255.0f);
    for (int32_t v = 0; v < mesh->n_vert; v++) {
        hm_vec3 p = pos_m[v];
        float h = p.y * l.inv_stature, high = h < 0 ? 0 : h;
        float bears = high < 0.5f ? 2 * high : 1.0f, breast = 0, lift = 0;
        for (int k = 0; k < 4; k++) {
            float w = (float)mesh->weight[v][k];
            lift += w * share[mesh->bone[v][k]];
            breast += mesh->bone[v][k] == HM_BONE_CHEST ? w * (1.0f / 255.0f) : 0.0f;
        }
        float wide = l.chest_frac * breast;
        p = hm_v3_mad(p, wide, hm_v3_sub(p, chest));
        p = hm_v3_mad(p, lift, shrug);
        pos_m[v] = hm_v3(p.x + high * l.sway_x_m, p.y - l.sink_m * bears, p.z + high * l.sway_z_m);
    }
}

/* ---- the picture ---- */

static hm_rgb grey_sky(const void *ctx, hm_vec3 dir)
{
    (void)ctx;
    float up = dir.y < 0 ? 0 : dir.y > 0.7f ? 0.7f : dir.y;
    return (hm_rgb){0.80f - 0.20f * up, 0.79f - 0.13f * up, 0.75f - 0.05f * up};
}

static hm_status scene(const look_drawing *d, const look_scene *s, hm_err *err)
{
    (void)err;
    const rotoscope_opts *o = d->film->own;
    hm_paint_params *p = s->paint;
    look_widen_lines(p, o->line_frac);
    look_boil(p, o->boil_px);
    p->key_turn_frac = 0.5f; /* faces are read first */
    p->gap_frac = (float)o->gap_frac;
    p->grain_frac = (float)o->grain_frac;
    uint32_t drawing = (uint32_t)d->number;
    p->shift_x_px = (float)o->shift_px * noise_lattice(drawing, 0, 77);
    p->shift_y_px = (float)o->shift_px * noise_lattice(drawing, 1, 77);
    s->scene->sky = grey_sky;
    s->scene->haze = (hm_rgb){0.76f, 0.75f, 0.72f};
    s->scene->haze_per_m = 0.007f;
    s->scene->light.sky = (hm_rgb){0.95f, 0.98f, 1.02f};
    return HM_OK;
}

/* The place is painted once a shot. */
static double held(const look_drawing *d)
{
    return d->moment->shot->race_from_s;
}

const hm_look look_rotoscope = {
    .name = "rotoscope",
    .sentence = "adolescence: weight, few tones, a thin line that breaks off, a grey day",
    .paint = "cel",
    .wish = {.n_hold = 2, .venue = HM_VENUE_AUTO, .hour = HM_HOUR_DAY},
    .table = &hm_look_rotoscope_table,
    .direct = rotoscope_direct,
    .place_s = held,
    .skin = weigh,
    .scene = scene,
};
