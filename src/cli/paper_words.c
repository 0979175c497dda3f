#include "paper_words.h"

#include <stdio.h>
#include <string.h>

const char *const paper_lang_word[] = {"en", "ja"};

static const char *const words[PAPER_WORD_COUNT][PAPER_LANG_COUNT] = {
#define PAPER_WORD_ROW(name, en, ja) {en, ja},
    PAPER_WORD_LIST(PAPER_WORD_ROW)
#undef PAPER_WORD_ROW
};

const char *paper_word(paper_lang lang, paper_word_id id)
{
    return words[id][lang];
}

const char *paper_fill(hm_doc *doc, const char *pattern, int n, const char *const part[])
{
    const char *said = "";
    for (const char *s = pattern; *s;) {
        size_t len = strcspn(s, "{");
        said = hm_doc_keep(doc, "%s%.*s", said, (int)len, s);
        s += len;
        if (s[0] == '{' && s[1] >= '0' && s[1] < '0' + n && s[2] == '}') {
            const char *with = part[s[1] - '0'];
            said = hm_doc_keep(doc, "%s%s", said, with ? with : "");
            s += 3;
        } else if (*s) {
            said = hm_doc_keep(doc, "%s{", said);
            s++;
        }
    }
    return said;
}

const char *paper_say(hm_doc *doc, paper_lang lang, paper_word_id id, const char *a, const char *b,
                      const char *c)
{
    return paper_fill(doc, paper_word(lang, id), 3, (const char *const[]){a, b, c});
}

const char *paper_number(hm_doc *doc, int64_t n)
{
    return hm_doc_keep(doc, "%lld", (long long)n);
}

const char *paper_date(hm_doc *doc, paper_lang lang, const char *iso)
{
    static const char *const month_name[] = {"January",   "February", "March",    "April",
                                             "May",       "June",     "July",     "August",
                                             "September", "October",  "November", "December"};
    int part[3] = {0}; /* year, month, day */
    if (strlen(iso) != 10 || iso[4] != '-' || iso[7] != '-')
        return iso;
    for (int i = 0, k = 0; i < 10; i++) {
        if (i == 4 || i == 7) {
            k++;
            continue;
        }
        if (iso[i] < '0' || iso[i] > '9')
            return iso;
        part[k] = 10 * part[k] + (iso[i] - '0');
    }
    if (part[1] < 1 || part[1] > 12)
        return iso;
    if (lang == PAPER_JA)
        return hm_doc_keep(doc, "%d年%d月%d日", part[0], part[1], part[2]);
    return hm_doc_keep(doc, "%d %s %d", part[2], month_name[part[1] - 1], part[0]);
}
