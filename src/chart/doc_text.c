/* doc_text.c - a document for a terminal or a mail: columns by display width, at most 100 of them.
 * Text that runs from right to left stands in an isolate (Unicode Standard Annex 9), so that it
 * turns nothing around it. */
#include "doc_priv.h"

#include <string.h>

#include "base/width.h"

enum { LINE_W = 100, GAP_W = 2, FIXED_MOST_W = 26, WRAP_LEAST_W = 8 };

static const char ellipsis[] = "…", isolate[] = "\xe2\x81\xa8", isolate_end[] = "\xe2\x81\xa9";
static const char left_to_right[] = "\xe2\x80\x8e";

/* One line of text, at most so wide. Returns its width. */
static int put_cut(doc_bytes *o, const char *plain, int w_most)
{
    int w = hm_text_width(plain);
    bool turn = doc_runs_left(plain);
    if (turn)
        doc_put(o, isolate);
    if (w <= w_most)
        doc_put(o, plain);
    else {
        size_t n = hm_text_fit(plain, w_most - 1);
        char *kept = HM_PUSH(o->arena, char, n + 1);
        if (!kept) {
            o->failed = true;
            return 0;
        }
        memcpy(kept, plain, n);
        doc_put(o, kept);
        doc_put(o, ellipsis);
        w = hm_text_width(kept) + 1;
    }
    if (turn)
        doc_put(o, isolate_end);
    return w;
}

/* Where a line of at most so many columns ends: at a blank, or inside a word that is longer. */
static size_t line_end(const char *text, int w)
{
    size_t n = hm_text_fit(text, w);
    if (!text[n])
        return n;
    for (size_t k = n; k > 0; k--)
        if (text[k] == ' ')
            return k;
    return n ? n : strlen(text);
}

/* Words broken into lines, the later ones indented. */
static void put_wrapped(doc_bytes *o, const char *text, int indent)
{
    const char *plain = doc_plain(o, text);
    bool first = true;
    if (doc_runs_left(plain)) /* a sentence with a name in it goes on as it began */
        doc_put(o, left_to_right);
    while (*plain && !o->failed) {
        size_t n = line_end(plain, LINE_W - indent);
        doc_put_blanks(o, first ? 0 : indent);
        doc_put_n(o, plain, n);
        doc_put(o, "\n");
        plain += n;
        plain += strspn(plain, " ");
        first = false;
    }
}

/* "left ... right" on one line. */
static void put_ends(doc_bytes *o, const char *left, const char *right)
{
    const char *l = doc_plain(o, left), *r = doc_plain(o, right);
    int w_right = hm_text_width(r);
    w_right = w_right > LINE_W / 2 ? LINE_W / 2 : w_right;
    int w = put_cut(o, l, LINE_W - (w_right ? w_right + GAP_W : 0));
    if (*r) {
        doc_put_blanks(o, LINE_W - w - w_right);
        put_cut(o, r, w_right);
    }
    doc_put(o, "\n");
}

static void put_rule(doc_bytes *o, const char *with)
{
    for (int i = 0; i < LINE_W; i++)
        doc_put(o, with);
    doc_put(o, "\n");
}

/* ---- tables ---- */

static const char *cell_at(doc_bytes *o, const hm_doc_table *t, int32_t row, int32_t c)
{
    return doc_plain(o, row < 0 ? t->column[c].head : t->cell[row * t->n_column + c]);
}

/* Give columns up until the line holds them: of those that give way the widest first. */
static void shrink(const hm_doc_table *t, int width[])
{
    int total = GAP_W * (t->n_column - 1);
    for (int32_t c = 0; c < t->n_column; c++)
        total += width[c];
    while (total > LINE_W) {
        int32_t widest = -1;
        for (int32_t c = 0; c < t->n_column; c++)
            if (t->column[c].wraps && width[c] > WRAP_LEAST_W &&
                (widest < 0 || width[c] > width[widest]))
                widest = c;
        if (widest < 0)
            return;
        width[widest]--;
        total--;
    }
}

/* Tables with the same columns line up: the width is that of the widest of all of them. */
static void widen(doc_bytes *o, const hm_doc_table *t, int width[])
{
    for (int32_t r = -1; r < t->n_row; r++)
        for (int32_t c = 0; c < t->n_column; c++) {
            hm_arena_mark mark = hm_arena_mark_get(o->arena);
            int w = hm_text_width(cell_at(o, t, r, c));
            hm_arena_release(o->arena, mark);
            if (!t->column[c].wraps && w > FIXED_MOST_W)
                w = FIXED_MOST_W;
            width[c] = w > width[c] ? w : width[c];
        }
}

static void put_row(doc_bytes *o, const hm_doc_table *t, int32_t row, const int width[])
{
    int owed = 0; /* blanks that are written only if something follows */
    for (int32_t c = 0; c < t->n_column; c++) {
        const char *text = cell_at(o, t, row, c);
        int w = hm_text_width(text);
        int pad = w < width[c] ? width[c] - w : 0;
        if (*text) {
            doc_put_blanks(o, owed + (t->column[c].right ? pad : 0));
            int shown = put_cut(o, text, width[c]);
            owed = t->column[c].right ? 0 : width[c] - shown;
        } else
            owed += width[c];
        owed += GAP_W;
    }
    doc_put(o, "\n");
}

static void put_table(doc_bytes *o, const hm_doc *doc, const hm_doc_table *t)
{
    int width[HM_DOC_COLUMN_MAX] = {0};
    for (int32_t i = 0; i < doc->n_block; i++) {
        const hm_doc_table *same = doc->block[i].table;
        if (same && same->column == t->column && same->n_column == t->n_column)
            widen(o, same, width);
    }
    shrink(t, width);
    if ((t->caption && *t->caption) || (t->aside && *t->aside))
        put_ends(o, t->caption, t->aside);
    put_row(o, t, -1, width);
    int total = GAP_W * (t->n_column - 1);
    for (int32_t c = 0; c < t->n_column; c++)
        total += width[c];
    for (int i = 0; i < total; i++)
        doc_put(o, "-");
    doc_put(o, "\n");
    for (int32_t r = 0; r < t->n_row; r++)
        put_row(o, t, r, width);
}

/* ---- the rest ---- */

static int key_width(doc_bytes *o, const hm_doc *doc, int32_t i)
{
    int w = 0;
    for (; i < doc->n_block && doc->block[i].kind == HM_DOC_FACT; i++) {
        int one = hm_text_width(doc_plain(o, doc->block[i].text));
        w = one > w ? one : w;
    }
    return w > FIXED_MOST_W ? FIXED_MOST_W : w;
}

static void put_fact(doc_bytes *o, const hm_doc_block *b, int key_w)
{
    int w = put_cut(o, doc_plain(o, b->text), key_w);
    doc_put_blanks(o, key_w - w + GAP_W);
    if (b->more && *b->more)
        put_wrapped(o, b->more, key_w + GAP_W);
    else
        doc_put(o, "\n");
}

static void put_block(doc_bytes *o, const hm_doc *doc, int32_t i, int *key_w)
{
    const hm_doc_block *b = &doc->block[i];
    bool new_kind = i == 0 || doc->block[i - 1].kind != b->kind;
    if (new_kind || b->kind == HM_DOC_TABLE || b->kind == HM_DOC_SECTION)
        doc_put(o, "\n");
    switch (b->kind) {
    case HM_DOC_SECTION:
        put_ends(o, b->text, b->more);
        put_rule(o, "-");
        break;
    case HM_DOC_FACT:
        if (new_kind)
            *key_w = key_width(o, doc, i);
        put_fact(o, b, *key_w);
        break;
    case HM_DOC_TABLE:
        put_table(o, doc, b->table);
        break;
    case HM_DOC_NOTE:
        put_wrapped(o, b->text, 2);
        break;
    case HM_DOC_SIGN:
        doc_put(o, new_kind ? "\n" : "");
        doc_put(o, "______________________________  ");
        put_wrapped(o, b->text, 32);
        break;
    case HM_DOC_LINK:
        put_wrapped(o, b->text, 2);
        doc_put(o, "  ");
        put_wrapped(o, b->more, 2);
        break;
    }
}

hm_status doc_write_text(const hm_doc *doc, doc_bytes *o, hm_err *err)
{
    (void)err;
    put_ends(o, doc->title, doc->stamp);
    if (*doc->subtitle)
        put_wrapped(o, doc->subtitle, 2);
    if (*doc->line)
        put_wrapped(o, doc->line, 2);
    put_rule(o, "=");
    int key_w = 0;
    for (int32_t i = 0; i < doc->n_block && !o->failed; i++)
        put_block(o, doc, i, &key_w);
    if (*doc->footer) {
        doc_put(o, "\n");
        put_rule(o, "-");
        put_wrapped(o, doc->footer, 0);
    }
    return HM_OK;
}
