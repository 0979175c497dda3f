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

#ifdef __cplusplus
}
#endif

#endif
