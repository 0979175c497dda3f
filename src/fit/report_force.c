/* Force, velocity, power and the ratio of forces of mono and decay; drive tells its own. */
#include "report_priv.h"

#include <math.h>

#include "sprint/force_velocity.h"

static const double ratio_to_s = 6.00; /* docs/physics/force_velocity.md */

/* mono and decay hold the air in their curve, so the force is theirs and the drag by Samozino's
 * constants. Of decay: the fresh runner, fatigue left out. */
void fit_report_force(const fit_report *r)
{
    hm_sprinter_run *run = r->run;
    if (r->m->kind == HM_MODEL_DRIVE || isnan(run->mass_kg) || isnan(run->stature_m))
        return;
    hm_fv_load load = hm_fv_load_of(&run->air, run->mass_kg, run->stature_m);
    hm_mono fresh = {r->drive.v0_mps, r->drive.f0_n_per_kg};
    hm_fv line = hm_fv_of(&load, &fresh);
    hm_fv_ratio ratio = hm_fv_ratio_of(&load, &fresh, ratio_to_s);
    run->f0_n_per_kg.value = line.f0_n / run->mass_kg;
    run->v0_mps.value = line.v0_mps;
    run->slope_n_s_per_m_kg.value = line.slope_n_s_per_m_kg;
    run->fv_pmax_w_per_kg.value = line.pmax_w / run->mass_kg;
    run->rf_max_frac.value = ratio.rf_max_frac;
    run->drf_per_mps.value = ratio.drf_per_mps;
}
