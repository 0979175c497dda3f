/* Before the first drawing: sizes, times, who is there, what the empty place looks like. */
#include "cast_priv.h"
#include "film_priv.h"
#include "parts_priv.h"
#include "place_priv.h"
#include "pose/people.h"

#include <math.h>
#include <string.h>

#include "base/par.h"

enum { FPS = 24, LOOK_THROUGH = 1500 }; /* longer clips are sampled by seeking */

/* ---- size and time ---- */

static int32_t even(double v)
{
    return 2 * (int32_t)floor(0.5 * v + 0.5);
}

static hm_status measure_clip(roto_film *f, hm_notes *notes, hm_err *err)
{
    hm_clip *clip;
    hm_clip_times times;
    hm_clip_opts o = hm_clip_opts_default();
    o.from_s = f->o->from_s, o.to_s = f->o->to_s;
    HM_TRY(hm_clip_times_read(f->path, &o, f->arena, &times, err));
    HM_TRY(hm_clip_open(f->path, &o, f->arena, &clip, err));
    int32_t w = hm_clip_info_of(clip)->width_px, h = hm_clip_info_of(clip)->height_px;
    hm_clip_close(clip);
    double rows = f->o->h_px > 0 ? f->o->h_px : h > 720 ? 720 : h;
    f->h_px = f->o->h_px > 0 ? f->o->h_px : even(rows);
    f->w_px = f->o->w_px > 0 ? f->o->w_px : even(rows * w / h);
    f->px_frac = (float)h / (float)f->h_px;
    if (f->w_px < HM_ROTO_SIDE_MIN || f->h_px < HM_ROTO_SIDE_MIN || f->w_px > HM_ROTO_SIDE_MAX ||
        f->h_px > HM_ROTO_SIDE_MAX)
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--size",
                          "expected sides of %d to %d, found %d x %d", HM_ROTO_SIDE_MIN,
                          HM_ROTO_SIDE_MAX, f->w_px, f->h_px);
    if (fabs((double)f->w_px / f->h_px - (double)w / h) > 0.02 * w / h)
        HM_TRY(hm_notes_add(notes, f->arena,
                            "the film's shape is not the clip's: what does not fit is cut off"));
    f->from_s = fmax(f->o->from_s, times.first_s);
    double step_s = isfinite(times.median_s) && times.median_s > 0 ? times.median_s : 1.0 / FPS;
    f->to_s = fmin(f->o->to_s, times.last_s + step_s);
    f->n_image = times.n, f->step_s = step_s;
    if (times.n < 1 || !(f->to_s > f->from_s))
        return hm_err_set(err, HM_ERR_INPUT, f->path, 0, 0, NULL, "no image between %g s and %g s",
                          f->o->from_s, f->o->to_s);
    f->n_frame = (int64_t)floor((f->to_s - f->from_s) * FPS + 0.5);
    f->n_frame = f->n_frame > 0 ? f->n_frame : 1;
    f->n_drawing = (f->n_frame + f->n_hold - 1) / f->n_hold;
    return HM_OK;
}

/* ---- samples of the place ---- */

/* Images at even times, at the film's size. Whoever comes by first in the clip takes them along:
 * those who look for people, else a reader for this alone. */
typedef struct roto_gather {
    hm_arena arena;
    roto_samples s; /* n: how many are wanted, then how many there are */
    double want_s[ROTO_SAMPLE_MAX], time_s[ROTO_SAMPLE_MAX];
    bool taken[ROTO_SAMPLE_MAX];
} roto_gather;

static hm_status open_gather(roto_film *f, roto_gather *g, hm_err *err)
{
    int64_t n = (int64_t)f->w_px * f->h_px;
    g->s = (roto_samples){.w_px = f->w_px, .h_px = f->h_px};
    g->s.n = f->n_image < ROTO_SAMPLE_MAX ? (int32_t)f->n_image : ROTO_SAMPLE_MAX;
    for (int32_t k = 0; k < g->s.n; k++) {
        g->want_s[k] = f->from_s + ((double)k + 0.5) / g->s.n * (f->to_s - f->from_s);
        g->s.rgb[k] = HM_PUSH(&g->arena, uint8_t, 3 * n);
        g->s.person[k] = HM_PUSH(&g->arena, uint8_t, n);
        ROTO_NEED(g->s.rgb[k] && g->s.person[k] ? g->s.rgb[k] : NULL);
    }
    f->gather = g;
    return HM_OK;
}

static const double sample_early_s = 0.5 / FPS;

/* The first image of from_s .. to_s that is not clearly before what is wanted there. */
static void offer(roto_gather *g, const roto_image *image, double time_s, double from_s,
                  double to_s)
{
    for (int32_t k = 0; k < g->s.n; k++) {
        double want = g->want_s[k];
        if (g->taken[k] || want < from_s || want >= to_s || time_s < want - sample_early_s)
            continue;
        roto_place_scale(image, g->s.w_px, g->s.h_px, g->s.rgb[k]);
        g->time_s[k] = time_s, g->taken[k] = true;
    }
}

/* One reader for all samples, or one for each where the clip is long. */
static hm_status take_samples(const roto_film *f, roto_gather *g, hm_arena *scratch, hm_err *err)
{
    bool seek = f->n_image > LOOK_THROUGH;
    hm_clip *clip = NULL;
    hm_status status = HM_OK;
    hm_clip_image im = {.time_s = -INFINITY};
    for (int32_t k = 0; k < g->s.n && status == HM_OK; k++) {
        bool more = true;
        if (seek || !clip) {
            hm_clip_opts o = hm_clip_opts_default();
            o.pixels = HM_CLIP_RGB, o.from_s = seek ? g->want_s[k] : f->from_s, o.to_s = f->to_s;
            hm_clip_close(clip);
            clip = NULL;
            status = hm_clip_open(f->path, &o, scratch, &clip, err);
            im.time_s = -INFINITY;
        }
        if (clip)
            hm_clip_skip(clip, g->want_s[k] - sample_early_s);
        while (status == HM_OK && more && im.time_s < g->want_s[k] - sample_early_s)
            status = hm_clip_next(clip, &im, &more, err);
        roto_image image = {im.width_px, im.height_px, im.stride, im.bytes};
        if (status == HM_OK && more)
            offer(g, &image, im.time_s, g->want_s[k], INFINITY);
    }
    hm_clip_close(clip);
    return status;
}

/* ---- people ---- */

typedef struct reader {
    hm_clip *clip;
    roto_gather *gather;
    double from_s, to_s;
} reader;

static hm_status reader_open(void *ctx, double from_s, double to_s, hm_arena *arena, void **out,
                             hm_err *err)
{
    const roto_film *f = ctx;
    hm_clip_opts o = hm_clip_opts_default();
    o.pixels = HM_CLIP_RGB, o.from_s = from_s, o.to_s = to_s;
    reader *r = HM_PUSH(arena, reader, 1);
    ROTO_NEED(r);
    *r = (reader){.gather = f->gather, .from_s = from_s, .to_s = to_s};
    HM_TRY(hm_clip_open(f->path, &o, arena, &r->clip, err));
    *out = r;
    return HM_OK;
}

static hm_status reader_next(void *ctx, hm_pose_image *image, double *time_s, bool *more,
                             hm_err *err)
{
    reader *r = ctx;
    hm_clip_image im;
    HM_TRY(hm_clip_next(r->clip, &im, more, err));
    if (*more) {
        *image = (hm_pose_image){im.width_px, im.height_px, im.stride, im.bytes};
        *time_s = im.time_s;
        offer(r->gather, &(roto_image){im.width_px, im.height_px, im.stride, im.bytes}, im.time_s,
              r->from_s, r->to_s);
    }
    return HM_OK;
}

static void reader_close(void *ctx)
{
    hm_clip_close(((reader *)ctx)->clip);
}

static hm_status find_people(roto_film *f, hm_err *err)
{
    hm_people_clip clip = {.ctx = f,
                           .n_image = (int32_t)f->n_image,
                           .from_s = f->from_s,
                           .until_s = f->to_s,
                           .open = reader_open,
                           .next = reader_next,
                           .close = reader_close};
    hm_people_opts o = hm_people_opts_default();
    o.models = f->o->models, o.n_thread = f->o->n_thread, o.person_max = ROTO_PERSON_MAX;
    if (f->progress && !f->progress(f->progress_ctx, "people", 0, f->n_drawing))
        return hm_err_set(err, HM_ERR_STOPPED, f->path, 0, 0, NULL, "stopped");
    HM_TRY(hm_people_find(&clip, &o, f->arena, &f->track, NULL, err));
    if (f->track.n_person == 0)
        return hm_err_set(err, HM_ERR_INPUT, f->path, 0, 0, NULL,
                          "nobody was found in the clip; mark them in a track and give it with "
                          "--track");
    return HM_OK;
}

/* With a track the net is welcome but not needed, if the camera stands still. */
static hm_status open_net(roto_film *f, hm_notes *notes, hm_err *err)
{
    hm_err why = {0};
    hm_status s = HM_OK;
    int n = f->o->n_thread < ROTO_NET_MAX ? f->o->n_thread : ROTO_NET_MAX;
    for (f->n_net = 0; f->n_net < n && s == HM_OK; f->n_net += s == HM_OK)
        s = hm_pose_open(f->o->models, HM_POSE_HEAVY, f->arena, &f->net[f->n_net], &why);
    if (s == HM_OK)
        return HM_OK;
    while (f->n_net > 0)
        hm_pose_close(f->net[--f->n_net]);
    if (!f->o->track) {
        *err = why;
        return s;
    }
    if (f->moves) {
        char text[512];
        hm_err_text(&why, text, sizeof text);
        return hm_err_set(err, s, f->path, 0, 0, NULL,
                          "the camera moves, so a track alone does not do: %.300s", text);
    }
    return hm_notes_add(notes, f->arena,
                        "drawn from the track and what changes in the picture, without the nets: "
                        "%s",
                        why.msg);
}

/* ---- the empty place ---- */

/* Where somebody stands in a sample. */
static void mark_people(const roto_film *f, double time_s, uint8_t *person)
{
    for (int32_t k = 0; k < f->track.n_person; k++) {
        roto_body b = {0};
        if (!roto_cast_at(&f->track.person[k], time_s, f->px_frac, &b))
            continue;
        roto_body_bones(&b, NULL);
        roto_grid g = roto_body_grid(&b);
        float side = g.cell_px * ROTO_SIDE, near = 0.16f * b.trunk_px;
        int32_t x0 = (int32_t)fmaxf(0, g.x_px), x1 = (int32_t)fminf((float)f->w_px, g.x_px + side);
        int32_t y0 = (int32_t)fmaxf(0, g.y_px), y1 = (int32_t)fminf((float)f->h_px, g.y_px + side);
        for (int32_t y = y0; y < y1; y++)
            for (int32_t x = x0; x < x1; x++)
                for (int q = 0; q < ROTO_PART_COUNT && !person[y * f->w_px + x]; q++)
                    person[y * f->w_px + x] =
                        roto_bone_distance(&b.bone[q],
                                           (roto_xy){(float)x + 0.5f, (float)y + 0.5f}) < near;
    }
}

static void mark_sample(void *ctx, int64_t k, int worker)
{
    const roto_film *f = ctx;
    (void)worker;
    mark_people(f, f->gather->time_s[k], f->gather->s.person[k]);
}

/* Those that were wanted and are not there: the clip is broken or its times have gaps. */
static void drop_missing(roto_gather *g)
{
    int32_t n = 0;
    for (int32_t k = 0; k < g->s.n; k++)
        if (g->taken[k]) {
            g->s.rgb[n] = g->s.rgb[k], g->s.person[n] = g->s.person[k];
            g->time_s[n++] = g->time_s[k];
        }
    g->s.n = n;
}

static hm_status find_place(roto_film *f, hm_notes *notes, hm_err *err)
{
    const float too_much = 0.35f; /* of the picture differs from the median */
    float moving = 0;
    size_t n = 3 * (size_t)f->w_px * (size_t)f->h_px;
    roto_gather *g = f->gather;
    f->empty = HM_PUSH(f->arena, uint8_t, n);
    f->place = HM_PUSH(f->arena, uint8_t, n);
    ROTO_NEED(f->empty && f->place ? f->place : NULL);
    if (f->o->track)
        HM_TRY(take_samples(f, g, &g->arena, err));
    drop_missing(g);
    hm_par_for(f->o->n_thread, g->s.n, mark_sample, f);
    HM_TRY(roto_place_median(&g->s, f->o->n_thread, &g->arena, f->empty, &moving, err));
    f->moves = g->s.n < 3 || moving > too_much;
    if (f->moves && f->o->style.background == HM_ROTO_HELD)
        HM_TRY(
            hm_notes_add(notes, f->arena, "the camera moves: the background is redrawn, not held"));
    return HM_OK;
}

static hm_status draw_place(roto_film *f, hm_err *err)
{
    if (f->o->style.background == HM_ROTO_PAPER) {
        roto_place_paper(&f->look, f->w_px, f->h_px, f->place);
        return HM_OK;
    }
    hm_arena scratch;
    hm_arena_init(&scratch, 1 << 20);
    memcpy(f->place, f->empty, 3 * (size_t)f->w_px * (size_t)f->h_px);
    hm_status s =
        roto_place_draw(&f->look, f->w_px, f->h_px, f->o->n_thread, &scratch, f->place, err);
    hm_arena_free(&scratch);
    return s;
}

static hm_status find_people_and_place(roto_film *f, roto_gather *g, hm_notes *notes, hm_err *err)
{
    HM_TRY(open_gather(f, g, err));
    if (f->o->track)
        f->track = *f->o->track;
    else
        HM_TRY(find_people(f, err));
    return find_place(f, notes, err);
}

hm_status roto_film_prepare(roto_film *f, hm_notes *notes, hm_err *err)
{
    roto_gather g = {0};
    HM_TRY(measure_clip(f, notes, err));
    hm_arena_init(&g.arena, 1 << 20);
    hm_status status = find_people_and_place(f, &g, notes, err);
    f->gather = NULL;
    hm_arena_free(&g.arena);
    HM_TRY(status);
    HM_TRY(open_net(f, notes, err));
    return draw_place(f, err);
}
