#include "measure_priv.h"

#include <string.h>

#include "io/column.h"
#include "io/number.h"

enum {
    BASE64_MIN = 54,  /* characters: two records of 20 bytes */
    SAMPLES_MIN = 20, /* numbers in a row, one a line, that are no accident */
    LOOK_AT_LINES = 2000,
    HEADER_LINES = 60 /* a header stands within so many */
};

static bool is_base64(const char *s, size_t n)
{
    size_t n_text = 0, n_letter = 0;
    for (size_t i = 0; i < n; i++) {
        char c = s[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool text = letter || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
        if (!text && !strchr(" \t\r\n", c))
            return false;
        n_text += text;
        n_letter += letter;
    }
    return n_text >= BASE64_MIN && n_letter >= n_text / 4;
}

bool measure_line_number(const measure_row *row, double *value)
{
    const char *s = row->text, *end = s + row->n;
    while (s < end && (*s == ' ' || *s == '\t'))
        s++;
    while (end > s && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    return hm_number_parse_n(s, (size_t)(end - s), ',', value) == HM_NUMBER_OK;
}

void measure_header_text(const measure_cell *cell, char out[HM_COLUMN_KEY])
{
    size_t n = cell->n < HM_COLUMN_KEY - 1 ? cell->n : HM_COLUMN_KEY - 1;
    memcpy(out, cell->text, n);
    while (n < cell->n && n > 0 && ((unsigned char)cell->text[n] & 0xc0) == 0x80)
        n--;
    out[n] = '\0';
}

/* What a line would hold as a header. */
typedef struct header {
    int32_t n_known, n_split, n_bare;
    bool has[COL_UNKNOWN + 1];
} header;

static header look_at(const measure_row *row)
{
    header h = {0};
    for (int32_t i = 0; i < row->n_cell; i++) {
        char text[HM_COLUMN_KEY];
        measure_header_text(&row->cell[i], text);
        measure_meaning m = measure_column_of(text);
        bool bare = m.column == COL_SPLIT && m.bare;
        h.n_bare += bare;
        h.n_split += (m.column == COL_SPLIT && !bare) || m.column == COL_PIECE;
        h.n_known += m.column != COL_UNKNOWN && !bare;
        h.has[m.column] = true;
    }
    return h;
}

static bool is_series(const header *h)
{
    return h->has[COL_DISTANCE] || h->has[COL_SPEED] || h->has[COL_KIND];
}

static bool is_sheet(const header *h)
{
    return h->has[COL_LANE] && h->has[COL_ATHLETE] && !is_series(h) &&
           (h->has[COL_TIME] || h->n_split + h->n_bare == 0);
}

/* Does a line name columns from which something can be read? Bare numbers alone are data. */
static bool is_header(const header *h)
{
    return (h->has[COL_TIME] && is_series(h)) || h->n_split >= 2 || is_sheet(h) ||
           (h->n_split + h->n_bare >= 1 && h->has[COL_ATHLETE]) ||
           (h->n_bare >= 2 && h->n_known >= 1);
}

/* The first line that is a header, else the first that is no remark; devices write much above. */
static hm_status find_header(measure_rows *rows, header *found, hm_err *err)
{
    measure_row row, first = {0};
    header first_head = {0};
    bool more;
    for (int32_t i = 0; i < HEADER_LINES; i++) {
        rows->sep = 0;
        HM_TRY(measure_rows_next(rows, &row, &more, err));
        if (!more)
            break;
        if (row.text[0] == '#')
            continue;
        hm_err ignored = {0};
        measure_rows_separate(rows, &row);
        if (measure_row_cut(rows, &row, &ignored) != HM_OK)
            row.n_cell = 0;
        *found = look_at(&row);
        if (is_header(found))
            return HM_OK;
        if (!first.text) {
            first = row;
            first_head = *found;
        }
    }
    if (!first.text)
        return hm_err_set(err, HM_ERR_INPUT, rows->source, 1, 1, NULL,
                          "expected a header row, found none: the file is empty");
    *found = first_head;
    measure_rows_separate(rows, &first);
    return HM_OK;
}

/* Do the first lines hold a run of numbers, one a line? */
static hm_status has_samples(measure_rows *rows, bool *yes, hm_err *err)
{
    measure_row row;
    double v;
    int32_t in_row = 0;
    *yes = false;
    for (int32_t i = 0; i < LOOK_AT_LINES && !*yes; i++) {
        bool more;
        HM_TRY(measure_rows_next(rows, &row, &more, err));
        if (!more)
            return HM_OK;
        in_row = measure_line_number(&row, &v) ? in_row + 1 : 0;
        *yes = in_row >= SAMPLES_MIN;
    }
    return HM_OK;
}

hm_status measure_find_header(measure_rows *rows, hm_err *err)
{
    header h;
    return find_header(rows, &h, err);
}

hm_status measure_recognise(const measure_job *job, measure_form *form)
{
    *form = MEASURE_MOTION;
    if (is_base64(job->bytes, job->n))
        return HM_OK;
    measure_rows *rows = HM_PUSH(job->scratch, measure_rows, 1);
    if (!rows)
        return HM_ERR_SYSTEM;
    header h;
    bool samples = false;
    HM_TRY(measure_rows_begin(rows, job->source, job->bytes, job->n, job->scratch, job->err));
    HM_TRY(find_header(rows, &h, job->err));
    if (!is_header(&h)) {
        measure_rows_rewind(rows, job->bytes);
        rows->sep = 0;
        HM_TRY(has_samples(rows, &samples, job->err));
    }
    *form = samples ? MEASURE_SAMPLES : is_sheet(&h) ? MEASURE_SHEET : MEASURE_TABLE;
    return HM_OK;
}
