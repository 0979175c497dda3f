#include "sprint/spring_mass.h"

#include <math.h>

#include "num/dmath.h"

/* [1] leg at rest, ground to hip; Winter 1979 by Morin 2005, verified */
static const double leg_of_stature = 0.53;
static const double gravity_mps2 = 9.81;

hm_spring_mass hm_spring_mass_of(double mass_kg, double stature_m, double v_mps, double contact_s,
                                 double flight_s)
{
    double leg_m = leg_of_stature * stature_m, half_m = 0.5 * v_mps * contact_s;
    double weight_n = mass_kg * gravity_mps2;
    hm_spring_mass s;
    s.fmax_n = weight_n * HM_PI / 2 * (flight_s / contact_s + 1);
    s.dy_m = s.fmax_n * contact_s * contact_s / (mass_kg * HM_PI * HM_PI) -
             gravity_mps2 * contact_s * contact_s / 8;
    s.dl_m = leg_m - sqrt(leg_m * leg_m - half_m * half_m) + s.dy_m; /* NAN: longer than the leg */
    s.vertical_n_per_m = s.fmax_n / s.dy_m;
    s.leg_n_per_m = s.fmax_n / s.dl_m;
    return s;
}
