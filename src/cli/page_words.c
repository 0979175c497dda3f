#include "page_words.h"

static const char *const words[PAGE_WORD_COUNT][HM_LANG_COUNT] = {
#define PAGE_WORD_ROW(name, en, ja) {en, ja},
    PAGE_WORD_LIST(PAGE_WORD_ROW)
#undef PAGE_WORD_ROW
};

const char *page_word(hm_lang lang, page_word_id id)
{
    return words[id][lang];
}
