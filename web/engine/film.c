/* film.c - a race becomes a film that is drawn as it is asked for.
 *
 * film.looks {}           -> {looks: [{name, sentence}], cuts: [..]}
 * film.open  {race, look, cut, lang, w_px, h_px, fps, on, overlays, titles, calm, venue, hour,
 *             options, credits: {program, soundfont, licence}}; all but the race may be left out
 *                         -> what the page must know of it, see put_film
 * film.close {}           -> {}
 * film.hash  {from, to}   -> {hash} of the frames from .. to - 1 as NV12, as `hecto film --hash` */
#include "calls.h"
#include "film_priv.h"

#include <math.h>
#include <string.h>

#include "data/race_file.h"
#include "io/optab.h"
#include "stage/captions.h"
#include "stage/look.h"
#include "stage/shots.h"
#include "stage/show.h"

static const char *const cut_word[] = {"broadcast", "race", "look"};
static const char *const venue_word[] = {"auto", "stadium", "school"};
static const char *const hour_word[] = {"auto", "day", "evening"};

enum { N_CUT = 3, N_VENUE = 3, N_HOUR = 3, SIZE_MAX_PX = 4096, SKINS_BYTES = 32 << 20 };

/* ---- kept from film to film ---- */

static void close_skins(void *state)
{
    hm_skins_destroy(state);
}

/* Skins of the films before this one, none of which is left. */
static hm_skins *skins_of(engine *e)
{
    if (!e->part[ENGINE_SKINS].state)
        engine_keep(e, ENGINE_SKINS, hm_skins_new(), close_skins);
    hm_skins *s = e->part[ENGINE_SKINS].state;
    if (s)
        hm_skins_trim(s, SKINS_BYTES);
    return s;
}

/* ---- what is asked for ---- */

/* Members that may be left out. */
static hm_status read_word(const hm_json *v, const char *key, int32_t n, const char *const word[],
                           int32_t *out, hm_err *err)
{
    return hm_json_find(v, key) ? hm_json_get_word(v, key, n, word, out, err) : HM_OK;
}

static hm_status read_integer(const hm_json *v, const char *key, int64_t lo, int64_t hi,
                              int32_t *out, hm_err *err)
{
    int64_t got = *out;
    if (hm_json_find(v, key))
        HM_TRY(hm_json_get_integer(v, key, lo, hi, &got, err));
    *out = (int32_t)got;
    return HM_OK;
}

static hm_status read_bool(const hm_json *v, const char *key, bool *out, hm_err *err)
{
    return hm_json_find(v, key) ? hm_json_get_bool(v, key, out, err) : HM_OK;
}

static hm_status read_text(const hm_json *v, const char *key, const char **out, hm_err *err)
{
    return hm_json_find(v, key) ? hm_json_get_text(v, key, out, err) : HM_OK;
}

static hm_status read_credits(const hm_json *v, hm_credits *c, hm_err *err)
{
    const hm_json *own = hm_json_find(v, "credits");
    if (!own)
        return HM_OK;
    HM_TRY(read_text(own, "program", &c->program, err));
    HM_TRY(read_text(own, "soundfont", &c->soundfont, err));
    return read_text(own, "licence", &c->soundfont_licence, err);
}

static hm_status read_show(const hm_json *v, hm_show_opts *o, hm_err *err)
{
    int32_t venue = 0, hour = 0;
    HM_TRY(read_text(v, "look", &o->look, err));
    HM_TRY(read_integer(v, "w_px", 64, SIZE_MAX_PX, &o->w_px, err));
    HM_TRY(read_integer(v, "h_px", 64, SIZE_MAX_PX, &o->h_px, err));
    HM_TRY(read_integer(v, "fps", 1, 120, &o->fps, err));
    HM_TRY(read_integer(v, "on", 0, 3, &o->n_hold, err));
    HM_TRY(read_bool(v, "overlays", &o->overlays, err));
    HM_TRY(read_word(v, "venue", N_VENUE, venue_word, &venue, err));
    HM_TRY(read_word(v, "hour", N_HOUR, hour_word, &hour, err));
    o->venue.kind = (hm_venue_kind)venue;
    o->venue.hour = (hm_venue_hour)hour;
    if (o->w_px % 2 || o->h_px % 2)
        return hm_err_set(err, HM_ERR_USAGE, "request", 0, 0, "w_px", "expected an even size");
    return read_credits(v, &o->credits, err);
}

/* The look's own options. */
static hm_status read_own(const hm_json *v, page_film *f, const void **own, hm_err *err)
{
    const hm_look *look;
    HM_TRY(hm_look_get(f->opts.look, &look, err));
    const hm_option_table *table = hm_look_table(look);
    const hm_json *options = hm_json_find(v, "options");
    void *values = hm_arena_push(&f->arena, table->size, 1);
    if (!values)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the film");
    hm_option_defaults(table, values);
    if (options)
        HM_TRY(hm_optab_get(options, table, values, err));
    *own = values;
    return HM_OK;
}

/* No camera in a hand: for those whom it makes ill. */
static hm_status put_on_stands(page_film *f, hm_err *err)
{
    for (int32_t i = 0; i < f->film.n_shot; i++)
        f->film.shot[i].drift_frac = 0;
    return hm_film_bind(&f->film, &f->race, &f->arena, err);
}

static hm_status direct(const hm_json *v, page_film *f, hm_err *err)
{
    hm_direct_opts o = hm_direct_opts_default();
    const hm_look *look;
    int32_t cut = HM_CUT_LOOK, lang = HM_LANG_EN;
    bool titles = f->opts.overlays, calm = false;
    HM_TRY(hm_look_get(f->opts.look, &look, err));
    HM_TRY(read_word(v, "cut", N_CUT, cut_word, &cut, err));
    HM_TRY(read_word(v, "lang", HM_LANG_COUNT, hm_lang_word, &lang, err));
    HM_TRY(read_bool(v, "titles", &titles, err));
    HM_TRY(read_bool(v, "calm", &calm, err));
    o.cut = (hm_cut)cut;
    o.w_px = f->opts.w_px;
    o.h_px = f->opts.h_px;
    o.fps = f->opts.fps;
    o.look = f->opts.look;
    o.look_own = f->opts.look_own;
    o.seed = f->race.seed;
    o.lang = (hm_lang)lang;
    o.titles = titles;
    HM_TRY(hm_look_direct(look, &f->race, &o, &f->arena, &f->film, err));
    return calm ? put_on_stands(f, err) : HM_OK;
}

static hm_status make_ready(engine *e, const hm_json *v, page_film *f, hm_err *err)
{
    const hm_json *race;
    const hm_look *look;
    HM_TRY(hm_json_get_object(v, "race", &race, err));
    HM_TRY(hm_race_get(race, "race", &f->arena, &f->race, err));
    f->opts = hm_show_opts_default();
    f->opts.credits.program = "Hectometre " HM_VERSION;
    HM_TRY(read_show(v, &f->opts, err));
    HM_TRY(read_own(v, f, &f->opts.look_own, err));
    f->opts.letters = e->part[ENGINE_LETTERS].state;
    f->opts.skins = skins_of(e);
    HM_TRY(direct(v, f, err));
    HM_TRY(hm_look_get(f->opts.look, &look, err));
    f->n_hold = f->opts.n_hold ? f->opts.n_hold : hm_look_wish_of(look).n_hold;
    return hm_show_new(&f->race, &f->film, &f->opts, &f->show, err);
}

/* ---- what the page must know of it ---- */

static void put_shots(hm_json_out *o, const page_film *f)
{
    hm_json_put_array(o, "shots", HM_JSON_LINE);
    for (int32_t i = 0; i < f->film.n_shot; i++) {
        const hm_shot *s = &f->film.shot[i];
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "name", s->name);
        hm_json_put_number(o, "from_s", s->from_s);
        hm_json_put_number(o, "to_s", s->to_s);
        hm_json_put_number(o, "race_from_s", s->race_from_s);
        hm_json_put_number(o, "speed", s->rate);
        hm_json_put_text(o, "camera", hm_rig_word(s->rig));
        hm_json_put_text(o, "look", s->look && s->look[0] ? s->look : f->film.look);
        if (s->n_lane > 0)
            hm_json_put_integer(o, "lane", f->race.lane[s->lane[0]].lane);
        else
            hm_json_put_null(o, "lane");
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_instants(hm_json_out *o, const page_film *f)
{
    int64_t n_frame = hm_show_frame_count(f->show);
    hm_json_put_array(o, "race_s_at", HM_JSON_LINE);
    for (int64_t k = 0; k < n_frame; k += f->n_hold) {
        hm_moment m;
        hm_film_at(&f->film, &f->race, hm_show_film_s(f->show, k), &m);
        hm_json_put_number(o, NULL, m.race_t_s);
    }
    hm_json_put_end(o);
}

static hm_status put_captions(hm_json_out *o, const page_film *f, hm_arena *arena, hm_err *err)
{
    hm_caption_opts heard = hm_caption_opts_of(f->film.look, f->opts.look_own);
    hm_text_track track;
    heard.lang = f->film.lang;
    HM_TRY(hm_film_captions(&f->film, &f->race, &heard, arena, &track, err));
    hm_json_put_array(o, "captions", HM_JSON_LINE);
    for (int32_t i = 0; i < track.n_cue; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_number(o, "from_s", track.cue[i].from_s);
        hm_json_put_number(o, "to_s", track.cue[i].to_s);
        hm_json_put_text(o, "text", track.cue[i].text);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    return HM_OK;
}

static void put_looks(hm_json_out *o)
{
    hm_json_put_array(o, "looks", HM_JSON_LINE);
    for (int32_t i = 0; hm_look_at(i); i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "name", hm_look_name(hm_look_at(i)));
        hm_json_put_text(o, "sentence", hm_look_sentence(hm_look_at(i)));
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_array(o, "cuts", HM_JSON_LINE);
    for (int i = 0; i < N_CUT; i++)
        hm_json_put_text(o, NULL, cut_word[i]);
    hm_json_put_end(o);
}

static hm_status put_film(hm_json_out *o, const page_film *f, hm_arena *arena, hm_err *err)
{
    hm_json_put_number(o, "duration_s", f->film.duration_s);
    hm_json_put_integer(o, "w_px", f->opts.w_px);
    hm_json_put_integer(o, "h_px", f->opts.h_px);
    hm_json_put_integer(o, "fps", f->opts.fps);
    hm_json_put_integer(o, "n_hold", f->n_hold);
    hm_json_put_integer(o, "n_frame", hm_show_frame_count(f->show));
    hm_json_put_text(o, "look", f->film.look);
    put_shots(o, f);
    put_instants(o, f);
    put_looks(o);
    hm_json_put_notes(o, "notes", hm_show_notes(f->show));
    return put_captions(o, f, arena, err);
}

/* ---- letters ---- */

static void close_letters(void *state)
{
    hm_letters_destroy(state);
}

int32_t engine_letters(engine *e, const void *bytes, uint32_t n)
{
    hm_letters *letters;
    hm_err err = {0};
    if (hm_letters_read(bytes, n, &letters, &err) != HM_OK) {
        engine_refuse(e, &err);
        return 0;
    }
    engine_keep(e, ENGINE_FILM, NULL, NULL);
    engine_keep(e, ENGINE_LETTERS, letters, close_letters);
    return 1;
}

/* ---- calls ---- */

static void close_film(void *state)
{
    page_film *f = state;
    hm_show_destroy(f->show);
    hm_arena arena = f->arena; /* the film lies in it */
    hm_arena_free(&arena);
}

hm_status film_looks(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                     hm_err *err)
{
    (void)e, (void)request, (void)arena, (void)err;
    put_looks(answer);
    return HM_OK;
}

hm_status film_open(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                    hm_err *err)
{
    engine_keep(e, ENGINE_FILM, NULL, NULL);
    page_film *f = HM_PUSH(arena, page_film, 1);
    if (!f)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the film");
    f->arena = *arena; /* the request's texts are the film's from here on */
    hm_arena_init(arena, 1 << 16);
    hm_status status = make_ready(e, request, f, err);
    if (status == HM_OK)
        engine_keep(e, ENGINE_FILM, f, close_film);
    else
        close_film(f);
    return status == HM_OK ? put_film(answer, f, arena, err) : status;
}

hm_status film_close(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                     hm_err *err)
{
    (void)request, (void)arena, (void)answer, (void)err;
    engine_keep(e, ENGINE_FILM, NULL, NULL);
    return HM_OK;
}

hm_status engine_film(engine *e, page_film **f, hm_err *err)
{
    *f = e->part[ENGINE_FILM].state;
    return *f ? HM_OK
              : hm_err_set(err, HM_ERR_USAGE, "request", 0, 0, NULL, "no film has been opened");
}

hm_status film_hash(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                    hm_err *err)
{
    page_film *f;
    int64_t from, to;
    uint64_t hash = 0;
    HM_TRY(engine_film(e, &f, err));
    int64_t n_frame = hm_show_frame_count(f->show);
    HM_TRY(hm_json_get_integer(request, "from", 0, n_frame - 1, &from, err));
    HM_TRY(hm_json_get_integer(request, "to", from + 1, n_frame, &to, err));
    HM_TRY(hm_show_hash_part(f->show, from, to, &hash, err));
    const char *text = hm_arena_printf(arena, "%016llx", (unsigned long long)hash);
    hm_json_put_text(answer, "hash", text ? text : "");
    return HM_OK;
}

hm_status film_warm(engine *e, const hm_json *request, hm_arena *arena, hm_json_out *answer,
                    hm_err *err)
{
    (void)request, (void)arena;
    page_film *f;
    bool warm;
    HM_TRY(engine_film(e, &f, err));
    HM_TRY(hm_show_warm(f->show, &warm, err));
    hm_json_put_bool(answer, "warm", warm);
    return HM_OK;
}

/* ---- one picture ---- */

static hm_camera camera_of(const double c[7])
{
    return (hm_camera){.eye_m = hm_v3((float)c[0], (float)c[1], (float)c[2]),
                       .aim_m = hm_v3((float)c[3], (float)c[4], (float)c[5]),
                       .vfov_rad = (float)(c[6] * 3.14159265358979323846 / 180),
                       .near_m = 0.25f};
}

/* Pixels without gaps between the rows, and opaque. */
static void tighten(hm_picture *pic)
{
    for (int32_t y = 0; y < pic->h_px; y++) {
        uint8_t *to = pic->rgbx + (size_t)y * 4 * (size_t)pic->w_px;
        memmove(to, pic->rgbx + (size_t)y * (size_t)pic->stride, 4 * (size_t)pic->w_px);
        for (int32_t x = 0; x < pic->w_px; x++)
            to[4 * x + 3] = 255;
    }
}

static hm_status draw(engine *e, double film_t_s, const double *camera, const uint8_t **px,
                      hm_err *err)
{
    page_film *f;
    HM_TRY(engine_film(e, &f, err));
    if (!isfinite(film_t_s))
        return hm_err_set(err, HM_ERR_USAGE, "request", 0, 0, "film_t_s", "expected a time");
    hm_camera own;
    for (int i = 0; camera && i < 7; i++)
        if (!isfinite(camera[i]) || fabs(camera[i]) > 1e5)
            return hm_err_set(err, HM_ERR_USAGE, "request", 0, 0, "camera", "expected a camera");
    if (camera)
        own = camera_of(camera);
    const hm_picture *pic;
    hm_moment m;
    hm_film_at(&f->film, &f->race, film_t_s, &m);
    HM_TRY(hm_show_draw_from(f->show, 0, film_t_s, camera ? &own : NULL, &pic, err));
    hm_picture p = *pic;
    tighten(&p);
    e->race_s = m.race_t_s;
    *px = p.rgbx;
    return HM_OK;
}

const uint8_t *engine_draw(engine *e, double film_t_s, const double *camera)
{
    const uint8_t *px = NULL;
    hm_err err = {0};
    if (draw(e, film_t_s, camera, &px, &err) == HM_OK)
        return px;
    engine_refuse(e, &err);
    return NULL;
}
