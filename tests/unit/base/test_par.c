#include "ht.h"

#include "base/hash.h"
#include "base/par.h"
#include "base/rng.h"

enum { N = 1000 };

typedef struct job {
    uint64_t out[N];
    int calls[N];
    int n_thread;
    int worker_out_of_range;
} job;

static void one(void *ctx, int64_t i, int worker)
{
    job *j = ctx;
    j->calls[i]++;
    if (worker < 0 || worker >= j->n_thread)
        j->worker_out_of_range = 1;
    j->out[i] = hm_rng(7, HM_FOR_TEST, (uint64_t)i, 0, 0).u[0];
}

static void every_item_runs_once_and_threads_change_nothing(void **state)
{
    (void)state;
    uint64_t first = 0;
    for (int n_thread = 1; n_thread <= 7; n_thread++) {
        static job j;
        j = (job){.n_thread = n_thread};
        hm_par_for(n_thread, N, one, &j);
        uint64_t h = HM_HASH_START;
        for (int i = 0; i < N; i++) {
            assert_int_equal(j.calls[i], 1);
            h = hm_hash_u64(h, j.out[i]);
        }
        assert_false(j.worker_out_of_range);
        if (n_thread == 1)
            first = h;
        assert_true(h == first);
    }
}

static void no_items_is_no_work(void **state)
{
    (void)state;
    hm_par_for(4, 0, one, NULL);
}

static void there_is_at_least_one_processor(void **state)
{
    (void)state;
    assert_true(hm_par_cpu_count() >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_runs_once_and_threads_change_nothing),
        cmocka_unit_test(no_items_is_no_work),
        cmocka_unit_test(there_is_at_least_one_processor),
    };
    return cmocka_run_group_tests_name("base/par", tests, NULL, NULL);
}
