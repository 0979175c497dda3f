/* meet_state.c - .hecto-meet.json: what the last call knew. Losing it loses no result: numbers are
 * given anew, and every file counts as edited unless it is what would be written. */
#include "meet_run.h"

#include <string.h>

#include "io/folder.h"
#include "io/json.h"

#define STATE_FORMAT "hectometre-meet-state"
#define STATE_FILE   ".hecto-meet.json"

enum { STATE_BYTES = 32 * 1024 * 1024 };

/* ---- reading ---- */

static hm_status read_hash(const hm_json *v, const char *key, uint64_t *hash, hm_err *err)
{
    const char *text;
    static const char digit[] = "0123456789abcdef";
    HM_TRY(hm_json_get_text(v, key, &text, err));
    if (strlen(text) != 16 || strspn(text, digit) != 16)
        return hm_json_refuse(v, err, "expected 16 hexadecimal digits as %s", key);
    *hash = 0;
    for (int i = 0; i < 16; i++)
        *hash = *hash << 4 | (uint64_t)(strchr(digit, text[i]) - digit);
    return HM_OK;
}

static hm_status read_numbers(const hm_json *a, hm_arena *arena, meet_state *s, hm_err *err)
{
    s->number = HM_PUSH(arena, meet_number, a->n + 1);
    if (!s->number)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < a->n; i++) {
        meet_number *n = &s->number[s->n_number++];
        HM_TRY(hm_json_get_text(&a->as.item[i], "name", &n->name, err));
        HM_TRY(hm_json_get_text(&a->as.item[i], "team", &n->team, err));
        HM_TRY(hm_json_get_text(&a->as.item[i], "id", &n->id, err));
    }
    return HM_OK;
}

static hm_status read_files(const hm_json *a, hm_arena *arena, meet_state *s, hm_err *err)
{
    s->file = HM_PUSH(arena, meet_file, a->n + 1);
    if (!s->file)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < a->n; i++) {
        meet_file *f = &s->file[s->n_file++];
        HM_TRY(hm_json_get_text(&a->as.item[i], "path", &f->path, err));
        HM_TRY(read_hash(&a->as.item[i], "hash", &f->hash, err));
        HM_TRY(read_hash(&a->as.item[i], "next", &f->next, err));
    }
    return HM_OK;
}

static hm_status read_lines(const hm_json *a, hm_arena *arena, meet_memory *m, hm_err *err)
{
    m->line = HM_PUSH(arena, const char *, a->n + 1);
    if (!m->line)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < a->n; i++) {
        if (a->as.item[i].kind != HM_JSON_TEXT)
            return hm_json_refuse(&a->as.item[i], err, "expected a text");
        m->line[m->n_line++] = a->as.item[i].as.text;
    }
    return HM_OK;
}

static hm_status read_memories(const hm_json *a, hm_arena *arena, meet_state *s, hm_err *err)
{
    s->memory = HM_PUSH(arena, meet_memory, a->n + 1);
    if (!s->memory)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < a->n; i++) {
        meet_memory *m = &s->memory[s->n_memory++];
        const hm_json *lines;
        HM_TRY(hm_json_get_text(&a->as.item[i], "event", &m->event, err));
        HM_TRY(hm_json_get_text(&a->as.item[i], "announced", &m->announced, err));
        HM_TRY(hm_json_get_array(&a->as.item[i], "results", &lines, err));
        HM_TRY(read_lines(lines, arena, m, err));
    }
    return HM_OK;
}

hm_status meet_state_read(const meet_plan *plan, hm_arena *arena, meet_state *state, hm_err *err)
{
    char *bytes;
    size_t n;
    const hm_json *root, *part;
    meet_state out = {0};
    const char *path = meet_path(plan, arena, STATE_FILE);
    if (!path)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    if (!hm_folder_has(path)) {
        *state = out;
        return HM_OK;
    }
    HM_TRY(hm_file_read(path, STATE_BYTES, arena, &bytes, &n, err));
    HM_TRY(hm_json_parse(path, bytes, n, arena, &root, err));
    HM_TRY(hm_json_check_format(root, STATE_FORMAT, 1, err));
    HM_TRY(hm_json_get_array(root, "numbers", &part, err));
    HM_TRY(read_numbers(part, arena, &out, err));
    HM_TRY(hm_json_get_array(root, "files", &part, err));
    HM_TRY(read_files(part, arena, &out, err));
    HM_TRY(hm_json_get_array(root, "events", &part, err));
    HM_TRY(read_memories(part, arena, &out, err));
    HM_TRY(read_hash(root, "imported", &out.imported, err));
    *state = out;
    return HM_OK;
}

/* ---- writing ---- */

static void put_hash(hm_json_out *o, const char *key, uint64_t hash)
{
    char text[17];
    snprintf(text, sizeof text, "%016llx", (unsigned long long)hash);
    hm_json_put_text(o, key, text);
}

static void put_files(hm_json_out *o, const meet_state *s)
{
    hm_json_put_array(o, "files", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_file; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "path", s->file[i].path);
        put_hash(o, "hash", s->file[i].hash);
        put_hash(o, "next", s->file[i].next);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_numbers(hm_json_out *o, const meet_state *s)
{
    hm_json_put_array(o, "numbers", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_number; i++) {
        hm_json_put_object(o, NULL, HM_JSON_LINE);
        hm_json_put_text(o, "name", s->number[i].name);
        hm_json_put_text(o, "team", s->number[i].team);
        hm_json_put_text(o, "id", s->number[i].id);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static void put_memories(hm_json_out *o, const meet_state *s)
{
    hm_json_put_array(o, "events", HM_JSON_BLOCK);
    for (int32_t i = 0; i < s->n_memory; i++) {
        const meet_memory *m = &s->memory[i];
        hm_json_put_object(o, NULL, HM_JSON_BLOCK);
        hm_json_put_text(o, "event", m->event);
        hm_json_put_text(o, "announced", m->announced);
        hm_json_put_array(o, "results", HM_JSON_BLOCK);
        for (int32_t k = 0; k < m->n_line; k++)
            hm_json_put_text(o, NULL, m->line[k]);
        hm_json_put_end(o);
        hm_json_put_end(o);
    }
    hm_json_put_end(o);
}

static hm_status put_state(hm_sink sink, const meet_state *s, hm_err *err)
{
    hm_json_out out = hm_json_out_make(sink, err), *o = &out;
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "format", STATE_FORMAT);
    hm_json_put_integer(o, "version", 1);
    put_hash(o, "imported", s->imported);
    put_numbers(o, s);
    put_files(o, s);
    put_memories(o, s);
    hm_json_put_end(o);
    return hm_json_finish(o);
}

static bool says_the_same(const char *path, const hm_memory *m, hm_arena *arena)
{
    char *bytes;
    size_t n;
    return hm_folder_has(path) &&
           hm_file_read(path, STATE_BYTES, arena, &bytes, &n, NULL) == HM_OK && n == m->n &&
           memcmp(bytes, m->bytes, n) == 0;
}

hm_status meet_state_write(const meet_plan *plan, const meet_state *state, hm_arena *arena,
                           hm_err *err)
{
    hm_memory m = {.arena = arena};
    const char *path = meet_path(plan, arena, STATE_FILE);
    if (!path)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    HM_TRY(put_state(hm_sink_memory(&m), state, err));
    return says_the_same(path, &m, arena) ? HM_OK : hm_file_write(path, m.bytes, m.n, err);
}
