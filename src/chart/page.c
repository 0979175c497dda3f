#include "page_priv.h"
#include "panel_priv.h"

hm_status chart_page_draw(const hm_chart_figure *fig, chart_canvas *v, const chart_page *page,
                          hm_err *err)
{
    double w = chart_page_text_w(fig);
    chart_colour(v, chart_paper());
    cairo_rectangle(v->c, 0, 0, page->w + 1, page->h + 1);
    cairo_fill(v->c);
    chart_write(v, CHART_TITLE, chart_text_rgb(), fig->title, CHART_MARGIN_PT, page->title_y, 0, 0,
                (chart_set){.max_w_pt = w, .n_line = CHART_TITLE_LINES});
    chart_write(v, CHART_SUBTITLE, chart_muted_rgb(), fig->subtitle, CHART_MARGIN_PT,
                page->subtitle_y, 0, 0, (chart_set){.max_w_pt = w, .n_line = CHART_SUBTITLE_LINES});
    for (int32_t i = 0; i < fig->n_panel; i++)
        HM_TRY(chart_panel_draw(v, &page->plan[i], err));
    chart_write(v, CHART_FOOTER, chart_muted_rgb(), fig->footer, CHART_MARGIN_PT, page->footer_y, 0,
                0, (chart_set){.max_w_pt = w, .n_line = CHART_FOOTER_LINES});
    return HM_OK;
}
