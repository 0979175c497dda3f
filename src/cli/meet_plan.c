/* meet_plan.c - the plan of a meet, as JSON or as a table. */
#include "meet_run.h"

#include <string.h>
#include <strings.h>

#include "book/book.h"
#include "io/csv.h"
#include "io/folder.h"
#include "io/json.h"
#include "io/number.h"
#include "io/optab.h"

#define PLAN_FORMAT "hectometre-meet-plan"

enum { PLAN_BYTES = 1024 * 1024, SLUG_MAX = 40 };

static const double shortest_m = 20, longest_m = 110; /* the straight: rules and lanes of race */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the meet");
}

const char *meet_path(const meet_plan *plan, hm_arena *arena, const char *name)
{
    return hm_arena_printf(arena, "%s/%s", plan->folder, name);
}

/* ---- one event ---- */

/* "1-100m-women": the number, and the name in letters that any system of files takes. */
static const char *slug_of(hm_arena *arena, const char *id, const char *name)
{
    char text[MEET_ID_MAX + SLUG_MAX + 2];
    size_t n = (size_t)snprintf(text, sizeof text, "%s", id);
    bool gap = true;
    for (const char *s = name; *s && n + 3 < sizeof text; s++) {
        bool plain =
            (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9');
        if (!plain) {
            gap |= *s != '\'';
            continue;
        }
        bool unit = *s == 'm' && n > 0 && text[n - 1] >= '0' && text[n - 1] <= '9' &&
                    (s[1] == '\0' || s[1] == ' '); /* "100 m" is "100m" */
        if (gap && !(unit && n > strlen(id)))
            text[n++] = '-';
        text[n++] = (char)(*s >= 'A' && *s <= 'Z' ? *s - 'A' + 'a' : *s);
        gap = false;
    }
    text[n] = '\0';
    return hm_arena_text(arena, text);
}

static bool is_id(const char *id)
{
    size_t n = strlen(id);
    if (n == 0 || n > MEET_ID_MAX)
        return false;
    return strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == n;
}

/* A file in the folder itself or below it, never above. */
static bool is_inside(const char *path)
{
    if (!path[0] || path[0] == '/')
        return false;
    for (const char *s = path; s; s = strchr(s, '/')) {
        s += *s == '/';
        if (strncmp(s, "..", 2) == 0 && (s[2] == '/' || s[2] == '\0'))
            return false;
    }
    return true;
}

static bool is_clock(const char *s)
{
    return strlen(s) == 5 && s[2] == ':' && strspn(s, "0123456789:") == 5 &&
           (s[0] < '2' || (s[0] == '2' && s[1] < '4')) && s[3] < '6';
}

/* What is wrong with an event, NULL = nothing. */
static const char *event_fault(const meet_plan *plan, const meet_plan_event *e)
{
    if (!is_id(e->id))
        return "expected an id of 1 to 16 letters, digits, - or _";
    if (!e->name[0])
        return "expected a name of the event";
    if (!is_inside(e->entries))
        return "expected entries: a file in the folder of the meet";
    if (e->start[0] && !is_clock(e->start))
        return "expected start as a time of day such as 14:00";
    if (!(e->distance_m >= shortest_m && e->distance_m <= longest_m))
        return "expected a sprint on the straight, 20 m to 110 m, in the name: 100 m women";
    for (int32_t i = 0; i < plan->n_event; i++)
        if (strcasecmp(plan->event[i].id, e->id) == 0)
            return "expected each id once";
    return plan->n_event == MEET_EVENT_MAX ? "expected at most 200 events" : NULL;
}

/* "100m": of "100 m women", "女子100m", "60 metres". */
static int32_t metres_of(const char *name)
{
    static const char *const unit[] = {"m", "ｍ", "メートル", "米"};
    int64_t metres = 0;
    char digits[8];
    const char *at = name + strcspn(name, "0123456789");
    size_t n = strspn(at, "0123456789");
    if (n == 0 || n >= sizeof digits)
        return 0;
    memcpy(digits, at, n);
    digits[n] = '\0';
    at += n + strspn(at + n, " -");
    for (size_t i = 0; i < sizeof unit / sizeof unit[0]; i++)
        if (strncasecmp(at, unit[i], strlen(unit[i])) == 0 &&
            hm_number_parse_int(digits, &metres) == HM_NUMBER_OK)
            return (int32_t)metres;
    return 0;
}

static bool is_hurdles(const char *name)
{
    static const char *const word[] = {"hurdle", "ハードル", "mH", "hürden"};
    for (; *name; name++)
        for (size_t i = 0; i < sizeof word / sizeof word[0]; i++)
            if (strncasecmp(name, word[i], strlen(word[i])) == 0)
                return true;
    return false;
}

static hm_status fill_event(hm_arena *arena, meet_plan_event *e, hm_err *err)
{
    char code[HM_BOOK_CODE_MAX];
    int32_t metres = metres_of(e->name);
    const char *plain =
        hm_arena_printf(arena, "%d m%s", metres, is_hurdles(e->name) ? " hurdles" : "");
    if (!plain)
        return no_memory(err);
    e->code = hm_arena_text(arena, hm_book_code(plain, code)); /* as the book has it */
    e->slug = slug_of(arena, e->id, e->name);
    e->distance_m = metres;
    return e->code && e->slug ? HM_OK : no_memory(err);
}

static bool read_sex(const char *word, meet_plan_event *e)
{
    static const struct {
        const char *word;
        hm_sex sex;
    } known[] = {{"men", HM_SEX_MEN},     {"women", HM_SEX_WOMEN}, {"m", HM_SEX_MEN},
                 {"w", HM_SEX_WOMEN},     {"f", HM_SEX_WOMEN},     {"boys", HM_SEX_MEN},
                 {"girls", HM_SEX_WOMEN}, {"男子", HM_SEX_MEN},    {"女子", HM_SEX_WOMEN}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcasecmp(word, known[i].word) == 0) {
            e->has_sex = true;
            e->sex = known[i].sex;
            return true;
        }
    return !word[0] || strcasecmp(word, "mixed") == 0;
}

/* ---- head ---- */

static hm_status set_word(const char *source, int64_t line, const char *key, int n,
                          const char *const word[], const char *text, int *which, hm_err *err)
{
    for (int i = 0; i < n; i++)
        if (strcmp(text, word[i]) == 0) {
            *which = i;
            return HM_OK;
        }
    return hm_err_set(err, HM_ERR_INPUT, source, line, 0, key, "expected %s or %s, found '%.40s'",
                      word[0], word[1], text);
}

/* A refusal of an option table is one of the plan: it is not the command line that is wrong. */
static hm_status as_input(const meet_plan *plan, int64_t line, const char *key, hm_err *why,
                          hm_err *err)
{
    return hm_err_set(err, HM_ERR_INPUT, plan->source, line, 0, key, "%s%s%s", why->field,
                      why->field[0] ? ": " : "", why->msg);
}

static hm_status set_rule(meet_plan *plan, int64_t line, const char *pair, hm_arena *arena,
                          hm_err *err)
{
    hm_err why = {0};
    if (hm_optab_set(&hm_rules_table, &plan->rules, pair, arena, &why) == HM_OK)
        return HM_OK;
    return as_input(plan, line, "settings", &why, err);
}

/* One fact of the head, by its key. *known = false: it is none of them. */
static hm_status set_head(meet_plan *plan, int64_t line, const char *key, const char *text,
                          hm_arena *arena, bool *known, hm_err *err)
{
    hm_err why = {0};
    int64_t number = 0;
    int which = 0;
    *known = true;
    if (strcmp(key, "meet") == 0 || strcmp(key, "name") == 0)
        plan->name = text;
    else if (strcmp(key, "venue") == 0)
        plan->venue = text;
    else if (strcmp(key, "date") == 0)
        plan->date = text;
    else if (strcmp(key, "lanes") == 0)
        return set_rule(plan, line, hm_arena_printf(arena, "track_lanes=%s", text), arena, err);
    else if (strcmp(key, "set") == 0)
        return set_rule(plan, line, text, arena, err);
    else if (strcmp(key, "rules") == 0)
        return hm_rules_preset(text, &plan->rules, &why) == HM_OK
                   ? HM_OK
                   : as_input(plan, line, key, &why, err);
    else if (strcmp(key, "seed") == 0) {
        if (hm_number_parse_int(text, &number) != HM_NUMBER_OK || number < 0)
            return hm_err_set(err, HM_ERR_INPUT, plan->source, line, 0, key,
                              "expected a whole number from 0, found '%.40s'", text);
        plan->seed = (uint64_t)number;
    } else if (strcmp(key, "lang") == 0) {
        HM_TRY(set_word(plan->source, line, key, HM_LANG_COUNT, hm_lang_word, text, &which, err));
        plan->lang = (hm_lang)which;
    } else if (strcmp(key, "paper") == 0) {
        HM_TRY(set_word(plan->source, line, key, HM_DOC_PAPER_COUNT, hm_doc_paper_word, text,
                        &which, err));
        plan->paper = (hm_doc_paper)which;
    } else
        *known = false;
    return HM_OK;
}

/* ---- JSON ---- */

static hm_status text_member(const hm_json *v, const char *key, bool needed, const char **out,
                             hm_err *err)
{
    if (!needed && !hm_json_find(v, key)) {
        *out = "";
        return HM_OK;
    }
    return hm_json_get_text(v, key, out, err);
}

static hm_status json_event(meet_plan *plan, const hm_json *v, hm_arena *arena, hm_err *err)
{
    meet_plan_event e = {0};
    const char *sex;
    HM_TRY(hm_json_get_text(v, "id", &e.id, err));
    HM_TRY(hm_json_get_text(v, "name", &e.name, err));
    HM_TRY(hm_json_get_text(v, "entries", &e.entries, err));
    HM_TRY(text_member(v, "start", false, &e.start, err));
    HM_TRY(text_member(v, "sex", false, &sex, err));
    if (!read_sex(sex, &e))
        return hm_json_refuse(v, err, "expected men, women or mixed as sex, found '%.40s'", sex);
    HM_TRY(fill_event(arena, &e, err));
    const char *fault = event_fault(plan, &e);
    if (fault)
        return hm_json_refuse(v, err, "%s", fault);
    plan->event[plan->n_event++] = e;
    return HM_OK;
}

static hm_status json_settings(meet_plan *plan, const hm_json *root, hm_arena *arena, hm_err *err)
{
    const hm_json *s = hm_json_find(root, "settings");
    for (int32_t i = 0; s && s->kind == HM_JSON_OBJECT && i < s->n; i++) {
        const hm_json *v = &s->as.item[i];
        const char *pair = NULL;
        if (v->kind == HM_JSON_TEXT)
            pair = hm_arena_printf(arena, "%s=%s", v->key, v->as.text);
        else if (v->kind == HM_JSON_BOOL)
            pair = hm_arena_printf(arena, "%s=%s", v->key, v->truth ? "true" : "false");
        else if (v->kind == HM_JSON_NUMBER && v->is_integer)
            pair = hm_arena_printf(arena, "%s=%lld", v->key, (long long)v->integer);
        if (!pair)
            return hm_json_refuse(v, err, "expected a word, true, false or a whole number");
        HM_TRY(set_rule(plan, 0, pair, arena, err));
    }
    return HM_OK;
}

static hm_status json_head(meet_plan *plan, const hm_json *root, hm_arena *arena, hm_err *err)
{
    static const char *const text_key[] = {"name", "venue", "date", "rules", "lang", "paper"};
    static const char *const number_key[] = {"lanes", "seed"};
    bool known;
    for (size_t i = 0; i < sizeof text_key / sizeof text_key[0]; i++) {
        const char *text;
        HM_TRY(text_member(root, text_key[i], i == 0, &text, err));
        if (text[0])
            HM_TRY(set_head(plan, 0, text_key[i], text, arena, &known, err));
    }
    for (size_t i = 0; i < 2; i++) {
        int64_t n;
        if (!hm_json_find(root, number_key[i]))
            continue;
        HM_TRY(hm_json_get_integer(root, number_key[i], 0, INT64_MAX, &n, err));
        const char *text = hm_arena_printf(arena, "%lld", (long long)n);
        if (!text)
            return no_memory(err);
        HM_TRY(set_head(plan, 0, number_key[i], text, arena, &known, err));
    }
    return json_settings(plan, root, arena, err);
}

static hm_status read_json(meet_plan *plan, const char *bytes, size_t n, hm_arena *arena,
                           hm_err *err)
{
    static const char *const key[] = {"format", "version", "name",  "venue",    "date", "rules",
                                      "lang",   "paper",   "lanes", "settings", "seed", "events"};
    const hm_json *root, *events;
    HM_TRY(hm_json_parse(plan->source, bytes, n, arena, &root, err));
    HM_TRY(hm_json_check_format(root, PLAN_FORMAT, 1, err));
    HM_TRY(json_head(plan, root, arena, err));
    HM_TRY(hm_json_get_array(root, "events", &events, err));
    for (int32_t i = 0; i < events->n; i++)
        HM_TRY(json_event(plan, &events->as.item[i], arena, err));
    return hm_json_note_unknown(root, sizeof key / sizeof key[0], key, arena, &plan->notes);
}

/* ---- CSV ---- */

static hm_status csv_head(meet_plan *plan, const hm_csv *csv, hm_arena *arena, hm_err *err)
{
    for (int32_t i = 0; i < csv->n_remark; i++) {
        const char *text = csv->remark[i].text;
        size_t n = strcspn(text, ":");
        bool known;
        if (!text[n])
            continue;
        const char *key = hm_arena_printf(arena, "%.*s", (int)n, text);
        const char *value = hm_arena_text(arena, text + n + 1 + strspn(text + n + 1, " "));
        if (!key || !value)
            return no_memory(err);
        HM_TRY(set_head(plan, csv->remark[i].line, key, value, arena, &known, err));
    }
    return HM_OK;
}

static hm_status csv_event(meet_plan *plan, const hm_csv *csv, const hm_csv_row *row,
                           const int32_t at[], hm_arena *arena, hm_err *err)
{
    const char *cell[5];
    for (int k = 0; k < 5; k++)
        cell[k] = at[k] < 0 ? "" : row->cell[at[k]].text;
    meet_plan_event e = {.id = cell[0], .name = cell[1], .entries = cell[2], .start = cell[4]};
    if (!read_sex(cell[3], &e))
        return hm_err_set(err, HM_ERR_INPUT, csv->source, row->line, row->cell[at[3]].col, "sex",
                          "expected men, women or mixed, found '%.40s'", cell[3]);
    HM_TRY(fill_event(arena, &e, err));
    const char *fault = event_fault(plan, &e);
    if (fault)
        return hm_err_set(err, HM_ERR_INPUT, csv->source, row->line, 1, NULL, "%s", fault);
    plan->event[plan->n_event++] = e;
    return HM_OK;
}

static hm_status read_csv(meet_plan *plan, const char *bytes, size_t n, hm_arena *arena,
                          hm_err *err)
{
    static const char *const name[] = {"id", "name", "entries", "sex", "start"};
    hm_csv csv;
    int32_t at[5] = {-1, -1, -1, -1, -1};
    HM_TRY(hm_csv_parse(plan->source, bytes, n, arena, &csv, err));
    HM_TRY(csv_head(plan, &csv, arena, err));
    for (int32_t i = 0; i < csv.head.n_cell; i++)
        for (int k = 0; k < 5; k++)
            if (strcasecmp(csv.head.cell[i].text, name[k]) == 0)
                at[k] = i;
    for (int k = 0; k < 3; k++)
        if (at[k] < 0)
            return hm_err_set(err, HM_ERR_INPUT, csv.source, csv.head.line, 1, name[k],
                              "expected a column of this name in the header, found none");
    for (int32_t i = 0; i < csv.n_row; i++)
        HM_TRY(csv_event(plan, &csv, &csv.row[i], at, arena, err));
    return HM_OK;
}

/* ---- the file ---- */

static const char *folder_of(hm_arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? hm_arena_printf(arena, "%.*s", slash == file ? 1 : (int)(slash - file), file)
                 : ".";
}

/* The plan in a folder: one of two names. */
static hm_status find_plan(const char *path, hm_arena *arena, const char **source, hm_err *err)
{
    const char *json = hm_arena_printf(arena, "%s/meet.json", path);
    const char *csv = hm_arena_printf(arena, "%s/meet.csv", path);
    if (!json || !csv)
        return no_memory(err);
    bool has_json = hm_folder_has(json), has_csv = hm_folder_has(csv);
    if (has_json && has_csv)
        return hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL,
                          "expected meet.json or meet.csv, found both");
    if (has_json || has_csv) {
        *source = has_json ? json : csv;
        return HM_OK;
    }
    size_t n = strlen(path);
    if ((n > 5 && strcasecmp(path + n - 5, ".json") == 0) ||
        (n > 4 && strcasecmp(path + n - 4, ".csv") == 0)) {
        *source = path;
        return HM_OK;
    }
    return hm_err_set(err, HM_ERR_NOFILE, path, 0, 0, NULL,
                      "expected a folder with meet.json or meet.csv (docs/meet.md)");
}

hm_status meet_plan_read(const char *path, hm_arena *arena, meet_plan *plan, hm_err *err)
{
    char *bytes;
    size_t n;
    meet_plan out = {.name = "", .venue = "", .date = "", .seed = 1, .rules = hm_rules_default()};
    HM_TRY(find_plan(path, arena, &out.source, err));
    out.folder = folder_of(arena, out.source);
    out.event = HM_PUSH(arena, meet_plan_event, MEET_EVENT_MAX);
    if (!out.folder || !out.event)
        return no_memory(err);
    HM_TRY(hm_file_read(out.source, PLAN_BYTES, arena, &bytes, &n, err));
    size_t len = strlen(out.source);
    HM_TRY(strcasecmp(out.source + len - 4, ".csv") == 0 ? read_csv(&out, bytes, n, arena, err)
                                                         : read_json(&out, bytes, n, arena, err));
    if (!out.name[0])
        return hm_err_set(err, HM_ERR_INPUT, out.source, 0, 0, "name",
                          "expected the name of the meet");
    if (out.n_event == 0)
        return hm_err_set(err, HM_ERR_INPUT, out.source, 0, 0, "events",
                          "expected events, found none");
    hm_err why = {0};
    if (hm_rules_check(&out.rules, &why) != HM_OK)
        return as_input(&out, 0, "settings", &why, err);
    *plan = out;
    return HM_OK;
}
