/* Neck, torso and arms: where the cloth ends, its pattern, bib, seams and folds; skin elsewhere. */
#include "figure_priv.h"
#include "surface_priv.h"

#include "body/mesh.h"

#define TRIM_M 0.010f
#define SEAM_M 0.0012f

typedef struct cloth {
    float neck, arm, low; /* signed distances to the three edges [m], < 0 inside */
    float d;              /* the greatest of them */
    bool front;
} cloth;

static float arm_along(const hm_figure *g, const spot *p, float *across)
{
    const hm_vec3 *j = &g->shape->joint_m[p->side > 0.0f ? HM_BONE_LEFT : HM_BONE_RIGHT];
    hm_vec3 a = j[HM_SIDE_UPPER_ARM];
    hm_vec3 u = hm_v3_unit(hm_v3_sub(j[HM_SIDE_HAND], a));
    hm_vec3 d = hm_v3_sub(hm_v3(p->x, p->y, p->z), a);
    *across = p->side * (d.x * u.y - d.y * u.x) * -1.0f;
    return hm_v3_dot(d, u);
}

static cloth cloth_at(const hm_figure *g, const spot *p)
{
    const hm_landmarks *m = &g->shape->mark;
    hm_top top = g->costume->top;
    float a = fabsf(p->x), sx = m->shoulder_x_m;
    cloth c = {.front = p->z > 0.5f * (m->chest_front_z_m + m->back_z_m)};
    bool arm = p->part == HM_PART_ARM_L || p->part == HM_PART_ARM_R;
    if (arm && top != HM_TOP_TEE && a > sx) {
        c.d = a - 0.978f * sx; /* no sleeve: most of an arm ends here */
        return c;
    }
    float rx = (top == HM_TOP_TEE ? 0.46f : 0.47f) * sx;
    float drop = (top == HM_TOP_TEE ? 0.012f : c.front ? 0.042f : 0.016f) * p->h;
    float ry = m->shoulder_y_m - m->neck_y_m + drop;
    float ex = a / rx, ey = fig_max(m->shoulder_y_m - p->y, 0.0f) / ry;
    c.neck = (1.0f - sqrtf(ex * ex + ey * ey)) * fig_min(rx, ry);
    c.low = -1.0f;
    if (top == HM_TOP_TEE) {
        float across;
        c.arm = arm_along(g, p, &across) - 0.46f * g->shape->upper_arm_m;
        if (p->part == HM_PART_TORSO || p->part == HM_PART_NECK)
            c.arm = fig_min(c.arm, a - 1.05f * sx);
    } else {
        float t = (m->shoulder_y_m - p->y) / (m->shoulder_y_m - m->armpit_y_m);
        float tc = fig_clamp(t, 0.0f, 1.2f);
        float cut = c.front ? 0.15f : 0.30f;
        float xs = sx * (0.90f - cut * 4.0f * tc * (1.2f - tc) / 1.44f +
                         1.2f * fig_step(0.70f, 1.15f, tc));
        c.arm = a - xs;
        if (arm)
            c.arm = fig_max(c.arm, 0.002f + (a - 0.98f * sx));
    }
    if (top == HM_TOP_CROP)
        c.low = fig_mix1(m->chest_y_m, m->waist_y_m, 0.40f) - p->y;
    c.d = fig_max(c.neck, fig_max(c.arm, c.low));
    return c;
}

static void pattern(const hm_figure *g, const spot *p, hm_surface *o)
{
    const hm_costume *k = g->costume;
    const hm_landmarks *m = &g->shape->mark;
    float t = (m->shoulder_y_m - p->y) / (m->shoulder_y_m - m->waistband_y_m); /* 0 top, 1 waist */
    float len = m->shoulder_y_m - m->waistband_y_m, a = fabsf(p->x);
    float d = 1.0f;
    switch (k->pattern) {
    case HM_PATTERN_BAND:
        d = fabsf(t - 0.66f) * len - 0.045f * p->h * 0.5f;
        break;
    case HM_PATTERN_SIDES:
        d = m->chest_half_m * (0.78f - 0.16f * t) - a;
        break;
    case HM_PATTERN_SASH:
        d = fabsf(p->x + (t - 0.55f) * 1.3f * m->chest_half_m) * 0.75f - 0.020f * p->h;
        break;
    case HM_PATTERN_YOKE:
        d = (t - 0.20f) * len - 0.25f * a;
        break;
    case HM_PATTERN_FADE: {
        float f = (t - 0.66f) * 14.0f, n = (float)fig_cell_of(f);
        float share = fig_unit((n + 1.0f) / 5.0f);
        d = (fabsf(f - n - 0.5f) - 0.5f * share) * len / 14.0f;
        break;
    }
    default:
        return;
    }
    fig_paint(o, k->second_rgb, fig_fill(d, p->px));
    if (k->pattern != HM_PATTERN_FADE)
        fig_paint(o, k->trim_rgb, 0.9f * fig_line(d - 0.006f, 0.0035f, p->px));
}

/* A fold: a dark line, and beside it the cloth turned from the light. */
static void fold(const spot *p, fig_stroke s, float strength, hm_surface *o)
{
    if (strength < 0.05f)
        return;
    float a = p->x * p->side;
    fig_stroke wide = s;
    wide.w = 7.0f * s.w;
    o->shade_bias -= 0.42f * strength * fig_stroke_at(&wide, a, p->y + 3.0f * s.w, p->px + 0.004f);
    fig_ink(o, 0.75f * strength * fig_stroke_at(&s, a, p->y, p->px));
}

static void folds(const hm_figure *g, const spot *p, hm_surface *o)
{
    const hm_landmarks *m = &g->shape->mark;
    float ch = m->chest_half_m, top = m->armpit_y_m, low = m->waistband_y_m, len = top - low;
    if (p->y > top + 0.02f)
        return;
    float r = fig_cell((int32_t)p->side, 5, g->costume->grain);
    float pull = fig_unit(0.45f + 1.6f * p->side * g->twist + 0.3f * (r - 0.5f));
    float w = 0.0016f * p->h / 1.8f;
    fold(p,
         (fig_stroke){0.90f * ch, top - 0.06f * len, 0.30f * ch, top - (0.46f + 0.1f * r) * len,
                      0.02f * ch, w},
         pull, o);
    fold(p,
         (fig_stroke){0.95f * ch, top - 0.22f * len, 0.48f * ch, top - (0.62f + 0.1f * r) * len,
                      0.02f * ch, w},
         0.8f * pull, o);
    if (g->costume->top == HM_TOP_CROP)
        return;
    /* Bunching above the waistband. */
    float hip = p->side > 0.0f ? g->hip_bend[0] : g->hip_bend[1];
    fold(p,
         (fig_stroke){0.20f * ch, low + 0.17f * len, 0.62f * ch, low + (0.04f + 0.1f * r) * len,
                      -0.03f * ch, w},
         fig_unit(0.35f + hip), o);
    fold(p,
         (fig_stroke){0.42f * ch, low + 0.30f * len, 0.86f * ch, low + 0.14f * len, -0.03f * ch, w},
         fig_unit(0.25f + 0.8f * hip), o);
}

static bool bib_on(const hm_figure *g, const spot *p, bool front, hm_surface *o)
{
    const hm_landmarks *m = &g->shape->mark;
    const hm_bib *b = front ? &g->costume->chest : &g->costume->back;
    float len = m->armpit_y_m - m->waistband_y_m;
    float mid = g->costume->top == HM_TOP_CROP ? m->chest_y_m - 0.10f * b->height_m
                                               : m->armpit_y_m - 0.30f * len;
    if (!front)
        mid += 0.05f * len;
    float s = 0.5f + (front ? p->x : -p->x) / b->width_m;
    float t = 0.5f + (mid - p->y) / b->height_m;
    return bib_paint(b, s, t, p->px, fig_rgb(0.10f, 0.25f, 0.42f), o);
}

static void cloth_paint(const hm_figure *g, const spot *p, const cloth *c, hm_surface *o)
{
    const hm_costume *k = g->costume;
    float ink = 0.0f;
    *o = (hm_surface){.albedo = k->main_rgb, .id = SURFACE_TOP, .gloss = 0.05f, .nrm = o->nrm};
    pattern(g, p, o);
    if (p->px < 0.012f) {
        float edge = fig_max(c->neck, c->arm);
        fig_paint(o, k->trim_rgb, fig_fill(-TRIM_M - edge, p->px));
        ink = 0.45f * fig_line(edge + TRIM_M, SEAM_M, p->px);
        const hm_landmarks *m = &g->shape->mark;
        float mid_z = p->z - 0.5f * (m->chest_front_z_m + m->back_z_m);
        if (p->y < m->armpit_y_m)
            ink = fig_max(ink, 0.4f * fig_line(mid_z, SEAM_M, p->px));
        folds(g, p, o);
    }
    if (p->part == HM_PART_TORSO && bib_on(g, p, c->front, o))
        return;
    fig_ink(o, ink);
}

/* Muscles and bones under the skin of the trunk, as few lines as read. */
static void trunk_skin(const hm_figure *g, const spot *p, hm_surface *o)
{
    const hm_landmarks *m = &g->shape->mark;
    float a = fabsf(p->x), sx = m->shoulder_x_m, k = p->h / 1.8f;
    bool front = p->z > 0.5f * (m->chest_front_z_m + m->back_z_m);
    if (p->px > 0.010f)
        return;
    if (front) {
        fig_stroke bone = {0.13f * sx, m->neck_y_m + 0.002f, 0.74f * sx, m->neck_y_m + 0.030f * k,
                           0.010f * k, 0.0020f * k};
        fig_ink(o, 0.55f * fig_stroke_at(&bone, a, p->y, p->px));
        bone.w *= 5.0f;
        o->shade_bias -= 0.25f * fig_stroke_at(&bone, a, p->y + 0.012f * k, p->px + 0.004f);
    }
    if (p->y < m->chest_y_m && g->costume->top == HM_TOP_CROP) {
        float mid = fig_line(p->x, 0.0016f, p->px) * (front ? 0.40f : 0.55f);
        fig_ink(o, mid * fig_step(m->waistband_y_m, m->waistband_y_m + 0.03f, p->y));
        fig_stroke side = {0.42f * m->chest_half_m,
                           m->chest_y_m - 0.05f,
                           0.34f * m->chest_half_m,
                           m->waistband_y_m,
                           0.01f,
                           0.0015f};
        if (front)
            fig_ink(o, 0.40f * g->shape->muscle * fig_stroke_at(&side, a, p->y, p->px));
    }
}

static void neck_skin(const hm_figure *g, const spot *p, hm_surface *o)
{
    const hm_landmarks *m = &g->shape->mark;
    const hm_head_box *b = &g->shape->head;
    float k = p->h / 1.8f, a = fabsf(p->x);
    float chin = b->chin_y_m;
    /* The head's shadow on the throat. */
    o->shade_bias -= 0.55f * fig_step(chin - 0.050f * k, chin - 0.012f * k, p->y);
    if (p->z < -0.01f * k || p->px > 0.010f)
        return;
    fig_stroke cord = {0.050f * k,  chin - 0.01f * k, 0.010f * k, m->neck_y_m + 0.004f * k,
                       -0.004f * k, 0.0020f * k};
    fig_ink(o, fig_unit(0.30f + 0.65f * g->strain) * fig_stroke_at(&cord, a, p->y, p->px));
    cord.w *= 4.0f;
    o->shade_bias -=
        (0.12f + 0.3f * g->strain) * fig_stroke_at(&cord, a - 0.006f * k, p->y, p->px + 0.004f);
}

static void chain(const hm_figure *g, const spot *p, hm_surface *o)
{
    if (!g->costume->neck_chain || p->z < 0.0f)
        return;
    float k = p->h / 1.8f, a = fabsf(p->x), bead = p->x * 180.0f / k;
    float d = fabsf(p->y - g->shape->mark.neck_y_m + 0.022f * k - 6.5f * a * a / k) - 0.0020f * k;
    if (p->px < 0.0015f)
        d += 0.0012f * k * fabsf(fig_fract(bead) - 0.5f);
    float cov = a < 0.09f * k ? fig_fill(d, p->px) : 0.0f;
    fig_paint(o, fig_rgb(0.93f, 0.76f, 0.32f), cov);
    o->gloss = fig_max(o->gloss, cov);
}

static void arm_skin(const hm_figure *g, const spot *p, hm_surface *o)
{
    float across, s = arm_along(g, p, &across);
    float up = g->shape->upper_arm_m, fore = g->shape->forearm_m, k = p->h / 1.8f;
    float elbow = s - up;
    if (p->z < 0.0f) {
        float warm = fig_step(0.035f * k, 0.0f, fabsf(elbow));
        fig_paint(o, fig_rgb(0.62f, 0.30f, 0.26f), 0.14f * warm);
    }
    if (p->px < 0.008f) {
        float mus = g->shape->muscle;
        /* Lower edge of the deltoid, then the groove of the biceps. */
        fig_stroke delt = {0.028f * k, 0.10f * up,  0.004f * k,
                           0.52f * up, -0.006f * k, 0.0018f * k};
        fig_stroke bic = {-0.006f * k, 0.50f * up, -0.010f * k,
                          0.86f * up,  0.004f * k, 0.0015f * k};
        fig_stroke bra = {0.012f * k,        up + 0.05f * fore, -0.004f * k,
                          up + 0.62f * fore, 0.006f * k,        0.0014f * k};
        float ink = 0.60f * fig_stroke_at(&delt, across, s, p->px);
        ink = fig_max(ink, 0.45f * fig_stroke_at(&bic, across, s, p->px));
        ink = fig_max(ink, 0.40f * fig_stroke_at(&bra, across, s, p->px));
        if (p->z > 0.0f)
            fig_ink(o, mus * ink);
        float crease =
            fig_line(elbow, 0.0014f * k, p->px) * fig_step(0.028f * k, 0.012f * k, fabsf(across));
        fig_ink(o, 0.45f * crease);
    }
    const hm_costume *c = g->costume;
    float band = fabsf(elbow - 0.86f * fore) - 0.020f * k;
    float sleeve = fig_max(0.62f * up - s, elbow - 0.80f * fore);
    if (c->wrist_band && band < 0.0f && p->side < 0.0f) {
        *o = (hm_surface){.albedo = c->second_rgb, .id = SURFACE_BAND};
    } else if (c->arm_sleeve && sleeve < 0.0f && p->side > 0.0f) {
        *o = (hm_surface){.albedo = c->shorts_rgb, .id = SURFACE_BAND};
    }
}

/* Cel tones fall on a smooth barrel: the groove of the breastbone and the foot of the neck would
 * cut them to pieces. */
static void smooth_normal(const hm_figure *g, const hm_frag *f, const spot *p, hm_surface *o)
{
    const hm_landmarks *m = &g->shape->mark;
    bool neck = p->part == HM_PART_NECK;
    if (neck ? p->y > m->neck_y_m + 0.016f : p->y < m->waist_y_m || p->z < 0.0f)
        return;
    float side = fig_step(0.95f * m->chest_half_m, 0.70f * m->chest_half_m, fabsf(p->x));
    float deep = fig_step(0.0f, 0.3f * m->chest_front_z_m, fabsf(p->z));
    float k =
        0.70f * fig_step(m->waist_y_m, m->chest_y_m, p->y) * (p->z > 0.0f ? side * deep : 0.0f);
    if (neck)
        k = fig_step(m->neck_y_m + 0.016f, m->neck_y_m - 0.004f, p->y) * side;
    if (k <= 0.0f)
        return;
    float up = 0.10f + 0.5f * fig_step(m->chest_y_m, m->neck_y_m, p->y);
    hm_vec3 n = hm_v3(0.75f * p->x / m->chest_half_m, up, p->z > 0.0f ? 1.0f : -1.0f);
    n = hm_v3_unit(n);
    hm_vec3 world = g->has_pose ? hm_frame_turn(&g->chest, n) : n;
    o->nrm = hm_v3_unit(hm_v3_mix(f->nrm, world, k));
    o->gloss *= 1.0f - k; /* a barrel would shine all over */
}

/* Where the trunk pushes through the shorts it wears them, and is as flat as they are. */
static void under_shorts(const hm_figure *g, const hm_frag *f, const spot *p, hm_surface *o)
{
    surface_shorts(g, p, o);
    hm_vec3 n = hm_v3_unit(
        hm_v3(0.7f * p->x / g->shape->mark.hip_half_m, 0.05f, p->z > 0.0f ? 1.0f : -1.0f));
    if (g->has_pose)
        o->nrm = hm_v3_unit(hm_v3_mix(f->nrm, hm_frame_turn(&g->pelvis, n), 0.8f));
}

void surface_trunk(const hm_figure *g, const hm_frag *f, const spot *p, hm_surface *o)
{
    if (p->part == HM_PART_TORSO && p->y < g->shape->mark.waistband_y_m) {
        under_shorts(g, f, p, o);
        return;
    }
    cloth c = cloth_at(g, p);
    if (p->part == HM_PART_TORSO || p->part == HM_PART_NECK)
        smooth_normal(g, f, p, o);
    if (c.d < (p->part == HM_PART_NECK ? -0.004f : 0.0f)) {
        cloth_paint(g, p, &c, o);
        return;
    }
    if (p->part == HM_PART_NECK)
        neck_skin(g, p, o);
    else if (p->part == HM_PART_TORSO)
        trunk_skin(g, p, o);
    else
        arm_skin(g, p, o);
    chain(g, p, o);
    /* Cloth throws a thin shadow on the skin beside it. */
    o->shade_bias -= 0.35f * fig_step(0.010f, 0.0f, c.d);
}
