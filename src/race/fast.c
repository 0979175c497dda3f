#include "race/fast.h"

#include "lineup_priv.h"
#include "replay_priv.h"

#include <math.h>

#include "race/official.h"
#include "race/rank.h"

static const double probe_mps = 0.05; /* half the step of the central difference by wind */

enum {
    BY_FORM = HM_DRIVE_BY_COUNT,
    BY_START,
    BY_WIND, /* the first second; then the others */
    N_BY = BY_WIND + HM_WIND_CELL_MAX,
    KNOT = HM_QUICK_KNOT,
    ROOM = KNOT + 1 /* even, so that two go at once */
};

/* One runner: his run, and what chance delays him by at each knot. */
typedef struct fast_lane {
    int32_t n_by;          /* seconds in which he still runs included */
    double by[N_BY][ROOM]; /* [1] s per normal number, per part of the run, per s, per m/s */
    hm_quick_run run;
} fast_lane;

struct hm_fast {
    race_lineup up;
    fast_lane lane[]; /* (up.n) */
};

/* ---- a field made ready ---- */

/* By parameters: d delay = - dx / v, at each knot but the first. */
static bool delays_by_luck(const race_lineup *up, int32_t i, fast_lane *l)
{
    const hm_runner *r = up->runner[i];
    const race_slopes *s = &up->linear[i].slopes;
    double by_burst = s->by[HM_DRIVE_BY_BURST];
    hm_drive_path path;
    hm_drive_path_begin(&path, &r->drive, s->drag_per_m, s->wind_mps, true);
    for (int k = 1; k < KNOT; k++) {
        hm_drive_point at;
        if (!hm_drive_path_to_s(&path, s->run_s * k / (KNOT - 1), &at))
            return false;
        for (int j = 0; j < HM_DRIVE_BY_COUNT; j++)
            for (int p = j; p < HM_DRIVE_BY_COUNT; p++)
                l->by[j][k] -= at.dx[p] / at.v_mps * r->root[p][j];
        l->by[BY_FORM][k] = s->form_gain *
                            (at.dx[HM_DRIVE_BY_V0] * r->drive.v0_mps +
                             at.dx[HM_DRIVE_BY_F0] * r->drive.f0_n_per_kg) /
                            at.v_mps;
        l->by[BY_START][k] = by_burst < 0 ? -at.dx[HM_DRIVE_BY_BURST] / at.v_mps / by_burst : 0;
    }
    return true;
}

/* Places at the knots, through a wind. */
static bool places_of(const race_lineup *up, int32_t i, const double wind_mps[], double x_m[KNOT])
{
    const race_slopes *s = &up->linear[i].slopes;
    race_gusty g = race_gusty_begin(&up->runner[i]->drive, s->drag_per_m, wind_mps);
    for (int k = 0; k < KNOT; k++) {
        hm_drive_point at;
        if (!race_gusty_at(&g, s->run_s * k / (KNOT - 1), &at))
            return false;
        x_m[k] = at.x_m;
    }
    return true;
}

static bool delays_by_wind(const race_lineup *up, int32_t i, fast_lane *l)
{
    const race_slopes *s = &up->linear[i].slopes;
    double fast_m[KNOT], slow_m[KNOT], w[HM_WIND_CELL_MAX];
    for (int c = 0; c < HM_WIND_CELL_MAX; c++)
        w[c] = s->wind_mps;
    for (int c = 0; c < HM_WIND_CELL_MAX && c < s->run_s; c++) {
        w[c] = s->wind_mps + probe_mps;
        bool arrives = places_of(up, i, w, fast_m);
        w[c] = s->wind_mps - probe_mps;
        arrives &= places_of(up, i, w, slow_m);
        w[c] = s->wind_mps;
        if (!arrives)
            return false;
        for (int k = 1; k < KNOT; k++)
            l->by[BY_WIND + c][k] = -(fast_m[k] - slow_m[k]) / (2 * probe_mps) / l->run.knot_mps[k];
        l->n_by = BY_WIND + c + 1;
    }
    return true;
}

static hm_status make_lane(const hm_sheet *sheet, const race_lineup *up, int32_t i, fast_lane *l,
                           hm_err *err)
{
    const hm_sheet_row *row = &sheet->row[up->row[i]];
    const race_slopes *s = &up->linear[i].slopes;
    race_body b = race_body_of(up->keys.seed, sheet, row);
    hm_stepper who = {b.stature_m, b.age_yr, b.sex, 0, sheet->standing_start};
    l->n_by = BY_WIND;
    if (hm_quick_run_make(&up->runner[i]->drive, s->drag_per_m, s->wind_mps, s->run_s, &who,
                          up->keys.seed, b.person, b.front_foot, &l->run) &&
        delays_by_luck(up, i, l) && delays_by_wind(up, i, l))
        return HM_OK;
    return hm_err_set(err, HM_ERR_INPUT, sheet->source, row->line, 0, "lane",
                      "expected a runner who is at 100 m within %d steps, found %s",
                      HM_QUICK_STEP_MAX, row->name);
}

hm_status hm_fast_make(const hm_sheet *sheet, const hm_runner runner[], const hm_day *day,
                       uint64_t seed, hm_arena *arena, hm_fast **fast, hm_err *err)
{
    HM_TRY(race_check_call(sheet, day, err));
    hm_arena_mark mark = hm_arena_mark_get(arena);
    hm_fast *f = hm_arena_push(arena, 1, sizeof *f + (size_t)sheet->n_row * sizeof f->lane[0]);
    hm_status status = f ? HM_OK
                         : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL,
                                      "no memory for a field of %d", sheet->n_row);
    if (status == HM_OK)
        status = race_lineup_make(sheet, runner, day, seed, &f->up, err);
    for (int32_t i = 0; status == HM_OK && i < f->up.n; i++)
        status = make_lane(sheet, &f->up, i, &f->lane[i], err);
    if (status != HM_OK) {
        hm_arena_release(arena, mark);
        return status;
    }
    *fast = f;
    return HM_OK;
}

/* ---- a race ---- */

static void results_of(const race_lineup *up, const race_outcome *o, hm_fast_race *race)
{
    int64_t key[HM_LANE_MAX];
    int32_t place[HM_LANE_MAX];
    race->n = up->n;
    race->wind_cmps = hm_wind_cmps(o->gauge_mps);
    for (int32_t i = 0; i < up->n; i++)
        key[i] = hm_time_us(o->t_s[i]);
    hm_rank_keys(up->n, key, NULL, place);
    for (int32_t i = 0; i < up->n; i++)
        race->run[i] = (hm_fast_run){up->row[i], place[i], o->reaction_s[i], key[i]};
}

void hm_fast_results(const hm_fast *f, uint32_t number, hm_fast_race *race)
{
    double param_s[HM_LANE_MAX];
    race_normal4 fit[HM_LANE_MAX];
    race_outcome o;
    race_lineup_fit(&f->up, number / RACE_FIT_GROUP, fit, param_s);
    race_lineup_run(&f->up, param_s, number, &o);
    results_of(&f->up, &o, race);
}

/* Where runner i is when; the last knot is the result itself. */
static hm_quick_pace pace_of(const hm_fast *f, int32_t i, const race_normal4 *fit,
                             const race_outcome *o, const double wind_mps[])
{
    const fast_lane *l = &f->lane[i];
    double delay_s[ROOM] = {0}, q[N_BY];
    for (int j = 0; j < HM_DRIVE_BY_COUNT; j++)
        q[j] = fit->z[j];
    q[BY_FORM] = o->form_frac[i];
    q[BY_START] = o->start_s[i];
    for (int32_t j = BY_WIND; j < l->n_by; j++)
        q[j] = wind_mps[j - BY_WIND] - f->up.air.wind_mps;
    for (int32_t j = 0; j < l->n_by; j++)
        for (int k = 0; k < ROOM; k++)
            delay_s[k] += l->by[j][k] * q[j];
    delay_s[KNOT - 1] = o->t_s[i] - o->reaction_s[i] - l->run.run_s;
    return hm_quick_pace_of(&l->run, o->reaction_s[i], delay_s);
}

void hm_fast_footfalls(const hm_fast *f, uint32_t number, hm_fast_race *race, hm_fast_steps *steps)
{
    double param_s[HM_LANE_MAX], w_mps[HM_WIND_SITE_MAX][HM_WIND_CELL_MAX];
    race_normal4 fit[HM_LANE_MAX];
    race_outcome o;
    race_lineup_fit(&f->up, number / RACE_FIT_GROUP, fit, param_s);
    race_lineup_run(&f->up, param_s, number, &o);
    results_of(&f->up, &o, race);
    race_lineup_blow(&f->up, o.wind_z, number, f->up.n_cell, w_mps);
    const hm_quick_run *run[HM_LANE_MAX];
    for (int32_t i = 0; i < f->up.n; i++) {
        run[i] = &f->lane[i].run;
        steps->wind_mps[i] = race_felt_mps(f->up.n_cell, w_mps[i], o.t_s[i] - o.reaction_s[i]);
        steps->pace[i] = pace_of(f, i, &fit[i], &o, w_mps[i]);
    }
    hm_quick_steps(f->up.n, run, steps->pace, steps->step, steps->n_step);
}

double hm_fast_x_m(const hm_fast *f, const hm_fast_steps *steps, int32_t i, double t_s)
{
    return hm_quick_x_m(&f->lane[i].run, &steps->pace[i], t_s);
}
