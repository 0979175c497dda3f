/* cli/race_odds.h - the parts of hecto race --runs: computing, JSON, words. */
#ifndef HM_CLI_RACE_ODDS_H
#define HM_CLI_RACE_ODDS_H

#include "race_verb.h"

#include "race/odds.h"

/** The odds and what was asked of them. */
typedef struct odds_told {
    race_field field;
    hm_odds odds;
    double record_s; /* NAN = none */
    bool sensitivity;
    bool has_wind;                /* less and more were drawn: not where the race is fair */
    hm_odds less_wind, more_wind; /* the same draws with 1 m/s less and more */
} odds_told;

/** The tables that --runs prints. errors HM_ERR_SYSTEM no memory */
HM_CHECKED hm_status race_odds_print(const cli_args *args, const odds_told *t, hm_err *err);

/** As JSON, docs/formats/odds.md. errors those of hm_file_create and the writer */
HM_CHECKED hm_status race_odds_write(const char *path, const odds_told *t, hm_err *err);

/** Row of the sheet that a lane of the odds has (asserted). */
const hm_sheet_row *race_odds_row(const odds_told *t, int32_t lane);

#endif
