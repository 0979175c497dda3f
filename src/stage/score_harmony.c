/* score_harmony.c - keys, chords, and what sounds well together. */
#include "score_priv.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"

enum { N_MARK = 10, N_ROUND = 4 };

static const uint8_t scale[2][7] = {{0, 2, 4, 5, 7, 9, 11}, {0, 2, 3, 5, 7, 8, 10}};

/* Rounds of harmony, a chord each 10 m: degrees of the scale. Major, then minor; own choice among
 * what brass plays in open fifths. No diminished triad. */
static const int8_t rounds[2][3][N_ROUND] = {{{0, 4, 5, 3}, {0, 3, 5, 4}, {0, 5, 3, 4}},
                                             {{0, 5, 2, 6}, {0, 2, 6, 3}, {0, 6, 5, 6}}};

/* Tonics that lie well for trumpets: D C E flat F G B flat. */
static const int8_t tonics[] = {2, 0, 3, 5, 7, 10};

int32_t hm_score_semitones(bool minor, int32_t degree)
{
    return scale[minor][((degree % 7) + 7) % 7];
}

static int32_t fold(int32_t degree)
{
    return ((degree % 7) + 7) % 7;
}

int32_t score_degree_key(const hm_score_chord *c, int32_t base, int32_t degree)
{
    int32_t tonic = base + (c->tonic - base % 12 + 12) % 12;
    int32_t octave = (degree - fold(degree)) / 7;
    return tonic + 12 * octave + scale[c->minor][fold(degree)];
}

static bool in_chord(const hm_score_chord *c, int32_t degree)
{
    int32_t above = fold(degree - c->degree);
    return above == 0 || above == 4 || above == (c->fourth ? 3 : 2);
}

int32_t score_to_chord(const hm_score_chord *c, int32_t degree)
{
    for (int32_t k = 0; k < 4; k++) {
        if (in_chord(c, degree - k))
            return degree - k;
        if (in_chord(c, degree + k))
            return degree + k;
    }
    return degree;
}

bool hm_score_chord_has(const hm_score_chord *c, int32_t key)
{
    for (int32_t d = 0; d < 7; d++)
        if (in_chord(c, d) && (c->tonic + scale[c->minor][d]) % 12 == key % 12)
            return true;
    return false;
}

int32_t score_chord_key(const hm_score_chord *c, int32_t tone, int32_t least)
{
    int32_t above = tone == 0 ? 0 : tone == 2 ? 4 : c->fourth ? 3 : 2;
    int32_t pitch = (c->tonic + scale[c->minor][fold(c->degree + above)]) % 12;
    return least + (pitch - least % 12 + 12) % 12;
}

bool score_is_consonant(int32_t key_a, int32_t key_b)
{
    static const bool well[12] = {true,  false, false, true, true,  true,
                                  false, true,  true,  true, false, false};
    int32_t apart = key_a > key_b ? key_a - key_b : key_b - key_a;
    return well[apart % 12];
}

const hm_score_chord *hm_score_chord_at(const hm_score *s, double at_s)
{
    int32_t i = 0;
    while (i + 1 < s->n_chord && at_s >= s->chord[i + 1].at_s - 1e-9)
        i++;
    return &s->chord[i];
}

hm_score_kind hm_score_kind_at(const hm_score *s, double at_s)
{
    int32_t i = 0;
    while (i + 1 < s->n_section && at_s >= s->section[i + 1].from_s - 1e-9)
        i++;
    return s->n_section > 0 ? s->section[i].kind : HM_SCORE_BEFORE;
}

/* ---- keys ---- */

static uint64_t race_hash(const hm_race *r)
{
    uint64_t h = HM_HASH_START;
    const char *const words[] = {r->meet, r->event, r->date, r->round};
    for (int32_t i = 0; i < 4; i++)
        if (words[i])
            h = hm_hash(h, words[i], strlen(words[i]));
    return hm_hash_u64(h, r->seed) >> 16;
}

/* Film time at which a race time is first shown; INFINITY = never. */
static double shown_s(const score_plan *p, double race_s)
{
    for (int32_t i = 0; i < p->n_span; i++) {
        const score_span *x = &p->span[i];
        double at_s = x->from_s + (race_s - x->race_s) / x->rate;
        if (x->kind != HM_SCORE_REPLAY && at_s >= x->from_s && at_s < x->to_s)
            return at_s;
    }
    return (double)INFINITY;
}

/* A change of the lead is heard at the next footfall that the film shows, or else at the line. */
static double lead_shown_s(const score_plan *p, double race_s)
{
    int32_t beat = score_beat_after(p, race_s);
    return beat >= 0 ? p->s->beat[beat].at_s : shown_s(p, p->line_s);
}

/* Up by a whole tone, then by a minor third, in turn: never back to where it was. */
static void make_keys(score_plan *p)
{
    hm_score *s = p->s;
    int32_t tonic = tonics[race_hash(p->race) % (sizeof tonics / sizeof tonics[0])];
    int32_t who = p->n_lead > 0 ? p->lead[0].i_lane : p->focus;
    s->key[s->n_key++] = (hm_score_key){.lane = who >= 0 ? p->race->lane[who].lane : 0,
                                        .tonic = tonic,
                                        .minor = who < 0 || s->motif[who].minor};
    for (int32_t i = 1; i < p->n_lead; i++) {
        double at_s = lead_shown_s(p, p->lead[i].race_s);
        if (!isfinite(at_s))
            continue;
        who = p->lead[i].i_lane;
        tonic = (tonic + (s->n_key % 2 ? 2 : 3)) % 12;
        hm_score_key k = {at_s, p->lead[i].race_s, p->race->lane[who].lane, tonic,
                          s->motif[who].minor};
        if (at_s <= s->key[s->n_key - 1].at_s)
            s->key[s->n_key - 1] = k; /* two changes within one step: the later one is heard */
        else
            s->key[s->n_key++] = k;
    }
}

/* ---- chords ---- */

static const hm_score_key *key_at(const hm_score *s, double at_s)
{
    int32_t i = 0;
    while (i + 1 < s->n_key && at_s >= s->key[i + 1].at_s - 1e-9)
        i++;
    return &s->key[i];
}

static void add_chord(hm_score *s, double at_s, int32_t degree, bool fourth)
{
    const hm_score_key *k = key_at(s, at_s);
    hm_score_chord c = {at_s, k->tonic, degree, k->minor, fourth};
    if (s->n_chord > 0 && s->chord[s->n_chord - 1].at_s >= at_s - 1e-6)
        s->chord[s->n_chord - 1] = c;
    else
        s->chord[s->n_chord++] = c;
}

/* Film time of the beat on which harmony k (of the 10 m marks) or key k moves. */
static double mark_beat_s(const score_plan *p, int32_t mark)
{
    double t_s = hm_curve_time_s(&p->race->lane[p->focus].curve, 10.0 * mark);
    int32_t beat = t_s >= p->entry_s - 0.5 && t_s < p->line_s ? score_beat_after(p, t_s) : -1;
    return beat >= 0 ? p->s->beat[beat].at_s : (double)INFINITY;
}

/* From the entry on: a chord each 10 m; a change of key begins the round anew. */
static void make_run_chords(score_plan *p, const int8_t round[2][N_ROUND])
{
    hm_score *s = p->s;
    int32_t entry = score_beat_after(p, p->entry_s), i_key = 0, in_round = 0;
    if (p->focus < 0 || entry < 0)
        return;
    double entry_s = s->beat[entry].at_s;
    add_chord(s, entry_s, 0, false);
    while (i_key + 1 < s->n_key && s->key[i_key + 1].at_s <= entry_s)
        i_key++;
    for (int32_t mark = 1; mark <= N_MARK; mark++) {
        double at_s = mark < N_MARK ? mark_beat_s(p, mark) : (double)INFINITY;
        if (mark < N_MARK && (!isfinite(at_s) || at_s <= entry_s))
            continue;
        while (i_key + 1 < s->n_key && s->key[i_key + 1].at_s <= at_s) {
            i_key++;
            in_round = 0;
            add_chord(s, s->key[i_key].at_s, 0, false);
        }
        if (!isfinite(at_s) || s->chord[s->n_chord - 1].at_s >= at_s - 1e-6)
            continue;
        in_round = (in_round + 1) % N_ROUND;
        add_chord(s, at_s, round[s->key[i_key].minor][in_round], false);
    }
}

/* A long wait before the race and a long time after it: there harmony moves slowly, and is at home
 * when the trumpet's one tone begins and when the film ends. */
static void make_slow_chords(score_plan *p, double from_s, double to_s, const int8_t way[N_ROUND])
{
    double each_s = (to_s - from_s) / (double)(int32_t)((to_s - from_s) / SCORE_SLOW_S + 1);
    int32_t k = 0;
    for (double at_s = from_s; at_s < to_s - 1e-6; at_s += each_s)
        add_chord(p->s, at_s, way[k++ % N_ROUND], false);
    add_chord(p->s, to_s, 0, false);
}

hm_status score_harmony_make(score_plan *p, hm_arena *a, hm_err *err)
{
    static const int8_t going[N_ROUND] = {0, 5, 3, 4}, coming[N_ROUND] = {3, 0, 5, 3};
    hm_score *s = p->s;
    s->key = HM_PUSH(a, hm_score_key, SCORE_LEAD_MAX + 1);
    s->chord =
        HM_PUSH(a, hm_score_chord, SCORE_LEAD_MAX + N_MARK + 12 + (int32_t)(p->duration_s / 5));
    if (!s->key || !s->chord)
        return hm_err_set(err, HM_ERR_SYSTEM, "score", 0, 0, NULL, "no memory left");
    make_keys(p);
    uint64_t h = race_hash(p->race) / 7;
    int8_t round[2][N_ROUND];
    memcpy(round[0], rounds[0][h % 3], sizeof round[0]);
    memcpy(round[1], rounds[1][h / 3 % 3], sizeof round[1]);
    add_chord(s, 0.0, 0, false);
    double set_s =
        s->n_section > 0 && s->section[0].kind == HM_SCORE_BEFORE ? s->section[0].to_s : 0;
    if (set_s > SCORE_LONG_S)
        make_slow_chords(p, 0.0, set_s - SCORE_HOME_S, going);
    make_run_chords(p, (const int8_t(*)[N_ROUND])round);
    /* Over the line and until the order is known: the dominant with its fourth, held open. */
    double line_s = isfinite(p->line_s) ? shown_s(p, p->line_s) : (double)INFINITY;
    if (isfinite(line_s))
        add_chord(s, line_s, 4, true);
    if (isfinite(p->official_s)) {
        add_chord(s, p->official_s, 0, false);
        double rest_s = p->official_s + SCORE_CLOSE_S + 2.0;
        if (p->duration_s - rest_s > SCORE_AFTER_S)
            make_slow_chords(p, rest_s, p->duration_s - SCORE_SLOW_S, coming);
    }
    return HM_OK;
}
