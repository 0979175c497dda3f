#include "theme_priv.h"

#include "num/dmath.h"

/* Okabe and Ito 2008 (jfly.uni-koeln.de/color) where they reach contrast 3 on white; their orange,
 * sky blue and yellow do not and are left out. Their green is darkened by an eighth, so that it
 * holds apart from the purple for deutan eyes. */
static const unsigned ink_hex[HM_INK_COUNT] = {0x222222, 0x0072b2, 0xd55e00,
                                               0x008a65, 0xcc79a7, 0x6f6f6f};

static const struct {
    double em_pt;
    int weight;
} style_of[CHART_STYLE_COUNT] = {{17, 700},  {9.5, 400},  {10, 600},  {8.5, 400}, {8.5, 400},
                                 {8.5, 500}, {8.5, 600},  {8.5, 400}, {8, 400},   {17, 700},
                                 {12, 600},  {12.5, 700}, {9.5, 700}, {9, 400},   {9, 700}};

static chart_rgb rgb_of(unsigned hex)
{
    return (chart_rgb){(hex >> 16 & 255) / 255.0, (hex >> 8 & 255) / 255.0, (hex & 255) / 255.0};
}

static chart_rgb mix(chart_rgb a, chart_rgb b, double k)
{
    return (chart_rgb){a.r + k * (b.r - a.r), a.g + k * (b.g - a.g), a.b + k * (b.b - a.b)};
}

chart_rgb chart_paper(void)
{
    return (chart_rgb){1, 1, 1};
}

chart_rgb chart_text_rgb(void)
{
    return rgb_of(0x1a1a1a);
}

chart_rgb chart_muted_rgb(void)
{
    return rgb_of(0x555555);
}

chart_rgb chart_grid_rgb(void)
{
    return rgb_of(0xe3e3e3);
}

chart_rgb chart_axis_rgb(void)
{
    return rgb_of(0x8c8c8c);
}

chart_rgb chart_ink_rgb(hm_chart_ink ink, double pale_frac)
{
    return mix(rgb_of(ink_hex[ink]), chart_paper(), pale_frac);
}

static double linear(double c)
{
    return c <= 0.04045 ? c / 12.92 : hm_pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(chart_rgb c)
{
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

double chart_contrast(chart_rgb a, chart_rgb b)
{
    double la = luminance(a), lb = luminance(b);
    return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

chart_rgb chart_ink_text(hm_chart_ink ink)
{
    const chart_rgb black = {0, 0, 0};
    chart_rgb c = rgb_of(ink_hex[ink]);
    for (int i = 0; i < 40 && chart_contrast(c, chart_paper()) < 4.5; i++)
        c = mix(c, black, 0.05);
    return c;
}

double chart_style_pt(chart_style style)
{
    return style_of[style].em_pt;
}

int chart_style_weight(chart_style style)
{
    return style_of[style].weight;
}
