/* score_theme.c - the trumpets: the leader's motif, and against it the motif of who attacks him. */
#include "score_priv.h"

#include <math.h>
#include <string.h>

enum { VOICE_MAX = 24, BASE = 57 /* tonic of the trumpets from A3 on */, TOP = 82, BOTTOM = 55 };

#define DUEL_M  0.6
#define HAND_S  0.004 /* players are not machines (stage notes) */
#define LONG    3     /* halves: longer notes belong to the harmony */
#define TOUCH   0.86  /* share of its time that a note sounds */
#define CLASH_S 0.03
#define SOFT    62.0

/** A tune as it will be played. */
typedef struct line {
    int32_t n;
    double on_s[VOICE_MAX], off_s[VOICE_MAX];
    int32_t key[VOICE_MAX];
} line;

/** One statement of a motif: beats first .. end - 1. */
typedef struct statement {
    int32_t first, end; /* beats */
    int32_t leader;
    int32_t rival; /* -1 = nobody */
    double gap_m, tension;
    int32_t shift; /* degrees up */
} statement;

static double section_end_s(const hm_score *s, double at_s)
{
    int32_t i = 0;
    while (i + 1 < s->n_section && at_s >= s->section[i + 1].from_s - 1e-9)
        i++;
    return s->section[i].to_s;
}

/* Film time of a place in a statement: not behind its last beat, nor behind the line. */
static double beat_s(const score_plan *p, const statement *st, int32_t halves)
{
    double end_s = fmin(score_half_s(p, st->first, 2 * (st->end - st->first)),
                        section_end_s(p->s, p->s->beat[st->first].at_s));
    return fmin(score_half_s(p, st->first, halves), end_s);
}

/* Long notes are tones of the harmony under their middle, short ones pass through the scale. */
static int32_t settle(const hm_score_chord *c, int32_t degree, int32_t halves, bool last)
{
    return halves >= LONG || last ? score_to_chord(c, degree) : degree;
}

/* A motif from its degrees to keys, `shift` degrees up, cut at the statement's end. */
static line sing(const score_plan *p, const statement *st, const hm_motif *m, int32_t shift)
{
    line v = {0};
    int32_t at = 0, room = 2 * (st->end - st->first);
    for (int32_t i = 0; i < m->n && at < room; i++) {
        int32_t len = m->length[i] < room - at ? m->length[i] : room - at;
        double on_s = beat_s(p, st, at), to_s = beat_s(p, st, at + len);
        const hm_score_chord *c = hm_score_chord_at(p->s, 0.5 * (on_s + to_s));
        int32_t degree = settle(c, m->degree[i] + shift, len, i + 1 == m->n);
        v.on_s[v.n] = on_s;
        v.off_s[v.n] = on_s + TOUCH * (to_s - on_s);
        v.key[v.n++] = score_degree_key(c, BASE, degree);
        at += len;
    }
    return v;
}

static int32_t highest(const line *v)
{
    int32_t top = 0;
    for (int32_t i = 0; i < v->n; i++)
        top = v->key[i] > top ? v->key[i] : top;
    return top;
}

/* The whole tune down by octaves where it would be too high, up where too low. */
static void seat(line *v)
{
    int32_t low = 127;
    for (int32_t i = 0; i < v->n; i++)
        low = v->key[i] < low ? v->key[i] : low;
    int32_t move = highest(v) > TOP ? -12 : low < BOTTOM && highest(v) <= TOP - 12 ? 12 : 0;
    for (int32_t i = 0; i < v->n; i++)
        v->key[i] += move;
}

/* ---- the second voice ---- */

/* What of the first voice sounds at an instant; -1 = nothing. */
static int32_t sounding(const line *v, double at_s)
{
    for (int32_t i = 0; i < v->n; i++)
        if (at_s >= v->on_s[i] - 1e-9 && at_s < v->off_s[i])
            return v->key[i];
    return -1;
}

/* The key nearest to the wish, in the scale, that goes with the first voice. */
static int32_t answer(const hm_score_chord *c, int32_t wish, int32_t above)
{
    for (int32_t k = 0; k < 8; k++)
        for (int32_t sign = -1; sign <= 1; sign += 2) {
            int32_t key = score_degree_key(c, BASE - 5, wish + sign * k);
            if (key >= BOTTOM && key <= TOP && (above < 0 || score_is_consonant(key, above)))
                return key;
        }
    return -1;
}

/* The rival's motif under the leader's: each note goes with what sounds when it begins, and ends
 * where it no longer would. */
static line oppose(const score_plan *p, const statement *st, const hm_motif *m, const line *first)
{
    line raw = sing(p, st, m, -2), v = {0};
    for (int32_t i = 0; i < raw.n; i++) {
        const hm_score_chord *c = hm_score_chord_at(p->s, 0.5 * (raw.on_s[i] + raw.off_s[i]));
        int32_t degree = m->degree[i] - 2;
        int32_t key =
            answer(c, settle(c, degree, m->length[i], false), sounding(first, raw.on_s[i]));
        double off_s = raw.off_s[i];
        for (int32_t k = 0; k < first->n; k++)
            if (first->on_s[k] > raw.on_s[i] + 1e-9 && first->on_s[k] < off_s &&
                !score_is_consonant(key, first->key[k]))
                off_s = first->on_s[k] - CLASH_S;
        if (key < 0 || off_s - raw.on_s[i] < 0.05)
            continue;
        v.on_s[v.n] = raw.on_s[i];
        v.off_s[v.n] = off_s;
        v.key[v.n++] = key;
    }
    return v;
}

/* Without a duel the last 20 m have the second trumpet a third below the first. */
static line follow(const score_plan *p, const line *first)
{
    line v = *first;
    for (int32_t i = 0; i < v.n; i++) {
        const hm_score_chord *c = hm_score_chord_at(p->s, 0.5 * (v.on_s[i] + v.off_s[i]));
        int32_t key = first->key[i] - 3;
        for (int32_t k = 0;
             k < 6 && !(hm_score_chord_has(c, key) && score_is_consonant(key, first->key[i])); k++)
            key--;
        v.key[i] = key;
    }
    return v;
}

/* ---- on paper ---- */

static void play(const score_plan *p, score_pen *pen, hm_score_part part, const line *v,
                 double velocity, uint32_t who)
{
    for (int32_t i = 0; i < v->n; i++) {
        double late_s = HAND_S * score_hand(p, who, (uint32_t)(1000.0 * v->on_s[i]));
        double accent = i == 0 ? 6.0 : 0.0;
        score_note(pen, part, v->on_s[i] + late_s, v->off_s[i] + late_s, v->key[i],
                   velocity + accent);
    }
}

static bool plays(const score_plan *p, const hm_score_beat *b)
{
    return b->kind == HM_SCORE_THEME || b->kind == HM_SCORE_REPLAY ||
           (b->kind == HM_SCORE_LAST && p->end == HM_SCORE_END_ALL);
}

/* A new leader, a new section and the motif's own length end a statement. */
static statement next_statement(const score_plan *p, int32_t beat, int32_t count)
{
    static const int32_t climb[] = {0, 2, 4, 4};
    const hm_score *s = p->s;
    statement st = {.first = beat, .end = beat};
    const hm_score_beat *b = &s->beat[beat];
    st.leader = b->kind == HM_SCORE_REPLAY ? score_winner(p) : score_leader(p, b->race_s);
    st.rival = score_rival(p, b->race_s, st.leader, &st.gap_m);
    st.tension = score_tension(p, b->race_s);
    int32_t most = (hm_motif_halves(&s->motif[st.leader]) + 1) / 2;
    int32_t stretch = score_stretch_end(p, beat);
    while (st.end < stretch && st.end - st.first < most && plays(p, &s->beat[st.end])) {
        bool turns = false;
        for (int32_t k = 1; k < s->n_key && st.end > beat; k++)
            turns |= fabs(s->key[k].at_s - s->beat[st.end].at_s) < 1e-6;
        if (turns || s->beat[st.end].kind != b->kind)
            break;
        st.end++;
    }
    st.shift = b->kind == HM_SCORE_LAST     ? 7
               : b->kind == HM_SCORE_REPLAY ? 0
                                            : climb[count < 4 ? count : 3];
    return st;
}

static void state(const score_plan *p, score_pen *pen, const statement *st)
{
    const hm_score *s = p->s;
    hm_score_kind kind = s->beat[st->first].kind;
    bool all = kind == HM_SCORE_LAST;
    line one = sing(p, st, &s->motif[st->leader], st->shift);
    for (int32_t lower = st->shift - 2; highest(&one) > TOP && lower >= 0; lower -= 2)
        one = sing(p, st, &s->motif[st->leader], lower);
    seat(&one);
    if (kind == HM_SCORE_REPLAY) { /* once more, slowly: the winner's, with a mute */
        play(p, pen, HM_SCORE_PART_MUTED, &one, SOFT, 3);
        return;
    }
    double v = 84.0 + 32.0 * st->tension + (all ? 6.0 : 0.0);
    play(p, pen, HM_SCORE_PART_TRUMPET, &one, v, 1);
    if (st->rival >= 0 && st->gap_m < DUEL_M) {
        line two = oppose(p, st, &s->motif[st->rival], &one);
        play(p, pen, HM_SCORE_PART_TRUMPET_2, &two, v - 4.0, 2);
    } else if (all) {
        line two = follow(p, &one);
        play(p, pen, HM_SCORE_PART_TRUMPET_2, &two, v - 6.0, 2);
    }
}

void score_theme(const score_plan *p, score_pen *pen)
{
    const hm_score *s = p->s;
    int32_t count = 0, leader = -1;
    for (int32_t i = 0; i < s->n_beat;) {
        if (!plays(p, &s->beat[i])) {
            i++;
            continue;
        }
        statement st = next_statement(p, i, count);
        count = st.leader == leader ? count + 1 : 0;
        st.shift = st.leader == leader ? st.shift : 0;
        leader = st.leader;
        state(p, pen, &st);
        i = st.end > i ? st.end : i + 1;
    }
}
