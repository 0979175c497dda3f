/* lead.c - who leads, made audible: a mixing desk that takes the loss with distance off the runners
 * and puts the place in the race in its stead. Where they are, when they arrive and how the air
 * dulls them stays true. */
#include "sound_priv.h"

#include "num/dmath.h"

#define LEAD_MOST_DB 15.0 /* nobody is taken back by more: the last is still heard */
#define LEAD_OUT_S   1.5  /* after the last finisher the desk lets go */
#define GROW_M       17.0 /* way of the first 12 steps, in which landings grow */

static double leader_m(const sound_film *f, double race_s)
{
    double most = 0.0;
    for (int32_t i = 0; i < f->race->n_lane; i++)
        if (f->race->lane[i].curve.n > 0)
            most = fmax(most, hm_curve_x_m(&f->race->lane[i].curve, race_s));
    return most;
}

double sound_lead_frac(const sound_film *f, double race_s)
{
    if (!(f->o.lead_db_per_m > 0.0) || race_s < 0.0)
        return 0.0;
    return 1.0 - sound_ramp(race_s, f->last_s, f->last_s + LEAD_OUT_S);
}

double sound_lead_level(const sound_film *f, const hm_lane *l, double race_s)
{
    double behind_m = leader_m(f, race_s) - hm_curve_x_m(&l->curve, race_s);
    double db = LEAD_MOST_DB * -hm_expm1(-f->o.lead_db_per_m * behind_m / LEAD_MOST_DB);
    return hm_exp(-db * 0.11512925464970229); /* ln 10 / 20 */
}

double sound_lead_force(const sound_film *f, double race_s)
{
    double u = leader_m(f, race_s) / GROW_M;
    return 0.35 + 0.65 * (u < 1.0 ? u : 1.0);
}

/** Distance from the ear to where the front of the field is, straight before it. */
static double front_m(const sound_film *f, const sound_event *e, double race_s)
{
    hm_listener ear = sound_ear(f, e->shot, e->heard.at_s);
    double lo = 1e9, hi = -1e9;
    for (int32_t i = 0; i < f->race->n_lane; i++) {
        double x = hm_lane_centre_m(f->race->lane[i].lane);
        lo = fmin(lo, x);
        hi = fmax(hi, x);
    }
    double x = (double)ear.ear_m.x, y = (double)ear.ear_m.y;
    double side = x < lo ? lo - x : x > hi ? x - hi : 0.0;
    double on = leader_m(f, race_s) - (double)ear.ear_m.z;
    return sqrt(side * side + y * y + on * on);
}

void sound_lead(const sound_film *f, const hm_lane *l, double race_s, int64_t n, sound_event *list)
{
    double k = sound_lead_frac(f, race_s);
    if (!(k > 0.0) || l->curve.n == 0)
        return;
    double place = hm_log(sound_lead_level(f, l, race_s));
    for (int64_t i = 0; i < n; i++) {
        double even = (1.0 + list[i].heard.d_m) / (1.0 + front_m(f, &list[i], race_s));
        list[i].level *= hm_exp(k * (place + hm_log(even)));
    }
}
