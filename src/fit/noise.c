/* The noise of observations that tell no sd, where priors must be weighed against them.
 *
 * Beforehand the logarithm of the noise is normal about what is usual; the marginal likelihood of
 * the observations (Laplace, at the most probable parameters for each noise) turns that into what
 * is known of it afterwards. Student's t wants that as a variance and its degrees of freedom: those
 * of the scaled inverse chi-squared whose logarithm has the same mean and variance.
 *
 * A conjugate prior worth four observations was here first. It pulled 5 ms and 15 ms half of the
 * way to 8 ms, so that their intervals held 95 and 83 % of truths. docs/physics/intervals.md */
#include "model_priv.h"

#include <math.h>

#include "num/dmath.h"
#include "num/gamma.h"

enum { ROUND_MAX = 20, NODE = 8 };

/* A first look has settled when a round changes the sd by less than this share. */
static const double settled = 0.02;

/* With so many degrees of freedom the residuals alone tell the noise to 5 %. */
static const double enough_dof = 200;

/* [sd of the logarithm, as far as known] how far the nodes reach, and their step: chi is skew. The
 * trapezoid rule is good to 1e-5 of a normal density with steps of 1.2 sd. */
static const double first_node = -3.6, node_step = 1.2;

static bool has_prior(const fit_param *q)
{
    return q->prior_sd > 0;
}

bool fit_has_priors(const fit_model *m)
{
    for (int32_t i = 0; i < m->n_param; i++)
        if (has_prior(&m->param[i]))
            return true;
    return false;
}

/* n - tr(hat matrix): each prior gives back what it, not the data, determines. */
static double left_dof(const fit_model *m, const fit_solution *best)
{
    double dof = best->dof;
    for (int32_t i = 0; i < m->n_param; i++) {
        double sd = m->param[i].prior_sd;
        if (has_prior(&m->param[i]))
            dof += fmin(best->covariance[i][i] / (sd * sd), 1);
    }
    return fmax(dof, 0);
}

/* What is usual, worth one observation, and the residuals of the fit that it makes. */
hm_status fit_guess_noise(fit_model *m, const fit_points *points, fit_work *work,
                          fit_solution *best, hm_err *err)
{
    double usual = m->usual_sd * m->usual_sd, dof = 0;
    m->noise_sd = m->usual_sd;
    for (int round = 0; round < ROUND_MAX; round++) {
        HM_TRY(fit_solve(m, points, NULL, best->p, work, best, err));
        dof = left_dof(m, best);
        double sd = sqrt((usual + best->sse) / (1 + dof)), change = fabs(sd / m->noise_sd - 1);
        m->noise_sd = sd;
        if (change < settled)
            break;
    }
    m->noise_dof = 1 + dof;
    return HM_OK;
}

/* Logarithm of the determinant of the covariance of what is free. */
static double log_det(const fit_model *m, const fit_solution *s)
{
    double l[FIT_PARAM_MAX][FIT_PARAM_MAX] = {{0}}, sum = 0;
    for (int32_t j = 0; j < m->n_param; j++) {
        if (!(s->covariance[j][j] > 0))
            continue;
        for (int32_t k = 0; k <= j; k++) {
            double rest = s->covariance[j][k];
            for (int32_t i = 0; i < k; i++)
                rest -= l[j][i] * l[k][i];
            if (k < j)
                l[j][k] = l[k][k] > 0 ? rest / l[k][k] : 0;
            else
                l[j][j] = sqrt(fmax(rest, 1e-12 * s->covariance[j][j]));
        }
        sum += 2 * hm_log(l[j][j]);
    }
    return sum;
}

/* Logarithm of what a noise is worth: prior of its logarithm, times marginal likelihood. */
static double log_worth(const fit_model *m, const fit_solution *s)
{
    double u = hm_log(m->noise_sd), off = (u - hm_log(m->usual_sd)) / m->usual_spread;
    return -0.5 * off * off - s->n * u - 0.5 * s->cost / (m->noise_sd * m->noise_sd) +
           0.5 * log_det(m, s);
}

/* Mean and variance of the logarithm of the variance, by the trapezoid rule. */
static hm_status moments(const fit_model *about, const fit_points *points, fit_work *work,
                         const fit_solution *start, double *mean, double *var, hm_err *err)
{
    fit_model m = *about;
    fit_solution s = *start;
    double worth[NODE], log_var[NODE], most = -INFINITY, sum = 0, first = 0, second = 0;
    double width = fmin(sqrt(0.5 / about->noise_dof), about->usual_spread);
    for (int k = 0; k < NODE; k++) {
        m.noise_sd = about->noise_sd * hm_exp((first_node + node_step * k) * width);
        HM_TRY(fit_solve(&m, points, NULL, s.p, work, &s, err));
        worth[k] = log_worth(&m, &s);
        log_var[k] = 2 * hm_log(m.noise_sd);
        most = fmax(most, worth[k]);
    }
    for (int k = 0; k < NODE; k++) {
        double w = hm_exp(worth[k] - most);
        sum += w;
        first += w * log_var[k];
        second += w * log_var[k] * log_var[k];
    }
    *mean = first / sum;
    *var = second / sum - *mean * *mean;
    return HM_OK;
}

hm_status fit_settle_noise(fit_model *m, const fit_points *points, fit_work *work,
                           fit_solution *best, hm_err *err)
{
    if (points->sigma || !fit_has_priors(m))
        return HM_OK;
    double mean, var;
    HM_TRY(fit_guess_noise(m, points, work, best, err));
    if (m->noise_dof < enough_dof) {
        HM_TRY(moments(m, points, work, best, &mean, &var, err));
        double half = fmax(hm_trigamma_inverse(var), 0.5);
        m->noise_dof = 2 * half;
        m->noise_sd = hm_exp(0.5 * (mean + hm_digamma(half) - hm_log(half)));
    }
    return fit_solve(m, points, NULL, best->p, work, best, err);
}
