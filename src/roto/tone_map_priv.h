/* tone_map_priv.h - where on a body each of its tones lies, learnt over the drawings.
 *
 * A hem or a sleeve's end sits at one place of its part. So each kind of part has a map, along and
 * across its bone, of the shares that colours alone gave each tone there; left and right limbs
 * share it, so both get the same trousers. What lies between two tones goes where it lay before. */
#ifndef HM_ROTO_TONE_MAP_PRIV_H
#define HM_ROTO_TONE_MAP_PRIV_H

#include "matte_priv.h"

enum {
    ROTO_MAP_ALONG = 14,
    ROTO_MAP_ACROSS = 6,
    ROTO_MAP_PLOT = ROTO_KIND_COUNT * ROTO_MAP_ALONG * ROTO_MAP_ACROSS
};

typedef struct roto_tone_map {
    float share[ROTO_TONE_MAX][ROTO_MAP_PLOT];
    float n[ROTO_MAP_PLOT]; /* cells it was learnt from; 0 = not seen yet */
} roto_tone_map;

/* The plot of each cell of the window, below 0 where there is no part. */
void roto_tone_map_place(const roto_cells *cells, float where[]);

/* What a tone costs in each plot: little where it is at home. kind_share: of the whole part, for
 * plots that are hardly seen. (ROTO_KIND_COUNT) */
void roto_tone_map_rare(const roto_tone_map *map, int32_t tone, const float kind_share[],
                        float rare[ROTO_MAP_PLOT]);

/* Learn. seen: (ROTO_CELL) the tone nearest by colour alone */
void roto_tone_map_follow(roto_tone_map *map, int32_t n_tone, const roto_cells *cells,
                          const float where[], const uint8_t seen[], bool first);

#endif
