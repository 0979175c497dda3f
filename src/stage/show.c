#include "stage/show.h"

#include "show_priv.h"

#include <string.h>

#include "base/hash.h"
#include "base/par.h"
#include "stage/nv12.h"
#include "stage/overlay.h"

enum { SHOW_COOKIE = 0x53686f77, HASH_ROUND = 64 };

typedef struct show_worker {
    drawing_hand hand;
    hm_status status; /* first failure while drawing for the encoder */
    hm_err err;
} show_worker;

struct hm_show {
    hm_arena arena;
    const hm_race *race;
    const hm_film *film;
    hm_show_opts opts;
    hm_venue venue;
    drawing_set drawing;
    hm_overlay *overlay; /* NULL = none */
    hm_sound_opts sound_opts;
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
                          .n_hold = 0,
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

static hm_status start_worker(hm_show *s, int i, hm_err *err)
{
    const hm_show_opts *o = &s->opts;
    drawing_hand *hand = &s->worker[i].hand;
    hand->worker = i;
    hm_arena_init(&hand->scratch, 4 << 20);
    hand->raster = hm_raster_new(o->w_px, o->h_px, o->share_picture ? o->n_thread : 1);
    int32_t stride = (4 * o->w_px + 63) & ~63;
    hand->pic = (hm_picture){o->w_px, o->h_px, stride,
                             hm_arena_push(&s->arena, (size_t)stride, (size_t)o->h_px)};
    return hand->raster && hand->pic.rgbx ? HM_OK : no_memory(err);
}

/* What nobody asked for is as the look wants it. */
static hm_status take_wishes(hm_show *s, hm_err *err)
{
    hm_show_opts *o = &s->opts;
    const hm_look *look;
    HM_TRY(hm_look_get(o->look, &look, err));
    hm_look_wish wish = hm_look_wish_of(look);
    if (o->n_hold == 0)
        o->n_hold = wish.n_hold;
    if (o->venue.kind == HM_VENUE_AUTO)
        o->venue.kind = wish.venue;
    if (o->venue.hour == HM_HOUR_AUTO)
        o->venue.hour = wish.hour;
    s->sound_opts = hm_sound_opts_default();
    hm_look_sound(look, o->look_own, &s->sound_opts);
    if (o->space != HM_SPACE_AUTO)
        s->sound_opts.space = o->space;
    return HM_OK;
}

static hm_status prepare(hm_show *s, hm_err *err)
{
    HM_TRY(take_wishes(s, err));
    HM_TRY(span(s, err));
    const hm_show_opts *o = &s->opts;
    HM_TRY(hm_venue_build(s->race, &o->venue, &s->arena, &s->venue, err));
    s->drawing = (drawing_set){.race = s->race, .film = s->film, .venue = &s->venue};
    const look_film frames = {.w_px = o->w_px, .h_px = o->h_px, .fps = o->fps, .n_hold = o->n_hold};
    s->n_worker = o->share_picture ? 1 : o->n_thread;
    HM_TRY(drawing_begin(&s->drawing, o->look, o->look_own, &frames, s->n_worker, o->n_thread,
                         &s->arena, err));
    if (o->overlays)
        HM_TRY(hm_overlay_new(s->film, s->race, o->w_px, o->h_px, &s->arena, &s->notes, &s->overlay,
                              err));
    s->worker = HM_PUSH(&s->arena, show_worker, s->n_worker);
    if (!s->worker)
        return no_memory(err);
    for (int i = 0; i < s->n_worker; i++)
        HM_TRY(start_worker(s, i, err));
    return HM_OK;
}

hm_status hm_show_new(const hm_race *race, const hm_film *film, const hm_show_opts *opts,
                      hm_show **show, hm_err *err)
{
    HM_ASSERT(opts->cookie == SHOW_COOKIE && opts->n_thread >= 1 && opts->n_hold >= 0);
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
        hm_raster_destroy(s->worker[i].hand.raster);
        if (s->worker[i].hand.scratch.block_bytes)
            hm_arena_free(&s->worker[i].hand.scratch);
    }
    drawing_end(&s->drawing);
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

show_parts show_parts_of(const hm_show *s)
{
    return (show_parts){&s->opts, s->race, s->film, &s->drawing, s->n_frame, s->n_worker};
}

drawing_hand *show_hand(hm_show *s, int worker)
{
    HM_ASSERT(worker >= 0 && worker < s->n_worker);
    return &s->worker[worker].hand;
}

hm_mocap hm_show_mocap(const hm_show *s)
{
    const hm_show_opts *o = &s->opts;
    return (hm_mocap){.race = s->race,
                      .film = s->film,
                      .cast = &s->drawing.look[0].cast,
                      .from_s = o->from_s,
                      .to_s = o->from_s + (double)s->n_frame / o->fps,
                      .w_px = o->w_px,
                      .h_px = o->h_px};
}

double hm_show_film_s(const hm_show *s, int64_t frame)
{
    return s->opts.from_s + (double)(frame - frame % s->opts.n_hold) / s->opts.fps;
}

/* The drawing that a frame or an instant shows. */
static hm_status draw(hm_show *s, int worker, int64_t number, double film_t_s,
                      const hm_picture **pic, hm_err *err)
{
    HM_ASSERT(worker >= 0 && worker < s->n_worker);
    drawing_hand *hand = &s->worker[worker].hand;
    hm_arena_mark mark = hm_arena_mark_get(&hand->scratch);
    hm_moment m;
    hm_film_at(s->film, s->race, film_t_s, &m);
    hm_status status = drawing_draw(&s->drawing, hand, number, &m, err);
    hm_arena_release(&hand->scratch, mark);
    if (status != HM_OK)
        return status;
    if (s->overlay)
        hm_overlay_draw(s->overlay, &m, &hand->pic);
    *pic = &hand->pic;
    return HM_OK;
}

hm_status hm_show_draw_at(hm_show *s, int worker, double film_t_s, const hm_picture **pic,
                          hm_err *err)
{
    double per_s = (double)s->opts.fps / s->opts.n_hold;
    return draw(s, worker, (int64_t)floor(film_t_s * per_s + 1e-6), film_t_s, pic, err);
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
    hm_sound_opts o = s->sound_opts;
    o.set_s = HM_SET_S;
    o.n_thread = s->opts.n_thread;
    o.score = s->opts.score;
    o.soundfont = s->opts.soundfont;
    hm_status status = hm_sound_new(s->race, s->n_frame, ear, &o, path, sound, err);
    hm_arena_free(&scratch);
    return status;
}

/* The text tracks of the part that is filmed. */
static hm_status cut_texts(const hm_show *s, hm_arena *arena, hm_text_track cut[HM_TEXT_TRACK_MAX],
                           hm_err *err)
{
    double from_s = s->opts.from_s, to_s = from_s + (double)s->n_frame / s->opts.fps;
    HM_ASSERT(s->opts.n_text >= 0 && s->opts.n_text <= HM_TEXT_TRACK_MAX);
    for (int32_t i = 0; i < s->opts.n_text; i++)
        HM_TRY(hm_text_track_cut(&s->opts.text[i], from_s, to_s, arena, &cut[i], err));
    return HM_OK;
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
    hm_text_track text[HM_TEXT_TRACK_MAX];
    HM_TRY(cut_texts(s, &s->arena, text, err));
    hm_encode_source source = {.n_frame = s->n_frame,
                               .n_hold = s->opts.n_hold,
                               .draw = draw_nv12,
                               .draw_ctx = s,
                               .sound = hm_sound_read,
                               .title = s->race->meet,
                               .n_text = s->opts.n_text,
                               .text = text,
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
