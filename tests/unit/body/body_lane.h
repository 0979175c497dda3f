/* body_lane.h - runners for the tests of this room. */
#ifndef BODY_LANE_H
#define BODY_LANE_H

#include "ht_race.h"

#include "body/gait.h"
#include "body/shape.h"

static inline hm_lane body_lane(int lane, hm_sex sex, double age_yr, double stature_m,
                                double mass_kg)
{
    return (hm_lane){.lane = lane,
                     .name = "",
                     .team = "",
                     .bib = "",
                     .form = "",
                     .sex = sex,
                     .age_yr = age_yr,
                     .stature_m = stature_m,
                     .mass_kg = mass_kg,
                     .top_speed_mps = 11};
}

/* A shipped race by the name of its sheet. */
static inline hm_race body_race(const char *sheet_name, hm_arena *arena)
{
    hm_race race;
    ht_race_shipped(sheet_name, arena, &race);
    return race;
}

#endif
