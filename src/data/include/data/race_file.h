/* data/race_file.h - a race as a JSON file, docs/formats/race.md. */
#ifndef HM_DATA_RACE_FILE_H
#define HM_DATA_RACE_FILE_H

#include "data/race.h"
#include "io/json.h"

#define HM_RACE_FORMAT "hectometre-race"

enum { HM_RACE_VERSION = 1, HM_RACE_FILE_MAX = 16 * 1024 * 1024 /* bytes */ };

/**
 * Write a race. What is read back is the same, bit for bit.
 *
 * in     path  file, appears whole or not at all; "-" = standard output
 *        race  one that hm_race_check takes
 * errors HM_ERR_SYSTEM
 */
HM_CHECKED hm_status hm_race_write(const char *path, const hm_race *race, hm_err *err);

/** The same text in memory, terminated; n may be NULL. */
HM_CHECKED hm_status hm_race_print(const hm_race *race, hm_arena *arena, char **text, size_t *n,
                                   hm_err *err);

/** The same object as part of another text; key as in io/json.h. */
void hm_race_put(hm_json_out *o, const char *key, const hm_race *race);

/**
 * Read a race and check it (hm_race_check). Unknown keys become notes.
 *
 * in     path  file; "-" = standard input
 * out    race  untouched on failure
 * errors HM_ERR_NOFILE; HM_ERR_INPUT with line and column, or with the path of the value
 *        (lanes[2].steps[4].on_s)
 * memory arena
 */
HM_CHECKED hm_status hm_race_read(const char *path, hm_arena *arena, hm_race *race, hm_err *err);

/** As hm_race_read, from n bytes in memory. */
HM_CHECKED hm_status hm_race_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                                   hm_race *race, hm_err *err);

/** As hm_race_parse, from an object within another text; source is what errors call it. */
HM_CHECKED hm_status hm_race_get(const hm_json *v, const char *source, hm_arena *arena,
                                 hm_race *race, hm_err *err);

/** What a file is, told by its first bytes. */
typedef enum hm_data_kind {
    HM_DATA_SHEET, /* a table: whatever is not JSON */
    HM_DATA_RACE,
    HM_DATA_TRACE,
    HM_DATA_SPRINTER,
    HM_DATA_MEET,
    HM_DATA_STORY,
    HM_DATA_SCENARIO,
    HM_DATA_OTHER /* JSON of another kind */
} hm_data_kind;

hm_data_kind hm_data_kind_of(const char *bytes, size_t n);

#endif
