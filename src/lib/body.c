/* Force, velocity and the spring of a step: vectors over runners. */
#include "hecto/hecto.h"

#include <math.h>
#include <stdbool.h>

#include "sprint/force_velocity.h"
#include "sprint/spring_mass.h"

static bool is_body(double mass_kg, double stature_m)
{
    return mass_kg > 0 && stature_m > 0 && isfinite(mass_kg) && isfinite(stature_m);
}

static void put(double *out, size_t i, double value)
{
    if (out)
        out[i] = value;
}

void hm_drag(const double *speed_mps, size_t n, double mass_kg, double stature_m, double wind_mps,
             double temp_c, double pressure_pa, double *force_n)
{
    hm_air air = {wind_mps, 0, temp_c, pressure_pa};
    bool good = is_body(mass_kg, stature_m) && isfinite(wind_mps);
    hm_fv_load load = {0};
    if (good)
        load = hm_fv_load_of(&air, mass_kg, stature_m);
    for (size_t i = 0; i < n; i++)
        force_n[i] = good ? hm_fv_drag_n(&load, speed_mps[i]) : (double)NAN;
}

void hm_force_velocity(const double *mss_mps, const double *mac_mps2, const double *mass_kg,
                       const double *stature_m, size_t n, double wind_mps, double temp_c,
                       double pressure_pa, double *f0_n_per_kg, double *v0_mps,
                       double *pmax_w_per_kg, double *rf_max_frac, double *drf_per_mps)
{
    hm_air air = {wind_mps, 0, temp_c, pressure_pa};
    for (size_t i = 0; i < n; i++) {
        hm_mono m = {mss_mps[i], mac_mps2[i]};
        double kg = mass_kg[i];
        hm_fv fv = {NAN, NAN, NAN, NAN};
        hm_fv_ratio ratio = {NAN, NAN};
        if (m.mss_mps > 0 && m.mac_mps2 > 0 && isfinite(m.mss_mps) && isfinite(m.mac_mps2) &&
            is_body(kg, stature_m[i]) && isfinite(wind_mps)) {
            hm_fv_load load = hm_fv_load_of(&air, kg, stature_m[i]);
            fv = hm_fv_of(&load, &m);
            if (rf_max_frac || drf_per_mps)
                ratio = hm_fv_ratio_of(&load, &m, 6.00);
        }
        put(f0_n_per_kg, i, fv.f0_n / kg);
        put(v0_mps, i, fv.v0_mps);
        put(pmax_w_per_kg, i, fv.pmax_w / kg);
        put(rf_max_frac, i, ratio.rf_max_frac);
        put(drf_per_mps, i, ratio.drf_per_mps);
    }
}

void hm_force_velocity_inverse(const double *f0_n_per_kg, const double *v0_mps,
                               const double *mass_kg, const double *stature_m, size_t n,
                               double wind_mps, double temp_c, double pressure_pa, double *mss_mps,
                               double *mac_mps2)
{
    hm_air air = {wind_mps, 0, temp_c, pressure_pa};
    for (size_t i = 0; i < n; i++) {
        double f0 = f0_n_per_kg[i], v0 = v0_mps[i], kg = mass_kg[i];
        hm_mono m = {NAN, NAN};
        if (f0 > 0 && v0 > 0 && isfinite(f0) && isfinite(v0) && is_body(kg, stature_m[i]) &&
            isfinite(wind_mps)) {
            hm_fv_load load = hm_fv_load_of(&air, kg, stature_m[i]);
            m = hm_fv_mono(&load, f0 * kg, v0);
        }
        put(mss_mps, i, m.mss_mps);
        put(mac_mps2, i, m.mac_mps2);
    }
}

void hm_step_spring(const double *mass_kg, const double *stature_m, const double *speed_mps,
                    const double *contact_s, const double *flight_s, size_t n, double *fmax_n,
                    double *dy_m, double *dl_m, double *vertical_n_per_m, double *leg_n_per_m)
{
    for (size_t i = 0; i < n; i++) {
        hm_spring_mass s = {NAN, NAN, NAN, NAN, NAN};
        if (is_body(mass_kg[i], stature_m[i]) && contact_s[i] > 0 && flight_s[i] > 0)
            s = hm_spring_mass_of(mass_kg[i], stature_m[i], speed_mps[i], contact_s[i],
                                  flight_s[i]);
        put(fmax_n, i, s.fmax_n);
        put(dy_m, i, s.dy_m);
        put(dl_m, i, s.dl_m);
        put(vertical_n_per_m, i, s.vertical_n_per_m);
        put(leg_n_per_m, i, s.leg_n_per_m);
    }
}
