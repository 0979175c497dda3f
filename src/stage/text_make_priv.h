/* text_make_priv.h - who makes letters: pango (text_pango.c, bib_pango.c), in the page's engine the
 * browser (web/engine/text_host.c). One of them is linked. */
#ifndef STAGE_TEXT_MAKE_PRIV_H
#define STAGE_TEXT_MAKE_PRIV_H

#include "text_priv.h"

#include <stdbool.h>

enum { TEXT_LINES_MAX = 16 };

/** What was not as it should be; counted up. */
typedef struct text_flaws {
    int32_t unknown_glyph_count; /* characters that no font has */
    int32_t cut_count;           /* texts that an ellipsis took letters from */
    int32_t split_count;         /* lines that end inside a word */
} text_flaws;

/** A piece of a text [bytes]. */
typedef struct text_span {
    int32_t from, n;
} text_span;

/** Fonts for one film; close takes NULL. errors HM_ERR_SYSTEM there are none */
HM_CHECKED hm_status text_maker_open(void **maker, hm_err *err);
void text_maker_close(void *maker);

/** A copy whose broken UTF-8 is replaced; NULL without memory. */
char *text_make_valid(hm_arena *arena, const char *utf8);

/** As text_draw_as, text without control characters. */
HM_CHECKED hm_status text_make_line(void *maker, const text_spec *spec, const char *text,
                                    int32_t max_px, double least_em_px, hm_arena *arena,
                                    text_run *run, text_flaws *flaws, hm_err *err);

/** Where one paragraph breaks into lines of max_px: the first *n of them, at most max_line. */
HM_CHECKED hm_status text_make_breaks(void *maker, const text_spec *spec, const char *text,
                                      int32_t max_px, int32_t max_line, text_span line[],
                                      int32_t *n, text_flaws *flaws, hm_err *err);

/** One or two lines as large as fit into w x h, coverage as it is found on cloth. text, small: ""
 *  for none. out cover (h x w), cleared before */
HM_CHECKED hm_status text_make_bib(void *maker, const char *text, const char *small, int32_t w_px,
                                   int32_t h_px, uint8_t *cover, hm_err *err);

#endif
