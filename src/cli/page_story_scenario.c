/* page_story_scenario.c - the scenario that a story was lived from, so that its page can live it
 * again with one thing changed. */
#include "page_story.h"

#include <stdio.h>
#include <string.h>

#include "data/scenario.h"
#include "life/story.h"

/* Is it that story, but for what is counted and said of it? */
static hm_status is_same(const hm_story *story, const hm_story *again, hm_arena *arena, bool *same,
                         hm_err *err)
{
    hm_story s[2] = {*story, *again};
    char *text[2];
    for (int i = 0; i < 2; i++) {
        s[i].scenario = "";
        s[i].n_future = 0;
        s[i].notes.n = 0;
        HM_TRY(hm_story_print(&s[i], arena, &text[i], NULL, err));
    }
    *same = strcmp(text[0], text[1]) == 0;
    return HM_OK;
}

static void tell(const cli_args *args, const char *why)
{
    if (!args->quiet)
        fprintf(stderr, "hecto: no what-if on this page: %s\n", why);
}

/* With the future that the story tells of pinned: nothing has to be searched on the page. */
static hm_status pin(const hm_story *story, hm_scenario *s, hm_arena *arena, bool *same,
                     hm_err *err)
{
    hm_live_opts o = hm_live_opts_default();
    hm_story again;
    o.seed = story->seed;
    HM_TRY(hm_story_told_future(s, &o, arena, &s->world.future, err));
    s->world.search = 0;
    HM_TRY(hm_story_live(s, &o, arena, &again, err));
    return is_same(story, &again, arena, same, err);
}

hm_status page_story_scenario(const cli_args *args, const hm_story *story, const char **text,
                              hm_err *err)
{
    hm_scenario s;
    hm_err none = {0};
    char *printed;
    bool same;
    *text = NULL;
    if (!story->scenario[0] || hm_scenario_read(story->scenario, args->arena, &s, &none) != HM_OK) {
        tell(args, "the scenario that the story was lived from is not there");
        return HM_OK;
    }
    HM_TRY(pin(story, &s, args->arena, &same, err));
    if (!same) {
        tell(args, "the story was lived from its scenario with other options");
        return HM_OK;
    }
    HM_TRY(hm_scenario_print(&s, args->arena, &printed, NULL, err));
    *text = printed;
    return HM_OK;
}
