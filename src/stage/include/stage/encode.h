/* stage/encode.h - drawings and sound to one MP4 file.
 *
 * Words used here: a frame is one picture of the film; NV12 is a full-size plane of brightness
 * followed by a half-size plane of colour pairs (Cb Cr), BT.709, limited range (16..235); a sample
 * is one instant of sound on both channels; a segment is a run of 96 frames that is encoded on its
 * own, by one encoder with one thread. Segments are part of the film's format: they do not depend
 * on the number of threads, so neither do the bytes. */
#ifndef HM_STAGE_ENCODE_H
#define HM_STAGE_ENCODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "stage/text_track.h"

enum {
    HM_ENCODE_SEGMENT_FRAME = 96,
    HM_ENCODE_RUN_MOST = 24, /* frames that are drawn at a time in one segment */
    HM_AUDIO_HZ = 48000
};

/** 48 kHz stereo, left and right in turn, full scale 1; in memory. */
typedef struct hm_audio {
    int64_t n_sample;
    float *lr; /* (n_sample x 2) */
} hm_audio;

typedef struct hm_encode_opts {
    uint32_t cookie;    /* set by hm_encode_opts_default */
    int32_t w_px, h_px; /* even, 16 .. 4096 */
    int32_t fps;        /* 1 .. 1000 */
    int32_t crf;        /* [1] x264 constant rate factor, 0 .. 51; lower is better and bigger */
    int32_t audio_bps;  /* AAC bit rate, bit/s */
    int32_t n_thread;   /* 1 or more */
} hm_encode_opts;

/**
 * Draw one frame into nv12 (w h 3/2 bytes, rows without gaps). Called from many threads, each
 * frame at most once, in no certain order; worker is below n_thread and used by one call at a time.
 */
typedef void hm_encode_draw_fn(void *ctx, int worker, int64_t frame, uint8_t *nv12);

/** Does a frame show the same drawing as the one before it? Then it may be copied, not drawn. */
typedef bool hm_encode_again_fn(void *ctx, int64_t frame);

/** Told on the calling thread that frames from .. to - 1, and no others, are drawn until it is told
 *  again. Spans may overlap; their beginnings never fall. */
typedef hm_status hm_encode_ready_fn(void *ctx, int64_t from, int64_t to, hm_err *err);

/** Give samples from .. from + n - 1 (n x 2). Called for the whole sound in order, by one thread at
 *  a time, more than once where it has to be coded again. */
typedef hm_status hm_encode_sound_fn(void *ctx, int64_t from, int64_t n, float *lr, hm_err *err);

/** Told now and then, on the calling thread, how many frames are in the file; false = stop. */
typedef bool hm_encode_progress_fn(void *ctx, int64_t done, int64_t total);

/** Segments that an earlier film left behind: those are not drawn again. */
typedef struct hm_encode_cache {
    const char *dir;          /* must exist */
    int64_t most_bytes;       /* of all files; the ones that were not used for longest go */
    const uint64_t (*key)[2]; /* (n_segment) what each segment is made from: everything */
    uint8_t *extra;           /* (n_frame x extra_bytes) kept along with each frame */
    size_t extra_bytes;
    int64_t n_segment, n_kept; /* out: of the film; not drawn again */
} hm_encode_cache;

/** May the film be written, now that all of it is drawn? A failure leaves no file. */
typedef hm_status hm_encode_accept_fn(void *ctx, hm_err *err);

/** What is encoded. Texts may be NULL. */
typedef struct hm_encode_source {
    int64_t n_frame;      /* 1 or more */
    const int64_t *stamp; /* (n_frame) when each is shown, rising, 0 or more, in 1 / stamp_hz s;
                           * NULL = one every 1 / fps */
    int32_t stamp_hz;     /* 1 .. 1000000, with stamp */
    hm_encode_draw_fn *draw;
    hm_encode_again_fn *again; /* NULL = never */
    hm_encode_ready_fn *ready; /* NULL = nothing to make ready */
    void *draw_ctx;
    bool in_order;    /* one segment after the other: at most HM_ENCODE_RUN_MOST frames are made
                       * ready at a time, and one thread encodes; the bytes are the same */
    int64_t n_sample; /* 0 = a film without a sound track */
    hm_encode_sound_fn *sound;
    void *sound_ctx;
    const char *title, *comment;
    int32_t n_text;              /* text tracks, at most HM_TEXT_TRACK_MAX */
    const hm_text_track *text;   /* (n_text) in film time from the first frame */
    hm_encode_cache *cache;      /* NULL = none */
    hm_encode_accept_fn *accept; /* asked when all is drawn; NULL = anything goes */
    void *accept_ctx;
    hm_encode_progress_fn *progress; /* may be NULL */
    void *progress_ctx;
} hm_encode_source;

/** 1280 x 720, 24 frames a second, CRF 20, AAC 160 kb/s, one thread. */
hm_encode_opts hm_encode_opts_default(void);

/** errors HM_ERR_USAGE with the field at fault */
HM_CHECKED hm_status hm_encode_opts_check(const hm_encode_opts *o, hm_err *err);

/**
 * Draw and encode a whole film: H.264 (x264 veryfast) and AAC in MP4, the index in front. Sound
 * that would pass -1.2 dBTP once it is decoded is taken down around there.
 *
 * in     path  of the film; it appears whole or not at all (a file beside it is renamed)
 * errors HM_ERR_USAGE    bad options; built without libav
 *        HM_ERR_SYSTEM   the place cannot be written (known before the first drawing), disk full,
 *                        no memory
 *        HM_ERR_STOPPED  progress said so; no file is left
 *        HM_ERR_BUG      two segments with different codec headers
 * memory some 100 MB of frames and encoder at 1280 x 720, however long the film (but for its index,
 *        6 KB a second); sound and its packets wait in files without a name beside path
 * threads: starts n_thread - 1 of its own through hm_par_for; the same bytes for any number
 * test   tests/unit/stage/test_encode.c
 */
HM_CHECKED hm_status hm_encode_film(const hm_encode_opts *o, const hm_encode_source *s,
                                    const char *path, hm_err *err);

#endif
