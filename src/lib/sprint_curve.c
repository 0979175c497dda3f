#include "hecto/hecto.h"

#include <math.h>
#include <stdbool.h>

#include "sprint/velocity.h"

static bool curve_of(double mss_mps, double mac_mps2, double decay_mps2, hm_decay *d)
{
    bool good = mss_mps > 0 && mac_mps2 > 0 && decay_mps2 >= 0 && isfinite(mss_mps) &&
                isfinite(mac_mps2) && isfinite(decay_mps2);
    *d = (hm_decay){mss_mps, mss_mps / (mac_mps2 + decay_mps2), decay_mps2};
    return good;
}

static double speed(const hm_decay *d, double t_s)
{
    return t_s <= 0 ? 0 : hm_decay_v_mps(d, t_s);
}

static double distance(const hm_decay *d, double t_s)
{
    return t_s <= 0 ? 0 : hm_decay_x_m(d, t_s);
}

static double acceleration(const hm_decay *d, double t_s)
{
    return t_s < 0 ? 0 : hm_decay_a_mps2(d, t_s);
}

/* Who tires stops somewhere: short of that place hm_decay_time_s is exact, beyond it there is no
 * time. */
static double time_at(const hm_decay *d, double x_m)
{
    if (x_m < 0)
        return (double)NAN;
    double t_s = hm_decay_time_s(d, x_m);
    return hm_decay_x_m(d, t_s) >= x_m * (1 - 1e-9) ? t_s : (double)NAN;
}

typedef double curve_fn(const hm_decay *d, double at);

static void along(curve_fn *f, const double *at, size_t n, double mss_mps, double mac_mps2,
                  double decay_mps2, double *out)
{
    hm_decay d;
    bool good = curve_of(mss_mps, mac_mps2, decay_mps2, &d);
    for (size_t i = 0; i < n; i++)
        out[i] = good && isfinite(at[i]) ? f(&d, at[i]) : (double)NAN;
}

void hm_sprint_speed(const double *time_s, size_t n, double mss_mps, double mac_mps2,
                     double decay_mps2, double *speed_mps)
{
    along(speed, time_s, n, mss_mps, mac_mps2, decay_mps2, speed_mps);
}

void hm_sprint_distance(const double *time_s, size_t n, double mss_mps, double mac_mps2,
                        double decay_mps2, double *distance_m)
{
    along(distance, time_s, n, mss_mps, mac_mps2, decay_mps2, distance_m);
}

void hm_sprint_acceleration(const double *time_s, size_t n, double mss_mps, double mac_mps2,
                            double decay_mps2, double *acceleration_mps2)
{
    along(acceleration, time_s, n, mss_mps, mac_mps2, decay_mps2, acceleration_mps2);
}

void hm_sprint_time(const double *distance_m, size_t n, double mss_mps, double mac_mps2,
                    double decay_mps2, double *time_s)
{
    along(time_at, distance_m, n, mss_mps, mac_mps2, decay_mps2, time_s);
}
