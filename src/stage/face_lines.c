/* Nose, folds, age, freckles and beard: what stands between the features. */
#include "face_priv.h"
#include "figure_priv.h"

void face_nose(const hm_face_plan *p, float u, float v, float px, hm_surface *o)
{
    const hm_face *f = p->face;
    float a = fabsf(u), dv = v - f->nose_v;
    if (a > 0.30f || dv < -0.14f || v > 0.15f)
        return;
    /* Underside in shadow, flaring to the wings. */
    float base =
        fig_fill(fig_max(a - f->nose_w - 0.01f, fig_max(dv - 0.015f, -dv - 0.05f)), px + 0.02f);
    o->shade_bias -= 0.30f * base;
    if (px > 0.06f)
        return;
    float nx = (a - 0.52f * f->nose_w) / (0.36f * f->nose_w);
    float ny = (dv - 0.004f - 0.12f * (a - 0.5f * f->nose_w)) / 0.019f;
    float hole = fig_fill((sqrtf(nx * nx + ny * ny) - 1.0f) * 0.019f, px);
    fig_ink(o, 0.80f * hole);
    /* Wing: an arc open to the middle. */
    float wx = a - 0.60f * f->nose_w, wy = dv - 0.055f;
    float r = sqrtf(wx * wx + wy * wy);
    float arc = fig_line(r - 0.42f * f->nose_w - 0.004f, 0.0085f, px) *
                fig_step(0.1f, 0.5f, wx / (0.42f * f->nose_w)) * fig_step(0.09f, 0.03f, wy);
    fig_ink(o, 0.70f * arc);
    /* Light ridge of the tip. */
    float tip = fig_step(0.055f, 0.0f, sqrtf(u * u + (dv - 0.10f) * (dv - 0.10f)));
    o->gloss = fig_max(o->gloss, 0.25f * tip);
}

/* Two sheets of cells turned against each other, so that no grid shows. */
static void freckle(const hm_face *f, float u, float v, float px, hm_surface *o)
{
    for (uint32_t k = 0; k < 2; k++) {
        float x = 15.0f * (k ? 0.83f * u + 0.56f * v : 0.94f * u - 0.34f * v);
        float y = 15.0f * (k ? 0.83f * v - 0.56f * u : 0.94f * v + 0.34f * u);
        int32_t gx = fig_cell_of(x), gy = fig_cell_of(y);
        float r = fig_cell(gx, gy, f->grain + k), r2 = fig_cell(gy, gx, f->grain + 7u + k);
        float cx = x - (float)gx - 0.25f - 0.5f * r2, cy = y - (float)gy - 0.25f - 0.5f * r * r2;
        float dot = fig_fill((sqrtf(cx * cx + cy * cy) - 0.10f - 0.08f * r2) / 15.0f, px);
        float here = f->freckles * fig_step(0.60f, 0.20f, fabsf(u)) *
                     fig_step(0.26f, 0.10f, fabsf(v + 0.24f));
        if (r < 0.85f * here)
            fig_paint(o, fig_scale(o->albedo, 0.82f), dot);
    }
}

void face_lines(const hm_face_plan *p, float u, float v, float px, hm_surface *o)
{
    if (px > 0.05f)
        return;
    float a = fabsf(u);
    for (int32_t i = 0; i < p->n_stroke; i++) {
        const hm_face_stroke *k = &p->stroke[i];
        fig_stroke s = {k->au, k->av, k->bu, k->bv, k->bow, k->w};
        fig_ink(o, k->alpha * fig_stroke_at(&s, a, v, px));
    }
    const hm_face *f = p->face;
    if (f->freckles > 0.0f && px < 0.03f && a < 0.60f && v < -0.02f && v > -0.50f)
        freckle(f, u, v, px, o);
}

/* Signed distance-like value of the bearded area, < 0 inside. */
static float beard_edge(const hm_face_plan *p, float a, float v)
{
    const hm_face *f = p->face;
    const hm_mouth_plan *m = &p->mouth;
    float lip = m->v + m->gap_up + m->lip_up;
    float top = m->v - m->gap_low - m->lip_low;
    float mous = fig_max(fabsf(v - lip - 0.05f + 0.35f * a * a) - 0.042f, a - 1.10f * m->w);
    float chin = fig_max(fig_max(v - top + 0.03f - 0.5f * a * a, a - 0.24f), -1.3f - v);
    float ring = fig_max(fabsf(a - 1.12f * m->w) - 0.045f, fabsf(v - m->v + 0.08f) - 0.14f);
    float line = -0.10f - 0.55f * (0.72f - a) - (a < 0.45f ? 0.5f * (0.45f - a) : 0.0f);
    float cheek = fig_max(v - line, -1.4f - v);
    float lips = fig_max(fig_max(v - lip, top - v), a - m->w);
    switch (f->beard) {
    case HM_BEARD_MOUSTACHE:
        return mous;
    case HM_BEARD_GOATEE:
        return fig_min(fig_min(mous, chin), ring);
    case HM_BEARD_STUBBLE:
    case HM_BEARD_FULL:
        return fig_max(fig_min(fig_min(cheek, mous), fig_min(chin, ring)), -lips);
    default:
        return 1.0f;
    }
}

void face_beard(const hm_face_plan *p, float u, float v, float px, hm_surface *o)
{
    if (p->face->beard == HM_BEARD_NONE || v > 0.0f)
        return;
    bool stubble = p->face->beard == HM_BEARD_STUBBLE;
    float d = beard_edge(p, fabsf(u), v);
    if (px < 0.02f && !stubble)
        d += 0.02f * (fig_cell(fig_cell_of(u * 60.0f), fig_cell_of(v * 28.0f), 7u) - 0.5f);
    float cov = fig_fill(d - (stubble ? 0.02f : 0.0f), px + (stubble ? 0.20f : 0.025f));
    float k = stubble ? 0.24f : 0.88f;
    fig_paint(o,
              stubble ? fig_mix(p->face->brow_rgb, fig_rgb(0.25f, 0.27f, 0.33f), 0.35f)
                      : p->face->brow_rgb,
              k * cov);
    o->gloss *= 1.0f - cov;
    if (px < 0.015f && p->face->beard != HM_BEARD_STUBBLE) {
        float comb = u * 30.0f + v * 9.0f;
        float strand = fabsf(fig_fract(comb) - 0.5f);
        fig_ink(o, 0.35f * cov * fig_fill(strand / 30.0f - 0.004f, px));
    }
}
