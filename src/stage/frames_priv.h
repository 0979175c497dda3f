/* frames_priv.h - the frames of a film, whoever draws them: hashed, or joined with sound into a
 * file. */
#ifndef HM_STAGE_FRAMES_PRIV_H
#define HM_STAGE_FRAMES_PRIV_H

#include "stage/encode.h"
#include "stage/flash.h"
#include "stage/scene.h"
#include "stage/sound.h"

/* Frames 0 .. n_frame - 1 and how to come by them. */
typedef struct stage_frames {
    int64_t n_frame;
    int32_t w_px, h_px, fps;
    int n_worker;
    bool refuse_flashes;      /* no film that flashes too often */
    hm_flash_report *flashes; /* out: what does */
    void *ctx;
    /* Told on the calling thread before frames from .. to - 1, and no others, are drawn; spans go
     * forward. NULL = nothing to do. */
    hm_status (*ready)(void *ctx, int64_t from, int64_t to, hm_err *err);
    /* Each worker draws one at a time; pic is valid until its next. */
    hm_status (*draw)(void *ctx, int worker, int64_t frame, const hm_picture **pic, hm_err *err);
    /* Does it show the same drawing as the frame before it? Asked of frames that are ready, but not
     * of the first of a span. */
    bool (*again)(void *ctx, int64_t frame);
} stage_frames;

/* Hash of all frames as NV12. errors those of drawing; HM_ERR_STOPPED when progress says so */
hm_status frames_hash(const stage_frames *f, hm_encode_progress_fn *progress, void *ctx,
                      uint64_t *hash, hm_err *err);

/* What belongs to a film besides frames. */
typedef struct frames_film {
    const hm_encode_opts *encode;
    hm_sound *sound;            /* NULL = none, or as listen gives it */
    hm_encode_sound_fn *listen; /* n_listen samples, without a sound */
    void *listen_ctx;
    int64_t n_listen;
    const int64_t *stamp; /* as hm_encode_source */
    int32_t stamp_hz;
    const char *title;
    int32_t n_text;
    const hm_text_track *text; /* (n_text) from the first frame */
    hm_encode_cache *cache;    /* its keys made; NULL = none */
    hm_encode_progress_fn *progress;
    void *progress_ctx;
} frames_film;

/* The whole film into path. errors those of drawing and of hm_encode_film; HM_ERR_CHECK flashes */
hm_status frames_encode(const stage_frames *f, const frames_film *film, const char *path,
                        hm_err *err);

#endif
