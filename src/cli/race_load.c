/* A sheet or a race file becomes a race. */
#include "cmd.h"
#include "race_verb.h"

#include <string.h>

#include "data/race_file.h"
#include "data/sheet.h"
#include "data/story.h"
#include "io/file.h"
#include "race/official.h"
#include "race/recall.h"
#include "race/records.h"
#include "race/referee.h"
#include "race/replay.h"

hm_status race_rules(const cli_args *args, hm_rules *rules, hm_err *err)
{
    *rules = hm_rules_default();
    if (cli_value(args, "rules"))
        HM_TRY(hm_rules_preset(cli_value(args, "rules"), rules, err));
    HM_TRY(cli_fill(args, &hm_rules_table, rules, err));
    return hm_rules_check(rules, err);
}

/* --start: the race becomes one of its recalled starts. */
static hm_status take_start(const cli_args *args, const hm_sheet *timed, const hm_replay_opts *opts,
                            hm_race *race, hm_err *err)
{
    int64_t k = 0;
    HM_TRY(cli_integer(args, "start", 1, HM_START_MAX, &k, err));
    return hm_recall_replay(timed, race->ruling, (int32_t)k, opts, args->arena, race, err);
}

static hm_status judge(const cli_args *args, const hm_sheet *timed, const hm_rules *rules,
                       const hm_replay_opts *opts, hm_race *race, hm_err *err)
{
    HM_TRY(hm_referee_judge(timed, rules, args->arena, race, err));
    if (cli_value(args, "start"))
        return take_start(args, timed, opts, race, err);
    double record_s = 0;
    if (!cli_value(args, "record"))
        return HM_OK;
    HM_TRY(cli_number(args, "record", 5, 600, &record_s, err));
    return hm_record_judge(rules, hm_official_cs(hm_time_us(record_s)), cli_flag(args, "junior"),
                           args->arena, race, err);
}

static hm_status from_sheet(const cli_args *args, const hm_sheet *sheet, const hm_rules *rules,
                            hm_race *race, hm_err *err)
{
    hm_replay_opts replay_opts = hm_replay_opts_default();
    int64_t seed = (int64_t)replay_opts.seed;
    HM_TRY(cli_integer(args, "seed", 0, INT64_MAX, &seed, err));
    replay_opts.seed = (uint64_t)seed;
    hm_rules standard = hm_rules_default();
    hm_sheet timed;
    HM_TRY(hm_referee_times(sheet, rules ? rules : &standard, args->arena, &timed, err));
    HM_TRY(hm_race_replay(&timed, &replay_opts, args->arena, race, err));
    return rules ? judge(args, &timed, rules, &replay_opts, race, err)
                 : hm_referee_remark(&timed, &standard, args->arena, race, err);
}

hm_status race_load(const cli_args *args, const char *path, const hm_rules *rules, hm_race *race,
                    hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_RACE_FILE_MAX, args->arena, &bytes, &n, err));
    hm_data_kind kind = hm_data_kind_of(bytes, n);
    if (kind == HM_DATA_RACE && !rules)
        return hm_race_parse(path, bytes, n, args->arena, race, err);
    if (kind != HM_DATA_SHEET)
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, "format",
                          rules ? "expected a sheet (CSV) with readings to judge, found JSON"
                                : "expected a sheet (CSV) or a race file, found JSON of another "
                                  "kind");
    hm_sheet_opts sheet_opts = hm_sheet_opts_default();
    sheet_opts.allow_implausible = cli_flag(args, "allow-implausible");
    hm_sheet sheet;
    HM_TRY(hm_sheet_parse(path, bytes, n, &sheet_opts, args->arena, &sheet, err));
    return from_sheet(args, &sheet, rules, race, err);
}

hm_status cmd_load_race(const cli_args *args, const char *path, hm_race *race, hm_err *err)
{
    return race_load(args, path, NULL, race, err);
}

hm_status cmd_operand_kind(const cli_args *args, hm_data_kind *kind, hm_err *err)
{
    char *bytes;
    size_t n;
    *kind = HM_DATA_OTHER;
    if (strcmp(args->operand[0], "-") == 0)
        return HM_OK;
    HM_TRY(hm_file_read(args->operand[0], HM_STORY_FILE_MAX, args->arena, &bytes, &n, err));
    *kind = hm_data_kind_of(bytes, n);
    return HM_OK;
}
