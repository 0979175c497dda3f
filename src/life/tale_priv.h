/* life/tale_priv.h - a witness that writes down a story as it is lived. */
#ifndef HM_LIFE_TALE_PRIV_H
#define HM_LIFE_TALE_PRIV_H

#include "world_priv.h"

enum { TALE_YEARS_MAX = 200 };

typedef struct tale {
    hm_arena *arena;
    hm_story *story;
    int32_t *number; /* (world n) of the world's people in the story, -1 = not in it */
    int32_t *who;    /* (story people) the other way round */
    size_t cap_person, cap_race, cap_idea, cap_practice, cap_injury, cap_meeting;
    bool *seen;       /* (n_event) the pinned race took place with all its people */
    int32_t *absent;  /* (n_event) first of its people who was not in it, -1 = none */
    bool *took_place; /* (n_event) */
    int32_t *race_of; /* (n_event) in the story, -1 = none */
} tale;

/** Begin: the pinned people. story is zeroed but for its head. */
HM_CHECKED hm_status tale_begin(tale *b, const world *w, hm_story *story, hm_arena *arena);

/** A witness that writes into b. */
world_witness tale_witness(tale *b);

/** The end: what all came to, rivals, chapters, notes. */
HM_CHECKED hm_status tale_end(tale *b, const world *w);

/** Are all people of a pinned race in this one? out absent: the first who is not, -1 = none. */
bool tale_all_in(const hm_scenario_event *e, const world_race *r, int32_t *absent);

/** Name and kanji of one of the others: surname by his key and an initial. */
HM_CHECKED hm_status tale_name(hm_arena *arena, const hm_person *p, const char **name,
                               const char **name_ja);

/** YYYY-MM-DD of a day, 0 .. 6, of a week; NULL without memory. */
const char *tale_date(const world *w, int32_t year, int32_t week, int32_t day, hm_arena *arena);

#endif
