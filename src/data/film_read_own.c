/* film_read_own.c - what a shot may carry of its own: card, values of its look, obsession. */
#include "film_priv.h"

#include <string.h>

hm_status film_read_card(const film_reading *r, const hm_json *v, hm_shot *s)
{
    static const char *const known[] = {"title", "subtitle"};
    const hm_json *card;
    s->card = (hm_film_card){"", ""};
    if (hm_json_find(v, "plain"))
        HM_TRY(hm_json_get_bool(v, "plain", &s->plain, r->err));
    if (hm_json_find(v, "crosses"))
        HM_TRY(hm_json_get_bool(v, "crosses", &s->crosses, r->err));
    if (!hm_json_find(v, "card"))
        return HM_OK;
    HM_TRY(hm_json_get_object(v, "card", &card, r->err));
    HM_TRY(film_known_keys(r, card, sizeof known / sizeof *known, known));
    HM_TRY(film_read_text(r, card, "title", true, &s->card.title));
    return film_read_text(r, card, "subtitle", false, &s->card.subtitle);
}

static hm_status read_value(const film_reading *r, const hm_json *v, hm_look_value *out)
{
    const char *dot = strchr(v->key, '.');
    if (!dot || dot == v->key || !dot[1])
        return hm_json_refuse(v, r->err, "LOOK.OPTION as its name");
    *out = (hm_look_value){.name = hm_arena_text(r->arena, v->key), .text = ""};
    switch (v->kind) {
    case HM_JSON_NUMBER:
        out->kind = HM_VALUE_NUMBER;
        out->number = v->as.number;
        break;
    case HM_JSON_BOOL:
        out->kind = HM_VALUE_BOOL;
        out->truth = v->truth;
        break;
    case HM_JSON_TEXT:
        out->kind = HM_VALUE_TEXT;
        out->text = hm_arena_text(r->arena, v->as.text);
        break;
    default:
        return hm_json_refuse(v, r->err, "a number, true, false or a word");
    }
    return out->name && out->text ? HM_OK : film_no_memory(r);
}

hm_status film_read_values(const film_reading *r, const hm_json *v, hm_shot *s)
{
    const hm_json *set;
    if (!hm_json_find(v, "set"))
        return HM_OK;
    HM_TRY(hm_json_get_object(v, "set", &set, r->err));
    if (set->n > HM_LOOK_VALUE_MAX)
        return hm_json_refuse(set, r->err, "at most %d values", HM_LOOK_VALUE_MAX);
    s->value = HM_PUSH(r->arena, hm_look_value, set->n + 1);
    if (!s->value)
        return film_no_memory(r);
    for (; s->n_value < set->n; s->n_value++)
        HM_TRY(read_value(r, &set->as.item[s->n_value], &s->value[s->n_value]));
    return HM_OK;
}

hm_status film_read_obsession(const film_reading *r, const hm_json *v, hm_obsession *o)
{
    static const char *const known[] = {"at", "frac"};
    const hm_json *list;
    if (!hm_json_find(v, "obsession"))
        return HM_OK;
    HM_TRY(hm_json_get_array(v, "obsession", &list, r->err));
    if (list->n < 1 || list->n > HM_OBSESSION_KEY_MAX)
        return hm_json_refuse(list, r->err, "1 to %d keys", HM_OBSESSION_KEY_MAX);
    o->key = HM_PUSH(r->arena, hm_obsession_key, list->n);
    if (!o->key)
        return film_no_memory(r);
    for (; o->n < list->n; o->n++) {
        const hm_json *k = &list->as.item[o->n];
        HM_TRY(film_known_keys(r, k, sizeof known / sizeof *known, known));
        HM_TRY(film_read_anchor(r, k, "at", &o->key[o->n].at));
        HM_TRY(hm_json_get_number(k, "frac", 0, 1, &o->key[o->n].frac, r->err));
    }
    return HM_OK;
}

/* Weights that are left out are the director's; so are all without the key. */
hm_status film_read_interest(const film_reading *r, const hm_json *v, hm_interest *w)
{
    const char *known[HM_INTEREST_COUNT + 2] = {"record_s", "lanes"};
    const hm_json *at, *lanes;
    hm_interest made = hm_interest_default();
    for (int k = 0; k < HM_INTEREST_COUNT; k++)
        known[2 + k] = hm_interest_word((hm_interest_term)k);
    *w = made;
    if (!hm_json_find(v, "interest"))
        return HM_OK;
    HM_TRY(hm_json_get_object(v, "interest", &at, r->err));
    HM_TRY(film_known_keys(r, at, HM_INTEREST_COUNT + 2, known));
    for (int k = 0; k < HM_INTEREST_COUNT; k++)
        if (hm_json_find(at, known[2 + k]))
            HM_TRY(hm_json_get_number(at, known[2 + k], 0, 10, &made.weight[k], r->err));
    if (hm_json_find(at, "record_s"))
        HM_TRY(hm_json_get_number(at, "record_s", 0, 9999, &made.record_s, r->err));
    if (hm_json_find(at, "lanes")) {
        HM_TRY(hm_json_get_array(at, "lanes", &lanes, r->err));
        if (lanes->n > HM_LANE_MAX)
            return hm_json_refuse(lanes, r->err, "at most %d lanes", HM_LANE_MAX);
        for (int32_t i = 0; i < lanes->n; i++) {
            double lane;
            HM_TRY(hm_json_element(lanes, i, 1, HM_LANE_MAX, &lane, r->err));
            if (!lanes->as.item[i].is_integer)
                return hm_json_refuse(&lanes->as.item[i], r->err, "a whole number");
            made.lane[made.n_lane++] = (int32_t)lane;
        }
    }
    *w = made;
    return HM_OK;
}
