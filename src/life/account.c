#include "life/account.h"

static const char *const word[] = {
#define HM_TERM_WORD(name, word, text) word,
    HM_TERM_LIST(HM_TERM_WORD)
#undef HM_TERM_WORD
};

static const char *const text_of[] = {
#define HM_TERM_TEXT(name, word, text) text,
    HM_TERM_LIST(HM_TERM_TEXT)
#undef HM_TERM_TEXT
};

const char *hm_term_word(hm_term term)
{
    return word[term];
}

const char *hm_term_text(hm_term term)
{
    return text_of[term];
}

double hm_account_sum(const hm_account *a)
{
    double sum = 0;
    for (int i = 0; i < HM_TERM_COUNT; i++)
        sum += a->ln[i];
    return sum;
}

hm_account hm_account_plus(const hm_account *a, const hm_account *b)
{
    hm_account c;
    for (int i = 0; i < HM_TERM_COUNT; i++)
        c.ln[i] = a->ln[i] + b->ln[i];
    return c;
}

hm_account hm_account_minus(const hm_account *a, const hm_account *b)
{
    hm_account c;
    for (int i = 0; i < HM_TERM_COUNT; i++)
        c.ln[i] = a->ln[i] - b->ln[i];
    return c;
}
