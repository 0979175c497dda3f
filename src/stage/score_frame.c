/* score_frame.c - before the gun and after the line. */
#include "score_priv.h"

#include <math.h>

/* The heart before a race: recalled as 70 calm, 120 at "set"; own choice of the way between. */
#define HEART_CALM_HZ 1.15
#define HEART_SET_HZ  2.0
#define HEART_FROM_S  20.0 /* before "set"; sooner it is not heard */
#define HEART_RISE_S  12.0
#define HEART_STOP_S  0.6  /* before the gun: then nothing at all */
#define DUB_S         0.16 /* from the first sound of a heart to its second */
#define TONE_S        7.0  /* the trumpet's tone before "set" */
#define TONE_LEAST_S  1.0
#define FADE_S        0.9 /* strings after "set" */
#define BOW_S         5.0
#define LONG_BEFORE_S 16.0 /* from here on runners are introduced by their motifs */
#define INTRODUCE_S   9.0
#define ROLL_HZ       14.0
#define ROLL_AFTER_S  0.8 /* after the stroke at the line */
#define ROLL_RISE_S   3.0
#define END_S         0.3 /* nothing sounds so shortly before the film's end */

enum { KICK = 35, CRASH = 49, CRASH_2 = 57 };

/* ---- before ---- */

/* Film time of the gun after a section, or of its end. */
static double set_end_s(const hm_score *s, int32_t i)
{
    return i + 1 < s->n_section && s->section[i + 1].kind == HM_SCORE_SET ? s->section[i + 1].to_s
                                                                          : s->section[i].to_s;
}

/* Held low fifth; above it one slow voice: fifth, sixth, fifth, fourth. */
static void low_strings(const score_plan *p, score_pen *pen, const hm_score_section *sec)
{
    static const int32_t inner[] = {4, 5, 4, 3};
    const hm_score_chord *c = hm_score_chord_at(p->s, sec->from_s);
    double to_s = sec->to_s + FADE_S;
    int32_t root = score_chord_key(c, 0, 28), n = (int32_t)((sec->to_s - sec->from_s) / BOW_S) + 1;
    double bow_s = (sec->to_s - sec->from_s) / n;
    score_note(pen, HM_SCORE_PART_STRINGS, sec->from_s, to_s, root, 58.0);
    score_note(pen, HM_SCORE_PART_STRINGS, sec->from_s, to_s, root + 12, 52.0);
    for (int32_t i = 0; i < n; i++) {
        double at_s = sec->from_s + bow_s * i;
        int32_t degree = i + 1 == n ? 4 : inner[i % 4];
        score_note(pen, HM_SCORE_PART_STRINGS, at_s, i + 1 == n ? to_s : at_s + bow_s + 0.1,
                   score_degree_key(c, root + 12, degree), 50.0);
    }
    score_swell(pen, HM_SCORE_PART_STRINGS, sec->from_s, sec->from_s + fmin(2.0, 0.5 * bow_s), 20.0,
                100.0);
    score_swell(pen, HM_SCORE_PART_STRINGS, sec->to_s, to_s, 100.0, 0.0);
    score_control(pen, to_s + 0.5, HM_SCORE_PART_STRINGS, 11, 127.0);
}

/* Each slow harmony: root and octave, the fifth that one hears come and go, a third when it is
 * about to leave. Louder in the middle, never loud. */
static void slow_strings(const score_plan *p, score_pen *pen, double from_s, double to_s,
                         double loud)
{
    const hm_score *s = p->s;
    for (int32_t i = 0; i < s->n_chord; i++) {
        const hm_score_chord *c = &s->chord[i];
        double at_s = fmax(c->at_s, from_s),
               end_s = i + 1 < s->n_chord ? s->chord[i + 1].at_s : to_s;
        end_s = fmin(end_s, to_s);
        double len_s = end_s - at_s;
        if (len_s < 0.5)
            continue;
        int32_t root = score_chord_key(c, 0, 28);
        score_note(pen, HM_SCORE_PART_STRINGS, at_s, end_s + 0.05, root, 56.0);
        score_note(pen, HM_SCORE_PART_STRINGS, at_s, end_s + 0.05, root + 12, 50.0);
        score_note(pen, HM_SCORE_PART_STRINGS, at_s + 0.18 * len_s, end_s,
                   score_chord_key(c, 2, 43), 48.0);
        score_note(pen, HM_SCORE_PART_STRINGS, at_s + 0.5 * len_s, end_s - 0.1,
                   score_chord_key(c, 1, 52), 44.0);
        score_swell(pen, HM_SCORE_PART_STRINGS, at_s, at_s + 0.55 * len_s, 0.55 * loud, loud);
        score_swell(pen, HM_SCORE_PART_STRINGS, at_s + 0.55 * len_s, end_s, loud, 0.55 * loud);
    }
}

/* One tone, the fifth, growing; it stops at "set". */
static void one_tone(const score_plan *p, score_pen *pen, const hm_score_section *sec)
{
    double from_s = fmax(sec->from_s + 1.5, sec->to_s - TONE_S);
    const hm_score_chord *c = hm_score_chord_at(p->s, from_s);
    if (sec->to_s - from_s < TONE_LEAST_S)
        return;
    score_note(pen, HM_SCORE_PART_TRUMPET, from_s, sec->to_s, score_chord_key(c, 2, 62), 66.0);
    score_swell(pen, HM_SCORE_PART_TRUMPET, from_s, sec->to_s, 24.0, 116.0);
    score_control(pen, sec->to_s + 0.5, HM_SCORE_PART_TRUMPET, 11, 127.0);
}

static void thump(score_pen *pen, double at_s, double velocity)
{
    score_note(pen, HM_SCORE_PART_TAIKO, at_s, at_s + 0.14, 33, velocity);
    score_note(pen, HM_SCORE_PART_DRUMS, at_s, at_s + 0.14, KICK, velocity - 6.0);
}

static void heart(score_pen *pen, double from_s, double set_s, double stop_s)
{
    double at_s = fmax(from_s + 0.3, set_s - HEART_FROM_S);
    while (at_s + DUB_S < stop_s) {
        double left_s = set_s - at_s;
        double calm = left_s > HEART_RISE_S ? 1.0 : left_s > 0.0 ? left_s / HEART_RISE_S : 0.0;
        double v = left_s > 0.0 ? 72.0 - 22.0 * calm : 64.0;
        thump(pen, at_s, v);
        thump(pen, at_s + DUB_S, v - 14.0);
        at_s += 1.0 / (HEART_SET_HZ + (HEART_CALM_HZ - HEART_SET_HZ) * calm);
    }
}

/* A motif by a clock, not by steps: the film stands still or walks. */
static double recite(const score_plan *p, score_pen *pen, hm_score_part part, const hm_motif *m,
                     double at_s, double half_s, int32_t base, double velocity)
{
    for (int32_t i = 0; i < m->n; i++) {
        double to_s = at_s + half_s * m->length[i];
        const hm_score_chord *c = hm_score_chord_at(p->s, at_s);
        int32_t degree = m->length[i] >= 3 ? score_to_chord(c, m->degree[i]) : m->degree[i];
        score_note(pen, part, at_s, at_s + 0.92 * (to_s - at_s), score_degree_key(c, base, degree),
                   velocity);
        at_s = to_s;
    }
    return at_s;
}

/* Where there is time, everybody's motif is heard once, the focus first. */
static void introduce(const score_plan *p, score_pen *pen, const hm_score_section *sec)
{
    double at_s = sec->from_s + 4.0, until_s = sec->to_s - TONE_S - INTRODUCE_S;
    if (sec->to_s - sec->from_s < LONG_BEFORE_S || p->focus < 0)
        return;
    double each_s = fmax(INTRODUCE_S, (until_s - at_s) / p->race->n_lane);
    for (int32_t k = 0; k < p->race->n_lane && at_s < until_s; k++) {
        int32_t i = (p->focus + k) % p->race->n_lane;
        if (p->race->lane[i].curve.n < 2)
            continue;
        recite(p, pen, k % 2 ? HM_SCORE_PART_HORN : HM_SCORE_PART_MUTED, &p->s->motif[i], at_s,
               0.26, k % 2 ? 48 : 57, 58.0);
        at_s += each_s;
    }
}

/* ---- after ---- */

static void chord_of(score_pen *pen, const hm_score_chord *c, double from_s, double to_s,
                     double velocity)
{
    int32_t root = score_chord_key(c, 0, 28), mid = score_chord_key(c, 0, 45);
    int32_t inner = score_chord_key(c, 1, mid);
    const struct {
        hm_score_part part;
        int32_t key;
    } note[] = {{HM_SCORE_PART_STRINGS, root},
                {HM_SCORE_PART_STRINGS, root + 12},
                {HM_SCORE_PART_STRINGS, root + 19},
                {HM_SCORE_PART_TROMBONE, score_chord_key(c, 0, 40)},
                {HM_SCORE_PART_BRASS, mid},
                {HM_SCORE_PART_BRASS, mid + 7},
                {HM_SCORE_PART_BRASS, inner},
                {HM_SCORE_PART_HORN, score_chord_key(c, 2, 53)},
                {HM_SCORE_PART_HORN, score_chord_key(c, 1, 53)}};
    for (size_t i = 0; i < sizeof note / sizeof note[0]; i++)
        score_note(pen, note[i].part, from_s, to_s, note[i].key, velocity);
}

static void stroke(score_pen *pen, const hm_score_chord *c, double at_s, double velocity)
{
    score_note(pen, HM_SCORE_PART_TIMPANI, at_s, at_s + 1.2, score_chord_key(c, 0, 41), velocity);
    score_note(pen, HM_SCORE_PART_TAIKO, at_s, at_s + 0.8, 36, velocity);
    score_note(pen, HM_SCORE_PART_DRUMS, at_s, at_s + 0.4, KICK, velocity);
    score_note(pen, HM_SCORE_PART_DRUMS, at_s, at_s + 2.0, CRASH, velocity - 8.0);
}

/* The roll: sticks in turn, swelling in waves, rising to the board or dying with the film. */
static void roll(const score_plan *p, score_pen *pen, double from_s, double to_s, bool resolves)
{
    const double wave_s = 5.0;
    for (int32_t i = 0; from_s + i / ROLL_HZ < to_s - 0.05; i++) {
        double at_s = from_s + i / ROLL_HZ + 0.004 * score_hand(p, 11, (uint32_t)i);
        double in_wave = fmod(at_s - from_s, wave_s) / wave_s, left_s = to_s - at_s;
        double v = 72.0 + 20.0 * (in_wave < 0.5 ? 2.0 * in_wave : 2.0 - 2.0 * in_wave);
        if (left_s < ROLL_RISE_S) {
            double u = 1.0 - left_s / ROLL_RISE_S;
            v += (resolves ? 40.0 : -50.0) * u * u;
        }
        v += (i % 2 ? -5.0 : 0.0) + 3.0 * score_hand(p, 12, (uint32_t)i);
        score_note(pen, HM_SCORE_PART_TIMPANI, at_s, at_s + 0.3,
                   score_chord_key(hm_score_chord_at(p->s, at_s), 0, 41), v);
    }
}

/* The line: one stroke, the open chord, and the wait. */
static void wait(const score_plan *p, score_pen *pen, double line_s)
{
    bool resolves = isfinite(p->official_s);
    double to_s = resolves ? p->official_s : p->duration_s - END_S;
    const hm_score_chord *c = hm_score_chord_at(p->s, line_s);
    stroke(pen, c, line_s, 118.0);
    chord_of(pen, c, line_s, fmin(line_s + 1.5, to_s), 92.0);
    score_note(pen, HM_SCORE_PART_TRUMPET, line_s, fmin(line_s + 1.5, to_s),
               score_chord_key(c, 0, 69), 104.0);
    roll(p, pen, line_s + ROLL_AFTER_S, to_s, resolves);
    if (to_s - line_s < 3.0)
        return;
    int32_t root = score_chord_key(c, 0, 57);
    score_note(pen, HM_SCORE_PART_TREMOLO, line_s + 1.0, to_s, root, 84.0);
    score_note(pen, HM_SCORE_PART_TREMOLO, line_s + 1.0, to_s, root + 5, 78.0);
    score_swell(pen, HM_SCORE_PART_TREMOLO, line_s + 1.0, to_s, 40.0, resolves ? 110.0 : 10.0);
    score_control(pen, to_s + 0.5, HM_SCORE_PART_TREMOLO, 11, 127.0);
}

/* What is left: low strings, the winner's motif from far, once for everyone who came near him,
 * each slower; the last chord dies with the film. */
static void evening(const score_plan *p, score_pen *pen, double from_s)
{
    const hm_motif *m = &p->s->motif[score_winner(p)];
    double to_s = p->duration_s - END_S, span_s = to_s - from_s, halves = hm_motif_halves(m);
    static const double when[3] = {0.06, 0.40, 0.76};
    static const hm_score_part who[3] = {HM_SCORE_PART_HORN, HM_SCORE_PART_MUTED,
                                         HM_SCORE_PART_HORN};
    slow_strings(p, pen, from_s, to_s, 88.0);
    score_swell(pen, HM_SCORE_PART_STRINGS, to_s - 6.0, to_s, 70.0, 0.0);
    for (int32_t k = 0; k < 3; k++) {
        double half_s = fmin(0.30 + 0.06 * k, 0.22 * span_s / halves);
        recite(p, pen, who[k], m, from_s + when[k] * span_s, half_s,
               who[k] == HM_SCORE_PART_MUTED ? 57 : 48, 56.0 - 4.0 * k);
    }
}

/* Everybody on the tonic, the winner's motif on top, and once more the chord. */
static void resolve(const score_plan *p, score_pen *pen)
{
    double from_s = p->official_s, end_s = fmin(p->duration_s - END_S, from_s + SCORE_CLOSE_S);
    const hm_motif *m = &p->s->motif[score_winner(p)];
    const hm_score_chord *c = hm_score_chord_at(p->s, from_s);
    int32_t halves = hm_motif_halves(m);
    double room_s = end_s - from_s, half_s = fmin(fmax((room_s - 1.6) / halves, 0.09), 0.19);
    if (room_s < 0.5)
        return;
    stroke(pen, c, from_s, 120.0);
    if (room_s < halves * half_s + 0.8) {
        chord_of(pen, c, from_s, end_s, 88.0);
        score_note(pen, HM_SCORE_PART_TRUMPET, from_s, end_s, score_chord_key(c, 0, 69), 108.0);
        return;
    }
    double last_s = from_s + half_s * halves;
    chord_of(pen, c, from_s, last_s - 0.03, 84.0);
    recite(p, pen, HM_SCORE_PART_TRUMPET, m, from_s, half_s, 57, 108.0);
    recite(p, pen, HM_SCORE_PART_TRUMPET_2, m, from_s, half_s, 57, 92.0);
    stroke(pen, c, last_s, 112.0);
    chord_of(pen, c, last_s, end_s, 88.0);
    score_note(pen, HM_SCORE_PART_TRUMPET, last_s, end_s, score_chord_key(c, 0, 69), 110.0);
    score_note(pen, HM_SCORE_PART_TRUMPET_2, last_s, end_s, score_chord_key(c, 2, 62), 104.0);
    score_swell(pen, HM_SCORE_PART_STRINGS, last_s + 0.5 * (end_s - last_s), end_s, 127.0, 40.0);
    score_swell(pen, HM_SCORE_PART_BRASS, last_s + 0.3 * (end_s - last_s), end_s, 127.0, 30.0);
    if (p->duration_s - end_s > SCORE_AFTER_S + 2.0)
        evening(p, pen, end_s + 2.0);
    else if (p->duration_s - end_s > 8.0) /* long after: once more, alone */
        recite(p, pen, HM_SCORE_PART_HORN, m, end_s + 1.0, fmin(0.3, 6.0 / halves), 48, 54.0);
}

void score_frame(const score_plan *p, score_pen *pen)
{
    const hm_score *s = p->s;
    for (int32_t i = 0; i < s->n_section; i++) {
        const hm_score_section *sec = &s->section[i];
        if (sec->kind == HM_SCORE_BEFORE) {
            if (sec->to_s - sec->from_s > SCORE_LONG_S) {
                slow_strings(p, pen, sec->from_s, sec->to_s, 96.0);
                score_swell(pen, HM_SCORE_PART_STRINGS, sec->to_s, sec->to_s + FADE_S, 60.0, 0.0);
                score_control(pen, sec->to_s + FADE_S + 0.5, HM_SCORE_PART_STRINGS, 11, 127.0);
            } else {
                low_strings(p, pen, sec);
            }
            one_tone(p, pen, sec);
            introduce(p, pen, sec);
            heart(pen, sec->from_s, sec->to_s, set_end_s(s, i) - HEART_STOP_S);
        } else if (sec->kind == HM_SCORE_SET && i == 0) {
            heart(pen, sec->from_s, sec->from_s, sec->to_s - HEART_STOP_S);
        }
    }
    for (int32_t i = 0; i < p->n_span; i++)
        if (p->span[i].kind == HM_SCORE_WAIT && fabs(p->span[i].race_s - p->line_s) < 1e-6) {
            wait(p, pen, p->span[i].from_s);
            break;
        }
    if (isfinite(p->official_s))
        resolve(p, pen);
}
