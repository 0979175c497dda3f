/* hecto-mpi: hecto over the ranks of Open MPI. Two messages: "give me a chunk" and "do k"; chunks
 * are files in a folder that all ranks see, so that nothing else needs to be sent. Nobody blocks in
 * MPI_Recv, which would burn a core: one looks, and sleeps for a millisecond. */
#define _POSIX_C_SOURCE 200809L
#include "crew.h"

#include <mpi.h>
#include <stdlib.h>
#include <time.h>

/* ASK, DONE (ask again, one is finished) and LEAVE go to rank 0; WORK comes back. */
enum { TAG = 1, ASK = -1, DONE = -2, LEAVE = -3, NO_MORE = -1 };

typedef struct ranks {
    int n;
    int gone; /* were told "no more", or left */
} ranks;

static void doze(void)
{
    const struct timespec ms = {.tv_nsec = 1000 * 1000};
    nanosleep(&ms, NULL);
}

static bool agree(void *ctx, bool ok)
{
    (void)ctx;
    int say = ok;
    MPI_Bcast(&say, 1, MPI_INT, 0, MPI_COMM_WORLD);
    return say != 0;
}

/* Answer one who asks, if there is one. */
static bool answer(ranks *r, cli_crew_take *take, void *take_ctx)
{
    MPI_Status from;
    int waits = 0, asked;
    MPI_Iprobe(MPI_ANY_SOURCE, TAG, MPI_COMM_WORLD, &waits, &from);
    if (!waits)
        return false;
    MPI_Recv(&asked, 1, MPI_INT, from.MPI_SOURCE, TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    if (asked == LEAVE) {
        r->gone++;
        return true;
    }
    int work = take(take_ctx, asked == DONE);
    r->gone += work == NO_MORE;
    MPI_Send(&work, 1, MPI_INT, from.MPI_SOURCE, TAG, MPI_COMM_WORLD);
    return true;
}

static void serve(void *ctx, cli_crew_take *take, void *take_ctx, bool all)
{
    ranks *r = ctx;
    while (r->gone < r->n - 1)
        if (!answer(r, take, take_ctx)) {
            if (!all)
                return;
            doze();
        }
}

static int32_t ask(void *ctx, bool finished)
{
    (void)ctx;
    int say = finished ? DONE : ASK, work, waits = 0;
    MPI_Send(&say, 1, MPI_INT, 0, TAG, MPI_COMM_WORLD);
    for (; !waits; MPI_Iprobe(0, TAG, MPI_COMM_WORLD, &waits, MPI_STATUS_IGNORE))
        doze();
    MPI_Recv(&work, 1, MPI_INT, 0, TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return work;
}

static void leave(void *ctx)
{
    (void)ctx;
    int say = LEAVE;
    MPI_Send(&say, 1, MPI_INT, 0, TAG, MPI_COMM_WORLD);
}

int main(int argc, char **argv)
{
    int level;
    ranks r = {0};
    cli_crew crew = {.ctx = &r, .agree = agree, .serve = serve, .ask = ask, .leave = leave};
    if (MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &level) != MPI_SUCCESS ||
        level < MPI_THREAD_FUNNELED)
        return 70;
    MPI_Comm_rank(MPI_COMM_WORLD, &crew.rank);
    MPI_Comm_size(MPI_COMM_WORLD, &crew.n_rank);
    r.n = crew.n_rank;
    int code = cli_main(argc, argv, &crew);
    MPI_Finalize();
    return code;
}
