/* story.c - a race of a story with every footfall, from what the story books of it: the page
 * carries the books, the engine has them run. */
#include "data/story.h"

#include "calls.h"
#include "seed.h"

#include <stdlib.h>
#include <string.h>

#include "data/race_file.h"
#include "life/story_race.h"

hm_status engine_read_seed(const hm_json *request, uint64_t *seed, hm_err *err)
{
    const char *text;
    char *end;
    HM_TRY(hm_json_get_text(request, "seed", &text, err));
    *seed = strtoull(text, &end, 10);
    return *text && *end == '\0'
               ? HM_OK
               : hm_err_set(err, HM_ERR_INPUT, "request", 0, 0, "seed", "expected a whole number");
}

/*
 * in  story_text  a story of one race and the people in it
 *     seed        of the whole story, as text
 *     index       of the race in the whole story
 * out race
 */
hm_status story_call_race(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                          hm_err *err)
{
    const char *text;
    uint64_t seed;
    int64_t index;
    hm_story story;
    hm_race race;
    (void)e;
    HM_TRY(hm_json_get_text(request, "story_text", &text, err));
    HM_TRY(engine_read_seed(request, &seed, err));
    HM_TRY(hm_json_get_integer(request, "index", 0, HM_STORY_RACE_MAX, &index, err));
    HM_TRY(hm_story_parse("story", text, strlen(text), arena, &story, err));
    if (story.n_race != 1)
        return hm_err_set(err, HM_ERR_INPUT, "story", 0, 0, "races", "expected one, found %d",
                          (int)story.n_race);
    story.seed = seed + (uint64_t)index; /* draws are keyed by seed and place in the story */
    HM_TRY(hm_story_race_of(&story, 0, arena, &race, err));
    hm_race_put(answer, "race", &race);
    return HM_OK;
}
