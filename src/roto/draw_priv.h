/* draw_priv.h - a drawing as a picture. */
#ifndef HM_ROTO_DRAW_PRIV_H
#define HM_ROTO_DRAW_PRIV_H

#include "fill_priv.h"
#include "ink_priv.h"

/* Buffers of one worker. */
typedef struct roto_easel {
    int32_t w_px, h_px;
    roto_fill fill;
    float *cover;   /* (w_px + 2) of a row */
    float *colour;  /* (w h 3) of one figure */
    float *matte;   /* (w h) of one figure */
    uint8_t *rgbx;  /* (w h 4) the picture */
    uint8_t *layer; /* (w h 4) one layer at a time; NULL = none are written */
    hm_arena scratch;
} roto_easel;

hm_status roto_easel_init(int32_t w_px, int32_t h_px, bool layers, hm_arena *arena,
                          roto_easel *easel, hm_err *err);
void roto_easel_free(roto_easel *easel);

/* One drawing into easel->rgbx. in place (w h 3) what stands behind */
hm_status roto_draw(roto_easel *easel, const roto_pen *pen, const roto_drawing *drawing,
                    const uint8_t *place, hm_err *err);

/* Parts of it, left in easel->fill to be taken: an area, the ink. */
hm_status roto_draw_figure_area(roto_easel *easel, const roto_pen *pen, const roto_figure *figure,
                                const roto_area *area, hm_err *err);
hm_status roto_draw_figure_ink(roto_easel *easel, const roto_pen *pen, const roto_figure *figure,
                               hm_err *err);

/* Its colours over easel->layer. */
hm_status roto_draw_figure_colour(roto_easel *easel, const roto_pen *pen, const roto_figure *figure,
                                  int64_t drawing, hm_err *err);

/* The layers of a drawing as PNG files in dir: colour, ink, matte, parts. */
hm_status roto_draw_layers(roto_easel *easel, const roto_pen *pen, const roto_drawing *drawing,
                           const char *dir, hm_err *err);

#endif
