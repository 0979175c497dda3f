#include "data/film.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/status.h"

static const char *const rig_word[HM_RIG_COUNT] = {
    "keys",     "crane",   "lanes",   "breath", "blocks",  "behind", "steps", "rail",
    "overhead", "head-on", "quarter", "line",   "reverse", "face",   "wide"};

static const char *const role_word[HM_ROLE_COUNT] = {"lane",    "all",     "winner",  "second",
                                                     "third",   "last",    "closest", "starter",
                                                     "fastest", "interest"};

static const char *const overlay_word[HM_OVERLAY_COUNT] = {
    "title", "lane-card", "tags",   "clock",  "reactions", "order", "speed",
    "graph", "board",     "replay", "margin", "mark",      "name",  "credits"};

const char *hm_rig_word(hm_rig rig)
{
    return (unsigned)rig < HM_RIG_COUNT ? rig_word[rig] : NULL;
}

const char *hm_role_word(hm_role role)
{
    return (unsigned)role < HM_ROLE_COUNT ? role_word[role] : NULL;
}

const char *hm_overlay_word(int32_t i_bit)
{
    return i_bit >= 0 && i_bit < HM_OVERLAY_COUNT ? overlay_word[i_bit] : NULL;
}

static bool is_between(double x, double lo, double hi)
{
    return x >= lo && x <= hi; /* false for NaN */
}

static hm_status anchor_check(const hm_anchor *a, const char *shot, const char *field, hm_err *err)
{
    bool has_place = a->at == HM_AT_LEADER || a->at == HM_AT_LANE;
    if ((unsigned)a->at > HM_AT_LANE || !is_between(a->plus_s, -600, 600))
        return hm_err_set(err, HM_ERR_INPUT, shot, 0, 0, field,
                          "expected a moment within 600 s of its event");
    if (has_place && !is_between(a->x_m, 0, 100))
        return hm_err_set(err, HM_ERR_INPUT, shot, 0, 0, field,
                          "expected a place from 0 to 100 m, found %g", a->x_m);
    if (a->at == HM_AT_LANE && (a->lane < 1 || a->lane > HM_LANE_MAX))
        return hm_err_set(err, HM_ERR_INPUT, shot, 0, 0, field,
                          "expected a lane from 1 to %d, found %d", HM_LANE_MAX, (int)a->lane);
    return HM_OK;
}

static hm_status keys_check(const hm_shot *s, hm_err *err)
{
    if ((s->rig == HM_RIG_KEYS) != (s->n_key > 0) || s->n_key > HM_CAM_KEY_MAX)
        return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "keys",
                          "expected 1 to %d keys with the rig \"keys\", none with others; found %d",
                          HM_CAM_KEY_MAX, (int)s->n_key);
    for (int32_t i = 0; i < s->n_key; i++) {
        const hm_cam_key *k = &s->key[i];
        if (!is_between(k->at_frac, i > 0 ? s->key[i - 1].at_frac + 1e-3 : 0, 1))
            return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "at_frac",
                              "expected rising values from 0 to 1, found %g", k->at_frac);
        if (!is_between(k->vfov_deg, 1, 120))
            return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "vfov_deg",
                              "expected 1 to 120, found %g", k->vfov_deg);
        double d2 = 0;
        for (int c = 0; c < 3; c++) {
            if (!is_between(k->eye_m[c], -1000, 1000) || !is_between(k->aim_m[c], -1000, 1000))
                return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "eye_m",
                                  "expected places within 1000 m");
            d2 += (k->eye_m[c] - k->aim_m[c]) * (k->eye_m[c] - k->aim_m[c]);
        }
        if (d2 < 0.01)
            return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "aim_m",
                              "expected a place at least 0.1 m from the eye");
    }
    return HM_OK;
}

/* Own choice: a fight for the lead outweighs the lead, whom the film follows outweighs a place. */
hm_interest hm_interest_default(void)
{
    return (hm_interest){.weight = {[HM_INTEREST_PLACE] = 1.0,
                                    [HM_INTEREST_CLOSING] = 1.2,
                                    [HM_INTEREST_RIVAL] = 0.5,
                                    [HM_INTEREST_RECORD] = 1.0,
                                    [HM_INTEREST_BEST] = 0.5,
                                    [HM_INTEREST_FOLLOWED] = 1.2,
                                    [HM_INTEREST_START] = 0.5}};
}

const char *hm_interest_word(hm_interest_term term)
{
    static const char *const word[HM_INTEREST_COUNT] = {"place", "closing",  "rival", "record",
                                                        "best",  "followed", "start"};
    return (unsigned)term < HM_INTEREST_COUNT ? word[term] : NULL;
}

static hm_status interest_check(const hm_interest *w, hm_err *err)
{
    bool good = w->record_s >= 0 && w->record_s < 1e4 && w->n_lane >= 0 && w->n_lane <= HM_LANE_MAX;
    for (int k = 0; k < HM_INTEREST_COUNT; k++)
        good = good && w->weight[k] >= 0 && w->weight[k] <= 10;
    for (int32_t i = 0; good && i < w->n_lane; i++)
        good = w->lane[i] >= 1 && w->lane[i] <= HM_LANE_MAX;
    return good ? HM_OK
                : hm_err_set(err, HM_ERR_INPUT, "film", 0, 0, "interest",
                             "expected weights from 0 to 10, a time, and lanes from 1 to %d",
                             HM_LANE_MAX);
}

static hm_status focus_check(const hm_shot *s, hm_err *err)
{
    if (s->n_focus < 0 || s->n_focus > HM_LANE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "focus", "expected 0 to %d entries",
                          HM_LANE_MAX);
    for (int32_t i = 0; i < s->n_focus; i++) {
        const hm_focus *f = &s->focus[i];
        if ((unsigned)f->role >= HM_ROLE_COUNT ||
            (f->role == HM_ROLE_LANE && (f->lane < 1 || f->lane > HM_LANE_MAX)))
            return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "focus",
                              "expected a role or a lane from 1 to %d", HM_LANE_MAX);
    }
    return HM_OK;
}

static hm_status obsession_check(const hm_obsession *o, const char *shot, hm_err *err)
{
    if (o->n < 0 || o->n > HM_OBSESSION_KEY_MAX)
        return hm_err_set(err, HM_ERR_INPUT, shot, 0, 0, "obsession", "expected 0 to %d keys",
                          HM_OBSESSION_KEY_MAX);
    for (int32_t i = 0; i < o->n; i++) {
        HM_TRY(anchor_check(&o->key[i].at, shot, "obsession", err));
        if (!is_between(o->key[i].frac, 0, 1))
            return hm_err_set(err, HM_ERR_INPUT, shot, 0, 0, "obsession",
                              "expected 0 to 1, found %g", o->key[i].frac);
    }
    return HM_OK;
}

static bool is_line(const char *text)
{
    return !text || strlen(text) <= HM_CARD_TEXT_MAX;
}

static hm_status card_check(const hm_shot *s, hm_err *err)
{
    if (!is_line(s->card.title) || !is_line(s->card.subtitle))
        return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "card",
                          "expected lines of at most %d bytes", HM_CARD_TEXT_MAX);
    bool has_title = s->card.title && s->card.title[0];
    if (!has_title && s->card.subtitle && s->card.subtitle[0])
        return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "card",
                          "expected a title above the subtitle");
    return HM_OK;
}

static hm_status values_check(const hm_shot *s, hm_err *err)
{
    if (s->n_value < 0 || s->n_value > HM_LOOK_VALUE_MAX)
        return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "set", "expected 0 to %d values",
                          HM_LOOK_VALUE_MAX);
    for (int32_t i = 0; i < s->n_value; i++) {
        const hm_look_value *v = &s->value[i];
        const char *dot = strchr(v->name, '.');
        if (!dot || dot == v->name || !dot[1] || (unsigned)v->kind > HM_VALUE_TEXT ||
            (v->kind == HM_VALUE_NUMBER && !isfinite(v->number)))
            return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "set",
                              "expected LOOK.OPTION with a value, found \"%.40s\"", v->name);
    }
    return HM_OK;
}

static hm_status shot_check(const hm_shot *s, hm_err *err)
{
    if (!is_between(s->rate, 0.01, 100))
        return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "rate",
                          "expected 0.01 to 100 race seconds a film second, found %g", s->rate);
    if ((unsigned)s->rig >= HM_RIG_COUNT)
        return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "rig", "unknown camera rig");
    if (!is_between(s->drift_frac, 0, 1))
        return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "drift_frac",
                          "expected 0 to 1, found %g", s->drift_frac);
    if (s->overlays >> HM_OVERLAY_COUNT)
        return hm_err_set(err, HM_ERR_INPUT, s->name, 0, 0, "overlays", "unknown graphic");
    HM_TRY(anchor_check(&s->from, s->name, "from", err));
    HM_TRY(anchor_check(&s->to, s->name, "to", err));
    HM_TRY(focus_check(s, err));
    HM_TRY(card_check(s, err));
    HM_TRY(values_check(s, err));
    HM_TRY(obsession_check(&s->obsession, s->name, err));
    return keys_check(s, err);
}

hm_status hm_film_check(const hm_film *film, hm_err *err)
{
    if (film->w_px < 64 || film->w_px > 7680 || film->h_px < 64 || film->h_px > 4320 ||
        film->w_px % 2 || film->h_px % 2)
        return hm_err_set(err, HM_ERR_INPUT, "film", 0, 0, "size",
                          "expected even numbers from 64x64 to 7680x4320, found %dx%d",
                          (int)film->w_px, (int)film->h_px);
    if (film->fps < 1 || film->fps > 240)
        return hm_err_set(err, HM_ERR_INPUT, "film", 0, 0, "fps", "expected 1 to 240, found %d",
                          (int)film->fps);
    if (film->seed >> 63)
        return hm_err_set(err, HM_ERR_INPUT, "film", 0, 0, "seed", "expected less than 2^63");
    if ((unsigned)film->lang >= HM_LANG_COUNT)
        return hm_err_set(err, HM_ERR_INPUT, "film", 0, 0, "lang", "expected en or ja");
    HM_TRY(obsession_check(&film->obsession, "film", err));
    HM_TRY(interest_check(&film->interest, err));
    if (film->n_shot < 1 || film->n_shot > HM_SHOT_MAX)
        return hm_err_set(err, HM_ERR_INPUT, "film", 0, 0, "shots", "expected 1 to %d, found %d",
                          HM_SHOT_MAX, (int)film->n_shot);
    for (int32_t i = 0; i < film->n_shot; i++)
        HM_TRY(shot_check(&film->shot[i], err));
    return HM_OK;
}

double hm_obsession_at(const hm_obsession *o, double t_s)
{
    if (o->n == 0)
        return NAN;
    int32_t i = 0;
    while (i < o->n && o->key[i].race_s <= t_s)
        i++;
    if (i == 0 || i == o->n)
        return o->key[i == 0 ? 0 : i - 1].frac;
    const hm_obsession_key *a = &o->key[i - 1], *b = &o->key[i];
    return a->frac + (b->frac - a->frac) * (t_s - a->race_s) / (b->race_s - a->race_s);
}
