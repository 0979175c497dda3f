/* cli/film_output.h - where a film goes and how one hears of it on the way. */
#ifndef HM_CLI_FILM_OUTPUT_H
#define HM_CLI_FILM_OUTPUT_H

#include "cli.h"

/** -o, else the operand's name with another end, beside the caller: out/race.csv -> race.mp4.
 *  errors HM_ERR_SYSTEM no memory */
HM_CHECKED hm_status film_output_path(const cli_args *args, const char *end, const char **path,
                                      hm_err *err);

/** A progress function of films: ctx is a cli_progress. */
bool film_tell(void *ctx, int64_t done, int64_t total);

#endif
