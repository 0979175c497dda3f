/* Pictures as JPEG, by libav's own encoder. */
#include "clip_priv.h"
#include "video/still.h"

#ifdef HM_HAS_FILM

#include <libswscale/swscale.h>
#include <string.h>

/* Of mjpeg's 2 (best) .. 31: half the bytes of 2, no blocks to be seen. Own. */
enum { QUANTISER = 4 };

/* What one picture takes; zeroed = nothing. */
typedef struct still {
    AVCodecContext *enc;
    AVFrame *frame;
    AVPacket *packet;
    struct SwsContext *sws;
} still;

static hm_status refuse(const char *what, hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "picture", 0, 0, NULL, "%s", what);
}

static hm_status open_encoder(still *s, int32_t w_px, int32_t h_px, hm_err *err)
{
    const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    s->enc = codec ? avcodec_alloc_context3(codec) : NULL;
    s->frame = av_frame_alloc();
    s->packet = av_packet_alloc();
    if (!s->enc || !s->frame || !s->packet)
        return refuse(codec ? "no memory" : "this libav has no encoder of JPEG", err);
    s->enc->width = s->frame->width = w_px;
    s->enc->height = s->frame->height = h_px;
    s->enc->pix_fmt = AV_PIX_FMT_YUVJ444P;
    s->frame->format = AV_PIX_FMT_YUVJ444P;
    s->enc->color_range = s->frame->color_range = AVCOL_RANGE_JPEG;
    s->enc->time_base = (AVRational){1, 25};
    s->enc->flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT;
    s->enc->thread_count = 1;
    s->enc->global_quality = s->frame->quality = FF_QP2LAMBDA * QUANTISER;
    if (avcodec_open2(s->enc, codec, NULL) < 0 || av_frame_get_buffer(s->frame, 0) < 0)
        return refuse("no memory for a JPEG of this size", err);
    return HM_OK;
}

static hm_status convert(still *s, int64_t stride, const uint8_t *rgb, hm_err *err)
{
    int w = s->frame->width, h = s->frame->height;
    const int *jpeg = sws_getCoefficients(SWS_CS_ITU601); /* JFIF */
    const uint8_t *const from[4] = {rgb};
    const int from_stride[4] = {(int)stride};
    s->sws = sws_getContext(w, h, AV_PIX_FMT_RGB24, w, h, AV_PIX_FMT_YUV444P,
                            SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT, NULL, NULL, NULL);
    if (!s->sws || sws_setColorspaceDetails(s->sws, jpeg, 1, jpeg, 1, 0, 1 << 16, 1 << 16) < 0)
        return refuse("no memory", err);
    sws_scale(s->sws, from, from_stride, 0, h, s->frame->data, s->frame->linesize);
    return HM_OK;
}

static hm_status encode(still *s, hm_arena *arena, uint8_t **bytes, size_t *n, hm_err *err)
{
    if (avcodec_send_frame(s->enc, s->frame) < 0 || avcodec_send_frame(s->enc, NULL) < 0 ||
        avcodec_receive_packet(s->enc, s->packet) < 0)
        return refuse("the JPEG encoder gave nothing", err);
    uint8_t *out = HM_PUSH(arena, uint8_t, s->packet->size);
    if (!out)
        return refuse("no memory", err);
    memcpy(out, s->packet->data, (size_t)s->packet->size);
    *bytes = out;
    *n = (size_t)s->packet->size;
    return HM_OK;
}

hm_status hm_still_jpeg(int32_t w_px, int32_t h_px, int64_t stride, const uint8_t *rgb,
                        hm_arena *arena, uint8_t **bytes, size_t *n, hm_err *err)
{
    still s = {0};
    hm_status status = open_encoder(&s, w_px, h_px, err);
    if (status == HM_OK)
        status = convert(&s, stride, rgb, err);
    if (status == HM_OK)
        status = encode(&s, arena, bytes, n, err);
    sws_freeContext(s.sws);
    av_packet_free(&s.packet);
    av_frame_free(&s.frame);
    avcodec_free_context(&s.enc);
    return status;
}

#endif
