/* body_lane.h - runners for the tests of this room. */
#ifndef BODY_LANE_H
#define BODY_LANE_H

#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "body/gait.h"
#include "body/shape.h"
#include "data/sheet.h"
#include "race/replay.h"

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
    char path[1024];
    hm_sheet sheet;
    hm_race race;
    hm_err err = {0};
    hm_sheet_opts opts = hm_sheet_opts_default();
    snprintf(path, sizeof path, "%s/races/%s.csv", getenv("HM_DATA_DIR"), sheet_name);
    assert_int_equal(hm_sheet_read(path, &opts, arena, &sheet, &err), HM_OK);
    assert_int_equal(hm_race_replay(&sheet, NULL, arena, &race, &err), HM_OK);
    return race;
}

#endif
