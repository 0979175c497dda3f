/* letters_ink_priv.h - the ink of texts, each connected piece of it kept once: a letter that stands
 * a thousand times on whole pixels is one piece and a thousand places. */
#ifndef STAGE_LETTERS_INK_PRIV_H
#define STAGE_LETTERS_INK_PRIV_H

#include "letters_code_priv.h"

/** Where a piece stands in an ink. */
typedef struct letters_place {
    int32_t piece, x_px, y_px;
} letters_place;

typedef struct letters_ink {
    int32_t w_px, h_px;
    int32_t first, n; /* of its places */
} letters_ink;

/** What all inks are made of. */
typedef struct letters_inks {
    int32_t n_ink, n_place, n_piece;
    size_t cap_ink, cap_place, cap_piece;
    letters_ink *ink;     /* (n_ink) */
    letters_place *place; /* (n_place) */
    letters_piece *piece; /* (n_piece) */
} letters_inks;

/** Cut a cover (h x w) into pieces. Memory of w. */
void letters_inks_add(letters_writing *w, letters_inks *all, const uint8_t *cover, int32_t w_px,
                      int32_t h_px);

/** Put an ink together: cover (h x w), zeroed. */
void letters_inks_compose(const letters_inks *all, int32_t ink, uint8_t *cover);

void letters_inks_put(letters_writing *w, const letters_inks *all);
/** errors HM_ERR_INPUT not inks, cut short, out of range; HM_ERR_SYSTEM.  memory r's arena */
HM_CHECKED hm_status letters_inks_take(letters_reading *r, letters_inks *all);

#endif
