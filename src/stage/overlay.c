/* overlay.c - the texts of a film, and which graphics stand in the picture when. */
#include "stage/overlay.h"

#include "film_words_priv.h"
#include "overlay_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FADE_S       0.22
#define BOARD_WAIT_S 1.5

/* ---- texts ---- */

/* What a name is called for short: of two words the second, with Han or kana the first, and no
 * initial. */
const char *ov_short_name(hm_arena *a, const char *name)
{
    const char *gap = strchr(name, ' ');
    if (!gap || strchr(gap + 1, ' ') || gap == name || !gap[1])
        return name;
    bool is_initial = gap[2] == '\0' || (gap[2] == '.' && gap[3] == '\0');
    if ((unsigned char)name[0] < 0xe3 && !is_initial)
        return gap + 1;
    return hm_arena_printf(a, "%.*s", (int)(gap - name), name);
}

static void join(char *buf, size_t n, const char *part)
{
    size_t used = strlen(buf);
    if (part[0] && used + 1 < n)
        snprintf(buf + used, n - used, "%s%s", used ? "  \xc2\xb7  " : "", part);
}

/* "JAM  -  PB 9.69  -  SB 9.86": what is known of him. */
static void tell_runner(const hm_lane *r, char *buf, size_t n)
{
    char time[16], part[24];
    buf[0] = '\0';
    join(buf, n, r->team);
    for (int k = 0; k < 2; k++) {
        double best_s = k ? r->sb_s : r->pb_s;
        if (!(best_s > 0))
            continue;
        ov_time_text(time, (int64_t)floor(best_s * 100 + 0.5), false);
        snprintf(part, sizeof part, "%s %s", k ? "SB" : "PB", time);
        join(buf, n, part);
    }
}

static hm_status lane_texts(hm_overlay *o, int32_t i, hm_err *err)
{
    static const char *const status[] = {"", "DNS", "DNF", "DQ"};
    const hm_lane *r = &o->race->lane[i];
    ov_lane_text *t = &o->lane[i];
    text_store *s = &o->text;
    const char *brief = ov_short_name(&o->arena, r->name);
    char card[256];
    if (!brief)
        return hm_err_set(err, HM_ERR_SYSTEM, "overlay", 0, 0, NULL, "no memory");
    HM_TRY(text_draw(s, TEXT_SMALL, brief, ov_px(o, 150), &t->tag, err));
    HM_TRY(text_draw(s, TEXT_SMALL, brief, ov_px(o, 160), &t->order, err));
    HM_TRY(text_draw(s, TEXT_BODY, r->name, ov_px(o, 416), &t->board, err));
    HM_TRY(text_draw(s, TEXT_CARD, r->name, ov_px(o, 640), &t->card, err));
    HM_TRY(text_draw(s, TEXT_BODY, r->team, ov_px(o, 130), &t->team, err));
    tell_runner(r, card, sizeof card);
    HM_TRY(text_draw(s, TEXT_BODY, card, ov_px(o, 640), &t->team_card, err));
    return text_draw(s, TEXT_BODY, status[r->status], ov_px(o, 90), &t->status, err);
}

static hm_status words(hm_overlay *o, hm_err *err)
{
    const hm_race *r = o->race;
    char board[512] = "", number[32];
    hm_lang lang = o->film->lang;
    const char *wind = "";
    const char *event = r->event[0] ? r->event : "100 m";
    join(board, sizeof board, event);
    join(board, sizeof board, ov_round_text(o, r->round));
    if (r->has_wind) {
        ov_wind_text(number, r->wind_mps);
        wind = film_say(&o->arena, lang, FILM_WORD_WIND, number, NULL, NULL);
    }
    if (!wind)
        return hm_err_set(err, HM_ERR_SYSTEM, "overlay", 0, 0, NULL, "no memory");
    const struct {
        ov_word word;
        text_style style;
        const char *text;
        double room;
    } all[OV_WORD_COUNT] = {{OV_WORD_WIND, TEXT_BODY, wind, 400},
                            {OV_WORD_BOARD, TEXT_BODY, board, 800},
                            {OV_WORD_REACTION, TEXT_SMALL, film_word(lang, FILM_WORD_REACTION), 0},
                            {OV_WORD_OFFICIAL, TEXT_SMALL, film_word(lang, FILM_WORD_OFFICIAL), 0},
                            {OV_WORD_REPLAY, TEXT_BODY, film_word(lang, FILM_WORD_REPLAY), 0},
                            {OV_WORD_WON_BY, TEXT_BODY, film_word(lang, FILM_WORD_WON_BY), 0},
                            {OV_WORD_PHOTO, TEXT_BODY, film_word(lang, FILM_WORD_PHOTO), 0},
                            {OV_WORD_RESULT, TEXT_BODY, film_word(lang, FILM_WORD_RESULT), 0},
                            {OV_WORD_SPEED, TEXT_SMALL, film_word(lang, FILM_WORD_SPEED), 0}};
    for (int i = 0; i < OV_WORD_COUNT; i++)
        HM_TRY(text_draw(&o->text, all[i].style, all[i].text, ov_px(o, all[i].room),
                         &o->word[all[i].word], err));
    return HM_OK;
}

/* ---- numbers ---- */

static bool comes_before(const hm_race *r, int32_t a, int32_t b)
{
    const hm_lane *la = &r->lane[a], *lb = &r->lane[b];
    return hm_result_key(la->place, la->status, la->lane) <
           hm_result_key(lb->place, lb->status, lb->lane);
}

static void sort_result(hm_overlay *o)
{
    for (int32_t i = 0; i < o->race->n_lane; i++) {
        int32_t at = i;
        for (; at > 0 && comes_before(o->race, i, o->result[at - 1]); at--)
            o->result[at] = o->result[at - 1];
        o->result[at] = i;
    }
    const hm_lane *first = &o->race->lane[o->result[0]];
    o->winner = first->place == 1 ? o->result[0] : -1;
}

/* Speed over +-2.5 m: what a gate every 5 m would read. */
static void measure_speed(const hm_curve *c, float speed_mps[OV_GRAPH_POINTS])
{
    for (int32_t k = 1; k < OV_GRAPH_POINTS; k++) {
        double at_m = 100.0 * k / (OV_GRAPH_POINTS - 1);
        double lo_m = fmax(at_m - 2.5, 0.05), hi_m = fmin(at_m + 2.5, 100);
        double lo_s = hm_curve_time_s(c, lo_m), hi_s = hm_curve_time_s(c, hi_m);
        speed_mps[k] = lo_s >= 0 && hi_s > lo_s ? (float)((hi_m - lo_m) / (hi_s - lo_s)) : 0;
    }
}

/* Splits at the marks, and speeds. */
static void measure(hm_overlay *o)
{
    const hm_rivals *rivals = o->film->rivals;
    for (int32_t i = 0; i < o->race->n_lane; i++) {
        const hm_curve *c = &o->race->lane[i].curve;
        bool is_running = o->race->lane[i].status != HM_RUN_DNS && c->n > 1;
        for (int32_t k = 0; k < OV_MARKS; k++)
            o->mark_s[i][k] = is_running ? hm_curve_time_s(c, 10.0 * (k + 1)) : -1;
        if (is_running)
            measure_speed(c, o->speed_mps[i]);
    }
    for (int32_t i = 0; i < o->ghosts.race.n_lane; i++)
        measure_speed(&o->ghosts.lane[i].curve, o->ghost_mps[i]);
    if (rivals && rivals->record.curve)
        measure_speed(rivals->record.curve, o->record_mps);
}

/* ---- new and destroy ---- */

static hm_status prepare(hm_overlay *o, const hm_overlay_opts *opts, hm_err *err)
{
    hm_status s = text_open(&o->text, o->scale, opts->letters, &o->arena, err);
    s = s == HM_OK ? words(o, err) : s;
    for (int32_t i = 0; i < o->race->n_lane && s == HM_OK; i++)
        s = lane_texts(o, i, err);
    sort_result(o);
    s = s == HM_OK ? ov_rival_texts(o, err) : s;
    s = s == HM_OK ? ov_title_texts(o, err) : s;
    s = s == HM_OK ? ov_credit_texts(o, err) : s;
    s = s == HM_OK ? ov_caption_texts(o, opts->burn, err) : s;
    text_close(&o->text);
    measure(o);
    if (s == HM_OK)
        ov_caption_places(o);
    return s;
}

hm_status hm_overlay_new(const hm_film *film, const hm_race *race, const hm_overlay_opts *opts,
                         hm_arena *arena, hm_notes *notes, hm_overlay **overlay, hm_err *err)
{
    int32_t w_px = opts->w_px, h_px = opts->h_px;
    HM_ASSERT(w_px >= 64 && h_px >= 64 && race->n_lane >= 1 && race->n_lane <= HM_LANE_MAX);
    hm_arena own;
    hm_arena_init(&own, (size_t)1 << 18);
    hm_overlay *o = HM_PUSH(&own, hm_overlay, 1);
    if (!o)
        return hm_err_set(err, HM_ERR_SYSTEM, "overlay", 0, 0, NULL, "no memory");
    o->arena = own;
    o->film = film;
    o->race = race;
    o->w_px = w_px;
    o->h_px = h_px;
    o->scale = fmin(w_px / 1280.0, h_px / 720.0);
    o->card_scale = sqrt((w_px / 1280.0) * (h_px / 720.0));
    o->credits_of = opts->credits;
    hm_status s = prepare(o, opts, err);
    if (s == HM_OK && o->text.unknown_glyph_count > 0 && arena)
        s = hm_notes_add(notes, arena,
                         "%d characters of the graphics have no glyph in the installed fonts; the "
                         "Debian package fonts-noto-cjk has the Japanese ones",
                         (int)o->text.unknown_glyph_count);
    if (s != HM_OK) {
        hm_overlay_destroy(o);
        return s;
    }
    *overlay = o;
    return HM_OK;
}

void hm_overlay_destroy(hm_overlay *o)
{
    if (!o)
        return;
    hm_arena a = o->arena; /* o lies in it */
    hm_arena_free(&a);
}

/* ---- one instant ---- */

static double ramp(double t_s)
{
    return t_s < 0 ? 0 : t_s > FADE_S ? 1 : t_s / FADE_S;
}

/* Fades at the ends of a run of shots that all have the graphic; whole in between. */
static uint8_t fade_of(const hm_overlay *o, const hm_moment *m, uint32_t bits)
{
    bool before = m->i_shot > 0 && (o->film->shot[m->i_shot - 1].overlays & bits);
    bool after = m->i_shot + 1 < o->film->n_shot && (o->film->shot[m->i_shot + 1].overlays & bits);
    double wait_s =
        bits == HM_OVERLAY_BOARD ? BOARD_WAIT_S : 0; /* first the place, then the board */
    double in = before ? 1 : ramp(m->shot_t_s - wait_s), out = after ? 1 : ramp(m->shot_left_s);
    return (uint8_t)(255 * (in < out ? in : out) + 0.5);
}

/* The runner whose card is due: each of the shot's runners in turn. */
static void lane_cards(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    double span_s = (m->shot_t_s + m->shot_left_s) / m->n_lane;
    int32_t i = (int32_t)(m->shot_t_s / span_s);
    i = i < m->n_lane ? i : m->n_lane - 1;
    double in_s = m->shot_t_s - i * span_s, fade = 2 * fmin(ramp(in_s), ramp(span_s - in_s));
    ov_begin(l, (uint8_t)(255 * (fade < 1 ? fade : 1)));
    if (l->fade > 0)
        ov_card(o, m->lane[i], false, l);
}

typedef void graphic_fn(const hm_overlay *o, const hm_moment *m, ov_list *l);

typedef struct graphic {
    uint32_t bits;
    graphic_fn *draw;
} graphic;

static void draw_all(const hm_overlay *o, const hm_moment *m, int n, const graphic all[],
                     ov_list *l)
{
    for (int i = 0; i < n; i++) {
        if (!(m->overlays & all[i].bits))
            continue;
        ov_begin(l, fade_of(o, m, all[i].bits));
        if (l->fade > 0)
            all[i].draw(o, m, l);
    }
}

static void name_card(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    const hm_lane *r = &o->race->lane[m->lane[0]];
    bool is_in = r->time_us > 0 && m->race_t_s >= 1e-6 * (double)r->time_us;
    ov_card(o, m->lane[0], is_in, l);
}

void overlay_lay_out_still(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    static const graphic still[] = {
        {HM_OVERLAY_CREDITS, ov_credits_card}, {HM_OVERLAY_BOARD, ov_board},
        {HM_OVERLAY_TITLE, ov_title_card},     {HM_OVERLAY_CLOCK, ov_clock},
        {HM_OVERLAY_SPEED, ov_speed},          {HM_OVERLAY_ORDER, ov_order},
        {HM_OVERLAY_REACTIONS, ov_reactions},  {HM_OVERLAY_REPLAY, ov_replay},
        {HM_OVERLAY_MARGIN, ov_margin},        {HM_OVERLAY_GRAPH, ov_graph},
        {HM_OVERLAY_LANE_CARD, lane_cards},    {HM_OVERLAY_NAME, name_card},
        {HM_OVERLAY_CLOCK, ov_record}};
    l->n_item = l->n_box = l->group = 0;
    draw_all(o, m, sizeof still / sizeof still[0], still, l);
}

/* What stands still comes first, then captions; what follows the picture gives way to both. Ghosts
 * are named wherever the clock runs. */
void overlay_lay_out(const hm_overlay *o, const hm_moment *m, ov_list *l)
{
    const uint32_t live = HM_OVERLAY_CLOCK | HM_OVERLAY_REPLAY;
    const uint32_t tags = HM_OVERLAY_TAGS | (o->ghosts.race.n_lane > 0 ? live : 0);
    const graphic moving[] = {{live, ov_record_line}, {tags, ov_tags}, {HM_OVERLAY_MARK, ov_mark}};
    overlay_lay_out_still(o, m, l);
    ov_begin(l, 255);
    ov_caption_now(o, m, l);
    draw_all(o, m, sizeof moving / sizeof moving[0], moving, l);
}

void hm_overlay_ground(const char *look, hm_picture *p)
{
    ov_colour c = ov_palette_of(look)->ground;
    for (int32_t y = 0; y < p->h_px; y++)
        for (int32_t x = 0; x < p->w_px; x++) {
            uint8_t *px = p->rgbx + (ptrdiff_t)y * p->stride + 4 * x;
            px[0] = c.r, px[1] = c.g, px[2] = c.b, px[3] = 255;
        }
}

void hm_overlay_draw(const hm_overlay *o, const hm_moment *m, hm_picture *picture)
{
    HM_ASSERT(picture->w_px == o->w_px && picture->h_px == o->h_px);
    ov_list l;
    overlay_lay_out(o, m, &l);
    overlay_paint(&l, picture);
}
