/* cli/film_rival.h - what else `hecto film` puts into the picture of a race: the line of a record,
 * ghosts of other races. */
#ifndef HM_CLI_FILM_RIVAL_H
#define HM_CLI_FILM_RIVAL_H

#include "cli.h"

#include "data/rival.h"

/** Rows for the table of the verb. */
#define FILM_RIVAL_OPTS                                                                            \
    {"record-line", 0, "TIME|FILE",                                                                \
     "A line on the track that moves as the record ran: of a time, or of the winner (FILE:LANE: "  \
     "of a lane) of a sheet or race; off (default: the record on the sheet, else none)."},         \
        {"record-name", 0, "TEXT", "What the line is called (default Record)."},                   \
    {                                                                                              \
        "ghost", 0, "FILE[:LANES]",                                                                \
            "Runners of another sheet or race, seen through: the winner, or lanes as in 4,5@9 "    \
            "(@ = where he runs here) or all (default: his own lane, if free, else the next)."     \
    }

/**
 * Read and bind what the options ask for.
 * in     race    this race
 * out    rivals  NULL where nothing is asked for, else in the arena of args; says on stderr who the
 *                ghosts are, and in which air they ran
 * errors HM_ERR_USAGE a lane that nobody ran in, a time out of range; those of the readers
 */
HM_CHECKED hm_status film_rivals(const cli_args *args, const hm_race *race,
                                 const hm_rivals **rivals, hm_err *err);

#endif
