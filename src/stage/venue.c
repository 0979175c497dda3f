#include "stage/venue.h"

#include "crowd_priv.h"
#include "hot_priv.h"
#include "props_priv.h"
#include "venue_priv.h"

#include "base/rng.h"

#define OPTS_COOKIE 0x7665u

enum { OBJ_GROUND, OBJ_STAND, OBJ_CROWD, OBJ_NEAR, OBJ_FAR, OBJ_MASTS, OBJ_FLAGS, OBJ_COUNT };

hm_venue_opts hm_venue_opts_default(void)
{
    return (hm_venue_opts){.cookie = OPTS_COOKIE,
                           .kind = HM_VENUE_AUTO,
                           .hour = HM_HOUR_AUTO,
                           .attendance_frac = 0.93f};
}

static bool all_standing(const hm_race *race)
{
    for (int32_t i = 0; i < race->n_lane; i++)
        if (!race->lane[i].start.standing && race->lane[i].age_yr >= 13.0)
            return false;
    return race->n_lane > 0;
}

static int32_t lanes_painted(const hm_race *race)
{
    int32_t n = 8;
    for (int32_t i = 0; i < race->n_lane; i++)
        if (race->lane[i].lane > n)
            n = race->lane[i].lane;
    return n;
}

static bool has_word(const char *text, const char *word)
{
    for (; text && *text; text++) {
        int k = 0;
        while (word[k] && (text[k] | 32) == word[k])
            k++;
        if (!word[k])
            return k == 0 || !word[k];
    }
    return false;
}

static hm_venue_hour hour_of(const hm_race *race, hm_venue_kind kind)
{
    if (kind == HM_VENUE_SCHOOL)
        return HM_HOUR_DAY;
    bool last = has_word(race->round, "final") && !has_word(race->round, "semi");
    return last ? HM_HOUR_EVENING : HM_HOUR_DAY;
}

/* Smooth noise that tiles: random bytes, averaged 3 x 3, stretched back; then each with those
 * beside and below it. */
static hm_status make_noise(uint32_t seed, hm_arena *arena, venue_set *set, hm_err *err)
{
    enum { N = VENUE_NOISE_SIDE };
    uint8_t *raw = HM_PUSH(arena, uint8_t, N * N), *one = HM_PUSH(arena, uint8_t, N * N);
    uint32_t *out = HM_PUSH(arena, uint32_t, N * N);
    if (!raw || !one || !out)
        return hm_err_set(err, HM_ERR_SYSTEM, "venue", 0, 0, NULL, "no memory for the ground");
    for (uint32_t i = 0; i < N * N; i++)
        raw[i] = (uint8_t)(venue_hash(i, seed) >> 24);
    for (uint32_t y = 0; y < N; y++)
        for (uint32_t x = 0; x < N; x++) {
            int32_t sum = 0;
            for (uint32_t k = 0; k < 9; k++)
                sum += raw[((y + k / 3u + N - 1u) % N) * N + (x + k % 3u + N - 1u) % N];
            float v = 127.5f + ((float)sum / 9.0f - 127.5f) * 2.0f;
            one[y * N + x] = (uint8_t)venue_clamp(v, 0.0f, 255.0f);
        }
    for (uint32_t y = 0; y < N; y++)
        for (uint32_t x = 0; x < N; x++) {
            const uint8_t *a = one + y * N, *b = one + (y + 1) % N * N;
            uint32_t x1 = (x + 1) % N;
            out[y * N + x] =
                a[x] | (uint32_t)a[x1] << 8 | (uint32_t)b[x] << 16 | (uint32_t)b[x1] << 24;
        }
    set->noise = out;
    return HM_OK;
}

/* How loud the crowd is: murmur, hush at "set", growing with the race, an outburst at the line. */
static float heat_at(const hm_race *race, double t_s)
{
    double end_s = 0.0;
    for (int32_t i = 0; i < race->n_lane; i++) {
        double t = (double)race->lane[i].time_us * 1e-6;
        if (t > 0.0 && (end_s == 0.0 || t < end_s))
            end_s = t;
    }
    if (end_s == 0.0)
        end_s = 12.0;
    float t = (float)t_s, k = (float)(t_s / end_s);
    if (t < 0.0f)
        return 0.12f * venue_step(2.0f, 5.0f, -t);
    if (k < 1.0f)
        return 0.15f + 0.45f * k * k;
    float after = t - (float)end_s;
    return 0.60f + 0.40f * venue_step(0.0f, 1.2f, after) - 0.55f * venue_step(6.0f, 20.0f, after);
}

static venue_now now_at(const venue_set *set, const hm_race *race, double t_s, hm_vec3 eye_m)
{
    venue_now now = {.set = set, .eye_m = eye_m, .t_s = (float)t_s};
    now.per_eye_y = 1.0f / (eye_m.y > 0.05f ? eye_m.y : 0.05f);
    for (int32_t i = 0; i < race->n_lane; i++) {
        const hm_lane *l = &race->lane[i];
        float z = l->curve.n > 0 ? (float)hm_curve_x_m(&l->curve, t_s) : 0.0f;
        now.leader_z_m = z > now.leader_z_m ? z : now.leader_z_m;
    }
    for (int32_t k = 0; k < set->bowl.n_facet; k++) {
        const venue_facet *f = &set->bowl.facet[k];
        hm_vec3 d = hm_v3_sub(eye_m, f->foot_m);
        now.eye_facet_m[k] = hm_v3(hm_v3_dot(d, f->along), eye_m.y, hm_v3_dot(d, f->out));
    }
    now.heat = heat_at(race, t_s);
    for (int32_t i = 0; i < 256; i++) {
        float k = (float)i * (1.0f / 256.0f);
        now.stand_m[i] = 0.42f + 0.03f * venue_wave(now.t_s * (0.8f + 0.5f * k) + k);
    }
    return now;
}

/* Multiples of what the look has for lit and shaded things; bounce is the red track from below. */
static hm_light light_of(hm_venue_hour hour)
{
    if (hour == HM_HOUR_EVENING)
        return (hm_light){.to_sun = hm_v3_unit(hm_v3(-0.55f, 0.85f, 0.35f)),
                          .sun = {1.03f, 1.01f, 0.98f},
                          .sky = {0.86f, 0.90f, 1.06f},
                          .bounce = {1.04f, 0.86f, 0.84f}};
    return (hm_light){.to_sun = hm_v3_unit(hm_v3(-0.5f, 0.9f, 0.55f)),
                      .sun = {1.03f, 1.0f, 0.95f},
                      .sky = {1.0f, 1.04f, 1.08f},
                      .bounce = {1.16f, 0.96f, 0.88f}};
}

static float wind_of(const hm_race *race)
{
    return race->has_wind ? (float)race->wind_mps : 0.6f;
}

/* What the files of the venue read. */
static hm_status set_init(const hm_race *race, const hm_venue_opts *o, hm_arena *arena,
                          venue_set *set, hm_err *err)
{
    static const char *const slogan[3] = {"HECTOMETRE", "100 m", "ONE STRAIGHT LINE"};
    set->kind = o->kind != HM_VENUE_AUTO ? o->kind
                : all_standing(race)     ? HM_VENUE_SCHOOL
                                         : HM_VENUE_STADIUM;
    set->hour = o->hour != HM_HOUR_AUTO ? o->hour : hour_of(race, set->kind);
    set->seed = hm_rng(race->seed, HM_FOR_VENUE, 0, 0, 0).u[0];
    set->attendance_frac = o->attendance_frac;
    set->track = venue_track_of(lanes_painted(race));
    HM_TRY(make_noise(set->seed, arena, set, err));
    HM_TRY(venue_sky_of(set->kind, set->hour, set->seed, arena, &set->sky, err));
    HM_TRY(venue_text_of("0123456789", arena, &set->digits, err));
    for (int k = 0; k < 3; k++)
        HM_TRY(venue_text_of(slogan[k], arena, &set->slogan[k], err));
    return HM_OK;
}

/* Flags on the rims behind the start and behind the finish. */
static hm_status build_flags(venue_set *set, venue_mesh *masts, hm_arena *arena, hm_err *err)
{
    enum { ROW = 9 };
    hm_vec3 top[2 * ROW];
    HM_TRY(venue_mesh_init(masts, 2 * ROW * 6, arena, err));
    for (int k = 0; k < 2 * ROW; k++) {
        bool finish = k >= ROW;
        int i = k % ROW; /* a gap where the screen stands */
        float x = i < 3 ? -11.0f + 8.0f * (float)i : 12.0f + 9.0f * (float)i,
              z = finish ? VENUE_BOWL_HI_M + 20.5f : VENUE_BOWL_LO_M - 20.5f;
        top[k] = hm_v3(x, 20.6f, z);
        venue_mesh_block(masts, hm_v3(x, 17.0f, z), hm_v3(0.05f, 3.7f, 0.05f), PROP_WHITE);
    }
    props_flags *f = HM_PUSH(arena, props_flags, 1);
    if (!f)
        return hm_err_set(err, HM_ERR_SYSTEM, "venue", 0, 0, NULL, "no memory for flags");
    HM_TRY(props_flags_of(top, 2 * ROW, arena, f, err));
    set->flags = f;
    return HM_OK;
}

static hm_status build_stadium(venue_set *set, const hm_race *race, hm_arena *arena, hm_venue *v,
                               hm_object *obj, hm_err *err)
{
    venue_mesh m = {0};
    HM_TRY(venue_ground_mesh(&m, arena, err));
    obj[OBJ_GROUND] = venue_mesh_object(&m, NULL, NULL, HM_OBJECT_GROUND);
    obj[OBJ_GROUND].colours = HOT_PICK(venue_track_colours);
    obj[OBJ_GROUND].rest_m = NULL; /* the place itself */
    venue_bowl_of(&set->track, &set->bowl);
    venue_light_facets(&set->bowl, set->hour, light_of(set->hour).to_sun, set->facet_light);
    HM_TRY(venue_stand_mesh(&set->bowl, &m, arena, err));
    obj[OBJ_STAND] = venue_mesh_object(&m, HOT_PICK(venue_stand_surface), NULL, 0);
    HM_TRY(crowd_cast_of(&set->bowl, set->seed, set->attendance_frac, arena, &set->cast, err));
    HM_TRY(venue_crowd_mesh(&set->bowl, &m, arena, err));
    obj[OBJ_CROWD] = venue_mesh_object(&m, NULL, NULL, HM_OBJECT_SOFT | HM_OBJECT_BRIGHT);
    obj[OBJ_CROWD].colours = HOT_PICK(venue_crowd_colours);
    HM_TRY(props_near(race, &set->track, true, &m, &v->panel[2], arena, err));
    obj[OBJ_NEAR] = venue_mesh_object(&m, props_surface, NULL, HM_OBJECT_SHADOW | HM_OBJECT_INK);
    HM_TRY(props_far(&set->track, &m, v->panel, arena, err));
    obj[OBJ_FAR] = venue_mesh_object(&m, props_surface, NULL, 0);
    v->n_panel = 3;
    HM_TRY(build_flags(set, &m, arena, err));
    obj[OBJ_MASTS] = venue_mesh_object(&m, props_surface, NULL, 0);
    v->n_object = OBJ_COUNT;
    return HM_OK;
}

static hm_status build_school(venue_set *set, const hm_race *race, hm_arena *arena, hm_venue *v,
                              hm_object *obj, hm_err *err)
{
    enum { GROUND, HOUSE, TREES, NEAR, COUNT };
    venue_mesh m = {0};
    HM_TRY(venue_ground_mesh(&m, arena, err));
    obj[GROUND] = venue_mesh_object(&m, HOT_PICK(venue_yard_surface), NULL, HM_OBJECT_GROUND);
    HM_TRY(venue_house_mesh(&m, arena, err));
    obj[HOUSE] = venue_mesh_object(&m, HOT_PICK(venue_house_surface), NULL, HM_OBJECT_SHADOW);
    HM_TRY(venue_yard_trees(&set->track, set->seed, &m, arena, err));
    obj[TREES] = venue_mesh_object(&m, props_surface, NULL, HM_OBJECT_SHADOW);
    HM_TRY(venue_yard_props(race, &set->track, &m, arena, err));
    obj[NEAR] = venue_mesh_object(&m, props_surface, NULL, HM_OBJECT_SHADOW | HM_OBJECT_INK);
    v->n_object = COUNT;
    return HM_OK;
}

/* Point the objects at an instant; flags get their places for it. */
static hm_status objects_at(const hm_venue *v, const venue_now *now, float wind_mps,
                            hm_arena *scratch, hm_object out[], hm_err *err)
{
    hm_object flags = {0};
    if (v->set->flags)
        HM_TRY(props_flags_at(v->set->flags, now->t_s, wind_mps, scratch, &flags, err));
    for (int32_t i = 0; i < v->n_object; i++) {
        out[i] = i == OBJ_FLAGS ? flags : v->object[i];
        out[i].surface_ctx = now;
    }
    return HM_OK;
}

hm_status hm_venue_build(const hm_race *race, const hm_venue_opts *opts, hm_arena *arena,
                         hm_venue *v, hm_err *err)
{
    hm_venue_opts o = opts ? *opts : hm_venue_opts_default();
    HM_ASSERT(o.cookie == OPTS_COOKIE);
    if (!(o.attendance_frac >= 0.0f && o.attendance_frac <= 1.0f))
        return hm_err_set(err, HM_ERR_USAGE, "attendance_frac", 0, 0, "attendance_frac",
                          "expected 0..1");
    venue_set *set = HM_PUSH(arena, venue_set, 1);
    hm_object *obj = HM_PUSH(arena, hm_object, OBJ_COUNT);
    venue_now *now = HM_PUSH(arena, venue_now, 1);
    if (!set || !obj || !now)
        return hm_err_set(err, HM_ERR_SYSTEM, "venue", 0, 0, NULL, "no memory");
    HM_TRY(set_init(race, &o, arena, set, err));
    hm_venue r = {.kind = set->kind,
                  .hour = set->hour,
                  .n_lane = set->track.n_lane,
                  .object = obj,
                  .sky = HOT_PICK(venue_sky_at),
                  .sky_ctx = &set->sky,
                  .light = light_of(set->hour),
                  .haze = set->sky.low,
                  .haze_per_m = 0.0012f,
                  .set = set};
    if (set->hour == HM_HOUR_EVENING) {
        r.haze = (hm_rgb){0.24f, 0.25f, 0.36f};
        r.haze_per_m = 0.0006f;
    }
    if (set->kind == HM_VENUE_SCHOOL)
        HM_TRY(build_school(set, race, arena, &r, obj, err));
    else
        HM_TRY(build_stadium(set, race, arena, &r, obj, err));
    *now = now_at(set, race, -60.0, hm_v3(-9.0f, 3.0f, 50.0f));
    HM_TRY(objects_at(&r, now, wind_of(race), arena, obj, err));
    *v = r;
    return HM_OK;
}

hm_status hm_venue_at(const hm_venue *v, const hm_race *race, double t_s, hm_vec3 eye_m,
                      hm_arena *scratch, hm_object out[], hm_err *err)
{
    venue_now *now = HM_PUSH(scratch, venue_now, 1);
    if (!now)
        return hm_err_set(err, HM_ERR_SYSTEM, "venue", 0, 0, NULL, "no memory for a drawing");
    *now = now_at(v->set, race, t_s, eye_m);
    return objects_at(v, now, wind_of(race), scratch, out, err);
}
