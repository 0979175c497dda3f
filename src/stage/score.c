#include "stage/score.h"

#include "score_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"

enum { COOKIE = 0x73636f72, FIRST_ROOM = 2048, CC_EXPRESSION = 11 };

#define SHORTEST_S 0.02
#define SWELL_S    0.06  /* between two steps of a swell */
#define APART_S    0.004 /* between a note and the next of the same key */

/* Programs of General MIDI counted from 0, and the keys that are written: within what players
 * reach (recalled; tests/unit/stage/test_score.c holds the music to it). */
static const struct {
    const char *name;
    int32_t program;
    int32_t lo, hi;
    uint8_t volume, pan, room; /* MIDI controllers 7, 10, 91 */
} parts[HM_SCORE_PART_COUNT] = {
    [HM_SCORE_PART_TRUMPET] = {"Trumpet", 56, 54, 84, 127, 52, 46},
    [HM_SCORE_PART_TRUMPET_2] = {"Trumpet 2", 56, 54, 84, 118, 84, 46},
    [HM_SCORE_PART_BRASS] = {"Brass", 61, 45, 72, 96, 70, 50},
    [HM_SCORE_PART_HORN] = {"Horn", 60, 41, 72, 82, 34, 60},
    [HM_SCORE_PART_STRINGS] = {"Low strings", 48, 26, 62, 92, 64, 50},
    [HM_SCORE_PART_TREMOLO] = {"Tremolo strings", 44, 50, 86, 104, 44, 55},
    [HM_SCORE_PART_TIMPANI] = {"Timpani", 47, 38, 57, 127, 76, 52},
    [HM_SCORE_PART_TAIKO] = {"Taiko", 116, 33, 60, 106, 60, 40},
    [HM_SCORE_PART_MUTED] = {"Muted trumpet", 59, 54, 82, 122, 56, 64},
    [HM_SCORE_PART_DRUMS] = {"Drums", 0, 27, 87, 116, 64, 30},
    [HM_SCORE_PART_TROMBONE] = {"Trombone", 57, 36, 65, 96, 90, 40}};

hm_score_opts hm_score_opts_default(void)
{
    return (hm_score_opts){.cookie = COOKIE};
}

bool hm_score_by_look(const char *look)
{
    static const char *const with[] = {"rain", "smear", "elastic"};
    for (size_t i = 0; i < sizeof with / sizeof with[0]; i++)
        if (strcmp(look, with[i]) == 0)
            return true;
    return false;
}

void hm_score_range(hm_score_part part, int32_t *lo, int32_t *hi)
{
    *lo = parts[part].lo;
    *hi = parts[part].hi;
}

const char *hm_score_part_name(hm_score_part part)
{
    return parts[part].name;
}

int32_t hm_score_part_program(hm_score_part part)
{
    return parts[part].program;
}

/* ---- the pen ---- */

static bool grow(score_pen *pen, void **list, int64_t n, int64_t *room, size_t size)
{
    if (n < *room)
        return true;
    int64_t more = *room > 0 ? 2 * *room : FIRST_ROOM;
    void *to = hm_arena_push(pen->arena, (size_t)more, size);
    pen->is_short |= !to;
    if (!to)
        return false;
    if (n > 0)
        memcpy(to, *list, (size_t)n * size);
    *list = to;
    *room = more;
    return true;
}

static int32_t within(int32_t v, int32_t lo, int32_t hi)
{
    return v < lo ? lo : v > hi ? hi : v;
}

void score_note(score_pen *pen, hm_score_part part, double on_s, double off_s, int32_t key,
                double velocity)
{
    off_s = fmin(off_s, pen->end_s);
    if (!(on_s >= 0.0) || !(off_s - on_s >= SHORTEST_S) || !(velocity >= 1.0))
        return;
    while (key < parts[part].lo)
        key += 12;
    while (key > parts[part].hi)
        key -= 12;
    void *list = pen->note;
    if (!grow(pen, &list, pen->n_note, &pen->room_note, sizeof *pen->note))
        return;
    pen->note = list;
    pen->note[pen->n_note++] =
        (hm_score_note){on_s, off_s, (uint8_t)part, (uint8_t)key,
                        (uint8_t)within((int32_t)floor(velocity + 0.5), 1, 127)};
}

void score_control(score_pen *pen, double at_s, hm_score_part part, int32_t number, double value)
{
    void *list = pen->control;
    if (!(at_s >= 0.0) || at_s > pen->end_s ||
        !grow(pen, &list, pen->n_control, &pen->room_control, sizeof *pen->control))
        return;
    pen->control = list;
    pen->control[pen->n_control++] = (hm_score_control){
        at_s, (uint8_t)part, (uint8_t)number, (uint8_t)within((int32_t)floor(value + 0.5), 0, 127)};
}

void score_swell(score_pen *pen, hm_score_part part, double from_s, double to_s, double from,
                 double to)
{
    int32_t n = 1 + (int32_t)((to_s - from_s) / SWELL_S);
    for (int32_t i = 0; i <= n; i++)
        score_control(pen, from_s + (to_s - from_s) * i / n, part, CC_EXPRESSION,
                      from + (to - from) * i / n);
}

double score_hand(const score_plan *p, uint32_t what, uint32_t when)
{
    return 2.0 * hm_rng_unit(p->seed, HM_FOR_SCORE, UINT64_C(1) << 55, when, what) - 1.0;
}

/* ---- order ---- */

static int compare_notes(const void *a, const void *b)
{
    const hm_score_note *x = a, *y = b;
    if (x->on_s < y->on_s || x->on_s > y->on_s)
        return x->on_s < y->on_s ? -1 : 1;
    if (x->part != y->part)
        return (int)x->part - (int)y->part;
    if (x->key != y->key)
        return (int)x->key - (int)y->key;
    if (x->velocity != y->velocity)
        return (int)y->velocity - (int)x->velocity;
    return x->off_s < y->off_s ? 1 : x->off_s > y->off_s ? -1 : 0;
}

/* Stable by insertion: controls of one instant keep their order, and come nearly sorted. */
static void sort_controls(hm_score_control c[], int64_t n)
{
    for (int64_t i = 1; i < n; i++) {
        hm_score_control one = c[i];
        int64_t k = i;
        for (; k > 0 && c[k - 1].at_s > one.at_s; k--)
            c[k] = c[k - 1];
        c[k] = one;
    }
}

/* A key that is struck again while it sounds ends first; struck twice at once it sounds once. */
static int64_t part_keys(hm_score_note note[], int64_t n)
{
    int64_t last[HM_SCORE_PART_COUNT][128], kept = 0;
    memset(last, -1, sizeof last);
    for (int64_t i = 0; i < n; i++) {
        hm_score_note *x = &note[i];
        int64_t *before = &last[x->part][x->key];
        if (*before >= 0 && note[*before].off_s > x->on_s - APART_S) {
            if (x->on_s - note[*before].on_s < SHORTEST_S + APART_S)
                continue;
            note[*before].off_s = x->on_s - APART_S;
        }
        *before = kept;
        note[kept++] = *x;
    }
    return kept;
}

static void set_up_parts(score_pen *pen)
{
    for (int32_t i = 0; i < HM_SCORE_PART_COUNT; i++) {
        score_control(pen, 0.0, (hm_score_part)i, 7, parts[i].volume);
        score_control(pen, 0.0, (hm_score_part)i, 10, parts[i].pan);
        score_control(pen, 0.0, (hm_score_part)i, 91, parts[i].room);
        score_control(pen, 0.0, (hm_score_part)i, CC_EXPRESSION, 127);
    }
}

static void find_silence(const score_plan *p, hm_score_silence room[])
{
    for (int32_t i = 0; p->end == HM_SCORE_END_NOTHING && i < p->s->n_section; i++)
        if (p->s->section[i].kind == HM_SCORE_LAST)
            room[p->s->n_silence++] =
                (hm_score_silence){p->s->section[i].from_s, p->s->section[i].to_s};
    p->s->silence = room;
}

static hm_status compose(const score_plan *p, hm_arena *arena, hm_err *err)
{
    score_pen pen = {.arena = arena, .end_s = p->duration_s};
    hm_score_silence *silence = HM_PUSH(arena, hm_score_silence, p->s->n_section + 1);
    pen.is_short = !silence;
    if (silence)
        find_silence(p, silence);
    set_up_parts(&pen);
    score_frame(p, &pen);
    score_drums(p, &pen);
    score_pads(p, &pen);
    score_theme(p, &pen);
    if (pen.is_short)
        return hm_err_set(err, HM_ERR_SYSTEM, "score", 0, 0, NULL, "no memory left");
    if (pen.n_note > 0)
        qsort(pen.note, (size_t)pen.n_note, sizeof *pen.note, compare_notes);
    sort_controls(pen.control, pen.n_control);
    p->s->n_note = part_keys(pen.note, pen.n_note);
    p->s->note = pen.note;
    p->s->n_control = pen.n_control;
    p->s->control = pen.control;
    return HM_OK;
}

hm_status hm_score_compose(const hm_race *race, const hm_film *film, const hm_score_opts *opts,
                           hm_arena *arena, hm_score *score, hm_err *err)
{
    HM_ASSERT(opts->cookie == COOKIE);
    score_plan p;
    hm_score s = {0};
    HM_TRY(score_plan_make(race, film, opts, arena, &s, &p, err));
    HM_TRY(score_harmony_make(&p, arena, err));
    HM_TRY(compose(&p, arena, err));
    *score = s;
    return HM_OK;
}
