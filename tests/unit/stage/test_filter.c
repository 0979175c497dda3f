#include "filter_priv.h"
#include "ht.h"
#include "limiter_priv.h"
#include "sound_priv.h"

#include <stdlib.h>

#include "stage/sound.h"

/** Gain of a filter for a sine of f_hz, by running it. */
static double gain_at(sound_biquad s, double f_hz)
{
    double in = 0, out = 0;
    for (int i = 0; i < 48000; i++) {
        double x = sin(6.283185307179586 * f_hz * i / 48000.0), y = sound_filter(&s, x);
        if (i < 24000)
            continue;
        in += x * x;
        out += y * y;
    }
    return sqrt(out / in);
}

static void filters_have_their_gains(void **state)
{
    (void)state;
    sound_biquad s = {0};
    sound_lowpass(&s, 1000, sqrt(0.5)); /* Butterworth: -3 dB at the corner */
    ht_near(gain_at(s, 1000), sqrt(0.5), 1e-3, 0);
    ht_near(gain_at(s, 50), 1, 1e-3, 0);
    assert_true(gain_at(s, 10000) < 0.01);
    sound_highpass(&s, 1000, sqrt(0.5));
    ht_near(gain_at(s, 1000), sqrt(0.5), 1e-3, 0);
    assert_true(gain_at(s, 100) < 0.011);
    sound_bandpass(&s, 1000, 4);
    ht_near(gain_at(s, 1000), 1, 1e-3, 0);
    /* Q = centre over width at -3 dB; the edges are at f (sqrt(1 + 1/4Q^2) +- 1/2Q), analogue. */
    ht_near(gain_at(s, 1000 * (sqrt(1 + 1.0 / 64) + 0.125)), sqrt(0.5), 0.01, 0);
}

static void poles_and_decays_follow_the_exponential(void **state)
{
    (void)state;
    double k = sound_decay(50), a = 1;
    for (int i = 0; i < 4800; i++)
        a *= k;
    ht_near(a, exp(-5), 0, 1e-9);
    ht_near(sound_pole(100), 1 - exp(-6.283185307179586 / 480), 1e-12, 0);
}

static void noise_is_white_and_even(void **state)
{
    (void)state;
    double sum = 0, square = 0, next = 0;
    const int n = 200000;
    for (int i = 0; i < n; i++) {
        double x = sound_noise(77, (uint32_t)i);
        assert_true(x >= -1 && x < 1);
        sum += x;
        square += x * x;
        next += x * sound_noise(77, (uint32_t)i + 1);
    }
    /* Uniform: mean 0, variance 1/3, no memory; bounds are five standard errors. */
    ht_near(sum / n, 0, 5 * sqrt(1.0 / 3 / n), 0);
    ht_near(square / n, 1.0 / 3, 5 * sqrt(4.0 / 45 / n), 0);
    ht_near(next / n, 0, 5.0 / 3 / sqrt(n), 0);
}

static void soft_limit_is_straight_then_round(void **state)
{
    (void)state;
    ht_near(sound_soft(0.01), 0.01, 0, 1e-3);
    ht_near(sound_soft(100), 1.5, 0, 1e-12);
    for (double x = -6; x < 6; x += 0.01) {
        assert_true(sound_soft(x + 0.01) >= sound_soft(x) - 1e-12);
        assert_true(fabs(sound_soft(x)) <= fabs(x) + 1e-12);
    }
}

/** Feed a sound in uneven bits; gives its highest peak. */
static double peaks_of(sound_peaks *p, int64_t n, const float *lr)
{
    double top = -1;
    sound_peaks_clear(p);
    for (int64_t i = 0, bit = 1; i < n; i += bit, bit = (bit * 7 + 3) % 5000)
        assert_int_equal(sound_peaks_add(p, i + bit < n ? bit : n - i, lr + 2 * i, NULL), HM_OK);
    assert_int_equal(sound_peaks_end(p, &top, NULL), HM_OK);
    return top;
}

static void limit(sound_limiter *l, double ceiling, int64_t n, float *lr)
{
    sound_limiter_start(l, 1.0, ceiling);
    for (int64_t i = 0; i < n; i += SOUND_CHUNK)
        assert_int_equal(
            sound_limiter_block(l, n - i < SOUND_CHUNK ? n - i : SOUND_CHUNK, lr + 2 * i, NULL),
            HM_OK);
}

static void peaks_between_samples_are_held(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    sound_peaks *p;
    assert_int_equal(sound_peaks_new(NULL, &a, &p, NULL), HM_OK);
    sound_limiter *l = sound_limiter_new(p, &a);
    /* A quarter of the sample rate at 45 degrees: samples show 0.707 of what the wave reaches. */
    enum { N = 9600 };
    float *lr = HM_PUSH(&a, float, 2 * N);
    for (int i = 0; i < N; i++) {
        double swell = i < N / 2 ? 0.4 : 1.0;
        lr[2 * i] = (float)(swell * sin(1.5707963267948966 * i + 0.7853981633974483));
    }
    double ceiling = pow(10, -1.0 / 20);
    ht_near(peaks_of(p, N, lr), 1, 0.1, 0); /* the swell's edge rings a little */
    limit(l, 0.97 * ceiling, N, lr);        /* the short interpolator misses a little */
    double quiet = 0, loud = 0;
    for (int i = 1000; i < N / 2 - 1000; i++)
        quiet = fmax(quiet, fabs((double)lr[2 * i]));
    for (int i = N / 2 + 1000; i < N - 1000; i++)
        loud = fmax(loud, fabs((double)lr[2 * i]));
    ht_near(quiet, 0.4 * sqrt(0.5), 1e-4, 0); /* not touched */
    double want = ceiling * sqrt(0.5);
    assert_true(loud <= want && loud >= 0.92 * want);
    assert_true(peaks_of(p, N, lr) <= pow(10, -0.9 / 20));
    sound_peaks_close(p);
    hm_arena_free(&a);
}

/** What the limiter does, by its definition, all borders at once; for sounds of single samples in
 *  the middle of their parts: there is no higher peak between such. */
static void limit_whole(int64_t n, double ceiling, float *lr)
{
    enum { PART = 16, AHEAD = 6 };
    int64_t n_part = (n + PART - 1) / PART;
    double *peak = calloc((size_t)n_part + 2, sizeof *peak);
    float *own = calloc((size_t)n_part + 1, sizeof *own),
          *low = calloc((size_t)n_part + 1, sizeof *low);
    for (int64_t i = 0; i < n; i++)
        peak[i / PART + 1] = fmax(peak[i / PART + 1], fabs((double)lr[2 * i]));
    double g = 1, up = 1 - sound_decay(PART / 0.09);
    for (int64_t k = 0; k <= n_part; k++) {
        double top = fmax(peak[k], peak[k + 1]);
        g = fmin(g + up * (1 - g), top > ceiling ? ceiling / top : 1);
        own[k] = (float)g;
    }
    for (int64_t k = 0; k <= n_part; k++) {
        low[k] = 1;
        for (int64_t j = k - AHEAD; j <= k + AHEAD; j++)
            if (j >= 0 && j <= n_part && own[j] < low[k])
                low[k] = own[j];
    }
    for (int64_t i = 0; i < n; i++) {
        double mean[2] = {0, 0}, u = (double)(i % PART) / PART;
        for (int64_t j = -AHEAD; j <= AHEAD; j++)
            for (int64_t c = 0; c < 2; c++) {
                int64_t k = i / PART + c + j;
                mean[c] += (double)low[k < 0 ? 0 : k > n_part ? n_part : k] / (2 * AHEAD + 1);
            }
        lr[2 * i] = (float)(((1 - u) * mean[0] + u * mean[1]) * (double)lr[2 * i]);
    }
    free(peak);
    free(own);
    free(low);
}

static void limiter_in_blocks_leaves_no_seam(void **state)
{
    (void)state;
    static const int64_t length[] = {1, 40, SOUND_CHUNK - 1, SOUND_CHUNK + 9, 2 * SOUND_CHUNK + 90};
    hm_arena a;
    hm_arena_init(&a, 0);
    sound_peaks *p;
    assert_int_equal(sound_peaks_new(NULL, &a, &p, NULL), HM_OK);
    sound_limiter *l = sound_limiter_new(p, &a);
    for (size_t k = 0; k < sizeof length / sizeof *length; k++) {
        int64_t n = length[k];
        float *got = HM_PUSH(&a, float, 2 * n), *want = HM_PUSH(&a, float, 2 * n);
        for (int64_t i = 8; i < n; i += 160) /* more and less at random, some just at a seam */
            got[2 * i] = want[2 * i] = (float)(1.5 * sound_noise(5, (uint32_t)i));
        peaks_of(p, n, got);
        limit(l, 0.7, n, got);
        limit_whole(n, 0.7, want);
        for (int64_t i = 0; i < n; i++)
            ht_near((double)got[2 * i], (double)want[2 * i], 1e-6, 0);
    }
    sound_peaks_close(p);
    hm_arena_free(&a);
}

static void spool_gives_back_what_it_was_given(void **state)
{
    (void)state;
    stage_spool s = {0};
    assert_int_equal(stage_spool_open(NULL, &s, NULL), HM_OK);
    const float lr[] = {1, 2, 3, 4};
    float back[4] = {0};
    assert_int_equal(stage_spool_write_lr(&s, 1000, 2, lr, NULL), HM_OK);
    assert_int_equal(stage_spool_read_lr(&s, 1001, 1, back, NULL), HM_OK);
    assert_true(back[0] == 3 && back[1] == 4 && back[2] == 0);
    hm_err err = {0};
    assert_int_equal(stage_spool_read_lr(&s, 1001, 2, back, &err), HM_ERR_BUG);
    stage_spool_close(&s);
    assert_false(s.open);
    err = (hm_err){0};
    assert_int_equal(stage_spool_open("/none/film.mp4", &s, &err), HM_ERR_SYSTEM);
    assert_string_equal(err.source, "/none/film.mp4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filters_have_their_gains),
        cmocka_unit_test(poles_and_decays_follow_the_exponential),
        cmocka_unit_test(noise_is_white_and_even),
        cmocka_unit_test(soft_limit_is_straight_then_round),
        cmocka_unit_test(peaks_between_samples_are_held),
        cmocka_unit_test(limiter_in_blocks_leaves_no_seam),
        cmocka_unit_test(spool_gives_back_what_it_was_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
