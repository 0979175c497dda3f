#include "stage/captions.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/sink.h"

enum { CUE_MAX = HM_SHOT_MAX + 8 };

#define CUE_LEAST_S 0.6 /* a cue that would stand for less is left out */

typedef struct cue {
    double from_s, to_s;
    const char *text; /* not yet escaped */
} cue;

typedef struct script {
    const hm_film *film;
    const hm_race *race;
    hm_arena *arena;
    bool is_short; /* of memory */
    int32_t n;
    cue cue[CUE_MAX];
} script;

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

static void add(script *s, double from_s, double last_s, const char *text)
{
    s->is_short |= !text;
    if (!text || from_s < 0 || s->n == CUE_MAX)
        return;
    int32_t at = s->n++;
    for (; at > 0 && s->cue[at - 1].from_s > from_s; at--)
        s->cue[at] = s->cue[at - 1];
    s->cue[at] = (cue){from_s, fmin(from_s + last_s, s->film->duration_s), text};
}

static const hm_lane *by_place(const hm_race *race, int32_t place)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].place == place)
            return &race->lane[i];
    return NULL;
}

static void add_lead(script *s, double at_m)
{
    const hm_lane *first = NULL;
    double first_s = 0, second_s = -1;
    for (int32_t i = 0; i < s->race->n_lane; i++) {
        const hm_lane *l = &s->race->lane[i];
        double t_s = l->curve.n > 1 ? hm_curve_time_s(&l->curve, at_m) : -1;
        if (t_s < 0)
            continue;
        if (!first || t_s < first_s) {
            second_s = first ? first_s : -1;
            first_s = t_s;
            first = l;
        } else if (second_s < 0 || t_s < second_s) {
            second_s = t_s;
        }
    }
    if (first && second_s >= 0)
        add(s, film_time(s->film, first_s), 1.6,
            hm_arena_printf(s->arena, "%.0f m: %s leads by %.2f s.", at_m, first->name,
                            second_s - first_s));
}

static void add_result(script *s)
{
    char text[512] = "";
    for (int32_t place = 1; place <= 3; place++) {
        const hm_lane *l = by_place(s->race, place);
        size_t used = strlen(text);
        if (l)
            snprintf(text + used, sizeof text - used, "%s%d %.100s %d.%02d", used ? ", " : "",
                     (int)place, l->name, (int)(l->official_cs / 100), (int)(l->official_cs % 100));
    }
    for (int32_t i = 0; i < s->film->n_shot; i++)
        if (text[0] && (s->film->shot[i].overlays & HM_OVERLAY_BOARD))
            add(s, s->film->shot[i].from_s + 1.5, 6, hm_arena_printf(s->arena, "%s.", text));
}

static void write_script(script *s)
{
    const hm_race *r = s->race;
    const hm_lane *w = by_place(r, 1);
    if (r->meet[0] || r->event[0])
        add(s, 0, 3,
            hm_arena_printf(s->arena, "%s%s%s%s%s", r->meet, r->meet[0] && r->event[0] ? ", " : "",
                            r->event, r->round[0] ? ", " : "", r->round));
    add(s, film_time(s->film, HM_SET_S), 0.9, "[Set]");
    add(s, film_time(s->film, 0), 0.9, "[Gun]");
    add_lead(s, 30);
    add_lead(s, 60);
    if (w)
        add(s, film_time(s->film, 1e-6 * (double)w->time_us), 2.4,
            hm_arena_printf(s->arena, "%s wins in %d.%02d s. [Crowd roars]", w->name,
                            (int)(w->official_cs / 100), (int)(w->official_cs % 100)));
    for (int32_t i = 0; i < s->film->n_shot; i++)
        if (s->film->shot[i].overlays & HM_OVERLAY_REPLAY)
            add(s, s->film->shot[i].from_s, 1.8, "[Replay in slow motion]");
    add_result(s);
}

static hm_status put(hm_memory *m, const char *text, size_t n, hm_err *err)
{
    hm_sink sink = hm_sink_memory(m);
    return sink.put(sink.ctx, text, n, err);
}

/* Markup characters are escaped, line ends would end the cue: they become spaces. */
static hm_status put_escaped(hm_memory *m, const char *text, hm_err *err)
{
    for (; *text; text++) {
        const char *as = *text == '&'   ? "&amp;"
                         : *text == '<' ? "&lt;"
                         : *text == '>' ? "&gt;"
                                        : NULL;
        char one = (unsigned char)*text < 32 ? ' ' : *text;
        HM_TRY(put(m, as ? as : &one, as ? strlen(as) : 1, err));
    }
    return HM_OK;
}

static hm_status put_cue(hm_memory *m, const cue *c, double to_s, hm_err *err)
{
    char line[64];
    int64_t ms[2] = {(int64_t)floor(1000 * c->from_s + 0.5), (int64_t)floor(1000 * to_s + 0.5)};
    snprintf(line, sizeof line, "\n%02d:%02d.%03d --> %02d:%02d.%03d\n", (int)(ms[0] / 60000),
             (int)(ms[0] / 1000 % 60), (int)(ms[0] % 1000), (int)(ms[1] / 60000),
             (int)(ms[1] / 1000 % 60), (int)(ms[1] % 1000));
    HM_TRY(put(m, line, strlen(line), err));
    HM_TRY(put_escaped(m, c->text, err));
    return put(m, "\n", 1, err);
}

hm_status hm_film_captions(const hm_film *film, const hm_race *race, hm_arena *arena, char **vtt,
                           hm_err *err)
{
    script s = {.film = film, .race = race, .arena = arena};
    hm_memory m = {.arena = arena};
    write_script(&s);
    if (s.is_short)
        return hm_err_set(err, HM_ERR_SYSTEM, "captions", 0, 0, NULL, "no memory");
    HM_TRY(put(&m, "WEBVTT\n", 7, err));
    for (int32_t i = 0; i < s.n; i++) {
        double to_s = i + 1 < s.n ? fmin(s.cue[i].to_s, s.cue[i + 1].from_s) : s.cue[i].to_s;
        if (to_s - s.cue[i].from_s >= CUE_LEAST_S)
            HM_TRY(put_cue(&m, &s.cue[i], to_s, err));
    }
    *vtt = m.bytes;
    return HM_OK;
}
