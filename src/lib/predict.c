/* A fitted run once more, at any distance and in any air. */
#include "lib_priv.h"

#include <math.h>
#include <string.h>

#include "io/optab.h"
#include "sprint/air.h"
#include "sprint/drive.h"

static const double most_m = 400; /* hm_drive_run goes no further */

/* NAN = as the run was; altitude_law beyond the laws = that of the run. */
typedef struct conditions {
    uint32_t cookie;
    int32_t altitude_law;
    double wind_mps, altitude_m, temp_c, pressure_pa, reaction_s;
} conditions;

static const char *const law_word[] = {"observed", "density", "mureika", "run", NULL};

#define AT(field) #field, offsetof(conditions, field)
static const hm_option row[] = {
    {AT(altitude_law), HM_OPTION_WORD, "", HM_ALTITUDE_COUNT, 0, 0, law_word,
     "what altitude does to the air", ""},
    {AT(wind_mps), HM_OPTION_DOUBLE, "m/s", NAN, -15, 15, NULL, "wind, > 0 from behind", ""},
    {AT(altitude_m), HM_OPTION_DOUBLE, "m", NAN, -450, 6000, NULL, "altitude of the track", ""},
    {AT(temp_c), HM_OPTION_DOUBLE, "C", NAN, -40, 60, NULL, "temperature of the air", ""},
    {AT(pressure_pa), HM_OPTION_DOUBLE, "Pa", NAN, 40000, 110000, NULL,
     "pressure of the air, instead of the altitude's", ""},
    {AT(reaction_s), HM_OPTION_DOUBLE, "s", NAN, 0, 2, NULL, "reaction time, 0 = without", ""},
};
#undef AT
_Static_assert(sizeof(conditions) == 48, "a field of conditions lacks its row");
static const hm_option_table table = {"conditions", sizeof(conditions), sizeof row / sizeof *row,
                                      row};

static void set_still(conditions *c)
{
    hm_air air = hm_air_reference();
    c->wind_mps = air.wind_mps;
    c->altitude_m = air.altitude_m;
    c->temp_c = air.temp_c;
}

static hm_status conditions_read(const char *text, hm_arena *arena, conditions *c, hm_err *err)
{
    hm_option_defaults(&table, c);
    const char *pair;
    for (const char *at = text ? text : "";;) {
        HM_TRY(lib_next_pair(&at, arena, &pair, err));
        if (!pair)
            return HM_OK;
        if (strcmp(pair, "still") == 0)
            set_still(c);
        else
            HM_TRY(hm_optab_set(&table, c, pair, arena, err));
    }
}

static double told(double value, double otherwise)
{
    return isnan(value) ? otherwise : value;
}

/* The air of the run, changed where conditions say so. A pressure belongs to its altitude. */
static hm_air air_of(const conditions *c, const hm_air *run)
{
    double pressure_pa = isnan(c->altitude_m) ? run->pressure_pa : (double)NAN;
    return (hm_air){told(c->wind_mps, told(run->wind_mps, 0)), told(c->altitude_m, run->altitude_m),
                    told(c->temp_c, run->temp_c), told(c->pressure_pa, pressure_pa)};
}

/* How the clock and tape of the trace stand to the runner's: s(x - dc + fd) - s(fd) + lag. */
typedef struct clock {
    double fd_m, dc_m, lag_s;
} clock;

static clock clock_of(const hm_sprinter_run *run, const conditions *c)
{
    double reaction_s = told(c->reaction_s, run->reaction_s);
    if (run->observe != HM_OBSERVE_TIME) /* as the rows of a run: from the first movement */
        return (clock){0, 0, told(reaction_s, 0)};
    return (clock){told(run->correction_fd_m.value, 0), told(run->correction_dc_m.value, 0),
                   told(run->correction_tc_s.value, 0) + told(reaction_s, 0)};
}

/* Sampled to the last place that is asked for; false = he never gets there. */
static bool sample(const hm_sprinter_run *run, const conditions *c, const hm_drive *drive,
                   const clock *clk, const double *distance_m, size_t n, hm_drive_curve *curve)
{
    hm_air air = air_of(c, &run->air);
    hm_altitude_law law =
        c->altitude_law < HM_ALTITUDE_COUNT ? (hm_altitude_law)c->altitude_law : run->altitude_law;
    double drag_per_m = hm_drag_per_m(run->model, law, &air, run->mass_kg, run->stature_m);
    double to_m = 1;
    for (size_t i = 0; i < n; i++)
        if (distance_m[i] - clk->dc_m + clk->fd_m > to_m)
            to_m = distance_m[i] - clk->dc_m + clk->fd_m;
    return hm_drive_run(drive, drag_per_m, air.wind_mps, to_m < most_m ? to_m : most_m, curve);
}

static hm_status predict(const hm_sprinter_run *run, const char *text, const double *distance_m,
                         size_t n, hm_arena *arena, double *time_s, double *speed_mps, hm_err *err)
{
    conditions c = {0};
    hm_drive drive;
    HM_TRY(conditions_read(text, arena, &c, err));
    HM_TRY(hm_drive_of_run(run, &drive, err));
    hm_drive_curve curve = {.x_m = HM_PUSH(arena, double, HM_DRIVE_SAMPLE_MAX),
                            .v_mps = HM_PUSH(arena, double, HM_DRIVE_SAMPLE_MAX)};
    if (!curve.x_m || !curve.v_mps)
        return hm_err_set(err, HM_ERR_SYSTEM, "predict", 0, 0, NULL, "no memory");
    clock clk = clock_of(run, &c);
    (void)sample(run, &c, &drive, &clk, distance_m, n, &curve); /* beyond its end: NAN below */
    double first_s = hm_drive_time_s(&curve, clk.fd_m);
    for (size_t i = 0; i < n; i++) {
        double s = hm_drive_time_s(&curve, distance_m[i] - clk.dc_m + clk.fd_m);
        time_s[i] = s - first_s + clk.lag_s;
        if (speed_mps)
            speed_mps[i] = isnan(s) ? s : hm_drive_v_mps(&curve, s);
    }
    return HM_OK;
}

int hm_profile_predict(const hm_profile *p, int run, const char *conditions_text,
                       const double *distance_m, size_t n, double *time_s, double *speed_mps,
                       char *message, size_t message_size)
{
    hm_err err = {0};
    hm_status status;
    if (!p || run < 0 || run >= p->n)
        status = hm_err_set(&err, HM_ERR_USAGE, NULL, 0, 0, NULL, "expected run 0 to %d, found %d",
                            p ? p->n - 1 : -1, run);
    else if (p->status[run] != HM_OK)
        status = hm_err_set(&err, p->status[run], NULL, 0, 0, NULL, "%s", p->error[run]);
    else {
        hm_arena arena;
        hm_arena_init(&arena, 0);
        status =
            predict(&p->run[run], conditions_text, distance_m, n, &arena, time_s, speed_mps, &err);
        hm_arena_free(&arena);
    }
    return lib_report(status, &err, message, message_size);
}
