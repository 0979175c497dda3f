#include "num/dmath.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Constants cut in parts: the leading parts have few bits, so that an integer times them is exact.
 * Worked out to 60 digits and rounded. */
static const double PIO2_1 = 0x1.921fb544p+0;        /* pi/2, first 33 bits */
static const double PIO2_2 = 0x1.0b4611a6p-34;       /* next 33 */
static const double PIO2_3 = 0x1.3198a2e037073p-69;  /* the rest */
static const double PIO2_HI = 0x1.921fb54442d18p+0;  /* pi/2 as one double */
static const double PIO2_LO = 0x1.1a62633145c07p-54; /* pi/2 - PIO2_HI */
static const double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
static const double LN2_HI = 0x1.62e42feep-1;        /* ln 2, first 32 bits */
static const double LN2_LO = 0x1.a39ef35793c76p-33;  /* the rest */
static const double LN2_LOW = 0x1.cc01f97b57a08p-87; /* ln 2 - LN2_HI - LN2_LO */
static const double ONE_OVER_LN2 = 0x1.71547652b82fep+0;
static const double SQRT2 = 0x1.6a09e667f3bcdp+0;
static const double INF = (double)INFINITY, NOT_A_NUMBER = (double)NAN;

/* A number as the unrounded sum hi + lo. */
typedef struct pair {
    double hi, lo;
} pair;

/* a + b without loss (Knuth). */
static pair two_sum(double a, double b)
{
    double s = a + b, t = s - a;
    return (pair){s, (a - (s - t)) + (b - t)};
}

/* a * b without loss (Dekker); no overflow for |a|, |b| < 2^500. */
static pair two_product(double a, double b)
{
    const double k = 134217729.0; /* 2^27 + 1 */
    double p = a * b, ca = k * a, cb = k * b;
    double ah = ca - (ca - a), al = a - ah, bh = cb - (cb - b), bl = b - bh;
    return (pair){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

/* c[0] + c[1] z + ... + c[n - 1] z^(n - 1) */
static inline double poly(const double c[], int n, double z)
{
    double s = c[n - 1];
    for (int i = n - 2; i >= 0; i--)
        s = s * z + c[i];
    return s;
}

static double from_bits(uint64_t u)
{
    double x;
    memcpy(&x, &u, sizeof x);
    return x;
}

static uint64_t to_bits(double x)
{
    uint64_t u;
    memcpy(&u, &x, sizeof u);
    return u;
}

/* 2^k, -1022 <= k <= 1023 */
static double pow2(int k)
{
    return from_bits((uint64_t)(k + 1023) << 52);
}

/* x 2^k, rounded once, -1076 <= k <= 1026, x near 1 */
static double scale(double x, int k)
{
    if (k > 1023)
        return x * 0x1p1023 * pow2(k - 1023);
    if (k < -1022)
        return x * pow2(k + 64) * 0x1p-64;
    return x * pow2(k);
}

/* ---- sine and cosine ---- */

/* x - n pi/2 as a pair in [-pi/4, pi/4] and n mod 4. |x| <= 1e6: n below 2^20, so n * PIO2_1 and
 * n * PIO2_2 are exact. */
static pair reduce(double x, int *quadrant)
{
    double n = floor(x * TWO_OVER_PI + 0.5);
    *quadrant = (int)((int64_t)n & 3);
    pair a = two_sum(x - n * PIO2_1, -(n * PIO2_2));
    double lo = a.lo - n * PIO2_3;
    double hi = a.hi + lo;
    return (pair){hi, (a.hi - hi) + lo};
}

/* Taylor to r^17: the rest is below 2^-62 of the sine on [0, pi/4]. */
static double sin_core(pair r)
{
    static const double c[] = {-1.0 / 6,
                               1.0 / 120,
                               -1.0 / 5040,
                               1.0 / 362880,
                               -1.0 / 39916800,
                               1.0 / 6227020800.0,
                               -1.0 / 1307674368000.0,
                               1.0 / 355687428096000.0};
    double z = r.hi * r.hi;
    return r.hi + (r.hi * z * poly(c, 8, z) + r.lo * (1.0 - 0.5 * z));
}

/* Taylor to r^16; 1 - z/2 is kept as a pair. */
static double cos_core(pair r)
{
    static const double c[] = {
        1.0 / 24,        -1.0 / 720,           1.0 / 40320,           -1.0 / 3628800,
        1.0 / 479001600, -1.0 / 87178291200.0, 1.0 / 20922789888000.0};
    double z = r.hi * r.hi, h = 0.5 * z, w = 1.0 - h;
    return w + (((1.0 - w) - h) + (z * z * poly(c, 7, z) - r.hi * r.lo));
}

double hm_sin(double x)
{
    int q;
    if (!(fabs(x) <= 1e6))
        return NOT_A_NUMBER;
    if (fabs(x) < 0x1p-27)
        return x;
    pair r = reduce(x, &q);
    double v = q & 1 ? cos_core(r) : sin_core(r);
    return q & 2 ? -v : v;
}

double hm_cos(double x)
{
    int q;
    if (!(fabs(x) <= 1e6))
        return NOT_A_NUMBER;
    pair r = reduce(x, &q);
    double v = q & 1 ? sin_core(r) : cos_core(r);
    return (q + 1) & 2 ? -v : v;
}

double hm_tan(double x)
{
    int q;
    if (!(fabs(x) <= 1e6))
        return NOT_A_NUMBER;
    if (fabs(x) < 0x1p-27)
        return x;
    pair r = reduce(x, &q);
    double s = sin_core(r), c = cos_core(r);
    return q & 1 ? -c / s : s / c;
}

/* ---- exponential ---- */

/* e^r without 1 + r by powers of r, from r^2 to r^14: the rest of Taylor's series is below 2^-63.
 */
static const double EXP_TAIL[] = {0.5,
                                  1.0 / 6,
                                  1.0 / 24,
                                  1.0 / 120,
                                  1.0 / 720,
                                  1.0 / 5040,
                                  1.0 / 40320,
                                  1.0 / 362880,
                                  1.0 / 3628800,
                                  1.0 / 39916800,
                                  1.0 / 479001600.,
                                  1.0 / 6227020800.,
                                  1.0 / 87178291200.};

/* x = k ln 2 + r, |r| <= ln2 / 2; returns e^r - 1 - r.hi. */
static double exp_tail(double x, int *k, pair *r)
{
    double n = floor(x * ONE_OVER_LN2 + 0.5);
    *k = (int)n;
    double a = x - n * LN2_HI, b = n * LN2_LO;
    r->hi = a - b;
    r->lo = (a - r->hi) - b;
    return r->hi * r->hi * poly(EXP_TAIL, 13, r->hi) + r->lo * (1.0 + r->hi);
}

/* e^(x + lo), |lo| below 1e-12 */
static double exp_pair(double x, double lo)
{
    if (!(x <= 709.79))
        return x != x ? x : INF;
    if (x < -745.2)
        return 0.0;
    int k;
    pair r;
    double tail = exp_tail(x, &k, &r);
    return scale(1.0 + (r.hi + (tail + lo * (1.0 + r.hi + tail))), k);
}

double hm_exp(double x)
{
    return exp_pair(x, 0.0);
}

/* Lanes of hm_exp_all, side by side in the registers that there are. */
enum { LANE = 2 };
typedef double lanes __attribute__((vector_size(LANE * sizeof(double))));
typedef int64_t lane_bits __attribute__((vector_size(LANE * sizeof(int64_t))));

/* Is each within the range in which no power of two is anything but normal? */
static bool plain_lanes(const double x[LANE])
{
    bool plain = true;
    for (int i = 0; i < LANE; i++)
        plain &= fabs(x[i]) < 700.0;
    return plain;
}

/* exp_pair(x, 0) step by step in each lane. floor is the nearest whole number or the one below. */
static void exp_lanes(const double from[LANE], double to[LANE])
{
    const double whole = 0x1.8p52; /* what is added to it loses its fraction */
    lanes x, one = (lanes){0} + 1.0;
    memcpy(&x, from, sizeof x);
    lanes t = x * ONE_OVER_LN2 + 0.5, n = (t + whole) - whole;
    n -= (lanes)((lane_bits)(n > t) & (lane_bits)one);
    lanes a = x - n * LN2_HI, b = n * LN2_LO, hi = a - b, lo = (a - hi) - b;
    lanes tail = (lanes){0} + EXP_TAIL[12];
    for (int i = 11; i >= 0; i--)
        tail = tail * hi + EXP_TAIL[i];
    tail = hi * hi * tail + lo * (1.0 + hi);
    lane_bits power = (((lane_bits)(n + whole) - (lane_bits)((lanes){0} + whole)) + 1023) << 52;
    lanes y = (1.0 + (hi + tail)) * (lanes)power;
    memcpy(to, &y, sizeof y);
}

void hm_exp_all(int32_t n, const double x[], double y[])
{
    int32_t i = 0;
    for (; i + LANE <= n; i += LANE)
        if (plain_lanes(x + i))
            exp_lanes(x + i, y + i);
        else
            for (int k = i; k < i + LANE; k++)
                y[k] = hm_exp(x[k]);
    for (; i < n; i++)
        y[i] = hm_exp(x[i]);
}

/* e^x - 1 as a pair, |x| <= 709 */
static pair expm1_pair(double x)
{
    int k;
    pair r;
    double tail = exp_tail(x, &k, &r);
    if (k == 0) {
        double hi = r.hi + tail;
        return (pair){hi, (r.hi - hi) + tail};
    }
    if (k < -60)
        return (pair){-1.0, 0.0};
    /* 2^k ((1 - 2^-k) + r + tail) */
    pair s = two_sum(k > 60 ? 1.0 : 1.0 - pow2(-k), r.hi);
    double lo = s.lo + tail, hi = s.hi + lo;
    return (pair){scale(hi, k), scale((s.hi - hi) + lo, k)};
}

double hm_expm1(double x)
{
    if (fabs(x) < 0x1p-54)
        return x;
    if (!(x <= 709.0))
        return x != x ? x : exp_pair(x, 0.0);
    if (x < -50.0)
        return -1.0;
    return expm1_pair(x).hi;
}

double hm_tanh(double x)
{
    if (x != x || fabs(x) < 0x1p-28)
        return x;
    if (fabs(x) > 22.0)
        return x > 0 ? 1.0 : -1.0;
    /* with e = e^(-2|x|) - 1: tanh |x| = -e / (e + 2), the quotient mended by what was rounded off
     */
    pair e = expm1_pair(-2.0 * fabs(x));
    double d = e.hi + 2.0, d_lo = ((2.0 - d) + e.hi) + e.lo, q = e.hi / d;
    pair back = two_product(q, d);
    double t = -(q + ((((e.hi - back.hi) - back.lo) + e.lo) - q * d_lo) / d);
    return x > 0 ? t : -t;
}

/* ---- logarithm ---- */

/* x = 2^k m with m in [sqrt(1/2), sqrt 2); x > 0 and finite */
static double split_power(double x, int *k)
{
    int e = 0;
    if (x < 0x1p-1022) {
        x *= 0x1p64;
        e = -64;
    }
    uint64_t u = to_bits(x);
    e += (int)(u >> 52) - 1023;
    double m = from_bits((u & UINT64_C(0x000fffffffffffff)) | UINT64_C(0x3ff0000000000000));
    if (m >= SQRT2) {
        m *= 0.5;
        e++;
    }
    *k = e;
    return m;
}

/* (2 artanh s - 2 s) / s = 2/3 z + 2/5 z^2 + ..., z = s^2 <= 0.0295: the rest is below 2^-59 */
static double artanh_tail(double z)
{
    static const double c[] = {2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11,
                               2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21};
    return z * poly(c, 10, z);
}

/* k ln 2 + ln(1 + f) + c, for f in [-0.293, 0.4143] and tiny c */
static double log_core(int k, double f, double c)
{
    double s = f / (2.0 + f), h = 0.5 * f * f, n = (double)k;
    double rest = s * (h + artanh_tail(s * s)) + (n * LN2_LO + c);
    if (k == 0)
        return f - (h - rest);
    return n * LN2_HI - ((h - rest) - f);
}

double hm_log(double x)
{
    if (!(x > 0))
        return x == 0 ? -INF : NOT_A_NUMBER;
    if (x > 0x1.fffffffffffffp1023)
        return x;
    int k;
    double m = split_power(x, &k);
    return log_core(k, m - 1.0, 0.0);
}

double hm_log1p(double x)
{
    if (!(x > -1.0))
        return x == -1.0 ? -INF : NOT_A_NUMBER;
    if (x > 0x1.fffffffffffffp1023 || fabs(x) < 0x1p-54)
        return x;
    if (x > -0.2928 && x < 0.4142)
        return log_core(0, x, 0.0);
    pair u = two_sum(1.0, x);
    int k;
    double m = split_power(u.hi, &k);
    return log_core(k, m - 1.0, u.lo / u.hi);
}

/* ---- power ---- */

/* ln x to about 2^-66 of its size */
static pair log_pair(double x)
{
    int k;
    double m = split_power(x, &k), f = m - 1.0; /* exact */
    /* s = f / (2 + f) as a pair */
    pair d = two_sum(2.0, f);
    double s = f / d.hi;
    pair back = two_product(s, d.hi);
    double s_lo = (((f - back.hi) - back.lo) - s * d.lo) / d.hi;
    /* 2 s + 2/3 s^3 as pairs, the rest in double */
    pair z = two_product(s, s);
    z.lo += 2.0 * s * s_lo;
    static const double c[] = {2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11, 2.0 / 13,
                               2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21, 2.0 / 23};
    pair cube = two_product(s, z.hi);
    cube.lo += s * z.lo + s_lo * z.hi;
    pair third = two_product(cube.hi, 2.0 / 3);
    third.lo += cube.lo * (2.0 / 3) + cube.hi * 0x1.5555555555555p-55; /* 2/3 - (double)2/3 */
    double rest = cube.hi * z.hi * poly(c, 10, z.hi);
    double n = (double)k;
    pair a = two_sum(n * LN2_HI, 2.0 * s);
    pair b = two_sum(a.hi, n * LN2_LO);
    pair t = two_sum(b.hi, third.hi);
    double lo = t.lo + (a.lo + b.lo + (rest + (third.lo + (2.0 * s_lo + n * LN2_LOW))));
    double hi = t.hi + lo;
    return (pair){hi, (t.hi - hi) + lo};
}

double hm_pow(double x, double y)
{
    if (y == 0.0 || x == 1.0)
        return 1.0;
    if (!(x >= 0) || y != y)
        return NOT_A_NUMBER;
    if (x == 0.0)
        return y > 0 ? 0.0 : INF;
    if (x > 0x1.fffffffffffffp1023)
        return y > 0 ? INF : 0.0;
    pair l = log_pair(x);
    double rough = y * l.hi;
    if (!(fabs(rough) < 800.0))
        return rough > 0 ? INF : 0.0;
    if (fabs(y) > 0x1p400) /* x so near 1 that Dekker's split would overflow */
        return exp_pair(rough, y * l.lo);
    pair p = two_product(y, l.hi);
    return exp_pair(p.hi, p.lo + y * l.lo);
}

/* ---- arc functions ---- */

/* (atan t / t - 1) / t^2 in z = t^2 on [0, 0.1915]: interpolated at Chebyshev nodes, 1e-16 */
static double atan_series(double z)
{
    static const double c[] = {-0x1.5555555555554p-2, 0x1.999999999884fp-3,  -0x1.24924923afb50p-3,
                               0x1.c71c7135ea016p-4,  -0x1.745cff5280483p-4, 0x1.3b11603f8fe39p-4,
                               -0x1.10ed0dd6d837ap-4, 0x1.df0a85f43e7a5p-5,  -0x1.9c5c0704635fep-5,
                               0x1.35cf3eab8bfb6p-5,  -0x1.1f5fbd9e613d9p-6};
    return poly(c, 11, z);
}

/* atan(x + lo), x >= 0 and lo below its last place, from the nearest of atan 0, 1/2, 1, 3/2,
 * infinity. */
static double atan_core(double x, double lo)
{
    static const struct {
        double hi, lo;
    } base[] = {{0, 0},
                {0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
                {0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
                {0x1.f730bd281f69bp-1, 0x1.007887af0cbbdp-56},
                {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54}};
    int i = x < 0.4375 ? 0 : x < 0.6875 ? 1 : x < 1.1875 ? 2 : x < 2.4375 ? 3 : 4;
    double t;
    switch (i) {
    case 0:
        t = x;
        break;
    case 1:
        t = (2.0 * x - 1.0) / (2.0 + x);
        break;
    case 2:
        t = (x - 1.0) / (x + 1.0);
        break;
    case 3:
        t = (x - 1.5) / (1.0 + 1.5 * x);
        break;
    default:
        t = -1.0 / x;
    }
    double z = t * t;
    return base[i].hi + (t + (base[i].lo + lo / (1.0 + x * x) + t * z * atan_series(z)));
}

double hm_atan(double x)
{
    if (x != x || fabs(x) < 0x1p-27)
        return x;
    double a = atan_core(fabs(x), 0.0);
    return x < 0 ? -a : a;
}

double hm_atan2(double y, double x)
{
    if (x != x || y != y)
        return NOT_A_NUMBER;
    if (y == 0.0)
        return x < 0 ? HM_PI : 0.0;
    double ay = fabs(y), ax = fabs(x), q = ay / ax, a;
    if (ax == 0.0 || q > 0x1p60) {
        a = PIO2_HI;
    } else if (q < 0x1p-27) {
        a = x < 0 ? HM_PI - q : q;
        return y < 0 ? -a : a;
    } else {
        /* q is off by up to half its last place: carry the rest */
        double rest = 0.0;
        if (ax < 0x1p400 && ay < 0x1p400 && ax > 0x1p-400 && ay > 0x1p-400) {
            pair back = two_product(q, ax);
            rest = ((ay - back.hi) - back.lo) / ax;
        }
        a = atan_core(q, rest);
    }
    if (x < 0) {
        pair d = two_sum(2.0 * PIO2_HI, -a);
        a = d.hi + (d.lo + 2.0 * PIO2_LO);
    }
    return y < 0 ? -a : a;
}

/* (asin t / t - 1) / t^2 in z = t^2 on [0, 1/4]: interpolated at Chebyshev nodes, 2e-17 */
static double asin_series(double z)
{
    static const double c[] = {0x1.5555555555556p-3, 0x1.3333333332ecap-4, 0x1.6db6db6e31f13p-5,
                               0x1.f1c71c1db0623p-6, 0x1.6e8bb1c8209a2p-6, 0x1.1c4d35cf95421p-6,
                               0x1.c9cf07674736ap-7, 0x1.782651caa6547p-7, 0x1.52420b04b37bep-7,
                               0x1.65a9c4dfcf8b2p-8, 0x1.1d189408314eep-6, -0x1.e6aaa8a0a04ccp-7,
                               0x1.d72b2bc8155f8p-6};
    return poly(c, 13, z);
}

/* asin sqrt((1 - x) / 2) as a pair, for x in [1/2, 1] */
static pair half_asin(double x)
{
    double z = 0.5 * (1.0 - x), s = sqrt(z);
    pair sq = two_product(s, s);
    double lo = s > 0 ? ((z - sq.hi) - sq.lo) / (2.0 * s) : 0.0;
    return (pair){s, lo + s * z * asin_series(z)};
}

double hm_asin(double x)
{
    double a = fabs(x);
    if (!(a <= 1.0))
        return NOT_A_NUMBER;
    if (a < 0x1p-27)
        return x;
    if (a < 0.5)
        return x + x * (x * x * asin_series(x * x));
    pair h = half_asin(a);
    pair d = two_sum(PIO2_HI, -2.0 * h.hi);
    double v = d.hi + (d.lo - (2.0 * h.lo - PIO2_LO));
    return x < 0 ? -v : v;
}

double hm_acos(double x)
{
    double a = fabs(x);
    if (!(a <= 1.0))
        return NOT_A_NUMBER;
    if (a < 0.5) {
        pair d = two_sum(PIO2_HI, -x);
        return d.hi + (d.lo + (PIO2_LO - x * (x * x * asin_series(x * x))));
    }
    pair h = half_asin(a);
    if (x > 0)
        return 2.0 * (h.hi + h.lo);
    pair d = two_sum(2.0 * PIO2_HI, -2.0 * h.hi);
    return d.hi + (d.lo - (2.0 * h.lo - 2.0 * PIO2_LO));
}
