/* The crowd is looked at the way the rasteriser does: a ray from the eye to a place, entering the
 * skin of the stand on its way. */
#include "colours.h"
#include "crowd_priv.h"
#include "hot_priv.h"
#include "ht.h"

#include <string.h>

enum { CROWD_OBJECT = 2 };

typedef struct scene {
    hm_arena arena;
    hm_lane lane[2];
    double x_m[200], v_mps[200];
    hm_race race;
    hm_venue venue;
} scene;

/* Two runners at a steady 10 m/s from the gun. */
static void scene_init(scene *s, float attendance_frac)
{
    memset(s, 0, sizeof *s);
    hm_arena_init(&s->arena, 0);
    for (int i = 0; i < 200; i++) {
        s->x_m[i] = i;
        s->v_mps[i] = 10.0;
    }
    for (int i = 0; i < 2; i++)
        s->lane[i] = (hm_lane){.lane = 4 + i,
                               .age_yr = 24,
                               .time_us = 10000000,
                               .curve = {.dt_s = 0.1, .n = 200, .x_m = s->x_m, .v_mps = s->v_mps}};
    s->race = (hm_race){.meet = "",
                        .event = "",
                        .date = "",
                        .round = "",
                        .venue = "",
                        .n_lane = 2,
                        .lane = s->lane};
    hm_venue_opts o = hm_venue_opts_default();
    o.kind = HM_VENUE_STADIUM;
    o.attendance_frac = attendance_frac;
    assert_int_equal(hm_venue_build(&s->race, &o, &s->arena, &s->venue, NULL), HM_OK);
}

/* Colour of the crowd on the ray from eye through `at` (s, y, u of facet 0, lower tier). */
static hm_rgb seen(scene *sc, hm_vec3 eye, hm_vec3 at, double t_s, float px_m)
{
    hm_object out[16];
    hm_arena_mark mark = hm_arena_mark_get(&sc->arena);
    assert_int_equal(hm_venue_at(&sc->venue, &sc->race, t_s, eye, &sc->arena, out, NULL), HM_OK);
    const venue_now *now = out[CROWD_OBJECT].surface_ctx;
    hm_vec3 e = now->eye_facet_m[0];
    const venue_tier *t = &venue_tiers[0];
    /* the skin: y = y0 + head + rise/tread (u - u0), and the upright front below it */
    float k = t->rise_m / VENUE_TREAD_M;
    float fe = e.y - (t->y_m + VENUE_HEAD_M) - k * (e.z - t->u_m);
    float fa = at.y - (t->y_m + VENUE_HEAD_M) - k * (at.z - t->u_m);
    hm_vec3 rest = fe > 0.0f ? hm_v3_mix(e, at, fe / (fe - fa))
                             : hm_v3_mix(e, at, (t->u_m - e.z) / (at.z - e.z));
    if (rest.z < t->u_m)
        rest = hm_v3_mix(e, at, (t->u_m - e.z) / (at.z - e.z));
    hm_rgb c = colour_of(out[CROWD_OBJECT].colours, now, 0, rest, px_m);
    hm_arena_release(&sc->arena, mark);
    return c;
}

/* Middle of the chest of who sits there. */
static hm_vec3 chest(const scene *sc, int32_t row, int32_t col)
{
    const venue_tier *t = &venue_tiers[0];
    return hm_v3(0.5f * sc->venue.set->bowl.facet[0].len_m + VENUE_SEAT_M * ((float)col + 0.5f),
                 t->y_m + t->rise_m * (float)row + 0.86f,
                 t->u_m + VENUE_TREAD_M * (float)row + 0.45f);
}

static float apart(hm_rgb a, hm_rgb b)
{
    float r = a.r - b.r, g = a.g - b.g, c = a.b - b.b;
    return venue_abs(r) + venue_abs(g) + venue_abs(c);
}

static bool is_person(const scene *sc, int32_t row, int32_t col)
{
    return crowd_seat_at(sc->venue.set->cast, 0, row, col) < CROWD_NOBODY;
}

/* From a height, where nobody hides another's chest. */
static const hm_vec3 high_a = {30.0f, 34.0f, 40.0f}, high_b = {24.0f, 36.0f, 62.0f};

static void a_seat_holds_the_same_person_from_every_camera(void **state)
{
    (void)state;
    scene sc;
    scene_init(&sc, 0.9f);
    int n = 0, same = 0, other = 0;
    for (int32_t row = 2; row < 20; row += 3) {
        for (int32_t col = -40; col < 40; col++) {
            if (!is_person(&sc, row, col) || !is_person(&sc, row, col + 1))
                continue;
            hm_rgb a = seen(&sc, high_a, chest(&sc, row, col), -20.0, 0.01f);
            hm_rgb b = seen(&sc, high_b, chest(&sc, row, col), -20.0, 0.01f);
            hm_rgb c = seen(&sc, high_b, chest(&sc, row, col + 1), -20.0, 0.01f);
            n++;
            same += apart(a, b) < 0.05f;
            other += apart(a, c) < 0.05f;
        }
    }
    assert_true(n > 200);
    assert_true(same > n * 95 / 100);
    assert_true(other < n * 30 / 100);
    hm_arena_free(&sc.arena);
}

static void nobody_moves_while_nothing_happens(void **state)
{
    (void)state;
    scene sc;
    scene_init(&sc, 0.9f);
    const hm_vec3 eye = {-9.5f, 1.3f, 50.0f};
    for (int32_t i = 0; i < 400; i++) {
        hm_vec3 at =
            hm_v3_add(chest(&sc, i % 20, i % 31 - 15), hm_v3(0.02f * (float)(i % 13), 0, 0));
        assert_true(apart(seen(&sc, eye, at, -12.0, 0.02f), seen(&sc, eye, at, -9.0, 0.02f)) ==
                    0.0f);
    }
    hm_arena_free(&sc.arena);
}

/* A camera that tracks at 10 m/s moves 0.42 m from drawing to drawing; the same places of the
 * stand, seen again, must not flicker. */
static void a_tracking_camera_sees_a_quiet_crowd(void **state)
{
    (void)state;
    scene sc;
    scene_init(&sc, 0.9f);
    double sum = 0.0;
    int n = 0;
    for (int32_t row = 1; row < 22; row++) {
        for (int32_t col = -60; col < 60; col += 3) {
            hm_vec3 at = chest(&sc, row, col);
            hm_rgb a = seen(&sc, hm_v3(60.0f, 1.4f, 50.0f), at, -20.0, 0.06f);
            hm_rgb b = seen(&sc, hm_v3(60.0f, 1.4f, 50.42f), at, -20.0, 0.06f);
            sum += (double)apart(a, b) / 3.0;
            n++;
        }
    }
    assert_true(sum / n < 0.012); /* three steps of 255 */
    hm_arena_free(&sc.arena);
}

static void the_crowd_gets_up_at_the_finish(void **state)
{
    (void)state;
    scene sc;
    scene_init(&sc, 0.9f);
    const hm_vec3 eye = {40.0f, 12.0f, 60.0f};
    int moved = 0, n = 0;
    for (int32_t row = 1; row < 22; row += 2)
        for (int32_t col = -50; col < 50; col++, n++) {
            hm_vec3 at = chest(&sc, row, col);
            moved +=
                apart(seen(&sc, eye, at, -20.0, 0.02f), seen(&sc, eye, at, 11.5, 0.02f)) > 0.1f;
        }
    assert_true(moved > n / 4);
    hm_arena_free(&sc.arena);
}

static void attendance_is_the_share_of_seats_taken(void **state)
{
    (void)state;
    const float want[3] = {0.0f, 0.35f, 1.0f};
    for (int k = 0; k < 3; k++) {
        scene sc;
        scene_init(&sc, want[k]);
        int n = 0, taken = 0;
        for (int32_t row = 0; row < venue_tiers[0].n_row; row++)
            for (int32_t col = -90; col < 90; col++) {
                uint32_t s = crowd_seat_at(sc.venue.set->cast, 0, row, col);
                n += s <= CROWD_NOBODY;
                taken += s < CROWD_NOBODY;
            }
        ht_near((double)taken / n, (double)want[k], want[k] > 0.0f && want[k] < 1.0f ? 0.03 : 0.0,
                0.0);
        hm_arena_free(&sc.arena);
    }
}

/* Both builds of the pixel code must agree in every bit. */
static void the_builds_for_old_and_new_machines_agree(void **state)
{
    (void)state;
    if (!hot_has_v3()) {
        print_message("only one build runs on this machine\n");
        return;
    }
    scene sc;
    scene_init(&sc, 0.9f);
    const struct {
        hm_surface_fn *base, *v3;
        uint32_t n_part;
    } twin[] = {{venue_stand_surface_base, venue_stand_surface_v3, PART_BOARD + 1},
                {venue_yard_surface_base, venue_yard_surface_v3, 1},
                {venue_house_surface_base, venue_house_surface_v3, HOUSE_CLOCK + 1}};
    const venue_now *now = sc.venue.object[0].surface_ctx;
    for (size_t k = 0; k < sizeof twin / sizeof twin[0]; k++) {
        for (uint32_t i = 0; i < 20000; i++) {
            hm_vec3 p = {120.0f * (venue_bits(venue_hash(i, 1), 7) - 0.3f) +
                             0.01f * (float)(i % 97),
                         20.0f * venue_bits(venue_hash(i, 2), 7),
                         160.0f * venue_bits(venue_hash(i, 3), 7) - 30.0f};
            hm_frag f = {.pos_m = p,
                         .rest_m = {p.x, p.y, 0.3f * p.x + 7.0f},
                         .nrm = {0, 1, 0},
                         .px_m = 0.001f + 0.3f * venue_bits(venue_hash(i, 4), 7),
                         .part = (uint8_t)(i % twin[k].n_part)};
            hm_surface a = {0}, b = {0};
            twin[k].base(now, &f, &a);
            twin[k].v3(now, &f, &b);
            assert_memory_equal(&a.albedo, &b.albedo, sizeof a.albedo);
            assert_true(a.emit == b.emit && a.ink == b.ink && a.id == b.id);
        }
    }
    for (uint32_t i = 0; i < 20000; i++) {
        hm_vec3 d = hm_v3_unit(hm_v3(venue_bits(venue_hash(i, 5), 7) - 0.5f,
                                     venue_bits(venue_hash(i, 6), 7) - 0.2f,
                                     venue_bits(venue_hash(i, 7), 7) - 0.5f));
        hm_rgb a = venue_sky_at_base(sc.venue.sky_ctx, d), b = venue_sky_at_v3(sc.venue.sky_ctx, d);
        assert_memory_equal(&a, &b, sizeof a);
    }
    hm_arena_free(&sc.arena);
}

/* A row of points that lie anywhere: the eight of one step may have nothing in common. */
static void points_at_random(uint32_t seed, bool ground, float rest[3][128], float depth_m[128])
{
    for (uint32_t i = 0; i < 128; i++) {
        uint32_t k = seed * 128 + i;
        rest[0][i] = 120.0f * (venue_bits(venue_hash(k, 1), 7) - 0.3f) + 0.01f * (float)(k % 97);
        rest[1][i] = ground ? 0.0f : 20.0f * venue_bits(venue_hash(k, 2), 7);
        rest[2][i] =
            ground ? 160.0f * venue_bits(venue_hash(k, 3), 7) - 30.0f : 0.3f * rest[0][i] + 7.0f;
        depth_m[i] = 1.0f + 300.0f * venue_bits(venue_hash(k, 4), 7);
    }
}

static void a_point_has_one_colour_on_all_machines_alone_or_among_others(void **state)
{
    (void)state;
    scene sc;
    scene_init(&sc, 0.9f);
    const struct {
        hm_colours_fn *base, *best;
        int n_part;
    } twin[] = {{venue_track_colours_base, sc.venue.object[0].colours, 1},
                {venue_crowd_colours_base, sc.venue.object[CROWD_OBJECT].colours, 20}};
    const venue_now *now = sc.venue.object[0].surface_ctx;
    static float rest[3][128], depth_m[128], a[3][128], b[3][128];
    for (int k = 0; k < 2; k++)
        for (uint32_t i = 0; i < 160; i++) {
            points_at_random(i, k == 0, rest, depth_m);
            uint8_t part = (uint8_t)((int)i % twin[k].n_part);
            const hm_frags f = {128, part, 0.001f, depth_m, {rest[0], rest[1], rest[2]}};
            twin[k].base(now, &f, (float *const[3]){a[0], a[1], a[2]});
            twin[k].best(now, &f, (float *const[3]){b[0], b[1], b[2]});
            assert_memory_equal(a, b, sizeof a);
            for (int m = 0; m < 128; m++) {
                hm_rgb c =
                    colour_of(twin[k].best, now, part, hm_v3(rest[0][m], rest[1][m], rest[2][m]),
                              0.001f * depth_m[m]);
                assert_true(c.r == a[0][m] && c.g == a[1][m] && c.b == a[2][m]);
            }
        }
    hm_arena_free(&sc.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seat_holds_the_same_person_from_every_camera),
        cmocka_unit_test(nobody_moves_while_nothing_happens),
        cmocka_unit_test(a_tracking_camera_sees_a_quiet_crowd),
        cmocka_unit_test(the_crowd_gets_up_at_the_finish),
        cmocka_unit_test(attendance_is_the_share_of_seats_taken),
        cmocka_unit_test(the_builds_for_old_and_new_machines_agree),
        cmocka_unit_test(a_point_has_one_colour_on_all_machines_alone_or_among_others),
    };
    return cmocka_run_group_tests_name("stage/crowd", tests, NULL, NULL);
}
