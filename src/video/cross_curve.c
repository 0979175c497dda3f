/* A parabola through points in time, of which some belong to something else: those far off it count
 * less and less, then not at all (Tukey's bisquare), while the scale of "far" is found. */
#include "cross_priv.h"

#include <math.h>
#include <string.h>

#include "num/lsq.h"
#include "num/stat.h"

enum { PASSES = 8 };

static const double bisquare = 4.7;      /* scales, where the weight is 0 */
static const double mad_to_sd = 1.4826;  /* of normal numbers */
static const double least_weight = 1e-6; /* so that the parabola stays determined */
static const double per_s = 1000, tol = 1e-12;

typedef struct points {
    int32_t n;
    const double *x, *t_s;
    const cross_curve_opts *opts;
    double weight[CROSS_ROW_MAX];
} points;

static void powers(const points *g, double x, double row[3])
{
    double h = (x - g->opts->middle) / g->opts->unit;
    row[0] = 1;
    row[1] = h;
    row[2] = h * h;
}

static int32_t rows_of(const points *g)
{
    return g->n + (g->opts->bend_sigma_s > 0);
}

static bool parabola(void *ctx, const double p[], double r[], double jac[])
{
    const points *g = ctx;
    int32_t m = rows_of(g);
    for (int32_t i = 0; i < g->n; i++) {
        double w = per_s * sqrt(g->weight[i]), row[3];
        powers(g, g->x[i], row);
        r[i] = w * (p[0] + p[1] * row[1] + p[2] * row[2] - g->t_s[i]);
        for (int k = 0; k < 3; k++)
            jac[k * m + i] = w * row[k];
    }
    if (m > g->n) { /* what is known of the bend counts as one more point */
        double w = per_s * g->opts->least_spread_s / g->opts->bend_sigma_s;
        r[g->n] = w * (p[2] - g->opts->bend_s);
        jac[g->n] = jac[m + g->n] = 0;
        jac[2 * m + g->n] = w;
    }
    return true;
}

double cross_curve_at(const cross_curve *c, double x)
{
    double h = (x - c->opts.middle) / c->opts.unit;
    return c->p[0] + c->p[1] * h + c->p[2] * h * h;
}

double cross_curve_sigma_s(const cross_curve *c, double x)
{
    double h = (x - c->opts.middle) / c->opts.unit, row[3] = {1, h, h * h}, sum = 0;
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            sum += row[i] * c->cov[3 * i + k] * row[k];
    return c->spread_s * per_s * sqrt(fmax(0, sum));
}

/* Newton's parabola through three points; false = two stand above each other. */
static bool through(const points *g, const int32_t at[3], double p[3])
{
    double h[3], t[3];
    for (int i = 0; i < 3; i++) {
        h[i] = (g->x[at[i]] - g->opts->middle) / g->opts->unit;
        t[i] = g->t_s[at[i]];
    }
    if (h[0] == h[1] || h[1] == h[2] || h[0] == h[2])
        return false;
    double a = (t[1] - t[0]) / (h[1] - h[0]), b = (t[2] - t[1]) / (h[2] - h[1]);
    p[2] = (b - a) / (h[2] - h[0]);
    p[1] = a - p[2] * (h[0] + h[1]);
    p[0] = t[0] - h[0] * (p[1] + p[2] * h[0]);
    return true;
}

static double middle_of(int32_t n, const double v[])
{
    double copy[CROSS_ROW_MAX];
    memcpy(copy, v, sizeof *v * (size_t)n);
    return hm_nth_of(n, copy, n / 2);
}

static bool may_bend(const points *g, double bend_s)
{
    const cross_curve_opts *o = g->opts;
    return !(o->bend_sigma_s > 0) || fabs(bend_s - o->bend_s) < 2.5 * o->bend_sigma_s;
}

/* The parabola through three of the points from which the median of all is nearest (Rousseeuw
 * 1984): nearly half of them may lie anywhere. Returns the scale of what is near. */
static double start(const points *g, double most_s, cross_curve *c)
{
    double least_s = INFINITY, off_s[CROSS_ROW_MAX];
    for (int32_t i = 0; i < g->n; i++)
        for (int32_t j = i + 1; j < g->n; j++)
            for (int32_t k = j + 1; k < g->n; k++) {
                cross_curve try = *c;
                if (!through(g, (const int32_t[3]){i, j, k}, try.p) || !may_bend(g, try.p[2]))
                    continue;
                for (int32_t m = 0; m < g->n; m++)
                    off_s[m] = fabs(g->t_s[m] - cross_curve_at(&try, g->x[m]));
                double median_s = hm_nth_of(g->n, off_s, g->n / 2 + 1);
                if (median_s < least_s) {
                    least_s = median_s;
                    *c = try;
                }
            }
    /* of few points the median is too small: Rousseeuw & Leroy 1987, chapter 5 */
    double scale_s = mad_to_sd * (1 + 5.0 / (g->n - 3)) * least_s;
    return fmax(c->opts.least_spread_s, fmin(most_s, scale_s));
}

static void summarise(points *g, double work[], cross_curve *c)
{
    double sum = 0, kept = 0, r[CROSS_ROW_MAX + 1], jac[3 * (CROSS_ROW_MAX + 1)];
    for (int32_t i = 0; i < g->n; i++) {
        double d = g->t_s[i] - cross_curve_at(c, g->x[i]);
        sum += g->weight[i] * d * d;
        kept += g->weight[i];
    }
    c->kept = kept;
    c->spread_s = kept > 0 ? sqrt(sum / kept) : (double)NAN;
    parabola(g, c->p, r, jac);
    if (hm_lsq_covariance(rows_of(g), 3, jac, work, c->cov))
        c->spread_s = INFINITY;
}

bool cross_curve_fit(int32_t n, const double x[], const double t_s[], const double weight[],
                     const cross_curve_opts *opts, cross_curve *c)
{
    points g = {.n = n, .x = x, .t_s = t_s, .opts = opts};
    double work[6 * 3 + 8 * (CROSS_ROW_MAX + 1)], off_s[CROSS_ROW_MAX];
    hm_lsq lsq = {.m = rows_of(&g), .n = 3, .fn = parabola, .ctx = &g, .tol = tol, .eval_max = 50};
    hm_lsq_end end;
    HM_ASSERT(n > 3 && n <= CROSS_ROW_MAX);
    double scale_s = opts->first_spread_s;
    *c = (cross_curve){.opts = *opts, .p = {middle_of(n, t_s)}};
    if (opts->least_median)
        scale_s = start(&g, scale_s, c);
    for (int pass = 0; pass < PASSES; pass++) {
        for (int32_t i = 0; i < n; i++) {
            off_s[i] = fabs(t_s[i] - cross_curve_at(c, x[i]));
            double u = off_s[i] / (bisquare * scale_s), w = 1 - u * u;
            g.weight[i] = weight[i] * (u < 1 ? w * w : 0) + least_weight;
        }
        if (hm_lsq_solve(&lsq, c->p, work, &end, NULL) != HM_OK)
            return false;
        scale_s = fmax(opts->least_spread_s, fmin(scale_s, mad_to_sd * middle_of(n, off_s)));
    }
    summarise(&g, work, c);
    return c->kept > 0;
}
