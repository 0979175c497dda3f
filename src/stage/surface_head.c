/* Head and hair: skin with the drawn face, hair line, strands by style. */
#include "body/mesh.h"
#include "face_priv.h"
#include "figure_priv.h"
#include "surface_priv.h"

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
    q.px = p->px * k;
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
    float hole = fig_fill(sqrtf((ez - 0.03f) * (ez - 0.03f) + 0.5f * (ey + 0.02f) * (ey + 0.02f)) -
                              0.022f, q->px);
    fig_ink(o, 0.55f * fig_max(rim, hole));
    o->shade_bias -= 0.25f * fig_step(1.0f, 0.6f, r);
}

/* Cel tones fall on a smooth egg rather than on every bump of the face. */
static void smooth_normal(const hm_figure *g, const hm_frag *f, const head_at *q, hm_surface *o)
{
    float ux = q->u / 0.46f, vy = (q->v - 0.15f) / 1.35f, wz = (q->w + 0.10f) / 0.72f;
    hm_vec3 egg = hm_v3_unit(hm_v3(ux, vy, wz));
    hm_vec3 world = g->has_pose ? hm_frame_turn(&g->head, egg) : egg;
    float k = 0.60f * fig_step(0.0f, 0.35f, q->w) * fig_step(0.72f, 0.55f, q->a);
    o->nrm = hm_v3_unit(hm_v3_mix(f->nrm, world, k));
}

static void sweat_drops(const hm_figure *g, const head_at *q, hm_surface *o)
{
    if (g->sweat < 0.3f || q->px > 0.02f || (q->v < 0.28f && q->a < 0.42f))
        return;
    float x = q->u * 9.0f, y = q->v * 6.0f;
    int32_t cx = (int32_t)floorf(x), cy = (int32_t)floorf(y);
    float r = fig_cell(cx, cy, g->costume->grain);
    if (r > 0.35f * g->sweat)
        return;
    float dx = (x - (float)cx - 0.5f) / 9.0f, dy = (y - (float)cy - 0.5f) / 6.0f;
    float d = sqrtf(dx * dx + 0.35f * dy * dy) - 0.012f;
    fig_paint(o, fig_rgb(1.0f, 1.0f, 1.0f), 0.7f * fig_fill(d, q->px));
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

static void scalp(const hm_figure *g, const head_at *q, hm_surface *o)
{
    bool bare = g->shape->hair == HM_HAIR_SHAVED;
    float d = hair_edge(g, q);
    float soft = bare ? 0.10f : 0.05f;
    float cov = fig_fill(d, q->px + soft) * (bare ? 0.45f : 0.90f);
    if (cov <= 0.0f)
        return;
    if (q->px < 0.02f)
        cov *= 0.85f + 0.3f * fig_cell((int32_t)floorf(q->u * 50.0f + q->w * 31.0f),
                                       (int32_t)floorf(q->v * 50.0f), 3u);
    fig_paint(o, g->costume->hair, fig_unit(cov));
    o->gloss *= bare ? 1.0f : 1.0f - fig_unit(cov);
}

void surface_head(const hm_figure *g, const hm_frag *f, const spot *p, hm_surface *o)
{
    head_at q = head_of(g, p);
    smooth_normal(g, f, &q, o);
    /* Under the chin and the jaw it is always darker; cheeks and nose are a little warmer. */
    o->shade_bias -= 0.45f * fig_step(-0.92f, -1.08f, q.v);
    float warm = fig_step(0.30f, 0.05f, fabsf(q.a - 0.36f)) * fig_step(0.24f, 0.05f, fabsf(q.v + 0.30f));
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

/* Where strands run: lines of equal value follow the hair [1], about one strand a unit. */
static float strand_at(hm_hair style, const head_at *q)
{
    switch (style) {
    case HM_HAIR_PONYTAIL:
    case HM_HAIR_BUN:
        return 24.0f * q->u / (1.35f + q->w + 0.25f * fabsf(q->v));
    case HM_HAIR_BRAIDS:
        return 9.0f * q->u;
    case HM_HAIR_PARTED:
        return 20.0f * (q->w + 0.35f * (q->u - 0.25f) * (q->u > 0.25f ? 1.0f : -1.0f));
    case HM_HAIR_BOB:
        return 16.0f * q->u / (0.9f + 0.6f * fabsf(q->w)) + 12.0f * q->w;
    default:
        return 0.0f;
    }
}

static void strands(const hm_figure *g, const head_at *q, hm_surface *o)
{
    hm_hair style = g->shape->hair;
    if (style == HM_HAIR_AFRO || style == HM_HAIR_CROP || style == HM_HAIR_SHAVED) {
        /* Short and curly hair: small commas rather than lines. */
        float s = style == HM_HAIR_AFRO ? 11.0f : 20.0f;
        float x = (q->u + 0.7f * q->w) * s, y = (q->v - 0.3f * q->w) * s;
        int32_t cx = (int32_t)floorf(x), cy = (int32_t)floorf(y);
        float r = fig_cell(cx, cy, g->costume->grain);
        float fx = x - (float)cx - 0.5f, fy = y - (float)cy - 0.5f;
        float ring = sqrtf(fx * fx + fy * fy) - 0.28f;
        float arc = fig_line(ring / s, 0.005f, q->px) * (fx * (r - 0.5f) + fy > 0.0f ? 1.0f : 0.0f);
        fig_ink(o, r > 0.45f ? 0.55f * arc : 0.0f);
        return;
    }
    float c = strand_at(style, q), n = floorf(c);
    float r = fig_cell((int32_t)n, 0, g->costume->grain);
    float unit = style == HM_HAIR_BRAIDS ? 9.0f : 20.0f;
    float d = (c - n - 0.3f - 0.4f * r) / unit;
    if (style == HM_HAIR_BRAIDS) {
        /* Plaits: partings, and the chevrons between them. */
        float zig = (q->v + q->w * 0.8f) * 16.0f + 3.0f * fabsf(c - n - 0.5f);
        float e = (zig - floorf(zig) - 0.5f) / 16.0f;
        fig_ink(o, 0.75f * fig_line((c - n - 0.5f) / unit - 0.5f / unit, 0.009f, q->px));
        fig_ink(o, 0.75f * fig_line((c - n) / unit, 0.009f, q->px));
        fig_ink(o, 0.45f * fig_line(e, 0.006f, q->px));
        return;
    }
    fig_ink(o, (r > 0.35f ? 0.55f : 0.25f) * fig_line(d, 0.004f + 0.005f * r, q->px));
}

void surface_hair(const hm_figure *g, const spot *p, hm_surface *o)
{
    head_at q = head_of(g, p);
    o->albedo = g->costume->hair;
    o->id = SURFACE_HAIR;
    o->gloss = 0.25f;
    /* A band of light round the crown with a torn edge. */
    float tear = 0.0f;
    if (q.px < 0.04f) {
        float x = q.u * 13.0f + q.w * 9.0f;
        tear = 0.05f * fabsf(x - floorf(x) - 0.5f);
    }
    bool sleek = g->shape->hair != HM_HAIR_AFRO && g->shape->hair != HM_HAIR_CROP;
    float band = fig_fill(fabsf(q.v - 0.66f - 0.08f * q.w + tear) - 0.045f, q.px + 0.01f);
    float light = fig_luma(o->albedo);
    if (sleek)
        fig_paint(o, fig_mix(o->albedo, fig_rgb(0.80f, 0.80f, 0.86f), 0.20f + 0.18f * light),
                  0.9f * band * fig_step(0.75f, 0.45f, q.a));
    if (q.px < 0.035f)
        strands(g, &q, o);
    head_band(g, &q, o);
}
