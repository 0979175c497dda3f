/* overlay_credits.c - the closing credits: where the numbers come from, which were measured and
 * which the model filled in, what plays, what made it. As many lines as there is room for, in the
 * largest letters that hold them all. */
#include "film_words_priv.h"
#include "overlay_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TEXT_EM  32.0 /* reference px, at most */
#define LEAST_PX 5.5  /* rather small than not all of it */
#define SMALLER  0.94
#define LINE     1.34 /* em from line to line */
#define PART     0.75 /* em between parts */
#define NAMES    3    /* more people than this are counted, not named */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "overlay", 0, 0, NULL, "no memory");
}

/* ---- words ---- */

/* Paragraphs; a head begins a part. NULL = no memory. */
typedef struct script {
    hm_overlay *o;
    int32_t n, second; /* index of the first of the second column */
    bool is_head[OV_CREDIT_MAX];
    const char *text[OV_CREDIT_MAX];
    bool is_short; /* of memory */
} script;

static void put(script *s, bool is_head, const char *text)
{
    s->is_short |= !text;
    if (!text || !text[0] || s->n == OV_CREDIT_MAX)
        return;
    s->is_head[s->n] = is_head;
    s->text[s->n++] = text;
}

static const char *word(const script *s, film_word_id id)
{
    return film_word(s->o->film->lang, id);
}

static const char *say(script *s, film_word_id id, const char *a, const char *b, const char *c)
{
    const char *text = film_say(&s->o->arena, s->o->film->lang, id, a, b, c);
    s->is_short |= !text;
    return text ? text : "";
}

static const char *number(script *s, int32_t n)
{
    const char *text = hm_arena_printf(&s->o->arena, "%d", (int)n);
    s->is_short |= !text;
    return text ? text : "";
}

static const char *append(script *s, const char *list, const char *gap, const char *item)
{
    const char *text = list[0] ? hm_arena_printf(&s->o->arena, "%s%s%s", list, gap, item) : item;
    s->is_short |= !text;
    return text ? text : "";
}

static const char *gap_of(const script *s)
{
    return s->o->film->lang == HM_LANG_JA ? "、" : ", ";
}

static bool runs(const hm_lane *l)
{
    return l->status != HM_RUN_DNS;
}

/* Who lacks a value: names, a number, or all. "" = nobody. */
static const char *who_lacks(script *s, uint32_t bit)
{
    const hm_race *r = s->o->race;
    int32_t n = 0, n_run = 0;
    const char *names = "";
    for (int32_t i = 0; i < r->n_lane; i++) {
        n_run += runs(&r->lane[i]);
        if (!runs(&r->lane[i]) || !(r->lane[i].filled & bit))
            continue;
        const char *brief = ov_short_name(&s->o->arena, r->lane[i].name);
        if (++n <= NAMES)
            names = append(s, names, gap_of(s), brief ? brief : "");
    }
    return n == 0       ? ""
           : n == n_run ? word(s, FILM_WORD_CREDIT_EVERYBODY)
           : n <= NAMES ? names
                        : number(s, n);
}

static const char *measured(script *s)
{
    const hm_race *r = s->o->race;
    int32_t n_time = 0, n_reaction = 0, n_split = 0;
    for (int32_t i = 0; i < r->n_lane; i++) {
        const hm_lane *l = &r->lane[i];
        n_time += l->time_us > 0;
        n_reaction += runs(l) && l->reaction_s > 0 && !(l->filled & HM_FILLED_REACTION);
        for (int32_t k = 0; k < l->n_split; k++)
            n_split += l->split[k].measured && l->split[k].distance_m < 99.99;
    }
    return say(s, FILM_WORD_CREDIT_TIMES, number(s, n_time), number(s, n_reaction),
               number(s, n_split));
}

static const char *filled(script *s)
{
    static const struct {
        hm_filled bit;
        film_word_id word;
    } all[] = {{HM_FILLED_REACTION, FILM_WORD_CREDIT_REACTION},
               {HM_FILLED_SPLITS, FILM_WORD_CREDIT_SPLITS},
               {HM_FILLED_STATURE, FILM_WORD_CREDIT_STATURE},
               {HM_FILLED_MASS, FILM_WORD_CREDIT_MASS},
               {HM_FILLED_AGE, FILM_WORD_CREDIT_AGE},
               {HM_FILLED_SEX, FILM_WORD_CREDIT_SEX}};
    const char *list = "", *gap = s->o->film->lang == HM_LANG_JA ? "、" : "; ";
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        const char *who = who_lacks(s, all[i].bit);
        if (who[0])
            list =
                append(s, list, gap, say(s, FILM_WORD_CREDIT_OF, word(s, all[i].word), who, NULL));
    }
    return append(s, list, gap, word(s, FILM_WORD_CREDIT_ALL_STEPS));
}

static void write_numbers(script *s)
{
    const hm_race *r = s->o->race;
    put(s, true, word(s, FILM_WORD_CREDIT_NUMBERS));
    for (int32_t i = 0; i < r->sources.n && i < 24; i++)
        put(s, false, r->sources.text[i]);
    if (r->sources.n == 0)
        put(s, false, word(s, FILM_WORD_CREDIT_NO_SOURCE));
    if (r->mode == HM_RACE_SIMULATE) {
        put(s, false, word(s, FILM_WORD_SIMULATED));
        return;
    }
    put(s, true, word(s, FILM_WORD_CREDIT_MEASURED));
    put(s, false, measured(s));
    put(s, true, word(s, FILM_WORD_CREDIT_FILLED));
    put(s, false, filled(s));
}

static void write_rest(script *s)
{
    const hm_credits *c = &s->o->credits_of;
    char seed[32];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)s->o->film->seed);
    put(s, true, word(s, FILM_WORD_CREDIT_SOUND));
    put(s, false, word(s, FILM_WORD_CREDIT_SYNTHESIS));
    if (c->soundfont) {
        put(s, true, word(s, FILM_WORD_CREDIT_MUSIC));
        put(s, false, word(s, FILM_WORD_CREDIT_COMPOSED));
        put(s, false,
            say(s, FILM_WORD_CREDIT_FONT, c->soundfont,
                c->soundfont_licence ? c->soundfont_licence : "?", NULL));
    }
    put(s, true, word(s, FILM_WORD_CREDIT_MADE));
    put(s, false, c->program ? c->program : "Hectometre");
    put(s, false, say(s, FILM_WORD_CREDIT_SEED, s->o->film->look, seed, NULL));
    put(s, false, word(s, FILM_WORD_CREDIT_LIKENESS));
}

/* ---- lines ---- */

/* One column; *bottom is where it ends, in whole lines that fit above max_y. */
static hm_status set_column(hm_overlay *o, const script *s, int32_t from, int32_t to, double em_px,
                            int32_t x, int32_t w, int32_t max_y, int32_t *bottom, hm_err *err)
{
    ov_credits *c = o->credits;
    double y = *bottom;
    for (int32_t i = from; i < to; i++) {
        text_run line[8];
        int32_t n = 0;
        text_spec spec = {c->palette->family, em_px, s->is_head[i] ? 700 : c->palette->text_weight,
                          0, 0};
        y += s->is_head[i] && i > from ? PART * em_px : 0;
        HM_TRY(text_draw_lines(&o->text, &spec, s->text[i], w, 8, line, &n, err));
        for (int32_t k = 0; k < n && c->n < OV_CREDIT_MAX; k++, y += LINE * em_px)
            if (y + LINE * em_px <= max_y)
                c->line[c->n++] =
                    (ov_credit){line[k], x, (int32_t)(y + 1.02 * em_px), s->is_head[i]};
    }
    *bottom = (int32_t)ceil(y);
    return HM_OK;
}

/* All lines in one size. True: they fit. */
static hm_status set_lines(hm_overlay *o, const script *s, double em_px, bool *fits, hm_err *err)
{
    ov_credits *c = o->credits;
    int32_t w = c->right - c->left, y[2] = {c->top, c->top};
    bool two = o->w_px * 5 >= o->h_px * 6;
    int32_t left_w = two ? (int32_t)(0.62 * w) : w, x2 = c->left + (int32_t)(0.68 * w);
    c->n = 0;
    HM_TRY(set_column(o, s, 0, s->second, em_px, c->left, left_w, c->bottom, &y[0], err));
    if (two) {
        HM_TRY(set_column(o, s, s->second, s->n, em_px, x2, c->right - x2, c->bottom, &y[1], err));
    } else {
        y[0] += (int32_t)(PART * em_px);
        HM_TRY(set_column(o, s, s->second, s->n, em_px, c->left, w, c->bottom, &y[0], err));
    }
    int32_t end = y[0] > y[1] ? y[0] : y[1], spare = c->bottom - end;
    *fits = spare >= 0;
    for (int32_t i = 0; i < c->n && spare > 0; i++) /* a little above the middle */
        c->line[i].base_y += (int32_t)(0.42 * spare);
    return HM_OK;
}

hm_status ov_credit_texts(hm_overlay *o, hm_err *err)
{
    int32_t i = 0, n_unknown = 0;
    while (i < o->film->n_shot && !(o->film->shot[i].overlays & HM_OVERLAY_CREDITS))
        i++;
    if (i == o->film->n_shot)
        return HM_OK;
    o->credits = HM_PUSH(&o->arena, ov_credits, 1);
    script *s = HM_PUSH(&o->arena, script, 1);
    if (!o->credits || !s)
        return no_memory(err);
    ov_credits *c = o->credits;
    c->palette = ov_palette_of(ov_look_of(o, i));
    ov_safe(o, &c->left, &c->top, &c->right, &c->bottom);
    c->left++, c->right--; /* ink may begin before the pen */
    s->o = o;
    write_numbers(s);
    s->second = s->n;
    write_rest(s);
    if (s->is_short)
        return no_memory(err);
    bool fits = false;
    n_unknown = o->text.unknown_glyph_count;
    for (double em_px = fmax(TEXT_EM * o->card_scale, LEAST_PX); !fits; em_px *= SMALLER) {
        int32_t mark = text_mark(&o->text);
        o->text.unknown_glyph_count = n_unknown; /* tries are not counted */
        HM_TRY(set_lines(o, s, em_px, &fits, err));
        if (!fits && em_px * SMALLER < LEAST_PX) {
            o->text.cut_count++;
            break;
        }
        if (!fits)
            text_was_try(&o->text, mark);
    }
    return HM_OK;
}

void ov_credits_card(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    const ov_credits *c = o->credits;
    if (!m->shot->plain)
        ov_wash(l, 0, 0, o->w_px, o->h_px, c->palette->ground, 236);
    ov_claim(l, c->left - 1, c->top, c->right - c->left + 2, c->bottom - c->top);
    for (int32_t i = 0; i < c->n; i++)
        ov_text(l, &c->line[i].run, c->line[i].x, c->line[i].base_y,
                c->line[i].is_head ? c->palette->accent : c->palette->ink);
}
