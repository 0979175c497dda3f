/* Base 85: known texts, and what an independent decoder makes of ours. */
#include "ht.h"

#include <string.h>

#include "io/base85.h"

static const char *text_of(hm_arena *a, const void *bytes, size_t n)
{
    const char *text;
    assert_int_equal(hm_base85(bytes, n, a, &text, NULL), HM_OK);
    return text;
}

static void texts_are_those_of_python(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    /* python3: base64.b85encode(b'...') */
    assert_string_equal(text_of(&a, "", 0), "");
    assert_string_equal(text_of(&a, "a", 1), "VE");
    assert_string_equal(text_of(&a, "hello, world", 12), "Xk~0{Z!92pZ*pv8");
    assert_string_equal(text_of(&a, "\xff\xff\xff\xff", 4), "|NsC0");
    hm_arena_free(&a);
}

static int value_of(char c)
{
    static const char rfc[] =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
    const char *at = strchr(rfc, c == ',' ? '<' : c);
    assert_true(c != '<' && at);
    return (int)(at - rfc);
}

static void what_is_written_reads_back_at_every_length(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    uint8_t bytes[300];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 167 + (i >> 3) * 29);
    for (size_t n = 0; n <= sizeof bytes; n++) {
        const char *text = text_of(&a, bytes, n);
        size_t n_digit = strlen(text);
        assert_int_equal(n_digit, n / 4 * 5 + (n % 4 ? n % 4 + 1 : 0));
        for (size_t i = 0; i < n; i++) {
            uint64_t v = 0;
            for (size_t k = 0; k < 5; k++) {
                size_t at = i / 4 * 5 + k;
                v = v * 85 + (uint64_t)(at < n_digit ? value_of(text[at]) : 84);
            }
            assert_int_equal((uint8_t)(v >> (8 * (3 - i % 4))), bytes[i]);
        }
    }
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_those_of_python),
        cmocka_unit_test(what_is_written_reads_back_at_every_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
