/* film_priv.h - the film that an engine has open: opened by film.c, heard by sound.c, told by
 * texts.c. */
#ifndef HM_ENGINE_FILM_PRIV_H
#define HM_ENGINE_FILM_PRIV_H

#include "engine_priv.h"

#include "data/film.h"
#include "data/race.h"
#include "stage/show.h"

/** A film that is open. It lies in its own arena. */
typedef struct page_film {
    hm_arena arena;
    hm_race race;
    hm_film film;
    hm_show_opts opts;
    hm_show *show;
    int32_t n_hold;
} page_film;

/** The film that is open. errors HM_ERR_USAGE none is */
hm_status engine_film(engine *e, page_film **film, hm_err *err);

#endif
