/* tests/support/film_race.h - simple races for the tests of films: mono-exponential runs with a
 * closed form, so that where a runner is needs no other room. */
#ifndef FILM_RACE_H
#define FILM_RACE_H

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "data/race.h"
#include "num/dmath.h"

/* tau of all runners [s]; x(t) = mss (t - tau (1 - e^(-t/tau))) from the reaction on. */
#define FILM_RACE_TAU_S 1.25

static inline double film_race_k(double t_s)
{
    return t_s <= 0 ? 0 : t_s - FILM_RACE_TAU_S * (1 - hm_exp(-t_s / FILM_RACE_TAU_S));
}

/** One runner; time_s <= 0: DNS, and stop_m < 100: runs no farther, DNF. */
static inline hm_lane film_race_lane(hm_arena *a, int32_t lane, const char *name, double time_s,
                                     double reaction_s, double stop_m)
{
    hm_lane l = {.lane = lane,
                 .name = name,
                 .team = "JAM",
                 .bib = "",
                 .form = "",
                 .age_yr = 25,
                 .stature_m = 1.8,
                 .mass_kg = 75,
                 .status = time_s > 0 ? HM_RUN_OK : HM_RUN_DNS};
    if (time_s <= 0)
        return l;
    double mss = 100 / film_race_k(time_s - reaction_s);
    double stop_s = 0, v_stop = 0, x_stop = 0;
    l.curve.dt_s = 0.05;
    l.curve.n = (int32_t)((time_s + 12) / l.curve.dt_s);
    l.curve.x_m = HM_PUSH(a, double, l.curve.n);
    l.curve.v_mps = HM_PUSH(a, double, l.curve.n);
    for (int32_t i = 0; i < l.curve.n; i++) {
        double t = i * l.curve.dt_s - reaction_s;
        double x = mss * film_race_k(t);
        double v = t > 0 ? mss * (1 - hm_exp(-t / FILM_RACE_TAU_S)) : 0;
        double end_m = stop_m < 100 ? stop_m : 100.5;
        if (x > end_m && stop_s <= 0) {
            stop_s = t;
            v_stop = v;
            x_stop = x;
        }
        if (stop_s > 0) { /* slows down at 3 m/s2 */
            double s = t - stop_s, most = v_stop / 3;
            s = s < most ? s : most;
            x = x_stop + v_stop * s - 1.5 * s * s;
            v = v_stop - 3 * s;
        }
        l.curve.x_m[i] = x;
        l.curve.v_mps[i] = v;
    }
    l.end_s = (l.curve.n - 1) * l.curve.dt_s;
    l.reaction_s = reaction_s;
    l.start = (hm_start){.front_foot = HM_FOOT_LEFT,
                         .front_x_m = -0.55,
                         .rear_x_m = -0.85,
                         .rear_off_s = reaction_s + 0.2,
                         .front_off_s = reaction_s + 0.36};
    l.top_speed_mps = mss;
    l.top_speed_at_m = 66;
    l.n_split = 10;
    l.split = HM_PUSH(a, hm_split, 10);
    for (int32_t i = 0; i < 10; i++)
        l.split[i] = (hm_split){10 * (i + 1), hm_curve_time_s(&l.curve, 10 * (i + 1)), false};
    if (stop_m < 100) {
        l.status = HM_RUN_DNF;
        l.n_split = (int32_t)(stop_m / 10);
    } else {
        l.time_us = (int64_t)floor(1e6 * hm_curve_time_s(&l.curve, 100) + 0.5);
        l.official_cs = (int32_t)((l.time_us + 9999) / 10000);
    }
    return l;
}

/** Places by time. */
static inline void film_race_rank(hm_race *r)
{
    for (int32_t i = 0; i < r->n_lane; i++) {
        int32_t place = 1;
        for (int32_t k = 0; k < r->n_lane; k++)
            place += r->lane[k].time_us > 0 && r->lane[k].time_us < r->lane[i].time_us;
        r->lane[i].place = r->lane[i].time_us > 0 ? place : 0;
    }
}

typedef enum film_race_kind {
    FILM_RACE_EIGHT,
    FILM_RACE_ONE,
    FILM_RACE_TEN,
    FILM_RACE_GAPS, /* two DNS, one DNF */
    FILM_RACE_SCHOOL,
    FILM_RACE_NO_FINISH,
    FILM_RACE_SLOW, /* a minute */
    FILM_RACE_KINDS
} film_race_kind;

static inline hm_race film_race(hm_arena *a, film_race_kind kind)
{
    static const char *const name[10] = {"Ada Low",  "Ben Okoro", "Cy Rand",   "Dov Stern",
                                         "Eli Moss", "Finn Aas",  "富樫 慎二", "Hal Quist",
                                         "Ivo Marr", "Jon Park"};
    static const double eight_s[10] = {10.34, 10.00, 9.84,  9.58, 9.93,
                                       9.71,  10.34, 10.00, 10.1, 10.2};
    hm_race r = {.meet = "World Championships in Athletics",
                 .event = "100 metres men",
                 .date = "2009-08-16",
                 .round = "Final",
                 .venue = "Berlin",
                 .has_wind = true,
                 .wind_mps = 0.9,
                 .seed = 1};
    r.n_lane = kind == FILM_RACE_ONE ? 1 : kind == FILM_RACE_TEN ? 10 : 8;
    r.lane = HM_PUSH(a, hm_lane, 10);
    for (int32_t i = 0; i < r.n_lane; i++) {
        double time_s = eight_s[i], stop_m = 100;
        int32_t lane = kind == FILM_RACE_ONE ? 5 : i + 1;
        if (kind == FILM_RACE_GAPS && (i == 0 || i == 5))
            time_s = 0;
        if (kind == FILM_RACE_GAPS && i == 4)
            stop_m = 43;
        if (kind == FILM_RACE_NO_FINISH)
            stop_m = 20 + 3 * i;
        if (kind == FILM_RACE_SCHOOL)
            time_s = 16 + 0.6 * i;
        if (kind == FILM_RACE_SLOW)
            time_s = 55 + 1.5 * i;
        r.lane[i] = film_race_lane(a, lane, name[i], time_s, 0.13 + 0.01 * i, stop_m);
        if (kind == FILM_RACE_SCHOOL) {
            r.lane[i].stature_m = 1.25 + 0.02 * i;
            r.lane[i].start.standing = true;
        }
    }
    film_race_rank(&r);
    return r;
}

#endif
