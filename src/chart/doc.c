#include "chart/doc.h"

#include "doc_priv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *const hm_doc_format_word[] = {"txt", "html", "pdf"};
const char *const hm_doc_paper_word[] = {"a4", "letter"};

/* ---- making ---- */

hm_doc hm_doc_make(hm_arena *arena)
{
    return (hm_doc){.lang = "en",
                    .title = "",
                    .subtitle = "",
                    .line = "",
                    .stamp = "",
                    .footer = "",
                    .page_of = "Page %d of %d",
                    .continued = "continued",
                    .paper = HM_DOC_A4,
                    .arena = arena};
}

const char *hm_doc_keep(hm_doc *doc, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *kept = n < 0 ? NULL : HM_PUSH(doc->arena, char, n + 1);
    if (kept)
        vsnprintf(kept, (size_t)n + 1, fmt, again);
    va_end(again);
    doc->failed |= !kept;
    return kept ? kept : "";
}

static void add(hm_doc *doc, hm_doc_block block)
{
    hm_doc_block *grown = HM_GROW(doc->arena, doc->block, doc->n_block, &doc->cap_block);
    if (!grown) {
        doc->failed = true;
        return;
    }
    doc->block = grown;
    doc->block[doc->n_block++] = block;
}

void hm_doc_section(hm_doc *doc, const char *text, const char *aside, bool new_page)
{
    add(doc,
        (hm_doc_block){.kind = HM_DOC_SECTION, .text = text, .more = aside, .new_page = new_page});
}

void hm_doc_fact(hm_doc *doc, const char *key, const char *value)
{
    add(doc, (hm_doc_block){.kind = HM_DOC_FACT, .text = key, .more = value});
}

void hm_doc_note(hm_doc *doc, const char *text)
{
    add(doc, (hm_doc_block){.kind = HM_DOC_NOTE, .text = text});
}

void hm_doc_sign(hm_doc *doc, const char *whose)
{
    add(doc, (hm_doc_block){.kind = HM_DOC_SIGN, .text = whose});
}

void hm_doc_link(hm_doc *doc, const char *text, const char *href)
{
    add(doc, (hm_doc_block){.kind = HM_DOC_LINK, .text = text, .more = href});
}

hm_doc_table *hm_doc_add_table(hm_doc *doc, const char *caption, const char *aside,
                               int32_t n_column, const hm_doc_column column[], int32_t n_row)
{
    HM_ASSERT(n_column > 0 && n_column <= HM_DOC_COLUMN_MAX && n_row >= 0);
    hm_doc_table *t = HM_PUSH(doc->arena, hm_doc_table, 1);
    const char **cell = HM_PUSH(doc->arena, const char *, (size_t)n_row *(size_t)n_column + 1);
    bool *apart = HM_PUSH(doc->arena, bool, n_row + 1);
    if (!t || !cell || !apart) {
        doc->failed = true;
        return NULL;
    }
    *t = (hm_doc_table){caption, aside, n_column, n_row, column, cell, apart};
    add(doc, (hm_doc_block){.kind = HM_DOC_TABLE, .table = t});
    return t;
}

void hm_doc_cell(hm_doc_table *t, int32_t row, int32_t column, const char *text)
{
    if (!t)
        return;
    HM_ASSERT(row >= 0 && row < t->n_row && column >= 0 && column < t->n_column);
    t->cell[row * t->n_column + column] = text;
}

/* ---- bytes ---- */

void doc_put_n(doc_bytes *b, const char *text, size_t n)
{
    if (b->failed)
        return;
    char *grown = hm_arena_grow(b->arena, b->at, b->n, n + 1, &b->cap, 1);
    if (!grown) {
        b->failed = true;
        return;
    }
    b->at = grown;
    memcpy(b->at + b->n, text, n);
    b->n += n;
    b->at[b->n] = '\0';
}

void doc_put(doc_bytes *b, const char *text)
{
    doc_put_n(b, text, strlen(text));
}

void doc_put_blanks(doc_bytes *b, int n)
{
    for (; n > 0; n--)
        doc_put_n(b, " ", 1);
}

/* ---- writing ---- */

hm_status hm_doc_write(const hm_doc *doc, hm_doc_format format, hm_arena *arena, char **bytes,
                       size_t *n, hm_err *err)
{
    static hm_status (*const write[])(const hm_doc *, doc_bytes *,
                                      hm_err *) = {doc_write_text, doc_write_html, doc_write_pdf};
    HM_ASSERT(format < HM_DOC_FORMAT_COUNT && doc->paper < HM_DOC_PAPER_COUNT);
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    doc_bytes out = {.arena = &scratch};
    hm_status status = HM_OK;
    if (!doc->failed)
        status = write[format](doc, &out, err);
    char *copy = NULL;
    if (status == HM_OK && !doc->failed && !out.failed)
        copy = HM_PUSH(arena, char, out.n + 1);
    if (copy) {
        memcpy(copy, out.at ? out.at : "", out.n);
        *bytes = copy;
        *n = out.n;
    } else if (status == HM_OK)
        status = hm_err_set(err, HM_ERR_SYSTEM, "document", 0, 0, NULL, "no memory");
    hm_arena_free(&scratch);
    return status;
}
