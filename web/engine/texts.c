/* texts.c - the open film in words, in any language.
 *
 * film.texts {lang}  -> {captions: [{from_s, to_s, text}], description: [{..}]}  stage/captions.h,
 *                       stage/describe.h */
#include "calls.h"
#include "film_priv.h"

#include "stage/captions.h"
#include "stage/describe.h"

static void put_track(hm_json_out *o, const char *name, const hm_text_track *track)
{
    hm_json_put_array(o, name, HM_JSON_LINE);
    for (int32_t i = 0; i < track->n_cue; i++) {
        const hm_cue *cue = &track->cue[i];
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_number(o, "from_s", cue->from_s);
        hm_json_put_number(o, "to_s", cue->to_s);
        hm_json_put_text(o, "text", cue->text);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

hm_status film_texts(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                     hm_err *err)
{
    page_film *f;
    int32_t lang;
    hm_text_track captions, description;
    HM_TRY(engine_film(e, &f, err));
    HM_TRY(hm_json_get_word(request, "lang", HM_LANG_COUNT, hm_lang_word, &lang, err));
    hm_caption_opts heard = hm_caption_opts_of(f->film.look, f->opts.look_own);
    heard.lang = (hm_lang)lang;
    HM_TRY(hm_film_captions(&f->film, &f->race, &heard, arena, &captions, err));
    HM_TRY(hm_film_describe(&f->film, &f->race, (hm_lang)lang, arena, &description, err));
    put_track(answer, "captions", &captions);
    put_track(answer, "description", &description);
    return HM_OK;
}
