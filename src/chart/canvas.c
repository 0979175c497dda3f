/* canvas.c - hinting and metric hinting are off and coverage is grey, so that a font gives the same
 * bytes at every run and a picture twice as large is the same picture. */
#include "canvas_priv.h"

#include <pango/pangocairo.h>
#include <string.h>

#define FAMILY "Inter, Noto Sans CJK JP, Noto Sans, DejaVu Sans, sans-serif"

hm_status chart_canvas_open(chart_canvas *v, hm_arena *arena, hm_err *err)
{
    *v = (chart_canvas){.arena = arena};
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (!map)
        return hm_err_set(err, HM_ERR_SYSTEM, "figure", 0, 0, NULL, "pango has no FreeType fonts");
    PangoContext *c = pango_font_map_create_context(map);
    g_object_unref(map);
    cairo_font_options_t *o = cairo_font_options_create();
    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(c, o);
    cairo_font_options_destroy(o);
    pango_cairo_context_set_resolution(c, 72);
    pango_context_set_language(c, pango_language_from_string("ja")); /* Han in its Japanese form */
    pango_context_set_base_dir(c, PANGO_DIRECTION_LTR);
    pango_context_set_round_glyph_positions(c, FALSE);
    v->context = c;
    return HM_OK;
}

void chart_canvas_close(chart_canvas *v)
{
    if (v->context)
        g_object_unref(v->context);
    v->context = NULL;
}

/* Control characters and broken UTF-8 become spaces, so that Pango neither warns nor stops. */
static void set_clean_text(PangoLayout *l, const char *utf8)
{
    char *valid = g_utf8_make_valid(utf8, -1);
    for (char *c = valid; *c; c++)
        if ((unsigned char)*c < 32 || *c == 127)
            *c = ' ';
    pango_layout_set_text(l, valid, -1);
    g_free(valid);
}

static PangoLayout *layout_new(chart_canvas *v, chart_style style, const char *utf8, chart_set set)
{
    PangoLayout *l = pango_layout_new(v->context);
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family(d, FAMILY);
    pango_font_description_set_weight(d, (PangoWeight)chart_style_weight(style));
    pango_font_description_set_absolute_size(d, chart_style_pt(style) * PANGO_SCALE);
    pango_layout_set_font_description(l, d);
    pango_font_description_free(d);
    PangoAttrList *a = pango_attr_list_new();
    pango_attr_list_insert(a, pango_attr_font_features_new("tnum=1"));
    pango_attr_list_insert(a, pango_attr_insert_hyphens_new(FALSE)); /* names have none of ours */
    pango_layout_set_attributes(l, a);
    pango_attr_list_unref(a);
    set_clean_text(l, utf8);
    pango_layout_set_auto_dir(l, !set.keep_dir);
    if (set.max_w_pt > 0) {
        pango_layout_set_width(l, (int)(set.max_w_pt * PANGO_SCALE));
        pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
        pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
        pango_layout_set_height(l, set.n_line > 1 ? -set.n_line : -1);
    }
    return l;
}

/* A layout with a width reports its lines, not the width it was given. */
static chart_box layout_box(PangoLayout *l)
{
    PangoRectangle ink, logical;
    pango_layout_get_extents(l, &ink, &logical);
    return (chart_box){logical.x / (double)PANGO_SCALE, logical.y / (double)PANGO_SCALE,
                       logical.width / (double)PANGO_SCALE, logical.height / (double)PANGO_SCALE};
}

chart_box chart_measure(chart_canvas *v, chart_style style, const char *utf8, chart_set set)
{
    if (!utf8 || !*utf8)
        return (chart_box){0};
    PangoLayout *l = layout_new(v, style, utf8, set);
    chart_box b = layout_box(l);
    g_object_unref(l);
    return (chart_box){0, 0, b.w, b.h};
}

static double layout_base_pt(PangoLayout *l)
{
    return pango_layout_get_baseline(l) / (double)PANGO_SCALE;
}

double chart_base_pt(chart_canvas *v, chart_style style, const char *utf8, chart_set set)
{
    if (!utf8 || !*utf8)
        return 0;
    PangoLayout *l = layout_new(v, style, utf8, set);
    double base_pt = layout_base_pt(l);
    g_object_unref(l);
    return base_pt;
}

static void keep_word(chart_canvas *v, chart_box b)
{
    if (v->word && v->n_word < v->cap_word)
        v->word[v->n_word++] = b;
}

static void show(chart_canvas *v, PangoLayout *l, chart_rgb rgb, bool halo)
{
    if (halo) {
        chart_rgb paper = chart_paper();
        pango_cairo_layout_path(v->c, l);
        cairo_set_source_rgba(v->c, paper.r, paper.g, paper.b, 0.85);
        cairo_set_line_width(v->c, 3);
        cairo_set_line_join(v->c, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(v->c);
        cairo_move_to(v->c, 0, 0);
    }
    chart_colour(v, rgb);
    if (!v->outlines) {
        pango_cairo_show_layout(v->c, l);
        return;
    }
    pango_cairo_layout_path(v->c, l);
    cairo_fill(v->c);
}

void chart_write(chart_canvas *v, chart_style style, chart_rgb rgb, const char *utf8, double x,
                 double y, double ax, double ay, chart_set set)
{
    if (!utf8 || !*utf8)
        return;
    PangoLayout *l = layout_new(v, style, utf8, set);
    chart_box b = layout_box(l);
    double w = set.upright ? b.h : b.w, h = set.upright ? b.w : b.h;
    chart_box at = {x - ax * w, set.on_base ? y - layout_base_pt(l) : y - ay * h, w, h};
    keep_word(v, at);
    cairo_save(v->c);
    if (set.upright) {
        cairo_translate(v->c, at.x, at.y + h);
        cairo_rotate(v->c, -1.57079632679489661923);
    } else
        cairo_translate(v->c, at.x, at.y);
    cairo_translate(v->c, -b.x, -b.y);
    cairo_move_to(v->c, 0, 0);
    show(v, l, rgb, set.halo);
    cairo_restore(v->c);
    cairo_new_path(v->c);
    g_object_unref(l);
}

void chart_colour(chart_canvas *v, chart_rgb rgb)
{
    cairo_set_source_rgb(v->c, rgb.r, rgb.g, rgb.b);
}

void chart_line(chart_canvas *v, double x0, double y0, double x1, double y1, double w_pt,
                chart_rgb rgb)
{
    chart_colour(v, rgb);
    cairo_set_line_width(v->c, w_pt);
    cairo_move_to(v->c, x0, y0);
    cairo_line_to(v->c, x1, y1);
    cairo_stroke(v->c);
}

void chart_hatch(chart_canvas *v, double x, double y, double w, double h)
{
    const double gap_pt = 3.2, line_pt = 1.1;
    chart_rgb paper = chart_paper();
    cairo_save(v->c);
    cairo_rectangle(v->c, x, y, w, h);
    cairo_clip(v->c);
    for (double at = -h; at < w; at += gap_pt)
        chart_line(v, x + at, y + h, x + at + h, y, line_pt, paper);
    cairo_restore(v->c);
}

static void mark_path(cairo_t *c, hm_chart_mark mark, double x, double y, double r)
{
    switch (mark) {
    case HM_MARK_SQUARE:
        cairo_rectangle(c, x - 0.87 * r, y - 0.87 * r, 1.74 * r, 1.74 * r);
        return;
    case HM_MARK_DIAMOND:
        cairo_move_to(c, x, y - 1.3 * r);
        cairo_line_to(c, x + 1.3 * r, y);
        cairo_line_to(c, x, y + 1.3 * r);
        cairo_line_to(c, x - 1.3 * r, y);
        break;
    case HM_MARK_TRIANGLE:
        cairo_move_to(c, x, y - 1.2 * r);
        cairo_line_to(c, x + 1.1 * r, y + 0.8 * r);
        cairo_line_to(c, x - 1.1 * r, y + 0.8 * r);
        break;
    default:
        cairo_new_sub_path(c);
        cairo_arc(c, x, y, r, 0, 6.28318530717958647693);
    }
    cairo_close_path(c);
}

void chart_mark(chart_canvas *v, hm_chart_mark mark, double x, double y, double size_pt,
                chart_rgb rgb)
{
    mark_path(v->c, mark, x, y, 0.5 * size_pt);
    if (mark == HM_MARK_RING) {
        chart_colour(v, chart_paper());
        cairo_fill_preserve(v->c);
        chart_colour(v, rgb);
        cairo_set_line_width(v->c, 1);
        cairo_stroke(v->c);
        return;
    }
    chart_colour(v, rgb);
    cairo_fill(v->c);
}
