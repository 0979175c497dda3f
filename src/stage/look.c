#include "look_priv.h"

#include <stdio.h>
#include <string.h>

#define LOOK_DECLARE(id) extern const hm_look look_##id;
HM_LOOK_LIST(LOOK_DECLARE)
#undef LOOK_DECLARE

static const hm_look *const look_table[] = {
#define LOOK_ROW(id) &look_##id,
    HM_LOOK_LIST(LOOK_ROW)
#undef LOOK_ROW
};

enum { LOOK_COUNT = sizeof look_table / sizeof look_table[0] };

const hm_look *hm_look_at(int32_t i)
{
    return i >= 0 && i < LOOK_COUNT ? look_table[i] : NULL;
}

const hm_look *hm_look_find(const char *name)
{
    for (int32_t i = 0; i < LOOK_COUNT; i++)
        if (name && strcmp(look_table[i]->name, name) == 0)
            return look_table[i];
    return NULL;
}

hm_status hm_look_get(const char *name, const hm_look **look, hm_err *err)
{
    const hm_look *found = hm_look_find(name);
    if (found) {
        *look = found;
        return HM_OK;
    }
    char known[256] = "";
    for (int32_t i = 0; i < LOOK_COUNT; i++) {
        size_t at = strlen(known);
        snprintf(known + at, sizeof known - at, "%s%s", i ? ", " : "", look_table[i]->name);
    }
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--look", "no look \"%s\"; there is %s",
                      name ? name : "", known);
}

const char *hm_look_name(const hm_look *look)
{
    return look->name;
}

const char *hm_look_sentence(const hm_look *look)
{
    return look->sentence;
}

const hm_option_table *hm_look_table(const hm_look *look)
{
    return look->table;
}

hm_look_wish hm_look_wish_of(const hm_look *look)
{
    return look->wish;
}

hm_status hm_look_direct(const hm_look *look, const hm_race *race, const hm_direct_opts *opts,
                         hm_arena *arena, hm_film *film, hm_err *err)
{
    if (opts->cut == HM_CUT_LOOK && look->direct)
        return look->direct(race, opts, arena, film, err);
    return hm_direct(race, opts, arena, film, err);
}

void hm_look_sound(const hm_look *look, const void *own, hm_sound_opts *sound)
{
    if (look->sound)
        look->sound(own, sound);
}
