/* text_pango.c - letters made by pangocairo. Hinting and metric hinting are off and coverage is
 * grey, so a font gives the same bytes at every run; another font gives others. */
#include "text_make_priv.h"

#include <pango/pangocairo.h>
#include <string.h>

#include "base/rng.h"

/* Letters as a child sets them: each a little off the line, the same at every run. */
static void jitter(PangoAttrList *list, const text_spec *s, double em_px, const char *utf8)
{
    uint32_t k = 0;
    for (guint from = 0, to; utf8[from]; from = to) {
        for (to = from + 1; ((unsigned char)utf8[to] & 0xc0) == 0x80;)
            to++;
        double off = hm_rng_unit(7, HM_FOR_VENUE, 0x7465787400000000u, k++, 0) - 0.5;
        PangoAttribute *a =
            pango_attr_rise_new((int)(2 * off * s->jitter_em * em_px * PANGO_SCALE));
        a->start_index = from;
        a->end_index = to;
        pango_attr_list_insert(list, a);
    }
}

static PangoLayout *layout_new(PangoContext *fonts, const text_spec *s, double em_px,
                               const char *utf8)
{
    PangoLayout *l = pango_layout_new(fonts);
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family(d, s->family);
    pango_font_description_set_weight(d, (PangoWeight)s->weight);
    pango_font_description_set_absolute_size(d, em_px * PANGO_SCALE);
    pango_layout_set_font_description(l, d);
    pango_font_description_free(d);
    PangoAttrList *a = pango_attr_list_new();
    pango_attr_list_insert(a, pango_attr_font_features_new("tnum=1"));
    if (s->track_em > 0)
        pango_attr_list_insert(
            a, pango_attr_letter_spacing_new((int)(s->track_em * em_px * PANGO_SCALE)));
    if (s->jitter_em > 0)
        jitter(a, s, em_px, utf8);
    pango_layout_set_attributes(l, a);
    pango_attr_list_unref(a);
    pango_layout_set_single_paragraph_mode(l, TRUE);
    pango_layout_set_text(l, utf8, -1);
    return l;
}

/* Width of what a layout needs, ink or advance, whichever is more. */
static int32_t layout_px(PangoLayout *l)
{
    PangoRectangle ink, logical;
    pango_layout_get_pixel_extents(l, &ink, &logical);
    int32_t right = ink.x + ink.width;
    return right > logical.width ? right : logical.width;
}

static hm_status rasterise(PangoLayout *l, hm_arena *arena, text_run *run, hm_err *err)
{
    PangoRectangle ink, logical;
    pango_layout_get_pixel_extents(l, &ink, &logical);
    int32_t base = PANGO_PIXELS(pango_layout_get_baseline(l));
    *run = (text_run){.advance_px = logical.width,
                      .x_px = ink.x - 1,
                      .y_px = ink.y - base - 1,
                      .w_px = ink.width + 2,
                      .h_px = ink.height + 2};
    if (ink.width <= 0 || ink.height <= 0) {
        run->w_px = run->h_px = 0;
        return HM_OK;
    }
    uint8_t *cover = HM_PUSH(arena, uint8_t, (size_t)run->w_px * (size_t)run->h_px);
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_A8, run->w_px, run->h_px);
    cairo_t *c = cairo_create(s);
    cairo_translate(c, 1 - ink.x, 1 - ink.y);
    pango_cairo_show_layout(c, l);
    cairo_surface_flush(s);
    bool is_drawn = cover && cairo_status(c) == CAIRO_STATUS_SUCCESS;
    if (is_drawn)
        for (int32_t y = 0; y < run->h_px; y++)
            memcpy(cover + y * run->w_px,
                   cairo_image_surface_get_data(s) + y * cairo_image_surface_get_stride(s),
                   (size_t)run->w_px);
    run->cover = cover;
    cairo_destroy(c);
    cairo_surface_destroy(s);
    return is_drawn ? HM_OK
                    : hm_err_set(err, HM_ERR_SYSTEM, "text", 0, 0, NULL, "no memory for a text");
}

char *text_make_valid(hm_arena *arena, const char *utf8)
{
    char *valid = g_utf8_make_valid(utf8, -1);
    char *copy = hm_arena_text(arena, valid);
    g_free(valid);
    return copy;
}

hm_status text_make_line(void *maker, const text_spec *spec, const char *text, int32_t max_px,
                         double least_em_px, hm_arena *arena, text_run *run, text_flaws *flaws,
                         hm_err *err)
{
    PangoLayout *l = layout_new(maker, spec, spec->em_px, text);
    if (max_px > 0 && layout_px(l) > max_px) {
        double em_px = spec->em_px * ((double)max_px / layout_px(l) - 0.02);
        g_object_unref(l);
        l = layout_new(maker, spec, em_px > least_em_px ? em_px : least_em_px, text);
        if (layout_px(l) > max_px) {
            pango_layout_set_width(l, (int)((max_px - 2) * PANGO_SCALE));
            pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
            flaws->cut_count += pango_layout_is_ellipsized(l) != FALSE;
        }
    }
    flaws->unknown_glyph_count += pango_layout_get_unknown_glyphs_count(l);
    hm_status s = rasterise(l, arena, run, err);
    g_object_unref(l);
    return s;
}

/* Lines of a layout that end where its language has no place for it: a word was too long. */
static int32_t count_splits(PangoLayout *l, const char *text)
{
    int n_attr = 0, count = pango_layout_get_line_count(l);
    int32_t n = 0;
    const PangoLogAttr *attr = pango_layout_get_log_attrs_readonly(l, &n_attr);
    for (int i = 1; i < count; i++) {
        int from = pango_layout_get_line_readonly(l, i)->start_index;
        glong at = g_utf8_pointer_to_offset(text, text + from);
        n += at < n_attr && !attr[at].is_line_break;
    }
    return n;
}

hm_status text_make_breaks(void *maker, const text_spec *spec, const char *text, int32_t max_px,
                           int32_t max_line, text_span line[], int32_t *n, text_flaws *flaws,
                           hm_err *err)
{
    (void)err;
    PangoLayout *l = layout_new(maker, spec, spec->em_px, text);
    pango_layout_set_width(l, (max_px - 2) * PANGO_SCALE);
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    int count = pango_layout_get_line_count(l);
    flaws->split_count += count_splits(l, text);
    *n = count < max_line ? count : max_line;
    for (int i = 0; i < *n; i++) {
        const PangoLayoutLine *at = pango_layout_get_line_readonly(l, i);
        line[i] = (text_span){at->start_index, at->length};
    }
    g_object_unref(l);
    return HM_OK;
}

hm_status text_maker_open(void **maker, hm_err *err)
{
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!map)
        return hm_err_set(err, HM_ERR_SYSTEM, "text", 0, 0, NULL, "pango has no FreeType fonts");
    PangoContext *c = pango_font_map_create_context(map);
    g_object_unref(map);
    cairo_font_options_t *o = cairo_font_options_create();
    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(c, o);
    cairo_font_options_destroy(o);
    pango_cairo_context_set_resolution(c, 72);
    /* Han glyphs as Japanese readers know them, whatever the machine's locale. */
    pango_context_set_language(c, pango_language_from_string("ja"));
    pango_context_set_base_dir(c, PANGO_DIRECTION_LTR);
    pango_context_set_round_glyph_positions(c, FALSE);
    *maker = c;
    return HM_OK;
}

void text_maker_close(void *maker)
{
    if (maker)
        g_object_unref(maker);
}
