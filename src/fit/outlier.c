/* Which observations stand off the curve that the others make.
 *
 * Each is judged by the fit without it: its residual divided by sqrt(1 - h), h its leverage, in
 * units of a noise in which it has no part. One after the other is set apart while that many are
 * few; in long series all at once that stand off. Nothing is dropped here. */
#include "outlier_priv.h"

#include <math.h>
#include <string.h>

#include "num/stat.h"

enum { FEW = 20, ROUND_MAX = 12 };

/* Noise of gates, lasers and radars as usual, and what that knowledge is worth in observations:
 * with six gates three residuals may all be small by chance. Own. */
static const double usual[] = {0.008, 0.05, 0.1};
static const double usual_dof = 4;

/* One state of the judgement. */
typedef struct judge {
    const fit_model *m;
    const fit_points *points; /* all */
    fit_work *work;
    double *off;   /* (n) residuals, then distances in sd */
    double *lever; /* (n) */
    double *size;  /* (n) of residuals, in any order */
    double *at, *observed, *sigma;
    int32_t *of; /* the points that are kept */
} judge;

static hm_status make(const fit_model *m, const fit_points *points, fit_work *work,
                      hm_arena *scratch, judge *out, hm_err *err)
{
    size_t n = (size_t)points->n;
    double *d = HM_PUSH(scratch, double, 6 * n);
    int32_t *of = HM_PUSH(scratch, int32_t, n);
    if (!d || !of)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    *out = (judge){m, points, work, d, d + n, d + 2 * n, d + 3 * n, d + 4 * n, d + 5 * n, of};
    return HM_OK;
}

/* Weighted residual and leverage of every point, of those set apart too. */
static bool residuals(const judge *g, const fit_solution *fit)
{
    const fit_points *o = g->points;
    const double *y, *dy;
    int32_t n_param = g->m->n_param;
    if (!fit_look(g->m, o, fit->p, g->work, &y, &dy))
        return false;
    memset(g->lever, 0, sizeof *g->lever * (size_t)o->n);
    for (int32_t j = 0; j < n_param; j++)
        for (int32_t k = 0; k < n_param; k++) {
            const double *by_j = dy + (size_t)j * (size_t)o->n,
                         *by_k = dy + (size_t)k * (size_t)o->n;
            double share = fit->covariance[j][k] / fit->noise_var;
            for (int32_t i = 0; i < o->n && share != 0; i++)
                g->lever[i] += by_j[i] * share * by_k[i];
        }
    for (int32_t i = 0; i < o->n; i++) {
        double weight = o->sigma ? 1 / o->sigma[i] : 1;
        g->off[i] = (y[i] - o->observed[i]) * weight;
        g->lever[i] *= weight * weight;
    }
    return true;
}

/* Noise by the middle of the residuals that are kept: 1.4826 of the median is the sd of a normal
 * distribution. */
static double robust_sd(const judge *g, const bool flagged[], double dof)
{
    int32_t n = 0;
    for (int32_t i = 0; i < g->points->n; i++)
        if (!flagged[i])
            g->size[n++] = fabs(g->off[i]);
    return 1.4826 * hm_nth_of(n, g->size, n / 2) * sqrt(n / dof);
}

/* Residuals become distances from the curve of the others, in sds of their noise. */
static void measure(const judge *g, const fit_solution *fit, const bool flagged[])
{
    const fit_points *o = g->points;
    double expected = o->sigma ? 1 : usual[o->observe], dof = fmax(fit->dof, 1);
    double robust = fit->n > FEW ? fmax(robust_sd(g, flagged, dof), 1e-3 * expected) : 0;
    for (int32_t i = 0; i < o->n; i++) {
        double h = g->lever[i] < 0.999 ? g->lever[i] : 0.999, e = g->off[i], sd = robust;
        if (fit->n <= FEW) {
            double left = flagged[i] ? fit->sse : fmax(fit->sse - e * e / (1 - h), 0);
            double left_dof = flagged[i] ? dof : dof - 1;
            sd = sqrt((left + usual_dof * expected * expected) / (left_dof + usual_dof));
        }
        g->off[i] = fabs(e) / (sd * sqrt(flagged[i] ? 1 + g->lever[i] : 1 - h));
    }
}

/* The new flags; true: they differ from the old. */
static bool flag(const judge *g, double limit_sd, int32_t n_most, bool few, bool flagged[])
{
    int32_t n = 0, worst = -1;
    bool changed = false;
    for (int32_t i = 0; i < g->points->n; i++) {
        bool off = g->off[i] > limit_sd;
        if (flagged[i] && !off) {
            flagged[i] = false;
            changed = true;
        }
        n += flagged[i];
        if (off && !flagged[i] && (worst < 0 || g->off[i] > g->off[worst]))
            worst = i;
    }
    if (worst < 0)
        return changed;
    for (int32_t i = 0; i < g->points->n && n < n_most; i++)
        if (!flagged[i] && (few ? i == worst : g->off[i] > limit_sd)) {
            flagged[i] = changed = true;
            n++;
        }
    return changed;
}

/* The points that are not flagged. */
static fit_points keep(const judge *g, const bool flagged[])
{
    fit_points kept = *g->points;
    int32_t n = 0;
    for (int32_t i = 0; i < g->points->n; i++) {
        if (flagged[i])
            continue;
        g->at[n] = g->points->at[i];
        g->observed[n] = g->points->observed[i];
        g->sigma[n] = kept.sigma ? kept.sigma[i] : 0;
        g->of[n++] = g->points->of[i];
    }
    kept.n = n;
    kept.at = g->at;
    kept.observed = g->observed;
    kept.sigma = kept.sigma ? g->sigma : NULL;
    kept.of = g->of;
    return kept;
}

hm_status fit_flag_outliers(const fit_model *m, const fit_points *points, const fit_solution *best,
                            double limit_sd, fit_work *work, hm_arena *scratch, fit_flags *out,
                            hm_err *err)
{
    judge g = {.m = m};
    fit_flags f = {.without = *best, .kept = *points};
    f.flagged = HM_PUSH(scratch, bool, points->n);
    f.off_sd = HM_PUSH(scratch, double, points->n);
    if (!f.flagged || !f.off_sd)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    HM_TRY(make(m, points, work, scratch, &g, err));
    int32_t n_most = points->n / 5 > 1 ? points->n / 5 : 1;
    if (n_most > points->n - m->n_param - 2)
        n_most = points->n - m->n_param - 2;
    bool few = points->n <= FEW;
    for (int round = 0; round < ROUND_MAX && n_most > 0; round++) {
        if (isnan(f.without.noise_var) || !residuals(&g, &f.without))
            break;
        measure(&g, &f.without, f.flagged);
        memcpy(f.off_sd, g.off, sizeof *g.off * (size_t)points->n);
        if (!flag(&g, limit_sd, n_most, few, f.flagged))
            break;
        fit_solution next;
        f.kept = keep(&g, f.flagged);
        if (fit_solve(m, &f.kept, NULL, f.without.p, work, &next, NULL) != HM_OK)
            break;
        f.without = next;
    }
    for (int32_t i = 0; i < points->n; i++)
        f.n_flagged += f.flagged[i];
    *out = f;
    return HM_OK;
}
