/* sprint/air.h - what the air is and how hard it pushes.
 *
 * Drag on a runner is k (v - w)|v - w|; here always per kilogram: drag_per_m = k / m, in 1/m. */
#ifndef HM_SPRINT_AIR_H
#define HM_SPRINT_AIR_H

#include "data/sprinter.h"

/** Still air at sea level and 15 C: what every profile refers to. */
hm_air hm_air_reference(void);

/**
 * Density, kg/m3.
 * source rho = 1.293 (P / 760 Torr) (273 / (273 + T)), Samozino et al. 2016; standard atmosphere
 *        for P where it is not told
 */
double hm_air_density_kgm3(const hm_air *air);

/** Frontal area, m2: 0.266 of the body surface (Du Bois). source Samozino et al. 2016 */
double hm_frontal_area_m2(double mass_kg, double stature_m);

/**
 * Drag per kilogram k / m of a runner in this air, 1/m.
 *
 * in     model  CdA is calibrated to published wind effects for each model apart
 *        law    what altitude does; a pressure that is told acts as its ratio to the standard
 *               atmosphere's at that altitude, temperature through the density, under any law
 *        air    NAN = as the reference
 *        mass_kg, stature_m   NAN = the reference man, 78 kg and 1.80 m
 * errors none.  memory none.  threads: pure
 * source docs/physics/air.md
 */
double hm_drag_per_m(hm_fit_model model, hm_altitude_law law, const hm_air *air, double mass_kg,
                     double stature_m);

/**
 * Time that a 100 m run would have taken in still air at sea level.
 * in     time_s run, > 0;  a  [1] 0.028 in the author's calculator
 * errors none.  memory none.  threads: pure
 * source Mureika 2001, read in ports of his calculator
 * test   tests/unit/sprint/test_air.c
 */
double hm_wind_mureika_s(double time_s, double wind_mps, double altitude_m, double a);

/**
 * Time that a wind is worth over 100 m, > 0 = faster.
 * in     level_s the runner's time level: 10 for a 10 s runner
 * source Moinat, Fabius & Emanuel 2018 (150 169 results), read in two applications
 */
double hm_wind_moinat_s(double level_s, double wind_mps);

#endif
