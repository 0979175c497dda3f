/* score_priv.h - shared by the files that compose: what the film shows when (score_form.c), which
 * notes belong to a scale or a chord (score_harmony.c), and the pen that writes notes down. */
#ifndef HM_STAGE_SCORE_PRIV_H
#define HM_STAGE_SCORE_PRIV_H

#include "stage/score.h"

enum { SCORE_LEAD_MAX = 32 };

#define SCORE_LONG_S  60.0 /* a wait before the race from which harmony moves */
#define SCORE_HOME_S  24.0 /* before "set" it is at home again */
#define SCORE_SLOW_S  14.0 /* a chord, about */
#define SCORE_AFTER_S 25.0 /* after the last chord: so much left, and there is an evening */
#define SCORE_CLOSE_S 10.0 /* the last chord of the race at most */

/** A run of the film in one section, with one map of time. */
typedef struct score_span {
    double from_s, to_s; /* film */
    double race_s, rate; /* race time at from_s; race seconds per film second */
    hm_score_kind kind;
} score_span;

/** The lead changes. */
typedef struct score_lead {
    double race_s;
    int32_t i_lane; /* index into race->lane */
} score_lead;

/** What is composed from: the race as the film shows it. Built once, then constant. */
typedef struct score_plan {
    const hm_race *race;
    const hm_film *film;
    hm_score_end end; /* not AUTO */
    uint64_t seed;
    double duration_s;
    int32_t focus;                  /* index into race->lane, -1 = nobody runs */
    double entry_s, last_s, line_s; /* race times; INFINITY = never */
    double official_s;              /* film time at which the order is known; INFINITY = never */
    int32_t n_span;
    score_span *span;
    int32_t n_lead;
    score_lead lead[SCORE_LEAD_MAX]; /* the first: who leads at 5 m */
    hm_score *s;                     /* beats, keys, chords and motifs are in it from the start */
} score_plan;

/** Growing lists in an arena; is_short = there was no memory. */
typedef struct score_pen {
    hm_arena *arena;
    bool is_short;
    double end_s; /* nothing sounds later */
    int64_t n_note, room_note;
    hm_score_note *note;
    int64_t n_control, room_control;
    hm_score_control *control;
} score_pen;

/* ---- form (score_form.c) ---- */

hm_status score_plan_make(const hm_race *race, const hm_film *film, const hm_score_opts *o,
                          hm_arena *a, hm_score *s, score_plan *p, hm_err *err);

/** First and second at a race time, as indices into race->lane, -1 = nobody. gap_m >= 0, large
 *  without a second. */
void score_order(const hm_race *race, double race_s, int32_t *first, int32_t *second,
                 double *gap_m);

/** Who leads, as heard: leads that are lost again at once do not count. Index; -1 = nobody. */
int32_t score_leader(const score_plan *p, double race_s);

/** Who came first, else who led last. */
int32_t score_winner(const score_plan *p);

/** Who is nearest to the leader, and by how much; -1 = nobody else runs. */
int32_t score_rival(const score_plan *p, double race_s, int32_t leader, double *gap_m);

/** 0 .. 1: how far the race has gone and how near the second is. */
double score_tension(const score_plan *p, double race_s);

/** Speed of the focus against his top speed, 0 .. 1. */
double score_speed(const score_plan *p, double race_s);

/** First beat at or after a race time in the sections that are seen for the first time; -1. */
int32_t score_beat_after(const score_plan *p, double race_s);

/** Race time of a film time, by the span that is on. */
double score_race_s(const score_plan *p, double film_s);

/** Film time of `halves` after beat i, going on evenly behind the last beat of its section. */
double score_half_s(const score_plan *p, int32_t beat, int32_t halves);

/** One past the last beat of the stretch without a break that beat i is in: same pace, live or
 *  replay, DRUMS apart from the rest. */
int32_t score_stretch_end(const score_plan *p, int32_t beat);

/* ---- harmony (score_harmony.c) ---- */

/** Keys and chords of the whole film, into p->s. */
hm_status score_harmony_make(score_plan *p, hm_arena *a, hm_err *err);

/** The key of the scale's degree, where the tonic lies in [base, base + 11]. */
int32_t score_degree_key(const hm_score_chord *c, int32_t base, int32_t degree);

/** The degree nearest to this one that belongs to the chord. */
int32_t score_to_chord(const hm_score_chord *c, int32_t degree);

/** A tone of the chord: 0 = root, 1 = third (or fourth), 2 = fifth; lowest key from `least` on. */
int32_t score_chord_key(const hm_score_chord *c, int32_t tone, int32_t least);

/** Unison, thirds, fourth, fifth, sixths and their octaves. */
bool score_is_consonant(int32_t key_a, int32_t key_b);

/* ---- writing down (score.c) ---- */

void score_note(score_pen *pen, hm_score_part part, double on_s, double off_s, int32_t key,
                double velocity);
void score_control(score_pen *pen, double at_s, hm_score_part part, int32_t number, double value);

/** Loudness of held notes from one value to another, a step every 60 ms. */
void score_swell(score_pen *pen, hm_score_part part, double from_s, double to_s, double from,
                 double to);

/** Uniform -1 .. 1 of a named thing of this race. */
double score_hand(const score_plan *p, uint32_t what, uint32_t when);

/* ---- what is played ---- */

/** Feet, rivals' feet, heart, rolls, hits (score_drums.c). */
void score_drums(const score_plan *p, score_pen *pen);

/** Theme and second voice while the race is on (score_theme.c). */
void score_theme(const score_plan *p, score_pen *pen);

/** Held notes and chords under it (score_pads.c). */
void score_pads(const score_plan *p, score_pen *pen);

/** Before the start and after the line (score_frame.c). */
void score_frame(const score_plan *p, score_pen *pen);

#endif
