#include "doc_case.h"

#include "base/width.h"

/* The line that holds a text, copied without its end. */
static char *line_with(const char *bytes, const char *what)
{
    static char line[4096];
    const char *at = strstr(bytes, what);
    assert_non_null(at);
    while (at > bytes && at[-1] != '\n')
        at--;
    size_t n = strcspn(at, "\n");
    assert_true(n < sizeof line);
    memcpy(line, at, n);
    line[n] = '\0';
    return line;
}

/* Display column at which a text begins in its line. */
static int column_of(const char *line, const char *what)
{
    char before[4096];
    const char *at = strstr(line, what);
    assert_non_null(at);
    snprintf(before, sizeof before, "%.*s", (int)(at - line), line);
    return hm_text_width(before);
}

static void columns_line_up_by_display_width(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    hm_doc d = hm_doc_make(&arena);
    hm_doc_table *t = hm_doc_add_table(&d, "x", "", 3, doc_case_column, 3);
    static const char *const name[] = {"Usain Bolt", "桐生 祥秀", "שלום כהן"};
    for (int32_t r = 0; r < 3; r++) {
        hm_doc_cell(t, r, 0, "1");
        hm_doc_cell(t, r, 1, name[r]);
        hm_doc_cell(t, r, 2, "10.24");
    }
    const char *text = doc_written(&d, HM_DOC_TEXT, NULL);
    int at = column_of(line_with(text, "Usain"), "10.24");
    assert_int_equal(column_of(line_with(text, "祥秀"), "10.24"), at);
    assert_int_equal(column_of(line_with(text, "שלום"), "10.24"), at);
    hm_arena_free(&arena);
}

static void a_name_from_right_to_left_stands_in_an_isolate(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    hm_doc d = doc_case(&arena, 1, 1, "محمد علي");
    const char *text = doc_written(&d, HM_DOC_TEXT, NULL);
    assert_non_null(strstr(text, "\xe2\x81\xa8محمد علي\xe2\x81\xa9"));
    hm_arena_free(&arena);
}

static void no_line_is_wider_than_a_hundred_columns(void **state)
{
    (void)state;
    static char name[3 * 10000 + 1];
    for (int i = 0; i < 10000; i++)
        memcpy(name + 3 * i, "長", 3);
    hm_arena arena;
    hm_arena_init(&arena, 0);
    hm_doc d = doc_case(&arena, 2, 8, name);
    d.title = d.stamp = d.footer = name;
    hm_doc_note(&d, name);
    hm_doc_fact(&d, name, name);
    char *text = doc_written(&d, HM_DOC_TEXT, NULL);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        assert_true(hm_text_width(line) <= 100);
    hm_arena_free(&arena);
}

static void what_controls_terminals_and_direction_is_taken_out(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    hm_doc d = doc_case(&arena, 1, 1,
                        "a\x1b[31mb\r\nc\xe2\x80\xae"
                        "d\xff"
                        "e");
    const char *text = doc_written(&d, HM_DOC_TEXT, NULL);
    assert_null(strchr(text, '\x1b'));
    assert_null(strchr(text, '\r'));
    assert_non_null(strstr(text, "a [31mb  cd\xef\xbf\xbd"
                                 "e"));
    hm_arena_free(&arena);
}

static void a_letter_keeps_four_marks_at_most(void **state)
{
    (void)state;
    char name[2 + 2 * 60] = "Z";
    for (int i = 0; i < 60; i++)
        memcpy(name + 1 + 2 * i, "\xcc\xb8", 2);
    name[121] = '\0';
    hm_arena arena;
    hm_arena_init(&arena, 0);
    hm_doc d = doc_case(&arena, 1, 1, name);
    const char *text = doc_written(&d, HM_DOC_TEXT, NULL);
    assert_int_equal(doc_count(text, "\xcc\xb8"), 4);
    hm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_line_up_by_display_width),
        cmocka_unit_test(a_name_from_right_to_left_stands_in_an_isolate),
        cmocka_unit_test(no_line_is_wider_than_a_hundred_columns),
        cmocka_unit_test(what_controls_terminals_and_direction_is_taken_out),
        cmocka_unit_test(a_letter_keeps_four_marks_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
