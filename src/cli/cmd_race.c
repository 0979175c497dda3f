/* hecto race: a sheet becomes a race, its official result is printed. */
#include "cmd.h"
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "data/race_file.h"
#include "data/sheet.h"
#include "io/file.h"
#include "race/replay.h"

static const cli_opt opts[] = {
    {"json", 0, NULL, "Print one machine-readable object."},
    {"allow-implausible", 0, NULL, "Take a sheet with speeds above 13 m/s over 10 m."},
    {"splits", 0, NULL, "Print the time at each 10 m beside the result; * = measured."},
};

hm_status cmd_load_race(const cli_args *args, const char *path, hm_race *race, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_RACE_FILE_MAX, args->arena, &bytes, &n, err));
    hm_data_kind kind = hm_data_kind_of(bytes, n);
    if (kind == HM_DATA_RACE)
        return hm_race_parse(path, bytes, n, args->arena, race, err);
    if (kind != HM_DATA_SHEET)
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, "format",
                          "expected a sheet (CSV) or a race file, found JSON of another kind");
    hm_sheet_opts sheet_opts = hm_sheet_opts_default();
    sheet_opts.allow_implausible = cli_flag(args, "allow-implausible");
    hm_sheet sheet;
    HM_TRY(hm_sheet_parse(path, bytes, n, &sheet_opts, args->arena, &sheet, err));
    hm_replay_opts replay_opts = hm_replay_opts_default();
    int64_t seed = (int64_t)replay_opts.seed;
    HM_TRY(cli_integer(args, "seed", 0, INT64_MAX, &seed, err));
    replay_opts.seed = (uint64_t)seed;
    return hm_race_replay(&sheet, &replay_opts, args->arena, race, err);
}

static const char *status_word(hm_run_status s)
{
    static const char *const word[] = {"", "DNS", "DNF", "DQ"};
    return word[s];
}

/* Order of an official result: places first, then the rest by lane. */
static int by_place(const void *a, const void *b)
{
    const hm_lane *const *pa = a, *const *pb = b;
    int32_t ka = (*pa)->place ? (*pa)->place : 100, kb = (*pb)->place ? (*pb)->place : 100;
    if (ka != kb)
        return ka < kb ? -1 : 1;
    return (*pa)->lane < (*pb)->lane ? -1 : 1; /* lanes differ: a total order */
}

static void result_row(cli_table *t, const hm_lane *lane, int32_t best_cs, bool splits)
{
    cli_table_row(t);
    cli_table_cell(t, "%s", lane->place ? hm_arena_printf(t->arena, "%d", lane->place) : "");
    cli_table_cell(t, "%d", lane->lane);
    cli_table_cell(t, "%s", lane->name);
    cli_table_cell(t, "%s", lane->team);
    if (lane->status == HM_RUN_DNS)
        cli_table_cell(t, "%s", "");
    else
        cli_table_cell(t, "%.3f%s", lane->reaction_s, lane->filled & HM_FILLED_REACTION ? "~" : "");
    if (lane->official_cs && lane->status == HM_RUN_OK)
        cli_table_cell(t, "%d.%02d", lane->official_cs / 100, lane->official_cs % 100);
    else
        cli_table_cell(t, "%s", status_word(lane->status));
    if (lane->place > 1 && best_cs)
        cli_table_cell(t, "+%d.%02d", (lane->official_cs - best_cs) / 100,
                       (lane->official_cs - best_cs) % 100);
    else
        cli_table_cell(t, "%s", "");
    if (lane->status == HM_RUN_DNS)
        cli_table_cell(t, "%s", "");
    else
        cli_table_cell(t, "%.2f at %.0f", lane->top_speed_mps, lane->top_speed_at_m);
    for (int i = 0; splits && i < lane->n_split && lane->status != HM_RUN_DNS; i++)
        if ((int)lane->split[i].distance_m % 10 == 0)
            cli_table_cell(t, "%.2f%s", lane->split[i].time_s, lane->split[i].measured ? "*" : " ");
}

static void print_head(const hm_race *race)
{
    const char *part[] = {race->meet, race->event, race->round, race->venue, race->date};
    int n = 0;
    for (int i = 0; i < 5; i++)
        if (part[i] && part[i][0])
            printf("%s%s", n++ ? ", " : "", part[i]);
    if (race->has_wind)
        printf("%swind %+.1f m/s", n ? ", " : "", race->wind_mps);
    puts("\n");
}

static hm_status print_result(const cli_args *args, const hm_race *race, hm_err *err)
{
    const hm_lane *order[HM_LANE_MAX];
    int32_t best_cs = 0;
    uint32_t filled = 0;
    for (int i = 0; i < race->n_lane; i++) {
        order[i] = &race->lane[i];
        filled |= order[i]->filled;
        if (order[i]->place == 1)
            best_cs = order[i]->official_cs;
    }
    qsort(order, (size_t)race->n_lane, sizeof order[0], by_place);
    cli_table *t = HM_PUSH(args->arena, cli_table, 1);
    if (!t)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    cli_table_init(t, args->arena);
    cli_table_row(t);
    static const char *const head[] = {">place",    ">lane",   "name",      "team",
                                       ">reaction", ">time s", ">behind s", "top speed m/s"};
    for (int i = 0; i < 8; i++)
        cli_table_cell(t, "%s", head[i]);
    bool splits = cli_flag(args, "splits");
    for (int d = 10; splits && d <= 100; d += 10)
        cli_table_cell(t, ">%d m", d);
    for (int i = 0; i < race->n_lane; i++)
        result_row(t, order[i], best_cs, splits);
    print_head(race);
    cli_table_print(t, stdout);
    if (filled & HM_FILLED_REACTION)
        puts("\n~ not on the sheet: from the prior (docs/physics/prior.md)");
    return HM_OK;
}

static hm_status run(cli_args *args, hm_err *err)
{
    hm_race race;
    HM_TRY(cmd_load_race(args, args->operand[0], &race, err));
    const char *path = cli_value(args, "output");
    if (path)
        HM_TRY(hm_race_write(path, &race, err));
    else if (cli_flag(args, "json"))
        HM_TRY(hm_race_write("-", &race, err));
    else
        HM_TRY(print_result(args, &race, err));
    cli_print_notes(args, &race.notes);
    return HM_OK;
}

const cli_verb cmd_race = {
    .name = "race",
    .operand = "SHEET",
    .summary = "Replay a race from its sheet: official result, curves, every footfall.",
    .n_operand_min = 1,
    .n_operand_max = 1,
    .opt = opts,
    .n_opt = sizeof opts / sizeof opts[0],
    .example = "  hecto race data/races/2009-berlin-men-100m-final.csv\n"
               "  hecto race my-heat.csv --json | jq '.lanes[0].splits'\n"
               "  hecto race my-heat.csv -o race.json",
    .run = run,
};
