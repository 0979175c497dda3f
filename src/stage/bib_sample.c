/* Reading the bib: text coverage filtered to the pixel, on a white panel with a border and pins. */
#include "figure_priv.h"
#include "surface_priv.h"

static float texel(const hm_bib *b, int k, int32_t x, int32_t y)
{
    if (x < 0 || y < 0 || x >= b->w_px[k] || y >= b->h_px[k])
        return 0.0f;
    return (float)b->cover[k][y * b->w_px[k] + x] * (1.0f / 255.0f);
}

float bib_cover(const hm_bib *b, float s, float t, float px_m)
{
    if (!b->cover[0] || !(s >= 0.0f && s <= 1.0f && t >= 0.0f && t <= 1.0f))
        return 0.0f;
    int k = 0;
    float step_m = b->width_m / (float)b->w_px[0];
    while (k + 1 < HM_BIB_LEVEL_COUNT && step_m * 1.4f < px_m) {
        step_m *= 2.0f;
        k++;
    }
    float x = s * (float)b->w_px[k] - 0.5f, y = t * (float)b->h_px[k] - 0.5f;
    int32_t ix = fig_cell_of(x), iy = fig_cell_of(y);
    float fx = (float)ix, fy = (float)iy;
    float top = fig_mix1(texel(b, k, ix, iy), texel(b, k, ix + 1, iy), x - fx);
    float low = fig_mix1(texel(b, k, ix, iy + 1), texel(b, k, ix + 1, iy + 1), x - fx);
    return fig_mix1(top, low, y - fy);
}

bool bib_paint(const hm_bib *b, float s, float t, float px_m, hm_rgb strip, hm_surface *o)
{
    if (!b->cover[0] || !(s > 0.0f && s < 1.0f && t > 0.0f && t < 1.0f))
        return false;
    float ex = (0.5f - fabsf(s - 0.5f)) * b->width_m, ey = (0.5f - fabsf(t - 0.5f)) * b->height_m;
    *o = (hm_surface){.albedo = {0.96f, 0.96f, 0.94f},
                      .id = SURFACE_BIB,
                      .shade_bias = 0.4f * o->shade_bias,
                      .nrm = o->nrm};
    float band = fig_fill((t - 0.055f) * b->height_m, px_m);
    fig_paint(o, strip, band);
    fig_paint(o, fig_rgb(0.05f, 0.05f, 0.07f), bib_cover(b, s, t, px_m));
    if (px_m < 0.002f) {
        float px = ex - 0.009f, py = ey - 0.009f;
        float pin = sqrtf(px * px + py * py) - 0.0028f;
        fig_ink(o, 0.8f * fig_fill(pin, px_m));
    }
    return true;
}
