/* score_drums.c - percussion: every stroke of the race is somebody's footfall. */
#include "score_priv.h"

#include <math.h>

/* Keys of the General MIDI kit. */
enum {
    KICK = 36,
    SNARE = 38,
    FLOOR_TOM = 41,
    HIGH_FLOOR_TOM = 43,
    LOW_TOM = 45,
    CLOSED_HAT = 42,
    OPEN_HAT = 46,
    CRASH = 49,
    CRASH_2 = 57,
    RIDE = 51
};

enum { GROW_STEPS = 12, BAR = 4, PACK = 3 };

#define DUEL_M    0.6
#define STROKE_S  0.12
#define RING_S    1.6
#define LIVELY    0.4   /* tension from which the rival's feet are heard */
#define RIVAL_M   3.0   /* nobody farther behind is heard */
#define SAME_FOOT 0.012 /* s: two feet that fall together are one stroke */

static void drum(score_pen *pen, double at_s, int32_t key, double velocity)
{
    score_note(pen, HM_SCORE_PART_DRUMS, at_s, at_s + STROKE_S, key, velocity);
}

static void taiko(score_pen *pen, double at_s, int32_t key, double velocity)
{
    score_note(pen, HM_SCORE_PART_TAIKO, at_s, at_s + 0.3, key, velocity);
}

/* ---- the focus: left and right ---- */

/* The steps grow harder over the first twelve; speed and tension do the rest. */
static double weight(const score_plan *p, const hm_score_beat *b, int32_t since_gun)
{
    double grown = since_gun < GROW_STEPS ? (double)since_gun / GROW_STEPS : 1.0;
    double speed = score_speed(p, b->race_s), tension = score_tension(p, b->race_s);
    return 58.0 + 18.0 * grown + 12.0 * speed + 26.0 * tension;
}

static void start_beat(score_pen *pen, const hm_score_beat *b, int32_t k, double v)
{
    if (b->foot == HM_FOOT_LEFT) {
        taiko(pen, b->at_s, 41, v + 6.0);
        drum(pen, b->at_s, KICK, v);
    } else {
        taiko(pen, b->at_s, 46, v - 8.0);
        if (k >= 6)
            drum(pen, b->at_s, FLOOR_TOM, v - 14.0);
        if (k >= 10)
            drum(pen, b->at_s, SNARE, v - 16.0);
    }
}

static void run_beat(score_pen *pen, const hm_score_beat *b, int32_t k, double v)
{
    bool all = b->kind == HM_SCORE_LAST;
    double lift = k % BAR == 0 ? 8.0 : 0.0;
    if (b->foot == HM_FOOT_LEFT) {
        drum(pen, b->at_s, KICK, v + lift);
        taiko(pen, b->at_s, 41, v - 6.0 + lift);
    } else {
        drum(pen, b->at_s, SNARE, v - 4.0 + lift);
        if (all)
            taiko(pen, b->at_s, 46, v - 4.0);
    }
    if (k % BAR == 2 || all)
        drum(pen, b->at_s, RIDE, v - 36.0);
}

/* The end without music: one stroke, then the steps themselves. */
static bool is_silent(const score_plan *p, int32_t beat)
{
    const hm_score_beat *b = &p->s->beat[beat];
    return b->kind == HM_SCORE_LAST && p->end == HM_SCORE_END_NOTHING;
}

static void feet(const score_plan *p, score_pen *pen)
{
    const hm_score *s = p->s;
    int32_t since_gun = 0, since_entry = 0;
    for (int32_t i = 0; i < s->n_beat; i++) {
        const hm_score_beat *b = &s->beat[i];
        if (b->kind == HM_SCORE_REPLAY) {
            taiko(pen, b->at_s, b->foot == HM_FOOT_LEFT ? 38 : 43, 66.0);
            continue;
        }
        double v = weight(p, b, since_gun++);
        if (b->kind == HM_SCORE_DRUMS)
            start_beat(pen, b, since_gun - 1, v);
        else if (!is_silent(p, i))
            run_beat(pen, b, since_entry++, v);
        else if (i == 0 || !is_silent(p, i - 1))
            taiko(pen, b->at_s, 36, 120.0);
    }
}

/* ---- the others: their feet are the off-beats ---- */

/* Whose place in the order at a race time this is, from 0; far behind counts as last. */
static int32_t rank_of(const hm_race *race, int32_t i, double race_s, double *behind_m)
{
    double x = hm_curve_x_m(&race->lane[i].curve, race_s), top = x;
    int32_t rank = 0;
    for (int32_t k = 0; k < race->n_lane; k++) {
        if (k == i || race->lane[k].curve.n < 2)
            continue;
        double other = hm_curve_x_m(&race->lane[k].curve, race_s);
        rank += other > x;
        top = other > top ? other : top;
    }
    *behind_m = top - x;
    return rank;
}

static bool on_focus_foot(const hm_score *s, double at_s)
{
    for (int32_t i = 0; i < s->n_beat; i++)
        if (fabs(s->beat[i].at_s - at_s) < SAME_FOOT)
            return true;
    return false;
}

/* One footfall of somebody else. */
static void rival_step(const score_plan *p, score_pen *pen, hm_score_kind kind, double at_s,
                       int32_t rank, double behind_m, const hm_step *step)
{
    double v = 20.0 + 50.0 * score_tension(p, step->on_s);
    bool left = step->foot == HM_FOOT_LEFT;
    if (kind == HM_SCORE_DRUMS) { /* the pack comes out of the blocks: skins, softly */
        if (rank < PACK && step->on_s > 1.2)
            drum(pen, at_s, rank == 0 || rank == 1 ? LOW_TOM : HIGH_FLOOR_TOM, v - 4.0);
        return;
    }
    if (rank < 2)
        drum(pen, at_s, left && behind_m < DUEL_M ? OPEN_HAT : CLOSED_HAT, v);
    if (rank < 2 && behind_m < DUEL_M)
        drum(pen, at_s, LOW_TOM, v + 10.0); /* the duel is fought with feet too */
    if (rank == 2 && kind == HM_SCORE_LAST)
        drum(pen, at_s, HIGH_FLOOR_TOM, v);
}

static void rivals(const score_plan *p, score_pen *pen)
{
    const hm_race *race = p->race;
    for (int32_t i = 0; i < p->n_span; i++) {
        const score_span *x = &p->span[i];
        bool plays = x->kind == HM_SCORE_DRUMS || x->kind == HM_SCORE_THEME ||
                     (x->kind == HM_SCORE_LAST && p->end == HM_SCORE_END_ALL);
        for (int32_t l = 0; plays && x->rate <= 1.5 && l < race->n_lane; l++) {
            for (int32_t k = 0; l != p->focus && k < race->lane[l].n_step; k++) {
                const hm_step *step = &race->lane[l].step[k];
                double at_s = x->from_s + (step->on_s - x->race_s) / x->rate, behind_m;
                if (at_s < x->from_s || at_s >= x->to_s || on_focus_foot(p->s, at_s))
                    continue;
                int32_t rank = rank_of(race, l, step->on_s, &behind_m);
                if (rank < PACK && behind_m < RIVAL_M &&
                    (x->kind == HM_SCORE_DRUMS || score_tension(p, step->on_s) > LIVELY))
                    rival_step(p, pen, x->kind, at_s, rank, behind_m, step);
            }
        }
    }
}

/* ---- marks of the form ---- */

static void cymbal(score_pen *pen, double at_s, int32_t key, double velocity)
{
    score_note(pen, HM_SCORE_PART_DRUMS, at_s, at_s + RING_S, key, velocity);
}

static int32_t timpani_key(const hm_score_chord *c)
{
    return score_chord_key(c, 0, 41);
}

/* Timpani where harmony moves, with a softer stroke on the footfall before. */
static void harmony_strokes(const score_plan *p, score_pen *pen)
{
    const hm_score *s = p->s;
    for (int32_t i = 0; i < s->n_beat; i++) {
        const hm_score_beat *b = &s->beat[i];
        bool runs = b->kind == HM_SCORE_THEME || b->kind == HM_SCORE_LAST;
        if (!runs || is_silent(p, i))
            continue;
        const hm_score_chord *c = hm_score_chord_at(s, b->at_s);
        double v = 52.0 + 50.0 * score_tension(p, b->race_s);
        bool moves = fabs(c->at_s - b->at_s) < 1e-6;
        bool next_moves = i + 1 < s->n_beat && !is_silent(p, i + 1) &&
                          hm_score_chord_at(s, s->beat[i + 1].at_s) != c;
        bool all = b->kind == HM_SCORE_LAST && b->foot == HM_FOOT_LEFT;
        if (moves || next_moves || all)
            score_note(pen, HM_SCORE_PART_TIMPANI, b->at_s, b->at_s + 0.5, timpani_key(c),
                       moves ? v : v - 18.0);
    }
}

/* A cymbal where the trumpets come in, and at each new leader. */
static void cymbals(const score_plan *p, score_pen *pen)
{
    const hm_score *s = p->s;
    int32_t entry = score_beat_after(p, p->entry_s);
    if (entry >= 0 && s->beat[entry].kind == HM_SCORE_THEME)
        cymbal(pen, s->beat[entry].at_s, CRASH, 104.0);
    for (int32_t i = 1; i < s->n_key; i++) {
        hm_score_kind kind = hm_score_kind_at(s, s->key[i].at_s);
        if (kind == HM_SCORE_THEME || (kind == HM_SCORE_LAST && p->end == HM_SCORE_END_ALL))
            cymbal(pen, s->key[i].at_s, CRASH_2, 100.0);
    }
    for (int32_t i = 0; i < s->n_beat && p->end == HM_SCORE_END_ALL; i++)
        if (s->beat[i].kind == HM_SCORE_LAST) {
            cymbal(pen, s->beat[i].at_s, CRASH_2, 96.0);
            break;
        }
}

void score_drums(const score_plan *p, score_pen *pen)
{
    feet(p, pen);
    rivals(p, pen);
    harmony_strokes(p, pen);
    cymbals(p, pen);
}
