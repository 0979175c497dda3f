#include "sprint/drive_path.h"

#include <math.h>

#include "num/dmath.h"
#include "num/root.h"
#include "sprint/dash.h"

/* [1] longest piece in units of V0 / F0; the first term left out is then below 1e-9 m; own */
static const double piece_frac = 0.5;
static const double longest_s = 1.0; /* own */
/* s; a runner who has not arrived by then never will; own */
static const double patience_s = 600;
static const double least_mps = 1e-6; /* slower is a stand; own */

/* [1] V0 / F0: nobody needs a thousand times as long as it takes to get up to speed; own */
static const double patience_frac = 1000;

enum { LAST = HM_DRIVE_TERMS - 1 };

/* [1] 1 / (k + 1) */
static const double one_over[HM_DRIVE_TERMS] = {
    1, 1.0 / 2, 1.0 / 3, 1.0 / 4, 1.0 / 5, 1.0 / 6, 1.0 / 7, 1.0 / 8, 1.0 / 9, 1.0 / 10, 1.0 / 11};

/* dv/ds = force - rate v - square v^2 - fade h, h since the piece began */
typedef struct law {
    double force, rate, square, fade;
} law;

static law law_of(const hm_drive_path *p)
{
    const hm_drive *d = &p->drive;
    double out = p->drag_side * p->drag_per_m, in = p->inside_side * d->drag_inside_per_m;
    double w = p->wind_mps, u = d->wind_inside_mps;
    return (law){d->f0_n_per_kg - d->fade_mps3 * p->s_s - out * w * w + in * u * u,
                 d->f0_n_per_kg / d->v0_mps - 2 * out * w + 2 * in * u, out - in, d->fade_mps3};
}

/* Terms of the speed from its first, and of the distance. */
static void series(const law *l, double v[], double x[])
{
    for (int k = 0; k < LAST; k++) {
        double square = 0;
        for (int i = 0; 2 * i < k; i++)
            square += v[i] * v[k - i];
        square = 2 * square + (k % 2 == 0 ? v[k / 2] * v[k / 2] : 0);
        double force = k == 0 ? l->force : k == 1 ? -l->fade : 0;
        v[k + 1] = (force - l->rate * v[k] - l->square * square) * one_over[k];
    }
    for (int k = 0; k < HM_DRIVE_TERMS; k++)
        x[k] = v[k] * one_over[k];
}

/* Terms of dv/dp from their first, all three at once: y' = -(rate + 2 square v) y + df/dp. */
static void series_of_partials(const law *l, const double v[], double direct[][3], hm_drive_path *p)
{
    for (int k = 0; k < LAST; k++) {
        double cross[3] = {0, 0, 0};
        for (int i = 0; i <= k; i++)
            for (int j = 0; j < 3; j++)
                cross[j] += v[i] * p->dv[j][k - i];
        for (int j = 0; j < 3; j++)
            p->dv[j][k + 1] =
                (direct[k][j] - l->rate * p->dv[j][k] - 2 * l->square * cross[j]) * one_over[k];
    }
    for (int j = 0; j < 3; j++)
        for (int k = 0; k < HM_DRIVE_TERMS; k++)
            p->dx[j][k] = p->dv[j][k] * one_over[k];
}

static double horner(const double term[], double h)
{
    double sum = term[LAST];
    for (int k = LAST - 1; k >= 0; k--)
        sum = sum * h + term[k];
    return sum;
}

static void partials(hm_drive_path *p, const law *l)
{
    const hm_drive *d = &p->drive;
    double direct[HM_DRIVE_TERMS][3] = {{0}}, by_v = d->f0_n_per_kg / (d->v0_mps * d->v0_mps);
    for (int k = 0; k < HM_DRIVE_TERMS; k++) {
        direct[k][HM_DRIVE_BY_F0] = (k == 0) - p->v[k] / d->v0_mps;
        direct[k][HM_DRIVE_BY_V0] = by_v * p->v[k];
    }
    direct[0][HM_DRIVE_BY_FADE] = -p->s_s;
    direct[1][HM_DRIVE_BY_FADE] = -1;
    series_of_partials(l, p->v, direct, p);
}

/* The burst at a moment, of 1 m: distance, speed, acceleration. */
typedef struct burst {
    double x, v_per_s, a_per_s2; /* [1] */
} burst;

static burst burst_at(double s_s)
{
    double u = s_s / HM_DASH_BURST_S, left = hm_exp(-u), rate = left / HM_DASH_BURST_S;
    return (burst){1 - (1 + u) * left, u * rate, (1 - u) * rate / HM_DASH_BURST_S};
}

/* Value and derivative. */
static double series_at(const double term[], double h, double *slope)
{
    double v = term[LAST], dv = 0;
    for (int k = LAST - 1; k >= 0; k--) {
        dv = dv * h + v;
        v = v * h + term[k];
    }
    *slope = dv;
    return v;
}

typedef struct passing {
    const double *v;
    double of_mps;
} passing;

static double above(const void *ctx, double h, double *slope)
{
    const passing *p = ctx;
    return series_at(p->v, h, slope) - p->of_mps;
}

/* Where within the piece the speed passes another one, the piece ends. */
static void end_at_speed(hm_drive_path *p, double side, double of_mps)
{
    if ((p->end_v_mps - of_mps) * side >= 0)
        return;
    passing pass = {p->v, of_mps};
    p->length_s = hm_root(above, &pass, 0, p->length_s, 0.5 * p->length_s, 1e-14);
    p->end_v_mps = horner(p->v, p->length_s);
}

/* The piece from s_s on with v[0], start_x_m and their partials in place. */
static void piece(hm_drive_path *p)
{
    law l = law_of(p);
    series(&l, p->v, p->x);
    if (p->partials)
        partials(p, &l);
    p->length_s = fmin(p->longest_s, piece_frac * p->drive.v0_mps / p->drive.f0_n_per_kg);
    p->end_v_mps = horner(p->v, p->length_s);
    end_at_speed(p, 1, 0);
    end_at_speed(p, p->drag_side, p->wind_mps);
    if (p->drive.drag_inside_per_m > 0)
        end_at_speed(p, p->inside_side, p->drive.wind_inside_mps);
    p->end_rest_x_m = p->start_x_m + p->length_s * horner(p->x, p->length_s);
    p->end_x_m = p->end_rest_x_m + p->drive.burst_m * burst_at(p->s_s + p->length_s).x;
}

void hm_drive_path_begin(hm_drive_path *path, const hm_drive *drive, double drag_per_m,
                         double wind_mps, bool partials_wanted)
{
    *path = (hm_drive_path){.drive = *drive,
                            .drag_per_m = drag_per_m,
                            .wind_mps = wind_mps,
                            .longest_s = longest_s,
                            .partials = partials_wanted,
                            .drag_side = wind_mps > 0 ? -1 : 1,
                            .inside_side = drive->wind_inside_mps > 0 ? -1 : 1};
    piece(path);
}

/* After a piece that ended at a wind he is on its other side, whatever rounding says. */
static double side_after(double side, double v_mps, double wind_mps)
{
    return fabs(v_mps - wind_mps) < 1e-9 ? -side : v_mps > wind_mps ? 1 : -1;
}

bool hm_drive_path_next(hm_drive_path *p)
{
    double h = p->length_s, v = p->end_v_mps, w = p->wind_mps, u = p->drive.wind_inside_mps;
    double up_s = p->drive.v0_mps / p->drive.f0_n_per_kg;
    if (!(v > least_mps) || p->s_s > fmin(patience_s, patience_frac * up_s))
        return false;
    p->drag_side = side_after(p->drag_side, v, w);
    p->inside_side = side_after(p->inside_side, v, u);
    p->start_x_m = p->end_rest_x_m;
    p->v[0] = v;
    for (int j = 0; j < 3 && p->partials; j++) {
        p->start_dx[j] += h * horner(p->dx[j], h);
        p->dv[j][0] = horner(p->dv[j], h);
    }
    p->s_s += h;
    piece(p);
    return true;
}

void hm_drive_path_at(const hm_drive_path *p, double s_s, hm_drive_point *point)
{
    double h = s_s - p->s_s, d = p->drive.burst_m, bend, v = series_at(p->v, h, &bend);
    burst b = burst_at(s_s);
    *point = (hm_drive_point){.s_s = s_s,
                              .x_m = p->start_x_m + h * horner(p->x, h) + d * b.x,
                              .v_mps = v + d * b.v_per_s,
                              .a_mps2 = bend + d * b.a_per_s2};
    if (!p->partials)
        return;
    for (int j = 0; j < 3; j++) {
        point->dx[j] = p->start_dx[j] + h * horner(p->dx[j], h);
        point->dv[j] = horner(p->dv[j], h);
    }
    point->dx[HM_DRIVE_BY_BURST] = b.x;
    point->dv[HM_DRIVE_BY_BURST] = b.v_per_s;
}

bool hm_drive_path_to_s(hm_drive_path *path, double s_s, hm_drive_point *point)
{
    while (path->s_s + path->length_s < s_s)
        if (!hm_drive_path_next(path))
            return false;
    hm_drive_path_at(path, s_s, point);
    return true;
}

/* Newton within the piece: distance rises with time, so one step too far is mended by the next. */
static double time_in_piece(const hm_drive_path *p, double x_m)
{
    double to = p->length_s, d = p->drive.burst_m;
    double h = to * (x_m - p->start_x_m) / (p->end_x_m - p->start_x_m);
    for (int i = 0; i < 60; i++) {
        double v, x = series_at(p->x, h, &v);
        burst b = burst_at(p->s_s + h);
        double miss = p->start_x_m + h * x + d * b.x - x_m;
        double next = fmin(fmax(h - miss / (x + h * v + d * b.v_per_s), 0), to);
        double step = fabs(next - h);
        h = next;
        if (step <= 1e-14 * (p->s_s + h))
            break;
    }
    return p->s_s + h;
}

bool hm_drive_path_to_x(hm_drive_path *path, double x_m, hm_drive_point *point)
{
    while (path->end_x_m < x_m)
        if (!hm_drive_path_next(path))
            return false;
    double s_s = x_m > 0 ? time_in_piece(path, x_m) : 0;
    hm_drive_path_at(path, s_s, point);
    return true;
}
