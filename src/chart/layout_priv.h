/* layout_priv.h - where everything stands: text is measured first, plots get what is left, and the
 * plots of a column and of a row line up. */
#ifndef CHART_LAYOUT_PRIV_H
#define CHART_LAYOUT_PRIV_H

#include "axis_priv.h"

/** What stands around a plot. */
typedef struct chart_inset {
    double left, right, top, bottom; /* pt */
} chart_inset;

typedef struct chart_plan {
    const hm_chart_panel *spec;
    chart_axis x, y, y2;
    bool has_y2;
    chart_box plot;      /* the frame of the data, or of the table */
    chart_inset inset;   /* of this panel alone */
    double left_pt;      /* room left of the plot, that of the column */
    double top_pt;       /* room above it, that of the row */
    double side_text_pt; /* width of what is written right of the plot */
    double need_pt;      /* least height of the plot */
    bool legend_beside;  /* the legend stands right of the title, not under it */
} chart_plan;

typedef struct chart_page {
    double w, h;
    double title_y, subtitle_y, footer_y;
    chart_plan *plan; /* (n_panel) */
} chart_page;

enum {
    CHART_GRID_MAX = 32,
    CHART_TITLE_LINES = 2,
    CHART_SUBTITLE_LINES = 4,
    CHART_FOOTER_LINES = 6
};

/** Width of the text block of the page. */
double chart_page_text_w(const hm_chart_figure *fig);

/**
 * errors HM_ERR_INPUT no panel, page too large or too small
 * memory arena
 */
HM_CHECKED hm_status chart_layout(const hm_chart_figure *fig, chart_canvas *v, chart_page *page,
                                  hm_err *err);

/** Height of the legend of a panel in rows of text, broken at w_pt; draws it when draw is true. */
double chart_legend(chart_canvas *v, const hm_chart_panel *p, double x, double y, double w_pt,
                    bool draw);

/** Its width in one row; 0 = none. */
double chart_legend_w(chart_canvas *v, const hm_chart_panel *p);

/** Widths of the columns of a table that fit into w_pt; (n_col). */
void chart_table_widths(chart_canvas *v, const hm_chart_table *t, double w_pt, double w[]);

#endif
