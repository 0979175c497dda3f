#include "ht.h"

#include <stdlib.h>
#include <string.h>

#include "io/csv.h"
#include "measure/lynx.h"

/* Expected values: tests/data/lynx/expected_*.csv, written down from the contract of the formats.
 */

enum { CELL = 64 };

static const char *data_path(hm_arena *a, const char *name)
{
    const char *dir = getenv("HM_TEST_DATA_DIR");
    assert_non_null(dir);
    return hm_arena_printf(a, "%s/lynx/%s", dir, name);
}

static hm_csv expected(hm_arena *a, const char *name)
{
    hm_csv csv;
    hm_err err = {0};
    char *bytes;
    size_t n;
    if (hm_file_read(data_path(a, name), 1 << 20, a, &bytes, &n, &err) != HM_OK ||
        hm_csv_parse(name, bytes, n, a, &csv, &err) != HM_OK)
        fail_msg("%s: %s", name, err.msg);
    assert_true(csv.n_row > 0);
    return csv;
}

static hm_meet read_leniently(hm_arena *a, const char *name)
{
    const hm_lynx_opts opts = {HM_LYNX_AUTO, true};
    hm_meet meet;
    hm_err err = {0};
    if (hm_lynx_read(data_path(a, name), &opts, a, &meet, &err) != HM_OK)
        fail_msg("%s: %s", name, err.msg);
    assert_int_equal(hm_meet_check(&meet, NULL), HM_OK);
    return meet;
}

static const char *written(hm_arena *a, const char *name, const hm_meet *meet, size_t *n)
{
    hm_memory m = {.arena = a};
    hm_err err = {0};
    hm_sink sink = hm_sink_memory(&m);
    const char *ext = strrchr(name, '.');
    hm_status status = strcmp(ext, ".evt") == 0   ? hm_lynx_write_evt(sink, meet, &err)
                       : strcmp(ext, ".ppl") == 0 ? hm_lynx_write_ppl(sink, meet, &err)
                       : strcmp(ext, ".sch") == 0 ? hm_lynx_write_sch(sink, meet, &err)
                                                  : hm_lynx_write_lif(sink, meet, 0, &err);
    if (status != HM_OK)
        fail_msg("%s: %s: %s", name, err.field, err.msg);
    *n = m.n;
    return m.n ? m.bytes : "";
}

/* Written and read back, strictly. */
static hm_meet again(hm_arena *a, const char *name, const hm_meet *meet)
{
    hm_meet out;
    hm_err err = {0};
    size_t n;
    const char *bytes = written(a, name, meet, &n);
    if (hm_lynx_parse(name, bytes, n, NULL, a, &out, &err) != HM_OK)
        fail_msg("%s written: line %d: %s: %s\n%s", name, (int)err.line, err.field, err.msg, bytes);
    return out;
}

/* ---- a meet as the cells of the expected files ---- */

typedef struct cells {
    char text[20][4 * CELL];
    int n;
} cells;

static void add(cells *c, const char *s)
{
    assert_true(c->n < 20);
    snprintf(c->text[c->n++], sizeof c->text[0], "%s", s);
}

static void add_int(cells *c, int64_t v, bool has)
{
    char s[CELL] = "";
    if (has)
        snprintf(s, sizeof s, "%lld", (long long)v);
    add(c, s);
}

/* Microseconds as seconds with four decimals. */
static void add_time(cells *c, int64_t us, bool has)
{
    char s[CELL] = "";
    int64_t v = us < 0 ? -us : us;
    assert_true(v % 100 == 0 || !has);
    if (has)
        snprintf(s, sizeof s, "%s%lld.%04d", us < 0 ? "-" : "", (long long)(v / 1000000),
                 (int)(v % 1000000 / 100));
    add(c, s);
}

static void add_key(cells *c, const hm_heat *h)
{
    add(c, h->event);
    add_int(c, h->round, true);
    add_int(c, h->heat, true);
}

static bool event_cells(const hm_meet *meet, int k, cells *c)
{
    if (k >= meet->n_heat)
        return false;
    const hm_heat *h = &meet->heat[k];
    char wind[CELL] = "";
    add_key(c, h);
    add(c, h->name);
    if (h->has_wind)
        snprintf(wind, sizeof wind, "%s%d.%02d", h->wind_cmps < 0 ? "-" : "",
                 abs(h->wind_cmps) / 100, abs(h->wind_cmps) % 100);
    add(c, wind);
    bool told = isfinite(h->distance_m);
    add_int(c, told ? (int64_t)h->distance_m : 0, told);
    add(c, h->start_clock);
    return true;
}

static const hm_mark *mark_at(const hm_meet *meet, int k, const hm_heat **heat)
{
    for (int32_t i = 0; i < meet->n_heat; i++) {
        *heat = &meet->heat[i];
        if (k < (*heat)->n_mark)
            return &(*heat)->mark[k];
        k -= (*heat)->n_mark;
    }
    return NULL;
}

static void add_names(cells *c, const hm_person *p)
{
    add(c, p->last_name);
    add(c, p->first_name);
    add(c, p->team);
}

static bool start_cells(const hm_meet *meet, int k, cells *c)
{
    const hm_heat *h;
    const hm_mark *m = mark_at(meet, k, &h);
    if (!m)
        return false;
    assert_int_equal(m->status, HM_MARK_ENTERED);
    add_int(c, m->line, true);
    add_key(c, h);
    add(c, m->who.id);
    add_int(c, m->lane, true);
    add_names(c, &m->who);
    add(c, m->who.license);
    return true;
}

static bool result_cells(const hm_meet *meet, int k, cells *c)
{
    static const char *const status[] = {"entered", "finished", "DNS", "DNF", "DQ", "unknown"};
    const hm_heat *h;
    const hm_mark *m = mark_at(meet, k, &h);
    if (!m)
        return false;
    add_int(c, m->line, true);
    add_key(c, h);
    add_int(c, m->place, m->place > 0);
    add(c, status[m->status]);
    add(c, m->who.id);
    add_int(c, m->lane, true);
    add_names(c, &m->who);
    add_time(c, m->time_us, m->time_us > 0);
    add(c, m->who.license);
    add_time(c, m->delta_us, m->delta_us != -1);
    add_time(c, m->reaction_us, m->reaction_us != -1);
    char splits[4 * CELL] = "";
    for (int32_t i = 0; i < m->n_split; i++) {
        cells one = {.n = 0};
        add_time(&one, m->split[i].time_us, true);
        size_t n = strlen(splits);
        snprintf(splits + n, sizeof splits - n, "%s%.30s", i ? ";" : "", one.text[0]);
    }
    add(c, splits);
    return true;
}

static bool person_cells(const hm_meet *meet, int k, cells *c)
{
    if (k >= meet->n_person)
        return false;
    const hm_person *p = &meet->person[k];
    add_int(c, p->line, true);
    add(c, p->id);
    add_names(c, p);
    add(c, p->license);
    return true;
}

static bool order_cells(const hm_meet *meet, int k, cells *c)
{
    if (k >= meet->n_order)
        return false;
    add_int(c, meet->order[k].line, true);
    add_key(c, &meet->order[k]);
    return true;
}

/* ---- the comparison ---- */

typedef bool row_fn(const hm_meet *meet, int k, cells *c);

static void same_row(const hm_csv *csv, const hm_csv_row *want, const cells *got, bool lines)
{
    assert_int_equal(got->n, csv->head.n_cell - 1);
    for (int i = 0; i < got->n; i++) {
        const char *column = csv->head.cell[i + 1].text;
        if (!lines && strcmp(column, "line") == 0)
            continue;
        if (strcmp(got->text[i], want->cell[i + 1].text) != 0)
            fail_msg("%s:%d: %s: want \"%s\", got \"%s\"", csv->source, (int)want->line, column,
                     want->cell[i + 1].text, got->text[i]);
    }
}

/* Every row of an expected file, and no row beside them; written = of good files, read back. */
static void same_table(const char *name, row_fn *row, int min_rows, bool rewritten)
{
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = expected(&a, name);
    hm_meet meet = {0};
    int k = 0, compared = 0;
    for (int32_t i = 0; i < csv.n_row; i++) {
        const char *file = csv.row[i].cell[0].text;
        bool begins = i == 0 || strcmp(file, csv.row[i - 1].cell[0].text) != 0;
        bool ends = i + 1 == csv.n_row || strcmp(file, csv.row[i + 1].cell[0].text) != 0;
        if (rewritten && strncmp(file, "good/", 5) != 0)
            continue;
        if (begins) {
            k = 0;
            meet = read_leniently(&a, file);
            if (rewritten)
                meet = again(&a, file, &meet);
        }
        cells got = {.n = 0}, none = {.n = 0};
        if (!row(&meet, k++, &got))
            fail_msg("%s:%d: %s has no such row", name, (int)csv.row[i].line, file);
        same_row(&csv, &csv.row[i], &got, !rewritten);
        compared++;
        if (ends && row(&meet, k, &none))
            fail_msg("%s: more rows than expected", file);
    }
    assert_true(compared >= min_rows);
    print_message("# %s: %d rows are the same\n", name, compared);
    hm_arena_free(&a);
}

static void the_values_are_those_of_the_contract(void **state)
{
    (void)state;
    same_table("expected_events.csv", event_cells, 24, false);
    same_table("expected_starts.csv", start_cells, 25, false);
    same_table("expected_results.csv", result_cells, 34, false);
    same_table("expected_people.csv", person_cells, 17, false);
    same_table("expected_schedule.csv", order_cells, 5, false);
}

static void what_is_written_reads_back_the_same(void **state)
{
    (void)state;
    same_table("expected_events.csv", event_cells, 13, true);
    same_table("expected_starts.csv", start_cells, 21, true);
    same_table("expected_results.csv", result_cells, 18, true);
    same_table("expected_people.csv", person_cells, 14, true);
    same_table("expected_schedule.csv", order_cells, 4, true);
}

static int32_t rows_of(const hm_meet *meet)
{
    int32_t n = meet->n_person + meet->n_order;
    for (int32_t i = 0; i < meet->n_heat; i++)
        n += meet->heat[i].n_mark;
    return n;
}

/* "2:E-NUM 3:E-EVENT" */
static void messages(const hm_meet *meet, char *out, size_t n)
{
    out[0] = '\0';
    for (int32_t i = 0; i < meet->notes.n; i++) {
        const char *text = meet->notes.text[i];
        size_t used = strlen(out);
        snprintf(out + used, n - used, "%s%.*s", i ? " " : "", (int)strcspn(text, " "), text);
    }
}

static void messages_and_counts_are_those_of_the_contract(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = expected(&a, "expected_summary.csv");
    assert_int_equal(csv.n_row, 35);
    for (int32_t i = 0; i < csv.n_row; i++) {
        const hm_csv_cell *want = csv.row[i].cell;
        hm_meet meet = read_leniently(&a, want[0].text);
        char said[512];
        messages(&meet, said, sizeof said);
        if (strcmp(said, want[4].text) != 0)
            fail_msg("%s: want \"%s\", got \"%s\"", want[0].text, want[4].text, said);
        if (want[2].text[0])
            assert_int_equal(meet.n_heat, atoi(want[2].text));
        if (rows_of(&meet) != atoi(want[3].text))
            fail_msg("%s: want %s rows, got %d", want[0].text, want[3].text, rows_of(&meet));
    }
    hm_arena_free(&a);
}

static void a_strict_read_stops_at_the_first_error_with_file_line_and_code(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_csv csv = expected(&a, "expected_summary.csv");
    int refused = 0;
    for (int32_t i = 0; i < csv.n_row; i++) {
        const hm_csv_cell *want = csv.row[i].cell;
        hm_meet meet, before;
        memset(&meet, 0x5a, sizeof meet);
        before = meet;
        hm_err err = {0};
        const char *path = data_path(&a, want[0].text), *e = strstr(want[4].text, ":E-");
        hm_status status = hm_lynx_read(path, NULL, &a, &meet, &err);
        assert_int_equal(status, e ? HM_ERR_INPUT : HM_OK);
        assert_int_equal(!!e, strcmp(want[1].text, "error") == 0);
        if (!e)
            continue;
        while (e > want[4].text && e[-1] != ' ')
            e--;
        char place[4 * CELL];
        snprintf(place, sizeof place, "%d:%s", (int)err.line, err.field);
        assert_memory_equal(place, e, strlen(place));
        assert_true(strstr(path, err.source) == path || strlen(path) >= sizeof err.source);
        assert_memory_equal(&meet, &before, sizeof meet);
        refused++;
    }
    assert_int_equal(refused, 16);
    hm_arena_free(&a);
}

static void an_error_in_a_field_names_its_column(void **state)
{
    (void)state;
    static const struct {
        const char *source, *text, *code;
        int64_t line, col;
    } row[] = {
        {"a.evt", "1,one,1,100 m\n", "E-NUM", 1, 3},
        {"a.evt", "1,1,x,100 m\n", "E-NUM", 1, 5},
        {"a.evt", "1,1,1,100 m\n,7,4a,A\n", "E-LANE", 2, 4},
        {"a.evt", "1,1,1,100 m\n\t7,4a,A\n", "E-LANE", 2, 4},
        {"a.lif", "1,1,1,100 m\n1,7,4,\"\xc3\x96, x\",A,C,9.8x\n", "E-TIME", 2, 18},
        {"a.ppl", "1,A\n,B\n", "E-NOID", 2, 1},
        {"a.evt", "1,1,1,100 m\n,7,4,\"A\n", "E-QUOTE", 2, 0},
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_meet meet;
        hm_err err = {0};
        hm_status s =
            hm_lynx_parse(row[i].source, row[i].text, strlen(row[i].text), NULL, &a, &meet, &err);
        if (s != HM_ERR_INPUT || strcmp(err.field, row[i].code) != 0 || err.line != row[i].line ||
            err.col != row[i].col)
            fail_msg("%s: %s at %lld:%lld", row[i].text, err.field, (long long)err.line,
                     (long long)err.col);
        hm_arena_free(&a);
    }
}

/* ---- the bytes ---- */

static void results_are_written_byte_for_byte(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    size_t n;
    hm_meet meet = read_leniently(&a, "good/heat1.lif");
    const char *t = written(&a, "x.lif", &meet, &n);
    static const char want[] =
        "1,1,1,100 m Women,+0.8,m/s,,,,100,14:05:03.217\r\n"
        "1,102,4,B,Runner,Club North,11.312,L-0102,11.312,0.142,\"6.291 (6.291),11.312 "
        "(5.021)\"\r\n"
        "2,101,3,A,Runner,Club North,11.398,L-0101,0.086,0.155,\"6.325 (6.325),11.398 (5.073)\"\r\n"
        "3,104,6,D,Runner,Club East,11.401,,0.003,0.149,\"6.302 (6.302),11.401 (5.099)\"\r\n"
        "4,103,5,C,Runner,Club East,12.050,L-0103,0.649,0.201,\"6.640 (6.640),12.050 (5.410)\"\r\n";
    assert_string_equal(t, want);
    assert_int_equal(n, sizeof want - 1);
    assert_int_equal(meet.heat[0].timing, HM_TIMING_FAT);
    meet = read_leniently(&a, "good/long_times.lif");
    assert_string_equal(written(&a, "x.lif", &meet, &n),
                        "5,1,1,3 laps,,,,,,1200,09:30:00\r\n"
                        "1,821,1,A,Runner,Club North,3:02.5,,3:02.5,,\r\n"
                        "2,822,2,B,Runner,Club East,3:02.5125,,0.0125,,\r\n"
                        "3,823,3,C,Runner,Club South,1:00:02.34,,56:59.8275,,\r\n");
    hm_arena_free(&a);
}

static void texts_are_quoted_where_a_reader_needs_it(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_meet meet = hm_meet_default();
    hm_person p[] = {hm_mark_default().who, hm_mark_default().who, hm_mark_default().who,
                     hm_mark_default().who};
    p[0].id = ";1", p[0].last_name = "O\"Neil, Jr.";
    p[1].id = "2", p[1].license = "L";
    p[2].id = "\xef\xbb\xbf"
              "3",
    p[2].last_name = "\\n";
    p[3].id = "4";
    meet.person = p, meet.n_person = 4;
    size_t n;
    assert_string_equal(written(&a, "x.ppl", &meet, &n),
                        "\";1\",\"O\"\"Neil, Jr.\"\r\n2,,,,L\r\n\"\xef\xbb\xbf"
                        "3\",\"\\n\"\r\n4,\r\n");
    hm_meet back = again(&a, "x.ppl", &meet);
    assert_int_equal(back.n_person, 4);
    for (int i = 0; i < 4; i++) {
        assert_string_equal(back.person[i].id, p[i].id);
        assert_string_equal(back.person[i].last_name, p[i].last_name);
        assert_string_equal(back.person[i].license, p[i].license);
    }
    hm_arena_free(&a);
}

static void readings_finer_than_the_format_are_rounded_up(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_meet meet = hm_meet_default();
    hm_heat heat = hm_heat_default();
    hm_mark mark = hm_mark_default();
    mark.status = HM_MARK_FINISHED, mark.place = 1, mark.who.id = "7";
    heat.event = "12A", heat.n_mark = 1, heat.mark = &mark;
    meet.n_heat = 1, meet.heat = &heat;
    static const struct {
        int64_t time_us;
        int32_t digits;
        const char *text;
    } row[] = {
        {9580000, 2, "9.58"},
        {9580000, 3, "9.580"},
        {9580001, 2, "9.5801"},
        {9999950, 3, "10.000"},
        {59999999, 2, "1:00.00"},
        {3599999901, 0, "1:00:00"},
        {3723004500, 0, "1:02:03.0045"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        size_t n;
        mark.time_us = row[i].time_us, mark.time_digits = row[i].digits;
        char want[128];
        snprintf(want, sizeof want, "12A,1,1\r\n1,7,,,,,%s,,,,\r\n", row[i].text);
        assert_string_equal(written(&a, "x.lif", &meet, &n), want);
    }
    hm_arena_free(&a);
}

static void what_a_line_cannot_hold_is_refused(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_memory m = {.arena = &a};
    hm_meet meet = hm_meet_default();
    hm_heat heat = hm_heat_default();
    hm_mark mark = hm_mark_default();
    meet.n_heat = 1, meet.heat = &heat, heat.n_mark = 1, heat.mark = &mark;
    hm_err err = {0};
    assert_int_equal(hm_lynx_write_evt(hm_sink_memory(&m), &meet, &err), HM_ERR_INPUT);
    assert_string_equal(err.field, "event");
    err = (hm_err){0}, heat.event = "1";
    assert_int_equal(hm_lynx_write_evt(hm_sink_memory(&m), &meet, &err), HM_ERR_INPUT);
    assert_string_equal(err.field, "id");
    err = (hm_err){0}, mark.who.id = "1", mark.who.team = "two\nlines";
    assert_int_equal(hm_lynx_write_evt(hm_sink_memory(&m), &meet, &err), HM_ERR_INPUT);
    assert_string_equal(err.field, "team");
    assert_string_equal(err.source, "heat 1, row 1");
    err = (hm_err){0}, mark.who.team = "", mark.lane = 100;
    assert_int_equal(hm_lynx_write_lif(hm_sink_memory(&m), &meet, 0, &err), HM_ERR_INPUT);
    assert_string_equal(err.field, "lane");
    hm_person p = mark.who;
    err = (hm_err){0}, mark.lane = 1, p.id = "0", meet.person = &p, meet.n_person = 1;
    assert_int_equal(hm_lynx_write_ppl(hm_sink_memory(&m), &meet, &err), HM_ERR_INPUT);
    assert_string_equal(err.field, "id");
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_values_are_those_of_the_contract),
        cmocka_unit_test(what_is_written_reads_back_the_same),
        cmocka_unit_test(messages_and_counts_are_those_of_the_contract),
        cmocka_unit_test(a_strict_read_stops_at_the_first_error_with_file_line_and_code),
        cmocka_unit_test(an_error_in_a_field_names_its_column),
        cmocka_unit_test(results_are_written_byte_for_byte),
        cmocka_unit_test(texts_are_quoted_where_a_reader_needs_it),
        cmocka_unit_test(readings_finer_than_the_format_are_rounded_up),
        cmocka_unit_test(what_a_line_cannot_hold_is_refused),
    };
    return cmocka_run_group_tests_name("measure/lynx", tests, NULL, NULL);
}
