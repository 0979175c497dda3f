#include "sprint/start.h"

/* One table: unit, source, status stand above each value. Leg = 0.53 stature (Morin 2005,
 * verified). All of docs/physics/start.md. */
static const double leg_of_stature = 0.53;
/* [1] of leg, front foot behind the line: 0.55-0.60, brianmac.co.uk, verified */
static const double front_of_leg = 0.575;
/* [1] of leg, between the feet: 0.42-0.45, the same, verified */
static const double spacing_of_leg = 0.435;
/* s; 0.35-0.40 from exit speeds and accelerations, computed; slow: at 7 m/s top speed, own */
static const double push_fast_s = 0.36, push_slow_s = 0.40;
static const double push_fast_mps = 11.5, push_slow_mps = 7.0;
/* [1] of the push, when the rear foot leaves; recalled */
static const double rear_share = 0.52;
/* Standing start, all own: places as above, push in s */
static const double stand_front_of_leg = 0.10, stand_spacing_of_leg = 0.45;
static const double stand_push_s = 0.32, stand_rear_share = 0.40;

static double push_s(double top_mps)
{
    double k = (push_fast_mps - top_mps) / (push_fast_mps - push_slow_mps);
    k = k < 0 ? 0 : k > 1 ? 1 : k;
    return push_fast_s + k * (push_slow_s - push_fast_s);
}

hm_start hm_start_of(bool standing, double reaction_s, double stature_m, double top_mps,
                     hm_foot front_foot)
{
    double leg_m = leg_of_stature * stature_m;
    double front = standing ? stand_front_of_leg : front_of_leg;
    double spacing = standing ? stand_spacing_of_leg : spacing_of_leg;
    double push = standing ? stand_push_s : push_s(top_mps);
    return (hm_start){.standing = standing,
                      .front_foot = front_foot,
                      .front_x_m = -front * leg_m,
                      .rear_x_m = -(front + spacing) * leg_m,
                      .rear_off_s = reaction_s + (standing ? stand_rear_share : rear_share) * push,
                      .front_off_s = reaction_s + push};
}
