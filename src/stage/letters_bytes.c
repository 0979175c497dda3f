#include "letters_bytes_priv.h"

#include <string.h>

/* ---- writing ---- */

void letters_put(letters_writing *w, const void *bytes, size_t n)
{
    hm_sink sink = hm_sink_memory(&w->out);
    if (w->status == HM_OK)
        w->status = sink.put(sink.ctx, bytes, n, w->err);
}

static void put_u32(letters_writing *w, uint32_t v)
{
    const uint8_t b[] = {(uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24)};
    letters_put(w, b, sizeof b);
}

void letters_put_i32(letters_writing *w, int32_t v)
{
    put_u32(w, (uint32_t)v);
}

void letters_put_f64(letters_writing *w, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, 8);
    put_u32(w, (uint32_t)bits);
    put_u32(w, (uint32_t)(bits >> 32));
}

void letters_no_memory(letters_writing *w)
{
    if (w->status == HM_OK)
        w->status = hm_err_set(w->err, HM_ERR_SYSTEM, "letters", 0, 0, NULL, "no memory");
}

void letters_put_column(letters_writing *w, const int32_t v[], int32_t n, int32_t stride,
                        int n_byte)
{
    uint8_t *plane = HM_PUSH(w->arena, uint8_t, n);
    if (n > 0 && !plane)
        letters_no_memory(w);
    for (int k = 0; k < n_byte && w->status == HM_OK; k++) {
        for (int32_t i = 0; i < n; i++)
            plane[i] = (uint8_t)((uint32_t)v[(ptrdiff_t)i * stride] >> (8 * k));
        letters_put(w, plane, (size_t)n);
    }
}

/* ---- reading ---- */

hm_status letters_refuse(const letters_reading *r, const char *what)
{
    return hm_err_set(r->err, HM_ERR_INPUT, "letters", 0, 0, NULL, "%s", what);
}

hm_status letters_short_of_memory(const letters_reading *r)
{
    return hm_err_set(r->err, HM_ERR_SYSTEM, "letters", 0, 0, NULL, "no memory for letters");
}

hm_status letters_take(letters_reading *r, size_t n, const uint8_t **bytes)
{
    if (n > r->left)
        return letters_refuse(r, "cut short");
    *bytes = r->at;
    r->at += n;
    r->left -= n;
    return HM_OK;
}

static uint32_t u32_of(const uint8_t *b)
{
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static int32_t i32_of(uint32_t u)
{
    int32_t v;
    memcpy(&v, &u, 4);
    return v;
}

hm_status letters_take_i32(letters_reading *r, int32_t lo, int32_t hi, int32_t *v)
{
    const uint8_t *b = NULL;
    HM_TRY(letters_take(r, 4, &b));
    int32_t got = i32_of(u32_of(b));
    if (got < lo || got > hi)
        return letters_refuse(r, "a number out of range");
    *v = got;
    return HM_OK;
}

hm_status letters_take_f64(letters_reading *r, double lo, double hi, double *v)
{
    const uint8_t *b = NULL;
    double got;
    HM_TRY(letters_take(r, 8, &b));
    uint64_t u = (uint64_t)u32_of(b + 4) << 32 | u32_of(b);
    memcpy(&got, &u, 8);
    if (!(got >= lo && got <= hi))
        return letters_refuse(r, "a size out of range");
    *v = got;
    return HM_OK;
}

hm_status letters_take_count(letters_reading *r, size_t least_bytes, int32_t *n)
{
    HM_TRY(letters_take_i32(r, 0, INT32_MAX, n));
    return (size_t)*n <= r->left / least_bytes ? HM_OK : letters_refuse(r, "cut short");
}

hm_status letters_take_column(letters_reading *r, int32_t v[], int32_t n, int32_t stride,
                              int n_byte, int32_t lo, int32_t hi)
{
    const uint8_t *plane[4] = {NULL};
    for (int k = 0; k < n_byte; k++)
        HM_TRY(letters_take(r, (size_t)n, &plane[k]));
    for (int32_t i = 0; i < n; i++) {
        uint32_t u = 0;
        for (int k = 0; k < n_byte; k++)
            u |= (uint32_t)plane[k][i] << (8 * k);
        int32_t got = i32_of(u);
        if (got < lo || got > hi)
            return letters_refuse(r, "a number out of range");
        v[(ptrdiff_t)i * stride] = got;
    }
    return HM_OK;
}
