/* cli/page.h - `hecto page`: one HTML file that plays and explains a race, tells a story, or marks
 * a clip. A page_*.c makes the content of one kind of page, page_file.c the file. */
#ifndef HM_CLI_PAGE_H
#define HM_CLI_PAGE_H

#include "cli.h"
#include "page_words.h"

#include "data/race.h"
#include "io/lang.h"

enum { PAGE_BLOCK_MAX = 14 };

/** How page_content.key stands in the head. */
#define PAGE_KEY_META "<meta name=\"hectometre-key\" content=\"%s\">\n"

/** Bytes that the page's script unpacks: the element hm-NAME, base 85 of gzip. */
typedef struct page_block {
    const char *name; /* engine, data, letters, ... */
    const void *bytes;
    size_t n;
    bool packed; /* is gzip already */
} page_block;

/** One page before it is a file. */
typedef struct page_content {
    const char *kind, *title; /* kind: race, story, mark, index; title: plain text */
    hm_lang lang;
    const char *header;   /* HTML at the head of the page; NULL = the title */
    const char *poster;   /* HTML in place of the film until that stands; NULL = none */
    const char *body;     /* HTML that is read without the script; "" = none */
    const char *index;    /* page of a site that lists this one, beside it; NULL = none */
    const char *key;      /* of what it was made of, kept in its head; NULL = none */
    bool pictures_beside; /* shows files that lie beside it */
    int n_block;
    page_block block[PAGE_BLOCK_MAX]; /* (n_block) */
} page_content;

/** Is there music in the page? Auto: where the look asks for it. */
typedef enum page_score_wish { PAGE_SCORE_AUTO, PAGE_SCORE_ON, PAGE_SCORE_OFF } page_score_wish;

/** What the command line says of any page. */
typedef struct page_opts {
    page_score_wish score;
    hm_lang lang;
    const char *look;  /* first shown */
    const char *title; /* NULL = made from the content */
    int n_thread;      /* that draw */
} page_opts;

/** --lang, --look, --title. errors HM_ERR_USAGE */
HM_CHECKED hm_status page_read_opts(const cli_args *args, page_opts *opts, hm_err *err);

/** Add a block; there is room for PAGE_BLOCK_MAX (asserted). Bytes must live as long. */
void page_add_block(page_content *page, page_block block);

/** The music of the film that a page begins with. */
typedef struct page_music {
    int64_t n_sample;                /* 0 = none */
    const char *soundfont, *licence; /* what it was played with */
    page_block block;
} page_music;

/**
 * Compose and play it, if it is wanted and can be played.
 * out    music  in the arena, static texts; n_sample 0 when there is none
 * errors HM_ERR_USAGE --score where none can be played; those of hm_score_compose, hm_sound_stem,
 *        hm_adts_encode
 */
HM_CHECKED hm_status page_score(const hm_race *race, const page_opts *opts, hm_arena *arena,
                                page_music *music, hm_err *err);

/** The engine, when the program carries one. Without it a page is the result alone. */
void page_add_engine(page_content *page);

/**
 * The runners of the shipped races, block hm-runners: {"races": [{"id", "meet", "wind_mps", ...,
 * "runners": [{"name", "reaction_s", "time_us", "splits": [[m, s, measured]], ...}]}]}.
 * memory arena
 * errors HM_ERR_SYSTEM no memory
 */
HM_CHECKED hm_status page_runners(hm_arena *arena, page_block *block, hm_err *err);

/**
 * The words of all films of a race as they are drawn here (stage/letters.h), block hm-letters.
 * memory arena
 * errors those of hm_letters_record
 */
HM_CHECKED hm_status page_letters(const hm_race *race, hm_lang lang, hm_arena *arena,
                                  page_block *block, hm_err *err);

/**
 * The curves of a race, block hm-curves: for each lane how many samples (uint32, the low byte
 * first), then 8 planes of one byte a number, x_m and v_mps of the lanes in turn.
 * out    bare    the race without them
 * memory arena
 * errors HM_ERR_SYSTEM no memory
 * test   web/tests/pack.test.mjs
 */
HM_CHECKED hm_status page_curves(const hm_race *race, hm_arena *arena, page_block *block,
                                 hm_race *bare, hm_err *err);

/** Why pages of this program cannot play, as words for the user; NULL = they can. */
const char *page_lacks(void);

/** What to install for it; "" = nothing. */
const char *page_needs(void);

/**
 * Lay out the file: head, policy with the hash of the script, body, blocks, script.
 * out    html, n  terminated by a 0 that n does not count; untouched on failure
 * errors HM_ERR_SYSTEM no memory
 * memory arena
 */
HM_CHECKED hm_status page_print(const page_content *page, hm_arena *arena, char **html, size_t *n,
                                hm_err *err);

/** Base64 of bytes, for addresses of data. errors HM_ERR_SYSTEM no memory */
HM_CHECKED hm_status page_base64(const void *bytes, size_t n, hm_arena *arena, const char **text,
                                 hm_err *err);

/** The page as a file, whole or not at all. errors those of page_print, HM_ERR_SYSTEM */
HM_CHECKED hm_status page_write(const page_content *page, const char *path, hm_arena *arena,
                                hm_err *err);

/**
 * The page of one race: its result in words, its data for the script.
 * memory arena; the content points into it
 * errors HM_ERR_SYSTEM no memory
 */
HM_CHECKED hm_status page_of_race(const hm_race *race, const page_opts *opts, hm_arena *arena,
                                  page_content *page, hm_err *err);

/** One small picture of a race, 320 x 180, as a PNG. errors those of staging and drawing, the disk
 */
HM_CHECKED hm_status page_write_poster(const hm_race *race, const char *look, const char *path,
                                       int n_thread, hm_arena *arena, hm_err *err);

/**
 * The same picture as HTML that stands in the page until the film does, 60 kB or less; "" where
 * this build has no encoder for it.
 * errors those of staging and drawing, HM_ERR_SYSTEM
 * memory arena
 */
HM_CHECKED hm_status page_poster(const hm_race *race, const page_opts *opts, hm_arena *arena,
                                 const char **html, hm_err *err);

/**
 * --site: a page and a picture of each operand in a folder, and the index of them. What has not
 * changed is not written again; the index last.
 * errors HM_ERR_USAGE two operands of one name; those of reading and writing; HM_ERR_STOPPED
 */
HM_CHECKED hm_status page_site(const cli_args *args, const page_opts *opts, hm_err *err);

/** Does the command line ask for the page that marks clips: --marking, what it takes, or a clip? */
bool page_is_mark(const cli_args *args);

/**
 * The page that marks a clip: what was given along (clip, --marks, --slit, --track) lies in it.
 * memory arena; the content points into it
 * errors those of the readers; HM_ERR_USAGE a value of --stills
 */
HM_CHECKED hm_status page_of_mark(const cli_args *args, const page_opts *opts, page_content *page,
                                  hm_err *err);

#endif
