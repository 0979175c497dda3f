#include "letters_code_priv.h"

enum {
    AROUND = 5 * 5 * 5 * 5 * 3 * 3, /* what is known around a pixel */
    GUESSES = 16 * 8,               /* of the value of an edge */
    COUNT_MOST = 30,                /* a guess follows the last so many bits */
    TAIL_BYTES = 5
};

#define RANGE_LEAST (UINT32_C(1) << 24)

/* How likely a bit is 1, in 1/65536, and of how many bits that is known. */
typedef struct chance {
    uint16_t p, n;
} chance;

typedef struct model {
    chance none[AROUND], full[AROUND];
    chance high[GUESSES][16], low[4][32];
} model;

/* Both ways: what a bit costs is the same. */
typedef struct coder {
    bool reads;
    uint32_t range;
    model *m;
    letters_writing *w; /* writing */
    uint64_t low;
    uint8_t held;
    int64_t n_held;
    letters_reading *r; /* reading */
    uint32_t value;
    bool is_short;
} coder;

static void put_byte(coder *c, uint8_t byte)
{
    letters_put(c->w, &byte, 1);
}

/* Bytes are held back while a carry may still reach them. */
static void shift_out(coder *c)
{
    if (c->low < 0xff000000u || c->low > 0xffffffffu) {
        uint8_t carry = (uint8_t)(c->low >> 32);
        if (c->n_held > 0)
            put_byte(c, (uint8_t)(c->held + carry));
        for (int64_t i = 1; i < c->n_held; i++)
            put_byte(c, (uint8_t)(0xff + carry));
        c->n_held = 0;
        c->held = (uint8_t)(c->low >> 24);
    }
    c->n_held++;
    c->low = (c->low & 0x00ffffffu) << 8;
}

static void shift_in(coder *c)
{
    const uint8_t *b = NULL;
    if (c->r->left == 0) {
        c->is_short = true;
        return;
    }
    if (letters_take(c->r, 1, &b) == HM_OK)
        c->value = c->value << 8 | *b;
}

static void learn(chance *at, bool bit)
{
    uint32_t span = 2u * at->n + 3;
    uint32_t p = at->p;
    p = bit ? p + 2 * (65536 - p) / span : p - 2 * p / span;
    at->p = (uint16_t)(p < 64 ? 64 : p > 65536 - 64 ? 65536 - 64 : p);
    at->n = at->n < COUNT_MOST ? (uint16_t)(at->n + 1) : at->n;
}

/* Write a bit, or read it. */
static bool code(coder *c, chance *at, bool bit)
{
    uint32_t bound = (c->range >> 16) * at->p;
    if (c->reads)
        bit = c->value < bound;
    if (bit) {
        c->range = bound;
    } else {
        c->range -= bound;
        if (c->reads)
            c->value -= bound;
        else
            c->low += bound;
    }
    for (; c->range < RANGE_LEAST; c->range <<= 8)
        if (c->reads)
            shift_in(c);
        else
            shift_out(c);
    learn(at, bit);
    return bit;
}

/* ---- pixels ---- */

static int at(const letters_piece *p, int32_t x, int32_t y)
{
    return x >= 0 && y >= 0 && y < p->h_px ? p->cover[x * p->h_px + y] : 0;
}

/* None, three kinds of edge, full. */
static int kind(int v)
{
    return v == 0 ? 0 : v == 255 ? 4 : 1 + (v - 1) * 3 / 254;
}

static int kind_far(int v)
{
    return v == 0 ? 0 : v == 255 ? 2 : 1;
}

static uint8_t code_pixel(coder *c, const letters_piece *p, int32_t x, int32_t y)
{
    int v = c->reads ? 0 : p->cover[x * p->h_px + y];
    int left = at(p, x - 1, y), up = at(p, x, y - 1), corner = at(p, x - 1, y - 1),
        below = at(p, x - 1, y + 1);
    int around = ((kind(left) * 5 + kind(up)) * 5 + kind(corner)) * 5 + kind(below);
    around = (around * 3 + kind_far(at(p, x - 2, y))) * 3 + kind_far(at(p, x, y - 2));
    if (code(c, &c->m->none[around], v == 0))
        return 0;
    if (code(c, &c->m->full[around], v == 255))
        return 255;
    int slope = left + up - corner;
    slope = slope < 0 ? 0 : slope > 255 ? 255 : slope;
    int guess = (slope >> 4) * 8 + (left + below) / 2 / 32;
    int node = 1;
    for (int k = 7; k >= 0; k--) {
        chance *of = k > 3    ? &c->m->high[guess][node]
                     : k == 3 ? &c->m->low[3][node]
                              : &c->m->low[k][0];
        node = node * 2 + code(c, of, v >> k & 1);
    }
    return (uint8_t)(node & 255);
}

static void code_pieces(coder *c, letters_piece p[], int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        for (int32_t x = 0; x < p[i].w_px && !c->is_short; x++)
            for (int32_t y = 0; y < p[i].h_px; y++)
                p[i].cover[x * p[i].h_px + y] = code_pixel(c, &p[i], x, y);
}

static model *model_new(hm_arena *arena)
{
    model *m = HM_PUSH(arena, model, 1);
    chance *all = (chance *)m;
    for (size_t i = 0; m && i < sizeof *m / sizeof *all; i++)
        all[i] = (chance){32768, 0};
    return m;
}

void letters_code_put(letters_writing *w, const letters_piece p[], int32_t n)
{
    letters_writing own = {.arena = w->arena, .out = {.arena = w->arena}, .err = w->err};
    coder c = {.range = UINT32_MAX, .m = model_new(w->arena), .w = &own};
    letters_piece *all = HM_PUSH(w->arena, letters_piece, n);
    if (!c.m || (n > 0 && !all)) {
        letters_no_memory(w);
        return;
    }
    for (int32_t i = 0; i < n; i++)
        all[i] = p[i];
    code_pieces(&c, all, n);
    for (int i = 0; i < TAIL_BYTES; i++)
        shift_out(&c);
    if (own.status != HM_OK)
        w->status = own.status;
    letters_put_i32(w, (int32_t)own.out.n);
    letters_put(w, own.out.bytes, own.out.n);
}

hm_status letters_code_take(letters_reading *r, letters_piece p[], int32_t n)
{
    const uint8_t *bytes = NULL;
    int32_t n_byte = 0;
    HM_TRY(letters_take_count(r, 1, &n_byte));
    HM_TRY(letters_take(r, (size_t)n_byte, &bytes));
    letters_reading own = {.at = bytes, .left = (size_t)n_byte, .err = r->err};
    coder c = {.reads = true, .range = UINT32_MAX, .m = model_new(r->arena), .r = &own};
    if (!c.m)
        return letters_short_of_memory(r);
    for (int i = 0; i < 4; i++)
        shift_in(&c);
    code_pieces(&c, p, n);
    if (c.is_short)
        return letters_refuse(r, "cut short");
    return own.left == 0 ? HM_OK : letters_refuse(r, "bytes behind the end");
}
