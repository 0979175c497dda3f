/* layers_draw.c - one drawing taken apart: what is measured at each pixel, what is cut out, and
 * what the film's picture has over that. */
#include "hot_priv.h"
#include "layers_priv.h"
#include "raster_priv.h"

#include <string.h>

/* Measures instead of colours; widths of lines are those of the look. */
static const hm_paint guide_paint = {
    .name = "guide", .sentence = "", .tile_base = guide_tile_base, .tile_v3 = guide_tile_v3};

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for guide layers");
}

/* One channel of the worker's picture; from white if `of_white`. */
static void take(const hm_picture *pic, int channel, bool of_white, uint8_t *out)
{
    for (int32_t y = 0; y < pic->h_px; y++) {
        const uint8_t *row = pic->rgbx + (size_t)y * (size_t)pic->stride;
        for (int32_t x = 0; x < pic->w_px; x++) {
            uint8_t v = row[4 * x + channel];
            *out++ = of_white ? (uint8_t)(255 - v) : v;
        }
    }
}

/* The parameters of the look's lines for the paint that measures. */
static hm_paint_params measuring(const hm_paint_params *look)
{
    hm_paint_params p = *look;
    p.ink = (hm_rgb){0, 0, 0};
    p.vignette_frac = p.contact_frac = p.cast_frac = 0;
    p.own = NULL;
    return p;
}

/* Whose objects are drawn. */
typedef enum whose { EVERYTHING, RUNNERS, PLACE_AND_RUNNERS } whose;

static bool is_of(const layers *l, const drawing_job *job, int32_t i, whose which)
{
    const hm_object *o = &job->scene.object[i];
    if (which == RUNNERS)
        return o->actor != 0;
    return which == EVERYTHING || i < l->of.set->venue->n_object || drawing_is_runner(job, o);
}

/* A job's scene again with some of its objects, with lines or without. */
static hm_status some_objects(const layers *l, const drawing_job *job, whose which, bool lines,
                              hm_arena *scratch, hm_scene *out, hm_err *err)
{
    const hm_scene *scene = &job->scene;
    hm_object *list = HM_PUSH(scratch, hm_object, scene->n_object + 1);
    int32_t n = 0;
    if (!list)
        return no_memory(err);
    for (int32_t i = 0; i < scene->n_object; i++) {
        if (!is_of(l, job, i, which))
            continue;
        list[n] = scene->object[i];
        if (!lines)
            list[n].flags &= ~(uint32_t)HM_OBJECT_INK;
        n++;
    }
    *out = *scene;
    out->object = list;
    out->n_object = n;
    return HM_OK;
}

static hm_status measure(const layers *l, drawing_hand *hand, const drawing_job *job, whose which,
                         bool lines, bool shadows, hm_err *err)
{
    hm_scene scene;
    HM_TRY(some_objects(l, job, which, lines, &hand->scratch, &scene, err));
    scene.haze_per_m = 0;
    hm_paint_params params = measuring(&job->params);
    if (shadows)
        params.cast_frac = params.contact_frac = 1;
    return hm_raster_draw(hand->raster, &scene, &guide_paint, &params, &hand->pic, err);
}

static uint8_t whole_of(float v)
{
    return (uint8_t)(v > 0 ? (v < 255 ? v + 0.5f : 255.0f) : 0.0f);
}

/* Runners alone in the look's own paint, their background taken off: what covers a pixel is the
 * body and the line over it. */
static void cut_out(const hm_picture *pic, layer_hand *h)
{
    size_t k = 0;
    for (int32_t y = 0; y < pic->h_px; y++) {
        const uint8_t *row = pic->rgbx + (size_t)y * (size_t)pic->stride;
        for (int32_t x = 0; x < pic->w_px; x++, k++) {
            float open = (float)((255 - h->cover[k]) * (255 - h->line[k])) * (1.0f / 65025.0f);
            uint8_t *out = &h->alpha[4 * k];
            out[3] = whole_of(255.0f * (1.0f - open));
            for (int c = 0; c < 3; c++) {
                float own = (float)row[4 * x + c] - open * (float)h->empty[4 * k + (size_t)c];
                out[c] = out[3] ? whole_of(own / (1.0f - open)) : 0;
            }
        }
    }
}

/* The rows of a picture without gaps, n of 4 channels each pixel. */
static void copy(const hm_picture *pic, int n, uint8_t *out)
{
    for (int32_t y = 0; y < pic->h_px; y++) {
        const uint8_t *row = pic->rgbx + (size_t)y * (size_t)pic->stride;
        for (int32_t x = 0; x < pic->w_px; x++)
            for (int c = 0; c < n; c++)
                *out++ = row[4 * x + c];
    }
}

static hm_status draw_alpha(const layers *l, drawing_hand *hand, const drawing_job *job,
                            layer_hand *h, hm_err *err)
{
    hm_scene scene, none = job->scene;
    HM_TRY(some_objects(l, job, RUNNERS, true, &hand->scratch, &scene, err));
    none.n_object = 0;
    none.sky = scene.sky = NULL;
    HM_TRY(hm_raster_draw(hand->raster, &none, job->paint, &job->params, &hand->pic, err));
    copy(&hand->pic, 4, h->empty);
    HM_TRY(measure(l, hand, job, RUNNERS, false, false, err));
    take(&hand->pic, 1, false, h->cover);
    HM_TRY(measure(l, hand, job, RUNNERS, true, false, err));
    take(&hand->pic, 2, true, h->line);
    HM_TRY(hm_raster_draw(hand->raster, &scene, job->paint, &job->params, &hand->pic, err));
    cut_out(&hand->pic, h);
    return HM_OK;
}

/* The least that has to be laid over one picture for another to come out: where both are the same
 * nothing. */
static void lay_over(const uint8_t *under, const hm_picture *with, uint8_t *out)
{
    for (int32_t y = 0; y < with->h_px; y++) {
        const uint8_t *row = with->rgbx + (size_t)y * (size_t)with->stride;
        for (int32_t x = 0; x < with->w_px; x++, under += 3, out += 4) {
            float a = 0;
            for (int c = 0; c < 3; c++) {
                float u = under[c], d = (float)row[4 * x + c] - u;
                float least = d > 0 ? d / (255.0f - u) : d < 0 ? -d / u : 0;
                a = least > a ? least : a;
            }
            out[3] = (uint8_t)(255.0f * a + 0.999f); /* up: the colour then lies in range */
            float k = (float)out[3] * (1.0f / 255.0f);
            for (int c = 0; c < 3; c++)
                out[c] = out[3] ? whole_of(((float)row[4 * x + c] - (1.0f - k) * under[c]) / k) : 0;
        }
    }
}

/* The picture without what the look adds, and what it adds. */
static hm_status draw_effects(const layers *l, drawing_hand *hand, const drawing_job *job,
                              layer_hand *h, hm_err *err)
{
    hm_scene scene;
    HM_TRY(some_objects(l, job, PLACE_AND_RUNNERS, true, &hand->scratch, &scene, err));
    HM_TRY(hm_raster_draw(hand->raster, &scene, job->paint, &job->params, &hand->pic, err));
    copy(&hand->pic, 3, h->shaded);
    if (!(l->want >> LAYER_EFFECTS & 1))
        return HM_OK;
    HM_TRY(drawing_paint(l->of.set, hand, job, err));
    lay_over(h->shaded, &hand->pic, h->effects);
    return HM_OK;
}

/* What is seen at the middle of each pixel. */
static hm_status draw_guides(const layers *l, const layer_drawing *d, drawing_hand *hand,
                             const drawing_job *job, layer_hand *h, hm_err *err)
{
    hm_moment then;
    guides_next next = {.known = d->moves};
    if (d->moves) {
        double step_s = (double)l->of.opts->n_hold / l->of.opts->fps;
        hm_film_at(l->of.film, l->of.race, d->film_s + step_s, &then);
        next.camera = then.camera;
        HM_TRY(drawing_next(l->of.set, hand, job, &then, &next.pos_m, err));
    }
    return guides_draw(&job->scene, &next, &hand->scratch, &h->g, err);
}

hm_status layers_draw(layers *l, const layer_drawing *d, drawing_hand *hand, layer_hand *h,
                      hm_err *err)
{
    drawing_job job;
    hm_moment m;
    hm_film_at(l->of.film, l->of.race, d->film_s, &m);
    HM_TRY(drawing_scene(l->of.set, hand, d->number, &m, &job, err));
    if (l->want & LAYERS_MEASURED)
        HM_TRY(draw_guides(l, d, hand, &job, h, err));
    if (l->want >> LAYER_INK & 1) {
        HM_TRY(measure(l, hand, &job, EVERYTHING, true, false, err));
        take(&hand->pic, 0, true, h->ink);
    }
    if (l->want & (1u << LAYER_MATTE | 1u << LAYER_SHADOW)) {
        HM_TRY(measure(l, hand, &job, EVERYTHING, false, true, err));
        take(&hand->pic, 1, false, h->matte);
        take(&hand->pic, 2, true, h->shadow);
    }
    if (l->want & (1u << LAYER_SHADED | 1u << LAYER_EFFECTS))
        HM_TRY(draw_effects(l, hand, &job, h, err));
    return l->want >> LAYER_ALPHA & 1 ? draw_alpha(l, hand, &job, h, err) : HM_OK;
}
