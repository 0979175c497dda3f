#include "clip_priv.h"

#ifdef HM_HAS_FILM

#include <stdlib.h>

#include "num/stat.h"

typedef struct stamps {
    int64_t n;
    size_t cap;
    int64_t *at;
    int64_t n_missing, n_packet;
} stamps;

static hm_status no_memory(const clip_file *f, hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, f->path, 0, 0, NULL, "no memory");
}

/* Stamps of the images that are shown; an edit list hides some. */
static hm_status read_stamps(const clip_file *f, hm_arena *arena, stamps *s, bool *whole,
                             hm_err *err)
{
    AVPacket *p = av_packet_alloc();
    hm_status status = p ? HM_OK : no_memory(f, err);
    int code = 0;
    while (status == HM_OK && (code = av_read_frame(f->fmt, p)) >= 0) {
        s->n_packet += p->stream_index == f->video->index;
        bool shown = p->stream_index == f->video->index && !(p->flags & AV_PKT_FLAG_DISCARD);
        int64_t stamp = p->pts;
        av_packet_unref(p);
        if (!shown)
            continue;
        if (stamp == AV_NOPTS_VALUE) {
            s->n_missing++;
            continue;
        }
        if (s->n >= HM_CLIP_FRAME_MAX)
            status = hm_err_set(err, HM_ERR_INPUT, f->path, 0, 0, NULL,
                                "expected at most %d images", HM_CLIP_FRAME_MAX);
        int64_t *grown = HM_GROW(arena, s->at, s->n, &s->cap);
        if (!grown)
            status = no_memory(f, err);
        if (status != HM_OK)
            break;
        s->at = grown;
        s->at[s->n++] = stamp;
    }
    av_packet_free(&p);
    *whole = code == AVERROR_EOF && s->n_packet >= f->video->nb_frames;
    return status;
}

static int by_stamp(const void *a, const void *b)
{
    const int64_t *l = a, *r = b;
    return (*l > *r) - (*l < *r);
}

/* Intervals between stamps that differ, in step[]. Returns how many. */
static int64_t intervals(const stamps *s, double tick_s, double step_s[], int64_t *n_repeated)
{
    int64_t n = 0;
    for (int64_t i = 1; i < s->n; i++) {
        if (s->at[i] == s->at[i - 1])
            (*n_repeated)++;
        else
            step_s[n++] = (double)(s->at[i] - s->at[i - 1]) * tick_s;
    }
    return n;
}

static hm_status count(const clip_file *f, stamps *s, double slow, hm_arena *arena,
                       hm_clip_times *t, hm_err *err)
{
    if (s->n < 2)
        return hm_err_set(err, HM_ERR_INPUT, f->path, 0, 0, NULL,
                          "expected two images with time stamps or more, found %lld",
                          (long long)s->n);
    double *step_s = HM_PUSH(arena, double, s->n);
    if (!step_s)
        return no_memory(f, err);
    qsort(s->at, (size_t)s->n, sizeof *s->at, by_stamp);
    t->tick_s = av_q2d(f->video->time_base) / slow;
    int64_t n = intervals(s, t->tick_s, step_s, &t->n_repeated);
    if (n < 1)
        return hm_err_set(err, HM_ERR_INPUT, f->path, 0, 0, NULL,
                          "expected rising time stamps, found one and the same");
    t->n = s->n;
    t->n_missing = s->n_missing;
    t->first_s = clip_time_s(f, f->video, s->at[0]) / slow;
    t->last_s = clip_time_s(f, f->video, s->at[s->n - 1]) / slow;
    t->median_s = hm_nth_of(n, step_s, n / 2);
    t->min_s = t->max_s = t->median_s;
    for (int64_t i = 0; i < n; i++) {
        t->min_s = step_s[i] < t->min_s ? step_s[i] : t->min_s;
        t->max_s = step_s[i] > t->max_s ? step_s[i] : t->max_s;
        t->n_off += step_s[i] > 1.2 * t->median_s || step_s[i] < 0.8 * t->median_s;
    }
    return HM_OK;
}

/* Open, read, close; stamps stay in the arena. */
static hm_status read_file(const char *path, hm_arena *arena, clip_file *f, stamps *s, bool *whole,
                           hm_err *err)
{
    hm_status status = clip_file_open(f, path, arena, err);
    if (status == HM_OK && !f->video)
        status = hm_err_set(err, HM_ERR_INPUT, path, 0, 0, NULL, "expected pictures, found none");
    return status == HM_OK ? read_stamps(f, arena, s, whole, err) : status;
}

static hm_status to_seconds(const clip_file *f, stamps *s, hm_arena *arena, int64_t *n,
                            double **time_s, hm_err *err)
{
    double *out = HM_PUSH(arena, double, s->n);
    if (!out)
        return no_memory(f, err);
    qsort(s->at, (size_t)s->n, sizeof *s->at, by_stamp);
    *n = 0;
    for (int64_t i = 0; i < s->n; i++)
        if (i == 0 || s->at[i] != s->at[i - 1])
            out[(*n)++] = clip_time_s(f, f->video, s->at[i]);
    *time_s = out;
    return HM_OK;
}

hm_status hm_clip_stamps_read(const char *path, hm_arena *arena, int64_t *n, double **time_s,
                              hm_err *err)
{
    clip_file f;
    stamps s = {0};
    bool whole;
    hm_status status = read_file(path, arena, &f, &s, &whole, err);
    if (status == HM_OK)
        status = to_seconds(&f, &s, arena, n, time_s, err);
    clip_file_close(&f);
    return status;
}

hm_status hm_clip_times_read(const char *path, const hm_clip_opts *opts, hm_arena *arena,
                             hm_clip_times *times, hm_err *err)
{
    clip_file f;
    stamps s = {0};
    hm_clip_times out = {0};
    hm_arena_mark mark = hm_arena_mark_get(arena);
    hm_status status = read_file(path, arena, &f, &s, &out.whole, err);
    if (status == HM_OK)
        status =
            count(&f, &s, clip_slow(&f, opts ? opts->capture_fps : (double)NAN), arena, &out, err);
    clip_file_close(&f);
    hm_arena_release(arena, mark);
    if (status == HM_OK)
        *times = out;
    return status;
}

#endif
