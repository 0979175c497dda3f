/* place_priv.h - where a label may stand: beside what it names, over nothing else. */
#ifndef CHART_PLACE_PRIV_H
#define CHART_PLACE_PRIV_H

#include "canvas_priv.h"

/** What is drawn in a plot, on a grid of cells. */
typedef struct chart_place {
    chart_box box;
    int32_t nx, ny;
    uint8_t *ink; /* (ny x nx) 1 = drawn over */
    int32_t n_taken, cap_taken;
    chart_box *taken; /* (n_taken) labels that already stand */
} chart_place;

HM_CHECKED hm_status chart_place_open(chart_place *p, chart_box plot, int32_t max_label,
                                      hm_arena *arena, hm_err *err);

/** Something is drawn along a line, or in a box; outside the plot nothing happens. */
void chart_place_segment(chart_place *p, double x0, double y0, double x1, double y1);
void chart_place_box(chart_place *p, chart_box b);

/**
 * Find the place of a label of w x h near one of the anchors, the first ones being liked best.
 * out    at  its box, taken from now on; near  the anchor it belongs to
 * returns false when it has no place
 */
bool chart_place_label(chart_place *p, double w, double h, int32_t n, const double x[],
                       const double y[], chart_box *at, int32_t *near);

/** The same with the middle of the label on an anchor. */
bool chart_place_centred(chart_place *p, double w, double h, int32_t n, const double x[],
                         const double y[], chart_box *at);

#endif
