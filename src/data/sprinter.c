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

#define NUMBER(s, name, lo, hi)                                                                    \
    {                                                                                              \
#name, offsetof(s, name), false, false, lo, hi                                             \
    }
#define NEEDED(s, name, at, lo, hi)                                                                \
    {                                                                                              \
        name, offsetof(s, at), false, true, lo, hi                                                 \
    }
#define ESTIMATE(s, name, lo, hi)                                                                  \
    {                                                                                              \
#name, offsetof(s, name), true, false, lo, hi                                              \
    }
#define FIELDS(list) sizeof list / sizeof *list, list

#define RUN hm_sprinter_run
static const data_field run_field[] = {
    NUMBER(RUN, mass_kg, 8, 220),
    NUMBER(RUN, stature_m, 0.7, 2.5),
    NUMBER(RUN, reaction_s, 0, 10),
    {"wind_mps", offsetof(RUN, air.wind_mps), false, false, -30, 30},
    {"altitude_m", offsetof(RUN, air.altitude_m), false, false, -500, 6000},
    {"temp_c", offsetof(RUN, air.temp_c), false, false, -50, 60},
    {"pressure_pa", offsetof(RUN, air.pressure_pa), false, false, 30e3, 120e3},
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
    NUMBER(RUN, rse, 0, 1e6),
    NUMBER(RUN, rmse, 0, 1e6),
    NUMBER(RUN, max_abs, 0, 1e6),
    NUMBER(RUN, chi2, 0, 1e12),
};
#undef RUN
const data_fields data_run_fields = {FIELDS(run_field)};

static const data_field row_field[] = {
    NEEDED(hm_fit_row, "distance_m", distance_m, 0, 1000),
    ESTIMATE(hm_fit_row, time_s, CLOCK_LO, CLOCK_HI),
    ESTIMATE(hm_fit_row, speed_mps, 0, 40),
};
const data_fields data_row_fields = {FIELDS(row_field)};

static const data_field step_field[] = {
    NEEDED(hm_fit_step, "distance_m", distance_m, 0, 1000),
    NUMBER(hm_fit_step, speed_mps, 0, 40),
    ESTIMATE(hm_fit_step, length_m, 0, 10),
    ESTIMATE(hm_fit_step, rate_hz, 0, 20),
    ESTIMATE(hm_fit_step, contact_s, 0, 10),
    ESTIMATE(hm_fit_step, flight_s, 0, 10),
    ESTIMATE(hm_fit_step, vertical_n_per_m, 0, 1e9),
    ESTIMATE(hm_fit_step, leg_n_per_m, 0, 1e9),
};
const data_fields data_step_fields = {FIELDS(step_field)};

static const data_field change_field[] = {
    ESTIMATE(hm_fit_change, gain_s, -600, 600),
};
const data_fields data_change_fields = {FIELDS(change_field)};

#define POINT(at_name, unit)                                                                       \
    {                                                                                              \
        NEEDED(hm_fit_point, at_name, at, -1e5, 1e5),                                              \
            NEEDED(hm_fit_point, "observed_" unit, observed, -1e5, 1e5),                           \
            {"fitted_" unit, offsetof(hm_fit_point, fitted), false, false, -1e6, 1e6},             \
            {"sigma_" unit, offsetof(hm_fit_point, sigma), false, false, 1e-9, 1e3},               \
    }
static const data_field time_field[] = POINT("distance_m", "s");
static const data_field distance_field[] = POINT("time_s", "m");
static const data_field speed_field[] = POINT("time_s", "mps");
static const data_field acceleration_field[] = POINT("speed_mps", "mps2");
const data_fields data_point_fields[DATA_N_OBSERVE] = {{FIELDS(time_field)},
                                                       {FIELDS(distance_field)},
                                                       {FIELDS(speed_field)},
                                                       {FIELDS(acceleration_field)}};

hm_estimate data_estimate_of(const void *at, const data_field *f)
{
    hm_estimate e;
    memcpy(&e, (const unsigned char *)at + f->offset, sizeof e);
    return e;
}

double data_number_of(const void *at, const data_field *f)
{
    double v;
    memcpy(&v, (const unsigned char *)at + f->offset, sizeof v);
    return v;
}

hm_sprinter_run hm_sprinter_run_default(void)
{
    hm_sprinter_run run = {.athlete = "", .run = "", .date = ""};
    const hm_estimate none = {NAN, NAN, NAN};
    for (int i = 0; i < data_run_fields.n; i++) {
        const data_field *f = &run_field[i];
        memcpy((unsigned char *)&run + f->offset, &none,
               f->is_estimate ? sizeof none : sizeof none.value);
    }
    return run;
}

/* The estimates of one struct into at[n ...]; returns how many there are then. */
static int32_t collect(void *from, const data_fields *t, int32_t n, int32_t max, hm_estimate *at[])
{
    for (int i = 0; i < t->n; i++) {
        if (!t->field[i].is_estimate)
            continue;
        if (at && n < max)
            at[n] = (hm_estimate *)(void *)((unsigned char *)from + t->field[i].offset);
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
