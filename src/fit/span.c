/* Where in a series of a radar, a laser or a satellite receiver the run is. */
#include "points_priv.h"

#include <math.h>

/* Own choices, all as shares of the top speed of the series. */
static const double idle_frac = 0.05; /* slower than this he stands: 0.5 m/s of a sprinter */
static const double half_frac = 0.5;  /* by then he has started */
static const double fade_frac = 0.93; /* the run ends where it was last this fast, */
static const double stop_frac = 0.75; /* if at the end it is slower than this */

/* Standing for less than this is a start as it should be recorded, s: two frames of a slow radar.
 * A start loses nothing below half a metre per second in 0.06 s. */
static const double idle_least_s = 0.3;

/* Speeds from distances are taken over so long, s: centimetres of laser noise become 0.1 m/s. */
static const double window_s = 0.4;

/* Speed over a window around each entry. */
static void speeds_of_distances(int32_t n, const fit_entry e[], double speed[])
{
    int32_t lo = 0, hi = 0;
    for (int32_t i = 0; i < n; i++) {
        while (lo < i && e[i].at - e[lo].at > 0.5 * window_s)
            lo++;
        hi = hi < i ? i : hi;
        while (hi + 1 < n && e[hi + 1].at - e[i].at <= 0.5 * window_s)
            hi++;
        int32_t a = lo, b = hi;
        if (e[b].at <= e[a].at) { /* sparse: the neighbours */
            a = i > 0 ? i - 1 : 0;
            b = i + 1 < n ? i + 1 : n - 1;
        }
        double dt_s = e[b].at - e[a].at;
        speed[i] = dt_s > 0 ? (e[b].observed - e[a].observed) / dt_s : 0;
    }
}

/* Median of three: one wild reading is no top speed. */
static double middle(double a, double b, double c)
{
    double lo = a < b ? a : b, hi = a < b ? b : a;
    return c < lo ? lo : c > hi ? hi : c;
}

static double top_of(int32_t n, const double v[])
{
    double top = 0;
    for (int32_t i = 1; i + 1 < n; i++)
        top = fmax(top, middle(v[i - 1], v[i], v[i + 1]));
    return top;
}

fit_span fit_span_of(hm_fit_observe observe, int32_t n, const fit_entry entry[], double speed[])
{
    fit_span all = {0, n, 0}, s = all;
    if (observe == HM_OBSERVE_TIME || n < 8)
        return all;
    if (observe == HM_OBSERVE_DISTANCE)
        speeds_of_distances(n, entry, speed);
    else
        for (int32_t i = 0; i < n; i++)
            speed[i] = entry[i].observed;
    double top = top_of(n, speed);
    if (!(top > 0))
        return all;
    /* last stand before the first time that he is at half his speed */
    int32_t half = 0;
    while (half < n && speed[half] < half_frac * top)
        half++;
    int32_t moves = half;
    while (moves > 0 && speed[moves - 1] >= idle_frac * top)
        moves--;
    if (moves > 0 && entry[moves - 1].at - entry[0].at > idle_least_s) {
        s.from = moves;
        s.idle_s = entry[moves - 1].at;
    }
    /* slowing down that does not end */
    if (middle(speed[n - 3], speed[n - 2], speed[n - 1]) < stop_frac * top)
        while (s.to > s.from + 1 && speed[s.to - 1] < fade_frac * top)
            s.to--;
    return s;
}
