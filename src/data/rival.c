#include "data/rival.h"

static bool is_taken(const hm_race *race, const hm_rivals *rivals, int32_t lane)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].lane == lane && race->lane[i].status != HM_RUN_DNS)
            return true;
    for (int32_t i = 0; rivals && i < rivals->n_ghost; i++)
        if (rivals->ghost[i].lane == lane)
            return true;
    return false;
}

int32_t hm_ghost_lane(const hm_race *race, const hm_rivals *rivals, int32_t own)
{
    int32_t painted = 8;
    for (int32_t i = 0; i < race->n_lane; i++)
        painted = race->lane[i].lane > painted ? race->lane[i].lane : painted;
    for (int32_t away = 0; away < painted; away++)
        for (int side = -1; side <= 1; side += 2) {
            int32_t lane = own + side * away;
            if (lane >= 1 && lane <= painted && !is_taken(race, rivals, lane))
                return lane;
        }
    return own < painted ? own : painted;
}
