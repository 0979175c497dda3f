#include "letters_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

#define MOST_LARGER 20.0 /* [1] letters are resampled by no more than that */

enum { FIRST_BUCKETS = 256 };

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "letters", 0, 0, NULL, "no memory for letters");
}

hm_letters *hm_letters_new(void)
{
    hm_arena arena;
    hm_arena_init(&arena, (size_t)1 << 18);
    hm_letters *l = HM_PUSH(&arena, hm_letters, 1);
    if (l)
        *l = (hm_letters){.arena = arena, .records = true};
    return l;
}

void hm_letters_destroy(hm_letters *l)
{
    if (!l)
        return;
    text_maker_close(l->maker);
    hm_arena arena = l->arena; /* l lies in it */
    hm_arena_free(&arena);
}

hm_status letters_fonts(hm_letters *l, void **own, void **maker, hm_err *err)
{
    void **of = l && l->records ? &l->maker : own;
    if (!*of)
        HM_TRY(text_maker_open(of, err));
    *maker = *of;
    return HM_OK;
}

int32_t hm_letters_count(const hm_letters *l)
{
    return l->n;
}

/* ---- rows by what they are found by ---- */

static void chain(hm_letters *l, int32_t i)
{
    int32_t *head = &l->bucket[l->row[i].hash & (uint64_t)(l->n_bucket - 1)];
    l->row[i].next = *head;
    *head = i;
}

hm_status letters_index(hm_letters *l, int32_t i, hm_err *err)
{
    if (i < l->n_bucket / 2) {
        chain(l, i);
        return HM_OK;
    }
    int32_t n = l->n_bucket ? 4 * l->n_bucket : FIRST_BUCKETS;
    int32_t *bucket = HM_PUSH(&l->arena, int32_t, n);
    if (!bucket)
        return no_memory(err);
    for (int32_t k = 0; k < n; k++)
        bucket[k] = -1;
    l->bucket = bucket;
    l->n_bucket = n;
    for (int32_t k = 0; k <= i; k++)
        chain(l, k);
    return HM_OK;
}

/* ---- what is asked for ---- */

uint64_t letters_hash(const letters_ask *a)
{
    uint64_t h = hm_hash_u64(HM_HASH_START, (uint64_t)a->kind);
    h = hm_hash(h, a->text, strlen(a->text) + 1);
    h = hm_hash(h, a->small, strlen(a->small) + 1);
    h = hm_hash(h, a->spec.family, strlen(a->spec.family) + 1);
    return hm_hash_u64(h, (uint64_t)a->spec.weight);
}

static bool same_words(const letters_row *r, uint64_t hash, const letters_ask *a)
{
    const letters_ask *b = &r->ask;
    return r->hash == hash && a->kind == b->kind && a->spec.weight == b->spec.weight &&
           strcmp(a->text, b->text) == 0 && strcmp(a->small, b->small) == 0 &&
           strcmp(a->spec.family, b->spec.family) == 0;
}

/* The very same request: what is drawn for it has the same bytes. */
static bool same_size(const letters_ask *a, const letters_ask *b)
{
    return a->spec.em_px == b->spec.em_px && a->spec.track_em == b->spec.track_em &&
           a->spec.jitter_em == b->spec.jitter_em && a->max_px == b->max_px &&
           a->max_line == b->max_line && memcmp(a->em_px, b->em_px, sizeof a->em_px) == 0;
}

/* How little two requests are alike in a picture of the same size: letters first, then room. */
static double unlike(const letters_ask *a, const letters_ask *b)
{
    if (a->kind == LETTERS_BIB)
        return fabs((double)a->max_line / a->max_px - (double)b->max_line / b->max_px);
    double larger = a->spec.em_px / b->spec.em_px;
    if (!(larger > 1 / MOST_LARGER && larger < MOST_LARGER))
        return INFINITY;
    double em_a = a->spec.em_px / a->scale, em_b = b->spec.em_px / b->scale;
    double room_a = a->max_px / a->scale, room_b = b->max_px / b->scale;
    double room = room_a > 0 && room_b > 0 ? fabs(room_a - room_b) / (room_a + room_b)
                                           : fabs(room_a - room_b) > 0;
    return fabs(em_a - em_b) / (em_a + em_b) + 0.5 * room +
           fabs(a->spec.track_em - b->spec.track_em);
}

/* ---- another size ---- */

/* The share of pixel i of the source that lies within [lo, hi]. */
static double share(int32_t i, double lo, double hi)
{
    double a = lo > i ? lo : i, b = hi < i + 1 ? hi : i + 1;
    return b > a ? b - a : 0;
}

/* Mean of the coverage over a box of the source, outside of which there is none. */
static uint8_t box(const text_run *r, double x0, double x1, double y0, double y1)
{
    double sum = 0;
    for (int32_t y = (int32_t)floor(y0); y < y1; y++) {
        double wy = y >= 0 && y < r->h_px ? share(y, y0, y1) : 0;
        for (int32_t x = (int32_t)floor(x0); wy > 0 && x < x1; x++)
            if (x >= 0 && x < r->w_px)
                sum += wy * share(x, x0, x1) * r->cover[y * r->w_px + x];
    }
    return (uint8_t)(sum / ((x1 - x0) * (y1 - y0)) + 0.5);
}

/* A run kx and ky times as large, its pen where a pixel begins. */
static hm_status resample(const text_run *r, double kx, double ky, hm_arena *arena, text_run *out,
                          hm_err *err)
{
    text_run o = {.advance_px = (int32_t)(r->advance_px * kx + 0.5),
                  .x_px = (int32_t)floor(r->x_px * kx),
                  .y_px = (int32_t)floor(r->y_px * ky)};
    if (r->w_px > 0) {
        o.w_px = (int32_t)ceil((r->x_px + r->w_px) * kx) - o.x_px;
        o.h_px = (int32_t)ceil((r->y_px + r->h_px) * ky) - o.y_px;
        uint8_t *cover = HM_PUSH(arena, uint8_t, (size_t)o.w_px * (size_t)o.h_px);
        if (!cover)
            return no_memory(err);
        for (int32_t y = 0; y < o.h_px; y++)
            for (int32_t x = 0; x < o.w_px; x++)
                cover[y * o.w_px + x] =
                    box(r, (o.x_px + x) / kx - r->x_px, (o.x_px + x + 1) / kx - r->x_px,
                        (o.y_px + y) / ky - r->y_px, (o.y_px + y + 1) / ky - r->y_px);
        o.cover = cover;
    }
    *out = o;
    return HM_OK;
}

/* What was drawn for another size, at this one; smaller still where there is no room. */
static hm_status fit(const letters_row *r, const letters_ask *ask, hm_arena *arena,
                     letters_told *told, hm_err *err)
{
    letters_told t = *told;
    double kx, ky;
    if (ask->kind == LETTERS_BIB) {
        kx = (double)ask->max_px / r->ask.max_px;
        ky = (double)ask->max_line / r->ask.max_line;
    } else {
        int32_t widest = 1;
        for (int32_t i = 0; i < t.n; i++) {
            int32_t right = t.run[i].x_px + t.run[i].w_px;
            right = right > t.run[i].advance_px ? right : t.run[i].advance_px;
            widest = right > widest ? right : widest;
        }
        kx = ask->spec.em_px / r->ask.spec.em_px;
        if (ask->max_px > 0 && widest * kx > ask->max_px - 1)
            kx = (ask->max_px - 1.0) / widest;
        ky = kx;
        if (ask->kind != LETTERS_LINE && t.n > ask->max_line)
            t.n = ask->max_line;
    }
    t.em_px *= kx;
    for (int32_t i = 0; i < t.n; i++)
        HM_TRY(resample(&told->run[i], kx, ky, arena, &t.run[i], err));
    *told = t;
    return HM_OK;
}

hm_status letters_cover(const hm_letters *l, const letters_row *row, int32_t k, hm_arena *arena,
                        const uint8_t **cover, hm_err *err)
{
    const text_run *run = &row->told.run[k];
    size_t n = (size_t)run->w_px * (size_t)run->h_px;
    *cover = run->cover;
    if (run->cover || n == 0)
        return HM_OK;
    uint8_t *made = HM_PUSH(arena, uint8_t, n);
    if (!made)
        return no_memory(err);
    if (row->ink[k] >= 0)
        letters_inks_compose(&l->inks, row->ink[k], made);
    *cover = made;
    return HM_OK;
}

static hm_status tell(const hm_letters *l, const letters_row *row, hm_arena *arena,
                      letters_told *told, hm_err *err)
{
    letters_told t = row->told;
    for (int32_t i = 0; i < t.n; i++)
        HM_TRY(letters_cover(l, row, i, arena, &t.run[i].cover, err));
    *told = t;
    return HM_OK;
}

/* The row to answer with; *is_same: it is the very request. */
static int32_t row_for(const hm_letters *l, const letters_ask *ask, bool *is_same)
{
    int32_t best = -1;
    double least = (double)INFINITY;
    uint64_t hash = letters_hash(ask);
    int32_t i = l->n_bucket ? l->bucket[hash & (uint64_t)(l->n_bucket - 1)] : -1;
    for (*is_same = false; i >= 0 && !*is_same; i = l->row[i].next) {
        const letters_row *r = &l->row[i];
        if (!same_words(r, hash, ask))
            continue;
        *is_same = same_size(ask, &r->ask);
        double cost = *is_same ? -1 : r->n_use ? unlike(ask, &r->ask) : (double)INFINITY;
        if (cost < least || (cost == least && best >= 0))
            best = i, least = cost;
    }
    return best;
}

/* While recording: who asks may say later that it was a try. */
static hm_status touch(hm_letters *l, int32_t row, hm_err *err)
{
    int32_t *grown = HM_GROW(&l->arena, l->touch, l->n_touch, &l->cap_touch);
    if (!grown)
        return no_memory(err);
    l->touch = grown;
    l->touch[l->n_touch++] = row;
    l->row[row].n_use++;
    return HM_OK;
}

hm_status letters_find(hm_letters *l, const letters_ask *ask, hm_arena *arena, letters_told *told,
                       bool *found, hm_err *err)
{
    bool is_same;
    int32_t i = row_for(l, ask, &is_same);
    *found = false;
    if (i < 0 || (l->records && !is_same))
        return HM_OK;
    if (l->records)
        HM_TRY(touch(l, i, err));
    HM_TRY(tell(l, &l->row[i], arena, told, err));
    if (!is_same)
        HM_TRY(fit(&l->row[i], ask, arena, told, err));
    *found = true;
    return HM_OK;
}

/* ---- recording ---- */

static hm_status copy_text(hm_letters *l, const char **text, hm_err *err)
{
    *text = hm_arena_text(&l->arena, *text);
    return *text ? HM_OK : no_memory(err);
}

static hm_status copy_row(hm_letters *l, letters_row *r, hm_err *err)
{
    HM_TRY(copy_text(l, &r->ask.text, err));
    HM_TRY(copy_text(l, &r->ask.small, err));
    HM_TRY(copy_text(l, &r->ask.spec.family, err));
    for (int32_t i = 0; i < r->told.n; i++) {
        text_run *run = &r->told.run[i];
        size_t n = (size_t)run->w_px * (size_t)run->h_px;
        uint8_t *cover = HM_PUSH(&l->arena, uint8_t, n);
        if (!cover)
            return no_memory(err);
        if (n > 0)
            memcpy(cover, run->cover, n);
        run->cover = n > 0 ? cover : NULL;
    }
    return HM_OK;
}

hm_status letters_keep(hm_letters *l, const letters_ask *ask, const letters_told *told, hm_err *err)
{
    bool is_sane = true;
    for (int32_t i = 0; i < told->n; i++)
        is_sane = is_sane && told->run[i].w_px <= LETTERS_SIDE_MAX_PX &&
                  told->run[i].h_px <= LETTERS_SIDE_MAX_PX;
    if (!l->records || !is_sane)
        return HM_OK;
    letters_row *row = HM_GROW(&l->arena, l->row, l->n, &l->cap);
    if (!row)
        return no_memory(err);
    l->row = row;
    letters_row r = {.hash = letters_hash(ask), .ask = *ask, .told = *told};
    HM_TRY(copy_row(l, &r, err));
    l->row[l->n] = r;
    HM_TRY(letters_index(l, l->n, err));
    return touch(l, l->n++, err);
}

int32_t letters_mark(const hm_letters *l)
{
    return l->n_touch;
}

void letters_blank(hm_letters *l, int32_t mark)
{
    while (l->n_touch > mark)
        l->row[l->touch[--l->n_touch]].n_use--;
}
