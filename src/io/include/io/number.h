/* io/number.h - text to number and back. The only strtod in the tree, and the only shortest form.
 */
#ifndef HM_IO_NUMBER_H
#define HM_IO_NUMBER_H

#include <stddef.h>
#include <stdint.h>

typedef enum hm_number_fault {
    HM_NUMBER_OK,
    HM_NUMBER_EMPTY, /* nothing there */
    HM_NUMBER_TEXT,  /* not a number, or more than one */
    HM_NUMBER_RANGE  /* a number too large to hold */
} hm_number_fault;

enum { HM_NUMBER_BUF = 32 };

/**
 * One decimal number that fills the whole text: [+-] digits [mark digits] [e [+-] digits].
 *
 * in     decimal  '.' = only a point marks decimals; ',' = a comma or a point does
 * out    value    untouched unless HM_NUMBER_OK; always finite
 * errors NaN, infinity, hexadecimal, blanks and trailing signs are HM_NUMBER_TEXT; 1e400 is
 *        HM_NUMBER_RANGE; 1e-400 is 0
 * memory none.  threads: pure; the locale does not matter
 * test   tests/unit/io/test_number.c
 */
hm_number_fault hm_number_parse(const char *text, char decimal, double *value);

/** The same for n bytes that need no end: a cell within a line. */
hm_number_fault hm_number_parse_n(const char *text, size_t n, char decimal, double *value);

/** As hm_number_parse for a whole number: [+-] digits, no more than fits int64_t. */
hm_number_fault hm_number_parse_int(const char *text, int64_t *value);

/**
 * A duration as people write it: 9.58, 1:02.34, 0:00:10.241; the parts after a colon are two digits
 * and below 60. No sign other than '-', no exponent.
 * out    value_s  seconds
 *        digits   decimals that were typed; may be NULL
 */
hm_number_fault hm_number_parse_clock(const char *text, char decimal, double *value_s,
                                      int32_t *digits);

/**
 * Fewest digits (15, 16 or 17) from which the same double is read back: 9.58,
 * not 9.5800000000000001. in     v    finite (asserted) out    buf  terminated; returns its length
 */
int hm_number_print(double v, char buf[HM_NUMBER_BUF]);

#endif
