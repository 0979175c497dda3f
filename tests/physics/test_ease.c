/* Who is told that he eased up: hardly any simulated run that the model describes, most of those
 * that lose 0.1 s over the last 20 m. */
#include "coverage.h"
#include "ht.h"

enum { N_RUN = 1000 };

typedef struct ease_job {
    const cover_case *c;
    int i_case;
    double slow_s; /* lost by 100 m, from 80 m on */
    hm_arena *arena;
    int8_t *told; /* (runs) after so many tens of metres, 0 = no */
} ease_job;

static int8_t told_after(const hm_sprinter_run *run)
{
    static const char text[] = "slowed more than fatigue explains after ";
    for (int32_t i = 0; i < run->notes.n; i++)
        if (strncmp(run->notes.text[i], text, sizeof text - 1) == 0)
            return (int8_t)(strtol(run->notes.text[i] + sizeof text - 1, NULL, 10) / 10);
    return 0;
}

static void one(void *ctx, int64_t i, int worker)
{
    ease_job *j = ctx;
    double at[COVER_AT_MAX];
    hm_obs obs[COVER_AT_MAX];
    cover_truth truth = cover_draw(j->c, j->i_case, i);
    hm_trace trace = hm_trace_default();
    trace.obs = obs;
    trace.time_zero = HM_ZERO_GUN;
    trace.reaction_s = cover_reaction_s;
    trace.n_obs = cover_at(j->c->marks, at);
    for (int32_t k = 0; k < trace.n_obs; k++) {
        double z = hm_normal_of(cover_unit(j->i_case, i, 100 + (uint32_t)k));
        obs[k] = cover_obs(j->c, &truth, at[k], j->c->sd * z);
        obs[k].time_s += at[k] > 80 ? j->slow_s * (at[k] - 80) / 20 : 0;
    }
    hm_fit_opts o = hm_fit_opts_default();
    o.interval = HM_INTERVAL_NONE;
    if (j->c->told)
        o.sigma_s = j->c->sd;
    hm_arena *arena = &j->arena[worker];
    hm_arena_mark mark = hm_arena_mark_get(arena);
    hm_sprinter_run run;
    j->told[i] =
        (int8_t)(hm_fit_run(&trace, &o, arena, &run, NULL) == HM_OK ? told_after(&run) : -1);
    hm_arena_release(arena, mark);
}

/* Share of the runs that are told; of these, after 80 m. */
static double share_told(double sd_s, bool told, double slow_s, double *at_80)
{
    static int8_t found[N_RUN];
    cover_case c = {"ease", HM_MODEL_DRIVE, HM_CORRECT_NONE, COVER_RACE, sd_s, 0, told, 0};
    int n_thread = hm_par_cpu_count();
    ease_job j = {&c, 70, slow_s, calloc((size_t)n_thread, sizeof(hm_arena)), found};
    assert_non_null(j.arena);
    for (int i = 0; i < n_thread; i++)
        hm_arena_init(&j.arena[i], 0);
    hm_par_for(n_thread, N_RUN, one, &j);
    double n = 0, n_80 = 0;
    for (int i = 0; i < N_RUN; i++) {
        assert_true(found[i] >= 0);
        n += found[i] > 0;
        n_80 += found[i] == 8;
    }
    for (int i = 0; i < n_thread; i++)
        hm_arena_free(&j.arena[i]);
    free(j.arena);
    *at_80 = n_80 / n;
    print_message("# sd %g s%s, %g s lost: %.1f %% told, %.0f %% of them after 80 m\n", sd_s,
                  told ? " told" : "", slow_s, 100 * n / N_RUN, 100 * n_80 / n);
    return n / N_RUN;
}

/* One in a hundred, and 2.6 standard errors of 1,000 draws; a little more where more noise than
 * usual is not told. */
static void who_runs_through_is_not_told(void **state)
{
    (void)state;
    double at_80;
    assert_true(share_told(0.005, false, 0, &at_80) <= 0.018);
    assert_true(share_told(0.008, false, 0, &at_80) <= 0.018);
    assert_true(share_told(0.008, true, 0, &at_80) <= 0.018);
    assert_true(share_told(0.015, true, 0, &at_80) <= 0.018);
    assert_true(share_told(0.015, false, 0, &at_80) <= 0.025);
}

static void who_loses_a_tenth_over_twenty_metres_is_told(void **state)
{
    (void)state;
    double at_80;
    assert_true(share_told(0.008, false, 0.10, &at_80) >= 0.7);
    assert_true(at_80 >= 0.5); /* the others after 60 or 70 m, or 90 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_runs_through_is_not_told),
        cmocka_unit_test(who_loses_a_tenth_over_twenty_metres_is_told),
    };
    return cmocka_run_group_tests_name("physics/ease", tests, NULL, NULL);
}
