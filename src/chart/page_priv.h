/* page_priv.h - a laid-out figure onto a surface. */
#ifndef CHART_PAGE_PRIV_H
#define CHART_PAGE_PRIV_H

#include "layout_priv.h"

/** Ground, words of the page, panels. errors HM_ERR_SYSTEM no memory */
HM_CHECKED hm_status chart_page_draw(const hm_chart_figure *fig, chart_canvas *v,
                                     const chart_page *page, hm_err *err);

#endif
