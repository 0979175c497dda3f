/* cli/crew.h - processes that share the chunks of one command, as a verb sees them. The verb knows
 * no messages: src/mpi fills this struct, and a crew of one needs none. */
#ifndef HM_CLI_CREW_H
#define HM_CLI_CREW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

/** Number of the next chunk, -1 = no more. finished: the one who asks has done one. */
typedef int32_t cli_crew_take(void *ctx, bool finished);

/** rank 0 hands out, computes like the others, and alone puts the results together. */
typedef struct cli_crew {
    int rank, n_rank;
    void *ctx;
    /** All: may the work begin? Everyone returns what rank 0 says. */
    bool (*agree)(void *ctx, bool ok);
    /** Rank 0: answer those who have asked meanwhile; with all, wait until each was told "no more".
     */
    void (*serve)(void *ctx, cli_crew_take *take, void *take_ctx, bool all);
    /** The others: the next chunk, -1 = no more. finished: the last one is done. */
    int32_t (*ask)(void *ctx, bool finished);
    /** The others: ask no more, for an error or a stop. */
    void (*leave)(void *ctx);
} cli_crew;

/**
 * The program: argv as a shell gives it.
 * in     crew  NULL = this process alone
 * out    returns the exit code
 */
int cli_main(int argc, char **argv, const cli_crew *crew);

#endif
