/* What looks do to bodies and pictures: volumes stay, soles stay, the leading edge stays; a shot
 * may have a look of its own; the sheet of all looks. */
#include "film_steps.h"
#include "ht.h"
#include "look_priv.h"
#include "motion_priv.h"

#include <string.h>

#include "stage/look_sheet.h"
#include "stage/show.h"

/* One race with its runners as a look makes them. */
typedef struct rig {
    hm_arena a;
    hm_race race;
    hm_cast cast;
    const hm_look *look;
    void *own;
    look_film film;
    hm_moment moment;
    look_drawing drawing;
} rig;

static void rig_of(rig *g, const char *look)
{
    hm_arena_init(&g->a, 0);
    g->race = film_race_stepping(&g->a, FILM_RACE_TEN);
    g->race.n_lane = 2;
    g->look = hm_look_find(look);
    const hm_option_table *table = hm_look_table(g->look);
    g->own = hm_arena_push(&g->a, table->size, 1);
    hm_option_defaults(table, g->own);
    hm_err err = {0};
    assert_int_equal(hm_cast_build(&g->race, NULL, 1, &g->a, &g->cast, &err), HM_OK);
    g->film = (look_film){.race = &g->race, .cast = &g->cast, .own = g->own, .fps = 24};
    g->moment = (hm_moment){0};
    g->drawing = (look_drawing){&g->film, &g->moment, 0, NULL, &g->a};
}

static void set(rig *g, const char *name, double value)
{
    const hm_option *row = hm_option_find(hm_look_table(g->look), name);
    assert_non_null(row);
    memcpy((char *)g->own + row->offset, &value, sizeof value);
}

/* The first runner's skin at an instant, as it is and as the look leaves it. */
typedef struct skins {
    const hm_mesh *mesh;
    hm_pose pose;
    hm_vec3 *plain, *made;
} skins;

static skins skins_at(rig *g, double t_s)
{
    const hm_player *pl = &g->cast.player[0];
    skins s = {.mesh = &pl->mesh[HM_DETAIL_MIDDLE]};
    s.plain = HM_PUSH(&g->a, hm_vec3, s.mesh->n_vert);
    s.made = HM_PUSH(&g->a, hm_vec3, s.mesh->n_vert);
    hm_vec3 *nrm = HM_PUSH(&g->a, hm_vec3, s.mesh->n_vert);
    g->moment.race_t_s = t_s;
    hm_gait_pose(&pl->gait, t_s, &s.pose);
    hm_mesh_skin(s.mesh, &s.pose, s.plain, nrm);
    memcpy(s.made, s.plain, (size_t)s.mesh->n_vert * sizeof *s.made);
    hm_mien mien = hm_mien_of(HM_MOOD_CALM);
    g->look->skin(&g->drawing, &(look_body){0, pl, &s.pose, &mien}, s.mesh, s.made, nrm);
    return s;
}

/* By the divergence theorem, about the centre of mass so that floats suffice. */
static double volume_m3(const skins *s, const hm_vec3 *pos_m)
{
    double sum = 0;
    for (int32_t k = 0; k < s->mesh->n_tri; k++) {
        hm_vec3 p[3];
        for (int c = 0; c < 3; c++)
            p[c] = hm_v3_sub(pos_m[s->mesh->tri[k][c]], s->pose.com_m);
        sum += (double)hm_v3_dot(p[0], hm_v3_cross(p[1], p[2])) / 6;
    }
    return sum;
}

static double height_m(const skins *s, const hm_vec3 *pos_m)
{
    float lo = 1e9f, hi = -1e9f;
    for (int32_t v = 0; v < s->mesh->n_vert; v++) {
        lo = pos_m[v].y < lo ? pos_m[v].y : lo;
        hi = pos_m[v].y > hi ? pos_m[v].y : hi;
    }
    return (double)(hi - lo);
}

static void rubber_keeps_its_volume(void **state)
{
    (void)state;
    rig g;
    rig_of(&g, "elastic");
    set(&g, "head_frac", 0), set(&g, "hand_frac", 0), set(&g, "foot_frac", 0);
    set(&g, "sway_m", 0);
    double most = 0;
    for (double t_s = 4; t_s < 5; t_s += 0.02) {
        skins s = skins_at(&g, t_s);
        double before = volume_m3(&s, s.plain), after = volume_m3(&s, s.made);
        assert_true(before > 0.02);
        assert_true(fabs(after / before - 1) < 1e-4);
        most = fmax(most, fabs(height_m(&s, s.made) / height_m(&s, s.plain) - 1));
    }
    assert_true(most > 0.04); /* it is squashed and stretched */
    hm_arena_free(&g.a);
}

/* The place of the sole under the ball of the foot that bears. */
static int32_t sole_of(const rig *g, const hm_mesh *mesh, int side)
{
    hm_vec3 ball = g->cast.player[0].shape.joint_m[hm_bone_of(side, HM_SIDE_TOE)];
    ball.y = 0;
    int32_t best = 0;
    for (int32_t v = 1; v < mesh->n_vert; v++)
        if (hm_v3_len(hm_v3_sub(mesh->rest_m[v], ball)) <
            hm_v3_len(hm_v3_sub(mesh->rest_m[best], ball)))
            best = v;
    return best;
}

static void soles_stay(const char *look, float within_m)
{
    rig g;
    rig_of(&g, look);
    if (strcmp(look, "smear") == 0)
        set(&g, "obsession_frac", 1);
    int n = 0;
    for (int32_t k = 14; k < 20; k++) {
        const hm_step *st = &g.race.lane[0].step[k];
        for (int i = 1; i < 6; i++) {
            skins s = skins_at(&g, st->on_s + (st->off_s - st->on_s) * i / 8);
            int32_t v = sole_of(&g, s.mesh, st->foot == HM_FOOT_LEFT ? 0 : 1);
            float moved = hm_v3_len(hm_v3_sub(s.made[v], s.plain[v]));
            if (moved > within_m)
                fail_msg("%s: step %d, %d/8: %.1f mm", look, (int)k, i, 1e3 * (double)moved);
            n++;
        }
    }
    assert_int_equal(n, 30);
    hm_arena_free(&g.a);
}

static void a_foot_that_bears_stays_where_the_race_has_it(void **state)
{
    (void)state;
    soles_stay("elastic", 0.010f);
    soles_stay("rotoscope", 0.002f);
    soles_stay("smear", 0.002f);
}

/* Height of the shoulder joints over the chest's frame that a look adds: mean of the skin there. */
static double shrug_m(rig *g, double t_s)
{
    skins s = skins_at(g, t_s);
    hm_vec3 up = s.pose.bone[HM_BONE_CHEST].y;
    double sum = 0;
    int n = 0;
    for (int32_t v = 0; v < s.mesh->n_vert; v++)
        if (s.mesh->bone[v][0] == hm_bone_of(0, HM_SIDE_UPPER_ARM) && s.mesh->weight[v][0] > 200)
            sum += (double)hm_v3_dot(hm_v3_sub(s.made[v], s.plain[v]), up), n++;
    assert_true(n > 3);
    return sum / n;
}

/* Toward the gun shoulders rise; who is ragged stays tense; at the gun they are let go. */
static void shoulders_rise_toward_the_gun(void **state)
{
    (void)state;
    rig g;
    rig_of(&g, "rotoscope");
    set(&g, "sway_m", 0), set(&g, "breath_frac", 0);
    g.race.lane[0].form = "ragged";
    double early = shrug_m(&g, -9.5), marks = shrug_m(&g, -3.5), in_set = shrug_m(&g, -0.6);
    assert_true(early < 0.002 && marks > early + 0.008 && in_set > marks + 0.004);
    assert_true(shrug_m(&g, 1) < 0.004);
    hm_arena_free(&g.a);
}

static double below_foot_m(rig *g, double t_s)
{
    skins s = skins_at(g, t_s);
    double most = 0;
    for (int32_t v = 0; v < s.mesh->n_vert; v++)
        if (s.mesh->bone[v][0] == hm_bone_of(0, HM_SIDE_TOE))
            most = fmax(most, (double)hm_v3_len(hm_v3_sub(s.made[v], s.plain[v])));
    return most;
}

/* A sole that comes off gapes in the air and lies flat under the foot that bears. */
static void a_torn_sole_gapes_in_the_air_only(void **state)
{
    (void)state;
    rig g;
    rig_of(&g, "elastic");
    const char *const zero[] = {"head_frac", "hand_frac", "foot_frac", "stretch_frac",
                                "sway_m",    "bounce_m",  "face_frac"};
    for (int i = 0; i < 7; i++)
        set(&g, zero[i], 0);
    const hm_step *st = &g.race.lane[0].step[15];
    assert_int_equal(st->foot, HM_FOOT_LEFT);
    double air_s = 0.5 * (st->off_s + st[2].on_s), stand_s = 0.5 * (st->on_s + st->off_s);
    assert_true(below_foot_m(&g, air_s) < 1e-5);
    g.cast.player[0].costume.torn = true;
    assert_true(below_foot_m(&g, air_s) > 0.02);
    assert_true(below_foot_m(&g, stand_s) < 1e-5);
    hm_arena_free(&g.a);
}

static void a_smear_draws_out_what_trails_and_nothing_else(void **state)
{
    (void)state;
    rig g;
    rig_of(&g, "smear");
    set(&g, "obsession_frac", 0);
    skins s = skins_at(&g, 5);
    assert_memory_equal(s.made, s.plain, (size_t)s.mesh->n_vert * sizeof *s.made);
    set(&g, "obsession_frac", 1);
    s = skins_at(&g, 5);
    float front_plain = -1e9f, front_made = -1e9f, most = 0;
    for (int32_t v = 0; v < s.mesh->n_vert; v++) {
        front_plain = s.plain[v].z > front_plain ? s.plain[v].z : front_plain;
        front_made = s.made[v].z > front_made ? s.made[v].z : front_made;
        float moved = hm_v3_len(hm_v3_sub(s.made[v], s.plain[v]));
        most = moved > most ? moved : most;
    }
    assert_true(fabsf(front_made - front_plain) < 0.002f);
    assert_true(most > 0.3f);
    hm_arena_free(&g.a);
}

static float lost_at(rig *g, double t_s)
{
    hm_object objects[LOOK_OBJECT_MAX + 1];
    hm_scene scene = {.object = objects, .camera = {.eye_m = {-8, 1, 50}, .vfov_rad = 0.6f}};
    hm_paint_params paint = hm_paint_params_of(hm_paint_find("motion"));
    hm_err err = {0};
    g->moment.race_t_s = t_s;
    const look_scene ls = {&scene, objects, LOOK_OBJECT_MAX, &paint};
    assert_int_equal(g->look->scene(&g->drawing, &ls, &err), HM_OK);
    float lost = ((const motion_own *)paint.own)->lost;
    assert_true((lost > 0) == (scene.n_object > 0) || lost < 0.1f);
    return lost;
}

/* From the race: nothing before the gun, much at 70 m, everything clear in the instant of the line.
 */
static void obsession_grows_with_the_race_and_is_gone_at_the_line(void **state)
{
    (void)state;
    rig g;
    rig_of(&g, "smear");
    const hm_lane *first = &g.race.lane[0];
    for (int32_t i = 1; i < g.race.n_lane; i++)
        first = g.race.lane[i].time_us < first->time_us ? &g.race.lane[i] : first;
    double line_s = 1e-6 * (double)first->time_us;
    assert_true(lost_at(&g, -0.5) <= 0);
    float early = lost_at(&g, hm_curve_time_s(&first->curve, 30));
    float late = lost_at(&g, hm_curve_time_s(&first->curve, 70));
    assert_true(early > 0 && late > early && late > 0.6f);
    assert_true(lost_at(&g, line_s) <= 0.001f);
    set(&g, "obsession_frac", 0.3);
    assert_true(fabsf(lost_at(&g, line_s) - 0.3f) < 1e-6f);
    hm_arena_free(&g.a);
}

/* ---- pictures ---- */

static hm_film staged(const hm_race *r, const char *look, hm_arena *a)
{
    hm_direct_opts o = hm_direct_opts_default();
    o.w_px = 96, o.h_px = 64, o.look = look;
    hm_film f = {0};
    hm_err e = {0};
    assert_int_equal(hm_direct(r, &o, a, &f, &e), HM_OK);
    return f;
}

static void draw(const hm_race *r, const hm_film *f, double at_s, uint8_t out[96 * 64 * 4])
{
    hm_show_opts o = hm_show_opts_default();
    o.w_px = 96, o.h_px = 64, o.n_hold = 2, o.overlays = false, o.look = f->look;
    o.venue.hour = HM_HOUR_DAY;
    hm_show *show = NULL;
    hm_err e = {0};
    assert_int_equal(hm_show_new(r, f, &o, &show, &e), HM_OK);
    const hm_picture *pic;
    assert_int_equal(hm_show_draw_at(show, 0, at_s, &pic, &e), HM_OK);
    for (int y = 0; y < 64; y++)
        memcpy(out + 96 * 4 * y, pic->rgbx + (size_t)y * (size_t)pic->stride, 96 * 4);
    hm_show_destroy(show);
}

static void a_shot_may_have_a_look_of_its_own(void **state)
{
    (void)state;
    static uint8_t mixed[96 * 64 * 4], plain[96 * 64 * 4], traced[96 * 64 * 4];
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race_stepping(&a, FILM_RACE_TEN);
    hm_film f = staged(&r, "broadcast", &a), g = staged(&r, "rotoscope", &a);
    f.shot[4].look = "rotoscope";
    double own_s = 0.5 * (f.shot[4].from_s + f.shot[4].to_s);
    double other_s = 0.5 * (f.shot[3].from_s + f.shot[3].to_s);
    draw(&r, &f, own_s, mixed);
    draw(&r, &g, own_s, traced);
    assert_memory_equal(mixed, traced, sizeof mixed);
    draw(&r, &f, other_s, mixed);
    draw(&r, &g, other_s, traced);
    f.shot[4].look = "";
    draw(&r, &f, other_s, plain);
    assert_memory_equal(mixed, plain, sizeof mixed);
    assert_true(memcmp(mixed, traced, sizeof mixed) != 0);
    hm_arena_free(&a);
}

static void a_sheet_of_looks_is_the_same_on_any_number_of_threads(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race r = film_race_stepping(&a, FILM_RACE_TEN);
    static const char *const some[] = {"rain", "elastic", "rotoscope", "smear"};
    r.n_lane = 3;
    hm_picture one, two;
    hm_err e = {0};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(hm_look_sheet(&r, some[i], 96, 64, 1, &a, &one, &e), HM_OK);
        assert_int_equal(hm_look_sheet(&r, some[i], 96, 64, 2, &a, &two, &e), HM_OK);
        assert_true(one.w_px > 4 * 96 && one.h_px > 64 && one.h_px < 2 * 64);
        assert_memory_equal(one.rgbx, two.rgbx, (size_t)one.stride * (size_t)one.h_px);
    }
    assert_int_equal(hm_look_sheet(&r, "nosuch", 96, 64, 1, &a, &two, &e), HM_ERR_USAGE);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rubber_keeps_its_volume),
        cmocka_unit_test(a_foot_that_bears_stays_where_the_race_has_it),
        cmocka_unit_test(shoulders_rise_toward_the_gun),
        cmocka_unit_test(a_torn_sole_gapes_in_the_air_only),
        cmocka_unit_test(a_smear_draws_out_what_trails_and_nothing_else),
        cmocka_unit_test(obsession_grows_with_the_race_and_is_gone_at_the_line),
        cmocka_unit_test(a_shot_may_have_a_look_of_its_own),
        cmocka_unit_test(a_sheet_of_looks_is_the_same_on_any_number_of_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
