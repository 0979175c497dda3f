#include "ht.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "io/file.h"
#include "io/png.h"

enum { W = 37, H = 5 };

static char path[64];

static hm_png read_back(hm_arena *a)
{
    hm_err err = {0};
    char *bytes;
    size_t n;
    hm_png got = {0};
    assert_int_equal(hm_file_read(path, 1 << 20, a, &bytes, &n, &err), HM_OK);
    assert_int_equal(hm_png_parse(path, bytes, n, W * H, a, &got, &err), HM_OK);
    return got;
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    static const int n_byte[] = {1, 3, 4, 4}, n_back[] = {1, 3, 4, 3};
    static const hm_png_kind back[] = {HM_PNG_GRAY, HM_PNG_RGB, HM_PNG_RGBA, HM_PNG_RGB};
    for (int kind = 0; kind < 4; kind++) {
        uint8_t pixel[H * (W * 4 + 3)];
        for (size_t i = 0; i < sizeof pixel; i++)
            pixel[i] = (uint8_t)(i * 31 + i / 7);
        hm_png png = {(hm_png_kind)kind, W, H, W * n_byte[kind] + 3, pixel};
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_err err = {0};
        assert_int_equal(hm_png_write(path, &png, &err), HM_OK);
        hm_png got = read_back(&a);
        assert_int_equal(got.kind, back[kind]);
        assert_int_equal(got.w_px, W);
        assert_int_equal(got.h_px, H);
        for (int y = 0; y < H; y++)
            for (int x = 0; x < W; x++)
                assert_memory_equal(got.pixel + y * got.stride + x * n_back[kind],
                                    pixel + y * png.stride + x * n_byte[kind],
                                    (size_t)n_back[kind]);
        hm_arena_free(&a);
    }
    unlink(path);
}

static void broken_and_large_pictures_are_refused(void **state)
{
    (void)state;
    uint8_t pixel[W * H] = {0};
    hm_png png = {HM_PNG_GRAY, W, H, W, pixel}, got;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_err err = {0};
    char *bytes;
    size_t n;
    assert_int_equal(hm_png_write(path, &png, &err), HM_OK);
    assert_int_equal(hm_file_read(path, 1 << 20, &a, &bytes, &n, &err), HM_OK);
    assert_int_equal(hm_png_parse("p", bytes, n, W * H - 1, &a, &got, &err), HM_ERR_INPUT);
    assert_non_null(strstr(err.msg, "larger"));
    for (size_t cut = 0; cut < n - 12; cut++) /* the last chunk may be missing */
        assert_int_equal(hm_png_parse("p", bytes, cut, W * H, &a, &got, NULL), HM_ERR_INPUT);
    assert_int_equal(hm_png_parse("p", "not a picture", 13, W * H, &a, &got, NULL), HM_ERR_INPUT);
    hm_arena_free(&a);
    unlink(path);
}

static void an_unwritable_place_is_the_systems_fault(void **state)
{
    (void)state;
    uint8_t pixel[W * H] = {0};
    hm_png png = {HM_PNG_GRAY, W, H, W, pixel};
    hm_err err = {0};
    assert_int_equal(hm_png_write("/nowhere/p.png", &png, &err), HM_ERR_SYSTEM);
    assert_string_equal(err.source, "/nowhere/p.png");
}

int main(void)
{
    snprintf(path, sizeof path, "/tmp/hm-test-png-%ld.png", (long)getpid());
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(broken_and_large_pictures_are_refused),
        cmocka_unit_test(an_unwritable_place_is_the_systems_fault),
    };
    return cmocka_run_group_tests_name("io/png", tests, NULL, NULL);
}
