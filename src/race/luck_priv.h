/* race/luck_priv.h - draws of a simulated race, shared by single races and odds. */
#ifndef HM_RACE_LUCK_PRIV_H
#define HM_RACE_LUCK_PRIV_H

#include "base/rng.h"
#include "race/simulate.h"

/** Four independent normal numbers from 128 bits, |z| < 6.7. */
typedef struct race_normal4 {
    double z[4]; /* [1] */
} race_normal4;
race_normal4 race_normals(uint64_t seed, hm_purpose purpose, uint64_t entity, uint32_t when,
                          uint32_t draw);

/** What a runner's day is: standard normal numbers. */
enum { LUCK_REACTION, LUCK_FORM, LUCK_START, LUCK_WIND };

/** What the draws of a race are keyed by, beside person and number. */
typedef struct race_keys {
    uint64_t seed;
    uint32_t day, race; /* of meet and date; of meet, date and round */
} race_keys;
race_keys race_keys_of(uint64_t seed, const hm_sheet *sheet);

/** His luck in race `number`; of his form a part is that of the day (hm_day.form_day_frac). */
race_normal4 race_luck_of(const race_keys *k, const hm_day *day, uint64_t person, uint32_t number);
/** What the fit does not know of him, in a group of races. */
race_normal4 race_fit_of(const race_keys *k, uint64_t person, uint32_t group);

/** Reaction of a normal number, s; in a fair race that of all, the mean of elite finals. */
double race_reaction_of(const hm_day *day, const hm_runner *r, double z);

/** Lower triangle R with R R' = a; rows without variance stay 0. a (n x n) in rows of stride. */
void race_root(int32_t n, int32_t stride, const double a[], double root[]);

/** The air of the day for one runner. */
typedef struct race_air {
    double wind_mps, altitude_m, temp_c;
} race_air;
race_air race_air_of(const hm_day *day, const hm_sheet *sheet);
double race_drag_per_m(const hm_runner *r, const race_air *air);

/** How the run reacts, at the mean wind: exact derivatives. */
typedef struct race_slopes {
    double run_s;                 /* from the reaction to 100 m */
    double by[HM_DRIVE_BY_COUNT]; /* [1] d run_s / d parameter */
    double form_gain;             /* [1] V0 and F0 by -form_gain f make the time longer by f */
    double drag_per_m, wind_mps;  /* of that run */
} race_slopes;

/** false: he never arrives. */
bool race_slopes_of(const hm_runner *r, const race_air *air, race_slopes *out);

/** The runner as he is on this day. What is drawn of his fit changes his time as the slopes say,
 * not only nearly so: a fit to his time alone leaves his shape open, but not that. */
hm_drive race_drive_of_day(const hm_runner *r, const race_slopes *s, const double param_z[],
                           double form_frac, double start_s);

/** A run through a wind by seconds, followed to places and times. */
typedef struct race_gusty {
    hm_drive drive;
    double drag_per_m;
    const double *wind_mps; /* (HM_WIND_CELL_MAX) from the reaction */
    hm_drive_path path;
} race_gusty;
race_gusty race_gusty_begin(const hm_drive *d, double drag_per_m, const double wind_mps[]);
/** The point at a time from the reaction, in any order. False: he has come to a stand before. */
bool race_gusty_at(race_gusty *g, double s_s, hm_drive_point *point);
/** The point at a place; not before the last one asked for. False: he never gets there. */
bool race_gusty_to_x(race_gusty *g, double x_m, hm_drive_point *point);

/** Times at x_m[i], ascending, from the reaction. False: never arrives. */
bool race_run_gusty(const hm_drive *d, double drag_per_m, const double wind_mps[], int32_t n,
                    const double x_m[], double t_s[]);

#endif
