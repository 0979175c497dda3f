#include "data/race.h"

#include <math.h>

/* World Athletics TR14.4: lanes of 1.22 m; lanes 4 and 5 meet in the middle of eight. */
static const double lane_width_m = 1.22;
static const double middle_lane = 4.5; /* [1] */

int32_t hm_result_key(int32_t place, hm_run_status status, int32_t lane)
{
    enum { ROOM = 1024 }; /* more than there are lanes or places */
    static const int32_t after[] = {
        [HM_RUN_OK] = 1, [HM_RUN_DNF] = 2, [HM_RUN_DQ] = 3, [HM_RUN_DNS] = 4};
    return (place > 0 ? place : ROOM * after[status]) * ROOM + lane;
}

double hm_lane_centre_m(int32_t lane)
{
    return (middle_lane - lane) * lane_width_m;
}

/* The piece that holds t_s, and where in it: 0 <= *u <= 1. Only for 0 <= t_s <= end. */
static int32_t piece_of(const hm_curve *c, double t_s, double *u)
{
    double at = t_s / c->dt_s;
    int32_t i = (int32_t)at;
    if (i > c->n - 2)
        i = c->n - 2;
    *u = at - i;
    return i;
}

static double end_of_s(const hm_curve *c)
{
    return c->dt_s * (c->n - 1);
}

/* Cubic Hermite: a u + b u^2 + d u^3 above x_m[i]. */
typedef struct piece {
    double a, b, d;
} piece;

static piece piece_make(const hm_curve *c, int32_t i)
{
    double rise = c->x_m[i + 1] - c->x_m[i];
    double a = c->dt_s * c->v_mps[i];
    double e = c->dt_s * c->v_mps[i + 1];
    return (piece){a, 3 * rise - 2 * a - e, a + e - 2 * rise};
}

static double piece_x_m(const piece *p, double from_m, double u)
{
    return from_m + u * (p->a + u * (p->b + u * p->d));
}

double hm_curve_x_m(const hm_curve *c, double t_s)
{
    if (c->n == 0 || !(t_s > 0))
        return 0;
    if (c->n == 1 || t_s >= end_of_s(c))
        return c->x_m[c->n - 1];
    double u;
    int32_t i = piece_of(c, t_s, &u);
    piece p = piece_make(c, i);
    return piece_x_m(&p, c->x_m[i], u);
}

double hm_curve_v_mps(const hm_curve *c, double t_s)
{
    if (c->n == 0 || !(t_s >= 0))
        return 0;
    if (c->n == 1 || t_s >= end_of_s(c))
        return c->v_mps[c->n - 1];
    double u;
    int32_t i = piece_of(c, t_s, &u);
    piece p = piece_make(c, i);
    return (p.a + u * (2 * p.b + u * 3 * p.d)) / c->dt_s;
}

double hm_curve_time_s(const hm_curve *c, double x_m)
{
    if (c->n == 0 || !(x_m >= 0) || x_m > c->x_m[c->n - 1])
        return -1;
    /* first sample at or past x_m */
    int32_t lo = 0, hi = c->n - 1;
    while (lo < hi) {
        int32_t mid = lo + (hi - lo) / 2;
        if (c->x_m[mid] >= x_m)
            hi = mid;
        else
            lo = mid + 1;
    }
    if (lo == 0)
        return 0;
    piece p = piece_make(c, lo - 1);
    double before_s = c->dt_s * (lo - 1), after_s = c->dt_s * lo;
    while (after_s - before_s > 1e-9) {
        double mid_s = 0.5 * (before_s + after_s);
        if (piece_x_m(&p, c->x_m[lo - 1], mid_s / c->dt_s - (lo - 1)) >= x_m)
            after_s = mid_s;
        else
            before_s = mid_s;
    }
    return after_s;
}
