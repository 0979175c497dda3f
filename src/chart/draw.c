/* draw.c - the surfaces of cairo, and what of their output would change from call to call. */
#include "chart/draw.h"

#include "page_priv.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

const char *const hm_chart_format_word[] = {"svg", "png", "pdf", NULL};

/* Bytes that a library hands over piece by piece. */
typedef struct sink {
    hm_arena *arena;
    char *bytes;
    size_t n, cap;
} sink;

static cairo_status_t take(void *ctx, const unsigned char *bytes, unsigned n)
{
    sink *s = ctx;
    char *grown = hm_arena_grow(s->arena, s->bytes, s->n, (size_t)n + 1, &s->cap, 1);
    if (!grown)
        return CAIRO_STATUS_NO_MEMORY;
    s->bytes = grown;
    memcpy(s->bytes + s->n, bytes, n);
    s->n += n;
    s->bytes[s->n] = '\0';
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *surface_new(const hm_chart_figure *fig, hm_chart_format format,
                                    double px_per_pt, const chart_page *page, sink *out)
{
    cairo_surface_t *s;
    switch (format) {
    case HM_CHART_SVG:
        s = cairo_svg_surface_create_for_stream(take, out, page->w, page->h);
        cairo_svg_surface_set_document_unit(s, CAIRO_SVG_UNIT_PT);
        return s;
    case HM_CHART_PDF:
        s = cairo_pdf_surface_create_for_stream(take, out, page->w, page->h);
        /* without this cairo asks the clock */
        cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, "");
        cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, fig->title ? fig->title : "");
        return s;
    default:
        return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(page->w * px_per_pt - 0.01),
                                          (int)ceil(page->h * px_per_pt - 0.01));
    }
}

/* cairo counts surfaces over the life of the process: that number is taken out of the text. */
static void forget_surface_number(sink *s)
{
    static const char mark[] = "id=\"surface";
    char *to = s->bytes, *from = s->bytes, *at;
    while ((at = strstr(from, mark)) != NULL) {
        size_t keep = (size_t)(at - from) + sizeof mark - 1;
        memmove(to, from, keep);
        to += keep;
        from += keep;
        from += strspn(from, "0123456789");
    }
    memmove(to, from, strlen(from) + 1);
    s->n = strlen(s->bytes);
}

static hm_status draw_to(const hm_chart_figure *fig, hm_chart_format format, double px_per_pt,
                         chart_canvas *v, const chart_page *page, sink *out, hm_err *err)
{
    cairo_surface_t *surface = surface_new(fig, format, px_per_pt, page, out);
    v->c = cairo_create(surface);
    v->outlines = format == HM_CHART_PNG;
    if (format == HM_CHART_PNG)
        cairo_scale(v->c, px_per_pt, px_per_pt);
    hm_status status = chart_page_draw(fig, v, page, err);
    cairo_status_t drawn = cairo_status(v->c);
    cairo_destroy(v->c);
    v->c = NULL;
    if (status == HM_OK && drawn == CAIRO_STATUS_SUCCESS && format == HM_CHART_PNG)
        drawn = cairo_surface_write_to_png_stream(surface, take, out);
    cairo_surface_finish(surface);
    if (drawn == CAIRO_STATUS_SUCCESS)
        drawn = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    HM_TRY(status);
    if (drawn != CAIRO_STATUS_SUCCESS || out->n == 0)
        return hm_err_set(err, HM_ERR_SYSTEM, "figure", 0, 0, NULL, "cairo: %s",
                          cairo_status_to_string(drawn));
    if (format == HM_CHART_SVG)
        forget_surface_number(out);
    return HM_OK;
}

static hm_status check_picture(const chart_page *page, double px_per_pt, hm_err *err)
{
    double side = fmax(page->w, page->h) * px_per_pt;
    if (side <= HM_CHART_SIDE_MAX_PX)
        return HM_OK;
    return hm_err_set(err, HM_ERR_INPUT, "figure", 0, 0, NULL,
                      "expected a picture of %d px a side at most, found %.0f: draw it smaller, or "
                      "as SVG or PDF",
                      HM_CHART_SIDE_MAX_PX, side);
}

static hm_status lay_out_and_draw(const hm_chart_figure *fig, hm_chart_format format,
                                  double px_per_pt, chart_canvas *v, sink *out, hm_err *err)
{
    chart_page page;
    HM_TRY(chart_layout(fig, v, &page, err));
    if (format == HM_CHART_PNG)
        HM_TRY(check_picture(&page, px_per_pt, err));
    return draw_to(fig, format, px_per_pt, v, &page, out, err);
}

hm_status hm_chart_draw(const hm_chart_figure *fig, hm_chart_format format, double px_per_pt,
                        hm_arena *arena, char **bytes, size_t *n, hm_err *err)
{
    HM_ASSERT(format < HM_CHART_FORMAT_COUNT);
    HM_ASSERT(format != HM_CHART_PNG || (px_per_pt >= 0.25 && px_per_pt <= 16));
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    chart_canvas v;
    sink out = {.arena = &scratch};
    hm_status status = chart_canvas_open(&v, &scratch, err);
    if (status == HM_OK)
        status = lay_out_and_draw(fig, format, px_per_pt, &v, &out, err);
    if (status == HM_OK) {
        char *copy = HM_PUSH(arena, char, out.n + 1);
        if (copy) {
            memcpy(copy, out.bytes, out.n + 1);
            *bytes = copy;
            *n = out.n;
        } else
            status = hm_err_set(err, HM_ERR_SYSTEM, "figure", 0, 0, NULL, "no memory");
    }
    chart_canvas_close(&v);
    hm_arena_free(&scratch);
    return status;
}
