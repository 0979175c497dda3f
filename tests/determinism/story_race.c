/* story_race STORY RACE OUT: one race of a story with every footfall, as the native program has it,
 * for the tests of the page's engine. RACE is its place in the story. */
#include "life/story_race.h"

#include <stdio.h>
#include <stdlib.h>

#include "data/race_file.h"

static hm_status run(char **argv, hm_arena *arena, hm_err *err)
{
    hm_story story;
    hm_race race;
    HM_TRY(hm_story_read(argv[1], arena, &story, err));
    long i = strtol(argv[2], NULL, 10);
    if (i < 0 || i >= story.n_race)
        return hm_err_set(err, HM_ERR_USAGE, argv[2], 0, 0, NULL, "no such race");
    HM_TRY(hm_story_race_of(&story, (int32_t)i, arena, &race, err));
    return hm_race_write(argv[3], &race, err);
}

int main(int argc, char **argv)
{
    hm_err err = {0};
    hm_arena arena;
    char text[512];
    hm_arena_init(&arena, 0);
    hm_status s = argc == 4 ? run(argv, &arena, &err) : HM_ERR_USAGE;
    hm_arena_free(&arena);
    if (s == HM_OK)
        return 0;
    hm_err_text(&err, text, sizeof text);
    fprintf(stderr, "story_race: %s\n", text);
    return 1;
}
