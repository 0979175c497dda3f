/* A sheet becomes a field: each runner fitted to what the sheet knows of him. */
#include "cli.h"
#include "race_verb.h"

#include <math.h>
#include <string.h>

#include "data/race_file.h"
#include "data/sheet.h"
#include "data/sprinter.h"
#include "fit/fit.h"
#include "io/file.h"
#include "io/number.h"
#include "measure/read.h"
#include "race/reaction.h"
#include "race/referee.h"
#include "race/replay.h"

/* The seed of --seed. */
static hm_status seed_of(const cli_args *args, uint64_t *seed, hm_err *err)
{
    int64_t s = 1;
    HM_TRY(cli_integer(args, "seed", 0, INT64_MAX, &s, err));
    *seed = (uint64_t)s;
    return HM_OK;
}

static hm_status read_sheet(const cli_args *args, const char *path, char **bytes, size_t *n,
                            hm_sheet *sheet, hm_err *err)
{
    HM_TRY(hm_file_read(path, HM_MEASURE_FILE_MAX, args->arena, bytes, n, err));
    if (hm_data_kind_of(*bytes, *n) != HM_DATA_SHEET)
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, "format",
                          "expected a sheet (CSV) to simulate from, found JSON");
    hm_sheet_opts opts = hm_sheet_opts_default();
    opts.allow_implausible = cli_flag(args, "allow-implausible");
    hm_sheet typed;
    hm_rules rules = hm_rules_default();
    HM_TRY(hm_sheet_parse(path, *bytes, *n, &opts, args->arena, &typed, err));
    return hm_referee_times(&typed, &rules, args->arena, sheet, err);
}

/* Two of one name, or of none, have each their own luck. */
static uint64_t person_of(const race_field *f, int32_t i)
{
    const hm_sheet_row *row = &f->sheet.row[i];
    uint64_t person = hm_prior_person(row->name, row->lane);
    for (int32_t k = 0; k < f->sheet.n_row; k++)
        if (k != i && f->runner[k].person == person)
            person = (person + (uint64_t)row->lane * UINT64_C(0x9e3779b97f4a7)) &
                     ((UINT64_C(1) << 56) - 1);
    return person;
}

static hm_status fit_lane(const cli_args *args, const char *bytes, size_t n, const hm_lane *lane,
                          int32_t i, race_field *f, hm_err *err)
{
    hm_measure_opts measure = hm_measure_opts_default();
    measure.lane = lane->lane;
    hm_traces traces;
    HM_TRY(hm_measure_parse(f->sheet.source, bytes, n, &measure, args->arena, &traces, err));
    hm_trace trace = traces.trace[0];
    const hm_sheet_row *row = &f->sheet.row[i];
    hm_prior_key key = {.sex = lane->sex,
                        .age_yr = lane->age_yr,
                        .time_s = row->time_s,
                        .standing = f->sheet.standing_start};
    hm_reaction_law law = hm_prior_reaction_law(&key);
    bool read = !isnan(row->reaction_s);
    trace.reaction_s = read ? row->reaction_s : hm_reaction_mean_s(&law);
    trace.mass_kg = lane->mass_kg;
    trace.stature_m = lane->stature_m;
    hm_fit_opts opts = hm_fit_opts_default();
    opts.report = false;
    opts.interval = HM_INTERVAL_WALD;
    hm_sprinter_run run;
    HM_TRY(hm_fit_run(&trace, &opts, args->arena, &run, err));
    HM_TRY(hm_runner_of_run(&run, person_of(f, i), &law, &f->runner[i], err));
    return read ? HM_OK : hm_runner_doubt_reaction(&f->runner[i], err);
}

/* ---- --lane 4=bolt.json,5=johnson.json: runners fitted elsewhere ---- */

/* The run of a file beside the word of the option that names it. */
static hm_status guest_of(const cli_args *args, char *word, race_field *f, int32_t *at, hm_err *err)
{
    char *path = strchr(word, '=');
    int64_t lane = 0;
    if (path)
        *path++ = 0;
    if (!path || hm_number_parse_int(word, &lane) != HM_NUMBER_OK)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--lane",
                          "expected LANE=SPRINTER.json,..., found %s", cli_value(args, "lane"));
    int32_t i = 0;
    while (i < f->sheet.n_row && f->sheet.row[i].lane != lane)
        i++;
    if (i == f->sheet.n_row)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--lane",
                          "expected a lane of the sheet, found %s", word);
    hm_sprinter sprinter;
    HM_TRY(hm_sprinter_read(path, args->arena, &sprinter, err));
    const hm_sprinter_run *run = &sprinter.run[0];
    hm_sheet_row *row = &f->sheet.row[i];
    row->name = run->athlete[0] ? run->athlete : row->name;
    row->mass_kg = run->mass_kg;
    row->stature_m = run->stature_m;
    hm_prior_key key = {.sex = HM_SEX_MEN,
                        .age_yr = 25,
                        .time_s = isnan(run->still_100m_s.value) ? 10 : run->still_100m_s.value,
                        .standing = f->sheet.standing_start};
    hm_reaction_law law = hm_prior_reaction_law(&key);
    *at = i;
    return hm_runner_of_run(run, person_of(f, i), &law, &f->runner[i], err);
}

static hm_status load_guests(const cli_args *args, race_field *f, bool guest[], hm_err *err)
{
    const char *list = cli_value(args, "lane");
    char *rest = list ? hm_arena_text(args->arena, list) : NULL;
    if (list && !rest)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    while (rest) {
        char *word = rest;
        rest = strchr(rest, ',');
        if (rest)
            *rest++ = 0;
        int32_t i = 0;
        HM_TRY(guest_of(args, word, f, &i, err));
        guest[i] = true;
    }
    return HM_OK;
}

hm_status race_field_load(const cli_args *args, const char *path, race_field *field, hm_err *err)
{
    char *bytes;
    size_t n;
    hm_race race;
    race_field f = {.seed = 1};
    HM_TRY(seed_of(args, &f.seed, err));
    f.day = hm_day_default();
    HM_TRY(cli_fill(args, &hm_day_table, &f.day, err));
    HM_TRY(read_sheet(args, path, &bytes, &n, &f.sheet, err));
    f.runner = HM_PUSH(args->arena, hm_runner, f.sheet.n_row);
    if (!f.runner)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    memset(f.runner, 0, sizeof *f.runner * (size_t)f.sheet.n_row);
    bool guest[HM_LANE_MAX] = {false};
    hm_replay_opts opts = hm_replay_opts_default();
    HM_TRY(hm_race_replay(&f.sheet, &opts, args->arena, &race, err));
    HM_TRY(load_guests(args, &f, guest, err));
    for (int32_t i = 0; i < f.sheet.n_row; i++) {
        const hm_sheet_row *row = &f.sheet.row[i];
        if (guest[i])
            continue;
        bool known = !isnan(row->time_s) && row->status != HM_RUN_DNS;
        if (known)
            HM_TRY(fit_lane(args, bytes, n, &race.lane[i], i, &f, err));
        else if (hm_notes_add(&f.notes, args->arena,
                              "lane %d: no time to make a runner of; left out", row->lane) != HM_OK)
            return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    }
    *field = f;
    return HM_OK;
}
