/* doc_pdf.c - a document onto the pages of a PDF. Sections become the outline. */
#include "doc_layout_priv.h"

#include <cairo-pdf.h>
#include <stdio.h>
#include <string.h>

typedef struct press {
    const hm_doc *doc;
    const doc_layout *l;
    chart_canvas *v;
    doc_bytes *scratch;
} press;

static cairo_status_t take(void *ctx, const unsigned char *bytes, unsigned n)
{
    doc_bytes *out = ctx;
    doc_put_n(out, (const char *)bytes, n);
    return out->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static void write_text(press *p, chart_style style, chart_rgb rgb, const char *text, double x,
                       double y, double ax, double w, int32_t lines)
{
    chart_write(p->v, style, rgb, doc_plain(p->scratch, text), x, y, ax, 0,
                (chart_set){.max_w_pt = w, .n_line = lines, .keep_dir = true, .on_base = true});
}

/* ---- head and foot ---- */

/* "Page %d of %d" with its numbers. */
static const char *page_words(press *p, int32_t page)
{
    doc_bytes *b = p->scratch;
    doc_bytes words = {.arena = b->arena};
    int32_t number[] = {page + 1, p->l->n_page};
    int k = 0;
    for (const char *s = p->doc->page_of; *s; s++) {
        char text[16];
        if (s[0] == '%' && s[1] == 'd' && k < 2) {
            snprintf(text, sizeof text, "%d", number[k++]);
            doc_put(&words, text);
            s++;
        } else
            doc_put_n(&words, s, 1);
    }
    b->failed |= words.failed;
    return words.at ? words.at : "";
}

static void draw_first_head(press *p)
{
    const hm_doc *d = p->doc;
    const doc_layout *l = p->l;
    double w = l->right - l->left - (l->stamp_w > 0 ? l->stamp_w + 14 : 0), y = l->head_y;
    const chart_set title = {.max_w_pt = w, .n_line = DOC_TITLE_LINES};
    const chart_set line = {.max_w_pt = w, .n_line = DOC_SUBTITLE_LINES};
    chart_write(p->v, CHART_DOC_TITLE, chart_text_rgb(), doc_plain(p->scratch, d->title), l->left,
                y, 0, 0, title);
    y += l->title_h;
    chart_write(p->v, CHART_DOC_SUBTITLE, chart_text_rgb(), doc_plain(p->scratch, d->subtitle),
                l->left, y + 1, 0, 0, line);
    y += l->subtitle_h;
    chart_write(p->v, CHART_SUBTITLE, chart_muted_rgb(), doc_plain(p->scratch, d->line), l->left,
                y + 1, 0, 0, line);
    chart_line(p->v, l->left, l->first_top - 9, l->right, l->first_top - 9, 1.5, chart_text_rgb());
    if (!*d->stamp)
        return;
    const chart_set stamp = {.max_w_pt = l->stamp_w - 13, .n_line = 3};
    const char *word = doc_plain(p->scratch, d->stamp);
    double h = chart_measure(p->v, CHART_DOC_CAPTION, word, stamp).h;
    cairo_rectangle(p->v->c, l->right - l->stamp_w + 0.5, l->head_y + 2.5, l->stamp_w - 1, h + 6);
    chart_colour(p->v, chart_text_rgb());
    cairo_set_line_width(p->v->c, 1);
    cairo_stroke(p->v->c);
    chart_write(p->v, CHART_DOC_CAPTION, chart_text_rgb(), word, l->right - 0.5 * l->stamp_w,
                l->head_y + 5.5, 0.5, 0, stamp);
}

static void draw_later_head(press *p, const char *section)
{
    const doc_layout *l = p->l;
    double w = 0.5 * (l->right - l->left) - 6, base = l->head_y + 7;
    const char *title = doc_plain(p->scratch, p->doc->title);
    const char *event = doc_plain(p->scratch, p->doc->subtitle);
    const char *both = *title && *event ? " · " : "";
    doc_bytes words = {.arena = p->scratch->arena};
    doc_put(&words, title);
    doc_put(&words, both);
    doc_put(&words, event);
    p->scratch->failed |= words.failed;
    write_text(p, CHART_FOOTER, chart_muted_rgb(), words.at, l->left, base, 0, w, 1);
    write_text(p, CHART_FOOTER, chart_muted_rgb(), section, l->right, base, 1, w, 1);
    chart_line(p->v, l->left, l->head_y + 12, l->right, l->head_y + 12, 0.5, chart_axis_rgb());
}

static void draw_foot(press *p, int32_t page)
{
    const doc_layout *l = p->l;
    double y = l->foot_y - 12, base = y + 11;
    chart_line(p->v, l->left, y, l->right, y, 0.5, chart_axis_rgb());
    write_text(p, CHART_FOOTER, chart_muted_rgb(), p->doc->footer, l->left, base, 0,
               l->right - l->left - DOC_PAGE_WORD_PT, DOC_FOOT_LINES);
    write_text(p, CHART_FOOTER, chart_muted_rgb(), page_words(p, page), l->right, base, 1,
               DOC_PAGE_WORD_PT, 1);
}

/* ---- items ---- */

static void draw_cells(press *p, const doc_item *it)
{
    const hm_doc_table *t = it->block->table;
    bool head = it->part == DOC_HEAD;
    for (int32_t c = 0; c < t->n_column; c++) {
        const hm_doc_column *col = &t->column[c];
        const char *text = head ? col->head : t->cell[it->row * t->n_column + c];
        if (!text || !*text)
            continue;
        double x = it->grid->x[c], w = it->grid->w[c];
        cairo_save(p->v->c);
        cairo_rectangle(p->v->c, x - 1, it->y - 1, w + 2, it->h + 2);
        cairo_clip(p->v->c); /* whatever a font draws stays in its cell */
        chart_write(p->v, doc_cell_style(col, head), head ? chart_muted_rgb() : chart_text_rgb(),
                    doc_plain(p->scratch, text), col->right ? x + w : x, it->y + it->base,
                    col->right ? 1 : 0, 0, doc_cell_set(col, w));
        cairo_restore(p->v->c);
    }
}

static void draw_row(press *p, const doc_item *it)
{
    double left = p->l->left, right = left + it->grid->total_w, below = it->y + it->h;
    const hm_doc_table *t = it->block->table;
    if (it->part == DOC_ROW && t->apart[it->row] && it->row > 0)
        chart_line(p->v, left, it->y, right, it->y, 0.9, chart_axis_rgb());
    draw_cells(p, it);
    if (it->part == DOC_HEAD)
        chart_line(p->v, left, below, right, below, 0.9, chart_text_rgb());
    else
        chart_line(p->v, left, below, right, below, 0.35, chart_grid_rgb());
}

static void draw_caption(press *p, const doc_item *it)
{
    const hm_doc_table *t = it->block->table;
    double left = p->l->left, w = it->grid->total_w, base = it->y + it->base;
    doc_bytes words = {.arena = p->scratch->arena};
    doc_put(&words, t->caption ? t->caption : "");
    if (it->again) {
        doc_put(&words, " (");
        doc_put(&words, p->doc->continued);
        doc_put(&words, ")");
    }
    p->scratch->failed |= words.failed;
    write_text(p, CHART_DOC_CAPTION, chart_text_rgb(), words.at, left, base, 0, 0.62 * w, 2);
    write_text(p, CHART_DOC_CELL, chart_text_rgb(), t->aside, left + w, base, 1, 0.36 * w, 1);
}

static void draw_section(press *p, const doc_item *it)
{
    double left = p->l->left, right = p->l->right, base = it->y + it->base, w = right - left;
    const chart_set most = {.max_w_pt = 0.7 * w, .n_line = 2};
    double words_w =
        chart_measure(p->v, CHART_DOC_SECTION, doc_plain(p->scratch, it->block->text), most).w;
    write_text(p, CHART_DOC_SECTION, chart_text_rgb(), it->block->text, left, base, 0, 0.7 * w, 2);
    write_text(p, CHART_DOC_CELL, chart_muted_rgb(), it->block->more, right, base, 1,
               w - words_w - 2 * DOC_GAP_PT, 1);
    chart_line(p->v, left, it->y + it->h - 2, right, it->y + it->h - 2, 0.5, chart_axis_rgb());
}

/* Lines to sign on, side by side, whose hand below each. */
static void draw_signs(press *p, const doc_item *it)
{
    const hm_doc_block *b = it->block, *end = p->doc->block + p->doc->n_block;
    int n = 0;
    while (b + n < end && b[n].kind == HM_DOC_SIGN)
        n++;
    double w = (p->l->right - p->l->left + 24) / n;
    for (int i = 0; i < n; i++) {
        double x = p->l->left + i * w;
        chart_line(p->v, x, it->y, x + w - 24, it->y, 0.6, chart_text_rgb());
        write_text(p, CHART_FOOTER, chart_muted_rgb(), b[i].text, x, it->y + it->base, 0, w - 24,
                   1);
    }
}

static void draw_item(press *p, const doc_item *it)
{
    double left = p->l->left, right = p->l->right, base = it->y + it->base;
    switch (it->part) {
    case DOC_SECTION:
        draw_section(p, it);
        return;
    case DOC_FACT:
        write_text(p, CHART_DOC_CELL, chart_muted_rgb(), it->block->text, left, base, 0,
                   it->key_w - DOC_GAP_PT + 0.5, 1);
        write_text(p, CHART_DOC_CELL, chart_text_rgb(), it->block->more, left + it->key_w, base, 0,
                   right - left - it->key_w, DOC_NOTE_LINES);
        return;
    case DOC_NOTE:
        write_text(p, CHART_FOOTER, chart_muted_rgb(), it->block->text, left, base, 0, right - left,
                   DOC_NOTE_LINES);
        return;
    case DOC_SIGN:
        draw_signs(p, it);
        return;
    case DOC_LINK:
        write_text(p, CHART_DOC_CELL, chart_text_rgb(), it->block->text, left, base, 0,
                   right - left, DOC_NOTE_LINES);
        return;
    case DOC_CAPTION:
        draw_caption(p, it);
        return;
    case DOC_HEAD:
    case DOC_ROW:
        draw_row(p, it);
        return;
    }
}

/* ---- the file ---- */

static void add_outline(press *p, cairo_surface_t *surface, const doc_item *it)
{
    char link[64];
    const char *words = doc_plain(p->scratch, it->block->text);
    snprintf(link, sizeof link, "page=%d pos=[0 %.0f]", it->page + 1, it->y > 8 ? it->y - 8 : 0);
    if (*words)
        cairo_pdf_surface_add_outline(surface, CAIRO_PDF_OUTLINE_ROOT, words, link,
                                      CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

static void draw_pages(press *p, cairo_surface_t *surface)
{
    const doc_layout *l = p->l;
    const char *section = "";
    int32_t i = 0;
    for (int32_t page = 0; page < l->n_page && !p->scratch->failed; page++) {
        hm_arena_mark mark = hm_arena_mark_get(p->scratch->arena);
        if (i < l->n_item && l->item[i].part == DOC_SECTION)
            section = l->item[i].block->text;
        if (page == 0)
            draw_first_head(p);
        else
            draw_later_head(p, section);
        for (; i < l->n_item && l->item[i].page == page; i++) {
            draw_item(p, &l->item[i]);
            if (l->item[i].part != DOC_SECTION)
                continue;
            section = l->item[i].block->text;
            add_outline(p, surface, &l->item[i]);
        }
        draw_foot(p, page);
        hm_arena_release(p->scratch->arena, mark);
        cairo_show_page(p->v->c);
    }
}

static hm_status print(press *p, doc_bytes *out, hm_err *err)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take, out, p->l->w, p->l->h);
    /* without this cairo asks the clock */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                   doc_plain(p->scratch, p->doc->title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT,
                                   doc_plain(p->scratch, p->doc->subtitle));
    p->v->c = cairo_create(surface);
    draw_pages(p, surface);
    cairo_status_t drawn = cairo_status(p->v->c);
    cairo_destroy(p->v->c);
    p->v->c = NULL;
    cairo_surface_finish(surface);
    if (drawn == CAIRO_STATUS_SUCCESS)
        drawn = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (drawn != CAIRO_STATUS_SUCCESS || p->scratch->failed)
        return hm_err_set(err, HM_ERR_SYSTEM, "document", 0, 0, NULL, "cairo: %s",
                          cairo_status_to_string(drawn));
    return HM_OK;
}

hm_status doc_write_pdf(const hm_doc *doc, doc_bytes *out, hm_err *err)
{
    chart_canvas v;
    doc_layout layout;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    doc_bytes scratch = {.arena = &arena};
    hm_status status = chart_canvas_open(&v, &arena, err);
    if (status == HM_OK)
        status = doc_lay_out(doc, &v, &scratch, &layout, err);
    press p = {doc, &layout, &v, &scratch};
    if (status == HM_OK)
        status = print(&p, out, err);
    chart_canvas_close(&v);
    hm_arena_free(&arena);
    return status;
}
