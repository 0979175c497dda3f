/* video/clip.h - a clip image by image, each with the time at which it is shown.
 *
 * Time of an image = its presentation time stamp times the stream's time base, never a count of
 * images. Picture and sound share one time line, that of the file, whose zero is the first image's
 * stamp. Pictures come upright (the file's rotation is applied), 8 bit.
 * A clip may come from a stranger: only files are opened, only video containers, sizes are bounded,
 * and what a broken file still gives is given, marked incomplete. */
#ifndef HM_VIDEO_CLIP_H
#define HM_VIDEO_CLIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/notes.h"
#include "base/status.h"

enum {
    HM_CLIP_SIDE_MAX = 8192,             /* px */
    HM_CLIP_FRAME_MAX = 2 * 1000 * 1000, /* images */
    HM_CLIP_SOUND_HZ = 48000
};

typedef enum hm_clip_pixels {
    HM_CLIP_LUMA, /* one byte a pixel: luma as it is coded, see black and white of the image */
    HM_CLIP_RGB   /* three bytes a pixel, R G B, 0 .. 255 */
} hm_clip_pixels;

typedef struct hm_clip_opts {
    hm_clip_pixels pixels;
    double from_s, to_s; /* images with from_s <= time_s < to_s; defaults 0 and INFINITY */
    double capture_fps;  /* true images a second when the file plays slow; NAN = trust the stamps */
} hm_clip_opts;

hm_clip_opts hm_clip_opts_default(void);

typedef struct hm_clip_info {
    int32_t width_px, height_px; /* upright */
    int32_t rotation_deg;        /* that was applied, clockwise: 0, 90, 180, 270 */
    const char *codec, *container;
    int32_t time_base_num, time_base_den; /* s */
    double fps;                           /* mean, as the file says; NAN = not told */
    double duration_s;                    /* as the file says, in life's time; NAN = not told */
    int64_t n_frame;                      /* as the file says; 0 = not told */
    double camera_fps; /* images a second that the camera says it took; NAN = not told */
    bool has_sound;
    double
        slow; /* [1] the file plays this much slower than life: capture_fps / fps; 1 = not told */
} hm_clip_info;

/** An image. Bytes are the clip's and stay until the next call. */
typedef struct hm_clip_image {
    int64_t number; /* counted from the file's first image, for messages only */
    double time_s;
    int32_t width_px, height_px;
    int64_t stride; /* bytes between rows */
    const uint8_t *bytes;
    int32_t black, white; /* luma: value of black and of white; 0 and 255, or 16 and 235 */
    /* with luma: colour, 8 bits, of every second point of every second row (4:2:0), as it is coded
     * or converted from what is; NULL = there is none */
    const uint8_t *chroma[2];
    int64_t chroma_stride;
} hm_clip_image;

typedef struct hm_clip hm_clip;

/**
 * Open a clip.
 * out    clip   to be closed; info stays valid until then
 * errors HM_ERR_NOFILE; HM_ERR_INPUT no film, no picture in it, too large, interlaced, unknown
 * codec memory arena for the struct and the picture; the library's own until hm_clip_close threads
 * one clip, one thread; many clips at once are free test   tests/unit/video/test_clip.c
 */
HM_CHECKED hm_status hm_clip_open(const char *path, const hm_clip_opts *opts, hm_arena *arena,
                                  hm_clip **clip, hm_err *err);
const hm_clip_info *hm_clip_info_of(const hm_clip *clip);

/**
 * The next image.
 * out    *more  false = there is none; *image is then untouched
 * errors HM_ERR_INPUT more images than HM_CLIP_FRAME_MAX, stamps missing from the first image on;
 *        a broken stream is no error: it ends the clip, and hm_clip_is_whole says so
 */
HM_CHECKED hm_status hm_clip_next(hm_clip *clip, hm_clip_image *image, bool *more, hm_err *err);

/** Images before from_s are passed over from now on: decoded, but not made into pictures. An
 * earlier time than was asked for before changes nothing. */
void hm_clip_skip(hm_clip *clip, double from_s);

/** Did the clip end where the file says, without a decoding error so far? */
bool hm_clip_is_whole(const hm_clip *clip);

/** What was odd so far: stamps that were missing, repeated or went back, broken images. */
const hm_notes *hm_clip_notes(const hm_clip *clip);

/** NULL is fine. */
void hm_clip_close(hm_clip *clip);

/** The intervals between images. */
typedef struct hm_clip_times {
    int64_t n; /* images */
    double first_s, last_s;
    double min_s, median_s, max_s; /* of the intervals */
    int64_t n_off;                 /* intervals more than 20 % off the median */
    int64_t n_missing, n_repeated; /* stamps that were absent; that stood twice */
    double tick_s;                 /* the time base: stamps are whole multiples of it */
    bool whole;
} hm_clip_times;

/**
 * Stamps of all images of a file, without decoding them.
 * out    times  untouched on failure
 * errors as hm_clip_open
 * memory arena (temporary: 8 bytes an image)
 */
HM_CHECKED hm_status hm_clip_times_read(const char *path, const hm_clip_opts *opts, hm_arena *arena,
                                        hm_clip_times *times, hm_err *err);

/**
 * The stamps themselves, as the file plays: a slow-motion file is not brought back to life's time.
 * out    time_s  (n) ascending, repeated ones once; slow: see hm_clip_info
 * errors as hm_clip_times_read
 * memory arena
 */
HM_CHECKED hm_status hm_clip_stamps_read(const char *path, hm_arena *arena, int64_t *n,
                                         double **time_s, hm_err *err);

/** Sound, mixed to one channel at HM_CLIP_SOUND_HZ. */
typedef struct hm_clip_sound {
    double first_s; /* of the first sample, on the time line of the images */
    int64_t n;
    float *sample; /* (n) [1] -1 .. 1 */
} hm_clip_sound;

/**
 * Sound of a clip or of a sound file between from_s and to_s.
 * out    sound  n = 0 when the file has none
 * errors as hm_clip_open; HM_ERR_INPUT more than two hours
 * memory arena
 */
HM_CHECKED hm_status hm_clip_sound_read(const char *path, double from_s, double to_s,
                                        hm_arena *arena, hm_clip_sound *sound, hm_err *err);

#endif
