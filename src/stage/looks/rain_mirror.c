/* rain_mirror.c - the world in the water: drawn at half the size from a camera as far under the
 * ground as the eye is above it, without the crowd, which is dark. Turned upside down it lies under
 * the picture point by point. */
#include "rain_priv.h"

#include <string.h>

struct rain_mirror {
    hm_raster *raster;
    hm_picture pic;
};

hm_status rain_mirror_open(const look_film *film, hm_arena *arena, void **work, hm_err *err)
{
    rain_mirror *m = HM_PUSH(arena, rain_mirror, 1);
    int32_t w = film->w_px / 2 < 8 ? 8 : film->w_px / 2,
            h = film->h_px / 2 < 8 ? 8 : film->h_px / 2;
    if (m) {
        m->pic = (hm_picture){w, h, 4 * w, hm_arena_push(arena, (size_t)w * 4, (size_t)h)};
        m->raster = hm_raster_new(w, h, 1);
    }
    *work = m;
    return m && m->pic.rgbx && m->raster
               ? HM_OK
               : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the mirror");
}

void rain_mirror_close(void *work)
{
    rain_mirror *m = work;
    if (m)
        hm_raster_destroy(m->raster);
}

hm_status rain_mirror_draw(rain_mirror *m, const hm_scene *scene, const hm_paint_params *paint,
                           hm_arena *scratch, hm_picture **pic, hm_camera *camera, hm_err *err)
{
    hm_object *kept = HM_PUSH(scratch, hm_object, scene->n_object + 1);
    if (!kept)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the mirror");
    hm_scene under = *scene;
    under.n_object = 0;
    under.object = kept;
    for (int32_t i = 0; i < scene->n_object; i++)
        if (!(scene->object[i].flags & (HM_OBJECT_GROUND | HM_OBJECT_SOFT))) {
            kept[under.n_object] = scene->object[i];
            kept[under.n_object++].flags &= ~(uint32_t)HM_OBJECT_SHADOW;
        }
    under.camera.eye_m.y = -scene->camera.eye_m.y;
    under.camera.aim_m.y = -scene->camera.aim_m.y;
    under.camera.roll_rad = -scene->camera.roll_rad;
    hm_paint_params p = *paint;
    p.vignette_frac = 0;
    HM_TRY(hm_raster_draw(m->raster, &under, hm_paint_find("night"), &p, &m->pic, err));
    *pic = &m->pic;
    *camera = under.camera;
    return HM_OK;
}
