/* bib_pango.c - the text of a bib, made by pangocairo. */
#include "text_make_priv.h"

#include <pango/pangocairo.h>
#include <string.h>

enum { BIB_FONT_PX = 40 };

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

hm_status text_make_bib(void *maker, const char *text, const char *small, int32_t w_px,
                        int32_t h_px, uint8_t *cover, hm_err *err)
{
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_A8, w_px, h_px);
    cairo_t *cr = cairo_create(s);
    pango_context_set_round_glyph_positions(maker, TRUE);
    draw_lines(cr, maker, text, small, w_px, h_px);
    pango_context_set_round_glyph_positions(maker, FALSE);
    cairo_surface_flush(s);
    hm_status st = HM_OK;
    if (cairo_status(cr) != CAIRO_STATUS_SUCCESS)
        st = hm_err_set(err, HM_ERR_SYSTEM, "costume", 0, 0, "", "cannot draw a bib: %s",
                        cairo_status_to_string(cairo_status(cr)));
    for (int32_t y = 0; y < h_px && st == HM_OK; y++)
        memcpy(cover + y * w_px,
               cairo_image_surface_get_data(s) + y * cairo_image_surface_get_stride(s),
               (size_t)w_px);
    cairo_destroy(cr);
    cairo_surface_destroy(s);
    return st;
}
