/* mux.c - the only file that knows libavcodec and libavformat (5.1): H.264, AAC, MP4. */
#include "encode_priv.h"

#ifdef HM_HAS_FILM

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avstring.h>
#include <libavutil/channel_layout.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <string.h>

enum { AAC_FRAME_SAMPLE = 1024, KEY_FRAME_EVERY = 48 };

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
    AVCodecContext *aac;
    AVFrame *frame;
    const float *lr;
    int64_t n_sample, next_sample;
    queue sound;
    AVRational frame_base;
    const char *name;
    uint8_t *header;
    int n_header;
};

static hm_status fail(hm_err *err, int code, const char *source)
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
        return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? HM_OK : fail(err, code, "encoder");
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
    /* Without cpu-independent the decoded pictures differ between AVX2 and SSE2. */
    av_opt_set(c->priv_data, "x264-params", "cpu-independent=1:threads=1:lookahead-threads=1", 0);
    int code = avcodec_open2(c, codec, NULL);
    return code < 0 ? fail(err, code, "x264") : HM_OK;
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

hm_status stage_segment_new(const hm_encode_opts *o, stage_segment **out, hm_err *err)
{
    av_log_set_level(AV_LOG_QUIET); /* errors come back as values */
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
    return code < 0 ? fail(err, code, "x264") : drain(g->enc, &g->packets, err);
}

hm_status stage_segment_end(stage_segment *g, hm_err *err)
{
    int code = avcodec_send_frame(g->enc, NULL);
    if (code < 0)
        return fail(err, code, "x264");
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

/* ---- sound ---- */

static hm_status aac_open(const hm_encode_opts *o, stage_mux *m, hm_err *err)
{
    const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
    AVCodecContext *c = codec ? avcodec_alloc_context3(codec) : NULL;
    if (!c)
        return no_memory(err);
    m->aac = c;
    c->sample_fmt = AV_SAMPLE_FMT_FLTP;
    c->sample_rate = HM_AUDIO_HZ;
    c->bit_rate = o->audio_bps;
    c->time_base = (AVRational){1, HM_AUDIO_HZ};
    c->thread_count = 1;
    c->flags |= (int)(AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT);
    av_channel_layout_default(&c->ch_layout, 2);
    /* The default (twoloop) raised peaks of steps by up to 3 dB, took three times as long and kept
     * no more of the sound (SNR of our own stems). */
    av_opt_set(c->priv_data, "aac_coder", "fast", 0);
    int code = avcodec_open2(c, codec, NULL);
    if (code < 0)
        return fail(err, code, "AAC");
    m->frame = av_frame_alloc();
    if (!m->frame)
        return no_memory(err);
    m->frame->format = AV_SAMPLE_FMT_FLTP;
    m->frame->sample_rate = HM_AUDIO_HZ;
    m->frame->nb_samples = AAC_FRAME_SAMPLE;
    av_channel_layout_default(&m->frame->ch_layout, 2);
    code = av_frame_get_buffer(m->frame, 0);
    return code < 0 ? fail(err, code, "AAC") : HM_OK;
}

/** One AAC frame from next_sample on; the last one may be short. */
static hm_status sound_frame(stage_mux *m, hm_err *err)
{
    int64_t left = m->n_sample - m->next_sample;
    int n = left < AAC_FRAME_SAMPLE ? (int)left : AAC_FRAME_SAMPLE;
    m->frame->nb_samples = AAC_FRAME_SAMPLE;
    int code = av_frame_make_writable(m->frame);
    if (code < 0)
        return fail(err, code, "AAC");
    float *l = (float *)(void *)m->frame->data[0], *r = (float *)(void *)m->frame->data[1];
    for (int i = 0; i < n; i++) {
        l[i] = m->lr[2 * (m->next_sample + i)];
        r[i] = m->lr[2 * (m->next_sample + i) + 1];
    }
    m->frame->nb_samples = n;
    m->frame->pts = m->next_sample;
    code = avcodec_send_frame(m->aac, m->frame);
    if (code < 0)
        return fail(err, code, "AAC");
    m->next_sample += n;
    return drain(m->aac, &m->sound, err);
}

hm_status stage_mux_sound(stage_mux *m, int64_t to_sample, hm_err *err)
{
    if (!m->aac || m->next_sample >= m->n_sample)
        return HM_OK;
    int64_t to = to_sample < m->n_sample ? to_sample : m->n_sample;
    while (m->next_sample < to)
        HM_TRY(sound_frame(m, err));
    if (m->next_sample < m->n_sample)
        return HM_OK;
    int code = avcodec_send_frame(m->aac, NULL);
    return code < 0 ? fail(err, code, "AAC") : drain(m->aac, &m->sound, err);
}

/* ---- container ---- */

static hm_status video_stream(const hm_encode_opts *o, const stage_segment *head, stage_mux *m,
                              hm_err *err)
{
    m->frame_base = (AVRational){1, o->fps};
    m->video = avformat_new_stream(m->fmt, NULL);
    if (!m->video)
        return no_memory(err);
    m->video->time_base = m->frame_base;
    m->video->avg_frame_rate = (AVRational){o->fps, 1};
    int code = avcodec_parameters_from_context(m->video->codecpar, head->enc);
    if (code < 0)
        return fail(err, code, "MP4");
    m->video->codecpar->format = AV_PIX_FMT_YUV420P; /* what a decoder gives */
    m->n_header = head->n_header;
    m->header = av_memdup(head->header, (size_t)head->n_header);
    return m->header ? HM_OK : no_memory(err);
}

static hm_status audio_stream(const hm_encode_opts *o, const hm_encode_source *s, stage_mux *m,
                              hm_err *err)
{
    m->lr = s->audio.lr;
    m->n_sample = s->audio.n_sample;
    HM_TRY(aac_open(o, m, err));
    m->audio = avformat_new_stream(m->fmt, NULL);
    if (!m->audio)
        return no_memory(err);
    m->audio->time_base = m->aac->time_base;
    int code = avcodec_parameters_from_context(m->audio->codecpar, m->aac);
    return code < 0 ? fail(err, code, "MP4") : HM_OK;
}

static hm_status mux_open(const hm_encode_opts *o, const hm_encode_source *s, const char *path,
                          const stage_segment *head, stage_mux *m, hm_err *err)
{
    int code = avformat_alloc_output_context2(&m->fmt, NULL, "mp4", NULL);
    if (code < 0)
        return fail(err, code, "MP4");
    /* The prefix keeps a colon in a file name from being read as a protocol. */
    m->fmt->url = av_asprintf("file:%s", path);
    if (!m->fmt->url)
        return no_memory(err);
    m->fmt->flags |= AVFMT_FLAG_BITEXACT;
    HM_TRY(video_stream(o, head, m, err));
    if (s->audio.n_sample > 0)
        HM_TRY(audio_stream(o, s, m, err));
    if (s->title)
        av_dict_set(&m->fmt->metadata, "title", s->title, 0);
    if (s->comment)
        av_dict_set(&m->fmt->metadata, "comment", s->comment, 0);
    code = avio_open(&m->fmt->pb, m->fmt->url, AVIO_FLAG_WRITE);
    if (code < 0)
        return fail(err, code, m->name);
    AVDictionary *opt = NULL;
    av_dict_set(&opt, "movflags", "+faststart", 0);
    code = avformat_write_header(m->fmt, &opt);
    av_dict_free(&opt);
    return code < 0 ? fail(err, code, m->name) : HM_OK;
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

/** Write the first packet of q, whose times are in base, and drop it. */
static hm_status write_first(stage_mux *m, queue *q, AVStream *to, AVRational base, hm_err *err)
{
    AVPacket *p = queue_first(q);
    p->stream_index = to->index;
    av_packet_rescale_ts(p, base, to->time_base);
    int code = av_write_frame(m->fmt, p);
    queue_drop(q);
    if (code >= 0)
        code = m->fmt->pb->error;
    return code < 0 ? fail(err, code, m->name) : HM_OK;
}

hm_status stage_mux_segment(stage_mux *m, stage_segment *g, int64_t first_frame, hm_err *err)
{
    if (g->n_header != m->n_header || memcmp(g->header, m->header, (size_t)m->n_header) != 0)
        return hm_err_set(err, HM_ERR_BUG, "stage_mux_segment", 0, 0, NULL,
                          "the segment at frame %lld has other codec headers than the first",
                          (long long)first_frame);
    for (AVPacket *v; (v = queue_first(&g->packets)) != NULL;) {
        v->pts += first_frame;
        v->dts += first_frame;
        v->duration = 1;
        /* Sound first where it is due first: players read both from one place. */
        for (AVPacket *a; (a = queue_first(&m->sound)) != NULL;) {
            if (av_compare_ts(a->dts, m->aac->time_base, v->dts, m->frame_base) > 0)
                break;
            HM_TRY(write_first(m, &m->sound, m->audio, m->aac->time_base, err));
        }
        HM_TRY(write_first(m, &g->packets, m->video, m->frame_base, err));
    }
    return HM_OK;
}

hm_status stage_mux_end(stage_mux *m, hm_err *err)
{
    HM_TRY(stage_mux_sound(m, m->n_sample, err));
    while (queue_first(&m->sound))
        HM_TRY(write_first(m, &m->sound, m->audio, m->aac->time_base, err));
    int code = av_write_trailer(m->fmt);
    int late = m->fmt->pb->error;
    int closed = avio_closep(&m->fmt->pb);
    if (code >= 0)
        code = late < 0 ? late : closed;
    return code < 0 ? fail(err, code, m->name) : HM_OK;
}

void stage_mux_destroy(stage_mux *m)
{
    if (!m)
        return;
    avcodec_free_context(&m->aac);
    av_frame_free(&m->frame);
    queue_free(&m->sound);
    av_freep(&m->header);
    if (m->fmt)
        avio_closep(&m->fmt->pb);
    avformat_free_context(m->fmt);
    av_free(m);
}

#else

typedef int stage_no_film; /* a file must hold something */

#endif
