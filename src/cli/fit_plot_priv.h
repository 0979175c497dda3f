/* fit_plot_priv.h - how the figures of a fit are put together. */
#ifndef CLI_FIT_PLOT_PRIV_H
#define CLI_FIT_PLOT_PRIV_H

#include "fit_plot.h"

enum { PLOT_PANEL_MAX = 10, PLOT_ROW_MAX = 8, PLOT_SERIES_MAX = 128, PLOT_CURVE_MAX = 402 };

/* U+2212, U+2080, dots */
#define PLOT_MINUS "\xe2\x88\x92"
#define PLOT_F0    "F\xe2\x82\x80"
#define PLOT_V0    "V\xe2\x82\x80"
#define PLOT_DOT   " \xc2\xb7 "

/** A figure in the making. Memory that is not there is remembered and told at the end. */
typedef struct plot {
    hm_arena *arena;
    bool out_of_memory;
    hm_chart_figure fig;
    hm_chart_panel panel[PLOT_PANEL_MAX];
    hm_chart_series *series; /* of all panels, one after the other */
    int32_t n_series;
    double row_weight[PLOT_ROW_MAX];
} plot;

/** errors HM_ERR_SYSTEM no memory */
HM_CHECKED hm_status plot_begin(plot *p, hm_arena *arena, int32_t n_col, hm_err *err);

/** A new row of the page; returns its number. */
int32_t plot_row(plot *p, double weight);

/** A panel in a row; its series are those added before the next panel. */
hm_chart_panel *plot_panel(plot *p, int32_t row, int32_t col, const char *title);

/** A series for the newest panel; NULL when there are too many. */
hm_chart_series *plot_add(plot *p, hm_chart_kind kind, int32_t n, hm_chart_ink ink);

/** Zeroed numbers and texts, NULL = no memory. A printed text is "" then. */
double *plot_numbers(plot *p, int64_t n);
const char **plot_names(plot *p, int64_t n);
const char *plot_text(plot *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/** A copy of one number or text as an array of one. */
const double *plot_one(plot *p, double v);

/** A number with a true minus; with_plus: and a plus. */
const char *plot_number(plot *p, double v, int decimals, bool with_plus);

/** Digits after the point that an interval of this width deserves: two figures of it. */
int plot_decimals(double value, double width);

/** A point with the interval of an estimate upright, named where name is not NULL. */
hm_chart_series *plot_estimate_at(plot *p, double x, const hm_estimate *y, hm_chart_ink ink,
                                  const char *name);

/** Ends of an axis. */
typedef struct plot_reach {
    double lo, hi; /* lo > hi: no value */
} plot_reach;

/**
 * Ends that hold all values, and intervals as far as most of them reach: one that is far wider runs
 * out of the plot with an arrow, rather than to press all others flat.
 */
plot_reach plot_reach_of(plot *p, int32_t n, const double y[], const double lo[],
                         const double hi[]);

HM_CHECKED hm_status plot_finish(plot *p, const fit_plot_opts *opts, hm_arena *arena, char **bytes,
                                 size_t *n, hm_err *err);

/** The fitted run, sampled, on the clock and tape of its trace. */
typedef struct plot_curve {
    int32_t n; /* 0 = cannot be drawn */
    double x_m[PLOT_CURVE_MAX], t_s[PLOT_CURVE_MAX], v_mps[PLOT_CURVE_MAX];
    double lo_mps[PLOT_CURVE_MAX], hi_mps[PLOT_CURVE_MAX]; /* 90 %; NAN = not determined */
    double lo_s[PLOT_CURVE_MAX], hi_s[PLOT_CURVE_MAX];     /* of the time at x_m */
    bool has_band;
    double seen_m; /* how far the observations reach */
} plot_curve;

/** out c  sampled until to_m */
void plot_curve_of(const hm_sprinter_run *run, double to_m, plot_curve *c);

/** The curve's other coordinate at one of it, linear between samples; NAN outside. */
double plot_curve_at(int32_t n, const double from[], const double to[], double at);

/** What was seen as speeds, each over a stretch of the run. */
typedef struct plot_seen {
    int32_t n;
    double *x, *lo, *hi; /* (n) m or s, as the points are given; the stretch; lo = hi: at once */
    double *v_mps;       /* (n) */
    bool is_mean;        /* mean speeds between observations */
} plot_seen;

void plot_seen_of(plot *p, const hm_sprinter_run *run, const plot_curve *curve, plot_seen *seen);

/** Name, date, model, conditions in words. */
const char *plot_run_name(plot *p, const hm_sprinter_run *run);
const char *plot_run_method(plot *p, const hm_sprinter_run *run);
const char *plot_run_conditions(plot *p, const hm_sprinter_run *run);
const char *plot_run_footer(plot *p, const hm_sprinter_run *run);
const char *plot_method_footer(plot *p, const hm_sprinter_run *run);
const char *plot_model_words(plot *p, int32_t n, const hm_sprinter_run *const run[]);

/** "wind -2.0 m/s" with a true minus, "35 C" with its degree. */
const char *plot_typeset(plot *p, const char *text);

/** Days since 1970-01-01 of "YYYY-MM-DD...", NAN = none. */
double plot_day_of(const char *date);

/** Force against velocity of several runs, with lines of equal power; a squad is numbered, of a
 * season the first and last run are named. false = no run knows both, no panel */
bool plot_force_velocity_map(plot *p, int32_t row, int32_t col, int32_t n,
                             const hm_sprinter_run *const run[], bool is_squad);

/**
 * Half the interval of F(v) = F0 (1 - v / V0), to first order in ln F0 and ln V0. Their covariance
 * comes from the interval of the power F0 V0 / 4: var ln P = var ln F0 + var ln V0 + 2 cov.
 */
double plot_force_half(const hm_estimate *f0, const hm_estimate *v0, const hm_estimate *power,
                       double v);

/** The run as it was watched: time at each distance, or distance at each time. */
void plot_position_panel(plot *p, const hm_sprinter_run *run, const plot_curve *c, double x_lo,
                         double x_hi);

/** The estimates as a table, in a panel of its own. */
void plot_number_panel(plot *p, const hm_sprinter_run *run, int32_t at_row, int32_t col,
                       int32_t n_col);

/** One window of ordinary training: accelerations against speed and their line. */
HM_CHECKED hm_status fit_plot_situ(const hm_sprinter_run *run, plot *p, hm_err *err);
HM_CHECKED hm_status fit_plot_run(const hm_sprinter_run *run, plot *p, hm_err *err);
HM_CHECKED hm_status fit_plot_season(const hm_sprinter *s, plot *p, hm_err *err);
HM_CHECKED hm_status fit_plot_squad(const hm_sprinter *s, plot *p, hm_err *err);

#endif
