/* overlay_title.c - the title card: what race this is, where, when, in what wind; or the words that
 * a shot brings along. Lettered as its look is drawn. */
#include "film_words_priv.h"
#include "overlay_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TITLE_EM  112.0 /* reference px */
#define CARD_EM   92.0  /* words of a shot are longer than "100 m" */
#define LINE_EM   27.0
#define HEAD_EM   34.0
#define LEAST_PX  10.5 /* nothing is lettered smaller, whatever the picture's size */
#define LAST_S    5.0  /* a title stands no longer, however long its shot */
#define LEGAL_MPS 2.0  /* CR31.14.3 */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "overlay", 0, 0, NULL, "no memory");
}

static double em_px(const hm_overlay *o, double ref_px)
{
    return fmax(ref_px * o->scale, LEAST_PX);
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

static hm_status letter(hm_overlay *o, const title_words *w, double title_em, ov_title *t,
                        hm_err *err)
{
    const ov_palette *p = t->palette;
    int32_t x0, y0, x1, y1;
    ov_safe(o, &x0, &y0, &x1, &y1);
    text_spec big = {p->family, em_px(o, title_em), p->title_weight, p->track_em,
                     p->manner == OV_MANNER_CRAYON ? 0.05 : 0};
    text_spec small = {p->family, em_px(o, LINE_EM), p->text_weight, 0.5 * p->track_em, 0};
    text_spec head = small;
    head.em_px = em_px(o, HEAD_EM);
    t->em_px = big.em_px;
    t->line_em_px = small.em_px;
    int32_t room = x1 - x0;
    HM_TRY(text_draw_as(&o->text, &big, w->title, room, 0.35 * big.em_px, &t->title, err));
    HM_TRY(text_draw_as(&o->text, &head, w->head, room, 0.6 * head.em_px, &t->head, err));
    HM_TRY(text_draw_as(&o->text, &small, w->where, room, 0.7 * small.em_px, &t->where, err));
    HM_TRY(text_draw_as(&o->text, &small, w->wind, room / 2, 0.7 * small.em_px, &t->wind, err));
    room -= t->wind.advance_px + (int32_t)small.em_px;
    HM_TRY(
        text_draw_as(&o->text, &small, w->wind_rule, room, 0.5 * small.em_px, &t->wind_rule, err));
    return p->manner == OV_MANNER_WET && t->title.w_px > 0
               ? mirror(o, &t->title, (int32_t)(0.17 * t->em_px), &t->mirror, err)
               : HM_OK;
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
        HM_TRY(letter(o, has_own ? &own : &race, has_own ? CARD_EM : TITLE_EM, o->title[i], err));
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

/* Heights of the rows, top to bottom: head, title, rule, where, wind. */
static int32_t rows(const ov_title *t, int32_t h[5])
{
    bool has_wind = t->wind.w_px > 0 || t->wind_rule.w_px > 0;
    double line = 1.5 * t->line_em_px;
    h[0] = t->head.w_px > 0 ? (int32_t)(1.7 * t->line_em_px) : 0;
    h[1] = (int32_t)(1.16 * t->em_px);
    h[2] = (int32_t)(t->palette->manner == OV_MANNER_WET ? 0.55 * t->em_px : 1.15 * t->line_em_px);
    h[3] = t->where.w_px > 0 ? (int32_t)line : 0;
    h[4] = has_wind ? (int32_t)line : 0;
    return h[0] + h[1] + h[2] + h[3] + h[4];
}

/* Baseline of a row: capitals are about 0.73 em tall. */
static int32_t base(int32_t y, int32_t h, double em)
{
    return y + (int32_t)(0.5 * (h + 0.73 * em));
}

static void big_title(const ov_title *t, ov_list *l, int32_t x, int32_t y, double since_s)
{
    const ov_palette *p = t->palette;
    if (p->manner == OV_MANNER_SMEAR)
        for (int k = 12; k > 0; k--) { /* what it leaves behind, less and less */
            double back = 0.055 * k * (0.3 + 0.7 * (1 - ov_ease(since_s, 1.6))) * t->em_px;
            ov_text_faint(l, &t->title, x - (int32_t)back, y, k % 4 == 1 ? p->accent : p->ink,
                          (uint8_t)(70 / (1 + 0.35 * k)));
        }
    if (p->manner == OV_MANNER_WET)
        ov_text_faint(l, &t->mirror, x, y, p->ink, 88);
    ov_text(l, &t->title, x, y, p->ink);
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
    y = y < y0 ? y0 : y;
    if (!m->shot->plain)
        wash(o, l, t->palette, y);
    ov_claim(l, x0, y, x1 - x0, y1 - y);
    uint8_t fade = l->fade;
    l->fade = (uint8_t)(fade * ov_ease(m->shot_t_s - 0.05, 0.4));
    ov_text(l, &t->head, x0, base(y, h[0], t->line_em_px), t->palette->soft);
    y += h[0];
    l->fade = (uint8_t)(fade * ov_ease(m->shot_t_s, 0.3));
    /* big letters have room on their left: they stand flush by their ink */
    big_title(t, l, x0 - t->title.x_px, base(y, h[1], t->em_px), m->shot_t_s);
    y += h[1];
    ov_rule(o, l, t->palette, x0, y, x1 - x0, ov_ease(m->shot_t_s - 0.1, 1.4));
    y += h[2];
    l->fade = (uint8_t)(fade * ov_ease(m->shot_t_s - 0.3, 0.5));
    ov_text(l, &t->where, x0, base(y, h[3], t->line_em_px), t->palette->ink);
    y += h[3];
    int32_t x = x0 + ov_text(l, &t->wind, x0, base(y, h[4], t->line_em_px), t->palette->accent);
    x += t->wind.w_px > 0 ? (int32_t)t->line_em_px : 0;
    ov_text(l, &t->wind_rule, x, base(y, h[4], t->line_em_px), t->palette->soft);
    l->fade = fade;
}
