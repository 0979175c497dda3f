/* tests/support/gen_race.h - random valid races: every field has a value of its own. */
#ifndef GEN_RACE_H
#define GEN_RACE_H

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "data/race.h"

typedef struct gen {
    uint64_t seed;
    uint32_t draw;
} gen;

static inline double gen_in(gen *g, double lo, double hi)
{
    return lo + (hi - lo) * hm_rng_unit(g->seed, HM_FOR_TEST, 0, 0, g->draw++);
}

static inline int32_t gen_int(gen *g, int32_t lo, int32_t hi)
{
    return lo + (int32_t)floor(gen_in(g, 0, hi - lo + 1));
}

static inline const char *gen_text(gen *g)
{
    static const char *const text[] = {
        "",           "A",     "Usain Bolt", "小宮",     "a \"b\" \\ c", "tab\there",
        "line\nfeed", "Größe", "🏃",          "=1+1|cmd", "\001"};
    return text[gen_int(g, 0, (int32_t)(sizeof text / sizeof *text) - 1)];
}

/* v = mss (1 - e^(-(t - reaction) / tau)) and its integral, sampled past the finish. */
static inline void gen_curve(gen *g, hm_lane *l, hm_arena *a)
{
    double mss = gen_in(g, 6, 12), tau = gen_in(g, 0.9, 1.3);
    hm_curve *c = &l->curve;
    c->dt_s = 0.01;
    c->n = (int32_t)(100 * (100 / mss + tau + 1.5));
    c->x_m = HM_PUSH(a, double, c->n);
    c->v_mps = HM_PUSH(a, double, c->n);
    for (int32_t i = 0; i < c->n; i++) {
        double t = c->dt_s * i - l->reaction_s;
        if (t <= 0)
            continue;
        c->v_mps[i] = mss * -expm1(-t / tau);
        c->x_m[i] = mss * (t + tau * expm1(-t / tau));
    }
    l->end_s = c->dt_s * (c->n - 1);
    l->top_speed_mps = mss;
    l->top_speed_at_m = gen_in(g, 50, 80);
}

static inline void gen_steps(gen *g, hm_lane *l, hm_arena *a)
{
    int32_t foot = gen_int(g, 0, 1);
    l->start = (hm_start){.standing = gen_int(g, 0, 1),
                          .front_foot = (hm_foot)(1 - foot),
                          .front_x_m = -gen_in(g, 0.3, 0.5),
                          .rear_x_m = -gen_in(g, 0.6, 0.9),
                          .rear_off_s = l->reaction_s + gen_in(g, 0.1, 0.2),
                          .front_off_s = l->reaction_s + gen_in(g, 0.3, 0.4)};
    l->step = HM_PUSH(a, hm_step, 80);
    double t = l->start.front_off_s + 0.05;
    for (; l->n_step < 80 && t + 0.2 < l->end_s; l->n_step++, foot = 1 - foot) {
        hm_step *s = &l->step[l->n_step];
        *s = (hm_step){.foot = (hm_foot)foot,
                       .on_s = t,
                       .off_s = t + gen_in(g, 0.08, 0.15),
                       .x_m = hm_curve_x_m(&l->curve, t),
                       .side_m = gen_in(g, -0.1, 0.1)};
        t = s->off_s + gen_in(g, 0.05, 0.12);
    }
    l->n_split = 10;
    l->split = HM_PUSH(a, hm_split, 10);
    for (int32_t i = 0; i < 10; i++)
        l->split[i] = (hm_split){10.0 * (i + 1), hm_curve_time_s(&l->curve, 10.0 * (i + 1)),
                                 gen_int(g, 0, 1)};
}

static inline void gen_lane(gen *g, hm_lane *l, hm_arena *a)
{
    l->name = gen_text(g);
    l->team = gen_text(g);
    l->bib = gen_text(g);
    l->form = gen_int(g, 0, 1) ? "ragged" : "";
    l->sex = (hm_sex)gen_int(g, 0, 1);
    l->age_yr = gen_in(g, 6, 90);
    l->stature_m = gen_in(g, 1.1, 2.1);
    l->mass_kg = gen_in(g, 18, 110);
    l->filled = (uint32_t)gen_int(g, 0, 63);
    l->status = gen_int(g, 0, 3) ? HM_RUN_OK : (hm_run_status)gen_int(g, 1, 3);
    if (l->status == HM_RUN_DNS)
        return;
    l->reaction_s = gen_in(g, 0.1, 0.3);
    gen_curve(g, l, a);
    gen_steps(g, l, a);
    if (l->status != HM_RUN_OK)
        return;
    l->time_us = llround(1e6 * hm_curve_time_s(&l->curve, 100));
    l->official_cs = (int32_t)((l->time_us + 9999) / 10000);
}

/** A race that hm_race_check takes, all of it from the seed. */
static inline hm_race gen_race(uint64_t seed, hm_arena *a)
{
    gen g = {.seed = seed};
    hm_race r = {.meet = gen_text(&g),
                 .event = gen_text(&g),
                 .date = "2009-08-16",
                 .round = gen_text(&g),
                 .venue = gen_text(&g),
                 .mode = (hm_race_mode)gen_int(&g, 0, 1),
                 .has_wind = gen_int(&g, 0, 1),
                 .wind_mps = gen_int(&g, 0, 4) ? gen_in(&g, -5, 5) : -0.0,
                 .altitude_m = gen_in(&g, 0, 2500),
                 .temp_c = gen_in(&g, 0, 40),
                 .seed = UINT64_C(0x7ffffffffffffff0) + (uint64_t)gen_int(&g, 0, 15)};
    r.lane = HM_PUSH(a, hm_lane, HM_LANE_MAX);
    for (int32_t lane = 1; lane <= HM_LANE_MAX; lane++)
        if (lane == 4 || gen_int(&g, 0, 2)) {
            hm_lane *l = &r.lane[r.n_lane++];
            l->lane = lane;
            gen_lane(&g, l, a);
        }
    for (int32_t i = 0; i < r.n_lane; i++)
        for (int32_t k = 0; k < r.n_lane && r.lane[i].status == HM_RUN_OK; k++)
            r.lane[i].place += i == k || (r.lane[k].status == HM_RUN_OK &&
                                          r.lane[k].official_cs < r.lane[i].official_cs);
    if (seed % 2)
        (void)hm_notes_add(&r.sources, a, "book \"%llu\", 出典", (unsigned long long)seed);
    (void)hm_notes_add(&r.notes, a, "made by seed %llu", (unsigned long long)seed);
    return r;
}

#endif
