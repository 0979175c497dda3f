/* chart_case.h - figures to try the room with. Arrays are the caller's or static. */
#ifndef CHART_CASE_H
#define CHART_CASE_H

#include "ht.h"

#include "chart/figure.h"

#define CASE_LONG                                                                                  \
    "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh, Maximiliana Philippa Charlotte "       \
    "Augusta of the third division of the second athletics club of a town with a long name"
#define CASE_JAPANESE "\xe5\xb1\xb1\xe7\x94\xb0 \xe5\xa4\xaa\xe9\x83\x8e"

enum { CASE_N = 60, CASE_PANEL = 6 };

typedef struct chart_case {
    double x[CASE_N], y[CASE_N], lo[CASE_N], hi[CASE_N], index[CASE_N];
    const char *name[CASE_N], *cell[12];
    hm_chart_series line[3], row[1], rule[2];
    hm_chart_panel panel[CASE_PANEL];
    double row_weight[4];
    hm_chart_figure fig;
} chart_case;

static inline void case_series(chart_case *k, int32_t n_name)
{
    static const double top = 11;
    for (int i = 0; i < CASE_N; i++) {
        k->x[i] = 2 * i;
        k->y[i] = 12 * (1 - exp(-0.1 * i));
        k->lo[i] = k->y[i] - 0.5;
        k->hi[i] = k->y[i] + 0.5;
        k->index[i] = i;
        k->name[i] = i % 7 == 3 ? CASE_LONG : i % 7 == 5 ? CASE_JAPANESE : "A. Name";
    }
    k->line[0] = (hm_chart_series){.kind = HM_CHART_BAND,
                                   .n = CASE_N,
                                   .x = k->x,
                                   .lo = k->lo,
                                   .hi = k->hi,
                                   .label = "90 % interval",
                                   .ink = HM_INK_BLUE};
    k->line[1] = (hm_chart_series){.kind = HM_CHART_LINE,
                                   .n = CASE_N,
                                   .x = k->x,
                                   .y = k->y,
                                   .label = "the fitted run",
                                   .where = HM_LABEL_END,
                                   .ink = HM_INK_BLUE};
    k->line[2] = (hm_chart_series){.kind = HM_CHART_POINTS,
                                   .n = CASE_N,
                                   .x = k->x,
                                   .y = k->y,
                                   .name = k->name,
                                   .ink = HM_INK_RED};
    k->row[0] = (hm_chart_series){.kind = HM_CHART_POINTS,
                                  .n = n_name,
                                  .x = k->y,
                                  .y = k->index,
                                  .x_lo = k->lo,
                                  .x_hi = k->hi,
                                  .name = k->name};
    k->rule[0] = (hm_chart_series){.kind = HM_CHART_RULE,
                                   .n = 1,
                                   .y = &top,
                                   .label = "top",
                                   .where = HM_LABEL_ON,
                                   .dashed = true};
    k->rule[1] = (hm_chart_series){.kind = HM_CHART_STEMS,
                                   .n = CASE_N,
                                   .x = k->x,
                                   .y = k->y,
                                   .second = true,
                                   .ink = HM_INK_GREEN};
}

/** A page with every kind of panel and names that are too long, too many, and Japanese. */
static inline void case_full(chart_case *k, int32_t n_name)
{
    static const char *const head[12] = {"estimate", "value",       "90 %", CASE_LONG,
                                         "1.00",     "0.9 to 1.1",  "F",    "8.0",
                                         CASE_LONG,  CASE_JAPANESE, "",     CASE_LONG};
    case_series(k, n_name);
    for (int i = 0; i < CASE_PANEL; i++)
        k->panel[i] = hm_chart_panel_default();
    for (int i = 0; i < 12; i++)
        k->cell[i] = head[i];
    hm_chart_panel *p = k->panel;
    p[0].n_col = p[1].n_col = 2;
    p[0].title = "Speed " CASE_LONG;
    p[0].x.hide_text = true;
    p[0].series = k->line;
    p[0].n_series = 3;
    p[0].y.title = "Speed, m/s";
    p[1].row = 1;
    p[1].x.title = CASE_LONG;
    p[1].y.title = CASE_LONG;
    p[1].y2.title = "Other, s";
    p[1].series = k->rule;
    p[1].n_series = 2;
    p[2].row = p[3].row = 2;
    p[2].y = (hm_chart_axis){.scale = HM_SCALE_NAMES,
                             .n_name = n_name,
                             .name = k->name,
                             .lo = NAN,
                             .hi = NAN,
                             .title = "Who"};
    p[2].series = k->row;
    p[2].n_series = 1;
    p[3].col = 1;
    p[3].title = "Table";
    p[3].table = (hm_chart_table){4, 3, "lrr", k->cell};
    p[4].row = p[5].row = 3;
    p[4].title = "Nothing here"; /* without data */
    p[4].y.title = "m/s";
    p[5].col = 1;
    p[5].x.scale = HM_SCALE_DATE;
    p[5].x.title = "Date";
    p[5].series = &k->line[1];
    p[5].n_series = 1;
    k->row_weight[0] = 3;
    k->row_weight[1] = k->row_weight[3] = 1.5;
    k->row_weight[2] = 0;
    k->fig = hm_chart_figure_default();
    k->fig.title = CASE_LONG " " CASE_LONG;
    k->fig.subtitle = CASE_JAPANESE " " CASE_LONG;
    k->fig.footer = CASE_LONG;
    k->fig.n_row = 4;
    k->fig.n_col = 2;
    k->fig.row_weight = k->row_weight;
    k->fig.n_panel = CASE_PANEL;
    k->fig.panel = k->panel;
}

#endif
