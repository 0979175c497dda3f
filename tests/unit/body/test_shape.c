#include "body_lane.h"
#include "ht.h"

static double head_share(const hm_shape *s)
{
    return (double)(2 * s->head.half_height_m) / s->stature_m;
}

static const hm_vec3 *left(const hm_shape *s)
{
    return &s->joint_m[HM_BONE_LEFT];
}

/* Drillis and Contini: .186, .146, .245, .246 of stature, hip at .530 (half a per cent for the way
 * the joints are laid out aside). */
static void a_grown_man_has_the_textbook_segments(void **state)
{
    (void)state;
    hm_lane l = body_lane(4, HM_SEX_MEN, 25, 1.80, 78);
    hm_shape s = hm_shape_of(&l, 1);
    ht_near((double)s.upper_arm_m, .186 * 1.80, 1e-4, 0);
    ht_near((double)s.forearm_m, .146 * 1.80, 1e-4, 0);
    ht_near((double)s.thigh_m, .245 * 1.80, 0.006, 0);
    ht_near((double)s.shank_m, .246 * 1.80, 0.006, 0);
    ht_near((double)(left(&s)[HM_SIDE_THIGH].y - s.sole_m), .530 * 1.80, 1e-4, 0);
    ht_near((double)(left(&s)[HM_SIDE_UPPER_ARM].y - s.sole_m), .818 * 1.80, 0.005, 0);
}

/* Drawing canon: 5.5 heads tall at 6, 6 at 8, 6.5 at 11, 7 at 15, 7.5 grown up. */
static void heads_grow_smaller_against_the_body_with_age(void **state)
{
    (void)state;
    static const struct {
        double age, stature, mass, heads;
    } row[] = {{6, 1.16, 21, 5.5},
               {8, 1.28, 27, 6.0},
               {11, 1.45, 38, 6.5},
               {15, 1.68, 58, 7.0},
               {25, 1.80, 75, 7.5}};
    for (int i = 0; i < 5; i++) {
        hm_lane l = body_lane(1, HM_SEX_MEN, row[i].age, row[i].stature, row[i].mass);
        hm_shape s = hm_shape_of(&l, 1);
        ht_near(1 / head_share(&s), row[i].heads, 0.15, 0);
    }
}

/* Before puberty the shoulders are narrower than two heads are wide... and legs shorter. */
static void children_have_shorter_legs_and_narrower_shoulders(void **state)
{
    (void)state;
    hm_lane boy = body_lane(1, HM_SEX_MEN, 7, 1.22, 23),
            man = body_lane(1, HM_SEX_MEN, 25, 1.8, 78);
    hm_shape b = hm_shape_of(&boy, 1), m = hm_shape_of(&man, 1);
    assert_true(left(&b)[HM_SIDE_THIGH].y / 1.22f < left(&m)[HM_SIDE_THIGH].y / 1.80f - .02f);
    assert_true(2 * b.mark.shoulder_x_m < 4 * b.head.half_width_m);
    assert_true(2 * m.mark.shoulder_x_m > 4 * m.head.half_width_m);
}

static void mass_shows_in_girth(void **state)
{
    (void)state;
    hm_lane thin = body_lane(2, HM_SEX_MEN, 30, 1.80, 62),
            heavy = body_lane(2, HM_SEX_MEN, 30, 1.8, 95);
    hm_shape a = hm_shape_of(&thin, 3), b = hm_shape_of(&heavy, 3);
    ht_near((double)(b.girth / a.girth), sqrt(95.0 / 62), 1e-3, 0);
}

static void landmarks_stand_in_order(void **state)
{
    (void)state;
    for (int age = 5; age < 80; age += 5)
        for (int sex = 0; sex < 2; sex++) {
            hm_lane l = body_lane(3, (hm_sex)sex, age, age < 15 ? .85 + .055 * age : 1.75,
                                  age < 15 ? 4.0 * age : 70);
            hm_shape s = hm_shape_of(&l, 9);
            const hm_landmarks *m = &s.mark;
            const hm_head_box *h = &s.head;
            const float up[] = {0,
                                m->sole_y_m,
                                m->ankle_y_m,
                                m->knee_y_m,
                                m->hem_y_m,
                                m->hip_y_m,
                                m->waist_y_m,
                                m->chest_y_m,
                                m->armpit_y_m,
                                m->neck_y_m,
                                h->chin_y_m,
                                h->mouth_y_m,
                                h->nose_y_m,
                                h->eye_y_m,
                                h->brow_y_m,
                                h->hairline_y_m,
                                h->crown_y_m};
            for (size_t i = 1; i < sizeof up / sizeof up[0]; i++)
                assert_true(up[i] > up[i - 1]);
        }
}

static void neighbours_differ_and_a_runner_stays_himself(void **state)
{
    (void)state;
    hm_lane a = body_lane(4, HM_SEX_MEN, 25, 1.80, 78), b = body_lane(5, HM_SEX_MEN, 25, 1.80, 78);
    hm_shape s = hm_shape_of(&a, 7), again = hm_shape_of(&a, 7), t = hm_shape_of(&b, 7);
    assert_memory_equal(&s, &again, sizeof s);
    assert_true(s.head.half_width_m != t.head.half_width_m);
    assert_true(s.hair != t.hair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_grown_man_has_the_textbook_segments),
        cmocka_unit_test(heads_grow_smaller_against_the_body_with_age),
        cmocka_unit_test(children_have_shorter_legs_and_narrower_shoulders),
        cmocka_unit_test(mass_shows_in_girth),
        cmocka_unit_test(landmarks_stand_in_order),
        cmocka_unit_test(neighbours_differ_and_a_runner_stays_himself),
    };
    return cmocka_run_group_tests_name("body/shape", tests, NULL, NULL);
}
