/* cli/page_story.h - the page of a story: lives as text that needs no script, and the story for the
 * script, which draws it and has the engine run its races. */
#ifndef HM_CLI_PAGE_STORY_H
#define HM_CLI_PAGE_STORY_H

#include "page.h"

#include "chart/doc.h"
#include "data/story.h"

enum { PAGE_STORY_RACE_MAX = 500 }; /* races that a page keeps: about a megabyte of it */

/** Is the operand a story, or a scenario to be lived? errors those of hm_file_read */
HM_CHECKED hm_status page_is_story(const cli_args *args, bool *is, hm_err *err);

/** Read the operand; a scenario is lived with the seed 1 and without futures. */
HM_CHECKED hm_status page_story_load(const cli_args *args, hm_story *story, hm_err *err);

/**
 * The page of a story. Chapters are completed as those of its film; of too many races those are
 * kept that matter, and a note says so. memory arena; the content points into it and into the story
 * errors those of hm_anthology_chapters; HM_ERR_SYSTEM no memory
 * test   tests/cli/test_page_story.py
 */
HM_CHECKED hm_status page_of_story(const hm_story *story, const page_opts *opts, hm_arena *arena,
                                   page_content *page, hm_err *err);

/**
 * The same story with at most `most` races: first those of chapters, then where two of the followed
 * meet, then national ones with one of them, then others of theirs, then the rest; in each, the
 * earliest.
 * in     story  checked
 * out    kept   shares all but races and what points at them
 *        told   (n_race of kept) index in the story; untouched on failure
 * errors HM_ERR_SYSTEM no memory
 */
HM_CHECKED hm_status page_story_keep(const hm_story *story, int32_t most, hm_arena *arena,
                                     hm_story *kept, const int32_t **told, hm_err *err);

/** Lives, meetings, chapters, notes as a document. */
hm_doc page_story_doc(const hm_story *story, hm_lang lang, hm_arena *arena);

#endif
