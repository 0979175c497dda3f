#include "film_story.h"

#include "cmd.h"
#include "film_cache.h"
#include "film_output.h"
#include "film_score.h"
#include "film_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/film_file.h"
#include "data/story.h"
#include "io/file.h"
#include "life/story_race.h"
#include "stage/anthology.h"
#include "stage/shots.h"

enum { SHEET_PER_ROW = 6, SHEET_W_PX = 320, SHEET_H_PX = 180 };

#define SHEET_EVERY_S 4.0

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

/* ---- the story ---- */

/* All that a film of a story is made of. */
typedef struct story_film {
    hm_story story;
    int32_t n_chapter;
    hm_story_chapter *chapter; /* (n_chapter) */
    hm_race *race;             /* (n_chapter) */
    hm_anthology_opts o;
    hm_anthology a;
    hm_anthology_music music;
    bool has_music;
    hm_text_track text[HM_LANG_COUNT + 1]; /* captions in both languages, description */
} story_film;

/* What tells of one race and cannot tell of many. */
static hm_status refuse_options(const cli_args *args, hm_err *err)
{
    static const char *const single[] = {"look",      "cut",        "on",          "venue",
                                         "hour",      "sound",      "motifs",      "score-focus",
                                         "score-end", "look-sheet", "record-line", "record-name",
                                         "ghost",     "bvh",        "glb",         "layers"};
    for (size_t i = 0; i < sizeof single / sizeof single[0]; i++)
        if (cli_offers(args, single[i]) &&
            (cli_value(args, single[i]) || cli_flag(args, single[i]))) {
            char option[64];
            snprintf(option, sizeof option, "--%s", single[i]);
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, option,
                              "goes with one race; a story has chapters of its own");
        }
    return HM_OK;
}

static hm_status read_opts(const cli_args *args, hm_anthology_opts *o, hm_err *err)
{
    hm_film f = {.lang = HM_LANG_EN};
    int64_t fps = o->fps;
    if (cli_value(args, "contact-sheet"))
        o->w_px = SHEET_W_PX, o->h_px = SHEET_H_PX;
    HM_TRY(cli_size(args, "size", &o->w_px, &o->h_px, err));
    HM_TRY(cli_integer(args, "fps", 1, 120, &fps, err));
    HM_TRY(film_lang(args, &f, err));
    o->fps = (int32_t)fps;
    o->lang = f.lang;
    o->overlays = !cli_flag(args, "no-overlay");
    return HM_OK;
}

static hm_status stage(const cli_args *args, story_film *f, hm_err *err)
{
    HM_TRY(hm_story_read(args->operand[0], args->arena, &f->story, err));
    HM_TRY(hm_anthology_chapters(&f->story, args->arena, &f->n_chapter, &f->chapter, err));
    f->race = HM_PUSH(args->arena, hm_race, f->n_chapter);
    if (!f->race)
        return no_memory(err);
    for (int32_t i = 0; i < f->n_chapter; i++)
        HM_TRY(hm_story_race_of(&f->story, f->chapter[i].race, args->arena, &f->race[i], err));
    f->o = hm_anthology_opts_default();
    HM_TRY(read_opts(args, &f->o, err));
    return hm_anthology_stage(&f->story, f->n_chapter, f->chapter, f->race, &f->o, args->arena,
                              &f->a, err);
}

/* ---- stagings ---- */

/* film.json -> film-3.json, film-6-then-and-now-a.json */
static const char *staging_path(const cli_args *args, const char *path, const hm_reel_part *p,
                                int32_t i_pane)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    int n = dot && dot > base ? (int)(dot - path) : (int)strlen(path);
    return p->n_pane > 1 ? hm_arena_printf(args->arena, "%.*s-%s-%c%s", n, path, p->name,
                                           'a' + (int)i_pane, path + n)
                         : hm_arena_printf(args->arena, "%.*s-%s%s", n, path, p->name, path + n);
}

static hm_status write_stagings(const cli_args *args, const story_film *f, hm_err *err)
{
    const char *path = cli_value(args, "write-staging");
    for (int32_t i = 0; i < f->a.n_part; i++)
        for (int32_t k = 0; k < f->a.part[i].n_pane; k++) {
            const char *own = staging_path(args, path, &f->a.part[i], k);
            if (!own)
                return no_memory(err);
            HM_TRY(hm_film_write(own, f->a.part[i].pane[k].film, err));
        }
    return HM_OK;
}

/* Those of the parts' stagings that are there stand for the director's; one at least must be. */
static hm_status read_stagings(const cli_args *args, story_film *f, hm_err *err)
{
    const char *path = cli_value(args, "staging"), *own = NULL;
    int32_t n = 0;
    for (int32_t i = 0; path && i < f->a.n_part; i++)
        for (int32_t k = 0; k < f->a.part[i].n_pane; k++) {
            hm_reel_pane *pane = &f->a.part[i].pane[k];
            hm_film *film = HM_PUSH(args->arena, hm_film, 1);
            hm_err none = {0};
            if (!film || !(own = staging_path(args, path, &f->a.part[i], k)))
                return no_memory(err);
            hm_status st = hm_film_read(own, args->arena, film, &none);
            if (st == HM_ERR_NOFILE)
                continue;
            if (st != HM_OK)
                return *err = none, st;
            film->w_px = pane->film->w_px, film->h_px = pane->film->h_px;
            film->fps = pane->film->fps;
            HM_TRY(hm_film_bind(film, pane->race, args->arena, err));
            pane->film = film;
            pane->opts.look = film->look;
            n++;
        }
    if (path && n == 0)
        return hm_err_set(err, HM_ERR_NOFILE, own, 0, 0, NULL, "no staging of any part");
    return HM_OK;
}

/* ---- music and texts ---- */

static hm_status make_music(const cli_args *args, story_film *f, hm_reel_opts *o, hm_err *err)
{
    bool plays = !cli_flag(args, "no-score");
    hm_soundfont font = {0};
    if (plays)
        HM_TRY(film_score_player(args, &plays, &font, err));
    if (!plays && !cli_value(args, "midi"))
        return HM_OK;
    HM_TRY(hm_anthology_score(&f->story, f->chapter, &f->a, args->arena, &f->music, err));
    if (cli_value(args, "midi"))
        HM_TRY(hm_score_midi(&f->music.whole, cli_value(args, "midi"), err));
    f->has_music = plays;
    o->soundfont = font.path;
    o->credits.soundfont = font.name;
    o->credits.soundfont_licence = font.licence;
    if (plays && !args->quiet)
        fprintf(stderr, "hecto: music by %s (licence: %s)\n", font.name, font.licence);
    return HM_OK;
}

/* A track to the file of an option. */
static hm_status write_track(const cli_args *args, const char *option, const story_film *f,
                             const hm_text_track *track, const hm_reel_opts *o, hm_err *err)
{
    const char *path = cli_value(args, option);
    hm_text_form form;
    hm_text_track part;
    char *text;
    size_t n;
    if (!path)
        return HM_OK;
    double to_s = isnan(o->to_s) ? f->a.duration_s : o->to_s;
    HM_TRY(hm_text_form_of(path, &form, err));
    HM_TRY(hm_text_track_cut(track, o->from_s, to_s, args->arena, &part, err));
    HM_TRY(hm_text_track_print(&part, form, args->arena, &text, &n, err));
    return hm_file_write(path, text, n, err);
}

static hm_status make_texts(const cli_args *args, story_film *f, hm_reel_opts *o, hm_err *err)
{
    const hm_anthology_music *music = f->has_music ? &f->music : NULL;
    for (int i = 0; i < HM_LANG_COUNT; i++)
        HM_TRY(hm_anthology_captions(&f->story, &f->a, (hm_lang)i, music, args->arena, &f->text[i],
                                     err));
    /* The film's own language first: players take the first track by themselves. */
    if (f->o.lang != 0) {
        hm_text_track own = f->text[f->o.lang];
        f->text[f->o.lang] = f->text[0];
        f->text[0] = own;
    }
    hm_text_track *told = &f->text[HM_LANG_COUNT];
    HM_TRY(hm_anthology_describe(&f->a, f->o.lang, args->arena, told, err));
    o->n_text = HM_LANG_COUNT + 1;
    o->text = f->text;
    HM_TRY(write_track(args, "captions", f, &f->text[0], o, err));
    return write_track(args, "describe", f, told, o, err);
}

/* ---- what comes of it ---- */

static hm_status print_hash(const cli_args *args, hm_reel *reel, hm_err *err)
{
    uint64_t hash = 0;
    cli_progress p = cli_progress_begin(args, "drawing");
    hm_status s = hm_reel_hash(reel, film_tell, &p, &hash, err);
    cli_progress_end(&p);
    if (s == HM_OK)
        printf("frames %lld hash %016llx\n", (long long)hm_reel_frame_count(reel),
               (unsigned long long)hash);
    return s;
}

static hm_status write_still(const cli_args *args, hm_reel *reel, hm_err *err)
{
    double at_s = 0;
    const hm_picture *pic;
    const char *path;
    HM_TRY(cli_number(args, "still", 0, 1e6, &at_s, err));
    HM_TRY(film_output_path(args, ".png", &path, err));
    HM_TRY(hm_reel_draw_at(reel, at_s, &pic, err));
    return cmd_write_picture(path, pic, err);
}

static hm_status write_sheet(const cli_args *args, hm_reel *reel, hm_err *err)
{
    hm_picture sheet;
    HM_TRY(hm_reel_sheet(reel, SHEET_EVERY_S, SHEET_PER_ROW, args->arena, &sheet, err));
    return cmd_write_picture(cli_value(args, "contact-sheet"), &sheet, err);
}

static hm_status write_film(const cli_args *args, const story_film *f, hm_reel *reel, int n_thread,
                            hm_err *err)
{
    hm_encode_opts o = hm_encode_opts_default();
    int64_t crf = o.crf;
    const char *path;
    HM_TRY(cli_integer(args, "crf", 0, 51, &crf, err));
    HM_TRY(film_output_path(args, ".mp4", &path, err));
    o.crf = (int32_t)crf;
    o.n_thread = n_thread;
    o.w_px = f->o.w_px, o.h_px = f->o.h_px, o.fps = f->o.fps;
    cli_progress p = cli_progress_begin(args, "filming");
    hm_status s = hm_reel_film(reel, &o, path, film_tell, &p, err);
    cli_progress_end(&p);
    if (s == HM_OK && !args->quiet)
        fprintf(stderr, "hecto: %s: %.1f s, %dx%d, %d chapters\n", path,
                (double)hm_reel_frame_count(reel) / o.fps, o.w_px, o.h_px, (int)f->n_chapter);
    int64_t n_kept, n_segment;
    hm_reel_kept(reel, &n_kept, &n_segment);
    if (s == HM_OK)
        film_tell_kept(args, n_kept, n_segment);
    film_tell_flashes(args, hm_reel_flashes(reel));
    return s;
}

static hm_status reel_opts(const cli_args *args, const story_film *f, bool is_picture,
                           hm_reel_opts *o, hm_err *err)
{
    *o = hm_reel_opts_default();
    o->w_px = f->o.w_px, o->h_px = f->o.h_px, o->fps = f->o.fps;
    o->title = f->story.title;
    o->credits.program = "Hectometre " HM_VERSION;
    o->share_picture = is_picture;
    o->refuse_flashes = cli_flag(args, "check-flashes");
    o->burn = cli_flag(args, "burn-captions");
    HM_TRY(film_cache(args, &o->cache, err));
    HM_TRY(cli_number(args, "from", 0, 1e6, &o->from_s, err));
    HM_TRY(cli_number(args, "to", 0, 1e6, &o->to_s, err));
    return cli_threads(args, &o->n_thread, err);
}

static hm_status make(const cli_args *args, story_film *f, hm_err *err)
{
    hm_reel_opts o;
    hm_reel *reel;
    bool still = cli_value(args, "still"), sheet = cli_value(args, "contact-sheet"),
         hash = cli_flag(args, "hash");
    HM_TRY(reel_opts(args, f, still || sheet, &o, err));
    if ((!still && !sheet && !hash) || cli_value(args, "midi"))
        HM_TRY(make_music(args, f, &o, err));
    o.score = f->has_music ? &f->music.whole : NULL;
    HM_TRY(make_texts(args, f, &o, err));
    HM_TRY(hm_reel_new(f->a.n_part, f->a.part, &o, &reel, err));
    hm_status s = still   ? write_still(args, reel, err)
                  : sheet ? write_sheet(args, reel, err)
                  : hash  ? print_hash(args, reel, err)
                          : write_film(args, f, reel, o.n_thread, err);
    cli_print_notes(args, hm_reel_notes(reel));
    hm_reel_destroy(reel);
    return s;
}

hm_status film_story(const cli_args *args, hm_err *err)
{
    story_film f = {0};
    HM_TRY(refuse_options(args, err));
    HM_TRY(stage(args, &f, err));
    cli_print_notes(args, &f.story.notes);
    if (cli_value(args, "write-staging"))
        return write_stagings(args, &f, err);
    HM_TRY(read_stagings(args, &f, err));
    return make(args, &f, err);
}
