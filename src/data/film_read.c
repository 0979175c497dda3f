#include "film_priv.h"

#include <string.h>

#include "data/film_file.h"
#include "io/nearest.h"
#include "io/number.h"

hm_status film_no_memory(const film_reading *r)
{
    return hm_err_set(r->err, HM_ERR_SYSTEM, r->source, 0, 0, NULL, "no memory");
}

hm_status film_known_keys(const film_reading *r, const hm_json *v, int32_t n,
                          const char *const name[])
{
    for (int32_t i = 0; v->kind == HM_JSON_OBJECT && i < v->n; i++) {
        bool is_known = false;
        for (int32_t k = 0; k < n; k++)
            is_known |= strcmp(v->as.item[i].key, name[k]) == 0;
        int32_t near = hm_nearest(v->as.item[i].key, n, name);
        if (!is_known && near >= 0)
            return hm_json_refuse(&v->as.item[i], r->err, "a known key, such as \"%s\"",
                                  name[near]);
        if (!is_known)
            return hm_json_refuse(&v->as.item[i], r->err, "a known key");
    }
    return HM_OK;
}

hm_status film_read_text(const film_reading *r, const hm_json *v, const char *key, bool must,
                         const char **out)
{
    *out = "";
    if (!must && !hm_json_find(v, key))
        return HM_OK;
    HM_TRY(hm_json_get_text(v, key, out, r->err));
    *out = hm_arena_text(r->arena, *out);
    return *out ? HM_OK : film_no_memory(r);
}

hm_status film_read_anchor(const film_reading *r, const hm_json *v, const char *key, hm_anchor *a)
{
    const char *text;
    hm_err wrong = {0};
    HM_TRY(hm_json_get_text(v, key, &text, r->err));
    if (hm_anchor_parse(text, a, &wrong) == HM_OK)
        return HM_OK;
    return hm_json_refuse(hm_json_find(v, key), r->err,
                          "gun, set, finish, last, leader@METRES or laneN@METRES, then optionally "
                          "+SECONDS or -SECONDS");
}

static hm_status read_point(const film_reading *r, const hm_json *v, const char *key, double out[3])
{
    const hm_json *list;
    HM_TRY(hm_json_get_array(v, key, &list, r->err));
    if (list->n != 3)
        return hm_json_refuse(list, r->err, "three numbers");
    for (int32_t i = 0; i < 3; i++)
        HM_TRY(hm_json_element(list, i, -1000, 1000, &out[i], r->err));
    return HM_OK;
}

static hm_status read_keys(const film_reading *r, const hm_json *v, hm_shot *s)
{
    static const char *const known[] = {"at_frac", "eye_m", "aim_m", "vfov_deg"};
    const hm_json *list = hm_json_find(v, "keys");
    if (hm_json_find(v, "follow"))
        HM_TRY(hm_json_get_bool(v, "follow", &s->follow, r->err));
    if (!list)
        return HM_OK;
    HM_TRY(hm_json_get_array(v, "keys", &list, r->err));
    if (list->n < 1 || list->n > HM_CAM_KEY_MAX)
        return hm_json_refuse(list, r->err, "1 to %d keys", HM_CAM_KEY_MAX);
    s->n_key = list->n;
    s->key = HM_PUSH(r->arena, hm_cam_key, list->n);
    if (!s->key)
        return film_no_memory(r);
    for (int32_t i = 0; i < list->n; i++) {
        const hm_json *k = &list->as.item[i];
        HM_TRY(film_known_keys(r, k, sizeof known / sizeof *known, known));
        HM_TRY(hm_json_get_number(k, "at_frac", 0, 1, &s->key[i].at_frac, r->err));
        HM_TRY(read_point(r, k, "eye_m", s->key[i].eye_m));
        HM_TRY(read_point(r, k, "aim_m", s->key[i].aim_m));
        HM_TRY(hm_json_get_number(k, "vfov_deg", 1, 120, &s->key[i].vfov_deg, r->err));
    }
    return HM_OK;
}

/* A role's word, or laneN. */
static bool parse_focus(const char *word, hm_focus *f)
{
    int64_t lane;
    if (strncmp(word, "lane", 4) == 0) {
        if (hm_number_parse_int(word + 4, &lane) != HM_NUMBER_OK || lane < 1 || lane > HM_LANE_MAX)
            return false;
        *f = (hm_focus){HM_ROLE_LANE, (int32_t)lane};
        return true;
    }
    for (hm_role role = HM_ROLE_ALL; role < HM_ROLE_COUNT; role++)
        if (strcmp(word, hm_role_word(role)) == 0) {
            *f = (hm_focus){role, 0};
            return true;
        }
    return false;
}

static hm_status read_focus(const film_reading *r, const hm_json *v, hm_shot *s)
{
    const hm_json *list;
    HM_TRY(hm_json_get_array(v, "focus", &list, r->err));
    if (list->n > HM_LANE_MAX)
        return hm_json_refuse(list, r->err, "at most %d entries", HM_LANE_MAX);
    s->n_focus = list->n;
    for (int32_t i = 0; i < list->n; i++) {
        const hm_json *e = &list->as.item[i];
        if (e->kind != HM_JSON_TEXT || !parse_focus(e->as.text, &s->focus[i]))
            return hm_json_refuse(e, r->err,
                                  "all, winner, second, third, last, closest, starter, fastest or "
                                  "laneN");
    }
    return HM_OK;
}

static hm_status read_overlays(const film_reading *r, const hm_json *v, hm_shot *s)
{
    const hm_json *list;
    HM_TRY(hm_json_get_array(v, "overlays", &list, r->err));
    for (int32_t i = 0; i < list->n; i++) {
        const hm_json *e = &list->as.item[i];
        uint32_t bit = 0;
        for (int32_t k = 0; k < HM_OVERLAY_COUNT && e->kind == HM_JSON_TEXT; k++)
            if (strcmp(e->as.text, hm_overlay_word(k)) == 0)
                bit = 1u << k;
        if (bit == 0)
            return hm_json_refuse(e, r->err, "the name of a graphic");
        s->overlays |= bit;
    }
    return HM_OK;
}

static hm_status read_shot(const film_reading *r, const hm_json *v, hm_shot *s)
{
    static const char *const known[] = {
        "name",       "look",  "from",     "to",   "rate",  "rig",     "keys", "follow",
        "drift_frac", "focus", "overlays", "card", "plain", "crosses", "set",  "obsession"};
    const char *rig_word[HM_RIG_COUNT];
    int32_t rig;
    for (hm_rig i = 0; i < HM_RIG_COUNT; i++)
        rig_word[i] = hm_rig_word(i);
    HM_TRY(film_known_keys(r, v, sizeof known / sizeof *known, known));
    HM_TRY(film_read_text(r, v, "name", true, &s->name));
    HM_TRY(film_read_text(r, v, "look", false, &s->look));
    HM_TRY(film_read_anchor(r, v, "from", &s->from));
    HM_TRY(film_read_anchor(r, v, "to", &s->to));
    s->rate = 1;
    if (hm_json_find(v, "rate"))
        HM_TRY(hm_json_get_number(v, "rate", 0.01, 100, &s->rate, r->err));
    HM_TRY(hm_json_get_word(v, "rig", HM_RIG_COUNT, rig_word, &rig, r->err));
    s->rig = (hm_rig)rig;
    HM_TRY(read_keys(r, v, s));
    if (hm_json_find(v, "drift_frac"))
        HM_TRY(hm_json_get_number(v, "drift_frac", 0, 1, &s->drift_frac, r->err));
    if (hm_json_find(v, "focus"))
        HM_TRY(read_focus(r, v, s));
    if (hm_json_find(v, "overlays"))
        HM_TRY(read_overlays(r, v, s));
    HM_TRY(film_read_card(r, v, s));
    HM_TRY(film_read_values(r, v, s));
    return film_read_obsession(r, v, &s->obsession);
}

static hm_status read_size(const film_reading *r, const hm_json *root, hm_film *film)
{
    const hm_json *list;
    double size[2];
    HM_TRY(hm_json_get_array(root, "size_px", &list, r->err));
    if (list->n != 2)
        return hm_json_refuse(list, r->err, "width and height");
    for (int32_t i = 0; i < 2; i++) {
        HM_TRY(hm_json_element(list, i, 64, 7680, &size[i], r->err));
        if (!list->as.item[i].is_integer)
            return hm_json_refuse(&list->as.item[i], r->err, "a whole number");
    }
    film->w_px = (int32_t)size[0];
    film->h_px = (int32_t)size[1];
    return HM_OK;
}

static hm_status read_film(const film_reading *r, const hm_json *root, hm_film *film)
{
    static const char *const known[] = {"format", "version", "look",      "size_px",  "fps",
                                        "seed",   "lang",    "obsession", "interest", "shots"};
    const hm_json *shots;
    int64_t fps, seed;
    int32_t lang = HM_LANG_EN;
    HM_TRY(hm_json_check_format(root, HM_FILM_FORMAT, HM_FILM_VERSION, r->err));
    HM_TRY(film_known_keys(r, root, sizeof known / sizeof *known, known));
    HM_TRY(film_read_text(r, root, "look", true, &film->look));
    HM_TRY(read_size(r, root, film));
    HM_TRY(hm_json_get_integer(root, "fps", 1, 240, &fps, r->err));
    HM_TRY(hm_json_get_integer(root, "seed", 0, INT64_MAX, &seed, r->err));
    if (hm_json_find(root, "lang"))
        HM_TRY(hm_json_get_word(root, "lang", HM_LANG_COUNT, hm_lang_word, &lang, r->err));
    HM_TRY(film_read_obsession(r, root, &film->obsession));
    HM_TRY(film_read_interest(r, root, &film->interest));
    HM_TRY(hm_json_get_array(root, "shots", &shots, r->err));
    if (shots->n < 1 || shots->n > HM_SHOT_MAX)
        return hm_json_refuse(shots, r->err, "1 to %d shots", HM_SHOT_MAX);
    film->fps = (int32_t)fps;
    film->lang = (hm_lang)lang;
    film->seed = (uint64_t)seed;
    film->n_shot = shots->n;
    film->shot = HM_PUSH(r->arena, hm_shot, shots->n);
    if (!film->shot)
        return film_no_memory(r);
    for (int32_t i = 0; i < shots->n; i++)
        HM_TRY(read_shot(r, &shots->as.item[i], &film->shot[i]));
    return HM_OK;
}

/* hm_film_check says which shot; the user must also see which file. */
static hm_status check(const film_reading *r, const hm_film *film)
{
    hm_err found = {0};
    hm_status status = hm_film_check(film, &found);
    if (status == HM_OK)
        return HM_OK;
    char field[64];
    snprintf(field, sizeof field, "%.36s: %.24s", found.source, found.field);
    return hm_err_set(r->err, status, r->source, 0, 0, field, "%s", found.msg);
}

hm_status hm_film_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                        hm_film *film, hm_err *err)
{
    const hm_json *root;
    HM_TRY(hm_json_parse(source, bytes, n, arena, &root, err));
    hm_film out = {0};
    film_reading r = {arena, root->key, err};
    HM_TRY(read_film(&r, root, &out));
    HM_TRY(check(&r, &out));
    *film = out;
    return HM_OK;
}

hm_status hm_film_read(const char *path, hm_arena *arena, hm_film *film, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_FILM_FILE_MAX, arena, &bytes, &n, err));
    return hm_film_parse(strcmp(path, "-") == 0 ? "standard input" : path, bytes, n, arena, film,
                         err);
}
