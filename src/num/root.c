#include "num/root.h"

#include <math.h>

enum { MOST_STEPS = 200 };

double hm_root(hm_root_fn *fn, const void *ctx, double lo, double hi, double guess, double rel)
{
    double slope, f_lo = fn(ctx, lo, &slope), f_hi = fn(ctx, hi, &slope);
    if ((f_lo > 0) == (f_hi > 0) && f_lo != 0 && f_hi != 0)
        return fabs(f_lo) <= fabs(f_hi) ? lo : hi;
    int rising = f_hi > f_lo;
    double x = guess > lo && guess < hi ? guess : 0.5 * (lo + hi);
    for (int i = 0; i < MOST_STEPS; i++) {
        double f = fn(ctx, x, &slope);
        if (f == 0)
            return x;
        if ((f > 0) == rising)
            hi = x;
        else
            lo = x;
        double next = x - f / slope;
        if (!(next > lo && next < hi)) /* also where slope is 0 */
            next = 0.5 * (lo + hi);
        double step = fabs(next - x);
        x = next;
        if (step <= rel * fabs(x))
            return x;
    }
    return x;
}
