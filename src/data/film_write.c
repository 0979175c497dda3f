#include <stdio.h>

#include "data/film_file.h"
#include "io/json.h"

static void put_keys(hm_json_out *o, const hm_shot *s)
{
    hm_json_put_bool(o, "follow", s->follow);
    hm_json_put_array(o, "keys", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_key; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_number(o, "at_frac", s->key[i].at_frac);
        hm_json_put_numbers(o, "eye_m", 3, s->key[i].eye_m);
        hm_json_put_numbers(o, "aim_m", 3, s->key[i].aim_m);
        hm_json_put_number(o, "vfov_deg", s->key[i].vfov_deg);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_focus(hm_json_out *o, const hm_shot *s)
{
    hm_json_put_array(o, "focus", HM_JSON_LINE);
    for (int32_t i = 0; i < s->n_focus; i++) {
        char lane[16];
        snprintf(lane, sizeof lane, "lane%d", (int)s->focus[i].lane);
        bool is_lane = s->focus[i].role == HM_ROLE_LANE;
        hm_json_put_text(o, NULL, is_lane ? lane : hm_role_word(s->focus[i].role));
    }
    hm_json_put_end(o);
}

static void put_obsession(hm_json_out *o, const hm_obsession *track)
{
    if (track->n == 0)
        return;
    hm_json_put_array(o, "obsession", HM_JSON_BLOCK);
    for (int32_t i = 0; i < track->n; i++) {
        char at[80];
        hm_anchor_text(&track->key[i].at, at, sizeof at);
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "at", at);
        hm_json_put_number(o, "frac", track->key[i].frac);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_values(hm_json_out *o, const hm_shot *s)
{
    if (s->n_value == 0)
        return;
    hm_json_put_object(o, "set", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_value; i++) {
        const hm_look_value *v = &s->value[i];
        if (v->kind == HM_VALUE_NUMBER)
            hm_json_put_number(o, v->name, v->number);
        else if (v->kind == HM_VALUE_BOOL)
            hm_json_put_bool(o, v->name, v->truth);
        else
            hm_json_put_text(o, v->name, v->text);
    }
    hm_json_put_end(o);
}

/* What most shots do without is left out. */
static void put_own(hm_json_out *o, const hm_shot *s)
{
    if (s->card.title && s->card.title[0]) {
        hm_json_put_object(o, "card", HM_JSON_LINE);
        hm_json_put_text(o, "title", s->card.title);
        if (s->card.subtitle && s->card.subtitle[0])
            hm_json_put_text(o, "subtitle", s->card.subtitle);
        hm_json_put_end(o);
    }
    if (s->plain)
        hm_json_put_bool(o, "plain", true);
    if (s->crosses)
        hm_json_put_bool(o, "crosses", true);
    put_values(o, s);
    put_obsession(o, &s->obsession);
}

static void put_shot(hm_json_out *o, const hm_shot *s)
{
    char text[80];
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "name", s->name);
    if (s->look[0])
        hm_json_put_text(o, "look", s->look);
    hm_anchor_text(&s->from, text, sizeof text);
    hm_json_put_text(o, "from", text);
    hm_anchor_text(&s->to, text, sizeof text);
    hm_json_put_text(o, "to", text);
    hm_json_put_number(o, "rate", s->rate);
    hm_json_put_text(o, "rig", hm_rig_word(s->rig));
    if (s->rig == HM_RIG_KEYS)
        put_keys(o, s);
    hm_json_put_number(o, "drift_frac", s->drift_frac);
    put_focus(o, s);
    hm_json_put_array(o, "overlays", HM_JSON_LINE);
    for (int32_t i = 0; i < HM_OVERLAY_COUNT; i++)
        if (s->overlays >> i & 1)
            hm_json_put_text(o, NULL, hm_overlay_word(i));
    hm_json_put_end(o);
    put_own(o, s);
    hm_json_put_end(o);
}

/* Where a shot asks for it, or somebody is followed. */
static void put_interest(hm_json_out *o, const hm_film *film)
{
    const hm_interest *w = &film->interest;
    double lane[HM_LANE_MAX];
    bool asked = w->n_lane > 0;
    for (int32_t i = 0; i < film->n_shot; i++)
        for (int32_t k = 0; k < film->shot[i].n_focus; k++)
            asked |= film->shot[i].focus[k].role == HM_ROLE_INTEREST;
    if (!asked)
        return;
    hm_json_put_object(o, "interest", HM_JSON_LINE);
    for (int k = 0; k < HM_INTEREST_COUNT; k++)
        hm_json_put_number(o, hm_interest_word((hm_interest_term)k), w->weight[k]);
    if (w->record_s > 0)
        hm_json_put_number(o, "record_s", w->record_s);
    for (int32_t i = 0; i < w->n_lane; i++)
        lane[i] = w->lane[i];
    if (w->n_lane > 0)
        hm_json_put_numbers(o, "lanes", w->n_lane, lane);
    hm_json_put_end(o);
}

static hm_status put_film(hm_sink sink, const hm_film *film, hm_err *err)
{
    hm_json_out out = hm_json_out_make(sink, err), *o = &out;
    const double size[2] = {film->w_px, film->h_px};
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", HM_FILM_FORMAT);
    hm_json_put_integer(o, "version", HM_FILM_VERSION);
    hm_json_put_text(o, "look", film->look);
    hm_json_put_numbers(o, "size_px", 2, size);
    hm_json_put_integer(o, "fps", film->fps);
    hm_json_put_integer(o, "seed", (int64_t)film->seed);
    hm_json_put_text(o, "lang", hm_lang_word[film->lang]);
    put_obsession(o, &film->obsession);
    put_interest(o, film);
    hm_json_put_array(o, "shots", HM_JSON_BLOCK);
    for (int32_t i = 0; i < film->n_shot; i++)
        put_shot(o, &film->shot[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
    return hm_json_finish(o);
}

hm_status hm_film_write(const char *path, const hm_film *film, hm_err *err)
{
    hm_file f;
    HM_TRY(hm_file_create(path, &f, err));
    hm_status status = put_film(hm_sink_file(&f), film, err);
    if (status == HM_OK)
        return hm_file_commit(&f, err);
    hm_file_abort(&f);
    return status;
}

hm_status hm_film_print(const hm_film *film, hm_arena *arena, char **text, size_t *n, hm_err *err)
{
    hm_memory m = {.arena = arena};
    HM_TRY(put_film(hm_sink_memory(&m), film, err));
    *text = m.bytes;
    if (n)
        *n = m.n;
    return HM_OK;
}
