/* hecto race --runs: chances, as a table or as JSON. */
#include "odds_plot.h"
#include "race_verb.h"
#include "table.h"

#include <math.h>

#include "io/file.h"
#include "io/json.h"
#include "io/optab.h"
#include "race/odds.h"

#define ODDS_FORMAT "hectometre-odds"

/* ---- JSON ---- */

static const hm_sheet_row *row_of(const race_field *f, int32_t lane)
{
    for (int32_t i = 0; i < f->sheet.n_row; i++)
        if (f->sheet.row[i].lane == lane)
            return &f->sheet.row[i];
    HM_ASSERT(false);
    return NULL;
}

static void put_lane(hm_json_out *o, const race_field *f, const hm_odds *odds, int32_t i)
{
    const hm_odds_lane *l = &odds->lane[i];
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_integer(o, "lane", l->lane);
    hm_json_put_text(o, "name", row_of(f, l->lane)->name);
    hm_json_put_numbers(o, "p_place", odds->n_lane, l->p_place);
    hm_json_put_number(o, "p_win", l->p_win);
    hm_json_put_number(o, "p_win_se", l->p_win_se);
    hm_json_put_number(o, "p_win_best_fit", l->p_win_best_fit);
    hm_json_put_number(o, "p_win_fit_sd", l->p_win_fit_sd);
    hm_json_put_number(o, "time_s_mean", l->time_s_mean);
    hm_json_put_number(o, "time_s_sd", l->time_s_sd);
    hm_json_put_number(o, "time_s_lo90", l->time_s_lo90);
    hm_json_put_number(o, "time_s_hi90", l->time_s_hi90);
    hm_json_put_number(o, "time_s_luck_sd", l->time_s_luck_sd);
    hm_json_put_number(o, "time_s_fit_sd", l->time_s_fit_sd);
    hm_json_put_optional(o, "p_record", l->p_record);
    hm_json_put_optional(o, "p_time", l->p_time);
    hm_json_put_numbers(o, "p_ahead", odds->n_lane, odds->p_ahead[i]);
    hm_json_put_end(o);
}

static hm_status put_odds(hm_sink sink, const race_field *f, const hm_odds *odds, double record_s,
                          hm_err *err)
{
    hm_json_out out = hm_json_out_make(sink, err), *o = &out;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", ODDS_FORMAT);
    hm_json_put_integer(o, "version", 1);
    hm_json_put_text(o, "meet", f->sheet.meet);
    hm_json_put_integer(o, "runs", odds->n_run);
    hm_json_put_integer(o, "seed", (int64_t)f->seed);
    hm_json_put_number(o, "wind_mps", odds->wind_mps);
    hm_optab_put(o, "day", &hm_day_table, &f->day);
    hm_json_put_array(o, "odds", HM_JSON_BLOCK);
    for (int32_t i = 0; i < odds->n_lane; i++)
        put_lane(o, f, odds, i);
    hm_json_put_end(o);
    hm_json_put_object(o, "margin", HM_JSON_LINE);
    hm_json_put_optional(o, "s_mean", odds->margin_s_mean);
    hm_json_put_optional(o, "s_lo90", odds->margin_s_lo90);
    hm_json_put_optional(o, "s_hi90", odds->margin_s_hi90);
    hm_json_put_optional(o, "p_below_10ms", odds->p_margin_10ms);
    hm_json_put_end(o);
    hm_json_put_optional(o, "record_s", record_s);
    hm_json_put_optional(o, "p_record", odds->p_record_any);
    hm_json_put_optional(o, "p_time", odds->p_time_any);
    hm_json_put_notes(o, "notes", &f->notes);
    hm_json_put_end(o);
    return hm_json_finish(o);
}

static hm_status write_json(const char *path, const race_field *f, const hm_odds *odds,
                            double record_s, hm_err *err)
{
    hm_file file;
    HM_TRY(hm_file_create(path, &file, err));
    hm_status status = put_odds(hm_sink_file(&file), f, odds, record_s, err);
    if (status == HM_OK)
        return hm_file_commit(&file, err);
    hm_file_abort(&file);
    return status;
}

/* ---- for reading ---- */

static void by_chance(const hm_odds *odds, int32_t order[])
{
    for (int32_t i = 0; i < odds->n_lane; i++) {
        int32_t k = i;
        for (; k > 0 && odds->lane[order[k - 1]].time_s_mean > odds->lane[i].time_s_mean; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
}

static hm_status chances(const cli_args *args, const race_field *f, const hm_odds *odds,
                         const int32_t order[], hm_err *err)
{
    static const char *const head[] = {">lane",       "name",    ">win %",        ">+-",
                                       ">best fit %", ">fit +-", ">2nd",          ">3rd",
                                       ">later",      ">time s", ">90 % of times"};
    bool asked = !isnan(odds->p_time_any);
    cli_table *t = HM_PUSH(args->arena, cli_table, 1);
    if (!t)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    cli_table_init(t, args->arena);
    cli_table_row(t);
    for (int i = 0; i < 11; i++)
        cli_table_cell(t, "%s", head[i]);
    if (asked)
        cli_table_cell(t, ">record %%");
    for (int32_t k = 0; k < odds->n_lane; k++) {
        const hm_odds_lane *l = &odds->lane[order[k]];
        cli_table_row(t);
        cli_table_cell(t, "%d", l->lane);
        cli_table_cell(t, "%s", row_of(f, l->lane)->name);
        cli_table_cell(t, "%.1f", 100 * l->p_win);
        cli_table_cell(t, "%.1f", 100 * l->p_win_se);
        cli_table_cell(t, "%.1f", 100 * l->p_win_best_fit);
        cli_table_cell(t, "%.1f", 100 * l->p_win_fit_sd);
        cli_table_cell(t, "%.1f", 100 * l->p_place[1]);
        cli_table_cell(t, "%.1f", 100 * l->p_place[2]);
        cli_table_cell(t, "%.1f", 100 * fmax(1 - l->p_place[0] - l->p_place[1] - l->p_place[2], 0));
        cli_table_cell(t, "%.2f", l->time_s_mean);
        cli_table_cell(t, "%.2f .. %.2f", l->time_s_lo90, l->time_s_hi90);
        if (asked)
            cli_table_cell(t, "%.1f", 100 * l->p_record);
    }
    cli_table_print(t, stdout);
    return HM_OK;
}

static hm_status heads(const cli_args *args, const race_field *f, const hm_odds *odds,
                       const int32_t order[], hm_err *err)
{
    cli_table *t = HM_PUSH(args->arena, cli_table, 1);
    if (!t)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    cli_table_init(t, args->arena);
    cli_table_row(t);
    cli_table_cell(t, ">lane");
    cli_table_cell(t, "ahead of, %%");
    for (int32_t k = 0; k < odds->n_lane; k++)
        cli_table_cell(t, ">%d", odds->lane[order[k]].lane);
    for (int32_t k = 0; k < odds->n_lane; k++) {
        cli_table_row(t);
        cli_table_cell(t, "%d", odds->lane[order[k]].lane);
        cli_table_cell(t, "%s", row_of(f, odds->lane[order[k]].lane)->name);
        for (int32_t m = 0; m < odds->n_lane; m++)
            if (m == k)
                cli_table_cell(t, "-");
            else
                cli_table_cell(t, "%.1f", 100 * odds->p_ahead[order[k]][order[m]]);
    }
    puts("");
    cli_table_print(t, stdout);
    return HM_OK;
}

static hm_status print_odds(const cli_args *args, const race_field *f, const hm_odds *odds,
                            double record_s, hm_err *err)
{
    int32_t order[HM_LANE_MAX] = {0};
    by_chance(odds, order);
    printf("%lld races, mean wind %+.1f m/s%s\n\n", (long long)odds->n_run, odds->wind_mps,
           f->day.fair ? ", fair: still air, sea level, the same reaction" : "");
    HM_TRY(chances(args, f, odds, order, err));
    puts("\n+- Monte Carlo standard error; best fit: race-day luck alone; fit +-: what the chance "
         "varies by\nwith what the fit does not know");
    HM_TRY(heads(args, f, odds, order, err));
    if (odds->n_lane > 1)
        printf("\nmargin %.3f s, 90 %% within %.3f .. %.3f; below 0.01 s in %.1f %%\n",
               odds->margin_s_mean, odds->margin_s_lo90, odds->margin_s_hi90,
               100 * odds->p_margin_10ms);
    if (!isnan(record_s))
        printf("somebody runs %.2f or better: %.2f %%, as a record (wind to +2.0): %.2f %%\n",
               record_s, 100 * odds->p_time_any, 100 * odds->p_record_any);
    return HM_OK;
}

static bool tell(void *ctx, int64_t done, int64_t total)
{
    return cli_progress_tell(ctx, done, total);
}

static hm_status run_odds(const cli_args *args, const race_field *f, const hm_odds_opts *opts,
                          hm_odds *odds, hm_err *err)
{
    cli_progress progress = cli_progress_begin(args, "races");
    hm_odds_opts o = *opts;
    o.tell = tell;
    o.tell_ctx = &progress;
    hm_status status = hm_odds_run(&f->sheet, f->runner, &f->day, &o, args->arena, odds, err);
    cli_progress_end(&progress);
    return status;
}

static hm_status draw(const cli_args *args, const race_field *f, const hm_odds *odds,
                      double record_s, hm_chart_format format, hm_err *err)
{
    fit_plot_opts o = fit_plot_opts_default();
    o.format = format;
    char *bytes;
    size_t n;
    HM_TRY(odds_plot(&f->sheet, &f->day, odds, record_s, &o, args->arena, &bytes, &n, err));
    return hm_file_write(cli_value(args, "plot"), bytes, n, err);
}

hm_status race_odds(const cli_args *args, hm_err *err)
{
    race_field f;
    hm_odds odds;
    hm_odds_opts opts = {.record_s = (double)NAN};
    hm_chart_format format;
    const char *plot = cli_value(args, "plot"), *path = cli_value(args, "output");
    HM_TRY(cli_integer(args, "runs", 1, HM_ODDS_RUN_MAX, &opts.n_run, err));
    HM_TRY(cli_number(args, "record-s", 1, 1000, &opts.record_s, err));
    HM_TRY(cli_threads(args, &opts.n_thread, err));
    if (plot)
        HM_TRY(fit_plot_format_of(plot, &format, err));
    HM_TRY(race_field_load(args, args->operand[0], &f, err));
    opts.seed = f.seed;
    HM_TRY(run_odds(args, &f, &opts, &odds, err));
    if (plot)
        HM_TRY(draw(args, &f, &odds, opts.record_s, format, err));
    if (path || cli_flag(args, "json"))
        HM_TRY(write_json(path ? path : "-", &f, &odds, opts.record_s, err));
    else
        HM_TRY(print_odds(args, &f, &odds, opts.record_s, err));
    cli_print_notes(args, &f.notes);
    return HM_OK;
}
