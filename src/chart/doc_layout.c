/* doc_layout.c - measures everything, then fills pages from the top. A table that takes no more
 * than half a page is kept whole; a longer one repeats its caption and head. A section never ends a
 * page. */
#include "doc_layout_priv.h"

#include <math.h>
#include <string.h>

static const double side_pt = 42, head_pt = 34, foot_pt = 34;
static const double cell_ascent_pt = 10.6, cell_descent_pt = 2.9, row_pad_pt = 2.3;
static const double wrap_most_pt = 260, fixed_most_pt = 96, wrap_least_pt = 46;
static const double whole_table_frac = 0.5; /* of a page: no more is kept together */

static const struct {
    double w, h;
} paper_pt[] = {{595.276, 841.89}, {612, 792}}; /* ISO 216 A4; US Letter */

typedef struct maker {
    const hm_doc *doc;
    chart_canvas *v;
    doc_bytes *scratch;
    doc_layout *out;
    int32_t n_grid;
    size_t cap_item;
    doc_grid *grid; /* (n_grid) room for one a table */
} maker;

chart_style doc_cell_style(const hm_doc_column *c, bool head)
{
    return head ? CHART_FOOTER : c->strong ? CHART_DOC_STRONG : CHART_DOC_CELL;
}

chart_set doc_cell_set(const hm_doc_column *c, double w)
{
    return (chart_set){
        .max_w_pt = w, .n_line = c->wraps ? DOC_WRAP_LINES : DOC_FIXED_LINES, .on_base = true};
}

static double height_of(maker *m, chart_style style, const char *text, double w, int32_t lines)
{
    const char *plain = doc_plain(m->scratch, text);
    return chart_measure(m->v, style, plain, (chart_set){.max_w_pt = w, .n_line = lines}).h;
}

/* ---- columns ---- */

static void widen(maker *m, const hm_doc_table *t, double natural[])
{
    for (int32_t r = -1; r < t->n_row; r++)
        for (int32_t c = 0; c < t->n_column; c++) {
            const hm_doc_column *col = &t->column[c];
            double most = col->wraps ? wrap_most_pt : fixed_most_pt;
            const char *text = r < 0 ? col->head : t->cell[r * t->n_column + c];
            if (!text || !*text || natural[c] >= most)
                continue;
            hm_arena_mark mark = hm_arena_mark_get(m->scratch->arena);
            double w = chart_measure(m->v, doc_cell_style(col, r < 0), doc_plain(m->scratch, text),
                                     (chart_set){.max_w_pt = most})
                           .w;
            hm_arena_release(m->scratch->arena, mark);
            natural[c] = fmax(natural[c], ceil(w + 0.5));
        }
}

/* Those that give way share what is left: no more than they want, and equal beyond that. */
static void share(const hm_doc_column column[], int32_t n, const double natural[], double room,
                  double w[])
{
    double level = wrap_most_pt;
    for (; level > wrap_least_pt; level -= 1) {
        double sum = 0;
        for (int32_t c = 0; c < n; c++)
            sum += column[c].wraps ? fmin(natural[c], level) : 0;
        if (sum <= room)
            break;
    }
    double sum = 0;
    for (int32_t c = 0; c < n; c++)
        if (column[c].wraps)
            sum += w[c] = fmin(natural[c], level);
    for (int32_t c = 0; c < n && sum > 0 && sum < room; c++)
        if (column[c].wraps)
            w[c] *= room / sum;
}

static void set_columns(const maker *m, const double natural[], doc_grid *g)
{
    double room = m->out->right - m->out->left - DOC_GAP_PT * (g->n - 1), fixed = 0, total = 0;
    for (int32_t c = 0; c < g->n; c++) {
        g->w[c] = natural[c];
        fixed += g->column[c].wraps ? 0 : natural[c];
    }
    share(g->column, g->n, natural, room - fixed, g->w);
    for (int32_t c = 0; c < g->n; c++)
        total += g->w[c];
    double scale = total > room ? room / total : 1, x = m->out->left;
    for (int32_t c = 0; c < g->n; c++) {
        g->w[c] *= scale;
        g->x[c] = x;
        x += g->w[c] + DOC_GAP_PT;
    }
    g->total_w = x - DOC_GAP_PT - m->out->left;
}

static const doc_grid *grid_of(maker *m, const hm_doc_table *t)
{
    for (int32_t i = 0; i < m->n_grid; i++)
        if (m->grid[i].column == t->column && m->grid[i].n == t->n_column)
            return &m->grid[i];
    double natural[HM_DOC_COLUMN_MAX] = {0};
    for (int32_t i = 0; i < m->doc->n_block; i++) {
        const hm_doc_table *same = m->doc->block[i].table;
        if (same && same->column == t->column && same->n_column == t->n_column)
            widen(m, same, natural);
    }
    doc_grid *g = &m->grid[m->n_grid++];
    *g = (doc_grid){.column = t->column, .n = t->n_column};
    set_columns(m, natural, g);
    return g;
}

/* ---- items ---- */

static void add(maker *m, doc_item item)
{
    doc_layout *out = m->out;
    doc_item *grown = HM_GROW(m->scratch->arena, out->item, out->n_item, &m->cap_item);
    if (!grown) {
        m->scratch->failed = true;
        return;
    }
    out->item = grown;
    out->item[out->n_item++] = item;
}

/* A row is as high as its highest cell; baselines of one row stand on one line. */
static void add_row(maker *m, const hm_doc_block *b, const doc_grid *g, int32_t row)
{
    const hm_doc_table *t = b->table;
    double ascent = cell_ascent_pt, below = cell_descent_pt;
    hm_arena_mark mark = hm_arena_mark_get(m->scratch->arena);
    for (int32_t c = 0; c < t->n_column; c++) {
        const char *text = row < 0 ? t->column[c].head : t->cell[row * t->n_column + c];
        if (!text || !*text)
            continue;
        const char *plain = doc_plain(m->scratch, text);
        chart_style style = doc_cell_style(&t->column[c], row < 0);
        chart_set set = doc_cell_set(&t->column[c], g->w[c]);
        double base = chart_base_pt(m->v, style, plain, set);
        ascent = fmax(ascent, base);
        below = fmax(below, chart_measure(m->v, style, plain, set).h - base);
    }
    hm_arena_release(m->scratch->arena, mark);
    add(m, (doc_item){.part = row < 0 ? DOC_HEAD : DOC_ROW,
                      .block = b,
                      .row = row,
                      .grid = g,
                      .h = ascent + below + row_pad_pt,
                      .base = ascent + 0.5 * row_pad_pt});
}

static void add_table(maker *m, const hm_doc_block *b)
{
    const hm_doc_table *t = b->table;
    const doc_grid *g = grid_of(m, t);
    double w = m->out->right - m->out->left;
    if ((t->caption && *t->caption) || (t->aside && *t->aside))
        add(m,
            (doc_item){.part = DOC_CAPTION,
                       .block = b,
                       .grid = g,
                       .before = 11,
                       .h = fmax(14, height_of(m, CHART_DOC_CAPTION, t->caption, 0.62 * w, 2)) + 2,
                       .base = 11});
    int32_t head = m->out->n_item;
    add_row(m, b, g, -1);
    if (!m->scratch->failed && m->out->n_item > head && head > 0 &&
        m->out->item[head - 1].part != DOC_CAPTION)
        m->out->item[head].before = 11;
    for (int32_t r = 0; r < t->n_row; r++)
        add_row(m, b, g, r);
}

static double key_width(maker *m, int32_t i)
{
    double w = 0;
    for (; i < m->doc->n_block && m->doc->block[i].kind == HM_DOC_FACT; i++)
        w = fmax(w,
                 chart_measure(m->v, CHART_DOC_CELL, doc_plain(m->scratch, m->doc->block[i].text),
                               (chart_set){.max_w_pt = 140})
                     .w);
    return w + DOC_GAP_PT;
}

static void add_text(maker *m, doc_part part, const hm_doc_block *b, chart_style style, double w,
                     double key_w, double before)
{
    const char *text = part == DOC_FACT ? b->more : b->text;
    const char *plain = doc_plain(m->scratch, text);
    chart_set set = {.max_w_pt = w - key_w, .n_line = part == DOC_SECTION ? 2 : DOC_NOTE_LINES};
    double base = fmax(chart_base_pt(m->v, style, plain, set), cell_ascent_pt);
    double h = fmax(chart_measure(m->v, style, plain, set).h, 12);
    add(m, (doc_item){.part = part,
                      .block = b,
                      .key_w = key_w,
                      .before = before,
                      .h = h + (part == DOC_SECTION ? 6 : 2.5),
                      .base = base});
}

static void add_block(maker *m, int32_t i, double *key_w)
{
    const hm_doc_block *b = &m->doc->block[i];
    bool first = i == 0 || m->doc->block[i - 1].kind != b->kind;
    double w = m->out->right - m->out->left;
    switch (b->kind) {
    case HM_DOC_SECTION:
        add_text(m, DOC_SECTION, b, CHART_DOC_SECTION, 0.7 * w, 0, 18);
        return;
    case HM_DOC_FACT:
        if (first)
            *key_w = key_width(m, i);
        add_text(m, DOC_FACT, b, CHART_DOC_CELL, w, *key_w, first ? 6 : 0);
        return;
    case HM_DOC_TABLE:
        add_table(m, b);
        return;
    case HM_DOC_NOTE:
        add_text(m, DOC_NOTE, b, CHART_FOOTER, w, 0, first ? 7 : 0);
        return;
    case HM_DOC_SIGN:
        if (first)
            add(m, (doc_item){.part = DOC_SIGN, .block = b, .before = 34, .h = 16, .base = 11});
        return;
    case HM_DOC_LINK:
        add_text(m, DOC_LINK, b, CHART_DOC_CELL, w, 0, first ? 7 : 0);
        return;
    }
}

/* ---- pages ---- */

static bool of_table(const doc_item *it)
{
    return it->part == DOC_CAPTION || it->part == DOC_HEAD || it->part == DOC_ROW;
}

/* Height from item i to the end of its table. */
static double rest_of_table(const doc_item item[], int32_t n, int32_t i)
{
    double h = 0;
    for (int32_t k = i; k < n && of_table(&item[k]) && item[k].block == item[i].block; k++)
        h += item[k].h + (k > i ? item[k].before : 0);
    return h;
}

/* Height that must find room together with item i, itself included. */
static double needed(const doc_layout *l, const doc_item item[], int32_t n, int32_t i)
{
    double page = l->bottom - l->top, h = 0;
    for (int32_t k = i; k < n; k++) {
        h += item[k].h + (k > i ? item[k].before : 0);
        if (item[k].part == DOC_SECTION || item[k].part == DOC_FACT)
            continue; /* with what it stands above */
        if (item[k].part == DOC_CAPTION || item[k].part == DOC_HEAD) {
            double whole = rest_of_table(item, n, k);
            if (whole <= whole_table_frac * page)
                return h - item[k].h + whole;
            continue;
        }
        /* a row does not leave the last one alone */
        if (item[k].part == DOC_ROW && k + 2 == n)
            return h + item[k + 1].h;
        if (item[k].part == DOC_ROW && k + 2 < n && item[k + 1].part == DOC_ROW &&
            item[k + 2].part != DOC_ROW)
            return h + item[k + 1].h;
        return h;
    }
    return h;
}

static void place(maker *m, doc_item item, double *y)
{
    item.page = m->out->n_page - 1;
    item.y = *y;
    *y += item.h;
    add(m, item);
}

/* Caption and head once more at the top of a page that a table runs on to. */
static void place_again(maker *m, const doc_item item[], int32_t i, double *y)
{
    int32_t first = i;
    while (first > 0 && of_table(&item[first - 1]) && item[first - 1].block == item[i].block)
        first--;
    for (int32_t k = first; k < i && item[k].part != DOC_ROW; k++) {
        doc_item again = item[k];
        again.again = true;
        place(m, again, y);
    }
}

static void paginate(maker *m)
{
    doc_layout *l = m->out;
    int32_t n = l->n_item;
    const doc_item *item = l->item;
    l->item = NULL;
    l->n_item = 0;
    m->cap_item = 0;
    l->n_page = 1;
    double y = l->first_top, top = l->first_top;
    for (int32_t i = 0; i < n && !m->scratch->failed; i++) {
        double before = y > top ? item[i].before : 0;
        bool asked = item[i].part == DOC_SECTION && item[i].block->new_page && i > 0;
        bool breaks = y > top && y + before + needed(l, item, n, i) > l->bottom;
        /* a group that no page holds begins where it is, unless not even its first part fits */
        if (breaks && needed(l, item, n, i) > l->bottom - l->top)
            breaks = y + before + item[i].h > l->bottom;
        if (asked || breaks) {
            l->n_page++;
            y = top = l->top;
            before = 0;
            if (item[i].part == DOC_ROW)
                place_again(m, item, i, &y);
        }
        y += before;
        place(m, item[i], &y);
    }
}

/* ---- the head of the first page ---- */

static void lay_head(maker *m)
{
    doc_layout *l = m->out;
    const hm_doc *d = m->doc;
    double w = l->right - l->left;
    if (*d->stamp)
        l->stamp_w = chart_measure(m->v, CHART_DOC_CAPTION, doc_plain(m->scratch, d->stamp),
                                   (chart_set){.max_w_pt = 0.36 * w, .n_line = 3})
                         .w +
                     14;
    double text_w = w - (l->stamp_w > 0 ? l->stamp_w + 14 : 0);
    l->title_h = *d->title ? height_of(m, CHART_DOC_TITLE, d->title, text_w, DOC_TITLE_LINES) : 0;
    l->subtitle_h =
        *d->subtitle ? height_of(m, CHART_DOC_SUBTITLE, d->subtitle, text_w, DOC_SUBTITLE_LINES) + 2
                     : 0;
    double line_h =
        *d->line ? height_of(m, CHART_SUBTITLE, d->line, text_w, DOC_SUBTITLE_LINES) + 2 : 0;
    double stamp_h = *d->stamp ? height_of(m, CHART_DOC_CAPTION, d->stamp, l->stamp_w, 3) + 8 : 0;
    l->first_top = l->head_y + fmax(l->title_h + l->subtitle_h + line_h, stamp_h) + 16;
}

hm_status doc_lay_out(const hm_doc *doc, chart_canvas *v, doc_bytes *scratch, doc_layout *out,
                      hm_err *err)
{
    *out = (doc_layout){.w = paper_pt[doc->paper].w, .h = paper_pt[doc->paper].h};
    out->left = side_pt;
    out->right = out->w - side_pt;
    out->head_y = head_pt;
    out->foot_y = out->h - foot_pt;
    out->top = head_pt + 22;
    out->bottom = out->foot_y - 26;
    int32_t n_table = 0;
    for (int32_t i = 0; i < doc->n_block; i++)
        n_table += doc->block[i].kind == HM_DOC_TABLE;
    maker m = {.doc = doc, .v = v, .scratch = scratch, .out = out};
    m.grid = HM_PUSH(scratch->arena, doc_grid, n_table + 1);
    if (!m.grid)
        return hm_err_set(err, HM_ERR_SYSTEM, "document", 0, 0, NULL, "no memory");
    lay_head(&m);
    double key_w = 0;
    for (int32_t i = 0; i < doc->n_block && !scratch->failed; i++)
        add_block(&m, i, &key_w);
    paginate(&m);
    if (scratch->failed)
        return hm_err_set(err, HM_ERR_SYSTEM, "document", 0, 0, NULL, "no memory");
    return HM_OK;
}
