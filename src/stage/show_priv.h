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
    int64_t n_frame;
    int n_worker;
} show_parts;

show_parts show_parts_of(const hm_show *show);
drawing_hand *show_hand(hm_show *show, int worker);

/* Does a frame show the same drawing as the one before it? */
bool show_again(const hm_show *show, int64_t frame);

/* What the camera hears in n frames from from_s on. */
void show_listen(const hm_film *film, const hm_race *race, int32_t fps, double from_s, int64_t n,
                 hm_listener ear[]);

#endif
