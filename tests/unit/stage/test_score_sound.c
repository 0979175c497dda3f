/* The score as it sounds. Skipped where nothing can play it. */
#define _XOPEN_SOURCE 700 /* mkstemp */

#include "film_steps.h"
#include "ht.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"
#include "stage/director.h"
#include "stage/score.h"
#include "stage/shots.h"
#include "stage/sound.h"

enum { HZ = 48000, FPS = 24 };

typedef struct rig {
    hm_arena a;
    hm_race race;
    hm_film film;
    hm_score_opts so;
    hm_score s;
    hm_soundfont font;
    hm_sound_opts o;
    bool without;
    int64_t n;
    hm_listener *ear;
} rig;

static void rig_compose(rig *g)
{
    hm_err err = {0};
    if (hm_score_compose(&g->race, &g->film, &g->so, &g->a, &g->s, &err) != HM_OK)
        fail_msg("%s", err.msg);
}

static rig rig_new(film_race_kind kind, hm_cut cut, double from_s, double to_s)
{
    rig g = {0};
    hm_err err = {0};
    hm_arena_init(&g.a, 0);
    g.race = film_race_stepping(&g.a, kind);
    g.so = hm_score_opts_default();
    hm_direct_opts d = hm_direct_opts_default();
    d.cut = cut;
    if (hm_direct(&g.race, &d, &g.a, &g.film, &err) != HM_OK)
        fail_msg("%s", err.msg);
    to_s = to_s > 0 ? to_s : g.film.duration_s;
    g.n = (int64_t)((to_s - from_s) * FPS);
    g.ear = HM_PUSH(&g.a, hm_listener, g.n);
    for (int64_t k = 0; k < g.n; k++) {
        hm_moment m;
        hm_film_at(&g.film, &g.race, from_s + (double)k / FPS, &m);
        g.ear[k] = hm_listener_of(m.film_t_s, m.race_t_s, &m.camera, m.i_shot);
    }
    g.o = hm_sound_opts_default();
    hm_soundfont_find(NULL, &g.font);
    g.o.soundfont = g.font.path;
    rig_compose(&g);
    return g;
}

static void rig_free(rig *g)
{
    hm_arena_free(&g->a);
}

static hm_audio music(rig *g)
{
    hm_audio a = {0};
    hm_err err = {0};
    g->o.score = g->without ? NULL : &g->s;
    if (hm_sound_stem(&g->race, g->n, g->ear, &g->o, HM_STEM_SCORE, 0, &g->a, &a, &err) != HM_OK)
        fail_msg("%s", err.msg);
    return a;
}

static hm_audio whole(rig *g)
{
    hm_audio a = {0};
    hm_err err = {0};
    g->o.score = g->without ? NULL : &g->s;
    if (hm_sound_render(&g->race, g->n, g->ear, &g->o, &g->a, &a, &err) != HM_OK)
        fail_msg("%s", err.msg);
    return a;
}

static uint64_t hash_of(const hm_audio *a)
{
    return hm_hash(HM_HASH_START, a->lr, (size_t)a->n_sample * 2 * sizeof(float));
}

static double rms_db(const hm_audio *a, double from_s, double to_s)
{
    double sum = 0;
    int64_t lo = (int64_t)(from_s * HZ), hi = (int64_t)(to_s * HZ);
    for (int64_t i = 2 * lo; i < 2 * hi && i < 2 * a->n_sample; i++)
        sum += (double)a->lr[i] * (double)a->lr[i];
    return 10 * log10(sum / (double)(2 * (hi - lo)) + 1e-14);
}

static const hm_score_section *section_of(const rig *g, hm_score_kind kind)
{
    for (int32_t i = 0; i < g->s.n_section; i++)
        if (g->s.section[i].kind == kind)
            return &g->s.section[i];
    fail_msg("no such section");
    return NULL;
}

/* Edges only: what rings on is slow. */
static double edge(const hm_audio *a, double from_s, double to_s)
{
    double top = 0;
    for (int64_t i = (int64_t)(from_s * HZ); i < (int64_t)(to_s * HZ) && i < a->n_sample; i++)
        top = fmax(top, fabs((double)a->lr[2 * i] - 2 * (double)a->lr[2 * i - 2] +
                             (double)a->lr[2 * i - 4]));
    return top;
}

/* The kit alone: when a tenth of each stroke's sharpest edge is reached. */
static void the_kit_is_heard_at_footfalls(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_ONE, HM_CUT_RACE, 0, 0);
    int64_t kept = 0;
    for (int64_t i = 0; i < g.s.n_note; i++)
        if (g.s.note[i].part == HM_SCORE_PART_DRUMS &&
            (g.s.note[i].key == 36 || g.s.note[i].key == 38) && g.s.note[i].on_s < 10)
            g.s.note[kept++] = g.s.note[i];
    g.s.n_note = kept;
    hm_audio a = music(&g);
    assert_true(kept > 30);
    for (int64_t i = 0; i < kept; i++) {
        double t = g.s.note[i].on_s, before = edge(&a, t - 0.012, t - 0.004);
        double bar = fmax(0.1 * edge(&a, t, t + 0.03), 1.3 * before), at_s = t - 0.004;
        while (at_s < t + 0.02 && edge(&a, at_s, at_s + 2.0 / HZ) < bar)
            at_s += 1.0 / HZ;
        ht_near(at_s, t, 0.002 + 64.0 / HZ, 0);
    }
    rig_free(&g);
}

static void the_mix_keeps_its_loudness_and_peak(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_RACE, 0, 0);
    hm_audio a = whole(&g);
    hm_loudness l = {0};
    assert_int_equal(hm_loudness_of(&a, &l, NULL), HM_OK);
    ht_near(l.integrated_lufs, -16, 0.5, 0);
    assert_true(l.peak_dbtp <= -1.0);
    rig_free(&g);
}

static void music_is_heard_over_the_race_and_gone_in_its_silence(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_RACE, 0, 0);
    g.so.end = HM_SCORE_END_NOTHING;
    rig_compose(&g);
    hm_audio a = music(&g);
    const hm_score_section *theme = section_of(&g, HM_SCORE_THEME);
    const hm_score_section *last = section_of(&g, HM_SCORE_LAST);
    double loud = rms_db(&a, theme->from_s, theme->to_s);
    double quiet = rms_db(&a, last->from_s + 1.0, last->to_s - 0.05);
    assert_true(loud > -30 && quiet < loud - 30); /* what is left is the hall's answer */
    rig_free(&g);
}

static void before_the_gun_there_is_nothing(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_BROADCAST, 0, 18);
    hm_audio a = music(&g);
    double gun_s = section_of(&g, HM_SCORE_SET)->to_s;
    double heart = rms_db(&a, gun_s - 2, gun_s - 1);
    assert_true(rms_db(&a, gun_s - 0.1, gun_s - 0.02) < heart - 12);
    assert_true(rms_db(&a, gun_s + 1.5, gun_s + 3) > heart);
    rig_free(&g);
}

static void cuts_are_played_through(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_BROADCAST, 17, 24);
    hm_audio cut = music(&g);
    uint64_t with_cuts = hash_of(&cut);
    for (int64_t k = 0; k < g.n; k++)
        g.ear[k].shot = 0; /* the same film as one shot: the music does not hear the difference */
    for (int64_t k = 1; k < g.n; k++)
        g.ear[k].race_t_s = fmax(g.ear[k].race_t_s, g.ear[k - 1].race_t_s);
    hm_audio one = music(&g);
    assert_true(with_cuts == hash_of(&one));
    rig_free(&g);
}

static void a_part_of_the_film_has_that_part_of_the_music(void **state)
{
    (void)state;
    rig all = rig_new(FILM_RACE_EIGHT, HM_CUT_RACE, 0, 0);
    rig part = rig_new(FILM_RACE_EIGHT, HM_CUT_RACE, 6, 0);
    hm_audio a = music(&all), b = music(&part);
    /* What rings from long before is lost, the rest is there at its time. */
    for (double t = 0.5; t < 4; t += 0.5)
        ht_near(rms_db(&b, t, t + 0.5), rms_db(&a, 6 + t, 6 + t + 0.5), 0.7, 0);
    rig_free(&all);
    rig_free(&part);
}

static void music_is_the_same_each_time_and_on_any_number_of_threads(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_RACE, 3, 7);
    hm_audio one = whole(&g);
    g.o.n_thread = 2;
    hm_audio two = whole(&g);
    assert_true(hash_of(&one) == hash_of(&two));
    rig_free(&g);
}

static void without_a_score_the_mix_is_as_it_was(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_EIGHT, HM_CUT_RACE, 3, 6);
    g.without = true;
    hm_audio silent = music(&g);
    for (int64_t i = 0; i < 2 * silent.n_sample; i++)
        assert_true(fabs((double)silent.lr[i]) <= 0);
    rig_free(&g);
}

static void a_file_that_is_no_soundfont_is_told(void **state)
{
    (void)state;
    rig g = rig_new(FILM_RACE_ONE, HM_CUT_RACE, 3, 4);
    char path[] = "/tmp/hecto-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, "not a soundfont", 15) == 15);
    close(fd);
    hm_audio a = {0};
    hm_err err = {0};
    g.o.soundfont = path;
    g.o.score = &g.s;
    assert_int_equal(hm_sound_render(&g.race, g.n, g.ear, &g.o, &g.a, &a, &err), HM_ERR_INPUT);
    assert_string_equal(err.source, path);
    assert_true(a.lr == NULL);
    unlink(path);
    rig_free(&g);
}

int main(void)
{
    hm_soundfont font;
    if (!hm_score_player()[0] || !hm_soundfont_find(NULL, &font))
        return ht_skip_all("no FluidSynth or no soundfont");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_kit_is_heard_at_footfalls),
        cmocka_unit_test(the_mix_keeps_its_loudness_and_peak),
        cmocka_unit_test(music_is_heard_over_the_race_and_gone_in_its_silence),
        cmocka_unit_test(before_the_gun_there_is_nothing),
        cmocka_unit_test(cuts_are_played_through),
        cmocka_unit_test(a_part_of_the_film_has_that_part_of_the_music),
        cmocka_unit_test(music_is_the_same_each_time_and_on_any_number_of_threads),
        cmocka_unit_test(without_a_score_the_mix_is_as_it_was),
        cmocka_unit_test(a_file_that_is_no_soundfont_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
