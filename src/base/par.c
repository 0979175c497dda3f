#define _GNU_SOURCE /* sched_getaffinity: cpusets and taskset count, not the whole machine */
#include "base/par.h"

#include "base/status.h"

#ifndef __wasm__

#include <sched.h>
#include <stdatomic.h>

/* ThreadSanitizer does not know thrd_create and crashes at start-up: give it pthreads. */
#if defined(__SANITIZE_THREAD__)
#define PAR_PTHREAD 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define PAR_PTHREAD 1
#endif
#endif

typedef struct par_job {
    hm_par_fn *fn;
    void *ctx;
    int64_t n;
    atomic_llong next;
} par_job;

typedef struct par_worker {
    par_job *job;
    int worker;
} par_worker;

static void work(par_job *job, int worker)
{
    for (;;) {
        int64_t i = atomic_fetch_add(&job->next, 1);
        if (i >= job->n)
            return;
        job->fn(job->ctx, i, worker);
    }
}

#ifdef PAR_PTHREAD
#include <pthread.h>
typedef pthread_t par_thread;
static void *entry(void *p)
{
    par_worker *w = p;
    work(w->job, w->worker);
    return NULL;
}
static int start(par_thread *t, par_worker *w)
{
    return pthread_create(t, NULL, entry, w) == 0;
}
static void join(par_thread t)
{
    pthread_join(t, NULL);
}
#else
#include <threads.h>
typedef thrd_t par_thread;
static int entry(void *p)
{
    par_worker *w = p;
    work(w->job, w->worker);
    return 0;
}
static int start(par_thread *t, par_worker *w)
{
    return thrd_create(t, entry, w) == thrd_success;
}
static void join(par_thread t)
{
    thrd_join(t, NULL);
}
#endif

enum { PAR_MAX = 256 };

void hm_par_for(int n_thread, int64_t n, hm_par_fn *fn, void *ctx)
{
    HM_ASSERT(n_thread >= 1);
    par_job job = {.fn = fn, .ctx = ctx, .n = n};
    atomic_init(&job.next, 0);
    int want = n_thread < PAR_MAX ? n_thread : PAR_MAX;
    if (want > n)
        want = n > 0 ? (int)n : 1;
    par_worker w[PAR_MAX];
    par_thread t[PAR_MAX];
    int started = 0;
    for (int k = 1; k < want; k++) {
        w[k] = (par_worker){&job, k};
        if (!start(&t[started], &w[k]))
            break; /* fewer workers, same results */
        started++;
    }
    work(&job, 0);
    for (int k = 0; k < started; k++)
        join(t[k]);
}

int hm_par_cpu_count(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int n = CPU_COUNT(&set);
    return n > 0 ? n : 1;
}

#else /* no threads there */

void hm_par_for(int n_thread, int64_t n, hm_par_fn *fn, void *ctx)
{
    HM_ASSERT(n_thread >= 1);
    for (int64_t i = 0; i < n; i++)
        fn(ctx, i, 0);
}

int hm_par_cpu_count(void)
{
    return 1;
}

#endif
