#include "chart/figure.h"

#include <math.h>

hm_chart_axis hm_chart_axis_default(void)
{
    return (hm_chart_axis){.lo = NAN, .hi = NAN};
}

hm_chart_panel hm_chart_panel_default(void)
{
    const hm_chart_axis a = hm_chart_axis_default();
    return (hm_chart_panel){.n_row = 1, .n_col = 1, .x = a, .y = a, .y2 = a, .x2 = a};
}

hm_chart_figure hm_chart_figure_default(void)
{
    return (hm_chart_figure){.w_pt = 595.276, .h_pt = 841.89, .n_row = 1, .n_col = 1};
}
