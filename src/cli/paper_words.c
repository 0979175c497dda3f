#include "paper_words.h"

static const char *const words[PAPER_WORD_COUNT][HM_LANG_COUNT] = {
#define PAPER_WORD_ROW(name, en, ja) {en, ja},
    PAPER_WORD_LIST(PAPER_WORD_ROW)
#undef PAPER_WORD_ROW
};

const char *paper_word(hm_lang lang, paper_word_id id)
{
    return words[id][lang];
}

/* What was made in the document's memory, "" and a failed document without any. */
static const char *kept(hm_doc *doc, const char *text)
{
    doc->failed |= !text;
    return text ? text : "";
}

const char *paper_fill(hm_doc *doc, const char *pattern, int n, const char *const part[])
{
    return kept(doc, hm_lang_fill(doc->arena, pattern, n, part));
}

const char *paper_say(hm_doc *doc, hm_lang lang, paper_word_id id, const char *a, const char *b,
                      const char *c)
{
    return paper_fill(doc, paper_word(lang, id), 3, (const char *const[]){a, b, c});
}

const char *paper_number(hm_doc *doc, int64_t n)
{
    return hm_doc_keep(doc, "%lld", (long long)n);
}

const char *paper_date(hm_doc *doc, hm_lang lang, const char *iso)
{
    return kept(doc, hm_lang_date(doc->arena, lang, iso));
}
