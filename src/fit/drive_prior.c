/* What a runner of this level is like, and which level the points speak of. docs/physics/drive.md
 */
#include "drive_priv.h"

#include <math.h>

#include "num/dmath.h"

/* Made by tools/calibrate_drive.py from data/priors/drive_runs.csv; the same numbers stand in
 * data/priors/drive.csv. */
static const double elite_mps = 12;
static const double rise_mps3 = 5.581, rise_by_level = -0.1091; /* per m/s */
static const double fade_mps3 = 0.0509, fade_sd = 0.03492, fade_known_mps = 11.12;
static const double burst_m = 1.189, burst_sd = 0.197;
static const double elite_rise_sd = 0.25, slow_mps = 8.466, slow_rise_sd = 0.9482;

/* [1] burst of a standing start against one from blocks, as in race/prior.c; own, uncertain */
static const double standing_frac = 0.35, standing_sd_frac = 0.35;

static double clamped(double v, double lo, double hi)
{
    return fmin(fmax(v, lo), hi);
}

drive_prior drive_prior_of(double level_mps, bool blocks)
{
    double level = clamped(level_mps, 2, 14), share = level / elite_mps;
    double slow_frac = clamped((elite_mps - level) / (elite_mps - slow_mps), 0, 1.5);
    double burst = burst_m * share;
    /* below the slowest of these runs nobody was measured over 100 m; own. The 5 to 8 % that lesser
     * runners lose from their best (recalled) are then within */
    double unknown = clamped((fade_known_mps - level) / (fade_known_mps - slow_mps), 0, 1.5);
    return (drive_prior){
        .level_mps = level,
        .rise_mps3 = rise_mps3 + rise_by_level * (level - elite_mps),
        .rise_sd = elite_rise_sd + slow_frac * (slow_rise_sd - elite_rise_sd),
        .fade_mps3 = fade_mps3 * share * share,
        .fade_sd = fade_sd * share * share * (1 + 2 * unknown),
        .burst_m = blocks ? burst : standing_frac * burst,
        .burst_sd = blocks ? burst_sd * share : standing_sd_frac * burst,
    };
}

/* ---- the level at a glance: a run without fatigue, 1.4 s long in getting up to speed ---- */

static const double usual_s = 1.4;

/* [1] of the level that he has reached after s, and the seconds' worth of it that he has run */
static double share_of_level(double s_s)
{
    return s_s > 0 ? -hm_expm1(-s_s / usual_s) : 0;
}

static double worth_s(double s_s)
{
    return s_s > 0 ? usual_s * hm_decay_reach(s_s / usual_s) + 0.05 : 0.05;
}

static double usual_time_s(double level_mps, double x_m)
{
    hm_decay usual = {level_mps, usual_s, 0};
    return hm_decay_time_s(&usual, x_m);
}

/* The time of the last mark and one about half-way, whatever the clock: levels make the difference
 * of their times. */
static double level_between(double x0_m, double t0_s, double x1_m, double t1_s)
{
    double level = clamped((x1_m - x0_m) / (t1_s - t0_s), 1, 14);
    for (int i = 0; i < 8; i++)
        level = clamped(
            level * (usual_time_s(level, x1_m) - usual_time_s(level, x0_m)) / (t1_s - t0_s), 1, 14);
    return level;
}

/* The last mark before fatigue tells: within 60 m, or the first of all. */
static int32_t telling(int32_t n, const double x_m[])
{
    int32_t i = n - 1;
    while (i > 0 && x_m[i] > 60)
        i--;
    return i;
}

/* First mark beyond a third of the way to mark i, not mark i itself. */
static int32_t half_way(int32_t i, const double x_m[])
{
    int32_t k = 0;
    while (k < i - 1 && x_m[k] < x_m[i] / 3)
        k++;
    return k;
}

static drive_glance glance_way(int32_t n, const double x_m[], const double t_s[], bool shifted)
{
    int32_t i = telling(n, x_m), k = half_way(i, x_m);
    double x = x_m[i], t = t_s[i];
    if (!shifted || k == i || !(x > x_m[k] && t > t_s[k] && x_m[k] >= 0))
        return (drive_glance){clamped(x / worth_s(t), 1, 14), 0};
    double level = level_between(x_m[k], t_s[k], x, t);
    return (drive_glance){level, t - usual_time_s(level, x)};
}

/* Least squares of v = level share(t - start); start where a tenth of the top is first reached. */
static drive_glance glance_speed(int32_t n, const double t_s[], const double v_mps[], bool shifted)
{
    double top = 0, sum = 0, weight = 0;
    for (int32_t i = 0; i < n; i++)
        top = fmax(top, v_mps[i]);
    int32_t first = 0;
    while (first < n - 1 && v_mps[first] < 0.1 * top)
        first++;
    double start = shifted ? t_s[first] - 0.1 * usual_s : 0;
    for (int32_t i = 0; i < n; i++) {
        double share = share_of_level(t_s[i] - start);
        sum += share * v_mps[i];
        weight += share * share;
    }
    return (drive_glance){weight > 0 ? clamped(sum / weight, 1, 14) : clamped(top, 1, 14), start};
}

drive_glance drive_glance_of(const fit_points *points, bool shifted)
{
    switch (points->observe) {
    case HM_OBSERVE_TIME:
        return glance_way(points->n, points->at, points->observed, shifted);
    case HM_OBSERVE_DISTANCE:
        return glance_way(points->n, points->observed, points->at, shifted);
    default:
        return glance_speed(points->n, points->at, points->observed, shifted);
    }
}
