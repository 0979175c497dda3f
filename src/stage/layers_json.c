/* layers_json.c - what the layers of a film mean, as a file: how numbers are coded, cameras,
 * drawings; and lists for ffmpeg. */
#include "layers_priv.h"
#include "raster_priv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "io/json.h"
#include "io/sink.h"

static void put_steps(hm_json_out *o)
{
    hm_json_put_object(o, "depth", HM_JSON_LINE);
    hm_json_put_number(o, "scale_m", GUIDES_DEPTH_M);
    hm_json_put_number(o, "offset_m", 0);
    hm_json_put_end(o);
    hm_json_put_object(o, "velocity", HM_JSON_LINE);
    hm_json_put_number(o, "scale_px", GUIDES_VELOCITY_PX);
    hm_json_put_number(o, "offset_px", -GUIDES_VELOCITY_PX * GUIDES_VELOCITY_ZERO);
    hm_json_put_end(o);
    const double zero_m[3] = {-GUIDES_REST_M * GUIDES_REST_ZERO, 0,
                              -GUIDES_REST_M * GUIDES_REST_ZERO};
    hm_json_put_object(o, "rest", HM_JSON_LINE);
    hm_json_put_number(o, "scale_m", GUIDES_REST_M);
    hm_json_put_numbers(o, "offset_m", 3, zero_m);
    hm_json_put_end(o);
    hm_json_put_object(o, "normal", HM_JSON_LINE);
    hm_json_put_number(o, "scale", 1.0 / 127.0);
    hm_json_put_number(o, "offset", -128.0 / 127.0);
    hm_json_put_end(o);
}

/* World to camera, row by row; the camera looks along its own -z. */
static void put_camera(hm_json_out *o, const raster_view *v)
{
    const hm_vec3 axis[3] = {v->right, v->up, hm_v3_mul(v->fwd, -1.0f)};
    double m[16] = {[15] = 1};
    for (int i = 0; i < 3; i++) {
        m[4 * i] = (double)axis[i].x, m[4 * i + 1] = (double)axis[i].y;
        m[4 * i + 2] = (double)axis[i].z, m[4 * i + 3] = -(double)hm_v3_dot(axis[i], v->eye_m);
    }
    hm_json_put_numbers(o, "world_to_camera", 16, m);
    hm_json_put_number(o, "focal_px", (double)v->f_px);
}

static void put_drawing(const layers *l, hm_json_out *o, const layer_drawing *d)
{
    raster_view v = raster_view_of(&d->camera, l->of.opts->w_px, l->of.opts->h_px);
    hm_json_put_object(o, NULL, HM_JSON_LINE);
    hm_json_put_integer(o, "shot", d->shot);
    hm_json_put_integer(o, "number", d->in_shot);
    hm_json_put_integer(o, "frame", d->frame);
    hm_json_put_integer(o, "held", d->n_held);
    hm_json_put_number(o, "film_s", d->film_s);
    hm_json_put_number(o, "race_s", d->race_s);
    hm_json_put_bool(o, "velocity", d->moves);
    put_camera(o, &v);
    hm_json_put_end(o);
}

static hm_status make_json(const layers *l, hm_memory *text, hm_err *err)
{
    const hm_show_opts *opts = l->of.opts;
    const double middle[2] = {0.5 * opts->w_px, 0.5 * opts->h_px};
    hm_json_out o = hm_json_out_make(hm_sink_memory(text), err);
    hm_json_put_object(&o, NULL, HM_JSON_BLOCK);
    hm_json_put_text(&o, "format", "hectometre-layers");
    hm_json_put_integer(&o, "version", 1);
    hm_json_put_text(&o, "look", opts->look);
    hm_json_put_integer(&o, "w_px", opts->w_px);
    hm_json_put_integer(&o, "h_px", opts->h_px);
    hm_json_put_integer(&o, "fps", opts->fps);
    hm_json_put_integer(&o, "frames", l->of.n_frame);
    hm_json_put_numbers(&o, "middle_px", 2, middle);
    hm_json_put_text(&o, "files", "shotSS/shotSS_LAYER_NNNNN.png");
    hm_json_put_array(&o, "layers", HM_JSON_LINE);
    for (int i = 0; i < LAYER_COUNT; i++)
        if (l->want >> i & 1)
            hm_json_put_text(&o, NULL, layers_name[i]);
    hm_json_put_end(&o);
    put_steps(&o);
    hm_json_put_array(&o, "drawings", HM_JSON_BLOCK);
    for (int64_t k = 0; k < l->n_drawing; k++)
        put_drawing(l, &o, &l->drawing[k]);
    hm_json_put_end(&o);
    hm_json_put_end(&o);
    return hm_json_finish(&o);
}

hm_status layers_write_json(const layers *l, hm_arena *arena, hm_err *err)
{
    char path[HM_LAYERS_PATH_MAX];
    hm_memory text = {.arena = arena};
    HM_TRY(layers_path(path, err, "%s/layers.json", l->dir));
    HM_TRY(make_json(l, &text, err));
    return hm_file_write(path, text.bytes, text.n, err);
}

static hm_status say(const hm_sink *sink, hm_err *err, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static hm_status say(const hm_sink *sink, hm_err *err, const char *fmt, ...)
{
    char line[160];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    HM_ASSERT(n >= 0 && n < (int)sizeof line);
    return sink->put(sink->ctx, line, (size_t)n, err);
}

/* A layer as ffmpeg reads it: a line for every frame, so that drawings are as long as they are held
 * (lengths of files are rounded there: a drawing in three was a frame off). */
hm_status layers_write_concat(const layers *l, int i, hm_arena *arena, hm_err *err)
{
    char path[HM_LAYERS_PATH_MAX];
    hm_memory text = {.arena = arena};
    hm_sink sink = hm_sink_memory(&text);
    const char *name = layers_name[i];
    int fps = (int)l->of.opts->fps;
    HM_TRY(say(&sink, err,
               "ffconcat version 1.0\n# ffmpeg -i %s.ffconcat -vf setpts=N/%d/TB -r %d ", name, fps,
               fps));
    HM_TRY(say(&sink, err, "-c:v prores_ks -profile:v 4444 %s.mov\n", name));
    for (int64_t k = 0; k < l->n_drawing; k++) {
        const layer_drawing *d = &l->drawing[k];
        for (int32_t n = 0; n < d->n_held; n++)
            HM_TRY(say(&sink, err, "file shot%02d/shot%02d_%s_%05d.png\n", (int)d->shot,
                       (int)d->shot, name, (int)d->in_shot));
    }
    HM_TRY(layers_path(path, err, "%s/%s.ffconcat", l->dir, name));
    return hm_file_write(path, text.bytes, text.n, err);
}
