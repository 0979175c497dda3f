/* show_priv.h - a film made ready, for what draws it in another way than hm_show_draw. */
#ifndef HM_STAGE_SHOW_PRIV_H
#define HM_STAGE_SHOW_PRIV_H

#include "drawing_priv.h"

#include "stage/show.h"

/* Read only, but for the hands: one for each worker. */
typedef struct show_parts {
    const hm_show_opts *opts; /* wishes of the look filled in */
    const hm_race *race;
    const hm_film *film;
    const drawing_set *set;
    const hm_overlay *overlay; /* NULL = none */
    int64_t n_frame;
    int n_worker;
} show_parts;

show_parts show_parts_of(const hm_show *show);

/* What each of the first n frames is made from (show_key.c). program: the code that draws. */
hm_status show_frame_keys(const hm_show *show, uint64_t program, const hm_encode_opts *encode,
                          int64_t n, uint64_t key[], hm_err *err);

/* And each segment of a file of such frames: (segments) in the arena; NULL without memory. */
const uint64_t (*stage_segment_keys(int64_t n_frame, const uint64_t frame[], hm_arena *arena))[2];

drawing_hand *show_hand(hm_show *show, int worker);

/* Does a frame show the same drawing as the one before it? */
bool show_again(const hm_show *show, int64_t frame);

/* What the camera hears in n frames from from_s on. */
void show_listen(const hm_film *film, const hm_race *race, int32_t fps, double from_s, int64_t n,
                 hm_listener ear[]);

#endif
