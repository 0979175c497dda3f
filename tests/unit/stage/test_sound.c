#include "film_steps.h"
#include "ht.h"

#include <stdlib.h>

#include "base/hash.h"
#include "stage/look.h"
#include "stage/sound.h"

enum { FRAME_MAX = 400, HZ = 48000 };

/** A film by hand: shots one after the other, each with its race time, rate and place. */
typedef struct reel {
    hm_listener l[FRAME_MAX];
    int64_t n;
    int32_t n_shot;
} reel;

static void reel_shot(reel *r, int64_t n, double race_s, double rate, hm_vec3 ear, double v_mps)
{
    for (int64_t i = 0; i < n; i++) {
        double t = (double)i / 24;
        r->l[r->n] = (hm_listener){.film_t_s = (double)r->n / 24,
                                   .race_t_s = race_s + rate * t,
                                   .ear_m = hm_v3(ear.x, ear.y, ear.z + (float)(v_mps * t)),
                                   .right = {0, 0, 1},
                                   .shot = r->n_shot};
        r->n++;
    }
    r->n_shot++;
}

typedef struct rig {
    hm_arena a;
    hm_race race;
    hm_sound_opts o;
} rig;

static rig rig_new(film_race_kind kind)
{
    rig g;
    hm_arena_init(&g.a, 0);
    g.race = film_race_stepping(&g.a, kind);
    g.o = hm_sound_opts_default();
    return g;
}

static hm_audio render(rig *g, const reel *r)
{
    hm_audio a = {0};
    hm_err err = {0};
    if (hm_sound_render(&g->race, r->n, r->l, &g->o, &g->a, &a, &err) != HM_OK)
        fail_msg("%s", err.msg);
    return a;
}

static hm_audio stem(rig *g, const reel *r, hm_stem s, int32_t lane)
{
    hm_audio a = {0};
    hm_err err = {0};
    if (hm_sound_stem(&g->race, r->n, r->l, &g->o, s, lane, &g->a, &a, &err) != HM_OK)
        fail_msg("%s", err.msg);
    return a;
}

static uint64_t hash_of(const hm_audio *a)
{
    return hm_hash(HM_HASH_START, a->lr, (size_t)a->n_sample * 2 * sizeof(float));
}

static double rms(const hm_audio *a, double from_s, double to_s, int c)
{
    double sum = 0;
    int64_t lo = (int64_t)(from_s * HZ), hi = (int64_t)(to_s * HZ);
    for (int64_t i = lo; i < hi; i++)
        sum += (double)a->lr[2 * i + c] * (double)a->lr[2 * i + c];
    return sqrt(sum / (double)(hi - lo));
}

/** Onsets of a stem: instants where the next 3 ms carry far more than the 12 ms before. */
static int find_onsets(const hm_audio *a, double *at_s, int max)
{
    int n = 0;
    const int64_t after = 144, before = 576;
    double ahead = 0, behind = 0, top = 0;
    for (int64_t i = 0; i < 2 * a->n_sample; i++)
        top = fmax(top, fabs((double)a->lr[i]));
    int64_t last = -HZ;
    for (int64_t i = before; i + after < a->n_sample; i++) {
        ahead = behind = 0;
        double now = fabs((double)a->lr[2 * i]) + fabs((double)a->lr[2 * i + 1]);
        if (now < 0.002 * top || i - last < HZ / 50)
            continue;
        for (int64_t k = 0; k < after; k++)
            ahead = fmax(ahead,
                         fabs((double)a->lr[2 * (i + k)]) + fabs((double)a->lr[2 * (i + k) + 1]));
        for (int64_t k = 48; k < before; k++)
            behind = fmax(behind,
                          fabs((double)a->lr[2 * (i - k)]) + fabs((double)a->lr[2 * (i - k) + 1]));
        if (ahead < 3 * behind || now < 0.05 * ahead || n == max)
            continue;
        at_s[n++] = (double)i / HZ;
        last = i;
    }
    return n;
}

static double nearest(const double *at_s, int n, double t)
{
    double best = 1e9;
    for (int i = 0; i < n; i++)
        if (fabs(at_s[i] - t) < fabs(best))
            best = at_s[i] - t;
    return best;
}

static double way_m(const hm_lane *l, const hm_step *s, hm_vec3 ear)
{
    double x = hm_lane_centre_m(l->lane) + s->side_m - (double)ear.x, y = (double)ear.y,
           z = s->x_m - (double)ear.z;
    return sqrt(x * x + y * y + z * z);
}

static void every_step_is_heard_when_its_sound_arrives(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT);
    reel r = {0};
    reel_shot(&r, 264, 0.0, 1.0, hm_v3(-9, 1.5f, 20), 0);
    static const int32_t lanes[] = {1, 4, 8};
    for (int k = 0; k < 3; k++) {
        const hm_lane *l = &g.race.lane[lanes[k] - 1];
        hm_audio a = stem(&g, &r, HM_STEM_STEPS, lanes[k]);
        double at[200];
        int n = find_onsets(&a, at, 200), want = 0;
        for (int32_t i = 0; i < l->n_step; i++) {
            double t = l->step[i].on_s + way_m(l, &l->step[i], hm_v3(-9, 1.5f, 20)) / 343.42;
            if (t > 10.9)
                continue;
            ht_near(nearest(at, n, t), 0, 0.002, 0);
            want++;
        }
        assert_true(want > 40);
        assert_true(n <= 2 * want + 2); /* toe-offs besides, and nothing else */
    }
    hm_arena_free(&g.a);
}

static void slow_motion_stretches_steps(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT);
    reel r = {0};
    reel_shot(&r, 96, 9.0, 0.25, hm_v3(0, 1.5f, 100), 0);
    const hm_lane *l = &g.race.lane[3];
    hm_audio a = stem(&g, &r, HM_STEM_STEPS, 4);
    double at[64];
    int n = find_onsets(&a, at, 64), want = 0;
    for (int32_t i = 0; i < l->n_step; i++) {
        double t =
            (l->step[i].on_s - 9.0) * 4 + way_m(l, &l->step[i], hm_v3(0, 1.5f, 100)) / 343.42;
        if (t < 0.05 || t > 3.9)
            continue;
        ht_near(nearest(at, n, t), 0, 0.002, 0);
        want++;
    }
    assert_in_range(want, 4, 5);
    hm_arena_free(&g.a);
}

static void replay_is_heard_again_from_its_own_place(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_ONE);
    reel r = {0};
    reel_shot(&r, 36, 4.0, 1.0, hm_v3(-3, 1.5f, 35), 0);
    reel_shot(&r, 36, 4.0, 1.0, hm_v3(-30, 8, 35), 0);
    hm_audio a = stem(&g, &r, HM_STEM_STEPS, 0);
    double at[64];
    int n = find_onsets(&a, at, 64), want = 0;
    const hm_lane *l = &g.race.lane[0];
    for (int32_t i = 0; i < l->n_step; i++) {
        double near = l->step[i].on_s - 4.0 + way_m(l, &l->step[i], hm_v3(-3, 1.5f, 35)) / 343.42;
        double far = l->step[i].on_s - 4.0 + way_m(l, &l->step[i], hm_v3(-30, 8, 35)) / 343.42;
        if (near < 0.05 || near > 1.4 || far > 1.4)
            continue;
        ht_near(nearest(at, n, near), 0, 0.002, 0);
        ht_near(nearest(at, n, 1.5 + far), 0, 0.002, 0);
        want++;
    }
    assert_true(want >= 5);
    assert_true(rms(&a, 0.1, 1.4, 0) > 2 * rms(&a, 1.6, 2.9, 0));
    hm_arena_free(&g.a);
}

static void gun_takes_its_time_and_comes_from_its_side(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT);
    reel r = {0};
    /* Starter stands at x 6.6, z -4; right is +z, so from z = 50 he is at the left. */
    hm_vec3 ear = hm_v3(6.6f, 2.4f, 50);
    reel_shot(&r, 24, -0.5, 1.0, ear, 0);
    hm_audio a = stem(&g, &r, HM_STEM_START, 0);
    double top = 0, first = -1;
    for (int64_t i = HZ / 2; i < a.n_sample; i++)
        top = fmax(top, fabs((double)a.lr[2 * i]));
    for (int64_t i = HZ / 2; i < a.n_sample && first < 0; i++)
        if (fabs((double)a.lr[2 * i]) > 0.3 * top)
            first = (double)i / HZ - 0.5;
    ht_near(first, 54.0 / 343.42, 0.001, 0);
    assert_true(rms(&a, 0.65, 0.75, 0) > 2 * rms(&a, 0.65, 0.75, 1));
    hm_arena_free(&g.a);
}

static void same_samples_for_any_number_of_threads(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_TEN);
    reel r = {0};
    reel_shot(&r, 14, -0.3, 1.0, hm_v3(-4, 1, -3), 0);
    reel_shot(&r, 14, 0.25, 1.0, hm_v3(5, 1, 3), 5);
    reel_shot(&r, 25, 9.0, 0.25, hm_v3(-5, 1, 99), 0);
    uint64_t want = 0;
    for (int n = 1; n <= 3; n++) {
        g.o.n_thread = n;
        hm_audio a = render(&g, &r);
        if (n == 1)
            want = hash_of(&a);
        assert_true(hash_of(&a) == want);
    }
    hm_arena_free(&g.a);
}

/* One hash over a stadium, a school field and two ears in the stadium: equal for every compiler and
 * optimisation. It changes with any recipe; then it is written anew here, and the two compilers of
 * the check must agree. */
static void same_samples_from_every_compiler(void **state)
{
    (void)state;
    uint64_t h = HM_HASH_START;
    for (int k = 0; k < 3; k++) {
        rig g = rig_new(k == 1 ? FILM_RACE_SCHOOL : FILM_RACE_EIGHT);
        reel r = {0};
        if (k == 2) {
            g.o.space = HM_SPACE_BINAURAL;
            g.o.lead_db_per_m = 12;
            g.o.hush_frac = g.o.crowd_race_frac = 0.5;
        }
        reel_shot(&r, 30, -0.4, 1.0, hm_v3(-4, 1, -3), 1);
        reel_shot(&r, 12, 9.4, 0.25, hm_v3(5, 1, 97), 0);
        hm_audio a = render(&g, &r);
        h = hm_hash_u64(h, hash_of(&a));
        hm_arena_free(&g.a);
    }
    if (h != UINT64_C(0x3581146c80fd0aa2))
        fail_msg("hash %016llx", (unsigned long long)h);
}

static void check_level(rig *g, const reel *r)
{
    hm_audio a = render(g, r);
    hm_loudness l;
    assert_int_equal(hm_loudness_of(&a, &l, NULL), HM_OK);
    ht_near(l.integrated_lufs, -16, 0.5, 0);
    assert_true(l.peak_dbtp <= -2.4);
}

static void loudness_and_peak_hold_for_whole_part_and_short_films(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT);
    reel start = {0}, middle = {0}, slow = {0}, brief = {0};
    reel_shot(&start, 72, -2.0, 1.0, hm_v3(-4, 1, -2), 0);
    check_level(&g, &start);
    reel_shot(&middle, 30, 4.0, 1.0, hm_v3(-20, 5, 50), 0);
    check_level(&g, &middle);
    reel_shot(&slow, 36, 9.2, 0.25, hm_v3(-5, 1, 100), 0);
    check_level(&g, &slow);
    reel_shot(&brief, 16, -0.2, 1.0, hm_v3(-4, 1, -2), 0);
    check_level(&g, &brief);
    hm_arena_free(&g.a);
    g = rig_new(FILM_RACE_SCHOOL);
    check_level(&g, &start);
    hm_arena_free(&g.a);
}

static void one_frame_and_silence_are_no_trouble(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_GAPS);
    reel r = {0};
    reel_shot(&r, 1, -0.01, 1.0, hm_v3(-4, 1, -2), 0);
    hm_audio a = render(&g, &r);
    assert_int_equal(a.n_sample, 2000);
    for (int64_t i = 0; i < 2 * a.n_sample; i++)
        assert_true(fabs((double)a.lr[i]) < 0.8);
    g.race.n_lane = 0;
    g.race.wind_mps = 0;
    g.o.crowd_frac = 0;
    r = (reel){0};
    reel_shot(&r, 24, 30.0, 1.0, hm_v3(-4, 1, -2), 0);
    a = render(&g, &r);
    assert_true(rms(&a, 0, 1, 0) < 0.2);
    hm_arena_free(&g.a);
}

static void length_follows_the_frames_without_drift(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_ONE);
    static const double fps[] = {24, 25, 30000.0 / 1001, 60};
    for (int k = 0; k < 4; k++) {
        reel r = {0};
        reel_shot(&r, 71, 1.0, 1.0, hm_v3(-4, 1, 5), 0);
        for (int64_t i = 0; i < r.n; i++)
            r.l[i].film_t_s = 3.0 + (double)i / fps[k];
        hm_audio a = stem(&g, &r, HM_STEM_STEPS, 0);
        assert_int_equal(a.n_sample, (int64_t)floor(71 / fps[k] * HZ + 0.5));
    }
    hm_arena_free(&g.a);
}

static void crowd_holds_its_breath_for_the_start(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT);
    reel r = {0};
    reel_shot(&r, 216, -7.0, 1.0, hm_v3(-6, 2, 10), 0);
    hm_audio a = stem(&g, &r, HM_STEM_CROWD, 0);
    double before = rms(&a, 0, 1, 0), hush = rms(&a, 5.8, 6.9, 0), race = rms(&a, 8, 9, 0);
    assert_true(hush < 0.3 * before);
    assert_true(race > 1.5 * before);
    hm_arena_free(&g.a);
}

/* ---- the course of the look `sound`: 72 s of film before and around a race of ten ---- */

/* One way before the leader, from 5 s before the gun. */
static rig by_ear(reel *r)
{
    rig g = rig_new(FILM_RACE_EIGHT);
    hm_look_sound(hm_look_find("sound"), NULL, &g.o);
    g.o.n_thread = 2;
    reel_shot(r, 400, -5.0, 1.0, hm_v3(0, 1, 6), 0);
    for (int64_t i = 0; i < r->n; i++) {
        double lead = 0;
        for (int32_t k = 0; k < g.race.n_lane; k++)
            lead = fmax(lead, hm_curve_x_m(&g.race.lane[k].curve, r->l[i].race_t_s));
        r->l[i].ear_m.z = (float)lead + 6;
        r->l[i].right = hm_v3(1, 0, 0);
    }
    return g;
}

static void silence_before_the_gun_and_a_wall_behind_the_line(void **state)
{
    (void)state;
    reel r = {0};
    rig g = by_ear(&r);
    hm_audio a = render(&g, &r), crowd = stem(&g, &r, HM_STEM_CROWD, 0);
    double murmur = rms(&a, 0.2, 1.5, 0), hush = rms(&a, 4.0, 4.9, 0);
    double gun = rms(&a, 5.0, 5.3, 0), race = rms(&a, 8, 14, 0), wall = rms(&a, 15, 16, 0);
    assert_true(hush < 0.02 * murmur); /* 34 dB */
    assert_true(gun > 100 * hush);
    assert_true(race > 1.2 * murmur && race < 2 * wall);
    /* the crowd itself keeps still until the winner is in, at 9.58 s */
    assert_true(rms(&crowd, 12, 14.4, 0) < 0.4 * rms(&crowd, 15.2, 16, 0));
    hm_arena_free(&g.a);
}

static void lungs_tear_towards_the_line_each_in_its_own_way(void **state)
{
    (void)state;
    reel r = {0};
    rig g = by_ear(&r);
    g.o.lead_db_per_m = 0; /* as they are, without the desk */
    hm_audio one = stem(&g, &r, HM_STEM_BREATH, 4), two = stem(&g, &r, HM_STEM_BREATH, 5);
    assert_true(rms(&one, 12, 14.4, 0) > 1.3 * rms(&one, 6.5, 9, 0));
    assert_true(rms(&one, 3.3, 4.95, 0) < 0.02 * rms(&one, 12, 14.4, 0)); /* held */
    double same = 0, a2 = 0, b2 = 0;
    for (int64_t i = 6 * HZ; i < 14 * HZ; i += 480) {
        double e = 0, f = 0;
        for (int64_t k = i; k < i + 480; k++) {
            e += fabs((double)one.lr[2 * k]);
            f += fabs((double)two.lr[2 * k]);
        }
        same += e * f, a2 += e * e, b2 += f * f;
    }
    assert_true(same / sqrt(a2 * b2) < 0.8); /* not in step */
    hm_arena_free(&g.a);
}

/* Pitch of a lane's landings of one foot by the share of fast changes in their first 30 ms: mean of
 * eight, and how far they scatter. */
static double own_sound(rig *g, const reel *r, int32_t lane, hm_vec3 ear, double *scatter)
{
    const hm_lane *l = &g->race.lane[lane - 1];
    hm_audio a = stem(g, r, HM_STEM_STEPS, lane);
    double v[8], mean = 0;
    int n = 0;
    for (int32_t i = 0; i < l->n_step && n < 8; i++) {
        double at = l->step[i].on_s - 4.0 + way_m(l, &l->step[i], ear) / 343.42;
        if (l->step[i].foot != HM_FOOT_LEFT || at < 0)
            continue;
        double low = 0, high = 0;
        for (int64_t j = (int64_t)(at * HZ); j < (int64_t)((at + 0.03) * HZ); j++) {
            double d = (double)a.lr[2 * j] - (double)a.lr[2 * j - 2];
            high += d * d;
            low += (double)a.lr[2 * j] * (double)a.lr[2 * j];
        }
        v[n++] = 0.5 * log(high / low); /* log of a mean frequency */
        mean += v[n - 1] / 8;
    }
    assert_int_equal(n, 8);
    *scatter = 0;
    for (int i = 0; i < 8; i++)
        *scatter += (v[i] - mean) * (v[i] - mean) / 8;
    *scatter = sqrt(*scatter);
    return mean;
}

static void feet_of_one_runner_sound_alike_and_unlike_the_next(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT);
    reel r = {0};
    hm_vec3 ear = hm_v3(0, 1, 60);
    reel_shot(&r, 120, 4.0, 1.0, ear, 0);
    double scatter[8], own[8];
    for (int k = 0; k < 8; k++)
        own[k] = own_sound(&g, &r, k + 1, ear, &scatter[k]);
    for (int k = 1; k < 8; k++) { /* 4 % of pitch and more, and twice what eight of them scatter */
        assert_true(fabs(own[k] - own[k - 1]) > 0.04);
        assert_true(fabs(own[k] - own[k - 1]) > 2 * fmax(scatter[k], scatter[k - 1]) / sqrt(8));
    }
    hm_arena_free(&g.a);
}

static void cuts_do_not_click(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT);
    reel r = {0};
    reel_shot(&r, 26, -1.0, 1.0, hm_v3(6, 2, -2), 0); /* cut 83 ms after the gun, amid its tail */
    reel_shot(&r, 24, 2.0 / 24, 1.0, hm_v3(-9, 2, 12), 0);
    hm_audio a = stem(&g, &r, HM_STEM_START, 0);
    int64_t cut = 26 * 2000;
    double at_cut = 0, around = 0;
    for (int64_t i = cut - 2400; i < cut + 2400; i++)
        for (int c = 0; c < 2; c++) {
            double jump = fabs((double)a.lr[2 * i + c] - (double)a.lr[2 * i - 2 + c]);
            if (llabs(i - cut) < 400)
                at_cut = fmax(at_cut, jump);
            else
                around = fmax(around, jump);
        }
    assert_true(around > 0);
    assert_true(at_cut < around);
    hm_arena_free(&g.a);
}

static void steps_move_from_ear_to_ear(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_ONE);
    reel r = {0};
    reel_shot(&r, 96, 4.0, 1.0, hm_v3(-8, 1.5f, 50), 0); /* looks across, right is on */
    hm_audio a = stem(&g, &r, HM_STEM_STEPS, 0);
    assert_true(rms(&a, 0.1, 0.9, 0) > 1.5 * rms(&a, 0.1, 0.9, 1));
    assert_true(rms(&a, 3.1, 3.9, 1) > 1.5 * rms(&a, 3.1, 3.9, 0));
    hm_arena_free(&g.a);
}

static void trainers_on_earth_have_no_tick(void **state)
{
    (void)state;
    double sharp[2];
    for (int k = 0; k < 2; k++) {
        rig g = rig_new(FILM_RACE_ONE);
        g.o.ground = k ? HM_GROUND_EARTH : HM_GROUND_TARTAN;
        reel r = {0};
        reel_shot(&r, 48, 4.0, 1.0, hm_v3(-3, 1, 45), 0);
        hm_audio a = stem(&g, &r, HM_STEM_STEPS, 0);
        double edge = 0;
        for (int64_t i = 1; i < a.n_sample; i++)
            edge = fmax(edge, fabs((double)a.lr[2 * i] - (double)a.lr[2 * i - 2]));
        sharp[k] = edge / rms(&a, 0, 2, 0);
        hm_arena_free(&g.a);
    }
    assert_true(sharp[1] < 0.7 * sharp[0]);
}

static void listeners_out_of_order_are_refused(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_ONE);
    reel r = {0};
    reel_shot(&r, 10, 1.0, 1.0, hm_v3(0, 1, 0), 0);
    hm_audio a = {0};
    hm_err err = {0};
    assert_int_equal(hm_sound_render(&g.race, 0, r.l, &g.o, &g.a, &a, NULL), HM_ERR_USAGE);
    r.l[5].race_t_s = 0.5;
    assert_int_equal(hm_sound_render(&g.race, 10, r.l, &g.o, &g.a, &a, &err), HM_ERR_USAGE);
    assert_string_equal(err.field, "race_t_s");
    assert_null(a.lr);
    hm_arena_free(&g.a);
}

static void long_lens_brings_the_ear_near(void **state)
{
    (void)state;
    hm_camera c = {.eye_m = {0, 2, 140}, .aim_m = {0, 1, 40}, .vfov_rad = 0.1f};
    hm_listener l = hm_listener_of(1, 2, &c, 3);
    /* 100 m away at 5.7 degrees shows as much as 10.73 m at 50: tan(0.05) / tan(25 deg) */
    ht_near((double)l.ear_m.z, 40 + 100 * 0.107315, 0.01, 0);
    /* Looking down the track from the end, the runners' left is at the right. */
    ht_near((double)l.right.x, 1, 1e-6, 0);
    c.vfov_rad = 1.2f;
    l = hm_listener_of(1, 2, &c, 3);
    ht_near((double)l.ear_m.z, 140, 0, 0);
}

/* The air grows loud, each footfall gets a tail of noise, and any number of threads gives it alike.
 */
static void rain_is_heard_in_the_air_and_under_feet(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_TEN);
    reel r = {0};
    reel_shot(&r, 96, 2, 1, hm_v3(-6, 1, 30), 0);
    hm_audio dry_air = stem(&g, &r, HM_STEM_PLACE, 0), dry = stem(&g, &r, HM_STEM_STEPS, 0);
    g.o.rain_frac = 1;
    hm_audio wet_air = stem(&g, &r, HM_STEM_PLACE, 0), wet = stem(&g, &r, HM_STEM_STEPS, 0);
    assert_true(rms(&wet_air, 0.5, 3.5, 0) > 2 * rms(&dry_air, 0.5, 3.5, 0));
    assert_true(rms(&wet, 0.5, 3.5, 1) > 1.02 * rms(&dry, 0.5, 3.5, 1));
    g.o.n_thread = 2;
    hm_audio again = stem(&g, &r, HM_STEM_PLACE, 0);
    assert_int_equal(hash_of(&again), hash_of(&wet_air));
    g.o.rain_frac = 3;
    hm_err err = {0};
    assert_int_equal(hm_sound_stem(&g.race, r.n, r.l, &g.o, HM_STEM_PLACE, 0, &g.a, &again, &err),
                     HM_ERR_USAGE);
    hm_arena_free(&g.a);
}

/* What is told on the way; stops when `most` is reached. */
typedef struct told {
    int n;
    int64_t done, total, most;
} told;

static bool hear_of(void *ctx, int64_t done, int64_t total)
{
    told *t = ctx;
    assert_true(done > t->done && done <= total);
    t->n++;
    t->done = done;
    t->total = total;
    return done < t->most;
}

static void who_asks_is_told_how_far_it_is_and_can_stop_it(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT);
    reel r = {0};
    reel_shot(&r, 120, 2, 1, hm_v3(-8, 1.5f, 10), 0); /* 5 s: three blocks of two */
    told t = {.most = INT64_MAX};
    g.o.progress = hear_of;
    g.o.progress_ctx = &t;
    hm_audio a = render(&g, &r);
    assert_int_equal(t.n, 3);
    assert_int_equal(t.done, a.n_sample);
    assert_int_equal(t.total, 5 * HZ);
    t = (told){.most = 2 * HZ};
    hm_audio none = {0};
    hm_err err = {0};
    assert_int_equal(hm_sound_render(&g.race, r.n, r.l, &g.o, &g.a, &none, &err), HM_ERR_STOPPED);
    assert_int_equal(t.n, 1);
    assert_null(none.lr);
    hm_arena_free(&g.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_step_is_heard_when_its_sound_arrives),
        cmocka_unit_test(slow_motion_stretches_steps),
        cmocka_unit_test(replay_is_heard_again_from_its_own_place),
        cmocka_unit_test(gun_takes_its_time_and_comes_from_its_side),
        cmocka_unit_test(same_samples_for_any_number_of_threads),
        cmocka_unit_test(same_samples_from_every_compiler),
        cmocka_unit_test(loudness_and_peak_hold_for_whole_part_and_short_films),
        cmocka_unit_test(one_frame_and_silence_are_no_trouble),
        cmocka_unit_test(length_follows_the_frames_without_drift),
        cmocka_unit_test(crowd_holds_its_breath_for_the_start),
        cmocka_unit_test(silence_before_the_gun_and_a_wall_behind_the_line),
        cmocka_unit_test(lungs_tear_towards_the_line_each_in_its_own_way),
        cmocka_unit_test(feet_of_one_runner_sound_alike_and_unlike_the_next),
        cmocka_unit_test(cuts_do_not_click),
        cmocka_unit_test(steps_move_from_ear_to_ear),
        cmocka_unit_test(trainers_on_earth_have_no_tick),
        cmocka_unit_test(listeners_out_of_order_are_refused),
        cmocka_unit_test(long_lens_brings_the_ear_near),
        cmocka_unit_test(rain_is_heard_in_the_air_and_under_feet),
        cmocka_unit_test(who_asks_is_told_how_far_it_is_and_can_stop_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
