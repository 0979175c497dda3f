/* captions.c - the script of a film: what happens and what is heard, each where the film shows it.
 * Events that come too near to one another to be read singly stand together, a line each. */
#include "stage/captions.h"

#include "film_words_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "stage/look.h"

/* Own choices: what can be read in passing. */
#define CUE_LEAST_S  0.6
#define TOGETHER_S   0.9 /* two cues that begin within this are one */
#define LEVEL_S      0.005
#define LEAD_FROM_M  12.0 /* before, nobody leads */
#define LEAD_HOLDS_S 0.3
#define HUSH_S       (HM_SET_S - 2.5) /* the crowd goes quiet, stage/soundmap.c */
#define CHEER_S      0.9              /* and is back */

typedef struct script {
    const hm_film *film;
    const hm_race *race;
    hm_caption_opts o;
    hm_arena *arena;
    hm_err *err;
    size_t cap;
    hm_text_track track;
} script;

hm_caption_opts hm_caption_opts_default(void)
{
    return (hm_caption_opts){.lang = HM_LANG_EN, .crowd = true, .cheer = true};
}

hm_caption_opts hm_caption_opts_of(const char *name, const void *own)
{
    hm_caption_opts o = hm_caption_opts_default();
    hm_sound_opts heard = hm_sound_opts_default();
    const hm_look *look = hm_look_find(name);
    if (!look)
        return o;
    hm_look_sound(look, own, &heard);
    o.crowd = heard.crowd_frac < 0 || heard.crowd_frac > 0.05;
    o.cheer = heard.crowd_race_frac > 0.5;
    o.rain = heard.rain_frac > 0.05;
    return o;
}

/* When the film first shows a moment of the race; < 0 = never. */
static double film_time(const hm_film *film, double race_s)
{
    for (int32_t i = 0; i < film->n_shot; i++) {
        const hm_shot *s = &film->shot[i];
        if (race_s >= s->race_from_s && race_s < s->race_to_s)
            return s->from_s + (race_s - s->race_from_s) / s->rate;
    }
    return -1;
}

/* When the film first shows anything between two moments of the race; < 0 = never. */
static double film_time_within(const hm_film *film, double from_s, double to_s)
{
    for (int32_t i = 0; i < film->n_shot; i++) {
        const hm_shot *s = &film->shot[i];
        double first_s = fmax(from_s, s->race_from_s);
        if (first_s < fmin(to_s, s->race_to_s))
            return s->from_s + (first_s - s->race_from_s) / s->rate;
    }
    return -1;
}

/* A cue from film time from_s on; < 0: the film does not show it. */
static hm_status add(script *s, double from_s, double last_s, const char *text)
{
    if (from_s < 0 || from_s >= s->film->duration_s)
        return HM_OK;
    return hm_text_track_add(&s->track, &s->cap, s->arena, from_s,
                             fmin(from_s + last_s, s->film->duration_s), text, s->err);
}

static hm_status add_at(script *s, double race_s, double last_s, const char *text)
{
    return add(s, film_time(s->film, race_s), last_s, text);
}

static hm_status add_sound(script *s, double race_s, double last_s, film_word_id id)
{
    return add_at(s, race_s, last_s, film_word(s->o.lang, id));
}

static const char *say(script *s, film_word_id id, const char *a, const char *b, const char *c)
{
    return film_say(s->arena, s->o.lang, id, a, b, c);
}

static const char *time_text(script *s, int32_t cs)
{
    if (cs >= 6000)
        return hm_arena_printf(s->arena, "%d:%02d.%02d", (int)(cs / 6000), (int)(cs / 100 % 60),
                               (int)(cs % 100));
    return hm_arena_printf(s->arena, "%d.%02d", (int)(cs / 100), (int)(cs % 100));
}

/* ---- the race ---- */

static const hm_lane *by_place(const hm_race *race, int32_t place)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].place == place)
            return &race->lane[i];
    return NULL;
}

static hm_status add_title(script *s)
{
    const hm_race *r = s->race;
    const char *part[] = {r->meet, r->event, r->round};
    const char *text = "";
    for (int i = 0; i < 3 && text; i++)
        if (part[i] && part[i][0])
            text = text[0] ? say(s, FILM_WORD_LIST_OF, text, part[i], NULL) : part[i];
    return text && !text[0] ? HM_OK : add(s, 0, 3, text);
}

/* The first two at a place, and what parts them. */
static hm_status add_lead(script *s, double at_m)
{
    const hm_lane *first = NULL, *second = NULL;
    double first_s = 0, second_s = 0;
    for (int32_t i = 0; i < s->race->n_lane; i++) {
        const hm_lane *l = &s->race->lane[i];
        double t_s = l->curve.n > 1 ? hm_curve_time_s(&l->curve, at_m) : -1;
        if (t_s < 0)
            continue;
        if (!first || t_s < first_s) {
            second = first, second_s = first_s;
            first = l, first_s = t_s;
        } else if (!second || t_s < second_s) {
            second = l, second_s = t_s;
        }
    }
    if (!second)
        return HM_OK;
    const char *place = hm_arena_printf(s->arena, "%.0f", at_m);
    const char *gap = hm_arena_printf(s->arena, "%.2f", second_s - first_s);
    const char *text = second_s - first_s < LEVEL_S
                           ? say(s, FILM_WORD_LEVEL, place, first->name, second->name)
                           : say(s, FILM_WORD_LEADS, place, first->name, gap);
    return add_at(s, first_s, 1.6, text);
}

static const hm_lane *leader(const hm_race *race, double t_s, double *x_m)
{
    const hm_lane *best = NULL;
    *x_m = -1;
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *l = &race->lane[i];
        double x = l->curve.n > 1 ? hm_curve_x_m(&l->curve, t_s) : -1;
        if (x > *x_m)
            best = l, *x_m = x;
    }
    return best;
}

/* Changes of the lead that last. */
static hm_status add_changes(script *s, double end_s)
{
    const double look_s = 0.02;
    const hm_lane *was = NULL;
    for (double t_s = look_s; t_s < end_s - LEAD_HOLDS_S; t_s += look_s) {
        double x_m, later_m;
        const hm_lane *now = leader(s->race, t_s, &x_m);
        if (x_m < LEAD_FROM_M || now == was || now != leader(s->race, t_s + LEAD_HOLDS_S, &later_m))
            continue;
        if (was)
            HM_TRY(add_at(s, t_s, 1.6, say(s, FILM_WORD_TAKES_LEAD, now->name, NULL, NULL)));
        was = now;
    }
    return HM_OK;
}

static hm_status add_stops(script *s)
{
    for (int32_t i = 0; i < s->race->n_lane; i++) {
        const hm_lane *l = &s->race->lane[i];
        if (l->status != HM_RUN_DNF || l->curve.n < 2)
            continue;
        double slow_s = 1;
        while (slow_s < l->end_s && hm_curve_v_mps(&l->curve, slow_s) > 0.4 * l->top_speed_mps)
            slow_s += 0.05;
        HM_TRY(add_at(s, slow_s, 1.6, say(s, FILM_WORD_STOPS, l->name, NULL, NULL)));
    }
    return HM_OK;
}

static hm_status add_result(script *s)
{
    const char *text = "";
    for (int32_t place = 1; place <= 3 && text; place++) {
        const hm_lane *l = by_place(s->race, place);
        if (!l)
            continue;
        const char *one = say(s, FILM_WORD_PLACE, hm_arena_printf(s->arena, "%d", (int)place),
                              l->name, time_text(s, l->official_cs));
        text = text[0] && one ? say(s, FILM_WORD_LIST_OF, text, one, NULL) : one;
    }
    for (int32_t i = 0; i < s->film->n_shot; i++)
        if (!text || (text[0] && (s->film->shot[i].overlays & HM_OVERLAY_BOARD)))
            HM_TRY(add(s, s->film->shot[i].from_s + 1.5,
                       fmin(6, s->film->shot[i].to_s - s->film->shot[i].from_s - 1.5), text));
    return HM_OK;
}

static hm_status add_race(script *s)
{
    const hm_lane *w = by_place(s->race, 1);
    double end_s = 0, x_m;
    for (int32_t i = 0; i < s->race->n_lane; i++)
        end_s = fmax(end_s, s->race->lane[i].end_s);
    if (w)
        end_s = 1e-6 * (double)w->time_us;
    HM_TRY(add_title(s));
    HM_TRY(add_sound(s, HM_SET_S, 0.9, FILM_WORD_SET));
    HM_TRY(add_sound(s, 0, 0.9, FILM_WORD_GUN));
    HM_TRY(add_lead(s, 30));
    HM_TRY(add_lead(s, 60));
    HM_TRY(add_changes(s, end_s));
    HM_TRY(add_stops(s));
    if (w && leader(s->race, end_s, &x_m))
        HM_TRY(add_at(s, end_s, 2.4,
                      say(s, w->official_cs < 6000 ? FILM_WORD_WINS : FILM_WORD_WINS_LONG, w->name,
                          time_text(s, w->official_cs), NULL)));
    for (int32_t i = 0; i < s->film->n_shot; i++)
        if (s->film->shot[i].overlays & HM_OVERLAY_REPLAY)
            HM_TRY(add(s, s->film->shot[i].from_s, 1.8, film_word(s->o.lang, FILM_WORD_REPLAYED)));
    return add_result(s);
}

/* ---- what is heard ---- */

static hm_status add_place(script *s)
{
    const hm_lane *w = by_place(s->race, 1);
    if (s->o.rain)
        HM_TRY(add(s, 0, 3, film_word(s->o.lang, FILM_WORD_RAIN)));
    if (!s->o.crowd)
        return HM_OK;
    if (film_time(s->film, 0) > 4)
        HM_TRY(add(s, s->o.rain ? 3.2 : 0, 2.5, film_word(s->o.lang, FILM_WORD_MURMUR)));
    double hush_s = film_time_within(s->film, HUSH_S, HM_SET_S - 0.5);
    HM_TRY(add(s, hush_s, 2, film_word(s->o.lang, FILM_WORD_HUSH)));
    if (s->o.cheer)
        HM_TRY(add_sound(s, CHEER_S, 1.5, FILM_WORD_CHEER));
    return w ? add_sound(s, 1e-6 * (double)w->time_us, 2.4, FILM_WORD_ROAR) : HM_OK;
}

static hm_status add_music(script *s)
{
    static const int32_t word_of[HM_SCORE_KINDS] = {
        [HM_SCORE_BEFORE] = FILM_WORD_MUSIC_BEFORE, [HM_SCORE_SET] = -1,
        [HM_SCORE_DRUMS] = FILM_WORD_MUSIC_DRUMS,   [HM_SCORE_THEME] = FILM_WORD_MUSIC_THEME,
        [HM_SCORE_LAST] = FILM_WORD_MUSIC_ALL,      [HM_SCORE_WAIT] = FILM_WORD_MUSIC_WAIT,
        [HM_SCORE_REPLAY] = FILM_WORD_MUSIC_REPLAY, [HM_SCORE_RESOLVED] = FILM_WORD_MUSIC_END};
    const hm_score *score = s->o.score;
    hm_score_kind last = HM_SCORE_KINDS;
    for (int32_t i = 0; score && i < score->n_section; i++) {
        const hm_score_section *k = &score->section[i];
        int32_t id = word_of[k->kind];
        bool is_quiet = false;
        for (int32_t q = 0; q < score->n_silence; q++)
            is_quiet |= score->silence[q].from_s <= k->from_s && score->silence[q].to_s > k->from_s;
        if (id >= 0 && !is_quiet && k->kind != last)
            HM_TRY(add(s, k->from_s, 2, film_word(s->o.lang, (film_word_id)id)));
        last = k->kind;
    }
    for (int32_t q = 0; score && q < score->n_silence; q++)
        HM_TRY(add(s, score->silence[q].from_s, 2, film_word(s->o.lang, FILM_WORD_SILENCE)));
    return HM_OK;
}

/* What begins at nearly the same time stands in one cue. */
static hm_status join_near(script *s)
{
    int32_t n = 0;
    for (int32_t i = 0; i < s->track.n_cue; i++) {
        hm_cue *last = n > 0 ? &s->track.cue[n - 1] : NULL, *now = &s->track.cue[i];
        if (!last || now->from_s - last->from_s >= TOGETHER_S) {
            s->track.cue[n++] = *now;
            continue;
        }
        last->to_s = fmax(last->to_s, now->to_s);
        last->text = hm_arena_printf(s->arena, "%s\n%s", last->text, now->text);
        if (!last->text)
            return hm_err_set(s->err, HM_ERR_SYSTEM, "captions", 0, 0, NULL, "no memory");
    }
    s->track.n_cue = n;
    return HM_OK;
}

/* Names come from a sheet: a line feed in one must not look like a line of ours, nor a name fill a
 * cue. */
static hm_status clean_names(script *s, hm_race *race)
{
    hm_lane *lane = HM_PUSH(s->arena, hm_lane, race->n_lane + 1);
    bool ok = lane != NULL;
    for (int32_t i = 0; ok && i < race->n_lane; i++) {
        lane[i] = race->lane[i];
        char *name = hm_arena_text(s->arena, race->lane[i].name);
        for (char *c = name; c && *c; c++)
            *c = (unsigned char)*c < 32 ? ' ' : *c;
        lane[i].name = name;
        ok = name != NULL;
    }
    race->lane = lane;
    return ok ? HM_OK : hm_err_set(s->err, HM_ERR_SYSTEM, "captions", 0, 0, NULL, "no memory");
}

hm_status hm_film_captions(const hm_film *film, const hm_race *race, const hm_caption_opts *opts,
                           hm_arena *arena, hm_text_track *track, hm_err *err)
{
    hm_race plain = *race;
    script s = {.film = film, .race = &plain, .o = *opts, .arena = arena, .err = err};
    s.track = (hm_text_track){.kind = HM_TEXT_CAPTIONS,
                              .lang = opts->lang,
                              .title = film_word(opts->lang, FILM_WORD_CAPTIONS)};
    HM_TRY(clean_names(&s, &plain));
    HM_TRY(add_race(&s));
    HM_TRY(add_place(&s));
    HM_TRY(add_music(&s));
    HM_TRY(join_near(&s));
    hm_text_track_tidy(&s.track, CUE_LEAST_S);
    HM_TRY(hm_text_track_check(&s.track, err));
    *track = s.track;
    return HM_OK;
}
