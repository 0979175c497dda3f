#include "num/gamma.h"

#include <math.h>

#include "base/status.h"
#include "num/dmath.h"

double hm_digamma(double x)
{
    HM_ASSERT(x > 0);
    double sum = 0;
    for (; x < 10; x++)
        sum -= 1 / x;
    double q = 1 / (x * x);
    double tail =
        q * (1.0 / 12 - q * (1.0 / 120 - q * (1.0 / 252 - q * (1.0 / 240 - q * (1.0 / 132)))));
    return sum + hm_log(x) - 0.5 / x - tail;
}

double hm_trigamma(double x)
{
    HM_ASSERT(x > 0);
    double sum = 0;
    for (; x < 10; x++)
        sum += 1 / (x * x);
    double q = 1 / (x * x);
    double tail = q * (1.0 / 6 - q * (1.0 / 30 - q * (1.0 / 42 - q * (1.0 / 30 - q * (5.0 / 66)))));
    return sum + (1 + 0.5 / x + tail) / x;
}

/* By 1 / trigamma, which is nearly a straight line: x - 1/2 for large x, x^2 for small. Newton on
 * it from above comes down without passing the root. */
double hm_trigamma_inverse(double y)
{
    HM_ASSERT(y > 0);
    double x = 0.5 + 1 / y;
    for (int i = 0; i < 60; i++) {
        double here = hm_trigamma(x), h = 1e-6 * x;
        double slope = (hm_trigamma(x + h) - hm_trigamma(x - h)) / (2 * h);
        double step = here * (1 - here / y) / slope;
        x = fmax(x + step, 0.1 * x);
        if (fabs(step) <= 1e-13 * x)
            break;
    }
    return x;
}
