/* The sound of several races, one after the other. */
#include "film_steps.h"
#include "ht.h"

#include <stdlib.h>

#include "stage/sound.h"

enum { HZ = 48000, FPS = 24, FRAMES = 5 * FPS };

#define FADE_S 0.5

typedef struct rig {
    hm_arena a;
    hm_race race[2];
    hm_listener ear[2][FRAMES];
    hm_sound_part part[2];
    hm_sound_opts whole;
} rig;

/* Two races from 1 s before the gun on, heard from the side, with the second 5 s after the first.
 */
static rig *rig_new(void)
{
    rig *g = calloc(1, sizeof *g);
    hm_arena_init(&g->a, 0);
    g->race[0] = film_race_stepping(&g->a, FILM_RACE_SCHOOL);
    g->race[1] = film_race_stepping(&g->a, FILM_RACE_EIGHT);
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < FRAMES; k++)
            g->ear[i][k] = (hm_listener){.film_t_s = (double)(i * FRAMES + k) / FPS,
                                         .race_t_s = -1 + (double)k / FPS,
                                         .ear_m = {-6, 1.5f, 8},
                                         .right = {0, 0, 1}};
        g->part[i] = (hm_sound_part){.race = &g->race[i],
                                     .n = FRAMES,
                                     .listener = g->ear[i],
                                     .opts = hm_sound_opts_default(),
                                     .fade_in_s = FADE_S,
                                     .fade_out_s = FADE_S};
    }
    g->whole = hm_sound_opts_default();
    return g;
}

static hm_audio joined(rig *g, int n_thread)
{
    hm_sound *s = NULL;
    hm_err e = {0};
    g->whole.n_thread = n_thread;
    if (hm_sound_join(2, g->part, &g->whole, NULL, &s, &e) != HM_OK)
        fail_msg("%s", e.msg);
    hm_audio a = {hm_sound_sample_count(s), NULL};
    a.lr = HM_PUSH(&g->a, float, 2 * a.n_sample);
    assert_int_equal(hm_sound_read(s, 0, a.n_sample, a.lr, &e), HM_OK);
    hm_sound_destroy(s);
    return a;
}

static double rms(const hm_audio *a, double from_s, double to_s)
{
    double sum = 0;
    int64_t lo = (int64_t)(from_s * HZ), hi = (int64_t)(to_s * HZ);
    for (int64_t i = 2 * lo; i < 2 * hi; i++)
        sum += (double)a->lr[i] * (double)a->lr[i];
    return sqrt(sum / (double)(2 * (hi - lo)));
}

static void between_two_races_there_is_the_tone_of_a_room(void **state)
{
    (void)state;
    rig *g = rig_new();
    hm_audio a = joined(g, 2);
    assert_int_equal(a.n_sample, 2 * FRAMES * HZ / FPS);
    double seam_s = (double)FRAMES / FPS, gun = rms(&a, seam_s + 1.02, seam_s + 1.3);
    double pause = rms(&a, seam_s - 0.03, seam_s + 0.03);
    assert_true(pause > 0 && pause < 0.01 * gun); /* not nothing, 40 dB under the gun */
    assert_true(rms(&a, 1.02, 1.3) > 10 * pause);
    hm_arena_free(&g->a);
    free(g);
}

static void the_whole_has_the_loudness_of_one_film(void **state)
{
    (void)state;
    rig *g = rig_new();
    hm_audio a = joined(g, 2);
    hm_loudness l;
    hm_err e = {0};
    assert_int_equal(hm_loudness_of(&a, &l, &e), HM_OK);
    ht_near(l.integrated_lufs, -16, 0.5, 0);
    assert_true(l.peak_dbtp <= -2.4);
    hm_arena_free(&g->a);
    free(g);
}

static void samples_are_the_same_on_any_number_of_threads(void **state)
{
    (void)state;
    rig *g = rig_new();
    hm_audio one = joined(g, 1), three = joined(g, 3);
    assert_memory_equal(one.lr, three.lr, 2 * sizeof(float) * (size_t)one.n_sample);
    hm_arena_free(&g->a);
    free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(between_two_races_there_is_the_tone_of_a_room),
        cmocka_unit_test(the_whole_has_the_loudness_of_one_film),
        cmocka_unit_test(samples_are_the_same_on_any_number_of_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
