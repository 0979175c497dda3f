#include "race/simulate.h"

#include "lineup_priv.h"
#include "replay_priv.h"

#include <math.h>

#include "race/official.h"

enum { N_SPLIT = 9, N_MARK = 10 };
static const double mark_m[N_MARK] = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100};

/* One race at work. */
typedef struct job {
    const hm_sheet *sheet;
    uint32_t number;
    race_lineup up;
    double w_mps[HM_WIND_SITE_MAX][HM_WIND_CELL_MAX];
    race_normal4 fit[HM_LANE_MAX];
    double gain_frac[HM_LANE_MAX]; /* by the company of neighbours */
} job;

static double gauge_mps(const job *j)
{
    double sum = 0;
    for (int32_t k = 0; k < HM_WIND_GAUGE_S; k++)
        sum += j->w_mps[j->up.n][k];
    return sum / HM_WIND_GAUGE_S;
}

/* Reaction, run and its times at the marks of one of the lineup. */
static hm_status run_lane(const job *j, int32_t i, double *reaction_s, race_gusty *run,
                          double t_s[N_MARK], hm_err *err)
{
    const race_lineup *up = &j->up;
    const hm_runner *r = up->runner[i];
    const hm_sheet_row *row = &j->sheet->row[up->row[i]];
    race_normal4 luck = race_luck_of(&up->keys, up->day, r->person, j->number);
    double form_frac = up->day->form_sd_frac * luck.z[LUCK_FORM] - j->gain_frac[i];
    hm_drive d = race_drive_of_day(r, &up->linear[i].slopes, j->fit[i].z, form_frac,
                                   up->day->start_sd_s * luck.z[LUCK_START]);
    *run = race_gusty_begin(&d, race_drag_per_m(r, &up->air), j->w_mps[i]);
    for (int k = 0; k < N_MARK; k++) {
        hm_drive_point at;
        if (!race_gusty_to_x(run, mark_m[k], &at))
            return hm_err_set(err, HM_ERR_INPUT, j->sheet->source, row->line, 0, "lane",
                              "expected a runner who arrives at 100 m in this air, found %s",
                              row->name);
        t_s[k] = at.s_s;
    }
    *reaction_s = race_reaction_of(up->day, r, luck.z[LUCK_REACTION]);
    return HM_OK;
}

/* Who gains by whom is decided by the race that each would run alone. */
static hm_status keep_company(job *j, hm_err *err)
{
    double alone_s[HM_LANE_MAX], reaction_s, t_s[N_MARK];
    race_gusty run;
    if (j->up.day->neighbour_frac == 0)
        return HM_OK;
    for (int32_t i = 0; i < j->up.n; i++) {
        HM_TRY(run_lane(j, i, &reaction_s, &run, t_s, err));
        alone_s[i] = reaction_s + t_s[N_SPLIT];
    }
    race_company(j->up.day->neighbour_frac, j->up.n, j->up.lane, alone_s, j->gain_frac);
    return HM_OK;
}

/* All that is drawn. */
static hm_status begin(const hm_sheet *sheet, const hm_runner runner[], const hm_day *day,
                       uint64_t seed, uint32_t number, job *j, hm_err *err)
{
    HM_TRY(race_check_call(sheet, day, err));
    *j = (job){.sheet = sheet, .number = number};
    HM_TRY(race_lineup_make(sheet, runner, day, seed, &j->up, err));
    race_outcome linear;
    double param_s[HM_LANE_MAX];
    race_lineup_fit(&j->up, number / RACE_FIT_GROUP, j->fit, param_s);
    race_lineup_run(&j->up, param_s, number, &linear);
    race_lineup_blow(&j->up, linear.wind_z, number, HM_WIND_CELL_MAX, j->w_mps);
    return keep_company(j, err);
}

hm_status hm_race_result_of(const hm_sheet *sheet, const hm_runner runner[], const hm_day *day,
                            uint64_t seed, uint32_t number, hm_race_result *result, hm_err *err)
{
    job j;
    HM_TRY(begin(sheet, runner, day, seed, number, &j, err));
    hm_race_result out = {.wind_cmps = hm_wind_cmps(gauge_mps(&j))};
    for (int32_t i = 0; i < j.up.n; i++) {
        hm_run_result *r = &out.run[j.up.row[i]];
        double t_s[N_MARK];
        race_gusty run;
        HM_TRY(run_lane(&j, i, &r->reaction_s, &run, t_s, err));
        r->ran = true;
        r->time_us = hm_time_us(r->reaction_s + t_s[N_SPLIT]);
        r->wind_mps = race_felt_mps(HM_WIND_CELL_MAX, j.w_mps[i], t_s[N_SPLIT]);
    }
    *result = out;
    return HM_OK;
}

/* A sheet as if this race had been measured. */
static hm_status write_sheet(const job *j, hm_arena *arena, hm_sheet *out,
                             race_gusty run[HM_LANE_MAX], double felt_mps[HM_LANE_MAX], hm_err *err)
{
    hm_sheet s = *j->sheet;
    s.row = HM_PUSH(arena, hm_sheet_row, s.n_row);
    s.split_m = HM_PUSH(arena, double, N_SPLIT);
    double *split_s = HM_PUSH(arena, double, s.n_row *N_SPLIT);
    if (!s.row || !s.split_m || !split_s)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the race");
    s.n_split = N_SPLIT;
    for (int k = 0; k < N_SPLIT; k++)
        s.split_m[k] = mark_m[k];
    for (int32_t i = 0; i < s.n_row; i++) {
        hm_sheet_row *row = &s.row[i];
        *row = j->sheet->row[i];
        row->place = 0;
        row->split_s = &split_s[i * N_SPLIT];
        row->status = HM_RUN_DNS;
        row->reaction_s = row->time_s = (double)NAN;
        for (int k = 0; k < N_SPLIT; k++)
            row->split_s[k] = (double)NAN;
    }
    for (int32_t i = 0; i < j->up.n; i++) {
        hm_sheet_row *row = &s.row[j->up.row[i]];
        double t_s[N_MARK];
        HM_TRY(run_lane(j, i, &row->reaction_s, &run[j->up.row[i]], t_s, err));
        row->status = HM_RUN_OK;
        felt_mps[j->up.row[i]] = race_felt_mps(HM_WIND_CELL_MAX, j->w_mps[i], t_s[N_SPLIT]);
        for (int k = 0; k < N_SPLIT; k++)
            row->split_s[k] = row->reaction_s + t_s[k];
        row->time_s = (double)hm_time_us(row->reaction_s + t_s[N_SPLIT]) / 1e6;
    }
    s.wind_mps = hm_wind_dmps(hm_wind_cmps(gauge_mps(j))) / 10.0;
    s.altitude_m = j->up.air.altitude_m;
    s.temp_c = j->up.air.temp_c;
    s.notes = (hm_notes){0};
    *out = s;
    return HM_OK;
}

hm_status hm_race_simulate(const hm_sheet *sheet, const hm_runner runner[], const hm_day *day,
                           uint64_t seed, uint32_t number, hm_arena *arena, hm_race *race,
                           hm_err *err)
{
    job j;
    HM_TRY(begin(sheet, runner, day, seed, number, &j, err));
    hm_sheet run;
    hm_race made;
    race_gusty exact[HM_LANE_MAX];
    double felt_mps[HM_LANE_MAX] = {0};
    HM_TRY(write_sheet(&j, arena, &run, exact, felt_mps, err));
    hm_replay_opts opts = hm_replay_opts_default();
    opts.seed = seed;
    HM_TRY(race_replay_exact(&run, &opts, exact, arena, &made, err));
    made.mode = HM_RACE_SIMULATE;
    for (int32_t i = 0; i < made.n_lane; i++) {
        hm_lane *l = &made.lane[i];
        l->has_wind = l->status == HM_RUN_OK;
        l->wind_mps = felt_mps[i];
        for (int32_t k = 0; k < l->n_split; k++)
            l->split[k].measured = false;
    }
    *race = made;
    return HM_OK;
}
