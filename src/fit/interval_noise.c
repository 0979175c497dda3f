/* Do residuals follow one another? A radar sees the speed within each step, a filter smooths: then
 * n points tell less than n, and intervals from n are too narrow. */
#include "interval_priv.h"

#include <math.h>

#include "num/dmath.h"

enum {
    N_LEAST = 30,  /* shorter series do not tell */
    ORDER_MAX = 24 /* 0.5 s of a radar */
};

static double product_at_lag(int32_t n, const double r[], double mean, int32_t lag)
{
    double sum = 0;
    for (int32_t i = lag; i < n; i++)
        sum += (r[i] - mean) * (r[i - lag] - mean);
    return sum / n;
}

double fit_noise_inflation(int32_t n, const double r[], int32_t n_param)
{
    double mean = 0, phi[ORDER_MAX + 1] = {0}, gain = 1;
    if (n < N_LEAST)
        return 1;
    for (int32_t i = 0; i < n; i++)
        mean += r[i] / n;
    double var = product_at_lag(n, r, mean, 0), rho[ORDER_MAX + 1] = {1};
    if (!(var > 0))
        return 1;
    int32_t order_max = n / 4 < ORDER_MAX ? n / 4 : ORDER_MAX;
    for (int32_t k = 1; k <= order_max; k++)
        rho[k] = product_at_lag(n, r, mean, k) / var;

    /* Levinson and Durbin: autoregressions of rising order; the one of the least criterion counts
     */
    double left = 1, least = 0;
    for (int32_t k = 1; k <= order_max; k++) {
        double next = rho[k], older[ORDER_MAX + 1], sum = 0;
        for (int32_t j = 1; j < k; j++) {
            next -= phi[j] * rho[k - j];
            older[j] = phi[j];
        }
        phi[k] = next / left;
        for (int32_t j = 1; j < k; j++)
            phi[j] = older[j] - phi[k] * older[k - j];
        left *= 1 - phi[k] * phi[k];
        double criterion = n * hm_log(left) + k * hm_log(n);
        if (!(left > 0) || criterion >= least)
            continue;
        least = criterion;
        for (int32_t j = 1; j <= k; j++)
            sum += phi[j];
        gain = left / ((1 - sum) * (1 - sum));
    }
    /* a fit takes the slow part of the errors with it: each parameter as much as gain points hold
     */
    double most = 0.5 * n / n_param;
    gain = gain < most ? gain / (1 - n_param * gain / n) : 2 * most;
    return gain > 1 && least < 0 ? gain : 1;
}
