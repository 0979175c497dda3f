/* letters_ink.c - inks as bytes: numbers of pieces, inks and places, i32 each; then columns
 * (letters_bytes_priv.h):
 *   pieces: width, height (2 bytes)      inks: width, height (2), number of places (3)
 *   places: piece (3); x, less that of the piece before it and what stood between the two pieces
 *           last time; y (2)
 * and the pieces' pixels (letters_code_priv.h). */
#include "letters_ink_priv.h"

#include <string.h>

#include "base/hash.h"

enum {
    SIDE_MAX_PX = 8192,
    PLACE_MAX = 1 << 24,
    PIECES_MAX_PX = 1 << 25,
    PIECE_BYTES = 4,
    PLACE_BYTES = 7
};

/* ---- pieces ---- */

/* A pixel to go on from. */
typedef struct spot {
    int32_t x, y;
} spot;

/* A cover that is being cut: pixels that are in no piece yet. */
typedef struct cutting {
    int32_t w_px, h_px;
    const uint8_t *cover;
    uint8_t *taken; /* (h x w) 0 free, 1 in an older piece, 2 in this one */
    spot *stack;    /* (h x w) */
} cutting;

/* All pixels that touch the one at (x, y): their box. */
static void flood(cutting *c, int32_t x, int32_t y, spot *lo, spot *hi)
{
    int32_t n = 0;
    *lo = *hi = (spot){x, y};
    c->stack[n++] = (spot){x, y};
    c->taken[y * c->w_px + x] = 2;
    while (n > 0) {
        spot s = c->stack[--n];
        lo->x = s.x < lo->x ? s.x : lo->x, hi->x = s.x > hi->x ? s.x : hi->x;
        lo->y = s.y < lo->y ? s.y : lo->y, hi->y = s.y > hi->y ? s.y : hi->y;
        for (int32_t v = s.y - 1; v <= s.y + 1; v++)
            for (int32_t u = s.x - 1; u <= s.x + 1; u++) {
                if (u < 0 || v < 0 || u >= c->w_px || v >= c->h_px || c->taken[v * c->w_px + u] ||
                    !c->cover[v * c->w_px + u])
                    continue;
                c->taken[v * c->w_px + u] = 2;
                c->stack[n++] = (spot){u, v};
            }
    }
}

/* What was flooded, as a piece of its own; it is taken from here on. */
static bool lift(letters_writing *w, cutting *c, spot lo, spot hi, letters_piece *piece)
{
    letters_piece p = {.w_px = hi.x - lo.x + 1, .h_px = hi.y - lo.y + 1};
    p.cover = HM_PUSH(w->arena, uint8_t, p.w_px * p.h_px);
    if (!p.cover)
        return false;
    for (int32_t x = 0; x < p.w_px; x++)
        for (int32_t y = 0; y < p.h_px; y++) {
            int32_t at = (lo.y + y) * c->w_px + lo.x + x;
            if (c->taken[at] != 2)
                continue;
            p.cover[x * p.h_px + y] = c->cover[at];
            c->taken[at] = 1;
        }
    *piece = p;
    return true;
}

static uint64_t hash_of(const letters_piece *p)
{
    size_t n = (size_t)p->w_px * (size_t)p->h_px;
    return hm_hash(hm_hash_u64(HM_HASH_START, (uint64_t)p->w_px), p->cover, n);
}

/* Its number, kept if it is new; -1 without memory. */
static int32_t piece_number(letters_writing *w, letters_inks *all, const letters_piece *p)
{
    size_t n = (size_t)p->w_px * (size_t)p->h_px;
    uint64_t hash = hash_of(p);
    for (int32_t i = 0; i < all->n_piece; i++) {
        const letters_piece *q = &all->piece[i];
        if (q->hash == hash && q->w_px == p->w_px && q->h_px == p->h_px &&
            memcmp(q->cover, p->cover, n) == 0)
            return i;
    }
    letters_piece *grown = HM_GROW(w->arena, all->piece, all->n_piece, &all->cap_piece);
    if (!grown)
        return -1;
    all->piece = grown;
    all->piece[all->n_piece] = *p;
    all->piece[all->n_piece].hash = hash;
    return all->n_piece++;
}

static bool add_place(letters_writing *w, letters_inks *all, cutting *c, int32_t x, int32_t y)
{
    letters_piece piece;
    spot lo, hi;
    flood(c, x, y, &lo, &hi);
    if (!lift(w, c, lo, hi, &piece))
        return false;
    int32_t number = piece_number(w, all, &piece);
    letters_place *grown = HM_GROW(w->arena, all->place, all->n_place, &all->cap_place);
    if (number < 0 || !grown)
        return false;
    all->place = grown;
    all->place[all->n_place++] = (letters_place){number, lo.x, lo.y};
    return true;
}

void letters_inks_add(letters_writing *w, letters_inks *all, const uint8_t *cover, int32_t w_px,
                      int32_t h_px)
{
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    size_t n = (size_t)w_px * (size_t)h_px;
    cutting c = {w_px, h_px, cover, HM_PUSH(&scratch, uint8_t, n), HM_PUSH(&scratch, spot, n)};
    letters_ink *grown = HM_GROW(w->arena, all->ink, all->n_ink, &all->cap_ink);
    bool done = c.taken && c.stack && grown;
    if (done) {
        all->ink = grown;
        letters_ink ink = {w_px, h_px, all->n_place, 0};
        for (int32_t x = 0; x < w_px && done; x++)
            for (int32_t y = 0; y < h_px && done; y++)
                if (cover[y * w_px + x] && !c.taken[y * w_px + x])
                    done = add_place(w, all, &c, x, y);
        ink.n = all->n_place - ink.first;
        all->ink[all->n_ink++] = ink;
    }
    if (!done)
        letters_no_memory(w);
    hm_arena_free(&scratch);
}

void letters_inks_compose(const letters_inks *all, int32_t i_ink, uint8_t *cover)
{
    const letters_ink *ink = &all->ink[i_ink];
    for (int32_t i = 0; i < ink->n; i++) {
        const letters_place *at = &all->place[ink->first + i];
        const letters_piece *p = &all->piece[at->piece];
        for (int32_t x = 0; x < p->w_px; x++)
            for (int32_t y = 0; y < p->h_px; y++)
                if (p->cover[x * p->h_px + y])
                    cover[(at->y_px + y) * ink->w_px + at->x_px + x] = p->cover[x * p->h_px + y];
    }
}

/* ---- as bytes ---- */

/* Pens: what stood between a piece and the next the last time, so that mostly nothing is told. */
static hm_status follow(const letters_inks *all, letters_place told[], hm_arena *arena, bool reads)
{
    int32_t *gap = HM_PUSH(arena, int32_t, all->n_piece);
    if (all->n_piece > 0 && !gap)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < all->n_ink; i++) {
        int32_t x = 0, *last = NULL;
        for (int32_t k = all->ink[i].first; k < all->ink[i].first + all->ink[i].n; k++) {
            letters_place *place = &all->place[k];
            int32_t guess = x + (last ? *last : 0);
            if (reads)
                place->x_px = (int16_t)(uint16_t)((uint32_t)told[k].x_px + (uint32_t)guess);
            else
                told[k].x_px = place->x_px - guess;
            if (last)
                *last = place->x_px - x;
            last = &gap[place->piece];
            x = place->x_px;
        }
    }
    return HM_OK;
}

/* Columns of records that are nothing but numbers. */
enum { INK_STRIDE = sizeof(letters_ink) / sizeof(int32_t), PLACE_STRIDE = 3, SIZE_STRIDE = 2 };

/* Width and height of each piece. */
static int32_t *sizes_of(const letters_inks *all, hm_arena *arena)
{
    int32_t *size = HM_PUSH(arena, int32_t, SIZE_STRIDE * all->n_piece + SIZE_STRIDE);
    for (int32_t i = 0; size && i < all->n_piece; i++) {
        size[SIZE_STRIDE * i] = all->piece[i].w_px;
        size[SIZE_STRIDE * i + 1] = all->piece[i].h_px;
    }
    return size;
}

void letters_inks_put(letters_writing *w, const letters_inks *all)
{
    int32_t *size = sizes_of(all, w->arena);
    letters_place *told = HM_PUSH(w->arena, letters_place, all->n_place + 1);
    if (!size || !told || follow(all, told, w->arena, false) != HM_OK) {
        letters_no_memory(w);
        return;
    }
    for (int32_t i = 0; i < all->n_place; i++) {
        told[i].piece = all->place[i].piece;
        told[i].y_px = all->place[i].y_px;
    }
    letters_put_i32(w, all->n_piece);
    letters_put_i32(w, all->n_ink);
    letters_put_i32(w, all->n_place);
    letters_put_column(w, size, all->n_piece, SIZE_STRIDE, 2);
    letters_put_column(w, size + 1, all->n_piece, SIZE_STRIDE, 2);
    if (all->n_ink > 0) {
        letters_put_column(w, &all->ink->w_px, all->n_ink, INK_STRIDE, 2);
        letters_put_column(w, &all->ink->h_px, all->n_ink, INK_STRIDE, 2);
        letters_put_column(w, &all->ink->n, all->n_ink, INK_STRIDE, 3);
    }
    letters_put_column(w, &told->piece, all->n_place, PLACE_STRIDE, 3);
    letters_put_column(w, &told->x_px, all->n_place, PLACE_STRIDE, 2);
    letters_put_column(w, &told->y_px, all->n_place, PLACE_STRIDE, 2);
    letters_code_put(w, all->piece, all->n_piece);
}

static hm_status take_pieces(letters_reading *r, letters_inks *all)
{
    int32_t *size = HM_PUSH(r->arena, int32_t, SIZE_STRIDE * all->n_piece + SIZE_STRIDE);
    int64_t n_px = 0;
    if (!size)
        return letters_short_of_memory(r);
    for (int k = 0; k < SIZE_STRIDE; k++)
        HM_TRY(letters_take_column(r, size + k, all->n_piece, SIZE_STRIDE, 2, 1, SIDE_MAX_PX));
    for (int32_t i = 0; i < all->n_piece; i++) {
        letters_piece *p = &all->piece[i];
        *p = (letters_piece){.w_px = size[SIZE_STRIDE * i], .h_px = size[SIZE_STRIDE * i + 1]};
        n_px += (int64_t)p->w_px * p->h_px;
        if (n_px > PIECES_MAX_PX)
            return letters_refuse(r, "pieces out of range");
    }
    uint8_t *cover = HM_PUSH(r->arena, uint8_t, n_px + 1);
    if (!cover)
        return letters_short_of_memory(r);
    for (int32_t i = 0; i < all->n_piece; i++) {
        all->piece[i].cover = cover;
        cover += (ptrdiff_t)all->piece[i].w_px * all->piece[i].h_px;
    }
    return HM_OK;
}

static hm_status take_inks(letters_reading *r, letters_inks *all)
{
    int32_t first = 0;
    HM_TRY(letters_take_column(r, &all->ink->w_px, all->n_ink, INK_STRIDE, 2, 1, SIDE_MAX_PX));
    HM_TRY(letters_take_column(r, &all->ink->h_px, all->n_ink, INK_STRIDE, 2, 1, SIDE_MAX_PX));
    HM_TRY(letters_take_column(r, &all->ink->n, all->n_ink, INK_STRIDE, 3, 0, PLACE_MAX));
    for (int32_t i = 0; i < all->n_ink; i++) {
        all->ink[i].first = first;
        if (all->ink[i].n > all->n_place - first)
            return letters_refuse(r, "more places than there are");
        first += all->ink[i].n;
    }
    return first == all->n_place ? HM_OK : letters_refuse(r, "places of no ink");
}

static hm_status take_places(letters_reading *r, letters_inks *all)
{
    letters_place *told = all->place;
    int32_t n = all->n_place;
    HM_TRY(letters_take_column(r, &told->piece, n, PLACE_STRIDE, 3, 0, all->n_piece - 1));
    HM_TRY(letters_take_column(r, &told->x_px, n, PLACE_STRIDE, 2, 0, UINT16_MAX));
    HM_TRY(letters_take_column(r, &told->y_px, n, PLACE_STRIDE, 2, 0, SIDE_MAX_PX));
    if (follow(all, told, r->arena, true) != HM_OK)
        return letters_short_of_memory(r);
    for (int32_t i = 0; i < all->n_ink; i++) {
        const letters_ink *ink = &all->ink[i];
        for (int32_t k = ink->first; k < ink->first + ink->n; k++) {
            const letters_place *at = &all->place[k];
            const letters_piece *p = &all->piece[at->piece];
            if (at->x_px < 0 || at->x_px + p->w_px > ink->w_px || at->y_px + p->h_px > ink->h_px)
                return letters_refuse(r, "a piece outside its ink");
        }
    }
    return HM_OK;
}

hm_status letters_inks_take(letters_reading *r, letters_inks *all)
{
    letters_inks got = {0};
    HM_TRY(letters_take_count(r, PIECE_BYTES, &got.n_piece));
    HM_TRY(letters_take_count(r, PLACE_BYTES, &got.n_ink));
    HM_TRY(letters_take_count(r, PLACE_BYTES, &got.n_place));
    got.piece = HM_PUSH(r->arena, letters_piece, got.n_piece + 1);
    got.ink = HM_PUSH(r->arena, letters_ink, got.n_ink + 1);
    got.place = HM_PUSH(r->arena, letters_place, got.n_place + 1);
    if (!got.piece || !got.ink || !got.place)
        return letters_short_of_memory(r);
    HM_TRY(take_pieces(r, &got));
    HM_TRY(take_inks(r, &got));
    HM_TRY(take_places(r, &got));
    HM_TRY(letters_code_take(r, got.piece, got.n_piece));
    *all = got;
    return HM_OK;
}
