#include "film_text.h"

#include <math.h>
#include <stdio.h>

#include "io/file.h"

hm_status film_lang(const cli_args *args, hm_film *film, hm_err *err)
{
    int lang = (int)film->lang;
    HM_TRY(cli_word(args, "lang", HM_LANG_COUNT, hm_lang_word, &lang, err));
    film->lang = (hm_lang)lang;
    return HM_OK;
}

void film_tell_flashes(const cli_args *args, const hm_flash_report *r)
{
    for (int32_t i = 0; i < r->n && !args->quiet; i++)
        fprintf(stderr,
                "hecto: frames %lld to %lld flash%s %.1f times within a second: more than 3 can "
                "harm\n",
                (long long)r->flash[i].from, (long long)r->flash[i].to,
                r->flash[i].red ? " red" : "", 0.5 * r->flash[i].n_half);
}

void film_no_titles(const cli_args *args, hm_film *film)
{
    int32_t n = 0;
    if (!cli_flag(args, "no-titles") && !cli_flag(args, "no-overlay"))
        return;
    for (int32_t i = 0; i < film->n_shot; i++) {
        hm_shot s = film->shot[i];
        s.overlays &= ~(uint32_t)(HM_OVERLAY_TITLE | HM_OVERLAY_CREDITS);
        if (!s.plain || s.overlays != 0)
            film->shot[n++] = s;
    }
    film->n_shot = n > 0 ? n : film->n_shot;
}

/* A track to the file of an option, as the film is: from its own beginning. */
static hm_status write_track(const cli_args *args, const char *option, const hm_film *film,
                             const hm_show_opts *show, const hm_text_track *track, hm_err *err)
{
    const char *path = cli_value(args, option);
    hm_text_track part;
    hm_text_form form;
    char *text;
    size_t n;
    if (!path)
        return HM_OK;
    double to_s = isnan(show->to_s) ? film->duration_s : show->to_s;
    HM_TRY(hm_text_track_cut(track, show->from_s, to_s, args->arena, &part, err));
    HM_TRY(hm_text_form_of(path, &form, err));
    HM_TRY(hm_text_track_print(&part, form, args->arena, &text, &n, err));
    return hm_file_write(path, text, n, err);
}

hm_status film_text(const cli_args *args, const hm_race *race, const hm_film *film,
                    const hm_show_opts *show, const hm_score *score, film_texts *texts, hm_err *err)
{
    hm_caption_opts o = hm_caption_opts_of(film->look, show->look_own);
    o.lang = film->lang;
    o.score = score;
    *texts = (film_texts){.n = 2};
    hm_text_track *track = texts->track;
    HM_TRY(hm_film_captions(film, race, &o, args->arena, &track[0], err));
    HM_TRY(hm_film_describe(film, race, film->lang, args->arena, &track[1], err));
    HM_TRY(write_track(args, "captions", film, show, &track[0], err));
    return write_track(args, "describe", film, show, &track[1], err);
}
