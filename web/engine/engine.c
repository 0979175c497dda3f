#include "calls.h"

#include <stdlib.h>
#include <string.h>

engine *engine_new(void)
{
    engine *e = malloc(sizeof *e);
    if (!e)
        return NULL;
    *e = (engine){.race_s = 0};
    hm_arena_init(&e->answer_memory, 1 << 16);
    return e;
}

void engine_keep(engine *e, engine_part_name part, void *state, void (*close)(void *state))
{
    engine_part *p = &e->part[part];
    if (p->state && p->close)
        p->close(p->state);
    *p = (engine_part){state, close};
}

void engine_delete(engine *e)
{
    for (int i = 0; e && i < ENGINE_PART_COUNT; i++)
        engine_keep(e, (engine_part_name)i, NULL, NULL);
    if (e)
        hm_arena_free(&e->answer_memory);
    free(e);
}

void *engine_alloc(uint32_t n)
{
    return malloc(n ? n : 1);
}

void engine_free(void *p)
{
    free(p);
}

/* A fresh text for an answer. */
static hm_json_out begin(engine *e, hm_err *err)
{
    hm_arena_free(&e->answer_memory);
    e->answer = (hm_memory){.arena = &e->answer_memory};
    return hm_json_out_make(hm_sink_memory(&e->answer), err);
}

void engine_refuse(engine *e, const hm_err *err)
{
    static char no_memory[] = "{\"error\": {\"message\": \"no memory\", \"where\": \"\"}}";
    hm_err none = {0};
    hm_json_out o = begin(e, &none);
    const char *between = err->source[0] && err->field[0] ? ": " : "";
    char where[sizeof err->source + sizeof err->field + 64];
    snprintf(where, sizeof where, "%s%s%s", err->source, between, err->field);
    if (err->line > 0)
        snprintf(where + strlen(where), sizeof where - strlen(where), " (line %lld)",
                 (long long)err->line);
    hm_json_put_object(&o, NULL, HM_JSON_LINE);
    hm_json_put_object(&o, "error", HM_JSON_LINE);
    hm_json_put_text(&o, "message", err->msg[0] ? err->msg : hm_status_text(err->status));
    hm_json_put_text(&o, "where", where);
    hm_json_put_end(&o);
    hm_json_put_end(&o);
    if (hm_json_finish(&o) != HM_OK)
        e->answer = (hm_memory){.bytes = no_memory, .n = sizeof no_memory - 1};
}

static engine_call_fn *find(const char *name)
{
    static const struct {
        const char *name;
        engine_call_fn *fn;
    } all[] = {
#define ENGINE_CALL_ROW(name, fn) {name, fn},
        ENGINE_CALL_LIST(ENGINE_CALL_ROW)
#undef ENGINE_CALL_ROW
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].name, name) == 0)
            return all[i].fn;
    return NULL;
}

static hm_status answer(engine *e, const char *json, uint32_t n, hm_arena *arena, hm_err *err)
{
    const hm_json *request;
    const char *name;
    HM_TRY(hm_json_parse("request", json, n, arena, &request, err));
    HM_TRY(hm_json_get_text(request, "call", &name, err));
    engine_call_fn *fn = find(name);
    if (!fn)
        return hm_err_set(err, HM_ERR_USAGE, "request", 0, 0, "call", "no call \"%s\"", name);
    hm_json_out o = begin(e, err);
    hm_json_put_object(&o, NULL, HM_JSON_LINE);
    HM_TRY(fn(e, request, arena, &o, err));
    hm_json_put_end(&o);
    return hm_json_finish(&o);
}

uint32_t engine_call(engine *e, const char *json, uint32_t n)
{
    hm_err err = {0};
    hm_arena arena;
    hm_arena_init(&arena, 1 << 18);
    if (answer(e, json, n, &arena, &err) != HM_OK)
        engine_refuse(e, &err);
    hm_arena_free(&arena);
    return engine_answer_n(e);
}

const char *engine_answer(const engine *e)
{
    return e->answer.bytes;
}

uint32_t engine_answer_n(const engine *e)
{
    return (uint32_t)e->answer.n;
}

double engine_race_s(const engine *e)
{
    return e->race_s;
}
