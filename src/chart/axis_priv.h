/* axis_priv.h - the range of an axis, from what is asked and what is there, and where a value
 * stands on the page. */
#ifndef CHART_AXIS_PRIV_H
#define CHART_AXIS_PRIV_H

#include "canvas_priv.h"
#include "ticks_priv.h"

typedef struct chart_axis {
    const hm_chart_axis *spec;
    bool is_empty; /* no finite value */
    double lo, hi; /* lo < hi */
    chart_ticks ticks;
    double text_w_pt, text_h_pt; /* of the widest and the highest tick text; 0 = none */
} chart_axis;

typedef enum chart_side { CHART_X, CHART_Y, CHART_Y2 } chart_side;

/** Range over all series of the panel. */
chart_axis chart_axis_of(const hm_chart_panel *p, chart_side side);

/** Ticks that have room on an axis of this length, each with its text measured. */
void chart_axis_ticks(chart_canvas *v, chart_axis *a, chart_side side, double length_pt);

/** Is it a value, not a gap? */
bool chart_is_value(double v);

/** Place of a value on the page: x from the left of the plot, y from its bottom. */
double chart_x_pt(const chart_axis *x, chart_box plot, double value);
double chart_y_pt(const chart_axis *y, chart_box plot, double value);

#endif
