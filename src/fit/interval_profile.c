/* The far ends of a likelihood region, without solving the fit again for each trial value.
 *
 * At the far end of { cost(p) <= limit } along c the slope of the cost points along c. Each step
 * takes the cost for its tangent paraboloid |r + J d|^2, of which the far end is known in closed
 * form, and goes there: two to five evaluations of the model an end, where pulling the value and
 * searching the pull takes ten times as many. */
#include "interval_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

enum { STEP_MAX = 40, N = FIT_PARAM_MAX };

/* Done when the cost is within this of the limit, and the next step this small, both in units of
 * the region's own size. */
static const double near_limit = 1e-7;

/* The smallest root of a parameter whose square root is fitted: the run still begins. */
static const double least_root = 1e-4;

/* A positive parameter this many times as large or small as the best (as a logarithm): a region
 * without end. */
static const double endless_log = 7;

/* ---- scales ---- */

static double to_scale(const fit_param *q, double p)
{
    switch (q->scale) {
    case FIT_SCALE_LOG:
        return hm_log(p);
    case FIT_SCALE_ROOT:
        return fmax(sqrt(fmax(p, 0)), least_root);
    case FIT_SCALE_ROOT_BELOW:
        return fmax(sqrt(fmax(q->hi - p, 0)), least_root);
    default:
        return p;
    }
}

static double from_scale(const fit_param *q, double x)
{
    return q->scale == FIT_SCALE_LOG          ? hm_exp(x)
           : q->scale == FIT_SCALE_ROOT       ? x * x
           : q->scale == FIT_SCALE_ROOT_BELOW ? q->hi - x * x
                                              : x;
}

static double slope_of(const fit_param *q, double x)
{
    return q->scale == FIT_SCALE_LOG          ? hm_exp(x)
           : q->scale == FIT_SCALE_ROOT       ? 2 * x
           : q->scale == FIT_SCALE_ROOT_BELOW ? -2 * x
                                              : 1;
}

/* ---- the tangent paraboloid ---- */

/* cost(x + d) = cost + 2 b d + d A d */
typedef struct bowl {
    int32_t n;
    double cost, b[N], a[N][N];
} bowl;

static bool bowl_at(const fit_region *g, const double x[], bowl *out)
{
    const fit_points *o = g->points;
    int32_t n_param = g->m->n_param;
    double p[N], slope[N];
    for (int32_t j = 0; j < n_param; j++) {
        p[j] = from_scale(&g->m->param[j], x[j]);
        slope[j] = slope_of(&g->m->param[j], x[j]);
    }
    if (!g->m->observe(g->m, p, o->observe, o->n, o->at, g->y, g->dy))
        return false;
    *out = (bowl){.n = n_param};
    for (int32_t i = 0; i < o->n; i++) {
        double weight = o->sigma ? 1 / o->sigma[i] : 1, r = (g->y[i] - o->observed[i]) * weight;
        double row[N];
        out->cost += r * r;
        for (int32_t j = 0; j < n_param; j++) {
            row[j] = g->dy[(size_t)j * (size_t)o->n + (size_t)i] * slope[j] * weight;
            out->b[j] += row[j] * r;
            for (int32_t k = 0; k <= j; k++)
                out->a[j][k] += row[j] * row[k];
        }
    }
    for (int32_t j = 0; j < n_param; j++)
        for (int32_t k = j + 1; k < n_param; k++)
            out->a[j][k] = out->a[k][j];
    return isfinite(out->cost);
}

/* Cholesky of the free part of A; false when it is not positive. The others get a row of one. */
static bool factor(const bowl *w, uint32_t held, double l[N][N])
{
    memset(l, 0, sizeof(double) * N * N);
    for (int32_t j = 0; j < w->n; j++) {
        if (held >> j & 1) {
            l[j][j] = 1;
            continue;
        }
        for (int32_t k = 0; k <= j; k++) {
            if (held >> k & 1)
                continue;
            double sum = w->a[j][k];
            for (int32_t i = 0; i < k; i++)
                sum -= l[j][i] * l[k][i];
            if (k < j)
                l[j][k] = sum / l[k][k];
            else if (sum > 1e-13 * w->a[j][j])
                l[j][j] = sqrt(sum);
            else
                return false;
        }
    }
    return true;
}

/* z = A^-1 v on the free part, 0 on the held. */
static void solve(int32_t n, double l[N][N], uint32_t held, const double v[], double z[])
{
    for (int32_t j = 0; j < n; j++) {
        double sum = held >> j & 1 ? 0 : v[j];
        for (int32_t i = 0; i < j; i++)
            sum -= l[j][i] * z[i];
        z[j] = sum / l[j][j];
    }
    for (int32_t j = n - 1; j >= 0; j--) {
        double sum = z[j];
        for (int32_t i = j + 1; i < n; i++)
            sum -= l[i][j] * z[i];
        z[j] = sum / l[j][j];
    }
}

static double dot(int32_t n, const double a[], const double b[])
{
    double sum = 0;
    for (int32_t j = 0; j < n; j++)
        sum += a[j] * b[j];
    return sum;
}

/* ---- one step ---- */

typedef struct box {
    double lo[N], hi[N];
} box;

/* Hold parameter j at x[j] + by: what is left of the bowl for the others. */
static void hold(bowl *w, int32_t j, double by)
{
    w->cost += 2 * w->b[j] * by + w->a[j][j] * by * by;
    for (int32_t k = 0; k < w->n; k++)
        w->b[k] += w->a[k][j] * by;
}

/* Step d to the far end of the bowl along c within the box. Parameters that would leave the box are
 * held at its side, the farthest first. */
static bool far_end(bowl w, double limit, const double x[], const box *in, const double c[],
                    int sign, double d[])
{
    uint32_t held = 0;
    for (;;) {
        double l[N][N], rest[N], h[N];
        if (!factor(&w, held, l))
            return false;
        solve(w.n, l, held, w.b, rest);
        solve(w.n, l, held, c, h);
        double bottom = w.cost - dot(w.n, w.b, rest), room = limit - bottom;
        double ch = dot(w.n, c, h), reach = room > 0 && ch > 0 ? sqrt(room / ch) : 0;
        int32_t worst = -1;
        double beyond = 0;
        for (int32_t j = 0; j < w.n; j++) {
            if (held >> j & 1)
                continue;
            d[j] = sign * reach * h[j] - rest[j];
            double out = fmax(x[j] + d[j] - in->hi[j], in->lo[j] - (x[j] + d[j]));
            double size = sqrt(fmax(w.a[j][j], 1e-300));
            if (out > 0 && out * size > beyond) {
                beyond = out * size;
                worst = j;
            }
        }
        if (worst < 0)
            return true;
        d[worst] = x[worst] + d[worst] > in->hi[worst] ? in->hi[worst] - x[worst]
                                                       : in->lo[worst] - x[worst];
        hold(&w, worst, d[worst]);
        held |= 1u << worst;
    }
}

/* Go along d as far as the model can follow and the cost stays in sight of the limit. */
static bool advance(const fit_region *g, double room, double x[], const double d[], bowl *w)
{
    double to[N];
    for (double k = 1; k > 1e-4; k *= 0.5) {
        for (int32_t j = 0; j < w->n; j++)
            to[j] = x[j] + k * d[j];
        bowl there;
        if (!bowl_at(g, to, &there) || there.cost > g->limit + 4 * room)
            continue;
        memcpy(x, to, sizeof *x * (size_t)w->n);
        *w = there;
        return true;
    }
    return false;
}

static void natural(const fit_region *g, const double x[], double p[])
{
    for (int32_t j = 0; j < g->m->n_param; j++)
        p[j] = from_scale(&g->m->param[j], x[j]);
}

/* Direction of the value at x. */
static void turn(const fit_region *g, const fit_slope *bend, const double x[], double c[])
{
    double p[N];
    natural(g, x, p);
    bend->at(bend->ctx, p, c);
    for (int32_t j = 0; j < g->m->n_param; j++)
        c[j] *= slope_of(&g->m->param[j], x[j]);
}

fit_extreme fit_region_extreme(const fit_region *g, const double best[], const double along[],
                               const fit_slope *bend, int sign, double p[])
{
    int32_t n = g->m->n_param;
    double x[N], c[N], d[N];
    bowl w;
    box in;
    for (int32_t j = 0; j < n; j++) {
        const fit_param *q = &g->m->param[j];
        x[j] = to_scale(q, best[j]);
        bool below = q->scale == FIT_SCALE_ROOT_BELOW;
        in.lo[j] = q->scale == FIT_SCALE_ROOT ? least_root : to_scale(q, below ? q->hi : q->lo);
        in.hi[j] = to_scale(q, below ? q->lo : q->hi);
        x[j] = fmin(fmax(x[j], in.lo[j]), in.hi[j]);
        c[j] = along[j] * slope_of(q, x[j]);
    }
    if (!bowl_at(g, x, &w) || !(g->limit > w.cost))
        return FIT_EXTREME_LOST;
    double room = g->limit - w.cost;
    for (int i = 0; i < STEP_MAX; i++) {
        if (!far_end(w, g->limit, x, &in, c, sign, d))
            return i > 2 ? FIT_EXTREME_OPEN : FIT_EXTREME_LOST;
        /* length of the step in the metric of the region, 1 = from its middle to its edge */
        double size = 0;
        for (int32_t j = 0; j < n; j++)
            for (int32_t k = 0; k < n; k++)
                size += d[j] * w.a[j][k] * d[k];
        bool rests = size < near_limit * near_limit * room;
        if (rests || (size < near_limit * room && fabs(w.cost - g->limit) < near_limit * room)) {
            natural(g, x, p);
            return FIT_EXTREME_FOUND;
        }
        for (int32_t j = 0; j < n; j++)
            if (g->m->param[j].scale == FIT_SCALE_LOG &&
                fabs(x[j] + d[j] - hm_log(best[j])) > endless_log)
                return FIT_EXTREME_OPEN;
        if (!advance(g, room, x, d, &w))
            return FIT_EXTREME_LOST;
        if (bend)
            turn(g, bend, x, c);
    }
    return FIT_EXTREME_LOST;
}
