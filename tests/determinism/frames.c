/* frames.c - draws a few pictures and prints the hash of each: the same lines from every compiler,
 * level of optimisation and instruction set. tools/check_frames compares them. */
#include "capsules.h"

#include <stdio.h>

#include "stage/nv12.h"
#include "stage/raster.h"

enum { W = 640, H = 360 };

static uint8_t rgbx[W * H * 4], nv12[W * H * 3 / 2];

int main(void)
{
    hm_arena a;
    hm_arena_init(&a, 0);
    capsule_scene s;
    hm_raster *r = hm_raster_new(W, H, 1);
    if (!r || !capsule_scene_init(&s, &a, 8, 14, 10))
        return 1;
    hm_picture pic = {W, H, 4 * W, rgbx};
    for (int32_t i = 0; hm_paint_at(i); i++)
        for (int cam = 0; cam < 4; cam++) {
            s.scene.camera = capsule_camera(cam);
            if (hm_raster_draw(r, &s.scene, hm_paint_at(i), NULL, &pic, NULL) != HM_OK)
                return 1;
            hm_nv12_from_rgbx(&pic, nv12);
            printf("%s %d %016llx\n", hm_paint_name(hm_paint_at(i)), cam,
                   (unsigned long long)hm_frame_hash(nv12, W, H));
        }
    hm_raster_destroy(r);
    hm_arena_free(&a);
    return 0;
}
