/* story_priv.h - the plain fields of a story's parts. */
#ifndef HM_DATA_STORY_PRIV_H
#define HM_DATA_STORY_PRIV_H

#include "record_priv.h"

#include "data/story.h"

extern const record_table story_head, story_person, story_season, story_race, story_run,
    story_meeting, story_idea, story_practice, story_injury, story_rival, story_future, story_odds,
    story_chapter, story_line;

#endif
