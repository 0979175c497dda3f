#include "frames_priv.h"

#include <string.h>

#include "base/hash.h"
#include "base/par.h"
#include "stage/nv12.h"

enum {
    HASH_ROUND = 64,
    FRAME_BYTES = HM_FLASH_BYTES + 1 /* kept of each frame: was it drawn, and its grid */
};

/* Frames at work: encoder and hash take no status, so the first failure of each worker waits here
 * and the rest of its frames are black. */
typedef struct work {
    const stage_frames *f;
    struct hand {
        hm_status status;
        hm_err err;
    } * hand; /* (n_worker) */
    hm_encode_progress_fn *progress;
    void *progress_ctx;
    uint8_t *seen; /* (n_frame x FRAME_BYTES) 1 and the grid of a frame that was drawn */
    hm_arena *arena;
    int64_t n_new, *fresh; /* hash: (HASH_ROUND) frames of the round that are drawn */
    uint8_t **nv12;        /* hash: (n_worker) */
    uint64_t *hash;        /* hash: (HASH_ROUND) of those */
} work;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the film");
}

static void draw_nv12(void *ctx, int worker, int64_t frame, uint8_t *nv12)
{
    work *w = ctx;
    const stage_frames *f = w->f;
    struct hand *h = &w->hand[worker];
    const hm_picture *pic;
    if (h->status == HM_OK)
        h->status = f->draw(f->ctx, worker, frame, &pic, &h->err);
    if (h->status == HM_OK)
        hm_nv12_from_rgbx(pic, nv12);
    else
        memset(nv12, 16, hm_nv12_bytes(f->w_px, f->h_px));
    w->seen[frame * FRAME_BYTES] = 1;
    hm_flash_grid(nv12, f->w_px, f->h_px, w->seen + frame * FRAME_BYTES + 1);
}

static hm_status failed(const work *w, hm_err *err)
{
    for (int i = 0; i < w->f->n_worker; i++)
        if (w->hand[i].status != HM_OK) {
            if (err && err->status == HM_OK)
                *err = w->hand[i].err;
            return w->hand[i].status;
        }
    return HM_OK;
}

/* What of the film flashes too often, now that all of it is drawn. */
static hm_status find_flashes(work *w, hm_err *err)
{
    const stage_frames *f = w->f;
    for (int64_t k = 0; k < f->n_frame; k++) { /* what shows the same was drawn once */
        bool drawn = k == 0 || w->seen[k * FRAME_BYTES];
        memmove(w->seen + k * HM_FLASH_BYTES,
                drawn ? w->seen + k * FRAME_BYTES + 1 : w->seen + (k - 1) * HM_FLASH_BYTES,
                HM_FLASH_BYTES);
    }
    return hm_flash_find(w->seen, f->n_frame, f->fps, w->arena, f->flashes, err);
}

/* Asked before the film appears. */
static hm_status accept(void *ctx, hm_err *err)
{
    work *w = ctx;
    const hm_flash *first = &w->f->flashes->flash[0];
    HM_TRY(failed(w, err));
    HM_TRY(find_flashes(w, err));
    if (!w->f->refuse_flashes || w->f->flashes->n == 0)
        return HM_OK;
    return hm_err_set(err, HM_ERR_CHECK, NULL, 0, 0, NULL,
                      "frames %lld to %lld flash %.1f times within a second, more than 3; nothing "
                      "was written",
                      (long long)first->from, (long long)first->to, 0.5 * first->n_half);
}

static hm_status ready(void *ctx, int64_t from, int64_t to, hm_err *err)
{
    work *w = ctx;
    return w->f->ready ? w->f->ready(w->f->ctx, from, to, err) : HM_OK;
}

static bool again(void *ctx, int64_t frame)
{
    work *w = ctx;
    return w->f->again(w->f->ctx, frame);
}

/* ---- hash ---- */

static void hash_frame(void *ctx, int64_t i, int worker)
{
    work *w = ctx;
    draw_nv12(w, worker, w->fresh[i], w->nv12[worker]);
    w->hash[i] = hm_frame_hash(w->nv12[worker], w->f->w_px, w->f->h_px);
}

/* Frames from .. to - 1, which are ready, but those that show what the one before shows. */
static void list_fresh(work *w, int64_t from, int64_t to)
{
    w->n_new = 0;
    for (int64_t frame = from; frame < to; frame++)
        if (frame == from || !again(w, frame))
            w->fresh[w->n_new++] = frame;
}

/* Drawings are hashed side by side, and the frames' hashes joined in order. */
static hm_status hash_all(work *w, uint64_t *hash, hm_err *err)
{
    uint64_t h = HM_HASH_START;
    int64_t n_frame = w->f->n_frame;
    for (int64_t from = 0, to; from < n_frame; from = to) {
        to = from + HASH_ROUND < n_frame ? from + HASH_ROUND : n_frame;
        HM_TRY(ready(w, from, to, err));
        list_fresh(w, from, to);
        hm_par_for(w->f->n_worker, w->n_new, hash_frame, w);
        HM_TRY(failed(w, err));
        for (int64_t frame = from, i = 0; frame < to; frame++) {
            i += i + 1 < w->n_new && w->fresh[i + 1] == frame;
            h = hm_hash_u64(h, w->hash[i]);
        }
        if (w->progress && !w->progress(w->progress_ctx, to, n_frame))
            return hm_err_set(err, HM_ERR_STOPPED, NULL, 0, 0, NULL, "stopped");
    }
    *hash = h;
    return HM_OK;
}

hm_status frames_hash(const stage_frames *f, hm_encode_progress_fn *progress, void *ctx,
                      uint64_t *hash, hm_err *err)
{
    hm_arena scratch;
    hm_arena_init(&scratch, 1 << 20);
    work w = {.f = f,
              .hand = HM_PUSH(&scratch, struct hand, f->n_worker),
              .seen = hm_arena_push(&scratch, (size_t)f->n_frame, FRAME_BYTES),
              .arena = &scratch,
              .progress = progress,
              .progress_ctx = ctx,
              .nv12 = HM_PUSH(&scratch, uint8_t *, f->n_worker),
              .fresh = HM_PUSH(&scratch, int64_t, HASH_ROUND),
              .hash = HM_PUSH(&scratch, uint64_t, HASH_ROUND)};
    bool have = w.hand && w.nv12 && w.fresh && w.hash && w.seen;
    for (int i = 0; have && i < f->n_worker; i++)
        have = (w.nv12[i] = hm_arena_push(&scratch, hm_nv12_bytes(f->w_px, f->h_px), 1)) != NULL;
    hm_status status = have ? hash_all(&w, hash, err) : no_memory(err);
    if (status == HM_OK)
        status = accept(&w, err);
    hm_arena_free(&scratch);
    return status;
}

/* ---- film ---- */

/* The caller's progress, and a stop when a drawing failed: then no file is left. */
static bool watch(void *ctx, int64_t done, int64_t total)
{
    work *w = ctx;
    return failed(w, NULL) == HM_OK && (!w->progress || w->progress(w->progress_ctx, done, total));
}

static hm_status encode(work *w, const frames_film *film, const char *path, hm_err *err)
{
    hm_encode_source source = {.n_frame = w->f->n_frame,
                               .draw = draw_nv12,
                               .again = again,
                               .ready = ready,
                               .draw_ctx = w,
                               .stamp = film->stamp,
                               .stamp_hz = film->stamp_hz,
                               .n_sample = film->sound ? hm_sound_sample_count(film->sound)
                                                       : film->n_listen,
                               .sound = film->sound ? hm_sound_read : film->listen,
                               .sound_ctx = film->sound ? film->sound : film->listen_ctx,
                               .title = film->title,
                               .n_text = film->n_text,
                               .text = film->text,
                               .cache = film->cache,
                               .accept = accept,
                               .accept_ctx = w,
                               .progress = watch,
                               .progress_ctx = w};
    if (film->cache) {
        film->cache->extra = w->seen;
        film->cache->extra_bytes = FRAME_BYTES;
    }
    hm_err stopped = {0};
    hm_status status = hm_encode_film(film->encode, &source, path, &stopped);
    hm_status drawing = failed(w, err); /* the cause, where there is one */
    if (err && err->status == HM_OK)
        *err = stopped;
    return drawing != HM_OK ? drawing : status;
}

hm_status frames_encode(const stage_frames *f, const frames_film *film, const char *path,
                        hm_err *err)
{
    HM_ASSERT(film->encode->w_px == f->w_px && film->encode->h_px == f->h_px);
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    work w = {.f = f,
              .hand = HM_PUSH(&scratch, struct hand, f->n_worker),
              .seen = hm_arena_push(&scratch, (size_t)f->n_frame, FRAME_BYTES),
              .arena = &scratch,
              .progress = film->progress,
              .progress_ctx = film->progress_ctx};
    hm_status status = w.hand && w.seen ? encode(&w, film, path, err) : no_memory(err);
    hm_arena_free(&scratch);
    return status;
}
