#include "sprint/drive.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"
#include "num/interp.h"
#include "num/root.h"
#include "sprint/air.h"
#include "sprint/dash.h"
#include "sprint/drive_path.h"

/* s; cubic Hermite over it is within 2e-6 m beyond the first stride; own */
static const double sample_s = 0.1;

hm_drive hm_drive_of_decay(const hm_decay *d, double drag_per_m, double wind_mps)
{
    double f0 = d->v_mps / d->tau_s - d->decay_mps2;
    return (hm_drive){.f0_n_per_kg = f0,
                      .v0_mps = f0 * d->tau_s,
                      .fade_mps3 = d->decay_mps2 / d->tau_s,
                      .drag_inside_per_m = drag_per_m,
                      .wind_inside_mps = wind_mps};
}

/* ---- a run sampled ---- */

/* The burst at the next sample: e^(-s/T) by one factor a step. */
typedef struct burst_steps {
    double m, s_s, left, factor; /* burst_m; [1] e^(-s/T), its factor */
} burst_steps;

/* Full: every second sample is enough from now on. */
static void thin(hm_drive_curve *c, burst_steps *b)
{
    c->n /= 2;
    for (int32_t i = 0; i < c->n; i++) {
        c->x_m[i] = c->x_m[2 * i];
        c->v_mps[i] = c->v_mps[2 * i];
    }
    c->step_s *= 2;
    b->factor *= b->factor;
}

static void add_sample(const hm_drive_path *p, hm_drive_curve *c, burst_steps *b)
{
    double h = b->s_s - p->s_s, v = p->v[HM_DRIVE_TERMS - 1], x = p->x[HM_DRIVE_TERMS - 1];
    for (int k = HM_DRIVE_TERMS - 2; k >= 0; k--) {
        v = v * h + p->v[k];
        x = x * h + p->x[k];
    }
    double u = b->s_s / HM_DASH_BURST_S;
    c->x_m[c->n] = p->start_x_m + h * x + b->m * (1 - (1 + u) * b->left);
    c->v_mps[c->n] = v + b->m * u * b->left / HM_DASH_BURST_S;
    c->n++;
    b->left *= b->factor;
    if (c->n == HM_DRIVE_SAMPLE_MAX)
        thin(c, b);
    b->s_s = c->n * c->step_s;
}

bool hm_drive_run(const hm_drive *drive, double drag_per_m, double wind_mps, double to_m,
                  hm_drive_curve *curve)
{
    HM_ASSERT(to_m > 0 && to_m <= 400);
    hm_drive_path path;
    hm_drive_path_begin(&path, drive, drag_per_m, wind_mps, false);
    curve->n = 0;
    curve->step_s = sample_s;
    burst_steps b = {drive->burst_m, 0, 1, hm_exp(-sample_s / HM_DASH_BURST_S)};
    for (;;) {
        while (b.s_s <= path.s_s + path.length_s) {
            add_sample(&path, curve, &b);
            if (curve->x_m[curve->n - 1] >= to_m)
                return true;
        }
        if (!hm_drive_path_next(&path))
            return false;
    }
}

/* ---- reading it ---- */

static hm_hermite piece_at(const hm_drive_curve *c, int32_t i)
{
    return (hm_hermite){c->x_m[i], c->x_m[i + 1], c->v_mps[i], c->v_mps[i + 1], c->step_s};
}

static double beyond(const void *ctx, double u, double *slope)
{
    const hm_hermite *p = ctx;
    *slope = hm_hermite_slope(p, u) * p->h;
    return hm_hermite_at(p, u);
}

double hm_drive_time_s(const hm_drive_curve *c, double x_m)
{
    if (!(c->n >= 2 && x_m >= 0 && x_m <= c->x_m[c->n - 1]))
        return (double)NAN;
    int32_t i = hm_piece_of(c->n, c->x_m, x_m);
    hm_hermite p = piece_at(c, i);
    p.y0 -= x_m;
    p.y1 -= x_m;
    double guess = -p.y0 / (p.y1 - p.y0);
    return (i + hm_root(beyond, &p, 0, 1, guess, 1e-14)) * c->step_s;
}

/* The piece of a time and the place in it, clamped to the ends. */
static hm_hermite piece_of(const hm_drive_curve *c, double s_s, double *u)
{
    double at = fmin(fmax(s_s / c->step_s, 0), c->n - 1);
    int32_t i = (int32_t)fmin(floor(at), c->n - 2);
    *u = at - i;
    return piece_at(c, i);
}

double hm_drive_x_m(const hm_drive_curve *c, double s_s)
{
    if (c->n < 2)
        return 0;
    double u;
    hm_hermite p = piece_of(c, s_s, &u);
    return hm_hermite_at(&p, u);
}

double hm_drive_v_mps(const hm_drive_curve *c, double s_s)
{
    if (c->n < 2)
        return 0;
    double u;
    hm_hermite p = piece_of(c, s_s, &u);
    return hm_hermite_slope(&p, u);
}

/* ---- from a fitted run ---- */

static double param_of(const hm_sprinter_run *run, const char *name)
{
    for (int32_t i = 0; i < run->n_param; i++)
        if (strcmp(run->param_name[i], name) == 0)
            return run->param[i];
    return (double)NAN;
}

static hm_status need(const hm_sprinter_run *run, const char *name, double *value, hm_err *err)
{
    double v = param_of(run, name);
    if (v != v)
        return hm_err_set(err, HM_ERR_INPUT, run->athlete, 0, 0, name,
                          "expected among the parameters of a run of model %s, not found",
                          hm_fit_model_word[run->model]);
    *value = v;
    return HM_OK;
}

static hm_status of_drive(const hm_sprinter_run *run, hm_drive *out, hm_err *err)
{
    hm_drive d = {0};
    double rise_mps3 = 0; /* F0^2 / V0 */
    HM_TRY(need(run, "v0_mps", &d.v0_mps, err));
    HM_TRY(need(run, "rise_mps3", &rise_mps3, err));
    d.f0_n_per_kg = sqrt(rise_mps3 * d.v0_mps);
    HM_TRY(need(run, "fade_mps3", &d.fade_mps3, err));
    HM_TRY(need(run, "burst_m", &d.burst_m, err));
    *out = d;
    return HM_OK;
}

/* mono by MSS and MAC or tau, decay by V, tau and decay. */
static hm_status of_classic(const hm_sprinter_run *run, hm_decay *out, hm_err *err)
{
    hm_decay d = {0};
    bool mono = run->model == HM_MODEL_MONO;
    HM_TRY(need(run, mono ? "mss_mps" : "v_mps", &d.v_mps, err));
    double mac = param_of(run, "mac_mps2");
    if (mac == mac)
        d.tau_s = d.v_mps / mac;
    else
        HM_TRY(need(run, "tau_s", &d.tau_s, err));
    if (!mono)
        HM_TRY(need(run, "decay_mps2", &d.decay_mps2, err));
    *out = d;
    return HM_OK;
}

/* Can anybody run so? Parameters may come from a file. */
static hm_status check(const hm_sprinter_run *run, const hm_drive *d, hm_err *err)
{
    if (d->f0_n_per_kg > 0 && d->v0_mps > 0 && d->fade_mps3 >= 0 && d->burst_m >= 0)
        return HM_OK;
    return hm_err_set(
        err, HM_ERR_INPUT, run->athlete, 0, 0, "parameters",
        "expected force and speed above 0, fatigue and burst not below, found %g N/kg, "
        "%g m/s, %g m/s3, %g m",
        d->f0_n_per_kg, d->v0_mps, d->fade_mps3, d->burst_m);
}

hm_status hm_drive_of_run(const hm_sprinter_run *run, hm_drive *drive, hm_err *err)
{
    hm_drive out;
    if (run->model == HM_MODEL_DRIVE) {
        HM_TRY(of_drive(run, &out, err));
    } else {
        hm_decay d;
        HM_TRY(of_classic(run, &d, err));
        double wind = run->air.wind_mps;
        double inside =
            hm_drag_per_m(run->model, run->altitude_law, &run->air, run->mass_kg, run->stature_m);
        out = hm_drive_of_decay(&d, inside, wind == wind ? wind : 0);
    }
    HM_TRY(check(run, &out, err));
    *drive = out;
    return HM_OK;
}
