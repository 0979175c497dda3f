/* letters_file.c - letters as bytes, lowest byte first.
 *
 *   "HMLT", version, number of texts, of inks, of rows                                     u32 each
 *   texts: length u32, bytes
 *   inks:  width, height i32, bytes (w x h), column by column: packed by gzip that takes a half of
 *          what rows take
 *   rows:  kind, text, small, family u32; weight, max_px, max_line, flaws (3), number of runs i32;
 *          scale, em, track, jitter, em (3), em of the block f64;
 *          runs: advance, x, y, width, height i32, number of the ink + 1 u32, 0 = none */
#include "letters_priv.h"

#include <string.h>

#include "base/hash.h"
#include "io/sink.h"

enum { VERSION = 1, BLANK_MAX_PX = 1 << 22, TEXT_MAX = 1 << 20, ROW_LEAST_BYTES = 44 + 8 * 8 };

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
    hm_arena *arena;
    hm_memory out;
    pool text, ink;
    hm_status status;
    hm_err *err;
} writing;

static void put(writing *w, const void *bytes, size_t n)
{
    hm_sink sink = hm_sink_memory(&w->out);
    if (w->status == HM_OK)
        w->status = sink.put(sink.ctx, bytes, n, w->err);
}

static void put_u32(writing *w, uint32_t v)
{
    put(w, (uint8_t[4]){(uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24)}, 4);
}

static void put_i32(writing *w, int32_t v)
{
    put_u32(w, (uint32_t)v);
}

static void put_f64(writing *w, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, 8);
    put_u32(w, (uint32_t)bits);
    put_u32(w, (uint32_t)(bits >> 32));
}

/* Its number, put into the pool if it is new. */
static int32_t number_of(writing *w, pool *p, const void *bytes, int32_t w_px, int32_t h_px)
{
    size_t n = (size_t)w_px * (size_t)h_px;
    uint64_t hash = hm_hash(hm_hash_u64(HM_HASH_START, (uint64_t)w_px), bytes, n);
    for (int32_t i = 0; i < p->n; i++)
        if (p->item[i].hash == hash && p->item[i].w_px == w_px && p->item[i].h_px == h_px &&
            memcmp(p->item[i].bytes, bytes, n) == 0)
            return i;
    struct item *grown = HM_GROW(w->arena, p->item, p->n, &p->cap);
    if (!grown) {
        w->status = hm_err_set(w->err, HM_ERR_SYSTEM, "letters", 0, 0, NULL, "no memory");
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

static int32_t ink_number(writing *w, const letters_row *row, const text_run *r)
{
    return r->cover && !row->blank ? number_of(w, &w->ink, r->cover, r->w_px, r->h_px) + 1 : 0;
}

static void fill_pools(writing *w, const hm_letters *l)
{
    for (int32_t i = 0; i < l->n; i++) {
        const letters_row *r = &l->row[i];
        (void)text_number(w, r->ask.text);
        (void)text_number(w, r->ask.small);
        (void)text_number(w, r->ask.spec.family);
        for (int32_t k = 0; k < r->told.n; k++)
            (void)ink_number(w, r, &r->told.run[k]);
    }
}

static void put_ink(writing *w, const struct item *ink)
{
    const uint8_t *p = ink->bytes;
    uint8_t column[LETTERS_SIDE_MAX_PX];
    put_i32(w, ink->w_px);
    put_i32(w, ink->h_px);
    for (int32_t x = 0; x < ink->w_px; x++) {
        for (int32_t y = 0; y < ink->h_px; y++)
            column[y] = p[y * ink->w_px + x];
        put(w, column, (size_t)ink->h_px);
    }
}

static void put_row(writing *w, const letters_row *r)
{
    const letters_ask *a = &r->ask;
    const letters_told *t = &r->told;
    const int32_t whole[] = {(int32_t)a->kind,
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
    const double real[] = {a->scale,    a->spec.em_px, a->spec.track_em, a->spec.jitter_em,
                           a->em_px[0], a->em_px[1],   a->em_px[2],      t->em_px};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        put_i32(w, whole[i]);
    for (size_t i = 0; i < sizeof real / sizeof real[0]; i++)
        put_f64(w, real[i]);
    for (int32_t i = 0; i < t->n; i++) {
        const text_run *run = &t->run[i];
        const int32_t box[] = {run->advance_px, run->x_px, run->y_px,
                               run->w_px,       run->h_px, ink_number(w, r, run)};
        for (int k = 0; k < 6; k++)
            put_i32(w, box[k]);
    }
}

hm_status hm_letters_write(const hm_letters *l, hm_arena *arena, unsigned char **bytes, size_t *n,
                           hm_err *err)
{
    writing w = {.arena = arena, .out = {.arena = arena}, .err = err};
    fill_pools(&w, l);
    put(&w, magic, sizeof magic);
    put_u32(&w, VERSION);
    put_i32(&w, w.text.n);
    put_i32(&w, w.ink.n);
    put_i32(&w, l->n);
    for (int32_t i = 0; i < w.text.n; i++) {
        put_i32(&w, w.text.item[i].w_px);
        put(&w, w.text.item[i].bytes, (size_t)w.text.item[i].w_px);
    }
    for (int32_t i = 0; i < w.ink.n && w.status == HM_OK; i++)
        put_ink(&w, &w.ink.item[i]);
    for (int32_t i = 0; i < l->n && w.status == HM_OK; i++)
        put_row(&w, &l->row[i]);
    HM_TRY(w.status);
    *bytes = (unsigned char *)w.out.bytes;
    *n = w.out.n;
    return HM_OK;
}

/* ---- reading ---- */

typedef struct reading {
    const uint8_t *at;
    size_t left;
    hm_letters *l;
    int32_t n_text, n_ink;
    const char **text; /* (n_text) */
    text_run *ink;     /* (n_ink) width, height and cover only */
    size_t blank_px;   /* the largest run without ink */
    hm_err *err;
} reading;

static hm_status refuse(const reading *r, const char *what)
{
    return hm_err_set(r->err, HM_ERR_INPUT, "letters", 0, 0, NULL, "%s", what);
}

static hm_status no_memory(const reading *r)
{
    return hm_err_set(r->err, HM_ERR_SYSTEM, "letters", 0, 0, NULL, "no memory for letters");
}

static hm_status take(reading *r, size_t n, const uint8_t **bytes)
{
    if (n > r->left)
        return refuse(r, "cut short");
    *bytes = r->at;
    r->at += n;
    r->left -= n;
    return HM_OK;
}

static hm_status take_i32(reading *r, int32_t lo, int32_t hi, int32_t *v)
{
    const uint8_t *b = NULL;
    HM_TRY(take(r, 4, &b));
    uint32_t u = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    int32_t got;
    memcpy(&got, &u, 4);
    if (got < lo || got > hi)
        return refuse(r, "a number out of range");
    *v = got;
    return HM_OK;
}

static hm_status take_f64(reading *r, double lo, double hi, double *v)
{
    const uint8_t *b = NULL;
    HM_TRY(take(r, 8, &b));
    uint64_t u = 0;
    for (int i = 0; i < 8; i++)
        u |= (uint64_t)b[i] << (8 * i);
    double got;
    memcpy(&got, &u, 8);
    if (!(got >= lo && got <= hi))
        return refuse(r, "a size out of range");
    *v = got;
    return HM_OK;
}

/* How many of something follow, each of at least so many bytes. */
static hm_status take_count(reading *r, size_t least_bytes, int32_t *n)
{
    HM_TRY(take_i32(r, 0, INT32_MAX, n));
    return (size_t)*n <= r->left / least_bytes ? HM_OK : refuse(r, "cut short");
}

static hm_status take_texts(reading *r)
{
    r->text = HM_PUSH(&r->l->arena, const char *, r->n_text);
    if (!r->text)
        return no_memory(r);
    for (int32_t i = 0; i < r->n_text; i++) {
        int32_t n = 0;
        const uint8_t *bytes = NULL;
        HM_TRY(take_i32(r, 0, TEXT_MAX, &n));
        HM_TRY(take(r, (size_t)n, &bytes));
        char *copy = HM_PUSH(&r->l->arena, char, n + 1);
        if (!copy)
            return no_memory(r);
        memcpy(copy, bytes, (size_t)n);
        r->text[i] = copy;
    }
    return HM_OK;
}

static hm_status take_inks(reading *r)
{
    r->ink = HM_PUSH(&r->l->arena, text_run, r->n_ink);
    if (!r->ink)
        return no_memory(r);
    for (int32_t i = 0; i < r->n_ink; i++) {
        int32_t w = 0, h = 0;
        const uint8_t *from = NULL;
        HM_TRY(take_i32(r, 1, LETTERS_SIDE_MAX_PX, &w));
        HM_TRY(take_i32(r, 1, LETTERS_SIDE_MAX_PX, &h));
        HM_TRY(take(r, (size_t)w * (size_t)h, &from));
        uint8_t *cover = HM_PUSH(&r->l->arena, uint8_t, w * h);
        if (!cover)
            return no_memory(r);
        for (int32_t x = 0; x < w; x++)
            for (int32_t y = 0; y < h; y++)
                cover[y * w + x] = *from++;
        r->ink[i] = (text_run){.w_px = w, .h_px = h, .cover = cover};
    }
    return HM_OK;
}

static hm_status take_run(reading *r, text_run *run)
{
    const int32_t far = 1 << 20;
    int32_t ink = 0;
    HM_TRY(take_i32(r, 0, far, &run->advance_px));
    HM_TRY(take_i32(r, -far, far, &run->x_px));
    HM_TRY(take_i32(r, -far, far, &run->y_px));
    HM_TRY(take_i32(r, 0, LETTERS_SIDE_MAX_PX, &run->w_px));
    HM_TRY(take_i32(r, 0, LETTERS_SIDE_MAX_PX, &run->h_px));
    HM_TRY(take_i32(r, 0, r->n_ink, &ink));
    size_t n_px = (size_t)run->w_px * (size_t)run->h_px;
    if (ink == 0) {
        r->blank_px = n_px > r->blank_px ? n_px : r->blank_px;
        return n_px <= BLANK_MAX_PX ? HM_OK : refuse(r, "a run out of range");
    }
    const text_run *of = &r->ink[ink - 1];
    if (of->w_px != run->w_px || of->h_px != run->h_px)
        return refuse(r, "ink of another size than its run");
    run->cover = of->cover;
    return HM_OK;
}

static hm_status take_text(reading *r, const char **text)
{
    int32_t i = 0;
    HM_TRY(take_i32(r, 0, r->n_text - 1, &i));
    *text = r->text[i];
    return HM_OK;
}

static hm_status take_row(reading *r, letters_row *row)
{
    const double most = 1e5;
    letters_ask *a = &row->ask;
    letters_told *t = &row->told;
    int32_t kind = 0;
    HM_TRY(take_i32(r, 0, LETTERS_KIND_COUNT - 1, &kind));
    a->kind = (letters_kind)kind;
    HM_TRY(take_text(r, &a->text));
    HM_TRY(take_text(r, &a->small));
    HM_TRY(take_text(r, &a->spec.family));
    bool is_bib = a->kind == LETTERS_BIB;
    HM_TRY(take_i32(r, 0, 1000, &a->spec.weight));
    HM_TRY(take_i32(r, is_bib, LETTERS_SIDE_MAX_PX, &a->max_px));
    HM_TRY(take_i32(r, is_bib, LETTERS_SIDE_MAX_PX, &a->max_line));
    HM_TRY(take_i32(r, 0, TEXT_MAX, &t->flaws.unknown_glyph_count));
    HM_TRY(take_i32(r, 0, TEXT_MAX, &t->flaws.cut_count));
    HM_TRY(take_i32(r, 0, TEXT_MAX, &t->flaws.split_count));
    HM_TRY(take_i32(r, is_bib, is_bib ? 1 : TEXT_LINES_MAX, &t->n));
    HM_TRY(take_f64(r, 1e-3, most, &a->scale));
    HM_TRY(take_f64(r, is_bib ? 0 : 1e-3, most, &a->spec.em_px));
    HM_TRY(take_f64(r, -most, most, &a->spec.track_em));
    HM_TRY(take_f64(r, -most, most, &a->spec.jitter_em));
    for (int i = 0; i < 3; i++)
        HM_TRY(take_f64(r, 0, most, &a->em_px[i]));
    HM_TRY(take_f64(r, 0, most, &t->em_px));
    for (int32_t i = 0; i < t->n; i++)
        HM_TRY(take_run(r, &t->run[i]));
    if (is_bib && (t->run[0].w_px != a->max_px || t->run[0].h_px != a->max_line))
        return refuse(r, "a bib of another size than was asked for");
    row->hash = letters_hash(a);
    return HM_OK;
}

/* Runs without ink have a cover like any other, all of them the same one. */
static hm_status fill_blanks(reading *r)
{
    const uint8_t *none = HM_PUSH(&r->l->arena, uint8_t, r->blank_px);
    if (!none)
        return no_memory(r);
    for (int32_t i = 0; i < r->l->n; i++)
        for (int32_t k = 0; k < r->l->row[i].told.n; k++) {
            text_run *run = &r->l->row[i].told.run[k];
            if (run->w_px > 0 && run->h_px > 0 && !run->cover) {
                run->cover = none;
                r->l->row[i].blank = true;
            }
        }
    return HM_OK;
}

static hm_status take_all(reading *r)
{
    const uint8_t *head = NULL;
    int32_t version = 0, n_row = 0;
    HM_TRY(take(r, sizeof magic, &head));
    if (memcmp(head, magic, sizeof magic) != 0)
        return refuse(r, "not letters");
    HM_TRY(take_i32(r, VERSION, VERSION, &version));
    HM_TRY(take_count(r, 4, &r->n_text));
    HM_TRY(take_count(r, 9, &r->n_ink));
    HM_TRY(take_count(r, ROW_LEAST_BYTES, &n_row));
    HM_TRY(take_texts(r));
    HM_TRY(take_inks(r));
    if ((size_t)n_row > r->left / ROW_LEAST_BYTES)
        return refuse(r, "cut short");
    r->l->row = HM_PUSH(&r->l->arena, letters_row, n_row);
    if (!r->l->row)
        return no_memory(r);
    for (; r->l->n < n_row; r->l->n++)
        HM_TRY(take_row(r, &r->l->row[r->l->n]));
    HM_TRY(fill_blanks(r));
    return r->left == 0 ? HM_OK : refuse(r, "bytes behind the end");
}

hm_status hm_letters_read(const void *bytes, size_t n, hm_letters **letters, hm_err *err)
{
    reading r = {.at = bytes, .left = n, .l = hm_letters_new(), .err = err};
    if (!r.l)
        return no_memory(&r);
    r.l->records = false;
    hm_status status = take_all(&r);
    if (status == HM_OK)
        *letters = r.l;
    else
        hm_letters_destroy(r.l);
    return status;
}
