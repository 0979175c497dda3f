#include "doc_case.h"
#include "doc_layout_priv.h"

/* cairo 1.16 keeps 768 bytes of each PDF that has words in it (test_pdf.c). */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcairo.so";
}

typedef struct laid {
    hm_arena arena, scratch;
    chart_canvas v;
    doc_bytes bytes;
    doc_layout l;
} laid;

static void lay(laid *k, const hm_doc *d)
{
    hm_err err = {0};
    hm_arena_init(&k->scratch, 0);
    k->bytes = (doc_bytes){.arena = &k->scratch};
    if (chart_canvas_open(&k->v, &k->scratch, &err) != HM_OK ||
        doc_lay_out(d, &k->v, &k->bytes, &k->l, &err) != HM_OK)
        fail_msg("%s", err.msg);
}

static void unlay(laid *k)
{
    chart_canvas_close(&k->v);
    hm_arena_free(&k->scratch);
    hm_arena_free(&k->arena);
}

/* Every item stands on its page whole, below the one before. */
static void assert_sound(const doc_layout *l)
{
    for (int32_t i = 0; i < l->n_item; i++) {
        const doc_item *it = &l->item[i];
        assert_true(it->page >= 0 && it->page < l->n_page);
        assert_true(it->y >= (it->page == 0 ? l->first_top : l->top) - 1e-9);
        assert_true(it->y + it->h <= l->bottom + 1e-9);
        if (i > 0 && l->item[i - 1].page == it->page)
            assert_true(it->y >= l->item[i - 1].y + l->item[i - 1].h - 1e-9);
        if (i > 0)
            assert_true(l->item[i - 1].page <= it->page);
    }
}

static void a_heat_is_kept_on_one_page(void **state)
{
    (void)state;
    laid k;
    hm_arena_init(&k.arena, 0);
    hm_doc d = doc_case(&k.arena, 60, 8, "Ann Example");
    lay(&k, &d);
    assert_sound(&k.l);
    assert_true(k.l.n_page > 10);
    for (int32_t i = 0; i < k.l.n_item; i++) {
        assert_false(k.l.item[i].again);
        if (k.l.item[i].part == DOC_ROW)
            assert_int_equal(k.l.item[i].page, k.l.item[i - 1].page);
    }
    unlay(&k);
}

static void a_long_table_repeats_its_caption_and_head(void **state)
{
    (void)state;
    laid k;
    hm_arena_init(&k.arena, 0);
    hm_doc d = doc_case(&k.arena, 1, 400, "Ann Example");
    lay(&k, &d);
    assert_sound(&k.l);
    int32_t again = 0, rows = 0;
    for (int32_t i = 0; i < k.l.n_item; i++) {
        const doc_item *it = &k.l.item[i];
        again += it->again && it->part == DOC_HEAD;
        rows += it->part == DOC_ROW;
        if (it->again && it->part == DOC_CAPTION)
            assert_true(k.l.item[i + 1].again && k.l.item[i + 1].part == DOC_HEAD &&
                        k.l.item[i + 2].part == DOC_ROW);
    }
    assert_int_equal(rows, 400);
    assert_int_equal(again, k.l.n_page - 1);
    unlay(&k);
}

static void a_section_never_ends_a_page(void **state)
{
    (void)state;
    for (int32_t n = 1; n < 60; n++) {
        laid k;
        hm_arena_init(&k.arena, 0);
        hm_doc d = doc_case(&k.arena, 1, n, "Ann Example");
        hm_doc_section(&d, "Final", "", false);
        hm_doc_add_table(&d, "Result", "", 3, doc_case_column, 8);
        lay(&k, &d);
        assert_sound(&k.l);
        for (int32_t i = 0; i + 1 < k.l.n_item; i++)
            if (k.l.item[i].part == DOC_SECTION || k.l.item[i].part == DOC_CAPTION)
                assert_int_equal(k.l.item[i].page, k.l.item[i + 1].page);
        unlay(&k);
    }
}

static void names_of_ten_thousand_letters_break_no_page(void **state)
{
    (void)state;
    static char name[10001];
    memset(name, 'x', 10000);
    for (int paper = 0; paper < HM_DOC_PAPER_COUNT; paper++) {
        laid k;
        hm_arena_init(&k.arena, 0);
        hm_doc d = doc_case(&k.arena, 3, 8, name);
        d.paper = (hm_doc_paper)paper;
        d.title = d.subtitle = d.line = d.stamp = d.footer = name;
        hm_doc_fact(&d, name, name);
        hm_doc_note(&d, name);
        lay(&k, &d);
        assert_sound(&k.l);
        assert_true(k.l.first_top < 0.4 * k.l.h);
        for (int32_t i = 0; i < k.l.n_item; i++)
            assert_true(k.l.item[i].h < 180);
        unlay(&k);
    }
}

static void rows_in_any_script_are_equally_high(void **state)
{
    (void)state;
    static const char *const name[] = {"Ann Example", "桐生 祥秀", "שלום כהן"};
    double h[3];
    for (int i = 0; i < 3; i++) {
        laid k;
        hm_arena_init(&k.arena, 0);
        hm_doc d = doc_case(&k.arena, 1, 1, name[i]);
        lay(&k, &d);
        for (int32_t m = 0; m < k.l.n_item; m++)
            if (k.l.item[m].part == DOC_ROW)
                h[i] = k.l.item[m].h;
        unlay(&k);
    }
    ht_near(h[0], h[1], 0.6, 0);
    ht_near(h[0], h[2], 0.6, 0);
}

static void the_file_is_whole_and_always_the_same(void **state)
{
    (void)state;
    hm_arena arena;
    hm_arena_init(&arena, 0);
    size_t n[2];
    hm_doc d = doc_case(&arena, 12, 8, "桐生 祥秀");
    char *a = doc_written(&d, HM_DOC_PDF, &n[0]), *b = doc_written(&d, HM_DOC_PDF, &n[1]);
    assert_memory_equal(a, "%PDF-", 5);
    assert_memory_equal(a + n[0] - 6, "%%EOF\n", 6);
    assert_int_equal(n[0], n[1]);
    assert_memory_equal(a, b, n[0]);
    hm_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_heat_is_kept_on_one_page),
        cmocka_unit_test(a_long_table_repeats_its_caption_and_head),
        cmocka_unit_test(a_section_never_ends_a_page),
        cmocka_unit_test(names_of_ten_thousand_letters_break_no_page),
        cmocka_unit_test(rows_in_any_script_are_equally_high),
        cmocka_unit_test(the_file_is_whole_and_always_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
