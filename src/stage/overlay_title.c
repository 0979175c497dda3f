/* overlay_title.c - the title card: what race this is, where, when, in what wind; or the words that
 * a shot brings along. Lettered as its look is drawn. */
#include "film_words_priv.h"
#include "overlay_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TITLE_EM  112.0 /* reference px, in one line */
#define CARD_EM   92.0  /* words of a shot are longer than "100 m" */
#define LONG_EM   66.0  /* in several lines */
#define ONE_FRAC  0.66  /* of the size for one line: what would be smaller takes more lines */
#define LINE_EM   27.0
#define WORDS_EM  34.0 /* what stands under the words of a shot */
#define HEAD_EM   34.0
#define LEAST_PX  10.5 /* nothing is lettered smaller that has room to be larger */
#define SMALLER   0.94 /* a card that is too tall tries again */
#define TRIES     16
#define LAST_S    5.0 /* a title stands no longer, however long its shot */
#define LEGAL_MPS 2.0 /* CR31.14.3 */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "overlay", 0, 0, NULL, "no memory");
}

static double em_px(const hm_overlay *o, double ref_px)
{
    return fmax(ref_px * o->card_scale, LEAST_PX);
}

/* ---- words ---- */

/* What a title says; "" = nothing. */
typedef struct title_words {
    const char *head, *title, *where, *wind, *wind_rule;
} title_words;

const char *ov_round_text(const hm_overlay *o, const char *round)
{
    static const struct {
        const char *en, *ja;
    } known[] = {{"final", "決勝"},
                 {"Final", "決勝"},
                 {"semi-final", "準決勝"},
                 {"Semi-final", "準決勝"},
                 {"heat", "予選"},
                 {"heats", "予選"},
                 {"Timed final", "タイムレース決勝"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0] && o->film->lang == HM_LANG_JA; i++)
        if (strcmp(round, known[i].en) == 0)
            return known[i].ja;
    return round;
}

static const char *joined(hm_overlay *o, const char *a, const char *b)
{
    if (!a || !b)
        return NULL;
    return !a[0] ? b : !b[0] ? a : hm_arena_printf(&o->arena, "%s  \xc2\xb7  %s", a, b);
}

static hm_status race_words(hm_overlay *o, title_words *w, hm_err *err)
{
    const hm_race *r = o->race;
    hm_lang lang = o->film->lang;
    char number[32];
    *w = (title_words){r->meet, r->event[0] ? r->event : "100 m", "", "", ""};
    w->where = joined(o, joined(o, ov_round_text(o, r->round), r->venue),
                      hm_lang_date(&o->arena, lang, r->date));
    ov_wind_text(number, r->wind_mps);
    if (r->has_wind) {
        bool is_legal = r->wind_mps <= LEGAL_MPS + 0.005;
        w->wind = film_say(&o->arena, lang, FILM_WORD_WIND, number, NULL, NULL);
        w->wind_rule = film_word(lang, is_legal ? FILM_WORD_WIND_LEGAL : FILM_WORD_WIND_AIDED);
    } else if (r->mode == HM_RACE_REPLAY) {
        w->wind_rule = film_word(lang, FILM_WORD_WIND_UNKNOWN);
    }
    if (r->mode == HM_RACE_SIMULATE)
        w->wind_rule = joined(o, w->wind_rule, film_word(lang, FILM_WORD_SIMULATED));
    return w->where && w->wind && w->wind_rule ? HM_OK : no_memory(err);
}

/* ---- letters ---- */

/* The title upside down under the line it stands on, fading with depth. */
static hm_status mirror(hm_overlay *o, const text_run *run, int32_t gap_px, text_run *out,
                        hm_err *err)
{
    *out = *run;
    size_t n = (size_t)run->w_px * (size_t)run->h_px;
    uint8_t *cover = HM_PUSH(&o->arena, uint8_t, n + 1);
    if (!cover)
        return no_memory(err);
    int32_t deep = 2 * run->h_px / 3; /* as far as it is seen */
    for (int32_t y = 0; y < deep; y++)
        for (int32_t x = 0; x < run->w_px; x++)
            cover[y * run->w_px + x] =
                (uint8_t)(run->cover[(run->h_px - 1 - y) * run->w_px + x] * (deep - y) / deep);
    out->cover = cover;
    out->y_px = 2 * gap_px - (run->y_px + run->h_px);
    return HM_OK;
}

/* How a card is lettered: sizes in reference px, all smaller by k. */
typedef struct lettering {
    double title_em, line_em, k;
} lettering;

/* A text in lines that keep their size: it is not made smaller to fit, it takes another line. */
static hm_status lines(hm_overlay *o, const text_spec *spec, const char *text, int32_t room,
                       int32_t max_line, text_block *b, hm_err *err)
{
    return text_draw_block(&o->text, spec, text, room, max_line, 0.9 * spec->em_px, spec->em_px,
                           spec->em_px, b, err);
}

static hm_status letter(hm_overlay *o, const title_words *w, const lettering *how, ov_title *t,
                        hm_err *err)
{
    const ov_palette *p = t->palette;
    int32_t x0, y0, x1, y1;
    ov_safe(o, &x0, &y0, &x1, &y1);
    text_spec big = {p->family, how->k * em_px(o, how->title_em), p->title_weight, p->track_em,
                     p->manner == OV_MANNER_CRAYON ? 0.05 : 0};
    text_spec small = {p->family, how->k * em_px(o, how->line_em), p->text_weight,
                       0.5 * p->track_em, 0};
    text_spec head = small;
    head.em_px = how->k * em_px(o, HEAD_EM);
    t->line_em_px = small.em_px;
    int32_t room = x1 - x0;
    /* a title stands flush by its ink, which may be wider than its advance */
    HM_TRY(text_draw_block(&o->text, &big, w->title, room - 4, 3, ONE_FRAC * big.em_px,
                           how->k * em_px(o, LONG_EM), how->k * em_px(o, 0.4 * LONG_EM), &t->title,
                           err));
    HM_TRY(lines(o, &head, w->head, room, 2, &t->head, err));
    HM_TRY(lines(o, &small, w->where, room, 3, &t->where, err));
    HM_TRY(text_draw_as(&o->text, &small, w->wind, room / 2, 0.7 * small.em_px, &t->wind, err));
    room -= t->wind.w_px > 0 ? t->wind.advance_px + (int32_t)small.em_px : 0;
    HM_TRY(lines(o, &small, w->wind_rule, room, 3, &t->wind_rule, err));
    return p->manner == OV_MANNER_WET && t->title.n > 0
               ? mirror(o, &t->title.line[t->title.n - 1], (int32_t)(0.17 * t->title.em_px),
                        &t->mirror, err)
               : HM_OK;
}

/* Heights of the rows, top to bottom: head, title, rule, where, wind. */
static int32_t rows(const ov_title *t, int32_t h[5])
{
    int32_t n_wind = t->wind_rule.n > 0 ? t->wind_rule.n : t->wind.w_px > 0;
    double line = 1.5 * t->line_em_px, em = t->title.em_px;
    bool is_wet = t->palette->manner == OV_MANNER_WET;
    h[0] = (int32_t)(1.7 * t->line_em_px * t->head.n);
    h[1] = (int32_t)(1.16 * em * t->title.n);
    h[2] = (int32_t)(is_wet ? fmax(0.55 * em, 0.8 * t->line_em_px) : 1.15 * t->line_em_px);
    h[3] = (int32_t)(line * t->where.n);
    h[4] = (int32_t)(line * n_wind);
    return h[0] + h[1] + h[2] + h[3] + h[4];
}

/* Brackets and accents are taller than capitals. */
static int32_t overhang(const ov_title *t)
{
    return (int32_t)(0.1 * t->title.em_px);
}

/* In the largest letters with which all of it stands in the safe area, and nothing is cut. */
static hm_status fit(hm_overlay *o, const title_words *w, bool has_own, ov_title *t, hm_err *err)
{
    lettering how = {has_own ? CARD_EM : TITLE_EM, has_own ? WORDS_EM : LINE_EM, 1};
    text_store was = o->text;
    int32_t x0, y0, x1, y1, h[5];
    ov_safe(o, &x0, &y0, &x1, &y1);
    for (int i = 0; i < TRIES; i++, how.k *= SMALLER) {
        int32_t mark = text_mark(&o->text);
        o->text.cut_count = was.cut_count; /* tries are not counted */
        o->text.split_count = was.split_count;
        o->text.unknown_glyph_count = was.unknown_glyph_count;
        HM_TRY(letter(o, w, &how, t, err));
        if (rows(t, h) <= y1 - y0 - overhang(t) && o->text.cut_count == was.cut_count)
            break;
        if (i + 1 < TRIES)
            text_was_try(&o->text, mark);
    }
    return HM_OK;
}

hm_status ov_title_texts(hm_overlay *o, hm_err *err)
{
    title_words race;
    HM_TRY(race_words(o, &race, err));
    for (int32_t i = 0; i < o->film->n_shot; i++) {
        const hm_shot *s = &o->film->shot[i];
        if (!(s->overlays & HM_OVERLAY_TITLE))
            continue;
        bool has_own = s->card.title && s->card.title[0];
        title_words own = {"", has_own ? s->card.title : "",
                           s->card.subtitle ? s->card.subtitle : "", "", ""};
        o->title[i] = HM_PUSH(&o->arena, ov_title, 1);
        if (!o->title[i])
            return no_memory(err);
        o->title[i]->palette = ov_palette_of(ov_look_of(o, i));
        HM_TRY(fit(o, has_own ? &own : &race, has_own, o->title[i], err));
    }
    return HM_OK;
}

/* ---- the card ---- */

/* A ground that grows out of nothing above the words, so that the picture shows at the top. */
static void wash(const hm_overlay *o, ov_list *l, const ov_palette *p, int32_t top)
{
    enum { STRIPS = 24 };
    const double full = 236;
    int32_t from = top - o->h_px / 3, was = from < 0 ? 0 : from;
    for (int i = 0; i < STRIPS; i++) {
        int32_t to = from + (int32_t)((int64_t)(top - from) * (i + 1) / STRIPS);
        double u = (i + 1.0) / STRIPS;
        if (to <= was)
            continue;
        ov_wash(l, 0, was, o->w_px, to - was, p->ground, (uint8_t)(full * u * u * (3 - 2 * u)));
        was = to;
    }
    ov_wash(l, 0, was, o->w_px, o->h_px - was, p->ground, (uint8_t)full);
}

/* Baseline of a row: capitals are about 0.73 em tall. */
static int32_t base(int32_t y, int32_t h, double em)
{
    return y + (int32_t)(0.5 * (h + 0.73 * em));
}

/* Lines of a block, the first of which is centred in a row of height h. */
static void block(ov_list *l, const text_block *b, int32_t x, int32_t y, int32_t h, double em,
                  ov_colour colour)
{
    int32_t each = b->n > 0 ? h / b->n : 0;
    for (int32_t i = 0; i < b->n; i++)
        ov_text(l, &b->line[i], x, base(y + i * each, each, em), colour);
}

/* Big letters have room on their left: they stand flush by their ink. */
static void big_title(const ov_title *t, ov_list *l, int32_t x0, int32_t y, int32_t h,
                      double since_s)
{
    const ov_palette *p = t->palette;
    double em = t->title.em_px;
    for (int32_t i = 0; i < t->title.n; i++) {
        const text_run *run = &t->title.line[i];
        int32_t each = h / t->title.n, x = x0 - run->x_px, at = base(y + i * each, each, em);
        if (p->manner == OV_MANNER_SMEAR)
            for (int k = 12; k > 0; k--) { /* what it leaves behind, less and less */
                double back = 0.055 * k * (0.3 + 0.7 * (1 - ov_ease(since_s, 1.6))) * em;
                ov_text_faint(l, run, x - (int32_t)back, at, k % 4 == 1 ? p->accent : p->ink,
                              (uint8_t)(70 / (1 + 0.35 * k)));
            }
        if (p->manner == OV_MANNER_WET && i + 1 == t->title.n)
            ov_text_faint(l, &t->mirror, x, at, p->ink, 88);
        ov_text(l, run, x, at, p->ink);
    }
}

void ov_title_card(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    const ov_title *t = o->title[m->i_shot];
    double left_s = m->shot->plain ? 1 : LAST_S - m->shot_t_s;
    if (left_s <= 0)
        return;
    l->fade = (uint8_t)(l->fade * (left_s < 0.4 ? left_s / 0.4 : 1));
    int32_t x0, y0, x1, y1, h[5], all = rows(t, h);
    ov_safe(o, &x0, &y0, &x1, &y1);
    int32_t y = m->shot->plain ? y0 + (int32_t)(0.44 * (y1 - y0 - all)) : y1 - all;
    y = y < y0 + overhang(t) ? y0 + overhang(t) : y;
    if (!m->shot->plain)
        wash(o, l, t->palette, y);
    ov_claim(l, x0, y - overhang(t), x1 - x0, y1 - y + overhang(t));
    uint8_t fade = l->fade;
    double em = t->line_em_px;
    l->fade = (uint8_t)(fade * ov_ease(m->shot_t_s - 0.05, 0.4));
    block(l, &t->head, x0, y, h[0], em, t->palette->soft);
    y += h[0];
    l->fade = (uint8_t)(fade * ov_ease(m->shot_t_s, 0.3));
    big_title(t, l, x0, y, h[1], m->shot_t_s);
    y += h[1];
    ov_rule(o, l, t->palette, x0, y, x1 - x0, ov_ease(m->shot_t_s - 0.1, 1.4));
    y += h[2];
    l->fade = (uint8_t)(fade * ov_ease(m->shot_t_s - 0.3, 0.5));
    block(l, &t->where, x0, y, h[3], em, t->palette->ink);
    y += h[3];
    int32_t row = t->wind_rule.n > 1 ? h[4] / t->wind_rule.n : h[4];
    int32_t x = x0 + ov_text(l, &t->wind, x0, base(y, row, em), t->palette->accent);
    x += t->wind.w_px > 0 ? (int32_t)em : 0;
    block(l, &t->wind_rule, x, y, h[4], em, t->palette->soft);
    l->fade = fade;
}
