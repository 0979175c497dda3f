/* cel.c - traced and painted by hand: few flat tones, a border of tone drawn as a thin line, muted
 * colour, the place in dry brush. Built once for each instruction set. */
#include "noise_priv.h"
#include "shade_priv.h"

/* A line of half width w where v passes 0; v changes by soft within a pixel. */
HOT_INLINE float along(float v, float soft, float w)
{
    float d = v > 0 ? v : -v;
    return shade_clamp01(w + 0.5f - d / soft);
}

/* How much of the place is painted at a point of the sheet: toward the sides the brush runs dry in
 * long strokes. */
HOT_INLINE float brushed(const raster_job *job, float x_px, float y_px)
{
    float w = 2.0f * job->view.cx_px, h = 2.0f * job->view.cy_px;
    float dx = x_px < w - x_px ? x_px : w - x_px, dy = y_px < h - y_px ? y_px : h - y_px;
    float side = dx / h, end = dy / h;
    float stroke = noise_at(3.0f * x_px / h, 70.0f * y_px / h, 24u) +
                   0.5f * noise_at(11.0f * x_px / h, 150.0f * y_px / h, 25u);
    float ragged = noise_at(14.0f * x_px / h, 5.0f * y_px / h, 26u);
    float in_x = shade_clamp01((side - 0.060f - 0.055f * stroke) * 26.0f);
    float in_y = shade_clamp01((end - 0.012f - 0.008f * ragged) * 120.0f);
    return in_x < in_y ? in_x : in_y;
}

HOT_INLINE hm_rgb paint_point(const raster_job *job, const shade_point *p, bool actors)
{
    const hm_paint_params *l = &job->paint;
    float ndl = shade_cos(p, shade_key(job, p));
    float soft = shade_soft(p->px_m, 1.0f, 0.4f);
    float inv = 1.0f / soft;
    /* the brush does not follow a tone's border closely */
    float u = shade_mix(p->x_m + 0.6f * p->z_m, 14.0f * p->rest_x_m, actors ? p->actor : 0.0f);
    float v = shade_mix(shade_mix(p->y_m, p->z_m, p->ground), 14.0f * p->rest_y_m,
                        actors ? p->actor : 0.0f);
    float hand = noise_at(u, v, 21u);
    float edge = ndl + 0.05f * hand;
    float deep = shade_clamp01((edge - l->half_cos + 0.32f) * inv + 0.5f);
    float half = shade_ramp(edge, l->half_cos, inv);
    float lit = shade_ramp(edge, l->lit_cos, inv);
    float high = shade_ramp(edge, 0.86f, inv) * p->gloss;
    float dark = l->cast_frac * p->cast;
    half *= 1.0f - dark, lit *= 1.0f - dark, high *= 1.0f - dark;
    /* five tones: deep shade, shade, half, lit, and a little light */
    float tone = 0.40f + 0.14f * deep + 0.20f * half + 0.26f * lit + 0.14f * high;
    float cool = 1.0f - 0.55f * half - 0.45f * lit;
    float grey = 0.30f * p->r + 0.59f * p->g + 0.11f * p->b;
    float full = shade_mix(0.62f, 0.80f, p->actor);
    float r = shade_mix(grey, p->r, full) * tone * shade_mix(1.04f, l->shade.r, cool);
    float g = shade_mix(grey, p->g, full) * tone * shade_mix(1.01f, l->shade.g, cool);
    float b = shade_mix(grey, p->b, full) * tone * shade_mix(0.95f, l->shade.b, cool);
    r = shade_mix(r, p->r * 0.92f, p->emit), g = shade_mix(g, p->g * 0.92f, p->emit);
    b = shade_mix(b, p->b * 0.92f, p->emit);
    if (actors) { /* the tracer follows the border of the shade too */
        float pen =
            along(edge - l->half_cos, soft, 0.25f) * p->actor * shade_clamp01(2.5f * hand + 0.4f);
        /* and, here and there, of the deep shade: a softer threshold below the first */
        float low = along(edge - l->half_cos + 0.32f, soft, 0.15f) * p->actor *
                    shade_clamp01(2.5f * hand - 0.2f);
        pen = pen > 0.7f * low ? pen : 0.7f * low;
        r *= 1.0f - 0.45f * pen, g *= 1.0f - 0.48f * pen, b *= 1.0f - 0.45f * pen;
    }
    /* dry brush on the place: strokes that run with the ground and stand on walls */
    float stroke = noise_at(shade_mix(3.0f * u, 9.0f * p->x_m, p->ground),
                            shade_mix(0.9f * v, 0.5f * p->z_m, p->ground), 22u);
    float dry = (1.0f - (actors ? p->actor : 0.0f)) * (1.0f - 0.6f * p->emit);
    float lift = 1.0f + dry * (0.07f * stroke + 0.05f * hand);
    r *= lift, g *= lift, b *= lift;
    float h_inv = 720.0f * 0.5f / job->view.cy_px;
    float grain = noise_lattice((uint32_t)(int32_t)(p->x_px * h_inv),
                                (uint32_t)(int32_t)(p->y_px * h_inv), 23u + job->paint.drawing);
    float here = actors ? p->actor : 0.0f; /* the place is held: its paint does not crawl */
    float film = 1.0f + l->grain_frac * grain * here;
    r *= film, g *= film, b *= film;
    float bare = (1.0f - brushed(job, p->x_px, p->y_px)) * (1.0f - here);
    r = shade_mix(r, 0.80f, bare), g = shade_mix(g, 0.785f, bare), b = shade_mix(b, 0.745f, bare);
    float ink = p->ink * 0.8f;
    return (hm_rgb){shade_mix(r, l->ink.r, ink), shade_mix(g, l->ink.g, ink),
                    shade_mix(b, l->ink.b, ink)};
}

#define PAINT_TILE HOT(cel_tile)
#include "shade_tmpl.h"
