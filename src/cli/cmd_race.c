/* hecto race: a sheet becomes a race, its official result is printed. */
#include "cmd.h"
#include "paper.h"
#include "race_verb.h"

#include "data/race_file.h"

static const cli_opt opts[] = {
    {"json", 0, NULL, "Print one machine-readable object."},
    {"allow-implausible", 0, NULL, "Take a sheet with speeds above 13 m/s over 10 m."},
    {"splits", 0, NULL, "Print the time at each 10 m beside the result; * = measured."},
    {"referee", 0, NULL, "Judge the readings of the sheet by the rule book."},
    {"record", 0, "S", "With --referee: may the winner's mark stand as a record against S?"},
    {"junior", 0, NULL, "With --record: a U20 record, which needs no start information system."},
    {"start", 0, "N", "With --referee: the recalled start N as a race, to be filmed."},
    {"rounds", 0, "ENTRIES",
     "Run an event from its entry list: heats, lanes, who advances, final."},
    {"results", 0, "FILE",
     "With --rounds: results of the heats that were run; else they are simulated."},
    {"runner", 0, "NAME=FILE,...",
     "With --rounds: entrants (by id or name) who run as hecto fit wrote them."},
    {"simulate", 0, NULL, "Let the runners of the sheet race again, on a day drawn by --seed."},
    {"runs", 0, "N", "Race N times: chances of each place, of times, of each against each."},
    {"lane", 0, "N=FILE,...",
     "With --simulate or --runs: runners that hecto fit wrote, in place of the sheet's."},
    {"record-s", 0, "S", "With --runs: the chance of this time or better."},
    {"sensitivity", 0, NULL,
     "With --runs: what 0.02 s, or 1 m/s of wind, would change of each chance."},
    {"plot", 0, "FILE", "With --runs: draw the odds on a page: .svg, .png or .pdf."},
    {"sheet", 0, "FILE",
     "Write a sheet for print: start lists and results as .pdf, .html or .txt."},
    {"lang", 0, "LANG", "Of the sheet: en (default) or ja."},
    {"paper", 0, "SIZE", "Of the sheet: a4 (default) or letter."},
    {"announced", 0, "TIME", "Of the sheet: when the result was announced, 14:20."},
    {"official", 0, NULL, "Of the sheet: the time for protests is over."},
    {"rules", 0, "NAME", "Policies of a kind of meet: open (default), combined, masters, para."},
};

static const cli_group groups[] = {
    {"", &hm_rules_table}, {"", &hm_day_table}, {"", &hm_heat_table}};

static hm_status check_operands(const cli_args *args, hm_err *err)
{
    bool rounds = cli_value(args, "rounds") != NULL;
    if (args->n_operand == rounds)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "race",
                          rounds ? "expected a SHEET or --rounds ENTRIES, found both"
                                 : "expected SHEET or --rounds ENTRIES");
    static const char *const for_referee[] = {"record", "junior", "start"};
    for (int i = 0; i < 3; i++)
        if (cli_value(args, for_referee[i]) && !cli_flag(args, "referee"))
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, for_referee[i],
                              "expected with --referee only");
    if (!rounds && cli_value(args, "results"))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--results",
                          "expected with --rounds only");
    bool again = cli_flag(args, "simulate") || cli_value(args, "runs");
    if (again && (rounds || cli_flag(args, "referee")))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "race",
                          "expected --simulate or --runs without --rounds and --referee");
    if (cli_value(args, "lane") && !again)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--lane",
                          "expected with --simulate or --runs only");
    static const char *const for_odds[] = {"--record-s", "--sensitivity", "--plot"};
    for (int i = 0; i < 3; i++)
        if (cli_value(args, for_odds[i] + 2) && !cli_value(args, "runs"))
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, for_odds[i],
                              "expected with --runs only");
    if (cli_value(args, "sheet") && cli_value(args, "runs"))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--sheet",
                          "expected without --runs: odds are drawn by --plot");
    return HM_OK;
}

static hm_status write_sheet(const cli_args *args, const char *path, const hm_race *race,
                             hm_err *err)
{
    paper_event event;
    HM_TRY(paper_of_race(race, args->arena, &event, err));
    return paper_write_events(args, path, 1, &event, err);
}

static hm_status run(cli_args *args, hm_err *err)
{
    hm_race race;
    hm_rules rules;
    HM_TRY(race_rules(args, &rules, err));
    HM_TRY(check_operands(args, err));
    if (cli_value(args, "rounds"))
        return race_rounds(args, &rules, err);
    if (cli_value(args, "runs"))
        return race_odds(args, err);
    const hm_rules *judge_by = cli_flag(args, "referee") ? &rules : NULL;
    if (cli_flag(args, "simulate"))
        HM_TRY(race_simulate(args, &race, err));
    else
        HM_TRY(race_load(args, args->operand[0], judge_by, &race, err));
    const char *path = cli_value(args, "output"), *sheet = cli_value(args, "sheet");
    if (sheet)
        HM_TRY(write_sheet(args, sheet, &race, err));
    if (path)
        HM_TRY(hm_race_write(path, &race, err));
    else if (cli_flag(args, "json"))
        HM_TRY(hm_race_write("-", &race, err));
    else if (!sheet)
        HM_TRY(race_print(args, &race, err));
    cli_print_notes(args, &race.notes);
    return HM_OK;
}

const cli_verb cmd_race = {
    .name = "race",
    .operand = "SHEET",
    .summary = "Replay, judge or simulate a race: official result, odds, rounds, every footfall.",
    .n_operand_min = 0,
    .n_operand_max = 1,
    .opt = opts,
    .n_opt = sizeof opts / sizeof opts[0],
    .group = groups,
    .n_group = sizeof groups / sizeof groups[0],
    .example = "  hecto race data/races/2009-berlin-men-100m-final.csv\n"
               "  hecto race my-heat.csv --referee --false-start field_warning\n"
               "  hecto race --rounds entries.csv --seed 3\n"
               "  hecto race my-heat.csv --simulate --seed 7 --wind-mps 1.5\n"
               "  hecto race my-heat.csv --runs 20000 --record-s 9.58\n"
               "  hecto race my-heat.csv --runs 20000 --plot odds.pdf\n"
               "  hecto race my-heat.csv --json | jq '.lanes[0].splits'\n"
               "  hecto race my-heat.csv --referee --sheet result.pdf --lang ja\n"
               "  hecto race my-heat.csv -o race.json",
    .run = run,
};
