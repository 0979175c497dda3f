/* anthology_score.c - one score for several races. Each race has its own, by rule; what holds them
 * together are the tunes of the followed, which change when an idea passes, and one of them alone
 * under each title. */
#include "anthology_priv.h"

#include <math.h>
#include <string.h>

/* The tune under a title: by itself, slow, soft. Own choice. */
#define SOLO_FROM_S 0.5
#define SOLO_HALF_S 0.17
#define SOLO_TOUCH  0.92
#define SOLO_LOUD   58

enum { SOLO_BASE = 57 /* tonic from A3 on */ };

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "score", 0, 0, NULL, "no memory for the music");
}

/* ---- tunes ---- */

hm_motif hm_anthology_motif(const hm_story *story, int32_t person, int32_t week)
{
    hm_motif own = hm_motif_of(story->person[person].name, 0);
    int32_t teacher = -1;
    for (int32_t i = 0; i < story->n_idea; i++) {
        const hm_story_idea *x = &story->idea[i];
        if (x->to == person && x->week <= week && x->after >= x->before &&
            story->person[x->from].pinned)
            teacher = x->from;
    }
    if (teacher < 0)
        return own;
    hm_motif theirs = hm_motif_of(story->person[teacher].name, 0);
    return hm_motif_quote(&own, &theirs);
}

static void put_voices(const hm_story *story, const hm_story_race *told, hm_score_opts *o)
{
    for (int32_t i = 0; i < told->n_run && o->n_voice < HM_LANE_MAX; i++)
        if (story->person[told->run[i].person].pinned)
            o->voice[o->n_voice++] = (hm_score_voice){
                .lane = told->run[i].lane,
                .has_motif = true,
                .motif = hm_anthology_motif(story, told->run[i].person, told->week)};
}

/* Whose tune stands under a chapter's title: the first who speaks, else the first of the followed
 * who runs. */
static int32_t soloist(const hm_story *story, const hm_story_chapter *c)
{
    const hm_story_race *told = &story->race[c->race];
    if (c->n_line > 0)
        return c->line[0].person;
    for (int32_t i = 0; i < told->n_run; i++)
        if (story->person[told->run[i].person].pinned)
            return told->run[i].person;
    return told->run[0].person;
}

/* ---- lists that grow ---- */

typedef struct whole {
    hm_score s;
    size_t cap[6];
    hm_arena *arena;
} whole;

/* Append n items to one of the score's lists, moved in time by what `move` does to them. */
#define JOIN(w, list, count, k, from, from_n, each)                                                \
    do {                                                                                           \
        size_t size = sizeof *(w)->s.list;                                                         \
        void *room = hm_arena_grow((w)->arena, (w)->s.list, (size_t)(w)->s.count,                  \
                                   (size_t)(from_n), &(w)->cap[k], size);                          \
        if (!room)                                                                                 \
            return no_memory(err);                                                                 \
        (w)->s.list = room;                                                                        \
        for (int64_t i = 0; i < (from_n); i++) {                                                   \
            (w)->s.list[(w)->s.count] = (from)[i];                                                 \
            each;                                                                                  \
            (w)->s.count++;                                                                        \
        }                                                                                          \
    } while (0)

/* A part's score behind what there is, at_s later. */
static hm_status join(whole *w, const hm_score *p, double at_s, hm_err *err)
{
    JOIN(w, note, n_note, 0, p->note, p->n_note,
         (w->s.note[w->s.n_note].on_s += at_s, w->s.note[w->s.n_note].off_s += at_s));
    JOIN(w, control, n_control, 1, p->control, p->n_control,
         w->s.control[w->s.n_control].at_s += at_s);
    JOIN(w, section, n_section, 2, p->section, p->n_section,
         (w->s.section[w->s.n_section].from_s += at_s, w->s.section[w->s.n_section].to_s += at_s));
    JOIN(w, beat, n_beat, 3, p->beat, p->n_beat, w->s.beat[w->s.n_beat].at_s += at_s);
    JOIN(w, key, n_key, 4, p->key, p->n_key, w->s.key[w->s.n_key].at_s += at_s);
    JOIN(w, chord, n_chord, 5, p->chord, p->n_chord, w->s.chord[w->s.n_chord].at_s += at_s);
    return HM_OK;
}

/* A part without music: a section, a key and a chord, since there is always one. */
static hm_status join_rest(whole *w, double from_s, double to_s, hm_err *err)
{
    const hm_score_section rest = {from_s, to_s, HM_SCORE_BEFORE};
    const hm_score_key key = {.at_s = from_s};
    const hm_score_chord chord = {.at_s = from_s};
    const hm_score_control off = {from_s, HM_SCORE_PART_STRINGS, 11, 0};
    JOIN(w, section, n_section, 2, &rest, 1, (void)0);
    JOIN(w, control, n_control, 1, &off, 1, (void)0);
    if (w->s.n_key == 0)
        JOIN(w, key, n_key, 4, &key, 1, (void)0);
    if (w->s.n_chord == 0)
        JOIN(w, chord, n_chord, 5, &chord, 1, (void)0);
    return HM_OK;
}

static hm_status join_silence(whole *w, size_t *cap, const hm_score *p, double at_s, hm_err *err)
{
    for (int32_t i = 0; i < p->n_silence; i++) {
        hm_score_silence *room = HM_GROW(w->arena, w->s.silence, w->s.n_silence, cap);
        if (!room)
            return no_memory(err);
        w->s.silence = room;
        room[w->s.n_silence++] =
            (hm_score_silence){p->silence[i].from_s + at_s, p->silence[i].to_s + at_s};
    }
    return HM_OK;
}

/* ---- the tune under a title ---- */

/* First shot of a part that is a title on plain ground; NULL = has none. */
static const hm_shot *title_of(const hm_film *film)
{
    for (int32_t i = 0; i < film->n_shot; i++)
        if (film->shot[i].plain && strcmp(film->shot[i].name, "title") == 0)
            return &film->shot[i];
    return NULL;
}

static int32_t seated(int32_t key)
{
    int32_t lo, hi;
    hm_score_range(HM_SCORE_PART_MUTED, &lo, &hi);
    while (key < lo)
        key += 12;
    while (key > hi)
        key -= 12;
    return key;
}

/* Add notes to a part's score, which stays in order. */
static hm_status solo(const hm_motif *m, const hm_shot *shot, hm_arena *arena, hm_score *s,
                      hm_err *err)
{
    hm_score_note *note = HM_PUSH(arena, hm_score_note, s->n_note + m->n);
    if (!note)
        return no_memory(err);
    int64_t n = 0, from = 0;
    double at_s = shot->from_s + SOLO_FROM_S;
    for (int32_t k = 0; k < m->n; k++) {
        double len_s = SOLO_HALF_S * m->length[k];
        int32_t degree = m->degree[k], octave = degree < 0 ? -1 : degree / 7;
        int32_t key = SOLO_BASE + (s->key[0].tonic - SOLO_BASE % 12 + 12) % 12 + 12 * octave +
                      hm_score_semitones(m->minor, degree - 7 * octave);
        if (at_s + len_s > shot->to_s - 0.1)
            break;
        while (from < s->n_note && s->note[from].on_s <= at_s)
            note[n++] = s->note[from++];
        note[n++] = (hm_score_note){at_s, at_s + SOLO_TOUCH * len_s, HM_SCORE_PART_MUTED,
                                    (uint8_t)seated(key), SOLO_LOUD};
        at_s += len_s;
    }
    while (from < s->n_note)
        note[n++] = s->note[from++];
    s->note = note;
    s->n_note = n;
    return HM_OK;
}

/* ---- the whole ---- */

static hm_status part_score(const hm_story *story, const hm_story_chapter *c,
                            const hm_reel_part *part, hm_arena *arena, hm_score *out, hm_err *err)
{
    const hm_reel_pane *v = &part->pane[part->heard];
    const hm_story_race *told = &story->race[c->race];
    const hm_shot *title = title_of(v->film);
    hm_score_opts o = hm_score_opts_default();
    put_voices(story, told, &o);
    HM_TRY(hm_score_compose(v->race, v->film, &o, arena, out, err));
    if (!title)
        return HM_OK;
    hm_motif m = hm_anthology_motif(story, soloist(story, c), told->week);
    return solo(&m, title, arena, out, err);
}

static hm_status add_part(const hm_story *story, const hm_story_chapter chapter[],
                          const hm_anthology *a, int32_t i, whole *w, size_t *silence_cap,
                          hm_anthology_music *music, hm_err *err)
{
    const hm_reel_part *p = &a->part[i];
    const hm_reel_pane *v = &p->pane[p->heard];
    double from_s = hm_reel_part_s(a->part, i, v->film->fps);
    if (strcmp(v->film->look, "sound") == 0)
        return join_rest(w, from_s, from_s + v->film->duration_s, err);
    hm_score *s = HM_PUSH(w->arena, hm_score, 1);
    if (!s)
        return no_memory(err);
    HM_TRY(part_score(story, &chapter[a->chapter[i]], p, w->arena, s, err));
    music->part[i] = s;
    HM_TRY(join(w, s, from_s, err));
    return join_silence(w, silence_cap, s, from_s, err);
}

hm_status hm_anthology_score(const hm_story *story, const hm_story_chapter chapter[],
                             const hm_anthology *a, hm_arena *arena, hm_anthology_music *out,
                             hm_err *err)
{
    whole w = {.arena = arena};
    size_t silence_cap = 0;
    hm_anthology_music made = {.part = HM_PUSH(arena, const hm_score *, a->n_part)};
    if (!made.part)
        return no_memory(err);
    for (int32_t i = 0; i < a->n_part; i++)
        HM_TRY(add_part(story, chapter, a, i, &w, &silence_cap, &made, err));
    w.s.duration_s = a->duration_s;
    made.whole = w.s;
    *out = made;
    return HM_OK;
}
