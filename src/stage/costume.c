/* Costume of a runner: who (costume_person.c), team (costume_kit.c), text (bib.c). */
#include "stage/costume.h"

#include "costume_priv.h"

#include <string.h>

#include "base/hash.h"
#include "base/rng.h"

const char *costume_who(const hm_lane *lane)
{
    return lane->person ? lane->person : lane->name ? lane->name : "";
}

uint64_t costume_entity(const hm_lane *lane)
{
    const char *name = costume_who(lane);
    uint64_t h = hm_hash(HM_HASH_START, name, strlen(name));
    if (name[0] == '\0')
        h = hm_hash_u64(h, (uint64_t)lane->lane);
    return h & ((UINT64_C(1) << 56) - 1);
}

float costume_draw(uint64_t seed, uint64_t entity, uint32_t what)
{
    return (float)hm_rng_unit(seed, HM_FOR_COSTUME, entity, what, 0);
}

static bool is_wide_script(const char *s)
{
    return ((unsigned char)s[0] & 0xF0u) == 0xE0u;
}

/* What is printed large: the family name. Latin names end with it, Japanese ones begin. */
static const char *family_name(const char *name, hm_arena *arena)
{
    const char *gap = strrchr(name, ' ');
    if (!gap)
        return name;
    if (!is_wide_script(name))
        return gap + 1;
    size_t n = (size_t)(strchr(name, ' ') - name);
    char *first = hm_arena_push(arena, n + 1, 1);
    if (first)
        memcpy(first, name, n);
    return first ? first : name;
}

static hm_status texts_of(bib_maker *maker, const hm_lane *lane, const hm_shape *shape,
                          hm_arena *arena, hm_costume *c, hm_err *err)
{
    char *number = hm_arena_printf(arena, "%d", (int)lane->lane);
    if (!number)
        return hm_err_set(err, HM_ERR_SYSTEM, "costume", 0, 0, "", "no memory for a bib");
    const char *name = family_name(lane->name ? lane->name : "", arena);
    const char *bib = lane->bib && lane->bib[0] ? lane->bib : number;
    float w = 1.22f * shape->mark.chest_half_m;
    if (c->name_patch) {
        HM_TRY(costume_bib(maker, name[0] ? name : bib, "", 0.95f * w, 0.42f * w, arena, &c->chest,
                           err));
    } else {
        HM_TRY(costume_bib(maker, bib, strcmp(bib, name) == 0 ? "" : name, w, 0.74f * w, arena,
                           &c->chest, err));
    }
    HM_TRY(costume_bib(maker, name[0] && !c->name_patch ? name : bib, "", w, 0.60f * w, arena,
                       &c->back, err));
    return costume_bib(maker, number, "", 0.085f, 0.085f, arena, &c->hip, err);
}

hm_status hm_costume_of(const hm_race *race, const hm_lane *lane, const hm_shape *shape,
                        uint64_t seed, hm_letters *letters, hm_arena *arena, hm_costume *out,
                        hm_err *err)
{
    hm_costume c = {.top = HM_TOP_SINGLET};
    costume_person(lane, shape, seed, &c);
    costume_kit(race, lane, seed, &c);
    bib_maker maker = {.letters = letters};
    hm_status s = texts_of(&maker, lane, shape, arena, &c, err);
    bib_maker_close(&maker);
    if (s == HM_OK)
        *out = c;
    return s;
}
