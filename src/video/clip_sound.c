#include "clip_priv.h"

#ifdef HM_HAS_FILM

#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
#include <math.h>
#include <string.h>

#define SOUND_MAX_S 7200.0 /* own choice */
#define GAP_S       0.010  /* stamps that jump by more leave a hole: silence */

enum {
    PIECE_MAX = 16384, /* samples out of the converter at once */
    CHANNEL_MAX = 64
};

typedef struct listening {
    clip_file file;
    AVCodecContext *dec;
    SwrContext *swr;
    AVPacket *packet;
    AVFrame *frame;
    hm_arena *arena;
    double from_s, to_s;
    bool any;
    size_t cap;
    hm_clip_sound out;
} listening;

static hm_status no_memory(const listening *l, hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, l->file.path, 0, 0, NULL, "no memory");
}

static hm_status add(listening *l, const float *sample, int64_t n, hm_err *err)
{
    float *grown =
        hm_arena_grow(l->arena, l->out.sample, (size_t)l->out.n, (size_t)n, &l->cap, sizeof *grown);
    if (!grown)
        return no_memory(l, err);
    l->out.sample = grown;
    if (sample)
        memcpy(grown + l->out.n, sample, (size_t)n * sizeof *grown);
    else
        memset(grown + l->out.n, 0, (size_t)n * sizeof *grown);
    l->out.n += n;
    return HM_OK;
}

static hm_status make_converter(listening *l, hm_err *err)
{
    const AVCodecContext *c = l->dec;
    AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO, in;
    int code = c->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC
                   ? 0
                   : av_channel_layout_copy(&in, &c->ch_layout);
    if (c->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&in, c->ch_layout.nb_channels);
    if (code >= 0)
        code = swr_alloc_set_opts2(&l->swr, &mono, AV_SAMPLE_FMT_FLT, HM_CLIP_SOUND_HZ, &in,
                                   c->sample_fmt, c->sample_rate, 0, NULL);
    if (code >= 0)
        code = swr_init(l->swr);
    av_channel_layout_uninit(&in);
    return code < 0 ? clip_refuse(l->file.path, code, "expected sound that can be converted", err)
                    : HM_OK;
}

/* Where the next piece begins; a hole before it becomes silence, an overlap is ignored. */
static hm_status place(listening *l, double time_s, hm_err *err)
{
    if (!l->any) {
        l->any = true;
        l->out.first_s = time_s;
        return HM_OK;
    }
    double gap_s = time_s - l->out.first_s - (double)l->out.n / HM_CLIP_SOUND_HZ;
    if (gap_s > SOUND_MAX_S)
        return hm_err_set(err, HM_ERR_INPUT, l->file.path, 0, 0, NULL,
                          "expected at most two hours of sound");
    return gap_s > GAP_S ? add(l, NULL, (int64_t)(gap_s * HM_CLIP_SOUND_HZ), err) : HM_OK;
}

static hm_status convert(listening *l, const AVFrame *f, hm_err *err)
{
    float piece[PIECE_MAX];
    uint8_t *to[1] = {(uint8_t *)piece};
    const uint8_t *from[CHANNEL_MAX];
    int n_plane = f && av_sample_fmt_is_planar(f->format) ? f->ch_layout.nb_channels : 1;
    if (n_plane > CHANNEL_MAX)
        return hm_err_set(err, HM_ERR_INPUT, l->file.path, 0, 0, NULL,
                          "expected at most %d channels of sound, found %d", CHANNEL_MAX, n_plane);
    for (int i = 0; f && i < n_plane; i++)
        from[i] = f->extended_data[i];
    int n = swr_convert(l->swr, to, PIECE_MAX, f ? from : NULL, f ? f->nb_samples : 0);
    while (n > 0) {
        HM_TRY(add(l, piece, n, err));
        n = n < PIECE_MAX ? 0 : swr_convert(l->swr, to, PIECE_MAX, NULL, 0);
    }
    return HM_OK;
}

static hm_status take(listening *l, hm_err *err)
{
    const AVFrame *f = l->frame;
    bool stamped = f->best_effort_timestamp != AV_NOPTS_VALUE;
    double time_s = stamped ? clip_time_s(&l->file, l->file.audio, f->best_effort_timestamp)
                            : l->out.first_s + (double)l->out.n / HM_CLIP_SOUND_HZ;
    double end_s =
        time_s + (double)f->nb_samples / (l->dec->sample_rate > 0 ? l->dec->sample_rate : 1);
    if (end_s < l->from_s || time_s >= l->to_s)
        return HM_OK;
    if (!l->swr)
        HM_TRY(make_converter(l, err));
    HM_TRY(place(l, time_s, err));
    HM_TRY(convert(l, f, err));
    if (l->out.n > (int64_t)(SOUND_MAX_S * HM_CLIP_SOUND_HZ))
        return hm_err_set(err, HM_ERR_INPUT, l->file.path, 0, 0, NULL,
                          "expected at most two hours of sound");
    return HM_OK;
}

/* All that the decoder has ready. Damaged sound is passed over. */
static hm_status drain(listening *l, hm_err *err)
{
    while (avcodec_receive_frame(l->dec, l->frame) == 0)
        HM_TRY(take(l, err));
    return HM_OK;
}

static hm_status listen_all(listening *l, hm_err *err)
{
    double reached_s = -INFINITY;
    while (reached_s < l->to_s && av_read_frame(l->file.fmt, l->packet) >= 0) {
        bool ours = l->packet->stream_index == l->file.audio->index;
        if (ours && l->packet->pts != AV_NOPTS_VALUE)
            reached_s = clip_time_s(&l->file, l->file.audio, l->packet->pts);
        if (ours)
            (void)avcodec_send_packet(l->dec, l->packet);
        av_packet_unref(l->packet);
        if (ours)
            HM_TRY(drain(l, err));
    }
    (void)avcodec_send_packet(l->dec, NULL);
    HM_TRY(drain(l, err));
    return l->swr ? convert(l, NULL, err) : HM_OK;
}

static hm_status listen(listening *l, const char *path, hm_err *err)
{
    HM_TRY(clip_file_open(&l->file, path, l->arena, err));
    if (!l->file.audio)
        return HM_OK;
    if (l->file.video)
        l->file.video->discard = AVDISCARD_ALL;
    HM_TRY(clip_decoder_open(&l->file, l->file.audio, &l->dec, err));
    l->packet = av_packet_alloc();
    l->frame = av_frame_alloc();
    return l->packet && l->frame ? listen_all(l, err) : no_memory(l, err);
}

hm_status hm_clip_sound_read(const char *path, double from_s, double to_s, hm_arena *arena,
                             hm_clip_sound *sound, hm_err *err)
{
    listening l = {.arena = arena, .from_s = from_s, .to_s = to_s};
    hm_status status = listen(&l, path, err);
    av_frame_free(&l.frame);
    av_packet_free(&l.packet);
    swr_free(&l.swr);
    avcodec_free_context(&l.dec);
    clip_file_close(&l.file);
    if (status == HM_OK)
        *sound = l.out;
    return status;
}

#endif
