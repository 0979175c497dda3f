/* mux.c - H.264 and MP4; with aac.c all that knows libavcodec and libavformat (5.1). */
#include "encode_priv.h"

#ifdef HM_HAS_FILM

#include "aac_priv.h"
#include "subtitle_priv.h"

#include <libavformat/avformat.h>
#include <libavutil/avstring.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <malloc.h>
#include <string.h>

enum { KEY_FRAME_EVERY = 48 };

/** Packets in the order of coding. */
typedef struct queue {
    AVPacket **p;
    int64_t n, cap, head;
} queue;

struct stage_segment {
    AVCodecContext *enc; /* NULL once ended */
    AVFrame *frame;
    queue packets; /* times in frames from the segment's first */
    int64_t n_frame;
    uint8_t *header; /* SPS and PPS; the same for all segments of a film */
    int n_header;
};

struct stage_mux {
    AVFormatContext *fmt;
    AVStream *video, *audio;
    stage_aac *sound; /* NULL = none */
    int32_t n_text;
    stage_subtitle text[HM_TEXT_TRACK_MAX]; /* (n_text) */
    AVRational frame_base;                  /* of packets' times when they are written */
    const int64_t *stamp;                   /* as hm_encode_source */
    int64_t n_stamp;
    const char *name;
    uint8_t *header;
    int n_header;
};

hm_status stage_av_fail(hm_err *err, int code, const char *source)
{
    char text[AV_ERROR_MAX_STRING_SIZE] = {0};
    av_strerror(code, text, sizeof text);
    return hm_err_set(err, HM_ERR_SYSTEM, source, 0, 0, NULL, "%s", text);
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "film", 0, 0, NULL, "no memory left");
}

/* ---- packets ---- */

static bool queue_add(queue *q, AVPacket *p)
{
    if (q->n == q->cap) {
        int64_t cap = q->cap ? 2 * q->cap : 128;
        AVPacket **more = av_realloc_array(q->p, (size_t)cap, sizeof *more);
        if (!more)
            return false;
        q->p = more;
        q->cap = cap;
    }
    q->p[q->n++] = p;
    return true;
}

static AVPacket *queue_first(const queue *q)
{
    return q->head < q->n ? q->p[q->head] : NULL;
}

static void queue_drop(queue *q)
{
    av_packet_free(&q->p[q->head++]);
    if (q->head == q->n)
        q->head = q->n = 0;
}

static void queue_free(queue *q)
{
    while (q->head < q->n)
        queue_drop(q);
    av_freep(&q->p);
}

/** Take all packets that the encoder has ready. */
static hm_status drain(AVCodecContext *enc, queue *q, hm_err *err)
{
    for (;;) {
        AVPacket *p = av_packet_alloc();
        if (!p)
            return no_memory(err);
        int code = avcodec_receive_packet(enc, p);
        if (code >= 0 && queue_add(q, p))
            continue;
        av_packet_free(&p);
        if (code >= 0)
            return no_memory(err);
        return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? HM_OK
                                                              : stage_av_fail(err, code, "encoder");
    }
}

/* ---- pictures ---- */

static hm_status video_open(const hm_encode_opts *o, AVCodecContext **out, hm_err *err)
{
    const AVCodec *codec = avcodec_find_encoder_by_name("libx264");
    if (!codec)
        return hm_err_set(err, HM_ERR_USAGE, "film", 0, 0, NULL,
                          "libavcodec has no x264 here: install libx264-164 and Debian's "
                          "libavcodec59");
    AVCodecContext *c = avcodec_alloc_context3(codec);
    if (!c)
        return no_memory(err);
    *out = c;
    c->width = o->w_px;
    c->height = o->h_px;
    c->pix_fmt = AV_PIX_FMT_NV12;
    c->time_base = (AVRational){1, o->fps};
    c->framerate = (AVRational){o->fps, 1};
    c->sample_aspect_ratio = (AVRational){1, 1};
    c->gop_size = KEY_FRAME_EVERY;
    c->thread_count = 1;
    c->color_range = AVCOL_RANGE_MPEG;
    c->colorspace = AVCOL_SPC_BT709;
    c->color_primaries = AVCOL_PRI_BT709;
    c->color_trc = AVCOL_TRC_BT709;
    c->chroma_sample_location = AVCHROMA_LOC_LEFT;
    c->flags |= (int)(AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT);
    c->flags |= (int)AV_CODEC_FLAG_CLOSED_GOP;
    av_opt_set(c->priv_data, "preset", "veryfast", 0);
    av_opt_set_double(c->priv_data, "crf", o->crf, 0);
    /* Without cpu-independent the decoded pictures differ between AVX2 and SSE2. Flat drawings held
     * for two frames gain little from finer motion search (subme) and from more than the one B
     * frame that repeats a drawing: three fifths of veryfast's time for a tenth more of size, at
     * the same likeness (SSIM). */
    av_opt_set(c->priv_data, "x264-params",
               "cpu-independent=1:threads=1:lookahead-threads=1:subme=1:bframes=1:b-pyramid=none",
               0);
    int code = avcodec_open2(c, codec, NULL);
    return code < 0 ? stage_av_fail(err, code, "x264") : HM_OK;
}

static hm_status segment_init(const hm_encode_opts *o, stage_segment *g, hm_err *err)
{
    HM_TRY(video_open(o, &g->enc, err));
    g->n_header = g->enc->extradata_size;
    g->header = av_memdup(g->enc->extradata, (size_t)g->n_header);
    g->frame = av_frame_alloc();
    if (!g->header || !g->frame)
        return no_memory(err);
    g->frame->format = AV_PIX_FMT_NV12;
    g->frame->width = o->w_px;
    g->frame->height = o->h_px;
    return HM_OK;
}

/** An encoder's pictures go back to the system with their segment: else they fill the heaps of
 *  all threads with holes, and a film takes the more memory the longer it is. */
static void keep_heaps_small(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

hm_status stage_segment_new(const hm_encode_opts *o, stage_segment **out, hm_err *err)
{
    av_log_set_level(AV_LOG_QUIET); /* errors come back as values */
    keep_heaps_small();
    stage_segment *g = av_mallocz(sizeof *g);
    if (!g)
        return no_memory(err);
    hm_status st = segment_init(o, g, err);
    if (st != HM_OK)
        stage_segment_destroy(g);
    else
        *out = g;
    return st;
}

static void keep(void *opaque, uint8_t *data)
{
    (void)opaque;
    (void)data; /* the caller's frame */
}

hm_status stage_segment_push(stage_segment *g, uint8_t *nv12, hm_err *err)
{
    AVFrame *f = g->frame;
    int n =
        av_image_fill_arrays(f->data, f->linesize, nv12, AV_PIX_FMT_NV12, f->width, f->height, 1);
    /* Borrowed, not copied: x264 takes its own copy before send_frame returns. */
    f->buf[0] = av_buffer_create(nv12, (size_t)n, keep, NULL, 0);
    if (!f->buf[0])
        return no_memory(err);
    f->pts = g->n_frame++;
    int code = avcodec_send_frame(g->enc, f);
    av_buffer_unref(&f->buf[0]);
    return code < 0 ? stage_av_fail(err, code, "x264") : drain(g->enc, &g->packets, err);
}

hm_status stage_segment_end(stage_segment *g, hm_err *err)
{
    int code = avcodec_send_frame(g->enc, NULL);
    if (code < 0)
        return stage_av_fail(err, code, "x264");
    HM_TRY(drain(g->enc, &g->packets, err));
    avcodec_free_context(&g->enc);
    return HM_OK;
}

void stage_segment_destroy(stage_segment *g)
{
    if (!g)
        return;
    avcodec_free_context(&g->enc);
    av_frame_free(&g->frame);
    queue_free(&g->packets);
    av_freep(&g->header);
    av_free(g);
}

/* ---- segments as bytes: length and bytes of the headers, number of packets, the packets ---- */

typedef struct packet_head {
    int64_t pts, dts;
    int32_t flags, n_byte;
} packet_head;

const uint8_t *stage_segment_head(const stage_segment *g, size_t *n)
{
    *n = (size_t)g->n_header;
    return g->header;
}

uint64_t stage_codec_version(void)
{
    return avcodec_version();
}

bool stage_segment_pack(const stage_segment *g, hm_memory *m)
{
    hm_sink sink = hm_sink_memory(m);
    int64_t count[2] = {g->n_header, g->packets.n - g->packets.head};
    bool ok = sink.put(sink.ctx, count, sizeof count, NULL) == HM_OK &&
              sink.put(sink.ctx, g->header, (size_t)g->n_header, NULL) == HM_OK;
    for (int64_t i = g->packets.head; ok && i < g->packets.n; i++) {
        const AVPacket *p = g->packets.p[i];
        packet_head h = {p->pts, p->dts, p->flags, p->size};
        ok = sink.put(sink.ctx, &h, sizeof h, NULL) == HM_OK &&
             sink.put(sink.ctx, p->data, (size_t)p->size, NULL) == HM_OK;
    }
    return ok;
}

/* Take n bytes off the front; false: there are not so many. */
static bool take(const uint8_t **at, size_t *left, void *out, size_t n)
{
    if (*left < n)
        return false;
    if (out)
        memcpy(out, *at, n);
    *at += n;
    *left -= n;
    return true;
}

static bool unpack_packet(const uint8_t **at, size_t *left, queue *q)
{
    packet_head h;
    AVPacket *p = NULL;
    if (!take(at, left, &h, sizeof h) || h.n_byte < 0 || (size_t)h.n_byte > *left)
        return false;
    p = av_packet_alloc();
    if (!p || av_new_packet(p, h.n_byte) < 0 || !queue_add(q, p)) {
        av_packet_free(&p);
        return false;
    }
    p->pts = h.pts;
    p->dts = h.dts;
    p->flags = h.flags;
    return take(at, left, p->data, (size_t)h.n_byte);
}

bool stage_segment_unpack(const uint8_t *bytes, size_t n, const uint8_t *head, size_t n_head,
                          stage_segment **out)
{
    int64_t count[2];
    if (!take(&bytes, &n, count, sizeof count) || count[0] != (int64_t)n_head || n < n_head ||
        memcmp(bytes, head, n_head) != 0)
        return false;
    stage_segment *g = av_mallocz(sizeof *g);
    bool ok = g && take(&bytes, &n, NULL, n_head);
    if (ok) {
        g->n_header = (int)n_head;
        g->header = av_memdup(head, n_head);
        ok = g->header != NULL;
    }
    for (int64_t i = 0; ok && i < count[1]; i++)
        ok = unpack_packet(&bytes, &n, &g->packets);
    if (ok && n == 0) {
        *out = g;
        return true;
    }
    stage_segment_destroy(g);
    return false;
}

/* ---- container ---- */

static hm_status video_stream(const hm_encode_opts *o, const hm_encode_source *s,
                              const stage_segment *head, stage_mux *m, hm_err *err)
{
    m->frame_base = (AVRational){1, s->stamp ? s->stamp_hz : o->fps};
    m->stamp = s->stamp;
    m->n_stamp = s->n_frame;
    m->video = avformat_new_stream(m->fmt, NULL);
    if (!m->video)
        return no_memory(err);
    m->video->time_base = m->frame_base;
    m->video->avg_frame_rate = (AVRational){o->fps, 1};
    int code = avcodec_parameters_from_context(m->video->codecpar, head->enc);
    if (code < 0)
        return stage_av_fail(err, code, "MP4");
    m->video->codecpar->format = AV_PIX_FMT_YUV420P; /* what a decoder gives */
    m->n_header = head->n_header;
    m->header = av_memdup(head->header, (size_t)head->n_header);
    return m->header ? HM_OK : no_memory(err);
}

static hm_status audio_stream(const hm_encode_opts *o, const hm_encode_source *s, stage_mux *m,
                              hm_err *err)
{
    m->audio = avformat_new_stream(m->fmt, NULL);
    if (!m->audio)
        return no_memory(err);
    m->audio->time_base = (AVRational){1, HM_AUDIO_HZ};
    return stage_aac_new(o, s, m->name, m->audio->codecpar, &m->sound, err);
}

static hm_status text_streams(const hm_encode_opts *o, const hm_encode_source *s, stage_mux *m,
                              hm_err *err)
{
    double film_s = (double)s->n_frame / o->fps;
    HM_ASSERT(s->n_text >= 0 && s->n_text <= HM_TEXT_TRACK_MAX);
    for (int32_t i = 0; i < s->n_text; i++, m->n_text++)
        HM_TRY(stage_subtitle_open(m->fmt, &s->text[i], film_s, &m->text[i], err));
    return HM_OK;
}

static hm_status mux_open(const hm_encode_opts *o, const hm_encode_source *s, const char *path,
                          const stage_segment *head, stage_mux *m, hm_err *err)
{
    int code = avformat_alloc_output_context2(&m->fmt, NULL, "mp4", NULL);
    if (code < 0)
        return stage_av_fail(err, code, "MP4");
    /* The prefix keeps a colon in a file name from being read as a protocol. */
    m->fmt->url = av_asprintf("file:%s", path);
    if (!m->fmt->url)
        return no_memory(err);
    m->fmt->flags |= AVFMT_FLAG_BITEXACT;
    HM_TRY(video_stream(o, s, head, m, err));
    if (s->n_sample > 0)
        HM_TRY(audio_stream(o, s, m, err));
    HM_TRY(text_streams(o, s, m, err));
    if (s->title)
        av_dict_set(&m->fmt->metadata, "title", s->title, 0);
    if (s->comment)
        av_dict_set(&m->fmt->metadata, "comment", s->comment, 0);
    code = avio_open(&m->fmt->pb, m->fmt->url, AVIO_FLAG_WRITE);
    if (code < 0)
        return stage_av_fail(err, code, m->name);
    AVDictionary *opt = NULL;
    av_dict_set(&opt, "movflags", "+faststart", 0);
    if (s->stamp) /* else small time bases are multiplied */
        av_dict_set_int(&opt, "video_track_timescale", s->stamp_hz, 0);
    code = avformat_write_header(m->fmt, &opt);
    av_dict_free(&opt);
    return code < 0 ? stage_av_fail(err, code, m->name) : HM_OK;
}

hm_status stage_mux_new(const hm_encode_opts *o, const hm_encode_source *s, const char *path,
                        const char *name, const stage_segment *head, stage_mux **out, hm_err *err)
{
    stage_mux *m = av_mallocz(sizeof *m);
    if (!m)
        return no_memory(err);
    m->name = name;
    hm_status st = mux_open(o, s, path, head, m, err);
    if (st != HM_OK)
        stage_mux_destroy(m);
    else
        *out = m;
    return st;
}

/** Write a packet whose times are in base. */
static hm_status write(stage_mux *m, AVPacket *p, AVStream *to, AVRational base, hm_err *err)
{
    p->stream_index = to->index;
    av_packet_rescale_ts(p, base, to->time_base);
    int code = av_write_frame(m->fmt, p);
    if (code >= 0)
        code = m->fmt->pb->error;
    return code < 0 ? stage_av_fail(err, code, m->name) : HM_OK;
}

/** Stamp of a frame; before the first, steps go on backwards, as coding times do. */
static int64_t stamp_of(const stage_mux *m, int64_t frame)
{
    int64_t step = m->n_stamp > 1 ? m->stamp[1] - m->stamp[0] : 1;
    if (frame < 0)
        return m->stamp[0] + frame * step;
    if (frame >= m->n_stamp)
        return m->stamp[m->n_stamp - 1] + (frame - m->n_stamp + 1) * step;
    return m->stamp[frame];
}

/** From frames of the segment to times of the file. */
static void place_packet(const stage_mux *m, int64_t first_frame, AVPacket *v)
{
    int64_t at = v->pts + first_frame, coded = v->dts + first_frame;
    v->pts = m->stamp ? stamp_of(m, at) : at;
    v->dts = m->stamp ? stamp_of(m, coded) : coded;
    v->duration = m->stamp ? stamp_of(m, at + 1) - v->pts : 1;
}

/** Write the texts that are due before a picture (NULL = all). */
static hm_status write_texts(stage_mux *m, const AVPacket *before, hm_err *err)
{
    const AVRational base = {1, STAGE_SUBTITLE_HZ};
    for (int32_t i = 0; i < m->n_text; i++) {
        stage_subtitle *t = &m->text[i];
        while (!before || av_compare_ts(t->at, base, before->dts, m->frame_base) <= 0) {
            AVPacket *p;
            HM_TRY(stage_subtitle_next(t, &p, err));
            if (!p)
                break;
            hm_status st = write(m, p, t->stream, base, err);
            av_packet_free(&p);
            HM_TRY(st);
        }
    }
    return HM_OK;
}

/** Write the sound that is due before a picture (NULL = all): players read both from one place. */
static hm_status write_sound(stage_mux *m, const AVPacket *before, hm_err *err)
{
    const AVRational base = {1, HM_AUDIO_HZ};
    while (m->sound) {
        AVPacket *a;
        HM_TRY(stage_aac_first(m->sound, &a, err));
        if (!a || (before && av_compare_ts(a->dts, base, before->dts, m->frame_base) > 0))
            break;
        hm_status st = write(m, a, m->audio, base, err);
        stage_aac_drop(m->sound);
        HM_TRY(st);
    }
    return HM_OK;
}

const uint8_t *stage_mux_head(const stage_mux *m, size_t *n)
{
    *n = (size_t)m->n_header;
    return m->header;
}

hm_status stage_mux_sound(stage_mux *m, hm_err *err)
{
    return m->sound ? stage_aac_run(m->sound, err) : HM_OK;
}

hm_status stage_mux_segment(stage_mux *m, stage_segment *g, int64_t first_frame, hm_err *err)
{
    if (g->n_header != m->n_header || memcmp(g->header, m->header, (size_t)m->n_header) != 0)
        return hm_err_set(err, HM_ERR_BUG, "stage_mux_segment", 0, 0, NULL,
                          "the segment at frame %lld has other codec headers than the first",
                          (long long)first_frame);
    for (AVPacket *v; (v = queue_first(&g->packets)) != NULL;) {
        place_packet(m, first_frame, v);
        HM_TRY(write_texts(m, v, err));
        HM_TRY(write_sound(m, v, err));
        hm_status st = write(m, v, m->video, m->frame_base, err);
        queue_drop(&g->packets);
        HM_TRY(st);
    }
    return HM_OK;
}

hm_status stage_mux_end(stage_mux *m, hm_err *err)
{
    HM_TRY(write_texts(m, NULL, err));
    HM_TRY(write_sound(m, NULL, err));
    int code = av_write_trailer(m->fmt);
    int late = m->fmt->pb->error;
    int closed = avio_closep(&m->fmt->pb);
    if (code >= 0)
        code = late < 0 ? late : closed;
    return code < 0 ? stage_av_fail(err, code, m->name) : HM_OK;
}

void stage_mux_destroy(stage_mux *m)
{
    if (!m)
        return;
    stage_aac_destroy(m->sound);
    av_freep(&m->header);
    if (m->fmt)
        avio_closep(&m->fmt->pb);
    avformat_free_context(m->fmt);
    av_free(m);
}

#else

typedef int stage_no_film; /* a file must hold something */

#endif
