/* mux.c - the only file that knows libavcodec and libavformat (5.1): H.264, AAC, MP4. */
#include "encode_priv.h"
#include "loudness_priv.h"

#ifdef HM_HAS_FILM

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avstring.h>
#include <libavutil/channel_layout.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <string.h>

enum { AAC_FRAME_SAMPLE = 1024, AAC_PASS_MAX = 5, KEY_FRAME_EVERY = 48 };

/* What the decoded sound may reach. The coder's noise on a hard step or shot can stand 3 dB above
 * the peak that went in; a lower level everywhere would be the other way. */
#define AAC_PEAK_DBTP (-1.2)

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
    hm_audio source;
    int32_t audio_bps;
    queue sound; /* times in samples */
    AVRational frame_base, sample_base;
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
    /* Without cpu-independent the decoded pictures differ between AVX2 and SSE2. subme=1: flat
     * drawings gain little from finer motion search; a fifth of the encoder's time for 4 % of size.
     */
    av_opt_set(c->priv_data, "x264-params",
               "cpu-independent=1:threads=1:lookahead-threads=1:subme=1", 0);
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

/** One way through the coder and back: packets, and what a listener will hear of them. */
typedef struct aac_pass {
    AVCodecContext *enc, *dec;
    AVFrame *in, *out;
    queue packets;
    const float *lr;
    int64_t n_sample, n_heard; /* n_heard counts the coder's start-up too */
    float *heard;              /* (n_sample x 2), NULL = not asked for */
} aac_pass;

static hm_status aac_open(int32_t bps, AVCodecContext **out, hm_err *err)
{
    const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
    AVCodecContext *c = codec ? avcodec_alloc_context3(codec) : NULL;
    if (!c)
        return no_memory(err);
    *out = c;
    c->sample_fmt = AV_SAMPLE_FMT_FLTP;
    c->sample_rate = HM_AUDIO_HZ;
    c->bit_rate = bps;
    c->time_base = (AVRational){1, HM_AUDIO_HZ};
    c->thread_count = 1;
    c->flags |= (int)(AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT);
    av_channel_layout_default(&c->ch_layout, 2);
    /* The default (twoloop) took three times as long and kept no more of the sound (SNR). */
    av_opt_set(c->priv_data, "aac_coder", "fast", 0);
    int code = avcodec_open2(c, codec, NULL);
    return code < 0 ? fail(err, code, "AAC") : HM_OK;
}

static hm_status pass_decoder(aac_pass *p, hm_err *err)
{
    const AVCodec *codec = avcodec_find_decoder(AV_CODEC_ID_AAC);
    p->dec = codec ? avcodec_alloc_context3(codec) : NULL;
    p->out = av_frame_alloc();
    AVCodecParameters *par = avcodec_parameters_alloc();
    int code =
        p->dec && p->out && par ? avcodec_parameters_from_context(par, p->enc) : AVERROR(ENOMEM);
    if (code >= 0)
        code = avcodec_parameters_to_context(p->dec, par);
    avcodec_parameters_free(&par);
    if (code >= 0) {
        p->dec->thread_count = 1;
        code = avcodec_open2(p->dec, codec, NULL);
    }
    return code < 0 ? fail(err, code, "AAC") : HM_OK;
}

static hm_status pass_open(aac_pass *p, int32_t bps, hm_err *err)
{
    HM_TRY(aac_open(bps, &p->enc, err));
    p->in = av_frame_alloc();
    if (!p->in)
        return no_memory(err);
    p->in->format = AV_SAMPLE_FMT_FLTP;
    p->in->sample_rate = HM_AUDIO_HZ;
    p->in->nb_samples = AAC_FRAME_SAMPLE;
    av_channel_layout_default(&p->in->ch_layout, 2);
    int code = av_frame_get_buffer(p->in, 0);
    if (code < 0)
        return fail(err, code, "AAC");
    return p->heard ? pass_decoder(p, err) : HM_OK;
}

static void pass_close(aac_pass *p)
{
    avcodec_free_context(&p->enc);
    avcodec_free_context(&p->dec);
    av_frame_free(&p->in);
    av_frame_free(&p->out);
    queue_free(&p->packets);
}

/** One AAC frame from sample i on; the last one may be short. */
static hm_status pass_frame(aac_pass *p, int64_t i, hm_err *err)
{
    int64_t left = p->n_sample - i;
    int n = left < AAC_FRAME_SAMPLE ? (int)left : AAC_FRAME_SAMPLE;
    p->in->nb_samples = AAC_FRAME_SAMPLE;
    int code = av_frame_make_writable(p->in);
    if (code < 0)
        return fail(err, code, "AAC");
    float *l = (float *)(void *)p->in->data[0], *r = (float *)(void *)p->in->data[1];
    for (int k = 0; k < n; k++) {
        l[k] = p->lr[2 * (i + k)];
        r[k] = p->lr[2 * (i + k) + 1];
    }
    p->in->nb_samples = n;
    p->in->pts = i;
    code = avcodec_send_frame(p->enc, p->in);
    return code < 0 ? fail(err, code, "AAC") : drain(p->enc, &p->packets, err);
}

/** Decode one packet (NULL = the end) into heard. */
static hm_status pass_hear(aac_pass *p, const AVPacket *packet, hm_err *err)
{
    int code = avcodec_send_packet(p->dec, packet);
    if (code < 0)
        return fail(err, code, "AAC");
    while ((code = avcodec_receive_frame(p->dec, p->out)) >= 0) {
        const float *l = (const float *)(const void *)p->out->data[0],
                    *r = (const float *)(const void *)p->out->data[1];
        for (int k = 0; k < p->out->nb_samples; k++, p->n_heard++) {
            int64_t i = p->n_heard - p->enc->initial_padding;
            if (i < 0 || i >= p->n_sample)
                continue;
            p->heard[2 * i] = l[k];
            p->heard[2 * i + 1] = r[k];
        }
    }
    return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? HM_OK : fail(err, code, "AAC");
}

static hm_status pass_run(aac_pass *p, hm_err *err)
{
    for (int64_t i = 0; i < p->n_sample; i += AAC_FRAME_SAMPLE)
        HM_TRY(pass_frame(p, i, err));
    int code = avcodec_send_frame(p->enc, NULL);
    if (code < 0)
        return fail(err, code, "AAC");
    HM_TRY(drain(p->enc, &p->packets, err));
    if (!p->heard)
        return HM_OK;
    for (int64_t k = p->packets.head; k < p->packets.n; k++)
        HM_TRY(pass_hear(p, p->packets.p[k], err));
    return pass_hear(p, NULL, err);
}

/** Code lr; where the decoded sound would pass the ceiling, take lr down and code again. */
static hm_status code_sound(stage_mux *m, float *lr, float *heard, hm_err *err)
{
    for (int k = 1;; k++) {
        aac_pass p = {.lr = lr, .n_sample = m->source.n_sample};
        p.heard = k < AAC_PASS_MAX ? heard : NULL;
        hm_status st = pass_open(&p, m->audio_bps, err);
        if (st == HM_OK)
            st = pass_run(&p, err);
        bool again =
            st == HM_OK && p.heard && sound_hold(heard, AAC_PEAK_DBTP, m->source.n_sample, lr);
        if (st == HM_OK && !again) {
            m->sound = p.packets;
            p.packets = (queue){0};
        }
        pass_close(&p);
        if (!again)
            return st;
    }
}

hm_status stage_mux_sound(stage_mux *m, hm_err *err)
{
    int64_t n = m->source.n_sample;
    if (n == 0)
        return HM_OK;
    float *lr = av_memdup(m->source.lr, (size_t)n * 2 * sizeof *lr);
    float *heard = av_calloc((size_t)n, 2 * sizeof *heard);
    hm_status st = lr && heard ? code_sound(m, lr, heard, err) : no_memory(err);
    av_free(lr);
    av_free(heard);
    return st;
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
    m->source = s->audio;
    m->audio_bps = o->audio_bps;
    m->sample_base = (AVRational){1, HM_AUDIO_HZ};
    m->audio = avformat_new_stream(m->fmt, NULL);
    if (!m->audio)
        return no_memory(err);
    m->audio->time_base = m->sample_base;
    AVCodecContext *enc = NULL;
    hm_status st = aac_open(o->audio_bps, &enc, err);
    int code = st == HM_OK ? avcodec_parameters_from_context(m->audio->codecpar, enc) : 0;
    avcodec_free_context(&enc);
    return code < 0 ? fail(err, code, "MP4") : st;
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
            if (av_compare_ts(a->dts, m->sample_base, v->dts, m->frame_base) > 0)
                break;
            HM_TRY(write_first(m, &m->sound, m->audio, m->sample_base, err));
        }
        HM_TRY(write_first(m, &g->packets, m->video, m->frame_base, err));
    }
    return HM_OK;
}

hm_status stage_mux_end(stage_mux *m, hm_err *err)
{
    while (queue_first(&m->sound))
        HM_TRY(write_first(m, &m->sound, m->audio, m->sample_base, err));
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
