/* letters_priv.h - the table behind stage/letters.h: what was asked for, and what was drawn. */
#ifndef STAGE_LETTERS_PRIV_H
#define STAGE_LETTERS_PRIV_H

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
    letters_told told;
    bool blank; /* a try: sizes without ink */
} letters_row;

struct hm_letters {
    hm_arena arena;
    bool records;
    int32_t n;
    size_t cap;
    letters_row *row; /* (n) */
};

/** The same request of this size, else of the nearest, fitted to it. Texts in the arena given. */
HM_CHECKED hm_status letters_find(const hm_letters *l, const letters_ask *ask, hm_arena *arena,
                                  letters_told *told, bool *found, hm_err *err);

/** Keep what was made, if it is recorded. */
HM_CHECKED hm_status letters_keep(hm_letters *l, const letters_ask *ask, const letters_told *told,
                                  hm_err *err);

/** Rows from `from` on were tries that nobody will see: their sizes stay, their ink goes. */
void letters_blank(hm_letters *l, int32_t from);

/** What a row is found by. */
uint64_t letters_hash(const letters_ask *ask);

#endif
