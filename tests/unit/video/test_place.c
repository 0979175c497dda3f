/* Metres of a track's points, through a camera that is written out here. */
#include "ht.h"
#include "video/place.h"

#include "base/arena.h"

/* 5 m beside lane 1 at 50 m and 2 m up, looking square across the track */
static const hm_view side = {
    .width_px = 1280,
    .height_px = 720,
    .has_camera = true,
    .no_camera = "",
    .focal_px = 1000,
    .centre_u_px = 640,
    .centre_v_px = 360,
    .r = {1, 0, 0, 0, 0, -1, 0, 1, 0},
    .t_m = {-50, 2, 5},
    /* of (x, y, 1): columns of r and t, focal length and centre */
    .ground = {1000, 640, -50000 + 640 * 5, 0, 360, 2000 + 360 * 5, 0, 1, 5}};

static hm_marks_lane lane[] = {{1, "", 0, 1.22}, {2, "", 1.22, 2.44}};

static hm_seen_point nothing(void)
{
    return (hm_seen_point){NAN, NAN, NAN, NAN, NAN, HM_SEEN_NET};
}

/* Both toes on the ground in the middle of lane 2 at 51 m, a knee 0.5 m above; seen by hand. */
static void fill(hm_track_frame *f)
{
    const double y_m = 1.83, depth_m = 5 + y_m;
    for (int k = 0; k < HM_POINT_COUNT; k++)
        f->point[k] = nothing();
    const float u = (float)(640 + 1000 * 1 / depth_m);
    const hm_seen_point toe = {u, (float)(360 + 1000 * 2 / depth_m), NAN, NAN, 2, HM_SEEN_HAND},
                        knee = {u, (float)(360 + 1000 * 1.5 / depth_m), 7, 8, 2, HM_SEEN_NET};
    f->point[HM_POINT_TOE_L] = f->point[HM_POINT_TOE_R] = toe;
    f->point[HM_POINT_KNEE_L] = knee;
}

static hm_marks two_lanes(void)
{
    hm_marks m = hm_marks_default();
    m.n_lane = 2;
    m.lane = lane;
    return m;
}

static void what_was_moved_gets_metres_and_the_rest_keeps_its_own(void **state)
{
    (void)state;
    hm_track_frame frame = {.time_s = 1};
    hm_track_person who = {1, 2, 1, &frame};
    hm_track track = {.n_person = 1, .person = &who};
    const hm_marks m = two_lanes();
    fill(&frame);
    hm_view_place_track(&side, &m, HM_PLACE_MISSING, &track);
    ht_near((double)frame.point[HM_POINT_TOE_L].x_m, 51, 1e-4, 0);
    ht_near((double)frame.point[HM_POINT_TOE_L].z_m, 0, 1e-4, 0);
    ht_near((double)frame.point[HM_POINT_KNEE_L].x_m, 7, 0, 0);
    assert_true(isnan(frame.point[HM_POINT_HIP_L].x_m));
    hm_view_place_track(&side, &m, HM_PLACE_ALL, &track);
    ht_near((double)frame.point[HM_POINT_KNEE_L].x_m, 51, 1e-4, 0);
    ht_near((double)frame.point[HM_POINT_KNEE_L].z_m, 0.5, 1e-4, 0);
}

static void lane_is_where_the_lower_foot_stands(void **state)
{
    (void)state;
    hm_track_frame frame = {.time_s = 1};
    hm_track_person who = {1, 0, 1, &frame};
    hm_track track = {.n_person = 1, .person = &who};
    const hm_marks m = two_lanes();
    fill(&frame);
    hm_view_place_track(&side, &m, HM_PLACE_ALL, &track);
    assert_int_equal(who.lane, 2);
}

static void ground_alone_gives_no_metres(void **state)
{
    (void)state;
    hm_track_frame frame = {.time_s = 1};
    hm_track_person who = {1, 2, 1, &frame};
    hm_track track = {.n_person = 1, .person = &who};
    const hm_marks m = two_lanes();
    hm_view flat = side;
    flat.has_camera = false;
    fill(&frame);
    hm_view_place_track(&flat, &m, HM_PLACE_ALL, &track);
    assert_true(isnan(frame.point[HM_POINT_TOE_L].x_m));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_moved_gets_metres_and_the_rest_keeps_its_own),
        cmocka_unit_test(lane_is_where_the_lower_foot_stands),
        cmocka_unit_test(ground_alone_gives_no_metres),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
