/* letters_priv.h - the table behind stage/letters.h: what was asked for, and what was drawn. */
#ifndef STAGE_LETTERS_PRIV_H
#define STAGE_LETTERS_PRIV_H

#include "letters_ink_priv.h"
#include "text_make_priv.h"

#include <stdbool.h>

#include "stage/letters.h"

enum { LETTERS_SIDE_MAX_PX = 8192 }; /* of a run; larger ones are not kept */

typedef enum letters_kind {
    LETTERS_LINE,  /* text_draw_as */
    LETTERS_LINES, /* text_draw_lines */
    LETTERS_BLOCK, /* text_draw_block */
    LETTERS_BIB,   /* text_make_bib */
    LETTERS_KIND_COUNT
} letters_kind;

/** A request. Lengths of text count in pixels of a picture that is `scale` times 1280 x 720. */
typedef struct letters_ask {
    letters_kind kind;
    const char *text, *small; /* small: LETTERS_BIB, else "" */
    text_spec spec;           /* LETTERS_BIB: family "", the rest 0 */
    double scale;             /* [1] */
    double em_px[3];          /* LETTERS_LINE: least; LETTERS_BLOCK: one, many, least */
    int32_t max_px, max_line; /* LETTERS_BIB: width and height of the cloth */
} letters_ask;

/** What was drawn for it. */
typedef struct letters_told {
    double em_px; /* LETTERS_BLOCK: of its lines */
    text_flaws flaws;
    int32_t n;
    text_run run[TEXT_LINES_MAX]; /* (n) */
} letters_told;

typedef struct letters_row {
    uint64_t hash; /* of kind, texts, family and weight */
    letters_ask ask;
    letters_told told;           /* covers while recording, none when read */
    int32_t ink[TEXT_LINES_MAX]; /* (told.n) read: number of the ink, -1 = none */
    int32_t next;                /* of its bucket, an older one; -1 = none */
    int32_t n_use;               /* 0 = only ever a try: sizes without ink */
} letters_row;

struct hm_letters {
    hm_arena arena;
    bool records;
    int32_t n;
    size_t cap;
    letters_row *row; /* (n) */
    int32_t n_bucket; /* a power of two; 0 = none yet */
    int32_t *bucket;  /* (n_bucket) its newest row; -1 = none */
    int32_t n_touch;  /* while recording: rows that were asked for, in order */
    size_t cap_touch;
    int32_t *touch; /* (n_touch) */
    letters_inks inks;
    void *maker; /* while recording: fonts for all films, NULL = not opened yet */
};

/** The same request of this size, else of the nearest, fitted to it. Texts in the arena given. */
HM_CHECKED hm_status letters_find(hm_letters *l, const letters_ask *ask, hm_arena *arena,
                                  letters_told *told, bool *found, hm_err *err);

/** Keep what was made, if it is recorded. */
HM_CHECKED hm_status letters_keep(hm_letters *l, const letters_ask *ask, const letters_told *told,
                                  hm_err *err);

/** Fonts for who makes a text: those of letters that record (NULL = none do), else `own`, opened
 * when they are needed first. errors those of text_maker_open */
HM_CHECKED hm_status letters_fonts(hm_letters *l, void **own, void **maker, hm_err *err);

/** What has been asked for so far. */
int32_t letters_mark(const hm_letters *l);

/** All that was asked for since the mark was a try that nobody will see: sizes stay, and of rows
 * that are asked for in no other way the ink goes. */
void letters_blank(hm_letters *l, int32_t mark);

/** Put a row where it is found; before, the row's hash is set. errors HM_ERR_SYSTEM */
HM_CHECKED hm_status letters_index(hm_letters *l, int32_t i, hm_err *err);

/** The cover (h x w) of run k of a row, in the arena if it must be put together. errors no memory
 */
HM_CHECKED hm_status letters_cover(const hm_letters *l, const letters_row *row, int32_t k,
                                   hm_arena *arena, const uint8_t **cover, hm_err *err);

/** What a row is found by. */
uint64_t letters_hash(const letters_ask *ask);

#endif
