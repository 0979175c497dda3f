/* cli/race_verb.h - the parts of hecto race. */
#ifndef HM_CLI_RACE_VERB_H
#define HM_CLI_RACE_VERB_H

#include "cli.h"

#include "data/race.h"
#include "race/heat.h"
#include "race/rules.h"
#include "race/simulate.h"

/** The rules that the command line asks for: --rules, then single ones. errors HM_ERR_USAGE */
HM_CHECKED hm_status race_rules(const cli_args *args, hm_rules *rules, hm_err *err);

/**
 * Take a sheet or a race file, whichever it is, and give the race.
 * in     rules  judge the sheet by them; NULL = believe it and note what they would not allow
 * errors those of the readers; HM_ERR_INPUT a race file cannot be judged
 */
HM_CHECKED hm_status race_load(const cli_args *args, const char *path, const hm_rules *rules,
                               hm_race *race, hm_err *err);

/** The official result, and what the referee decided if there was one. */
HM_CHECKED hm_status race_print(const cli_args *args, const hm_race *race, hm_err *err);

/** --rounds: an entry list through all rounds, printed or written as JSON. */
HM_CHECKED hm_status race_rounds(const cli_args *args, const hm_rules *rules, hm_err *err);

/** An event whose heats are simulated: ctx of hm_heat_simulate is &event.sim. Stays in place. */
typedef struct race_event {
    hm_day day;
    hm_heat_opts heat;
    hm_heat_sim sim;
    int32_t n_fitted, n_best; /* entrants with a fitted runner, with one made from a best */
} race_event;

/**
 * A runner for each entrant: as fitted where the entries or --runner name a file of hecto fit, else
 * made of the entered best. The day and the heats from the command line.
 * in     entries, rules  kept by the event
 * errors those of the readers, with the line of the entry; HM_ERR_USAGE --runner
 */
HM_CHECKED hm_status race_event_load(const cli_args *args, const hm_entries *entries,
                                     const hm_rules *rules, race_event *event, hm_err *err);

/** A sheet whose runners can race again. */
typedef struct race_field {
    hm_sheet sheet;
    hm_runner *runner; /* (sheet.n_row) */
    hm_day day;
    uint64_t seed;
    hm_notes notes; /* who was left out */
} race_field;

/** Fit everybody on a sheet who has a time; the day from the command line. */
HM_CHECKED hm_status race_field_load(const cli_args *args, const char *path, race_field *field,
                                     hm_err *err);

/** --simulate: one race of theirs. */
HM_CHECKED hm_status race_simulate(const cli_args *args, hm_race *race, hm_err *err);

/** --runs: many, printed or written as JSON. */
HM_CHECKED hm_status race_odds(const cli_args *args, hm_err *err);

#endif
