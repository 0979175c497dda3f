#include "walker.h"

#include <string.h>

enum { N = 90, LEG_FROM = HM_POINT_HIP_L, LEG_TO = HM_POINT_TOE_L };

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

static people_path walk(double fps, double speed_mps, double stride_hz)
{
    people_path p = {.n = N, .frame = HM_PUSH(&arena, people_frame, N)};
    uint32_t seed = 7;
    for (int i = 0; i < N; i++) {
        p.frame[i] = walker_at(i / fps, speed_mps, stride_hz);
        for (int k = 0; k < HM_POINT_COUNT; k++) { /* about a centimetre */
            p.frame[i].point[k].x_px += (float)(3 * walker_noise(&seed));
            p.frame[i].point[k].y_px += (float)(3 * walker_noise(&seed));
        }
    }
    return p;
}

static people_path copy_of(const people_path *p)
{
    people_path out = {.n = p->n, .frame = HM_PUSH(&arena, people_frame, p->n)};
    memcpy(out.frame, p->frame, (size_t)p->n * sizeof *p->frame);
    return out;
}

/* Images in which an ankle that can be told apart is not where it should be. */
static int wrong(const people_path *got, const people_path *want, int point)
{
    int n = 0;
    for (int i = 0; i < got->n; i++)
        n += got->frame[i].point[point].x_px != want->frame[i].point[point].x_px;
    return n;
}

static void a_clean_walk_is_left_alone(void **state)
{
    (void)state;
    static const double fps[] = {30, 60, 240}, stride[] = {0.9, 2.2, 2.4}, speed[] = {1.2, 9, -11};
    for (int k = 0; k < 3; k++) {
        people_path want = walk(fps[k], speed[k], stride[k]), got = copy_of(&want);
        int32_t n_leg, n_arm;
        assert_int_equal(people_sides(&got, NULL, &arena, &n_leg, &n_arm, NULL), HM_OK);
        assert_true(n_leg == 0 && n_arm == 0);
    }
}

/* The net exchanges legs for 12 images and arms for 5; a crossing lies within both. */
static void exchanged_limbs_are_found(void **state)
{
    (void)state;
    static const double fps[] = {30, 60, 240}, stride[] = {0.9, 2.2, 2.2}, speed[] = {-1.2, 9, 10};
    for (int k = 0; k < 3; k++) {
        people_path want = walk(fps[k], speed[k], stride[k]), got = copy_of(&want);
        int32_t n_leg, n_arm;
        for (int i = 30; i < 42; i++)
            walker_exchange(&got.frame[i], LEG_FROM, LEG_TO);
        for (int i = 60; i < 65; i++)
            walker_exchange(&got.frame[i], HM_POINT_SHOULDER_L, HM_POINT_THUMB_L);
        assert_int_equal(people_sides(&got, NULL, &arena, &n_leg, &n_arm, NULL), HM_OK);
        int n_wrong = wrong(&got, &want, HM_POINT_ANKLE_L);
        if (n_wrong > 1 || wrong(&got, &want, HM_POINT_WRIST_R) > 1)
            fail_msg("%g images a second: %d legs wrong, exchanged %d", fps[k], n_wrong, n_leg);
        assert_true(n_leg >= 11 && n_leg <= 13);
    }
}

/* A net that cannot decide gives both legs the mean of the two: no passing of legs, and nothing is
 * exchanged after it. */
static void legs_in_one_place_are_no_passing(void **state)
{
    (void)state;
    static const double fps[] = {60, 240}, speed[] = {9, -9};
    for (int r = 0; r < 2; r++)
        for (int at = 20; at < 60; at += 3) {
            people_path want = walk(fps[r], speed[r], 2.2), got = copy_of(&want);
            int32_t n_leg, n_arm;
            for (int i = at; i < at + (int)(fps[r] / 60); i++)
                for (int k = HM_POINT_KNEE_L; k <= HM_POINT_TOE_L; k += 2) {
                    hm_pose_point *l = &got.frame[i].point[k], *o = l + 1;
                    l->x_px = o->x_px = 0.5f * (l->x_px + o->x_px);
                    l->y_px = o->y_px = 0.5f * (l->y_px + o->y_px);
                }
            assert_int_equal(people_sides(&got, NULL, &arena, &n_leg, &n_arm, NULL), HM_OK);
            assert_true(got.frame[at].legs_lost && !got.frame[at - 1].legs_lost);
            if (n_leg != 0)
                fail_msg("%g images a second, image %d: exchanged in %d", fps[r], at, n_leg);
        }
}

/* Everything mirrored with its names: the same decisions. */
static void mirrored_is_mirrored(void **state)
{
    (void)state;
    people_path a = walk(60, 9, 2.2);
    for (int i = 20; i < 33; i++)
        walker_exchange(&a.frame[i], LEG_FROM, LEG_TO);
    people_path b = copy_of(&a);
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < HM_POINT_COUNT; k++)
            b.frame[i].point[k].x_px = 4000 - b.frame[i].point[k].x_px;
        walker_exchange(&b.frame[i], HM_POINT_SHOULDER_L, HM_POINT_TOE_L);
    }
    int32_t n[4];
    assert_int_equal(people_sides(&a, NULL, &arena, &n[0], &n[1], NULL), HM_OK);
    assert_int_equal(people_sides(&b, NULL, &arena, &n[2], &n[3], NULL), HM_OK);
    assert_true(n[0] == n[2] && n[1] == n[3] && n[0] >= 12);
    for (int i = 0; i < N; i++) {
        ht_near((double)b.frame[i].point[HM_POINT_TOE_R].x_px,
                4000 - (double)a.frame[i].point[HM_POINT_TOE_L].x_px, 1e-2, 0);
        assert_int_equal(a.frame[i].ambiguous, b.frame[i].ambiguous);
    }
}

/* Legs that stand together cannot be told apart, and it is said; legs apart can. */
static void what_cannot_be_told_is_marked(void **state)
{
    (void)state;
    people_path p = walk(60, 0, 0);
    for (int i = 0; i < N; i++)
        for (int k = HM_POINT_HIP_L; k <= HM_POINT_TOE_L; k += 2)
            p.frame[i].point[k] = p.frame[i].point[k + 1];
    int32_t n_leg, n_arm, n_marked = 0, n_apart = 0;
    assert_int_equal(people_sides(&p, NULL, &arena, &n_leg, &n_arm, NULL), HM_OK);
    for (int i = 0; i < N; i++)
        n_marked += p.frame[i].ambiguous;
    assert_true(n_marked > N * 9 / 10);
    people_path q = walk(60, 9, 2.2);
    assert_int_equal(people_sides(&q, NULL, &arena, &n_leg, &n_arm, NULL), HM_OK);
    for (int i = 0; i < N; i++)
        n_apart += q.frame[i].ambiguous;
    assert_true(n_apart < N / 10);
}

/* The net has it wrong from end to end; one mark by hand turns all. */
static void one_mark_by_hand_turns_the_path(void **state)
{
    (void)state;
    people_path want = walk(60, 9, 2.2), got = copy_of(&want);
    for (int i = 0; i < N; i++)
        walker_exchange(&got.frame[i], LEG_FROM, LEG_TO);
    hm_track_frame mark = {.time_s = want.frame[33].time_s};
    for (int k = 0; k < HM_POINT_COUNT; k++)
        mark.point[k] = (hm_seen_point){NAN, NAN, NAN, NAN, NAN, HM_SEEN_NET};
    const hm_pose_point *toe = &want.frame[33].point[HM_POINT_TOE_L];
    mark.point[HM_POINT_TOE_L] =
        (hm_seen_point){toe->x_px + 2, toe->y_px, NAN, NAN, 2, HM_SEEN_HAND};
    hm_track_person hand = {.id = 1, .n_frame = 1, .frame = &mark};
    int32_t n_leg, n_arm;
    assert_int_equal(people_sides(&got, &hand, &arena, &n_leg, &n_arm, NULL), HM_OK);
    assert_true(wrong(&got, &want, HM_POINT_ANKLE_L) <= 1);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_clean_walk_is_left_alone),       CASE(exchanged_limbs_are_found),
        CASE(legs_in_one_place_are_no_passing), CASE(mirrored_is_mirrored),
        CASE(what_cannot_be_told_is_marked),    CASE(one_mark_by_hand_turns_the_path),
    };
    return cmocka_run_group_tests_name("pose/sides", tests, NULL, NULL);
}
