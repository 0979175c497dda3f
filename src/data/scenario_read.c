#include "scenario_priv.h"

#include <math.h>
#include <string.h>

typedef struct reading {
    hm_arena *arena;
    hm_err *err;
    hm_scenario *s;
    data_names people;
} reading;

static hm_status no_memory(const reading *r)
{
    return hm_err_set(r->err, HM_ERR_SYSTEM, r->s->source, 0, 0, NULL, "no memory");
}

/* ---- members named "//" are remarks of the writer ---- */

static bool is_remark(const hm_json *v)
{
    return v->key && strcmp(v->key, "//") == 0;
}

static hm_status get_record(const reading *r, const hm_json *v, const record_table *t, void *at,
                            int32_t n_more, const char *const more[])
{
    const char *known[16] = {"//"};
    HM_ASSERT(n_more < 16);
    for (int32_t i = 0; i < n_more; i++)
        known[1 + i] = more[i];
    HM_TRY(record_known(v, t, 1 + n_more, known, r->err));
    return record_get(v, t, at, r->err);
}

/* An array that may be left out; room for its n items. */
static hm_status list_of(const reading *r, const hm_json *v, const char *key, int32_t most,
                         size_t size, const hm_json **list, void *items, int32_t *n)
{
    void *room = hm_arena_push(r->arena, 1, size);
    *list = NULL;
    *n = 0;
    if (room && hm_json_find(v, key)) {
        HM_TRY(hm_json_get_array(v, key, list, r->err));
        if ((*list)->n > most)
            return hm_json_refuse(*list, r->err, "at most %d", most);
        room = hm_arena_push(r->arena, (size_t)((*list)->n ? (*list)->n : 1), size);
        *n = (*list)->n;
    }
    if (!room)
        return no_memory(r);
    memcpy(items, &room, sizeof room);
    return HM_OK;
}

/* ---- people ---- */

static hm_status read_beliefs(const reading *r, const hm_json *v, double belief[])
{
    const hm_json *o = NULL;
    for (int32_t i = 0; i < HM_STORY_BELIEF_COUNT; i++)
        belief[i] = NAN;
    if (!hm_json_find(v, "beliefs"))
        return HM_OK;
    HM_TRY(hm_json_get_object(v, "beliefs", &o, r->err));
    const char *known[HM_STORY_BELIEF_COUNT + 1] = {[HM_STORY_BELIEF_COUNT] = "//"};
    for (int32_t i = 0; i < HM_STORY_BELIEF_COUNT; i++) {
        known[i] = hm_story_belief_word(i);
        HM_TRY(hm_json_get_optional(o, known[i], 0, 1, &belief[i], r->err));
    }
    static const record_table none = {0, NULL};
    return record_known(o, &none, HM_STORY_BELIEF_COUNT + 1, known, r->err);
}

static hm_status read_person(const reading *r, const hm_json *v, hm_scenario_person *p)
{
    static const char *const more[] = {"beliefs", "technique_path", "times"};
    const hm_json *list;
    p->sex = -1;
    HM_TRY(get_record(r, v, &scenario_person, p, 3, more));
    if (!p->id[0])
        p->id = p->name;
    HM_TRY(read_beliefs(r, v, p->belief));
    HM_TRY(list_of(r, v, "technique_path", HM_SCENARIO_LIST_MAX, sizeof *p->path, &list, &p->path,
                   &p->n_path));
    for (int32_t i = 0; i < p->n_path; i++)
        HM_TRY(get_record(r, &list->as.item[i], &scenario_point, &p->path[i], 0, NULL));
    HM_TRY(
        list_of(r, v, "times", HM_SCENARIO_LIST_MAX, sizeof *p->time, &list, &p->time, &p->n_time));
    for (int32_t i = 0; i < p->n_time; i++)
        HM_TRY(get_record(r, &list->as.item[i], &scenario_time, &p->time[i], 0, NULL));
    return HM_OK;
}

static hm_status read_people(reading *r, const hm_json *root)
{
    hm_scenario *s = r->s;
    const hm_json *list;
    HM_TRY(hm_json_get_array(root, "people", &list, r->err));
    if (list->n < 1)
        return hm_json_refuse(list, r->err, "at least one person");
    HM_TRY(list_of(r, root, "people", HM_SCENARIO_PEOPLE_MAX, sizeof *s->person, &list, &s->person,
                   &s->n_person));
    r->people.name = HM_PUSH(r->arena, data_name, s->n_person);
    if (!r->people.name)
        return no_memory(r);
    for (int32_t i = 0; i < s->n_person; i++) {
        HM_TRY(read_person(r, &list->as.item[i], &s->person[i]));
        r->people.name[r->people.n++] = (data_name){s->person[i].id, i};
    }
    const char *twice = names_sort(&r->people);
    return twice ? hm_json_refuse(list, r->err, "each id once ('%.40s' stands twice)", twice)
                 : HM_OK;
}

static hm_status person_of(const reading *r, const hm_json *v, const char *key, int32_t *out)
{
    const char *text;
    HM_TRY(hm_json_get_text(v, key, &text, r->err));
    *out = names_find(&r->people, text);
    return *out >= 0 ? HM_OK
                     : hm_json_refuse(hm_json_find(v, key), r->err, "the id of one of the people");
}

/* ---- events ---- */

static hm_status read_ideas(const reading *r, const hm_json *v, uint32_t *bits)
{
    const hm_json *list;
    *bits = (1u << HM_STORY_BELIEF_COUNT) - 1;
    if (!hm_json_find(v, "ideas"))
        return HM_OK;
    HM_TRY(hm_json_get_array(v, "ideas", &list, r->err));
    *bits = 0;
    for (int32_t i = 0; i < list->n; i++) {
        const hm_json *e = &list->as.item[i];
        uint32_t bit = 0;
        for (int32_t k = 0; e->kind == HM_JSON_TEXT && k < HM_STORY_BELIEF_COUNT; k++)
            if (strcmp(e->as.text, hm_story_belief_word(k)) == 0)
                bit = 1u << k;
        if (!bit)
            return hm_json_refuse(e, r->err, "joy, fastest, effort, order, form or fear");
        *bits |= bit;
    }
    return HM_OK;
}

static hm_status read_field(const reading *r, const hm_json *v, hm_scenario_event *e)
{
    const hm_json *list;
    HM_TRY(hm_json_get_array(v, "people", &list, r->err));
    HM_TRY(
        list_of(r, v, "people", HM_LANE_MAX, sizeof *e->person, &list, &e->person, &e->n_person));
    for (int32_t i = 0; i < e->n_person; i++) {
        const hm_json *item = &list->as.item[i];
        e->person[i] = item->kind == HM_JSON_TEXT ? names_find(&r->people, item->as.text) : -1;
        if (e->person[i] < 0)
            return hm_json_refuse(item, r->err, "the id of one of the people");
    }
    if (!hm_json_find(v, "field"))
        e->field = e->final_of >= 0 ? 8 : e->n_person;
    return HM_OK;
}

/* Links that each kind has beside its fields. */
static const struct {
    int32_t n;
    const char *key[3];
} link_of[HM_EVENT_COUNT] = {
    {3, {"who", "from", "ideas"}}, {1, {"who"}}, {1, {"people"}}, {1, {"who"}},
    {2, {"who", "from"}},          {1, {"who"}}, {1, {"who"}},    {1, {"who"}},
    {3, {"who", "from", "ideas"}},
};

static hm_status read_event(const reading *r, const hm_json *v, hm_scenario_event *e)
{
    int32_t kind;
    const char *word[HM_EVENT_COUNT];
    for (hm_event_kind k = 0; k < HM_EVENT_COUNT; k++)
        word[k] = hm_event_kind_word(k);
    HM_TRY(hm_json_get_word(v, "kind", HM_EVENT_COUNT, word, &kind, r->err));
    *e = (hm_scenario_event){.who = -1, .from = -1, .final_of = -1, .wind_mps = NAN};
    e->until = e->club = e->id = e->name = e->name_ja = e->venue = e->round = "";
    e->technique = NAN;
    HM_TRY(get_record(r, v, &scenario_event[kind], e, link_of[kind].n, link_of[kind].key));
    if (kind == HM_EVENT_RACE)
        return read_field(r, v, e);
    HM_TRY(person_of(r, v, "who", &e->who));
    bool may_have_from = kind == HM_EVENT_COACH || kind == HM_EVENT_UNHEARD;
    if (kind == HM_EVENT_TEACH || (may_have_from && hm_json_find(v, "from")))
        HM_TRY(person_of(r, v, "from", &e->from));
    bool has_ideas = kind == HM_EVENT_TEACH || kind == HM_EVENT_UNHEARD;
    return has_ideas ? read_ideas(r, v, &e->ideas) : HM_OK;
}

static hm_status read_events(const reading *r, const hm_json *root)
{
    hm_scenario *s = r->s;
    const hm_json *list;
    HM_TRY(list_of(r, root, "events", HM_SCENARIO_EVENT_MAX, sizeof *s->event, &list, &s->event,
                   &s->n_event));
    for (int32_t i = 0; i < s->n_event; i++)
        HM_TRY(read_event(r, &list->as.item[i], &s->event[i]));
    return HM_OK;
}

/* ---- switches, futures, chapters, settings ---- */

static hm_status read_switches(const reading *r, const hm_json *root)
{
    hm_scenario *s = r->s;
    const hm_json *list;
    HM_TRY(list_of(r, root, "switches", HM_SCENARIO_LIST_MAX, sizeof *s->change, &list, &s->change,
                   &s->n_switch));
    for (int32_t i = 0; i < s->n_switch; i++)
        HM_TRY(get_record(r, &list->as.item[i], &scenario_switch, &s->change[i], 0, NULL));
    return HM_OK;
}

static hm_status read_future(const reading *r, const hm_json *v, hm_scenario_future *f)
{
    static const char *const more[] = {"person", "without"};
    const hm_json *list;
    HM_TRY(get_record(r, v, &scenario_future, f, 2, more));
    HM_TRY(person_of(r, v, "person", &f->person));
    HM_TRY(list_of(r, v, "without", HM_SCENARIO_LIST_MAX, sizeof *f->without, &list, &f->without,
                   &f->n_without));
    for (int32_t i = 0; i < f->n_without; i++) {
        if (list->as.item[i].kind != HM_JSON_TEXT)
            return hm_json_refuse(&list->as.item[i], r->err, "the name of a switch");
        f->without[i] = list->as.item[i].as.text;
    }
    return HM_OK;
}

static hm_status read_futures(const reading *r, const hm_json *root)
{
    hm_scenario *s = r->s;
    const hm_json *list;
    HM_TRY(list_of(r, root, "futures", HM_SCENARIO_LIST_MAX, sizeof *s->future, &list, &s->future,
                   &s->n_future));
    for (int32_t i = 0; i < s->n_future; i++)
        HM_TRY(read_future(r, &list->as.item[i], &s->future[i]));
    return HM_OK;
}

static int32_t race_named(const hm_scenario *s, const char *id)
{
    for (int32_t i = 0; i < s->n_event; i++)
        if (s->event[i].kind == HM_EVENT_RACE && strcmp(s->event[i].id, id) == 0)
            return i;
    return -1;
}

static hm_status read_chapter(const reading *r, const hm_json *v, hm_scenario_chapter *c)
{
    static const char *const more[] = {"race", "lines"}, *const in_line[] = {"person"};
    const hm_json *list;
    const char *id;
    HM_TRY(get_record(r, v, &scenario_chapter, c, 2, more));
    HM_TRY(hm_json_get_text(v, "race", &id, r->err));
    c->event = race_named(r->s, id);
    if (c->event < 0)
        return hm_json_refuse(hm_json_find(v, "race"), r->err, "the id of a race of the events");
    HM_TRY(
        list_of(r, v, "lines", HM_SCENARIO_LIST_MAX, sizeof *c->line, &list, &c->line, &c->n_line));
    for (int32_t i = 0; i < c->n_line; i++) {
        HM_TRY(get_record(r, &list->as.item[i], &scenario_line, &c->line[i], 1, in_line));
        HM_TRY(person_of(r, &list->as.item[i], "person", &c->line[i].person));
    }
    return HM_OK;
}

static hm_status read_chapters(const reading *r, const hm_json *root)
{
    hm_scenario *s = r->s;
    const hm_json *list;
    HM_TRY(list_of(r, root, "chapters", HM_SCENARIO_LIST_MAX, sizeof *s->chapter, &list,
                   &s->chapter, &s->n_chapter));
    for (int32_t i = 0; i < s->n_chapter; i++)
        HM_TRY(read_chapter(r, &list->as.item[i], &s->chapter[i]));
    return HM_OK;
}

static hm_status read_set(const reading *r, const hm_json *root)
{
    hm_scenario *s = r->s;
    const hm_json *o;
    if (!hm_json_find(root, "set"))
        return HM_OK;
    HM_TRY(hm_json_get_object(root, "set", &o, r->err));
    s->set = HM_PUSH(r->arena, hm_scenario_set, o->n + 1);
    for (int32_t i = 0; s->set && i < o->n; i++) {
        const hm_json *v = &o->as.item[i];
        if (is_remark(v))
            continue;
        char *pair = NULL;
        if (v->kind == HM_JSON_NUMBER)
            pair = hm_arena_printf(r->arena, "%s=%.17g", v->key, v->as.number);
        else if (v->kind == HM_JSON_BOOL)
            pair = hm_arena_printf(r->arena, "%s=%s", v->key, v->truth ? "true" : "false");
        else
            return hm_json_refuse(v, r->err, "a number, true or false");
        if (!pair)
            return no_memory(r);
        s->set[s->n_set++] = (hm_scenario_set){v->key, pair};
    }
    return s->set ? HM_OK : no_memory(r);
}

static hm_status read_world(const reading *r, const hm_json *root)
{
    const hm_json *v;
    hm_scenario_world *w = &r->s->world;
    *w = (hm_scenario_world){HM_SEX_MEN, "04-02", 0, 600 * 1000, 100, 0, "", -1};
    if (!hm_json_find(root, "world"))
        return HM_OK;
    HM_TRY(hm_json_get_object(root, "world", &v, r->err));
    HM_TRY(get_record(r, v, &scenario_world, w, 0, NULL));
    if (!w->cut_off[0])
        w->cut_off = "04-02";
    return HM_OK;
}

static hm_status read_scenario(reading *r, const hm_json *root)
{
    static const char *const more[] = {"format",   "version", "world",    "people", "events",
                                       "switches", "futures", "chapters", "set"};
    HM_TRY(hm_json_check_format(root, HM_SCENARIO_FORMAT, HM_SCENARIO_VERSION, r->err));
    HM_TRY(get_record(r, root, &scenario_head, r->s, sizeof more / sizeof *more, more));
    HM_TRY(read_world(r, root));
    HM_TRY(read_people(r, root));
    HM_TRY(read_events(r, root));
    HM_TRY(read_switches(r, root));
    HM_TRY(read_futures(r, root));
    HM_TRY(read_chapters(r, root));
    HM_TRY(read_set(r, root));
    return scenario_check(r->s, root, r->err);
}

hm_status hm_scenario_parse(const char *source, const char *bytes, size_t n, hm_arena *arena,
                            hm_scenario *scenario, hm_err *err)
{
    const hm_json *root;
    HM_TRY(hm_json_parse(source, bytes, n, arena, &root, err));
    hm_scenario out = {.source = root->key};
    reading r = {.arena = arena, .err = err, .s = &out};
    HM_TRY(read_scenario(&r, root));
    *scenario = out;
    return HM_OK;
}

hm_status hm_scenario_read(const char *path, hm_arena *arena, hm_scenario *scenario, hm_err *err)
{
    char *bytes;
    size_t n;
    HM_TRY(hm_file_read(path, HM_SCENARIO_FILE_MAX, arena, &bytes, &n, err));
    return hm_scenario_parse(strcmp(path, "-") == 0 ? "standard input" : path, bytes, n, arena,
                             scenario, err);
}
