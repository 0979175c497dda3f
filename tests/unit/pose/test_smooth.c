#include "walker.h"

enum { N = 200 };

static hm_arena arena;

static int open_arena(void **state)
{
    (void)state;
    hm_arena_init(&arena, 0);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    hm_arena_free(&arena);
    return 0;
}

/* About normal, of deviation 1: the sum of twelve draws. */
static double normal(uint32_t *seed)
{
    double sum = 0;
    for (int i = 0; i < 12; i++)
        sum += walker_noise(seed) / 2;
    return sum;
}

static people_path seen(double fps, double sd_px)
{
    people_path p = {.n = N, .frame = HM_PUSH(&arena, people_frame, N)};
    uint32_t seed = 99;
    for (int i = 0; i < N; i++) {
        p.frame[i] = walker_at(i / fps, 9, 2.2);
        for (int k = 0; k < HM_POINT_COUNT; k++) {
            p.frame[i].point[k].x_px += (float)(sd_px * normal(&seed));
            p.frame[i].point[k].y_px += (float)(sd_px * normal(&seed));
        }
    }
    return p;
}

/* Root mean square of x and y of one point against the truth, px. */
static double rms_of(const hm_track_frame *f, double fps, int point)
{
    double sum = 0;
    for (int i = 0; i < N; i++) {
        people_frame truth = walker_at(i / fps, 9, 2.2);
        double dx = (double)(f[i].point[point].x_px - truth.point[point].x_px);
        double dy = (double)(f[i].point[point].y_px - truth.point[point].y_px);
        sum += (dx * dx + dy * dy) / 2;
    }
    return sqrt(sum / N);
}

/* 2 cm of noise: hips come out far better, feet no worse than they were seen, at any rate. */
static void smoothing_helps_and_keeps_feet_quick(void **state)
{
    (void)state;
    static const double fps[] = {30, 60, 240};
    hm_track_frame *f = HM_PUSH(&arena, hm_track_frame, N);
    for (int k = 0; k < 3; k++) {
        people_path p = seen(fps[k], 4); /* 200 px a metre */
        assert_int_equal(people_smooth(&p, NULL, &arena, f, NULL), HM_OK);
        assert_true(rms_of(f, fps[k], HM_POINT_HIP_L) < 3);
        assert_true(rms_of(f, fps[k], HM_POINT_TOE_R) < 4.1);
        assert_true(k < 2 || rms_of(f, fps[k], HM_POINT_TOE_R) < 2.6);
        assert_true(k < 2 || rms_of(f, fps[k], HM_POINT_HIP_L) < 1.4);
    }
}

static void one_wild_look_is_not_believed(void **state)
{
    (void)state;
    hm_track_frame *f = HM_PUSH(&arena, hm_track_frame, N);
    people_path p = seen(120, 1);
    p.frame[80].point[HM_POINT_KNEE_L].x_px += 150;
    assert_int_equal(people_smooth(&p, NULL, &arena, f, NULL), HM_OK);
    people_frame truth = walker_at(80 / 120., 9, 2.2);
    ht_near((double)f[80].point[HM_POINT_KNEE_L].x_px, (double)truth.point[HM_POINT_KNEE_L].x_px, 8,
            0);
}

/* The interval says how far off the smoothed point is: by noise, 3 cm a look, and by what the net
 * takes for a joint, which stays through a clip. */
static void sigma_is_honest(void **state)
{
    (void)state;
    static const double stays_m[] = {0.03, 0.03, 0.05, 0.05, 0.06, 0.06}; /* hip, knee, ankle */
    hm_track_frame *f = HM_PUSH(&arena, hm_track_frame, N);
    uint32_t seed = 5;
    int n_in = 0, n = 0;
    for (int clip = 0; clip < 40; clip++) {
        people_path p = seen(60, 6);
        double off_px[6];
        for (int k = 0; k < 6; k++) {
            off_px[k] = 200 * stays_m[k] * normal(&seed);
            for (int i = 0; i < N; i++)
                p.frame[i].point[HM_POINT_HIP_L + k].x_px += (float)off_px[k];
        }
        assert_int_equal(people_smooth(&p, NULL, &arena, f, NULL), HM_OK);
        for (int i = 0; i < N; i++) {
            people_frame truth = walker_at(i / 60., 9, 2.2);
            for (int k = HM_POINT_HIP_L; k <= HM_POINT_ANKLE_R; k++, n++) {
                double d = (double)(f[i].point[k].x_px - truth.point[k].x_px);
                n_in += fabs(d) <= 1.645 * (double)f[i].point[k].sigma_px;
            }
        }
    }
    if (n_in < 0.85 * n || n_in > 0.95 * n)
        fail_msg("%.1f %% of the errors lie within their 90 %% interval", 100. * n_in / n);
}

static void what_is_not_seen_is_not_there(void **state)
{
    (void)state;
    hm_track_frame *f = HM_PUSH(&arena, hm_track_frame, N);
    people_path p = seen(60, 1);
    p.frame[50].point[HM_POINT_WRIST_L].visibility = 0.02f;
    p.frame[51].point[HM_POINT_WRIST_L].visibility = 0.5f;
    assert_int_equal(people_smooth(&p, NULL, &arena, f, NULL), HM_OK);
    assert_true(isnan(f[50].point[HM_POINT_WRIST_L].sigma_px));
    assert_true(!isnan(f[51].point[HM_POINT_WRIST_L].sigma_px));
    assert_true(f[51].point[HM_POINT_WRIST_L].sigma_px > f[90].point[HM_POINT_WRIST_L].sigma_px);
}

/* A mark by hand draws the images around it along. */
static void a_mark_by_hand_is_heeded(void **state)
{
    (void)state;
    hm_track_frame *with = HM_PUSH(&arena, hm_track_frame, N);
    hm_track_frame *without = HM_PUSH(&arena, hm_track_frame, N);
    people_path p = seen(240, 4);
    hm_track_frame mark = {.time_s = p.frame[100].time_s};
    for (int k = 0; k < HM_POINT_COUNT; k++)
        mark.point[k] = (hm_seen_point){NAN, NAN, NAN, NAN, NAN, HM_SEEN_NET};
    people_frame truth = walker_at(100 / 240., 9, 2.2);
    float x = truth.point[HM_POINT_TOE_L].x_px + 12, y = truth.point[HM_POINT_TOE_L].y_px;
    mark.point[HM_POINT_TOE_L] = (hm_seen_point){x, y, NAN, NAN, 0.5f, HM_SEEN_HAND};
    hm_track_person hand = {.id = 1, .n_frame = 1, .frame = &mark};
    assert_int_equal(people_smooth(&p, &hand, &arena, with, NULL), HM_OK);
    assert_int_equal(people_smooth(&p, NULL, &arena, without, NULL), HM_OK);
    ht_near((double)with[100].point[HM_POINT_TOE_L].x_px, (double)x, 1.5, 0);
    assert_true(with[101].point[HM_POINT_TOE_L].x_px > without[101].point[HM_POINT_TOE_L].x_px + 3);
    ht_near((double)with[160].point[HM_POINT_TOE_L].x_px,
            (double)without[160].point[HM_POINT_TOE_L].x_px, 0.2, 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(smoothing_helps_and_keeps_feet_quick),
        CASE(one_wild_look_is_not_believed),
        CASE(sigma_is_honest),
        CASE(what_is_not_seen_is_not_there),
        CASE(a_mark_by_hand_is_heeded),
    };
    return cmocka_run_group_tests_name("pose/smooth", tests, NULL, NULL);
}
