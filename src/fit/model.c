#include "model_priv.h"

#include <math.h>

#include "sprint/air.h"

static double known(double value, double otherwise)
{
    return value == value ? value : otherwise;
}

/* Wind does not change the drag of a speed through the air. */
static bool is_reference(const hm_fit_opts *o)
{
    return isnan(o->altitude_m) && isnan(o->temp_c) && isnan(o->pressure_pa);
}

static void set_air(fit_model *m, const hm_fit_opts *opts)
{
    const hm_air still = hm_air_reference();
    const hm_altitude_law law = (hm_altitude_law)opts->altitude_law;
    m->air =
        (hm_air){known(opts->wind_mps, still.wind_mps), known(opts->altitude_m, still.altitude_m),
                 known(opts->temp_c, still.temp_c), known(opts->pressure_pa, still.pressure_pa)};
    m->drag_per_m = hm_drag_per_m(m->kind, law, &m->air, m->mass_kg, m->stature_m);
    m->drag_ref_per_m = is_reference(opts)
                            ? m->drag_per_m
                            : hm_drag_per_m(m->kind, law, &still, m->mass_kg, m->stature_m);
}

hm_status fit_model_begin(const hm_fit_opts *opts, const fit_points *points, fit_model *m,
                          hm_err *err)
{
    m->kind = (hm_fit_model)opts->model;
    m->correct = (hm_fit_correct)opts->correct;
    if (points->observe == HM_OBSERVE_SPEED && m->correct > HM_CORRECT_TC)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "correct",
                          "speeds at times know no distance: use none or tc, not %s",
                          hm_fit_correct_word[m->correct]);
    m->fixed_fd_m = opts->fixed_fd_m > 0 ? opts->fixed_fd_m : 0;
    m->mass_kg = opts->mass_kg;
    m->stature_m = opts->stature_m;
    m->gate0_m = points->gate0_m;
    m->reaction_s = opts->reaction_s > 0 ? opts->reaction_s : 0;
    set_air(m, opts);
    return HM_OK;
}
