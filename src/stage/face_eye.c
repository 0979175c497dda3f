/* Eyes and brows: lids as two arcs over the eye's own axis, iris and light cut by them. */
#include "face_priv.h"
#include "figure_priv.h"

/* Height of the lids at x in -1 .. 1 (inner to outer corner). */
static float lid_top(const hm_eye_plan *e, float x)
{
    float q = 1.0f - x * x;
    return e->up * q * (1.35f - 0.35f * q) * (1.0f - 0.22f * x);
}

static float lid_bottom(const hm_eye_plan *e, float x)
{
    float q = 1.0f - x * x;
    return -e->low * q * (1.0f + 0.30f * x);
}

static void eye_ball(const hm_eye_plan *e, const hm_face *face, float x_u, float y, float top,
                     float cov, float px, hm_surface *o)
{
    hm_rgb white = fig_rgb(0.93f, 0.92f, 0.89f);
    float under_lid = fig_fill(top - 0.030f - y, 2.0f * px + 0.01f);
    fig_paint(o, fig_mix(white, fig_rgb(0.62f, 0.58f, 0.60f), under_lid), cov);
    o->shade_bias += cov * 0.35f;
    o->gloss = fig_mix1(o->gloss, 0.0f, cov);
    float dx = x_u - e->iris_x, dy = y - e->iris_y;
    float r = sqrtf(dx * dx + dy * dy);
    float in = cov * fig_fill(r - e->iris_r, px);
    if (in <= 0.0f)
        return;
    float glow = fig_unit(0.5f - dy / (1.6f * e->iris_r));
    hm_rgb iris = fig_mix(fig_scale(face->iris_rgb, 0.45f), face->iris_rgb, glow);
    hm_rgb rim = fig_scale(face->iris_rgb, 0.25f);
    iris = fig_mix(iris, rim, fig_fill(0.80f * e->iris_r - r, px));
    iris = fig_mix(iris, fig_rgb(0.03f, 0.02f, 0.03f), fig_fill(r - 0.46f * e->iris_r, px));
    fig_paint(o, iris, in);
    /* The light sits on the same side of both eyes. */
    float hx = dx * e->side + 0.38f * e->iris_r, hy = dy - 0.40f * e->iris_r;
    float spark = fig_fill(sqrtf(hx * hx + hy * hy) - 0.27f * e->iris_r, px);
    fig_paint(o, fig_rgb(1.0f, 1.0f, 1.0f), cov * spark);
    o->emit = fig_max(o->emit, cov * spark);
}

static void eye_lines(const hm_eye_plan *e, const hm_face *face, float x, float y, float top,
                      float bottom, float px, hm_surface *o)
{
    /* Upper lid: the strongest line of the face, heavier outward, past the corner by a little. */
    float edge = fig_clamp(x, -1.0f, 1.0f);
    float slope = -2.0f * edge * e->up / e->w;
    float along = 1.0f / sqrtf(1.0f + slope * slope);
    float wt = face->lash * (0.62f + 0.38f * edge) * fig_step(-1.12f, -0.80f, x) *
               fig_step(1.26f, 0.98f, x);
    float lift = x > 1.0f ? 0.10f * (x - 1.0f) * e->w : 0.0f;
    float d = (y - (x > 1.0f ? lift : top)) * along;
    if (wt > 0.0f)
        fig_ink(o, fig_line(d - 0.4f * wt, wt, px));
    if (px > 0.035f)
        return;
    float low_w = 0.30f * face->lash * fig_step(-0.55f, 0.35f, x) * fig_step(1.05f, 0.9f, x);
    if (low_w > 0.0f)
        fig_ink(o, 0.75f * fig_line(y - bottom + low_w, low_w, px));
    float q = fig_max(0.0f, 1.0f - 0.85f * x * x);
    float fold_y = fig_max(e->up, 0.55f * e->open_up) * q * (1.0f - 0.15f * x) + 0.034f;
    float fold = face->fold * fig_step(-0.95f, -0.5f, x) * fig_step(1.12f, 0.7f, x);
    fig_ink(o, 0.62f * fold * fig_line(y - fold_y, 0.0075f, px));
}

static void eye_paint(const hm_eye_plan *e, const hm_face *face, float u, float v, float px,
                      hm_surface *o)
{
    float dx = u - e->u, dy = v - e->v;
    if (fabsf(dx) > 1.45f * e->w || dy > 0.30f || dy < -0.24f)
        return;
    float y = dy - e->tilt * dx;
    float x = dx / e->w;
    float socket =
        fig_step(1.35f, 0.2f, fabsf(x)) * fig_step(0.24f, 0.05f, y) * fig_step(-0.10f, 0.02f, y);
    o->shade_bias -= 0.16f * socket;
    if (px > FACE_HEAD_UNITS / FACE_PLAIN_BELOW_PX) {
        float d = fig_max(fabsf(dx) - e->w, fabsf(dy) - 0.5f * (e->up + e->low));
        fig_ink(o, 0.85f * fig_fill(d, px));
        return;
    }
    float xc = fig_clamp(x, -1.0f, 1.0f);
    float top = lid_top(e, xc), bottom = lid_bottom(e, xc);
    float d = fig_max(y - top, bottom - y);
    d = fig_max(d, (fabsf(x) - 1.0f) * e->w);
    float cov = fig_fill(d, px) * fig_unit((top - bottom) / (0.7f * px));
    if (cov > 0.0f)
        eye_ball(e, face, dx, y, top, cov, px, o);
    if (px < 0.03f && x > -1.05f && x < -0.80f) {
        float tear = fig_fill(fabsf(x + 0.90f) * e->w - 0.018f, px) * cov;
        fig_paint(o, fig_rgb(0.80f, 0.55f, 0.52f), tear);
    }
    eye_lines(e, face, x, y, top, bottom, px, o);
}

void face_eyes(const hm_face_plan *p, float u, float v, float px, hm_surface *o)
{
    const hm_eye_plan *e = &p->eye[u < 0.0f];
    eye_paint(e, p->face, fabsf(u), v, px, o);
}

void face_brows(const hm_face_plan *p, float u, float v, float px, hm_surface *o)
{
    const hm_brow_plan *b = &p->brow[u < 0.0f];
    float x = (fabsf(u) - b->u) / b->len;
    if (x < -1.1f || x > 1.1f || fabsf(v - b->v) > 0.35f)
        return;
    float t = fig_unit(0.5f * (x + 1.0f));
    float mid = b->v + fig_mix1(b->rise_in, b->rise_out, t * t * (3.0f - 2.0f * t)) +
                b->arch * (1.0f - (x - 0.25f) * (x - 0.25f));
    float w = b->thick *
              (t < 0.12f ? 0.70f + 2.5f * t : 1.0f - 0.80f * (t - 0.12f) * (t - 0.12f) / 0.7744f);
    float d = fig_max(fabsf(v - mid) - w, (fabsf(x) - 1.0f) * b->len);
    float cov = fig_fill(d, px + 0.006f);
    if (px < 0.02f) {
        /* Short hairs at the rim instead of a hard edge. */
        float comb = u * 46.0f + (v - mid) * 30.0f * (u < 0.0f ? -1.0f : 1.0f);
        float tooth = fabsf(fig_fract(comb) - 0.5f);
        cov = fig_fill(d + 0.16f * b->thick * (2.0f * tooth - 0.6f), px + 0.006f);
    }
    fig_paint(o, p->face->brow_rgb, 0.95f * cov);
    o->gloss *= 1.0f - cov;
    o->shade_bias -= 0.15f * cov;
}
