/* life_plot_priv.h - shared by the pictures of lives. */
#ifndef CLI_LIFE_PLOT_PRIV_H
#define CLI_LIFE_PLOT_PRIV_H

#include "fit_plot_priv.h"
#include "life_plot.h"

/** A picture in the making: what draws it fills the page. */
typedef void life_plot_fn(plot *p, const hm_story *story, const int32_t who[2]);

/** Page, panels, bytes. */
HM_CHECKED hm_status life_plot_draw(life_plot_fn *build, const hm_story *story,
                                    const int32_t who[2], int32_t n_col, const fit_plot_opts *opts,
                                    hm_arena *arena, char **bytes, size_t *n, hm_err *err);

/** Years since birth on a day "YYYY-MM-DD"; NAN = not known. */
double life_plot_age_yr(const hm_story_person *p, const char *date);

/** Calendar year and its part, 2004.5. */
double life_plot_year(const char *date);

/** A date of the n-th week of a story, from the first week of its first year. */
double life_plot_week_year(const hm_story *story, int32_t week);

/** Level at an age [s], between the days the seasons give; NAN outside. */
double life_plot_level_s(const hm_story_person *p, double age_yr);

/** Panel of stacked bars: percent faster a year under each named term. by_age: x is the age, else
 *  the year. Terms that never reach a twentieth of a percent are left out. */
hm_chart_panel *life_plot_account(plot *p, const hm_story *story, int32_t person, int32_t row,
                                  int32_t col, bool by_age, const char *title);

/** Ink of a belief, the same in all pictures. */
hm_chart_ink life_plot_belief_ink(int32_t belief, double *pale_frac, bool *dashed);

#endif
