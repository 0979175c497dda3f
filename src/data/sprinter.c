#include "data/sprinter.h"

#include "sprinter_priv.h"

#include <math.h>
#include <string.h>

const char *const hm_fit_model_word[] = {"mono", "decay", "drive", NULL};
const char *const hm_fit_correct_word[] = {"none", "tc", "fd", "dc", "tc+dc", NULL};
const char *const hm_altitude_law_word[] = {"observed", "density", "mureika", NULL};
const char *const hm_interval_method_word[] = {"none", "wald", "profile", "posterior", NULL};
const char *const data_observe_word[DATA_N_OBSERVE] = {"time", "distance", "speed", "acceleration"};
const char *const data_residual_unit[DATA_N_OBSERVE] = {"s", "m", "m/s", "m/s2"};

/* Clocks of traces may begin anywhere in a day's training: the bounds of data/trace.h. */
#define CLOCK_LO (-3600)
#define CLOCK_HI 40000

/* clang-format off */
#define MAYBE(s, name, lo, hi) RECORD_ROW_MAYBE(s, name, lo, hi)
#define MAYBE_AT(s, name, at, lo, hi) {name, RECORD_MAYBE, offsetof(s, at), lo, hi, 0, NULL}
#define NEEDED(s, name, at, lo, hi) {name, RECORD_NUMBER, offsetof(s, at), lo, hi, 0, NULL}
#define ESTIMATE(s, name, lo, hi) RECORD_ROW_ESTIMATE(s, name, lo, hi)
/* clang-format on */

#define RUN hm_sprinter_run
static const record_row run_field[] = {
    MAYBE(RUN, mass_kg, 8, 220),
    MAYBE(RUN, stature_m, 0.7, 2.5),
    MAYBE(RUN, reaction_s, 0, 10),
    MAYBE_AT(RUN, "wind_mps", air.wind_mps, -30, 30),
    MAYBE_AT(RUN, "altitude_m", air.altitude_m, -500, 6000),
    MAYBE_AT(RUN, "temp_c", air.temp_c, -50, 60),
    MAYBE_AT(RUN, "pressure_pa", air.pressure_pa, 30e3, 120e3),
    ESTIMATE(RUN, mss_mps, 0, 40),
    ESTIMATE(RUN, mac_mps2, 0, 100),
    ESTIMATE(RUN, tau_s, 0, 100),
    ESTIMATE(RUN, pmax_w_per_kg, 0, 500),
    ESTIMATE(RUN, correction_tc_s, CLOCK_LO, CLOCK_HI),
    ESTIMATE(RUN, correction_fd_m, -10, 10),
    ESTIMATE(RUN, correction_dc_m, -10, 10),
    ESTIMATE(RUN, top_speed_mps, 0, 40),
    ESTIMATE(RUN, top_speed_at_m, 0, 400),
    ESTIMATE(RUN, decay_mps2, -10, 10),
    ESTIMATE(RUN, predicted_100m_s, CLOCK_LO, CLOCK_HI),
    ESTIMATE(RUN, still_100m_s, CLOCK_LO, CLOCK_HI),
    ESTIMATE(RUN, f0_n_per_kg, 0, 100),
    ESTIMATE(RUN, v0_mps, 0, 60),
    ESTIMATE(RUN, slope_n_s_per_m_kg, -100, 1),
    ESTIMATE(RUN, fv_pmax_w_per_kg, 0, 500),
    ESTIMATE(RUN, rf_max_frac, 0, 1),
    ESTIMATE(RUN, drf_per_mps, -1, 1),
    ESTIMATE(RUN, equal_gain_at_m, 0, 400),
    MAYBE(RUN, rse, 0, 1e6),
    MAYBE(RUN, rmse, 0, 1e6),
    MAYBE(RUN, max_abs, 0, 1e6),
    MAYBE(RUN, chi2, 0, 1e12),
};
#undef RUN
const record_table data_run_fields = RECORD_TABLE(run_field);

static const record_row row_field[] = {
    NEEDED(hm_fit_row, "distance_m", distance_m, 0, 1000),
    ESTIMATE(hm_fit_row, time_s, CLOCK_LO, CLOCK_HI),
    ESTIMATE(hm_fit_row, speed_mps, 0, 40),
};
const record_table data_row_fields = RECORD_TABLE(row_field);

static const record_row step_field[] = {
    NEEDED(hm_fit_step, "distance_m", distance_m, 0, 1000),
    MAYBE(hm_fit_step, speed_mps, 0, 40),
    ESTIMATE(hm_fit_step, length_m, 0, 10),
    ESTIMATE(hm_fit_step, rate_hz, 0, 20),
    ESTIMATE(hm_fit_step, contact_s, 0, 10),
    ESTIMATE(hm_fit_step, flight_s, 0, 10),
    ESTIMATE(hm_fit_step, vertical_n_per_m, 0, 1e9),
    ESTIMATE(hm_fit_step, leg_n_per_m, 0, 1e9),
};
const record_table data_step_fields = RECORD_TABLE(step_field);

static const record_row change_field[] = {
    ESTIMATE(hm_fit_change, gain_s, -600, 600),
};
const record_table data_change_fields = RECORD_TABLE(change_field);

#define POINT(at_name, unit)                                                                       \
    {                                                                                              \
        NEEDED(hm_fit_point, at_name, at, -1e5, 1e5),                                              \
            NEEDED(hm_fit_point, "observed_" unit, observed, -1e5, 1e5),                           \
            MAYBE_AT(hm_fit_point, "fitted_" unit, fitted, -1e6, 1e6),                             \
            MAYBE_AT(hm_fit_point, "sigma_" unit, sigma, 1e-9, 1e3),                               \
    }
static const record_row time_field[] = POINT("distance_m", "s");
static const record_row distance_field[] = POINT("time_s", "m");
static const record_row speed_field[] = POINT("time_s", "mps");
static const record_row acceleration_field[] = POINT("speed_mps", "mps2");
const record_table data_point_fields[DATA_N_OBSERVE] = {
    RECORD_TABLE(time_field), RECORD_TABLE(distance_field), RECORD_TABLE(speed_field),
    RECORD_TABLE(acceleration_field)};

hm_sprinter_run hm_sprinter_run_default(void)
{
    hm_sprinter_run run = {.athlete = "", .run = "", .date = ""};
    const hm_estimate none = {NAN, NAN, NAN};
    for (int i = 0; i < data_run_fields.n; i++) {
        const record_row *f = &run_field[i];
        memcpy((unsigned char *)&run + f->offset, &none,
               f->kind == RECORD_ESTIMATE ? sizeof none : sizeof none.value);
    }
    return run;
}

/* The estimates of one struct into at[n ...]; returns how many there are then. */
static int32_t collect(void *from, const record_table *t, int32_t n, int32_t max, hm_estimate *at[])
{
    for (int i = 0; i < t->n; i++) {
        if (t->row[i].kind != RECORD_ESTIMATE)
            continue;
        if (at && n < max)
            at[n] = (hm_estimate *)(void *)((unsigned char *)from + t->row[i].offset);
        n++;
    }
    return n;
}

int32_t hm_sprinter_estimates(hm_sprinter_run *run, int32_t max, hm_estimate *at[])
{
    int32_t n = collect(run, &data_run_fields, 0, max, at);
    for (int32_t i = 0; i < run->n_row; i++)
        n = collect(&run->row[i], &data_row_fields, n, max, at);
    for (int32_t i = 0; i < run->n_step; i++)
        n = collect(&run->step[i], &data_step_fields, n, max, at);
    for (int32_t i = 0; i < run->n_change; i++)
        n = collect(&run->change[i], &data_change_fields, n, max, at);
    return at && n > max ? max : n;
}
