/* stage/letters.h - the words of films as they were drawn, kept to be drawn again where there are
 * no fonts: a film whose words were recorded gives the same bytes without pango.
 *
 * Letters are given to a show (stage/show.h) or a cast (stage/cast.h). A show that records makes
 * each text by the fonts of the machine and keeps it; one that reads looks for the text, at its own
 * size if it can, else at the nearest and resamples by area. A text that was not recorded is made
 * by who makes letters there: pango, in the page's engine the browser. */
#ifndef HM_STAGE_LETTERS_H
#define HM_STAGE_LETTERS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

typedef struct hm_letters hm_letters;

/** Empty, to be recorded in, by one show at a time that has one thread; NULL without memory. */
hm_letters *hm_letters_new(void);

/** NULL is fine. */
void hm_letters_destroy(hm_letters *l);

/** Texts that are kept. */
int32_t hm_letters_count(const hm_letters *l);

/**
 * The letters as bytes, for hm_letters_read: each connected piece of ink is kept once. Packed, a
 * race of eight in all looks takes some 90 kB, the 214 races of the shipped story 430 kB. The same
 * texts give the same bytes.
 * errors HM_ERR_SYSTEM.  memory arena
 */
HM_CHECKED hm_status hm_letters_write(const hm_letters *l, hm_arena *arena, unsigned char **bytes,
                                      size_t *n, hm_err *err);

/**
 * Letters to read from. What is made without them is not kept.
 *
 * in     bytes   (n) of hm_letters_write; copied
 * out    letters untouched on failure; may be read by many threads
 * errors HM_ERR_INPUT not letters, cut short, out of range
 * test   tests/unit/stage/test_letters.c, fuzz/letters.c
 */
HM_CHECKED hm_status hm_letters_read(const void *bytes, size_t n, hm_letters **letters,
                                     hm_err *err);

#endif
