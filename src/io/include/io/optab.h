/* io/optab.h - option tables (base/option.h) and text: --set, help, JSON. */
#ifndef HM_IO_OPTAB_H
#define HM_IO_OPTAB_H

#include "base/arena.h"
#include "base/option.h"
#include "io/json.h"

/**
 * One `key=value`, as after --set. Words and true/false by name.
 *
 * out    opts   one field changed; untouched on failure
 * errors HM_ERR_USAGE: no such option (with the nearest one), no number, out of range
 * memory arena, for texts
 */
HM_CHECKED hm_status hm_optab_set(const hm_option_table *table, void *opts, const char *pair,
                                  hm_arena *arena, hm_err *err);

/**
 * Help, one option a line: name, default, range, unit, sentence.
 * in     prefix  put before each name ("form.")
 * memory arena
 */
HM_CHECKED hm_status hm_optab_help(const hm_option_table *table, const char *prefix,
                                   hm_arena *arena, char **text, hm_err *err);

/** The resolved options as one object: the echo that each result file carries. */
void hm_optab_put(hm_json_out *o, const char *key, const hm_option_table *table, const void *opts);

/**
 * Read an object of options; what it leaves out keeps its value.
 * errors HM_ERR_INPUT with the path: no such option, another kind, out of range
 * memory texts stay in the tree's arena
 */
HM_CHECKED hm_status hm_optab_get(const hm_json *v, const hm_option_table *table, void *opts,
                                  hm_err *err);

#endif
