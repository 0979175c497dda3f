/* letters_file.c - letters as bytes, lowest byte first.
 *
 *   "HMLT", version; number of texts, of rows, of runs                                     i32 each
 *   texts: length i32, bytes
 *   inks:  letters_ink.c
 *   rows, column by column (letters_bytes_priv.h):
 *          kind, text, small, family, weight, max_px, max_line, flaws (3), number of runs i32;
 *          scale, em, track, jitter, em (3), em of the block f64
 *   runs, column by column: advance, x, y, width, height, number of the ink + 1, 0 = none   i32 */
#include "letters_priv.h"

#include <string.h>

#include "base/hash.h"

enum {
    VERSION = 2,
    BLANK_MAX_PX = 1 << 22,
    TEXT_MAX = 1 << 20,
    ROW_WHOLE = 11,
    ROW_REAL = 8,
    RUN_WHOLE = 6,
    ROW_BYTES = 4 * ROW_WHOLE + 8 * ROW_REAL,
    RUN_BYTES = 4 * RUN_WHOLE
};

static const char magic[4] = {'H', 'M', 'L', 'T'};

/* ---- writing ---- */

/* Texts or inks, each once. */
typedef struct pool {
    size_t cap;
    int32_t n;
    struct item {
        uint64_t hash;
        const void *bytes;
        int32_t w_px, h_px; /* texts: length, 1 */
    } * item;               /* (n) */
} pool;

typedef struct writing {
    letters_writing w;
    pool text, ink;
    letters_inks inks;
} writing;

/* Its number, put into the pool if it is new. */
static int32_t number_of(writing *w, pool *p, const void *bytes, int32_t w_px, int32_t h_px)
{
    size_t n = (size_t)w_px * (size_t)h_px;
    uint64_t hash = hm_hash(hm_hash_u64(HM_HASH_START, (uint64_t)w_px), bytes, n);
    for (int32_t i = 0; i < p->n; i++)
        if (p->item[i].hash == hash && p->item[i].w_px == w_px && p->item[i].h_px == h_px &&
            memcmp(p->item[i].bytes, bytes, n) == 0)
            return i;
    struct item *grown = HM_GROW(w->w.arena, p->item, p->n, &p->cap);
    if (!grown) {
        letters_no_memory(&w->w);
        return 0;
    }
    p->item = grown;
    p->item[p->n] = (struct item){hash, bytes, w_px, h_px};
    return p->n++;
}

static int32_t text_number(writing *w, const char *text)
{
    return number_of(w, &w->text, text, (int32_t)strlen(text), 1);
}

/* Number of the ink + 1 of a run that is seen. */
static int32_t ink_number(writing *w, const hm_letters *l, const letters_row *row, int32_t k)
{
    const text_run *run = &row->told.run[k];
    const uint8_t *cover = NULL;
    if (row->n_use == 0 || run->w_px == 0 || run->h_px == 0)
        return 0;
    hm_status s = letters_cover(l, row, k, w->w.arena, &cover, w->w.err);
    if (s != HM_OK) {
        w->w.status = s;
        return 0;
    }
    int32_t n = w->ink.n, number = number_of(w, &w->ink, cover, run->w_px, run->h_px);
    if (w->ink.n > n)
        letters_inks_add(&w->w, &w->inks, cover, run->w_px, run->h_px);
    return number + 1;
}

/* All numbers of a row. */
static void row_numbers(writing *w, const letters_row *r, int32_t whole[ROW_WHOLE],
                        double real[ROW_REAL])
{
    const letters_ask *a = &r->ask;
    const letters_told *t = &r->told;
    const int32_t all[] = {(int32_t)a->kind,
                           text_number(w, a->text),
                           text_number(w, a->small),
                           text_number(w, a->spec.family),
                           a->spec.weight,
                           a->max_px,
                           a->max_line,
                           t->flaws.unknown_glyph_count,
                           t->flaws.cut_count,
                           t->flaws.split_count,
                           t->n};
    const double sizes[] = {a->scale,    a->spec.em_px, a->spec.track_em, a->spec.jitter_em,
                            a->em_px[0], a->em_px[1],   a->em_px[2],      t->em_px};
    memcpy(whole, all, sizeof all);
    memcpy(real, sizes, sizeof sizes);
}

static void run_numbers(writing *w, const hm_letters *l, const letters_row *r, int32_t k,
                        int32_t whole[RUN_WHOLE])
{
    const text_run *run = &r->told.run[k];
    const int32_t all[] = {run->advance_px, run->x_px, run->y_px,
                           run->w_px,       run->h_px, ink_number(w, l, r, k)};
    memcpy(whole, all, sizeof all);
}

/* What a table of rows is while it is written. */
typedef struct tables {
    int32_t n_row, n_run;
    int32_t *row; /* (n_row x ROW_WHOLE) */
    double *real; /* (n_row x ROW_REAL) */
    int32_t *run; /* (n_run x RUN_WHOLE) */
} tables;

static bool fill_tables(writing *w, const hm_letters *l, tables *t)
{
    hm_arena *a = w->w.arena;
    *t = (tables){.n_row = l->n};
    for (int32_t i = 0; i < l->n; i++)
        t->n_run += l->row[i].told.n;
    t->row = HM_PUSH(a, int32_t, ROW_WHOLE * (l->n + 1));
    t->real = HM_PUSH(a, double, ROW_REAL *(l->n + 1));
    t->run = HM_PUSH(a, int32_t, RUN_WHOLE * (t->n_run + 1));
    if (!t->row || !t->real || !t->run)
        return false;
    int32_t *run = t->run;
    for (int32_t i = 0; i < l->n && w->w.status == HM_OK; i++) {
        const letters_row *r = &l->row[i];
        row_numbers(w, r, &t->row[ROW_WHOLE * i], &t->real[ROW_REAL * i]);
        for (int32_t k = 0; k < r->told.n; k++, run += RUN_WHOLE)
            run_numbers(w, l, r, k, run);
    }
    return true;
}

static void put_tables(letters_writing *w, const tables *t)
{
    for (int k = 0; k < ROW_WHOLE; k++)
        letters_put_column(w, t->row + k, t->n_row, ROW_WHOLE, 4);
    for (int k = 0; k < ROW_REAL; k++)
        for (int32_t i = 0; i < t->n_row; i++)
            letters_put_f64(w, t->real[ROW_REAL * i + k]);
    for (int k = 0; k < RUN_WHOLE; k++)
        letters_put_column(w, t->run + k, t->n_run, RUN_WHOLE, 4);
}

hm_status hm_letters_write(const hm_letters *l, hm_arena *arena, unsigned char **bytes, size_t *n,
                           hm_err *err)
{
    writing w = {.w = {.arena = arena, .out = {.arena = arena}, .err = err}};
    tables t;
    if (!fill_tables(&w, l, &t))
        letters_no_memory(&w.w);
    HM_TRY(w.w.status);
    letters_put(&w.w, magic, sizeof magic);
    letters_put_i32(&w.w, VERSION);
    letters_put_i32(&w.w, w.text.n);
    letters_put_i32(&w.w, t.n_row);
    letters_put_i32(&w.w, t.n_run);
    for (int32_t i = 0; i < w.text.n; i++) {
        letters_put_i32(&w.w, w.text.item[i].w_px);
        letters_put(&w.w, w.text.item[i].bytes, (size_t)w.text.item[i].w_px);
    }
    letters_inks_put(&w.w, &w.inks);
    put_tables(&w.w, &t);
    HM_TRY(w.w.status);
    *bytes = (unsigned char *)w.w.out.bytes;
    *n = w.w.out.n;
    return HM_OK;
}

/* ---- reading ---- */

typedef struct reading {
    letters_reading r;
    hm_letters *l;
    int32_t n_text, n_run;
    const char **text;  /* (n_text) */
    const int32_t *run; /* (n_run x RUN_WHOLE) those that are left */
} reading;

static hm_status take_texts(reading *r)
{
    r->text = HM_PUSH(&r->l->arena, const char *, r->n_text);
    if (!r->text)
        return letters_short_of_memory(&r->r);
    for (int32_t i = 0; i < r->n_text; i++) {
        int32_t n = 0;
        const uint8_t *bytes = NULL;
        HM_TRY(letters_take_i32(&r->r, 0, TEXT_MAX, &n));
        HM_TRY(letters_take(&r->r, (size_t)n, &bytes));
        char *copy = HM_PUSH(&r->l->arena, char, n + 1);
        if (!copy)
            return letters_short_of_memory(&r->r);
        memcpy(copy, bytes, (size_t)n);
        r->text[i] = copy;
    }
    return HM_OK;
}

/* A number of a row, held against its bounds. */
static bool within(int32_t v, int32_t lo, int32_t hi)
{
    return v >= lo && v <= hi;
}

static hm_status take_run(reading *r, letters_row *row, int32_t k)
{
    const int32_t far = 1 << 20, *v = r->run;
    text_run *run = &row->told.run[k];
    r->run += RUN_WHOLE;
    if (!within(v[0], 0, far) || !within(v[1], -far, far) || !within(v[2], -far, far) ||
        !within(v[3], 0, LETTERS_SIDE_MAX_PX) || !within(v[4], 0, LETTERS_SIDE_MAX_PX) ||
        !within(v[5], 0, r->l->inks.n_ink))
        return letters_refuse(&r->r, "a run out of range");
    *run = (text_run){.advance_px = v[0], .x_px = v[1], .y_px = v[2], .w_px = v[3], .h_px = v[4]};
    row->ink[k] = v[5] - 1;
    if (v[5] > 0) {
        const letters_ink *ink = &r->l->inks.ink[v[5] - 1];
        return ink->w_px == run->w_px && ink->h_px == run->h_px
                   ? HM_OK
                   : letters_refuse(&r->r, "ink of another size than its run");
    }
    if (run->w_px > 0 && run->h_px > 0)
        row->n_use = 0; /* a try */
    return (int64_t)run->w_px * run->h_px <= BLANK_MAX_PX
               ? HM_OK
               : letters_refuse(&r->r, "a run out of range");
}

static hm_status take_whole(reading *r, const int32_t v[ROW_WHOLE], letters_row *row)
{
    letters_ask *a = &row->ask;
    letters_told *t = &row->told;
    bool is_bib = v[0] == LETTERS_BIB, holds = within(v[0], 0, LETTERS_KIND_COUNT - 1);
    for (int k = 1; k <= 3; k++)
        holds = holds && within(v[k], 0, r->n_text - 1);
    holds = holds && within(v[4], 0, 1000);
    for (int k = 5; k <= 6; k++)
        holds = holds && within(v[k], is_bib, LETTERS_SIDE_MAX_PX);
    for (int k = 7; k <= 9; k++)
        holds = holds && within(v[k], 0, TEXT_MAX);
    holds = holds && within(v[10], is_bib, is_bib ? 1 : TEXT_LINES_MAX);
    if (!holds)
        return letters_refuse(&r->r, "a number out of range");
    a->kind = (letters_kind)v[0];
    a->text = r->text[v[1]];
    a->small = r->text[v[2]];
    a->spec.family = r->text[v[3]];
    a->spec.weight = v[4];
    a->max_px = v[5];
    a->max_line = v[6];
    t->flaws = (text_flaws){v[7], v[8], v[9]};
    t->n = v[10];
    return HM_OK;
}

/* Columns of sizes, into all rows. */
static hm_status take_sizes(reading *r)
{
    const double most = 1e5;
    hm_letters *l = r->l;
    for (int k = 0; k < ROW_REAL; k++)
        for (int32_t i = 0; i < l->n; i++) {
            letters_row *row = &l->row[i];
            bool is_bib = row->ask.kind == LETTERS_BIB;
            double *at[] = {&row->ask.scale,          &row->ask.spec.em_px, &row->ask.spec.track_em,
                            &row->ask.spec.jitter_em, &row->ask.em_px[0],   &row->ask.em_px[1],
                            &row->ask.em_px[2],       &row->told.em_px};
            double least = k == 0 || (k == 1 && !is_bib) ? 1e-3 : k == 2 || k == 3 ? -most : 0;
            HM_TRY(letters_take_f64(&r->r, least, most, at[k]));
        }
    return HM_OK;
}

static hm_status take_row(reading *r, letters_row *row)
{
    row->n_use = 1;
    for (int32_t k = 0; k < row->told.n; k++)
        HM_TRY(take_run(r, row, k));
    const text_run *run = row->told.run;
    if (row->ask.kind == LETTERS_BIB &&
        (run->w_px != row->ask.max_px || run->h_px != row->ask.max_line))
        return letters_refuse(&r->r, "a bib of another size than was asked for");
    row->hash = letters_hash(&row->ask);
    return HM_OK;
}

/* Numbers in columns. memory of the letters */
static hm_status take_table(reading *r, int32_t n, int32_t n_column, int32_t **table)
{
    int32_t *v = HM_PUSH(&r->l->arena, int32_t, (size_t)n_column * (size_t)n + 1);
    if (!v)
        return letters_short_of_memory(&r->r);
    for (int32_t k = 0; k < n_column; k++)
        HM_TRY(letters_take_column(&r->r, v + k, n, n_column, 4, INT32_MIN, INT32_MAX));
    *table = v;
    return HM_OK;
}

static hm_status take_rows(reading *r, int32_t n_row)
{
    hm_letters *l = r->l;
    int32_t *whole = NULL, *run = NULL, n_told = 0;
    l->row = HM_PUSH(&l->arena, letters_row, n_row + 1);
    if (!l->row)
        return letters_short_of_memory(&r->r);
    HM_TRY(take_table(r, n_row, ROW_WHOLE, &whole));
    for (l->n = 0; l->n < n_row; l->n++) {
        HM_TRY(take_whole(r, &whole[ROW_WHOLE * l->n], &l->row[l->n]));
        n_told += l->row[l->n].told.n;
        if (n_told > r->n_run)
            return letters_refuse(&r->r, "more runs than there are");
    }
    HM_TRY(take_sizes(r));
    HM_TRY(take_table(r, r->n_run, RUN_WHOLE, &run));
    if (n_told != r->n_run)
        return letters_refuse(&r->r, "runs of no text");
    r->run = run;
    for (int32_t i = 0; i < n_row; i++) {
        HM_TRY(take_row(r, &l->row[i]));
        HM_TRY(letters_index(l, i, r->r.err));
    }
    return HM_OK;
}

static hm_status take_all(reading *r)
{
    const uint8_t *head = NULL;
    int32_t version = 0, n_row = 0;
    HM_TRY(letters_take(&r->r, sizeof magic, &head));
    if (memcmp(head, magic, sizeof magic) != 0)
        return letters_refuse(&r->r, "not letters");
    HM_TRY(letters_take_i32(&r->r, VERSION, VERSION, &version));
    HM_TRY(letters_take_count(&r->r, 4, &r->n_text));
    HM_TRY(letters_take_count(&r->r, ROW_BYTES, &n_row));
    HM_TRY(letters_take_count(&r->r, RUN_BYTES, &r->n_run));
    HM_TRY(take_texts(r));
    HM_TRY(letters_inks_take(&r->r, &r->l->inks));
    HM_TRY(take_rows(r, n_row));
    return r->r.left == 0 ? HM_OK : letters_refuse(&r->r, "bytes behind the end");
}

hm_status hm_letters_read(const void *bytes, size_t n, hm_letters **letters, hm_err *err)
{
    reading r = {.r = {.at = bytes, .left = n, .err = err}, .l = hm_letters_new()};
    if (!r.l)
        return letters_short_of_memory(&r.r);
    r.r.arena = &r.l->arena;
    r.l->records = false;
    hm_status status = take_all(&r);
    if (status == HM_OK)
        *letters = r.l;
    else
        hm_letters_destroy(r.l);
    return status;
}
