/* life_study.h - hecto life over whole birth years: --validate and --cohort. */
#ifndef HM_CLI_LIFE_STUDY_H
#define HM_CLI_LIFE_STUDY_H

#include "cli.h"

#include "life/cohort.h"

/** --validate: public targets against cohorts. errors as of the files and the engine */
HM_CHECKED hm_status life_validate(const cli_args *args, hm_err *err);

/** What the command line says of a world; the parameters are those of its sex. */
typedef struct life_world {
    hm_cohort_opts opts;
    hm_policy policy;
    hm_life_params params;
} life_world;
HM_CHECKED hm_status life_world_of(const cli_args *args, life_world *w, hm_err *err);

#endif
