#include "ht.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fit/fit.h"
#include "sprint/velocity.h"

/* The arenas' only source of memory (linked with --wrap); the one with number fail_at is refused.
 */
static long n_call, fail_at = -1, n_live;

void *__real_malloc(size_t size);
void __real_free(void *p);
void *__wrap_malloc(size_t size);
void __wrap_free(void *p);

void *__wrap_malloc(size_t size)
{
    if (n_call++ == fail_at)
        return NULL;
    n_live++;
    return __real_malloc(size);
}

void __wrap_free(void *p)
{
    n_live -= p != NULL;
    __real_free(p);
}

enum { N_RADAR = 90, N_GATE = 8 };

/* Standing, a run with two wild readings, slowing down, and gates that are not used. */
static int32_t radar(hm_obs obs[])
{
    const hm_decay runner = {9, 1.25, 0};
    const double none = (double)NAN;
    int32_t n = 0;
    for (; n < N_RADAR; n++) {
        double t_s = 0.1 * n, s_s = t_s - 1;
        double v_mps = s_s <= 0  ? 0
                       : s_s < 6 ? hm_decay_v_mps(&runner, s_s) + 0.05 * ((n * 7) % 5 - 2)
                                 : fmax(9 - 4 * (s_s - 6), 0);
        obs[n] = (hm_obs){HM_OBS_SPEED, 0,    none, t_s, v_mps + (n == 30 || n == 40 ? 3 : 0),
                          none,         none, none};
    }
    for (int k = 1; k <= 2; k++)
        obs[n++] = (hm_obs){HM_OBS_GATE, 0, 20 * k, 1 + 3 * k, none, none, none, none};
    return n;
}

static int32_t gates(hm_obs obs[])
{
    const hm_decay runner = {9, 1.25, 0};
    const double none = (double)NAN;
    for (int i = 0; i < N_GATE; i++)
        obs[i] = (hm_obs){HM_OBS_GATE,
                          0,
                          5 * (i + 1),
                          hm_decay_time_s(&runner, 5 * (i + 1)) + 0.002 * ((i * 3) % 5),
                          none,
                          none,
                          i == 2 ? none : 0.01,
                          none};
    obs[4].time_s += 0.1;
    return N_GATE;
}

/* One fit with allocation k refused; false = it made no more than k. */
static bool refuse_one(const hm_trace *t, const hm_fit_opts *o, long k)
{
    hm_sprinter_run run, before;
    memset(&run, 0x5a, sizeof run);
    before = run;
    hm_arena a;
    hm_arena_init(&a, 128);
    hm_err err = {0};
    n_call = n_live = 0;
    fail_at = k;
    hm_status status = hm_fit_run(t, o, &a, &run, &err);
    bool was_refused = n_call > k;
    fail_at = -1;
    hm_arena_free(&a);
    assert_int_equal(n_live, 0);
    assert_true(was_refused == (status != HM_OK));
    if (status != HM_OK) {
        assert_int_equal(status, HM_ERR_SYSTEM);
        assert_int_equal(err.status, HM_ERR_SYSTEM);
        assert_memory_equal(&run, &before, sizeof run);
    }
    return was_refused;
}

static void a_fit_survives_every_refusal(void **state)
{
    (void)state;
    hm_obs obs[N_RADAR + 2];
    for (int kind = 0; kind < 2; kind++)
        for (int model = HM_MODEL_MONO; model <= HM_MODEL_DRIVE; model++) {
            hm_trace t = hm_trace_default();
            t.obs = obs;
            t.n_obs = kind ? radar(obs) : gates(obs);
            t.stature_m = 1.8;
            t.mass_kg = 78;
            hm_fit_opts o = hm_fit_opts_default();
            o.model = model;
            o.correct = HM_CORRECT_TC;
            long k = 0;
            while (refuse_one(&t, &o, k))
                assert_true(++k < 1000);
            assert_true(k >= 4);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_fit_survives_every_refusal)};
    return cmocka_run_group_tests_name("oom/fit", tests, NULL, NULL);
}
