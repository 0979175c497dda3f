/* cli/film_cache.h - what `hecto film --cache` keeps, of films of a race and of a story. */
#ifndef HM_CLI_FILM_CACHE_H
#define HM_CLI_FILM_CACHE_H

#include "cli.h"

#include "stage/show.h"

/**
 * --cache and --cache-mb; the folder is made. dir = NULL without.
 * errors HM_ERR_USAGE, HM_ERR_SYSTEM
 */
HM_CHECKED hm_status film_cache(const cli_args *args, hm_show_cache *cache, hm_err *err);

/** How much of a film was not drawn again, on stderr. */
void film_tell_kept(const cli_args *args, int64_t n_kept, int64_t n_segment);

#endif
