/* letters_bytes_priv.h - numbers as bytes, lowest first, whole columns of them at once: alike bytes
 * lie together, which gzip packs best. */
#ifndef STAGE_LETTERS_BYTES_PRIV_H
#define STAGE_LETTERS_BYTES_PRIV_H

#include "base/arena.h"
#include "base/status.h"
#include "io/sink.h"

/** What fails once stays failed, and nothing more is written. */
typedef struct letters_writing {
    hm_arena *arena;
    hm_memory out;
    hm_status status;
    hm_err *err;
} letters_writing;

void letters_put(letters_writing *w, const void *bytes, size_t n);
void letters_put_i32(letters_writing *w, int32_t v);
void letters_put_f64(letters_writing *w, double v);
/** A column: the lowest byte of all n, then the next, n_byte in all. in stride  numbers from one to
 * the next */
void letters_put_column(letters_writing *w, const int32_t v[], int32_t n, int32_t stride,
                        int n_byte);
void letters_no_memory(letters_writing *w);

typedef struct letters_reading {
    const uint8_t *at;
    size_t left;
    hm_arena *arena; /* of what is read */
    hm_err *err;
} letters_reading;

HM_CHECKED hm_status letters_refuse(const letters_reading *r, const char *what);
HM_CHECKED hm_status letters_short_of_memory(const letters_reading *r);
HM_CHECKED hm_status letters_take(letters_reading *r, size_t n, const uint8_t **bytes);
/** errors HM_ERR_INPUT cut short, outside lo .. hi */
HM_CHECKED hm_status letters_take_i32(letters_reading *r, int32_t lo, int32_t hi, int32_t *v);
HM_CHECKED hm_status letters_take_f64(letters_reading *r, double lo, double hi, double *v);
/** How many of something follow, each of at least so many bytes. */
HM_CHECKED hm_status letters_take_count(letters_reading *r, size_t least_bytes, int32_t *n);
/** A column of n numbers into v, v + stride, ..; of fewer than four bytes none is below 0. */
HM_CHECKED hm_status letters_take_column(letters_reading *r, int32_t v[], int32_t n, int32_t stride,
                                         int n_byte, int32_t lo, int32_t hi);

#endif
