/* bench_sound.c - the sound of 14 s of eight runners, and coding of 12 s at 720p without drawing.
 */
#include "film_steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/par.h"
#include "stage/encode.h"
#include "stage/sound.h"

enum { TRIES = 3, SOUND_FRAMES = 14 * 24, FILM_FRAMES = 12 * 24 };

/** A camera that goes along beside the runners, with a cut every three seconds. */
static void listen(hm_listener l[SOUND_FRAMES])
{
    for (int i = 0; i < SOUND_FRAMES; i++) {
        double t = -2.0 + i / 24.0;
        float z = (float)(t > 0 ? 9.5 * t : 0);
        l[i] = (hm_listener){.film_t_s = i / 24.0,
                             .race_t_s = t,
                             .ear_m = {i / 72 % 2 ? -7.0f : 7.0f, 1.5f, z},
                             .right = {0, 0, i / 72 % 2 ? 1.0f : -1.0f},
                             .shot = i / 72};
    }
}

static int bench_sound(hm_space space, const char *name)
{
    static hm_listener l[SOUND_FRAMES];
    listen(l);
    hm_sound_opts o = hm_sound_opts_default();
    o.space = space;
    o.lead_db_per_m = space == HM_SPACE_BINAURAL ? 12 : 0; /* as the look `sound` has it */
    double best = 1e9;
    for (int k = 0; k < TRIES; k++) {
        hm_arena a;
        hm_arena_init(&a, 0);
        hm_race race = film_race_stepping(&a, FILM_RACE_EIGHT);
        hm_audio audio;
        double t = hm_clock_cpu_s();
        if (hm_sound_render(&race, SOUND_FRAMES, l, &o, &a, &audio, NULL) != HM_OK)
            return 1;
        t = hm_clock_cpu_s() - t;
        best = t < best ? t : best;
        hm_arena_free(&a);
    }
    printf("%s,cpu_s,%.3f\n", name, best);
    return 0;
}

/** Flat shapes that move and some grain, as drawings have. */
static void draw(void *ctx, int worker, int64_t frame, uint8_t *nv12)
{
    (void)ctx;
    (void)worker;
    for (int y = 0; y < 720; y++)
        for (int x = 0; x < 1280; x++) {
            int far = (x + (int)frame * 2) / 160 * 23,
                near = (x + (int)frame * 9) / 90 % 3 ? 0 : 60;
            int grain = y < 260 ? ((x / 6 * 31 + y / 6 * 17) * 2654435 >> 7) % 48 : 0;
            nv12[y * 1280 + x] = (uint8_t)(50 + far % 70 + (y > 400 ? near : grain));
        }
    for (int i = 0; i < 1280 * 360; i++)
        nv12[1280 * 720 + i] = (uint8_t)(120 + i / 40960);
}

static int bench_encode(void)
{
    char path[64];
    snprintf(path, sizeof path, "/tmp/hm-bench-%ld.mp4", (long)getpid());
    hm_encode_opts o = hm_encode_opts_default();
    o.n_thread = hm_par_cpu_count();
    hm_encode_source s = {.n_frame = FILM_FRAMES, .draw = draw};
    double cpu = hm_clock_cpu_s(), wall = hm_clock_wall_s();
    hm_status st = hm_encode_film(&o, &s, path, NULL);
    cpu = hm_clock_cpu_s() - cpu;
    wall = hm_clock_wall_s() - wall;
    unlink(path);
    if (st == HM_ERR_USAGE)
        return 0; /* built without libav */
    printf("encode_12s_720p,cpu_s,%.2f\nencode_12s_720p,wall_s,%.2f\n", cpu, wall);
    return st == HM_OK ? 0 : 1;
}

int main(void)
{
    return bench_sound(HM_SPACE_STEREO, "sound_14s_8_runners") ||
           bench_sound(HM_SPACE_BINAURAL, "sound_14s_8_runners_binaural") || bench_encode();
}
