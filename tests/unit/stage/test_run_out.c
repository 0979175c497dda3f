/* Nobody runs into anything: bodies of every shipped race against what stands about in every
 * venue, from behind the blocks to the end of the film. The same bodies run in every look. */
#include "ht.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "body/gait.h"
#include "data/sheet.h"
#include "race/replay.h"
#include "stage/look.h"
#include "stage/venue.h"

typedef struct solid {
    hm_vec3 p[3], lo, hi;
} solid;

enum { SOLID_MAX = 60000 };

typedef struct place {
    int32_t n;
    solid *s;
} place;

static hm_vec3 least(hm_vec3 a, hm_vec3 b)
{
    return hm_v3(fminf(a.x, b.x), fminf(a.y, b.y), fminf(a.z, b.z));
}

static hm_vec3 most(hm_vec3 a, hm_vec3 b)
{
    return hm_v3(fmaxf(a.x, b.x), fmaxf(a.y, b.y), fmaxf(a.z, b.z));
}

/* Everything but the ground, up to the height of a raised hand, near the straight; without the
 * blocks, which feet are meant to touch. */
static place solids_of(const hm_venue *v, hm_arena *a)
{
    place out = {0, HM_PUSH(a, solid, SOLID_MAX)};
    for (int32_t i = 1; i < v->n_object; i++)
        for (int32_t k = 0; k < v->object[i].n_tri; k++) {
            const hm_object *o = &v->object[i];
            const int32_t *t = o->tri[k];
            solid s = {{o->pos_m[t[0]], o->pos_m[t[1]], o->pos_m[t[2]]}, {0, 0, 0}, {0, 0, 0}};
            s.lo = least(s.p[0], least(s.p[1], s.p[2]));
            s.hi = most(s.p[0], most(s.p[1], s.p[2]));
            bool is_near = s.hi.x > -9 && s.lo.x < 9 && s.lo.y < 2.5f && s.hi.z > -14;
            if (!is_near || (s.hi.z < 1 && s.hi.y < 0.35f))
                continue;
            assert_true(out.n < SOLID_MAX);
            out.s[out.n++] = s;
        }
    return out;
}

/* Does the way from a to b pass through the triangle? */
static bool meets(const solid *s, hm_vec3 a, hm_vec3 b)
{
    hm_vec3 lo = least(a, b), hi = most(a, b);
    if (lo.x > s->hi.x || lo.y > s->hi.y || lo.z > s->hi.z || hi.x < s->lo.x || hi.y < s->lo.y ||
        hi.z < s->lo.z)
        return false;
    hm_vec3 d = hm_v3_sub(b, a), u = hm_v3_sub(s->p[1], s->p[0]), v = hm_v3_sub(s->p[2], s->p[0]);
    hm_vec3 q = hm_v3_cross(d, v), from = hm_v3_sub(a, s->p[0]);
    float det = hm_v3_dot(u, q);
    if (fabsf(det) < 1e-12f)
        return false;
    float i = hm_v3_dot(from, q) / det;
    hm_vec3 r = hm_v3_cross(from, u);
    float j = hm_v3_dot(d, r) / det, k = hm_v3_dot(v, r) / det;
    return i >= 0 && j >= 0 && i + j <= 1 && k >= 0 && k <= 1;
}

/* Where a body meets something: limbs at one instant, joints on their way to the next. */
static bool body_meets(const place *p, const hm_vec3 now[HM_BONE_COUNT],
                       const hm_vec3 was[HM_BONE_COUNT], hm_vec3 *where)
{
    hm_vec3 hi = now[0], lo = now[0];
    for (int b = 0; b < HM_BONE_COUNT; b++) {
        lo = least(lo, least(now[b], was[b]));
        hi = most(hi, most(now[b], was[b]));
    }
    lo.x -= 0.4f, hi.x += 0.4f;
    for (int32_t i = 0; i < p->n; i++) {
        const solid *s = &p->s[i];
        if (lo.x > s->hi.x || lo.y > s->hi.y || lo.z > s->hi.z || hi.x < s->lo.x ||
            hi.y < s->lo.y || hi.z < s->lo.z)
            continue;
        hm_vec3 hip = now[HM_BONE_PELVIS], wide = hm_v3(0.4f, 0, 0);
        *where = hip;
        if (meets(s, hm_v3_sub(hip, wide), hm_v3_add(hip, wide)))
            return true;
        for (int b = 0; b < HM_BONE_COUNT; b++)
            if (meets(s, was[b], now[b]) || meets(s, now[HM_BONE_PELVIS], now[b])) {
                *where = now[b];
                return true;
            }
    }
    return false;
}

static void check_lane(const char *file, const hm_race *race, const hm_lane *lane, const place *p,
                       double end_s, hm_arena *a)
{
    hm_shape shape = hm_shape_of(lane, race->seed);
    hm_gait gait;
    hm_err err = {0};
    hm_vec3 joint[2][HM_BONE_COUNT], where;
    assert_int_equal(hm_gait_plan(lane, &shape, NULL, a, &gait, &err), HM_OK);
    int n = 0;
    for (double t = -12; t < end_s; t += 0.05, n++) {
        hm_pose pose;
        hm_gait_pose(&gait, t, &pose);
        for (int b = 0; b < HM_BONE_COUNT; b++)
            joint[n & 1][b] = hm_frame_point(&pose.bone[b], shape.joint_m[b]);
        if (n > 0 && body_meets(p, joint[n & 1], joint[1 - (n & 1)], &where))
            fail_msg("%s: lane %d meets something %.2f s after the gun at %.2f %.2f %.2f", file,
                     (int)lane->lane, t, (double)where.x, (double)where.y, (double)where.z);
    }
}

static void check_race(const char *path, const char *name)
{
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_sheet sheet;
    hm_race race;
    hm_err err = {0};
    hm_sheet_opts so = hm_sheet_opts_default();
    assert_int_equal(hm_sheet_read(path, &so, &a, &sheet, &err), HM_OK);
    assert_int_equal(hm_race_replay(&sheet, NULL, &a, &race, &err), HM_OK);
    double end_s = 0;
    for (int32_t look = 0; hm_look_at(look); look++) { /* the longest film of it */
        hm_direct_opts d = hm_direct_opts_default();
        hm_film film = {0};
        d.cut = HM_CUT_LOOK;
        d.look = hm_look_name(hm_look_at(look));
        assert_int_equal(hm_look_direct(hm_look_at(look), &race, &d, &a, &film, &err), HM_OK);
        for (int32_t i = 0; i < film.n_shot; i++)
            end_s = fmax(end_s, film.shot[i].race_to_s);
    }
    for (int k = 0; k < 2; k++) {
        hm_venue_opts o = hm_venue_opts_default();
        hm_venue venue;
        o.kind = k ? HM_VENUE_SCHOOL : HM_VENUE_STADIUM;
        assert_int_equal(hm_venue_build(&race, &o, &a, &venue, &err), HM_OK);
        place p = solids_of(&venue, &a);
        for (int32_t i = 0; i < race.n_lane; i++)
            if (race.lane[i].status != HM_RUN_DNS)
                check_lane(name, &race, &race.lane[i], &p, end_s, &a);
    }
    hm_arena_free(&a);
}

static void nobody_runs_into_anything_before_the_film_ends(void **state)
{
    (void)state;
    char dir_path[1024], path[1400];
    int n = 0;
    snprintf(dir_path, sizeof dir_path, "%s/races", getenv("HM_DATA_DIR"));
    DIR *dir = opendir(dir_path);
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));)
        if (strstr(e->d_name, ".csv")) {
            snprintf(path, sizeof path, "%s/%.250s", dir_path, e->d_name);
            check_race(path, e->d_name);
            n++;
        }
    closedir(dir);
    assert_true(n >= 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_runs_into_anything_before_the_film_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
