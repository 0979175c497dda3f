#include "life/rivals.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

/* Four links side by side. */
enum { LANE = 4, LANES = HM_RIVAL_LINKS / LANE };
typedef float lanes __attribute__((vector_size(LANE * sizeof(float))));
typedef int32_t lane_bits __attribute__((vector_size(LANE * sizeof(int32_t))));
typedef uint32_t lane_id __attribute__((vector_size(LANE * sizeof(uint32_t))));
typedef uint64_t half_bits __attribute__((vector_size(LANE * sizeof(uint32_t))));

static bool any(lane_bits b)
{
    half_bits h = (half_bits)b;
    return (h[0] | h[1]) != 0;
}

typedef struct links {
    lane_id other[LANES];
    lanes strength[LANES];
} links;

static links load(const hm_rivals *r)
{
    links l;
    memcpy(l.other, r->other, sizeof l.other);
    memcpy(l.strength, r->strength, sizeof l.strength);
    return l;
}

static void store(const links *l, hm_rivals *r)
{
    memcpy(r->other, l->other, sizeof l->other);
    memcpy(r->strength, l->strength, sizeof l->strength);
}

static lane_bits choose(lane_bits which, lane_bits a, lane_bits b)
{
    return (a & which) | (b & ~which);
}

/* In the place of the first of those of this strength; by masks: no branch, no trip to memory. */
static inline void replace(links *l, float weakest, uint32_t other, float strength)
{
    const lane_bits place[LANES] = {{0, 1, 2, 3}, {4, 5, 6, 7}}, none = (lane_bits){0} + 8;
    lane_bits a = choose((lane_bits)(l->strength[0] == weakest), place[0], none);
    lane_bits b = choose((lane_bits)(l->strength[1] == weakest), place[1], none);
    lane_bits m = choose((lane_bits)(a < b), a, b);
    int32_t x = m[0] < m[1] ? m[0] : m[1], y = m[2] < m[3] ? m[2] : m[3], first = x < y ? x : y;
    for (int i = 0; i < LANES; i++) {
        lane_bits here = (lane_bits)(place[i] == first);
        l->other[i] =
            (lane_id)choose(here, (lane_bits)((lane_id){0} + other), (lane_bits)l->other[i]);
        l->strength[i] =
            (lanes)choose(here, (lane_bits)((lanes){0} + strength), (lane_bits)l->strength[i]);
    }
}

static inline void meet(links *l, uint32_t other, float add)
{
    lane_bits known[LANES];
    for (int i = 0; i < LANES; i++) {
        known[i] = (lane_bits)(l->other[i] == other) & (lane_bits)(l->strength[i] > 0);
        l->strength[i] += (lanes)(known[i] & (lane_bits)((lanes){0} + add));
    }
    if (any(known[0] | known[1]))
        return;
    lanes a = l->strength[0], b = l->strength[1];
    lanes least = (lanes)choose((lane_bits)(a < b), (lane_bits)a, (lane_bits)b);
    float x = least[0] < least[1] ? least[0] : least[1];
    float y = least[2] < least[3] ? least[2] : least[3];
    float weakest = x < y ? x : y;
    if (add > weakest)
        replace(l, weakest, other, add);
}

_Static_assert(LANES == 2, "two vectors of links");

void hm_rivals_fade(const hm_life_params *q, hm_rivals *r)
{
    float kept = (float)q->rival_kept_frac;
    for (int i = 0; i < HM_RIVAL_LINKS; i++)
        r->strength[i] *= kept;
}

double hm_rivals_closeness(const hm_life_params *q, double gap_s, double age_gap_y)
{
    return hm_exp(-fabs(gap_s) / q->rival_gap_s - fabs(age_gap_y) / q->rival_age_y);
}

void hm_rivals_meet(hm_rivals *r, uint32_t other, double closeness)
{
    links l = load(r);
    meet(&l, other, (float)closeness);
    store(&l, r);
}

void hm_rivals_race(const hm_life_params *q, hm_rivals *r, int32_t n, const uint32_t others[],
                    const double closeness[])
{
    links l = load(r);
    for (int i = 0; i < LANES; i++)
        l.strength[i] *= (float)q->rival_kept_frac;
    for (int32_t k = 0; k < n; k++)
        meet(&l, others[k], (float)closeness[k]);
    store(&l, r);
}

uint32_t hm_rivals_among(const hm_life_params *q, const hm_rivals *r, int32_t n,
                         const uint32_t others[])
{
    float from = (float)q->rival_from; /* the greatest that is no more */
    if ((double)from > q->rival_from)
        from = nextafterf(from, -INFINITY);
    const links l = load(r);
    const lane_bits strong[LANES] = {(lane_bits)(l.strength[0] > from),
                                     (lane_bits)(l.strength[1] > from)};
    const bool some = any(strong[0] | strong[1]);
    uint32_t found = 0;
    for (int32_t k = 0; k < n && some; k++) {
        lane_bits is = {0};
        for (int i = 0; i < LANES; i++)
            is |= (lane_bits)(l.other[i] == others[k]) & strong[i];
        found |= (uint32_t)any(is) << k;
    }
    return found;
}

int32_t hm_rivals_count(const hm_life_params *q, const hm_rivals *r)
{
    int32_t n = 0;
    for (int i = 0; i < HM_RIVAL_LINKS; i++)
        n += (double)r->strength[i] > q->rival_from;
    return n;
}

bool hm_rivals_is(const hm_life_params *q, const hm_rivals *r, uint32_t other)
{
    for (int i = 0; i < HM_RIVAL_LINKS; i++)
        if (r->other[i] == other && (double)r->strength[i] > q->rival_from)
            return true;
    return false;
}
