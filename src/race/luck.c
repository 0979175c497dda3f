/* What chance does to a runner on the day. docs/physics/simulate.md */
#include "luck_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"
#include "race/wind.h"
#include "sprint/air.h"

static const uint32_t day_cookie = 0x64617921;
static const double fair_reaction_s =
    0.155; /* mean of the law of elite finals, sprint.md: computed */

static const double finish_m = 100;

#define AT(field) #field, offsetof(hm_day, field)
static const hm_option row[] = {
    {AT(wind_mps), HM_OPTION_DOUBLE, "m/s", (double)NAN, -10, 10, NULL,
     "mean wind of a simulated race, + from behind (default: the sheet's)", ""},
    {AT(altitude_m), HM_OPTION_DOUBLE, "m", (double)NAN, -500, 6000, NULL,
     "altitude of a simulated race (default: the sheet's)", ""},
    {AT(temp_c), HM_OPTION_DOUBLE, "C", (double)NAN, -30, 50, NULL,
     "temperature of a simulated race (default: the sheet's)", ""},
    {AT(gust_frac), HM_OPTION_DOUBLE, "", 1, 0, 5, NULL, "strength of gusts; 0 = even wind", ""},
    {AT(form_sd_frac), HM_OPTION_DOUBLE, "", 0.008, 0, 0.1, NULL,
     "form from race to race, sd as a part of the time", "Hopkins 2005"},
    {AT(form_day_frac), HM_OPTION_DOUBLE, "", 0.44, 0, 1, NULL,
     "part of the variance of form that stays through the rounds of one day", "Pyne 2004"},
    {AT(start_sd_s), HM_OPTION_DOUBLE, "s", 0.010, 0, 0.1, NULL,
     "what the first strides win or lose, sd", ""},
    {AT(neighbour_frac), HM_OPTION_DOUBLE, "", 0, -0.02, 0.02, NULL,
     "what a neighbour level with him makes a runner faster by, as a part of the time", ""},
    {AT(fair), HM_OPTION_BOOL, "", 0, 0, 1, NULL,
     "still air, sea level, 15 C and the same reaction for all", ""},
};
#undef AT

_Static_assert(sizeof(hm_day) == 80, "a field of hm_day lacks its row");

const hm_option_table hm_day_table = {"day", sizeof(hm_day), sizeof row / sizeof *row, row};

hm_day hm_day_default(void)
{
    hm_day d = {.cookie = day_cookie};
    hm_option_defaults(&hm_day_table, &d);
    return d;
}

/* ---- draws ---- */

static void two_normals(uint32_t a, uint32_t b, double z[2])
{
    double r = sqrt(-2 * hm_log((a + 0.5) / 4294967296.0));
    double turn = HM_TAU * ((b + 0.5) / 4294967296.0);
    z[0] = r * hm_cos(turn);
    z[1] = r * hm_sin(turn);
}

/* Box and Muller 1958 */
race_normal4 race_normals(uint64_t seed, hm_purpose purpose, uint64_t entity, uint32_t when,
                          uint32_t draw)
{
    race_normal4 out;
    hm_draw4 d = hm_rng(seed, purpose, entity, when, draw);
    two_normals(d.u[0], d.u[1], out.z);
    two_normals(d.u[2], d.u[3], out.z + 2);
    return out;
}

race_keys race_keys_of(uint64_t seed, const hm_sheet *sheet)
{
    return (race_keys){seed, hm_prior_day(sheet->meet, sheet->date, NULL),
                       hm_prior_day(sheet->meet, sheet->date, sheet->round)};
}

race_normal4 race_luck_of(const race_keys *k, const hm_day *day, uint64_t person, uint32_t number)
{
    race_normal4 luck = race_normals(k->seed, HM_FOR_RACE_DAY, person, number, k->race);
    double kept = day->form_day_frac;
    if (kept > 0 && day->form_sd_frac > 0) {
        double z[2];
        hm_draw4 d = hm_rng(k->seed, HM_FOR_FORM, person, number, k->day);
        two_normals(d.u[0], d.u[1], z);
        luck.z[LUCK_FORM] = sqrt(kept) * z[0] + sqrt(1 - kept) * luck.z[LUCK_FORM];
    }
    return luck;
}

race_normal4 race_fit_of(const race_keys *k, uint64_t person, uint32_t group)
{
    return race_normals(k->seed, HM_FOR_FIT, person, group, 0);
}

double race_reaction_of(const hm_day *day, const hm_runner *r, double z)
{
    const hm_reaction_law *law = &r->reaction;
    if (day->fair)
        return fair_reaction_s;
    double s = law->base_s + law->median_s * hm_exp(law->spread * z);
    return fmin(fmax(s, law->least_s), law->most_s);
}

void race_root(int32_t n, int32_t stride, const double a[], double root[])
{
    memset(root, 0, sizeof root[0] * (size_t)(n * stride));
    for (int32_t j = 0; j < n; j++) {
        double left = a[j * stride + j];
        for (int32_t k = 0; k < j; k++)
            left -= root[j * stride + k] * root[j * stride + k];
        /* what rounding leaves of nothing is nothing */
        if (!(left > 1e-12 * a[j * stride + j]))
            continue;
        double diagonal = root[j * stride + j] = sqrt(left);
        for (int32_t i = j + 1; i < n; i++) {
            double sum = a[i * stride + j];
            for (int32_t k = 0; k < j; k++)
                sum -= root[i * stride + k] * root[j * stride + k];
            root[i * stride + j] = sum / diagonal;
        }
    }
}

/* ---- the runner ---- */

static int32_t index_of(const hm_sprinter_run *run, const char *name)
{
    for (int32_t i = 0; i < run->n_param; i++)
        if (strcmp(run->param_name[i], name) == 0)
            return i;
    return -1;
}

/* Rows by hm_drive_by, columns by the parameters of the fit: what each of these does to those. */
static void turn_covariance(const hm_sprinter_run *run, const hm_drive *d, hm_runner *r)
{
    double by[HM_DRIVE_BY_COUNT][HM_SPRINTER_PARAM_MAX] = {{0}};
    int32_t v0 = index_of(run, "v0_mps"), rise = index_of(run, "rise_mps3");
    int32_t fade = index_of(run, "fade_mps3"), burst = index_of(run, "burst_m");
    if (v0 < 0 || rise < 0 || fade < 0 || burst < 0)
        return;                 /* mono and decay: taken as exact */
    double f0 = d->f0_n_per_kg; /* = sqrt(rise V0) */
    by[HM_DRIVE_BY_F0][v0] = 0.5 * f0 / d->v0_mps;
    by[HM_DRIVE_BY_F0][rise] = 0.5 * d->v0_mps / f0;
    by[HM_DRIVE_BY_V0][v0] = by[HM_DRIVE_BY_FADE][fade] = by[HM_DRIVE_BY_BURST][burst] = 1;
    double c[HM_DRIVE_BY_COUNT][HM_DRIVE_BY_COUNT] = {{0}};
    for (int i = 0; i < HM_DRIVE_BY_COUNT; i++)
        for (int j = 0; j < HM_DRIVE_BY_COUNT; j++)
            for (int32_t k = 0; k < run->n_param; k++)
                for (int32_t l = 0; l < run->n_param; l++)
                    if (by[i][k] != 0 && by[j][l] != 0 && isfinite(run->covariance[k][l]))
                        c[i][j] += by[i][k] * run->covariance[k][l] * by[j][l];
    race_root(HM_DRIVE_BY_COUNT, HM_DRIVE_BY_COUNT, c[0], r->root[0]);
}

hm_status hm_runner_of_run(const hm_sprinter_run *run, uint64_t person,
                           const hm_reaction_law *reaction, hm_runner *runner, hm_err *err)
{
    hm_runner r = {.person = person,
                   .model = run->model,
                   .law = run->altitude_law,
                   .mass_kg = run->mass_kg,
                   .stature_m = run->stature_m,
                   .reaction = *reaction};
    HM_TRY(hm_drive_of_run(run, &r.drive, err));
    if (run->model == HM_MODEL_DRIVE)
        turn_covariance(run, &r.drive, &r);
    *runner = r;
    return HM_OK;
}

/* ---- the day ---- */

static double first_known(double a, double b, double c)
{
    return !isnan(a) ? a : !isnan(b) ? b : c;
}

race_air race_air_of(const hm_day *day, const hm_sheet *sheet)
{
    hm_air ref = hm_air_reference();
    if (day->fair)
        return (race_air){0, ref.altitude_m, ref.temp_c};
    return (race_air){first_known(day->wind_mps, sheet->wind_mps, 0),
                      first_known(day->altitude_m, sheet->altitude_m, ref.altitude_m),
                      first_known(day->temp_c, sheet->temp_c, ref.temp_c)};
}

double race_drag_per_m(const hm_runner *r, const race_air *air)
{
    hm_air a = {air->wind_mps, air->altitude_m, air->temp_c, (double)NAN};
    return hm_drag_per_m(r->model, r->law, &a, r->mass_kg, r->stature_m);
}

bool race_slopes_of(const hm_runner *r, const race_air *air, race_slopes *out)
{
    hm_drive_path path;
    hm_drive_point end;
    hm_drive_path_begin(&path, &r->drive, race_drag_per_m(r, air), air->wind_mps, true);
    if (!hm_drive_path_to_x(&path, finish_m, &end))
        return false;
    race_slopes s = {.run_s = end.s_s, .drag_per_m = path.drag_per_m, .wind_mps = path.wind_mps};
    for (int i = 0; i < HM_DRIVE_BY_COUNT; i++)
        s.by[i] = -end.dx[i] / end.v_mps;
    double both =
        s.by[HM_DRIVE_BY_V0] * r->drive.v0_mps + s.by[HM_DRIVE_BY_F0] * r->drive.f0_n_per_kg;
    s.form_gain = both < 0 ? s.run_s / -both : 0;
    *out = s;
    return true;
}

/* Parameter k of a draw lies below its bound: to the bound, and the others with it as the
 * covariance has them hang together, so that what the fit does know (his time) stays as drawn. */
static void hold_at_zero(const hm_runner *r, int k, double best, double add[])
{
    double var = 0, excess = -(best + add[k]);
    for (int j = 0; j <= k; j++)
        var += r->root[k][j] * r->root[k][j];
    for (int i = 0; i < HM_DRIVE_BY_COUNT && excess > 0 && var > 0; i++) {
        double shared = 0;
        for (int j = 0; j <= (i < k ? i : k); j++)
            shared += r->root[i][j] * r->root[k][j];
        add[i] += shared / var * excess;
    }
}

/* Time goes with one over speed, so dividing is linear in the time further than multiplying. */
static void change_form(const race_slopes *s, double longer_frac, hm_drive *d)
{
    d->f0_n_per_kg /= 1 + s->form_gain * longer_frac;
    d->v0_mps /= 1 + s->form_gain * longer_frac;
}

/* One drawn from the fit. */
static hm_drive drive_of_fit(const hm_runner *r, const race_slopes *s, const double param_z[])
{
    double add[HM_DRIVE_BY_COUNT] = {0}, want_s = s->run_s;
    hm_drive d = r->drive;
    for (int i = 0; i < HM_DRIVE_BY_COUNT; i++) {
        for (int j = 0; j <= i; j++)
            add[i] += r->root[i][j] * param_z[j];
        want_s += s->by[i] * add[i];
    }
    hold_at_zero(r, HM_DRIVE_BY_FADE, d.fade_mps3, add);
    hold_at_zero(r, HM_DRIVE_BY_BURST, d.burst_m, add);
    d.f0_n_per_kg = fmax(d.f0_n_per_kg + add[HM_DRIVE_BY_F0], 0.2 * d.f0_n_per_kg);
    d.v0_mps = fmax(d.v0_mps + add[HM_DRIVE_BY_V0], 0.2 * d.v0_mps);
    d.fade_mps3 = fmax(d.fade_mps3 + add[HM_DRIVE_BY_FADE], 0);
    d.burst_m = fmax(d.burst_m + add[HM_DRIVE_BY_BURST], 0);
    hm_drive_path path;
    hm_drive_point end;
    hm_drive_path_begin(&path, &d, s->drag_per_m, s->wind_mps, false);
    if (hm_drive_path_to_x(&path, finish_m, &end))
        change_form(s, (want_s - end.s_s) / s->run_s, &d);
    return d;
}

hm_drive race_drive_of_day(const hm_runner *r, const race_slopes *s, const double param_z[],
                           double form_frac, double start_s)
{
    hm_drive d = drive_of_fit(r, s, param_z);
    double by_burst = s->by[HM_DRIVE_BY_BURST];
    change_form(s, form_frac, &d);
    d.burst_m = fmax(d.burst_m + (by_burst < 0 ? start_s / by_burst : 0), 0);
    return d;
}

/* The wind of the second that the next piece begins in; no piece reaches into the one after. */
static void set_wind(hm_drive_path *path, double from_s, const double wind_mps[])
{
    double k = floor(from_s + 1e-9);
    int32_t cell = (int32_t)fmin(k, HM_WIND_CELL_MAX - 1);
    path->wind_mps = wind_mps[cell];
    path->longest_s = k + 1 - from_s;
}

race_gusty race_gusty_begin(const hm_drive *d, double drag_per_m, const double wind_mps[])
{
    race_gusty g = {.drive = *d, .drag_per_m = drag_per_m, .wind_mps = wind_mps};
    hm_drive_path_begin(&g.path, d, drag_per_m, wind_mps[0], false);
    return g;
}

static bool next_piece(race_gusty *g)
{
    set_wind(&g->path, g->path.s_s + g->path.length_s, g->wind_mps);
    return hm_drive_path_next(&g->path);
}

bool race_gusty_at(race_gusty *g, double s_s, hm_drive_point *point)
{
    if (s_s < g->path.s_s)
        hm_drive_path_begin(&g->path, &g->drive, g->drag_per_m, g->wind_mps[0], false);
    while (g->path.s_s + g->path.length_s < s_s)
        if (!next_piece(g))
            return false;
    hm_drive_path_at(&g->path, s_s, point);
    return true;
}

bool race_gusty_to_x(race_gusty *g, double x_m, hm_drive_point *point)
{
    while (g->path.end_x_m < x_m)
        if (!next_piece(g))
            return false;
    return hm_drive_path_to_x(&g->path, x_m, point);
}

bool race_run_gusty(const hm_drive *d, double drag_per_m, const double wind_mps[], int32_t n,
                    const double x_m[], double t_s[])
{
    race_gusty g = race_gusty_begin(d, drag_per_m, wind_mps);
    for (int32_t i = 0; i < n; i++) {
        hm_drive_point at;
        if (!race_gusty_to_x(&g, x_m[i], &at))
            return false;
        t_s[i] = at.s_s;
    }
    return true;
}
