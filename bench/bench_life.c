/* bench_life.c - careers from 6 to 40, week by week, everybody an athlete all the time, with races,
 * rivals and ideas. The bar: a million in 60 s on two threads, 64 bytes of state each.
 * usage: bench_life [PEOPLE]; processor seconds stand beside those of the clock, for busy machines
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "life/cohort.h"
#include "life/state.h"

static double processor_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int live(int32_t people, bool everybody, int n_thread, hm_class *out)
{
    hm_cohort_opts opts = hm_cohort_default();
    hm_policy policy = hm_policy_default();
    hm_life_params params = hm_life_params_default(HM_SEX_MEN);
    hm_arena a;
    opts.people = people;
    opts.everybody = everybody;
    hm_arena_init(&a, 1 << 20);
    double wall_s = hm_clock_wall_s(), cpu_s = processor_s();
    hm_status s = hm_cohort_live(&opts, &policy, &params, 0, n_thread, NULL, NULL, &a, out, NULL);
    wall_s = hm_clock_wall_s() - wall_s;
    cpu_s = processor_s() - cpu_s;
    hm_arena_free(&a);
    const char *who = everybody ? "athletes" : "people";
    double weeks = 52.0 * HM_CLASS_AGES * people;
    printf("life_%s_%d_thread,people,%d\n", who, n_thread, people);
    printf("life_%s_%d_thread,s,%.2f\n", who, n_thread, wall_s);
    printf("life_%s_%d_thread,processor_s,%.2f\n", who, n_thread, cpu_s);
    printf("life_%s_%d_thread,ns_per_person_week,%.1f\n", who, n_thread, cpu_s * 1e9 / weeks);
    return s != HM_OK;
}

int main(int argc, char **argv)
{
    int32_t people = argc > 1 ? (int32_t)strtol(argv[1], NULL, 10) : 200 * 1000;
    static hm_class out;
    printf("life_state,bytes,%zu\n", sizeof(hm_life_state));
    return live(people, true, 1, &out) || live(people, true, 2, &out) ||
           live(people, false, 2, &out);
}
