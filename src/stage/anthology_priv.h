/* anthology_priv.h - shared by the files that make the film of lives. */
#ifndef HM_STAGE_ANTHOLOGY_PRIV_H
#define HM_STAGE_ANTHOLOGY_PRIV_H

#include "stage/anthology.h"

/* ---- words (anthology_words.c) ---- */

typedef enum antho_word {
    ANTHO_MEETING, /* {0} = how often they have met, with this race */
    ANTHO_MET,     /* {0} = how often in all */
    ANTHO_BEST,    /* {0} name, {1} seconds */
    ANTHO_SAYS,    /* {0} name, {1} age */
    ANTHO_QUOTE,   /* {0} what is said */
    ANTHO_RACE,    /* name of a race without one */
    ANTHO_LIVED,   /* {0} scenario, {1} seed: where the races come from */
    ANTHO_WORD_COUNT
} antho_word;

/* A word filled in; NULL without memory. */
const char *antho_say(hm_arena *a, hm_lang lang, antho_word word, const char *p0, const char *p1);

enum { ANTHO_AGES = 4 }; /* child, youth, grown, for long */

int antho_age_of(double age_yr);

/* What somebody of that age says who holds that belief (index) most firmly. */
const char *antho_belief_line(hm_lang lang, int32_t belief, int age);

/* A name in a language: the Japanese one where there is one. */
const char *antho_name(const hm_story_person *p, hm_lang lang);
const char *antho_race_name(const hm_story_race *r, hm_lang lang);

/* ---- the story (anthology_chapters.c) ---- */

/* The run of a person in a race; NULL = was not in it. */
const hm_story_run *antho_run_of(const hm_story_race *race, int32_t person);

/* The two followed who met first, as they stand in the story; false = nobody met. */
bool antho_pair(const hm_story *story, int32_t pair[2]);

/* How often the pair had met when this race was over; 0 = it was no meeting of theirs. */
int32_t antho_count(const hm_story *story, int32_t race);

/* ---- shots (anthology_shots.c) ---- */

/* One chapter on its way to being staged. */
typedef struct antho_chapter {
    const hm_story *story;
    const hm_story_chapter *is;
    const hm_story_race *told;
    const hm_race *race; /* as it is filmed */
    const hm_anthology_opts *o;
    hm_arena *arena;
    int32_t index, n_chapter;
    const void *look_own;
    const hm_story_chapter *first; /* with split: the chapter whose race stands beside it */
    const hm_race *first_race;
    const void *first_own;
} antho_chapter;

/* A line and its shot. */
typedef struct antho_cue {
    int32_t i_shot, i_line;
} antho_cue;

enum { ANTHO_CUE_MAX = 16 };

/* One part's film, and which of its shots speak. */
typedef struct antho_film {
    hm_film film;
    int32_t n_cue;
    antho_cue cue[ANTHO_CUE_MAX];
} antho_film;

/* Which shots of a chapter. */
typedef enum antho_piece {
    ANTHO_WHOLE,  /* title, words, race, afterwards */
    ANTHO_BEFORE, /* title and words */
    ANTHO_AFTER,  /* afterwards */
    ANTHO_END     /* what became of them, credits */
} antho_piece;

/* One view without a cut, or one in the dark: words stand alone before it, and it is not cut. */
bool antho_is_unbroken(const char *look);

/* with_end: what belongs to ANTHO_END behind it. */
hm_status antho_direct(const antho_chapter *c, antho_piece piece, bool with_end, antho_film *out,
                       hm_err *err);

/* Half a picture of one race, so that two can be seen at once: both begin before the gun and last
 * until end_s of the race. in race, look, lane[2] of the two who are followed in it */
typedef struct antho_half {
    const hm_race *race;
    const char *look, *title;
    const void *look_own;
    int32_t lane[2];
    double end_s;
    int32_t w_px, h_px, fps;
    uint64_t seed;
    hm_lang lang;
} antho_half;

hm_status antho_direct_half(const antho_half *h, hm_arena *arena, hm_film *film, hm_err *err);

#endif
