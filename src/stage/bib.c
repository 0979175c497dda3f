/* Text of a bib as a pyramid of coverage maps, drawn once with pango. */
#include "costume_priv.h"

#include <pango/pangocairo.h>
#include <string.h>

enum { BIB_W_PX = 256, BIB_FONT_PX = 40 };

#define BIB_FAMILY "Inter,Noto Sans CJK JP,Sans"

typedef struct line {
    PangoLayout *layout;
    PangoRectangle ink;
} line;

static line line_of(PangoContext *fonts, const char *text, PangoWeight weight)
{
    line l = {pango_layout_new(fonts), {0, 0, 0, 0}};
    PangoFontDescription *d = pango_font_description_from_string(BIB_FAMILY);
    pango_font_description_set_weight(d, weight);
    pango_font_description_set_absolute_size(d, BIB_FONT_PX * PANGO_SCALE);
    pango_layout_set_font_description(l.layout, d);
    pango_font_description_free(d);
    pango_layout_set_text(l.layout, text, -1);
    pango_layout_get_pixel_extents(l.layout, &l.ink, NULL);
    return l;
}

/* Fill the box with the text's ink, as large as fits, centred. */
static void line_draw(cairo_t *cr, const line *l, double x, double y, double w, double h)
{
    if (l->ink.width < 1 || l->ink.height < 1)
        return;
    double kx = w / l->ink.width, ky = h / l->ink.height;
    double k = kx < ky ? kx : ky;
    /* Narrow the widest names rather than shrink them to nothing. */
    double sy = ky < 1.7 * k ? ky : 1.7 * k, sx = k == kx ? kx : k;
    cairo_save(cr);
    cairo_translate(cr, x + 0.5 * (w - sx * l->ink.width), y + 0.5 * (h - sy * l->ink.height));
    cairo_scale(cr, sx, sy);
    cairo_move_to(cr, -l->ink.x, -l->ink.y);
    pango_cairo_show_layout(cr, l->layout);
    cairo_restore(cr);
}

static void draw_lines(cairo_t *cr, PangoContext *fonts, const char *text, const char *small,
                       double w, double h)
{
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_GRAY);
    cairo_set_source_rgba(cr, 0, 0, 0, 1);
    line big = line_of(fonts, text, PANGO_WEIGHT_HEAVY);
    double m = 0.07 * w, room = small[0] ? 0.56 * h : h - 2 * m;
    line_draw(cr, &big, m, small[0] ? 0.10 * h : m, w - 2 * m, room);
    g_object_unref(big.layout);
    if (small[0]) {
        line low = line_of(fonts, small, PANGO_WEIGHT_BOLD);
        line_draw(cr, &low, m, 0.71 * h, w - 2 * m, 0.23 * h);
        g_object_unref(low.layout);
    }
}

void *bib_fonts_open(void)
{
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!map)
        return NULL;
    PangoContext *c = pango_font_map_create_context(map);
    g_object_unref(map);
    cairo_font_options_t *o = cairo_font_options_create();
    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(c, o);
    cairo_font_options_destroy(o);
    /* Han glyphs as Japanese readers know them, whatever the machine's locale. */
    pango_context_set_language(c, pango_language_from_string("ja"));
    pango_context_set_base_dir(c, PANGO_DIRECTION_LTR);
    return c;
}

void bib_fonts_close(void *fonts)
{
    if (fonts)
        g_object_unref(fonts);
}

/* Next level: mean of 2 x 2. Sizes are even by construction. */
static void halve(const uint8_t *from, int32_t w, int32_t h, uint8_t *to)
{
    for (int32_t y = 0; y < h / 2; y++)
        for (int32_t x = 0; x < w / 2; x++) {
            const uint8_t *p = from + 2 * y * w + 2 * x;
            to[y * (w / 2) + x] = (uint8_t)((p[0] + p[1] + p[w] + p[w + 1] + 2) / 4);
        }
}

static hm_status levels(const uint8_t *a8, int32_t stride, int32_t w, int32_t h, hm_arena *arena,
                        hm_bib *bib, hm_err *err)
{
    for (int k = 0; k < HM_BIB_LEVEL_COUNT; k++) {
        int32_t kw = w >> k, kh = h >> k;
        uint8_t *map = HM_PUSH(arena, uint8_t, kw * kh);
        if (!map)
            return hm_err_set(err, HM_ERR_SYSTEM, "costume", 0, 0, "", "no memory for a bib");
        if (k == 0)
            for (int32_t y = 0; y < h; y++)
                memcpy(map + y * w, a8 + y * stride, (size_t)w);
        else
            halve(bib->cover[k - 1], kw * 2, kh * 2, map);
        bib->cover[k] = map;
        bib->w_px[k] = kw;
        bib->h_px[k] = kh;
    }
    return HM_OK;
}

hm_status costume_bib(void *fonts, const char *text, const char *small, float width_m,
                      float height_m, hm_arena *arena, hm_bib *out, hm_err *err)
{
    hm_bib bib = {.width_m = width_m, .height_m = height_m};
    int32_t w = BIB_W_PX, h = (int32_t)((float)w * height_m / width_m) & ~15;
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_A8, w, h);
    cairo_t *cr = cairo_create(s);
    draw_lines(cr, fonts, text, small, w, h);
    cairo_surface_flush(s);
    hm_status st = HM_OK;
    if (cairo_status(cr) != CAIRO_STATUS_SUCCESS)
        st = hm_err_set(err, HM_ERR_SYSTEM, "costume", 0, 0, "", "cannot draw a bib: %s",
                        cairo_status_to_string(cairo_status(cr)));
    else
        st = levels(cairo_image_surface_get_data(s), cairo_image_surface_get_stride(s), w, h, arena,
                    &bib, err);
    cairo_destroy(cr);
    cairo_surface_destroy(s);
    if (st == HM_OK)
        *out = bib;
    return st;
}
