/* page_score.c - the music of a page's film. The page makes all other sound itself; a synthesiser
 * with its instruments is too large for it, so the music lies in it as a small file: the samples
 * that go into the mix, before it. */
#include "page.h"

#include "stage/adts.h"
#include "stage/director.h"
#include "stage/look.h"
#include "stage/score.h"
#include "stage/shots.h"
#include "stage/sound.h"

enum {
    FPS = 24,
    MOST_BYTES = 170000, /* of the music; the coder may take a tenth more */
    MOST_BPS = 64000,
    LEAST_BPS = 24000
};

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the music");
}

/* The film that the page opens: web/src/player/player.js, request. */
static hm_status direct(const hm_race *race, const page_opts *opts, hm_arena *arena, hm_film *film,
                        hm_err *err)
{
    hm_direct_opts o = hm_direct_opts_default();
    const hm_look *look;
    HM_TRY(hm_look_get(opts->look, &look, err));
    o.cut = HM_CUT_LOOK;
    o.look = opts->look;
    o.fps = FPS;
    o.seed = race->seed;
    o.lang = opts->lang;
    o.titles = true;
    return hm_look_direct(look, race, &o, arena, film, err);
}

static hm_status play(const hm_race *race, const hm_film *film, const hm_soundfont *font,
                      hm_arena *arena, hm_audio *audio, hm_err *err)
{
    int64_t n = hm_film_frame_count(film, FPS);
    hm_listener *ear = HM_PUSH(arena, hm_listener, n);
    hm_score_opts how = hm_score_opts_default();
    hm_score score;
    hm_sound_opts o = hm_sound_opts_default();
    if (!ear)
        return no_memory(err);
    for (int64_t k = 0; k < n; k++) {
        hm_moment m;
        hm_film_at(film, race, (double)k / FPS, &m);
        ear[k] = hm_listener_of((double)k / FPS, m.race_t_s, &m.camera, m.i_shot);
    }
    HM_TRY(hm_score_compose(race, film, &how, arena, &score, err));
    o.score = &score;
    o.soundfont = font->path;
    return hm_sound_stem(race, n, ear, &o, HM_STEM_SCORE, 0, arena, audio, err);
}

static int32_t rate_for(double duration_s)
{
    double bps = 8 * MOST_BYTES / duration_s;
    return bps > MOST_BPS ? MOST_BPS : bps < LEAST_BPS ? LEAST_BPS : (int32_t)bps;
}

hm_status page_score(const hm_race *race, const page_opts *opts, hm_arena *arena, page_music *music,
                     hm_err *err)
{
    hm_soundfont font;
    hm_film film;
    hm_audio audio;
    uint8_t *bytes;
    size_t n;
    bool is_wanted = opts->score == PAGE_SCORE_ON ||
                     (opts->score == PAGE_SCORE_AUTO && hm_score_by_look(opts->look));
    *music = (page_music){.n_sample = 0};
    if (!is_wanted)
        return HM_OK;
    if (!hm_score_player()[0] || !hm_soundfont_find(NULL, &font))
        return opts->score == PAGE_SCORE_ON
                   ? hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--score",
                                "no music can be played here: install libfluidsynth-dev and "
                                "fluid-soundfont-gm, build again")
                   : HM_OK;
    HM_TRY(direct(race, opts, arena, &film, err));
    HM_TRY(play(race, &film, &font, arena, &audio, err));
    HM_TRY(hm_adts_encode(&audio, rate_for(film.duration_s), arena, &bytes, &n, err));
    *music = (page_music){.n_sample = audio.n_sample,
                          .soundfont = font.name,
                          .licence = font.licence,
                          .block = {.name = "score", .bytes = bytes, .n = n}};
    return HM_OK;
}
