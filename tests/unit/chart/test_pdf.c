#include "chart_case.h"

#include <stdbool.h>
#include <string.h>

#include "chart/draw.h"

/* cairo 1.16 keeps 768 bytes of each PDF that has words in it, seen in a program of ten lines. The
 * other formats are watched in test_draw.c. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcairo.so";
}

static char *drawn(const hm_chart_figure *fig, hm_arena *arena, size_t *n)
{
    hm_err err = {0};
    char *bytes = NULL;
    if (hm_chart_draw(fig, HM_CHART_PDF, 1, arena, &bytes, n, &err) != HM_OK)
        fail_msg("%s: %s", err.field, err.msg);
    return bytes;
}

static bool holds(const char *bytes, size_t n, const char *what)
{
    size_t len = strlen(what);
    for (size_t i = 0; i + len <= n; i++)
        if (memcmp(bytes + i, what, len) == 0)
            return true;
    return false;
}

static void a_pdf_is_whole_and_holds_its_letters(void **state)
{
    (void)state;
    static chart_case k;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    size_t n;
    case_full(&k, 8);
    char *b = drawn(&k.fig, &arena, &n);
    assert_memory_equal(b, "%PDF-", 5);
    assert_memory_equal(b + n - 6, "%%EOF\n", 6);
    assert_true(holds(b, n, "/FontFile")); /* text that can be searched and copied */
    hm_arena_free(&arena);
}

static void the_same_figure_gives_the_same_bytes(void **state)
{
    (void)state;
    static chart_case k;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    size_t n[2];
    case_full(&k, 8);
    char *a = drawn(&k.fig, &arena, &n[0]);
    char *b = drawn(&k.fig, &arena, &n[1]);
    assert_int_equal(n[0], n[1]);
    assert_memory_equal(a, b, n[0]);
    hm_arena_free(&arena);
}

static void no_time_of_day_is_written(void **state)
{
    (void)state;
    static chart_case k;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    size_t n;
    case_full(&k, 8);
    char *b = drawn(&k.fig, &arena, &n);
    assert_false(holds(b, n, "Date"));
    hm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pdf_is_whole_and_holds_its_letters),
        cmocka_unit_test(the_same_figure_gives_the_same_bytes),
        cmocka_unit_test(no_time_of_day_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
