#include "rows_priv.h"

#include <string.h>

#include "io/utf8.h"

hm_status measure_rows_begin(measure_rows *r, const char *source, const char *bytes, size_t n,
                             hm_arena *arena, hm_err *err)
{
    r->source = source;
    r->at = bytes + hm_utf8_bom(bytes, n);
    r->end = bytes + n;
    r->line = r->head_line = 0;
    r->sep = 0;
    r->decimal = '.';
    r->unquoted = HM_PUSH(arena, char, MEASURE_LINE_MAX);
    return r->unquoted ? HM_OK : hm_err_set(err, HM_ERR_SYSTEM, source, 0, 0, NULL, "no memory");
}

void measure_rows_rewind(measure_rows *r, const char *bytes)
{
    r->at = bytes + hm_utf8_bom(bytes, (size_t)(r->end - bytes));
    r->line = 0;
}

int64_t measure_cell_col(const measure_row *row, const measure_cell *cell)
{
    return hm_utf8_count(row->text, cell->at) + 1;
}

void measure_rows_separate(measure_rows *r, const measure_row *header)
{
    static const char candidate[] = {'\t', ';', ','};
    int best = 0;
    r->sep = ',';
    r->head_line = header->line;
    for (size_t k = 0; k < sizeof candidate; k++) {
        int count = 0;
        bool quoted = false;
        for (size_t i = 0; i < header->n; i++) {
            quoted ^= header->text[i] == '"';
            count += !quoted && header->text[i] == candidate[k];
        }
        if (count > best) {
            best = count;
            r->sep = candidate[k];
        }
    }
    r->decimal = r->sep == ',' ? '.' : ',';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The next line without its end; false at the end of the text. */
static bool next_line(measure_rows *r, measure_row *row)
{
    if (r->at == r->end)
        return false;
    const char *e = r->at;
    while (e < r->end && *e != '\n' && *e != '\r')
        e++;
    row->line = ++r->line;
    row->text = r->at;
    row->n = (size_t)(e - r->at);
    if (e < r->end)
        e += *e == '\r' && e + 1 < r->end && e[1] == '\n' ? 2 : 1;
    r->at = e;
    return true;
}

static bool is_empty(const measure_row *row, char sep)
{
    for (size_t i = 0; i < row->n; i++)
        if (!is_blank(row->text[i]) && row->text[i] != sep)
            return false;
    return true;
}

/* A quoted cell that begins at i; its text goes to the reader's buffer. Returns where it ends. */
static hm_status cut_quoted(measure_rows *r, const measure_row *row, size_t *i, measure_cell *cell,
                            hm_err *err)
{
    size_t k = *i + 1, n = 0;
    char *out = r->unquoted + k; /* no longer than what stands in the line */
    for (;; k++) {
        if (k == row->n)
            return hm_err_set(err, HM_ERR_INPUT, r->source, row->line,
                              hm_utf8_count(row->text, row->n) + 1, NULL,
                              "expected a closing quote, found the end of the line");
        if (row->text[k] == '"' && (k + 1 == row->n || row->text[k + 1] != '"'))
            break;
        k += row->text[k] == '"';
        out[n++] = row->text[k];
    }
    cell->text = out;
    cell->n = (uint32_t)n;
    k++;
    while (k < row->n && is_blank(row->text[k]) && row->text[k] != r->sep)
        k++;
    if (k < row->n && row->text[k] != r->sep)
        return hm_err_set(err, HM_ERR_INPUT, r->source, row->line, hm_utf8_count(row->text, k) + 1,
                          NULL, "expected the end of a quoted cell, found more text");
    *i = k;
    return HM_OK;
}

static hm_status cut_plain(const measure_rows *r, const measure_row *row, size_t *i,
                           measure_cell *cell, hm_err *err)
{
    size_t k = *i;
    for (; k < row->n && row->text[k] != r->sep; k++)
        if (row->text[k] == '"')
            return hm_err_set(err, HM_ERR_INPUT, r->source, row->line,
                              hm_utf8_count(row->text, k) + 1, NULL,
                              "expected quotes around a whole cell, found a quote within one");
    size_t end = k;
    while (end > *i && is_blank(row->text[end - 1]))
        end--;
    cell->text = row->text + *i;
    cell->n = (uint32_t)(end - *i);
    *i = k;
    return HM_OK;
}

hm_status measure_row_cut(measure_rows *r, measure_row *row, hm_err *err)
{
    size_t i = 0;
    for (row->n_cell = 0;; i++) {
        if (row->n_cell == MEASURE_CELL_MAX)
            return hm_err_set(err, HM_ERR_INPUT, r->source, row->line, 0, NULL,
                              "expected at most %d cells in a row, found more", MEASURE_CELL_MAX);
        measure_cell *cell = &r->cell[row->n_cell++];
        while (i < row->n && is_blank(row->text[i]) && row->text[i] != r->sep)
            i++;
        cell->at = (uint32_t)i;
        HM_TRY(i < row->n && row->text[i] == '"' ? cut_quoted(r, row, &i, cell, err)
                                                 : cut_plain(r, row, &i, cell, err));
        if (i >= row->n)
            return HM_OK;
    }
}

hm_status measure_rows_next(measure_rows *r, measure_row *row, bool *more, hm_err *err)
{
    row->cell = r->cell;
    while ((*more = next_line(r, row))) {
        if (row->n > MEASURE_LINE_MAX)
            return hm_err_set(err, HM_ERR_INPUT, r->source, row->line, MEASURE_LINE_MAX + 1, NULL,
                              "expected a line of at most %d bytes, found a longer one",
                              MEASURE_LINE_MAX);
        if (is_empty(row, r->sep))
            continue;
        if (r->sep && row->text[0] != '#' && row->line >= r->head_line)
            return measure_row_cut(r, row, err);
        row->n_cell = 1;
        r->cell[0] = (measure_cell){row->text, (uint32_t)row->n, 0};
        return HM_OK;
    }
    return HM_OK;
}
