#include <math.h>

#include "fit/fit.h"

static const uint32_t fit_cookie = 0x68666974;

static const char *const observe_word[] = {"time", "distance", "speed", "auto", NULL};
static const char *const interval_word[] = {"none", "wald", "profile", "posterior", "auto", NULL};

#define AT(field) #field, offsetof(hm_fit_opts, field)
static const hm_option row[] = {
    {AT(model), HM_OPTION_WORD, "", HM_MODEL_DRIVE, 0, 0, hm_fit_model_word, "model of the run",
     ""},
    {AT(correct), HM_OPTION_WORD, "", HM_CORRECT_NONE, 0, 0, hm_fit_correct_word,
     "time, flying-start or distance correction", "docs/physics/fit.md"},
    {AT(observe), HM_OPTION_WORD, "", HM_OBSERVE_SPEED + 1, 0, 0, observe_word,
     "which quantity carries the error", ""},
    {AT(interval), HM_OPTION_WORD, "", HM_INTERVAL_COUNT, 0, 0, interval_word,
     "how the 90 % intervals are made", "docs/physics/fit.md"},
    {AT(altitude_law), HM_OPTION_WORD, "", HM_ALTITUDE_OBSERVED, 0, 0, hm_altitude_law_word,
     "what altitude does to the air", "docs/physics/air.md"},
    {AT(fixed_fd_m), HM_OPTION_DOUBLE, "m", NAN, 0, 5, NULL,
     "flying distance given by hand instead of fitted", ""},
    {AT(reaction_s), HM_OPTION_DOUBLE, "s", NAN, 0, 2, NULL, "reaction time contained in the times",
     ""},
    {AT(rounded_up_s), HM_OPTION_DOUBLE, "s", NAN, 0, 1, NULL,
     "step to which official times were rounded up: half of it is taken off; 0 = they were not",
     "TR19"},
    {AT(mass_kg), HM_OPTION_DOUBLE, "kg", NAN, 10, 200, NULL, "mass of the runner", ""},
    {AT(stature_m), HM_OPTION_DOUBLE, "m", NAN, 0.8, 2.5, NULL, "stature of the runner", ""},
    {AT(wind_mps), HM_OPTION_DOUBLE, "m/s", NAN, -15, 15, NULL, "wind, > 0 from behind", ""},
    {AT(altitude_m), HM_OPTION_DOUBLE, "m", NAN, -450, 6000, NULL, "altitude of the track", ""},
    {AT(temp_c), HM_OPTION_DOUBLE, "C", NAN, -40, 60, NULL, "temperature of the air", ""},
    {AT(pressure_pa), HM_OPTION_DOUBLE, "Pa", NAN, 40000, 110000, NULL,
     "pressure of the air, instead of the altitude's", ""},
    {AT(sigma_s), HM_OPTION_DOUBLE, "s", NAN, 1e-6, 10, NULL,
     "sd of times that tell none; not known = unweighted", ""},
    {AT(sigma_m), HM_OPTION_DOUBLE, "m", NAN, 1e-6, 10, NULL, "sd of distances that tell none", ""},
    {AT(sigma_mps), HM_OPTION_DOUBLE, "m/s", NAN, 1e-6, 10, NULL, "sd of speeds that tell none",
     ""},
    {AT(outlier_sd), HM_OPTION_DOUBLE, "", 4, 2, 100, NULL,
     "observations beyond so many robust sds are flagged", "own"},
    {AT(drop_outliers), HM_OPTION_BOOL, "", 0, 0, 1, NULL,
     "leave flagged observations out and fit again", ""},
    {AT(report), HM_OPTION_BOOL, "", 1, 0, 1, NULL,
     "predictions, steps and conditions too; false = parameters only", ""},
};
#undef AT

_Static_assert(sizeof(hm_fit_opts) == 136, "a field of hm_fit_opts lacks its row");

const hm_option_table hm_fit_table = {"fit", sizeof(hm_fit_opts), sizeof row / sizeof *row, row};

hm_fit_opts hm_fit_opts_default(void)
{
    hm_fit_opts o = {.cookie = fit_cookie};
    hm_option_defaults(&hm_fit_table, &o);
    return o;
}
