/* score_midi.c - a score as a standard MIDI file, through libsmf.
 *
 * The tempo follows the steps: from one beat to the next of a stretch go 480 ticks, an eighth note
 * of 960 to the quarter (or several eighths where slow motion stretches a step), so a quarter is a
 * stride. Elsewhere the tempo is 120. A tempo is a whole number of microseconds; each is reckoned
 * from where the ones before have really led, so nothing adds up. */
#include "io/file.h"
#include "stage/score.h"

#ifdef HM_HAS_SMF
#include <math.h>
#include <smf.h>
#include <stdlib.h>
#include <string.h>

enum { QUARTER = 960, EIGHTH = 480 };

#define LONGEST_S 2.5 /* between two beats of one stretch */
#define REST_S    0.5 /* a quarter where nobody runs: 120 */
#define SLOW_S    0.3 /* a beat longer than this is more than one eighth */
#define WIDER_S   0.25

/** A stretch of time with one tempo. */
typedef struct pace {
    double from_s; /* as played, sum of the whole microseconds */
    double to_s;
    int64_t from, to; /* ticks */
    int32_t quarter_us;
} pace;

typedef struct page {
    const hm_score *s;
    hm_arena *arena;
    int32_t n_pace;
    pace *pace;
    smf_t *smf;
    bool ok;
} page;

/* ---- time ---- */

static void add_pace(page *g, double to_s, int64_t ticks)
{
    const pace *last = g->n_pace > 0 ? &g->pace[g->n_pace - 1] : NULL;
    double from_s = last ? last->to_s : 0.0;
    int64_t from = last ? last->to : 0;
    double us = floor((to_s - from_s) * 1e6 * QUARTER / (double)ticks + 0.5);
    us = us < 1.0 ? 1.0 : us > 16777215.0 ? 16777215.0 : us;
    g->pace[g->n_pace++] = (pace){from_s, from_s + 1e-6 * us * (double)ticks / QUARTER, from,
                                  from + ticks, (int32_t)us};
}

/* Time without beats, in quarters of about half a second. */
static void rest(page *g, double to_s)
{
    double from_s = g->n_pace > 0 ? g->pace[g->n_pace - 1].to_s : 0.0;
    int64_t ticks = (int64_t)floor((to_s - from_s) / REST_S * QUARTER + 0.5);
    if (ticks > 0)
        add_pace(g, to_s, ticks);
}

static bool find_paces(page *g)
{
    const hm_score *s = g->s;
    g->pace = HM_PUSH(g->arena, pace, 2 * (int64_t)s->n_beat + 4);
    if (!g->pace)
        return false;
    for (int32_t i = 0; i < s->n_beat; i++) {
        double step_s = i > 0 ? s->beat[i].at_s - s->beat[i - 1].at_s : 1e9;
        double eighths = step_s > SLOW_S ? floor(step_s / WIDER_S + 0.5) : 1.0;
        if (step_s < LONGEST_S)
            add_pace(g, s->beat[i].at_s, (int64_t)eighths * EIGHTH);
        else
            rest(g, s->beat[i].at_s);
    }
    rest(g, s->duration_s + 1.0); /* so that every time lies in one */
    return true;
}

static int64_t tick_of(const page *g, double at_s)
{
    int32_t i = 0;
    while (i + 1 < g->n_pace && at_s >= g->pace[i].to_s)
        i++;
    const pace *p = &g->pace[i];
    double u = (at_s - p->from_s) / (p->to_s - p->from_s);
    return p->from + (int64_t)floor(u * (double)(p->to - p->from) + 0.5);
}

/* ---- events ---- */

static void put(page *g, smf_track_t *t, int64_t tick, smf_event_t *e)
{
    g->ok = g->ok && e;
    if (g->ok)
        smf_track_add_event_pulses(t, e, (int)tick);
}

static void put_bytes(page *g, smf_track_t *t, int64_t tick, const unsigned char *bytes, int n)
{
    unsigned char copy[8];
    memcpy(copy, bytes, (size_t)n);
    put(g, t, tick, smf_event_new_from_pointer(copy, n));
}

static void put_text(page *g, smf_track_t *t, int64_t tick, int type, const char *text)
{
    put(g, t, tick, smf_event_new_textual(type, text));
}

/* Sharps (+) or flats (-) of a scale; minor by its parallel major a third above. */
static int32_t signature(int32_t tonic, bool minor)
{
    static const int8_t of_major[12] = {0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5};
    return of_major[(tonic + (minor ? 3 : 0)) % 12];
}

typedef struct event {
    int64_t tick;
    int32_t order;
    unsigned char bytes[3];
} event;

static int compare(const void *a, const void *b)
{
    const event *x = a, *y = b;
    if (x->tick != y->tick)
        return x->tick < y->tick ? -1 : 1;
    return x->order - y->order;
}

/* ---- tracks ---- */

static smf_track_t *new_track(page *g, const char *name)
{
    smf_track_t *t = smf_track_new();
    g->ok = g->ok && t;
    if (!g->ok)
        return t;
    smf_add_track(g->smf, t);
    put_text(g, t, 0, 3, name);
    return t;
}

static void end_track(page *g, smf_track_t *t)
{
    if (g->ok)
        g->ok = smf_track_add_eot_pulses(t, (int)tick_of(g, g->s->duration_s)) == 0;
}

/** What the first track holds, in time: tempo, key, then words. */
typedef struct leading {
    int64_t tick;
    int32_t order; /* 0 tempo, 1 key, 2 section, 3 lead */
    int32_t index;
} leading;

static int compare_leading(const void *a, const void *b)
{
    const leading *x = a, *y = b;
    if (x->tick != y->tick)
        return x->tick < y->tick ? -1 : 1;
    return x->order != y->order ? x->order - y->order : x->index - y->index;
}

static void put_leading(page *g, smf_track_t *t, const leading *x)
{
    static const char *const name[HM_SCORE_KINDS] = {
        "before", "set", "gun: drums", "theme", "last 20 m", "line: wait", "replay", "resolved"};
    const hm_score *s = g->s;
    char text[32];
    if (x->order == 0) {
        int32_t us = g->pace[x->index].quarter_us;
        unsigned char b[] = {
            0xff, 0x51, 3, (unsigned char)(us >> 16), (unsigned char)(us >> 8), (unsigned char)us};
        put_bytes(g, t, x->tick, b, 6);
    } else if (x->order == 1) {
        const hm_score_key *k = &s->key[x->index];
        unsigned char b[] = {0xff, 0x59, 2, (unsigned char)signature(k->tonic, k->minor), k->minor};
        put_bytes(g, t, x->tick, b, 5);
    } else if (x->order == 2) {
        put_text(g, t, x->tick, 6, name[s->section[x->index].kind]);
    } else {
        snprintf(text, sizeof text, "lane %d leads", (int)s->key[x->index].lane);
        put_text(g, t, x->tick, 6, text);
    }
}

static void write_leading(page *g)
{
    static const unsigned char two_four[] = {0xff, 0x58, 4, 2, 2, 24, 8};
    const hm_score *s = g->s;
    int32_t n = 0;
    leading *list = HM_PUSH(g->arena, leading, g->n_pace + 2 * s->n_key + s->n_section + 1);
    smf_track_t *t = new_track(g, "Hectometre");
    g->ok = g->ok && list;
    if (!g->ok)
        return;
    for (int32_t i = 0; i < g->n_pace; i++)
        list[n++] = (leading){g->pace[i].from, 0, i};
    for (int32_t i = 0; i < s->n_key; i++)
        list[n++] = (leading){tick_of(g, s->key[i].at_s), 1, i};
    for (int32_t i = 0; i < s->n_section; i++)
        list[n++] = (leading){tick_of(g, s->section[i].from_s), 2, i};
    for (int32_t i = 1; i < s->n_key; i++)
        list[n++] = (leading){tick_of(g, s->key[i].at_s), 3, i};
    qsort(list, (size_t)n, sizeof *list, compare_leading);
    put_bytes(g, t, 0, two_four, 7);
    for (int32_t i = 0; i < n; i++)
        put_leading(g, t, &list[i]);
    end_track(g, t);
}

static int64_t list_part(const page *g, int32_t part, event *e)
{
    const hm_score *s = g->s;
    int64_t n = 0;
    unsigned char ch = (unsigned char)part;
    for (int64_t i = 0; i < s->n_control; i++) {
        const hm_score_control *c = &s->control[i];
        if (c->part == part)
            e[n++] =
                (event){tick_of(g, c->at_s), 128 + c->number, {0xb0 | ch, c->number, c->value}};
    }
    for (int64_t i = 0; i < s->n_note; i++) {
        const hm_score_note *x = &s->note[i];
        if (x->part != part)
            continue;
        int64_t on = tick_of(g, x->on_s), off = tick_of(g, x->off_s);
        e[n++] = (event){on, 256 + x->key, {0x90 | ch, x->key, x->velocity}};
        e[n++] = (event){off > on ? off : on + 1, x->key, {0x80 | ch, x->key, 64}};
    }
    qsort(e, (size_t)n, sizeof *e, compare);
    return n;
}

static bool plays(const hm_score *s, int32_t part)
{
    for (int64_t i = 0; i < s->n_note; i++)
        if (s->note[i].part == part)
            return true;
    return false;
}

static void write_part(page *g, int32_t part, event *e)
{
    smf_track_t *t = new_track(g, hm_score_part_name((hm_score_part)part));
    unsigned char program[] = {0xc0 | (unsigned char)part,
                               (unsigned char)hm_score_part_program((hm_score_part)part)};
    if (!g->ok)
        return;
    put_bytes(g, t, 0, program, 2);
    int64_t n = list_part(g, part, e);
    for (int64_t i = 0; i < n; i++)
        put_bytes(g, t, e[i].tick, e[i].bytes, 3);
    end_track(g, t);
}

static void write_all(page *g)
{
    const hm_score *s = g->s;
    event *e = HM_PUSH(g->arena, event, 2 * s->n_note + s->n_control + 1);
    g->ok = e && find_paces(g) && smf_set_ppqn(g->smf, QUARTER) == 0;
    if (g->ok)
        write_leading(g);
    for (int32_t part = 0; g->ok && part < HM_SCORE_PART_COUNT; part++)
        if (plays(s, part))
            write_part(g, part, e);
}

static hm_status save(page *g, const char *path, hm_err *err)
{
    hm_file file = {0};
    if (!g->ok)
        return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "no memory left");
    HM_TRY(hm_file_create(path, &file, err));
    if (file.direct) {
        hm_file_abort(&file);
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--midi", "expected a file, found \"%s\"",
                          path);
    }
    if (smf_save(g->smf, file.temp) == 0)
        return hm_file_commit(&file, err);
    hm_file_abort(&file);
    return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "cannot be written");
}

hm_status hm_score_midi(const hm_score *score, const char *path, hm_err *err)
{
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    page g = {.s = score, .arena = &scratch, .smf = smf_new()};
    g.ok = g.smf;
    if (g.ok)
        write_all(&g);
    hm_status st = save(&g, path, err);
    if (g.smf)
        smf_delete(g.smf);
    hm_arena_free(&scratch);
    return st;
}

#else

hm_status hm_score_midi(const hm_score *score, const char *path, hm_err *err)
{
    (void)score, (void)path;
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--midi",
                      "built without libsmf: install libsmf-dev and build again");
}
#endif
