#include "life/story_race.h"

#include <math.h>

#include "race/replay.h"

const char *hm_story_form(double technique, double age_yr)
{
    static const double as_if_chased = 0.4, taught = 0.85, child_yr = 13;
    if (technique < as_if_chased)
        return "ragged";
    return age_yr < child_yr && technique < taught ? "child" : "good";
}

static hm_sheet_row row_of(const hm_story *story, const hm_story_run *run)
{
    const hm_story_person *p = &story->person[run->person];
    return (hm_sheet_row){.lane = run->lane,
                          .name = p->name,
                          .team = "",
                          .bib = "",
                          .form = hm_story_form(run->technique, run->age_yr),
                          .has_sex = true,
                          .sex = p->sex,
                          .reaction_s = NAN,
                          .time_s = 1e-6 * (double)run->time_us,
                          .time_digits = 2,
                          .stature_m = run->height_cm / 100,
                          .mass_kg = run->mass_kg,
                          .age_yr = run->age_yr,
                          .rule = ""};
}

hm_status hm_story_race_of(const hm_story *story, int32_t i_race, hm_arena *arena, hm_race *race,
                           hm_err *err)
{
    const hm_story_race *told = &story->race[i_race];
    hm_sheet sheet = {.source = told->id,
                      .meet = "",
                      .event = told->name,
                      .date = told->date,
                      .round = told->round,
                      .venue = told->venue,
                      .wind_mps = told->wind_mps,
                      .altitude_m = NAN,
                      .temp_c = told->temp_c,
                      .standing_start = told->standing_start,
                      .age_yr = NAN,
                      .n_row = told->n_run};
    sheet.row = HM_PUSH(arena, hm_sheet_row, told->n_run);
    if (!sheet.row)
        return hm_err_set(err, HM_ERR_SYSTEM, told->id, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < told->n_run; i++) { /* by lane */
        int32_t at = i;
        for (; at > 0 && sheet.row[at - 1].lane > told->run[i].lane; at--)
            sheet.row[at] = sheet.row[at - 1];
        sheet.row[at] = row_of(story, &told->run[i]);
    }
    hm_replay_opts o = hm_replay_opts_default();
    o.seed = (story->seed + (uint64_t)i_race) & INT64_MAX;
    return hm_race_replay(&sheet, &o, arena, race, err);
}
