#include "sprint/air.h"

#include "hecto/hecto.h"

#include <math.h>

static const double mureika_a = 0.028; /* [1] of the author's calculator, docs/physics/air.md */

void hm_air_density(const double *altitude_m, size_t n, double temp_c, double pressure_pa,
                    double *density_kgm3)
{
    for (size_t i = 0; i < n; i++) {
        hm_air air = {0, altitude_m[i], temp_c, pressure_pa};
        bool good = altitude_m[i] > -1000 && altitude_m[i] < 20000;
        density_kgm3[i] = good ? hm_air_density_kgm3(&air) : (double)NAN;
    }
}

void hm_wind_gain(const double *time_s, size_t n, double wind_mps, double altitude_m, int law,
                  double *gain_s)
{
    for (size_t i = 0; i < n; i++) {
        double t = time_s[i];
        bool good = t > 0 && isfinite(t) && isfinite(wind_mps) && isfinite(altitude_m);
        if (good && law == HM_WIND_MUREIKA)
            gain_s[i] = hm_wind_mureika_s(t, wind_mps, altitude_m, mureika_a) - t;
        else if (good && law == HM_WIND_MOINAT && altitude_m == 0)
            gain_s[i] = hm_wind_moinat_s(t, wind_mps);
        else
            gain_s[i] = (double)NAN;
    }
}
