/* canvas_priv.h - cairo and pango behind a small door: text that is measured before it is drawn,
 * lines, boxes. Lengths in pt, y down from the top of the page. */
#ifndef CHART_CANVAS_PRIV_H
#define CHART_CANVAS_PRIV_H

#include "theme_priv.h"

#include <cairo.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/status.h"

typedef struct chart_box {
    double x, y, w, h;
} chart_box;

static inline bool chart_box_meets(chart_box a, chart_box b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

typedef struct chart_canvas {
    cairo_t *c;    /* NULL while only measuring */
    void *context; /* PangoContext */
    bool outlines; /* letters as filled outlines: placed to a fraction of a pixel */
    hm_arena *arena;
    int32_t n_word, cap_word;
    chart_box *word; /* (n_word) each text that was drawn, for tests; NULL = not kept */
} chart_canvas;

/** Open the fonts. The canvas measures at once; c is set before it draws. */
HM_CHECKED hm_status chart_canvas_open(chart_canvas *v, hm_arena *arena, hm_err *err);
void chart_canvas_close(chart_canvas *v);

/** How a text is set. Zeroed = one line as wide as it is. */
typedef struct chart_set {
    double max_w_pt; /* 0 = any; longer is broken, then cut with an ellipsis */
    int32_t n_line;  /* lines at most; 0 = 1 */
    bool upright;    /* turned a quarter to the left */
    bool halo;       /* on paper-coloured ground */
    bool keep_dir; /* from left to right, whatever letter comes first: sentences with names in them
                    */
    bool on_base;  /* y is the baseline of the first line, whatever ay says */
} chart_set;

/** Width and height that a text takes, before it is turned. "" takes 0 x 0. */
chart_box chart_measure(chart_canvas *v, chart_style style, const char *utf8, chart_set set);

/** Baseline of the first line below the top of the box. "" has none: 0. */
double chart_base_pt(chart_canvas *v, chart_style style, const char *utf8, chart_set set);

/**
 * Write a text so that the point (ax, ay) of its box, each 0..1 from its left top, comes to (x, y).
 * Turned text: ax, ay count in the box as it stands on the page.
 */
void chart_write(chart_canvas *v, chart_style style, chart_rgb rgb, const char *utf8, double x,
                 double y, double ax, double ay, chart_set set);

void chart_colour(chart_canvas *v, chart_rgb rgb);
void chart_line(chart_canvas *v, double x0, double y0, double x1, double y1, double w_pt,
                chart_rgb rgb);

/** Lines of paper across a box, from lower left to upper right. */
void chart_hatch(chart_canvas *v, double x, double y, double w, double h);
void chart_mark(chart_canvas *v, hm_chart_mark mark, double x, double y, double size_pt,
                chart_rgb rgb);

#endif
