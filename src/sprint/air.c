#include "sprint/air.h"

#include <math.h>

#include "num/dmath.h"

static const double reference_temp_c = 15;
static const double sea_level_pa = 101325;
static const double zero_c_k = 273; /* as printed by Samozino et al. 2016 */

/* The man that wind effects are published for: 78 kg, 1.80 m; sprint models' own reference. */
static const double man_kg = 78, man_m = 1.80;
/* [1] Cd of Samozino et al. 2016, verified; overshoots measured wind effects, hence cda_scale */
static const double drag_coefficient = 0.9;

/* Made by tools/calibrate_air.py: cda_scale so that the reference man of each model gains 0.100 s
 * at +2 m/s (Linthorne 1994), deficit_scale so that 1000 m are worth 0.100 s (Linthorne 2016). */
typedef struct calibration {
    double cda_scale, deficit_scale; /* [1] */
} calibration;

static const calibration calibrated[] = {
    [HM_MODEL_MONO] = {0.8129, 2.853},
    [HM_MODEL_DECAY] = {0.6442, 2.88},
    [HM_MODEL_DRIVE] = {0.7412, 2.874},
};

hm_air hm_air_reference(void)
{
    return (hm_air){0, 0, reference_temp_c, (double)NAN};
}

static double known(double value, double otherwise)
{
    return value == value ? value : otherwise;
}

/* Standard atmosphere. source ICAO, recalled */
static double standard_pa(double altitude_m)
{
    return sea_level_pa * hm_pow(1 - 2.25577e-5 * altitude_m, 5.25588);
}

static double density_kgm3(double pressure_pa, double temp_c)
{
    return 1.293 * (pressure_pa / sea_level_pa) * (zero_c_k / (zero_c_k + temp_c));
}

double hm_air_density_kgm3(const hm_air *air)
{
    double pressure_pa = known(air->pressure_pa, standard_pa(known(air->altitude_m, 0)));
    return density_kgm3(pressure_pa, known(air->temp_c, reference_temp_c));
}

double hm_frontal_area_m2(double mass_kg, double stature_m)
{
    double body_m2 = 0.2025 * hm_pow(stature_m, 0.725) * hm_pow(mass_kg, 0.425);
    return 0.266 * body_m2;
}

/* What `observed` asks for falls to nothing near 3000 m; from 0.2 on it bends to stay above 0. */
static double kept_above_zero(double share)
{
    const double bend = 0.2;
    return share > bend ? share : bend * hm_exp((share - bend) / bend);
}

/* [1] of the drag at sea level that altitude alone leaves */
static double altitude_share(hm_fit_model model, hm_altitude_law law, double altitude_m)
{
    if (law == HM_ALTITUDE_DENSITY)
        return standard_pa(altitude_m) / sea_level_pa;
    double share = hm_exp(-0.000125 * altitude_m); /* Mureika 2001, verified */
    if (law == HM_ALTITUDE_MUREIKA)
        return share;
    return kept_above_zero(1 - calibrated[model].deficit_scale * (1 - share));
}

double hm_drag_per_m(hm_fit_model model, hm_altitude_law law, const hm_air *air, double mass_kg,
                     double stature_m)
{
    HM_ASSERT((unsigned)model <= HM_MODEL_DRIVE && (unsigned)law < HM_ALTITUDE_COUNT);
    double altitude_m = known(air->altitude_m, 0), m = known(mass_kg, man_kg);
    double weather = known(air->pressure_pa / standard_pa(altitude_m), 1);
    double rho = density_kgm3(sea_level_pa, known(air->temp_c, reference_temp_c)) * weather *
                 altitude_share(model, law, altitude_m);
    double cda_m2 = calibrated[model].cda_scale * drag_coefficient *
                    hm_frontal_area_m2(m, known(stature_m, man_m));
    return 0.5 * rho * cda_m2 / m;
}

double hm_wind_mureika_s(double time_s, double wind_mps, double altitude_m, double a)
{
    double run = 1 - wind_mps * time_s / 100;
    return time_s * (1 + a - a * hm_exp(-0.000125 * altitude_m) * run * run);
}

double hm_wind_moinat_s(double level_s, double wind_mps)
{
    return (-0.0449 + 0.009459 * level_s) * wind_mps - 0.0042 * wind_mps * wind_mps;
}
