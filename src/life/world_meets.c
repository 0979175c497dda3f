#include "world_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "num/dmath.h"
#include "num/stat.h"
#include "sprint/air.h"

/* ---- the calendar: weeks of the school year, -1 = no such meet; own choice after the Japanese
 * calendar as recalled (docs/physics/life.md) ---- */

typedef struct calendar {
    int32_t prefecture, block, nation;
} calendar;

static const calendar week_of[HM_STAGE_COUNT] = {
    {10, -1, 19}, {11, 15, 20}, {6, 10, 17}, {-1, 5, 23}, {-1, 8, 25},
};
static const int32_t country_week = 12; /* open to all ages, late June */

enum {
    TRIAL_FIRST = 2, /* monthly trials of clubs from this week of the school year */
    TRIAL_LAST = 38,
    TRIAL_EVERY = 4,
    ADVANCE = 6,     /* of a final of a prefecture or block */
    SEMI_FIELD = 24, /* three heats, two each and the two next fastest */
    N_SEMI = 3,
    BLOCK_REGIONS = 4, /* of 47, neighbours: twelve blocks */
    SQUAD_SCHOOL = 24, /* places in squads: pupils of a stage; students; employed */
    SQUAD_STUDENT = 60,
    SQUAD_EMPLOYED = 60
};

/* Rounds of a week, that a runner's luck tells apart: hm_day_in.race. */
enum { ROUND_ONLY, ROUND_FINAL, COUNTRY_SEMI, COUNTRY_FINAL, ROUND_PINNED, ROUND_TRIAL = 7 };

/* ---- the weather ---- */

static void draw_air(const world *w, world_race *r)
{
    static const double mean_mps = 0.2, sd_mps = 1.0, cut = 2.5;
    static const double mean_c = 15, swing_c = 11, warmest_week = 17; /* of a temperate country */
    uint64_t meet = ((uint64_t)r->country << 32) | ((uint64_t)r->stage << 24) |
                    ((uint64_t)r->place << 8) | r->round_no;
    uint32_t when = (uint32_t)(r->year * HM_YEAR_WEEKS + r->week);
    hm_draw4 d = hm_rng(w->seed, HM_FOR_WEATHER, meet, when, world_future(w) << 8);
    r->wind_mps = hm_normal_cut((d.u[0] + 0.5) / 4294967296.0, mean_mps, sd_mps, cut);
    if (r->event && !isnan(r->event->wind_mps))
        r->wind_mps = r->event->wind_mps;
    r->wind_mps = floor(r->wind_mps * 10 + 0.5) / 10;
    double turn = 2 * 3.14159265358979324 * (r->week - warmest_week) / HM_YEAR_WEEKS;
    double z = hm_normal_cut((d.u[1] + 0.5) / 4294967296.0, 0, 3, cut);
    r->temp_c = floor(mean_c + swing_c * hm_cos(turn) + z + 0.5);
}

/* ---- a race ---- */

/* What each would give himself, by what all are worth. */
static void fill_chances(const world *w, world_race *r, const double level_ln[])
{
    static const double blur_ln = 0.010; /* luck and form of a day, together */
    double sum = 0, best = level_ln[0];
    for (int32_t i = 1; i < r->n; i++)
        best = fmin(best, level_ln[i]);
    for (int32_t i = 0; i < r->n; i++)
        sum += r->run[i].met.day.p_win = hm_exp((best - level_ln[i]) / blur_ln);
    for (int32_t i = 0; i < r->n; i++) {
        hm_day_in *day = &r->run[i].met.day;
        day->p_win /= sum;
        for (int32_t k = 0; k < r->n; k++)
            day->n_rival += k != i && world_is_rival(w, r->run[i].one, r->run[k].one);
    }
}

/* Lanes as the rules have them: the fastest in the middle. */
static void draw_lanes(world_race *r, const double level_ln[])
{
    static const int32_t middle_first[HM_LANE_MAX] = {4, 5, 3, 6, 2, 7, 1, 8, 9, 10};
    for (int32_t i = 0; i < r->n; i++) {
        int32_t before = 0;
        for (int32_t k = 0; k < r->n; k++)
            before += level_ln[k] < level_ln[i] || (level_ln[k] == level_ln[i] && k < i);
        r->run[i].lane = middle_first[before];
    }
}

static int by_time(const void *a, const void *b)
{
    const world_run *x = a, *y = b;
    if (x->time_us != y->time_us)
        return x->time_us < y->time_us ? -1 : 1;
    return x->one < y->one ? -1 : x->one > y->one;
}

/* First what everybody runs, from what all were before; then what each makes of it. */
static void run_all(world *w, world_race *r)
{
    double level_ln[HM_LANE_MAX];
    for (int32_t i = 0; i < r->n; i++) {
        hm_week at = world_week(w, r->run[i].one);
        double level_s = hm_one_level_s(&w->params, &w->one[r->run[i].one], &at);
        level_ln[i] = hm_log(level_s);
        r->run[i].met.day.conditions_ln = -hm_wind_moinat_s(level_s, r->wind_mps) / level_s;
        r->run[i].met.day.level = r->level;
        r->run[i].age_y = hm_week_age_y(&at, &w->one[r->run[i].one].person);
    }
    fill_chances(w, r, level_ln);
    draw_lanes(r, level_ln);
    for (int32_t i = 0; i < r->n; i++) {
        world_run *run = &r->run[i];
        const hm_one *one = &w->one[run->one];
        hm_week at = world_week(w, run->one);
        run->day = hm_day_run(&w->params, &one->person, &one->state, &at, &run->met.day);
        run->time_us = hm_one_time_us(run->day.ln_t);
    }
    qsort(r->run, (size_t)r->n, sizeof *r->run, by_time);
    for (int32_t i = 0; i < r->n; i++)
        r->run[i].place =
            i > 0 && r->run[i].time_us == r->run[i - 1].time_us ? r->run[i - 1].place : i + 1;
}

hm_status world_race_run(world *w, world_race *r)
{
    draw_air(w, r);
    run_all(w, r);
    for (int32_t i = 0; i < r->n; i++) {
        world_run *run = &r->run[i];
        run->met.kind = HM_MET_RACE;
        run->met.year = w->year;
        run->met.week = w->week;
        run->met.from = -1;
        run->met.won = run->place == 1;
        for (int32_t k = 0; k < i; k++)
            run->met.beaten_by_rival |= world_is_rival(w, run->one, r->run[k].one);
    }
    for (int32_t i = 0; i < r->n; i++)
        HM_TRY(world_meet(w, r->run[i].one, &r->run[i].met, NULL));
    world_link_race(w, r);
    HM_TRY(world_race_ideas(w, r));
    return w->witness.race ? w->witness.race(w->witness.ctx, w, r) : HM_OK;
}

static void enter(world_race *r, int32_t one, uint32_t round)
{
    HM_ASSERT(r->n < HM_LANE_MAX);
    r->run[r->n++] = (world_run){.one = one, .met = {.day = {.race = round}}};
}

/* ---- who may run ---- */

static bool can_run(const world *w, int32_t i)
{
    return world_lives(w, i) && hm_one_is_active(&w->one[i]) && w->one[i].state.out_weeks == 0;
}

static hm_stage_of_life stage_now(const world *w, int32_t i)
{
    return hm_stage_of(w->year - w->one[i].class_year);
}

/* His best of this season, or of the last one early in the year. */
static int64_t seed_us(const world *w, int32_t i)
{
    const hm_one *o = &w->one[i];
    return o->sb_us ? o->sb_us : (int64_t)(o->last_s * 1e6);
}

static int by_group(const void *a, const void *b)
{
    const world_seeded *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->us != y->us)
        return x->us < y->us ? -1 : 1;
    return x->one < y->one ? -1 : x->one > y->one;
}

typedef enum grouping { BY_REGION, BY_BLOCK, AS_ONE } grouping;

/* Entrants of a meet of a stage (COUNT = of all ages from 16), by group and by time. */
static int32_t entrants(const world *w, hm_stage_of_life stage, uint8_t pass, grouping by,
                        world_seeded list[])
{
    enum { OPEN_AGE = 16, PUPIL_AGE = 11 };
    int32_t n = 0;
    for (int32_t i = 0; i < w->n; i++) {
        bool open = stage == HM_STAGE_COUNT;
        if (!can_run(w, i) || seed_us(w, i) == 0)
            continue;
        if (open ? w->year - w->one[i].class_year < OPEN_AGE : stage_now(w, i) != stage)
            continue;
        if (!open && (w->pass[i] < pass || w->year - w->one[i].class_year < PUPIL_AGE))
            continue;
        int32_t region = w->one[i].region;
        int32_t group = by == BY_REGION  ? region
                        : by == BY_BLOCK ? 1 + (region - 1) / BLOCK_REGIONS
                                         : 0;
        list[n++] = (world_seeded){i, group, seed_us(w, i)};
    }
    qsort(list, (size_t)n, sizeof *list, by_group);
    return n;
}

/* ---- finals of prefectures and blocks ---- */

static hm_status group_finals(world *w, hm_stage_of_life stage, grouping by, uint8_t pass,
                              world_seeded list[])
{
    int32_t n = entrants(w, stage, pass, by, list);
    for (int32_t from = 0; from < n;) {
        world_race r = {.year = w->year,
                        .week = w->week,
                        .stage = stage,
                        .level = by == BY_REGION ? HM_MEET_PREFECTURE : HM_MEET_BLOCK,
                        .round = "final",
                        .place = list[from].group};
        int32_t to = from;
        while (to < n && list[to].group == list[from].group)
            to++;
        for (int32_t i = from; i < to && r.n < FINAL_FIELD; i++)
            enter(&r, list[i].one, ROUND_ONLY);
        HM_TRY(world_race_run(w, &r));
        for (int32_t i = 0; i < r.n && i < ADVANCE; i++)
            w->pass[r.run[i].one] = pass + 1;
        from = to;
    }
    return HM_OK;
}

/* ---- nationals: semi-finals and a final ---- */

static const hm_scenario_event *pinned_final(const world *w, int32_t final_of)
{
    for (int32_t i = 0; i < w->scenario->n_event; i++) {
        const hm_scenario_event *e = &w->scenario->event[i];
        int32_t year = w->first_year + world_week_of(w, e->date) / HM_YEAR_WEEKS;
        if (e->kind == HM_EVENT_RACE && e->final_of == final_of && year == w->year &&
            world_has(w, e))
            return e;
    }
    return NULL;
}

static world_race national(const world *w, hm_stage_of_life stage, bool is_final)
{
    bool country = stage == HM_STAGE_COUNT;
    return (world_race){.event = is_final ? pinned_final(w, (int32_t)stage) : NULL,
                        .year = w->year,
                        .week = w->week,
                        .stage = country ? HM_STAGE_CORPORATE : stage,
                        .country = country,
                        .level = is_final ? HM_MEET_FINAL : HM_MEET_NATIONAL,
                        .round = is_final ? "final" : "semi-final"};
}

/* Of the semi-finals: the first two of each, and the two next fastest. */
static void choose_final(world_race semi[N_SEMI], world_race *final, uint32_t round)
{
    enum { BY_PLACE = 2 };
    world_run rest[N_SEMI * FINAL_FIELD];
    int32_t n = 0;
    for (int32_t s = 0; s < N_SEMI; s++)
        for (int32_t i = 0; i < semi[s].n; i++) {
            if (i < BY_PLACE)
                enter(final, semi[s].run[i].one, round);
            else
                rest[n++] = semi[s].run[i];
        }
    qsort(rest, (size_t)n, sizeof *rest, by_time);
    for (int32_t i = 0; i < n && final->n < FINAL_FIELD; i++)
        enter(final, rest[i].one, round);
}

static hm_status nationals(world *w, hm_stage_of_life stage, uint8_t pass, world_seeded list[])
{
    bool country = stage == HM_STAGE_COUNT;
    int32_t n = entrants(w, stage, pass, AS_ONE, list);
    world_race semi[N_SEMI], final = national(w, stage, true);
    n = n < SEMI_FIELD ? n : SEMI_FIELD;
    for (uint32_t s = 0; s < N_SEMI; s++) {
        semi[s] = national(w, stage, false);
        semi[s].round_no = s;
    }
    for (int32_t i = 0; i < n; i++) { /* there and back, so that the heats are even */
        int32_t turn = i / N_SEMI, in = i % N_SEMI;
        enter(&semi[turn % 2 ? N_SEMI - 1 - in : in], list[i].one,
              country ? COUNTRY_SEMI : ROUND_ONLY);
    }
    for (int32_t s = 0; s < N_SEMI; s++)
        if (semi[s].n > 0)
            HM_TRY(world_race_run(w, &semi[s]));
    choose_final(semi, &final, country ? COUNTRY_FINAL : ROUND_FINAL);
    final.round_no = N_SEMI;
    return final.n > 0 ? world_race_run(w, &final) : HM_OK;
}

/* ---- trials, and races of their own ---- */

/* Against the clock, at home: a time for the season and no more. */
static hm_status trials(world *w)
{
    bool due = w->week >= TRIAL_FIRST && w->week <= TRIAL_LAST &&
               (w->week - TRIAL_FIRST) % TRIAL_EVERY == 0;
    for (int32_t i = 0; due && i < w->n; i++) {
        if (!can_run(w, i))
            continue;
        hm_encounter trial = {.kind = HM_MET_RACE,
                              .year = w->year,
                              .week = w->week,
                              .from = -1,
                              .day = {.level = HM_MEET_CLUB, .race = ROUND_TRIAL}};
        HM_TRY(world_meet(w, i, &trial, NULL));
    }
    return HM_OK;
}

static bool is_in(const world_race *r, int32_t one)
{
    for (int32_t i = 0; i < r->n; i++)
        if (r->run[i].one == one)
            return true;
    return false;
}

static hm_status own_race(world *w, const hm_scenario_event *e, world_seeded list[])
{
    int32_t first = e->person[0];
    world_race r = {.event = e,
                    .year = w->year,
                    .week = w->week,
                    .stage = stage_now(w, first),
                    .level = (hm_meet_level)e->level,
                    .round = e->round,
                    .place = 1,
                    .round_no = 100 + (uint32_t)(e - w->scenario->event)};
    for (int32_t i = 0; i < e->n_person; i++) {
        const hm_life_state *s = &w->one[e->person[i]].state;
        if (world_lives(w, e->person[i]) && s->out_weeks == 0 && s->standing != HM_STANDING_LEFT)
            enter(&r, e->person[i], ROUND_PINNED);
    }
    int32_t n = e->field > r.n ? entrants(w, r.stage, 0, AS_ONE, list) : 0;
    for (int32_t i = 0; i < n && r.n < e->field; i++)
        if (!is_in(&r, list[i].one))
            enter(&r, list[i].one, ROUND_PINNED);
    return r.n > 0 ? world_race_run(w, &r) : HM_OK;
}

static hm_status own_races(world *w, world_seeded list[])
{
    for (int32_t i = 0; i < w->scenario->n_event; i++) {
        const hm_scenario_event *e = &w->scenario->event[i];
        if (e->kind == HM_EVENT_RACE && e->final_of < 0 && world_has(w, e) &&
            world_week_of(w, e->date) == world_now(w))
            HM_TRY(own_race(w, e, list));
    }
    return HM_OK;
}

hm_status world_meets(world *w)
{
    HM_TRY(trials(w));
    world_seeded *list = w->scratch;
    for (hm_stage_of_life s = HM_STAGE_PRIMARY; s < HM_STAGE_COUNT; s++) {
        const calendar *c = &week_of[s];
        uint8_t pass = 0;
        if (w->week == c->prefecture)
            HM_TRY(group_finals(w, s, BY_REGION, pass, list));
        pass = (uint8_t)(pass + (c->prefecture >= 0));
        if (w->week == c->block)
            HM_TRY(group_finals(w, s, BY_BLOCK, pass, list));
        pass = (uint8_t)(pass + (c->block >= 0));
        if (w->week == c->nation)
            HM_TRY(nationals(w, s, pass, list));
    }
    if (w->week == country_week)
        HM_TRY(nationals(w, HM_STAGE_COUNT, 0, list));
    return own_races(w, list);
}

/* ---- who is helped to go on ---- */

hm_status world_support(world *w)
{
    static const int32_t places[HM_STAGE_COUNT] = {0, SQUAD_SCHOOL, SQUAD_SCHOOL, SQUAD_STUDENT,
                                                   SQUAD_EMPLOYED};
    world_seeded *list = w->scratch;
    for (hm_stage_of_life s = HM_STAGE_PRIMARY; w->params.support && s < HM_STAGE_COUNT; s++) {
        int32_t n = 0;
        for (int32_t i = 0; i < w->n; i++)
            /* of the year to come: a school leaver is taken by the next stage */
            if (world_lives(w, i) && hm_one_is_active(&w->one[i]) &&
                hm_stage_of(w->year + 1 - w->one[i].class_year) == s)
                list[n++] = (world_seeded){i, w->one[i].sb_us == 0, w->one[i].sb_us};
        qsort(list, (size_t)n, sizeof *list, by_group);
        for (int32_t i = 0; i < n; i++) {
            bool taken = i < places[s] && list[i].us > 0;
            if (taken == (w->one[list[i].one].state.standing == HM_STANDING_SQUAD))
                continue;
            hm_encounter e = {
                .kind = HM_MET_SQUAD, .year = w->year, .week = w->week, .from = -1, .taken = taken};
            HM_TRY(world_meet(w, list[i].one, &e, NULL));
        }
    }
    return HM_OK;
}
