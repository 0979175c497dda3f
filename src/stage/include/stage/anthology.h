/* stage/anthology.h - the film of lives: a story's chapters, each a race told in its own way.
 *
 * A chapter is a title, the runners' words of why they run, the race as its look stages it, and
 * what is left afterwards; the last one, when two have met before, shows their first race beside
 * it. Meetings are counted; the tune of one who took over another's idea quotes that one's.
 *
 * Words used here: a chapter is hm_story_chapter; a part is hm_reel_part, of which a chapter has
 * one or more; a line is what somebody says of why he runs; followed = hm_story_person.pinned. */
#ifndef HM_STAGE_ANTHOLOGY_H
#define HM_STAGE_ANTHOLOGY_H

#include "data/story.h"
#include "stage/reel.h"
#include "stage/score.h"

enum {
    HM_ANTHOLOGY_CHAPTER_MAX = 12,
    HM_ANTHOLOGY_CHOSEN_MAX = 6, /* of a story without chapters */
    HM_ANTHOLOGY_FILLED_MAX = 5  /* of one with few */
};

typedef struct hm_anthology_opts {
    uint32_t cookie;
    int32_t w_px, h_px;
    int32_t fps;
    hm_lang lang; /* of titles, words and graphics in the picture; captions are in all */
    bool overlays;
} hm_anthology_opts;

/** Something said, and when. */
typedef struct hm_anthology_line {
    double from_s, to_s; /* of the whole film */
    int32_t person;
    const char *text[HM_LANG_COUNT];
} hm_anthology_line;

typedef struct hm_anthology {
    int32_t n_part;
    hm_reel_part *part; /* (n_part) */
    int32_t *chapter;   /* (n_part) whose part it is */
    double duration_s;
    int32_t n_line;
    hm_anthology_line *line; /* (n_line) in time */
} hm_anthology;

/** 1280 x 720, 24 fps, English, with words and numbers. */
hm_anthology_opts hm_anthology_opts_default(void);

/**
 * The chapters of a story, complete: what it leaves out is put in. Without any, its meetings are
 * chapters (HM_ANTHOLOGY_CHOSEN_MAX, from the first to the last), else races of those it follows.
 * Between fewer than HM_ANTHOLOGY_FILLED_MAX, in order of time, meetings of the two who met first
 * are told too.
 *
 * in     story    checked
 * out    chapter  (n) with look, titles and lines in both languages; in the arena, texts partly the
 *                 story's; untouched on failure
 * errors HM_ERR_INPUT no race that could be told, too many chapters; HM_ERR_SYSTEM
 * threads: pure but for the arena
 * test   tests/unit/stage/test_anthology.c
 */
HM_CHECKED hm_status hm_anthology_chapters(const hm_story *story, hm_arena *arena, int32_t *n,
                                           hm_story_chapter **chapter, hm_err *err);

/** The look that a race of a story is shown in by itself: its chapter's; childhood and youth as
 * films tell them, else `otherwise`. */
const char *hm_anthology_race_look(const hm_story *story, int32_t race, const char *otherwise);

/**
 * Stage them.
 *
 * in     chapter  (n) of hm_anthology_chapters
 *        race     (n) of each chapter as a race; lanes as in the story's runs. Names, body and form
 *                 of the followed are put in from the story.
 *        must outlive the film: all of it
 * out    a        untouched on failure
 * errors those of hm_look_direct and hm_film_bind; HM_ERR_INPUT a chapter whose race has other
 *        lanes than the story
 * memory arena
 * threads: pure but for the arena
 */
HM_CHECKED hm_status hm_anthology_stage(const hm_story *story, int32_t n,
                                        const hm_story_chapter chapter[], const hm_race race[],
                                        const hm_anthology_opts *opts, hm_arena *arena,
                                        hm_anthology *a, hm_err *err);

typedef struct hm_anthology_music {
    hm_score whole;        /* in time of the whole film; its motifs are those of no lane */
    const hm_score **part; /* (n_part) in time of each part, NULL = it has none */
} hm_anthology_music;

/**
 * Music of the whole: each part's own, with the tunes of the followed as they are at that time of
 * their lives, and under each title one tune alone. Parts that are told by sound alone have none.
 *
 * out    music  untouched on failure
 * errors HM_ERR_SYSTEM, those of hm_score_compose
 * memory arena
 * test   tests/unit/stage/test_anthology_score.c
 */
HM_CHECKED hm_status hm_anthology_score(const hm_story *story, const hm_story_chapter chapter[],
                                        const hm_anthology *a, hm_arena *arena,
                                        hm_anthology_music *music, hm_err *err);

/**
 * The tune of somebody in a week of his life: his own; from the week on in which an idea of a
 * followed one passed to him, one that quotes that one's.
 * threads: pure
 */
hm_motif hm_anthology_motif(const hm_story *story, int32_t person, int32_t week);

/**
 * Captions of the whole in one language: what is said, else what the races sound like.
 * in     music  as played, NULL = none
 * out    track  untouched on failure
 * errors HM_ERR_SYSTEM
 * memory arena
 * test   tests/unit/stage/test_anthology.c
 */
HM_CHECKED hm_status hm_anthology_captions(const hm_story *story, const hm_anthology *a,
                                           hm_lang lang, const hm_anthology_music *music,
                                           hm_arena *arena, hm_text_track *track, hm_err *err);

/**
 * The whole told to those who cannot see it: titles, words and races as hm_film_describe tells
 * them, one part after the other; of two races side by side, that they are, and then the one that
 * is heard.
 * out    track  untouched on failure
 * errors HM_ERR_SYSTEM
 * memory arena
 * test   tests/unit/stage/test_anthology.c
 */
HM_CHECKED hm_status hm_anthology_describe(const hm_anthology *a, hm_lang lang, hm_arena *arena,
                                           hm_text_track *track, hm_err *err);

#endif
