#include "ht.h"
#include "pose/tflite.h"

#include <stdlib.h>
#include <string.h>

#include "io/file.h"

static hm_arena arena;
static uint8_t *good;
static size_t n_good;

static int open_net(void **state)
{
    (void)state;
    hm_arena_init(&arena, 0);
    char *bytes;
    const char *path = hm_arena_printf(&arena, "%s/pose/small.tflite", getenv("HM_TEST_DATA_DIR"));
    assert_int_equal(hm_file_read(path, 1 << 20, &arena, &bytes, &n_good, NULL), HM_OK);
    good = (uint8_t *)bytes;
    return 0;
}

static int close_net(void **state)
{
    (void)state;
    hm_arena_free(&arena);
    return 0;
}

static void halves_are_widened_exactly(void **state)
{
    (void)state;
    static const struct {
        uint16_t bits;
        double v;
    } half[] = {{0x3c00, 1},       {0xc000, -2},      {0x3555, 0.333251953125}, {0x7bff, 65504},
                {0x0400, 0x1p-14}, {0x0001, 0x1p-24}, {0x83ff, -0x3ffp-24},     {0x0000, 0}};
    for (size_t i = 0; i < sizeof half / sizeof *half; i++)
        ht_near((double)hm_tflite_half(half[i].bits), half[i].v, 0, 0);
    assert_true(signbit(hm_tflite_half(0x8000)) && isinf(hm_tflite_half(0x7c00)) &&
                isnan(hm_tflite_half(0x7e00)));
}

static void every_operator_is_read(void **state)
{
    (void)state;
    hm_tflite net;
    hm_err err = {0};
    if (hm_tflite_parse("small", good, n_good, &arena, &net, &err) != HM_OK)
        fail_msg("%s: %s", err.field, err.msg);
    static const hm_tflite_op want[] = {HM_TFLITE_PAD,       HM_TFLITE_CONV,
                                        HM_TFLITE_DEPTHWISE, HM_TFLITE_ADD,
                                        HM_TFLITE_CONV,      HM_TFLITE_PAD,
                                        HM_TFLITE_RESIZE,    HM_TFLITE_DEPTHWISE,
                                        HM_TFLITE_MAX_POOL,  HM_TFLITE_DEPTH_TO_SPACE,
                                        HM_TFLITE_CONV,      HM_TFLITE_RESHAPE,
                                        HM_TFLITE_RESHAPE,   HM_TFLITE_LOGISTIC};
    assert_int_equal(net.n_node, sizeof want / sizeof *want);
    for (int i = 0; i < net.n_node; i++)
        assert_int_equal(net.node[i].op, want[i]);
    assert_true(net.node[1].relu6 && !net.node[1].same && net.node[1].stride_h == 2);
    assert_true(net.node[7].same && net.node[7].kernel_w == 5 && !net.node[7].relu6);
    assert_true(net.node[5].pad[3][1] == 4 && net.node[0].pad[1][0] == 1);
    /* a join is given as what it joins: sigmoid, then both heads */
    assert_int_equal(net.n_output, 3);
    assert_true(net.tensor[net.output[0]].n == 18 && net.tensor[net.output[2]].n == 48);
}

/* Row o of the sparse filter has values where (channel + o) % 3 == 0, zeros elsewhere. */
static void sparse_filters_are_laid_out(void **state)
{
    (void)state;
    hm_tflite net;
    assert_int_equal(hm_tflite_parse("small", good, n_good, &arena, &net, NULL), HM_OK);
    const hm_tflite_tensor *f = &net.tensor[net.node[4].in[1]];
    assert_true(f->dim[0] == 8 && f->dim[3] == 4);
    for (int o = 0; o < 8; o++)
        for (int c = 0; c < 4; c++)
            assert_int_equal(f->weight[4 * o + c] != 0, (c + o) % 3 == 0);
}

/* Every byte set to every bit's opposite, and every length: an answer or one line of refusal. */
static void broken_files_end_in_a_word(void **state)
{
    (void)state;
    int n_refused = 0;
    for (size_t i = 0; i < n_good * 8; i++) {
        hm_arena_mark mark = hm_arena_mark_get(&arena);
        hm_tflite net = {.n_node = -1};
        hm_err err = {0};
        good[i / 8] ^= (uint8_t)(1 << i % 8);
        hm_status status = hm_tflite_parse("flip", good, n_good, &arena, &net, &err);
        good[i / 8] ^= (uint8_t)(1 << i % 8);
        assert_true(status == HM_OK || (status == HM_ERR_INPUT && err.msg[0] && net.n_node == -1));
        n_refused += status != HM_OK;
        hm_arena_release(&arena, mark);
    }
    assert_true(n_refused > (int)n_good); /* not all bytes are weights or names */
    for (size_t n = 0; n < n_good; n += 7) {
        hm_tflite net;
        hm_arena_mark mark = hm_arena_mark_get(&arena);
        uint8_t *cut = HM_PUSH(&arena, uint8_t, n + 1);
        memcpy(cut, good, n);
        (void)!hm_tflite_parse("cut", cut, n, &arena, &net, NULL);
        hm_arena_release(&arena, mark);
    }
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, open_net, close_net)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(halves_are_widened_exactly),
        CASE(every_operator_is_read),
        CASE(sparse_filters_are_laid_out),
        CASE(broken_files_end_in_a_word),
    };
    return cmocka_run_group_tests_name("pose/tflite", tests, NULL, NULL);
}
