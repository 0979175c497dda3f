/* race_odds_print.c - odds in words and tables. */
#include "race_odds.h"
#include "table.h"

#include <math.h>
#include <string.h>

/* Runners in the order of their mean times. */
static void by_time(const hm_odds *odds, int32_t order[])
{
    for (int32_t i = 0; i < odds->n_lane; i++) {
        int32_t k = i;
        for (; k > 0 && odds->lane[order[k - 1]].time_s_mean > odds->lane[i].time_s_mean; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
}

/* Tenths of a percent of a place that add up to what the chances do: the largest remainders are
 * rounded up. */
static void tenths_of(const hm_odds *odds, int32_t place, int32_t tenths[])
{
    double left[HM_LANE_MAX], sum = 0;
    int32_t given = 0;
    for (int32_t i = 0; i < odds->n_lane; i++) {
        double exact = 1000 * odds->lane[i].p_place[place];
        tenths[i] = (int32_t)floor(exact + 1e-9);
        left[i] = exact - tenths[i];
        given += tenths[i];
        sum += exact;
    }
    for (int32_t more = (int32_t)floor(sum + 0.5) - given; more > 0; more--) {
        int32_t most = 0;
        for (int32_t i = 1; i < odds->n_lane; i++)
            most = left[i] > left[most] ? i : most;
        tenths[most]++;
        left[most] = -1;
    }
}

/* The head of each table: whose row it is. */
static void who(cli_table *t, const odds_told *o, int32_t i)
{
    const hm_odds_lane *l = &o->odds.lane[i];
    cli_table_row(t);
    cli_table_cell(t, "%d", l->lane);
    cli_table_cell(t, "%s", race_odds_row(o, l->lane)->name);
}

/* Chances of winning with what they are sure to, and times; 80 columns with names of twenty. */
static hm_status chances(const cli_args *args, const odds_told *o, const int32_t order[],
                         hm_err *err)
{
    static const char *const head[] = {">lane",   "name",    ">win %",  ">MC +-",
                                       ">luck %", ">fit +-", ">time s", ">90 % of times"};
    const hm_odds *odds = &o->odds;
    int32_t tenths[HM_LANE_MAX];
    cli_table *t;
    HM_TRY(cli_table_begin(args->arena, sizeof head / sizeof *head, head, &t, err));
    if (!isnan(o->record_s))
        cli_table_cell(t, ">record %%");
    tenths_of(odds, 0, tenths);
    for (int32_t k = 0; k < odds->n_lane; k++) {
        const hm_odds_lane *l = &odds->lane[order[k]];
        who(t, o, order[k]);
        cli_table_cell(t, "%.1f", tenths[order[k]] / 10.0);
        cli_table_cell(t, "%.1f", 100 * l->p_win_se);
        cli_table_cell(t, "%.1f", 100 * l->p_win_best_fit);
        cli_table_cell(t, "%.1f", 100 * l->p_win_fit_sd);
        cli_table_cell(t, "%.2f", l->time_s_median);
        cli_table_cell(t, "%.2f .. %.2f", l->time_s_lo90, l->time_s_hi90);
        if (!isnan(o->record_s))
            cli_table_cell(t, "%.1f", 100 * l->p_record);
    }
    cli_table_print(t, stdout);
    puts("\nMC +-: standard error of win %, less with more --runs. luck %: if the fits were\n"
         "the whole truth. fit +-: how far the chance goes with what the fits leave open.");
    return HM_OK;
}

static hm_status places(const cli_args *args, const odds_told *o, const int32_t order[],
                        hm_err *err)
{
    const hm_odds *odds = &o->odds;
    int32_t tenths[HM_LANE_MAX][HM_LANE_MAX];
    cli_table *t;
    if (odds->n_lane < 2)
        return HM_OK;
    HM_TRY(cli_table_begin(args->arena, 0, NULL, &t, err));
    cli_table_cell(t, ">lane");
    cli_table_cell(t, "%% in place");
    for (int32_t p = 0; p < odds->n_lane; p++) {
        cli_table_cell(t, ">%d", p + 1);
        tenths_of(odds, p, tenths[p]);
    }
    for (int32_t k = 0; k < odds->n_lane; k++) {
        who(t, o, order[k]);
        for (int32_t p = 0; p < odds->n_lane; p++)
            cli_table_cell(t, "%.1f", tenths[p][order[k]] / 10.0);
    }
    puts("");
    cli_table_print(t, stdout);
    return HM_OK;
}

static hm_status heads(const cli_args *args, const odds_told *o, const int32_t order[], hm_err *err)
{
    const hm_odds *odds = &o->odds;
    cli_table *t;
    if (odds->n_lane < 2)
        return HM_OK;
    HM_TRY(cli_table_begin(args->arena, 0, NULL, &t, err));
    cli_table_cell(t, ">lane");
    cli_table_cell(t, "%% ahead of lane");
    for (int32_t k = 0; k < odds->n_lane; k++)
        cli_table_cell(t, ">%d", odds->lane[order[k]].lane);
    for (int32_t k = 0; k < odds->n_lane; k++) {
        who(t, o, order[k]);
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

/* Percent points; no sign before nothing. */
static void change_cell(cli_table *t, double from, double to)
{
    double points = 100 * (to - from);
    if (fabs(points) < 0.05)
        cli_table_cell(t, "0.0");
    else
        cli_table_cell(t, "%+.1f", points);
}

static hm_status changes(const cli_args *args, const odds_told *o, const int32_t order[],
                         hm_err *err)
{
    const hm_odds *odds = &o->odds;
    cli_table *t;
    HM_TRY(cli_table_begin(args->arena, 0, NULL, &t, err));
    cli_table_cell(t, ">lane");
    cli_table_cell(t, "change of win %%");
    cli_table_cell(t, ">%.2f s faster", HM_ODDS_SHIFT_MS / 1000.0);
    cli_table_cell(t, ">slower");
    if (o->has_wind) {
        cli_table_cell(t, ">1 m/s more wind");
        cli_table_cell(t, ">less");
    }
    for (int32_t k = 0; k < odds->n_lane; k++) {
        const hm_odds_lane *l = &odds->lane[order[k]];
        who(t, o, order[k]);
        change_cell(t, l->p_win, l->p_win_sooner);
        change_cell(t, l->p_win, l->p_win_later);
        if (o->has_wind) {
            change_cell(t, l->p_win, o->more_wind.lane[order[k]].p_win);
            change_cell(t, l->p_win, o->less_wind.lane[order[k]].p_win);
        }
    }
    puts("");
    cli_table_print(t, stdout);
    puts("\npercent points, in the same draws; wind for all, the rest for one runner");
    return HM_OK;
}

static void title(const odds_told *o)
{
    const hm_sheet *s = &o->field.sheet;
    const char *plural = o->odds.n_run == 1 ? "" : "s";
    const char *word[] = {s->event, s->round, s->meet, s->date};
    bool any = false;
    for (int i = 0; i < 4; i++)
        if (word[i] && *word[i]) {
            printf("%s%s", any ? ", " : "", word[i]);
            any = true;
        }
    puts(any ? "" : "odds");
    if (o->field.day.fair)
        printf("%lld race%s, fair: still air, sea level, the same reaction\n\n",
               (long long)o->odds.n_run, plural);
    else
        printf("%lld race%s, mean wind %+.1f m/s, gauge up to +2.0 in %.0f %%\n\n",
               (long long)o->odds.n_run, plural, o->odds.wind_mps, 100 * o->odds.p_legal);
}

hm_status race_odds_print(const cli_args *args, const odds_told *o, hm_err *err)
{
    const hm_odds *odds = &o->odds;
    int32_t order[HM_LANE_MAX] = {0};
    by_time(odds, order);
    title(o);
    HM_TRY(chances(args, o, order, err));
    HM_TRY(places(args, o, order, err));
    HM_TRY(heads(args, o, order, err));
    if (odds->n_lane > 1)
        printf("\nwinning margin: mean %.3f s, 90 %% in %.3f .. %.3f s, below 0.01 s in %.1f "
               "%%\n",
               odds->margin_s_mean, odds->margin_s_lo90, odds->margin_s_hi90,
               100 * odds->p_margin_10ms);
    if (!isnan(o->record_s))
        printf("%.2f s or better by anybody: %.2f %%; with a wind that allows a record: %.2f %%\n",
               o->record_s, 100 * odds->p_time_any, 100 * odds->p_record_any);
    return o->sensitivity ? changes(args, o, order, err) : HM_OK;
}
