/* keys_priv.h - key drawings: written as SVG, changed by hand, read again and carried along.
 *
 * A file is drawing_00013.svg, of drawing number 12. It holds one group a person ("p1"), in it one
 * path for each area, its id "p1-" and the area's own. Each path bears a print of itself as it was
 * written (its box and area), by which a change is known. */
#ifndef HM_ROTO_KEYS_PRIV_H
#define HM_ROTO_KEYS_PRIV_H

#include "roto_priv.h"

/* An area of a key that was changed by hand. */
typedef struct roto_edit {
    int32_t person;
    roto_area area; /* of another id where it is new */
    bool moved, coloured;
} roto_edit;

typedef struct roto_key {
    int64_t number;
    int32_t n;
    roto_edit *edit; /* (n) */
} roto_key;

typedef struct roto_keys {
    int32_t n;
    roto_key *key; /* (n) ascending numbers */
} roto_keys;

/* Bodies of all persons at a drawing; false = not there. */
typedef bool roto_body_fn(void *ctx, int32_t person, int64_t drawing, roto_body *body);

/* All keys of a folder. errors HM_ERR_INPUT with file and line */
hm_status roto_keys_read(const char *dir, hm_arena *arena, roto_keys *keys, hm_err *err);

/* Read one. Entities, other paths than areas and what is no path are left aside; files above 16 MB,
 * 20,000 paths or 100,000 nodes are refused. */
hm_status roto_key_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                         roto_key *key, hm_err *err);

/* Put what was changed into a drawing: whole at a key, carried by the bones within reach of it. */
hm_status roto_keys_apply(const roto_keys *keys, int32_t reach, roto_body_fn *body, void *ctx,
                          hm_arena *arena, roto_drawing *drawing, hm_err *err);

/* Write a drawing into a folder, unless it is there already. */
hm_status roto_key_write(const char *dir, const roto_drawing *drawing, int32_t w_px, int32_t h_px,
                         const hm_rgb *ink, bool *written, hm_err *err);

/* Print of curves: left, top, right, bottom, area, in px. */
void roto_key_print(int32_t n, const roto_curve *curve, float print[5]);

#endif
