/* encode.c - the schedule of a film: which frame is drawn and which encoded at each moment.
 *
 * The film is cut into segments of 96 frames. A strand takes every n-th segment and works through
 * them in runs of some frames: in each round the strand's last run is encoded, by one worker, while
 * the next run is drawn, one frame a task, by whoever is free. So the encoders never wait for a
 * thread of their own, two buffers a strand are all the memory, and what an encoder sees does not
 * depend on the number of strands or workers. */
#include "stage/encode.h"

#include "encode_priv.h"
#include "segment_cache_priv.h"

enum { COOKIE = 0x656e6331 };

hm_encode_opts hm_encode_opts_default(void)
{
    return (hm_encode_opts){.cookie = COOKIE,
                            .w_px = 1280,
                            .h_px = 720,
                            .fps = 24,
                            .crf = 20,
                            .audio_bps = 160000,
                            .n_thread = 1};
}

static hm_status refuse(hm_err *err, const char *field, const char *want, int64_t found)
{
    return hm_err_set(err, HM_ERR_USAGE, "film", 0, 0, field, "expected %s, found %lld", want,
                      (long long)found);
}

hm_status hm_encode_opts_check(const hm_encode_opts *o, hm_err *err)
{
    HM_ASSERT(o->cookie == COOKIE);
    if (o->w_px < 16 || o->w_px > 4096 || o->w_px % 2)
        return refuse(err, "size", "an even width of 16 to 4096", o->w_px);
    if (o->h_px < 16 || o->h_px > 4096 || o->h_px % 2)
        return refuse(err, "size", "an even height of 16 to 4096", o->h_px);
    if (o->fps < 1 || o->fps > 1000)
        return refuse(err, "fps", "1 to 1000", o->fps);
    if (o->crf < 0 || o->crf > 51)
        return refuse(err, "crf", "0 to 51", o->crf);
    if (o->audio_bps < 16000 || o->audio_bps > 512000)
        return refuse(err, "audio_bps", "16000 to 512000", o->audio_bps);
    if (o->n_thread < 1)
        return refuse(err, "threads", "1 or more", o->n_thread);
    return HM_OK;
}

#ifndef HM_HAS_FILM

hm_status hm_encode_film(const hm_encode_opts *o, const hm_encode_source *s, const char *path,
                         hm_err *err)
{
    (void)s;
    HM_TRY(hm_encode_opts_check(o, err));
    return hm_err_set(err, HM_ERR_USAGE, path, 0, 0, NULL,
                      "this build has no film encoder: install libavcodec-dev libavformat-dev "
                      "libavutil-dev and build again");
}

#else

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/par.h"

/* Frames of a run: as many as fit, so that the wait at a round's end (up to one drawing) weighs
 * little. Divisors of 96, so that runs fill their segment. */
static const int32_t run_frames[] = {HM_ENCODE_RUN_MOST, 16, 12, 8, 6, 4};
enum { RUN_BUDGET_BYTES = 48 << 20, STRAND_MAX = 64 };

typedef struct run {
    int64_t first; /* frame of the film */
    int32_t n;     /* 0 = nothing */
    uint8_t *nv12; /* (n frames) */
} run;

/** Of the segments to be drawn, number k, k + n_strand, k + 2 n_strand ... one after the other. */
typedef struct strand {
    int64_t i_todo;        /* place of its segment in film.todo */
    int64_t next_frame;    /* to draw; -1 = no more */
    run drawing, encoding; /* of this round */
    stage_segment *segment, *ended;
    int64_t ended_first; /* frame at which the ended segment starts */
    hm_status status;
    hm_err err;
} strand;

typedef struct film {
    const hm_encode_opts *o;
    const hm_encode_source *s;
    const char *path;
    char *part; /* the file being written, beside path */
    size_t frame_bytes;
    int32_t run_frame;
    int n_strand;
    strand *strand; /* (n_strand) */
    int64_t n_segment, n_todo;
    bool *kept;    /* (n_segment) by an earlier film */
    int64_t *todo; /* (n_todo) segments to be drawn, in order */
    int64_t *turn; /* (n_segment) place in todo */
    stage_mux *mux;
    int64_t next_first; /* first frame of the segment that is written next */
    bool sound_done;
    hm_status sound_status;
    hm_err sound_err;
} film;

/* ---- files ---- */

static hm_status sys(hm_err *err, const char *path)
{
    return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "%s", strerror(errno));
}

/** Make an empty file of a new name beside path: .NAME.PID.part */
static hm_status part_open(film *f, hm_arena *a, hm_err *err)
{
    struct stat is;
    if (stat(f->path, &is) == 0 && !S_ISREG(is.st_mode))
        return hm_err_set(err, HM_ERR_SYSTEM, f->path, 0, 0, NULL,
                          "expected a file or a new name, found something else");
    const char *slash = strrchr(f->path, '/');
    int dir = slash ? (int)(slash - f->path) + 1 : 0;
    f->part = hm_arena_printf(a, "%.*s.%s.%ld.part", dir, f->path, f->path + dir, (long)getpid());
    if (!f->part)
        return hm_err_set(err, HM_ERR_SYSTEM, f->path, 0, 0, NULL, "no memory left");
    int fd = open(f->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        f->part = NULL;
        return sys(err, f->path);
    }
    close(fd);
    return HM_OK;
}

static hm_status part_rename(film *f, hm_err *err)
{
    int fd = open(f->part, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return sys(err, f->path);
    int bad = fsync(fd);
    bad |= close(fd);
    if (bad || rename(f->part, f->path) != 0)
        return sys(err, f->path);
    f->part = NULL;
    return HM_OK;
}

/* ---- strands ---- */

static int64_t segment_end(const film *f, int64_t frame)
{
    int64_t end = (frame / HM_ENCODE_SEGMENT_FRAME + 1) * HM_ENCODE_SEGMENT_FRAME;
    return end < f->s->n_frame ? end : f->s->n_frame;
}

/** What the strand draws after its present run. */
static void strand_step(const film *f, strand *d)
{
    uint8_t *idle = d->encoding.nv12;
    d->encoding = d->drawing;
    d->drawing = (run){.nv12 = idle};
    if (d->next_frame < 0)
        return;
    int64_t end = segment_end(f, d->next_frame), left = end - d->next_frame;
    d->drawing.first = d->next_frame;
    d->drawing.n = left < f->run_frame ? (int32_t)left : f->run_frame;
    d->next_frame += d->drawing.n;
    if (d->next_frame < end)
        return;
    d->i_todo += f->n_strand;
    d->next_frame = d->i_todo < f->n_todo ? f->todo[d->i_todo] * HM_ENCODE_SEGMENT_FRAME : -1;
}

/** Encode the strand's run; at a segment's end hand the segment over. */
static hm_status strand_encode(const film *f, strand *d, hm_err *err)
{
    const run *r = &d->encoding;
    if (r->n == 0)
        return HM_OK;
    if (!d->segment)
        HM_TRY(stage_segment_new(f->o, &d->segment, err));
    for (int32_t i = 0; i < r->n; i++)
        HM_TRY(stage_segment_push(d->segment, r->nv12 + (size_t)i * f->frame_bytes, err));
    int64_t last = r->first + r->n - 1;
    if (last + 1 < segment_end(f, last))
        return HM_OK;
    HM_TRY(stage_segment_end(d->segment, err));
    HM_ASSERT(!d->ended); /* strands go in step: the one before is written by now */
    d->ended = d->segment;
    d->ended_first = last / HM_ENCODE_SEGMENT_FRAME * HM_ENCODE_SEGMENT_FRAME;
    d->segment = NULL;
    return HM_OK;
}

/** Frame i of a run, and the frames behind it that show the same drawing. */
static void draw_frame(const film *f, const run *r, int32_t i, int worker)
{
    const hm_encode_source *s = f->s;
    int64_t frame = r->first + i;
    if (s->again && i > 0 && s->again(s->draw_ctx, frame))
        return; /* comes with the first frame of its drawing */
    uint8_t *nv12 = r->nv12 + (size_t)i * f->frame_bytes;
    s->draw(s->draw_ctx, worker, frame, nv12);
    for (int32_t k = i + 1; s->again && k < r->n && s->again(s->draw_ctx, r->first + k); k++)
        memcpy(r->nv12 + (size_t)k * f->frame_bytes, nv12, f->frame_bytes);
}

/** One task of a round: first the encoders, which take longest, then sound (once), then drawings.
 */
static void task(void *ctx, int64_t i, int worker)
{
    film *f = ctx;
    if (i < f->n_strand) {
        strand *d = &f->strand[i];
        d->status = strand_encode(f, d, &d->err);
        return;
    }
    i -= f->n_strand;
    if (i-- == 0) {
        if (!f->sound_done)
            f->sound_status = stage_mux_sound(f->mux, &f->sound_err);
        f->sound_done = true;
        return;
    }
    for (int k = 0; k < f->n_strand; k++) {
        const run *r = &f->strand[k].drawing;
        if (i < r->n) {
            draw_frame(f, r, (int32_t)i, worker);
            return;
        }
        i -= r->n;
    }
}

/** The frames of this round, told to whoever draws them. */
static hm_status make_ready(const film *f, hm_err *err)
{
    int64_t from = f->s->n_frame, to = 0;
    for (int k = 0; k < f->n_strand; k++) {
        const run *r = &f->strand[k].drawing;
        from = r->n > 0 && r->first < from ? r->first : from;
        to = r->n > 0 && r->first + r->n > to ? r->first + r->n : to;
    }
    return f->s->ready && from < to ? f->s->ready(f->s->draw_ctx, from, to, err) : HM_OK;
}

/** Draw a run and encode the one before it, on all strands. */
static hm_status round_run(film *f, int64_t *n_encoded, bool *more, hm_err *err)
{
    int64_t n_task = f->n_strand + 1;
    *more = false;
    for (int k = 0; k < f->n_strand; k++) {
        strand *d = &f->strand[k];
        strand_step(f, d);
        n_task += d->drawing.n;
        *n_encoded += d->encoding.n;
        *more = *more || d->drawing.n > 0;
    }
    HM_TRY(make_ready(f, err));
    hm_par_for(f->o->n_thread, n_task, task, f);
    for (int k = 0; k < f->n_strand; k++)
        if (f->strand[k].status != HM_OK) {
            if (err)
                *err = f->strand[k].err;
            return f->strand[k].status;
        }
    if (f->sound_status != HM_OK && err)
        *err = f->sound_err;
    return f->sound_status;
}

/** A segment that was kept, out of its file. */
static hm_status write_kept(film *f, int64_t i, hm_err *err)
{
    stage_segment *g = NULL;
    size_t n_head;
    int64_t first = i * HM_ENCODE_SEGMENT_FRAME;
    const uint8_t *head = stage_mux_head(f->mux, &n_head);
    if (!segment_cache_load(f->s->cache, i, segment_end(f, first) - first, head, n_head, &g))
        return hm_err_set(err, HM_ERR_SYSTEM, f->s->cache->dir, 0, 0, NULL,
                          "a kept segment has changed meanwhile: film again");
    hm_status st = stage_mux_segment(f->mux, g, first, err);
    stage_segment_destroy(g);
    return st;
}

/** Write the segments whose turn it is. */
static hm_status write_ended(film *f, int64_t *done, hm_err *err)
{
    for (; f->next_first < f->s->n_frame; f->next_first += HM_ENCODE_SEGMENT_FRAME) {
        int64_t i = f->next_first / HM_ENCODE_SEGMENT_FRAME;
        if (f->kept[i]) {
            HM_TRY(write_kept(f, i, err));
            *done += segment_end(f, f->next_first) - f->next_first;
            continue;
        }
        strand *d = &f->strand[f->turn[i] % f->n_strand];
        if (!d->ended || d->ended_first != f->next_first)
            return HM_OK;
        if (f->s->cache)
            segment_cache_save(f->s->cache, i, segment_end(f, f->next_first) - f->next_first,
                               d->ended);
        HM_TRY(stage_mux_segment(f->mux, d->ended, f->next_first, err));
        stage_segment_destroy(d->ended);
        d->ended = NULL;
    }
    return HM_OK;
}

/* ---- the whole ---- */

/** Which segments are kept, and which are to be drawn. */
static hm_status film_plan(film *f, hm_arena *a, hm_err *err)
{
    hm_encode_cache *c = f->s->cache;
    stage_segment *fresh = NULL;
    const uint8_t *head = NULL;
    size_t n_head = 0;
    f->n_segment = (f->s->n_frame - 1) / HM_ENCODE_SEGMENT_FRAME + 1;
    f->kept = HM_PUSH(a, bool, f->n_segment);
    f->todo = HM_PUSH(a, int64_t, f->n_segment);
    f->turn = HM_PUSH(a, int64_t, f->n_segment);
    if (!f->kept || !f->todo || !f->turn)
        return hm_err_set(err, HM_ERR_SYSTEM, f->path, 0, 0, NULL, "no memory left");
    if (c) {
        HM_TRY(stage_segment_new(f->o, &fresh, err)); /* what headers look like today */
        head = stage_segment_head(fresh, &n_head);
    }
    for (int64_t i = 0; i < f->n_segment; i++) {
        int64_t first = i * HM_ENCODE_SEGMENT_FRAME;
        f->kept[i] =
            c && segment_cache_load(c, i, segment_end(f, first) - first, head, n_head, NULL);
        f->turn[i] = f->n_todo;
        if (!f->kept[i])
            f->todo[f->n_todo++] = i;
    }
    stage_segment_destroy(fresh);
    if (c) {
        c->n_segment = f->n_segment;
        c->n_kept = f->n_segment - f->n_todo;
    }
    return HM_OK;
}

static hm_status film_init(film *f, hm_arena *a, hm_err *err)
{
    HM_TRY(film_plan(f, a, err));
    f->n_strand = f->o->n_thread / 2 + f->o->n_thread % 2;
    if (f->n_strand > STRAND_MAX)
        f->n_strand = STRAND_MAX;
    if (f->s->in_order)
        f->n_strand = 1;
    if (f->n_strand > f->n_todo)
        f->n_strand = f->n_todo > 0 ? (int)f->n_todo : 1;
    f->frame_bytes = (size_t)f->o->w_px * (size_t)f->o->h_px * 3 / 2;
    size_t i = 0;
    while (i + 1 < sizeof run_frames / sizeof *run_frames &&
           2 * (size_t)f->n_strand * (size_t)run_frames[i] * f->frame_bytes > RUN_BUDGET_BYTES)
        i++;
    f->run_frame = run_frames[i];
    f->strand = HM_PUSH(a, strand, f->n_strand);
    bool ok = f->strand != NULL;
    for (int k = 0; ok && k < f->n_strand; k++) {
        strand *d = &f->strand[k];
        d->i_todo = k;
        d->next_frame = k < f->n_todo ? f->todo[k] * HM_ENCODE_SEGMENT_FRAME : -1;
        d->drawing.nv12 = hm_arena_push(a, (size_t)f->run_frame, f->frame_bytes);
        d->encoding.nv12 = hm_arena_push(a, (size_t)f->run_frame, f->frame_bytes);
        ok = d->drawing.nv12 && d->encoding.nv12;
    }
    if (!ok)
        return hm_err_set(err, HM_ERR_SYSTEM, f->path, 0, 0, NULL, "no memory left");
    /* The first segment's headers open the file. */
    HM_TRY(stage_segment_new(f->o, &f->strand[0].segment, err));
    return stage_mux_new(f->o, f->s, f->part, f->path, f->strand[0].segment, &f->mux, err);
}

static hm_status tell(const film *f, int64_t done, hm_err *err)
{
    if (!f->s->progress || f->s->progress(f->s->progress_ctx, done, f->s->n_frame))
        return HM_OK;
    return hm_err_set(err, HM_ERR_STOPPED, f->path, 0, 0, NULL,
                      "stopped after %lld of %lld frames; nothing was written", (long long)done,
                      (long long)f->s->n_frame);
}

static hm_status film_run(film *f, hm_err *err)
{
    int64_t done = 0;
    for (bool more = true; more;) {
        HM_TRY(round_run(f, &done, &more, err));
        HM_TRY(tell(f, done, err)); /* stops before a failed drawing is kept */
        HM_TRY(write_ended(f, &done, err));
    }
    HM_TRY(tell(f, done, err));
    if (f->s->accept)
        HM_TRY(f->s->accept(f->s->accept_ctx, err));
    HM_TRY(stage_mux_end(f->mux, err));
    HM_TRY(part_rename(f, err));
    if (f->s->cache)
        segment_cache_prune(f->s->cache);
    return HM_OK;
}

static void film_free(film *f)
{
    for (int k = 0; f->strand && k < f->n_strand; k++) {
        stage_segment_destroy(f->strand[k].segment);
        stage_segment_destroy(f->strand[k].ended);
    }
    stage_mux_destroy(f->mux);
    if (f->part)
        unlink(f->part);
}

hm_status hm_encode_film(const hm_encode_opts *o, const hm_encode_source *s, const char *path,
                         hm_err *err)
{
    HM_ASSERT(s->draw && s->n_frame >= 1);
    HM_TRY(hm_encode_opts_check(o, err));
    hm_arena a;
    hm_arena_init(&a, 0);
    film f = {.o = o, .s = s, .path = path};
    hm_status st = part_open(&f, &a, err);
    if (st == HM_OK)
        st = film_init(&f, &a, err);
    if (st == HM_OK)
        st = film_run(&f, err);
    film_free(&f);
    hm_arena_free(&a);
    return st;
}

#endif
