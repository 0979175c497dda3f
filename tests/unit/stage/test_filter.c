#include "filter_priv.h"
#include "ht.h"
#include "loudness_priv.h"

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

static void peaks_between_samples_are_held(void **state)
{
    (void)state;
    /* A quarter of the sample rate at 45 degrees: samples show 0.707 of what the wave reaches. */
    enum { N = 9600 };
    float *lr = calloc(2 * N, sizeof *lr), *heard = calloc(2 * N, sizeof *heard);
    for (int i = 0; i < N; i++) {
        double swell = i < N / 2 ? 0.4 : 1.0;
        lr[2 * i] = heard[2 * i] =
            (float)(swell * sin(1.5707963267948966 * i + 0.7853981633974483));
    }
    assert_true(sound_hold(heard, -1.0, N, lr));
    double quiet = 0, loud = 0;
    for (int i = 1000; i < N / 2 - 1000; i++)
        quiet = fmax(quiet, fabs((double)lr[2 * i]));
    for (int i = N / 2 + 1000; i < N - 1000; i++)
        loud = fmax(loud, fabs((double)lr[2 * i]));
    ht_near(quiet, 0.4 * sqrt(0.5), 1e-4, 0); /* not touched */
    double want = pow(10, -1.0 / 20) * sqrt(0.5);
    assert_true(loud <= want && loud >= 0.92 * want);
    assert_false(sound_hold(lr, -0.9, N, lr));
    free(lr);
    free(heard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filters_have_their_gains),
        cmocka_unit_test(poles_and_decays_follow_the_exponential),
        cmocka_unit_test(noise_is_white_and_even),
        cmocka_unit_test(soft_limit_is_straight_then_round),
        cmocka_unit_test(peaks_between_samples_are_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
