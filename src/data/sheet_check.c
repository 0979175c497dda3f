#include "sheet_priv.h"

#include <math.h>

static const double finish_m = 100.0;
static const double fastest_mps = 13.0; /* over 10 m or more; Bolt 2009 reached 12.35 (GN2011) */
static const double absurd_mps = 30.0;  /* nobody may allow more: no run can be drawn from it */
static const double speed_over_m = 10.0;
static const double rounding_s = 0.02; /* two marks of 0.01 s: counts over less than 10 m */

/* One instant of a run that the sheet tells. */
typedef struct mark {
    double x_m, t_s;
    int32_t col;
    char field[32];
} mark;

enum { MARK_MAX = 130 };

static hm_status refuse(const hm_sheet *sheet, const hm_sheet_row *row, hm_err *err, const mark *at,
                        const char *expected, double than, const char *unit)
{
    return hm_err_set(err, HM_ERR_INPUT, sheet->source, row->line, at->col, at->field,
                      "expected %s %g%s, found %g s", expected, than, unit, at->t_s);
}

/* The marks of a row by distance: each measured split, then the finish. */
static int marks_of(const hm_sheet *sheet, const sheet_cells *cells, mark out[MARK_MAX])
{
    const hm_sheet_row *row = cells->row;
    int n = 0;
    for (int32_t i = 0; i < sheet->n_split && n < MARK_MAX - 1; i++)
        if (!isnan(row->split_s[i])) {
            mark *m = &out[n++];
            *m = (mark){sheet->split_m[i], row->split_s[i], cells->split_col[i], ""};
            snprintf(m->field, sizeof m->field, "split_%g_s", sheet->split_m[i]);
        }
    double end_s = isnan(row->time_s) && row->n_watch ? row->watch_s[0] : row->time_s;
    if (!isnan(end_s))
        out[n++] = (mark){finish_m, end_s, cells->fixed_col[SHEET_TIME], "time_s"};
    return n;
}

static hm_status check_order(const hm_sheet *sheet, const sheet_cells *cells, const mark *m, int n,
                             hm_err *err)
{
    for (int i = 1; i < n; i++) {
        /* a split later than the finish is the split's fault */
        if (m[i].x_m == finish_m && m[i - 1].t_s >= m[i].t_s)
            return refuse(sheet, cells->row, err, &m[i - 1], "before the finish at", m[i].t_s,
                          " s");
        if (m[i].t_s <= m[i - 1].t_s)
            return refuse(sheet, cells->row, err, &m[i], "later than the split before,",
                          m[i - 1].t_s, " s");
    }
    return HM_OK;
}

static hm_status check_speed(const hm_sheet *sheet, const sheet_cells *cells, const mark *m, int n,
                             double limit_mps, hm_err *err)
{
    double reaction_s = isnan(cells->row->reaction_s) ? 0 : cells->row->reaction_s;
    for (int k = 0; k < n; k++)
        for (int i = -1; i < k; i++) {
            double over_m = m[k].x_m - (i < 0 ? 0 : m[i].x_m);
            double took_s = m[k].t_s - (i < 0 ? reaction_s : m[i].t_s);
            double slack_s = over_m < speed_over_m ? rounding_s : 0;
            if (over_m > limit_mps * (took_s + slack_s))
                return hm_err_set(err, HM_ERR_INPUT, sheet->source, cells->row->line, m[k].col,
                                  m[k].field,
                                  "expected at most %g m/s, found %.1f m/s over the %g m before",
                                  limit_mps, over_m / took_s, over_m);
        }
    return HM_OK;
}

/* A status goes with the cells that it allows. */
static hm_status check_status(const hm_sheet *sheet, const sheet_cells *cells, int n_mark,
                              hm_err *err)
{
    const hm_sheet_row *row = cells->row;
    int32_t time_col = cells->fixed_col[SHEET_TIME];
    if (row->status == HM_RUN_OK && isnan(row->time_s) && row->n_watch == 0)
        return hm_err_set(err, HM_ERR_INPUT, sheet->source, row->line, time_col, "time_s",
                          "expected a time or DNS, DNF, DQ, found an empty cell");
    if (row->protest && row->status != HM_RUN_OK)
        return hm_err_set(err, HM_ERR_INPUT, sheet->source, row->line,
                          cells->fixed_col[SHEET_STATUS], "status",
                          "expected a time with P, found DNS, DNF or DQ");
    if ((row->status == HM_RUN_DNS || row->status == HM_RUN_DNF) && !isnan(row->time_s))
        return hm_err_set(err, HM_ERR_INPUT, sheet->source, row->line, time_col, "time_s",
                          "expected no time with DNS or DNF, found %g s", row->time_s);
    if (row->status == HM_RUN_DNS && n_mark > 0)
        return hm_err_set(err, HM_ERR_INPUT, sheet->source, row->line,
                          cells->fixed_col[SHEET_STATUS], "status",
                          "expected no splits with DNS, found %d", n_mark);
    return HM_OK;
}

hm_status sheet_row_check(const hm_sheet *sheet, const sheet_cells *cells,
                          const hm_sheet_opts *opts, hm_err *err)
{
    mark m[MARK_MAX];
    int n = marks_of(sheet, cells, m);
    HM_TRY(check_status(sheet, cells, n, err));
    HM_TRY(check_order(sheet, cells, m, n, err));
    if (n > 0 && cells->row->reaction_s >= m[0].t_s) { /* false for NAN */
        const mark at = {0, cells->row->reaction_s, cells->fixed_col[SHEET_REACTION], "reaction_s"};
        return refuse(sheet, cells->row, err, &at, "before the first mark at", m[0].t_s, " s");
    }
    double limit_mps = opts->allow_implausible ? absurd_mps : fastest_mps;
    return check_speed(sheet, cells, m, n, limit_mps, err);
}
