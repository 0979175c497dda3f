#include "ht.h"

#include <string.h>

#include "stage/venue.h"

typedef struct field {
    hm_arena arena;
    hm_lane lane[HM_LANE_MAX];
    hm_race race;
    hm_venue venue;
} field;

/* n runners in blocks, nobody moves. */
static void field_init(field *f, int32_t n, hm_venue_kind kind)
{
    memset(f, 0, sizeof *f);
    hm_arena_init(&f->arena, 0);
    for (int32_t i = 0; i < n; i++) {
        f->lane[i].lane = i + 1;
        f->lane[i].age_yr = 24;
        f->lane[i].start = (hm_start){.front_x_m = -0.5 - 0.02 * i, .rear_x_m = -0.8 - 0.02 * i};
    }
    f->race = (hm_race){.meet = "",
                        .event = "",
                        .date = "",
                        .round = "",
                        .venue = "",
                        .has_wind = true,
                        .wind_mps = 1.0,
                        .n_lane = n,
                        .lane = f->lane};
    hm_venue_opts o = hm_venue_opts_default();
    o.kind = kind;
    assert_int_equal(hm_venue_build(&f->race, &o, &f->arena, &f->venue, NULL), HM_OK);
}

/* What the ground shows at x, z, seen from 2 m right above with a pixel of half a millimetre. */
static hm_rgb ground(field *f, double x, double z)
{
    hm_object out[64];
    hm_arena_mark m = hm_arena_mark_get(&f->arena);
    hm_vec3 p = hm_v3((float)x, 0.0f, (float)z);
    assert_true(f->venue.n_object <= 64);
    assert_int_equal(
        hm_venue_at(&f->venue, &f->race, 0.0, hm_v3(p.x, 2.0f, p.z), &f->arena, out, NULL), HM_OK);
    hm_frag frag = {.pos_m = p, .nrm = {0, 1, 0}, .rest_m = p, .px_m = 5e-4f, .depth_m = 2.0f};
    hm_surface s;
    out[0].surface(out[0].surface_ctx, &frag, &s);
    hm_arena_release(&f->arena, m);
    return s.albedo;
}

static bool white(hm_rgb c)
{
    return c.r > 0.85f && c.g > 0.85f && c.b > 0.8f;
}
static bool red(hm_rgb c)
{
    return c.r > 1.6f * c.g && c.r > 1.6f * c.b;
}
static bool green(hm_rgb c)
{
    return c.g > 1.2f * c.r && c.g > 1.2f * c.b;
}

/* TR14.4: 1.22 m, the white line of 5 cm at the right belongs to the lane. */
static void each_lane_is_red_and_ends_in_a_white_line_at_its_right(void **state)
{
    (void)state;
    field f;
    field_init(&f, 8, HM_VENUE_STADIUM);
    for (int32_t lane = 1; lane <= 8; lane++) {
        double c = hm_lane_centre_m(lane), right = c - 0.61;
        for (double z = 20.5; z < 99.0; z += 26.0) {
            assert_true(red(ground(&f, c, z)));
            assert_true(red(ground(&f, right + 0.051, z)));
            assert_true(white(ground(&f, right + 0.049, z)));
            assert_true(white(ground(&f, right + 0.001, z)));
            assert_true(red(ground(&f, right - 0.001, z)));
        }
    }
    hm_arena_free(&f.arena);
}

static void lane_one_is_at_the_left_next_to_the_grass(void **state)
{
    (void)state;
    field f;
    field_init(&f, 8, HM_VENUE_STADIUM);
    double left = hm_lane_centre_m(1) + 0.61;
    assert_true(left > 0.0);
    assert_true(red(ground(&f, left - 0.001, 50.5)));
    assert_true(white(ground(&f, left + 0.02, 50.5)));
    assert_true(green(ground(&f, left + 0.5, 50.5)));
    assert_false(green(ground(&f, hm_lane_centre_m(8) - 1.1, 50.5)));
    hm_arena_free(&f.arena);
}

/* The race runs from the far edge of the start line to the near edge of the finish line. */
static void start_line_begins_at_zero_and_finish_line_at_hundred(void **state)
{
    (void)state;
    field f;
    field_init(&f, 8, HM_VENUE_STADIUM);
    double x = hm_lane_centre_m(6) + 0.21;
    const double edge[2] = {0.0, 100.0};
    for (int k = 0; k < 2; k++) {
        assert_true(red(ground(&f, x, edge[k] - 0.001)));
        assert_true(white(ground(&f, x, edge[k] + 0.001)));
        assert_true(white(ground(&f, x, edge[k] + 0.049)));
        assert_true(red(ground(&f, x, edge[k] + 0.051)));
    }
    hm_arena_free(&f.arena);
}

static void ten_lanes_are_painted_when_ten_run(void **state)
{
    (void)state;
    field f;
    field_init(&f, 10, HM_VENUE_STADIUM);
    assert_int_equal(f.venue.n_lane, 10);
    assert_true(red(ground(&f, hm_lane_centre_m(10), 50.5)));
    assert_true(white(ground(&f, hm_lane_centre_m(10) - 0.585, 50.5)));
    hm_arena_free(&f.arena);
    field_init(&f, 1, HM_VENUE_STADIUM);
    assert_int_equal(f.venue.n_lane, 8);
    hm_arena_free(&f.arena);
}

static void every_mesh_is_sound(void **state)
{
    (void)state;
    for (int kind = HM_VENUE_STADIUM; kind <= HM_VENUE_SCHOOL; kind++) {
        field f;
        field_init(&f, 8, (hm_venue_kind)kind);
        for (int32_t o = 0; o < f.venue.n_object; o++) {
            const hm_object *ob = &f.venue.object[o];
            assert_true(ob->n_tri > 0);
            for (int32_t t = 0; t < ob->n_tri; t++) {
                for (int k = 0; k < 3; k++)
                    assert_in_range(ob->tri[t][k], 0, ob->n_vert - 1);
                hm_vec3 a = ob->pos_m[ob->tri[t][0]], b = ob->pos_m[ob->tri[t][1]];
                hm_vec3 c = ob->pos_m[ob->tri[t][2]];
                hm_vec3 n = hm_v3_cross(hm_v3_sub(b, a), hm_v3_sub(c, a));
                hm_vec3 m = ob->nrm[ob->tri[t][0]];
                ht_near((double)hm_v3_len(m), 1.0, 1e-5, 0.0);
                assert_true(hm_v3_dot(n, m) >= 0.0f);
            }
        }
        hm_arena_free(&f.arena);
    }
}

static void attendance_outside_zero_to_one_is_refused(void **state)
{
    (void)state;
    field f;
    field_init(&f, 3, HM_VENUE_AUTO);
    hm_venue_opts o = hm_venue_opts_default();
    o.attendance_frac = 1.5f;
    hm_venue v = {.n_lane = -7};
    hm_err err = {0};
    assert_int_equal(hm_venue_build(&f.race, &o, &f.arena, &v, &err), HM_ERR_USAGE);
    assert_int_equal(v.n_lane, -7);
    assert_string_equal(err.field, "attendance_frac");
    hm_arena_free(&f.arena);
}

static void children_and_standing_starts_get_a_school_ground(void **state)
{
    (void)state;
    field f;
    field_init(&f, 4, HM_VENUE_AUTO);
    assert_int_equal(f.venue.kind, HM_VENUE_STADIUM);
    hm_venue v;
    for (int32_t i = 0; i < 4; i++)
        f.lane[i].start.standing = true;
    assert_int_equal(hm_venue_build(&f.race, NULL, &f.arena, &v, NULL), HM_OK);
    assert_int_equal(v.kind, HM_VENUE_SCHOOL);
    hm_arena_free(&f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_lane_is_red_and_ends_in_a_white_line_at_its_right),
        cmocka_unit_test(lane_one_is_at_the_left_next_to_the_grass),
        cmocka_unit_test(start_line_begins_at_zero_and_finish_line_at_hundred),
        cmocka_unit_test(ten_lanes_are_painted_when_ten_run),
        cmocka_unit_test(every_mesh_is_sound),
        cmocka_unit_test(attendance_outside_zero_to_one_is_refused),
        cmocka_unit_test(children_and_standing_starts_get_a_school_ground),
    };
    return cmocka_run_group_tests_name("stage/venue", tests, NULL, NULL);
}
