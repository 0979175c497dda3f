#include "luck_priv.h"

#include <math.h>

#include "num/dmath.h"
#include "num/stat.h"
#include "race/heat.h"
#include "race/official.h"
#include "race/referee.h"
#include "race/wind.h"

static const uint32_t heat_cookie = 0x68656174;
static const double unknown_factor =
    1.03;                               /* [1] without a best: the slowest best times this; own */
static const double unknown_s = 12;     /* nobody has a best; own */
static const double jump_least_s = 0.0; /* readings of those who jump: from here to 0.1 s; own */

enum {
    DRAW_STAY_AWAY = 1000, /* numbers of draws; recalls have 0, 1, ... */
    DRAW_JUMP = 2000,      /* the reading of one who jumps */
    RECALL_MAX = 20,       /* after so many recalls nobody jumps any more */
    N_QUADRATURE = 4000
};

#define AT(field) #field, offsetof(hm_heat_opts, field)
static const hm_option row[] = {
    {AT(races_of_best), HM_OPTION_INT, "", 8, 1, 1000, NULL,
     "an entered best is the best of so many races", ""},
    {AT(heat_wind_sd_mps), HM_OPTION_DOUBLE, "m/s", 0.5, 0, 5, NULL,
     "sd of the mean wind from heat to heat", ""},
    {AT(dns_frac), HM_OPTION_DOUBLE, "", 0, 0, 1, NULL,
     "chance of each athlete to stay away from a round", ""},
    {AT(false_start_frac), HM_OPTION_DOUBLE, "", 0, 0, 0.5, NULL,
     "chance of each athlete to jump a start", ""},
};
#undef AT

_Static_assert(sizeof(hm_heat_opts) == 32, "a field of hm_heat_opts lacks its row");

const hm_option_table hm_heat_table = {"heat", sizeof(hm_heat_opts), sizeof row / sizeof *row, row};

hm_heat_opts hm_heat_opts_default(void)
{
    hm_heat_opts o = {.cookie = heat_cookie};
    hm_option_defaults(&hm_heat_table, &o);
    return o;
}

/* ---- what a best says ---- */

/* The greatest of n uniform numbers is the n-th root of one: moments over even steps of that one,
 * finer at the ends, where the normal numbers run away (u = 3 v^2 - 2 v^3). */
hm_best_law hm_best_law_of(int32_t n)
{
    double sum = 0, square = 0, all = 0;
    for (int i = 0; i < N_QUADRATURE; i++) {
        double v = (i + 0.5) / N_QUADRATURE, weight = 6 * v * (1 - v);
        double z = hm_normal_of(hm_pow(v * v * (3 - 2 * v), 1.0 / n));
        all += weight;
        sum += weight * z;
        square += weight * z * z;
    }
    double mean = sum / all;
    return (hm_best_law){mean, sqrt(fmax(square / all - mean * mean, 0))};
}

double hm_entry_level_s(const hm_entries *e, const hm_entry *who)
{
    int64_t slowest_us = 0;
    if (who->best_us)
        return (double)who->best_us * 1e-6;
    for (int32_t i = 0; i < e->n; i++)
        slowest_us = e->entry[i].best_us > slowest_us ? e->entry[i].best_us : slowest_us;
    return slowest_us ? (double)slowest_us * 1e-6 * unknown_factor : unknown_s;
}

/* ---- a heat ---- */

typedef struct heat_job {
    const hm_heat_sim *sim;
    const hm_heat_call *call;
    hm_rounds_heat *heat;
    hm_sheet sheet; /* those of the heat who run */
    hm_sheet_row row[HM_LANE_MAX];
    hm_runner runner[HM_LANE_MAX];
    int32_t at[HM_LANE_MAX]; /* lane of the heat of each row */
    char name[32];           /* "R1, heat 2" */
    uint32_t key;
    hm_notes *log;
    hm_err *err;
} heat_job;

static const hm_entry *entry_of(const heat_job *j, int32_t i)
{
    return &j->call->entries->entry[j->heat->lane[i].entry];
}

static double draw_of(const heat_job *j, int32_t i, uint32_t draw)
{
    return hm_rng_unit(j->call->seed, HM_FOR_START, entry_of(j, i)->key, j->key, draw);
}

static hm_status tell(const heat_job *j, const char *what, int32_t i)
{
    if (hm_notes_add(j->log, j->sim->arena, "%s: '%.100s' %s", j->name, entry_of(j, i)->name,
                     what) != HM_OK)
        return hm_err_set(j->err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    return HM_OK;
}

static hm_status stay_away(const heat_job *j)
{
    for (int32_t i = 0; i < j->heat->n_lane; i++) {
        hm_rounds_lane *l = &j->heat->lane[i];
        if (l->status != HM_RUN_OK || draw_of(j, i, DRAW_STAY_AWAY) >= j->sim->opts->dns_frac)
            continue;
        l->status = HM_RUN_DNS;
        HM_TRY(tell(j, "does not start", i));
    }
    return HM_OK;
}

/* One start: who jumps, and what it brings. False: the start was fair. */
static hm_status start_once(const heat_job *j, int32_t attempt, hm_start_state *state, bool *again)
{
    hm_start_call call[HM_LANE_MAX];
    hm_charge charge[HM_LANE_MAX];
    hm_start_ruling ruling;
    const hm_heat_opts *o = j->sim->opts;
    for (int32_t i = 0; i < j->heat->n_lane; i++) {
        hm_rounds_lane *l = &j->heat->lane[i];
        bool there = l->status == HM_RUN_OK;
        bool jumps = there && draw_of(j, i, (uint32_t)attempt) < o->false_start_frac;
        double u = draw_of(j, i, DRAW_JUMP + (uint32_t)attempt);
        double reaction_s = jump_least_s + u * (1e-3 * HM_REACTION_LEAST_MS - jump_least_s);
        call[i] = (hm_start_call){.lane = l->lane,
                                  .on_marks = there,
                                  .has_reaction = jumps && j->sim->rules->sis,
                                  .reaction_ms = jumps ? hm_reaction_ms(reaction_s) : 0,
                                  .seen = jumps};
    }
    hm_start_judge(j->sim->rules, j->heat->n_lane, call, false, state, charge, &ruling);
    for (int32_t i = 0; i < j->heat->n_lane; i++) {
        hm_rounds_lane *l = &j->heat->lane[i];
        if (!call[i].on_marks || !call[i].seen)
            continue;
        bool out = state->out[l->lane];
        HM_TRY(tell(j, out ? "false start, disqualified" : "false start, warned", i));
        if (!out)
            continue;
        l->status = HM_RUN_DQ;
        l->rule = hm_false_start_rule(j->sim->rules);
        l->reaction_ms = call[i].has_reaction ? call[i].reaction_ms : -1;
    }
    *again = ruling.verdict == HM_START_FALSE;
    return HM_OK;
}

static hm_status start(const heat_job *j)
{
    hm_start_state state = {0};
    bool again = j->sim->opts->false_start_frac > 0;
    for (int32_t attempt = 0; again && attempt < RECALL_MAX; attempt++)
        HM_TRY(start_once(j, attempt, &state, &again));
    return HM_OK;
}

static void fill_sheet(heat_job *j)
{
    const hm_entries *e = j->call->entries;
    const double none = (double)NAN;
    j->sheet = (hm_sheet){.source = e->source,
                          .meet = e->meet,
                          .date = e->date,
                          .round = j->name,
                          .wind_mps = none,
                          .altitude_m = none,
                          .temp_c = none,
                          .age_yr = none,
                          .row = j->row};
    for (int32_t i = 0; i < j->heat->n_lane; i++) {
        const hm_rounds_lane *l = &j->heat->lane[i];
        if (l->status != HM_RUN_OK)
            continue;
        int32_t k = j->sheet.n_row++;
        j->row[k] = (hm_sheet_row){
            .line = entry_of(j, i)->line, .lane = l->lane, .name = entry_of(j, i)->name};
        j->runner[k] = j->sim->runner[l->entry];
        j->at[k] = i;
    }
}

/* The day of the meet with the wind of this heat. */
static hm_day day_of(const heat_job *j)
{
    hm_day day = *j->sim->day;
    race_normal4 z = race_normals(j->call->seed, HM_FOR_GUST, HM_WIND_SITE_MAX + 1, j->key, 0);
    if (isnan(day.wind_mps))
        day.wind_mps = 0;
    day.wind_mps += j->sim->opts->heat_wind_sd_mps * z.z[0];
    day.wind_mps = fmin(fmax(day.wind_mps, -10), 10); /* bounds of the option */
    return day;
}

static hm_status run_heat(heat_job *j)
{
    hm_race_result r;
    hm_day day = day_of(j);
    HM_TRY(hm_race_result_of(&j->sheet, j->runner, &day, j->call->seed, 0, &r, j->err));
    j->heat->has_wind = true;
    j->heat->wind_cmps = r.wind_cmps;
    for (int32_t k = 0; k < j->sheet.n_row; k++) {
        hm_rounds_lane *l = &j->heat->lane[j->at[k]];
        l->time_us = r.run[k].time_us;
        l->reaction_ms = hm_reaction_ms(r.run[k].reaction_s);
    }
    return HM_OK;
}

hm_status hm_heat_simulate(void *ctx, const hm_heat_call *call, hm_rounds_heat *heat, hm_err *err)
{
    hm_heat_sim *sim = ctx;
    HM_ASSERT(sim->opts->cookie == heat_cookie);
    heat_job j = {.sim = sim, .call = call, .heat = heat, .log = &sim->log, .err = err};
    HM_TRY(hm_option_check(&hm_heat_table, sim->opts, err));
    snprintf(j.name, sizeof j.name, "%s, heat %d", call->round->plan.code, call->i_heat + 1);
    j.key = hm_prior_day(call->entries->meet, call->entries->date, j.name);
    HM_TRY(stay_away(&j));
    HM_TRY(start(&j));
    fill_sheet(&j);
    if (j.sheet.n_row > 0)
        HM_TRY(run_heat(&j));
    heat->run = true;
    return HM_OK;
}
