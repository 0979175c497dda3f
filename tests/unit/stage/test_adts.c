#include "ht.h"

#include "num/dmath.h"
#include "stage/adts.h"

enum { HEAD = 7, FRAME = 1024 };

static hm_audio tone(hm_arena *a, int64_t n)
{
    hm_audio audio = {n, HM_PUSH(a, float, 2 * n)};
    assert_non_null(audio.lr);
    for (int64_t i = 0; i < 2 * n; i++)
        audio.lr[i] = (float)(0.5 * hm_sin(0.0575 * (double)(i / 2) + (double)(i % 2)));
    return audio;
}

/* Walk from head to head. Gives how many frames there are; each must say what the sound is. */
static int count_frames(const uint8_t *bytes, size_t n)
{
    int frames = 0;
    for (size_t at = 0; at < n; frames++) {
        const uint8_t *h = bytes + at;
        assert_true(at + HEAD < n);
        assert_int_equal(h[0] << 4 | h[1] >> 4, 0xfff);
        assert_int_equal(h[1] & 0xf, 1);      /* MPEG-4, no checksum */
        assert_int_equal(h[2] >> 6, 1);       /* low complexity */
        assert_int_equal(h[2] >> 2 & 0xf, 3); /* 48 kHz */
        assert_int_equal((h[2] & 1) << 2 | h[3] >> 6, 2);
        at += (size_t)(h[3] & 3) << 11 | (size_t)h[4] << 3 | (size_t)h[5] >> 5;
        assert_true(at <= n);
    }
    return frames;
}

static void frames_follow_one_another_and_cover_the_sound(void **state)
{
    (void)state;
    const int64_t n_sample[] = {1, FRAME, 2 * HM_AUDIO_HZ + 5};
    for (size_t i = 0; i < sizeof n_sample / sizeof n_sample[0]; i++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_audio audio = tone(&a, n_sample[i]);
        uint8_t *bytes;
        size_t n;
        hm_err err = {0};
        if (hm_adts_encode(&audio, 48000, &a, &bytes, &n, &err) != HM_OK)
            fail_msg("%s", err.msg);
        int64_t decoded = (int64_t)count_frames(bytes, n) * FRAME;
        assert_true(decoded >= n_sample[i] + HM_ADTS_LEAD_SAMPLES);
        assert_true(decoded < n_sample[i] + HM_ADTS_LEAD_SAMPLES + 2 * FRAME);
        hm_arena_free(&a);
    }
}

static void rate_is_what_was_asked_for(void **state)
{
    (void)state;
    hm_arena a;
    hm_arena_init(&a, 0);
    hm_audio audio = tone(&a, 4 * HM_AUDIO_HZ);
    uint8_t *bytes;
    size_t n;
    hm_err err = {0};
    assert_int_equal(hm_adts_encode(&audio, 32000, &a, &bytes, &n, &err), HM_OK);
    assert_true(n < 4 * 32000 / 8 * 5 / 4);
    hm_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_follow_one_another_and_cover_the_sound),
        cmocka_unit_test(rate_is_what_was_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
