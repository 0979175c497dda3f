#include "life/rivals.h"

#include <math.h>

#include "num/dmath.h"

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
    int weakest = 0, known = -1;
    float least = r->strength[0];
    for (int i = 0; i < HM_RIVAL_LINKS; i++) { /* no early exit: no branch that is guessed wrong */
        known = r->other[i] == other && r->strength[i] > 0 ? i : known;
        weakest = r->strength[i] < least ? i : weakest;
        least = r->strength[i] < least ? r->strength[i] : least;
    }
    if (known >= 0) {
        r->strength[known] += (float)closeness;
    } else if ((float)closeness > least) {
        r->other[weakest] = other;
        r->strength[weakest] = (float)closeness;
    }
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
