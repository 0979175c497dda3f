#include "sprint/air.h"

#include "model_priv.h"

static double known(double value, double otherwise)
{
    return value == value ? value : otherwise;
}

void fit_model_air(fit_model *m, const hm_fit_opts *opts)
{
    const hm_air still = hm_air_reference();
    const hm_altitude_law law = (hm_altitude_law)opts->altitude_law;
    m->air =
        (hm_air){known(opts->wind_mps, still.wind_mps), known(opts->altitude_m, still.altitude_m),
                 known(opts->temp_c, still.temp_c), known(opts->pressure_pa, still.pressure_pa)};
    m->drag_per_m = hm_drag_per_m(m->kind, law, &m->air, m->mass_kg, m->stature_m);
    m->drag_ref_per_m = hm_drag_per_m(m->kind, law, &still, m->mass_kg, m->stature_m);
}
