#include "io/lang.h"

#include <stdbool.h>
#include <string.h>

const char *const hm_lang_word[] = {"en", "ja"};

/* "{3}" with a part for it: which one; else -1. */
static int mark_of(const char *s, int n)
{
    bool is_mark = s[0] == '{' && s[1] >= '0' && s[1] <= '9' && s[2] == '}';
    return is_mark && s[1] - '0' < n ? s[1] - '0' : -1;
}

static const char *part_text(const char *const part[], int k)
{
    return part[k] ? part[k] : "";
}

const char *hm_lang_fill(hm_arena *arena, const char *pattern, int n, const char *const part[])
{
    size_t len = 1;
    for (const char *s = pattern; *s;) {
        int k = mark_of(s, n);
        len += k >= 0 ? strlen(part_text(part, k)) : 1;
        s += k >= 0 ? 3 : 1;
    }
    char *said = HM_PUSH(arena, char, len), *to = said;
    for (const char *s = pattern; said && *s;) {
        int k = mark_of(s, n);
        const char *from = k >= 0 ? part_text(part, k) : s;
        size_t add = k >= 0 ? strlen(from) : 1;
        memcpy(to, from, add);
        to += add;
        s += k >= 0 ? 3 : 1;
    }
    return said;
}

/* "2026-06-01" -> year, month, day. */
static bool parse_date(const char *iso, int part[3])
{
    if (strlen(iso) != 10 || iso[4] != '-' || iso[7] != '-')
        return false;
    for (int i = 0, k = 0; i < 10; i++) {
        if (i == 4 || i == 7) {
            k++;
            continue;
        }
        if (iso[i] < '0' || iso[i] > '9')
            return false;
        part[k] = 10 * part[k] + (iso[i] - '0');
    }
    return part[1] >= 1 && part[1] <= 12;
}

const char *hm_lang_date(hm_arena *arena, hm_lang lang, const char *iso)
{
    static const char *const month_name[] = {"January",   "February", "March",    "April",
                                             "May",       "June",     "July",     "August",
                                             "September", "October",  "November", "December"};
    int part[3] = {0};
    if (!parse_date(iso, part))
        return hm_arena_text(arena, iso);
    if (lang == HM_LANG_JA)
        return hm_arena_printf(arena, "%d年%d月%d日", part[0], part[1], part[2]);
    return hm_arena_printf(arena, "%d %s %d", part[2], month_name[part[1] - 1], part[0]);
}
