/* panel_priv.h - drawing one panel on its planned place. */
#ifndef CHART_PANEL_PRIV_H
#define CHART_PANEL_PRIV_H

#include "layout_priv.h"
#include "place_priv.h"

/** Axes, series, labels, or the table. errors HM_ERR_SYSTEM no memory */
HM_CHECKED hm_status chart_panel_draw(chart_canvas *v, const chart_plan *p, hm_err *err);

/** The series without their labels; what they cover is noted in place. */
HM_CHECKED hm_status chart_series_draw(chart_canvas *v, const chart_plan *p, chart_place *place,
                                       hm_err *err);

/** Labels at the ends of lines, in the plot, at points, beside names. */
void chart_labels_draw(chart_canvas *v, const chart_plan *p, chart_place *place);

void chart_table_draw(chart_canvas *v, const chart_plan *p);

/** The axis that a series is measured by. */
static inline const chart_axis *chart_y_of(const chart_plan *p, const hm_chart_series *s)
{
    return s->second ? &p->y2 : &p->y;
}

/** Place of a point; NAN where it is a gap, cut far outside the page. */
double chart_at_x(const chart_plan *p, double value);
double chart_at_y(const chart_plan *p, const hm_chart_series *s, double value);

/**
 * Points of a line that can be seen: of consecutive points in one column of the page the first, the
 * lowest, the highest and the last. Gaps stay, one for each.
 * in     x, y    (n) places, NAN = gap
 * out    xo, yo  (returned number, at most n)
 */
int32_t chart_thin_line(int32_t n, const double x[], const double y[], double column_pt,
                        double xo[], double yo[]);

#endif
