/* page_letters.c - the words of a race's films, drawn here with this machine's fonts and carried by
 * the page, which then shows the very film that `hecto film` makes. */
#include "page.h"

#include "stage/letters_race.h"

hm_status page_letters(const hm_race *race, hm_lang lang, hm_arena *arena, page_block *block,
                       hm_err *err)
{
    const hm_credits credits = {.program = "Hectometre " HM_VERSION};
    hm_letters *letters = hm_letters_new();
    unsigned char *bytes;
    size_t n;
    if (!letters)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the page");
    hm_status s = hm_letters_record(race, lang, &credits, letters, err);
    s = s == HM_OK ? hm_letters_write(letters, arena, &bytes, &n, err) : s;
    hm_letters_destroy(letters);
    if (s == HM_OK)
        *block = (page_block){.name = "letters", .bytes = bytes, .n = n};
    return s;
}
