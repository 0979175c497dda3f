/* stage/phone.h - a race filmed by a phone that we know everything about: the synthetic camera.
 *
 * It gives a clip as a phone would (lens, shutter, rolling read-out, noise, compression, uneven
 * time stamps, sound from far away) and the truth about it (data/clip_truth.h): the exact camera,
 * when each torso reached each plane, every contact. What is measured in the clip can so be held
 * against what was there. docs/clips/phone.md
 *
 * Words used here: the stamp of an image is what the file says of its time; a sub-exposure is one
 * of the sharp pictures whose mean is an image; the read-out is the time from the first row's (or
 * column's) exposure to the last one's. */
#ifndef HM_STAGE_PHONE_H
#define HM_STAGE_PHONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/option.h"
#include "data/clip_truth.h"
#include "data/race.h"
#include "stage/encode.h"
#include "stage/scene.h"
#include "stage/venue.h"

typedef enum hm_phone_place {
    HM_PHONE_FINISH, /* in the extension of the finish line, high enough to see all lanes */
    HM_PHONE_SIDE,   /* square to the track, fixed, gates in view */
    HM_PHONE_CUSTOM
} hm_phone_place;

typedef enum hm_phone_stand { HM_PHONE_INFIELD, HM_PHONE_OUTSIDE } hm_phone_stand;

typedef enum hm_phone_kit { HM_PHONE_KIT_OWN, HM_PHONE_KIT_TRACK } hm_phone_kit;

/** Everything about phone and clip; hm_phone_table lays it out. NAN = as the place wants it. */
typedef struct hm_phone_opts {
    /* where it stands */
    int32_t place;     /* hm_phone_place */
    int32_t stand;     /* hm_phone_stand: beside lane 1, or beside the last lane */
    double x_m;        /* along the run */
    double distance_m; /* from the nearest lane's edge */
    double height_m;   /* of the lens */
    double yaw_deg;    /* from square to the track toward the way of the runners */
    double pitch_deg;  /* below the horizon < 0 */
    double roll_deg;   /* the camera leans to its right > 0 */
    /* lens */
    double hfov_deg; /* of the width of the picture, without distortion */
    double k1, k2;   /* [1] data/marks.h */
    /* time */
    double fps;            /* images a second */
    double shutter_s;      /* exposure of one row */
    double readout_s;      /* first row to last */
    int32_t readout;       /* hm_readout */
    double vary_frac;      /* [1] intervals vary by this share (SD) */
    double drop_frac;      /* [1] share of images that are lost */
    double jitter_s;       /* stamps are wrong by up to this */
    double start_offset_s; /* stamp of the first image in the file */
    double play_fps;       /* stamps as if taken so fast: slow motion; NAN = true times */
    int32_t tick_hz;       /* stamps are whole multiples of 1 / tick_hz */
    /* picture */
    double noise_frac;          /* [1] SD against full contrast */
    double exposure_drift_frac; /* [1] light wanders by this */
    double flicker_frac;        /* [1] of artificial light */
    double flicker_hz;
    double shake_px; /* RMS, of a hand */
    double rain_frac;
    int32_t only_lane; /* who is there; 0 = all */
    int32_t kit;       /* hm_phone_kit */
    int32_t crf;       /* [1] of x264 */
    bool marks;        /* tape on the lane lines and poles at the gates */
    bool furniture;    /* officials, rails, blocks: they may stand in the way */
    double gate_m;     /* a gate every so many metres */
    /* sound */
    bool sound;
    bool gun;                /* the clip begins before the gun */
    double gun_distance_m;   /* from the microphone; NAN = as the phone stands */
    double temp_c;           /* NAN = the race's */
    bool echo;               /* stands or school house give the gun back */
    double crowd_frac;       /* [1] how loud they are, against a full stadium */
    double av_offset_s;      /* sound minus picture */
    double sound_noise_frac; /* [1] RMS of hiss against full scale */
    uint64_t seed;
} hm_phone_opts;

extern const hm_option_table hm_phone_table;

/** Besides the options: what any film has. */
typedef struct hm_phone_film {
    int32_t w_px, h_px;  /* even, 32 .. 3840 */
    double from_s, to_s; /* race time; NAN = as the place wants it */
    hm_venue_opts venue;
    int n_thread;
} hm_phone_film;

typedef struct hm_phone hm_phone;

/**
 * Make a clip ready.
 *
 * in     race   valid; must outlive the phone
 *        opts   within the table's bounds
 * out    phone  untouched on failure; hm_phone_destroy when done
 * errors HM_ERR_USAGE a camera that sees nothing, a lens that folds, an empty span, too long;
 *        those of venue and cast
 * memory about 30 bytes a pixel and worker, and the race's bodies
 * test   tests/unit/stage/test_phone.c, test_phone_exact.c, tests/cli/test_film_phone.py
 */
HM_CHECKED hm_status hm_phone_new(const hm_race *race, const hm_phone_opts *opts,
                                  const hm_phone_film *film, hm_phone **phone, hm_err *err);
void hm_phone_destroy(hm_phone *phone);

/** The truth about the clip. Lives as long as the phone; clip names the file ("" = none). */
HM_CHECKED hm_status hm_phone_truth(hm_phone *phone, const char *clip, const hm_clip_truth **truth,
                                    hm_err *err);

int64_t hm_phone_frame_count(const hm_phone *phone);

/** Image number frame, before compression. Each worker draws one at a time; pic is its own. */
HM_CHECKED hm_status hm_phone_draw(hm_phone *phone, int worker, int64_t frame,
                                   const hm_picture **pic, hm_err *err);

/** Hash of all images before compression. As hm_show_hash. */
HM_CHECKED hm_status hm_phone_hash(hm_phone *phone, hm_encode_progress_fn *progress, void *ctx,
                                   uint64_t *hash, hm_err *err);

/** The clip into path: H.264 with the stamps, AAC, MP4. errors those of hm_encode_film */
HM_CHECKED hm_status hm_phone_write(hm_phone *phone, const char *path,
                                    hm_encode_progress_fn *progress, void *ctx, hm_err *err);

/** The joints of all who run, image by image, as a track file (data/track.h) of source truth: each
 *  point at the time at which its row was seen. A point that a body hides is still there; one
 *  outside the picture has no pixel. errors those of hm_track_write */
HM_CHECKED hm_status hm_phone_track_write(hm_phone *phone, const char *path, hm_err *err);

#endif
