/* What hm_gzip packs, zlib's own reader of gzip files gives back. */
#include "ht.h"

#include <string.h>
#include <zlib.h>

#include "io/gzip.h"

enum { N = 300000 };

/* Unpacked by inflate, which checks the head, the length and the CRC of the tail. */
static size_t unpack(unsigned char *packed, size_t n_packed, unsigned char *out, size_t most)
{
    z_stream z = {
        .next_in = packed, .avail_in = (uInt)n_packed, .next_out = out, .avail_out = (uInt)most};
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.avail_in, 0);
    size_t n = z.total_out;
    assert_int_equal(inflateEnd(&z), Z_OK);
    return n;
}

static void comes_back(const unsigned char *bytes, size_t n)
{
    hm_arena arena;
    hm_arena_init(&arena, 1 << 16);
    unsigned char *packed, *again, *out = HM_PUSH(&arena, unsigned char, n + 1);
    size_t n_packed, n_again;
    assert_int_equal(hm_gzip(bytes, n, &arena, &packed, &n_packed, NULL), HM_OK);
    assert_int_equal(unpack(packed, n_packed, out, n + 1), n);
    assert_memory_equal(out, bytes, n);
    assert_int_equal(hm_gzip(bytes, n, &arena, &again, &n_again, NULL), HM_OK);
    assert_int_equal(n_again, n_packed);
    assert_memory_equal(again, packed, n_packed);
    hm_arena_free(&arena);
}

static void nothing_is_packed_and_comes_back(void **state)
{
    (void)state;
    comes_back((const unsigned char *)"", 0);
}

static void text_shrinks_and_comes_back(void **state)
{
    (void)state;
    static unsigned char text[N];
    for (int i = 0; i < N; i++)
        text[i] = (unsigned char)"lane,name,time_s\n"[i % 17];
    comes_back(text, N);
    hm_arena arena;
    hm_arena_init(&arena, 1 << 16);
    unsigned char *packed;
    size_t n_packed;
    assert_int_equal(hm_gzip(text, N, &arena, &packed, &n_packed, NULL), HM_OK);
    assert_true(n_packed < N / 50);
    hm_arena_free(&arena);
}

static void noise_comes_back(void **state)
{
    (void)state;
    static unsigned char noise[N];
    uint32_t x = 1;
    for (int i = 0; i < N; i++) {
        x = x * 1664525u + 1013904223u; /* Numerical Recipes' generator: bytes that do not repeat */
        noise[i] = (unsigned char)(x >> 24);
    }
    comes_back(noise, N);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_packed_and_comes_back),
        cmocka_unit_test(text_shrinks_and_comes_back),
        cmocka_unit_test(noise_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
