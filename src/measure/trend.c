#include "trend_priv.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "num/dmath.h"

enum { N_PAR = 4, N_PRIOR = 3, N_ROW = TREND_MARK_MAX + N_PRIOR, STEP_MAX = 60 };

/* v, tau, b, tc */
typedef struct params {
    double p[N_PAR];
} params;

static const double prior_mean[N_PRIOR] = {1.3, 0.12, 0}; /* tau, b, tc */
static const double prior_sd[N_PRIOR] = {0.5, 0.12, 0.4};

/* Weighted rows: d model / d parameter, and measured less model. */
typedef struct rows {
    int32_t n;
    double d[N_ROW][N_PAR], r[N_ROW];
    double s[TREND_MARK_MAX]; /* model time of each mark */
    double sse;               /* [1] */
} rows;

static double place_at(const params *q, double s, double e)
{
    return q->p[0] * (s - q->p[1] * (1 - e)) - 0.5 * q->p[2] * s * s;
}

/* Model time at which x is reached, from a guess; the speed and e^(-s / tau) there. */
static double time_at(const params *q, double x_m, double s, double *speed_mps, double *e)
{
    for (int i = 0;; i++) {
        *e = hm_exp(-s / q->p[1]);
        *speed_mps = fmax(q->p[0] * (1 - *e) - q->p[2] * s, 0.1);
        double step = (place_at(q, s, *e) - x_m) / *speed_mps;
        if (fabs(step) < 1e-9 || i == 40)
            return s;
        s = fmax(s - step, 1e-3);
    }
}

static void make_rows(const trend_marks *m, const params *q, const double guess_s[], rows *out)
{
    out->n = m->n + N_PRIOR;
    out->sse = 0;
    for (int32_t k = 0; k < m->n; k++) {
        double v, e, s = time_at(q, m->distance_m[k], guess_s[k], &v, &e);
        out->s[k] = s;
        double per = 1 / (v * m->sigma_s), *d = out->d[k];
        d[0] = -(s - q->p[1] * (1 - e)) * per;
        d[1] = q->p[0] * (1 - e - s / q->p[1] * e) * per;
        d[2] = 0.5 * s * s * per;
        d[3] = 1 / m->sigma_s;
        out->r[k] = (m->time_s[k] - q->p[3] - s) / m->sigma_s;
    }
    for (int32_t i = 0; i < N_PRIOR; i++) {
        double *d = out->d[m->n + i];
        memset(d, 0, sizeof out->d[0]);
        d[i + 1] = 1 / prior_sd[i];
        out->r[m->n + i] = (prior_mean[i] - q->p[i + 1]) / prior_sd[i];
    }
    for (int32_t k = 0; k < out->n; k++)
        out->sse += out->r[k] * out->r[k];
}

/* Cholesky factor of the normal matrix, its diagonal raised by 1 + damping; false = singular. */
static bool factor(const rows *a, double damping, double l[N_PAR][N_PAR])
{
    for (int i = 0; i < N_PAR; i++)
        for (int j = 0; j <= i; j++) {
            double sum = 0;
            for (int32_t k = 0; k < a->n; k++)
                sum += a->d[k][i] * a->d[k][j];
            if (i == j)
                sum *= 1 + damping;
            for (int k = 0; k < j; k++)
                sum -= l[i][k] * l[j][k];
            if (i == j && !(sum > 0))
                return false;
            l[i][j] = i == j ? sqrt(sum) : sum / l[j][j];
        }
    return true;
}

/* l y = b */
static void forward(double l[N_PAR][N_PAR], const double b[N_PAR], double y[N_PAR])
{
    for (int i = 0; i < N_PAR; i++) {
        y[i] = b[i];
        for (int k = 0; k < i; k++)
            y[i] -= l[i][k] * y[k];
        y[i] /= l[i][i];
    }
}

static bool step_of(const rows *a, double damping, double step[N_PAR])
{
    double l[N_PAR][N_PAR], g[N_PAR] = {0}, y[N_PAR];
    if (!factor(a, damping, l))
        return false;
    for (int32_t k = 0; k < a->n; k++)
        for (int i = 0; i < N_PAR; i++)
            g[i] += a->d[k][i] * a->r[k];
    forward(l, g, y);
    for (int i = N_PAR - 1; i >= 0; i--) {
        step[i] = y[i];
        for (int k = i + 1; k < N_PAR; k++)
            step[i] -= l[k][i] * step[k];
        step[i] /= l[i][i];
    }
    return true;
}

static params start_of(const trend_marks *m)
{
    double top_mps = 1;
    for (int32_t k = 1; k < m->n; k++)
        top_mps = fmax(top_mps, (m->distance_m[k] - m->distance_m[k - 1]) /
                                    (m->time_s[k] - m->time_s[k - 1]));
    return (params){{1.05 * top_mps, 1.3, 0.12, 0}};
}

static void rows_copy(rows *to, const rows *from)
{
    size_t n = (size_t)from->n;
    to->n = from->n;
    to->sse = from->sse;
    memcpy(to->d, from->d, n * sizeof from->d[0]);
    memcpy(to->r, from->r, n * sizeof from->r[0]);
    memcpy(to->s, from->s, (n - N_PRIOR) * sizeof from->s[0]);
}

/* Levenberg-Marquardt; the best that was found stays. */
static params minimise(const trend_marks *m, rows *at)
{
    params q = start_of(m);
    double damping = 1e-3;
    rows next;
    double guess_s[TREND_MARK_MAX];
    for (int32_t k = 0; k < m->n; k++)
        guess_s[k] = m->distance_m[k] / q.p[0] + q.p[1];
    make_rows(m, &q, guess_s, at);
    for (int i = 0; i < STEP_MAX && damping < 1e9; i++) {
        double step[N_PAR];
        params to = q;
        if (!step_of(at, damping, step))
            break;
        for (int k = 0; k < N_PAR; k++)
            to.p[k] += step[k];
        to.p[0] = fmin(fmax(to.p[0], 1), 40);
        to.p[1] = fmin(fmax(to.p[1], 0.3), 5);
        make_rows(m, &to, at->s, &next);
        bool better = next.sse < at->sse, done = at->sse - next.sse < 1e-4 * at->sse;
        damping = better ? damping / 5 : damping * 5;
        if (!better)
            continue;
        q = to;
        rows_copy(at, &next);
        if (done)
            break;
    }
    return q;
}

void trend_fit(const trend_marks *m, trend *out)
{
    rows at;
    params q = minimise(m, &at);
    double l[N_PAR][N_PAR], sum_s2 = 0;
    bool sound = factor(&at, 0, l);
    *out = (trend){.v_mps = q.p[0], .tau_s = q.p[1], .b_mps2 = q.p[2], .tc_s = q.p[3]};
    for (int32_t k = 0; k < m->n; k++) {
        double y[N_PAR], leverage = 0;
        if (sound) {
            forward(l, at.d[k], y);
            for (int i = 0; i < N_PAR; i++)
                leverage += y[i] * y[i];
        }
        double free_frac = fmax(1 - leverage, 1e-6);
        out->residual_s[k] = at.r[k] * m->sigma_s;
        out->z[k] = sound ? at.r[k] / sqrt(free_frac) : 0;
        out->off_s[k] = out->residual_s[k] / free_frac;
        sum_s2 += out->residual_s[k] * out->residual_s[k];
    }
    out->rse_s = m->n > N_PAR ? sqrt(sum_s2 / (m->n - N_PAR)) : (double)NAN;
}
