/* letters_code_priv.h - grey pictures of letters in few bytes, none lost: an arithmetic coder whose
 * guess of each pixel comes from those around it that are known already.
 *
 * Source: G. N. N. Martin, "Range encoding", Video & Data Recording Conference, Southampton 1979;
 * the carry is held back as in LZMA. The guesses are our own: of a letter most pixels are none or
 * full, which the four next to it and two further on tell; gzip needs a third more bytes. */
#ifndef STAGE_LETTERS_CODE_PRIV_H
#define STAGE_LETTERS_CODE_PRIV_H

#include "letters_bytes_priv.h"

/** A connected piece of ink, column by column. */
typedef struct letters_piece {
    int32_t w_px, h_px;
    uint8_t *cover; /* (w x h) */
    uint64_t hash;  /* while pieces are looked for */
} letters_piece;

/** All pieces as bytes, behind how many. */
void letters_code_put(letters_writing *w, const letters_piece p[], int32_t n);

/** Fill the covers of pieces whose sizes are known. errors HM_ERR_INPUT cut short; no memory */
HM_CHECKED hm_status letters_code_take(letters_reading *r, letters_piece p[], int32_t n);

#endif
