/* stage/raster.h - draws a scene into a picture. The same bytes from any compiler, instruction set
 * and number of threads.
 *
 * How: all triangles are moved to the screen, clipped, snapped to 1/256 pixel and put into bins of
 * 32 x 32 pixels; then each tile finds the nearest triangle at four samples a pixel, shades each
 * visible (pixel, object) once, and leaves labels and depths from which the ink is drawn. */
#ifndef HM_STAGE_RASTER_H
#define HM_STAGE_RASTER_H

#include <stdint.h>

#include "base/status.h"
#include "stage/paint.h"
#include "stage/scene.h"

/** Buffers of one worker. Films use one for each thread, each drawing its own frames. */
typedef struct hm_raster hm_raster;

/**
 * Buffers for pictures of one size.
 * in     w_px, h_px  8 .. 3840
 *        n_thread    threads that share one picture; 1 where frames are drawn in parallel
 * out    NULL when the size is out of range or memory is short
 * memory owned by the handle, about 60 bytes a pixel, touched only where runners are
 */
hm_raster *hm_raster_new(int32_t w_px, int32_t h_px, int n_thread);
void hm_raster_destroy(hm_raster *r);

/** Where the time of the last drawing went. Wall seconds of the calling thread. */
typedef struct hm_raster_time {
    double setup_s, tile_s, ink_s; /* transform and bin; visibility and shade; ink */
    int32_t n_tri;                 /* that reached the bins, shadows included */
} hm_raster_time;
hm_raster_time hm_raster_time_get(const hm_raster *r);

/**
 * Draw a scene.
 * in     scene   any geometry: triangles with NaN or infinite corners are left out
 *        paint    from hm_paint_find
 *        params  NULL = the paint's own
 *        pic     of the size given to hm_raster_new (asserted)
 * errors HM_ERR_SYSTEM no memory
 * memory grows inside r, is kept for the next drawing.  threads: one drawing at a time for each r
 * test   tests/unit/stage/test_raster.c, tests/determinism
 */
HM_CHECKED hm_status hm_raster_draw(hm_raster *r, const hm_scene *scene, const hm_paint *paint,
                                    const hm_paint_params *params, hm_picture *pic, hm_err *err);

#endif
