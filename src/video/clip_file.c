#include "clip_priv.h"

#ifdef HM_HAS_FILM

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Containers and codecs of phones and cameras. None of them may name other files: playlists and
 * the like are left out, and only the protocol of plain files is open. */
#define CONTAINERS "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,wav,flac,mp3,ogg,aac"
#define CODECS                                                                                     \
    "h264,hevc,av1,libdav1d,libaom-av1,vp8,vp9,mpeg4,mjpeg,prores,dnxhd,ffv1,rawvideo,mpeg2video," \
    "aac,mp3float,mp3,opus,vorbis,flac,alac,amrnb,amrwb,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s32le,"  \
    "pcm_f32le,pcm_u8,pcm_alaw,pcm_mulaw,ac3"

#define PROBE_BYTES "16777216" /* own choice: enough for a header behind pictures of a phone */
#define PROBE_US    "10000000"

hm_status clip_refuse(const char *path, int code, const char *what, hm_err *err)
{
    char text[AV_ERROR_MAX_STRING_SIZE] = {0};
    av_strerror(code, text, sizeof text);
    if (code == AVERROR(ENOENT))
        return hm_err_set(err, HM_ERR_NOFILE, path, 0, 0, NULL, "no such file");
    return hm_err_set(err, code == AVERROR(ENOMEM) ? HM_ERR_SYSTEM : HM_ERR_INPUT, path, 0, 0, NULL,
                      "%s, found: %s", what, text);
}

static int open_with_bounds(clip_file *f, const char *url)
{
    AVDictionary *o = NULL;
    int code = 0;
    static const char *const pair[][2] = {{"protocol_whitelist", "file"},
                                          {"format_whitelist", CONTAINERS},
                                          {"codec_whitelist", CODECS},
                                          {"probesize", PROBE_BYTES},
                                          {"analyzeduration", PROBE_US}};
    for (size_t i = 0; i < sizeof pair / sizeof *pair && code >= 0; i++)
        code = av_dict_set(&o, pair[i][0], pair[i][1], 0);
    if (code >= 0)
        code = avformat_open_input(&f->fmt, url, NULL, &o);
    av_dict_free(&o);
    return code < 0 ? code : avformat_find_stream_info(f->fmt, NULL);
}

static AVStream *best(const clip_file *f, enum AVMediaType type)
{
    int i = av_find_best_stream(f->fmt, type, -1, -1, NULL, 0);
    return i < 0 ? NULL : f->fmt->streams[i];
}

/* Other streams are not read. */
static void drop_others(const clip_file *f)
{
    for (unsigned i = 0; i < f->fmt->nb_streams; i++)
        if (f->fmt->streams[i] != f->video && f->fmt->streams[i] != f->audio)
            f->fmt->streams[i]->discard = AVDISCARD_ALL;
}

hm_status clip_file_open(clip_file *f, const char *path, hm_arena *arena, hm_err *err)
{
    *f = (clip_file){.path = hm_arena_text(arena, path)};
    const char *url = hm_arena_printf(arena, "file:%s", path);
    if (!f->path || !url)
        return hm_err_set(err, HM_ERR_SYSTEM, path, 0, 0, NULL, "no memory");
    av_log_set_level(AV_LOG_QUIET);
    int code = open_with_bounds(f, url);
    if (code < 0)
        return clip_refuse(path, code, "expected a film", err);
    f->video = best(f, AVMEDIA_TYPE_VIDEO);
    f->audio = best(f, AVMEDIA_TYPE_AUDIO);
    drop_others(f);
    f->zero = f->video && f->video->start_time != AV_NOPTS_VALUE ? f->video->start_time : 0;
    return HM_OK;
}

void clip_file_close(clip_file *f)
{
    avformat_close_input(&f->fmt);
    *f = (clip_file){0};
}

hm_status clip_decoder_open(const clip_file *f, const AVStream *st, AVCodecContext **dec,
                            hm_err *err)
{
    const AVCodec *codec = avcodec_find_decoder(st->codecpar->codec_id);
    if (!codec)
        return hm_err_set(err, HM_ERR_INPUT, f->path, 0, 0, NULL,
                          "expected a codec that libav can decode, found %s",
                          avcodec_get_name(st->codecpar->codec_id));
    AVCodecContext *c = avcodec_alloc_context3(codec);
    int code = c ? avcodec_parameters_to_context(c, st->codecpar) : AVERROR(ENOMEM);
    if (code >= 0) {
        c->thread_count = 1;
        c->pkt_timebase = st->time_base;
        c->max_pixels = (int64_t)HM_CLIP_SIDE_MAX * HM_CLIP_SIDE_MAX;
        c->codec_whitelist = av_strdup(CODECS);
        code = c->codec_whitelist ? avcodec_open2(c, codec, NULL) : AVERROR(ENOMEM);
    }
    if (code < 0) {
        avcodec_free_context(&c);
        return clip_refuse(f->path, code, "expected a stream that can be decoded", err);
    }
    *dec = c;
    return HM_OK;
}

double clip_time_s(const clip_file *f, const AVStream *st, int64_t stamp)
{
    if (f->video == st || !f->video)
        return (double)(stamp - f->zero) * av_q2d(st->time_base);
    return (double)stamp * av_q2d(st->time_base) - (double)f->zero * av_q2d(f->video->time_base);
}

double clip_slow(const clip_file *f, double capture_fps)
{
    double shown = f->video ? av_q2d(f->video->avg_frame_rate) : 0;
    return isnan(capture_fps) || !(shown > 0) ? 1 : capture_fps / shown;
}

#endif
