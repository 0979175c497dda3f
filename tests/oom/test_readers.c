#include "ht.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/film_file.h"
#include "data/meet_file.h"
#include "data/race_file.h"
#include "data/scenario.h"
#include "data/sheet.h"
#include "data/sprinter.h"
#include "data/story.h"
#include "data/trace.h"
#include "measure/lynx.h"
#include "measure/meet_format.h"
#include "measure/read.h"

/* Every allocation of our objects passes here (linked with --wrap), and jansson's by its hook;
 * libcsv is given our realloc. The one with number fail_at is refused. */
static long n_call, fail_at, n_live;

void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void __real_free(void *p);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *p, size_t size);
void __wrap_free(void *p);

static int refused(void)
{
    return n_call++ == fail_at;
}

void *__wrap_calloc(size_t n, size_t size)
{
    if (refused())
        return NULL;
    n_live++;
    return __real_calloc(n, size);
}

void *__wrap_malloc(size_t size)
{
    return __wrap_calloc(1, size);
}

void *__wrap_realloc(void *p, size_t size)
{
    if (refused())
        return NULL;
    n_live += p == NULL;
    return __real_realloc(p, size);
}

void __wrap_free(void *p)
{
    n_live -= p != NULL;
    __real_free(p);
}

/* Room for any of the results; must stay as it is when a reader fails. */
typedef union result {
    hm_sheet sheet;
    hm_race race;
    hm_film film;
    hm_trace trace;
    hm_traces traces;
    hm_sprinter sprinter;
    hm_meet meet;
    hm_story story;
    hm_scenario scenario;
    unsigned char byte[8192];
} result;

typedef hm_status read_fn(const char *text, hm_arena *a, result *out, hm_err *err);

static hm_status read_sheet(const char *text, hm_arena *a, result *out, hm_err *err)
{
    hm_sheet_opts opts = hm_sheet_opts_default();
    return hm_sheet_parse("s.csv", text, strlen(text), &opts, a, &out->sheet, err);
}

static hm_status read_race(const char *text, hm_arena *a, result *out, hm_err *err)
{
    return hm_race_parse("r.json", text, strlen(text), a, &out->race, err);
}

static hm_status read_film(const char *text, hm_arena *a, result *out, hm_err *err)
{
    return hm_film_parse("f.json", text, strlen(text), a, &out->film, err);
}

static hm_status read_trace(const char *text, hm_arena *a, result *out, hm_err *err)
{
    return hm_trace_parse("t.json", text, strlen(text), a, &out->trace, err);
}

static hm_status read_measure(const char *text, hm_arena *a, result *out, hm_err *err)
{
    return hm_measure_parse("m.csv", text, strlen(text), NULL, a, &out->traces, err);
}

static hm_status read_sprinter(const char *text, hm_arena *a, result *out, hm_err *err)
{
    return hm_sprinter_parse("p.json", text, strlen(text), a, &out->sprinter, err);
}

/* A race is read, then printed: two allocating paths in one. */
static hm_status print_race(const char *text, hm_arena *a, result *out, hm_err *err)
{
    hm_race race;
    char *again;
    HM_TRY(hm_race_parse("r.json", text, strlen(text), a, &race, err));
    HM_TRY(hm_race_print(&race, a, &again, NULL, err));
    out->race = race;
    return HM_OK;
}

static hm_status print_scenario(const char *text, hm_arena *a, result *out, hm_err *err)
{
    hm_scenario scenario;
    char *again;
    HM_TRY(hm_scenario_parse("s.json", text, strlen(text), a, &scenario, err));
    HM_TRY(hm_scenario_print(&scenario, a, &again, NULL, err));
    out->scenario = scenario;
    return HM_OK;
}

static hm_status print_story(const char *text, hm_arena *a, result *out, hm_err *err)
{
    hm_story story;
    char *again;
    HM_TRY(hm_story_parse("s.json", text, strlen(text), a, &story, err));
    HM_TRY(hm_story_print(&story, a, &again, NULL, err));
    out->story = story;
    return HM_OK;
}

/* Everything is kept and said. */
static hm_status read_lynx(hm_lynx_kind kind, const char *text, hm_arena *a, result *out,
                           hm_err *err)
{
    const hm_lynx_opts opts = {kind, true};
    return hm_lynx_parse("l", text, strlen(text), &opts, a, &out->meet, err);
}

static hm_status read_lif(const char *text, hm_arena *a, result *out, hm_err *err)
{
    return read_lynx(HM_LYNX_LIF, text, a, out, err);
}

static hm_status read_evt(const char *text, hm_arena *a, result *out, hm_err *err)
{
    return read_lynx(HM_LYNX_EVT, text, a, out, err);
}

static hm_status read_ppl(const char *text, hm_arena *a, result *out, hm_err *err)
{
    return read_lynx(HM_LYNX_PPL, text, a, out, err);
}

static hm_status write_lif(const char *text, hm_arena *a, result *out, hm_err *err)
{
    hm_meet meet;
    hm_memory m = {.arena = a};
    HM_TRY(hm_lynx_parse("l.lif", text, strlen(text), NULL, a, &meet, err));
    HM_TRY(hm_lynx_write_lif(hm_sink_memory(&m), &meet, 0, err));
    out->meet = meet;
    return HM_OK;
}

/* Meets are read and written in every format: allocating paths in a row. */
static hm_status pass_on(hm_meets *meets, hm_arena *a, result *out, hm_err *err)
{
    for (int f = 0; f < HM_MEET_N_FORMAT; f++) {
        hm_memory m = {.arena = a};
        hm_notes notes = {0};
        hm_status s =
            hm_meet_put((hm_meet_format)f, hm_sink_memory(&m), 1, meets->meet, 0, a, &notes, err);
        if (s == HM_ERR_INPUT) /* not every format takes every meet */
            *err = (hm_err){0};
        else
            HM_TRY(s);
    }
    out->meet = meets->meet[0];
    return HM_OK;
}

static hm_status read_meet_json(const char *text, hm_arena *a, result *out, hm_err *err)
{
    hm_meets meets;
    HM_TRY(hm_meets_parse_json("m.json", text, strlen(text), a, &meets, err));
    return pass_on(&meets, a, out, err);
}

static hm_status read_meet_csv(const char *text, hm_arena *a, result *out, hm_err *err)
{
    hm_meets meets;
    HM_TRY(hm_meets_parse_csv("m.csv", text, strlen(text), a, &meets, err));
    return pass_on(&meets, a, out, err);
}

static char *content(const char *name)
{
    const char *dir = getenv("HM_CORPUS_DIR");
    assert_non_null(dir);
    char path[512];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "rb");
    if (!f)
        fail_msg("no %s", path);
    char *text = __real_calloc(1, 64 * 1024);
    assert_non_null(text);
    size_t n = fread(text, 1, 64 * 1024 - 1, f);
    assert_true(n > 0);
    fclose(f);
    return text;
}

/* libcsv asks again for less when it is refused, so a refusal may end well. */
static bool is_sound(hm_status status, const hm_err *err)
{
    if (status == HM_OK)
        return err->status == HM_OK;
    return status == HM_ERR_SYSTEM && err->status == HM_ERR_SYSTEM && strstr(err->msg, "memory");
}

/* One reading with allocation k refused; false = it made no more than k. */
static bool refuse_one(const char *name, const char *text, read_fn *read, long k)
{
    result out, before;
    memset(&out, 0x5a, sizeof out);
    before = out;
    hm_arena a;
    hm_arena_init(&a, 128);
    hm_err err = {0};
    n_call = n_live = 0;
    fail_at = k;
    hm_status status = read(text, &a, &out, &err);
    bool was_refused = n_call > k;
    fail_at = -1;
    hm_arena_free(&a);
    if (n_live != 0)
        fail_msg("%s: allocation %ld refused: %ld not given back", name, k, n_live);
    if (!is_sound(status, &err) || (status != HM_OK && !was_refused))
        fail_msg("%s: allocation %ld refused: %s", name, k, err.msg);
    if (status != HM_OK)
        assert_memory_equal(&out, &before, sizeof out);
    return was_refused;
}

static void sweep(const char *name, read_fn *read)
{
    char *text = content(name);
    long k = 0;
    while (refuse_one(name, text, read, k))
        assert_true(++k < 100000);
    assert_true(k >= 4); /* the sweep did reach the reader */
    print_message("# %s: %ld allocations, each refused once\n", name, k);
    __real_free(text);
}

static void a_sheet_survives_every_refusal(void **state)
{
    (void)state;
    sweep("sheet/good-many-columns.csv", read_sheet);
    sweep("sheet/good-tabs.csv", read_sheet);
}

static void a_race_survives_every_refusal(void **state)
{
    (void)state;
    sweep("race/good-unknown-key.json", read_race);
    sweep("race/good-dnf.json", print_race);
}

static void other_files_survive_every_refusal(void **state)
{
    (void)state;
    sweep("trace/good.json", read_trace);
    sweep("sprinter/good.json", read_sprinter);
    sweep("sprinter/whole.json", read_sprinter);
    sweep("sprinter/unknown-keys.json", read_sprinter);
    sweep("film/good-keys.json", read_film);
    sweep("story/full.json", print_story);
    sweep("scenario/full.json", print_scenario);
    sweep("story/futures.json", print_story);
}

static void measurements_survive_every_refusal(void **state)
{
    (void)state;
    static const char *const name[] = {"good-long.csv",     "good-wide.csv",    "good-speed.csv",
                                       "good-position.csv", "good-merged.csv",  "good-sheet.csv",
                                       "good-bolt.csv",     "good-stalker.rda", "good-motion.txt",
                                       "good-trace.json"};
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        char path[64];
        snprintf(path, sizeof path, "measure/%s", name[i]);
        sweep(path, read_measure);
    }
}

static void lynx_files_survive_every_refusal(void **state)
{
    (void)state;
    sweep("lynx/good-heat.lif", write_lif);
    sweep("lynx/good-statuses.lif", read_lif);
    sweep("lynx/bad-times.lif", read_lif);
    sweep("lynx/good-backslash.evt", read_evt);
    sweep("lynx/good.evt", read_evt);
    sweep("lynx/bad-rows.evt", read_evt);
    sweep("lynx/good.ppl", read_ppl);
    sweep("lynx/good-cp1252.ppl", read_ppl);
}

static void meets_survive_every_refusal(void **state)
{
    (void)state;
    sweep("meet_json/good-2.json", read_meet_json);
    sweep("meet_json/good-reading.json", read_meet_json);
    sweep("meet_csv/good-small.csv", read_meet_csv);
    sweep("meet_csv/good-2.csv", read_meet_csv);
}

int main(void)
{
    fail_at = -1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_survives_every_refusal),
        cmocka_unit_test(a_race_survives_every_refusal),
        cmocka_unit_test(other_files_survive_every_refusal),
        cmocka_unit_test(measurements_survive_every_refusal),
        cmocka_unit_test(lynx_files_survive_every_refusal),
        cmocka_unit_test(meets_survive_every_refusal),
    };
    return cmocka_run_group_tests_name("oom/readers", tests, NULL, NULL);
}
