/* meet_results.c - what lies in results/: files of a timing system (.lif) and sheets that a person
 * typed (EVENT-ROUND-HEAT.csv), one heat each. */
#include "meet_run.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "io/folder.h"
#include "io/number.h"
#include "measure/lynx.h"
#include "race/official.h"
#include "race/referee.h"

typedef struct reader {
    const meet_plan *plan;
    hm_arena *arena;
    meet_results *out;
    size_t cap, cap_broken;
    hm_err *err;
} reader;

static hm_status no_memory(const reader *r)
{
    return hm_err_set(r->err, HM_ERR_SYSTEM, r->plan->source, 0, 0, NULL,
                      "no memory for the results");
}

static hm_status add(reader *r, const meet_result *result)
{
    meet_results *out = r->out;
    meet_result *grown = HM_GROW(r->arena, out->result, out->n, &r->cap);
    if (!grown)
        return no_memory(r);
    out->result = grown;
    out->result[out->n++] = *result;
    return HM_OK;
}

/* "1" of "1-2-3.lif", event 1, round 2, heat 3; the event itself may have hyphens. */
static bool heat_of_name(hm_arena *arena, const char *file, meet_result *out)
{
    int64_t number[2];
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
    char *text = hm_arena_printf(arena, "%.*s", (int)(strlen(name) - 4), name);
    for (int k = 1; text && k >= 0; k--) {
        char *dash = strrchr(text, '-');
        if (!dash || hm_number_parse_int(dash + 1, &number[k]) != HM_NUMBER_OK || number[k] < 1 ||
            number[k] > 999)
            return false;
        *dash = '\0';
    }
    if (!text || !text[0])
        return false;
    out->event = text;
    out->round = (int32_t)number[0];
    out->heat = (int32_t)number[1];
    return true;
}

static hm_status add_broken(reader *r, const char *file, const char *why)
{
    meet_results *out = r->out;
    meet_result at;
    meet_broken *grown = HM_GROW(r->arena, out->broken, out->n_broken, &r->cap_broken);
    if (!grown)
        return no_memory(r);
    out->broken = grown;
    const char *kept = hm_arena_text(r->arena, why);
    if (!kept)
        return no_memory(r);
    out->broken[out->n_broken++] =
        (meet_broken){heat_of_name(r->arena, file, &at) ? at.event : "", kept};
    return HM_OK;
}

/* A file that cannot be read stops nothing but its own event; the disk stops everything. */
static hm_status problem(reader *r, const char *file, hm_status status, hm_err *why)
{
    char text[1024];
    if (status == HM_ERR_SYSTEM)
        return hm_err_set(r->err, status, why->source, why->line, why->col, why->field, "%s",
                          why->msg);
    hm_err_text(why, text, sizeof text);
    return add_broken(r, file, text);
}

/* ---- files of a timing system ---- */

static hm_run_status run_status(const hm_mark *m)
{
    return m->status == HM_MARK_DNS   ? HM_RUN_DNS
           : m->status == HM_MARK_DNF ? HM_RUN_DNF
           : m->status == HM_MARK_DQ  ? HM_RUN_DQ
                                      : HM_RUN_OK;
}

static meet_reading reading_of_mark(const hm_mark *m, hm_arena *arena)
{
    const char *name = hm_arena_printf(arena, "%s%s%s", m->who.first_name,
                                       m->who.first_name[0] ? " " : "", m->who.last_name);
    hm_run_status status = run_status(m);
    return (meet_reading){.line = m->line,
                          .id = m->who.id,
                          .name = name ? name : "",
                          .lane = m->lane,
                          .status = status,
                          .open = status == HM_RUN_OK && m->time_us <= 0,
                          .rule = m->rule,
                          .time_us = status == HM_RUN_OK || status == HM_RUN_DQ ? m->time_us : 0,
                          .hand = m->time_us > 0 && m->time_digits < 2,
                          .reaction_ms =
                              m->reaction_us < 0 ? -1 : (int32_t)(m->reaction_us / 1000)};
}

/* A name like 1-2-3.lif that belongs to another heat of the meet than what stands inside: spoilt.
 */
static bool misnamed(const reader *r, const char *file, const hm_heat *h)
{
    meet_result name;
    bool planned = false;
    if (!heat_of_name(r->arena, file, &name))
        return false;
    for (int32_t i = 0; i < r->plan->n_event; i++)
        planned |= meet_same_id(r->plan->event[i].id, name.event);
    return planned &&
           (name.round != h->round || name.heat != h->heat || !meet_same_id(name.event, h->event));
}

/* "; simulated by hecto": practice, whatever else it says. */
static bool is_simulated(const char *bytes, size_t n)
{
    static const char mark[] = "; simulated";
    return n >= sizeof mark - 1 && memcmp(bytes, mark, sizeof mark - 1) == 0;
}

static hm_status take_heat(reader *r, const char *file, const hm_heat *h, bool simulated)
{
    meet_result out = {.file = file,
                       .event = h->event,
                       .round = h->round,
                       .heat = h->heat,
                       .simulated = simulated,
                       .has_wind = h->has_wind,
                       .wind_cmps = h->wind_cmps,
                       .clock = h->start_clock};
    out.reading = HM_PUSH(r->arena, meet_reading, h->n_mark + 1);
    if (!out.reading)
        return no_memory(r);
    if (misnamed(r, file, h)) {
        const char *why =
            hm_arena_printf(r->arena, "%s: says that it is event '%.40s', round %d, heat %d", file,
                            h->event, h->round, h->heat);
        return why ? add_broken(r, file, why) : no_memory(r);
    }
    for (int32_t i = 0; i < h->n_mark; i++)
        out.reading[out.n++] = reading_of_mark(&h->mark[i], r->arena);
    return add(r, &out);
}

static hm_status read_lif(reader *r, const char *file, const char *bytes, size_t n)
{
    const hm_lynx_opts opts = {.kind = HM_LYNX_LIF, .lenient = true};
    hm_meet meet;
    hm_err why = {0};
    hm_status s = hm_lynx_parse(file, bytes, n, &opts, r->arena, &meet, &why);
    if (s != HM_OK)
        return problem(r, file, s, &why);
    for (int32_t i = 0; i < meet.notes.n; i++)
        if (strstr(meet.notes.text[i], ":E-")) {
            const char *text = hm_arena_printf(r->arena, "%s:%s", file, meet.notes.text[i]);
            return text ? add_broken(r, file, text) : no_memory(r);
        }
    for (int32_t i = 0; i < meet.n_heat; i++)
        HM_TRY(take_heat(r, file, &meet.heat[i], is_simulated(bytes, n)));
    return HM_OK;
}

/* ---- sheets ---- */

static meet_reading reading_of_row(const hm_sheet *sheet, const hm_sheet_row *row)
{
    bool timed = !isnan(row->time_s);
    return (meet_reading){.line = row->line,
                          .id = row->bib,
                          .name = row->name,
                          .lane = row->lane,
                          .status = row->status,
                          .open = row->status == HM_RUN_OK && !timed,
                          .rule = row->rule,
                          .time_us = timed ? hm_time_us(row->time_s) : 0,
                          .hand = timed && (sheet->by_hand || row->time_digits < 2),
                          .reaction_ms = isnan(row->reaction_s) || row->reaction_s < 0
                                             ? -1
                                             : hm_reaction_ms(row->reaction_s),
                          .protest = row->protest,
                          .start = row->start};
}

static hm_status take_sheet(reader *r, meet_result *out, const hm_sheet *sheet)
{
    hm_sheet timed;
    hm_err why = {0};
    hm_status s = hm_referee_times(sheet, &r->plan->rules, r->arena, &timed, &why);
    if (s != HM_OK)
        return problem(r, out->file, s, &why);
    out->has_wind = !isnan(timed.wind_mps);
    out->wind_cmps = out->has_wind ? hm_wind_cmps(timed.wind_mps) : 0;
    out->n_start = timed.n_start;
    out->green = timed.green;
    out->clock = "";
    out->reading = HM_PUSH(r->arena, meet_reading, timed.n_row + 1);
    if (!out->reading)
        return no_memory(r);
    for (int32_t i = 0; i < timed.n_row; i++)
        out->reading[out->n++] = reading_of_row(&timed, &timed.row[i]);
    return add(r, out);
}

static hm_status read_sheet(reader *r, const char *file, const char *bytes, size_t n)
{
    hm_sheet_opts opts = hm_sheet_opts_default();
    meet_result out = {.file = file};
    hm_sheet sheet;
    hm_err why = {0};
    opts.allow_implausible = true; /* sheets are checked as 100 m; this may be 60 */
    if (!heat_of_name(r->arena, file, &out)) {
        const char *why_not = hm_arena_printf(
            r->arena, "%s: expected a name EVENT-ROUND-HEAT.csv such as 1-2-1.csv", file);
        return why_not ? add_broken(r, file, why_not) : no_memory(r);
    }
    hm_status s = hm_sheet_parse(file, bytes, n, &opts, r->arena, &sheet, &why);
    return s == HM_OK ? take_sheet(r, &out, &sheet) : problem(r, file, s, &why);
}

/* ---- the folder ---- */

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n > m && strcasecmp(name + n - m, end) == 0;
}

static hm_status read_one(reader *r, const char *name)
{
    char *bytes;
    size_t n;
    hm_err why = {0};
    const char *file = hm_arena_printf(r->arena, "results/%s", name);
    const char *path = file ? meet_path(r->plan, r->arena, file) : NULL;
    if (!path)
        return no_memory(r);
    if (!ends_with(name, ".lif") && !ends_with(name, ".csv"))
        return HM_OK;
    hm_status s = hm_file_read(path, HM_LYNX_FILE_MAX, r->arena, &bytes, &n, &why);
    if (s != HM_OK)
        return problem(r, file, s, &why);
    return ends_with(name, ".lif") ? read_lif(r, file, bytes, n) : read_sheet(r, file, bytes, n);
}

hm_status meet_results_read(const meet_plan *plan, hm_arena *arena, meet_results *results,
                            hm_err *err)
{
    const char **name;
    int32_t n;
    meet_results out = {0};
    reader r = {plan, arena, &out, 0, 0, err};
    const char *folder = meet_path(plan, arena, "results");
    if (!folder)
        return no_memory(&r);
    HM_TRY(hm_folder_list(folder, arena, &n, &name, err));
    for (int32_t i = 0; i < n; i++)
        HM_TRY(read_one(&r, name[i]));
    *results = out;
    return HM_OK;
}

const char *meet_result_name(hm_arena *arena, const char *event, int32_t round, int32_t heat)
{
    return hm_arena_printf(arena, "results/%s-%d-%d.lif", event, round, heat);
}
