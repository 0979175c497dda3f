/* slit_decode.c - plain decoding against the slit scan of the same clip, in turns, by the seconds
 * of the processor. usage: slit_decode CLIP MARKS NAME (tools/bench_slit.py films and calls it) */
#include "video/crossing.h"

#include <stdio.h>

#include "base/clock.h"

enum { TRIES = 5 };

static bool decode(const hm_crossing_job *job, hm_arena *arena)
{
    hm_clip *clip;
    hm_clip_image image;
    bool more = true;
    if (hm_clip_open(job->path, &job->clip, arena, &clip, NULL) != HM_OK)
        return false;
    hm_status status = HM_OK;
    while (status == HM_OK && more)
        status = hm_clip_next(clip, &image, &more, NULL);
    hm_clip_close(clip);
    return status == HM_OK;
}

static bool scan(const hm_crossing_job *job, hm_arena *arena)
{
    hm_crossings found;
    return hm_crossings_find(job, arena, &found, NULL) == HM_OK;
}

/* One try of one of the two; the better of best_s and it, NAN = failed. */
static double best_of(bool (*deed)(const hm_crossing_job *, hm_arena *), const hm_crossing_job *job,
                      double best_s)
{
    hm_arena arena;
    hm_arena_init(&arena, 0);
    double from_s = hm_clock_cpu_s();
    bool ok = deed(job, &arena);
    double took_s = hm_clock_cpu_s() - from_s;
    hm_arena_free(&arena);
    if (!ok)
        fprintf(stderr, "slit_decode: %s cannot be measured\n", job->path);
    return ok && took_s < best_s ? took_s : best_s;
}

int main(int argc, char **argv)
{
    hm_arena arena;
    hm_marks marks;
    hm_view view;
    double decode_s = 1e9, scan_s = 1e9;
    if (argc != 4)
        return 2;
    hm_arena_init(&arena, 0);
    if (hm_marks_read(argv[2], &arena, &marks, NULL) != HM_OK ||
        hm_view_fit(&marks, &arena, &view, NULL) != HM_OK)
        return 1;
    const hm_crossing_job job = {.path = argv[1],
                                 .clip = hm_clip_opts_default(),
                                 .marks = &marks,
                                 .view = &view,
                                 .n_plane = 1,
                                 .plane_x_m = &marks.finish_x_m};
    for (int i = 0; i < TRIES; i++) {
        decode_s = best_of(decode, &job, decode_s);
        scan_s = best_of(scan, &job, scan_s);
    }
    printf("%s_decode,cpu_s,%.3f\n%s_scan,cpu_s,%.3f\n%s_of_decode_speed,[1],%.2f\n", argv[3],
           decode_s, argv[3], scan_s, argv[3], decode_s / scan_s);
    hm_arena_free(&arena);
    return 0;
}
