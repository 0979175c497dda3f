/* text_priv.h - the words and digits of a film, drawn once into coverage, then only copied.
 *
 * Glossary: pen = left end of the baseline; ink = the box of what is really drawn; advance = how
 * far the pen moves on. Sizes are em heights. */
#ifndef STAGE_TEXT_PRIV_H
#define STAGE_TEXT_PRIV_H

#include <stdint.h>

#include "base/arena.h"
#include "base/notes.h"
#include "base/status.h"
#include "stage/letters.h"

typedef enum text_style {
    TEXT_SMALL, /* 24 px at 720 lines: nothing is smaller */
    TEXT_BODY,
    TEXT_CARD,
    TEXT_TITLE,
    TEXT_CLOCK,
    TEXT_STYLE_COUNT
} text_style;

/** One line of text as coverage. */
typedef struct text_run {
    int32_t advance_px;
    int32_t x_px, y_px, w_px, h_px; /* ink, from the pen, y down */
    const uint8_t *cover;           /* (h x w) 0..255 */
} text_run;

enum { TEXT_GLYPH_COUNT = 24 };

/** All that numbers are made of, in every style; digits are equally wide. */
#define TEXT_GLYPHS "0123456789.:+-/ kmhs~x%c"

typedef struct text_store {
    double scale;                     /* [1] pixels per pixel of a 1280 x 720 picture */
    int32_t cap_px[TEXT_STYLE_COUNT]; /* height of capitals */
    text_run glyph[TEXT_STYLE_COUNT][TEXT_GLYPH_COUNT];
    int32_t unknown_glyph_count; /* characters that no installed font has */
    int32_t cut_count;           /* texts that an ellipsis took letters from */
    int32_t split_count;         /* lines that end inside a word */
    hm_letters *letters;         /* NULL = all texts are made */
    void *maker;                 /* text_make_priv.h, only while texts are added */
    hm_arena *arena;
} text_store;

/**
 * Draw the digits. Fonts are opened when a text has to be made.
 * in     letters  where texts are looked up and kept (stage/letters.h); NULL = all are made
 * memory masks in the arena; recorded ones are the letters', which must outlive t
 */
HM_CHECKED hm_status text_open(text_store *t, double scale, hm_letters *letters, hm_arena *arena,
                               hm_err *err);

/**
 * Draw one line. Longer than max_px: first smaller, not under TEXT_SMALL, then cut with an
 * ellipsis. in     max_px  room for ink and advance; 0 = any
 */
HM_CHECKED hm_status text_draw(text_store *t, text_style style, const char *utf8, int32_t max_px,
                               text_run *run, hm_err *err);

/** A lettering of its own. */
typedef struct text_spec {
    const char *family; /* in the order of preference, with commas */
    double em_px;
    int32_t weight;   /* 100 thin .. 900 black */
    double track_em;  /* letters stand this much further apart */
    double jitter_em; /* letters stand this much too high or too low at most */
} text_spec;

/** As text_draw: longer than max_px (0 = any) first smaller, not under least_em_px, then cut. */
HM_CHECKED hm_status text_draw_as(text_store *t, const text_spec *spec, const char *utf8,
                                  int32_t max_px, double least_em_px, text_run *run, hm_err *err);

/**
 * Draw a text over several lines, broken where its language breaks; a line feed breaks too. What
 * does not fit is cut with an ellipsis.
 * out    line, n  (n) at most max_line
 */
HM_CHECKED hm_status text_draw_lines(text_store *t, const text_spec *spec, const char *utf8,
                                     int32_t max_px, int32_t max_line, text_run line[], int32_t *n,
                                     hm_err *err);

enum { TEXT_BLOCK_LINES = 4 };

/** A text of some lines, all in one size. */
typedef struct text_block {
    int32_t n;
    double em_px;
    text_run line[TEXT_BLOCK_LINES]; /* (n) */
} text_block;

/**
 * Draw a text in lines that are about equally long: in one line if it fits at one_em_px or more,
 * else in as few as hold it at the spec's size or the next smaller. Lines end where a clause does,
 * if that fits, else where the language breaks: Japanese between any two signs but not before a
 * full stop, a closing bracket or a long vowel, nor after an opening bracket.
 *
 * in     spec       em_px: the largest in one line
 *        many_em_px the largest in several, least_em_px the smallest; smaller than that it is cut
 * out    b          n = 0 for an empty text
 */
HM_CHECKED hm_status text_draw_block(text_store *t, const text_spec *spec, const char *utf8,
                                     int32_t max_px, int32_t max_line, double one_em_px,
                                     double many_em_px, double least_em_px, text_block *b,
                                     hm_err *err);

/** Texts are often tried in several sizes before one is seen. What was drawn between mark and
 *  text_was_try is recorded as sizes only. */
int32_t text_mark(const text_store *t);
void text_was_try(text_store *t, int32_t mark);

/** As the texts above, made here and now: for text.c and what it is made of. size_px: one, many,
 *  least. */
HM_CHECKED hm_status text_set_line(text_store *t, const text_spec *spec, const char *utf8,
                                   int32_t max_px, double least_em_px, text_run *run, hm_err *err);
HM_CHECKED hm_status text_set_lines(text_store *t, const text_spec *spec, const char *utf8,
                                    int32_t max_px, int32_t max_line, text_run line[], int32_t *n,
                                    hm_err *err);
HM_CHECKED hm_status text_set_block(text_store *t, const text_spec *spec, const char *utf8,
                                    int32_t max_px, int32_t max_line, const double size_px[3],
                                    text_block *b, hm_err *err);

/** The lettering of a style. */
text_spec text_spec_of(const text_store *t, text_style style);

/** No more texts: gives the fonts back. Safe after a failed open. */
void text_close(text_store *t);

/** Glyph of a number; characters that are not in TEXT_GLYPHS are spaces. */
const text_run *text_glyph(const text_store *t, text_style style, char c);

/** Width of a number in pixels. */
int32_t text_number_px(const text_store *t, text_style style, const char *s);

#endif
