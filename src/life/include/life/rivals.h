/* life/rivals.h - who somebody measures himself by: links that grow where finishes are close. */
#ifndef HM_LIFE_RIVALS_H
#define HM_LIFE_RIVALS_H

#include "life/params.h"

enum { HM_RIVAL_LINKS = 8 };

/** Links of one runner; strength 0 = none. 64 bytes. */
typedef struct hm_rivals {
    uint32_t other[HM_RIVAL_LINKS]; /* whatever number the caller knows people by */
    float strength[HM_RIVAL_LINKS]; /* [1] */
} hm_rivals;

/** Before a race: what there was fades. */
void hm_rivals_fade(const hm_life_params *params, hm_rivals *r);

/**
 * What one finish is worth: exp(-|gap| / gap_s) exp(-|age gap| / age_y), in 0 .. 1.
 * source docs/physics/life.md (sizes assumed; alike in age: Kilduff 2014)
 */
double hm_rivals_closeness(const hm_life_params *params, double gap_s, double age_gap_y);

/**
 * After a race: the link to one met there grows by closeness. A ninth takes the place of the
 * weakest if it is stronger.
 * errors none.  memory none.  threads: pure
 * test   tests/unit/life/test_rivals.c
 */
void hm_rivals_meet(hm_rivals *r, uint32_t other, double closeness);

/** hm_rivals_fade, and hm_rivals_meet with each of n others in turn; closeness 0 = of no account.
 */
void hm_rivals_race(const hm_life_params *params, hm_rivals *r, int32_t n, const uint32_t others[],
                    const double closeness[]);

/** Which of n others, at most 32, are rivals: bit k for others[k]. */
uint32_t hm_rivals_among(const hm_life_params *params, const hm_rivals *r, int32_t n,
                         const uint32_t others[]);

/** How many are rivals; is this one? */
int32_t hm_rivals_count(const hm_life_params *params, const hm_rivals *r);
bool hm_rivals_is(const hm_life_params *params, const hm_rivals *r, uint32_t other);

#endif
