#include "race/rank.h"

/* Does everybody with this key have a place on the sheet? */
static bool all_given(int32_t n, const int64_t key[], const int32_t given[], int64_t k)
{
    for (int32_t i = 0; given && i < n; i++)
        if (key[i] == k && given[i] == 0)
            return false;
    return given != NULL;
}

void hm_rank_keys(int32_t n, const int64_t key[], const int32_t given[], int32_t place[])
{
    for (int32_t i = 0; i < n; i++) {
        place[i] = key[i] >= 0;
        bool split = key[i] >= 0 && all_given(n, key, given, key[i]);
        for (int32_t k = 0; k < n && key[i] >= 0; k++)
            place[i] += key[k] >= 0 &&
                        (key[k] < key[i] || (split && key[k] == key[i] && given[k] < given[i]));
    }
}

void hm_rank(int32_t n_lane, hm_lane lane[], const int32_t given_place[])
{
    int64_t key[HM_LANE_MAX] = {0};
    int32_t place[HM_LANE_MAX];
    HM_ASSERT(n_lane <= HM_LANE_MAX);
    for (int32_t i = 0; i < n_lane; i++)
        key[i] = lane[i].status == HM_RUN_OK ? lane[i].time_us : -1;
    hm_rank_keys(n_lane, key, given_place, place);
    for (int32_t i = 0; i < n_lane; i++)
        lane[i].place = place[i];
}
