/* sprint/force_velocity.h - force, velocity and power of a mono-exponential run, as the field
 * reports them (Samozino et al. 2016), with sleds and their like.
 *
 * Glossary: MSS = asymptote of speed; MAC = acceleration at rest; F0 = horizontal force at rest;
 * V0 = speed at which the force is gone; RF = share of the force on the ground that is horizontal;
 * DRF = how fast RF falls with speed.
 *
 *   F(v) = (m + inertia) MAC (1 - v / MSS) + k (v - w)|v - w| + resistance
 *
 * k is taken with Cd = 0.9, as published, not calibrated as in sprint/air.h: numbers of different
 * laboratories must compare. source docs/physics/force_velocity.md
 * test   tests/unit/sprint/test_force_velocity.c (113 values of the R package shorts 3.3.0)
 * All functions: errors none, memory none, threads: pure; hm_exp, no libm. */
#ifndef HM_SPRINT_FORCE_VELOCITY_H
#define HM_SPRINT_FORCE_VELOCITY_H

#include "data/sprinter.h"

/** A mono-exponential run. */
typedef struct hm_mono {
    double mss_mps, mac_mps2; /* > 0 */
} hm_mono;

/** Who runs, in which air, with what behind him. */
typedef struct hm_fv_load {
    double mass_kg;
    double drag_kg_per_m; /* k */
    double wind_mps;      /* > 0 = from behind */
    double inertia_kg;    /* of a sled or a wheel, moved along; 0 = none */
    double resistance_n;  /* of a sled or a cable; 0 = none */
} hm_fv_load;

/** Straight line of force against speed. */
typedef struct hm_fv {
    double f0_n, v0_mps, pmax_w;
    double slope_n_s_per_m_kg; /* -(F0 / m) / V0 */
} hm_fv;

/** Temperature where none is told, C: that of the reference. source shorts 3.3.0 */
#define HM_FV_TEMP_C 25.0

/** k = 0.5 rho A Cd, kg/m. in air NAN temperature = HM_FV_TEMP_C, NAN pressure = the altitude's */
double hm_fv_drag_kg_per_m(const hm_air *air, double mass_kg, double stature_m);

/** A runner without a load in this air. */
hm_fv_load hm_fv_load_of(const hm_air *air, double mass_kg, double stature_m);

/** k (v - w)|v - w|, N. */
double hm_fv_drag_n(const hm_fv_load *load, double v_mps);

/** The run at a speed, at a time, at a distance. */
double hm_mono_a_mps2(const hm_mono *m, double v_mps);
double hm_mono_v_mps(const hm_mono *m, double t_s);
double hm_mono_x_m(const hm_mono *m, double t_s);
double hm_mono_time_s(const hm_mono *m, double x_m);
/** When a speed is reached; infinite from MSS on. */
double hm_mono_time_of_speed_s(const hm_mono *m, double v_mps);

/** Horizontal force and its power at a speed. */
double hm_fv_force_n(const hm_fv_load *load, const hm_mono *m, double v_mps);
double hm_fv_power_w(const hm_fv_load *load, const hm_mono *m, double v_mps);

/** Work from rest to a time; to a distance by hm_mono_time_s. Closed form. */
double hm_fv_work_j(const hm_fv_load *load, const hm_mono *m, double t_s);

/**
 * F0 = F(0), V0 = the smaller zero of F, where the line of a run with air reaches it.
 * out    v0_mps NAN where F has no zero (drag beyond all measure)
 */
hm_fv hm_fv_of(const hm_fv_load *load, const hm_mono *m);

/** The run of F0 and V0: hm_fv_of backwards. */
hm_mono hm_fv_mono(const hm_fv_load *load, double f0_n, double v0_mps);

/** F0, V0 by a straight line through F against v at t = 0, 0.01 ... to_s. */
hm_fv hm_fv_regression(const hm_fv_load *load, const hm_mono *m, double to_s);

/** RF of a horizontal force, share of the force on the ground; g = 9.81 m/s2. */
double hm_fv_ratio_frac(double force_n_per_kg);

/** RF over a run: highest = at 0.30 s, DRF = slope of a straight line through RF against v. */
typedef struct hm_fv_ratio {
    double rf_max_frac, drf_per_mps;
} hm_fv_ratio;

/** in     to_s  end of the samples 0.30, 0.31 ...; 6.00 is the convention here */
hm_fv_ratio hm_fv_ratio_of(const hm_fv_load *load, const hm_mono *m, double to_s);

/** A moment of a run. */
typedef struct hm_fv_moment {
    double v_mps, time_s, x_m; /* time and place infinite where it is only approached */
    double power_w;
} hm_fv_moment;

/** Where the power is highest. */
hm_fv_moment hm_fv_peak(const hm_fv_load *load, const hm_mono *m);

/** Where the power reaches a share (0 .. 1) of its peak on the way up, and falls to it after. */
void hm_fv_power_span(const hm_fv_load *load, const hm_mono *m, double share, hm_fv_moment *from,
                      hm_fv_moment *to);

/** Where the speed reaches a share (0 .. 1) of MSS; where the acceleration falls to one of MAC. */
hm_fv_moment hm_fv_speed_at(const hm_fv_load *load, const hm_mono *m, double share);
hm_fv_moment hm_fv_acceleration_at(const hm_fv_load *load, const hm_mono *m, double share);

#endif
