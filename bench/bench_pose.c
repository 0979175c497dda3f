/* bench_pose.c - the pose nets: milliseconds an image on one thread and over all processors, one
 * net each. Says nothing when the nets are not there. */
#include "pose/pose.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/par.h"

enum { WIDTH = 1920, HEIGHT = 1080, IMAGES = 24, TRIES = 3, THREAD_MAX = 8 };

typedef struct bench {
    hm_pose_net *net[THREAD_MAX];
    hm_pose *pose[THREAD_MAX];
    hm_pose_image image;
} bench;

static void one(void *ctx, int64_t i, int worker)
{
    bench *b = ctx;
    (void)i;
    hm_pose_region region = {900, 540, 1000, 0.1};
    hm_pose_at(b->net[worker], &b->image, &region, b->pose[worker]);
}

static void find(void *ctx, int64_t i, int worker)
{
    bench *b = ctx;
    (void)i;
    hm_pose_region region[HM_POSE_FOUND_MAX];
    double score[HM_POSE_FOUND_MAX];
    hm_pose_find(b->net[worker], &b->image, NULL, region, score);
}

/* Best of a few, ms an image. */
static double time_of(bench *b, int n_thread, hm_par_fn *fn)
{
    double best_s = 1e9;
    for (int k = 0; k < TRIES; k++) {
        double from_s = hm_clock_wall_s();
        hm_par_for(n_thread, IMAGES, fn, b);
        double took_s = hm_clock_wall_s() - from_s;
        best_s = took_s < best_s ? took_s : best_s;
    }
    return 1000 * best_s / IMAGES;
}

static void bench_size(bench *b, hm_pose_size size, int n_thread, hm_arena *a)
{
    for (int k = 0; k < n_thread; k++)
        if (hm_pose_open(NULL, size, a, &b->net[k], NULL) != HM_OK)
            return;
    const char *word = hm_pose_size_word(size);
    if (size == HM_POSE_LITE)
        printf("pose detector with its picture 1 thread,ms,%.2f\n", time_of(b, 1, find));
    printf("pose %s with its picture 1 thread,ms an image,%.2f\n", word, time_of(b, 1, one));
    printf("pose %s with its picture %d threads,ms an image,%.2f\n", word, n_thread,
           time_of(b, n_thread, one));
    for (int k = 0; k < n_thread; k++)
        hm_pose_close(b->net[k]);
}

int main(void)
{
    int n_thread = hm_par_cpu_count() < THREAD_MAX ? hm_par_cpu_count() : THREAD_MAX;
    hm_arena a;
    hm_arena_init(&a, 0);
    uint8_t *rgb = HM_PUSH(&a, uint8_t, (size_t)WIDTH * HEIGHT * 3);
    if (!rgb)
        return 1;
    for (size_t i = 0; i < (size_t)WIDTH * HEIGHT * 3; i++)
        rgb[i] = (uint8_t)(i * 2654435761u >> 13);
    bench b = {.image = {WIDTH, HEIGHT, 3 * WIDTH, rgb}};
    for (int k = 0; k < n_thread; k++)
        if (!(b.pose[k] = HM_PUSH(&a, hm_pose, 1)))
            return 1;
    for (int size = 0; size < HM_POSE_SIZE_COUNT; size++)
        bench_size(&b, (hm_pose_size)size, n_thread, &a);
    hm_arena_free(&a);
    return 0;
}
