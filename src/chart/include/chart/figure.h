/* chart/figure.h - what a figure shows: a page with a grid of panels, each with axes and series, or
 * with a table. It says what is to be seen, never where a word stands: the room measures the text
 * and lays the page out (chart/draw.h).
 *
 * Glossary: pt = 1/72 inch; ink = a colour of the theme; rule = a straight reference line. All
 * pointers belong to the caller and are only read. NAN in data is a gap, never a zero. */
#ifndef HM_CHART_FIGURE_H
#define HM_CHART_FIGURE_H

#include <stdbool.h>
#include <stdint.h>

/** Colours that hold apart for colour-blind eyes and in contrast to paper (Okabe and Ito 2008). */
typedef enum hm_chart_ink {
    HM_INK_DARK,
    HM_INK_BLUE,
    HM_INK_RED,
    HM_INK_GREEN,
    HM_INK_PURPLE,
    HM_INK_GREY,
    HM_INK_COUNT
} hm_chart_ink;

typedef enum hm_chart_mark {
    HM_MARK_DISC,
    HM_MARK_RING,
    HM_MARK_SQUARE,
    HM_MARK_DIAMOND,
    HM_MARK_TRIANGLE,
    HM_MARK_COUNT
} hm_chart_mark;

typedef enum hm_chart_kind {
    HM_CHART_LINE,   /* x, y; a NAN breaks it */
    HM_CHART_BAND,   /* x, lo, hi */
    HM_CHART_POINTS, /* x, y; lo, hi and x_lo, x_hi are intervals around them */
    HM_CHART_STEMS,  /* x, y; from 0 to y, without marks */
    HM_CHART_BARS,   /* x, y; from 0 to y, or from 0 to x where the y axis has names */
    HM_CHART_STACK,  /* x, lo, hi: pieces of upright bars, one upon another, in full ink; dashed:
                      * hatched, so that more hold apart than there are inks */
    HM_CHART_CELLS,  /* x, y, lo: a box around each point, as dark as lo 0..1; name stands in it */
    HM_CHART_RULE    /* n = 1: along the page at y[0], or across it at x[0] when y is NULL */
} hm_chart_kind;

/** Where the label of a series stands. */
typedef enum hm_chart_label {
    HM_LABEL_LEGEND, /* in a row above the plot */
    HM_LABEL_END,    /* right of the plot, at the last point */
    HM_LABEL_ON,     /* in the plot beside the line, where it covers least */
    HM_LABEL_IN      /* in the line itself, as on a contour */
} hm_chart_label;

typedef struct hm_chart_series {
    hm_chart_kind kind;
    int32_t n;
    const double *x, *y;       /* [1] (n) */
    const double *lo, *hi;     /* [1] (n) or NULL */
    const double *x_lo, *x_hi; /* [1] (n) or NULL */
    const char *const *name;   /* (n) or NULL: text at each point, NULL = none; beside the plot
                                * where the y axis has names, in the box of a cell */
    const char *label;         /* NULL = none */
    hm_chart_label where;
    bool second; /* belongs to the right axis */
    bool dashed;
    bool stretch; /* x_lo to x_hi is where it was measured, no interval of x: without end caps */
    bool quiet;   /* does not count for the range of the axes */
    hm_chart_ink ink;
    hm_chart_mark mark;
    double pale_frac; /* 0 = full ink .. 1 = paper */
    double size_pt;   /* width of a line, diameter of a mark; 0 = the theme's */
} hm_chart_series;

typedef enum hm_chart_scale {
    HM_SCALE_LINEAR,
    HM_SCALE_DATE, /* days since 1970-01-01 */
    HM_SCALE_NAMES /* name i at the value i; on a y axis the first is on top */
} hm_chart_scale;

typedef struct hm_chart_axis {
    const char *title; /* with its unit; NULL = none */
    hm_chart_scale scale;
    double lo, hi;  /* [1] ends; NAN = by the data, with some air */
    bool zero;      /* the range holds 0 */
    bool hide_text; /* grid only: a panel beside or below has the numbers */
    hm_chart_ink ink;
    int32_t n_name; /* HM_SCALE_NAMES: names; else ticks of one's own */
    const char *const *name;
    const double *tick; /* [1] (n_name) where they stand; only for ticks of one's own */
} hm_chart_axis;

/** Rows of text; a column of which align is 'r' ends at its right edge. */
typedef struct hm_chart_table {
    int32_t n_row, n_col;
    const char *align;       /* (n_col) 'l' or 'r' */
    const char *const *cell; /* (n_row x n_col); "" = empty. The first row is the head */
} hm_chart_table;

typedef struct hm_chart_panel {
    int32_t row, col, n_row, n_col; /* cells of the grid that it covers */
    const char *title;              /* NULL = none */
    hm_chart_axis x, y;
    hm_chart_axis y2; /* right; used when a series says so */
    hm_chart_axis x2; /* above: ticks of one's own on the scale of x; n_name = 0: none */
    bool
        equal_units; /* one of x is as long on the page as one of y: the shorter range is widened */
    int32_t n_series;
    const hm_chart_series *series; /* (n_series) drawn in this order within their kind */
    hm_chart_table table;          /* n_row > 0: a table and no plot */
} hm_chart_panel;

typedef struct hm_chart_figure {
    double w_pt, h_pt; /* page; h_pt NAN = as tall as the panels want. It grows when they need it */
    const char *title, *subtitle, *footer; /* NULL = none; long ones are broken into lines */
    int32_t n_row, n_col;
    const double *row_weight, *col_weight; /* [1] (n_row), (n_col) shares of the space; NULL =
                                            * equal; a row of weight 0 gets only what it needs */
    int32_t n_panel;
    const hm_chart_panel *panel; /* (n_panel) */
} hm_chart_figure;

/** A plot in cell 0, 0 with both ranges by the data; a page of A4 without panels. */
hm_chart_axis hm_chart_axis_default(void);
hm_chart_panel hm_chart_panel_default(void);
hm_chart_figure hm_chart_figure_default(void);

#endif
