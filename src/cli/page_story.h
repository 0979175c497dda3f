/* cli/page_story.h - the page of a story: lives as text that needs no script, and the story for the
 * script, which draws it and has the engine run its races. */
#ifndef HM_CLI_PAGE_STORY_H
#define HM_CLI_PAGE_STORY_H

#include "page.h"

#include "chart/doc.h"
#include "data/race_file.h"
#include "data/story.h"

enum { PAGE_STORY_RACE_MAX = 500 }; /* races that a page keeps: about a megabyte of it */

/** Read the operand, a story or a scenario: that is lived with the seed 1 and without futures. */
HM_CHECKED hm_status page_story_load(const cli_args *args, hm_data_kind kind, hm_story *story,
                                     hm_err *err);

/**
 * The page of a story. Chapters are completed as those of its film; of too many races those are
 * kept that matter, and a note says so. memory arena; the content points into it and into the story
 * errors those of hm_anthology_chapters; HM_ERR_SYSTEM no memory
 * test   tests/cli/test_page_story.py, web/tests/story.test.mjs
 */
HM_CHECKED hm_status page_of_story(const cli_args *args, const hm_story *story,
                                   const page_opts *opts, page_content *page, hm_err *err);

/**
 * The words of the films of its races (stage/letters.h), block hm-letters: of all, or of as many as
 * have room in a page, in the order of page_story_order.
 * in     told    (story n_race) index in the whole story
 * out    n_race  those whose words are recorded; the page draws others with the browser's fonts
 * errors those of hm_letters_record; HM_ERR_STOPPED
 * memory arena of args
 */
HM_CHECKED hm_status page_story_letters(const cli_args *args, const hm_story *story,
                                        const int32_t told[], hm_lang lang, page_block *block,
                                        int32_t *n_race, hm_err *err);

/**
 * The scenario that a story says it was lived from, as text, with the told future pinned
 * (world.future): lived with the story's seed it is that story. NULL where the file is not there or
 * gives another story (one that was lived with --without or --set); why is said on stderr.
 * errors those of hm_story_live
 * memory arena of args
 */
HM_CHECKED hm_status page_story_scenario(const cli_args *args, const hm_story *story,
                                         const char **text, hm_err *err);

/** Races by how much they matter, see page_story_keep. out order (n_race) */
void page_story_order(const hm_story *story, int32_t order[]);

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
