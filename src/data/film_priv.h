/* film_priv.h - between the files that read a staging. */
#ifndef HM_DATA_FILM_PRIV_H
#define HM_DATA_FILM_PRIV_H

#include "data/film.h"
#include "io/json.h"

typedef struct film_reading {
    hm_arena *arena;
    const char *source;
    hm_err *err;
} film_reading;

hm_status film_no_memory(const film_reading *r);

/* A staging is written by hand: a key that nobody reads is a mistake, not a remark. */
hm_status film_known_keys(const film_reading *r, const hm_json *v, int32_t n,
                          const char *const name[]);

/* out "" when it may be absent and is */
hm_status film_read_text(const film_reading *r, const hm_json *v, const char *key, bool must,
                         const char **out);
hm_status film_read_anchor(const film_reading *r, const hm_json *v, const char *key, hm_anchor *a);

/* Members of a shot (or of the film: obsession) that may be absent. */
hm_status film_read_card(const film_reading *r, const hm_json *v, hm_shot *s);
hm_status film_read_values(const film_reading *r, const hm_json *v, hm_shot *s);
hm_status film_read_obsession(const film_reading *r, const hm_json *v, hm_obsession *o);
hm_status film_read_interest(const film_reading *r, const hm_json *v, hm_interest *w);

#endif
