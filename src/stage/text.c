/* text.c - the door that the words of the picture go through; who makes them stands behind it. */
#include "letters_priv.h"

#include <string.h>

/* em height at 720 lines, and weight. Inter first; Han in its Japanese form. */
static const struct {
    double em_px;
    int32_t weight;
} style_of[TEXT_STYLE_COUNT] = {{24, 500}, {27, 600}, {42, 700}, {54, 700}, {58, 700}};

#define FAMILY "Inter, Noto Sans CJK JP, Noto Sans, DejaVu Sans, sans-serif"

text_spec text_spec_of(const text_store *t, text_style style)
{
    return (text_spec){.family = FAMILY,
                       .em_px = style_of[style].em_px * t->scale,
                       .weight = style_of[style].weight};
}

/* Control characters and broken UTF-8 become spaces, so that the maker neither warns nor stops. */
static const char *clean_text(text_store *t, const char *utf8)
{
    char *copy = text_make_valid(t->arena, utf8);
    for (char *c = copy; c && *c; c++)
        if ((unsigned char)*c < 32 || *c == 127)
            *c = ' ';
    return copy;
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "text", 0, 0, NULL, "no memory for a text");
}

/* ---- made ---- */

static void add_flaws(text_store *t, const text_flaws *f)
{
    t->unknown_glyph_count += f->unknown_glyph_count;
    t->cut_count += f->cut_count;
    t->split_count += f->split_count;
}

/* Fonts are opened when the first text has to be made. */
static hm_status need_maker(text_store *t, void **maker, hm_err *err)
{
    return letters_fonts(t->letters, &t->maker, maker, err);
}

hm_status text_set_line(text_store *t, const text_spec *spec, const char *utf8, int32_t max_px,
                        double least_em_px, text_run *run, hm_err *err)
{
    const char *text = clean_text(t, utf8);
    text_flaws flaws = {0};
    void *maker;
    if (!text)
        return no_memory(err);
    HM_TRY(need_maker(t, &maker, err));
    HM_TRY(text_make_line(maker, spec, text, max_px, least_em_px, t->arena, run, &flaws, err));
    add_flaws(t, &flaws);
    return HM_OK;
}

/* One paragraph; the last line that there is room for takes all that is left. */
static hm_status set_paragraph(text_store *t, const text_spec *spec, const char *text,
                               int32_t max_px, int32_t max_line, text_run line[], int32_t *n,
                               hm_err *err)
{
    text_span span[TEXT_LINES_MAX];
    text_flaws flaws = {0};
    void *maker;
    int32_t count = 0, room = max_line - *n;
    HM_ASSERT(room <= TEXT_LINES_MAX);
    HM_TRY(need_maker(t, &maker, err));
    HM_TRY(text_make_breaks(maker, spec, text, max_px, room, span, &count, &flaws, err));
    add_flaws(t, &flaws);
    for (int32_t i = 0; i < count; i++) {
        bool is_last = *n + 1 == max_line;
        const char *from = text + span[i].from;
        int len = span[i].n;
        while (len > 0 && from[len - 1] == ' ') /* it would count as width */
            len--;
        const char *part = is_last ? from : hm_arena_printf(t->arena, "%.*s", len, from);
        if (!part)
            return no_memory(err);
        HM_TRY(text_set_line(t, spec, part, max_px, spec->em_px, &line[(*n)++], err));
    }
    return HM_OK;
}

hm_status text_set_lines(text_store *t, const text_spec *spec, const char *utf8, int32_t max_px,
                         int32_t max_line, text_run line[], int32_t *n, hm_err *err)
{
    *n = 0;
    for (const char *p = utf8; *p && *n < max_line;) {
        int len = (int)strcspn(p, "\n");
        char *raw = hm_arena_printf(t->arena, "%.*s", len, p);
        const char *text = raw ? clean_text(t, raw) : NULL;
        if (!text)
            return no_memory(err);
        if (text[0])
            HM_TRY(set_paragraph(t, spec, text, max_px, max_line, line, n, err));
        p += len + (p[len] == '\n');
        t->cut_count += *p && *n == max_line;
    }
    return HM_OK;
}

/* ---- asked for ---- */

static hm_status make(text_store *t, const letters_ask *a, letters_told *told, hm_err *err)
{
    text_block b = {0};
    switch (a->kind) {
    case LETTERS_LINE:
        told->n = 1;
        return text_set_line(t, &a->spec, a->text, a->max_px, a->em_px[0], &told->run[0], err);
    case LETTERS_LINES:
        return text_set_lines(t, &a->spec, a->text, a->max_px, a->max_line, told->run, &told->n,
                              err);
    default:
        HM_TRY(text_set_block(t, &a->spec, a->text, a->max_px, a->max_line, a->em_px, &b, err));
        told->n = b.n;
        told->em_px = b.em_px;
        for (int32_t i = 0; i < b.n; i++)
            told->run[i] = b.line[i];
        return HM_OK;
    }
}

/* What was recorded, else made, and then kept. */
static hm_status answer(text_store *t, letters_ask *a, letters_told *told, hm_err *err)
{
    bool found = false;
    text_flaws was = {t->unknown_glyph_count, t->cut_count, t->split_count};
    *told = (letters_told){0};
    a->scale = t->scale;
    a->small = "";
    if (t->letters)
        HM_TRY(letters_find(t->letters, a, t->arena, told, &found, err));
    if (found) {
        add_flaws(t, &told->flaws);
        return HM_OK;
    }
    HM_TRY(make(t, a, told, err));
    told->flaws = (text_flaws){t->unknown_glyph_count - was.unknown_glyph_count,
                               t->cut_count - was.cut_count, t->split_count - was.split_count};
    return t->letters ? letters_keep(t->letters, a, told, err) : HM_OK;
}

hm_status text_draw_as(text_store *t, const text_spec *spec, const char *utf8, int32_t max_px,
                       double least_em_px, text_run *run, hm_err *err)
{
    letters_ask a = {.kind = LETTERS_LINE,
                     .text = utf8,
                     .spec = *spec,
                     .max_px = max_px,
                     .em_px = {least_em_px}};
    letters_told told;
    HM_TRY(answer(t, &a, &told, err));
    *run = told.run[0];
    return HM_OK;
}

hm_status text_draw(text_store *t, text_style style, const char *utf8, int32_t max_px,
                    text_run *run, hm_err *err)
{
    text_spec spec = text_spec_of(t, style);
    return text_draw_as(t, &spec, utf8, max_px, text_spec_of(t, TEXT_SMALL).em_px, run, err);
}

hm_status text_draw_lines(text_store *t, const text_spec *spec, const char *utf8, int32_t max_px,
                          int32_t max_line, text_run line[], int32_t *n, hm_err *err)
{
    letters_ask a = {
        .kind = LETTERS_LINES, .text = utf8, .spec = *spec, .max_px = max_px, .max_line = max_line};
    letters_told told;
    HM_ASSERT(max_line <= TEXT_LINES_MAX);
    HM_TRY(answer(t, &a, &told, err));
    *n = told.n;
    for (int32_t i = 0; i < told.n; i++)
        line[i] = told.run[i];
    return HM_OK;
}

hm_status text_draw_block(text_store *t, const text_spec *spec, const char *utf8, int32_t max_px,
                          int32_t max_line, double one_em_px, double many_em_px, double least_em_px,
                          text_block *b, hm_err *err)
{
    letters_ask a = {.kind = LETTERS_BLOCK,
                     .text = utf8,
                     .spec = *spec,
                     .max_px = max_px,
                     .max_line = max_line,
                     .em_px = {one_em_px, many_em_px, least_em_px}};
    letters_told told;
    HM_ASSERT(max_line >= 1 && max_line <= TEXT_BLOCK_LINES && max_px > 8);
    HM_TRY(answer(t, &a, &told, err));
    *b = (text_block){.n = told.n, .em_px = told.em_px};
    for (int32_t i = 0; i < told.n; i++)
        b->line[i] = told.run[i];
    return HM_OK;
}

int32_t text_mark(const text_store *t)
{
    return t->letters ? letters_mark(t->letters) : 0;
}

void text_was_try(text_store *t, int32_t mark)
{
    if (t->letters)
        letters_blank(t->letters, mark);
}

/* ---- open and close ---- */

static hm_status draw_glyphs(text_store *t, hm_err *err)
{
    for (text_style s = 0; s < TEXT_STYLE_COUNT; s++) {
        for (int32_t i = 0; i < TEXT_GLYPH_COUNT; i++) {
            char one[2] = {TEXT_GLYPHS[i], 0};
            if (one[0] == 'x')
                HM_TRY(text_draw(t, s, "\xc3\x97", 0, &t->glyph[s][i], err)); /* times */
            else if (one[0] == '-')
                HM_TRY(text_draw(t, s, "\xe2\x88\x92", 0, &t->glyph[s][i], err)); /* minus */
            else
                HM_TRY(text_draw(t, s, one, 0, &t->glyph[s][i], err));
        }
        text_run cap;
        HM_TRY(text_draw(t, s, "H", 0, &cap, err));
        t->cap_px[s] = cap.h_px - 2;
    }
    return HM_OK;
}

hm_status text_open(text_store *t, double scale, hm_letters *letters, hm_arena *arena, hm_err *err)
{
    *t = (text_store){.scale = scale, .letters = letters, .arena = arena};
    hm_status s = draw_glyphs(t, err);
    if (s != HM_OK)
        text_close(t);
    return s;
}

void text_close(text_store *t)
{
    text_maker_close(t->maker);
    t->maker = NULL;
}

const text_run *text_glyph(const text_store *t, text_style style, char c)
{
    const char *at = c ? strchr(TEXT_GLYPHS, c) : NULL;
    return &t->glyph[style][at ? at - TEXT_GLYPHS : 15];
}

int32_t text_number_px(const text_store *t, text_style style, const char *s)
{
    int32_t w = 0;
    for (; *s; s++)
        w += text_glyph(t, style, *s)->advance_px;
    return w;
}
