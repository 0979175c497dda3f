/* page_story_letters.c - the words of the films of a story's races, drawn here as page_letters.c
 * does for one race. */
#include "page_story.h"

#include "io/gzip.h"
#include "life/story_race.h"
#include "stage/letters_race.h"

enum { LETTERS_MOST_BYTES = 480 * 1000 }; /* packed; with them the shipped story is below 2 MiB */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the page");
}

/* One race, as the engine of the page will have it (web/engine/story.c). */
static hm_status record(const hm_story *s, int32_t race, int32_t told, hm_lang lang,
                        hm_letters *letters, hm_err *err)
{
    const hm_credits credits = {.program = "Hectometre " HM_VERSION};
    hm_story whole = *s;
    hm_race made;
    hm_arena own;
    hm_arena_init(&own, 0);
    whole.seed = s->seed + (uint64_t)told - (uint64_t)race;
    hm_status status = hm_story_race_of(&whole, race, &own, &made, err);
    if (status == HM_OK)
        status = hm_letters_record(&made, lang, &credits, letters, err);
    hm_arena_free(&own);
    return status;
}

typedef struct job {
    const hm_story *story;
    const int32_t *told, *order;
    hm_lang lang;
    cli_progress *progress;
    hm_arena *arena;
} job;

/* The first n races, packed. */
static hm_status pack(const job *j, int32_t n, page_block *block, hm_err *err)
{
    unsigned char *bytes, *packed;
    size_t n_byte, n_packed;
    hm_letters *letters = hm_letters_new();
    hm_status s = letters ? HM_OK : no_memory(err);
    for (int32_t i = 0; i < n && s == HM_OK; i++) {
        s = record(j->story, j->order[i], j->told[j->order[i]], j->lang, letters, err);
        if (s == HM_OK && !cli_progress_tell(j->progress, i, n))
            s = hm_err_set(err, HM_ERR_STOPPED, NULL, 0, 0, NULL, "stopped; nothing is written");
    }
    if (s == HM_OK)
        s = hm_letters_write(letters, j->arena, &bytes, &n_byte, err);
    if (s == HM_OK)
        s = hm_gzip(bytes, n_byte, j->arena, &packed, &n_packed, err);
    hm_letters_destroy(letters);
    if (s == HM_OK)
        *block = (page_block){.name = "letters", .bytes = packed, .n = n_packed, .packed = true};
    return s;
}

hm_status page_story_letters(const cli_args *args, const hm_story *story, const int32_t told[],
                             hm_lang lang, page_block *block, int32_t *n_race, hm_err *err)
{
    int32_t *order = HM_PUSH(args->arena, int32_t, story->n_race + 1), n = story->n_race;
    if (!order)
        return no_memory(err);
    page_story_order(story, order);
    cli_progress progress = cli_progress_begin(args, "lettering");
    const job j = {story, told, order, lang, &progress, args->arena};
    hm_status s = pack(&j, n, block, err);
    while (s == HM_OK && n > 1 && block->n > LETTERS_MOST_BYTES) {
        int32_t fewer = (int32_t)(0.9 * n * LETTERS_MOST_BYTES / (double)block->n);
        n = fewer > 1 ? fewer : 1;
        s = pack(&j, n, block, err);
    }
    cli_progress_end(&progress);
    *n_race = n;
    return s;
}
