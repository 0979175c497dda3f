#include "race/reaction.h"

#include "luck_priv.h"

#include <math.h>

#include "num/dmath.h"
#include "sprint/air.h"

double hm_reaction_mean_s(const hm_reaction_law *law)
{
    return law->base_s + law->median_s * hm_exp(0.5 * law->spread * law->spread);
}

double hm_reaction_sd_s(const hm_reaction_law *law)
{
    double var = law->spread * law->spread;
    return law->median_s * hm_exp(0.5 * var) * sqrt(hm_exp(var) - 1);
}

hm_status hm_runner_doubt_reaction(hm_runner *runner, hm_err *err)
{
    _Static_assert(HM_DRIVE_BY_BURST == HM_DRIVE_BY_COUNT - 1,
                   "a variance of its own goes to the last row of a triangle");
    hm_air ref = hm_air_reference();
    race_air air = {0, ref.altitude_m, ref.temp_c};
    race_slopes slopes;
    if (!race_slopes_of(runner, &air, &slopes) || !(slopes.by[HM_DRIVE_BY_BURST] < 0))
        return hm_err_set(err, HM_ERR_INPUT, NULL, 0, 0, "lane",
                          "expected a runner who arrives at 100 m");
    double *own = &runner->root[HM_DRIVE_BY_BURST][HM_DRIVE_BY_BURST];
    double more_m = hm_reaction_sd_s(&runner->reaction) / slopes.by[HM_DRIVE_BY_BURST];
    *own = sqrt(*own * *own + more_m * more_m);
    return HM_OK;
}
