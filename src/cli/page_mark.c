/* page_mark.c - the page that marks a clip (docs/clips/mark.md). The person opens the clip there;
 * only what is small, or what a browser cannot show by itself, lies in the page. */
#include "page.h"
#include "video/clip.h"
#include "video/still.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "chart/doc.h"
#include "data/marks.h"
#include "data/track.h"
#include "io/json.h"

enum {
    CLIP_BYTES_MAX = 1024 * 1024, /* a clip up to this size lies in the page */
    SLIT_BYTES_MAX = 64 * 1024 * 1024,
    STILL_MAX = 60,
    STILL_FOREIGN = 8, /* of a clip that browsers cannot show */
    STAMP_MAX = 100 * 1000
};

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the page");
}

/* ---- is it one? ---- */

static bool ends_in(const char *path, const char *end)
{
    size_t n = strlen(path), m = strlen(end);
    for (size_t i = 0; n >= m && i < m; i++)
        if (tolower((unsigned char)path[n - m + i]) != end[i])
            return false;
    return n >= m;
}

static bool is_clip(const char *path)
{
    static const char *const end[] = {".mp4", ".m4v", ".mov", ".webm", ".mkv",
                                      ".avi", ".mts", ".ts",  ".3gp",  ".m2ts"};
    for (size_t i = 0; i < sizeof end / sizeof end[0]; i++)
        if (ends_in(path, end[i]))
            return true;
    return false;
}

bool page_is_mark(const cli_args *args)
{
    return cli_flag(args, "marking") || cli_value(args, "marks") || cli_value(args, "slit") ||
           cli_value(args, "track") || (args->n_operand > 0 && is_clip(args->operand[0]));
}

/* ---- the clip ---- */

typedef struct clip_part {
    const char *path, *name;
    hm_clip_info info;
    int64_t n_stamp;
    double *stamp_s; /* (n_stamp) */
    int64_t n_still;
    const char *video; /* data address; NULL = not in the page */
} clip_part;

/* What browsers show: not H.265 everywhere, nor cameras' own codecs. */
static bool is_shown(const hm_clip_info *info)
{
    static const char *const codec[] = {"h264", "vp8", "vp9", "av1"};
    bool known = false;
    for (size_t i = 0; i < sizeof codec / sizeof codec[0]; i++)
        known |= strcmp(info->codec, codec[i]) == 0;
    return known && (strstr(info->container, "MOV") || strstr(info->container, "WebM"));
}

static hm_status embed_clip(clip_part *c, hm_arena *arena, hm_err *err)
{
    char *bytes;
    size_t n;
    const char *text;
    hm_err too_large = {0};
    if (hm_file_read(c->path, CLIP_BYTES_MAX, arena, &bytes, &n, &too_large) != HM_OK)
        return HM_OK;
    HM_TRY(page_base64(bytes, n, arena, &text, err));
    c->video = hm_arena_printf(arena, "data:video/%s;base64,%s",
                               strstr(c->info.container, "MOV") ? "mp4" : "webm", text);
    return c->video ? HM_OK : no_memory(err);
}

static hm_status read_clip(const cli_args *args, clip_part *c, hm_err *err)
{
    const hm_clip_opts opts = hm_clip_opts_default();
    const char *slash = strrchr(args->operand[0], '/');
    hm_clip *clip;
    *c = (clip_part){.path = args->operand[0], .name = slash ? slash + 1 : args->operand[0]};
    HM_TRY(hm_clip_open(c->path, &opts, args->arena, &clip, err));
    c->info = *hm_clip_info_of(clip);
    c->info.codec = hm_arena_printf(args->arena, "%s", c->info.codec);
    c->info.container = hm_arena_printf(args->arena, "%s", c->info.container);
    hm_clip_close(clip);
    if (!c->info.codec || !c->info.container)
        return no_memory(err);
    HM_TRY(hm_clip_stamps_read(c->path, args->arena, &c->n_stamp, &c->stamp_s, err));
    if (is_shown(&c->info))
        HM_TRY(embed_clip(c, args->arena, err));
    c->n_still = c->video ? 0 : is_shown(&c->info) ? 1 : STILL_FOREIGN;
    HM_TRY(cli_integer(args, "stills", 0, STILL_MAX, &c->n_still, err));
    if (c->n_still > c->n_stamp)
        c->n_still = c->n_stamp;
    return HM_OK;
}

/* The image that is shown at a time, as a data address. */
static hm_status take_still(const clip_part *c, double time_s, hm_arena *arena, const char **text,
                            hm_err *err)
{
    hm_clip_opts opts = hm_clip_opts_default();
    hm_clip_image image;
    hm_clip *clip;
    uint8_t *jpeg;
    size_t n;
    bool more = false;
    opts.pixels = HM_CLIP_RGB;
    opts.capture_fps = NAN;
    opts.from_s = (time_s - 1e-6) / c->info.slow;
    HM_TRY(hm_clip_open(c->path, &opts, arena, &clip, err));
    hm_status status = hm_clip_next(clip, &image, &more, err);
    *text = NULL;
    if (status == HM_OK && more)
        status = hm_still_jpeg(image.width_px, image.height_px, image.stride, image.bytes, arena,
                               &jpeg, &n, err);
    hm_clip_close(clip);
    return status == HM_OK && more ? page_base64(jpeg, n, arena, text, err) : status;
}

static hm_status put_stills(hm_json_out *j, const clip_part *c, hm_arena *arena, hm_err *err)
{
    hm_json_put_array(j, "stills", HM_JSON_BLOCK);
    for (int64_t i = 0; i < c->n_still; i++) {
        int64_t k = c->n_still > 1 ? i * (c->n_stamp - 1) / (c->n_still - 1) : 0;
        const char *text;
        HM_TRY(take_still(c, c->stamp_s[k], arena, &text, err));
        if (!text)
            continue;
        const char *address = hm_arena_printf(arena, "data:image/jpeg;base64,%s", text);
        if (!address)
            return no_memory(err);
        hm_json_put_object(j, NULL, HM_JSON_LINE);
        hm_json_put_number(j, "time_s", c->stamp_s[k]);
        hm_json_put_text(j, "picture", address);
        hm_json_put_end(j);
    }
    hm_json_put_end(j);
    return j->status;
}

static hm_status put_clip(hm_json_out *j, const clip_part *c, hm_arena *arena, hm_err *err)
{
    hm_json_put_object(j, "clip", HM_JSON_BLOCK);
    hm_json_put_text(j, "name", c->name);
    hm_json_put_integer(j, "width_px", c->info.width_px);
    hm_json_put_integer(j, "height_px", c->info.height_px);
    hm_json_put_text(j, "codec", c->info.codec);
    if (c->n_stamp <= STAMP_MAX)
        hm_json_put_numbers(j, "times_s", c->n_stamp, c->stamp_s);
    if (c->video)
        hm_json_put_text(j, "video", c->video);
    HM_TRY(put_stills(j, c, arena, err));
    hm_json_put_end(j);
    return j->status;
}

/* ---- what else there is ---- */

static hm_status put_marks(hm_json_out *j, const char *path, hm_arena *arena, hm_err *err)
{
    hm_marks marks;
    char *text;
    HM_TRY(hm_marks_read(path, arena, &marks, err));
    HM_TRY(hm_marks_print(&marks, arena, &text, NULL, err));
    hm_json_put_text(j, "marks", text);
    return j->status;
}

static hm_status put_slit(hm_json_out *j, const char *path, hm_arena *arena, hm_err *err)
{
    const hm_json *root;
    char *text;
    size_t n;
    HM_TRY(hm_file_read(path, SLIT_BYTES_MAX, arena, &text, &n, err));
    HM_TRY(hm_json_parse(path, text, n, arena, &root, err));
    HM_TRY(hm_json_check_format(root, "hectometre-slit", 1, err));
    hm_json_put_text(j, "slit", text);
    return j->status;
}

static hm_status put_track(hm_json_out *j, const char *path, hm_arena *arena, hm_err *err)
{
    hm_track track;
    char *text;
    HM_TRY(hm_track_read(path, arena, &track, err));
    HM_TRY(hm_track_print(&track, arena, &text, NULL, err));
    hm_json_put_text(j, "track", text);
    return j->status;
}

static hm_status make_data(const cli_args *args, const clip_part *clip, page_block *block,
                           hm_err *err)
{
    const struct {
        const char *name;
        hm_status (*put)(hm_json_out *j, const char *path, hm_arena *arena, hm_err *err);
    } part[] = {{"marks", put_marks}, {"slit", put_slit}, {"track", put_track}};
    hm_memory m = {.arena = args->arena};
    hm_json_out j = hm_json_out_make(hm_sink_memory(&m), err);
    hm_json_put_object(&j, NULL, HM_JSON_BLOCK);
    if (clip)
        HM_TRY(put_clip(&j, clip, args->arena, err));
    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
        if (cli_value(args, part[i].name))
            HM_TRY(part[i].put(&j, cli_value(args, part[i].name), args->arena, err));
    hm_json_put_end(&j);
    HM_TRY(hm_json_finish(&j));
    *block = (page_block){.name = "data", .bytes = m.bytes, .n = m.n};
    return HM_OK;
}

hm_status page_of_mark(const cli_args *args, const page_opts *opts, page_content *page, hm_err *err)
{
    clip_part clip;
    page_block data;
    const char *header, *body;
    bool has_clip = args->n_operand > 0;
    if (has_clip)
        HM_TRY(read_clip(args, &clip, err));
    HM_TRY(make_data(args, has_clip ? &clip : NULL, &data, err));
    hm_doc doc = hm_doc_make(args->arena);
    doc.lang = hm_lang_word[opts->lang];
    doc.title = page_word(opts->lang, PAGE_MARK);
    doc.subtitle = has_clip ? clip.name : "";
    doc.footer = "";
    hm_doc_note(&doc, page_word(opts->lang, PAGE_MARK_SAYS));
    HM_TRY(hm_doc_write_parts(&doc, args->arena, &header, &body, err));
    *page = (page_content){.kind = "mark",
                           .title = opts->title ? opts->title : doc.title,
                           .lang = opts->lang,
                           .header = header,
                           .body = body};
    page_add_block(page, data);
    page_add_engine(page);
    return HM_OK;
}
