/* fit/insitu.h - the acceleration-speed profile of a runner from ordinary training.
 *
 * Nobody runs a test: hours of speeds or positions (GPS, local positioning) hold hundreds of
 * accelerations from all speeds. The hardest of them lie on a line
 *     a = A0 - v A0 / S0
 * A0 = acceleration at rest, S0 = speed at which it is gone. It is mono with MAC = A0, MSS = S0. */
#ifndef HM_FIT_INSITU_H
#define HM_FIT_INSITU_H

#include "base/option.h"
#include "data/sprinter.h"
#include "data/trace.h"

/** How the profile is made. Laid out by hm_insitu_table. */
typedef struct hm_insitu_opts {
    uint32_t cookie;
    int32_t window_session; /* sessions in a window; 0 = windows count days */
    int32_t step_session;   /* from one window to the next */
    int32_t best_n;         /* hardest accelerations kept in each bin of speed */
    double window_day, step_day;
    double threshold_mps; /* slower samples do not count */
    double bin_mps;
    double half_speed_s, half_position_s; /* half width of the filter, for speeds and positions */
    double band_frac;  /* points beyond this band about the first line are left out; 1 = none */
    bool as_published; /* no correction for choosing the best of noisy values */
} hm_insitu_opts;

hm_insitu_opts hm_insitu_opts_default(void);
extern const hm_option_table hm_insitu_table;

/**
 * One run for each athlete and rolling window of time, in the order of athletes, then of time.
 *
 * in     traces  (n) one for each session, each passes hm_trace_check, of speeds or positions
 *                ascending in time. The date (ISO 8601) places it; sessions without dates count one
 *                by one
 *        opts    from hm_insitu_opts_default (asserted); NULL = defaults
 * out    out     model mono: mss = S0, mac = A0, tau, pmax with 90 % intervals; observe
 *                acceleration; each point: at = speed m/s, observed and fitted = acceleration m/s2,
 * used = not beyond the band. Slope and R2 are in the notes of the run, windows without enough hard
 *                accelerations in those of out. Untouched on failure
 * range  A0, S0 hold where the points lie: from threshold_mps to the highest speed of the window
 * errors HM_ERR_INPUT    a trace of neither speeds nor positions, times that fall
 *        HM_ERR_NUMERIC  no window holds enough hard accelerations
 *        HM_ERR_USAGE    options out of bounds
 * memory results in arena, scratch given back
 * threads: pure
 * source Morin et al. 2021, J Biomech 123:110524; docs/physics/insitu.md
 * test   tests/unit/fit/test_insitu.c
 */
HM_CHECKED hm_status hm_fit_insitu(const hm_trace *traces, int32_t n, const hm_insitu_opts *opts,
                                   hm_arena *arena, hm_sprinter *out, hm_err *err);

#endif
