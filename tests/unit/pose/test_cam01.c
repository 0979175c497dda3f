#include "net_golden.h"
#include "pose/pose.h"

/* The first image of a real clip against another program's points (tests/data/SOURCES.md). */

static const char *clip_path(hm_arena *a)
{
    const char *own = getenv("HM_CLIPS"), *data = getenv("HM_DATA_DIR");
    const char *folder[] = {own ? own : "", hm_arena_printf(a, "%s/../../clips", data),
                            hm_arena_printf(a, "%s/../../shared/clips", data)};
    for (int k = own ? 0 : 1; k < 3; k++) {
        const char *path = hm_arena_printf(a, "%s/pose2sim/cam01.mp4", folder[k]);
        FILE *f = fopen(path, "rb");
        if (f) {
            fclose(f);
            return path;
        }
    }
    return NULL;
}

enum { WIDTH = 1080, HEIGHT = 1920 };

/* The picture as the other program had it: the tool's own colours (BT.601 where the file is silent;
 * BT.709 moves the region by 2 px and points by 2 to 10). */
static bool read_first(hm_arena *a, hm_pose_image *image)
{
    size_t n = (size_t)WIDTH * HEIGHT * 3;
    uint8_t *rgb = HM_PUSH(a, uint8_t, n);
    const char *run = hm_arena_printf(
        a, "ffmpeg -v error -i '%s' -frames:v 1 -pix_fmt rgb24 -f rawvideo - 2>/dev/null",
        clip_path(a));
    FILE *f = popen(run, "r");
    if (!f)
        return false;
    size_t got = fread(rgb, 1, n, f);
    pclose(f);
    *image = (hm_pose_image){WIDTH, HEIGHT, 3 * WIDTH, rgb};
    return got == n;
}

static void check_points(const hm_csv *csv, const char *word, const hm_pose *pose)
{
    int n = 0;
    for (int32_t r = 0; r < csv->n_row; r++) {
        const hm_csv_row *row = &csv->row[r];
        if (strcmp(row->cell[0].text, word) != 0)
            continue;
        const hm_pose_point *p = &pose->point[(int)net_golden_number(row, 1)];
        ht_near((double)p->x_px, net_golden_number(row, 2), 2, 0);
        ht_near((double)p->y_px, net_golden_number(row, 3), 2, 0);
        ht_near((double)p->visibility, net_golden_number(row, 4), 0.05, 0);
        n++;
    }
    assert_int_equal(n, HM_POINT_COUNT);
}

static void first_image_gives_the_points_of_another_program(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_pose_image image;
    hm_csv csv = net_golden_read("cam01_frame0.csv", &a);
    assert_true(read_first(&a, &image));
    hm_pose *pose = HM_PUSH(&a, hm_pose, 1);
    for (int size = 0; size < HM_POSE_SIZE_COUNT; size++) {
        hm_pose_region region[HM_POSE_FOUND_MAX];
        double score[HM_POSE_FOUND_MAX];
        hm_pose_net *net;
        assert_int_equal(hm_pose_open(NULL, (hm_pose_size)size, &a, &net, NULL), HM_OK);
        assert_true(hm_pose_find(net, &image, NULL, region, score) >= 1);
        ht_near(score[0], 0.938, 0.001, 0);
        ht_near(region[0].u_px, 417.05, 1, 0);
        ht_near(region[0].v_px, 744.62, 1, 0);
        ht_near(region[0].side_px, 1082, 1, 0);
        ht_near(region[0].rotation_rad, 0.1210, 0.003, 0);
        hm_pose_at(net, &image, &region[0], pose);
        assert_true(pose->score > 0.9);
        check_points(&csv, hm_pose_size_word((hm_pose_size)size), pose);
        /* hips are within the mask, the region's corner is not */
        assert_true(pose->mask[HM_POSE_MASK_SIDE * HM_POSE_MASK_SIDE / 2 + HM_POSE_MASK_SIDE / 2] >
                    0);
        assert_true(pose->mask[0] < 0);
        hm_pose_close(net);
    }
    hm_arena_free(&a);
}

int main(void)
{
    const char *absent = net_golden_absent();
    hm_arena a;
    hm_arena_init(&a, 0);
    bool there = clip_path(&a) != NULL;
    if (absent || !there) {
        hm_arena_free(&a);
        return ht_skip_all(absent ? absent : "no clips here: $HM_CLIPS names their folder");
    }
    hm_pose_image image;
    bool readable = read_first(&a, &image);
    hm_arena_free(&a);
    if (!readable)
        return ht_skip_all("no ffmpeg here");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_image_gives_the_points_of_another_program)};
    return cmocka_run_group_tests_name("pose/cam01", tests, NULL, NULL);
}
