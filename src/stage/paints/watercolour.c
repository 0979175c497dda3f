/* watercolour.c - washes on white paper: two tones, pigment that pools at their border, colours
 * that run out into paper far away and at the edge of the sheet. Built once for each instruction
 * set.
 *
 * Washes lie in the world (bodies: in rest coordinates), grain in the paper, so only what is meant
 * to boil does. */
#include "noise_priv.h"
#include "shade_priv.h"

#define PAPER_R 0.985f
#define PAPER_G 0.970f
#define PAPER_B 0.930f

/* How much paint lies at a point of the sheet: 0 = bare paper. The brush stops short of the edge,
 * in strokes. */
HOT_INLINE float brushed(const raster_job *job, float x_px, float y_px)
{
    float w = 2.0f * job->view.cx_px, h = 2.0f * job->view.cy_px;
    float dx = x_px < w - x_px ? x_px : w - x_px, dy = y_px < h - y_px ? y_px : h - y_px;
    float in = (dx < dy ? dx : dy) / h;
    float ragged = noise_at(9.0f * x_px / h, 34.0f * y_px / h, 11u) +
                   0.6f * noise_at(31.0f * x_px / h, 11.0f * y_px / h, 12u);
    return shade_clamp01((in - 0.022f - 0.013f * ragged) * 160.0f);
}

HOT_INLINE hm_rgb paint_point(const raster_job *job, const shade_point *p, bool actors)
{
    const hm_paint_params *l = &job->paint;
    const hm_light *lamp = &job->scene->light;
    float ndl = shade_cos(p, shade_key(job, p));
    /* where the wash lies: on a body, on the ground, on what stands upright, or in the sky */
    float sky = p->depth_m > 0 ? 0.0f : 1.0f;
    float h_inv = 0.5f / job->view.cy_px;
    float u = actors ? shade_mix(p->x_m, 9.0f * p->rest_x_m, p->actor) : p->x_m;
    float v = actors ? shade_mix(shade_mix(p->y_m, p->z_m, p->ground), 9.0f * p->rest_y_m, p->actor)
                     : shade_mix(p->y_m, p->z_m, p->ground);
    u = shade_mix(shade_mix(u + 0.7f * p->z_m * (1.0f - p->actor), u, p->ground),
                  7.0f * p->x_px * h_inv, sky);
    v = shade_mix(v, 7.0f * p->y_px * h_inv, sky);
    float broad = noise_at(0.23f * u, 0.23f * v, 1u), fine = noise_at(1.1f * u, 1.1f * v, 2u);
    /* two tones with a border that wanders, pigment pooling along it */
    float cut = (ndl - l->half_cos - 0.10f * fine) * 9.0f;
    float tone = shade_clamp01(cut + 0.5f) * (1.0f - l->cast_frac * p->cast);
    float pool = tone * (1.0f - tone) * 4.0f;
    float grain = noise_at(0.9f * p->x_px * h_inv * 720.0f, 0.9f * p->y_px * h_inv * 720.0f, 3u);
    float wash = 1.0f + 0.10f * broad + 0.05f * fine + 0.025f * grain - 0.10f * pool * p->actor;
    /* more colour than life has */
    float grey = 0.30f * p->r + 0.59f * p->g + 0.11f * p->b;
    float full = 1.22f - 0.22f * p->emit;
    float ar = shade_mix(grey, p->r, full), ag = shade_mix(grey, p->g, full),
          ab = shade_mix(grey, p->b, full);
    float sr = shade_mix(l->shade.r, 1.0f, tone), sg = shade_mix(l->shade.g, 1.0f, tone);
    float sb = shade_mix(l->shade.b, 1.0f, tone);
    float r = ar * sr * shade_mix(1.0f, lamp->sun.r, 0.5f),
          g = ag * sg * shade_mix(1.0f, lamp->sun.g, 0.5f);
    float b = ab * sb * shade_mix(1.0f, lamp->sun.b, 0.5f);
    r = shade_mix(r, p->r, p->emit), g = shade_mix(g, p->g, p->emit),
    b = shade_mix(b, p->b, p->emit);
    /* thin paint lets the paper through: more of it where the wash is thin, far away, in the sky */
    /* and bodies' wash is thinner than the yard's: what is dark and swings before it flickers less
     */
    float thin = 0.06f + 0.10f * broad + sky * (0.08f + 0.24f * broad);
    thin = shade_clamp01(thin * (1.0f - 0.8f * p->actor)) + 0.10f * p->actor;
    wash *= shade_mix(0.84f, 1.0f, p->actor);
    r = shade_mix(r * wash, PAPER_R, thin), g = shade_mix(g * wash, PAPER_G, thin);
    b = shade_mix(b * wash, PAPER_B, thin);
    float ink = p->ink * 0.9f;
    r = shade_mix(r, l->ink.r, ink), g = shade_mix(g, l->ink.g, ink),
    b = shade_mix(b, l->ink.b, ink);
    float on = brushed(job, p->x_px, p->y_px);
    float bare = 1.0f + 0.012f * grain;
    return (hm_rgb){shade_mix(PAPER_R * bare, r, on), shade_mix(PAPER_G * bare, g, on),
                    shade_mix(PAPER_B * bare, b, on)};
}

#define PAINT_TILE HOT(watercolour_tile)
#include "shade_tmpl.h"
