/* data/film_file.h - a staging as a JSON file, docs/formats/film.md. */
#ifndef HM_DATA_FILM_FILE_H
#define HM_DATA_FILM_FILE_H

#include "data/film.h"

#define HM_FILM_FORMAT "hectometre-film"

enum { HM_FILM_VERSION = 1, HM_FILM_FILE_MAX = 1024 * 1024 /* bytes */ };

/**
 * Write a staging. What is read back is the same, bit for bit; bound fields are not written.
 *
 * in     path  file, appears whole or not at all; "-" = standard output
 *        film  one that hm_film_check takes
 * errors HM_ERR_SYSTEM
 */
HM_CHECKED hm_status hm_film_write(const char *path, const hm_film *film, hm_err *err);

/** The same text in memory, terminated; n may be NULL. */
HM_CHECKED hm_status hm_film_print(const hm_film *film, hm_arena *arena, char **text, size_t *n,
                                   hm_err *err);

/**
 * Read a staging and check it (hm_film_check). Tie it to a race by hm_film_bind.
 *
 * in     path  file; "-" = standard input
 * out    film  unbound; untouched on failure
 * errors HM_ERR_NOFILE; HM_ERR_INPUT with line and column, or with the path of the value
 *        (shots[2].from); an unknown key is one of them, with the nearest known
 * memory arena
 */
HM_CHECKED hm_status hm_film_read(const char *path, hm_arena *arena, hm_film *film, hm_err *err);

/** As hm_film_read, from n bytes in memory. */
HM_CHECKED hm_status hm_film_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                                   hm_film *film, hm_err *err);

#endif
