/* hecto/hecto.h - sprints as numbers: the public face of libhecto, for C, C++ and by ctypes.
 *
 * Flat on purpose: numbers, arrays of double, texts, one opaque handle. No function prints, exits,
 * keeps a global or a lock; each may run in any thread on data of its own. Names that only grow.
 *
 * Glossary: MSS = asymptote of speed; MAC = acceleration at first movement; decay = speed lost per
 * second to fatigue; F0, V0 = force at rest and speed without force; TC, FD, DC = corrections of
 * time, flying start and distance. Wind > 0 blows from behind. NAN = not known.
 *
 * Arrays hold n elements; an output may be the input it is made of. Where there is no answer the
 * element is NAN. docs/library.md has the same with examples. */
#ifndef HM_HECTO_HECTO_H
#define HM_HECTO_HECTO_H

#include <stddef.h>

#if defined(__GNUC__)
#define HM_API __attribute__((visibility("default")))
#else
#define HM_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What a function that can fail returns. */
#define HM_CODE_OK      0
#define HM_CODE_USAGE   1 /* an option that is not, or not in this place */
#define HM_CODE_INPUT   2 /* data that are no run; the message says where and why */
#define HM_CODE_NOFILE  3 /* no such file */
#define HM_CODE_NUMERIC 4 /* the data do not determine an answer */
#define HM_CODE_SYSTEM  5 /* disk or memory */
#define HM_CODE_STOPPED 6
#define HM_CODE_BUG     7 /* our fault */

/** "0.1.0"; never NULL. */
HM_API const char *hm_version(void);

/** The sentence of a code, static; "unknown" for any other number. */
HM_API const char *hm_code_text(int code);

/* ---- curves: v = MSS (1 - e^(-t/tau)) - decay t, tau = MSS / (MAC + decay) ----
 *
 * in     time_s, distance_m  from the first movement; before it the runner stands
 *        mss_mps > 0, mac_mps2 > 0, decay_mps2 >= 0 (0 = mono-exponential)
 * source Furusawa, Hill & Parkinson 1927; Tibshirani 1997; docs/physics/replay.md
 * memory none.  threads: pure */
HM_API void hm_sprint_speed(const double *time_s, size_t n, double mss_mps, double mac_mps2,
                            double decay_mps2, double *speed_mps);
HM_API void hm_sprint_distance(const double *time_s, size_t n, double mss_mps, double mac_mps2,
                               double decay_mps2, double *distance_m);
HM_API void hm_sprint_acceleration(const double *time_s, size_t n, double mss_mps, double mac_mps2,
                                   double decay_mps2, double *acceleration_mps2);

/** Time at a distance >= 0; NAN for one that a runner with decay never reaches. */
HM_API void hm_sprint_time(const double *distance_m, size_t n, double mss_mps, double mac_mps2,
                           double decay_mps2, double *time_s);

/* ---- air ---- */

/**
 * Density of air.
 * in     altitude_m   -1000 to 20000 (n)
 *        temp_c       NAN = 15
 *        pressure_pa  NAN = the standard atmosphere's at each altitude
 * source rho = 1.293 (P / 760 Torr) (273 / (273 + T)), Samozino et al. 2016
 */
HM_API void hm_air_density(const double *altitude_m, size_t n, double temp_c, double pressure_pa,
                           double *density_kgm3);

/* Laws of wind and altitude over 100 m, made from many results; they know nothing of the runner. */
#define HM_WIND_MUREIKA 0 /* Mureika 2001, a = 0.028 */
#define HM_WIND_MOINAT  1 /* Moinat, Fabius & Emanuel 2018: wind alone */

/**
 * What wind and altitude were worth: time in still air at sea level less time_s, > 0 = helped.
 * in     time_s  100 m as run (Moinat: the runner's level)  (n)
 *        law     HM_WIND_x; Moinat knows altitude 0 alone
 */
HM_API void hm_wind_gain(const double *time_s, size_t n, double wind_mps, double altitude_m,
                         int law, double *gain_s);

/* ---- bodies: force, velocity, power; the spring of a step ----
 *
 * Vectors over runners. temp_c NAN = 25, pressure_pa NAN = 101325: the reference of the field, with
 * Cd = 0.9 as published, so that numbers of different laboratories compare. Outputs may be NULL.
 * source Samozino et al. 2016, Morin et al. 2005; docs/physics/force_velocity.md, spring_mass.md */

/** Air resistance at speeds over ground; negative where the wind pushes. */
HM_API void hm_drag(const double *speed_mps, size_t n, double mass_kg, double stature_m,
                    double wind_mps, double temp_c, double pressure_pa, double *force_n);

/** Straight line of force against speed of mono-exponential runs, its peak power, and the ratio of
 *  forces from 0.30 s to 6.00 s. */
HM_API void hm_force_velocity(const double *mss_mps, const double *mac_mps2, const double *mass_kg,
                              const double *stature_m, size_t n, double wind_mps, double temp_c,
                              double pressure_pa, double *f0_n_per_kg, double *v0_mps,
                              double *pmax_w_per_kg, double *rf_max_frac, double *drf_per_mps);

/** The run of such a line. */
HM_API void hm_force_velocity_inverse(const double *f0_n_per_kg, const double *v0_mps,
                                      const double *mass_kg, const double *stature_m, size_t n,
                                      double wind_mps, double temp_c, double pressure_pa,
                                      double *mss_mps, double *mac_mps2);

/** Peak vertical force, how far body and leg give way, and their stiffness in a step. */
HM_API void hm_step_spring(const double *mass_kg, const double *stature_m, const double *speed_mps,
                           const double *contact_s, const double *flight_s, size_t n,
                           double *fmax_n, double *dy_m, double *dl_m, double *vertical_n_per_m,
                           double *leg_n_per_m);

/* ---- fits: what was measured of a run becomes a runner ----
 *
 * options  "key=value" pairs, one a line or between semicolons: "model=mono; correct=tc;
 *          mass_kg=75". NULL or "" = defaults. hm_fit_help prints all keys; they are those of
 *          `hecto fit`.
 * message  (message_size) on failure one line that says what and where, else ""; may be NULL
 * profile  on success a handle for hm_profile_free, on failure NULL
 * return   HM_CODE_OK also when the best fit is not to be trusted: see the number `converged`
 * memory   a profile owns all that its functions show; it is never changed after it was made, so
 *          any number of threads may read it
 * source   docs/physics/fit.md */
typedef struct hm_profile hm_profile;

/** Gates: times at distances. sigma_s (n) the sd of each, NULL = not known; so below. */
HM_API int hm_fit_times(const double *distance_m, const double *time_s, const double *sigma_s,
                        size_t n, const char *options, hm_profile **profile, char *message,
                        size_t message_size);

/** Laser, positioning: distances at times. */
HM_API int hm_fit_distances(const double *time_s, const double *distance_m, const double *sigma_m,
                            size_t n, const char *options, hm_profile **profile, char *message,
                            size_t message_size);

/** Radar: speeds at times. */
HM_API int hm_fit_speeds(const double *time_s, const double *speed_mps, const double *sigma_mps,
                         size_t n, const char *options, hm_profile **profile, char *message,
                         size_t message_size);

/**
 * Every run of a timing, radar or positioning file (docs/formats/measure.md), in its order; a run
 * that cannot be fitted keeps its place and says why under the text "error". With more than one
 * run, `threads=N` divides the work (0 = all processors); the answer does not depend on it.
 */
HM_API int hm_fit_file(const char *path, const char *options, hm_profile **profile, char *message,
                       size_t message_size);

/**
 * The acceleration-speed profile of ordinary training: a file of sessions of speeds or positions,
 * no test run. One run for each athlete and rolling window of time: MSS = S0, MAC = A0 of the line
 * a = A0 - v A0 / S0. Options: those of files and of in-situ profiles. docs/physics/insitu.md
 */
HM_API int hm_fit_in_situ(const char *path, const char *options, hm_profile **profile,
                          char *message, size_t message_size);

/** All options with default, range, unit and sentence. As hm_profile_json. */
HM_API size_t hm_fit_help(char *text, size_t text_size);

/** NULL is allowed. */
HM_API void hm_profile_free(hm_profile *profile);

/** How many runs. Below, run counts from 0 and -1 is the file as a whole, where that has sense. */
HM_API int hm_profile_count(const hm_profile *profile);

/**
 * Texts: athlete run date model correct observe interval altitude_law residual_unit error.
 * return NULL = no such text or run
 */
HM_API const char *hm_profile_text(const hm_profile *profile, int run, const char *name);

/**
 * One number by the name that it has in the file (docs/formats/sprinter.md): mss_mps,
 * mss_mps_lo90, rse, n_points, converged (1 or 0) ... NAN = not part of this run.
 * return HM_CODE_USAGE = no such name or run; number is then NAN
 */
HM_API int hm_profile_number(const hm_profile *profile, int run, const char *name, double *number);

/**
 * Tables: "run" (one row: every number), "points" (observed and fitted), "rows" (splits), "steps",
 * "changes" (what other air or another body is worth).
 * return hm_profile_rows: 0 also for no such table.  hm_profile_column_name: NULL behind the last
 */
HM_API size_t hm_profile_rows(const hm_profile *profile, int run, const char *table);
HM_API const char *hm_profile_column_name(const hm_profile *profile, int run, const char *table,
                                          size_t i);

/** A column by name; value (hm_profile_rows). return HM_CODE_USAGE = no such column */
HM_API int hm_profile_column(const hm_profile *profile, int run, const char *table,
                             const char *column, double *value);

/** What a row is called: changes have names, other rows "". NULL = no such row */
HM_API const char *hm_profile_row_name(const hm_profile *profile, int run, const char *table,
                                       size_t i);

/** Remarks: extrapolated, outliers, what to doubt. NULL behind the last. */
HM_API const char *hm_profile_note(const hm_profile *profile, int run, size_t i);

/**
 * When the runner is where, and how fast: also in other air.
 *
 * in     conditions  "wind_mps=2; altitude_m=1000; temp_c=30; pressure_pa=; mass_kg=70", NULL or ""
 *                    = as the run was; "still" = no wind, sea level, 15 C
 *        distance_m  0 to 400                                        (n)
 * out    time_s      as the rows of the run: on the clock of the trace, corrections and reaction in
 *                    it; of fitted distances and speeds from the first movement, reaction in it (n)
 *        speed_mps   may be NULL                                     (n)
 */
HM_API int hm_profile_predict(const hm_profile *profile, int run, const char *conditions,
                              const double *distance_m, size_t n, double *time_s, double *speed_mps,
                              char *message, size_t message_size);

/**
 * A run, or with run -1 all that could be fitted, as JSON (docs/formats/sprinter.md): what `hecto
 * fit --json` prints. Runs that could not be fitted are notes then.
 * out    text  cut to text_size and terminated; may be NULL with 0
 * return length of the whole text without its end, as snprintf; 0 = no such run, or no memory
 */
HM_API size_t hm_profile_json(const hm_profile *profile, int run, char *text, size_t text_size);

/** The same back, from a file or n bytes of JSON: all numbers as they were, bit for bit. */
HM_API int hm_profile_read(const char *path, hm_profile **profile, char *message,
                           size_t message_size);
HM_API int hm_profile_parse(const char *json, size_t n, hm_profile **profile, char *message,
                            size_t message_size);

#ifdef __cplusplus
}
#endif

#endif
