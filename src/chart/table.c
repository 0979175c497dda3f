#include "panel_priv.h"

#include <math.h>

static const double column_gap_pt = 10;

void chart_table_widths(chart_canvas *v, const hm_chart_table *t, double w_pt, double w[])
{
    double sum = column_gap_pt * (t->n_col - 1);
    for (int32_t c = 0; c < t->n_col; c++) {
        w[c] = 0;
        for (int32_t r = 0; r < t->n_row; r++)
            w[c] = fmax(w[c], chart_measure(v, r ? CHART_TABLE : CHART_HEAD,
                                            t->cell[r * t->n_col + c], (chart_set){0})
                                  .w);
        sum += w[c];
    }
    while (sum > w_pt) { /* the widest column gives way, until all fit */
        int32_t widest = 0;
        for (int32_t c = 1; c < t->n_col; c++)
            widest = w[c] > w[widest] ? c : widest;
        double cut = fmin(sum - w_pt, 0.25 * w[widest]);
        if (w[widest] < 12)
            return;
        w[widest] -= fmax(cut, 0.5);
        sum -= fmax(cut, 0.5);
    }
}

void chart_table_draw(chart_canvas *v, const chart_plan *p)
{
    const hm_chart_table *t = &p->spec->table;
    double w[CHART_GRID_MAX];
    double left = p->plot.x - p->left_pt, width = p->plot.w + p->left_pt;
    HM_ASSERT(t->n_col >= 1 && t->n_col <= CHART_GRID_MAX);
    chart_table_widths(v, t, width, w);
    double sum = 0;
    for (int32_t c = 0; c < t->n_col; c++)
        sum += w[c];
    double gap = t->n_col > 1 ? fmin((width - sum) / (t->n_col - 1), 3 * column_gap_pt) : 0;
    double used = sum + gap * (t->n_col - 1);
    for (int32_t r = 0; r < t->n_row; r++) {
        double y = p->plot.y + CHART_TABLE_PITCH_PT * (r + 0.5), x = left;
        for (int32_t c = 0; c < t->n_col; x += w[c] + gap, c++) {
            bool to_right = t->align[c] == 'r';
            chart_rgb rgb = r == 0 ? chart_muted_rgb() : chart_text_rgb();
            chart_write(v, r ? CHART_TABLE : CHART_HEAD, rgb, t->cell[r * t->n_col + c],
                        to_right ? x + w[c] : x, y, to_right ? 1 : 0, 0.5,
                        (chart_set){.max_w_pt = w[c] + 0.5});
        }
        double line_y = p->plot.y + CHART_TABLE_PITCH_PT * (r + 1);
        chart_line(v, left, line_y, left + used, line_y, r ? 0.35 : 0.8,
                   r ? chart_grid_rgb() : chart_axis_rgb());
    }
}
