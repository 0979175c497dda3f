#include "stage/text_track.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/sink.h"

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "text track", 0, 0, NULL, "no memory");
}

hm_status hm_text_track_check(const hm_text_track *t, hm_err *err)
{
    double last_s = 0;
    for (int32_t i = 0; i < t->n_cue; i++) {
        const hm_cue *c = &t->cue[i];
        char field[32];
        snprintf(field, sizeof field, "cue[%d]", (int)i);
        if (!(c->from_s >= last_s && c->to_s > c->from_s && isfinite(c->to_s)))
            return hm_err_set(err, HM_ERR_INPUT, "text track", 0, 0, field,
                              "expected a span after %.3f s, found %.3f to %.3f", last_s, c->from_s,
                              c->to_s);
        if (!c->text || !c->text[0] || strlen(c->text) > HM_CUE_TEXT_MAX)
            return hm_err_set(err, HM_ERR_INPUT, "text track", 0, 0, field,
                              "expected a text of 1 to %d bytes", HM_CUE_TEXT_MAX);
        last_s = c->to_s;
    }
    return HM_OK;
}

hm_status hm_text_track_add(hm_text_track *t, size_t *cap, hm_arena *arena, double from_s,
                            double to_s, const char *text, hm_err *err)
{
    if (!text)
        return no_memory(err);
    hm_cue *cue = HM_GROW(arena, t->cue, t->n_cue, cap);
    if (!cue)
        return no_memory(err);
    t->cue = cue;
    int32_t at = t->n_cue++;
    for (; at > 0 && cue[at - 1].from_s > from_s; at--)
        cue[at] = cue[at - 1];
    cue[at] = (hm_cue){from_s, to_s, text};
    return HM_OK;
}

void hm_text_track_tidy(hm_text_track *t, double least_s)
{
    int32_t n = 0;
    for (int32_t i = 0; i < t->n_cue; i++) {
        hm_cue c = t->cue[i];
        if (i + 1 < t->n_cue)
            c.to_s = fmin(c.to_s, t->cue[i + 1].from_s);
        if (c.to_s - c.from_s >= least_s)
            t->cue[n++] = c;
    }
    t->n_cue = n;
}

hm_status hm_text_track_cut(const hm_text_track *t, double from_s, double to_s, hm_arena *arena,
                            hm_text_track *part, hm_err *err)
{
    hm_text_track made = *t;
    made.n_cue = 0;
    made.cue = HM_PUSH(arena, hm_cue, t->n_cue + 1);
    if (!made.cue)
        return no_memory(err);
    for (int32_t i = 0; i < t->n_cue; i++) {
        hm_cue c = t->cue[i];
        c.from_s = fmax(c.from_s, from_s) - from_s;
        c.to_s = fmin(c.to_s, to_s) - from_s;
        if (c.to_s - c.from_s >= 1e-3)
            made.cue[made.n_cue++] = c;
    }
    *part = made;
    return HM_OK;
}

int32_t hm_text_track_at(const hm_text_track *t, double t_s)
{
    for (int32_t i = 0; i < t->n_cue; i++)
        if (t_s >= t->cue[i].from_s && t_s < t->cue[i].to_s)
            return i;
    return -1;
}

/* ---- files ---- */

hm_status hm_text_form_of(const char *path, hm_text_form *form, hm_err *err)
{
    size_t n = strlen(path);
    const char *end = n >= 4 ? path + n - 4 : path;
    if (strcmp(end, ".vtt") != 0 && strcmp(end, ".srt") != 0)
        return hm_err_set(err, HM_ERR_USAGE, path, 0, 0, NULL,
                          "expected a name that ends in .vtt (WebVTT) or .srt (SubRip)");
    *form = end[1] == 's' ? HM_TEXT_SRT : HM_TEXT_VTT;
    return HM_OK;
}

static hm_status put(hm_memory *m, const char *text, size_t n, hm_err *err)
{
    hm_sink sink = hm_sink_memory(m);
    return sink.put(sink.ctx, text, n, err);
}

/* Markup characters are escaped in WebVTT, which knows how; SubRip's players take them as they are.
 * An empty line would end the cue: of line feeds in a row one is left. */
static hm_status put_text(hm_memory *m, const char *text, hm_text_form form, hm_err *err)
{
    for (char last = '\n'; *text; text++) {
        const char *as = form == HM_TEXT_SRT ? NULL
                         : *text == '&'      ? "&amp;"
                         : *text == '<'      ? "&lt;"
                         : *text == '>'      ? "&gt;"
                                             : NULL;
        char one = *text == '\n' && last != '\n' ? '\n' : (unsigned char)*text < 32 ? ' ' : *text;
        if (!(*text == '\n' && last == '\n'))
            HM_TRY(put(m, as ? as : &one, as ? strlen(as) : 1, err));
        last = *text;
    }
    return HM_OK;
}

static void clock_text(char buf[32], double t_s, char point)
{
    int64_t ms = (int64_t)floor(1000 * t_s + 0.5);
    snprintf(buf, 32, "%02d:%02d:%02d%c%03d", (int)(ms / 3600000 % 100), (int)(ms / 60000 % 60),
             (int)(ms / 1000 % 60), point, (int)(ms % 1000));
}

static hm_status put_cue(hm_memory *m, const hm_cue *c, int32_t number, hm_text_form form,
                         hm_err *err)
{
    char line[96], from[32], to[32];
    char point = form == HM_TEXT_SRT ? ',' : '.';
    clock_text(from, c->from_s, point);
    clock_text(to, c->to_s, point);
    if (form == HM_TEXT_SRT)
        snprintf(line, sizeof line, "%s%d\n%s --> %s\n", number > 1 ? "\n" : "", (int)number, from,
                 to);
    else
        snprintf(line, sizeof line, "\n%s --> %s\n", from, to);
    HM_TRY(put(m, line, strlen(line), err));
    HM_TRY(put_text(m, c->text, form, err));
    return put(m, "\n", 1, err);
}

hm_status hm_text_track_print(const hm_text_track *t, hm_text_form form, hm_arena *arena,
                              char **text, size_t *n, hm_err *err)
{
    hm_memory m = {.arena = arena};
    char head[64];
    snprintf(head, sizeof head, "WEBVTT\nKind: %s\nLanguage: %s\n",
             t->kind == HM_TEXT_CAPTIONS ? "captions" : "descriptions", hm_lang_word[t->lang]);
    HM_TRY(put(&m, head, form == HM_TEXT_VTT ? strlen(head) : 0, err));
    for (int32_t i = 0; i < t->n_cue; i++)
        HM_TRY(put_cue(&m, &t->cue[i], i + 1, form, err));
    *text = m.bytes;
    if (n)
        *n = m.n;
    return HM_OK;
}
