#include "race/rank.h"

#include <math.h>

int64_t hm_time_us(double time_s)
{
    return (int64_t)floor(time_s * 1e6 + 0.5);
}

int32_t hm_official_cs(int64_t time_us)
{
    return (int32_t)((time_us + 9999) / 10000);
}

/* Does every runner of this time have a place on the sheet? */
static bool all_given(int32_t n_lane, const hm_lane lane[], const int32_t given[], int64_t time_us)
{
    if (!given)
        return false;
    for (int32_t i = 0; i < n_lane; i++)
        if (lane[i].status == HM_RUN_OK && lane[i].time_us == time_us && given[i] == 0)
            return false;
    return true;
}

void hm_rank(int32_t n_lane, hm_lane lane[], const int32_t given_place[])
{
    for (int32_t i = 0; i < n_lane; i++) {
        hm_lane *me = &lane[i];
        me->place = 0;
        if (me->status != HM_RUN_OK)
            continue;
        bool split = all_given(n_lane, lane, given_place, me->time_us);
        me->place = 1;
        for (int32_t k = 0; k < n_lane; k++) {
            const hm_lane *other = &lane[k];
            bool before = other->time_us < me->time_us || (split && other->time_us == me->time_us &&
                                                           given_place[k] < given_place[i]);
            me->place += other->status == HM_RUN_OK && before;
        }
    }
}
