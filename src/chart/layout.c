#include "layout_priv.h"

#include <math.h>

#include "chart/draw.h"

static const double title_gap_pt = 3, head_gap_pt = 14, foot_gap_pt = 10;
static const double names_max_frac = 0.2;      /* of the page, for the names of a y axis */
static const double side_text_max_frac = 0.34; /* of a column, for words right of a plot */

static double line_h(chart_canvas *v, chart_style style)
{
    return chart_measure(v, style, "Hg", (chart_set){0}).h;
}

double chart_page_text_w(const hm_chart_figure *fig)
{
    return fig->w_pt - 2 * CHART_MARGIN_PT;
}

static double block_h(chart_canvas *v, const hm_chart_figure *fig, chart_style style,
                      const char *text, int32_t n_line)
{
    return chart_measure(v, style, text,
                         (chart_set){.max_w_pt = chart_page_text_w(fig), .n_line = n_line})
        .h;
}

/* Names of a y axis, cut where they would take more than a third of the page. */
static double names_w(chart_canvas *v, const hm_chart_axis *a, double max_pt)
{
    double w = 0;
    for (int32_t i = 0; i < a->n_name; i++)
        w = fmax(w, chart_measure(v, CHART_LABEL, a->name[i], (chart_set){.max_w_pt = max_pt}).w);
    return w;
}

static double left_inset(chart_canvas *v, const chart_plan *p, double max_pt)
{
    const hm_chart_axis *a = &p->spec->y;
    double w = a->title ? line_h(v, CHART_AXIS) + CHART_PAD_PT : 0;
    if (!a->hide_text)
        w += CHART_PAD_PT + (a->scale == HM_SCALE_NAMES ? names_w(v, a, max_pt) : p->y.text_w_pt);
    return w;
}

/* Text right of the plot: labels at the ends of lines, or one for each name. */
static double side_text_w(chart_canvas *v, const hm_chart_panel *p, double max_pt)
{
    double w = 0;
    for (int32_t i = 0; i < p->n_series; i++) {
        const hm_chart_series *s = &p->series[i];
        const chart_set cut = {.max_w_pt = max_pt};
        if (s->label && s->where == HM_LABEL_END)
            w = fmax(w, chart_measure(v, CHART_LABEL, s->label, cut).w);
        bool beside = s->name && s->kind != HM_CHART_CELLS;
        for (int32_t k = 0; beside && p->y.scale == HM_SCALE_NAMES && k < s->n; k++)
            w = fmax(w, chart_measure(v, CHART_TICK, s->name[k], cut).w);
    }
    return w;
}

static void measure_inset(chart_canvas *v, chart_plan *p, double names_pt, double max_pt)
{
    const hm_chart_panel *s = p->spec;
    double half_x = s->x.hide_text ? 0 : 0.5 * p->x.text_w_pt;
    p->side_text_pt = side_text_w(v, s, max_pt);
    p->inset = (chart_inset){0};
    if (s->table.n_row == 0)
        p->inset.left = fmax(left_inset(v, p, names_pt), half_x);
    p->inset.right = p->side_text_pt > 0 ? p->side_text_pt + 2 * CHART_PAD_PT : 0;
    if (p->has_y2)
        p->inset.right += CHART_PAD_PT + p->y2.text_w_pt +
                          (s->y2.title ? line_h(v, CHART_AXIS) + CHART_PAD_PT : 0);
    p->inset.right = fmax(p->inset.right, s->table.n_row > 0 ? 0 : half_x);
    if (s->title)
        p->inset.top += line_h(v, CHART_PANEL) + CHART_PAD_PT;
    double title_w = s->title ? chart_measure(v, CHART_PANEL, s->title, (chart_set){0}).w : 0;
    double legend_w = chart_legend_w(v, s);
    p->legend_beside =
        title_w > 0 && legend_w > 0 && title_w + CHART_GAP_X_PT + legend_w < p->left_pt + p->plot.w;
    if (!p->legend_beside)
        p->inset.top += chart_legend(v, s, 0, 0, p->plot.w, false);
    if (s->x2.n_name > 0)
        p->inset.top += line_h(v, CHART_TICK) + CHART_PAD_PT;
    p->inset.top = fmax(p->inset.top, 0.5 * line_h(v, CHART_TICK));
    if (s->table.n_row > 0)
        return;
    if (!s->x.hide_text)
        p->inset.bottom += CHART_PAD_PT + fmax(p->x.text_h_pt, line_h(v, CHART_TICK));
    if (s->x.title)
        p->inset.bottom += line_h(v, CHART_AXIS) + 2;
    p->inset.bottom = fmax(p->inset.bottom, 0.5 * line_h(v, CHART_TICK));
}

/* Least height of the plot itself. */
static double need_h(const hm_chart_panel *p)
{
    if (p->table.n_row > 0)
        return CHART_TABLE_PITCH_PT * p->table.n_row;
    if (p->y.scale == HM_SCALE_NAMES)
        return CHART_NAME_PITCH_PT * fmax(p->y.n_name, 1) + CHART_PAD_PT;
    return CHART_PLOT_MIN_PT;
}

/* Sizes of plots and of what is between them along one direction of the grid. */
typedef struct grid {
    int32_t n;
    double before[CHART_GRID_MAX], plot[CHART_GRID_MAX], after[CHART_GRID_MAX];
    double at[CHART_GRID_MAX]; /* where the plot begins */
    double end;
} grid;

static double weight_of(const double *weight, int32_t i)
{
    return weight ? weight[i] : 1;
}

/* Give each cell its need, share the rest of size_pt by weight, and place them from start_pt. */
static void share_out(grid *g, const double *weight, const double need[], double gap_pt,
                      double start_pt, double size_pt)
{
    double rest = size_pt - gap_pt * (g->n - 1), sum = 0;
    for (int32_t i = 0; i < g->n; i++)
        rest -= g->before[i] + g->after[i];
    for (int32_t i = 0; i < g->n; i++) {
        g->plot[i] = need[i];
        if (weight_of(weight, i) <= 0)
            rest -= need[i];
        else
            sum += weight_of(weight, i);
    }
    /* a cell whose share is less than its need keeps the need; the others share what is left */
    bool fixed[CHART_GRID_MAX] = {false};
    for (bool again = true; again;) {
        again = false;
        for (int32_t i = 0; i < g->n; i++) {
            double w = weight_of(weight, i);
            if (w > 0 && !fixed[i] && rest * w / sum < need[i]) {
                fixed[i] = again = true;
                rest -= need[i];
                sum -= w;
            }
        }
    }
    for (int32_t i = 0; i < g->n; i++)
        if (weight_of(weight, i) > 0 && !fixed[i])
            g->plot[i] = rest * weight_of(weight, i) / sum;
    for (int32_t i = 0; i < g->n; i++) {
        g->at[i] = start_pt + g->before[i];
        start_pt = g->at[i] + g->plot[i] + g->after[i] + gap_pt;
    }
    g->end = start_pt - gap_pt;
}

/* Which panels line up with one another: those of the same columns, names with names. */
static bool lines_up(const hm_chart_panel *a, const hm_chart_panel *b)
{
    return a->col == b->col && a->n_col == b->n_col &&
           (a->table.n_row > 0) == (b->table.n_row > 0) &&
           (a->y.scale == HM_SCALE_NAMES) == (b->y.scale == HM_SCALE_NAMES);
}

static chart_inset shared_inset(const hm_chart_figure *fig, const chart_page *page,
                                const hm_chart_panel *s)
{
    chart_inset most = {0};
    for (int32_t i = 0; i < fig->n_panel; i++) {
        const chart_plan *p = &page->plan[i];
        if (lines_up(p->spec, s)) {
            most.left = fmax(most.left, p->inset.left);
            most.right = fmax(most.right, p->inset.right);
        }
    }
    return most;
}

/* Columns are as wide as the widest text of each side and an equal share of the rest. */
static void plan_columns(const hm_chart_figure *fig, chart_page *page)
{
    grid g = {.n = fig->n_col};
    double need[CHART_GRID_MAX] = {0};
    for (int32_t i = 0; i < fig->n_panel; i++) {
        const chart_plan *p = &page->plan[i];
        int32_t col = p->spec->col;
        if (p->spec->n_col > 1)
            continue;
        g.before[col] = fmax(g.before[col], p->inset.left);
        g.after[col] = fmax(g.after[col], p->inset.right);
    }
    share_out(&g, fig->col_weight, need, CHART_GAP_X_PT, CHART_MARGIN_PT, chart_page_text_w(fig));
    for (int32_t i = 0; i < fig->n_panel; i++) {
        chart_plan *p = &page->plan[i];
        int32_t first = p->spec->col, last = first + p->spec->n_col - 1;
        chart_inset around = shared_inset(fig, page, p->spec);
        double left = g.at[first] - g.before[first];
        double right = g.at[last] + g.plot[last] + g.after[last];
        p->left_pt = around.left;
        p->plot.x = left + around.left;
        p->plot.w = fmax(right - around.right - p->plot.x, 1);
    }
}

static void plan_rows(const hm_chart_figure *fig, chart_page *page, double top_pt, double bottom_pt)
{
    grid g = {.n = fig->n_row};
    double need[CHART_GRID_MAX] = {0};
    for (int32_t i = 0; i < fig->n_panel; i++) {
        const chart_plan *p = &page->plan[i];
        int32_t first = p->spec->row, last = first + p->spec->n_row - 1;
        g.before[first] = fmax(g.before[first], p->inset.top);
        g.after[last] = fmax(g.after[last], p->inset.bottom);
        if (p->spec->n_row == 1)
            need[first] = fmax(need[first], p->need_pt);
    }
    double least = 0;
    for (int32_t i = 0; i < fig->n_panel; i++) /* panels over several rows */
        if (page->plan[i].spec->n_row > 1) {
            const hm_chart_panel *s = page->plan[i].spec;
            for (int32_t k = s->row; k < s->row + s->n_row; k++)
                need[k] = fmax(need[k], page->plan[i].need_pt / s->n_row);
        }
    for (int32_t k = 0; k < g.n; k++) {
        bool is_open = isnan(fig->h_pt) && weight_of(fig->row_weight, k) > 0;
        double want = is_open ? 130 * weight_of(fig->row_weight, k) : 0;
        least += g.before[k] + g.after[k] + fmax(need[k], want);
    }
    least += CHART_GAP_Y_PT * (g.n - 1);
    double have = isnan(fig->h_pt) ? 0 : fig->h_pt - top_pt - bottom_pt;
    share_out(&g, fig->row_weight, need, CHART_GAP_Y_PT, top_pt, fmax(have, least));
    for (int32_t i = 0; i < fig->n_panel; i++) {
        chart_plan *p = &page->plan[i];
        int32_t first = p->spec->row, last = first + p->spec->n_row - 1;
        p->plot.y = g.at[first];
        p->top_pt = g.before[first];
        p->plot.h = g.at[last] + g.plot[last] - p->plot.y;
    }
    double filled = fmax(g.end, top_pt + have);
    page->h = isnan(fig->h_pt) ? g.end + bottom_pt : fmax(fig->h_pt, filled + bottom_pt);
}

static hm_status make_plans(const hm_chart_figure *fig, chart_canvas *v, chart_page *page,
                            hm_err *err)
{
    page->plan = HM_PUSH(v->arena, chart_plan, fig->n_panel);
    if (!page->plan)
        return hm_err_set(err, HM_ERR_SYSTEM, "figure", 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < fig->n_panel; i++) {
        const hm_chart_panel *s = &fig->panel[i];
        HM_ASSERT(s->row >= 0 && s->n_row >= 1 && s->row + s->n_row <= fig->n_row);
        HM_ASSERT(s->col >= 0 && s->n_col >= 1 && s->col + s->n_col <= fig->n_col);
        chart_plan *p = &page->plan[i];
        p->spec = s;
        p->x = chart_axis_of(s, CHART_X);
        p->y = chart_axis_of(s, CHART_Y);
        p->y2 = chart_axis_of(s, CHART_Y2);
        for (int32_t k = 0; k < s->n_series; k++)
            p->has_y2 |= s->series[k].second;
        p->need_pt = need_h(s);
        p->plot = (chart_box){0, 0, chart_page_text_w(fig) * s->n_col / fig->n_col, 100};
    }
    return HM_OK;
}

/* Widen the range that has more room than it needs: x to both sides, y upward. */
static void equal_units(chart_plan *p)
{
    p->x = chart_axis_of(p->spec, CHART_X);
    p->y = chart_axis_of(p->spec, CHART_Y);
    double x_pt = p->plot.w / (p->x.hi - p->x.lo), y_pt = p->plot.h / (p->y.hi - p->y.lo);
    double more_x = p->plot.w / y_pt - (p->x.hi - p->x.lo);
    if (more_x > 0) {
        p->x.lo -= more_x / 2;
        p->x.hi += more_x / 2;
    } else {
        p->y.hi = p->y.lo + p->plot.h / x_pt;
    }
}

hm_status chart_layout(const hm_chart_figure *fig, chart_canvas *v, chart_page *page, hm_err *err)
{
    enum { PASSES = 3 }; /* text wants room, room changes the numbers at the axes */
    HM_ASSERT(fig->n_row >= 1 && fig->n_row <= CHART_GRID_MAX);
    HM_ASSERT(fig->n_col >= 1 && fig->n_col <= CHART_GRID_MAX);
    if (fig->n_panel < 1)
        return hm_err_set(err, HM_ERR_INPUT, "figure", 0, 0, NULL, "there is nothing to draw");
    HM_TRY(make_plans(fig, v, page, err));
    page->w = fig->w_pt;
    double title_h = block_h(v, fig, CHART_TITLE, fig->title, CHART_TITLE_LINES);
    double subtitle_h = block_h(v, fig, CHART_SUBTITLE, fig->subtitle, CHART_SUBTITLE_LINES);
    double footer_h = block_h(v, fig, CHART_FOOTER, fig->footer, CHART_FOOTER_LINES);
    page->title_y = CHART_MARGIN_PT - 6;
    page->subtitle_y = page->title_y + title_h + title_gap_pt;
    double top = page->subtitle_y + subtitle_h + (title_h + subtitle_h > 0 ? head_gap_pt : 0);
    double bottom = CHART_MARGIN_PT - 8 + (footer_h > 0 ? footer_h + foot_gap_pt : 0);
    for (int pass = 0; pass < PASSES; pass++) {
        for (int32_t i = 0; i < fig->n_panel; i++) {
            chart_plan *p = &page->plan[i];
            if (p->spec->equal_units)
                equal_units(p);
            chart_axis_ticks(v, &p->x, CHART_X, p->plot.w);
            chart_axis_ticks(v, &p->y, CHART_Y, p->plot.h);
            if (p->has_y2)
                chart_axis_ticks(v, &p->y2, CHART_Y2, p->plot.h);
            measure_inset(v, p, names_max_frac * page->w,
                          side_text_max_frac * page->w *
                              fmin(p->spec->n_col / (double)fig->n_col, 0.7));
        }
        plan_columns(fig, page);
        plan_rows(fig, page, top, bottom);
    }
    page->footer_y = page->h - CHART_MARGIN_PT + 8 - footer_h;
    for (int32_t i = 0; i < fig->n_panel; i++)
        if (page->plan[i].plot.w < CHART_PLOT_MIN_PT)
            return hm_err_set(err, HM_ERR_INPUT, "figure", 0, 0, "w_pt",
                              "expected a page wide enough for its panels, found %.0f pt",
                              fig->w_pt);
    if (page->w > HM_CHART_SIDE_MAX_PT || page->h > HM_CHART_SIDE_MAX_PT)
        return hm_err_set(err, HM_ERR_INPUT, "figure", 0, 0, "h_pt",
                          "expected a page of %d pt a side at most, found %.0f x %.0f pt",
                          HM_CHART_SIDE_MAX_PT, page->w, page->h);
    return HM_OK;
}
