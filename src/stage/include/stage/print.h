/* stage/print.h - the print of a photo finish: a slit picture with its time scale, hashlines with
 * labels, a head. For the picture of a race's own bodies and for one cut from a clip. */
#ifndef HM_STAGE_PRINT_H
#define HM_STAGE_PRINT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "stage/scene.h"

enum { HM_PRINT_HASH_MAX = 20 };

/** A hashline and what stands above it. */
typedef struct hm_print_hash {
    double time_s; /* on the scale */
    const char *label;
} hm_print_hash;

typedef struct hm_print {
    const char *title, *note, *right; /* note: the smaller second line; right: at the other end */
    int32_t w_px, h_px;
    const uint8_t *rgb; /* (h_px x w_px x 3) row 0 is the top, column 0 the earliest */
    double line_hz;     /* columns a second */
    double from_s;      /* scale at the left edge of column 0 */
    int32_t n_hash;
    const hm_print_hash *hash; /* (n_hash) */
} hm_print;

/**
 * Draw the print.
 * out    sheet  picture in the arena
 * errors HM_ERR_SYSTEM no memory, larger than a picture can be
 */
HM_CHECKED hm_status hm_print_draw(const hm_print *print, hm_arena *arena, hm_picture *sheet,
                                   hm_err *err);

#endif
