/* The line of a record and ghosts of other races: where they are, and that nothing else changes. */
#include "camera_priv.h"
#include "film_steps.h"
#include "ht.h"
#include "overlay_priv.h"
#include "rival_priv.h"

#include <stdlib.h>
#include <string.h>

#include "stage/director.h"
#include "stage/show.h"

enum { W = 480, H = 270 };

static void a_ghost_takes_his_own_lane_or_the_free_one_next_to_it(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race(&a, FILM_RACE_GAPS); /* lanes 1 and 6 stay free */
    assert_int_equal(hm_ghost_lane(&r, NULL, 6), 6);
    assert_int_equal(hm_ghost_lane(&r, NULL, 1), 1);
    assert_int_equal(hm_ghost_lane(&r, NULL, 4), 6);
    assert_int_equal(hm_ghost_lane(&r, NULL, 3), 1);
    hm_rivals taken = {.n_ghost = 1, .ghost = {{&r, 0, 6}}};
    assert_int_equal(hm_ghost_lane(&r, &taken, 6), 1);
    hm_race full = film_race(&a, FILM_RACE_TEN); /* none free: through the runner */
    assert_int_equal(hm_ghost_lane(&full, NULL, 7), 7);
    hm_race eight = film_race(&a, FILM_RACE_EIGHT);
    assert_int_equal(hm_ghost_lane(&eight, NULL, 9), 8); /* no ninth lane is painted */
    hm_arena_free(&a);
}

static void the_line_is_where_the_record_was(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_lane l = film_race_lane(&a, 1, "R", 9.58, 0.15, 100);
    hm_record_line r = {&l.curve, l.official_cs, "R"};
    double alpha, mss = 100 / film_race_k(9.58 - 0.15);
    assert_true(rival_record_z_m(&r, -1, &alpha) == 0 && alpha == 0);
    for (double t = 1; t < 9.5; t += 0.7) {
        ht_near(rival_record_z_m(&r, t, &alpha), mss * film_race_k(t - 0.15), 2e-3, 0);
        ht_near(alpha, 1, 0, 0);
    }
    ht_near(rival_record_z_m(&r, 10, &alpha), 100, 0, 0); /* it stays at the finish, then goes */
    ht_near(alpha, 1, 0, 0);
    rival_record_z_m(&r, 12, &alpha);
    ht_near(alpha, 0, 0, 0);
    hm_arena_free(&a);
}

/* ---- pictures ---- */

typedef struct stage {
    hm_arena a;
    hm_race race, other;
    hm_film film;
    hm_rivals rivals;
    hm_moment m;
    uint8_t *plain, *with; /* (W x H x 4) */
} stage;

static void draw(stage *s, double at_s, uint8_t *out)
{
    hm_show_opts o = hm_show_opts_default();
    o.w_px = W, o.h_px = H, o.overlays = false;
    o.venue.hour = HM_HOUR_DAY;
    hm_show *show = NULL;
    hm_err e = {0};
    const hm_picture *pic;
    assert_int_equal(hm_show_new(&s->race, &s->film, &o, &show, &e), HM_OK);
    assert_int_equal(hm_show_draw_at(show, 0, at_s, &pic, &e), HM_OK);
    for (int y = 0; y < H; y++)
        memcpy(out + W * 4 * y, pic->rgbx + (size_t)y * (size_t)pic->stride, W * 4);
    hm_film_at(&s->film, &s->race, at_s, &s->m);
    hm_show_destroy(show);
}

/* The race alone and with its rivals, at an instant of the run. */
static void stage_open(stage *s, double race_t_s)
{
    memset(s, 0, sizeof *s);
    hm_arena_init(&s->a, 0);
    s->race = film_race_stepping(&s->a, FILM_RACE_EIGHT);
    s->race.n_lane = 5;
    s->other = film_race_stepping(&s->a, FILM_RACE_TEN);
    hm_direct_opts d = hm_direct_opts_default();
    hm_err e = {0};
    d.w_px = W, d.h_px = H, d.cut = HM_CUT_RACE;
    assert_int_equal(hm_direct(&s->race, &d, &s->a, &s->film, &e), HM_OK);
    double at_s = 0;
    for (int i = 0; i < s->film.n_shot; i++) {
        const hm_shot *sh = &s->film.shot[i];
        if (race_t_s >= sh->race_from_s && race_t_s < sh->race_to_s)
            at_s = sh->from_s + (race_t_s - sh->race_from_s) / sh->rate;
    }
    s->plain = malloc(W * H * 4);
    s->with = malloc(W * H * 4);
    draw(s, at_s, s->plain);
    s->film.rivals = &s->rivals;
    draw(s, at_s, s->with); /* no rivals yet */
    assert_memory_equal(s->plain, s->with, W * H * 4);
    s->rivals.ghost[0] = (hm_ghost){&s->other, 8, 7};
    s->rivals.record.curve = &s->other.lane[3].curve;
    s->rivals.record.official_cs = 958;
    s->rivals.record.name = "R";
    s->m.film_t_s = at_s;
}

static void stage_close(stage *s)
{
    free(s->plain);
    free(s->with);
    hm_arena_free(&s->a);
}

/* Pixel of a point of the world; NULL outside the picture. */
static const uint8_t *pixel(const stage *s, const uint8_t *pic, hm_vec3 p)
{
    double x, y, d;
    if (!hm_camera_project(&s->m.camera, W, H, p, &x, &y, &d) || x < 0 || y < 0 || x >= W || y >= H)
        return NULL;
    return pic + 4 * ((int)y * W + (int)x);
}

static void the_line_lies_on_the_ground_across_the_lanes_and_nowhere_else(void **state)
{
    (void)state;
    stage s;
    stage_open(&s, 6.0); /* rail */
    s.rivals.n_ghost = 0;
    draw(&s, s.m.film_t_s, s.with);
    double alpha, z = rival_record_z_m(&s.rivals.record, s.m.race_t_s, &alpha);
    int n_on = 0, n_green = 0, n_off = 0;
    double off = 0;
    for (float x = -4.8f; x < 4.8f; x += 0.05f)
        for (float dz = -12; dz < 8; dz += 0.07f) {
            hm_vec3 p = hm_v3(x, 0, (float)z + dz);
            const uint8_t *was = pixel(&s, s.plain, p), *now = pixel(&s, s.with, p);
            if (!was)
                continue;
            if (dz > 1 || dz < -5) { /* points between alike ones are blended, so not quite 0 */
                off += abs(was[0] - now[0]) + abs(was[1] - now[1]) + abs(was[2] - now[2]);
                n_off++;
            } else if (dz < 0 && dz > -RECORD_LINE_M) {
                n_on++;
                n_green += now[1] - was[1] > 15 + now[0] - was[0];
            }
        }
    assert_true(n_on > 200 && n_off > 5000);
    assert_true(n_green > n_on * 3 / 5); /* runners and their shadows stand on it */
    assert_true(off < 0.3 * n_off);
    stage_close(&s);
}

static void a_ghost_is_seen_in_his_lane_and_nowhere_else(void **state)
{
    (void)state;
    stage s;
    stage_open(&s, 6.0);
    s.rivals.n_ghost = 1;
    s.rivals.record.curve = NULL;
    draw(&s, s.m.film_t_s, s.with);
    hm_lane lane = s.other.lane[8];
    lane.lane = 7;
    cam_body b = camera_body(&lane, s.m.race_t_s);
    double box[4] = {1e9, 1e9, -1e9, -1e9};
    for (int k = 0; k < 8; k++) { /* of the body, with room for arms and legs */
        hm_vec3 p = hm_v3((float)b.x_m + (k & 1 ? 0.7f : -0.7f), k & 2 ? 2.1f : 0,
                          (float)(k & 4 ? b.front_z_m + 0.7 : b.back_z_m - 0.7));
        double x, y, d;
        assert_true(hm_camera_project(&s.m.camera, W, H, p, &x, &y, &d));
        box[0] = fmin(box[0], x), box[1] = fmin(box[1], y);
        box[2] = fmax(box[2], x), box[3] = fmax(box[3], y);
    }
    int n = 0;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            if (memcmp(s.plain + 4 * (y * W + x), s.with + 4 * (y * W + x), 3) == 0)
                continue;
            assert_true(x > box[0] && x < box[2] && y > box[1] && y < box[3]);
            n++;
        }
    assert_true(n > 150);
    stage_close(&s);
}

/* ---- words and numbers ---- */

static void the_gap_is_what_parts_leader_and_record(void **state)
{
    (void)state;
    stage s;
    stage_open(&s, 6.0);
    hm_lane late = film_race_lane(&s.a, 1, "R", 9.58 + 0.2, 0.16 + 0.2, 100);
    s.rivals.record.curve = &late.curve; /* the leader's run, 0.2 s later */
    s.rivals.record.official_cs = 978;
    hm_overlay *o = NULL;
    double gap_s;
    assert_int_equal(hm_overlay_new(&s.film, &s.race, &(hm_overlay_opts){.w_px = W, .h_px = H},
                                    NULL, NULL, &o, NULL),
                     HM_OK);
    assert_false(ov_record_gap(o, 0.5, &gap_s));
    for (double t = 3; t < 9; t += 0.6) {
        assert_true(ov_record_gap(o, t, &gap_s));
        ht_near(gap_s, -0.2, 1e-3, 0);
    }
    assert_true(ov_record_gap(o, 9.7, &gap_s)); /* official times */
    ht_near(gap_s, 9.58 - 9.78, 1e-9, 0);
    hm_overlay_destroy(o);
    stage_close(&s);
}

static void the_board_has_ghosts_where_their_times_are(void **state)
{
    (void)state;
    stage s;
    stage_open(&s, 6.0);
    for (int32_t i = 0; i < 8; i++) /* 10.34 10.00 9.84 9.58 9.93 9.71 10.34 10.00 */
        s.rivals.ghost[i] = (hm_ghost){&s.other, i, i + 1};
    s.rivals.n_ghost = 8;
    hm_overlay *o = NULL;
    ov_board_line row[OV_BOARD_ROWS];
    assert_int_equal(hm_overlay_new(&s.film, &s.race, &(hm_overlay_opts){.w_px = W, .h_px = H},
                                    NULL, NULL, &o, NULL),
                     HM_OK);
    int32_t n = ov_board_rows(o, row), last_cs = 0, n_ghost = 0;
    assert_int_equal(n, OV_BOARD_ROWS);
    for (int32_t i = 0; i < n; i++) {
        const hm_lane *l =
            row[i].is_ghost ? &s.other.lane[row[i].i] : &s.race.lane[o->result[row[i].i]];
        assert_true(l->official_cs >= last_cs);
        last_cs = l->official_cs;
        n_ghost += row[i].is_ghost;
    }
    assert_int_equal(n_ghost, OV_BOARD_ROWS - 5); /* the slowest has no room */
    hm_overlay_destroy(o);
    stage_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ghost_takes_his_own_lane_or_the_free_one_next_to_it),
        cmocka_unit_test(the_line_is_where_the_record_was),
        cmocka_unit_test(the_line_lies_on_the_ground_across_the_lanes_and_nowhere_else),
        cmocka_unit_test(a_ghost_is_seen_in_his_lane_and_nowhere_else),
        cmocka_unit_test(the_gap_is_what_parts_leader_and_record),
        cmocka_unit_test(the_board_has_ghosts_where_their_times_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
