/* page_site.c - `hecto page --site`: a folder that any web host can serve and that opens from the
 * disk as well: a page and a small picture of each race, an index of them all.
 *
 * A page bears the hash of all that it was made of. One whose hash has not changed is neither made
 * nor written again, so that a site of many races is brought up to date in the time of the new
 * ones. */
#include "cmd.h"
#include "page.h"
#include "page_assets.h"
#include "paper.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "data/race_file.h"
#include "io/folder.h"
#include "io/utf8.h"
#include "race/official.h"

enum {
    STEM_MAX = 80,                /* letters of a file name that are kept */
    PAGE_MAX = 8 * 1024 * 1024,   /* bytes: a larger file is none of ours */
    INDEX_MAX = 16 * 1024 * 1024, /* bytes */
    NAME_MAX_LETTERS = 60,        /* of a runner, among the words that the index searches */
};

/** One race as the index shows it. */
typedef struct site_race {
    const char *stem;
    const char *title, *event, *date, *line, *winner; /* plain text */
    const char *names;                                /* of all who ran, for the search */
    int32_t winner_cs;                                /* 0 = nobody finished */
    bool has_wind;
    int32_t wind_dmps;
} site_race;

typedef struct site {
    const cli_args *args;
    const page_opts *opts;
    const char *folder;
    hm_arena *arena; /* of what is kept until the index is written */
    int32_t n;
    site_race *race; /* (n) */
    int32_t n_written;
} site;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the site");
}

/* ---- names of files ---- */

/* The name of a sheet as the name of a page: letters, digits, - _ . and nothing that an address
 * would have to escape. */
static hm_status stem_of(const char *path, hm_arena *arena, const char **stem, hm_err *err)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    size_t n = dot && dot > base ? (size_t)(dot - base) : strlen(base);
    n = n < STEM_MAX ? n : STEM_MAX;
    char *s = HM_PUSH(arena, char, n + 1);
    if (!s)
        return no_memory(err);
    for (size_t i = 0; i < n; i++) {
        char c = base[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '_' || (c == '.' && i > 0);
        s[i] = plain ? c : '-';
    }
    s[n] = '\0';
    *stem = s;
    return HM_OK;
}

static hm_status check_stem(const site *s, const char *stem, const char *path, hm_err *err)
{
    if (stem[0] == '\0' || strcmp(stem, "index") == 0)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, path,
                          "expected a name of its own for the page; found \"%s\"", stem);
    for (int32_t i = 0; i < s->n; i++)
        if (strcmp(s->race[i].stem, stem) == 0)
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, path,
                              "expected each sheet once; another one gives %s.html too", stem);
    return HM_OK;
}

static hm_status path_in(const site *s, const char *stem, const char *end, const char **path,
                         hm_err *err)
{
    *path = hm_arena_printf(s->args->arena, "%s/%s%s", s->folder, stem, end);
    return *path ? HM_OK : no_memory(err);
}

/* ---- what has changed ---- */

/* Over everything that a page is made of. */
static hm_status key_of(const site *s, const hm_race *race, const char **key, hm_err *err)
{
    char *json;
    size_t n;
    HM_TRY(hm_race_print(race, s->args->arena, &json, &n, err));
    uint64_t h = hm_hash(HM_HASH_START, json, n);
    h = hm_hash(h, HM_VERSION, sizeof HM_VERSION);
    h = hm_hash(h, s->opts->look, strlen(s->opts->look) + 1);
    h = hm_hash_u64(h, s->opts->lang);
    h = hm_hash(h, page_asset_page_html, page_asset_page_html_n);
    h = hm_hash(h, page_asset_boot_js_sha256, strlen(page_asset_boot_js_sha256));
    h = hm_hash(h, page_asset_page_js_gz, page_asset_page_js_gz_n);
    h = hm_hash(h, page_asset_page_css, page_asset_page_css_n);
    h = hm_hash(h, page_asset_runners_txt, page_asset_runners_txt_n);
    h = hm_hash(h, page_asset_engine_wasm_gz, page_asset_engine_wasm_gz_n);
    *key = hm_arena_printf(s->args->arena, "%016" PRIx64, h);
    return *key ? HM_OK : no_memory(err);
}

/* Is there a page of this key already? What cannot be read is written anew. */
static bool stands(const site *s, const char *path, const char *key)
{
    static const char last[] = "</html>\n";
    char *bytes;
    size_t n;
    const char *mark = hm_arena_printf(s->args->arena, PAGE_KEY_META, key);
    return mark && hm_folder_has(path) &&
           hm_file_read(path, PAGE_MAX, s->args->arena, &bytes, &n, NULL) == HM_OK &&
           strstr(bytes, mark) && n > strlen(last) && strcmp(bytes + n - strlen(last), last) == 0;
}

/* ---- one race ---- */

/* The first of a text, whole letters only. */
static const char *cut_text(const char *text, hm_arena *arena)
{
    size_t n = 0;
    for (int k = 0; k < NAME_MAX_LETTERS && text[n]; k++)
        for (n++; ((unsigned char)text[n] & 0xc0) == 0x80;)
            n++;
    return hm_arena_printf(arena, "%.*s", (int)n, text);
}

static hm_status tell_runners(const site *s, const hm_race *race, site_race *r, hm_err *err)
{
    hm_memory names = {.arena = s->arena, .bytes = NULL};
    hm_sink sink = hm_sink_memory(&names);
    r->winner = "";
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *l = &race->lane[i];
        const char *name = cut_text(l->name, s->arena), *team = cut_text(l->team, s->arena);
        if (!name || !team)
            return no_memory(err);
        HM_TRY(sink.put(sink.ctx, name, strlen(name), err));
        HM_TRY(sink.put(sink.ctx, " ", 1, err));
        HM_TRY(sink.put(sink.ctx, team, strlen(team), err));
        HM_TRY(sink.put(sink.ctx, " ", 1, err));
        if (l->place == 1 && !r->winner_cs) {
            r->winner = name;
            r->winner_cs = l->official_cs;
        }
    }
    r->names = names.bytes;
    return HM_OK;
}

/* Kept until the index is written; the race itself is not. */
static hm_status tell(const site *s, const hm_race *race, site_race *r, hm_err *err)
{
    paper_event event;
    const paper_opts paper = {.lang = s->opts->lang, .official = true, .announced = ""};
    HM_TRY(paper_of_race(race, s->arena, &event, err));
    hm_doc doc = paper_doc_make(&event, &paper, s->arena);
    r->title = hm_arena_text(s->arena, doc.title);
    r->event = hm_arena_text(s->arena, doc.subtitle);
    r->line = hm_arena_text(s->arena, doc.line);
    r->date = hm_arena_text(s->arena, race->date);
    r->has_wind = event.round[0].heat[0].has_wind;
    r->wind_dmps = event.round[0].heat[0].wind_dmps;
    if (doc.failed || !r->title || !r->event || !r->line || !r->date)
        return no_memory(err);
    return tell_runners(s, race, r, err);
}

static hm_status write_race(site *s, const hm_race *race, const site_race *r, int n_thread,
                            hm_err *err)
{
    const char *path, *poster, *key;
    page_content page;
    page_opts own = *s->opts;
    own.title = NULL; /* --title is that of the index */
    HM_TRY(path_in(s, r->stem, ".html", &path, err));
    HM_TRY(path_in(s, r->stem, ".png", &poster, err));
    HM_TRY(key_of(s, race, &key, err));
    if (hm_folder_has(poster) && stands(s, path, key))
        return HM_OK;
    /* the page last: its key says that the picture is there, too */
    HM_TRY(page_write_poster(race, s->opts->look, poster, n_thread, s->args->arena, err));
    HM_TRY(page_of_race(race, &own, s->args->arena, &page, err));
    page.key = key;
    page.index = "index.html";
    s->n_written++;
    return page_write(&page, path, s->args->arena, err);
}

static hm_status add_race(site *s, const char *path, int n_thread, hm_err *err)
{
    hm_race race;
    site_race *r = &s->race[s->n];
    HM_TRY(stem_of(path, s->arena, &r->stem, err));
    HM_TRY(check_stem(s, r->stem, path, err));
    hm_arena_mark mark = hm_arena_mark_get(s->args->arena);
    hm_status status = cmd_load_race(s->args, path, &race, err);
    if (status == HM_OK)
        status = tell(s, &race, r, err);
    if (status == HM_OK)
        status = write_race(s, &race, r, n_thread, err);
    hm_arena_release(s->args->arena, mark);
    s->n++;
    return status;
}

/* ---- the index ---- */

/* Newest first; without a date last; then by name. */
static int by_date(const void *a, const void *b)
{
    const site_race *x = a, *y = b;
    int c = strcmp(y->date, x->date);
    return c ? c : strcmp(x->stem, y->stem);
}

static hm_status put(hm_sink sink, const char *text, hm_err *err)
{
    return sink.put(sink.ctx, text, strlen(text), err);
}

static hm_status put_text(const site *s, hm_sink sink, const char *open, const char *text,
                          const char *close, hm_err *err)
{
    const char *html;
    if (!text[0])
        return HM_OK;
    HM_TRY(hm_html_escape(text, s->arena, &html, err));
    HM_TRY(put(sink, open, err));
    HM_TRY(put(sink, html, err));
    return put(sink, close, err);
}

/* "9.58 Usain Bolt", "+0.9 m/s" */
static hm_status put_mark(const site *s, hm_sink sink, const site_race *r, hm_err *err)
{
    char text[HM_OFFICIAL_TEXT];
    if (!r->winner_cs)
        return HM_OK;
    HM_TRY(put(sink, "<span class=\"mark\">", err));
    HM_TRY(put_text(s, sink, "<b>", hm_time_text(r->winner_cs, false, text), "</b> ", err));
    HM_TRY(put_text(s, sink, "<bdi>", r->winner, "</bdi>", err));
    if (r->has_wind)
        HM_TRY(
            put_text(s, sink, " <small>", hm_wind_text(r->wind_dmps, text), " m/s</small>", err));
    return put(sink, "</span>", err);
}

static hm_status put_card(const site *s, hm_sink sink, const site_race *r, hm_err *err)
{
    const char *open = hm_arena_printf(
        s->arena,
        " data-winner-cs=\"%d\"><a href=\"%s.html\">"
        "<img src=\"%s.png\" alt=\"\" width=\"320\" height=\"180\" loading=\"lazy\">",
        r->winner_cs, r->stem, r->stem);
    if (!open)
        return no_memory(err);
    HM_TRY(put(sink, "<li", err));
    HM_TRY(put_text(s, sink, " data-date=\"", r->date, "\"", err));
    HM_TRY(put_text(s, sink, " data-names=\"", r->names, "\"", err));
    HM_TRY(put(sink, open, err));
    HM_TRY(put_text(s, sink, "<strong dir=\"auto\">", r->title, "</strong>", err));
    HM_TRY(put_text(s, sink, "<span dir=\"auto\">", r->event, "</span>", err));
    HM_TRY(put_text(s, sink, "<span class=\"line\" dir=\"auto\">", r->line, "</span>", err));
    HM_TRY(put_mark(s, sink, r, err));
    return put(sink, "</a></li>\n", err);
}

static hm_status write_index(site *s, hm_err *err)
{
    hm_memory m = {.arena = s->arena, .bytes = NULL};
    hm_sink sink = hm_sink_memory(&m);
    char *html, *old;
    const char *path;
    size_t n, n_old;
    qsort(s->race, (size_t)s->n, sizeof s->race[0], by_date);
    HM_TRY(put(sink, "<ul class=\"hm-races\">\n", err));
    for (int32_t i = 0; i < s->n; i++)
        HM_TRY(put_card(s, sink, &s->race[i], err));
    HM_TRY(put(sink, "</ul>\n", err));
    const page_content page = {.kind = "index",
                               .title = s->opts->title ? s->opts->title
                                                       : page_word(s->opts->lang, PAGE_RACES),
                               .lang = s->opts->lang,
                               .body = m.bytes,
                               .pictures_beside = true};
    HM_TRY(page_print(&page, s->arena, &html, &n, err));
    HM_TRY(path_in(s, "index", ".html", &path, err));
    if (hm_folder_has(path) &&
        hm_file_read(path, INDEX_MAX, s->arena, &old, &n_old, NULL) == HM_OK && n == n_old &&
        memcmp(html, old, n) == 0)
        return HM_OK;
    return hm_file_write(path, html, n, err);
}

/* ---- all of it ---- */

static hm_status make(site *s, hm_err *err)
{
    int n_thread;
    hm_status status = HM_OK;
    HM_TRY(cli_threads(s->args, &n_thread, err));
    s->race = HM_PUSH(s->arena, site_race, s->args->n_operand);
    if (!s->race)
        return no_memory(err);
    cli_progress p = cli_progress_begin(s->args, "writing pages");
    for (int i = 0; i < s->args->n_operand && status == HM_OK; i++) {
        s->race[i] = (site_race){0};
        status = add_race(s, s->args->operand[i], n_thread, err);
        if (status == HM_OK && !cli_progress_tell(&p, i + 1, s->args->n_operand))
            status = hm_err_set(err, HM_ERR_STOPPED, s->folder, 0, 0, NULL,
                                "stopped; the same command goes on from here");
    }
    cli_progress_end(&p);
    return status == HM_OK ? write_index(s, err) : status;
}

hm_status page_site(const cli_args *args, const page_opts *opts, hm_err *err)
{
    hm_arena kept;
    hm_hold hold;
    site s = {.args = args, .opts = opts, .folder = cli_value(args, "site"), .arena = &kept};
    if (cli_value(args, "output"))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--output",
                          "expected --site or --output, found both");
    HM_TRY(hm_folder_make(s.folder, err));
    const char *lock = hm_arena_printf(args->arena, "%s/.hecto-site", s.folder);
    if (!lock)
        return no_memory(err);
    HM_TRY(hm_hold_take(lock, &hold, err));
    hm_arena_init(&kept, 0);
    hm_status status = make(&s, err);
    hm_arena_free(&kept);
    hm_hold_drop(&hold);
    if (status == HM_OK && !args->quiet)
        fprintf(stderr, "hecto: %s: %d pages, %d written\n", s.folder, s.n, s.n_written);
    return status;
}
