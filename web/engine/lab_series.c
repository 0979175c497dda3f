/* lab_series.c - the numbers behind the charts of a race. */
#include "lab.h"

#include <math.h>

#include "race/reaction.h"
#include "sprint/air.h"

enum { DX_N = 101, FV_N = 41, N_PERSON = 400, STEP_MAX = 512 };
static const double dx_m = 1, dt_s = 0.05, finish_m = 100;
static const double z90 = 1.6448536269514722; /* [1] 5 % of a normal law lie above */

/* One text in the making: the race, the fits beside its lanes, what the runners became. */
typedef struct series {
    const hm_race *race;
    const lab_fit *fit;      /* (n_lane) */
    const hm_drive *changed; /* (n_lane) NULL = as fitted */
    int32_t n_time;          /* samples every dt_s */
    int32_t winner;          /* index, -1 = none */
    double win_at_s[DX_N];   /* of the winner at each dx_m */
    hm_json_out *out;
} series;

/* Six digits are more than a chart can show, and a fifth of the text. */
static double brief(double v)
{
    return isfinite(v) ? floor(v * 1e5 + 0.5) / 1e5 : (double)NAN;
}

static void put(const series *s, const char *key, double v)
{
    hm_json_put_number(s->out, key, brief(v));
}

static void put_column(const series *s, const char *key, int32_t n, double v[])
{
    for (int32_t i = 0; i < n; i++)
        v[i] = brief(v[i]);
    hm_json_put_numbers(s->out, key, n, v);
}

/* ---- curves ---- */

static void times_at_places(const hm_lane *l, double t_s[DX_N])
{
    double end_s = l->curve.n ? l->curve.dt_s * (l->curve.n - 1) : 0;
    for (int32_t k = 0; k < DX_N; k++) {
        t_s[k] = l->curve.n == 0 ? (double)NAN
                 : k == 0        ? l->reaction_s
                                 : hm_curve_time_s(&l->curve, k * dx_m);
        if (t_s[k] < 0 || t_s[k] > end_s)
            t_s[k] = (double)NAN;
    }
}

static double leader_x_m(const hm_race *race, double t_s)
{
    double x_m = 0;
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].curve.n)
            x_m = fmax(x_m, hm_curve_x_m(&race->lane[i].curve, t_s));
    return x_m;
}

static void put_places(const series *s, const hm_lane *l)
{
    double t_s[DX_N], v_mps[DX_N], gap_s[DX_N];
    times_at_places(l, t_s);
    for (int32_t k = 0; k < DX_N; k++) {
        v_mps[k] = isnan(t_s[k]) ? (double)NAN : hm_curve_v_mps(&l->curve, t_s[k]);
        gap_s[k] = s->winner < 0 ? (double)NAN : t_s[k] - s->win_at_s[k];
    }
    put_column(s, "t_at_m", DX_N, t_s);
    put_column(s, "v_at_m", DX_N, v_mps);
    put_column(s, "gap_s_at_m", DX_N, gap_s);
}

static hm_status put_instants(const series *s, const hm_lane *l, hm_arena *arena)
{
    double *x_m = HM_PUSH(arena, double, s->n_time), *v_mps = HM_PUSH(arena, double, s->n_time);
    double *gap_m = HM_PUSH(arena, double, s->n_time);
    if (!x_m || !v_mps || !gap_m)
        return HM_ERR_SYSTEM;
    for (int32_t k = 0; k < s->n_time; k++) {
        bool there = l->curve.n > 0 && k * dt_s <= l->end_s;
        x_m[k] = there ? hm_curve_x_m(&l->curve, k * dt_s) : (double)NAN;
        v_mps[k] = there ? hm_curve_v_mps(&l->curve, k * dt_s) : (double)NAN;
        /* behind the leader as long as anybody is on the way: the run-out is nobody's race */
        double lead_m = leader_x_m(s->race, k * dt_s);
        gap_m[k] = lead_m <= finish_m ? lead_m - x_m[k] : (double)NAN;
    }
    put_column(s, "x_at_s", s->n_time, x_m);
    put_column(s, "v_at_s", s->n_time, v_mps);
    put_column(s, "gap_m_at_s", s->n_time, gap_m);
    return HM_OK;
}

/* ---- what the fit leaves open, along the run ---- */

static bool run_of(const hm_drive *d, double drag_per_m, double wind_mps, double t_s[DX_N],
                   double v_mps[DX_N])
{
    double x[HM_DRIVE_SAMPLE_MAX], v[HM_DRIVE_SAMPLE_MAX];
    hm_drive_curve c = {.x_m = x, .v_mps = v};
    if (!(d->f0_n_per_kg > 0) || !(d->v0_mps > 0) || d->fade_mps3 < 0 || d->burst_m < 0 ||
        !hm_drive_run(d, drag_per_m, wind_mps, finish_m, &c))
        return false;
    for (int32_t k = 0; k < DX_N; k++) {
        t_s[k] = hm_drive_time_s(&c, k * dx_m);
        v_mps[k] = hm_drive_v_mps(&c, t_s[k]);
    }
    return true;
}

static hm_drive moved(const hm_runner *r, int column, double z)
{
    hm_drive d = r->drive;
    d.f0_n_per_kg += z * r->root[HM_DRIVE_BY_F0][column];
    d.v0_mps += z * r->root[HM_DRIVE_BY_V0][column];
    d.fade_mps3 = fmax(0, d.fade_mps3 + z * r->root[HM_DRIVE_BY_FADE][column]);
    d.burst_m = fmax(0, d.burst_m + z * r->root[HM_DRIVE_BY_BURST][column]);
    return d;
}

/* sds of time and speed at each place: the run again, one sd along each column of the root. */
static void put_spread(const series *s, const lab_fit *f)
{
    const hm_runner *r = &f->runner;
    const hm_air *air = &f->run.air;
    double t[2][DX_N], v[2][DX_N], t_sd[DX_N] = {0}, v_sd[DX_N] = {0};
    double wind_mps = isnan(air->wind_mps) ? 0 : air->wind_mps;
    double drag = hm_drag_per_m(r->model, r->law, air, r->mass_kg, r->stature_m);
    for (int j = 0; j < HM_DRIVE_BY_COUNT; j++) {
        hm_drive less = moved(r, j, -1), more = moved(r, j, 1);
        if (!run_of(&less, drag, wind_mps, t[0], v[0]) ||
            !run_of(&more, drag, wind_mps, t[1], v[1]))
            return;
        for (int32_t k = 0; k < DX_N; k++) {
            t_sd[k] += 0.25 * (t[1][k] - t[0][k]) * (t[1][k] - t[0][k]);
            v_sd[k] += 0.25 * (v[1][k] - v[0][k]) * (v[1][k] - v[0][k]);
        }
    }
    for (int32_t k = 0; k < DX_N; k++) {
        t_sd[k] = sqrt(t_sd[k]);
        v_sd[k] = sqrt(v_sd[k]);
    }
    put_column(s, "t_sd_s_at_m", DX_N, t_sd);
    put_column(s, "v_sd_mps_at_m", DX_N, v_sd);
}

/* ---- steps and splits ---- */

/* Step n: from the toe-off before it to its own toe-off. */
static void put_steps(const series *s, const hm_lane *l)
{
    double x_m[STEP_MAX], rate_hz[STEP_MAX], length_m[STEP_MAX], contact_s[STEP_MAX],
        flight_s[STEP_MAX];
    int32_t n = 0;
    for (int32_t i = 0; i < l->n_step && n < STEP_MAX; i++) {
        const hm_step *at = &l->step[i];
        if (at->x_m > finish_m)
            break;
        double off_s = i ? at[-1].off_s : l->start.front_off_s;
        double from_m = i ? at[-1].x_m : l->start.front_x_m;
        x_m[n] = at->x_m;
        contact_s[n] = at->off_s - at->on_s;
        flight_s[n] = at->on_s - off_s;
        rate_hz[n] = 1 / (at->off_s - off_s);
        length_m[n++] = at->x_m - from_m;
    }
    hm_json_put_object(s->out, "steps", HM_JSON_BLOCK);
    put_column(s, "x_m", n, x_m);
    put_column(s, "rate_hz", n, rate_hz);
    put_column(s, "length_m", n, length_m);
    put_column(s, "contact_s", n, contact_s);
    put_column(s, "flight_s", n, flight_s);
    hm_json_put_end(s->out);
}

static void put_splits(const series *s, const hm_lane *l)
{
    hm_json_put_array(s->out, "splits", HM_JSON_BLOCK);
    for (int32_t k = 0; k < l->n_split; k++) {
        const hm_split *at = &l->split[k];
        double from_m = k ? at[-1].distance_m : 0, from_s = k ? at[-1].time_s : l->reaction_s;
        hm_json_put_object(s->out, NULL, HM_JSON_LINE);
        put(s, "distance_m", at->distance_m);
        put(s, "time_s", at->time_s);
        put(s, "mean_mps", (at->distance_m - from_m) / (at->time_s - from_s));
        hm_json_put_bool(s->out, "measured", at->measured);
        hm_json_put_end(s->out);
    }
    hm_json_put_end(s->out);
}

/* ---- fit, force and speed ---- */

static void put_estimate(const series *s, const char *key, const hm_estimate *e, double factor)
{
    hm_json_put_object(s->out, key, HM_JSON_LINE);
    put(s, "value", e->value * factor);
    put(s, "lo90", e->lo90 * factor);
    put(s, "hi90", e->hi90 * factor);
    hm_json_put_end(s->out);
}

/* Force and power against speed with their sds, of the runner as fitted; the derivatives of
 * F0 (1 - v / V0) by both. */
static void put_line(const series *s, const hm_runner *r)
{
    double v[FV_N], f[FV_N], f_sd[FV_N], p[FV_N], p_sd[FV_N];
    const hm_drive *d = &r->drive;
    for (int32_t k = 0; k < FV_N; k++) {
        double var = 0;
        v[k] = d->v0_mps * k / (FV_N - 1);
        for (int j = 0; j < HM_DRIVE_BY_COUNT; j++) {
            double by =
                (1 - v[k] / d->v0_mps) * r->root[HM_DRIVE_BY_F0][j] +
                d->f0_n_per_kg * v[k] / (d->v0_mps * d->v0_mps) * r->root[HM_DRIVE_BY_V0][j];
            var += by * by;
        }
        f[k] = d->f0_n_per_kg * (1 - v[k] / d->v0_mps);
        f_sd[k] = sqrt(var);
        p[k] = f[k] * v[k];
        p_sd[k] = f_sd[k] * v[k];
    }
    hm_json_put_object(s->out, "line", HM_JSON_BLOCK);
    put_column(s, "v_mps", FV_N, v);
    put_column(s, "f_n_per_kg", FV_N, f);
    put_column(s, "f_sd_n_per_kg", FV_N, f_sd);
    put_column(s, "p_w_per_kg", FV_N, p);
    put_column(s, "p_sd_w_per_kg", FV_N, p_sd);
    hm_json_put_end(s->out);
}

static void put_fit(const series *s, int32_t i)
{
    const lab_fit *f = &s->fit[i];
    if (!f->known) {
        hm_json_put_null(s->out, "fit");
        if (f->why[0])
            hm_json_put_text(s->out, "why_no_fit", f->why);
        return;
    }
    const hm_drive *was = &f->runner.drive, *is = s->changed ? &s->changed[i] : was;
    double force = is->f0_n_per_kg / was->f0_n_per_kg, speed = is->v0_mps / was->v0_mps;
    lab_fit now = *f;
    now.runner.drive = *is;
    for (int j = 0; j < HM_DRIVE_BY_COUNT; j++) {
        now.runner.root[HM_DRIVE_BY_F0][j] *= force;
        now.runner.root[HM_DRIVE_BY_V0][j] *= speed;
    }
    hm_json_put_object(s->out, "fit", HM_JSON_BLOCK);
    hm_json_put_text(s->out, "by", f->by_splits ? "splits" : "time");
    hm_json_put_integer(s->out, "n_point", f->run.n_point);
    hm_json_put_bool(s->out, "changed", force != 1 || speed != 1);
    put_estimate(s, "f0_n_per_kg", &f->run.f0_n_per_kg, force);
    put_estimate(s, "v0_mps", &f->run.v0_mps, speed);
    put_estimate(s, "pmax_w_per_kg", &f->run.fv_pmax_w_per_kg, force * speed);
    put(s, "fade_mps3", is->fade_mps3);
    put_line(s, &now.runner);
    hm_json_put_end(s->out);
    put_spread(s, &now);
}

/* ---- what was filled in, and from how wide a prior ---- */

static void put_normal(const series *s, const char *key, double mean, double sd)
{
    hm_json_put_object(s->out, key, HM_JSON_LINE);
    put(s, "mean", mean);
    put(s, "lo90", mean - z90 * sd);
    put(s, "hi90", mean + z90 * sd);
    hm_json_put_end(s->out);
}

/* The prior of bodies as a sample of its own draws: strangers of this sex and age. */
static void body_spread(const hm_lane *l, bool mass, double *mean, double *sd)
{
    double sum = 0, square = 0;
    for (uint64_t person = 1; person <= N_PERSON; person++) {
        hm_prior_key key = {
            .seed = 1, .person = person, .sex = l->sex, .age_yr = l->age_yr, .time_s = 10};
        double v = mass ? hm_prior_mass_kg(&key, l->stature_m) : hm_prior_stature_m(&key);
        sum += v;
        square += v * v;
    }
    *mean = sum / (double)N_PERSON;
    *sd = sqrt(fmax(0, square / (double)N_PERSON - *mean * *mean));
}

static void put_filled(const series *s, const hm_lane *l)
{
    static const char *const word[] = {"reaction_s", "splits", "stature_m",
                                       "mass_kg",    "age_yr", "sex"};
    hm_json_put_array(s->out, "filled", HM_JSON_LINE);
    for (uint32_t k = 0; k < sizeof word / sizeof word[0]; k++)
        if (l->filled & (1u << k))
            hm_json_put_text(s->out, NULL, word[k]);
    hm_json_put_end(s->out);
    hm_json_put_object(s->out, "prior", HM_JSON_BLOCK);
    double mean, sd;
    if (l->filled & HM_FILLED_REACTION) {
        hm_prior_key key = {.sex = l->sex,
                            .age_yr = l->age_yr,
                            .time_s = l->time_us > 0 ? (double)l->time_us * 1e-6 : 12,
                            .standing = l->start.standing};
        hm_reaction_law law = hm_prior_reaction_law(&key);
        put_normal(s, "reaction_s", hm_reaction_mean_s(&law), hm_reaction_sd_s(&law));
    }
    for (int mass = 0; mass < 2; mass++)
        if (l->filled & (mass ? HM_FILLED_MASS : HM_FILLED_STATURE)) {
            body_spread(l, mass, &mean, &sd);
            put_normal(s, mass ? "mass_kg" : "stature_m", mean, sd);
        }
    hm_json_put_end(s->out);
}

/* ---- a lane ---- */

/* Who he is and what he came to, as in a race file. */
static void put_head(const series *s, const hm_lane *l)
{
    static const char *const status[] = {"ok", "dns", "dnf", "dq"};
    bool timed = l->status == HM_RUN_OK && l->official_cs > 0;
    hm_json_put_integer(s->out, "lane", l->lane);
    hm_json_put_text(s->out, "name", l->name);
    hm_json_put_text(s->out, "team", l->team);
    hm_json_put_text(s->out, "status", status[l->status]);
    hm_json_put_number(s->out, "place", l->place > 0 ? l->place : (double)NAN);
    put(s, "time_s", timed ? l->official_cs / 100.0 : (double)NAN);
    hm_json_put_number(s->out, "time_us", l->time_us > 0 ? (double)l->time_us : (double)NAN);
    put(s, "reaction_s", l->reaction_s);
    put(s, "stature_m", l->stature_m);
    put(s, "mass_kg", l->mass_kg);
    put(s, "top_speed_mps", l->top_speed_mps);
}

static hm_status put_lane(const series *s, int32_t i, hm_arena *arena)
{
    const hm_lane *l = &s->race->lane[i];
    hm_json_put_object(s->out, NULL, HM_JSON_BLOCK);
    put_head(s, l);
    put_places(s, l);
    HM_TRY(put_instants(s, l, arena));
    put_steps(s, l);
    put_splits(s, l);
    put_filled(s, l);
    put_fit(s, i);
    hm_json_put_end(s->out);
    return HM_OK;
}

static void find_winner(series *s)
{
    double latest_s = 0;
    s->winner = -1;
    for (int32_t i = 0; i < s->race->n_lane; i++) {
        const hm_lane *l = &s->race->lane[i];
        if (l->place == 1 && s->winner < 0)
            s->winner = i;
        double at_s = l->time_us > 0 ? (double)l->time_us * 1e-6 : l->end_s;
        latest_s = fmax(latest_s, at_s);
    }
    if (s->winner >= 0)
        times_at_places(&s->race->lane[s->winner], s->win_at_s);
    s->n_time = (int32_t)(latest_s / dt_s) + 2;
}

hm_status lab_put_series(const lab *l, bool made, hm_arena *arena, hm_json_out *o, hm_err *err)
{
    if (made && !l->has_made)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "made",
                          "expected a race that was changed");
    series s = {.race = made ? &l->made : &l->base,
                .fit = made ? l->made_fit : l->fit,
                .changed = made ? l->made_drive : NULL,
                .out = o};
    find_winner(&s);
    put(&s, "wind_mps", s.race->wind_mps);
    put(&s, "altitude_m", s.race->altitude_m);
    put(&s, "temp_c", s.race->temp_c);
    hm_json_put_notes(o, "notes", &s.race->notes);
    put(&s, "dx_m", dx_m);
    put(&s, "dt_s", dt_s);
    hm_json_put_integer(o, "winner", s.winner < 0 ? 0 : s.race->lane[s.winner].lane);
    hm_json_put_array(o, "lanes", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s.race->n_lane; i++)
        if (put_lane(&s, i, arena) != HM_OK)
            return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the series");
    hm_json_put_end(o);
    return HM_OK;
}
