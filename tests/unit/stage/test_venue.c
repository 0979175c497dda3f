#include "colours.h"
#include "ht.h"
#include "props_priv.h"

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
    hm_surface s = {0};
    if (out[0].colours)
        s.albedo = colour_of(out[0].colours, out[0].surface_ctx, 0, p, frag.px_m);
    else
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

/* z range of what of a part lies within half a pedal's reach of x and behind the start line. */
static void reach(const hm_object *o, uint8_t part, double x, double *z_min, double *z_max)
{
    *z_min = 1e9;
    *z_max = -1e9;
    for (int32_t t = 0; t < o->n_tri; t++) {
        if (o->part[t] != part)
            continue;
        for (int k = 0; k < 3; k++) {
            hm_vec3 p = o->pos_m[o->tri[t][k]];
            if (fabs((double)p.x - x) > 0.08 || p.z > 0.5f || p.z < -3.0f)
                continue;
            *z_min = (double)p.z < *z_min ? (double)p.z : *z_min;
            *z_max = (double)p.z > *z_max ? (double)p.z : *z_max;
        }
    }
}

/* Feet stand at front_x_m and rear_x_m; a pedal begins under the ball and leans away behind it. */
static void blocks_stand_where_the_race_says(void **state)
{
    (void)state;
    field f;
    field_init(&f, 10, HM_VENUE_STADIUM);
    for (int32_t i = 0; i < 10; i++) {
        const hm_start *s = &f.lane[i].start;
        double x = hm_lane_centre_m(i + 1);
        double foot[2] = {s->front_x_m, s->rear_x_m}, lo, hi;
        for (int k = 0; k < 2; k++) {
            /* object 3 is what stands near the track; the front foot is the left one */
            reach(&f.venue.object[3], PROP_PEDAL, x + (k ? -0.1085 : 0.1085), &lo, &hi);
            assert_true(hi < foot[k] + 0.005);
            assert_true(hi > foot[k] - 0.08);
            assert_true(lo > foot[k] - 0.25);
        }
    }
    hm_arena_free(&f.arena);
}

static void nobody_stands_in_the_lanes(void **state)
{
    (void)state;
    for (int kind = HM_VENUE_STADIUM; kind <= HM_VENUE_SCHOOL; kind++) {
        field f;
        field_init(&f, 10, (hm_venue_kind)kind);
        double right = hm_lane_centre_m(10) - 0.61, left = hm_lane_centre_m(1) + 0.61;
        for (int32_t o = 1; o < f.venue.n_object; o++)
            for (int32_t i = 0; i < f.venue.object[o].n_vert; i++) {
                hm_vec3 p = f.venue.object[o].pos_m[i];
                assert_false((double)p.x < left && (double)p.x > right && p.y < 2.5f &&
                             p.z > 0.0f && p.z < 110.0f);
            }
        hm_arena_free(&f.arena);
    }
}

static void panels_are_flat_and_face_the_lanes(void **state)
{
    (void)state;
    field f;
    field_init(&f, 8, HM_VENUE_STADIUM);
    assert_int_equal(f.venue.n_panel, 3);
    for (int32_t i = 0; i < f.venue.n_panel; i++) {
        const hm_vec3 *c = f.venue.panel[i].corner_m;
        hm_vec3 right = hm_v3_sub(c[1], c[0]), down = hm_v3_sub(c[3], c[0]);
        hm_vec3 face = hm_v3_cross(down, right);
        assert_true(down.y < 0.0f && venue_abs(right.y) < 1e-4f);
        ht_near((double)hm_v3_dot(hm_v3_sub(c[2], c[0]), hm_v3_unit(face)), 0.0, 1e-4, 0.0);
        assert_true(hm_v3_dot(face, hm_v3_sub(hm_v3(0, 1, 60), c[0])) > 0.0f);
    }
    hm_arena_free(&f.arena);
}

/* Volume inside a closed mesh, by the divergence theorem. */
static double volume(const venue_mesh *m)
{
    double v = 0.0;
    for (int32_t t = 0; t < m->n_tri; t++) {
        hm_vec3 a = m->pos_m[m->tri[t][0]], b = m->pos_m[m->tri[t][1]], c = m->pos_m[m->tri[t][2]];
        v += (double)hm_v3_dot(a, hm_v3_cross(b, c)) / 6.0;
    }
    return v;
}

static void boxes_and_tubes_are_closed_and_turned_outward(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    venue_mesh m;
    assert_int_equal(venue_mesh_init(&m, 100, &a, NULL), HM_OK);
    venue_mesh_block(&m, hm_v3(3, 4, 5), hm_v3(0.5f, 1.0f, 1.5f), 0);
    ht_near(volume(&m), 6.0, 1e-4, 0.0);
    assert_int_equal(venue_mesh_init(&m, 400, &a, NULL), HM_OK);
    /* of revolution: a 24-sided section, ends of a frustum (radius 1 to 0.8 over 0.6) and a cone */
    double section = 24.0 / 2.0 * sin(2.0 * 3.14159265358979 / 24.0) * 0.25;
    double ends = section * 0.5 * 2.0 * (0.6 / 3.0 * (1.0 + 0.8 + 0.64) + 0.4 / 3.0 * 0.64);
    venue_mesh_tube(&m, hm_v3(1, 1, 1), hm_v3(3, 1, 1), 0.5f, 0.5f, 24, 0);
    ht_near(volume(&m), 2.0 * section + ends, 0.0, 0.005);
    assert_int_equal(venue_mesh_init(&m, 400, &a, NULL), HM_OK);
    venue_mesh_tube(&m, hm_v3(1, 1, 1), hm_v3(1, 1, 1), 0.5f, 0.5f, 24, 0);
    ht_near(volume(&m), ends, 0.0, 0.005);
    hm_arena_free(&a);
}

/* The cloth streams along +z before a following wind, along -z against it, and hangs in none. */
static void flags_show_the_wind(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    const hm_vec3 top = {0, 10, 0};
    props_flags f;
    assert_int_equal(props_flags_of(&top, 1, &a, &f, NULL), HM_OK);
    const float wind[3] = {3.0f, -3.0f, 0.0f};
    float reach_z[3], low[3];
    for (int k = 0; k < 3; k++) {
        hm_object o;
        assert_int_equal(props_flags_at(&f, 1.0f, wind[k], &a, &o, NULL), HM_OK);
        reach_z[k] = o.pos_m[o.n_vert - 1].z;
        low[k] = o.pos_m[o.n_vert - 1].y;
    }
    assert_true(reach_z[0] > 1.5f && reach_z[1] < -1.5f);
    assert_true(reach_z[2] < 0.8f && low[2] < 8.5f && low[0] > 9.0f);
    hm_arena_free(&a);
}

static void a_school_has_lanes_of_chalk_at_the_same_places(void **state)
{
    (void)state;
    field f;
    field_init(&f, 8, HM_VENUE_SCHOOL);
    for (int32_t lane = 1; lane <= 8; lane++) {
        double right = hm_lane_centre_m(lane) - 0.61;
        hm_rgb on = ground(&f, right + 0.025, 33.0), off = ground(&f, right + 0.6, 33.0);
        assert_true(on.b > 0.6f && on.b > off.b + 0.15f);
    }
    double x = hm_lane_centre_m(3) + 0.2;
    assert_true(ground(&f, x, 100.02).b > ground(&f, x, 99.9).b + 0.15f);
    assert_true(ground(&f, x, 0.02).b > ground(&f, x, -0.1).b + 0.15f);
    hm_arena_free(&f.arena);
}

static void a_race_with_nobody_in_it_still_has_a_place(void **state)
{
    (void)state;
    field f;
    field_init(&f, 1, HM_VENUE_STADIUM);
    f.lane[0].status = HM_RUN_DNS;
    f.race.has_wind = false;
    hm_venue v;
    assert_int_equal(hm_venue_build(&f.race, NULL, &f.arena, &v, NULL), HM_OK);
    f.race.n_lane = 0;
    assert_int_equal(hm_venue_build(&f.race, NULL, &f.arena, &v, NULL), HM_OK);
    assert_int_equal(v.kind, HM_VENUE_STADIUM);
    hm_arena_free(&f.arena);
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
        cmocka_unit_test(blocks_stand_where_the_race_says),
        cmocka_unit_test(nobody_stands_in_the_lanes),
        cmocka_unit_test(panels_are_flat_and_face_the_lanes),
        cmocka_unit_test(boxes_and_tubes_are_closed_and_turned_outward),
        cmocka_unit_test(flags_show_the_wind),
        cmocka_unit_test(a_school_has_lanes_of_chalk_at_the_same_places),
        cmocka_unit_test(a_race_with_nobody_in_it_still_has_a_place),
        cmocka_unit_test(attendance_outside_zero_to_one_is_refused),
        cmocka_unit_test(children_and_standing_starts_get_a_school_ground),
    };
    return cmocka_run_group_tests_name("stage/venue", tests, NULL, NULL);
}
