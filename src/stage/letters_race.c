/* letters_race.c - all words of the films of one race, recorded without drawing any. */
#include "stage/letters_race.h"

#include "look_priv.h"

enum { W_PX = 1280, H_PX = 720 };

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "letters", 0, 0, NULL, "no memory for letters");
}

/* Bibs, on bodies as they are (look NULL) and as a look bends them. */
static hm_status record_bibs(const hm_race *race, const hm_look *look, const void *own,
                             hm_letters *letters, hm_arena *arena, hm_err *err)
{
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *lane = &race->lane[i];
        hm_shape shape = hm_shape_of(lane, race->seed);
        hm_costume costume;
        if (lane->status == HM_RUN_DNS || lane->curve.n == 0)
            continue;
        if (look)
            look->shape(own, lane, &shape);
        hm_arena_mark mark = hm_arena_mark_get(arena);
        HM_TRY(hm_costume_of(race, lane, &shape, race->seed, letters, arena, &costume, err));
        hm_arena_release(arena, mark);
    }
    return HM_OK;
}

/* Names, numbers, titles and credits of the film that a look makes of the race. */
static hm_status record_film(const hm_race *race, const hm_direct_opts *how, const hm_look *look,
                             const hm_credits *credits, hm_letters *letters, hm_arena *arena,
                             hm_err *err)
{
    const hm_overlay_opts o = {.w_px = W_PX, .h_px = H_PX, .credits = *credits, .letters = letters};
    hm_film film;
    hm_overlay *overlay;
    HM_TRY(hm_look_direct(look, race, how, arena, &film, err));
    HM_TRY(hm_overlay_new(&film, race, &o, NULL, NULL, &overlay, err));
    hm_overlay_destroy(overlay);
    return HM_OK;
}

static hm_status record_look(const hm_race *race, hm_lang lang, const hm_look *look,
                             const hm_credits *credits, hm_letters *letters, hm_arena *arena,
                             hm_err *err)
{
    const hm_option_table *table = hm_look_table(look);
    hm_direct_opts o = hm_direct_opts_default();
    void *own = hm_arena_push(arena, table->size, 1);
    if (!own)
        return no_memory(err);
    hm_option_defaults(table, own);
    if (look->shape)
        HM_TRY(record_bibs(race, look, own, letters, arena, err));
    o.w_px = W_PX;
    o.h_px = H_PX;
    o.look = hm_look_name(look);
    o.look_own = own;
    o.seed = race->seed;
    o.lang = lang;
    o.titles = true;
    for (int cut = 0; cut < 2; cut++) {
        o.cut = cut ? HM_CUT_BROADCAST : HM_CUT_LOOK;
        HM_TRY(record_film(race, &o, look, credits, letters, arena, err));
    }
    return HM_OK;
}

hm_status hm_letters_record(const hm_race *race, hm_lang lang, const hm_credits *credits,
                            hm_letters *letters, hm_err *err)
{
    hm_arena arena;
    hm_arena_init(&arena, (size_t)1 << 18);
    hm_status status = record_bibs(race, NULL, NULL, letters, &arena, err);
    for (int32_t i = 0; hm_look_at(i) && status == HM_OK; i++) {
        hm_arena_mark mark = hm_arena_mark_get(&arena);
        status = record_look(race, lang, hm_look_at(i), credits, letters, &arena, err);
        hm_arena_release(&arena, mark);
    }
    hm_arena_free(&arena);
    return status;
}
