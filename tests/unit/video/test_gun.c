/* Shots drawn sample by sample at known instants. */
#include "ht.h"
#include "video/gun.h"

#include "base/arena.h"

enum { HZ = HM_CLIP_SOUND_HZ, N = 3 * HZ };

static uint64_t next_of(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 11;
}

/* white noise of this standard deviation */
static hm_clip_sound silence(hm_arena *a, double noise)
{
    uint64_t seed = 7;
    hm_clip_sound s = {.first_s = 0.25, .n = N, .sample = HM_PUSH(a, float, N)};
    assert_non_null(s.sample);
    for (int i = 0; i < N; i++)
        s.sample[i] =
            (float)(noise * sqrt(12) * ((double)next_of(&seed) / 9007199254740992.0 - 0.5));
    return s;
}

/* noise that begins at once and dies with a time constant of 30 ms */
static void shoot(hm_clip_sound *s, double at_s, double loud)
{
    uint64_t seed = 99;
    for (int i = (int)ceil((at_s - s->first_s) * HZ); i < N; i++) {
        double age_s = s->first_s + (double)i / HZ - at_s;
        s->sample[i] += (float)(loud * exp(-age_s / 0.03) * ((next_of(&seed) & 1) ? 1 : -1));
    }
}

static hm_bangs bangs_of(const hm_clip_sound *s, hm_arena *a)
{
    hm_bangs b;
    assert_int_equal(hm_bangs_find(s, a, &b, NULL), HM_OK);
    return b;
}

static void shot_in_noise_is_found_to_the_millisecond(void **state)
{
    static const double noise[] = {0, 0.001, 0.01, 0.02};
    for (int k = 0; k < 4; k++) {
        hm_clip_sound s = silence(*state, noise[k]);
        shoot(&s, 1.5003, 0.6);
        hm_bangs b = bangs_of(&s, *state);
        assert_int_equal(b.n, 1);
        assert_int_equal(b.loudest, 0);
        assert_true(b.clear);
        ht_near(b.bang[0].time_s, 1.5003, 0.0005, 0);
        assert_true(b.bang[0].sigma_s < 0.001);
        assert_true(b.bang[0].rise_db >= 20);
    }
}

static void echo_is_told_from_a_second_shot(void **state)
{
    hm_clip_sound s = silence(*state, 0.001);
    shoot(&s, 1.2, 0.6);
    shoot(&s, 1.5, 0.15);
    hm_bangs b = bangs_of(&s, *state);
    assert_int_equal(b.n, 2);
    assert_true(b.bang[1].echo);
    assert_true(b.clear);
    shoot(&s, 2.4, 0.5); /* a recall */
    b = bangs_of(&s, *state);
    assert_int_equal(b.n, 3);
    assert_false(b.bang[2].echo);
    assert_int_equal(b.loudest, 0);
    assert_false(b.clear);
}

static void slow_swelling_is_no_shot(void **state)
{
    hm_clip_sound s = silence(*state, 0.001);
    for (int i = 0; i < N; i++)
        s.sample[i] *= (float)exp(4.6 * fmin(1, fmax(0, ((double)i / HZ - 1) / 0.2)));
    assert_int_equal(bangs_of(&s, *state).n, 0);
    assert_int_equal(bangs_of(&s, *state).loudest, -1);
    hm_clip_sound none = {0};
    assert_int_equal(bangs_of(&none, *state).n, 0);
}

static void many_bangs_keep_the_loudest(void **state)
{
    hm_clip_sound s = {.n = 20 * HZ, .sample = HM_PUSH((hm_arena *)*state, float, 20 * HZ)};
    for (int k = 0; k < 90; k++)
        for (int i = 0; i < 100; i++)
            s.sample[HZ + k * HZ / 5 + i] = (float)(0.1 + 0.005 * k);
    hm_bangs b = bangs_of(&s, *state);
    assert_int_equal(b.n, HM_BANG_MAX);
    ht_near(b.bang[HM_BANG_MAX - 1].time_s, 1 + 89.0 / 5, 1e-3, 0);
}

static void start_lies_before_the_sound(void **state)
{
    (void)state;
    const hm_bang bang = {.time_s = 2, .sigma_s = 0.0004};
    hm_marks m = hm_marks_default();
    hm_gun_start s = hm_gun_start_of(&bang, &m);
    assert_true(s.relative_only && s.temp_assumed && s.offset_assumed);
    m.gun_distance_m = 100;
    m.temp_c = 20;
    m.av_offset_s = 0.01;
    s = hm_gun_start_of(&bang, &m);
    assert_false(s.relative_only || s.temp_assumed || s.offset_assumed);
    ht_near(hm_sound_mps(20), 343.2, 0.05, 0); /* textbook value */
    ht_near(s.time_s, 2 - 0.01 - 100 / 343.2, 1e-4, 0);
    ht_near(s.sigma_s, 0.0004, 1e-12, 0);
    /* 10 K wrong: 5 ms over 100 m (video.md) */
    m.temp_sigma_c = 10;
    s = hm_gun_start_of(&bang, &m);
    ht_near(s.temp_sigma_s, 0.005, 2e-4, 0);
    m.gun_distance_sigma_m = 1;
    s = hm_gun_start_of(&bang, &m);
    ht_near(s.distance_sigma_s, 0.0029, 1e-4, 0);
    ht_near(s.sigma_s, sqrt(0.0004 * 0.0004 + s.temp_sigma_s * s.temp_sigma_s + 8.49e-6), 1e-5, 0);
}

static int open_arena(void **state)
{
    static hm_arena arena;
    hm_arena_init(&arena, 0);
    *state = &arena;
    return 0;
}

static int close_arena(void **state)
{
    hm_arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shot_in_noise_is_found_to_the_millisecond),
        cmocka_unit_test(echo_is_told_from_a_second_shot),
        cmocka_unit_test(slow_swelling_is_no_shot),
        cmocka_unit_test(many_bangs_keep_the_loudest),
        cmocka_unit_test(start_lies_before_the_sound),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
