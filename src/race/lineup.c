#include "lineup_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

static const double finish_m = 100;
static const double probe_mps = 0.05; /* half the step of the central difference by wind */
static const double close_s = 0.10;   /* a neighbour this far off counts by 1 / e; assumed */

/* ---- one runner ---- */

static bool time_through(const hm_runner *r, const race_air *air, const double wind_mps[],
                         double *run_s)
{
    return race_run_gusty(&r->drive, race_drag_per_m(r, air), wind_mps, 1, &finish_m, run_s);
}

/* The run is a power series in each second: differences over 0.1 m/s are exact to 1e-6 s per m/s.
 * Seconds after he has arrived are worth nothing. */
static bool slopes_by_wind(const hm_runner *r, const race_air *air, race_linear *l)
{
    double w[HM_WIND_CELL_MAX];
    for (int k = 0; k < HM_WIND_CELL_MAX; k++)
        w[k] = air->wind_mps;
    for (int k = 0; k < HM_WIND_CELL_MAX && k < l->slopes.run_s; k++) {
        double fast_s, slow_s;
        w[k] = air->wind_mps + probe_mps;
        if (!time_through(r, air, w, &fast_s))
            return false;
        w[k] = air->wind_mps - probe_mps;
        if (!time_through(r, air, w, &slow_s))
            return false;
        w[k] = air->wind_mps;
        l->by_wind[k] = (fast_s - slow_s) / (2 * probe_mps);
    }
    return true;
}

hm_status race_linear_of(const hm_sheet *sheet, const hm_runner *r, const hm_day *day,
                         race_linear *l, hm_err *err)
{
    race_air air = race_air_of(day, sheet);
    *l = (race_linear){.start_sd_s = day->start_sd_s};
    if (!race_slopes_of(r, &air, &l->slopes) || !slopes_by_wind(r, &air, l))
        return hm_err_set(err, HM_ERR_INPUT, sheet->source, 0, 0, "lane",
                          "expected a runner who arrives at 100 m in this air");
    double var = 0;
    for (int j = 0; j < HM_DRIVE_BY_COUNT; j++) {
        for (int i = j; i < HM_DRIVE_BY_COUNT; i++)
            l->by_fit[j] += l->slopes.by[i] * r->root[i][j];
        var += l->by_fit[j] * l->by_fit[j];
    }
    l->param_sd_s = sqrt(var);
    l->form_sd_s = day->form_sd_frac * l->slopes.run_s;
    return HM_OK;
}

/* ---- the field ---- */

static void weigh(race_lineup *f)
{
    f->n_cell = HM_WIND_GAUGE_S;
    for (int32_t j = 0; j < f->n; j++)
        for (int32_t k = 0; k < HM_WIND_CELL_MAX; k++) {
            f->weight[j][k] = f->linear[j].by_wind[k];
            if (f->weight[j][k] != 0 && k >= f->n_cell)
                f->n_cell = k + 1;
        }
    for (int32_t k = 0; k < HM_WIND_GAUGE_S; k++)
        f->weight[f->n][k] = 1.0 / HM_WIND_GAUGE_S;
}

static void wind_of_lineup(race_lineup *f)
{
    double c[HM_WIND_SITE_MAX][HM_WIND_SITE_MAX] = {{0}};
    hm_gust_law *law = &f->gusts;
    hm_gust_law_make(f->air.wind_mps, f->day->fair ? 0 : f->day->gust_frac, f->n, f->lane, law);
    weigh(f);
    for (int32_t j = 0; j <= f->n; j++)
        for (int32_t k = 0; k < HM_WIND_CELL_MAX; k++) {
            double one[HM_WIND_CELL_MAX] = {0};
            one[k] = 1;
            f->reach[j][k] = hm_gust_overlap(law, HM_WIND_CELL_MAX, f->weight[j], one);
        }
    for (int32_t i = 0; i <= f->n; i++)
        for (int32_t j = 0; j <= f->n; j++) {
            f->joint[i][j] = law->sd_mps * law->sd_mps * hm_gust_correlation(law, i, j);
            c[i][j] =
                f->joint[i][j] * hm_gust_overlap(law, HM_WIND_CELL_MAX, f->weight[i], f->weight[j]);
        }
    race_root(f->n + 1, HM_WIND_SITE_MAX, c[0], f->wind_root[0]);
}

hm_status race_check_call(const hm_sheet *sheet, const hm_day *day, hm_err *err)
{
    HM_ASSERT(day->cookie == hm_day_default().cookie);
    HM_TRY(hm_option_check(&hm_day_table, day, err));
    if (sheet->n_row < 1 || sheet->n_row > HM_LANE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, sheet->source, 0, 0, "lane",
                          "expected 1 to %d runners, found %d", HM_LANE_MAX, sheet->n_row);
    return HM_OK;
}

hm_status race_lineup_make(const hm_sheet *sheet, const hm_runner runner[], const hm_day *day,
                           uint64_t seed, race_lineup *out, hm_err *err)
{
    race_lineup f = {.day = day, .keys = race_keys_of(seed, sheet), .air = race_air_of(day, sheet)};
    for (int32_t i = 0; i < sheet->n_row; i++) {
        if (!(runner[i].drive.v0_mps > 0))
            continue;
        HM_TRY(race_linear_of(sheet, &runner[i], day, &f.linear[f.n], err));
        f.row[f.n] = i;
        f.lane[f.n] = sheet->row[i].lane;
        f.runner[f.n++] = &runner[i];
    }
    if (f.n == 0)
        return hm_err_set(err, HM_ERR_INPUT, sheet->source, 0, 0, "lane",
                          "expected a runner of whom a time is known, found none");
    wind_of_lineup(&f);
    *out = f;
    return HM_OK;
}

/* ---- one race ---- */

void race_lineup_fit(const race_lineup *f, uint32_t group, race_normal4 fit[], double param_s[])
{
    for (int32_t i = 0; i < f->n; i++) {
        fit[i] = race_fit_of(&f->keys, f->runner[i]->person, group);
        param_s[i] = 0;
        for (int j = 0; j < HM_DRIVE_BY_COUNT; j++)
            param_s[i] += f->linear[i].by_fit[j] * fit[i].z[j];
    }
}

void race_company(double neighbour_frac, int32_t n, const int32_t lane[], const double t_s[],
                  double gain_frac[])
{
    for (int32_t i = 0; i < n; i++) {
        double least_s = HUGE_VAL;
        for (int32_t j = 0; j < n; j++)
            if (lane[j] == lane[i] - 1 || lane[j] == lane[i] + 1)
                least_s = fmin(least_s, fabs(t_s[j] - t_s[i]));
        gain_frac[i] = isfinite(least_s) ? neighbour_frac * hm_exp(-least_s / close_s) : 0;
    }
}

/* The neighbours of these times; whose form it changes is told. */
static void with_company(const race_lineup *f, double t_s[], double form_frac[])
{
    double gain_frac[HM_LANE_MAX];
    race_company(f->day->neighbour_frac, f->n, f->lane, t_s, gain_frac);
    for (int32_t i = 0; i < f->n; i++) {
        t_s[i] -= gain_frac[i] * f->linear[i].slopes.run_s;
        form_frac[i] -= gain_frac[i];
    }
}

void race_lineup_run(const race_lineup *f, const double param_s[], uint32_t number, race_outcome *o)
{
    double *z = o->wind_z, unused[HM_LANE_MAX] = {0};
    for (int32_t i = 0; i < f->n; i++) {
        const race_linear *l = &f->linear[i];
        race_normal4 luck = race_luck_of(&f->keys, f->day, f->runner[i]->person, number);
        z[i] = luck.z[LUCK_WIND];
        o->reaction_s[i] = race_reaction_of(f->day, f->runner[i], luck.z[LUCK_REACTION]);
        o->form_frac[i] = f->day->form_sd_frac * luck.z[LUCK_FORM];
        o->start_s[i] = l->start_sd_s * luck.z[LUCK_START];
        double t =
            l->slopes.run_s + o->reaction_s[i] + l->form_sd_s * luck.z[LUCK_FORM] + o->start_s[i];
        for (int32_t k = 0; k <= i; k++)
            t += f->wind_root[i][k] * z[k];
        o->best_s[i] = t;
        o->t_s[i] = t + param_s[i];
    }
    if (f->day->neighbour_frac != 0) {
        with_company(f, o->best_s, unused);
        with_company(f, o->t_s, o->form_frac);
    }
    z[f->n] =
        race_normals(f->keys.seed, HM_FOR_GUST, HM_WIND_SITE_MAX, number ^ f->keys.race, 0).z[0];
    o->gauge_mps = f->air.wind_mps;
    for (int32_t k = 0; k <= f->n; k++)
        o->gauge_mps += f->wind_root[f->n][k] * z[k];
}

/* ---- its wind in full ---- */

/* Drawn gusts plus what joins them to given sums of them (conditioning by kriging, Journel and
 * Huijbregts 1978): y = (root root')^-1 (root z - effects drawn). The law stays the same. */
void race_lineup_blow(const race_lineup *f, const double wind_z[], uint32_t number, int32_t n_cell,
                      double w_mps[HM_WIND_SITE_MAX][HM_WIND_CELL_MAX])
{
    double y[HM_WIND_SITE_MAX];
    HM_ASSERT(n_cell >= f->n_cell);
    hm_gust_draw(&f->gusts, f->keys.seed, number ^ f->keys.race, n_cell, w_mps);
    for (int32_t i = 0; i <= f->n; i++) {
        double drawn = 0;
        for (int32_t k = 0; k < f->n_cell; k++)
            drawn += f->weight[i][k] * (w_mps[i][k] - f->gusts.mean_mps);
        for (int32_t k = 0; k < i; k++)
            drawn -= f->wind_root[i][k] * y[k];
        y[i] = f->wind_root[i][i] > 0 ? drawn / f->wind_root[i][i] : wind_z[i];
    }
    for (int32_t i = f->n; i >= 0; i--) {
        y[i] = wind_z[i] - y[i];
        for (int32_t k = i + 1; k <= f->n; k++)
            y[i] -= f->wind_root[k][i] * y[k];
        y[i] = f->wind_root[i][i] > 0 ? y[i] / f->wind_root[i][i] : 0;
    }
    for (int32_t i = 0; i <= f->n; i++)
        for (int32_t j = 0; j <= f->n; j++) {
            double pull = f->joint[i][j] * y[j];
            for (int32_t k = 0; k < n_cell; k++)
                w_mps[i][k] += pull * f->reach[j][k];
        }
}

double race_felt_mps(int32_t n_cell, const double wind_mps[], double run_s)
{
    double sum = 0;
    for (int32_t k = 0; k < run_s; k++)
        sum += wind_mps[k < n_cell ? k : n_cell - 1] * fmin(run_s - k, 1);
    return sum / run_s;
}
