/* chart/doc.h - a printed document: a head, sections, facts, tables, notes. It says what stands on
 * paper, never where: the three writers (text, HTML, PDF) lay it out.
 *
 * The maker fills a hm_doc with the calls below, in the order of reading. Texts are kept as they
 * come and must live as long as the document; hm_doc_keep copies. Any UTF-8 will do: control
 * characters and marks that turn the direction of what follows are taken out by the writers, and
 * HTML is escaped. The first call without memory is remembered and told by hm_doc_write. */
#ifndef HM_CHART_DOC_H
#define HM_CHART_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

enum { HM_DOC_COLUMN_MAX = 16 };

typedef enum hm_doc_paper { HM_DOC_A4, HM_DOC_LETTER, HM_DOC_PAPER_COUNT } hm_doc_paper;
typedef enum hm_doc_format {
    HM_DOC_TEXT,
    HM_DOC_HTML,
    HM_DOC_PDF,
    HM_DOC_FORMAT_COUNT
} hm_doc_format;

/** Names as they end a file: "txt", "html", "pdf". */
extern const char *const hm_doc_format_word[];
/** "a4", "letter". */
extern const char *const hm_doc_paper_word[];

typedef struct hm_doc_column {
    const char *head; /* as it stands above the column */
    const char *says; /* in full, for those who hear the table; NULL = head */
    bool right;       /* set to the right: figures */
    bool strong;      /* what the eye looks for */
    bool names_row;   /* the row is called by it */
    bool wraps;       /* gives way: broken into lines, then cut; the others keep their width */
} hm_doc_column;

/** Tables with the same column array line up over the whole document. */
typedef struct hm_doc_table {
    const char *caption, *aside; /* aside: at the right of the caption, "" = none */
    int32_t n_column, n_row;
    const hm_doc_column *column; /* (n_column) */
    const char **cell;           /* (n_row * n_column) NULL = empty */
    bool *apart;                 /* (n_row) a line above it */
} hm_doc_table;

typedef enum hm_doc_kind {
    HM_DOC_SECTION,
    HM_DOC_FACT,
    HM_DOC_TABLE,
    HM_DOC_NOTE,
    HM_DOC_LINK,
    HM_DOC_SIGN
} hm_doc_kind;

typedef struct hm_doc_block {
    hm_doc_kind kind;
    const char *text, *more; /* SECTION: words, aside; FACT: key, value; LINK: words, address;
                              * SIGN: whose hand */
    bool new_page;           /* SECTION: begins a page */
    hm_doc_table *table;
} hm_doc_block;

typedef struct hm_doc {
    const char *lang;                    /* BCP 47: "en", "ja" */
    const char *title, *subtitle, *line; /* at the head; "" = none */
    const char *stamp;                   /* in a frame beside the head: "Unofficial"; "" = none */
    const char *footer;                  /* at the foot of each page */
    const char *page_of;                 /* "Page %d of %d"; first %d the page, second how many */
    const char *continued;               /* put behind a caption on the next page */
    hm_doc_paper paper;
    hm_arena *arena;
    bool failed;
    int32_t n_block;
    size_t cap_block;
    hm_doc_block *block; /* (n_block) */
} hm_doc;

/** Empty, in English on A4; blocks go into the arena. */
hm_doc hm_doc_make(hm_arena *arena);

/** Text made as by printf and kept in the document; "" without memory. */
const char *hm_doc_keep(hm_doc *doc, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

void hm_doc_section(hm_doc *doc, const char *text, const char *aside, bool new_page);
/** A line "key: value"; those that follow one another line up. */
void hm_doc_fact(hm_doc *doc, const char *key, const char *value);
void hm_doc_note(hm_doc *doc, const char *text);
/** A line to sign on; those that follow one another stand side by side. */
void hm_doc_sign(hm_doc *doc, const char *whose);
/** An address that leads out is written, but not followed: only paths beside the document are. */
void hm_doc_link(hm_doc *doc, const char *text, const char *href);

/**
 * A table whose cells are empty.
 * in     n_column  1 .. HM_DOC_COLUMN_MAX (asserted)
 * out    NULL without memory; the calls below then do nothing
 */
hm_doc_table *hm_doc_add_table(hm_doc *doc, const char *caption, const char *aside,
                               int32_t n_column, const hm_doc_column column[], int32_t n_row);
void hm_doc_cell(hm_doc_table *table, int32_t row, int32_t column, const char *text);

/**
 * Write the document.
 *
 * out    bytes, n  terminated by a 0 that n does not count; untouched on failure
 * range  the same document gives the same bytes; a PDF with the same fonts
 * errors HM_ERR_SYSTEM no memory, no fonts
 * memory bytes in arena.  threads: pure (Fontconfig's own tables apart)
 * test   tests/unit/chart/test_doc_text.c, test_doc_html.c, test_doc_pdf.c
 */
HM_CHECKED hm_status hm_doc_write(const hm_doc *doc, hm_doc_format format, hm_arena *arena,
                                  char **bytes, size_t *n, hm_err *err);

/**
 * What stands in the HTML file within <header> and within <main>, for another page that has a style
 * of its own.
 * out    header, content  terminated; untouched on failure
 * errors, memory, threads  as hm_doc_write
 */
HM_CHECKED hm_status hm_doc_write_parts(const hm_doc *doc, hm_arena *arena, const char **header,
                                        const char **content, hm_err *err);

/**
 * A text as it may stand in HTML, in an element or within quotes: one line of valid UTF-8, the five
 * characters that mean something as entities.
 * out    html  terminated; untouched on failure
 * errors HM_ERR_SYSTEM no memory
 */
HM_CHECKED hm_status hm_html_escape(const char *text, hm_arena *arena, const char **html,
                                    hm_err *err);

#endif
