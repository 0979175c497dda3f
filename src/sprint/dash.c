#include "sprint/dash.h"

#include "num/dmath.h"

/* s; time in which the force builds up; own: full force 0.1 s after the reaction. Longer = softer
 * start */
static const double onset_s = 0.040;

double hm_dash_model_s(double t_s)
{
    return t_s > 0 ? onset_s * hm_decay_reach(t_s / onset_s) : 0;
}

double hm_dash_burst_frac(double s_s)
{
    double u = s_s / HM_DASH_BURST_S;
    return -hm_expm1(-u) - u * hm_exp(-u);
}

double hm_dash_x_m(const hm_dash *d, double t_s)
{
    if (!(t_s > 0))
        return 0;
    double s_s = hm_dash_model_s(t_s);
    return hm_decay_x_m(&d->decay, s_s) + d->burst_m * hm_dash_burst_frac(s_s);
}

/* dx/ds and d2x/ds2 */
static double model_v_mps(const hm_dash *d, double s_s, double *a_mps2)
{
    double u = s_s / HM_DASH_BURST_S, k = d->burst_m / HM_DASH_BURST_S * hm_exp(-u);
    *a_mps2 = hm_decay_a_mps2(&d->decay, s_s) + k * (1 - u) / HM_DASH_BURST_S;
    return hm_decay_v_mps(&d->decay, s_s) + k * u;
}

double hm_dash_v_mps(const hm_dash *d, double t_s)
{
    if (!(t_s > 0))
        return 0;
    double a, s_rate = -hm_expm1(-t_s / onset_s); /* ds/dt */
    return s_rate * model_v_mps(d, hm_dash_model_s(t_s), &a);
}

double hm_dash_a_mps2(const hm_dash *d, double t_s)
{
    if (!(t_s > 0))
        return 0;
    double a, s_rate = -hm_expm1(-t_s / onset_s);
    double v = model_v_mps(d, hm_dash_model_s(t_s), &a);
    return s_rate * s_rate * a + v * (1 - s_rate) / onset_s;
}
