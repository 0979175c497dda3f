/* hecto film: a sheet or a race becomes a film, a still, a contact sheet or a hash of its frames.
 */
#include "cmd.h"
#include "film_cache.h"
#include "film_export.h"
#include "film_output.h"
#include "film_phone.h"
#include "film_rival.h"
#include "film_score.h"
#include "film_story.h"
#include "film_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/film_file.h"
#include "stage/contact.h"
#include "stage/look.h"
#include "stage/look_sheet.h"
#include "stage/phone.h"
#include "stage/review.h"
#include "stage/shots.h"
#include "stage/show.h"

static const cli_opt opts[] = {
    {"look", 0, "NAME", "How it is drawn (default broadcast)."},
    {"cut", 0, "NAME",
     "look (default): as the look stages it; broadcast: introduction, race, replay, board; race: "
     "the run alone, 1:1."},
    {"staging", 0, "FILE", "Shots from a staging file instead of the director's."},
    {"write-staging", 0, "FILE", "Write the director's shots as a staging file, to be changed."},
    {"size", 0, "WxH", "Picture size in pixels (default 1280x720)."},
    {"fps", 0, "N", "Frames a second (default 24)."},
    {"on", 0, "NAME",
     "Hold each drawing for one, two or three frames: ones, twos, threes (default: the look's)."},
    {"from", 0, "S", "Begin S seconds into the film."},
    {"to", 0, "S", "End S seconds into the film."},
    {"crf", 0, "N", "x264 quality, 0 best to 51 (default 20)."},
    {"venue", 0, "NAME", "auto, stadium or school."},
    {"hour", 0, "NAME", "auto, day or evening."},
    {"sound", 0, "NAME",
     "stereo for loudspeakers, binaural for headphones (default: the look's; sound: binaural)."},
    {"cache", 0, "DIR",
     "Keep encoded pieces of the film there, and draw again only what has changed."},
    {"cache-mb", 0, "N", "Most megabytes in that folder (default 2000)."},
    {"no-overlay", 0, NULL, "Draw no words and numbers."},
    FILM_TEXT_OPTS,
    FILM_SCORE_OPTS,
    FILM_RIVAL_OPTS,
    FILM_EXPORT_OPTS,
    FILM_PHONE_OPTS,
    {"still", 0, "S", "No film: the picture S seconds into it, as a PNG."},
    {"contact-sheet", 0, "FILE", "No film: two pictures of every shot on one sheet, as a PNG."},
    {"look-sheet", 0, "FILE",
     "No film: four instants in every look, or in the one of --look, on one sheet, as a PNG."},
    {"hash", 0, NULL, "No film: print how many frames it has and the hash of them all."},
    {"allow-implausible", 0, NULL, "Take a sheet with speeds above 13 m/s over 10 m."},
};

static const cli_group groups[] = {
#define LOOK_GROUP(id) {#id, &hm_look_##id##_table},
    HM_LOOK_LIST(LOOK_GROUP)
#undef LOOK_GROUP
        {"phone", &hm_phone_table},
};

/* What the command line tells a look, laid out by the look's table. */
static hm_status look_options(const cli_args *args, const hm_look *look, const void **out,
                              hm_err *err)
{
    const hm_option_table *table = hm_look_table(look);
    void *own = hm_arena_push(args->arena, table->size, 1);
    if (!own)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    hm_option_defaults(table, own);
    *out = own;
    return cli_fill(args, table, own, err);
}

static hm_status direct(const cli_args *args, const hm_race *race, hm_film *film, hm_err *err)
{
    static const char *const cuts[] = {"broadcast", "race", "look"};
    hm_direct_opts o = hm_direct_opts_default();
    const hm_look *look;
    int cut = HM_CUT_LOOK;
    HM_TRY(cli_word(args, "cut", 3, cuts, &cut, err));
    HM_TRY(hm_look_get(film->look, &look, err));
    o.cut = (hm_cut)cut;
    o.w_px = film->w_px;
    o.h_px = film->h_px;
    o.fps = film->fps;
    o.look = film->look;
    o.seed = race->seed;
    HM_TRY(look_options(args, look, &o.look_own, err));
    o.lang = film->lang;
    o.titles = !cli_flag(args, "no-titles") && !cli_flag(args, "no-overlay");
    return hm_look_direct(look, race, &o, args->arena, film, err);
}

/* The staging: a file's or the director's, for the size that was asked for. */
static hm_status stage(const cli_args *args, const hm_race *race, hm_film *film, hm_err *err)
{
    hm_film f = {.w_px = 1280, .h_px = 720, .fps = 24, .look = "broadcast"};
    const char *path = cli_value(args, "staging");
    if (path)
        HM_TRY(hm_film_read(path, args->arena, &f, err));
    int64_t fps = f.fps;
    HM_TRY(cli_size(args, "size", &f.w_px, &f.h_px, err));
    HM_TRY(cli_integer(args, "fps", 1, 120, &fps, err));
    f.fps = (int32_t)fps;
    HM_TRY(film_lang(args, &f, err));
    if (cli_value(args, "look"))
        f.look = cli_value(args, "look");
    if (path) {
        film_no_titles(args, &f);
        HM_TRY(hm_film_bind(&f, race, args->arena, err));
        hm_notes notes = {0};
        HM_TRY(hm_film_review(&f, race, args->arena, &notes, err));
        cli_print_notes(args, &notes);
    } else {
        HM_TRY(direct(args, race, &f, err));
    }
    *film = f;
    return HM_OK;
}

static hm_status venue_opts(const cli_args *args, hm_venue_opts *o, hm_err *err)
{
    static const char *const venues[] = {"auto", "stadium", "school"};
    static const char *const hours[] = {"auto", "day", "evening"};
    int venue = 0, hour = 0;
    HM_TRY(cli_word(args, "venue", 3, venues, &venue, err));
    HM_TRY(cli_word(args, "hour", 3, hours, &hour, err));
    o->kind = (hm_venue_kind)venue;
    o->hour = (hm_venue_hour)hour;
    return HM_OK;
}

static hm_status show_opts(const cli_args *args, const hm_film *film, hm_show_opts *o, hm_err *err)
{
    static const char *const holds[] = {"ones", "twos", "threes"};
    static const char *const spaces[] = {"auto", "stereo", "binaural"};
    int hold = -1, space = 0; /* as the look wants it */
    const hm_look *look;
    *o = hm_show_opts_default();
    HM_TRY(venue_opts(args, &o->venue, err));
    HM_TRY(cli_word(args, "on", 3, holds, &hold, err));
    HM_TRY(cli_word(args, "sound", 3, spaces, &space, err));
    HM_TRY(cli_number(args, "from", 0, 1e6, &o->from_s, err));
    HM_TRY(cli_number(args, "to", 0, 1e6, &o->to_s, err));
    HM_TRY(cli_threads(args, &o->n_thread, err));
    o->space = (hm_space)space;
    o->w_px = film->w_px;
    o->h_px = film->h_px;
    o->fps = film->fps;
    o->n_hold = hold + 1;
    o->look = film->look;
    HM_TRY(hm_look_get(o->look, &look, err));
    HM_TRY(look_options(args, look, &o->look_own, err));
    o->overlays = !cli_flag(args, "no-overlay");
    o->refuse_flashes = cli_flag(args, "check-flashes");
    return HM_OK;
}

static hm_status print_hash(const cli_args *args, hm_show *show, hm_err *err)
{
    uint64_t hash = 0;
    cli_progress p = cli_progress_begin(args, "drawing");
    hm_status s = hm_show_hash(show, film_tell, &p, &hash, err);
    cli_progress_end(&p);
    if (s == HM_OK)
        printf("frames %lld hash %016llx\n", (long long)hm_show_frame_count(show),
               (unsigned long long)hash);
    film_tell_flashes(args, hm_show_flashes(show));
    return s;
}

static hm_status write_film(const cli_args *args, const hm_film *film, hm_show *show, hm_err *err)
{
    hm_encode_opts o = hm_encode_opts_default();
    int64_t crf = o.crf;
    int n_thread = 1;
    const char *path;
    HM_TRY(cli_integer(args, "crf", 0, 51, &crf, err));
    HM_TRY(cli_threads(args, &n_thread, err));
    HM_TRY(film_output_path(args, ".mp4", &path, err));
    o.crf = (int32_t)crf;
    o.n_thread = n_thread;
    o.w_px = film->w_px;
    o.h_px = film->h_px;
    o.fps = film->fps;
    cli_progress p = cli_progress_begin(args, "filming");
    hm_status s = hm_show_film(show, &o, path, film_tell, &p, err);
    cli_progress_end(&p);
    if (s == HM_OK && !args->quiet)
        fprintf(stderr, "hecto: %s: %.1f s, %dx%d\n", path,
                (double)hm_show_frame_count(show) / film->fps, film->w_px, film->h_px);
    int64_t n_kept, n_segment;
    hm_show_kept(show, &n_kept, &n_segment);
    if (s == HM_OK)
        film_tell_kept(args, n_kept, n_segment);
    film_tell_flashes(args, hm_show_flashes(show));
    return s;
}

static hm_status write_still(const cli_args *args, hm_show *show, hm_err *err)
{
    double at_s = 0;
    const hm_picture *pic;
    const char *path;
    HM_TRY(cli_number(args, "still", 0, 1e6, &at_s, err));
    HM_TRY(film_output_path(args, ".png", &path, err));
    HM_TRY(hm_show_draw_at(show, 0, at_s, &pic, err));
    return cmd_write_picture(path, pic, err);
}

static hm_status write_contact(const cli_args *args, const hm_film *film, hm_show *show,
                               hm_err *err)
{
    hm_picture sheet;
    HM_TRY(hm_contact_sheet(show, film, args->arena, &sheet, err));
    return cmd_write_picture(cli_value(args, "contact-sheet"), &sheet, err);
}

static hm_status write_look_sheet(const cli_args *args, const hm_race *race, hm_err *err)
{
    hm_picture sheet;
    int w_px = 480, h_px = 270, n_thread = 1;
    HM_TRY(cli_size(args, "size", &w_px, &h_px, err));
    HM_TRY(cli_threads(args, &n_thread, err));
    if (w_px > 960 || h_px > 960)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--size",
                          "expected at most 960x960 for one picture of a sheet");
    HM_TRY(hm_look_sheet(race, cli_value(args, "look"), w_px, h_px, n_thread, args->arena, &sheet,
                         err));
    return cmd_write_picture(cli_value(args, "look-sheet"), &sheet, err);
}

static hm_status run_phone(const cli_args *args, const hm_race *race, hm_err *err)
{
    hm_venue_opts venue = hm_venue_opts_default();
    HM_TRY(venue_opts(args, &venue, err));
    cli_print_notes(args, &race->notes);
    return film_phone(args, race, &venue, err);
}

static hm_status run(cli_args *args, hm_err *err)
{
    hm_race race;
    hm_film film;
    hm_show_opts o;
    bool is_phone;
    hm_data_kind kind;
    HM_TRY(film_is_phone(args, &is_phone, err));
    HM_TRY(cmd_operand_kind(args, &kind, err));
    if (kind == HM_DATA_STORY)
        return film_story(args, err);
    HM_TRY(cmd_load_race(args, args->operand[0], &race, err));
    if (is_phone)
        return run_phone(args, &race, err);
    if (cli_value(args, "look-sheet"))
        return write_look_sheet(args, &race, err);
    HM_TRY(stage(args, &race, &film, err));
    cli_print_notes(args, &race.notes);
    if (cli_value(args, "write-staging"))
        return hm_film_write(cli_value(args, "write-staging"), &film, err);
    HM_TRY(film_rivals(args, &race, &film.rivals, err));
    bool still = cli_value(args, "still"), contact = cli_value(args, "contact-sheet");
    HM_TRY(show_opts(args, &film, &o, err));
    o.share_picture = still || contact;
    film_music music;
    bool is_film = !still && !contact && !cli_flag(args, "hash");
    HM_TRY(film_score(args, &race, &film, is_film, &music, err));
    film_texts texts;
    HM_TRY(film_text(args, &race, &film, &o, music.score, &texts, err));
    o.n_text = texts.n;
    o.text = texts.track;
    o.burn = cli_flag(args, "burn-captions");
    o.credits =
        (hm_credits){"Hectometre " HM_VERSION, music.soundfont_name, music.soundfont_licence};
    o.score = music.score;
    o.soundfont = music.soundfont;
    HM_TRY(film_cache(args, &o.cache, err));
    hm_show *show;
    HM_TRY(hm_show_new(&race, &film, &o, &show, err));
    cli_print_notes(args, hm_show_notes(show));
    hm_status s = film_export(args, show, err);
    if (s == HM_OK)
        s = still                    ? write_still(args, show, err)
            : contact                ? write_contact(args, &film, show, err)
            : cli_flag(args, "hash") ? print_hash(args, show, err)
                                     : write_film(args, &film, show, err);
    hm_show_destroy(show);
    return s;
}

const cli_verb cmd_film = {
    .name = "film",
    .operand = "SHEET|RACE|STORY",
    .summary = "Film a race with sound, from its sheet or its race file, or the races of a story.",
    .n_operand_min = 1,
    .n_operand_max = 1,
    .opt = opts,
    .n_opt = sizeof opts / sizeof opts[0],
    .group = groups,
    .n_group = sizeof groups / sizeof groups[0],
    .example = "  hecto film data/races/2009-berlin-men-100m-final.csv -o berlin.mp4\n"
               "  hecto film my-heat.csv --cut race --size 1920x1080 -o heat.mp4\n"
               "  hecto film my-heat.csv --still 14.2 -o poster.png",
    .run = run,
};
