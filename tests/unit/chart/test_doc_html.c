#include "doc_case.h"

static void tables_have_a_caption_scopes_and_a_language(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    hm_doc d = doc_case(&arena, 2, 3, "Ann");
    d.lang = "ja";
    const char *html = doc_written(&d, HM_DOC_HTML, NULL);
    assert_non_null(strstr(html, "<html lang=\"ja\">"));
    assert_int_equal(doc_count(html, "<table>"), 2);
    assert_int_equal(doc_count(html, "<caption>"), 2);
    assert_int_equal(doc_count(html, "<th scope=\"col\""), 2 * 3);
    assert_int_equal(doc_count(html, "<th scope=\"row\""), 2 * 3);
    assert_int_equal(doc_count(html, "abbr=\"Place\""), 2);
    assert_non_null(strstr(html, "@media print"));
    hm_arena_free(&arena);
}

static void nothing_that_came_from_outside_becomes_markup(void **state)
{
    (void)state;
    static const char evil[] = "<script>alert(1)</script>\"'&><img src=x onerror=y>";
    static const char tame[] =
        "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;&gt;&lt;img src=x "
        "onerror=y&gt;";
    const hm_doc_column column[] = {{.head = evil, .says = "x\" onload=\"y"}};
    hm_arena arena;
    hm_arena_init(&arena, 0);
    hm_doc d = doc_case(&arena, 1, 1, evil);
    d.title = d.subtitle = d.line = d.stamp = d.footer = evil;
    d.lang = "en\"><script>";
    hm_doc_section(&d, evil, evil, true);
    hm_doc_fact(&d, evil, evil);
    hm_doc_note(&d, evil);
    hm_doc_sign(&d, evil);
    hm_doc_cell(hm_doc_add_table(&d, evil, evil, 1, column, 1), 0, 0, evil);
    const char *html = doc_written(&d, HM_DOC_HTML, NULL);
    assert_null(strstr(html, "<script"));
    assert_null(strstr(html, "<img"));
    assert_null(strstr(html, "\" onload"));
    assert_true(doc_count(html, tame) >= 13);
    hm_arena_free(&arena);
}

static void a_link_leads_to_files_beside_the_page_only(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    hm_doc d = hm_doc_make(&arena);
    hm_doc_link(&d, "a", "1-100m women.pdf");
    hm_doc_link(&d, "b", "javascript:alert(1)");
    hm_doc_link(&d, "c", "//evil.example/x");
    hm_doc_link(&d, "d", "x\"onclick=\"y");
    const char *html = doc_written(&d, HM_DOC_HTML, NULL);
    assert_non_null(strstr(html, "href=\"1-100m%20women.pdf\""));
    assert_null(strstr(html, "javascript"));
    assert_null(strstr(html, "evil"));
    assert_non_null(strstr(html, "href=\"x%22onclick%3D%22y\""));
    assert_int_equal(doc_count(html, "href=\"#\""), 2);
    hm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_have_a_caption_scopes_and_a_language),
        cmocka_unit_test(nothing_that_came_from_outside_becomes_markup),
        cmocka_unit_test(a_link_leads_to_files_beside_the_page_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
