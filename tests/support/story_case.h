/* tests/support/story_case.h - a small story by hand: two who are followed and one who is not,
 * three races from childhood on, an idea that passes between the first and the second. */
#ifndef STORY_CASE_H
#define STORY_CASE_H

#include "film_steps.h"

#include "data/story.h"

enum { STORY_CASE_RACES = 3, STORY_CASE_PEOPLE = 3 };

typedef struct story_case {
    hm_story story;
    hm_story_person person[STORY_CASE_PEOPLE];
    hm_story_race race[STORY_CASE_RACES];
    hm_story_run run[STORY_CASE_RACES][STORY_CASE_PEOPLE];
    hm_story_meeting meeting[STORY_CASE_RACES];
    hm_story_idea idea;
    hm_race filmed[STORY_CASE_RACES]; /* with the lanes of the runs */
} story_case;

static inline hm_race story_case_filmed(const hm_story_race *told, hm_arena *a)
{
    hm_race r = {.meet = "", .event = "", .date = "", .round = "", .venue = "", .temp_c = 20};
    r.n_lane = told->n_run;
    r.lane = HM_PUSH(a, hm_lane, told->n_run);
    for (int32_t lane = 1, n = 0; lane <= HM_LANE_MAX; lane++)
        for (int32_t i = 0; i < told->n_run; i++)
            if (told->run[i].lane == lane) {
                double time_s = 1e-6 * (double)told->run[i].time_us;
                r.lane[n] = film_race_lane(a, lane, "somebody", time_s, 0.15, 100);
                film_steps(a, &r.lane[n++]);
            }
    film_race_rank(&r);
    return r;
}

/** The story into c, which must not move afterwards. */
static inline void story_case_make(story_case *c, hm_arena *a)
{
    static const char *const name[] = {"Ann", "Bo", "Cy"}, *const ja[] = {"アン", "ボー", ""};
    static const double time_s[STORY_CASE_RACES][2] = {{13.0, 13.6}, {11.2, 11.1}, {10.5, 10.4}};
    static const double age_yr[] = {12.3, 16.2, 24.8};
    static const hm_stage_of_life stage[] = {HM_STAGE_PRIMARY, HM_STAGE_HIGH_SCHOOL,
                                             HM_STAGE_CORPORATE};
    *c = (story_case){0};
    for (int i = 0; i < STORY_CASE_PEOPLE; i++)
        c->person[i] = (hm_story_person){.id = name[i],
                                         .name = name[i],
                                         .name_ja = ja[i],
                                         .born = "1988-05-05",
                                         .pinned = i < 2,
                                         .kind = "",
                                         .kit = i == 1 ? "torn shoes" : "",
                                         .pb_s = 10.4,
                                         .exit = "",
                                         .exit_week = -1};
    for (int k = 0; k < STORY_CASE_RACES; k++) {
        for (int i = 0; i < STORY_CASE_PEOPLE; i++)
            c->run[k][i] = (hm_story_run){.person = i,
                                          .lane = 4 + i,
                                          .place = i + 1,
                                          .time_us = (int64_t)(1e6 * (i < 2 ? time_s[k][i] : 14)),
                                          .age_yr = age_yr[k],
                                          .height_cm = 150 + 10 * k,
                                          .mass_kg = 42 + 10 * k,
                                          .technique = i == 0 ? 0.95 : 0.1,
                                          .belief = i == 0 ? 1 : 5, /* fastest; fear */
                                          .belief_frac = 0.8};
        c->race[k] = (hm_story_race){.id = "r",
                                     .name = k == 0 ? "The river" : "",
                                     .name_ja = k == 0 ? "川" : "",
                                     .date = k == 0 ? "2000-09-23" : "2010-06-05",
                                     .venue = k == 0 ? "school" : "stadium",
                                     .stage = stage[k],
                                     .level = "club",
                                     .round = "final",
                                     .week = 100 * k,
                                     .temp_c = 20,
                                     .n_run = STORY_CASE_PEOPLE,
                                     .run = c->run[k]};
        c->meeting[k] = (hm_story_meeting){0, 1, k, k + 1};
        c->filmed[k] = story_case_filmed(&c->race[k], a);
    }
    c->idea = (hm_story_idea){.from = 0, .to = 1, .belief = 1, .week = 50, .race = -1};
    c->story = (hm_story){.title = "Two",
                          .title_ja = "ふたり",
                          .scenario = "",
                          .seed = 3,
                          .n_person = STORY_CASE_PEOPLE,
                          .person = c->person,
                          .n_race = STORY_CASE_RACES,
                          .race = c->race,
                          .n_meeting = STORY_CASE_RACES,
                          .meeting = c->meeting,
                          .n_idea = 1,
                          .idea = &c->idea};
}

#endif
