/* doc_html.c - a document as one HTML file: no script, nothing fetched, real tables with scopes and
 * captions, a style for the screen and for the printer. Each text that came from outside stands
 * escaped in an element of its own with dir=auto, so that it can neither become markup nor turn
 * what is around it. */
#include "doc_priv.h"

#include <stdio.h>
#include <string.h>

static const char style[] =
    ":root{color-scheme:light}"
    "*{box-sizing:border-box}"
    "body{margin:0 auto;padding:1.5rem 1rem 3rem;max-width:62rem;background:#fff;color:#1a1a1a;"
    "font:16px/1.45 Inter,\"Noto Sans\",\"Noto Sans CJK JP\",\"Noto Sans "
    "JP\",\"Hiragino Sans\",\"Yu Gothic\",\"Segoe UI\",sans-serif;"
    "font-variant-numeric:tabular-nums;overflow-wrap:anywhere}"
    "header{display:flex;gap:1rem;justify-content:space-between;align-items:flex-start;"
    "border-bottom:3px solid #1a1a1a;padding-bottom:.6rem}"
    "h1{font-size:1.7rem;line-height:1.2;margin:0}"
    "header p{margin:.25rem 0 0}.sub{font-size:1.15rem;font-weight:600}.line{color:#555}"
    ".stamp{flex:none;max-width:40%;border:2px solid #1a1a1a;padding:.2rem .6rem;font-weight:700;"
    "margin:.2rem 0 0}"
    "h2{display:flex;gap:1rem;justify-content:space-between;font-size:1.25rem;margin:2rem 0 "
    ".5rem;border-bottom:1px solid #8c8c8c;padding-bottom:.2rem}"
    "h2 .aside,caption .aside{font-weight:400;color:#555}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.7rem 0}"
    "dt{color:#555}dd{margin:0}"
    ".scroll{overflow-x:auto}"
    "table{border-collapse:collapse;width:100%;margin:1.1rem 0 1.4rem}"
    "caption{text-align:start;font-weight:700;padding-bottom:.25rem}"
    "caption .aside{float:inline-end;padding-inline-start:1rem}"
    "th,td{padding:.25rem .5rem;text-align:start;vertical-align:baseline;font-weight:400;"
    "border-bottom:1px solid #d9d9d9}"
    "thead th{font-size:.85rem;font-weight:600;color:#444;border-bottom:2px solid #1a1a1a;"
    "vertical-align:bottom}"
    ".r{text-align:right;white-space:nowrap}.f{white-space:nowrap}.s{font-weight:700}"
    ".w{overflow-wrap:anywhere;min-width:6rem}"
    "tr.apart>*{border-top:2px solid #8c8c8c}"
    ".clip{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:4;overflow:hidden}"
    ".note{margin:.3rem 0;font-size:.92rem;color:#333}"
    ".signs{display:flex;gap:2rem;margin-top:4rem;break-inside:avoid}"
    ".signs p{flex:1;border-top:1px solid #1a1a1a;padding-top:.2rem;font-size:.85rem;color:#555}"
    "footer{margin-top:2rem;border-top:1px solid #8c8c8c;padding-top:.4rem;font-size:.85rem;"
    "color:#555}"
    "@media print{body{max-width:none;padding:0;font-size:9pt}h1{font-size:16pt}"
    "h2{font-size:12pt;break-after:avoid}table,.scroll{break-inside:auto;overflow:visible}"
    "thead{display:table-header-group}tr,dl{break-inside:avoid}caption{break-after:avoid}"
    ".new{break-before:page}a{color:inherit;text-decoration:none}}";

static const char *const page_size[] = {"A4", "letter"};

/* The five characters that mean something in HTML, wherever they stand. */
static void put_escaped(doc_bytes *o, const char *text)
{
    for (const char *s = doc_plain(o, text); *s;) {
        size_t n = strcspn(s, "&<>\"'");
        doc_put_n(o, s, n);
        s += n;
        if (!*s)
            break;
        doc_put(o, *s == '&'   ? "&amp;"
                   : *s == '<' ? "&lt;"
                   : *s == '>' ? "&gt;"
                   : *s == '"' ? "&quot;"
                               : "&#39;");
        s++;
    }
}

static void put_element(doc_bytes *o, const char *open, const char *text, const char *close)
{
    if (!text || !*text)
        return;
    doc_put(o, open);
    put_escaped(o, text);
    doc_put(o, close);
}

/* A path beside the document, its bytes escaped for an address; all else becomes "#". */
static void put_href(doc_bytes *o, const char *href)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t word = strcspn(href, ":/?#");
    if (href[word] == ':' || href[0] == '/' || href[0] == '\\') {
        doc_put(o, "#");
        return;
    }
    for (const unsigned char *p = (const unsigned char *)href; *p; p++) {
        bool as_is = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                     (*p >= '0' && *p <= '9') || strchr("-._~/#", *p);
        char three[4] = {'%', hex[*p >> 4], hex[*p & 15], '\0'};
        if (as_is)
            doc_put_n(o, (const char *)p, 1);
        else
            doc_put(o, three);
    }
}

/* ---- tables ---- */

static void put_class(doc_bytes *o, const hm_doc_column *c, bool head)
{
    doc_put(o, " class=\"");
    doc_put(o, c->right ? "r" : c->wraps ? "w" : "f");
    doc_put(o, c->strong && !head ? " s\"" : "\"");
}

static void put_head(doc_bytes *o, const hm_doc_table *t)
{
    doc_put(o, "<thead><tr>");
    for (int32_t c = 0; c < t->n_column; c++) {
        const hm_doc_column *col = &t->column[c];
        bool other = col->says && strcmp(col->says, col->head) != 0;
        doc_put(o, "<th scope=\"col\"");
        put_class(o, col, true);
        if (other) {
            doc_put(o, " abbr=\"");
            put_escaped(o, col->says);
            doc_put(o, "\" title=\"");
            put_escaped(o, col->says);
            doc_put(o, "\"");
        }
        doc_put(o, ">");
        put_escaped(o, col->head);
        doc_put(o, "</th>");
    }
    doc_put(o, "</tr></thead>\n");
}

static void put_cell(doc_bytes *o, const hm_doc_column *col, const char *text)
{
    const char *tag = col->names_row ? "th" : "td";
    doc_put(o, "<");
    doc_put(o, tag);
    if (col->names_row)
        doc_put(o, " scope=\"row\"");
    put_class(o, col, false);
    doc_put(o, ">");
    if (text && *text) {
        doc_put(o, col->wraps ? "<bdi class=\"clip\">" : "<bdi>");
        put_escaped(o, text);
        doc_put(o, "</bdi>");
    }
    doc_put(o, "</");
    doc_put(o, tag);
    doc_put(o, ">");
}

static void put_table(doc_bytes *o, const hm_doc_table *t)
{
    doc_put(o, "<div class=\"scroll\"><table>\n");
    if ((t->caption && *t->caption) || (t->aside && *t->aside)) {
        doc_put(o, "<caption>");
        put_element(o, "<span class=\"aside\">", t->aside, "</span> ");
        put_element(o, "<bdi>", t->caption, "</bdi>");
        doc_put(o, "</caption>\n");
    }
    put_head(o, t);
    doc_put(o, "<tbody>\n");
    for (int32_t r = 0; r < t->n_row; r++) {
        doc_put(o, t->apart[r] ? "<tr class=\"apart\">" : "<tr>");
        for (int32_t c = 0; c < t->n_column; c++)
            put_cell(o, &t->column[c], t->cell[r * t->n_column + c]);
        doc_put(o, "</tr>\n");
    }
    doc_put(o, "</tbody>\n</table></div>\n");
}

/* ---- the rest ---- */

static void put_section(doc_bytes *o, const hm_doc_block *b, bool *open)
{
    doc_put(o, *open ? "</section>\n" : "");
    doc_put(o, b->new_page ? "<section class=\"new\">\n<h2>" : "<section>\n<h2>");
    put_element(o, "<bdi>", b->text, "</bdi>");
    put_element(o, " <span class=\"aside\">", b->more, "</span>");
    doc_put(o, "</h2>\n");
    *open = true;
}

static void put_block(doc_bytes *o, const hm_doc *doc, int32_t i, bool *section_open)
{
    const hm_doc_block *b = &doc->block[i];
    bool first = i == 0 || doc->block[i - 1].kind != b->kind;
    bool last = i + 1 == doc->n_block || doc->block[i + 1].kind != b->kind;
    switch (b->kind) {
    case HM_DOC_SECTION:
        put_section(o, b, section_open);
        break;
    case HM_DOC_FACT:
        doc_put(o, first ? "<dl>\n" : "");
        doc_put(o, "<dt>");
        put_escaped(o, b->text);
        doc_put(o, "</dt><dd><bdi>");
        put_escaped(o, b->more);
        doc_put(o, "</bdi></dd>\n");
        doc_put(o, last ? "</dl>\n" : "");
        break;
    case HM_DOC_TABLE:
        put_table(o, b->table);
        break;
    case HM_DOC_NOTE:
        put_element(o, "<p class=\"note\">", b->text, "</p>\n");
        break;
    case HM_DOC_SIGN:
        doc_put(o, first ? "<div class=\"signs\">\n" : "");
        put_element(o, "<p>", b->text, "</p>\n");
        doc_put(o, last ? "</div>\n" : "");
        break;
    case HM_DOC_LINK:
        doc_put(o, first ? "<ul>\n" : "");
        doc_put(o, "<li><a href=\"");
        put_href(o, b->more);
        doc_put(o, "\"><bdi>");
        put_escaped(o, b->text);
        doc_put(o, "</bdi></a></li>\n");
        doc_put(o, last ? "</ul>\n" : "");
        break;
    }
}

static void put_page_head(doc_bytes *o, const hm_doc *doc)
{
    doc_put(o, "<!DOCTYPE html>\n<html lang=\"");
    put_escaped(o, doc->lang);
    doc_put(o, "\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
               "style-src 'unsafe-inline'\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    put_escaped(o, doc->title);
    if (*doc->subtitle) {
        doc_put(o, " - ");
        put_escaped(o, doc->subtitle);
    }
    doc_put(o, "</title>\n<style>@page{size:");
    doc_put(o, page_size[doc->paper]);
    doc_put(o, ";margin:14mm}");
    doc_put(o, style);
    doc_put(o, "</style>\n</head>\n<body>\n");
}

static void put_header(doc_bytes *o, const hm_doc *doc)
{
    doc_put(o, "<div>\n");
    put_element(o, "<h1 dir=\"auto\">", doc->title, "</h1>\n");
    put_element(o, "<p class=\"sub\" dir=\"auto\">", doc->subtitle, "</p>\n");
    put_element(o, "<p class=\"line\" dir=\"auto\">", doc->line, "</p>\n");
    doc_put(o, "</div>\n");
    put_element(o, "<p class=\"stamp\">", doc->stamp, "</p>\n");
}

static void put_main(doc_bytes *o, const hm_doc *doc)
{
    bool section_open = false;
    for (int32_t i = 0; i < doc->n_block && !o->failed; i++)
        put_block(o, doc, i, &section_open);
    doc_put(o, section_open ? "</section>\n" : "");
}

hm_status doc_write_html(const hm_doc *doc, doc_bytes *o, hm_err *err)
{
    (void)err;
    put_page_head(o, doc);
    doc_put(o, "<header>\n");
    put_header(o, doc);
    doc_put(o, "</header>\n<main>\n");
    put_main(o, doc);
    doc_put(o, "</main>\n");
    put_element(o, "<footer>", doc->footer, "</footer>\n");
    doc_put(o, "</body>\n</html>\n");
    return HM_OK;
}

hm_status hm_doc_write_parts(const hm_doc *doc, hm_arena *arena, const char **header,
                             const char **content, hm_err *err)
{
    doc_bytes h = {.arena = arena}, c = {.arena = arena};
    put_header(&h, doc);
    doc_put(&c, "");
    put_main(&c, doc);
    if (h.failed || c.failed || doc->failed)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the document");
    *header = h.at;
    *content = c.at;
    return HM_OK;
}

hm_status hm_html_escape(const char *text, hm_arena *arena, const char **html, hm_err *err)
{
    doc_bytes o = {.arena = arena};
    doc_put(&o, "");
    put_escaped(&o, text);
    if (o.failed)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for a text");
    *html = o.at;
    return HM_OK;
}
