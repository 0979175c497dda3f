/* describe.c - a film told. First all that might be said is listed, with the span in which it is
 * true and how much it matters; then the calls are placed, the weightier first, where there is time
 * to speak them. */
#include "stage/describe.h"

#include "describe_words_priv.h"
#include "shots_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define CHAR_S    (1 / 15.5) /* to speak a letter */
#define SIGN_S    (1 / 7.0)  /* a Japanese sign, of one to two morae */
#define BREATH_S  0.35       /* before a text */
#define BETWEEN_S 0.30       /* from one text to the next */
#define STEPS_S   0.80       /* in the race: steps are heard between */
#define HUSH_S    0.25       /* before "set" all is said */
#define AFTER_S   1.0        /* nothing is said over the gun */
#define LEVEL_M   0.15       /* two are level: as close as the ear needs not tell them apart */
#define PASS_M    0.25       /* a lead that is one */
#define MOVE_M    0.25       /* a gap has grown or shrunk */

enum { CALL_MAX = 128, CARD_MAX = 16, CARD_WEIGHT = 99, CARD_AFTER_WEIGHT = 69 };

typedef struct call {
    double from_s, till_s;    /* film time: may begin from, must have ended till */
    double gap_s;             /* of silence around it */
    int32_t weight;           /* the more the sooner placed */
    const char *text, *brief; /* where there is no room for the text; NULL = nothing then */
} call;

typedef struct teller {
    const hm_film *film;
    const hm_race *race;
    hm_lang lang;
    hm_arena *arena;
    bool is_short; /* of memory */
    int32_t n;
    call call[CALL_MAX];
} teller;

static const char *const words[SAY_COUNT][HM_LANG_COUNT] = {
#define WORD(name, en, ja) [name] = {en, ja},
    DESCRIBE_WORDS(WORD)
#undef WORD
};

static const char *say(teller *t, say_id id, int n, const char *const part[])
{
    const char *text = hm_lang_fill(t->arena, words[id][t->lang], n, part);
    t->is_short |= !text;
    return text ? text : "";
}

#define SAY(t, id, ...)                                                                            \
    say(t, id, (int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)),                      \
        (const char *[]){__VA_ARGS__})

static const char *number(teller *t, const char *format, double v)
{
    const char *text = hm_arena_printf(t->arena, format, v);
    t->is_short |= !text;
    return text ? text : "";
}

/* n bytes of a text; n < 0 = all. */
static const char *piece(teller *t, const char *from, int n)
{
    const char *text = hm_arena_printf(t->arena, "%.*s", n < 0 ? (int)strlen(from) : n, from);
    t->is_short |= !text;
    return text ? text : "";
}

double hm_describe_spoken_s(const char *text)
{
    double s = BREATH_S;
    for (const unsigned char *p = (const unsigned char *)text; *p; p++)
        s += *p < 0x80 ? CHAR_S : *p >= 0xE0 ? SIGN_S : *p >= 0xC0 ? CHAR_S : 0;
    return s;
}

const char *hm_describe_beside(hm_arena *arena, hm_lang lang, const char *left, const char *right)
{
    return hm_lang_fill(arena, words[SAY_BESIDE][lang], 2, (const char *const[]){left, right});
}

static void add(teller *t, double from_s, double till_s, double gap_s, int32_t weight,
                const char *text)
{
    if (t->n < CALL_MAX && from_s >= 0 && text[0])
        t->call[t->n++] =
            (call){from_s, fmin(till_s, t->film->duration_s), gap_s, weight, text, NULL};
}

/* The same for who has less time: of the call that was added last. */
static void or_else(teller *t, const char *text, const char *brief)
{
    if (t->n > 0 && t->call[t->n - 1].text == text)
        t->call[t->n - 1].brief = brief;
}

/* When the film first shows a moment of the race at life's speed; < 0 = never. */
static double film_time(const teller *t, double race_s)
{
    for (int32_t i = 0; i < t->film->n_shot; i++) {
        const hm_shot *s = &t->film->shot[i];
        if (s->rate > 0.9 && race_s >= s->race_from_s && race_s < s->race_to_s)
            return s->from_s + (race_s - s->race_from_s) / s->rate;
    }
    return -1;
}

/* The family name of Latin names is the last word that is no initial, of others the first; who
 * shares it, and who has one word only, keeps the whole. */
static const char *short_name(teller *t, const hm_lane *l)
{
    const char *space = strrchr(l->name, ' ');
    if (!space)
        return l->name;
    bool latin = (unsigned char)l->name[0] < 0xE0;
    const char *first = strchr(l->name, ' ');
    latin &= space[1] && space[2] != '.'; /* nobody is called by an initial */
    const char *word = latin ? piece(t, space + 1, -1) : piece(t, l->name, (int)(first - l->name));
    for (int32_t i = 0; i < t->race->n_lane; i++) {
        const hm_lane *o = &t->race->lane[i];
        if (o != l && strstr(o->name, word))
            return l->name;
    }
    return word;
}

/* ---- before the race ---- */

static const char *joined(teller *t, say_id by, int n, const char *const part[])
{
    const char *text = "";
    for (int i = 0; i < n; i++) {
        const char *more = hm_arena_printf(
            t->arena, "%s%s%s", text, text[0] && part[i][0] ? words[by][t->lang] : "", part[i]);
        t->is_short |= !more;
        text = more ? more : text;
    }
    return text;
}

static const char *names_in_a_row(teller *t, bool brief)
{
    const hm_race *r = t->race;
    const char *name[HM_LANE_MAX];
    for (int32_t i = 0; i < r->n_lane; i++)
        name[i] = brief ? short_name(t, &r->lane[i]) : r->lane[i].name;
    const char *text =
        SAY(t, SAY_LANES, number(t, "%.0f", r->lane[0].lane),
            number(t, "%.0f", r->lane[r->n_lane - 1].lane), joined(t, SAY_COMMA, r->n_lane, name));
    return SAY(t, SAY_END, text);
}

/* Who runs where, some names a text, as long as there is time: whole lists, or names alone. */
static void tell_lanes(teller *t, double from_s, double till_s)
{
    const char *name[HM_LANE_MAX];
    const hm_race *r = t->race;
    bool in_a_row = r->n_lane > 2;
    double plain_s = 0;
    for (int32_t i = 0; i < r->n_lane; i++) {
        const hm_lane *l = &r->lane[i];
        const char *no = number(t, "%.0f", l->lane);
        name[i] = l->status == HM_RUN_DNS ? SAY(t, SAY_ABSENT, no) : SAY(t, SAY_LANE, no, l->name);
        plain_s += hm_describe_spoken_s(name[i]) + 2 * CHAR_S;
        in_a_row &= l->status != HM_RUN_DNS && l->lane == r->lane[0].lane + i;
    }
    if (in_a_row && plain_s > till_s - from_s) {
        const char *text = names_in_a_row(t, false);
        add(t, from_s, till_s, BETWEEN_S, 80, text);
        or_else(t, text, names_in_a_row(t, true));
        return;
    }
    for (int32_t i = 0; i < r->n_lane; i += 3) {
        int n = r->n_lane - i < 3 ? r->n_lane - i : 3;
        const char *text = SAY(t, SAY_END, joined(t, SAY_COMMA, n, name + i));
        add(t, from_s, till_s, BETWEEN_S, 80 - i, text);
        from_s += hm_describe_spoken_s(text) + BETWEEN_S;
    }
}

static bool has_end(const char *text)
{
    static const char *const end[] = {".", "!", "?", "\xe2\x80\x9d", "。", "」", "！", "？"};
    size_t n = strlen(text);
    for (size_t i = 0; i < sizeof end / sizeof end[0]; i++)
        if (n >= strlen(end[i]) && strcmp(text + n - strlen(end[i]), end[i]) == 0)
            return true;
    return false;
}

/* As it is spoken: sentences, one after the other. */
static const char *sentence(teller *t, const char *text)
{
    return !text[0] || has_end(text) ? text : SAY(t, SAY_END, text);
}

/* Without what only the eye needs: dots between the parts of a line. */
static const char *plain_text(teller *t, const char *text)
{
    static const char dot[] = "  \xc2\xb7  ";
    const char *made = "";
    for (const char *at; (at = strstr(text, dot)) != NULL; text = at + strlen(dot))
        made = hm_arena_printf(t->arena, "%s%.*s%s", made ? made : "", (int)(at - text), text,
                               words[SAY_COMMA][t->lang]);
    made = made ? hm_arena_printf(t->arena, "%s%s", made, text) : NULL;
    t->is_short |= !made;
    return made ? made : "";
}

static bool is_quote(const char *text)
{
    return strncmp(text, "\xe2\x80\x9c", 3) == 0 || strncmp(text, "「", 3) == 0;
}

typedef struct spoken_card {
    double from_s;
    const char *head, *whole; /* head: what cannot be left out; of words, who says them too */
} spoken_card;

static spoken_card card_of(teller *t, const hm_shot *s)
{
    const hm_film_card *c = &s->card;
    const char *head = sentence(t, plain_text(t, c->title));
    const char *more = c->subtitle ? sentence(t, plain_text(t, c->subtitle)) : "";
    const char *gap = more[0] && t->lang != HM_LANG_JA ? " " : "";
    const char *whole = hm_arena_printf(t->arena, "%s%s%s", head, gap, more);
    t->is_short |= !whole;
    whole = whole ? whole : "";
    return (spoken_card){s->from_s + 0.15, is_quote(c->title) ? whole : head, whole};
}

/* Words that a shot of from_s .. till_s brings along are read out, in order, as soon as they stand
 * there: whole where the rest still has room, else their heads. Returns when the last has ended. */
static double tell_cards(teller *t, double from_s, double till_s, int32_t weight)
{
    spoken_card card[CARD_MAX];
    double at_s = from_s, rest_s = 0;
    int32_t n = 0;
    for (int32_t i = 0; i < t->film->n_shot && n < CARD_MAX; i++) {
        const hm_shot *s = &t->film->shot[i];
        bool has_words = (s->overlays & HM_OVERLAY_TITLE) && s->card.title && s->card.title[0];
        if (has_words && s->from_s >= from_s && s->from_s < till_s)
            card[n++] = card_of(t, s);
    }
    for (int32_t i = 0; i < n; i++)
        rest_s += hm_describe_spoken_s(card[i].head) + BETWEEN_S;
    for (int32_t i = 0; i < n; i++) {
        double whole_s = hm_describe_spoken_s(card[i].whole) + BETWEEN_S;
        rest_s -= hm_describe_spoken_s(card[i].head) + BETWEEN_S;
        at_s = fmax(at_s, card[i].from_s);
        const char *text = at_s + whole_s + rest_s <= till_s ? card[i].whole : card[i].head;
        add(t, at_s, till_s, BETWEEN_S, weight - i, text);
        at_s += hm_describe_spoken_s(text) + BETWEEN_S;
    }
    return at_s;
}

static void tell_before(teller *t)
{
    const hm_race *r = t->race;
    double set_s = film_time(t, HM_SET_S);
    double gun_s = film_time(t, 0);
    double till_s = set_s >= 0   ? set_s - HUSH_S
                    : gun_s >= 0 ? fmax(t->film->shot[0].to_s, gun_s - 1)
                                 : t->film->duration_s; /* no race, only words */
    double at_s = tell_cards(t, 0, till_s, CARD_WEIGHT);
    at_s = fmax(at_s, 0.3);
    if (till_s >= t->film->duration_s)
        return;
    const char *head[] = {r->meet, r->event, r->round};
    const char *title = joined(t, SAY_COMMA, 3, head);
    if (title[0]) {
        title = SAY(t, SAY_RACE, title);
        add(t, at_s, till_s, BETWEEN_S, 100, title);
        at_s += hm_describe_spoken_s(title) + BETWEEN_S;
    }
    if (strcmp(t->film->look, "sound") == 0 && r->n_lane > 1) {
        const char *face = SAY(t, SAY_FACE, number(t, "%.0f", r->lane[0].lane),
                               number(t, "%.0f", r->lane[r->n_lane - 1].lane));
        add(t, at_s, till_s, BETWEEN_S, 90, face);
        at_s += hm_describe_spoken_s(face) + BETWEEN_S;
    }
    tell_lanes(t, at_s, till_s);
    bool stand = r->n_lane > 0 && r->lane[0].start.standing;
    add(t, film_time(t, -8.0), till_s, BETWEEN_S, 10, SAY(t, stand ? SAY_STAND : SAY_MARKS, ""));
}

/* ---- the race ---- */

typedef struct order {
    const hm_lane *first, *second; /* NULL = there is none */
    double gap_m;
} order;

static order order_at(const hm_race *r, double t_s)
{
    order o = {0};
    double x1 = -1, x2 = -1;
    for (int32_t i = 0; i < r->n_lane; i++) {
        const hm_lane *l = &r->lane[i];
        double x = l->curve.n > 1 ? hm_curve_x_m(&l->curve, t_s) : -1;
        if (x > x1) {
            x2 = x1, o.second = o.first;
            x1 = x, o.first = l;
        } else if (x > x2) {
            x2 = x, o.second = l;
        }
    }
    o.gap_m = o.second ? x1 - x2 : 0;
    return o;
}

static const char *gap_words(teller *t, double gap_m)
{
    if (gap_m < 0.95)
        return SAY(t, SAY_CM, number(t, "%.0f", 10 * floor(10 * gap_m + 0.5)));
    if (gap_m < 1.05)
        return SAY(t, SAY_ONE_M, "");
    return SAY(t, SAY_M, number(t, gap_m < 3 ? "%.1f" : "%.0f", gap_m));
}

/* One mark; what has changed since the mark before is said first. */
static void tell_mark(teller *t, double at_m, double before_m, double line_s, int32_t weight)
{
    double t_s = shots_leader_s(t->race, at_m), at_s = film_time(t, t_s);
    order o = order_at(t->race, t_s), old = order_at(t->race, shots_leader_s(t->race, before_m));
    if (!o.first || t_s >= line_s || at_s < 0)
        return;
    const char *m = number(t, "%.0f", at_m), *gap = gap_words(t, o.gap_m);
    const char *a = short_name(t, o.first), *b = o.second ? short_name(t, o.second) : "", *text;
    bool same = o.first == old.first && o.second == old.second;
    if (!o.second)
        text = SAY(t, SAY_ALONE, m, a);
    else if (o.gap_m < LEVEL_M)
        text = SAY(t, SAY_LEVEL, m, a, b);
    else if (same && old.gap_m >= LEVEL_M && o.gap_m > old.gap_m + MOVE_M)
        text = SAY(t, SAY_AWAY_FROM, m, a, b, gap);
    else if (same && o.gap_m < old.gap_m - MOVE_M)
        text = SAY(t, SAY_CLOSES, m, a, b, gap);
    else
        text = SAY(t, SAY_LEADS, m, a, b, gap);
    /* late by a second at most: then the mark is gone; and silent before the line */
    add(t, at_s, fmin(at_s + 1.0 + hm_describe_spoken_s(text), film_time(t, line_s - 0.01)),
        STEPS_S, weight, text);
    if (o.second && o.gap_m >= LEVEL_M)
        or_else(t, text, SAY(t, SAY_BRIEF, m, a, b, gap));
}

/* The lead goes over: said when it is one. */
static void tell_changes(teller *t, double line_s)
{
    const hm_lane *now = NULL;
    double begin_s = shots_leader_s(t->race, 10);
    for (double t_s = begin_s; t_s < line_s; t_s += 0.02) {
        order o = order_at(t->race, t_s);
        if (!o.first || o.first == now)
            continue;
        double over_m =
            now ? hm_curve_x_m(&o.first->curve, t_s) - hm_curve_x_m(&now->curve, t_s) : o.gap_m;
        if (over_m < PASS_M)
            continue;
        if (now) {
            const char *text = SAY(t, SAY_PASSES, short_name(t, o.first), short_name(t, now));
            double at_s = film_time(t, t_s);
            add(t, at_s, fmin(at_s + 0.8 + hm_describe_spoken_s(text), film_time(t, line_s - 0.01)),
                STEPS_S, 60, text);
        }
        now = o.first;
    }
}

static void tell_stops(teller *t)
{
    for (int32_t i = 0; i < t->race->n_lane; i++) {
        const hm_lane *l = &t->race->lane[i];
        double at_s = l->status == HM_RUN_DNF ? film_time(t, l->end_s) : -1;
        add(t, at_s, at_s + 4, STEPS_S, 50, SAY(t, SAY_STOPS, short_name(t, l)));
    }
}

static void tell_race(teller *t)
{
    double line_s = shots_finish_s(t->race, false), away_s = shots_leader_s(t->race, 6);
    order o = order_at(t->race, away_s);
    double at_s = film_time(t, away_s);
    if (o.first)
        add(t, at_s, at_s + 3, STEPS_S, 45,
            o.second && o.gap_m < LEVEL_M ? SAY(t, SAY_AWAY_LEVEL, "")
                                          : SAY(t, SAY_AWAY, short_name(t, o.first)));
    tell_changes(t, line_s);
    tell_mark(t, 60, 30, line_s, 40);
    tell_mark(t, 30, 10, line_s, 38);
    tell_mark(t, 80, 60, line_s, 36);
    for (int m = 20; m <= 90; m += 10)
        if (m != 30 && m != 60 && m != 80)
            tell_mark(t, m, m - 10, line_s, 20);
    tell_stops(t);
}

/* ---- the end ---- */

static const hm_lane *by_place(const hm_race *race, int32_t place)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].place == place)
            return &race->lane[i];
    return NULL;
}

static const char *time_text(teller *t, const hm_lane *l)
{
    return number(t, "%.2f", l->official_cs / 100.0);
}

typedef struct item {
    const char *text;
    double from_s; /* known from this film time on */
} item;

static item item_of(teller *t, const hm_lane *l)
{
    const char *name = short_name(t, l);
    if (l->place > 0)
        return (item){SAY(t, SAY_PLACE, number(t, "%.0f", l->place), name, time_text(t, l)),
                      film_time(t, 1e-6 * (double)l->time_us) + 0.5};
    say_id id = l->status == HM_RUN_DQ ? SAY_DQ : SAY_DNF;
    return (item){SAY(t, id, name), film_time(t, shots_finish_s(t->race, true)) + 0.5};
}

/* Everybody in the order of the result; who did not start was told before. */
static int list_result(teller *t, item out[HM_LANE_MAX])
{
    int n = 0;
    for (int pass = 0; pass < 2; pass++)
        for (int32_t place = pass ? 0 : 1; place <= (pass ? 0 : t->race->n_lane); place++)
            for (int32_t i = 0; i < t->race->n_lane; i++) {
                const hm_lane *l = &t->race->lane[i];
                if (l->place == place && l->status != HM_RUN_DNS)
                    out[n++] = item_of(t, l);
            }
    return n;
}

/* Two a text. */
static void tell_list(teller *t, double from_s)
{
    item list[HM_LANE_MAX];
    int n = list_result(t, list);
    for (int i = 0; i < n; i += 2) {
        const char *two[] = {list[i].text, i + 1 < n ? list[i + 1].text : ""};
        const char *text = SAY(t, SAY_END, joined(t, SAY_NEXT, i + 1 < n ? 2 : 1, two));
        from_s = fmax(from_s, fmax(list[i].from_s, i + 1 < n ? list[i + 1].from_s : 0));
        add(t, from_s, t->film->duration_s, 0.1, 65 - i, text);
        from_s += hm_describe_spoken_s(text) + 0.1;
    }
}

static void tell_result(teller *t)
{
    double line_s = shots_finish_s(t->race, false), at_s = film_time(t, line_s);
    const hm_lane *w = by_place(t->race, 1);
    order o = order_at(t->race, line_s);
    if (at_s < 0) /* the film does not show it */
        return;
    const char *home = w && (!o.first || o.first == w || o.gap_m < LEVEL_M)
                           ? SAY(t, SAY_WINS, w->name, time_text(t, w))
                       : o.first ? SAY(t, SAY_FIRST_HOME, o.first->name)
                                 : SAY(t, SAY_NOBODY, "");
    add(t, at_s + 0.3, t->film->duration_s, BETWEEN_S, 70, home);
    for (int32_t i = 0; i < t->film->n_shot; i++)
        if (t->film->shot[i].overlays & HM_OVERLAY_REPLAY)
            add(t, t->film->shot[i].from_s, t->film->shot[i].to_s, BETWEEN_S, 68,
                SAY(t, SAY_REPLAY, ""));
    tell_cards(t, at_s + 0.3, t->film->duration_s, CARD_AFTER_WEIGHT);
    tell_list(t, at_s + 0.3 + hm_describe_spoken_s(home) + BETWEEN_S);
}

/* ---- placing ---- */

/* Silence that must stay: from before "set" to after the gun, in film time. */
static bool in_hush(const teller *t, double from_s, double to_s)
{
    double set_s = film_time(t, HM_SET_S), gun_s = film_time(t, 0);
    double lo = set_s >= 0 ? set_s - HUSH_S + 1e-6 : gun_s - 1, hi = gun_s + AFTER_S;
    return gun_s >= 0 && from_s < hi && to_s > lo;
}

/* The first instant in the call's span at which a text can be spoken whole; < 0 = there is none. */
static double room_for(const teller *t, const call *c, const char *text, const hm_text_track *track)
{
    double need_s = hm_describe_spoken_s(text), at_s = c->from_s;
    for (int32_t i = 0; i < track->n_cue; i++) {
        const hm_cue *q = &track->cue[i];
        if (at_s + need_s + c->gap_s <= q->from_s + 1e-6)
            break;
        if (at_s < q->to_s + c->gap_s)
            at_s = q->to_s + c->gap_s;
    }
    if (at_s + need_s > c->till_s + 1e-9 || in_hush(t, at_s, at_s + need_s))
        return -1;
    return at_s;
}

hm_status hm_film_describe(const hm_film *film, const hm_race *race, hm_lang lang, hm_arena *arena,
                           hm_text_track *out, hm_err *err)
{
    teller *t = HM_PUSH(arena, teller, 1);
    hm_text_track track = {.kind = HM_TEXT_DESCRIPTION, .lang = lang};
    if (!t)
        return hm_err_set(err, HM_ERR_SYSTEM, "description", 0, 0, NULL, "no memory");
    *t = (teller){.film = film, .race = race, .lang = lang, .arena = arena};
    track.title = words[SAY_TITLE_OF_TRACK][lang];
    tell_before(t);
    tell_race(t);
    tell_result(t);
    if (t->is_short)
        return hm_err_set(err, HM_ERR_SYSTEM, "description", 0, 0, NULL, "no memory");
    size_t cap = 0;
    for (int32_t weight = 100; weight > 0; weight--)
        for (int32_t i = 0; i < t->n; i++) {
            const call *c = &t->call[i];
            const char *text = c->text;
            double at_s = c->weight == weight ? room_for(t, c, text, &track) : -1;
            if (at_s < 0 && c->weight == weight && c->brief) {
                text = c->brief;
                at_s = room_for(t, c, text, &track);
            }
            if (at_s >= 0)
                HM_TRY(hm_text_track_add(&track, &cap, arena, at_s,
                                         at_s + hm_describe_spoken_s(text), text, err));
        }
    *out = track;
    return HM_OK;
}
