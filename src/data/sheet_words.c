#include "sheet_priv.h"

#include <string.h>

#include "io/number.h"
#include "io/utf8.h"

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

bool sheet_sex_of(const char *text, hm_sex *sex)
{
    static const char *const men[] = {"men",    "man",    "male",   "m",  "boys", "boy",
                                      "männer", "herren", "jungen", "男", "男子", NULL};
    static const char *const women[] = {"women",  "woman", "female",  "w",  "f",    "girls", "girl",
                                        "frauen", "damen", "mädchen", "女", "女子", NULL};
    char word[32];
    hm_utf8_fold(text, word, sizeof word);
    if (is_one_of(word, men))
        *sex = HM_SEX_MEN;
    else if (is_one_of(word, women))
        *sex = HM_SEX_WOMEN;
    else
        return false;
    return true;
}

bool sheet_status_of(const char *text, hm_run_status *status)
{
    static const char *const ok[] = {"ok", "finished", "完走", NULL};
    static const char *const dns[] = {"dns", "n.a.", "na", "abs", "scr", "欠場", "棄権", NULL};
    static const char *const dnf[] = {"dnf", "aufg.", "途中棄権", NULL};
    static const char *const dq[] = {"dq", "dsq", "disq", "disq.", "disqualified", "失格", NULL};
    char word[32];
    hm_utf8_fold(text, word, sizeof word);
    /* "DQ 162.7", "DQ (TR16.8)": the rule behind is for people */
    char *blank = strpbrk(word, " (");
    if (blank && (strncmp(word, "dq", 2) == 0 || strncmp(word, "dsq", 3) == 0))
        *blank = '\0';
    if (is_one_of(word, ok))
        *status = HM_RUN_OK;
    else if (is_one_of(word, dns))
        *status = HM_RUN_DNS;
    else if (is_one_of(word, dnf))
        *status = HM_RUN_DNF;
    else if (is_one_of(word, dq))
        *status = HM_RUN_DQ;
    else
        return false;
    return true;
}

bool sheet_is_fault(const char *text)
{
    static const char *const fault[] = {"fs",           "f", "false", "false start", "fehlstart",
                                        "不正スタート", NULL};
    char word[32];
    hm_utf8_fold(text, word, sizeof word);
    return is_one_of(word, fault);
}

const char *sheet_rule_of(const char *text, hm_arena *arena)
{
    const char *from = strpbrk(text, " (");
    if (!from)
        return "";
    from += strspn(from, " (");
    char *rule = hm_arena_text(arena, from);
    if (rule)
        rule[strcspn(rule, ")")] = '\0';
    return rule;
}

/* Days since 1970-01-01, proleptic Gregorian calendar. Years are counted from March so that the
 * leap day is the last one. */
static int64_t day_number(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int64_t month_length(int64_t year, int64_t month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool sheet_date_of(const char *text, double *day)
{
    int64_t part[3] = {0};
    int n = 0;
    char mark = 0;
    const char *s = text;
    for (; n < 3; n++) {
        char digits[8];
        size_t len = strspn(s, "0123456789");
        if (len == 0 || len >= sizeof digits)
            return false;
        memcpy(digits, s, len);
        digits[len] = '\0';
        if (hm_number_parse_int(digits, &part[n]) != HM_NUMBER_OK)
            return false;
        s += len;
        if (!*s) {
            n++;
            break;
        }
        if (!strchr("-/.", *s) || (mark && *s != mark))
            return false;
        mark = *s++;
    }
    if (*s || (n != 1 && n != 3))
        return false;
    int64_t year = part[0];
    if (n == 3 && mark == '.') {
        year = part[2];
        part[2] = part[0];
    }
    if (year < 1800 || year > 2200)
        return false;
    if (n == 1) {
        *day = (double)day_number(year, 7, 2); /* the middle of the year */
        return true;
    }
    if (part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > month_length(year, part[1]))
        return false;
    *day = (double)day_number(year, part[1], part[2]);
    return true;
}
