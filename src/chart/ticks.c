#include "ticks_priv.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

enum { DECADE_MAX = 18 };

static double ten_to(int k)
{
    double p = 1;
    for (int i = 0; i < k; i++)
        p *= 10; /* exact up to 1e22 */
    return p;
}

/* i * mant * 10^k, rounded once. */
static double multiple(double i, int mant, int k)
{
    return k < 0 ? i * mant / ten_to(-k) : i * mant * ten_to(k);
}

static void write_number(double v, int decimals, char text[CHART_TICK_TEXT_MAX])
{
    char digits[CHART_TICK_TEXT_MAX - 4];
    if (fabs(v) >= 1e7 || decimals > 6)
        snprintf(digits, sizeof digits, "%.4g", fabs(v));
    else
        snprintf(digits, sizeof digits, "%.*f", decimals, fabs(v));
    snprintf(text, CHART_TICK_TEXT_MAX, "%s%s", v < 0 ? "\xe2\x88\x92" : "", digits);
}

/* How many multiples of the step lie in the range; a hair of rounding at its ends is forgiven. */
static double count_in(double lo, double hi, double step, double *first)
{
    *first = ceil(lo / step - 1e-9);
    return floor(hi / step + 1e-9) - *first + 1;
}

void chart_ticks_linear(double lo, double hi, int32_t at_most, chart_ticks *t)
{
    static const int mant[] = {1, 2, 5};
    t->n = 0;
    for (int k = -DECADE_MAX; k <= DECADE_MAX; k++)
        for (int m = 0; m < 3; m++) {
            double step = multiple(1, mant[m], k), first;
            if ((hi - lo) / step > 2.0 * CHART_TICK_MAX)
                continue;
            double n = count_in(lo, hi, step, &first);
            if (n > at_most)
                continue;
            for (t->n = 0; t->n < (int32_t)n; t->n++) {
                t->at[t->n] = multiple(first + t->n, mant[m], k);
                write_number(t->at[t->n], k < 0 ? -k : 0, t->text[t->n]);
                t->under[t->n][0] = '\0';
            }
            return;
        }
}

/* source Howard Hinnant, "chrono-compatible low-level date algorithms": eras of 400 years that
 * begin in March */
int64_t chart_day_of_civil(int32_t year, int32_t month, int32_t mday)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void chart_civil_of_day(int64_t day, int32_t *year, int32_t *month, int32_t *mday)
{
    int64_t z = day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    *mday = (int32_t)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int32_t)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int32_t)(yoe + era * 400 + (*month <= 2));
}

static const char *const month_word[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static void add_date(chart_ticks *t, int64_t day, int unit, int32_t *year_before)
{
    int32_t y, m, d;
    chart_civil_of_day(day, &y, &m, &d);
    t->at[t->n] = (double)day;
    t->under[t->n][0] = '\0';
    if (unit == 2)
        snprintf(t->text[t->n], CHART_TICK_TEXT_MAX, "%d", y);
    else {
        if (unit == 1)
            snprintf(t->text[t->n], CHART_TICK_TEXT_MAX, "%s", month_word[m - 1]);
        else
            snprintf(t->text[t->n], CHART_TICK_TEXT_MAX, "%d %s", d, month_word[m - 1]);
        if (y != *year_before)
            snprintf(t->under[t->n], sizeof t->under[0], "%d", y % 10000);
    }
    *year_before = y;
    t->n++;
}

/* The i-th date of the grid of `by` days, months or years that begins at or before lo. */
static int64_t grid_date(double lo, int unit, int32_t by, int32_t i)
{
    int32_t y, m, d;
    int64_t day = (int64_t)floor(lo);
    chart_civil_of_day(day, &y, &m, &d);
    if (unit == 0)
        return ((day + 719468) / by + i) * by - 719468;
    if (unit == 2)
        return chart_day_of_civil((y / by + i) * by, 1, 1);
    int32_t month = ((m - 1) / by + i) * by;
    return chart_day_of_civil(y + month / 12, month % 12 + 1, 1);
}

/* Dates of a grid inside the range; false = more than at_most. */
static bool fill_dates(double lo, double hi, int unit, int32_t by, int32_t at_most, chart_ticks *t)
{
    int32_t year_before = INT32_MIN;
    t->n = 0;
    for (int32_t i = 0;; i++) {
        int64_t day = grid_date(lo, unit, by, i);
        if ((double)day > hi)
            return true;
        if ((double)day < lo)
            continue;
        if (t->n >= at_most)
            return false;
        add_date(t, day, unit, &year_before);
    }
}

void chart_ticks_date(double lo, double hi, int32_t at_most, chart_ticks *t)
{
    static const struct {
        int unit;
        int32_t by;
    } step[] = {{0, 1}, {0, 2}, {0, 7}, {0, 14}, {1, 1},  {1, 2},  {1, 3},  {1, 6},
                {2, 1}, {2, 2}, {2, 5}, {2, 10}, {2, 20}, {2, 50}, {2, 100}};
    t->n = 0;
    if (!(lo > -3e6 && hi < 3e6)) /* days: some 8,000 years either way */
        return;
    for (int i = 0; i < (int)(sizeof step / sizeof step[0]); i++)
        if (fill_dates(lo, hi, step[i].unit, step[i].by, at_most, t))
            return;
    t->n = 0;
}
