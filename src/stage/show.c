#include "stage/show.h"

#include <string.h>

#include "base/hash.h"
#include "base/par.h"
#include "num/dmath.h"
#include "stage/cast.h"
#include "stage/nv12.h"
#include "stage/overlay.h"
#include "stage/raster.h"
#include "stage/shots.h"

enum { SHOW_COOKIE = 0x53686f77, HASH_ROUND = 64 };

/* A runner is drawn with the finer skin from this height in the picture on [px]. */
static const double near_px = 520.0, middle_px = 150.0;

typedef struct show_worker {
    hm_raster *raster;
    hm_picture pic;
    hm_arena scratch;
    hm_status status; /* first failure while drawing for the encoder */
    hm_err err;
} show_worker;

struct hm_show {
    hm_arena arena;
    const hm_race *race;
    const hm_film *film;
    hm_show_opts opts;
    const hm_look *look;
    hm_cast cast;
    hm_venue venue;
    hm_overlay *overlay; /* NULL = none */
    hm_notes notes;
    int64_t n_frame;
    int n_worker;
    show_worker *worker; /* (n_worker) */
};

hm_show_opts hm_show_opts_default(void)
{
    return (hm_show_opts){.cookie = SHOW_COOKIE,
                          .w_px = 1280,
                          .h_px = 720,
                          .fps = 24,
                          .n_hold = 2,
                          .from_s = 0,
                          .to_s = NAN,
                          .look = "broadcast",
                          .overlays = true,
                          .venue = hm_venue_opts_default(),
                          .n_thread = 1};
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the film");
}

static hm_status find_look(const char *name, const hm_look **look, hm_err *err)
{
    *look = hm_look_find(name);
    if (*look)
        return HM_OK;
    char known[256] = "";
    for (int32_t i = 0; hm_look_at(i); i++) {
        size_t at = strlen(known);
        snprintf(known + at, sizeof known - at, "%s%s", i ? ", " : "", hm_look_name(hm_look_at(i)));
    }
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--look", "no look \"%s\"; there is %s", name,
                      known);
}

/* How many frames lie in [from, to) of the film. */
static hm_status span(hm_show *s, hm_err *err)
{
    double end_s = s->film->duration_s, from_s = s->opts.from_s;
    double to_s = isnan(s->opts.to_s) || s->opts.to_s > end_s ? end_s : s->opts.to_s;
    if (!(from_s >= 0) || !(from_s < to_s))
        return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, "--from",
                          "expected 0 <= from < to <= %.2f s, the film's length; found %g to %g",
                          end_s, from_s, to_s);
    s->n_frame = (int64_t)ceil((to_s - from_s) * s->opts.fps - 1e-6);
    return HM_OK;
}

static hm_status start_worker(hm_show *s, show_worker *w, hm_err *err)
{
    const hm_show_opts *o = &s->opts;
    hm_arena_init(&w->scratch, 4 << 20);
    w->raster = hm_raster_new(o->w_px, o->h_px, o->share_picture ? o->n_thread : 1);
    int32_t stride = (4 * o->w_px + 63) & ~63;
    w->pic = (hm_picture){o->w_px, o->h_px, stride,
                          hm_arena_push(&s->arena, (size_t)stride, (size_t)o->h_px)};
    return w->raster && w->pic.rgbx ? HM_OK : no_memory(err);
}

static hm_status prepare(hm_show *s, hm_err *err)
{
    const hm_show_opts *o = &s->opts;
    HM_TRY(find_look(o->look, &s->look, err));
    HM_TRY(span(s, err));
    HM_TRY(hm_venue_build(s->race, &o->venue, &s->arena, &s->venue, err));
    HM_TRY(hm_cast_build(s->race, o->n_thread, &s->arena, &s->cast, err));
    if (o->overlays)
        HM_TRY(hm_overlay_new(s->film, s->race, o->w_px, o->h_px, &s->arena, &s->notes, &s->overlay,
                              err));
    s->n_worker = o->share_picture ? 1 : o->n_thread;
    s->worker = HM_PUSH(&s->arena, show_worker, s->n_worker);
    if (!s->worker)
        return no_memory(err);
    for (int i = 0; i < s->n_worker; i++)
        HM_TRY(start_worker(s, &s->worker[i], err));
    return HM_OK;
}

hm_status hm_show_new(const hm_race *race, const hm_film *film, const hm_show_opts *opts,
                      hm_show **show, hm_err *err)
{
    HM_ASSERT(opts->cookie == SHOW_COOKIE && opts->n_thread >= 1 && opts->n_hold >= 1);
    hm_arena arena;
    hm_arena_init(&arena, 1 << 20);
    hm_show *s = HM_PUSH(&arena, hm_show, 1);
    if (!s)
        return no_memory(err);
    *s = (hm_show){.arena = arena, .race = race, .film = film, .opts = *opts};
    hm_status status = prepare(s, err);
    if (status == HM_OK)
        *show = s;
    else
        hm_show_destroy(s);
    return status;
}

void hm_show_destroy(hm_show *s)
{
    if (!s)
        return;
    for (int i = 0; s->worker && i < s->n_worker; i++) {
        hm_raster_destroy(s->worker[i].raster);
        if (s->worker[i].scratch.block_bytes)
            hm_arena_free(&s->worker[i].scratch);
    }
    hm_overlay_destroy(s->overlay);
    hm_arena arena = s->arena; /* the show lives in it */
    hm_arena_free(&arena);
}

const hm_notes *hm_show_notes(const hm_show *s)
{
    return &s->notes;
}

int64_t hm_show_frame_count(const hm_show *s)
{
    return s->n_frame;
}

double hm_show_film_s(const hm_show *s, int64_t frame)
{
    return s->opts.from_s + (double)(frame - frame % s->opts.n_hold) / s->opts.fps;
}

/* Where a body stands in the picture. */
typedef struct show_sight {
    bool seen;        /* it, or a shadow that it throws, may be in the picture */
    double height_px; /* of a standing body */
} show_sight;

static show_sight sight_of(const hm_show *s, const hm_camera *c, hm_vec3 centre_m, double stature_m)
{
    const double reach_m = 4.5; /* a body and the shadow at its feet */
    hm_vec3 ahead = hm_v3_unit(hm_v3_sub(c->aim_m, c->eye_m));
    hm_vec3 to = hm_v3_sub(centre_m, c->eye_m);
    double depth_m = (double)hm_v3_dot(to, ahead);
    double aside_m = (double)hm_v3_len(hm_v3_mad(to, (float)-depth_m, ahead));
    double half = 0.5 * (double)c->vfov_rad;
    double tan_v = hm_sin(half) / hm_cos(half);
    double aspect = (double)s->opts.w_px / s->opts.h_px;
    double tan_corner = tan_v * sqrt(1.0 + aspect * aspect);
    double at_m = depth_m > 0.5 ? depth_m : 0.5;
    return (show_sight){.seen = depth_m > -reach_m &&
                                aside_m < at_m * tan_corner +
                                              reach_m * sqrt(1.0 + tan_corner * tan_corner),
                        .height_px = stature_m / at_m * s->opts.h_px / (2.0 * tan_v)};
}

/* Pose, skin and paint one runner into the next object. */
static hm_status add_player(hm_show *s, int32_t i, hm_moment *m, hm_arena *scratch,
                            hm_object objects[], int32_t *n_object, hm_err *err)
{
    const hm_player *pl = &s->cast.player[i];
    hm_pose *pose = HM_PUSH(scratch, hm_pose, 1);
    if (!pose)
        return no_memory(err);
    hm_gait_pose(&pl->gait, m->race_t_s, pose);
    hm_vec3 crown = pl->shape.head.centre_m;
    crown.y = pl->shape.head.crown_y_m;
    m->head_m[i] = hm_frame_point(&pose->bone[HM_BONE_HEAD], crown);
    show_sight sight = sight_of(s, &m->camera, pose->com_m, pl->shape.stature_m);
    if (!sight.seen)
        return HM_OK;
    hm_detail detail = sight.height_px > near_px     ? HM_DETAIL_NEAR
                       : sight.height_px > middle_px ? HM_DETAIL_MIDDLE
                                                     : HM_DETAIL_FAR;
    const hm_mesh *mesh = &pl->mesh[detail];
    hm_vec3 *pos_m = HM_PUSH(scratch, hm_vec3, mesh->n_vert);
    hm_vec3 *nrm = HM_PUSH(scratch, hm_vec3, mesh->n_vert);
    hm_figure *figure = HM_PUSH(scratch, hm_figure, 1);
    if (!pos_m || !nrm || !figure)
        return no_memory(err);
    hm_mesh_skin(mesh, pose, pos_m, nrm);
    hm_mien mien;
    hm_mien_at(s->race, pl->lane, m->race_t_s, &mien);
    hm_figure_of(&pl->costume, &pl->shape, &mien, pose, figure);
    objects[(*n_object)++] = (hm_object){.n_vert = mesh->n_vert,
                                         .n_tri = mesh->n_tri,
                                         .pos_m = pos_m,
                                         .nrm = nrm,
                                         .rest_m = mesh->rest_m,
                                         .tri = (const int32_t(*)[3])mesh->tri,
                                         .part = mesh->part,
                                         .surface = hm_figure_surface,
                                         .surface_ctx = figure,
                                         .flags = HM_OBJECT_SHADOW | HM_OBJECT_INK,
                                         .actor = (uint16_t)(i + 1)};
    return HM_OK;
}

static hm_status draw_moment(hm_show *s, show_worker *w, hm_moment *m, hm_err *err)
{
    const hm_venue *v = &s->venue;
    hm_object *objects = HM_PUSH(&w->scratch, hm_object, v->n_object + HM_LANE_MAX);
    if (!objects)
        return no_memory(err);
    HM_TRY(hm_venue_at(v, s->race, m->race_t_s, m->camera.eye_m, &w->scratch, objects, err));
    int32_t n_object = v->n_object;
    for (int32_t i = 0; i < s->cast.n_player; i++)
        if (!s->cast.player[i].absent)
            HM_TRY(add_player(s, i, m, &w->scratch, objects, &n_object, err));
    const hm_scene scene = {.n_object = n_object,
                            .object = objects,
                            .sky = v->sky,
                            .sky_ctx = v->sky_ctx,
                            .light = v->light,
                            .camera = m->camera,
                            .haze = v->haze,
                            .haze_per_m = v->haze_per_m};
    HM_TRY(hm_raster_draw(w->raster, &scene, s->look, NULL, &w->pic, err));
    if (s->overlay)
        hm_overlay_draw(s->overlay, m, &w->pic);
    return HM_OK;
}

hm_status hm_show_draw_at(hm_show *s, int worker, double film_t_s, const hm_picture **pic,
                          hm_err *err)
{
    HM_ASSERT(worker >= 0 && worker < s->n_worker);
    show_worker *w = &s->worker[worker];
    hm_arena_mark mark = hm_arena_mark_get(&w->scratch);
    hm_moment m;
    hm_film_at(s->film, s->race, film_t_s, &m);
    hm_status status = draw_moment(s, w, &m, err);
    hm_arena_release(&w->scratch, mark);
    if (status == HM_OK)
        *pic = &w->pic;
    return status;
}

hm_status hm_show_draw(hm_show *s, int worker, int64_t frame, const hm_picture **pic, hm_err *err)
{
    return hm_show_draw_at(s, worker, hm_show_film_s(s, frame), pic, err);
}

/* As the encoder wants it: no status; a failure is kept and the rest is drawn black. */
static void draw_nv12(void *ctx, int worker, int64_t frame, uint8_t *nv12)
{
    hm_show *s = ctx;
    show_worker *w = &s->worker[worker];
    const hm_picture *pic;
    if (w->status == HM_OK)
        w->status = hm_show_draw(s, worker, frame, &pic, &w->err);
    if (w->status == HM_OK)
        hm_nv12_from_rgbx(pic, nv12);
    else
        memset(nv12, 16, (size_t)s->opts.w_px * (size_t)s->opts.h_px * 3 / 2);
}

static hm_status workers_failed(const hm_show *s, hm_err *err)
{
    for (int i = 0; i < s->n_worker; i++)
        if (s->worker[i].status != HM_OK) {
            if (err && err->status == HM_OK)
                *err = s->worker[i].err;
            return s->worker[i].status;
        }
    return HM_OK;
}

typedef struct hash_job {
    hm_show *show;
    int64_t from;
    uint8_t **nv12; /* (n_worker) */
    uint64_t *hash; /* (HASH_ROUND) of each frame */
} hash_job;

static void hash_frame(void *ctx, int64_t i, int worker)
{
    hash_job *job = ctx;
    draw_nv12(job->show, worker, job->from + i, job->nv12[worker]);
    job->hash[i] = hm_frame_hash(job->nv12[worker], job->show->opts.w_px, job->show->opts.h_px);
}

/* Frames are hashed side by side, and their hashes in order. */
static hm_status hash_all(hm_show *s, hash_job *job, hm_encode_progress_fn *progress, void *ctx,
                          uint64_t *hash, hm_err *err)
{
    uint64_t h = HM_HASH_START;
    for (job->from = 0; job->from < s->n_frame; job->from += HASH_ROUND) {
        int64_t left = s->n_frame - job->from, n = left < HASH_ROUND ? left : HASH_ROUND;
        hm_par_for(s->n_worker, n, hash_frame, job);
        HM_TRY(workers_failed(s, err));
        for (int64_t i = 0; i < n; i++)
            h = hm_hash_u64(h, job->hash[i]);
        if (progress && !progress(ctx, job->from + n, s->n_frame))
            return hm_err_set(err, HM_ERR_STOPPED, NULL, 0, 0, NULL, "stopped");
    }
    *hash = h;
    return HM_OK;
}

hm_status hm_show_hash(hm_show *s, hm_encode_progress_fn *progress, void *ctx, uint64_t *hash,
                       hm_err *err)
{
    HM_ASSERT(!s->opts.share_picture);
    hm_arena scratch;
    hm_arena_init(&scratch, 1 << 20);
    size_t n_byte = (size_t)s->opts.w_px * (size_t)s->opts.h_px * 3 / 2;
    hash_job job = {.show = s,
                    .nv12 = HM_PUSH(&scratch, uint8_t *, s->n_worker),
                    .hash = HM_PUSH(&scratch, uint64_t, HASH_ROUND)};
    bool have = job.nv12 && job.hash;
    for (int i = 0; have && i < s->n_worker; i++)
        have = (job.nv12[i] = hm_arena_push(&scratch, n_byte, 1)) != NULL;
    hm_status status = have ? hash_all(s, &job, progress, ctx, hash, err) : no_memory(err);
    hm_arena_free(&scratch);
    return status;
}

/* What each frame's camera hears. */
static hm_status render_sound(hm_show *s, const char *path, hm_sound **sound, hm_err *err)
{
    hm_arena scratch;
    hm_arena_init(&scratch, 1 << 20);
    hm_listener *ear = HM_PUSH(&scratch, hm_listener, s->n_frame);
    if (!ear)
        return no_memory(err);
    for (int64_t k = 0; k < s->n_frame; k++) {
        hm_moment m;
        hm_film_at(s->film, s->race, s->opts.from_s + (double)k / s->opts.fps, &m);
        ear[k] = hm_listener_of(m.film_t_s, m.race_t_s, &m.camera, m.i_shot);
    }
    hm_sound_opts o = hm_sound_opts_default();
    o.set_s = HM_SET_S;
    o.n_thread = s->opts.n_thread;
    hm_status status = hm_sound_new(s->race, s->n_frame, ear, &o, path, sound, err);
    hm_arena_free(&scratch);
    return status;
}

/* The caller's progress, and a stop when a drawing failed: then no file is left. */
typedef struct film_watch {
    hm_show *show;
    hm_encode_progress_fn *progress;
    void *ctx;
} film_watch;

static bool watch(void *ctx, int64_t done, int64_t total)
{
    film_watch *w = ctx;
    return workers_failed(w->show, NULL) == HM_OK &&
           (!w->progress || w->progress(w->ctx, done, total));
}

hm_status hm_show_film(hm_show *s, const hm_encode_opts *encode, const char *path,
                       hm_encode_progress_fn *progress, void *ctx, hm_err *err)
{
    HM_ASSERT(!s->opts.share_picture);
    HM_ASSERT(encode->w_px == s->opts.w_px && encode->h_px == s->opts.h_px);
    film_watch w = {s, progress, ctx};
    hm_encode_source source = {.n_frame = s->n_frame,
                               .n_hold = s->opts.n_hold,
                               .draw = draw_nv12,
                               .draw_ctx = s,
                               .sound = hm_sound_read,
                               .title = s->race->meet,
                               .progress = watch,
                               .progress_ctx = &w};
    hm_sound *sound = NULL;
    HM_TRY(render_sound(s, path, &sound, err));
    source.n_sample = hm_sound_sample_count(sound);
    source.sound_ctx = sound;
    hm_err stopped = {0};
    hm_status status = hm_encode_film(encode, &source, path, &stopped);
    hm_sound_destroy(sound);
    hm_status drawing = workers_failed(s, err); /* the cause, where there is one */
    status = drawing != HM_OK ? drawing : status;
    if (err && err->status == HM_OK)
        *err = stopped;
    return status;
}
