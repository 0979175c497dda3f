/* Shorts, legs, hands and shoes. */
#include "figure_priv.h"
#include "surface_priv.h"

#include "body/mesh.h"

static const hm_vec3 *side_joints(const hm_figure *g, const spot *p)
{
    return &g->shape->joint_m[p->side > 0.0f ? HM_BONE_LEFT : HM_BONE_RIGHT];
}

/* Sideways and forward distance from the leg's axis at this height. */
static void leg_axis(const hm_figure *g, const spot *p, float *across, float *ahead)
{
    const hm_vec3 *j = side_joints(g, p);
    bool thigh = p->y > j[HM_SIDE_SHANK].y;
    hm_vec3 a = thigh ? j[HM_SIDE_THIGH] : j[HM_SIDE_SHANK];
    hm_vec3 b = thigh ? j[HM_SIDE_SHANK] : j[HM_SIDE_FOOT];
    float t = fig_unit((a.y - p->y) / fig_max(a.y - b.y, 0.01f));
    *across = p->side * (p->x - fig_mix1(a.x, b.x, t));
    *ahead = p->z - fig_mix1(a.z, b.z, t);
}

static void shorts_folds(const hm_figure *g, const spot *p, float across, float ahead,
                         hm_surface *o)
{
    const hm_landmarks *m = &g->shape->mark;
    float bend = p->side > 0.0f ? g->hip_bend[0] : g->hip_bend[1];
    float k = p->h / 1.8f, crotch = m->crotch_y_m;
    if (ahead < 0.0f) {
        fig_stroke seat = {0.01f * k,           crotch + 0.01f * k, 0.075f * k,
                           crotch - 0.012f * k, -0.01f * k,         0.0018f * k};
        fig_ink(o, 0.5f * fig_stroke_at(&seat, fabsf(p->x), p->y, p->px));
        return;
    }
    float on = fig_unit(0.35f + 0.8f * bend);
    fig_stroke a = {-0.045f * k,         crotch + 0.005f * k, 0.06f * k,
                    crotch + 0.075f * k, 0.008f * k,          0.0018f * k};
    fig_stroke b = {-0.040f * k,         crotch - 0.02f * k, 0.045f * k,
                    crotch + 0.025f * k, 0.006f * k,         0.0016f * k};
    fig_ink(o, 0.75f * on * fig_stroke_at(&a, across, p->y, p->px));
    fig_ink(o, 0.65f * on * fig_stroke_at(&b, across, p->y, p->px));
    a.w *= 6.0f;
    o->shade_bias -= 0.35f * on * fig_stroke_at(&a, across, p->y + 0.008f * k, p->px + 0.004f);
}

void surface_shorts(const hm_figure *g, const spot *p, hm_surface *o)
{
    const hm_costume *c = g->costume;
    const hm_landmarks *m = &g->shape->mark;
    float across, ahead, k = p->h / 1.8f;
    leg_axis(g, p, &across, &ahead);
    *o = (hm_surface){
        .albedo = c->shorts_rgb, .id = SURFACE_SHORTS, .gloss = c->half_tights ? 0.2f : 0.05f};
    if (p->px < 0.02f) {
        float stripe = fig_max(fabsf(ahead) - 0.018f * k, 0.02f * k - across);
        fig_paint(o, c->second_rgb, fig_fill(stripe, p->px));
        float hem = p->y - m->hem_y_m - 0.014f * k;
        if (!c->half_tights)
            fig_paint(o, c->trim_rgb, 0.9f * fig_fill(hem, p->px));
        fig_ink(o, 0.45f * fig_line(hem, 0.0012f * k, p->px));
        float belt = m->waistband_y_m - 0.030f * k - p->y;
        fig_paint(o, fig_scale(c->shorts_rgb, 0.72f), fig_fill(belt, p->px));
        fig_ink(o, 0.4f * fig_line(belt, 0.0012f * k, p->px));
        if (ahead > 0.0f)
            fig_ink(o, 0.45f * fig_line(p->x, 0.0012f * k, p->px) *
                           fig_step(m->crotch_y_m - 0.02f, m->crotch_y_m + 0.01f, p->y));
    }
    if (p->px < 0.012f)
        shorts_folds(g, p, across, ahead, o);
    /* Lane number on both hips, read from the side. */
    const hm_bib *b = &c->hip;
    if (across > 0.03f * k && !c->name_patch) {
        float s = 0.5f - p->side * (ahead - 0.01f * k) / b->width_m;
        float t = 0.5f + (m->hip_y_m + 0.012f * k - p->y) / b->height_m;
        bib_paint(b, s, t, p->px, fig_rgb(0.95f, 0.94f, 0.92f), o);
    }
}

static void knee(const hm_figure *g, const spot *p, float across, float ahead, hm_surface *o)
{
    float k = p->h / 1.8f, dy = p->y - g->shape->mark.knee_y_m;
    if (fabsf(dy) > 0.10f * k)
        return;
    float bend = p->side > 0.0f ? g->knee_bend[0] : g->knee_bend[1];
    if (ahead < 0.0f) {
        /* Hollow of the knee. */
        fig_ink(o, 0.45f * fig_line(dy, 0.0015f * k, p->px) *
                       fig_step(0.035f * k, 0.01f * k, fabsf(across)));
        return;
    }
    fig_paint(o, fig_rgb(0.62f, 0.30f, 0.26f),
              0.15f * fig_step(0.05f * k, 0.02f * k, sqrtf(across * across + dy * dy)));
    if (p->px > 0.006f)
        return;
    fig_stroke in = {-0.020f * k, 0.030f * k, -0.016f * k, -0.026f * k, 0.010f * k, 0.0016f * k};
    fig_stroke out = {0.022f * k, 0.028f * k, 0.017f * k, -0.024f * k, -0.010f * k, 0.0016f * k};
    float on = 0.6f * (1.0f - 0.6f * bend);
    fig_ink(o, on * fig_stroke_at(&in, across, dy, p->px));
    fig_ink(o, on * fig_stroke_at(&out, across, dy, p->px));
}

static void leg_muscle(const hm_figure *g, const spot *p, float across, float ahead, hm_surface *o)
{
    const hm_vec3 *j = side_joints(g, p);
    float k = p->h / 1.8f, mus = g->shape->muscle, kn = j[HM_SIDE_SHANK].y;
    float th = j[HM_SIDE_THIGH].y - kn, sh = kn - j[HM_SIDE_FOOT].y;
    if (p->px > 0.008f || mus < 0.1f)
        return;
    if (ahead > 0.0f) {
        /* Teardrop above the knee inside, long groove outside, shin. */
        fig_stroke tear = {-0.030f * k,     kn + 0.30f * th, -0.022f * k,
                           kn + 0.06f * th, -0.014f * k,     0.0018f * k};
        fig_stroke groove = {0.030f * k,      kn + 0.62f * th, 0.026f * k,
                             kn + 0.10f * th, -0.006f * k,     0.0016f * k};
        fig_stroke shin = {-0.006f * k,     kn - 0.14f * sh, -0.008f * k,
                           kn - 0.80f * sh, 0.004f * k,      0.0014f * k};
        fig_ink(o, 0.55f * mus * fig_stroke_at(&tear, across, p->y, p->px));
        fig_ink(o, 0.50f * mus * fig_stroke_at(&groove, across, p->y, p->px));
        fig_ink(o, 0.30f * mus * fig_stroke_at(&shin, across, p->y, p->px));
        return;
    }
    fig_stroke ham = {0.004f * k,      kn + 0.66f * th, 0.010f * k,
                      kn + 0.12f * th, 0.004f * k,      0.0018f * k};
    fig_stroke calf = {0.0f, kn - 0.08f * sh, 0.002f * k, kn - 0.46f * sh, 0.003f * k, 0.0018f * k};
    fig_stroke low = {-0.022f * k,     kn - 0.46f * sh, 0.024f * k,
                      kn - 0.44f * sh, -0.012f * k,     0.0015f * k};
    fig_stroke tendon = {-0.008f * k, kn - 0.78f * sh, -0.006f * k, kn - 0.98f * sh,
                         0.0f,        0.0013f * k};
    fig_ink(o, 0.55f * mus * fig_stroke_at(&ham, across, p->y, p->px));
    fig_ink(o, 0.50f * mus * fig_stroke_at(&calf, across, p->y, p->px));
    fig_ink(o, 0.45f * mus * fig_stroke_at(&low, across, p->y, p->px));
    fig_ink(o, 0.45f * fig_stroke_at(&tendon, fabsf(across), p->y, p->px));
}

void surface_leg(const hm_figure *g, const spot *p, hm_surface *o)
{
    const hm_costume *c = g->costume;
    const hm_landmarks *m = &g->shape->mark;
    float across, ahead, k = p->h / 1.8f;
    if (p->y > m->hem_y_m + 0.004f * k) {
        /* Under the shorts, or through them where they are stretched. */
        surface_shorts(g, p, o);
        return;
    }
    leg_axis(g, p, &across, &ahead);
    float tights = m->knee_y_m + 0.22f * (m->hip_y_m - m->knee_y_m);
    float sock = m->shoe_top_y_m + (c->low_sock ? 0.012f : 0.055f) * k;
    if (c->half_tights && p->y > tights) {
        *o = (hm_surface){.albedo = c->shorts_rgb, .id = SURFACE_SHORTS, .gloss = 0.25f};
        if (p->px < 0.01f)
            fig_ink(o, 0.5f * fig_line(p->y - tights - 0.014f * k, 0.0012f * k, p->px));
        leg_muscle(g, p, across, ahead, o);
        return;
    }
    if (p->y < sock) {
        *o = (hm_surface){.albedo = c->sock_rgb, .id = SURFACE_SOCK};
        float rib = p->y * 160.0f / k;
        if (p->px < 0.003f)
            fig_ink(o, 0.25f * fig_line((fig_fract(rib) - 0.5f) * k / 160.0f, 0.0005f, p->px));
        return;
    }
    knee(g, p, across, ahead, o);
    leg_muscle(g, p, across, ahead, o);
    if (!c->half_tights)
        o->shade_bias -= 0.5f * fig_step(m->hem_y_m - 0.030f * k, m->hem_y_m, p->y);
}

void surface_hand(const hm_figure *g, const spot *p, hm_surface *o)
{
    const hm_vec3 *j = side_joints(g, p);
    int i = p->side > 0.0f ? 0 : 1;
    hm_vec3 hand = j[HM_SIDE_HAND], end = g->shape->finger_end_m[i];
    hm_vec3 u = hm_v3_unit(hm_v3_sub(end, hand));
    float len = hm_v3_len(hm_v3_sub(end, hand));
    hm_vec3 d = hm_v3_sub(hm_v3(p->x, p->y, p->z), hand);
    float s = hm_v3_dot(d, u) / len;                         /* 0 wrist .. 1 finger ends */
    float z = d.z / len;                                     /* + to the thumb's side */
    float back = (p->side * (d.x * -u.y + d.y * u.x)) / len; /* + the back of the hand */
    float px = p->px / len;
    float warm = fig_step(0.40f, 0.95f, s);
    fig_paint(o, fig_rgb(0.70f, 0.36f, 0.30f), 0.12f * warm);
    if (back < 0.0f)
        fig_paint(o, fig_mix(o->albedo, fig_rgb(0.90f, 0.66f, 0.56f), 0.5f), 0.5f);
    if (px > 0.09f)
        return;
    float finger = (fabsf(z) > 0.105f ? 0.157f : 0.052f) * (z < 0.0f ? -1.0f : 1.0f);
    if (s > 0.46f)
        fig_ink(o, 0.80f * fig_line(fabsf(z - finger) - 0.0525f, 0.007f, px) *
                       fig_step(0.44f, 0.56f, s) * (fabsf(z) < 0.15f ? 1.0f : 0.0f));
    if (px > 0.04f)
        return;
    float knuckle = fig_min(fabsf(s - 0.50f), fabsf(s - 0.73f));
    if (back > 0.0f && fabsf(z) < 0.2f)
        fig_ink(o, 0.40f * fig_line(knuckle, 0.005f, px) *
                       fig_step(0.040f, 0.022f, fabsf(z - finger)));
    if (back < 0.0f && s > 0.12f && s < 0.5f) {
        /* Lines of the palm. */
        float a = s - 0.40f + 0.35f * z * z, b = s - 0.30f - 0.4f * z;
        fig_ink(o, 0.35f * fig_max(fig_line(a, 0.006f, px), fig_line(b, 0.006f, px)) *
                       fig_step(0.2f, 0.12f, fabsf(z)));
    }
    if (back > 0.0f && s > 0.86f) {
        float nz = (z - finger) / 0.034f, ns = (s - 0.945f) / 0.042f;
        float rim = (sqrtf(nz * nz + ns * ns) - 1.0f) * 0.036f;
        fig_paint(o, g->costume->nail, fig_fill(rim, px));
        fig_ink(o, 0.35f * fig_line(rim, 0.004f, px));
    }
}

/* A place on a shoe. */
typedef struct shoe_spot {
    float t, x, y; /* 0 heel .. 1 toe; outward, over the sole's upper edge [m] */
    float k, px;
} shoe_spot;

/* Lengthwise a shoe is about this long against a body of 1.8 m [m]. */
#define SHOE_M 0.26f

static const hm_rgb RUBBER = {0.93f, 0.91f, 0.85f};

static void laces(const hm_costume *c, const shoe_spot *s, hm_surface *o)
{
    float top = fig_step(0.030f * s->k, 0.038f * s->k, s->y);
    if (s->t < 0.42f || s->t > 0.76f || fabsf(s->x) > 0.022f * s->k || top <= 0.0f)
        return;
    float fat = c->trainers ? 1.7f : 1.0f;
    float n = (s->t - 0.42f) * (c->trainers ? 15.0f : 22.0f) +
              (s->x > 0.0f ? 30.0f : -30.0f) * s->x * 0.35f / s->k;
    float d = (fabsf(fig_fract(n) - 0.5f)) / 22.0f * SHOE_M;
    float lace = top * fig_fill(d - 0.0028f * fat, s->px);
    fig_paint(o, c->lace_rgb, lace);
    fig_ink(o, 0.5f * top * fig_line(d - 0.0034f * fat, 0.0007f, s->px));
}

/* Trainers: a thick pale sole, a cap of rubber, two stripes, a tongue. */
static void trainer(const hm_costume *c, const shoe_spot *s, hm_surface *o)
{
    float k = s->k;
    float wall = s->y - 0.011f * k - 0.010f * k * fig_step(0.2f, 0.0f, s->t);
    fig_paint(o, RUBBER, fig_fill(wall, s->px));
    fig_ink(o, 0.8f * fig_line(wall, 0.0014f * k, s->px));
    float cap = (0.83f + 3.0f * s->x * s->x / (k * k) * 10.0f - s->t) * SHOE_M;
    fig_paint(o, RUBBER, fig_fill(cap, s->px));
    fig_ink(o, 0.7f * fig_line(cap, 0.0013f * k, s->px));
    float side = fig_step(0.012f, 0.020f, fabsf(s->x)) * fig_step(0.012f * k, 0.016f * k, s->y);
    for (int i = 0; i < 2; i++) {
        float d = fabsf(s->t - 0.40f - 0.11f * (float)i + 3.0f * s->y) - 0.030f;
        fig_paint(o, c->sole_rgb, side * fig_fill(d * SHOE_M, s->px));
    }
    fig_paint(o, fig_scale(c->shoe_rgb, 0.72f), fig_fill(s->t - 0.13f, s->px) * side);
}

/* Where the sole comes off at the front. */
static void mouth(const shoe_spot *s, hm_surface *o)
{
    if (s->t < 0.48f)
        return;
    float d = fabsf(s->y - 0.004f * s->k) - 0.006f * s->k * fig_step(0.45f, 0.75f, s->t);
    fig_paint(o, fig_rgb(0.16f, 0.07f, 0.07f), fig_fill(d, s->px));
    fig_ink(o, fig_line(d, 0.0014f * s->k, s->px));
}

/* Worn to pieces: a hole over the toes, tape twice about the front, dirt, a mouth where the sole
 * comes off. */
static void torn(const hm_costume *c, const shoe_spot *s, hm_surface *o)
{
    const hm_rgb mud = {0.45f, 0.36f, 0.26f}, tape = {0.72f, 0.74f, 0.75f};
    float k = s->k;
    float spots = fig_cell((int32_t)(s->t * 40.0f), (int32_t)(s->x * 260.0f / k + 40.0f), 5u);
    fig_paint(o, mud, 0.35f + (spots > 0.72f ? 0.3f : 0.0f));
    float dx = (s->x - 0.012f * k) / (0.015f * k), dt = (s->t - 0.90f) / 0.055f;
    float hole = (sqrtf(dx * dx + dt * dt) - 1.0f) * 0.012f * k;
    if (s->y > 0.016f * k) {
        fig_paint(o, c->sock_rgb, fig_fill(hole, s->px));
        fig_ink(o, 0.9f * fig_line(hole, 0.0018f * k, s->px));
    }
    for (int i = 0; i < 2; i++) {
        float skew = (i ? 0.8f : -0.5f) * s->x;
        float d = fabsf(s->t - 0.60f - 0.13f * (float)i + skew) - 0.038f;
        fig_paint(o, tape, fig_fill(d * SHOE_M, s->px));
        fig_ink(o, 0.7f * fig_line(d * SHOE_M, 0.0010f * k, s->px));
    }
    mouth(s, o);
}

void surface_shoe(const hm_figure *g, const spot *p, hm_surface *o)
{
    const hm_costume *c = g->costume;
    const hm_landmarks *m = &g->shape->mark;
    float k = p->h / 1.8f;
    int i = p->side > 0.0f ? 0 : 1;
    hm_vec3 heel = g->shape->heel_m[i], toe = g->shape->toe_end_m[i];
    float t = (p->z - heel.z) / fig_max(toe.z - heel.z, 0.01f); /* 0 heel .. 1 toe */
    float x = p->side * (p->x - fig_mix1(heel.x, toe.x, fig_unit(t)));
    float y = p->y - m->sole_y_m;
    o->gloss = 0.45f;
    o->shade_bias = 0.0f;
    const shoe_spot at = {t, x, y, k, p->px};
    if (y < 0.004f * k) {
        *o = (hm_surface){.albedo = c->sole_rgb, .id = SURFACE_SOLE, .gloss = 0.2f};
        if (c->trainers)
            o->albedo = RUBBER;
        if (p->px < 0.004f && y < -0.004f * k) {
            float n = t * (c->trainers ? 9.0f : 16.0f);
            fig_ink(o, 0.35f * fig_line((fig_fract(n) - 0.5f) / 16.0f * SHOE_M, 0.0012f, p->px));
        }
        if (c->torn)
            mouth(&at, o);
        return;
    }
    *o = (hm_surface){.albedo = c->shoe_rgb, .id = SURFACE_SHOE, .gloss = 0.45f};
    if (p->px > (c->trainers ? 0.025f : 0.012f))
        return;
    if (c->trainers) {
        trainer(c, &at, o);
        laces(c, &at, o);
        if (c->torn)
            torn(c, &at, o);
        fig_ink(o, 0.6f * fig_line(m->shoe_top_y_m - p->y - 0.008f * k, 0.0014f * k, p->px));
        return;
    }
    /* Rim of the sole, heel tab, a slanted flash on the side, toe cap. */
    fig_paint(o, c->sole_rgb, 0.8f * fig_fill(t - 0.10f - 0.4f * y, p->px));
    float flash = fabsf(t - 0.46f - 5.0f * y) - 0.045f;
    fig_paint(o, c->sole_rgb, fig_fill(flash * 0.26f, p->px) * fig_step(0.012f, 0.02f, fabsf(x)));
    fig_ink(o,
            0.5f * fig_line((t - 0.86f - 0.8f * x * x / (k * k) * 100.0f) * 0.26f, 0.0012f, p->px));
    laces(c, &at, o);
    float collar = m->shoe_top_y_m - p->y - 0.008f * k;
    fig_ink(o, 0.6f * fig_line(collar, 0.0012f * k, p->px));
}
