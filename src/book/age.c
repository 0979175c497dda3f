/* How old somebody was. */
#include "book_priv.h"

#include <ctype.h>
#include <string.h>

/* "YYYY-MM-DD" */
static bool is_day(const char *date)
{
    for (int i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? date[i] != '-' : !isdigit((unsigned char)date[i]))
            return false;
    return true;
}

int32_t hm_book_age(const char *born, const char *date, bool *exact)
{
    int32_t from = book_year_of(born), to = book_year_of(date);
    *exact = false;
    if (!from || !to || to - from < 0 || to - from > 130)
        return -1;
    *exact = is_day(born) && is_day(date);
    bool has_passed = *exact && strncmp(date + 5, born + 5, 5) >= 0;
    int32_t age = to - from - !has_passed;
    return age < 0 ? 0 : age;
}
