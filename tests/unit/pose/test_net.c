#include "ht.h"
#include "net_priv.h"
#include "pose/pose.h"

#include <stdlib.h>
#include <string.h>

#include "io/file.h"

/* One node over one image, weights by hand. */
typedef struct one_node {
    hm_tflite_tensor tensor[4];
    hm_tflite_node node;
    hm_tflite model;
} one_node;

static hm_tflite_tensor image(int32_t h, int32_t w, int32_t c)
{
    return (hm_tflite_tensor){.n_dim = 4, .dim = {1, h, w, c}, .n = (int64_t)h * w * c};
}

static const hm_tflite *model_of(one_node *m)
{
    m->model = (hm_tflite){.n_tensor = 4,
                           .tensor = m->tensor,
                           .n_node = 1,
                           .node = &m->node,
                           .input = 0,
                           .n_output = 1,
                           .output = {1}};
    return &m->model;
}

static pose_net ref_of(const hm_tflite *model, hm_arena *a)
{
    pose_net net;
    assert_int_equal(pose_net_ref(model, a, &net, NULL), HM_OK);
    return net;
}

/* Stride 2 SAME on an even side: no zeros before, one after. */
static void same_pads_after_first(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    float ones[9] = {1, 1, 1, 1, 1, 1, 1, 1, 1}, bias[1] = {0.5f};
    one_node m = {
        .tensor = {image(4, 4, 1), image(2, 2, 1), image(3, 3, 1), {1, {1, 1, 1, 1}, 1, bias}},
        .node = {.op = HM_TFLITE_DEPTHWISE,
                 .in = {0, 2, 3},
                 .out = 1,
                 .same = true,
                 .stride_w = 2,
                 .stride_h = 2,
                 .kernel_w = 3,
                 .kernel_h = 3}};
    m.tensor[2].weight = ones;
    pose_net net = ref_of(model_of(&m), &a);
    for (int i = 0; i < 16; i++)
        net.input[i] = (float)i;
    assert_true(net.run(&net));
    /* rows 0..2 and columns 0..2 of 0..15 sum to 45 */
    ht_near((double)net.output[0][0], 45.5, 0, 0);
    ht_near((double)net.output[0][1], 2 + 3 + 6 + 7 + 10 + 11 + 0.5, 0, 0);
    ht_near((double)net.output[0][3], 10 + 11 + 14 + 15 + 0.5, 0, 0);
    hm_arena_free(&a);
}

static void enlarging_keeps_a_slope(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    one_node m = {.tensor = {image(1, 4, 1), image(2, 8, 1)},
                  .node = {.op = HM_TFLITE_RESIZE, .in = {0, -1, -1}, .out = 1}};
    pose_net net = ref_of(model_of(&m), &a);
    for (int i = 0; i < 4; i++)
        net.input[i] = (float)i;
    assert_true(net.run(&net));
    static const double want[8] = {0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3};
    for (int i = 0; i < 16; i++)
        ht_near((double)net.output[0][i], want[i % 8], 1e-7, 0);
    hm_arena_free(&a);
}

static void depth_becomes_space(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    one_node m = {
        .tensor = {image(1, 1, 8), image(2, 2, 2)},
        .node = {.op = HM_TFLITE_DEPTH_TO_SPACE, .in = {0, -1, -1}, .out = 1, .block = 2}};
    pose_net net = ref_of(model_of(&m), &a);
    for (int i = 0; i < 8; i++)
        net.input[i] = (float)i;
    assert_true(net.run(&net));
    for (int i = 0; i < 8; i++) /* out(a, b, c) = in((2 a + b) C + c): here the same order */
        ht_near((double)net.output[0][i], i, 0, 0);
    hm_arena_free(&a);
}

/* Every operator of the pose nets, once by loops and once by XNNPACK. */
static void xnnpack_and_loops_agree(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    char *bytes;
    size_t n;
    hm_tflite model;
    hm_err err = {0};
    const char *path = hm_arena_printf(&a, "%s/pose/small.tflite", getenv("HM_TEST_DATA_DIR"));
    assert_int_equal(hm_file_read(path, 1 << 20, &a, &bytes, &n, NULL), HM_OK);
    assert_int_equal(hm_tflite_parse(path, (uint8_t *)bytes, n, &a, &model, NULL), HM_OK);
    pose_net ref = ref_of(&model, &a), xnn;
    hm_status status = pose_net_xnn(path, &model, &a, &xnn, &err);
    if (!hm_pose_is_built()) {
        assert_int_equal(status, HM_ERR_SYSTEM);
        hm_arena_free(&a);
        return;
    }
    if (status != HM_OK)
        fail_msg("%s", err.msg);
    for (int run = 0; run < 2; run++) {
        for (int64_t i = 0; i < model.tensor[model.input].n; i++)
            ref.input[i] = xnn.input[i] = (float)((i * 37 + run * 11) % 255) / 127 - 1;
        assert_true(ref.run(&ref) && xnn.run(&xnn));
        double most = 0;
        for (int32_t k = 0; k < model.n_output; k++)
            for (int64_t i = 0; i < model.tensor[model.output[k]].n; i++) {
                ht_near((double)xnn.output[k][i], (double)ref.output[k][i], 1e-5, 1e-5);
                most = fmax(most, fabs((double)ref.output[k][i]));
            }
        assert_true(most > 0.1); /* not all zero */
    }
    xnn.close(&xnn);
    ref.close(&ref);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_pads_after_first),
        cmocka_unit_test(enlarging_keeps_a_slope),
        cmocka_unit_test(depth_becomes_space),
        cmocka_unit_test(xnnpack_and_loops_agree),
    };
    return cmocka_run_group_tests_name("pose/net", tests, NULL, NULL);
}
