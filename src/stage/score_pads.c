/* score_pads.c - what is held under the theme: low strings, horn, brass, tremolo, trombone. */
#include "score_priv.h"

#include <math.h>

#define TREMOLO_M 60.0 /* strings begin to rise */
#define FULL_T    0.4  /* tension from which brass play thirds; below, open fifths */
#define TOP_T     0.75 /* and the octave on top */
#define STAB_S    0.13

static bool is_full(const score_plan *p, hm_score_kind k)
{
    return k == HM_SCORE_THEME || (k == HM_SCORE_LAST && p->end == HM_SCORE_END_ALL);
}

/* When the focus reaches a mark, as heard: on a footfall. INFINITY = never. */
static double mark_beat_s(const score_plan *p, double x_m)
{
    double t_s = p->focus < 0 ? -1.0 : hm_curve_time_s(&p->race->lane[p->focus].curve, x_m);
    int32_t beat = t_s >= 0.0 ? score_beat_after(p, fmax(t_s, p->entry_s)) : -1;
    return beat >= 0 ? p->s->beat[beat].at_s : (double)INFINITY;
}

/** One harmony within one section. */
typedef struct stay {
    double from_s, to_s;
    const hm_score_chord *chord;
    hm_score_kind kind;
    double tension;
} stay;

static void strings(score_pen *pen, const stay *x)
{
    double v = 54.0 + 34.0 * x->tension;
    int32_t root = score_chord_key(x->chord, 0, 28);
    score_note(pen, HM_SCORE_PART_STRINGS, x->from_s, x->to_s, root, v);
    score_note(pen, HM_SCORE_PART_STRINGS, x->from_s, x->to_s, root + 12, v - 6.0);
    score_note(pen, HM_SCORE_PART_STRINGS, x->from_s, x->to_s, root + 19, v - 10.0);
}

/* The tone of the harmony nearest to where the horn is. */
static void horn(score_pen *pen, const stay *x, int32_t *at)
{
    int32_t best = 0;
    for (int32_t tone = 1; tone < 3; tone++)
        for (int32_t least = 46; least <= 58; least += 12) {
            int32_t key = score_chord_key(x->chord, tone, least);
            if (key <= 65 && (best == 0 || fabs((double)(key - *at)) < fabs((double)(best - *at))))
                best = key;
        }
    *at = best;
    score_note(pen, HM_SCORE_PART_HORN, x->from_s, x->to_s, best, 60.0 + 34.0 * x->tension);
}

static void brass(score_pen *pen, const stay *x)
{
    double v = 62.0 + 40.0 * x->tension, to_s = x->from_s + 0.9 * (x->to_s - x->from_s);
    int32_t root = score_chord_key(x->chord, 0, 45);
    score_note(pen, HM_SCORE_PART_BRASS, x->from_s, to_s, root, v);
    score_note(pen, HM_SCORE_PART_BRASS, x->from_s, to_s, root + 7, v);
    if (x->tension >= FULL_T)
        score_note(pen, HM_SCORE_PART_BRASS, x->from_s, to_s,
                   score_chord_key(x->chord, 1, root + 12) - 12, v - 8.0);
    if (x->tension >= TOP_T || x->kind == HM_SCORE_LAST)
        score_note(pen, HM_SCORE_PART_BRASS, x->from_s, to_s, root + 12, v);
}

static void tremolo(score_pen *pen, const stay *x)
{
    double v = 60.0 + 40.0 * x->tension;
    int32_t root = score_chord_key(x->chord, 0, 60);
    score_note(pen, HM_SCORE_PART_TREMOLO, x->from_s, x->to_s, root, v);
    score_note(pen, HM_SCORE_PART_TREMOLO, x->from_s, x->to_s, root + 7, v - 6.0);
    if (x->kind == HM_SCORE_LAST)
        score_note(pen, HM_SCORE_PART_TREMOLO, x->from_s, x->to_s, root + 12, v);
}

/* Each harmony for as long as it lasts in sections with everybody in. */
static void held(const score_plan *p, score_pen *pen)
{
    const hm_score *s = p->s;
    double top_m = p->focus >= 0 ? p->race->lane[p->focus].top_speed_at_m : 0.0;
    double brass_s = mark_beat_s(p, top_m > 0.0 ? top_m : 60.0);
    double rise_s = mark_beat_s(p, TREMOLO_M), line_s = rise_s;
    int32_t horn_at = 58;
    for (int32_t i = 0; i < s->n_section; i++) {
        const hm_score_section *sec = &s->section[i];
        for (int32_t c = 0; is_full(p, sec->kind) && c < s->n_chord; c++) {
            double next_s = c + 1 < s->n_chord ? s->chord[c + 1].at_s : sec->to_s;
            stay x = {fmax(s->chord[c].at_s, sec->from_s), fmin(next_s, sec->to_s), &s->chord[c],
                      sec->kind, 0.0};
            if (!(x.to_s - x.from_s > 0.05))
                continue;
            x.tension = score_tension(p, score_race_s(p, x.from_s));
            strings(pen, &x);
            horn(pen, &x, &horn_at);
            if (x.from_s >= brass_s - 1e-6 || sec->kind == HM_SCORE_LAST)
                brass(pen, &x);
            if (x.from_s >= rise_s - 1e-6)
                tremolo(pen, &x);
            line_s = x.to_s;
        }
    }
    if (isfinite(rise_s) && line_s > rise_s) {
        score_swell(pen, HM_SCORE_PART_TREMOLO, rise_s, line_s, 34.0, 118.0);
        score_control(pen, line_s, HM_SCORE_PART_TREMOLO, 11, 90.0);
    }
}

/* Trombones stab the root with the left foot, in the last 20 m with both. */
static void stabs(const score_plan *p, score_pen *pen)
{
    const hm_score *s = p->s;
    for (int32_t i = 0; i < s->n_beat; i++) {
        const hm_score_beat *b = &s->beat[i];
        bool both = b->kind == HM_SCORE_LAST;
        if (!is_full(p, b->kind) || (b->foot == HM_FOOT_RIGHT && !both))
            continue;
        const hm_score_chord *c = hm_score_chord_at(s, b->at_s);
        double v = 58.0 + 42.0 * score_tension(p, b->race_s);
        score_note(pen, HM_SCORE_PART_TROMBONE, b->at_s, b->at_s + STAB_S,
                   score_chord_key(c, 0, 40), v);
    }
}

void score_pads(const score_plan *p, score_pen *pen)
{
    held(p, pen);
    stabs(p, pen);
}
