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

/* What each segment of the file is made from (show_key.c): key[i][0] and [1], (segments) in the
 * arena. program: the code that draws. */
hm_status show_segment_keys(const hm_show *show, uint64_t program, const hm_encode_opts *encode,
                            hm_arena *arena, const uint64_t (**key)[2], hm_err *err);

drawing_hand *show_hand(hm_show *show, int worker);

/* Does a frame show the same drawing as the one before it? */
bool show_again(const hm_show *show, int64_t frame);

/* What the camera hears in n frames from from_s on. */
void show_listen(const hm_film *film, const hm_race *race, int32_t fps, double from_s, int64_t n,
                 hm_listener ear[]);

#endif
