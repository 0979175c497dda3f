/* life.c - a scenario lived in the page, by the C of `hecto life`.
 *
 * life.live {scenario_text, seed, without: [switch], n_future}
 *           -> {story, races: [{id, index, look}]}  as the page of a story carries them
 *
 * The seed is text: it may have 63 bits. Futures are those that the scenario asks for, each lived
 * n_future times; while they are lived the host is told how far it is. */
#include "calls.h"
#include "host.h"
#include "seed.h"

#include <string.h>

#include "data/scenario.h"
#include "life/story.h"
#include "stage/anthology.h"

static bool tell(void *ctx, int64_t done, int64_t total)
{
    (void)ctx;
    host_progress((double)done / (double)total);
    return true;
}

static hm_status read_without(const hm_json *request, hm_arena *arena, hm_live_opts *o, hm_err *err)
{
    const hm_json *list;
    HM_TRY(hm_json_get_array(request, "without", &list, err));
    const char **name = HM_PUSH(arena, const char *, list->n + 1);
    if (!name)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the story");
    if (list->n > HM_SCENARIO_LIST_MAX)
        return hm_json_refuse(list, err, "at most %d", (int)HM_SCENARIO_LIST_MAX);
    for (int32_t i = 0; i < list->n; i++) {
        if (list->as.item[i].kind != HM_JSON_TEXT)
            return hm_json_refuse(&list->as.item[i], err, "the name of a switch");
        name[i] = list->as.item[i].as.text;
    }
    o->n_without = list->n;
    o->without = name;
    return HM_OK;
}

static void put_races(hm_json_out *answer, const hm_story *story)
{
    hm_json_put_array(answer, "races", HM_JSON_BLOCK);
    for (int32_t i = 0; i < story->n_race; i++) {
        hm_json_put_object(answer, NULL, HM_JSON_LINE);
        hm_json_put_text(answer, "id", story->race[i].id);
        hm_json_put_integer(answer, "index", i);
        hm_json_put_text(answer, "look", hm_anthology_race_look(story, i, "broadcast"));
        hm_json_put_end(answer);
    }
    hm_json_put_end(answer);
}

hm_status life_live(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                    hm_err *err)
{
    hm_live_opts o = hm_live_opts_default();
    hm_scenario s;
    hm_story story;
    const char *text;
    int64_t n_future;
    (void)e;
    HM_TRY(hm_json_get_text(request, "scenario_text", &text, err));
    HM_TRY(engine_read_seed(request, &o.seed, err));
    HM_TRY(hm_json_get_integer(request, "n_future", 0, HM_LIVE_FUTURE_MAX, &n_future, err));
    HM_TRY(read_without(request, arena, &o, err));
    HM_TRY(hm_scenario_parse("scenario", text, strlen(text), arena, &s, err));
    o.n_future = (int32_t)n_future;
    o.tell = tell;
    HM_TRY(hm_story_live(&s, &o, arena, &story, err));
    if (story.n_race > 0)
        HM_TRY(hm_anthology_chapters(&story, arena, &story.n_chapter, &story.chapter, err));
    hm_story_put(answer, "story", &story);
    put_races(answer, &story);
    return HM_OK;
}
