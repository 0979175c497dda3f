/* The mouth: a line with a bow; open, its two edges part and show teeth, tongue and the dark. */
#include "face_priv.h"
#include "figure_priv.h"

typedef struct mouth_cut {
    float line, top, low;   /* closed line, upper and lower edge of the opening at this s */
    float lip_top, lip_low; /* outer edges of the lips */
} mouth_cut;

static mouth_cut cut_at(const hm_mouth_plan *m, float s)
{
    float s2 = s * s, q = 1.0f - s2;
    float p = fig_mix1(q, 1.0f - s2 * s2 * s2, m->square);
    float bow = m->bow * (1.0f - fig_unit(fabsf(s) * 3.0f));
    mouth_cut c;
    c.line = m->v + m->corner * (s2 - 0.3f) + m->skew * s - 0.35f * bow;
    c.top = c.line + m->gap_up * p;
    c.low = c.line - m->gap_low * p;
    float cupid = m->lip_up * (q * (1.0f + 0.35f * s2)) - 0.65f * bow;
    c.lip_top = c.top + fig_max(cupid, 0.0f);
    c.lip_low = c.low - m->lip_low * q * (0.75f + 0.25f * q);
    return c;
}

static void mouth_inside(const hm_mouth_plan *m, const mouth_cut *c, float s, float v, float cov,
                         float px, hm_surface *o)
{
    fig_paint(o, fig_rgb(0.25f, 0.06f, 0.07f), cov);
    float gap = c->top - c->low;
    float tongue = fig_fill((c->low + 0.30f * gap * (1.0f - 0.8f * s * s)) * -1.0f + v, px);
    if (m->teeth_low <= 0.0f)
        fig_paint(o, fig_rgb(0.66f, 0.27f, 0.27f), cov * tongue * fig_unit(gap * 12.0f));
    float full = m->gap_up + m->gap_low;
    float up_edge = c->top - m->teeth_up * full * (1.0f - 0.30f * s * s);
    float low_edge = c->low + m->teeth_low * full * (1.0f - 0.30f * s * s);
    float inside = fig_step(1.0f, 0.90f, fabsf(s));
    hm_rgb tooth = fig_mix(fig_rgb(0.93f, 0.92f, 0.87f), fig_rgb(0.58f, 0.51f, 0.49f),
                           fig_step(0.40f, 0.95f, fabsf(s)));
    /* Shadow of the upper lip. */
    tooth =
        fig_mix(tooth, fig_rgb(0.60f, 0.53f, 0.52f), fig_fill(c->top - 0.016f - v, px + 0.008f));
    float up = m->teeth_up > 0.0f ? fig_fill(up_edge - v, px) : 0.0f;
    float low = m->teeth_low > 0.0f ? fig_fill(v - low_edge, px) : 0.0f;
    float teeth = cov * inside * fig_max(up, low);
    fig_paint(o, tooth, teeth);
    if (px < 0.03f && m->teeth_up > 0.0f && m->teeth_low > 0.0f)
        fig_ink(o, cov * inside * 0.7f * fig_line(v - 0.5f * (up_edge + low_edge), 0.006f, px));
    if (px < 0.016f) {
        /* Gaps between teeth: narrower toward the corners. */
        float k = s * (5.0f + 1.5f * s * s);
        float g = (fig_fract(k) - 0.5f) * m->w / 5.0f;
        fig_ink(o, 0.30f * teeth * fig_line(g, 0.003f, px));
    }
    o->shade_bias += 0.15f * teeth - 0.3f * (cov - teeth);
    o->gloss *= 1.0f - cov;
}

static void mouth_lips(const hm_face_plan *p, const mouth_cut *c, float s, float v, float px,
                       hm_surface *o)
{
    float fade = fig_step(1.0f, 0.86f, fabsf(s));
    hm_rgb lip = p->face->lip_rgb;
    float up = fig_fill(fig_max(v - c->lip_top, c->top - v), px + 0.006f) * fade;
    float low = fig_fill(fig_max(c->lip_low - v, v - c->low), px + 0.006f) * fade;
    fig_paint(o, fig_scale(lip, 0.80f), 0.85f * up);
    fig_paint(o, lip, 0.75f * low);
    o->shade_bias -= 0.10f * up;
    if (px > 0.03f)
        return;
    float shine_y = c->low - 0.42f * (c->low - c->lip_low);
    float shine = fig_line(v - shine_y, 0.012f, px) * fig_step(0.55f, 0.15f, fabsf(s + 0.12f));
    fig_paint(o, fig_mix(lip, fig_rgb(1.0f, 0.95f, 0.92f), 0.5f), 0.5f * shine * low);
    /* The shadow under the lower lip is drawn, not lit: it models the chin. */
    float under = c->lip_low - 0.022f + 0.03f * s * s;
    fig_ink(o, 0.55f * fig_line(v - under, 0.011f * fig_step(0.62f, 0.1f, fabsf(s)), px) *
                   fig_step(0.62f, 0.45f, fabsf(s)));
    float phil = fig_line(v - c->lip_top - 0.004f, 0.005f, px) * fig_step(0.6f, 0.2f, fabsf(s));
    fig_ink(o, 0.18f * phil);
}

void face_mouth(const hm_face_plan *p, float u, float v, float px, hm_surface *o)
{
    const hm_mouth_plan *m = &p->mouth;
    float s = u / m->w;
    if (fabsf(s) > 1.25f || v > m->v + 0.30f || v < m->v - m->gap_low - 0.30f)
        return;
    float sc = fig_clamp(s, -1.0f, 1.0f);
    mouth_cut c = cut_at(m, sc);
    if (px > FACE_HEAD_UNITS / FACE_PLAIN_BELOW_PX) {
        float d = fig_max(fabsf(u) - 0.8f * m->w, fig_max(v - c.top, c.low - v));
        fig_ink(o, 0.55f * fig_line(d, 0.012f, px));
        return;
    }
    mouth_lips(p, &c, s, v, px, o);
    float gap = c.top - c.low;
    float cov = fig_fill(fig_max(fig_max(v - c.top, c.low - v), (fabsf(s) - 1.0f) * m->w), px) *
                fig_unit(gap / px);
    if (cov > 0.0f)
        mouth_inside(m, &c, sc, v, cov, px, o);
    /* Upper edge heavy, corners a little hooked, lower edge light. */
    float end = fig_step(1.14f, 1.0f, fabsf(s));
    float w = 0.0125f * (0.65f + 0.35f * sc * sc) * end;
    if (w > 0.0f) {
        fig_ink(o, 0.95f * fig_line(v - c.top, w, px));
        fig_ink(o, 0.60f * end * fig_line(v - c.low, 0.5f * w, px));
    }
}
