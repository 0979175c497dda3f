/* doc_layout_priv.h - a document cut into pages. Lengths in pt, y down from the top of the page. */
#ifndef CHART_DOC_LAYOUT_PRIV_H
#define CHART_DOC_LAYOUT_PRIV_H

#include "canvas_priv.h"
#include "doc_priv.h"

typedef enum doc_part {
    DOC_SECTION,
    DOC_FACT,
    DOC_NOTE,
    DOC_LINK,
    DOC_SIGN, /* all that stand side by side */
    DOC_CAPTION,
    DOC_HEAD, /* of a table */
    DOC_ROW
} doc_part;

/** Columns of all tables that share them. */
typedef struct doc_grid {
    const hm_doc_column *column;
    int32_t n;
    double x[HM_DOC_COLUMN_MAX], w[HM_DOC_COLUMN_MAX];
    double total_w;
} doc_grid;

/** What stands on a page as a whole. */
typedef struct doc_item {
    doc_part part;
    const hm_doc_block *block;
    int32_t row;          /* ROW */
    const doc_grid *grid; /* CAPTION, HEAD, ROW */
    double key_w;         /* FACT */
    double before, h;     /* white above it, which is dropped at the top of a page; its height */
    double base;          /* of its first line, from its top */
    bool again;           /* CAPTION, HEAD on a later page */
    int32_t page;         /* from 0 */
    double y;
} doc_item;

typedef struct doc_layout {
    double w, h;                         /* of the paper */
    double left, right, head_y, foot_y;  /* of what is printed */
    double title_h, subtitle_h, stamp_w; /* at the head of the first page */
    double first_top, top, bottom;       /* of the body: first page, other pages */
    int32_t n_page, n_item;
    doc_item *item; /* (n_item) in the order of reading */
} doc_layout;

/** Lines that a text may take, beyond which it ends in an ellipsis. */
enum {
    DOC_TITLE_LINES = 3,
    DOC_SUBTITLE_LINES = 2,
    DOC_WRAP_LINES = 3,
    DOC_FIXED_LINES = 2,
    DOC_NOTE_LINES = 12,
    DOC_FOOT_LINES = 2
};

#define DOC_GAP_PT       9.0  /* between columns */
#define DOC_PAGE_WORD_PT 96.0 /* room for "Page 10 of 12" */

/** How a cell is set: style and limits. row = -1: the head. */
chart_style doc_cell_style(const hm_doc_column *c, bool head);
chart_set doc_cell_set(const hm_doc_column *c, double w);

/** Lay out. errors HM_ERR_SYSTEM no memory */
HM_CHECKED hm_status doc_lay_out(const hm_doc *doc, chart_canvas *v, doc_bytes *scratch,
                                 doc_layout *out, hm_err *err);

#endif
