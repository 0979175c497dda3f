#include "film_words_priv.h"

static const char *const words[FILM_WORD_COUNT][HM_LANG_COUNT] = {
#define FILM_WORD_ROW(name, en, ja) {en, ja},
    FILM_WORD_LIST(FILM_WORD_ROW)
#undef FILM_WORD_ROW
};

const char *film_word(hm_lang lang, film_word_id id)
{
    return words[id][lang];
}

const char *film_say(hm_arena *arena, hm_lang lang, film_word_id id, const char *a, const char *b,
                     const char *c)
{
    return hm_lang_fill(arena, film_word(lang, id), 3, (const char *const[]){a, b, c});
}
