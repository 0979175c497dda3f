/* aac.c - the sound of a film through the AAC coder, as often as its peaks ask for. */
#include "aac_priv.h"

#ifdef HM_HAS_FILM

#include "limiter_priv.h"
#include "sound_priv.h"

#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>

enum { FRAME_SAMPLE = 1024, PASS_MAX = 5 };

/* What the decoded sound may reach. The coder's noise on a hard step or shot can stand 3 dB above
 * the peak that went in; a lower level everywhere would be the other way. */
#define PEAK_DBTP (-1.2)

struct stage_aac {
    hm_arena arena;
    const hm_encode_source *source;
    int32_t bps;
    stage_spool quieter; /* the source's sound taken down */
    sound_peaks *peaks;  /* of what a listener will hear */
    sound_limiter *limiter;
    float *lr; /* (SOUND_CHUNK x 2) */
    /* Packets that wait for their place in the file. */
    stage_spool packets;
    int64_t n_byte, at; /* written, read */
    AVPacket *first;    /* the one at the head */
    bool have;
};

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "film", 0, 0, NULL, "no memory left");
}

/* ---- packets ---- */

/** What is kept of one: this, then its bytes. The coder gives no side data. */
typedef struct packet_head {
    int64_t pts, dts, duration;
    int32_t n_byte, flags;
} packet_head;

static hm_status put(stage_aac *a, const AVPacket *p, hm_err *err)
{
    HM_ASSERT(p->side_data_elems == 0);
    packet_head h = {p->pts, p->dts, p->duration, p->size, p->flags};
    HM_TRY(stage_spool_write(&a->packets, a->n_byte, &h, sizeof h, err));
    a->n_byte += (int64_t)sizeof h;
    HM_TRY(stage_spool_write(&a->packets, a->n_byte, p->data, (size_t)p->size, err));
    a->n_byte += p->size;
    return HM_OK;
}

hm_status stage_aac_first(stage_aac *a, AVPacket **out, hm_err *err)
{
    *out = a->have ? a->first : NULL;
    if (a->have || a->at == a->n_byte)
        return HM_OK;
    packet_head h;
    HM_TRY(stage_spool_read(&a->packets, a->at, &h, sizeof h, err));
    a->at += (int64_t)sizeof h;
    if (av_new_packet(a->first, h.n_byte) < 0)
        return no_memory(err);
    a->have = true;
    HM_TRY(stage_spool_read(&a->packets, a->at, a->first->data, (size_t)h.n_byte, err));
    a->at += h.n_byte;
    a->first->pts = h.pts;
    a->first->dts = h.dts;
    a->first->duration = h.duration;
    a->first->flags = h.flags;
    *out = a->first;
    return HM_OK;
}

void stage_aac_drop(stage_aac *a)
{
    av_packet_unref(a->first);
    a->have = false;
}

/* ---- one pass ---- */

/** One way through the coder and back: packets, and what a listener will hear of them. */
typedef struct aac_pass {
    stage_aac *a;
    AVCodecContext *enc, *dec;
    AVFrame *in, *out;
    AVPacket *packet;
    bool hear, again; /* decode it too; the source has been taken down */
    int64_t n_heard;  /* the coder's start-up counts too */
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
    return code < 0 ? stage_av_fail(err, code, "AAC") : HM_OK;
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
    return code < 0 ? stage_av_fail(err, code, "AAC") : HM_OK;
}

static hm_status pass_open(aac_pass *p, hm_err *err)
{
    HM_TRY(aac_open(p->a->bps, &p->enc, err));
    p->in = av_frame_alloc();
    p->packet = av_packet_alloc();
    if (!p->in || !p->packet)
        return no_memory(err);
    p->in->format = AV_SAMPLE_FMT_FLTP;
    p->in->sample_rate = HM_AUDIO_HZ;
    p->in->nb_samples = FRAME_SAMPLE;
    av_channel_layout_default(&p->in->ch_layout, 2);
    int code = av_frame_get_buffer(p->in, 0);
    if (code < 0)
        return stage_av_fail(err, code, "AAC");
    return p->hear ? pass_decoder(p, err) : HM_OK;
}

static void pass_close(aac_pass *p)
{
    avcodec_free_context(&p->enc);
    avcodec_free_context(&p->dec);
    av_frame_free(&p->in);
    av_frame_free(&p->out);
    av_packet_free(&p->packet);
}

/** What is to be coded: the source's sound, or what became of it. */
static hm_status source_read(stage_aac *a, bool again, int64_t i, int64_t n, hm_err *err)
{
    return again ? stage_spool_read_lr(&a->quieter, i, n, a->lr, err)
                 : a->source->sound(a->source->sound_ctx, i, n, a->lr, err);
}

/** Decode one packet (NULL = the end) and look at its peaks. */
static hm_status pass_hear(aac_pass *p, const AVPacket *packet, hm_err *err)
{
    int code = avcodec_send_packet(p->dec, packet);
    if (code < 0)
        return stage_av_fail(err, code, "AAC");
    while ((code = avcodec_receive_frame(p->dec, p->out)) >= 0) {
        const float *l = (const float *)(const void *)p->out->data[0],
                    *r = (const float *)(const void *)p->out->data[1];
        int64_t n = 0;
        for (int k = 0; k < p->out->nb_samples; k++, p->n_heard++) {
            int64_t i = p->n_heard - p->enc->initial_padding;
            if (i < 0 || i >= p->a->source->n_sample)
                continue;
            p->a->lr[2 * n] = l[k];
            p->a->lr[2 * n + 1] = r[k];
            n++;
        }
        HM_TRY(sound_peaks_add(p->a->peaks, n, p->a->lr, err));
    }
    return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? HM_OK : stage_av_fail(err, code, "AAC");
}

/** Code one frame (NULL = the end), keep and hear what comes out. */
static hm_status pass_code(aac_pass *p, const AVFrame *frame, hm_err *err)
{
    int code = avcodec_send_frame(p->enc, frame);
    if (code < 0)
        return stage_av_fail(err, code, "AAC");
    while ((code = avcodec_receive_packet(p->enc, p->packet)) >= 0) {
        hm_status st = put(p->a, p->packet, err);
        if (st == HM_OK && p->hear)
            st = pass_hear(p, p->packet, err);
        av_packet_unref(p->packet);
        HM_TRY(st);
    }
    return code == AVERROR(EAGAIN) || code == AVERROR_EOF ? HM_OK : stage_av_fail(err, code, "AAC");
}

/** One AAC frame from sample i on; the last one may be short. */
static hm_status pass_frame(aac_pass *p, int64_t i, hm_err *err)
{
    int64_t left = p->a->source->n_sample - i;
    int n = left < FRAME_SAMPLE ? (int)left : FRAME_SAMPLE;
    p->in->nb_samples = FRAME_SAMPLE;
    int code = av_frame_make_writable(p->in);
    if (code < 0)
        return stage_av_fail(err, code, "AAC");
    HM_TRY(source_read(p->a, p->again, i, n, err));
    float *l = (float *)(void *)p->in->data[0], *r = (float *)(void *)p->in->data[1];
    for (int k = 0; k < n; k++) {
        l[k] = p->a->lr[2 * k];
        r[k] = p->a->lr[2 * k + 1];
    }
    p->in->nb_samples = n;
    p->in->pts = i;
    return pass_code(p, p->in, err);
}

/** All of it. top: the highest peak [1] that will be heard, 0 when nobody listened. */
static hm_status pass_run(aac_pass *p, double *top, hm_err *err)
{
    *top = 0.0;
    p->a->n_byte = 0;
    sound_peaks_clear(p->a->peaks);
    for (int64_t i = 0; i < p->a->source->n_sample; i += FRAME_SAMPLE)
        HM_TRY(pass_frame(p, i, err));
    HM_TRY(pass_code(p, NULL, err));
    if (!p->hear)
        return HM_OK;
    HM_TRY(pass_hear(p, NULL, err));
    return sound_peaks_end(p->a->peaks, top, err);
}

/* ---- the whole ---- */

/** Take the sound down where its peaks were too high. */
static hm_status take_down(stage_aac *a, bool again, hm_err *err)
{
    /* A little more than asked for: the coder's noise comes out anew each time. */
    sound_limiter_start(a->limiter, 1.0, sound_ratio_of_db(PEAK_DBTP - 0.3));
    for (int64_t i = 0; i < a->source->n_sample; i += SOUND_CHUNK) {
        int64_t left = a->source->n_sample - i, n = left < SOUND_CHUNK ? left : SOUND_CHUNK;
        HM_TRY(source_read(a, again, i, n, err));
        HM_TRY(sound_limiter_block(a->limiter, n, a->lr, err));
        HM_TRY(stage_spool_write_lr(&a->quieter, i, n, a->lr, err));
    }
    return HM_OK;
}

hm_status stage_aac_run(stage_aac *a, hm_err *err)
{
    for (int k = 1;; k++) {
        aac_pass p = {.a = a, .hear = k<PASS_MAX, .again = k> 1};
        double top = 0.0;
        hm_status st = pass_open(&p, err);
        if (st == HM_OK)
            st = pass_run(&p, &top, err);
        pass_close(&p);
        if (st != HM_OK || top <= sound_ratio_of_db(PEAK_DBTP))
            return st;
        HM_TRY(take_down(a, k > 1, err));
    }
    return HM_OK;
}

/** What the container has to know. */
static hm_status parameters(const stage_aac *a, AVCodecParameters *par, hm_err *err)
{
    AVCodecContext *enc = NULL;
    hm_status st = aac_open(a->bps, &enc, err);
    int code = st == HM_OK ? avcodec_parameters_from_context(par, enc) : 0;
    avcodec_free_context(&enc);
    return code < 0 ? stage_av_fail(err, code, "AAC") : st;
}

static hm_status init(stage_aac *a, const char *beside, AVCodecParameters *par, hm_err *err)
{
    HM_TRY(parameters(a, par, err));
    HM_TRY(stage_spool_open(beside, &a->packets, err));
    HM_TRY(stage_spool_open(beside, &a->quieter, err));
    HM_TRY(sound_peaks_new(beside, &a->arena, &a->peaks, err));
    a->limiter = sound_limiter_new(a->peaks, &a->arena);
    a->lr = HM_PUSH(&a->arena, float, 2 * SOUND_CHUNK);
    a->first = av_packet_alloc();
    return a->limiter && a->lr && a->first ? HM_OK : no_memory(err);
}

hm_status stage_aac_new(const hm_encode_opts *o, const hm_encode_source *s, const char *beside,
                        AVCodecParameters *par, stage_aac **out, hm_err *err)
{
    stage_aac *a = av_mallocz(sizeof *a);
    if (!a)
        return no_memory(err);
    hm_arena_init(&a->arena, 0);
    a->source = s;
    a->bps = o->audio_bps;
    hm_status st = init(a, beside, par, err);
    if (st != HM_OK)
        stage_aac_destroy(a);
    else
        *out = a;
    return st;
}

void stage_aac_destroy(stage_aac *a)
{
    if (!a)
        return;
    av_packet_free(&a->first);
    sound_peaks_close(a->peaks);
    stage_spool_close(&a->quieter);
    stage_spool_close(&a->packets);
    hm_arena_free(&a->arena);
    av_free(a);
}

#else

typedef int stage_no_aac; /* a file must hold something */

#endif
