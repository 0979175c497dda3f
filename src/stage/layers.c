#include "stage/layers.h"

#include "guides_priv.h"
#include "hot_priv.h"
#include "raster_priv.h"
#include "show_priv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/par.h"
#include "io/json.h"
#include "io/png.h"
#include "io/sink.h"

enum { ROUND = 16 }; /* drawings between two looks at the clock */

typedef enum layer {
    COLOUR,
    INK,
    ID,
    PART,
    NORMAL,
    DEPTH,
    VELOCITY,
    REST,
    MATTE,
    ALPHA,
    SHADOW,
    SHADED,
    EFFECTS,
    LAYER_COUNT
} layer;

static const char *const layer_name[LAYER_COUNT] = {
    "colour", "ink",   "id",    "part",   "normal", "depth",  "velocity",
    "rest",   "matte", "alpha", "shadow", "shaded", "effects"};

/* Layers that come from what is seen at the middle of each pixel. */
static const uint32_t measured_bits =
    1u << COLOUR | 1u << ID | 1u << PART | 1u << NORMAL | 1u << DEPTH | 1u << VELOCITY | 1u << REST;

/* Measures instead of colours; widths of lines are those of the look. */
static const hm_paint guide_paint = {
    .name = "guide", .sentence = "", .tile_base = guide_tile_base, .tile_v3 = guide_tile_v3};

/* What one worker keeps besides his hand. */
typedef struct layer_hand {
    guides g;
    uint8_t *ink, *matte, *cover, *line, *shadow; /* (w x h) coverage, 255 = whole */
    uint8_t *empty, *alpha; /* (4 x w x h) the paint without anything; runners alone */
    uint8_t *shaded;        /* (3 x w x h) place and runners as painted */
    uint8_t *effects;       /* (4 x w x h) what the film's picture has over that */
} layer_hand;

typedef struct layer_drawing {
    int64_t frame, number; /* first frame of the show; number of the drawing in the film */
    int32_t n_held, shot, in_shot;
    double film_s, race_s;
    bool moves; /* the next drawing is of the same shot */
    hm_camera camera;
    hm_status status;
    hm_err err;
} layer_drawing;

typedef struct layers {
    hm_show *show;
    show_parts of;
    const char *dir;
    uint32_t want;            /* bit k = layer k */
    int64_t n_drawing, first; /* first of the round */
    layer_drawing *drawing;   /* (n_drawing) */
    layer_hand *hand;         /* (n_worker) */
} layers;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for guide layers");
}

/* ---- which drawings ---- */

hm_status hm_layers_choose(const char *list, uint32_t *want, hm_err *err)
{
    uint32_t made = 0;
    for (const char *at = list; *at; at += *at == ',') {
        size_t n = strcspn(at, ",");
        int i = 0;
        while (i < LAYER_COUNT &&
               (strlen(layer_name[i]) != n || strncmp(layer_name[i], at, n) != 0))
            i++;
        if (i == LAYER_COUNT) {
            char known[160] = "";
            for (i = 0; i < LAYER_COUNT; i++)
                snprintf(known + strlen(known), sizeof known - strlen(known), "%s%s", i ? ", " : "",
                         layer_name[i]);
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--layers-only",
                              "expected some of %s; found \"%.*s\"", known, (int)n, at);
        }
        made |= 1u << i;
        at += n;
    }
    *want = made;
    return HM_OK;
}

hm_status hm_layers_plan(const hm_show *show, uint32_t want, hm_layers_count *count, hm_err *err)
{
    show_parts of = show_parts_of(show);
    hm_layers_count c = {.n_layer = 0};
    for (int i = 0; i < LAYER_COUNT; i++)
        c.n_layer += (int32_t)(want >> i & 1);
    c.n_drawing = (of.n_frame + of.opts->n_hold - 1) / of.opts->n_hold;
    c.n_file = c.n_drawing * c.n_layer + c.n_layer + 1;
    if (c.n_file > HM_LAYERS_FILE_MAX)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--layers",
                          "%lld files, more than %d: choose a part with --from and --to",
                          (long long)c.n_file, HM_LAYERS_FILE_MAX);
    for (int64_t k = 0; k < c.n_drawing; k++) {
        hm_moment m;
        hm_film_at(of.film, of.race, hm_show_film_s(show, k * of.opts->n_hold), &m);
        if (c.n_shot == 0 || c.shot[c.n_shot - 1] != m.i_shot + 1)
            c.shot[c.n_shot++] = m.i_shot + 1;
    }
    *count = c;
    return HM_OK;
}

static hm_status path_of(char path[HM_LAYERS_PATH_MAX], hm_err *err, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static hm_status path_of(char path[HM_LAYERS_PATH_MAX], hm_err *err, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(path, HM_LAYERS_PATH_MAX, fmt, args);
    va_end(args);
    if (n < 0 || n >= HM_LAYERS_PATH_MAX)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--layers", "the path is too long");
    return HM_OK;
}

hm_status hm_layers_folder(const char *dir, int32_t shot, char path[HM_LAYERS_PATH_MAX],
                           hm_err *err)
{
    return path_of(path, err, "%s/shot%02d", dir, (int)shot);
}

static void list_drawings(layers *l)
{
    const hm_show_opts *o = l->of.opts;
    for (int64_t k = 0; k < l->n_drawing; k++) {
        layer_drawing *d = &l->drawing[k];
        int64_t frame = k * o->n_hold, left = l->of.n_frame - frame;
        double film_s = hm_show_film_s(l->show, frame), per_s = (double)o->fps / o->n_hold;
        hm_moment m, next;
        hm_film_at(l->of.film, l->of.race, film_s, &m);
        hm_film_at(l->of.film, l->of.race, film_s + 1.0 / per_s, &next);
        *d = (layer_drawing){.frame = frame,
                             .number = (int64_t)floor(film_s * per_s + 1e-6),
                             .n_held = left < o->n_hold ? (int32_t)left : o->n_hold,
                             .shot = m.i_shot + 1,
                             .in_shot = 1,
                             .film_s = film_s,
                             .race_s = m.race_t_s,
                             .moves = next.i_shot == m.i_shot,
                             .camera = m.camera};
        if (k > 0 && d[-1].shot == d->shot)
            d->in_shot = d[-1].in_shot + 1;
    }
}

/* ---- one drawing ---- */

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
    if (!(l->want >> EFFECTS & 1))
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

static hm_status draw_layers(layers *l, const layer_drawing *d, drawing_hand *hand, layer_hand *h,
                             hm_err *err)
{
    drawing_job job;
    hm_moment m;
    hm_film_at(l->of.film, l->of.race, d->film_s, &m);
    HM_TRY(drawing_scene(l->of.set, hand, d->number, &m, &job, err));
    if (l->want & measured_bits)
        HM_TRY(draw_guides(l, d, hand, &job, h, err));
    if (l->want >> INK & 1) {
        HM_TRY(measure(l, hand, &job, EVERYTHING, true, false, err));
        take(&hand->pic, 0, true, h->ink);
    }
    if (l->want & (1u << MATTE | 1u << SHADOW)) {
        HM_TRY(measure(l, hand, &job, EVERYTHING, false, true, err));
        take(&hand->pic, 1, false, h->matte);
        take(&hand->pic, 2, true, h->shadow);
    }
    if (l->want & (1u << SHADED | 1u << EFFECTS))
        HM_TRY(draw_effects(l, hand, &job, h, err));
    return l->want >> ALPHA & 1 ? draw_alpha(l, hand, &job, h, err) : HM_OK;
}

/* ---- files ---- */

static hm_png picture_of(const layer_hand *h, layer i)
{
    static const hm_png_kind kind[LAYER_COUNT] = {
        [COLOUR] = HM_PNG_RGB,     [INK] = HM_PNG_GRAY,    [ID] = HM_PNG_GRAY,
        [PART] = HM_PNG_GRAY,      [NORMAL] = HM_PNG_RGB,  [DEPTH] = HM_PNG_GRAY16,
        [VELOCITY] = HM_PNG_RGB16, [REST] = HM_PNG_RGB,    [MATTE] = HM_PNG_GRAY,
        [ALPHA] = HM_PNG_RGBA,     [SHADOW] = HM_PNG_GRAY, [SHADED] = HM_PNG_RGB,
        [EFFECTS] = HM_PNG_RGBA};
    static const int bytes[LAYER_COUNT] = {3, 1, 1, 1, 3, 2, 6, 3, 1, 4, 1, 3, 4};
    const void *const pixel[LAYER_COUNT] = {
        h->g.colour, h->ink,   h->g.id,  h->g.part, h->g.normal, h->g.depth, h->g.velocity,
        h->g.rest,   h->matte, h->alpha, h->shadow, h->shaded,   h->effects};
    return (hm_png){kind[i], h->g.w_px, h->g.h_px, bytes[i] * h->g.w_px, pixel[i]};
}

/* Lane numbers are what people know. */
static void name_lanes(const layers *l, guides *g)
{
    size_t n = (size_t)g->w_px * (size_t)g->h_px;
    for (size_t k = 0; k < n; k++)
        if (g->id[k])
            g->id[k] = (uint8_t)l->of.race->lane[g->id[k] - 1].lane;
}

static hm_status write_files(const layers *l, const layer_drawing *d, const layer_hand *h,
                             hm_err *err)
{
    for (int i = 0; i < LAYER_COUNT; i++) {
        char path[HM_LAYERS_PATH_MAX];
        if (!(l->want >> i & 1))
            continue;
        HM_TRY(path_of(path, err, "%s/shot%02d/shot%02d_%s_%05d.png", l->dir, (int)d->shot,
                       (int)d->shot, layer_name[i], (int)d->in_shot));
        hm_png png = picture_of(h, (layer)i);
        HM_TRY(hm_png_write(path, &png, err));
    }
    return HM_OK;
}

static void one_drawing(void *ctx, int64_t i, int worker)
{
    layers *l = ctx;
    layer_drawing *d = &l->drawing[l->first + i];
    drawing_hand *hand = show_hand(l->show, worker);
    layer_hand *h = &l->hand[worker];
    hm_arena_mark mark = hm_arena_mark_get(&hand->scratch);
    d->status = draw_layers(l, d, hand, h, &d->err);
    hm_arena_release(&hand->scratch, mark);
    if (d->status != HM_OK)
        return;
    if (l->want & measured_bits)
        name_lanes(l, &h->g);
    d->status = write_files(l, d, h, &d->err);
}

/* ---- layers.json ---- */

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
            hm_json_put_text(&o, NULL, layer_name[i]);
    hm_json_put_end(&o);
    put_steps(&o);
    hm_json_put_array(&o, "drawings", HM_JSON_BLOCK);
    for (int64_t k = 0; k < l->n_drawing; k++)
        put_drawing(l, &o, &l->drawing[k]);
    hm_json_put_end(&o);
    hm_json_put_end(&o);
    return hm_json_finish(&o);
}

static hm_status write_json(const layers *l, hm_arena *arena, hm_err *err)
{
    char path[HM_LAYERS_PATH_MAX];
    hm_memory text = {.arena = arena};
    HM_TRY(path_of(path, err, "%s/layers.json", l->dir));
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
static hm_status write_concat(const layers *l, int i, hm_arena *arena, hm_err *err)
{
    char path[HM_LAYERS_PATH_MAX];
    hm_memory text = {.arena = arena};
    hm_sink sink = hm_sink_memory(&text);
    const char *name = layer_name[i];
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
    HM_TRY(path_of(path, err, "%s/%s.ffconcat", l->dir, name));
    return hm_file_write(path, text.bytes, text.n, err);
}

/* ---- all ---- */

static hm_status make_hands(layers *l, hm_arena *arena, hm_err *err)
{
    int32_t w = l->of.opts->w_px, h = l->of.opts->h_px;
    size_t n = (size_t)w * (size_t)h;
    l->hand = HM_PUSH(arena, layer_hand, l->of.n_worker);
    l->drawing = HM_PUSH(arena, layer_drawing, l->n_drawing);
    if (!l->hand || !l->drawing)
        return no_memory(err);
    for (int i = 0; i < l->of.n_worker; i++) {
        layer_hand *k = &l->hand[i];
        HM_TRY(guides_make(w, h, arena, &k->g, err));
        k->ink = HM_PUSH(arena, uint8_t, n);
        k->matte = HM_PUSH(arena, uint8_t, n);
        k->cover = HM_PUSH(arena, uint8_t, n);
        k->line = HM_PUSH(arena, uint8_t, n);
        k->empty = HM_PUSH(arena, uint8_t, 4 * n);
        k->alpha = HM_PUSH(arena, uint8_t, 4 * n);
        k->shadow = HM_PUSH(arena, uint8_t, n);
        k->shaded = HM_PUSH(arena, uint8_t, 3 * n);
        k->effects = HM_PUSH(arena, uint8_t, 4 * n);
        if (!k->ink || !k->matte || !k->cover || !k->line || !k->empty || !k->alpha || !k->shadow ||
            !k->shaded || !k->effects)
            return no_memory(err);
    }
    return HM_OK;
}

static hm_status write_all(layers *l, hm_arena *arena, hm_encode_progress_fn *progress, void *ctx,
                           hm_err *err)
{
    HM_TRY(make_hands(l, arena, err));
    list_drawings(l);
    for (l->first = 0; l->first < l->n_drawing; l->first += ROUND) {
        int64_t left = l->n_drawing - l->first, n = left < ROUND ? left : ROUND;
        hm_par_for(l->of.n_worker, n, one_drawing, l);
        for (int64_t i = 0; i < n; i++) {
            const layer_drawing *d = &l->drawing[l->first + i];
            if (d->status != HM_OK && err && err->status == HM_OK)
                *err = d->err;
            if (d->status != HM_OK)
                return d->status;
        }
        if (progress && !progress(ctx, l->first + n, l->n_drawing))
            return hm_err_set(err, HM_ERR_STOPPED, NULL, 0, 0, NULL, "stopped");
    }
    for (int i = 0; i < LAYER_COUNT; i++)
        if (l->want >> i & 1)
            HM_TRY(write_concat(l, i, arena, err));
    return write_json(l, arena, err);
}

hm_status hm_layers_write(hm_show *show, const char *dir, uint32_t want,
                          hm_encode_progress_fn *progress, void *ctx, hm_err *err)
{
    hm_layers_count count;
    HM_TRY(hm_layers_plan(show, want, &count, err));
    layers l = {.show = show,
                .of = show_parts_of(show),
                .dir = dir,
                .want = want,
                .n_drawing = count.n_drawing};
    hm_arena arena;
    hm_arena_init(&arena, 1 << 20);
    hm_status status = write_all(&l, &arena, progress, ctx, err);
    hm_arena_free(&arena);
    return status;
}
