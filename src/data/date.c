#include "data/date.h"

#include <string.h>

static int32_t digits(const char *s, int32_t n)
{
    int32_t v = 0;
    for (int32_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return -1;
        v = 10 * v + (s[i] - '0');
    }
    return v;
}

static bool is_leap(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool is_day(int32_t year, int32_t month, int32_t day)
{
    static const int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1)
        return false;
    return day <= days[month - 1] + (month == 2 && is_leap(year));
}

bool hm_date_parse(const char *s, hm_date *date)
{
    if (strlen(s) != 10 || s[4] != '-' || s[7] != '-')
        return false;
    hm_date d = {digits(s, 4), digits(s + 5, 2), digits(s + 8, 2)};
    if (d.year < 1 || !is_day(d.year, d.month, d.day))
        return false;
    *date = d;
    return true;
}

bool hm_date_parse_day(const char *s, int32_t *month, int32_t *day)
{
    if (strlen(s) != 5 || s[2] != '-' || !is_day(2001, digits(s, 2), digits(s + 3, 2)))
        return false;
    *month = digits(s, 2);
    *day = digits(s + 3, 2);
    return true;
}

/* Years that begin in March end with the leap day: Hinnant's count of days. */
int32_t hm_date_number(hm_date d)
{
    int32_t year = d.year - (d.month <= 2);
    int32_t month = (d.month + 9) % 12;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + d.day - 1;
}

hm_date hm_date_of(int32_t number)
{
    int32_t era = number / 146097, in_era = number % 146097;
    int32_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int32_t in_year = in_era - (365 * year + year / 4 - year / 100);
    int32_t month = (5 * in_year + 2) / 153;
    hm_date d = {400 * era + year, month < 10 ? month + 3 : month - 9,
                 in_year - (153 * month + 2) / 5 + 1};
    d.year += d.month <= 2;
    return d;
}
