/* hecto rotoscope: a clip drawn anew. */
#include "cmd.h"
#include "roto/roto.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/folder.h"
#include "io/number.h"

static const cli_opt opts[] = {
    {"look", 0, "NAME", "rotoscope (default), elastic or smear: as the stage draws its races."},
    {"from", 0, "S", "Draw from this time of the clip on (default: its beginning)."},
    {"to", 0, "S", "Draw up to this time of the clip (default: its end)."},
    {"size", 0, "WxH", "Size of the film in pixels (default: the clip's shape, at most 720 rows)."},
    {"track", 0, "FILE", "Where people are, from a track that may be corrected by hand."},
    {"models", 0, "DIR",
     "Where the pose nets are (default: $HECTO_MODELS, ~/.cache/hecto/models)."},
    {"layers", 0, "DIR", "Write colour, ink, matte and parts of each drawing there, as PNG."},
    {"keys", 0, "DIR",
     "Key drawings as SVG: those that are there are used, and carried between them."},
    {"key-at", 0, "S[,S...]", "Write the drawings at these times of the clip to --keys."},
    {"key-every", 0, "N", "Write every Nth drawing to --keys."},
    {"blur-faces", 0, NULL, "Blur faces where the clip's own pixels are seen."},
};

static const cli_group groups[] = {{"", &hm_roto_style_table}};

static hm_status make_folder(const cli_args *args, const char *option, const char **dir,
                             hm_err *err)
{
    *dir = cli_value(args, option);
    return *dir ? hm_folder_make(*dir, err) : HM_OK;
}

static hm_status read_keys(const cli_args *args, hm_roto_opts *o, hm_err *err)
{
    const char *list = cli_value(args, "key-at");
    int64_t every = 0;
    HM_TRY(make_folder(args, "keys", &o->keys, err));
    HM_TRY(cli_integer(args, "key-every", 1, 100000, &every, err));
    o->key_every = (int32_t)every;
    if ((list || every) && !o->keys)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--keys",
                          "expected a folder for the key drawings");
    double *at = HM_PUSH(args->arena, double, HM_ROTO_KEY_MAX);
    if (!at)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    o->key_s = at;
    while (list && *list) {
        char word[64];
        size_t n = strcspn(list, ",");
        if (n >= sizeof word || o->n_key >= HM_ROTO_KEY_MAX)
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--key-at",
                              "expected at most %d times", HM_ROTO_KEY_MAX);
        memcpy(word, list, n);
        word[n] = 0;
        if (hm_number_parse(word, '.', &at[o->n_key]) != HM_NUMBER_OK || at[o->n_key] < 0)
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--key-at",
                              "expected times in seconds with commas between, found \"%s\"", word);
        o->n_key++;
        list += n + (list[n] == ',');
    }
    return HM_OK;
}

static hm_status read_opts(const cli_args *args, hm_roto_opts *o, hm_err *err)
{
    int64_t seed = 1;
    int w = 0, h = 0;
    *o = hm_roto_opts_default();
    o->look = cli_value(args, "look") ? cli_value(args, "look") : o->look;
    o->models = cli_value(args, "models");
    o->blur_faces = cli_flag(args, "blur-faces");
    HM_TRY(cli_fill(args, &hm_roto_style_table, &o->style, err));
    HM_TRY(cli_number(args, "from", 0, 1e6, &o->from_s, err));
    HM_TRY(cli_number(args, "to", 0, 1e6, &o->to_s, err));
    HM_TRY(cli_integer(args, "seed", 0, INT64_MAX, &seed, err));
    HM_TRY(cli_size(args, "size", &w, &h, err));
    HM_TRY(cli_threads(args, &o->n_thread, err));
    o->seed = (uint64_t)seed, o->w_px = w, o->h_px = h;
    HM_TRY(make_folder(args, "layers", &o->layers, err));
    HM_TRY(read_keys(args, o, err));
    if (!cli_value(args, "track"))
        return HM_OK;
    hm_track *track = HM_PUSH(args->arena, hm_track, 1);
    if (!track)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    HM_TRY(hm_track_read(cli_value(args, "track"), args->arena, track, err));
    cli_print_notes(args, &track->notes);
    o->track = track;
    return HM_OK;
}

static bool tell(void *ctx, const char *what, int64_t done, int64_t total)
{
    cli_progress *p = ctx;
    p->what = what;
    return cli_progress_tell(p, done, total);
}

static void print_report(const cli_args *args, const hm_roto_report *r)
{
    if (args->quiet)
        return;
    fprintf(stderr, "%lld drawings, %lld figures", (long long)r->n_drawing, (long long)r->n_figure);
    if (r->n_by_track > 0)
        fprintf(stderr, ", %lld of them without the net", (long long)r->n_by_track);
    fprintf(
        stderr,
        "; a drawing from the next: outlines move by %.2f px beyond the body, colours by %.2f of "
        "255, %.1f %% of a figure is painted otherwise\n",
        r->boil_px, r->flicker, 100 * r->swim_frac);
    if (r->n_key_read + r->n_key_written > 0)
        fprintf(stderr, "%d key drawings read, %d written\n", r->n_key_read, r->n_key_written);
}

static hm_status run(cli_args *args, hm_err *err)
{
    const char *out = cli_value(args, "output");
    hm_roto_opts o;
    hm_notes notes = {0};
    hm_roto_report report;
    if (!out || strcmp(out, "-") == 0)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "-o", "expected a file for the film");
    HM_TRY(read_opts(args, &o, err));
    cli_progress p = cli_progress_begin(args, "drawing");
    hm_status s =
        hm_roto_film(args->operand[0], &o, out, tell, &p, args->arena, &notes, &report, err);
    cli_progress_end(&p);
    cli_print_notes(args, &notes);
    HM_TRY(s);
    print_report(args, &report);
    return HM_OK;
}

const cli_verb cmd_rotoscope = {
    .name = "rotoscope",
    .operand = "CLIP",
    .summary = "A clip drawn anew: its people as drawn ones, with its own sound.",
    .n_operand_min = 1,
    .n_operand_max = 1,
    .opt = opts,
    .n_opt = sizeof opts / sizeof opts[0],
    .group = groups,
    .n_group = sizeof groups / sizeof groups[0],
    .example = "  hecto rotoscope clip.mp4 -o drawn.mp4\n"
               "  hecto rotoscope clip.mp4 --look elastic --set background=paper -o drawn.mp4\n"
               "  hecto rotoscope clip.mp4 --keys keys --key-at 1.5,3 -o drawn.mp4\n",
    .run = run,
};
