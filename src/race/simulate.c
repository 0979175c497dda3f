#include "race/simulate.h"

#include "luck_priv.h"

#include <math.h>

#include "race/official.h"
#include "race/replay.h"
#include "race/wind.h"
#include "sprint/air.h"

enum { N_SPLIT = 9, N_MARK = 10 };
static const double mark_m[N_MARK] = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100};

/* One race at work. */
typedef struct job {
    const hm_sheet *sheet;
    const hm_runner *runner;
    const hm_day *day;
    uint64_t seed;
    uint32_t number;
    race_air air;
    hm_gust_law gusts;
    double w_mps[HM_WIND_SITE_MAX][HM_WIND_CELL_MAX];
} job;

static void blow(job *j)
{
    int32_t lane[HM_LANE_MAX];
    for (int32_t i = 0; i < j->sheet->n_row; i++)
        lane[i] = j->sheet->row[i].lane;
    hm_gust_law_make(j->air.wind_mps, j->day->fair ? 0 : j->day->gust_frac, j->sheet->n_row, lane,
                     &j->gusts);
    hm_gust_draw(&j->gusts, j->seed, j->number, j->w_mps);
}

static double gauge_mps(const job *j)
{
    double sum = 0;
    for (int32_t k = 0; k < HM_WIND_GAUGE_S; k++)
        sum += j->w_mps[j->sheet->n_row][k];
    return sum / HM_WIND_GAUGE_S;
}

/* His reaction, his splits and his time, to the microsecond. */
static hm_status run_lane(const job *j, int32_t i, hm_sheet_row *row, hm_err *err)
{
    const hm_runner *r = &j->runner[i];
    race_slopes slopes;
    double t_s[N_MARK];
    bool arrives = race_slopes_of(r, &j->air, &slopes);
    race_normal4 luck = race_normals(j->seed, HM_FOR_RACE_DAY, r->person, j->number, 0);
    race_normal4 fit = race_normals(j->seed, HM_FOR_FIT, r->person, j->number, 1);
    if (arrives) {
        hm_drive d = race_drive_of_day(r, &slopes, fit.z, j->day->form_sd_frac * luck.z[LUCK_FORM],
                                       j->day->start_sd_s * luck.z[LUCK_START]);
        arrives = race_run_gusty(&d, race_drag_per_m(r, &j->air), j->w_mps[i], N_MARK, mark_m, t_s);
    }
    if (!arrives)
        return hm_err_set(err, HM_ERR_INPUT, j->sheet->source, row->line, 0, "lane",
                          "expected a runner who arrives at 100 m in this air, found %s",
                          row->name);
    row->reaction_s =
        j->day->fair ? race_fair_reaction_s : race_reaction_s(&r->reaction, luck.z[LUCK_REACTION]);
    for (int k = 0; k < N_SPLIT; k++)
        row->split_s[k] = row->reaction_s + t_s[k];
    row->time_s = (double)hm_time_us(row->reaction_s + t_s[N_SPLIT]) / 1e6;
    return HM_OK;
}

/* A sheet as if this race had been measured. */
static hm_status write_sheet(const job *j, hm_arena *arena, hm_sheet *out, hm_err *err)
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
    int32_t n_run = 0;
    for (int32_t i = 0; i < s.n_row; i++) {
        hm_sheet_row *row = &s.row[i];
        *row = j->sheet->row[i];
        row->place = 0;
        row->split_s = &split_s[i * N_SPLIT];
        row->status = j->runner[i].drive.v0_mps > 0 ? HM_RUN_OK : HM_RUN_DNS;
        row->reaction_s = row->time_s = (double)NAN;
        for (int k = 0; k < N_SPLIT; k++)
            row->split_s[k] = (double)NAN;
        if (row->status == HM_RUN_OK)
            HM_TRY(run_lane(j, i, row, err));
        n_run += row->status == HM_RUN_OK;
    }
    if (n_run == 0)
        return hm_err_set(err, HM_ERR_INPUT, s.source, 0, 0, "lane",
                          "expected a runner of whom a time is known, found none");
    s.wind_mps = hm_wind_dmps(hm_wind_cmps(gauge_mps(j))) / 10.0;
    s.altitude_m = j->air.altitude_m;
    s.temp_c = j->air.temp_c;
    s.notes = (hm_notes){0};
    *out = s;
    return HM_OK;
}

hm_status hm_race_simulate(const hm_sheet *sheet, const hm_runner runner[], const hm_day *day,
                           uint64_t seed, uint32_t number, hm_arena *arena, hm_race *race,
                           hm_err *err)
{
    HM_ASSERT(day->cookie == hm_day_default().cookie);
    HM_TRY(hm_option_check(&hm_day_table, day, err));
    if (sheet->n_row < 1 || sheet->n_row > HM_LANE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, sheet->source, 0, 0, "lane",
                          "expected 1 to %d runners, found %d", HM_LANE_MAX, sheet->n_row);
    job j = {.sheet = sheet,
             .runner = runner,
             .day = day,
             .seed = seed,
             .number = number,
             .air = race_air_of(day, sheet)};
    blow(&j);
    hm_sheet run;
    hm_race made;
    HM_TRY(write_sheet(&j, arena, &run, err));
    hm_replay_opts opts = hm_replay_opts_default();
    opts.seed = seed;
    HM_TRY(hm_race_replay(&run, &opts, arena, &made, err));
    made.mode = HM_RACE_SIMULATE;
    for (int32_t i = 0; i < made.n_lane; i++)
        for (int32_t k = 0; k < made.lane[i].n_split; k++)
            made.lane[i].split[k].measured = false;
    *race = made;
    return HM_OK;
}
