/* cli/life_print.h - a story as text worth reading. */
#ifndef HM_CLI_LIFE_PRINT_H
#define HM_CLI_LIFE_PRINT_H

#include <stdio.h>

#include "data/story.h"

/** The whole: each pinned life as a table, meetings, ideas, rivals, futures. person -1 = all. */
HM_CHECKED hm_status life_print(const hm_story *s, int32_t person, hm_arena *arena, FILE *out,
                                hm_err *err);

/** Why one came to run as he did, in plain words; year -1 = his whole life. */
HM_CHECKED hm_status life_print_why(const hm_story *s, int32_t person, int32_t year,
                                    hm_arena *arena, FILE *out, hm_err *err);

/** The event behind an entry of an account: which injury, whose idea; "" = none. */
const char *life_event_text(const hm_story *s, int32_t person, const hm_story_season *season,
                            int32_t term, hm_arena *arena);

/** What one does who keeps a practice, by its word; the word itself if it is not known. */
const char *life_practice_text(const char *word);

/** Terms of a season by size, largest first; term[] (HM_STORY_TERM_COUNT). */
void life_rank_terms(const double ln[], int32_t term[]);

/** A scenario to start one's own from, with remarks. */
extern const char life_new_text[];

#endif
