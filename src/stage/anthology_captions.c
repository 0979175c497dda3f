/* anthology_captions.c - one track for the whole: what is said goes before what sounds. */
#include "anthology_priv.h"

#include <math.h>

#include "stage/captions.h"

#define LEAST_S 0.6 /* as stage/captions.h */

typedef struct gather {
    hm_text_track track;
    size_t cap;
    hm_arena *arena;
} gather;

/* Does somebody speak while this cue would stand? */
static bool is_spoken(const hm_anthology *a, const hm_cue *cue)
{
    for (int32_t i = 0; i < a->n_line; i++)
        if (cue->from_s < a->line[i].to_s && cue->to_s > a->line[i].from_s)
            return true;
    return false;
}

/* The captions of a part's race, moved to where the part is. */
static hm_status add_part(gather *g, const hm_anthology *a, const hm_reel_part *p, double at_s,
                          hm_lang lang, const hm_score *score, hm_err *err)
{
    const hm_reel_pane *v = &p->pane[p->heard];
    const hm_look *look;
    hm_sound_opts heard = hm_sound_opts_default();
    hm_caption_opts o = hm_caption_opts_default();
    hm_text_track own;
    HM_TRY(hm_look_get(v->opts.look, &look, err));
    hm_look_sound(look, v->opts.look_own, &heard);
    o.lang = lang;
    o.crowd = heard.crowd_frac < 0 || heard.crowd_frac > 0.05;
    o.rain = heard.rain_frac > 0.05;
    o.score = score;
    HM_TRY(hm_film_captions(v->film, v->race, &o, g->arena, &own, err));
    for (int32_t i = 0; i < own.n_cue; i++) {
        hm_cue cue = {at_s + own.cue[i].from_s, at_s + own.cue[i].to_s, own.cue[i].text};
        if (!is_spoken(a, &cue))
            HM_TRY(hm_text_track_add(&g->track, &g->cap, g->arena, cue.from_s, cue.to_s, cue.text,
                                     err));
    }
    return HM_OK;
}

hm_status hm_anthology_captions(const hm_story *story, const hm_anthology *a, hm_lang lang,
                                const hm_anthology_music *music, hm_arena *arena,
                                hm_text_track *track, hm_err *err)
{
    static const char *const title[HM_LANG_COUNT] = {"English", "日本語"};
    gather g = {.track = {.kind = HM_TEXT_CAPTIONS, .lang = lang, .title = title[lang]},
                .arena = arena};
    int32_t fps = a->part[0].pane[0].film->fps;
    for (int32_t i = 0; i < a->n_part; i++)
        HM_TRY(add_part(&g, a, &a->part[i], hm_reel_part_s(a->part, i, fps), lang,
                        music ? music->part[i] : NULL, err));
    for (int32_t i = 0; i < a->n_line; i++) {
        const hm_anthology_line *l = &a->line[i];
        const char *name = antho_name(&story->person[l->person], lang);
        const char *text =
            hm_arena_printf(arena, lang == HM_LANG_JA ? "%s「%s」" : "%s: %s", name, l->text[lang]);
        HM_TRY(hm_text_track_add(&g.track, &g.cap, arena, l->from_s, l->to_s, text, err));
    }
    hm_text_track_tidy(&g.track, LEAST_S);
    *track = g.track;
    return HM_OK;
}
