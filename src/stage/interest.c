#include "stage/interest.h"

#include "camera_priv.h"

#include <math.h>

#define GAIN_M   1.2  /* made up on the leader: all of the term */
#define BEFORE_S 2.0  /* made up since so long before the stretch */
#define DUEL_M   0.6  /* so far from the next runner: nothing of the term */
#define LATE_M   50.0 /* from here on bests and records are on the way */

static double unit(double v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

static double x_at(const hm_lane *l, double t_s)
{
    return t_s > 0 ? hm_curve_x_m(&l->curve, t_s) : 0;
}

static double leader_x_m(const hm_race *r, double t_s)
{
    double most = 0;
    for (int32_t i = 0; i < r->n_lane; i++)
        if (camera_is_running(&r->lane[i]))
            most = fmax(most, x_at(&r->lane[i], t_s));
    return most;
}

/* Rank at an instant: by the line for who is over it, else by where they are; 0 = nobody yet. */
static int32_t rank_at(const hm_race *r, int32_t i, double t_s)
{
    const hm_lane *l = &r->lane[i];
    double x = x_at(l, t_s), home_s = l->time_us > 0 ? 1e-6 * (double)l->time_us : 1e9;
    int32_t rank = 1;
    if (t_s <= 0)
        return 0;
    for (int32_t k = 0; k < r->n_lane; k++) {
        const hm_lane *o = &r->lane[k];
        double other_s = o->time_us > 0 ? 1e-6 * (double)o->time_us : 1e9;
        bool by_line = home_s <= t_s || other_s <= t_s;
        if (k != i && camera_is_running(o))
            rank += by_line ? other_s < home_s : x_at(o, t_s) > x;
    }
    return rank;
}

/* Metres to the nearest other runner. */
static double next_m(const hm_race *r, int32_t i, double t_s)
{
    double least = 1e9, x = x_at(&r->lane[i], t_s);
    for (int32_t k = 0; k < r->n_lane; k++)
        if (k != i && camera_is_running(&r->lane[k]))
            least = fmin(least, fabs(x_at(&r->lane[k], t_s) - x));
    return least;
}

static bool is_first_off(const hm_race *r, int32_t i)
{
    for (int32_t k = 0; k < r->n_lane; k++)
        if (camera_is_running(&r->lane[k]) && r->lane[k].reaction_s < r->lane[i].reaction_s)
            return false;
    return true;
}

static double gain_m(const hm_race *r, int32_t i, double from_s, double to_s)
{
    double since_s = from_s - BEFORE_S;
    double was = leader_x_m(r, since_s) - x_at(&r->lane[i], since_s);
    return was - (leader_x_m(r, to_s) - x_at(&r->lane[i], to_s));
}

hm_interest_terms hm_interest_of(const hm_race *race, const hm_interest *weights, int32_t i,
                                 double from_s, double to_s)
{
    const hm_lane *l = &race->lane[i];
    hm_interest_terms t = {0};
    double time_s = l->time_us > 0 ? 1e-6 * (double)l->time_us : 1e9;
    int32_t rank = rank_at(race, i, to_s);
    bool runs = to_s > 0 && !(time_s < from_s), late = x_at(l, to_s) >= LATE_M;
    t.term[HM_INTEREST_PLACE] = rank > 0 ? 1.0 / rank : 0;
    t.term[HM_INTEREST_CLOSING] = runs ? unit(gain_m(race, i, from_s, to_s) / GAIN_M) : 0;
    t.term[HM_INTEREST_RIVAL] =
        runs && rank > 0 ? unit(1 - next_m(race, i, to_s) / DUEL_M) / rank : 0;
    t.term[HM_INTEREST_RECORD] = late && time_s < weights->record_s;
    t.term[HM_INTEREST_BEST] = late && l->pb_s > 0 && time_s < l->pb_s;
    t.term[HM_INTEREST_START] = to_s <= 0 && is_first_off(race, i);
    for (int32_t k = 0; k < weights->n_lane; k++)
        if (weights->lane[k] == l->lane)
            t.term[HM_INTEREST_FOLLOWED] = 1;
    for (int k = 0; k < HM_INTEREST_COUNT; k++)
        t.score += weights->weight[k] * t.term[k];
    return t;
}
