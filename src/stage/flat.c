#include "stage/flat.h"

#include "noise_priv.h"

#include <string.h>

/* What the kernels of paints/ do to colour, without their light. */
typedef struct flat_style {
    const char *paint;
    float figure_full, place_full; /* of the colour's strength */
    float place_lift;              /* the place goes so far to its paper */
    float wash, dry;               /* broad noise of a wash; strokes of a dry brush */
    float bare_x, bare_y;          /* of the picture's height, left bare at its sides and ends */
    hm_rgb paper;
} flat_style;

static const flat_style styles[] = {
    {"cel", 0.88f, 0.62f, 0.10f, 0.0f, 0.07f, 0.060f, 0.012f, {0.80f, 0.785f, 0.745f}},
    {"watercolour", 1.22f, 1.05f, 0.24f, 0.10f, 0.0f, 0.022f, 0.022f, {0.985f, 0.970f, 0.930f}},
    {"motion", 1.05f, 0.80f, 0.20f, 0.0f, 0.03f, -1.0f, -1.0f, {0.965f, 0.960f, 0.945f}},
};

static const flat_style *style_of(const hm_paint *paint)
{
    const char *name = hm_paint_name(paint);
    for (size_t k = 1; k < sizeof styles / sizeof styles[0]; k++)
        if (strcmp(styles[k].paint, name) == 0)
            return &styles[k];
    return &styles[0];
}

static float mix(float a, float b, float k)
{
    return a + k * (b - a);
}

static float clamp01(float v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

static hm_rgb toned(hm_rgb c, float full, float light)
{
    float grey = 0.30f * c.r + 0.59f * c.g + 0.11f * c.b;
    return (hm_rgb){clamp01(light * mix(grey, c.r, full)), clamp01(light * mix(grey, c.g, full)),
                    clamp01(light * mix(grey, c.b, full))};
}

hm_rgb hm_flat_figure(const hm_paint *paint, hm_rgb seen, hm_rgb shade, bool lit)
{
    const flat_style *s = style_of(paint);
    hm_paint_params p = hm_paint_params_of(paint);
    if (lit)
        return toned(seen, s->figure_full, 1.04f);
    hm_rgb cut = {mix(shade.r, seen.r * p.shade.r, 0.4f), mix(shade.g, seen.g * p.shade.g, 0.4f),
                  mix(shade.b, seen.b * p.shade.b, 0.4f)};
    return toned(cut, s->figure_full, 1.0f);
}

hm_rgb hm_flat_place(const hm_paint *paint, hm_rgb seen, float x_px, float y_px, int32_t w_px,
                     int32_t h_px)
{
    const flat_style *s = style_of(paint);
    float h = (float)h_px, u = x_px / h, v = y_px / h;
    float broad = noise_at(4.2f * u, 4.2f * v, 1u), fine = noise_at(19.0f * u, 19.0f * v, 2u);
    float stroke = noise_at(9.0f * u + 1.5f * v, 60.0f * v - 9.0f * u, 22u);
    hm_rgb c =
        toned(seen, s->place_full,
              1.0f + s->wash * (broad + 0.5f * fine) + s->dry * stroke + 0.3f * s->dry * fine);
    float lift = s->place_lift + 0.5f * s->wash * (broad + 0.3f * fine);
    float side = (x_px < (float)w_px - x_px ? x_px : (float)w_px - x_px) / h;
    float end = (y_px < h - y_px ? y_px : h - y_px) / h;
    float ragged = noise_at(3.0f * u, 70.0f * v, 24u) + 0.5f * noise_at(11.0f * u, 150.0f * v, 25u);
    float in_x = clamp01((side - s->bare_x * (1.0f + 0.9f * ragged)) * 26.0f);
    float in_y = clamp01((end - s->bare_y * (1.0f + 0.6f * fine)) * 120.0f);
    float bare = 1.0f - (in_x < in_y ? in_x : in_y);
    bare = lift > bare ? lift : bare;
    return (hm_rgb){mix(c.r, s->paper.r, bare), mix(c.g, s->paper.g, bare),
                    mix(c.b, s->paper.b, bare)};
}

hm_rgb hm_flat_paper(const hm_paint *paint)
{
    return style_of(paint)->paper;
}

float hm_flat_noise(float x, float y, uint32_t seed)
{
    return noise_at(x, y, seed);
}
