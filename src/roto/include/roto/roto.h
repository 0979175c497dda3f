/* roto/roto.h - a clip drawn anew: people as flat colours inside inked lines, on twos, over a held
 * background, with the clip's own sound.
 *
 * Images are looked at in order and drawn as they are encoded; of the past only the drawing before
 * is remembered. So memory does not grow with the clip, and the same clip gives the same drawings
 * on any number of threads. */
#ifndef HM_ROTO_ROTO_H
#define HM_ROTO_ROTO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/notes.h"
#include "base/option.h"
#include "base/status.h"
#include "data/track.h"

enum { HM_ROTO_KEY_MAX = 1000, HM_ROTO_SIDE_MIN = 64, HM_ROTO_SIDE_MAX = 3840 };

/** What is behind the figures. */
typedef enum hm_roto_background {
    HM_ROTO_HELD,  /* the place without people, drawn once; redrawn where the camera moves */
    HM_ROTO_DRAWN, /* each image of the clip, drawn flat */
    HM_ROTO_PAPER,
    HM_ROTO_CLIP, /* the clip's own pixels */
    HM_ROTO_BACKGROUND_COUNT
} hm_roto_background;

/** What may be set by name. */
typedef struct hm_roto_style {
    int32_t background; /* hm_roto_background */
    double line_frac;   /* width of all lines, 1 = as the look has it */
    double boil_px;     /* lines stray by this at 720 rows; NAN = as the look has it */
    double gap_frac;    /* share of the lines left out; NAN = as the look has it */
    double detail_frac; /* strength of the thin inner lines; NAN = as the look has it */
    int32_t n_hold;     /* frames a drawing is shown */
} hm_roto_style;

extern const hm_option_table hm_roto_style_table;

typedef struct hm_roto_opts {
    const char *look; /* rotoscope, elastic, smear */
    hm_roto_style style;
    double from_s, to_s; /* of the clip; 0 and INFINITY: all */
    int32_t w_px, h_px;  /* even; 0 = the clip's shape, 720 rows at the most */
    uint64_t seed;       /* below 2^63 */
    int n_thread;
    const char *models;    /* folder of the nets, NULL = as hm_pose_open */
    const hm_track *track; /* where people are; NULL = the nets find them */
    const char *layers;    /* folder that exists, for PNG layers; NULL = none */
    const char *keys;      /* folder that exists: SVG drawings in and out; NULL = none */
    int32_t n_key;
    const double *key_s; /* (n_key) instants of the clip whose drawings are written there */
    int32_t key_every;   /* every so many drawings as well; 0 = none */
    bool blur_faces;     /* where the clip's own pixels are shown */
} hm_roto_opts;

/** rotoscope, the whole clip, one thread. */
hm_roto_opts hm_roto_opts_default(void);

/** What was seen and done. */
typedef struct hm_roto_report {
    int64_t n_drawing, n_figure;
    int64_t n_by_track; /* figures drawn from the track alone, the net being unsure */
    double boil_px;     /* mean motion of outlines beyond that of the body, film px a drawing */
    double flicker;     /* mean change of a tone's colour from drawing to drawing, 0 .. 255 */
    double swim_frac;   /* share of a figure that is painted otherwise than in the drawing before,
                         * the body's motion taken off */
    bool camera_moves;
    int32_t n_key_read, n_key_written;
} hm_roto_report;

/** Told now and then how much is done; false = stop. what: a word for the phase */
typedef bool hm_roto_progress_fn(void *ctx, const char *what, int64_t done, int64_t total);

/**
 * Draw a clip.
 *
 * in     path  of the clip
 * out    film  an MP4, whole or not at all; notes of what was odd, in arena; report
 * errors those of hm_clip_open, hm_pose_open, hm_encode_film; HM_ERR_USAGE an unknown look, an
 *        empty span; HM_ERR_INPUT nobody in the clip, a broken key; HM_ERR_STOPPED
 * memory 520 to 555 MB were measured at 1280 x 720 on two threads for 2 to 23 s of a clip, a third
 *        of it two nets; more threads take 90 MB each up to four, then 25; the track grows by 1 KB
 *        an image and person
 * threads starts its own through hm_par_for
 * test   tests/unit/roto
 */
HM_CHECKED hm_status hm_roto_film(const char *path, const hm_roto_opts *opts, const char *film,
                                  hm_roto_progress_fn *progress, void *ctx, hm_arena *arena,
                                  hm_notes *notes, hm_roto_report *report, hm_err *err);

#endif
