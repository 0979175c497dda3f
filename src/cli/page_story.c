/* page_story.c - what a page of a story carries. */
#include "page_story.h"

#include "film_output.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "data/race_file.h"
#include "data/scenario.h"
#include "life/story.h"
#include "stage/anthology.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the page");
}

/* ---- the story ---- */

static hm_status live(const cli_args *args, hm_story *story, hm_err *err)
{
    hm_scenario s;
    hm_live_opts o = hm_live_opts_default();
    HM_TRY(hm_scenario_read(args->operand[0], args->arena, &s, err));
    HM_TRY(cli_threads(args, &o.n_thread, err));
    o.seed = 1;
    cli_progress progress = cli_progress_begin(args, "living");
    o.tell = film_tell;
    o.tell_ctx = &progress;
    hm_status status = hm_story_live(&s, &o, args->arena, story, err);
    cli_progress_end(&progress);
    return status;
}

hm_status page_story_load(const cli_args *args, hm_data_kind kind, hm_story *story, hm_err *err)
{
    if (kind == HM_DATA_SCENARIO)
        return live(args, story, err);
    return hm_story_read(args->operand[0], args->arena, story, err);
}

/* ---- the page ---- */

/* The races themselves are run by the engine of the page; "index" is the race's place in the whole
 * story, which its draws are keyed by. */
static hm_status make_data(const hm_story *story, const int32_t told[], int32_t n_told,
                           const char *scenario, const page_opts *opts, hm_arena *arena,
                           page_block *block, hm_err *err)
{
    hm_memory m = {.arena = arena};
    const char *seed = hm_arena_printf(arena, "%" PRIu64, story->seed); /* may have 63 bits */
    if (!seed)
        return no_memory(err);
    hm_json_out j = hm_json_out_make(hm_sink_memory(&m), err);
    hm_json_put_object(&j, NULL, HM_JSON_BLOCK);
    hm_story_put(&j, "story", story);
    hm_json_put_array(&j, "races", HM_JSON_BLOCK);
    for (int32_t i = 0; i < story->n_race; i++) {
        hm_json_put_object(&j, NULL, HM_JSON_LINE);
        hm_json_put_text(&j, "id", story->race[i].id);
        hm_json_put_integer(&j, "index", told[i]);
        hm_json_put_text(&j, "look", hm_anthology_race_look(story, i, opts->look));
        hm_json_put_end(&j);
    }
    hm_json_put_end(&j);
    hm_json_put_integer(&j, "races_told", n_told);
    hm_json_put_text(&j, "seed", seed);
    if (scenario)
        hm_json_put_text(&j, "scenario_text", scenario);
    hm_json_put_end(&j);
    HM_TRY(hm_json_finish(&j));
    *block = (page_block){.name = "data", .bytes = m.bytes, .n = m.n};
    return HM_OK;
}

/* Words as they are drawn here, for an engine that has films to put them in. */
static hm_status add_letters(const cli_args *args, const hm_story *kept, const int32_t told[],
                             const page_opts *opts, page_content *page, hm_err *err)
{
    page_block letters;
    int32_t n;
    if (page_lacks() || kept->n_race == 0)
        return HM_OK;
    HM_TRY(page_story_letters(args, kept, told, opts->lang, &letters, &n, err));
    if (n < kept->n_race && !args->quiet)
        fprintf(stderr,
                "hecto: the words of %d of %d races are recorded, others are drawn by the "
                "browser\n",
                (int)n, (int)kept->n_race);
    page_add_block(page, letters);
    return HM_OK;
}

hm_status page_of_story(const cli_args *args, const hm_story *story, const page_opts *opts,
                        page_content *page, hm_err *err)
{
    hm_arena *arena = args->arena;
    hm_story whole = *story, kept;
    const int32_t *told;
    const char *header, *body, *scenario = NULL;
    page_block data;
    if (whole.n_race > 0)
        HM_TRY(hm_anthology_chapters(story, arena, &whole.n_chapter, &whole.chapter, err));
    HM_TRY(page_story_keep(&whole, PAGE_STORY_RACE_MAX, arena, &kept, &told, err));
    hm_doc doc = page_story_doc(&kept, opts->lang, arena);
    HM_TRY(hm_doc_write_parts(&doc, arena, &header, &body, err));
    if (!page_lacks())
        HM_TRY(page_story_scenario(args, story, &scenario, err));
    HM_TRY(make_data(&kept, told, story->n_race, scenario, opts, arena, &data, err));
    const char *title = opts->title ? opts->title : hm_arena_text(arena, doc.title);
    if (!title)
        return no_memory(err);
    *page = (page_content){
        .kind = "story", .title = title, .lang = opts->lang, .header = header, .body = body};
    page_add_block(page, data);
    page_add_engine(page);
    return add_letters(args, &kept, told, opts, page, err);
}
