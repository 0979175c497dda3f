/* bench_draw.c - milliseconds a drawing, whole and by step. Capsule runners of 5 k triangles on a
 * track: the rasteriser's own cost, without the surfaces of bodies and stadium. */
#include "capsules.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "stage/nv12.h"
#include "stage/raster.h"

enum { N_TIME = 15 };

typedef struct size {
    int32_t w_px, h_px;
    const char *name;
} size;

static void line(const char *what, const char *name, int n_thread, double ms)
{
    printf("draw_%s_%s_%dt,ms,%.2f\n", what, name, n_thread, ms);
}

static int one(const capsule_scene *s, size z, int n_thread)
{
    hm_raster *r = hm_raster_new(z.w_px, z.h_px, n_thread);
    uint8_t *rgbx = malloc((size_t)z.w_px * (size_t)z.h_px * 4);
    uint8_t *nv12 = malloc(hm_nv12_bytes(z.w_px, z.h_px));
    if (!r || !rgbx || !nv12)
        return 1;
    hm_picture pic = {z.w_px, z.h_px, 4 * z.w_px, rgbx};
    double wall = 1e9, cpu = 1e9, post = 1e9;
    hm_raster_time best = {0};
    for (int i = 0; i < N_TIME; i++) {
        double w0_s = hm_clock_wall_s(), c0_s = hm_clock_cpu_s();
        if (hm_raster_draw(r, &s->scene, hm_paint_find("broadcast"), NULL, &pic, NULL) != HM_OK)
            return 1;
        double w1_s = hm_clock_wall_s();
        hm_nv12_from_rgbx(&pic, nv12);
        double w2_s = hm_clock_wall_s(), c2_s = hm_clock_cpu_s();
        cpu = c2_s - c0_s < cpu ? c2_s - c0_s : cpu;
        post = w2_s - w1_s < post ? w2_s - w1_s : post;
        if (w2_s - w0_s < wall) {
            wall = w2_s - w0_s;
            best = hm_raster_time_get(r);
        }
    }
    line("wall", z.name, n_thread, wall * 1e3);
    line("cpu", z.name, n_thread, cpu * 1e3);
    line("setup", z.name, n_thread, best.setup_s * 1e3);
    line("visible_shade", z.name, n_thread, best.tile_s * 1e3);
    line("ink", z.name, n_thread, best.ink_s * 1e3);
    line("nv12", z.name, n_thread, post * 1e3);
    hm_raster_destroy(r);
    free(rgbx);
    free(nv12);
    return 0;
}

int main(void)
{
    const size sizes[2] = {{1280, 720, "720p"}, {1920, 1080, "1080p"}};
    hm_arena a;
    hm_arena_init(&a, 0);
    capsule_scene s;
    if (!capsule_scene_init(&s, &a, 8, 16, 12))
        return 1;
    printf("draw_triangles,n,%d\n", s.n_tri);
    for (int i = 0; i < 2; i++)
        for (int n_thread = 1; n_thread <= 2; n_thread++)
            if (one(&s, sizes[i], n_thread) != 0)
                return 1;
    hm_arena_free(&a);
    return 0;
}
