/* page_story.c - what a page of a story carries. */
#include "page_story.h"

#include <inttypes.h>
#include <string.h>

#include "data/race_file.h"
#include "data/scenario.h"
#include "io/file.h"
#include "life/story.h"
#include "stage/anthology.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the page");
}

/* ---- the story ---- */

static hm_status kind_of(const cli_args *args, hm_data_kind *kind, hm_err *err)
{
    char *bytes;
    size_t n;
    *kind = HM_DATA_OTHER;
    if (strcmp(args->operand[0], "-") == 0)
        return HM_OK;
    HM_TRY(hm_file_read(args->operand[0], HM_STORY_FILE_MAX, args->arena, &bytes, &n, err));
    *kind = hm_data_kind_of(bytes, n);
    return HM_OK;
}

hm_status page_is_story(const cli_args *args, bool *is, hm_err *err)
{
    hm_data_kind kind;
    HM_TRY(kind_of(args, &kind, err));
    *is = kind == HM_DATA_STORY || kind == HM_DATA_SCENARIO;
    return HM_OK;
}

static bool tell(void *ctx, int64_t done, int64_t total)
{
    return cli_progress_tell(ctx, done, total);
}

static hm_status live(const cli_args *args, hm_story *story, hm_err *err)
{
    hm_scenario s;
    hm_live_opts o = hm_live_opts_default();
    HM_TRY(hm_scenario_read(args->operand[0], args->arena, &s, err));
    HM_TRY(cli_threads(args, &o.n_thread, err));
    o.seed = 1;
    cli_progress progress = cli_progress_begin(args, "living");
    o.tell = tell;
    o.tell_ctx = &progress;
    hm_status status = hm_story_live(&s, &o, args->arena, story, err);
    cli_progress_end(&progress);
    return status;
}

hm_status page_story_load(const cli_args *args, hm_story *story, hm_err *err)
{
    hm_data_kind kind;
    HM_TRY(kind_of(args, &kind, err));
    if (kind == HM_DATA_SCENARIO)
        return live(args, story, err);
    return hm_story_read(args->operand[0], args->arena, story, err);
}

/* ---- the page ---- */

/* The look a race begins with: its chapter's; childhood and youth as films tell them. */
static const char *look_of(const hm_story *s, int32_t race, const page_opts *opts)
{
    for (int32_t i = 0; i < s->n_chapter; i++)
        if (s->chapter[i].race == race && s->chapter[i].look && s->chapter[i].look[0])
            return s->chapter[i].look;
    switch (s->race[race].stage) {
    case HM_STAGE_PRIMARY:
        return "elastic";
    case HM_STAGE_JUNIOR_HIGH:
    case HM_STAGE_HIGH_SCHOOL:
        return "rotoscope";
    default:
        return opts->look;
    }
}

/* The races themselves are run by the engine of the page; "index" is the race's place in the whole
 * story, which its draws are keyed by. */
static hm_status make_data(const hm_story *story, const int32_t told[], int32_t n_told,
                           const page_opts *opts, hm_arena *arena, page_block *block, hm_err *err)
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
        hm_json_put_text(&j, "look", look_of(story, i, opts));
        hm_json_put_end(&j);
    }
    hm_json_put_end(&j);
    hm_json_put_integer(&j, "races_told", n_told);
    hm_json_put_text(&j, "seed", seed);
    hm_json_put_end(&j);
    HM_TRY(hm_json_finish(&j));
    *block = (page_block){.name = "data", .bytes = m.bytes, .n = m.n};
    return HM_OK;
}

hm_status page_of_story(const hm_story *story, const page_opts *opts, hm_arena *arena,
                        page_content *page, hm_err *err)
{
    hm_story whole = *story, kept;
    const int32_t *told;
    const char *header, *body;
    page_block data;
    if (whole.n_race > 0)
        HM_TRY(hm_anthology_chapters(story, arena, &whole.n_chapter, &whole.chapter, err));
    HM_TRY(page_story_keep(&whole, PAGE_STORY_RACE_MAX, arena, &kept, &told, err));
    hm_doc doc = page_story_doc(&kept, opts->lang, arena);
    HM_TRY(hm_doc_write_parts(&doc, arena, &header, &body, err));
    HM_TRY(make_data(&kept, told, story->n_race, opts, arena, &data, err));
    const char *title = opts->title ? opts->title : hm_arena_text(arena, doc.title);
    if (!title)
        return no_memory(err);
    *page = (page_content){
        .kind = "story", .title = title, .lang = opts->lang, .header = header, .body = body};
    page_add_block(page, data);
    page_add_engine(page);
    return HM_OK;
}
