/* How one heat of a round gets its results. */
#include <string.h>

#include "base/rng.h"
#include "num/stat.h"
#include "race/official.h"
#include "race/rounds.h"

static const double day_sd = 0.008; /* [1] of a time; own choice */
static const double day_cut_sd = 3; /* no draw is further off */
static const double unknown_factor =
    1.03; /* [1] without a best: the slowest best times this; own */
static const int64_t unknown_us = 12000000; /* nobody has a best; own */

/* ---- drawn ---- */

static int64_t level_us(const hm_entries *e, const hm_entry *who)
{
    int64_t slowest_us = 0;
    for (int32_t i = 0; i < e->n && !who->best_us; i++)
        slowest_us = e->entry[i].best_us > slowest_us ? e->entry[i].best_us : slowest_us;
    if (who->best_us)
        return who->best_us;
    return slowest_us ? (int64_t)((double)slowest_us * unknown_factor) : unknown_us;
}

hm_status hm_heat_draw(void *ctx, const hm_heat_call *call, hm_rounds_heat *heat, hm_err *err)
{
    (void)ctx;
    (void)err;
    for (int32_t i = 0; i < heat->n_lane; i++) {
        hm_rounds_lane *l = &heat->lane[i];
        const hm_entry *who = &call->entries->entry[l->entry];
        if (l->status != HM_RUN_OK)
            continue;
        double u = hm_rng_unit(call->seed, HM_FOR_RACE_DAY, who->key, (uint32_t)call->i_round, 0);
        double factor = hm_normal_cut(u, 1, day_sd, day_cut_sd);
        l->time_us = (int64_t)((double)level_us(call->entries, who) * factor);
    }
    heat->run = true;
    return HM_OK;
}

/* ---- read ---- */

static const hm_reading *reading_of(const hm_readings *r, const char *round, int32_t entry)
{
    for (int32_t i = 0; i < r->n; i++)
        if (r->reading[i].entry == entry && strcmp(r->reading[i].round, round) == 0)
            return &r->reading[i];
    return NULL;
}

static bool is_in_round(const hm_rounds_round *round, int32_t entry)
{
    for (int32_t h = 0; h < round->plan.n_heat; h++)
        for (int32_t i = 0; i < round->heat[h].n_lane; i++)
            if (round->heat[h].lane[i].entry == entry)
                return true;
    return false;
}

/* Nobody is read who does not run in this round. */
static hm_status check_strangers(const hm_readings *r, const hm_heat_call *call, hm_err *err)
{
    const char *code = call->round->plan.code;
    for (int32_t i = 0; i < r->n; i++)
        if (strcmp(r->reading[i].round, code) == 0 &&
            !is_in_round(call->round, r->reading[i].entry))
            return hm_err_set(err, HM_ERR_INPUT, r->source, r->reading[i].line, 0, "name",
                              "expected one who runs in %s, found '%.100s'", code,
                              call->entries->entry[r->reading[i].entry].name);
    return HM_OK;
}

static hm_status take_wind(const hm_readings *r, const hm_reading *at, hm_rounds_heat *heat,
                           hm_err *err)
{
    if (!at->has_wind)
        return HM_OK;
    if (heat->has_wind && heat->wind_cmps != at->wind_cmps)
        return hm_err_set(err, HM_ERR_INPUT, r->source, at->line, 0, "wind_mps",
                          "expected one wind in a heat, %.2f, found %.2f", heat->wind_cmps / 100.0,
                          at->wind_cmps / 100.0);
    heat->has_wind = true;
    heat->wind_cmps = at->wind_cmps;
    return HM_OK;
}

static void take_reading(const hm_reading *at, hm_rounds_lane *l)
{
    l->status = at->status;
    l->rule = at->rule;
    l->time_us = at->status == HM_RUN_OK ? at->time_us : 0;
    l->reaction_ms = at->status == HM_RUN_DNS ? -1 : at->reaction_ms;
    l->advance = strcmp(at->advance, "qR") == 0   ? HM_BY_REFEREE
                 : strcmp(at->advance, "qJ") == 0 ? HM_BY_JURY
                                                  : HM_OUT;
}

/* TR20.8: one system of timing in a round. */
static hm_status check_timing(const hm_readings *r, const hm_reading *at, hm_err *err)
{
    for (int32_t i = 0; i < r->n; i++) {
        const hm_reading *other = &r->reading[i];
        if (at->time_us && other->time_us && strcmp(other->round, at->round) == 0 &&
            other->hand != at->hand)
            return hm_err_set(err, HM_ERR_INPUT, r->source,
                              other->line > at->line ? other->line : at->line, 0, "time_s",
                              "expected one system of timing in a round (TR20.8), found times of "
                              "0.1 s and finer ones");
    }
    return HM_OK;
}

hm_status hm_heat_read(void *ctx, const hm_heat_call *call, hm_rounds_heat *heat, hm_err *err)
{
    const hm_readings *r = ctx;
    const char *code = call->round->plan.code;
    const hm_rounds_lane *missing = NULL;
    int32_t n_read = 0;
    if (call->i_heat == 0)
        HM_TRY(check_strangers(r, call, err));
    for (int32_t i = 0; i < heat->n_lane; i++) {
        hm_rounds_lane *l = &heat->lane[i];
        const hm_reading *at = reading_of(r, code, l->entry);
        if (!at) {
            missing = l->status == HM_RUN_OK ? l : missing;
            continue;
        }
        n_read++;
        HM_TRY(check_timing(r, at, err));
        HM_TRY(take_wind(r, at, heat, err));
        take_reading(at, l);
        heat->hand |= at->hand && at->time_us;
    }
    if (n_read && missing)
        return hm_err_set(err, HM_ERR_INPUT, r->source, 0, 0, "name",
                          "expected a result or DNS for '%.100s' in %s, as for others of the heat",
                          call->entries->entry[missing->entry].name, code);
    heat->run = n_read > 0;
    return HM_OK;
}
