/* cli/film_phone.h - hecto film --camera phone: a clip of a race as a phone would take it, and the
 * truth about it. */
#ifndef HM_CLI_FILM_PHONE_H
#define HM_CLI_FILM_PHONE_H

#include "cli.h"

#include "data/race.h"
#include "stage/venue.h"

/* clang-format off */
#define FILM_PHONE_OPTS                                                                            \
    {"camera", 0, "NAME",                                                                          \
     "director (default); phone: one clip as a phone would take it, set by --set phone.NAME=VALUE; " \
     "--from and --to then count from the gun."},                                                  \
    {"truth", 0, "FILE",                                                                           \
     "With --camera phone: what is known of the clip, as JSON; also a marks file for hecto measure."}, \
    {"truth-track", 0, "FILE",                                                                     \
     "With --camera phone: where every joint is in every image, as CSV."}
/* clang-format on */

/** Is it a phone that films? errors HM_ERR_USAGE an unknown camera; truths without a phone */
HM_CHECKED hm_status film_is_phone(const cli_args *args, bool *is_phone, hm_err *err);

/** Film, or with --hash, --still S (race time) less than that. */
HM_CHECKED hm_status film_phone(const cli_args *args, const hm_race *race,
                                const hm_venue_opts *venue, hm_err *err);

#endif
