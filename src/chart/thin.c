#include "panel_priv.h"

#include <math.h>

typedef struct column {
    int32_t first, lowest, highest, last; /* indices of points; first < 0: empty */
    double at;                            /* number of the column */
} column;

/* The points of a column in the order in which they came, none twice. */
static int32_t flush(column *c, const double x[], const double y[], double xo[], double yo[],
                     int32_t n_out)
{
    int32_t pick[4] = {c->first, c->lowest, c->highest, c->last};
    if (c->first < 0)
        return n_out;
    if (pick[1] > pick[2]) {
        pick[1] = c->highest;
        pick[2] = c->lowest;
    }
    for (int i = 0; i < 4; i++)
        if (i == 0 || pick[i] != pick[i - 1]) {
            xo[n_out] = x[pick[i]];
            yo[n_out++] = y[pick[i]];
        }
    c->first = -1;
    return n_out;
}

int32_t chart_thin_line(int32_t n, const double x[], const double y[], double column_pt,
                        double xo[], double yo[])
{
    int32_t n_out = 0;
    column c = {.first = -1};
    for (int32_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i])) {
            n_out = flush(&c, x, y, xo, yo, n_out);
            if (n_out > 0 && !isnan(xo[n_out - 1])) {
                xo[n_out] = NAN;
                yo[n_out++] = NAN;
            }
            continue;
        }
        double at = floor(x[i] / column_pt);
        if (c.first >= 0 && at != c.at)
            n_out = flush(&c, x, y, xo, yo, n_out);
        if (c.first < 0)
            c = (column){i, i, i, i, at};
        c.lowest = y[i] < y[c.lowest] ? i : c.lowest;
        c.highest = y[i] > y[c.highest] ? i : c.highest;
        c.last = i;
    }
    return flush(&c, x, y, xo, yo, n_out);
}
