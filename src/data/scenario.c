#include "scenario_priv.h"

#include <math.h>
#include <string.h>

#include "io/number.h"

static void put_beliefs(hm_json_out *o, const double belief[])
{
    hm_json_put_object(o, "beliefs", HM_JSON_LINE);
    for (int32_t i = 0; i < HM_STORY_BELIEF_COUNT; i++)
        hm_json_put_optional(o, hm_story_belief_word(i), belief[i]);
    hm_json_put_end(o);
}

static void put_items(hm_json_out *o, const char *key, const record_table *t, int32_t n,
                      const void *items, size_t size)
{
    hm_json_put_array(o, key, HM_JSON_BLOCK);
    for (int32_t i = 0; i < n; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        record_put(o, t, (const char *)items + (size_t)i * size);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_person(hm_json_out *o, const hm_scenario_person *p)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    record_put(o, &scenario_person, p);
    put_beliefs(o, p->belief);
    put_items(o, "technique_path", &scenario_point, p->n_path, p->path, sizeof *p->path);
    put_items(o, "times", &scenario_time, p->n_time, p->time, sizeof *p->time);
    hm_json_put_end(o);
}

static void put_event(hm_json_out *o, const hm_scenario *s, const hm_scenario_event *e)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    record_put(o, &scenario_event[e->kind], e);
    if (e->who >= 0)
        hm_json_put_text(o, "who", s->person[e->who].id);
    if (e->from >= 0)
        hm_json_put_text(o, "from", s->person[e->from].id);
    if (e->kind == HM_EVENT_TEACH || e->kind == HM_EVENT_UNHEARD) {
        hm_json_put_array(o, "ideas", HM_JSON_LINE);
        for (int32_t i = 0; i < HM_STORY_BELIEF_COUNT; i++)
            if (e->ideas >> i & 1)
                hm_json_put_text(o, NULL, hm_story_belief_word(i));
        hm_json_put_end(o);
    }
    if (e->kind == HM_EVENT_RACE) {
        hm_json_put_array(o, "people", HM_JSON_LINE);
        for (int32_t i = 0; i < e->n_person; i++)
            hm_json_put_text(o, NULL, s->person[e->person[i]].id);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_future(hm_json_out *o, const hm_scenario *s, const hm_scenario_future *f)
{
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    record_put(o, &scenario_future, f);
    hm_json_put_text(o, "person", s->person[f->person].id);
    hm_json_put_array(o, "without", HM_JSON_LINE);
    for (int32_t i = 0; i < f->n_without; i++)
        hm_json_put_text(o, NULL, f->without[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_chapter(hm_json_out *o, const hm_scenario *s, const hm_scenario_chapter *c)
{
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "race", s->event[c->event].id);
    record_put(o, &scenario_chapter, c);
    hm_json_put_array(o, "lines", HM_JSON_BLOCK);
    for (int32_t i = 0; i < c->n_line; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "person", s->person[c->line[i].person].id);
        record_put(o, &scenario_line, &c->line[i]);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
    hm_json_put_end(o);
}

static void put_set(hm_json_out *o, const hm_scenario_set *set)
{
    const char *value = set->pair + strlen(set->name) + 1;
    double number;
    if (hm_number_parse(value, '.', &number) == HM_NUMBER_OK)
        hm_json_put_number(o, set->name, number);
    else
        hm_json_put_bool(o, set->name, strcmp(value, "true") == 0);
}

static void put_lists(hm_json_out *o, const hm_scenario *s)
{
    hm_json_put_array(o, "people", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_person; i++)
        put_person(o, &s->person[i]);
    hm_json_put_end(o);
    hm_json_put_array(o, "events", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_event; i++)
        put_event(o, s, &s->event[i]);
    hm_json_put_end(o);
    put_items(o, "switches", &scenario_switch, s->n_switch, s->change, sizeof *s->change);
    hm_json_put_array(o, "futures", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_future; i++)
        put_future(o, s, &s->future[i]);
    hm_json_put_end(o);
    hm_json_put_array(o, "chapters", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_chapter; i++)
        put_chapter(o, s, &s->chapter[i]);
    hm_json_put_end(o);
}

static hm_status put_scenario(hm_sink sink, const hm_scenario *s, hm_err *err)
{
    hm_json_out out = hm_json_out_make(sink, err), *o = &out;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", HM_SCENARIO_FORMAT);
    hm_json_put_integer(o, "version", HM_SCENARIO_VERSION);
    record_put(o, &scenario_head, s);
    hm_json_put_object(o, "world", HM_JSON_BLOCK);
    record_put(o, &scenario_world, &s->world);
    hm_json_put_end(o);
    put_lists(o, s);
    hm_json_put_object(o, "set", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_set; i++)
        put_set(o, &s->set[i]);
    hm_json_put_end(o);
    hm_json_put_end(o);
    return hm_json_finish(o);
}

hm_status hm_scenario_print(const hm_scenario *scenario, hm_arena *arena, char **text, size_t *n,
                            hm_err *err)
{
    hm_memory m = {.arena = arena};
    HM_TRY(put_scenario(hm_sink_memory(&m), scenario, err));
    *text = m.bytes;
    if (n)
        *n = m.n;
    return HM_OK;
}
