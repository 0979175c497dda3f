/* page_file.c - a page as one HTML file. web/src/page.html has the frame with {{names}}; what fills
 * them is made here. Nothing in the file is fetched and nothing but its own script runs: a small
 * one that unpacks the block hm-script and puts it into the document. The policy in the head names
 * both by their SHA-256. */
#include "page.h"
#include "page_assets.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "chart/doc.h"
#include "io/base85.h"
#include "io/gzip.h"
#include "io/json.h"

enum { PAGE_FILE_VERSION = 1 };

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the page");
}

void page_add_block(page_content *page, page_block block)
{
    HM_ASSERT(page->n_block < PAGE_BLOCK_MAX);
    page->block[page->n_block++] = block;
}

void page_add_engine(page_content *page)
{
    if (page_asset_engine_wasm_gz_n > 0 && page_asset_page_js_gz_n > 0)
        page_add_block(page, (page_block){.name = "engine",
                                          .bytes = page_asset_engine_wasm_gz,
                                          .n = page_asset_engine_wasm_gz_n,
                                          .packed = true});
}

const char *page_lacks(void)
{
    if (page_asset_page_js_gz_n == 0)
        return "built without esbuild or uplot; see hecto doctor";
    if (page_asset_engine_wasm_gz_n == 0)
        return "built without the engine; see hecto doctor";
    return NULL;
}

const char *page_needs(void)
{
    if (page_asset_page_js_gz_n == 0)
        return "esbuild npm; then tools/setup, build anew";
    if (page_asset_engine_wasm_gz_n == 0)
        return "clang-19 lld-19 wasi-libc libclang-rt-19-dev-wasm32; build anew";
    return "";
}

hm_status page_base64(const void *bytes, size_t n, hm_arena *arena, const char **text, hm_err *err)
{
    gchar *made = g_base64_encode(bytes, n);
    char *copy = HM_PUSH(arena, char, strlen(made) + 1);
    if (copy)
        strcpy(copy, made);
    g_free(made);
    *text = copy;
    return copy ? HM_OK : no_memory(err);
}

/* What may run and be shown: the script that unpacks, the one that it unpacks, the engine, workers
 * out of the script's own words, pictures and sound that it makes. */
static hm_status make_policy(bool pictures_beside, hm_arena *arena, const char **policy,
                             hm_err *err)
{
    *policy = hm_arena_printf(
        arena,
        "default-src 'none'; script-src 'sha256-%s' 'sha256-%s' 'wasm-unsafe-eval'; "
        "worker-src blob:; style-src 'unsafe-inline'; img-src data: blob:%s; "
        "media-src data: blob:; base-uri 'none'; form-action 'none'",
        page_asset_boot_js_sha256, page_asset_page_js_sha256,
        pictures_beside ? " 'self' file:" : "");
    return *policy ? HM_OK : no_memory(err);
}

/* ---- blocks ---- */

/* JSON that may stand in a script element: no < in it. */
static hm_status put_head_json(const page_content *page, hm_arena *arena, hm_sink sink, hm_err *err)
{
    hm_memory m = {.arena = arena};
    hm_json_out j = hm_json_out_make(hm_sink_memory(&m), err);
    hm_json_put_object(&j, NULL, HM_JSON_LINE);
    hm_json_put_text(&j, "format", "hectometre-page");
    hm_json_put_integer(&j, "version", PAGE_FILE_VERSION);
    hm_json_put_text(&j, "kind", page->kind);
    hm_json_put_text(&j, "lang", hm_lang_word[page->lang]);
    hm_json_put_text(&j, "title", page->title);
    hm_json_put_end(&j);
    HM_TRY(hm_json_finish(&j));
    for (const char *s = m.bytes; *s;) {
        size_t n = strcspn(s, "<");
        HM_TRY(sink.put(sink.ctx, s, n, err));
        s += n;
        if (*s == '<') {
            HM_TRY(sink.put(sink.ctx, "\\u003c", 6, err));
            s++;
        }
    }
    return HM_OK;
}

static hm_status put_text(hm_sink sink, const char *text, hm_err *err)
{
    return sink.put(sink.ctx, text, strlen(text), err);
}

static hm_status put_block(const page_block *block, hm_arena *arena, hm_sink sink, hm_err *err)
{
    unsigned char *packed;
    const void *bytes = block->bytes;
    const char *text;
    size_t n = block->n;
    if (!block->packed) {
        HM_TRY(hm_gzip(block->bytes, block->n, arena, &packed, &n, err));
        bytes = packed;
    }
    HM_TRY(hm_base85(bytes, n, arena, &text, err));
    HM_TRY(put_text(sink, "<script type=\"text/plain\" id=\"hm-", err));
    HM_TRY(put_text(sink, block->name, err));
    HM_TRY(put_text(sink, "\">", err));
    HM_TRY(put_text(sink, text, err));
    return put_text(sink, "</script>\n", err);
}

static hm_status make_blocks(const page_content *page, hm_arena *arena, const char **blocks,
                             hm_err *err)
{
    hm_memory m = {.arena = arena};
    hm_sink sink = hm_sink_memory(&m);
    HM_TRY(put_text(sink, "<script type=\"application/json\" id=\"hm-page\">", err));
    HM_TRY(put_head_json(page, arena, sink, err));
    HM_TRY(put_text(sink, "</script>\n", err));
    const page_block script = {.name = "script",
                               .bytes = page_asset_page_js_gz,
                               .n = page_asset_page_js_gz_n,
                               .packed = true};
    for (int i = 0; i < page->n_block; i++)
        HM_TRY(put_block(&page->block[i], arena, sink, err));
    if (page_asset_page_js_gz_n > 0)
        HM_TRY(put_block(&script, arena, sink, err));
    *blocks = m.bytes;
    return HM_OK;
}

/* ---- the frame ---- */

typedef struct slot {
    const char *name, *value;
} slot;

static hm_status fill_frame(int n_slot, const slot slots[], hm_sink sink, hm_err *err)
{
    for (const char *s = page_asset_page_html; *s;) {
        const char *open = strstr(s, "{{"), *close = open ? strstr(open, "}}") : NULL;
        if (!close)
            return put_text(sink, s, err);
        const char *value = NULL;
        for (int i = 0; i < n_slot; i++)
            if (strlen(slots[i].name) == (size_t)(close - open - 2) &&
                memcmp(slots[i].name, open + 2, strlen(slots[i].name)) == 0)
                value = slots[i].value;
        HM_ASSERT(value);
        HM_TRY(sink.put(sink.ctx, s, (size_t)(open - s), err));
        HM_TRY(put_text(sink, value, err));
        s = close + 2;
    }
    return HM_OK;
}

hm_status page_print(const page_content *page, hm_arena *arena, char **html, size_t *n, hm_err *err)
{
    const char *policy, *title, *header = page->header, *index = "", *key = "", *blocks;
    HM_TRY(make_policy(page->pictures_beside, arena, &policy, err));
    HM_TRY(hm_html_escape(page->title, arena, &title, err));
    HM_TRY(make_blocks(page, arena, &blocks, err));
    if (!header && !(header = hm_arena_printf(arena, "<h1 dir=\"auto\">%s</h1>\n", title)))
        return no_memory(err);
    if (page->key && !(key = hm_arena_printf(arena, PAGE_KEY_META, page->key)))
        return no_memory(err);
    if (page->index &&
        !(index = hm_arena_printf(arena, "<nav class=\"hm-index\"><a href=\"%s\">%s</a></nav>\n",
                                  page->index, page_word(page->lang, PAGE_ALL_RACES))))
        return no_memory(err);
    const slot slots[] = {
        {"lang", hm_lang_word[page->lang]},
        {"policy", policy},
        {"version", HM_VERSION},
        {"title", title},
        {"style", page_asset_page_css},
        {"skip", page_word(page->lang, PAGE_SKIP)},
        {"key", key},
        {"index", index},
        {"header", header},
        {"poster", page->poster ? page->poster : ""},
        {"body", page->body},
        {"noscript", page_word(page->lang, PAGE_NOSCRIPT)},
        {"blocks", blocks},
        {"script", page_asset_boot_js},
    };
    hm_memory m = {.arena = arena};
    HM_TRY(fill_frame(sizeof slots / sizeof slots[0], slots, hm_sink_memory(&m), err));
    *html = m.bytes;
    *n = m.n;
    return HM_OK;
}

hm_status page_write(const page_content *page, const char *path, hm_arena *arena, hm_err *err)
{
    char *html;
    size_t n;
    HM_TRY(page_print(page, arena, &html, &n, err));
    return hm_file_write(path, html, n, err);
}
