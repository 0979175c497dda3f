/* Two ears on a sphere: closed forms, and Rayleigh's exact solution as an independent twin. */
#include "binaural_priv.h"
#include "film_steps.h"
#include "ht.h"

#include <complex.h>

#include "stage/sound.h"

enum { HZ = 48000, TERMS = 60 };

static const double a_m = 0.0875, c_mps = 343.42;

/* A place by its angle from straight ahead (+Z, right is -X as for a camera that looks along the
 * lanes) to the right, and above the horizon. */
static head_ears at(double right_deg, double up_deg, double d_m)
{
    double az = right_deg * 0.017453292519943295, el = up_deg * 0.017453292519943295;
    return head_hear(hm_v3((float)(-d_m * sin(az) * cos(el)), (float)(d_m * sin(el)),
                           (float)(d_m * cos(az) * cos(el))),
                     hm_v3(-1, 0, 0));
}

static double later_s(head_ears e)
{
    return (e.way_m[0] - e.way_m[1]) / c_mps; /* left after right */
}

static void time_between_the_ears_is_woodworths(void **state)
{
    (void)state;
    for (int deg = 0; deg <= 90; deg += 15) {
        double th = deg * 0.017453292519943295;
        ht_near(later_s(at(deg, 0, 1000)), a_m / c_mps * (th + sin(th)), 0.1 / HZ, 0);
    }
    /* at 90 degrees: 0.655 ms */
    ht_near(later_s(at(90, 0, 1000)), 0.000655, 0.000001, 0);
}

/* Near by the way is longer than Woodworth's for an ear in view: straight lines and arcs. */
static void near_sources_bend_around_the_sphere(void **state)
{
    (void)state;
    head_ears e = at(90, 0, 1.0);
    ht_near(e.way_m[1], -a_m, 1e-6, 0);
    double tangent = sqrt(1 - a_m * a_m), arc = a_m * (3.141592653589793 - acos(a_m));
    ht_near(e.way_m[0], tangent + arc - 1.0, 1e-6, 0);
}

static void left_mirrors_right(void **state)
{
    (void)state;
    for (int deg = -180; deg <= 180; deg += 20)
        for (int up = -40; up <= 40; up += 40) {
            head_ears r = at(deg, up, 7), l = at(-deg, up, 7);
            ht_near(r.way_m[0], l.way_m[1], 1e-6, 0);
            ht_near(r.high[0], l.high[1], 1e-5, 0);
            ht_near(r.rear, l.rear, 1e-6, 0);
        }
}

/* Level of a steady tone through the shadow. */
static double gain_db(double high, double hz)
{
    head_shadow s = {0};
    head_shadow_set(&s, high, c_mps);
    double sum = 0;
    for (int i = 0; i < HZ / 2; i++) {
        double y = head_shadow_next(&s, sin(6.283185307179586 * hz * i / HZ));
        if (i >= HZ / 4)
            sum += y * y;
    }
    return 10 * log10(sum / (HZ / 4) * 2);
}

/* Rayleigh: pressure on a rigid sphere in a plane wave, against the free field, angle from the
 * point that faces the source: (1/x^2) sum i^-(m-1) (2m+1) P_m(cos) / h'_m(x), x = ka. */
static double rayleigh_db(double angle_rad, double hz)
{
    double x = 6.283185307179586 * hz * a_m / c_mps, u = cos(angle_rad);
    const double complex i = csqrt(-1), e = cexp(i * x); /* clang 14 has no CMPLX */
    double complex h[TERMS + 2], sum = 0, turn = i;      /* i^(1-m) */
    h[0] = e / (i * x);
    h[1] = -e * (x + i) / (x * x);
    for (int m = 1; m <= TERMS; m++)
        h[m + 1] = (2 * m + 1) / x * h[m] - h[m - 1];
    double p = 1, before = 0;
    int last = (int)(2 * x) + 12; /* beyond it terms are nothing */
    for (int m = 0; m <= last && m <= TERMS; m++, turn /= i) {
        double complex slope = (double)m / x * h[m] - h[m + 1];
        sum += turn * (2 * m + 1) * p / slope;
        double next = ((2 * m + 1) * u * p - m * before) / (m + 1);
        before = p, p = next;
    }
    return 20 * log10(cabs(sum) / (x * x));
}

/* One pole and one zero follow the exact sphere within 2.5 dB from 300 Hz to 8 kHz but for the
 * bright spot right opposite. */
static void shadow_follows_rayleigh(void **state)
{
    (void)state;
    static const double hz[] = {300, 600, 1200, 2500, 5000, 8000};
    ht_near(rayleigh_db(0, 20000), 6.02, 0.4, 0); /* a wall to short waves */
    ht_near(rayleigh_db(2, 20), 0, 0.1, 0);       /* nothing to long ones */
    for (int deg = 0; deg <= 150; deg += 15)
        for (int k = 0; k < 6; k++) {
            head_ears e = at(deg - 90, 0, 1000); /* deg off the left ear's axis */
            ht_near(gain_db(e.high[0], hz[k]), rayleigh_db(deg * 0.017453292519943295, hz[k]), 2.5,
                    0);
        }
}

static void level_between_the_ears_grows_with_pitch(void **state)
{
    (void)state;
    head_ears e = at(60, 0, 8);
    double last = 0.2;
    static const double hz[] = {200, 800, 3000, 9000};
    for (int k = 0; k < 4; k++) {
        double ild = gain_db(e.high[1], hz[k]) - gain_db(e.high[0], hz[k]);
        assert_true(ild > last);
        last = ild;
    }
    assert_true(last > 8 && last < 20);
}

static void only_what_is_behind_is_dulled(void **state)
{
    (void)state;
    ht_near(at(0, 0, 8).rear, 0, 1e-9, 0);
    ht_near(at(90, 0, 8).rear, 0, 1e-6, 0);
    ht_near(at(180, 0, 8).rear, 1, 1e-6, 0);
}

/* ---- through the whole stem ---- */

typedef struct stand {
    hm_listener l[72];
} stand;

static stand standing(hm_vec3 ear, hm_vec3 right)
{
    stand s;
    for (int i = 0; i < 72; i++)
        s.l[i] = (hm_listener){
            .film_t_s = i / 24.0, .race_t_s = 4 + i / 24.0, .ear_m = ear, .right = right};
    return s;
}

static hm_audio steps(hm_arena *a, hm_space space, const stand *s)
{
    hm_race race = film_race_stepping(a, FILM_RACE_ONE);
    hm_sound_opts o = hm_sound_opts_default();
    hm_audio audio = {0};
    o.space = space;
    assert_int_equal(hm_sound_stem(&race, 72, s->l, &o, HM_STEM_STEPS, 0, a, &audio, NULL), HM_OK);
    return audio;
}

/* Samples by which the left channel is later, from the strongest correlation. */
static int lag(const hm_audio *a)
{
    int best = 0;
    double most = 0;
    for (int d = -60; d <= 60; d++) {
        double sum = 0;
        for (int64_t i = 100; i + 100 < a->n_sample; i++)
            sum += (double)a->lr[2 * (i + d)] * (double)a->lr[2 * i + 1];
        if (sum > most)
            most = sum, best = d;
    }
    return best;
}

/* A runner far to the right, from first to last step within 20 degrees of the ear's axis: the left
 * channel is 27 to 38 samples later (the formula's 31.4, and what the shadow adds to low notes). */
static void a_runner_at_the_right_is_heard_there(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    stand s = standing(hm_v3(-60, 1.5f, 48), hm_v3(1, 0, 0)); /* looks back, he is at the right */
    hm_audio b = steps(&a, HM_SPACE_BINAURAL, &s);
    assert_in_range(lag(&b), 27, 38);
    double left = 0, right = 0;
    for (int64_t i = 0; i < b.n_sample; i++) {
        left += (double)b.lr[2 * i] * (double)b.lr[2 * i];
        right += (double)b.lr[2 * i + 1] * (double)b.lr[2 * i + 1];
    }
    assert_true(right > 2 * left);
    s = standing(hm_v3(60, 1.5f, 48), hm_v3(1, 0, 0));
    b = steps(&a, HM_SPACE_BINAURAL, &s);
    assert_in_range(-lag(&b), 27, 38);
    hm_arena_free(&a);
}

static void both_spaces_reach_the_same_loudness(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_race race = film_race_stepping(&a, FILM_RACE_EIGHT);
    stand s = standing(hm_v3(0, 1, 42), hm_v3(1, 0, 0));
    for (int k = HM_SPACE_STEREO; k <= HM_SPACE_BINAURAL; k++) {
        hm_sound_opts o = hm_sound_opts_default();
        hm_audio audio;
        hm_loudness l;
        o.space = (hm_space)k;
        assert_int_equal(hm_sound_render(&race, 72, s.l, &o, &a, &audio, NULL), HM_OK);
        assert_int_equal(hm_loudness_of(&audio, &l, NULL), HM_OK);
        ht_near(l.integrated_lufs, -16, 0.5, 0);
        assert_true(l.peak_dbtp <= -2.4);
    }
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_between_the_ears_is_woodworths),
        cmocka_unit_test(near_sources_bend_around_the_sphere),
        cmocka_unit_test(left_mirrors_right),
        cmocka_unit_test(shadow_follows_rayleigh),
        cmocka_unit_test(level_between_the_ears_grows_with_pitch),
        cmocka_unit_test(only_what_is_behind_is_dulled),
        cmocka_unit_test(a_runner_at_the_right_is_heard_there),
        cmocka_unit_test(both_spaces_reach_the_same_loudness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
