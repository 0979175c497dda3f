/* adts.c - AAC in ADTS: before each frame of the coder seven bytes that say what it is.
 *
 *   12 bits of 1, MPEG-4, layer 0, no checksum | profile (object type - 1), rate, private 0,
 *   channels | originality and copyright 0, bytes of the frame with this head, fullness (all 1 =
 *   variable), frames - 1 = 0 */
#include "stage/adts.h"

#ifdef HM_HAS_FILM

#include "aac_priv.h"

#include <libavutil/channel_layout.h>
#include <string.h>

enum { FRAME_SAMPLE = 1024, HEAD = 7, PROFILE_LC = 1, RATE_48000 = 3, CHANNELS = 2 };

typedef struct coder {
    AVCodecContext *enc;
    AVFrame *in;
    AVPacket *packet;
    hm_arena *arena;
    uint8_t *bytes;
    size_t n, room;
} coder;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "AAC", 0, 0, NULL, "no memory left");
}

static hm_status coder_open(coder *c, int32_t bps, hm_err *err)
{
    av_log_set_level(AV_LOG_QUIET); /* errors come back as values */
    const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
    c->enc = codec ? avcodec_alloc_context3(codec) : NULL;
    c->in = av_frame_alloc();
    c->packet = av_packet_alloc();
    if (!c->enc || !c->in || !c->packet)
        return no_memory(err);
    c->enc->sample_fmt = AV_SAMPLE_FMT_FLTP;
    c->enc->sample_rate = HM_AUDIO_HZ;
    c->enc->bit_rate = bps;
    c->enc->time_base = (AVRational){1, HM_AUDIO_HZ};
    c->enc->thread_count = 1;
    c->enc->flags |= (int)AV_CODEC_FLAG_BITEXACT;
    av_channel_layout_default(&c->enc->ch_layout, CHANNELS);
    int code = avcodec_open2(c->enc, codec, NULL);
    if (code < 0)
        return stage_av_fail(err, code, "AAC");
    HM_ASSERT(c->enc->initial_padding == HM_ADTS_LEAD_SAMPLES);
    c->in->format = AV_SAMPLE_FMT_FLTP;
    c->in->sample_rate = HM_AUDIO_HZ;
    c->in->nb_samples = FRAME_SAMPLE;
    av_channel_layout_default(&c->in->ch_layout, CHANNELS);
    code = av_frame_get_buffer(c->in, 0);
    return code < 0 ? stage_av_fail(err, code, "AAC") : HM_OK;
}

static void coder_close(coder *c)
{
    avcodec_free_context(&c->enc);
    av_frame_free(&c->in);
    av_packet_free(&c->packet);
}

static void put_head(uint8_t head[HEAD], uint32_t frame_bytes)
{
    const uint8_t h[HEAD] = {
        0xff,
        0xf1,
        PROFILE_LC << 6 | RATE_48000 << 2 | CHANNELS >> 2,
        (uint8_t)((CHANNELS & 3) << 6 | frame_bytes >> 11),
        (uint8_t)(frame_bytes >> 3 & 0xff),
        (uint8_t)((frame_bytes & 7) << 5 | 0x1f),
        0xfc,
    };
    memcpy(head, h, sizeof h);
}

static hm_status keep(coder *c, hm_err *err)
{
    size_t size = HEAD + (size_t)c->packet->size;
    uint8_t *bytes = hm_arena_grow(c->arena, c->bytes, c->n, size, &c->room, 1);
    if (!bytes)
        return no_memory(err);
    c->bytes = bytes;
    put_head(bytes + c->n, (uint32_t)size);
    memcpy(bytes + c->n + HEAD, c->packet->data, size - HEAD);
    c->n += size;
    return HM_OK;
}

/* One frame (NULL = the end), and what comes out for it. */
static hm_status code(coder *c, const AVFrame *frame, hm_err *err)
{
    int got = avcodec_send_frame(c->enc, frame);
    if (got < 0)
        return stage_av_fail(err, got, "AAC");
    while ((got = avcodec_receive_packet(c->enc, c->packet)) >= 0) {
        hm_status st = keep(c, err);
        av_packet_unref(c->packet);
        HM_TRY(st);
    }
    return got == AVERROR(EAGAIN) || got == AVERROR_EOF ? HM_OK : stage_av_fail(err, got, "AAC");
}

static hm_status code_all(coder *c, const hm_audio *audio, hm_err *err)
{
    for (int64_t i = 0; i < audio->n_sample; i += FRAME_SAMPLE) {
        int64_t left = audio->n_sample - i;
        int n = left < FRAME_SAMPLE ? (int)left : FRAME_SAMPLE;
        int got = av_frame_make_writable(c->in);
        if (got < 0)
            return stage_av_fail(err, got, "AAC");
        for (int ch = 0; ch < CHANNELS; ch++) {
            float *to = (float *)(void *)c->in->data[ch];
            for (int k = 0; k < n; k++)
                to[k] = audio->lr[2 * (i + k) + ch];
        }
        c->in->nb_samples = n;
        c->in->pts = i;
        HM_TRY(code(c, c->in, err));
    }
    return code(c, NULL, err);
}

hm_status hm_adts_encode(const hm_audio *audio, int32_t bps, hm_arena *arena, uint8_t **bytes,
                         size_t *n, hm_err *err)
{
    HM_ASSERT(audio->n_sample >= 1 && bps >= 16000 && bps <= 320000);
    coder c = {.arena = arena};
    hm_status status = coder_open(&c, bps, err);
    if (status == HM_OK)
        status = code_all(&c, audio, err);
    coder_close(&c);
    if (status != HM_OK)
        return status;
    *bytes = c.bytes;
    *n = c.n;
    return HM_OK;
}

#else

hm_status hm_adts_encode(const hm_audio *audio, int32_t bps, hm_arena *arena, uint8_t **bytes,
                         size_t *n, hm_err *err)
{
    (void)audio, (void)bps, (void)arena, (void)bytes, (void)n;
    return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, NULL, "built without libav");
}

#endif
