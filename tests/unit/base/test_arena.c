#include "ht.h"

#include <string.h>

#include "base/arena.h"

static void pushes_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 256);
    unsigned char *p[40];
    for (int i = 0; i < 40; i++) {
        p[i] = HM_PUSH(&a, unsigned char, 1 + i * 7);
        assert_non_null(p[i]);
        assert_int_equal((uintptr_t)p[i] % (1 + i * 7 >= 64 ? 64 : 16), 0);
        for (int k = 0; k < 1 + i * 7; k++)
            assert_int_equal(p[i][k], 0);
        memset(p[i], i + 1, (size_t)(1 + i * 7));
    }
    for (int i = 0; i < 40; i++)
        for (int k = 0; k < 1 + i * 7; k++)
            assert_int_equal(p[i][k], i + 1);
    hm_arena_free(&a);
    assert_int_equal(a.total_bytes, 0);
}

static void release_gives_back_what_came_after_the_mark(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 1024);
    int *kept = HM_PUSH(&a, int, 4);
    kept[3] = 42;
    hm_arena_mark m = hm_arena_mark_get(&a);
    void *first = hm_arena_push(&a, 100, 1);
    assert_non_null(hm_arena_push(&a, 5000, 1)); /* a block of its own */
    hm_arena_release(&a, m);
    assert_int_equal(kept[3], 42);
    unsigned char *again = hm_arena_push(&a, 100, 1);
    assert_ptr_equal(again, first);
    assert_int_equal(again[99], 0);
    hm_arena_free(&a);
}

static void a_product_that_overflows_is_refused(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    assert_null(hm_arena_push(&a, SIZE_MAX / 2, 16));
    assert_null(hm_arena_push(&a, SIZE_MAX, 1));
    assert_non_null(hm_arena_push(&a, 0, 16));
    hm_arena_free(&a);
}

static void texts_are_copied(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    assert_string_equal(hm_arena_printf(&a, "%s-%03d", "lane", 7), "lane-007");
    assert_string_equal(hm_arena_text(&a, "小宮"), "小宮");
    hm_arena_free(&a);
}

static void arrays_grow_with_their_items(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    int32_t *item = NULL;
    size_t cap = 0;
    int moved = 0;
    for (int32_t n = 0; n < 1000; n++) {
        int32_t *grown = HM_GROW(&a, item, n, &cap);
        assert_non_null(grown);
        moved += grown != item;
        item = grown;
        assert_true(cap > (size_t)n);
        item[n] = 7 * n;
    }
    for (int32_t n = 0; n < 1000; n++)
        assert_int_equal(item[n], 7 * n);
    assert_in_range(moved, 1, 10); /* doubled each time, not moved for every item */
    char *text = hm_arena_grow(&a, NULL, 0, 5000, &(size_t){0}, 1);
    assert_non_null(text);
    memset(text, 1, 5000);
    assert_null(hm_arena_grow(&a, item, 1000, SIZE_MAX - 5, &cap, sizeof *item));
    assert_int_equal(item[999], 7 * 999);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pushes_are_zeroed_aligned_and_apart),
        cmocka_unit_test(release_gives_back_what_came_after_the_mark),
        cmocka_unit_test(a_product_that_overflows_is_refused),
        cmocka_unit_test(texts_are_copied),
        cmocka_unit_test(arrays_grow_with_their_items),
    };
    return cmocka_run_group_tests_name("base/arena", tests, NULL, NULL);
}
