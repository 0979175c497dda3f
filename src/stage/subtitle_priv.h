/* subtitle_priv.h - the text tracks of a film as 3GPP timed text; between subtitle.c and mux.c. */
#ifndef HM_STAGE_SUBTITLE_PRIV_H
#define HM_STAGE_SUBTITLE_PRIV_H

#ifdef HM_HAS_FILM

#include <libavformat/avformat.h>

#include "stage/encode.h"

/** Ticks a second of a text track. More than sound has: the muxer compares the ends of text samples
 *  with the times of other packets tick by tick, and would put empty samples of its own between. */
enum { STAGE_SUBTITLE_HZ = 90000 };

/** One track on its way into the file. */
typedef struct stage_subtitle {
    const hm_text_track *track;
    AVStream *stream;
    int32_t i_cue; /* the next, n_cue = none left */
    int64_t at;    /* [tick] up to where samples are written */
    int64_t end;   /* [tick] of the film */
} stage_subtitle;

/** A stream for a track, with language, name and what it is for. */
hm_status stage_subtitle_open(AVFormatContext *fmt, const hm_text_track *track, double film_s,
                              stage_subtitle *out, hm_err *err);

/**
 * The next sample: a cue, or the nothing before it. Samples follow one another without gaps to the
 * film's end.
 * out    *p    NULL = no more; the caller frees it; times in ticks
 */
hm_status stage_subtitle_next(stage_subtitle *s, AVPacket **p, hm_err *err);

#endif

#endif
