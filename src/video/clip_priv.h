/* clip_priv.h - a file opened by libav with the bounds that strangers' files need. */
#ifndef HM_VIDEO_CLIP_PRIV_H
#define HM_VIDEO_CLIP_PRIV_H

#include "video/clip.h"

#ifdef HM_HAS_FILM

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>

/** An open container. Zeroed = none. */
typedef struct clip_file {
    AVFormatContext *fmt;
    AVStream *video, *audio; /* NULL = none */
    int64_t zero;            /* stamp of the first image, in the time base of video */
    const char *path;
    hm_err *err; /* of the call that is running */
} clip_file;

/** Open and find the streams. out  f  to be closed, also on failure */
HM_CHECKED hm_status clip_file_open(clip_file *f, const char *path, hm_arena *arena, hm_err *err);
void clip_file_close(clip_file *f);

/** Of a file that cannot be used: what libav says. Returns HM_ERR_INPUT, or HM_ERR_SYSTEM when
 *  memory was short. */
hm_status clip_refuse(const char *path, int code, const char *what, hm_err *err);

/** A decoder for a stream, one thread. */
HM_CHECKED hm_status clip_decoder_open(const clip_file *f, const AVStream *st, AVCodecContext **dec,
                                       hm_err *err);

/** Time of a stamp of a stream on the clip's line, as the file plays [s]. */
double clip_time_s(const clip_file *f, const AVStream *st, int64_t stamp);

/** How much slower than life the file plays: captured over shown images a second; 1 = not told. */
double clip_slow(const clip_file *f, double capture_fps);

#endif
#endif
