/* hecto race --runs: draws the races, hands the odds to who prints, writes and draws them. */
#include "race_odds.h"

#include "odds_plot.h"

#include <math.h>

#include "io/file.h"

const hm_sheet_row *race_odds_row(const odds_told *t, int32_t lane)
{
    const hm_sheet *s = &t->field.sheet;
    for (int32_t i = 0; i < s->n_row; i++)
        if (s->row[i].lane == lane)
            return &s->row[i];
    HM_ASSERT(false);
    return NULL;
}

/* Progress over the fields that are drawn one after the other. */
typedef struct watch {
    cli_progress bar;
    int64_t before, total;
} watch;

static bool tell(void *ctx, int64_t done, int64_t total)
{
    watch *w = ctx;
    (void)total;
    return cli_progress_tell(&w->bar, w->before + done, w->total);
}

static hm_status draw_races(const cli_args *args, const race_field *f, const hm_day *day,
                            const hm_odds_opts *opts, hm_odds *odds, hm_err *err)
{
    watch *w = opts->tell_ctx;
    HM_TRY(hm_odds_run(&f->sheet, f->runner, day, opts, args->arena, odds, err));
    w->before += opts->n_run;
    return HM_OK;
}

/* The same draws in another wind; a wind that a day may not have is left out. */
static hm_status draw_winds(const cli_args *args, odds_told *t, const hm_odds_opts *opts,
                            hm_err *err)
{
    hm_day less = t->field.day, more = less;
    less.wind_mps = t->odds.wind_mps - 1;
    more.wind_mps = t->odds.wind_mps + 1;
    t->has_wind = !t->field.day.fair && hm_option_check(&hm_day_table, &less, NULL) == HM_OK &&
                  hm_option_check(&hm_day_table, &more, NULL) == HM_OK;
    if (!t->has_wind)
        return HM_OK;
    HM_TRY(draw_races(args, &t->field, &less, opts, &t->less_wind, err));
    return draw_races(args, &t->field, &more, opts, &t->more_wind, err);
}

static hm_status draw_all(const cli_args *args, odds_told *t, hm_odds_opts opts, hm_err *err)
{
    watch w = {cli_progress_begin(args, "racing"), 0, opts.n_run * (t->sensitivity ? 3 : 1)};
    opts.tell = tell;
    opts.tell_ctx = &w;
    hm_status status = draw_races(args, &t->field, &t->field.day, &opts, &t->odds, err);
    if (status == HM_OK && t->sensitivity)
        status = draw_winds(args, t, &opts, err);
    cli_progress_end(&w.bar);
    return status;
}

static hm_status draw_page(const cli_args *args, const odds_told *t, hm_chart_format format,
                           hm_err *err)
{
    fit_plot_opts o = fit_plot_opts_default();
    o.format = format;
    char *bytes;
    size_t n;
    HM_TRY(odds_plot(&t->field.sheet, &t->field.day, &t->odds, t->record_s, &o, args->arena, &bytes,
                     &n, err));
    return hm_file_write(cli_value(args, "plot"), bytes, n, err);
}

hm_status race_odds(const cli_args *args, hm_err *err)
{
    hm_odds_opts opts = {.record_s = (double)NAN};
    hm_chart_format format;
    const char *plot = cli_value(args, "plot"), *path = cli_value(args, "output");
    odds_told *t = HM_PUSH(args->arena, odds_told, 1);
    if (!t)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    HM_TRY(cli_integer(args, "runs", 1, HM_ODDS_RUN_MAX, &opts.n_run, err));
    HM_TRY(cli_number(args, "record-s", 1, 1000, &opts.record_s, err));
    HM_TRY(cli_threads(args, &opts.n_thread, err));
    if (plot)
        HM_TRY(fit_plot_format_of(plot, &format, err));
    t->record_s = opts.record_s;
    t->sensitivity = cli_flag(args, "sensitivity");
    HM_TRY(race_field_load(args, args->operand[0], &t->field, err));
    opts.seed = t->field.seed;
    HM_TRY(draw_all(args, t, opts, err));
    if (plot)
        HM_TRY(draw_page(args, t, format, err));
    if (path || cli_flag(args, "json"))
        HM_TRY(race_odds_write(path ? path : "-", t, err));
    else
        HM_TRY(race_odds_print(args, t, err));
    cli_print_notes(args, &t->field.notes);
    return HM_OK;
}
