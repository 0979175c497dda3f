/* odds_plot_priv.h - the panels of the page of odds. */
#ifndef CLI_ODDS_PLOT_PRIV_H
#define CLI_ODDS_PLOT_PRIV_H

#include "fit_plot_priv.h"
#include "odds_plot.h"

#define PLOT_PLUS_MINUS "\xc2\xb1"

/** What all panels look at: runners in the order of their mean times. */
typedef struct odds_page {
    const hm_odds *odds;
    const hm_sheet *sheet;
    const hm_day *day;
    double record_s;
    int32_t n;
    const hm_odds_lane *lane[HM_LANE_MAX]; /* (n) */
    int32_t at[HM_LANE_MAX];               /* (n) index into odds.lane and odds.p_ahead */
    const char *name[HM_LANE_MAX];         /* (n) "4  Usain Bolt" */
    const char *number[HM_LANE_MAX];       /* (n) "4" */
} odds_page;

/** "61.3", "0.04", "0": a chance as a percentage, with as many figures as mean something. */
const char *odds_plot_percent(plot *p, double chance);

/**
 * Density of counted times, smoothed by a normal kernel as wide as so many races deserve.
 * out  x_s, per_s  (HM_ODDS_CS_MAX) middle of each hundredth; density
 */
void odds_plot_density(const hm_odds_count *c, double sd_s, double x_s[], double per_s[]);

/** Below which time a share of the races lies, to a hundredth. */
double odds_plot_quantile_s(const hm_odds_count *c, double share);

/** The panels, each into a row and column of the page. */
void odds_plot_times(plot *p, const odds_page *o, int32_t row, int32_t col);
void odds_plot_wins(plot *p, const odds_page *o, int32_t row, int32_t col);
void odds_plot_places(plot *p, const odds_page *o, int32_t row, int32_t col);
void odds_plot_heads(plot *p, const odds_page *o, int32_t row, int32_t col);
void odds_plot_first(plot *p, const odds_page *o, int32_t row, int32_t col);
void odds_plot_margin(plot *p, const odds_page *o, int32_t row, int32_t col);
void odds_plot_table(plot *p, const odds_page *o, int32_t row);

#endif
