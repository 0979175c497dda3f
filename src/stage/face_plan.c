/* From who and what to curves: done once for each runner and drawing, so that a pixel stays cheap.
 */
#include "face_priv.h"
#include "figure_priv.h"

static hm_eye_plan eye_of(const hm_face *f, const hm_mien *m, float side)
{
    float lid = fig_clamp(m->lid_up, 0.0f, 1.5f);
    float low = fig_unit(m->lid_low);
    hm_eye_plan e = {.u = f->eye_u, .v = 0.0f, .w = f->eye_w, .tilt = f->eye_tilt, .side = side};
    e.open_up = f->eye_up;
    e.low = f->eye_low * (1.0f - 0.85f * low) * (lid < 0.3f ? lid / 0.3f * 0.6f + 0.4f : 1.0f);
    e.up = f->eye_up * lid - (lid < 1.0f ? (1.0f - lid) * e.low : 0.0f) - 0.12f * low * f->eye_up;
    e.up = fig_max(e.up, -e.low);
    e.iris_r = f->iris * (lid > 1.15f ? 0.92f : 1.0f);
    e.iris_x = fig_clamp(m->gaze_x, -1.0f, 1.0f) * side * 0.38f * f->eye_w - 0.006f;
    e.iris_y = fig_clamp(m->gaze_y, -1.0f, 1.0f) * 0.5f * f->eye_up + 0.12f * f->eye_up;
    return e;
}

static hm_brow_plan brow_of(const hm_face *f, const hm_mien *m)
{
    hm_brow_plan b = {.len = f->brow_len, .thick = f->brow_thick, .arch = f->brow_arch};
    float frown = fig_max(0.0f, -m->brow_in);
    b.u = f->eye_u + 0.02f - 0.035f * frown;
    b.v = f->brow_v - 0.02f * m->wrinkle;
    b.rise_in = 0.075f * m->brow_in - f->brow_tilt * f->brow_len;
    b.rise_out = 0.070f * m->brow_out + f->brow_tilt * f->brow_len;
    return b;
}

static hm_mouth_plan mouth_of(const hm_face *f, const hm_mien *m)
{
    hm_mouth_plan p = {.v = f->mouth_v};
    float open = fig_unit(m->mouth_open), gap = 0.40f * open;
    float press = fig_unit(m->press) * (1.0f - open);
    p.w = f->mouth_w * (1.0f + 0.28f * m->mouth_wide) * (1.0f - 0.06f * open);
    p.corner = 0.085f * m->corner;
    p.skew = 0.05f * m->skew;
    p.gap_up = 0.30f * gap;
    p.gap_low = 0.70f * gap;
    p.square = fig_unit(0.25f + 0.75f * m->teeth);
    float thin = (1.0f - 0.45f * press) * (1.0f - 0.35f * fig_max(0.0f, m->mouth_wide));
    p.lip_up = f->lip_up * thin * (1.0f - 0.3f * press);
    p.lip_low = f->lip_low * thin;
    p.bow = f->bow * (1.0f - 0.6f * open);
    float teeth = open > 0.02f ? fig_unit(m->teeth) : 0.0f;
    p.teeth_up = teeth > 0.0f ? 0.16f + 0.36f * fig_step(0.0f, 1.0f, teeth) : 0.0f;
    p.teeth_low = teeth > 0.45f ? 0.50f * fig_step(0.45f, 0.95f, teeth) : 0.0f;
    return p;
}

static void add(hm_face_plan *p, float au, float av, float bu, float bv, float bow, float w,
                float alpha)
{
    if (alpha < 0.04f || p->n_stroke == HM_FACE_STROKE_MAX)
        return;
    float soft = 1.0f - 0.65f * p->face->youth;
    p->stroke[p->n_stroke++] = (hm_face_stroke){au, av, bu, bv, bow, w, soft * fig_unit(alpha)};
}

static void lines_of(hm_face_plan *p, const hm_face *f, const hm_mien *m)
{
    float smile = fig_max(0.0f, m->corner), wide = fig_max(0.0f, m->mouth_wide);
    float frown = fig_max(0.0f, -m->brow_in);
    float raise = fig_max(0.0f, 0.5f * (m->brow_in + m->brow_out));
    float mw = p->mouth.w, mv = f->mouth_v + p->mouth.corner;
    /* Fold from the wing of the nose round the mouth. */
    float fold =
        0.85f * fig_max(m->strain, fig_max(0.8f * smile, 0.7f * wide)) + 0.45f * f->age_lines;
    add(p, f->nose_w + 0.035f, f->nose_v + 0.06f, mw + 0.075f, mv - 0.05f * (1.0f - smile), 0.035f,
        0.011f, fold);
    /* Between the brows. */
    float bi = f->eye_u - f->brow_len - 0.01f;
    add(p, 0.55f * bi, f->brow_v - 0.07f, 0.75f * bi + 0.01f, f->brow_v + 0.09f, -0.012f, 0.010f,
        1.1f * frown + 0.25f * f->age_lines);
    add(p, 0.02f, 0.06f, 0.10f, 0.04f, -0.01f, 0.008f, m->wrinkle);
    add(p, 0.03f, -0.02f, 0.11f, -0.05f, -0.01f, 0.007f, 0.8f * m->wrinkle);
    /* Forehead, the strokes meet at the middle. */
    float brow = 0.8f * fig_step(0.25f, 0.8f, raise) + 0.55f * f->age_lines;
    add(p, -0.30f, f->brow_v + 0.22f, 0.34f, f->brow_v + 0.22f, 0.015f, 0.007f, brow);
    add(p, -0.26f, f->brow_v + 0.31f, 0.30f, f->brow_v + 0.31f, 0.015f, 0.006f, 0.8f * brow);
    /* Corner of the eye, and below the eye. */
    float crow = 0.7f * fig_step(0.35f, 0.9f, m->lid_low) + 0.6f * f->age_lines;
    float eu = f->eye_u + f->eye_w;
    add(p, eu + 0.035f, 0.035f, eu + 0.12f, 0.075f, 0.0f, 0.006f, crow);
    add(p, eu + 0.04f, -0.005f, eu + 0.13f, -0.01f, 0.0f, 0.006f, crow);
    add(p, eu + 0.03f, -0.04f, eu + 0.11f, -0.085f, 0.0f, 0.006f, 0.8f * crow);
    add(p, f->eye_u - 0.10f, -0.105f, f->eye_u + 0.12f, -0.10f, -0.035f, 0.007f,
        0.5f * m->lid_low + 0.45f * f->age_lines + 0.3f * m->strain);
    /* Cheekbone of lean faces and of hard work. */
    add(p, 0.60f, -0.30f, 0.40f, -0.56f, 0.03f, 0.011f,
        0.35f * fig_step(0.5f, 1.0f, f->lean) + 0.55f * m->strain);
    add(p, mw + 0.16f, mv + 0.06f, mw + 0.13f, mv - 0.16f, 0.03f, 0.009f,
        0.6f * fig_max(m->strain - 0.3f, 0.0f) + 0.5f * fig_max(0.0f, wide - 0.4f));
    /* Chin drawn up when the lips are pressed. */
    add(p, -0.09f, -0.86f, 0.09f, -0.86f, 0.025f, 0.009f, 0.7f * m->press);
}

void face_plan_of(const hm_face *face, const hm_mien *mien, hm_face_plan *out)
{
    *out = (hm_face_plan){.face = face, .strain = mien->strain};
    for (int i = 0; i < 2; i++) {
        out->eye[i] = eye_of(face, mien, i == 0 ? 1.0f : -1.0f);
        out->brow[i] = brow_of(face, mien);
    }
    out->mouth = mouth_of(face, mien);
    lines_of(out, face, mien);
}

void face_paint(const hm_face_plan *p, float u, float v, float px, hm_surface *o)
{
    if (px > FACE_HEAD_UNITS / FACE_NONE_BELOW_PX)
        return;
    face_beard(p, u, v, px, o);
    face_nose(p, u, v, px, o);
    face_lines(p, u, v, px, o);
    face_mouth(p, u, v, px, o);
    face_eyes(p, u, v, px, o);
    face_brows(p, u, v, px, o);
}
