#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "data/clip_truth.h"
#include "data/entries.h"
#include "data/marks.h"
#include "data/meet_file.h"
#include "data/race_file.h"
#include "data/scenario.h"
#include "data/sheet.h"
#include "data/sprinter.h"
#include "data/story.h"
#include "data/trace.h"
#include "io/file.h"
#include "measure/lynx.h"
#include "measure/read.h"

/* The example of a page: what stands between its first fence and the next. */
static char *example(hm_arena *a, const char *page)
{
    const char *dir = getenv("HM_DOCS_DIR");
    assert_non_null(dir);
    hm_err err = {0};
    char *text, *path = hm_arena_printf(a, "%s/formats/%s", dir, page);
    size_t n;
    if (hm_file_read(path, 1 << 20, a, &text, &n, &err) != HM_OK)
        fail_msg("no %s", path);
    char *from = strstr(text, "```");
    assert_non_null(from);
    from = strchr(from, '\n') + 1;
    char *to = strstr(from, "```");
    assert_non_null(to);
    *to = '\0';
    return from;
}

static void no_error(hm_status status, const hm_err *err)
{
    char line[900];
    hm_err_text(err, line, sizeof line);
    if (status != HM_OK)
        fail_msg("%s", line);
}

static void the_example_of_each_page_is_read(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_sheet sheet;
    hm_sheet_opts opts = hm_sheet_opts_default();
    hm_race race;
    hm_trace trace;
    hm_sprinter sprinter;
    const char *t = example(&a, "sheet.md");
    no_error(hm_sheet_parse("sheet.md", t, strlen(t), &opts, &a, &sheet, &err), &err);
    assert_int_equal(sheet.n_row, 4);
    assert_int_equal(sheet.notes.n, 0);
    hm_entries entries;
    t = example(&a, "entries.md");
    no_error(hm_entries_parse("entries.md", t, strlen(t), &a, &entries, &err), &err);
    assert_true(entries.n == 3 && entries.notes.n == 0);
    t = example(&a, "race.md");
    no_error(hm_race_parse("race.md", t, strlen(t), &a, &race, &err), &err);
    assert_int_equal(race.notes.n, 0);
    t = example(&a, "trace.md");
    no_error(hm_trace_parse("trace.md", t, strlen(t), &a, &trace, &err), &err);
    assert_int_equal(trace.notes.n, 0);
    t = example(&a, "sprinter.md");
    no_error(hm_sprinter_parse("sprinter.md", t, strlen(t), &a, &sprinter, &err), &err);
    assert_int_equal(sprinter.notes.n, 0);
    hm_traces traces;
    t = example(&a, "measure.md");
    no_error(hm_measure_parse("measure.md", t, strlen(t), NULL, &a, &traces, &err), &err);
    assert_int_equal(traces.n, 2);
    assert_int_equal(traces.notes.n + traces.trace[0].notes.n, 0);
    hm_meet meet;
    t = example(&a, "lynx.md");
    no_error(hm_lynx_parse("lynx.lif", t, strlen(t), NULL, &a, &meet, &err), &err);
    assert_int_equal(meet.heat[0].n_mark, 3);
    assert_int_equal(meet.notes.n, 0);
    hm_meets meets;
    t = example(&a, "meet.md");
    no_error(hm_meets_parse_json("meet.md", t, strlen(t), &a, &meets, &err), &err);
    assert_int_equal(meets.notes.n, 0);
    assert_int_equal(meets.meet[0].heat[0].mark[0].official_cs, 1132);
    hm_story story;
    t = example(&a, "story.md");
    no_error(hm_story_parse("story.md", t, strlen(t), &a, &story, &err), &err);
    assert_int_equal(story.notes.n, 0);
    assert_int_equal(story.idea[0].to, 1);
    hm_scenario scenario;
    t = example(&a, "scenario.md");
    no_error(hm_scenario_parse("scenario.md", t, strlen(t), &a, &scenario, &err), &err);
    assert_int_equal(scenario.n_event, 6);
    hm_marks marks;
    t = example(&a, "marks.md");
    no_error(hm_marks_parse("marks.md", t, strlen(t), &a, &marks, &err), &err);
    assert_int_equal(marks.n_point, 5);
    assert_int_equal(marks.notes.n, 0);
    hm_clip_truth truth;
    t = example(&a, "clip-truth.md");
    no_error(hm_clip_truth_parse("clip-truth.md", t, strlen(t), &a, &truth, &err), &err);
    assert_int_equal(truth.n_lane, 1);
    assert_int_equal(truth.notes.n, 0);
    hm_arena_free(&a);
}

/* Every column of CSV and every member of JSON of meets stands in their page. */
static void the_page_of_meets_names_every_column(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    char *text, *path = hm_arena_printf(&a, "%s/formats/meet.md", getenv("HM_DOCS_DIR"));
    size_t n;
    hm_memory csv = {.arena = &a};
    no_error(hm_file_read(path, 1 << 20, &a, &text, &n, &err), &err);
    no_error(hm_meets_write_csv(hm_sink_memory(&csv), 0, NULL, &err), &err);
    for (char *name = strtok(csv.bytes, ",\n"); name; name = strtok(NULL, ",\n"))
        if (!strstr(text, hm_arena_printf(&a, "`%s`", name)))
            fail_msg("meet.md does not name %s", name);
    hm_arena_free(&a);
}

/* As they are listed in docs/formats/sheet.md. */
static void every_column_of_the_page_is_known(void **state)
{
    (void)state;
    static const char *const column[] = {"team",       "bib",        "form",      "sex",
                                         "age",        "born",       "stature_m", "mass_kg",
                                         "reaction_s", "split_50_s", "status",    "place"};
    hm_arena a;
    hm_arena_init(&a, 0);
    for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
        char *text = hm_arena_printf(&a, "lane,name,time_s,%s\n3,A,10.5,\n", column[i]);
        hm_err err = {0};
        hm_sheet sheet;
        hm_sheet_opts opts = hm_sheet_opts_default();
        no_error(hm_sheet_parse("s.csv", text, strlen(text), &opts, &a, &sheet, &err), &err);
        if (sheet.notes.n)
            fail_msg("%s", sheet.notes.text[0]);
    }
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_each_page_is_read),
        cmocka_unit_test(every_column_of_the_page_is_known),
        cmocka_unit_test(the_page_of_meets_names_every_column),
    };
    return cmocka_run_group_tests_name("contract/format pages", tests, NULL, NULL);
}
