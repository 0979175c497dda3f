#include "net_golden.h"

static void detector_gives_the_check_values(void **state)
{
    (void)state;
    net_golden_check(POSE_MODEL_DETECTOR, "detector", false);
}

static void lite_gives_the_check_values(void **state)
{
    (void)state;
    net_golden_check(HM_POSE_LITE, "lite", false);
}

static void full_gives_the_check_values(void **state)
{
    (void)state;
    net_golden_check(HM_POSE_FULL, "full", false);
}

static void heavy_gives_the_check_values(void **state)
{
    (void)state;
    net_golden_check(HM_POSE_HEAVY, "heavy", false);
}

/* Bytes that are not the pinned ones are never run. */
static void another_file_is_refused(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    char dir[] = "/tmp/hecto-models-XXXXXX", *bytes;
    const char *path;
    size_t n;
    hm_err err = {0};
    assert_non_null(mkdtemp(dir));
    assert_int_equal(pose_model_bytes(NULL, POSE_MODEL_DETECTOR, &a, &bytes, &n, &path, NULL),
                     HM_OK);
    bytes[n / 2] ^= 1;
    const char *changed = hm_arena_printf(&a, "%s/%s", dir, strrchr(path, '/') + 1);
    assert_int_equal(hm_file_write(changed, bytes, n, NULL), HM_OK);
    hm_pose_net *net = NULL;
    assert_int_equal(hm_pose_open(dir, HM_POSE_LITE, &a, &net, &err), HM_ERR_INPUT);
    assert_non_null(strstr(err.msg, "pinned"));
    assert_null(net);
    remove(changed);
    hm_err none = {0};
    assert_int_equal(hm_pose_open(dir, HM_POSE_LITE, &a, &net, &none), HM_ERR_NOFILE);
    assert_non_null(strstr(none.msg, "make models"));
    remove(dir);
    hm_arena_free(&a);
}

int main(void)
{
    const char *absent = net_golden_absent();
    if (absent)
        return ht_skip_all(absent);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(detector_gives_the_check_values),
        cmocka_unit_test(lite_gives_the_check_values),
        cmocka_unit_test(full_gives_the_check_values),
        cmocka_unit_test(heavy_gives_the_check_values),
        cmocka_unit_test(another_file_is_refused),
    };
    return cmocka_run_group_tests_name("pose/nets", tests, NULL, NULL);
}
