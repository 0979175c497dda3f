#include "ht_measure.h"

#include <time.h>

/* A header, then n times the same line. */
static char *lines(const char *header, const char *line, size_t n)
{
    size_t n_head = strlen(header), n_line = strlen(line);
    char *text = malloc(n_head + n * n_line + 1);
    assert_non_null(text);
    memcpy(text, header, n_head);
    for (size_t i = 0; i < n; i++)
        memcpy(text + n_head + i * n_line, line, n_line);
    text[n_head + n * n_line] = '\0';
    return text;
}

static void refused(char *text, const char *said)
{
    ht_refused(text, NULL, HM_ERR_INPUT, said);
    free(text);
}

static void too_much_of_anything_is_refused(void **state)
{
    (void)state;
    refused(lines("t,v_mps\n", "1,1\n", 200001),
            "t.csv:200002:1: expected at most 200000 observations in a run (a column run");
    refused(lines("", "1\n", 200001), "expected at most 200000 samples");
    refused(lines("athlete,5m,10m\n", "A,1,2\n", 500001), "expected at most 500000 runs");
    refused(lines("t,x", ",t", 1100), "expected at most 1024 cells");
    refused(lines("t,x\n1,1\n", "1", 70000), "expected a line of at most 65536 bytes");
}

static void ten_million_rows_are_refused_at_once(void **state)
{
    (void)state;
    /* a hundred runs in turn, so that the file is too long before any run is */
    hm_arena a;
    hm_arena_init(&a, 0);
    char *block = hm_arena_push(&a, 100, 16);
    for (int i = 0; i < 100; i++)
        sprintf(block + strlen(block), "%d,1,1\n", i);
    char *text = lines("run,t,v_mps\n", block, 100 * 1000);
    clock_t begin = clock();
    refused(text, "t.csv:5000002:1: expected at most 5000000 observations in a file, found more");
    print_message("# 10 million rows: refused in %.2f s of processor time\n",
                  (double)(clock() - begin) / CLOCKS_PER_SEC);
    assert_true(clock() - begin < 10 * CLOCKS_PER_SEC); /* slow under a sanitizer */
    hm_arena_free(&a);
}

/* A short file must not ask for much: rows may stop early. */
static void short_rows_under_a_wide_header_cost_little(void **state)
{
    (void)state;
    char header[4096] = "athlete";
    for (int i = 1; i <= 200; i++)
        sprintf(header + strlen(header), ",%d m", i);
    strcat(header, "\n");
    char *text = lines(header, "A,1\n", 50000);
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_traces t = ht_traces(text, NULL, &a);
    assert_int_equal(t.n, 50000);
    assert_true(a.total_bytes < 40u * 1024 * 1024);
    hm_arena_free(&a);
    free(text);
}

static void a_file_that_is_not_there_is_told(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    hm_traces t;
    assert_int_equal(hm_measure_read("/nowhere/at/all.csv", NULL, &a, &t, &err), HM_ERR_NOFILE);
    assert_int_equal(hm_measure_read("/", NULL, &a, &t, &err), HM_ERR_NOFILE);
    hm_measure_opts o = hm_measure_opts_default();
    o.sample_rate_hz = 0;
    err = (hm_err){0};
    assert_int_equal(hm_measure_parse("t.csv", "x,t\n1,1\n", 8, &o, &a, &t, &err), HM_ERR_USAGE);
    assert_string_equal(err.field, "sample_rate_hz");
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(too_much_of_anything_is_refused),
        cmocka_unit_test(ten_million_rows_are_refused_at_once),
        cmocka_unit_test(short_rows_under_a_wide_header_cost_little),
        cmocka_unit_test(a_file_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests_name("measure/limits", tests, NULL, NULL);
}
