/* theme_priv.h - one look for all figures: inks, sizes of text, widths of lines. */
#ifndef CHART_THEME_PRIV_H
#define CHART_THEME_PRIV_H

#include "chart/figure.h"

/** sRGB, each 0..1. */
typedef struct chart_rgb {
    double r, g, b;
} chart_rgb;

typedef enum chart_style {
    CHART_TITLE,
    CHART_SUBTITLE,
    CHART_PANEL,
    CHART_AXIS,
    CHART_TICK,
    CHART_LABEL,
    CHART_HEAD,
    CHART_TABLE,
    CHART_FOOTER,
    CHART_DOC_TITLE, /* of a printed document */
    CHART_DOC_SUBTITLE,
    CHART_DOC_SECTION,
    CHART_DOC_CAPTION,
    CHART_DOC_CELL,
    CHART_DOC_STRONG,
    CHART_STYLE_COUNT
} chart_style;

/** Lengths, in pt. */
#define CHART_MARGIN_PT      34.0 /* page */
#define CHART_GAP_X_PT       20.0 /* between columns */
#define CHART_GAP_Y_PT       12.0 /* between rows that both have text between them */
#define CHART_PAD_PT         4.0  /* between text and what it belongs to */
#define CHART_LINE_PT        1.5
#define CHART_MARK_PT        4.5
#define CHART_HAIR_PT        0.5
#define CHART_NAME_PITCH_PT  12.6 /* least distance of two names */
#define CHART_TABLE_PITCH_PT 12.6
#define CHART_PLOT_MIN_PT    40.0 /* least side of a plot */

chart_rgb chart_paper(void);
chart_rgb chart_text_rgb(void);  /* titles, names */
chart_rgb chart_muted_rgb(void); /* numbers at axes, subtitles, footer */
chart_rgb chart_grid_rgb(void);
chart_rgb chart_axis_rgb(void);

/** An ink, paled towards the paper. */
chart_rgb chart_ink_rgb(hm_chart_ink ink, double pale_frac);

/** The ink as dark as words need: contrast 4.5 to the paper or more. source WCAG 2.1, 1.4.3 */
chart_rgb chart_ink_text(hm_chart_ink ink);

/** (L1 + 0.05) / (L2 + 0.05) of the relative luminances, 1..21. source WCAG 2.1 */
double chart_contrast(chart_rgb a, chart_rgb b);

/** Em height [pt] and weight (100..900) of a style. */
double chart_style_pt(chart_style style);
int chart_style_weight(chart_style style);

#endif
