/* text_block.c - a text in a few lines of one size, about equally long. */
#include "text_priv.h"

#include <stdbool.h>
#include <string.h>

#define SMALLER 0.94

enum { HALVINGS = 6 };

/* ---- where a clause ends ---- */

/* After this byte of the text a clause ends and a line may too; how many bytes it takes, 0 = no. */
static size_t clause_end(const char *s)
{
    static const char *const stop[] = {"。", "、", "！", "？", ". ", ", ", "? ", "! ", "; ", ": "};
    for (size_t i = 0; i < sizeof stop / sizeof stop[0]; i++) {
        size_t n = strlen(stop[i]);
        if (strncmp(s, stop[i], n) == 0)
            return n;
    }
    return 0;
}

/* Nothing but brackets that close comes after it: no place for a line's end. */
static bool is_end(const char *s)
{
    return !*s || strncmp(s, "」", 3) == 0 || strncmp(s, "』", 3) == 0 ||
           strncmp(s, "\xe2\x80\x9d", 3) == 0;
}

/* ---- fitting ---- */

typedef struct fitting {
    text_store *t;
    text_spec spec;
    const char *text;
    int32_t max_px, max_line;
} fitting;

/* All lines in one width; false = they are too many, a word is parted or something cut. */
static hm_status try_width(fitting *f, const char *text, int32_t width_px, text_block *b,
                           bool *fits, hm_err *err)
{
    hm_arena_mark mark = hm_arena_mark_get(f->t->arena);
    int32_t cut = f->t->cut_count, split = f->t->split_count;
    int32_t unknown = f->t->unknown_glyph_count;
    text_block made = {.em_px = f->spec.em_px};
    HM_TRY(text_set_lines(f->t, &f->spec, text, width_px, f->max_line, made.line, &made.n, err));
    *fits = f->t->cut_count == cut && f->t->split_count == split;
    if (*fits) {
        *b = made;
    } else {
        f->t->cut_count = cut; /* a try is not counted */
        f->t->split_count = split;
        f->t->unknown_glyph_count = unknown;
        hm_arena_release(f->t->arena, mark);
    }
    return HM_OK;
}

static int32_t widest(const text_block *b)
{
    int32_t w = 0;
    for (int32_t i = 0; i < b->n; i++)
        w = b->line[i].advance_px > w ? b->line[i].advance_px : w;
    return w;
}

/* As many lines, one of which ends where a clause does: of those that fit the one whose longest
 * line is shortest. NULL = there is none. */
static hm_status find_clause(fitting *f, int32_t n_line, const char **best, text_block *b,
                             hm_err *err)
{
    int32_t least = INT32_MAX;
    *best = NULL;
    for (const char *s = f->text; *s; s++) {
        size_t n = clause_end(s);
        if (n == 0 || is_end(s + n))
            continue;
        const char *two =
            hm_arena_printf(f->t->arena, "%.*s\n%s", (int)(s + n - f->text), f->text, s + n);
        text_block made;
        bool fits = false;
        if (!two)
            return hm_err_set(err, HM_ERR_SYSTEM, "text", 0, 0, NULL, "no memory for a text");
        HM_TRY(try_width(f, two, f->max_px, &made, &fits, err));
        if (fits && made.n == n_line && widest(&made) < least)
            *best = two, *b = made, least = widest(&made);
    }
    return HM_OK;
}

/* The same number of lines in the least width that holds them; a clause ends one, if that fits. */
static hm_status even_out(fitting *f, text_block *b, hm_err *err)
{
    const char *text = f->text;
    int32_t n = b->n, lo, hi;
    if (n > 1)
        HM_TRY(find_clause(f, n, &text, b, err));
    text = text ? text : f->text;
    lo = widest(b) / 2, hi = widest(b);
    for (int k = 0; k < HALVINGS && n > 1 && hi - lo > 2; k++) {
        text_block less;
        bool fits = false;
        int32_t mid = lo + (hi - lo) / 2;
        HM_TRY(try_width(f, text, mid, &less, &fits, err));
        fits = fits && less.n == n;
        if (fits)
            *b = less, hi = mid;
        else
            lo = mid;
    }
    return HM_OK;
}

static hm_status try_one_line(fitting *f, double from_em_px, double to_em_px, text_block *b,
                              bool *fits, hm_err *err)
{
    int32_t max_line = f->max_line;
    f->max_line = 1;
    *fits = false;
    for (double em = from_em_px; !*fits && em > to_em_px - 1e-9; em *= SMALLER) {
        f->spec.em_px = em;
        HM_TRY(try_width(f, f->text, f->max_px, b, fits, err));
    }
    f->max_line = max_line;
    return HM_OK;
}

hm_status text_set_block(text_store *t, const text_spec *spec, const char *utf8, int32_t max_px,
                         int32_t max_line, const double size_px[3], text_block *b, hm_err *err)
{
    double least_em_px = size_px[2];
    fitting f = {t, *spec, utf8, max_px, max_line};
    bool fits = false;
    *b = (text_block){.em_px = spec->em_px};
    HM_TRY(try_one_line(&f, spec->em_px, size_px[0], b, &fits, err));
    for (double em = size_px[1]; !fits && em > least_em_px - 1e-9; em *= SMALLER) {
        f.spec.em_px = em;
        HM_TRY(try_width(&f, utf8, max_px, b, &fits, err));
        if (fits)
            return even_out(&f, b, err);
    }
    if (fits)
        return HM_OK;
    f.spec.em_px = b->em_px = least_em_px;
    return text_set_lines(t, &f.spec, utf8, max_px, max_line, b->line, &b->n, err);
}
