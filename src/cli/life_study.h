/* life_study.h - hecto life over whole birth years: --validate and --cohort. */
#ifndef HM_CLI_LIFE_STUDY_H
#define HM_CLI_LIFE_STUDY_H

#include "cli.h"

#include "life/study.h"

/** --validate: public targets against cohorts. errors as of the files and the engine */
HM_CHECKED hm_status life_validate(const cli_args *args, hm_err *err);

/** --cohort DIR: birth years under a policy into a folder, and what came of them. errors as above;
 *  HM_ERR_STOPPED the same command goes on */
HM_CHECKED hm_status life_cohort(const cli_args *args, hm_err *err);

/** A page of what came of them. in people: of a class. errors HM_ERR_USAGE the ending of path */
HM_CHECKED hm_status life_cohort_plot(const cli_args *args, int32_t n_class, int64_t people,
                                      const hm_study *study, const char *path, hm_err *err);

/** What the command line says of a world; the parameters are those of its sex. */
typedef struct life_world {
    hm_cohort_opts opts;
    hm_policy policy;
    hm_life_params params;
} life_world;
HM_CHECKED hm_status life_world_of(const cli_args *args, life_world *w, hm_err *err);

#endif
