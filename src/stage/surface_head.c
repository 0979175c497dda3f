/* Head and hair: skin with the drawn face, hair line, strands by style. */
#include "face_priv.h"
#include "figure_priv.h"
#include "surface_priv.h"

#include "body/mesh.h"

/* Face units around the head: u to the runner's left, v up from the eyes, w forward. */
typedef struct head_at {
    float u, v, w, a; /* a = |u| */
    float px;
} head_at;

static head_at head_of(const hm_figure *g, const spot *p)
{
    const hm_head_box *b = &g->shape->head;
    float k = 1.0f / g->unit_m;
    head_at q = {.u = p->x * k, .v = (p->y - b->eye_y_m) * k, .w = (p->z - b->centre_m.z) * k};
    q.a = fabsf(q.u);
    q.px = p->px * k / (1.0f + g->costume->head_more);
    return q;
}

/* Edge of the hair on the skull, < 0 inside. */
static float hair_edge(const hm_figure *g, const head_at *q)
{
    float line = (g->shape->head.hairline_y_m - g->shape->head.eye_y_m) / g->unit_m;
    float old = g->costume->face.age_lines;
    float temple = 0.16f + 0.25f * old;
    float top = line - 0.30f * q->a * q->a - q->v - temple * fig_step(0.24f, 0.46f, q->a) * -0.35f;
    float front = 0.10f + 0.62f * fig_max(q->v, 0.0f);
    float ear = -0.16f, nape = q->w < -0.22f ? ear + 0.75f * (q->w + 0.22f) : ear;
    float side = fig_max(q->w - front, fig_max(nape, -0.62f) - q->v);
    return fig_min(top, side);
}

static void ear_lines(const hm_figure *g, const spot *p, const head_at *q, hm_surface *o)
{
    const hm_head_box *b = &g->shape->head;
    float ey = (p->y - b->ear_y_m) / g->unit_m, ez = (p->z - b->ear_z_m) / g->unit_m;
    if (q->a < 0.60f || ey * ey + ez * ez > 0.09f || q->px > 0.03f)
        return;
    float rx = ez / 0.085f, ry = (ey - 0.03f) / 0.150f;
    float r = sqrtf(rx * rx + ry * ry);
    float rim = fig_line((r - 1.0f) * 0.09f, 0.009f, q->px) * fig_step(0.9f, 0.3f, rx) *
                fig_step(-1.1f, -0.4f, ry + 0.3f);
    float hole = fig_fill(
        sqrtf((ez - 0.03f) * (ez - 0.03f) + 0.5f * (ey + 0.02f) * (ey + 0.02f)) - 0.022f, q->px);
    fig_ink(o, 0.55f * fig_max(rim, hole));
    o->shade_bias -= 0.25f * fig_step(1.0f, 0.6f, r);
    if (!g->costume->ear_stud)
        return;
    float lx = ez - 0.01f, ly = ey + 0.165f;
    float stud = fig_fill(sqrtf(lx * lx + ly * ly) - 0.026f, q->px);
    fig_paint(o, fig_rgb(0.97f, 0.88f, 0.55f), stud);
    o->emit = fig_max(o->emit, 0.5f * stud);
}

/* Cel tones fall on a smooth egg rather than on every bump of the face. */
static void smooth_normal(const hm_figure *g, const hm_frag *f, const head_at *q, hm_surface *o)
{
    float ux = q->u / 0.46f, vy = (q->v - 0.15f) / 1.35f, wz = (q->w + 0.10f) / 0.72f;
    hm_vec3 egg = hm_v3_unit(hm_v3(ux, vy, wz));
    hm_vec3 world = g->has_pose ? hm_frame_turn(&g->head, egg) : egg;
    float ear = fig_step(0.58f, 0.68f, q->a) * fig_step(0.15f, 0.0f, q->w);
    float k = (0.66f + 0.12f * fig_step(0.0f, 0.5f, q->w)) * (1.0f - ear);
    o->nrm = hm_v3_unit(hm_v3_mix(f->nrm, world, k));
}

/* Beads on brow and temples, a thread of light each. */
static void sweat_drops(const hm_figure *g, const head_at *q, hm_surface *o)
{
    if (g->sweat < 0.35f || q->px > 0.018f || q->w < 0.35f || q->a > 0.56f ||
        (q->v < 0.30f && q->a < 0.44f) || q->v < -0.5f)
        return;
    float x = q->u * 8.0f, y = q->v * 5.0f;
    int32_t cx = fig_cell_of(x), cy = fig_cell_of(y);
    float r = fig_cell(cx, cy, g->costume->grain), r2 = fig_cell(cy, cx, g->costume->grain);
    if (r > 0.22f * g->sweat)
        return;
    float dx = (x - (float)cx - 0.25f - 0.5f * r2) / 8.0f, dy = (y - (float)cy - 0.5f) / 5.0f;
    float d = sqrtf(dx * dx * (dy > 0.0f ? 2.0f : 1.0f) + 0.12f * dy * dy) - 0.009f;
    fig_paint(o, fig_rgb(1.0f, 1.0f, 1.0f), 0.55f * fig_fill(d, q->px));
}

static void head_band(const hm_figure *g, const head_at *q, hm_surface *o)
{
    if (!g->costume->head_band)
        return;
    float line = (g->shape->head.hairline_y_m - g->shape->head.eye_y_m) / g->unit_m;
    float mid = line - 0.06f + 0.22f * fig_min(q->w - 0.5f, 0.0f);
    float d = fabsf(q->v - mid) - 0.065f;
    if (d > q->px)
        return;
    fig_paint(o, g->costume->second_rgb, fig_fill(d, q->px));
    if (d < 0.0f) {
        o->id = SURFACE_BAND;
        o->ink = 0.0f;
        o->gloss = 0.0f;
    }
}

/* The ear stands out of the hair, < 0 inside its outline. */
static float ear_edge(const hm_figure *g, const head_at *q)
{
    const hm_head_box *b = &g->shape->head;
    float y = q->v - (b->ear_y_m - b->eye_y_m) / g->unit_m;
    float z = q->w - (b->ear_z_m - b->centre_m.z) / g->unit_m;
    float out = 0.93f * b->half_width_m / g->unit_m - q->a;
    float r = sqrtf(y * y / (0.27f * 0.27f) + z * z / (0.16f * 0.16f)) - 1.0f;
    return fig_max(0.16f * r, out);
}

static bool is_short(hm_hair h)
{
    return h == HM_HAIR_SHAVED || h == HM_HAIR_CROP || h == HM_HAIR_AFRO;
}

/* Around an axis, 0 .. 4 for a whole turn, without a trigonometric function. */
static float diamond(float x, float y)
{
    float r = fabsf(x) + fabsf(y);
    if (r < 1e-6f)
        return 0.0f;
    float t = x / r;
    return y >= 0.0f ? 1.0f - t : 3.0f + t;
}

/* Where strands run: lines of equal value follow the hair, about one strand a unit. */
static float strand_at(hm_hair style, const head_at *q)
{
    switch (style) {
    case HM_HAIR_PONYTAIL:
    case HM_HAIR_BUN:
        return 17.0f * diamond(q->u, q->v - 0.28f);
    case HM_HAIR_BRAIDS:
        return 6.0f * diamond(q->u, q->v - 0.22f);
    case HM_HAIR_BOB:
        return 20.0f * diamond(q->u, q->w + 0.1f);
    default:
        return 18.0f * (q->w + 0.25f * q->v) + 2.5f * q->u;
    }
}

/* A strand: ink on fair hair, a paler tone on hair that is nearly as dark as ink. */
static void strand_mark(hm_surface *o, float cov)
{
    float fair = fig_step(0.10f, 0.22f, fig_luma(o->albedo));
    hm_rgb pale = fig_mix(o->albedo, fig_rgb(0.62f, 0.58f, 0.60f), 0.34f);
    fig_paint(o, pale, cov * (1.0f - fair));
    fig_ink(o, cov * fair);
}

static void long_strands(const hm_figure *g, const head_at *q, hm_surface *o)
{
    hm_hair style = g->shape->hair;
    float c = strand_at(style, q), n = (float)fig_cell_of(c);
    if (style == HM_HAIR_BRAIDS) {
        /* Plaits: partings, and the chevrons between them. */
        float in = fabsf(c - n - 0.5f);
        float zig = (0.7f * q->v - q->w) * 15.0f + 2.5f * in;
        float e = (fig_fract(zig) - 0.5f) / 15.0f;
        strand_mark(o, 0.80f * fig_line((0.5f - in) / 7.0f, 0.010f, q->px));
        strand_mark(o, 0.40f * fig_line(e, 0.005f, q->px));
        return;
    }
    float r = fig_cell((int32_t)n, 0, g->costume->grain);
    float d = (c - n - 0.25f - 0.5f * r) / 17.0f;
    strand_mark(o, (r > 0.4f ? 0.50f : 0.22f) * fig_line(d, 0.003f + 0.006f * r, q->px));
}

/* Short and curly hair: small commas rather than lines. */
static void short_strands(const hm_figure *g, const head_at *q, hm_surface *o)
{
    float s = g->shape->hair == HM_HAIR_AFRO ? 9.0f : 17.0f;
    float x = (0.8f * q->u + 0.9f * q->w) * s, y = (q->v - 0.5f * q->w + 0.4f * q->u) * s;
    int32_t cy = fig_cell_of(y);
    x += (cy & 1) ? 0.5f : 0.0f;
    int32_t cx = fig_cell_of(x);
    float r = fig_cell(cx, cy, g->costume->grain), r2 = fig_cell(cy, cx, g->costume->grain);
    float fx = x - (float)cx - 0.30f - 0.4f * r2, fy = y - (float)cy - 0.35f - 0.3f * r;
    float ring = sqrtf(fx * fx + fy * fy) - 0.16f - 0.14f * r2;
    bool half = fx * (r - 0.5f) + 0.4f * fy > 0.0f;
    if (half && r > 0.35f)
        strand_mark(o, 0.40f * fig_line(ring / s, 0.004f, q->px));
}

/* Hair drawn on the skull: all of it on a shaved head, the short sides and the hair line elsewhere.
 */
static void scalp(const hm_figure *g, const head_at *q, hm_surface *o)
{
    bool bare = g->shape->hair == HM_HAIR_SHAVED, low = is_short(g->shape->hair);
    float d = fig_max(hair_edge(g, q) + (low ? 0.0f : 0.05f), -ear_edge(g, q));
    float soft = bare ? 0.10f : low ? 0.06f : 0.03f;
    float cov = fig_fill(d, q->px + soft) * (bare ? 0.40f : low ? 0.86f : 1.0f);
    if (cov <= 0.0f)
        return;
    fig_paint(o, g->costume->hair, cov);
    o->gloss *= bare ? 1.0f : 1.0f - cov;
    if (!low && q->px < 0.035f && d < 0.0f)
        long_strands(g, q, o);
}

void surface_head(const hm_figure *g, const hm_frag *f, const spot *p, hm_surface *o)
{
    head_at q = head_of(g, p);
    smooth_normal(g, f, &q, o);
    /* Under the chin and the jaw it is always darker; cheeks and nose are a little warmer. */
    o->shade_bias -= 0.45f * fig_step(-0.92f, -1.08f, q.v);
    float warm =
        fig_step(0.30f, 0.05f, fabsf(q.a - 0.36f)) * fig_step(0.24f, 0.05f, fabsf(q.v + 0.30f));
    if (q.w > 0.2f)
        fig_paint(o, fig_rgb(0.80f, 0.36f, 0.30f), warm * (0.06f + 0.12f * g->strain));
    o->gloss *= 0.6f;
    scalp(g, &q, o);
    if (q.w > 0.22f)
        face_paint(&g->face, q.u, q.v, q.px, o);
    else
        face_beard(&g->face, q.u, q.v - 0.8f * (0.22f - q.w), q.px, o);
    ear_lines(g, p, &q, o);
    sweat_drops(g, &q, o);
    head_band(g, &q, o);
}

void surface_hair(const hm_figure *g, const spot *p, hm_surface *o)
{
    head_at q = head_of(g, p);
    o->albedo = g->costume->hair;
    o->id = SURFACE_HAIR;
    o->gloss = is_short(g->shape->hair) ? 0.06f : 0.22f;
    /* A band of light round the crown with a torn edge. */
    if (!is_short(g->shape->hair)) {
        float c = 1.7f * strand_at(g->shape->hair, &q), n = (float)fig_cell_of(c);
        float tear = q.px < 0.04f ? 0.09f * fig_cell((int32_t)n, 1, g->costume->grain) : 0.04f;
        float mid = 0.90f + 0.30f * q.w - 0.45f * q.a * q.a;
        float band = fig_fill(fabsf(q.v - mid) - 0.015f - tear, q.px + 0.012f);
        float light = fig_luma(o->albedo);
        fig_paint(o, fig_mix(o->albedo, fig_rgb(0.80f, 0.80f, 0.86f), 0.14f + 0.20f * light),
                  0.9f * band);
    }
    if (q.px < 0.035f) {
        if (is_short(g->shape->hair))
            short_strands(g, &q, o);
        else
            long_strands(g, &q, o);
    }
    head_band(g, &q, o);
}
