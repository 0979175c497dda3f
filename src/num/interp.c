#include "num/interp.h"

double hm_hermite_at(const hm_hermite *p, double u)
{
    double rise = p->y1 - p->y0, a = p->slope0 * p->h, b = p->slope1 * p->h;
    return p->y0 + u * (a + u * (3 * rise - 2 * a - b + u * (a + b - 2 * rise)));
}

double hm_hermite_slope(const hm_hermite *p, double u)
{
    double rise = p->y1 - p->y0, a = p->slope0 * p->h, b = p->slope1 * p->h;
    return (a + u * (2 * (3 * rise - 2 * a - b) + u * 3 * (a + b - 2 * rise))) / p->h;
}

double hm_hermite_bend(const hm_hermite *p, double u)
{
    double rise = p->y1 - p->y0, a = p->slope0 * p->h, b = p->slope1 * p->h;
    return (2 * (3 * rise - 2 * a - b) + u * 6 * (a + b - 2 * rise)) / (p->h * p->h);
}

/* Slope between two pieces of lengths h0, h1 and chord slopes d0, d1. */
static double inner_slope(double h0, double d0, double h1, double d1)
{
    if (!(d0 * d1 > 0))
        return 0;
    double w0 = 2 * h1 + h0, w1 = h1 + 2 * h0;
    return (w0 + w1) / (w0 / d0 + w1 / d1);
}

/* Slope at an end from the two pieces next to it, held to keep the shape. */
static double end_slope(double h0, double d0, double h1, double d1)
{
    double s = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1);
    if (!(s * d0 > 0))
        return 0;
    double most = 3 * d0;
    return !(d0 * d1 > 0) && (d0 > 0 ? s > most : s < most) ? most : s;
}

void hm_monotone_slopes(int32_t n, const double x[], const double y[], double slope[])
{
    double h0 = x[1] - x[0], d0 = (y[1] - y[0]) / h0;
    if (n == 2) {
        slope[0] = slope[1] = d0;
        return;
    }
    double h1 = x[2] - x[1], d1 = (y[2] - y[1]) / h1;
    slope[0] = end_slope(h0, d0, h1, d1);
    for (int32_t i = 1; i < n - 1; i++) {
        h1 = x[i + 1] - x[i];
        d1 = (y[i + 1] - y[i]) / h1;
        slope[i] = inner_slope(h0, d0, h1, d1);
        if (i == n - 2)
            slope[n - 1] = end_slope(h1, d1, h0, d0);
        h0 = h1;
        d0 = d1;
    }
}

void hm_monotone_slopes_periodic(int32_t n, const double x[], const double y[], double period,
                                 double slope[])
{
    double h0 = x[0] + period - x[n - 1], d0 = (y[0] - y[n - 1]) / h0;
    for (int32_t i = 0; i < n; i++) {
        int32_t next = i + 1 < n ? i + 1 : 0;
        double h1 = x[next] - x[i] + (next == 0 ? period : 0), d1 = (y[next] - y[i]) / h1;
        slope[i] = inner_slope(h0, d0, h1, d1);
        h0 = h1;
        d0 = d1;
    }
}

void hm_spline_slopes(int32_t n, const double x[], const double y[], double first_slope,
                      double slope[], double work[])
{
    /* rows: h1 s[i-1] + 2 (h0 + h1) s[i] + h0 s[i+1] = 3 (h1 d0 + h0 d1); last: s[n-2] + 2 s[n-1] =
     * 3 d */
    slope[0] = first_slope;
    work[0] = 0;
    for (int32_t i = 1; i < n; i++) {
        double h0 = x[i] - x[i - 1], d0 = (y[i] - y[i - 1]) / h0;
        double below = 1, diag = 2, above = 0, right = 3 * d0;
        if (i < n - 1) {
            double h1 = x[i + 1] - x[i], d1 = (y[i + 1] - y[i]) / h1;
            below = h1;
            diag = 2 * (h0 + h1);
            above = h0;
            right = 3 * (h1 * d0 + h0 * d1);
        }
        double pivot = diag - below * work[i - 1];
        work[i] = above / pivot;
        slope[i] = (right - below * slope[i - 1]) / pivot;
    }
    for (int32_t i = n - 2; i >= 1; i--)
        slope[i] -= work[i] * slope[i + 1];
}

int32_t hm_piece_of(int32_t n, const double x[], double at)
{
    int32_t lo = 0, hi = n - 1;
    while (hi - lo > 1) {
        int32_t mid = lo + (hi - lo) / 2;
        if (x[mid] <= at)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}
