#include "io/csv.h"

#include <csv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "io/utf8.h"

/* libcsv cuts the cells; it is fed one line at a time, so that we know where we are. */

typedef struct line {
    int64_t number;
    const char *text;
    size_t n;
} line;

typedef struct reading {
    const char *source;
    hm_arena *arena; /* of the result */
    hm_arena *cells; /* of the row being cut: the same, or emptied after each row */
    hm_err *err;
    int32_t row_max;
    struct csv_parser parser;
    /* the row being cut */
    hm_csv_row row;
    int32_t cell_room;
    bool no_memory;
} reading;

static hm_status no_memory(const reading *r)
{
    return hm_err_set(r->err, HM_ERR_SYSTEM, r->source, 0, 0, NULL, "no memory");
}

/* The next line of what is left; false at the end. */
static bool next_line(const char **at, const char *end, line *l)
{
    if (*at == end)
        return false;
    const char *e = *at;
    while (e < end && *e != '\n' && *e != '\r')
        e++;
    l->number++;
    l->text = *at;
    l->n = (size_t)(e - *at);
    if (e < end)
        e += *e == '\r' && e + 1 < end && e[1] == '\n' ? 2 : 1;
    *at = e;
    return true;
}

static bool is_blank(const char *s, size_t n, char sep)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] != ' ' && s[i] != '\t' && s[i] != sep)
            return false;
    return true;
}

static bool is_remark(const line *l)
{
    return l->n > 0 && l->text[0] == '#';
}

static char separator_of(const line *header)
{
    static const char candidate[] = {'\t', ';', ','};
    int best = 0;
    char sep = ',';
    for (size_t k = 0; k < sizeof candidate; k++) {
        int count = 0;
        bool quoted = false;
        for (size_t i = 0; i < header->n; i++) {
            quoted ^= header->text[i] == '"';
            count += !quoted && header->text[i] == candidate[k];
        }
        if (count > best) {
            best = count;
            sep = candidate[k];
        }
    }
    return sep;
}

static void on_cell(void *bytes, size_t n, void *ctx)
{
    reading *r = ctx;
    char *text = HM_PUSH(r->cells, char, n + 1);
    if (!text) {
        r->no_memory = true;
        return;
    }
    if (n)
        memcpy(text, bytes, n);
    if (r->row.n_cell < r->cell_room)
        r->row.cell[r->row.n_cell++].text = text;
}

/* Where each cell of a well-formed line begins; returns how many there are, at most max. */
static int32_t place_cells(const line *l, char sep, hm_csv_cell *cell, int32_t max)
{
    int32_t n = 0;
    bool quoted = false;
    size_t i = 0;
    while (n < max) {
        while (i < l->n && (l->text[i] == ' ' || l->text[i] == '\t') && l->text[i] != sep)
            i++;
        cell[n++].col = (int32_t)hm_utf8_count(l->text, i) + 1;
        while (i < l->n && (quoted || l->text[i] != sep))
            quoted ^= l->text[i++] == '"';
        if (i == l->n)
            break;
        i++;
    }
    return n;
}

/* Does a cell end here: nothing but blanks before the separator or the end of the line? */
static bool ends_cell(const char *s, size_t n, char sep)
{
    while (n > 0 && (*s == ' ' || *s == '\t') && *s != sep)
        s++, n--;
    return n == 0 || *s == sep;
}

/* Some programs write \" for a quote within a quoted cell. Where that cannot be the end of a cell,
 * and in the rest of such a cell, it becomes "", which has the same length. */
static hm_status plain_quotes(reading *r, line *l, char sep)
{
    char *text = NULL;
    bool quoted = false, escapes = false;
    for (size_t i = 0; i < l->n; i++) {
        const char *s = l->text + i;
        size_t left = l->n - i;
        if (quoted && left > 1 && s[0] == '\\' && s[1] == '"' &&
            (escapes || (left > 2 && s[2] != '"' && !ends_cell(s + 2, left - 2, sep)))) {
            if (!text && !(text = HM_PUSH(r->cells, char, l->n)))
                return no_memory(r);
            if (l->text != text)
                l->text = memcpy(text, l->text, l->n);
            text[i] = '"';
            escapes = true;
            i++;
        } else if (quoted && left > 1 && s[0] == '"' && s[1] == '"') {
            i++;
        } else if (s[0] == '"') {
            quoted = !quoted;
            escapes &= quoted;
        }
    }
    return HM_OK;
}

static hm_status malformed(reading *r, const line *l, size_t at)
{
    int code = csv_error(&r->parser);
    if (r->no_memory || code == CSV_ENOMEM || code == CSV_ETOOBIG)
        return no_memory(r);
    if (at < l->n)
        return hm_err_set(r->err, HM_ERR_INPUT, r->source, l->number,
                          hm_utf8_count(l->text, at) + 1, NULL,
                          "expected quotes around a whole cell, found a quote within one");
    return hm_err_set(r->err, HM_ERR_INPUT, r->source, l->number, hm_utf8_count(l->text, l->n) + 1,
                      NULL, "expected a closing quote, found the end of the line");
}

/* Cut one line. width = 0: it is the header; else the cells that a row has. */
static hm_status cut(reading *r, const line *written, char sep, int32_t width, hm_csv_row *row)
{
    line plain = *written, *l = &plain;
    HM_TRY(plain_quotes(r, l, sep));
    int32_t room = 1;
    bool quoted = false;
    for (size_t i = 0; i < l->n; i++) {
        quoted ^= l->text[i] == '"';
        room += !quoted && l->text[i] == sep;
    }
    if (room < width)
        room = width;
    if (room > HM_CSV_CELL_MAX)
        return hm_err_set(r->err, HM_ERR_INPUT, r->source, l->number, 0, NULL,
                          "expected at most %d cells in a row, found %d", HM_CSV_CELL_MAX, room);
    hm_csv_cell *cell = HM_PUSH(r->cells, hm_csv_cell, room);
    if (!cell)
        return no_memory(r);
    r->row = (hm_csv_row){.line = l->number, .cell = cell};
    r->cell_room = room;
    size_t fed = csv_parse(&r->parser, l->text, l->n, on_cell, NULL, r);
    if (fed != l->n || csv_fini(&r->parser, on_cell, NULL, r) != 0 || r->no_memory)
        return malformed(r, l, fed);
    int32_t n = place_cells(l, sep, cell, room);
    for (int32_t i = r->row.n_cell; i < room; i++)
        cell[i].text = "";
    for (int32_t i = n; i < room; i++)
        cell[i].col = (int32_t)hm_utf8_count(l->text, l->n) + 1;
    for (int32_t i = width; width && i < r->row.n_cell; i++)
        if (cell[i].text[0])
            return hm_err_set(r->err, HM_ERR_INPUT, r->source, l->number, cell[i].col, NULL,
                              "expected %d cells as in the header, found %d%s", width,
                              r->row.n_cell,
                              sep == ',' ? " (with decimal commas, separate by ;)" : "");
    r->row.n_cell = width ? width : room;
    *row = r->row;
    return HM_OK;
}

static hm_status keep_remark(reading *r, const line *l, hm_csv_remark *out)
{
    size_t from = 1, to = l->n;
    while (from < to && (l->text[from] == ' ' || l->text[from] == '\t' || l->text[from] == '#'))
        from++;
    while (to > from && strchr(" \t;,", l->text[to - 1]))
        to--;
    char *text = HM_PUSH(r->arena, char, to - from + 1);
    if (!text)
        return no_memory(r);
    memcpy(text, l->text + from, to - from);
    *out = (hm_csv_remark){l->number, (int32_t)hm_utf8_count(l->text, from) + 1, text};
    return HM_OK;
}

/* How many remarks and rows there may be, and the header; no line is too long. */
static hm_status survey(const reading *r, const char *at, const char *end, hm_csv *csv,
                        line *header)
{
    bool have_header = false;
    for (line l = {0}; next_line(&at, end, &l);) {
        if (l.n > HM_CSV_LINE_MAX)
            return hm_err_set(r->err, HM_ERR_INPUT, r->source, l.number, HM_CSV_LINE_MAX + 1, NULL,
                              "expected a line of at most %d bytes, found a longer one",
                              HM_CSV_LINE_MAX);
        if (is_remark(&l)) {
            csv->n_remark++;
        } else if (!have_header && !is_blank(l.text, l.n, ' ')) {
            have_header = true;
            *header = l;
        } else if (l.n > 0) {
            csv->n_row++;
        }
        if (csv->n_row + csv->n_remark > r->row_max || csv->n_remark > HM_CSV_ROW_MAX)
            return hm_err_set(r->err, HM_ERR_INPUT, r->source, l.number, 1, NULL,
                              "expected at most %d rows, found more",
                              csv->n_remark > HM_CSV_ROW_MAX ? HM_CSV_ROW_MAX : r->row_max);
    }
    if (!have_header)
        return hm_err_set(r->err, HM_ERR_INPUT, r->source, 1, 1, NULL,
                          "expected a header row, found none: the file is empty");
    return HM_OK;
}

/* Header and remarks into csv; each row to fn. */
static hm_status cut_all(reading *r, const char *at, const char *end, const line *header,
                         hm_csv *csv, hm_csv_row_fn *fn, void *ctx)
{
    csv->sep = separator_of(header);
    csv->decimal = csv->sep == ',' ? '.' : ',';
    csv->remark = HM_PUSH(r->arena, hm_csv_remark, csv->n_remark);
    if (!csv->remark)
        return no_memory(r);
    csv->n_remark = csv->n_row = 0;
    csv_set_delim(&r->parser, (unsigned char)csv->sep);
    hm_arena *cells = r->cells;
    for (line l = {0}; next_line(&at, end, &l);) {
        if (is_remark(&l)) {
            HM_TRY(keep_remark(r, &l, &csv->remark[csv->n_remark++]));
        } else if (l.number == header->number) {
            r->cells = r->arena;
            HM_TRY(cut(r, &l, csv->sep, 0, &csv->head));
            r->cells = cells;
        } else if (!is_blank(l.text, l.n, csv->sep)) {
            hm_csv_row row;
            hm_arena_mark mark = hm_arena_mark_get(cells);
            HM_TRY(cut(r, &l, csv->sep, csv->head.n_cell, &row));
            HM_TRY(fn(ctx, csv, &row, r->err));
            csv->n_row++;
            if (cells != r->arena)
                hm_arena_release(cells, mark);
        }
    }
    return HM_OK;
}

static hm_status keep_row(void *ctx, const hm_csv *csv, const hm_csv_row *row, hm_err *err)
{
    (void)ctx, (void)err;
    csv->row[csv->n_row] = *row;
    return HM_OK;
}

/* fn = NULL: rows are kept in csv. */
static hm_status parse(reading *r, const char *bytes, size_t n, hm_csv *csv, hm_csv_row_fn *fn,
                       void *ctx)
{
    HM_TRY(hm_utf8_check(r->source, bytes, n, r->err));
    if (csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return no_memory(r);
    csv_set_realloc_func(&r->parser, realloc);
    csv_set_free_func(&r->parser, free);
    const char *at = bytes + hm_utf8_bom(bytes, n), *end = bytes + n;
    hm_csv out = {.source = hm_arena_text(r->arena, r->source)};
    line header = {0};
    hm_status status = out.source ? survey(r, at, end, &out, &header) : no_memory(r);
    if (status == HM_OK && !fn && !(out.row = HM_PUSH(r->arena, hm_csv_row, out.n_row)))
        status = no_memory(r);
    if (status == HM_OK)
        status = cut_all(r, at, end, &header, &out, fn ? fn : keep_row, ctx);
    csv_free(&r->parser);
    if (status == HM_OK)
        *csv = out;
    return status;
}

hm_status hm_csv_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                       hm_csv *csv, hm_err *err)
{
    if (n > HM_CSV_FILE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, source, 0, 0, NULL,
                          "expected at most %d bytes, found %zu", HM_CSV_FILE_MAX, n);
    reading r = {
        .source = source, .arena = arena, .cells = arena, .err = err, .row_max = HM_CSV_ROW_MAX};
    return parse(&r, bytes, n, csv, NULL, NULL);
}

hm_status hm_csv_each(const char *source, const char *bytes, size_t n, int32_t row_max,
                      hm_csv_row_fn *fn, void *ctx, hm_arena *arena, hm_csv *csv, hm_err *err)
{
    hm_arena cells;
    hm_arena_init(&cells, 0);
    reading r = {.source = source, .arena = arena, .cells = &cells, .err = err, .row_max = row_max};
    /* one block stays, so that a row costs no call of the system */
    hm_status status = HM_PUSH(&cells, char, 1) ? parse(&r, bytes, n, csv, fn, ctx) : no_memory(&r);
    hm_arena_free(&cells);
    return status;
}
