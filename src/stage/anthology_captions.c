/* anthology_captions.c - tracks for the whole. Captions: what is said goes before what sounds.
 * Description: parts one after the other. */
#include "anthology_priv.h"

#include <math.h>

#include "stage/captions.h"
#include "stage/describe.h"

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

/* ---- description ---- */

#define BESIDE_S 1.2 /* after the gun of two races at once */

/* Two at once: what is said of that stands in the way of some calls of the race. */
static hm_status add_beside(gather *g, const hm_reel_part *p, double at_s, hm_lang lang,
                            double *end_s, hm_err *err)
{
    const char *name[2], *text;
    double gun_s = 0;
    for (int k = 0; k < 2; k++)
        name[k] = p->pane[k].film->shot[0].card.title;
    const hm_film *f = p->pane[p->heard].film;
    for (int32_t i = f->n_shot - 1; i >= 0; i--)
        if (f->shot[i].race_from_s <= 0)
            gun_s = fmax(gun_s, f->shot[i].from_s - f->shot[i].race_from_s / f->shot[i].rate);
    double from_s = gun_s + BESIDE_S;
    text = hm_describe_beside(g->arena, lang, name[0] ? name[0] : "", name[1] ? name[1] : "");
    if (!text)
        return hm_err_set(err, HM_ERR_SYSTEM, "description", 0, 0, NULL, "no memory");
    *end_s = from_s + hm_describe_spoken_s(text);
    return hm_text_track_add(&g->track, &g->cap, g->arena, at_s + from_s, at_s + *end_s, text, err);
}

static hm_status describe_part(gather *g, const hm_reel_part *p, double at_s, hm_lang lang,
                               hm_err *err)
{
    const hm_reel_pane *v = &p->pane[p->heard];
    hm_text_track own;
    double from_s = -1;
    if (p->n_pane > 1)
        HM_TRY(add_beside(g, p, at_s, lang, &from_s, err));
    HM_TRY(hm_film_describe(v->film, v->race, lang, g->arena, &own, err));
    for (int32_t i = 0; i < own.n_cue; i++)
        if (own.cue[i].from_s >= from_s)
            HM_TRY(hm_text_track_add(&g->track, &g->cap, g->arena, at_s + own.cue[i].from_s,
                                     at_s + own.cue[i].to_s, own.cue[i].text, err));
    g->track.title = own.title;
    return HM_OK;
}

hm_status hm_anthology_describe(const hm_anthology *a, hm_lang lang, hm_arena *arena,
                                hm_text_track *track, hm_err *err)
{
    gather g = {.track = {.kind = HM_TEXT_DESCRIPTION, .lang = lang}, .arena = arena};
    int32_t fps = a->part[0].pane[0].film->fps;
    for (int32_t i = 0; i < a->n_part; i++)
        HM_TRY(describe_part(&g, &a->part[i], hm_reel_part_s(a->part, i, fps), lang, err));
    HM_TRY(hm_text_track_check(&g.track, err));
    *track = g.track;
    return HM_OK;
}
