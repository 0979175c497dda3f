/* Layers of a drawing, one PNG each, for programs that draw over them. */
#include "draw_priv.h"

#include <stdio.h>
#include <string.h>

#include "io/file.h"
#include "io/png.h"

static hm_status write_layer(const roto_easel *e, const char *dir, const char *name, int64_t number,
                             hm_png_kind kind, hm_err *err)
{
    char path[HM_FILE_PATH_MAX];
    int n = snprintf(path, sizeof path, "%s/%s_%05lld.png", dir, name, (long long)number + 1);
    if (n < 0 || (size_t)n >= sizeof path)
        return hm_err_set(err, HM_ERR_USAGE, dir, 0, 0, "--layers", "the path is too long");
    hm_png png = {kind, e->w_px, e->h_px, (kind == HM_PNG_GRAY ? 1 : 4) * e->w_px, e->layer};
    return hm_png_write(path, &png, err);
}

static void clear(const roto_easel *e)
{
    memset(e->layer, 0, (size_t)e->w_px * (size_t)e->h_px * 4);
}

/* Lay what waits in the fill over the layer. */
static void over(roto_easel *e, hm_rgb c, float level)
{
    roto_fill *f = &e->fill;
    for (int32_t y = f->y0; y < f->y1; y++) {
        roto_fill_row(f, y, e->cover);
        int32_t end = f->x1 < e->w_px ? f->x1 : e->w_px;
        for (int32_t x = f->x0; x < end; x++) {
            float k = level * e->cover[x - f->x0];
            uint8_t *q = e->layer + 4 * ((int64_t)y * e->w_px + x);
            float was = (float)q[3] * (1 / 255.0f), now = k + was * (1 - k);
            if (k <= 0)
                continue;
            float v[3] = {c.r, c.g, c.b};
            for (int j = 0; j < 3; j++) {
                float old = (float)q[j] * (1 / 255.0f);
                q[j] = (uint8_t)(255 * (k * v[j] + was * (1 - k) * old) / now + 0.5f);
            }
            q[3] = (uint8_t)(255 * now + 0.5f);
        }
    }
    roto_fill_reset(f);
}

static hm_status layer_colour(roto_easel *e, const roto_pen *pen, const roto_drawing *d,
                              const char *dir, hm_err *err)
{
    clear(e);
    for (int32_t k = 0; k < d->n_figure; k++)
        HM_TRY(roto_draw_figure_colour(e, pen, &d->figure[k], d->number, err));
    return write_layer(e, dir, "colour", d->number, HM_PNG_RGBA, err);
}

static hm_status layer_ink(roto_easel *e, const roto_pen *pen, const roto_drawing *d,
                           const char *dir, hm_err *err)
{
    clear(e);
    for (int32_t k = 0; k < d->n_figure; k++) {
        HM_TRY(roto_draw_figure_ink(e, pen, &d->figure[k], err));
        over(e, pen->look->ink.ink, 1);
    }
    return write_layer(e, dir, "ink", d->number, HM_PNG_RGBA, err);
}

static hm_status layer_matte(roto_easel *e, const roto_pen *pen, const roto_drawing *d,
                             const char *dir, hm_err *err)
{
    clear(e);
    for (int32_t k = 0; k < d->n_figure; k++) {
        HM_TRY(roto_draw_figure_area(e, pen, &d->figure[k], &d->figure[k].matte, err));
        over(e, (hm_rgb){1, 1, 1}, 1);
    }
    return write_layer(e, dir, "matte", d->number, HM_PNG_RGBA, err);
}

/* Each part of the body in a colour of its own: red tells the part, green the person. */
static hm_status layer_parts(roto_easel *e, const roto_pen *pen, const roto_drawing *d,
                             const char *dir, hm_err *err)
{
    clear(e);
    for (int32_t k = 0; k < d->n_figure; k++) {
        const roto_figure *f = &d->figure[k];
        for (int32_t i = 0; i < f->n_area; i++) {
            hm_rgb c = {(float)(16 * (f->area[i].part + 1)) * (1 / 255.0f),
                        (float)(30 * (f->id % 8)) * (1 / 255.0f), 0.5f};
            if (f->area[i].shade)
                continue;
            HM_TRY(roto_draw_figure_area(e, pen, f, &f->area[i], err));
            over(e, c, 1);
        }
    }
    return write_layer(e, dir, "parts", d->number, HM_PNG_RGBA, err);
}

hm_status roto_draw_layers(roto_easel *e, const roto_pen *pen, const roto_drawing *d,
                           const char *dir, hm_err *err)
{
    HM_TRY(layer_colour(e, pen, d, dir, err));
    HM_TRY(layer_ink(e, pen, d, dir, err));
    HM_TRY(layer_matte(e, pen, d, dir, err));
    return layer_parts(e, pen, d, dir, err);
}
