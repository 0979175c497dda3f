#include "ht.h"

#include <string.h>

#include "io/json.h"

static const hm_json *tree(hm_arena *a, const char *text)
{
    hm_arena_init(a, 0);
    const hm_json *root = NULL;
    hm_err err = {0};
    if (hm_json_parse("t.json", text, strlen(text), a, &root, &err) != HM_OK)
        fail_msg("%s", err.msg);
    return root;
}

static void values_are_read_by_kind(void **state)
{
    (void)state;
    hm_arena a;
    const hm_json *v = tree(&a, "\xef\xbb\xbf{\"n\": 9.58, \"i\": -7, \"b\": true, \"t\": \"小\","
                                " \"a\": [1, 2.5], \"o\": {}, \"z\": null}");
    hm_err err = {0};
    double n;
    int64_t i;
    bool b;
    const char *t;
    const hm_json *sub;
    assert_int_equal(hm_json_get_number(v, "n", 0, 10, &n, &err), HM_OK);
    ht_near(n, 9.58, 0, 0);
    assert_int_equal(hm_json_get_number(v, "i", -10, 10, &n, &err), HM_OK);
    ht_near(n, -7, 0, 0);
    assert_int_equal(hm_json_get_integer(v, "i", -10, 10, &i, &err), HM_OK);
    assert_true(i == -7);
    assert_int_equal(hm_json_get_bool(v, "b", &b, &err), HM_OK);
    assert_true(b);
    assert_int_equal(hm_json_get_text(v, "t", &t, &err), HM_OK);
    assert_string_equal(t, "小");
    assert_int_equal(hm_json_get_array(v, "a", &sub, &err), HM_OK);
    assert_int_equal(sub->n, 2);
    assert_int_equal(hm_json_element(sub, 1, 0, 3, &n, &err), HM_OK);
    ht_near(n, 2.5, 0, 0);
    assert_int_equal(hm_json_get_object(v, "o", &sub, &err), HM_OK);
    assert_null(hm_json_find(v, "z"));
    assert_null(hm_json_find(v, "none"));
    hm_arena_free(&a);
}

static void a_wrong_value_is_named_by_its_path(void **state)
{
    (void)state;
    hm_arena a;
    const hm_json *v = tree(&a, "{\"lanes\": [{}, {\"steps\": [{\"on_s\": 99}]}]}");
    const hm_json *lanes = hm_json_find(v, "lanes");
    const hm_json *steps = hm_json_find(&lanes->as.item[1], "steps");
    double n = 5;
    int64_t i;
    hm_err range = {0}, missing = {0}, kind = {0};
    assert_int_equal(hm_json_get_number(&steps->as.item[0], "on_s", 0, 50, &n, &range),
                     HM_ERR_INPUT);
    assert_string_equal(range.source, "t.json");
    assert_string_equal(range.field, "lanes[1].steps[0].on_s");
    assert_string_equal(range.msg, "expected a number from 0 to 50, found 99");
    ht_near(n, 5, 0, 0);
    assert_int_equal(hm_json_get_integer(&steps->as.item[0], "off_s", 0, 5, &i, &missing),
                     HM_ERR_INPUT);
    assert_string_equal(missing.field, "lanes[1].steps[0].off_s");
    assert_int_equal(hm_json_get_number(v, "lanes", 0, 5, &n, &kind), HM_ERR_INPUT);
    assert_string_equal(kind.msg, "expected a number, found an array of 2");
    hm_arena_free(&a);
}

static void broken_text_has_line_and_column(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n;
        int line;
        const char *said;
    } bad[] = {{"", 0, 1, ""},
               {"{\"a\": NaN}", 0, 1, "invalid token"},
               {"{\"a\": 1,}", 0, 1, ""},
               {"{\n\"a\": 1e400}", 0, 2, "overflow"},
               {"{\n\n\"a\": 1, \"a\": 2}", 0, 3, "duplicate"},
               {"{} {}", 0, 1, "end of file"},
               {"9.58", 0, 1, ""},
               {"{\"a\": 99999999999999999999}", 0, 1, "integer"},
               {"{\"a\": \"\\u0000\"}", 0, 1, "u0000"},
               {"{\n\"a\": \"\xff\"}", 0, 2, "0xff"},
               {"{\0}", 3, 1, "NUL"},
               {"\xff\xfe{\0", 4, 1, "UTF-16"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_err err = {0};
        const hm_json *root = NULL;
        size_t n = bad[i].n ? bad[i].n : strlen(bad[i].text);
        assert_int_equal(hm_json_parse("t.json", bad[i].text, n, &a, &root, &err), HM_ERR_INPUT);
        assert_null(root);
        if (err.line != bad[i].line || err.col < 1 || !strstr(err.msg, bad[i].said))
            fail_msg("case %zu: %lld:%lld %s", i, (long long)err.line, (long long)err.col, err.msg);
        hm_arena_free(&a);
    }
}

static void depth_is_bounded(void **state)
{
    (void)state;
    for (int depth = 1; depth < 3000; depth += 37) {
        char text[6001];
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_err err = {0};
        const hm_json *root;
        hm_status status = hm_json_parse("t", text, 2 * (size_t)depth, &a, &root, &err);
        assert_int_equal(status, depth <= 32 ? HM_OK : HM_ERR_INPUT);
        hm_arena_free(&a);
    }
}

static void what_is_written_has_this_form(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_memory m = {.arena = &a};
    hm_err err = {0};
    hm_json_out out = hm_json_out_make(hm_sink_memory(&m), &err), *o = &out;
    static const double v[] = {9.58, 100, -0.0, NAN, INFINITY};
    hm_json_put_object(o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(o, "t", "小 \"q\" \\ \n \t \x01 /");
    hm_json_put_numbers(o, "v", 5, v);
    hm_json_put_array(o, "a", HM_JSON_BLOCK);
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "i", INT64_MAX);
    hm_json_put_bool(o, "b", false);
    hm_json_put_end(o);
    hm_json_put_null(o, NULL);
    hm_json_put_end(o);
    hm_json_put_array(o, "e", HM_JSON_BLOCK);
    hm_json_put_end(o);
    hm_json_put_end(o);
    assert_int_equal(hm_json_finish(o), HM_OK);
    assert_string_equal(m.bytes, "{\n"
                                 "  \"t\": \"小 \\\"q\\\" \\\\ \\n \\u0009 \\u0001 /\",\n"
                                 "  \"v\": [9.58, 100, -0.0, null, null],\n"
                                 "  \"a\": [\n"
                                 "    {\"i\": 9223372036854775807, \"b\": false},\n"
                                 "    null\n"
                                 "  ],\n"
                                 "  \"e\": []\n"
                                 "}\n");
    assert_int_equal(strlen(m.bytes), m.n);
    hm_arena_free(&a);
}

static hm_status full(void *ctx, const void *bytes, size_t n, hm_err *err)
{
    (void)bytes;
    size_t *left = ctx;
    if (n > *left)
        return hm_err_set(err, HM_ERR_SYSTEM, "disk", 0, 0, NULL, "full");
    *left -= n;
    return HM_OK;
}

static void a_full_sink_is_reported_at_the_end(void **state)
{
    (void)state;
    for (size_t room = 0; room < 12; room++) {
        size_t left = room;
        hm_err err = {0};
        hm_json_out o = hm_json_out_make((hm_sink){full, &left}, &err);
        hm_json_put_object(&o, NULL, HM_JSON_LINE);
        hm_json_put_integer(&o, "a", 12345);
        hm_json_put_end(&o);
        assert_int_equal(hm_json_finish(&o), room < 13 ? HM_ERR_SYSTEM : HM_OK);
        assert_string_equal(err.msg, "full");
    }
}

static void unknown_members_are_noted_with_a_guess(void **state)
{
    (void)state;
    static const char *const known[] = {"lane", "time_s"};
    hm_arena a;
    const hm_json *v = tree(&a, "{\"lane\": 1, \"tme_s\": 2, \"shoes\": 3}");
    hm_notes notes = {0};
    assert_int_equal(hm_json_note_unknown(v, 2, known, &a, &notes), HM_OK);
    assert_int_equal(notes.n, 2);
    assert_string_equal(notes.text[0], "unknown key 'tme_s' is not used: did you mean 'time_s'?");
    assert_string_equal(notes.text[1], "unknown key 'shoes' is not used");
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read_by_kind),
        cmocka_unit_test(a_wrong_value_is_named_by_its_path),
        cmocka_unit_test(broken_text_has_line_and_column),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(what_is_written_has_this_form),
        cmocka_unit_test(a_full_sink_is_reported_at_the_end),
        cmocka_unit_test(unknown_members_are_noted_with_a_guess),
    };
    return cmocka_run_group_tests_name("io/json", tests, NULL, NULL);
}
