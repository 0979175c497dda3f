#include "measure_priv.h"

#include <string.h>

#include "io/number.h"

enum {
    BASE64_MIN = 54,  /* characters: two records of 20 bytes */
    SAMPLES_MIN = 20, /* numbers in a row, one a line, that are no accident */
    LOOK_AT_LINES = 2000
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

/* What a header line holds. */
typedef struct header {
    int32_t n_known, n_cell;
    bool has[COL_COUNT + 2];
} header;

static hm_status look_at_header(measure_rows *rows, header *h, hm_err *err)
{
    measure_row row;
    bool more;
    HM_TRY(measure_rows_next(rows, &row, &more, err));
    if (!more || row.text[0] == '#')
        return HM_OK;
    h->n_cell = row.n_cell;
    for (int32_t i = 0; i < row.n_cell; i++) {
        char text[128];
        size_t n = row.cell[i].n < sizeof text ? row.cell[i].n : 0;
        memcpy(text, row.cell[i].text, n);
        text[n] = '\0';
        measure_meaning m = measure_column_of(text);
        if (m.column == COL_SPLIT && m.bare)
            continue;
        h->has[m.column] = true;
        h->n_known += m.column != COL_UNKNOWN;
    }
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

/* The first line that is no remark, cut by its own separator. */
static hm_status find_header(const measure_job *job, measure_rows *rows, header *h)
{
    measure_row row;
    for (bool more;;) {
        const char *at = rows->at;
        HM_TRY(measure_rows_next(rows, &row, &more, job->err));
        if (!more)
            return HM_OK;
        if (row.text[0] == '#')
            continue;
        measure_rows_separate(rows, &row);
        rows->at = at;
        rows->line = row.line - 1;
        return look_at_header(rows, h, job->err);
    }
}

hm_status measure_recognise(const measure_job *job, measure_form *form)
{
    *form = MEASURE_TABLE;
    if (is_base64(job->bytes, job->n)) {
        *form = MEASURE_MOTION;
        return HM_OK;
    }
    measure_rows *rows = HM_PUSH(job->scratch, measure_rows, 1);
    if (!rows)
        return HM_ERR_SYSTEM;
    header h = {0};
    HM_TRY(measure_rows_begin(rows, job->source, job->bytes, job->n, job->scratch, job->err));
    HM_TRY(find_header(job, rows, &h));
    bool series = h.has[COL_DISTANCE] || h.has[COL_SPEED], samples;
    if (h.has[COL_LANE] && h.has[COL_ATHLETE] && h.has[COL_TIME] && !series)
        *form = MEASURE_SHEET;
    else if (h.n_known < 2) {
        measure_rows_rewind(rows, job->bytes);
        rows->sep = 0;
        HM_TRY(has_samples(rows, &samples, job->err));
        *form = samples ? MEASURE_SAMPLES : MEASURE_TABLE;
    }
    return HM_OK;
}
