/* stage/photo.h - the photo finish: one column of the finish plane for each two-thousandth of a
 * second, made from the same bodies as the film.
 *
 * Glossary: a line is one column of the picture, the finish plane (nearer edge of the finish line,
 * World Athletics TR18.2) at one instant; time runs to the right. A hashline is the line at which a
 * torso first shows. The camera stands on the infield beside the plane, so lane 1 is in front. */
#ifndef HM_STAGE_PHOTO_H
#define HM_STAGE_PHOTO_H

#include <stdint.h>

#include "stage/cast.h"
#include "stage/scene.h"

typedef struct hm_photo_opts {
    uint32_t cookie;
    int32_t line_hz; /* lines a second, 100 .. 20000; rule TR19.13.1: at least 1000 */
    int32_t h_px;    /* height of the picture itself, 200 .. 4000 */
    int n_thread;
} hm_photo_opts;

/** What the camera recorded. Row 0 is the top, column 0 the earliest line. */
typedef struct hm_photo {
    int32_t w_px, h_px, line_hz;
    double from_s;  /* instant of column 0 */
    uint8_t *rgb;   /* (h_px x w_px x 3) */
    uint8_t *actor; /* (h_px x w_px) 0 = nobody, else index into race->lane + 1 */
    uint8_t *part;  /* (h_px x w_px) hm_part of the actor there */
} hm_photo;

/** 2000 lines a second, 1000 rows, one thread. */
hm_photo_opts hm_photo_opts_default(void);

/**
 * Record the finish: from a moment before the first torso to a moment after the last.
 *
 * out    photo   untouched on failure
 * errors HM_ERR_USAGE options out of range, or more than 32000 lines between first and last;
 *        HM_ERR_INPUT nobody finishes; HM_ERR_SYSTEM no memory
 * memory arena (5 bytes a point).  threads: opts->n_thread; the same bytes for any number
 * test   tests/unit/stage/test_photo.c
 */
HM_CHECKED hm_status hm_photo_record(const hm_cast *cast, const hm_photo_opts *opts,
                                     hm_arena *arena, hm_photo *photo, hm_err *err);

/**
 * Read a finish off the picture: the first line on which the torso of a runner shows.
 * in     i_lane  index into race->lane
 * out    s from the gun; < 0 = no torso of this runner in the picture
 */
double hm_photo_read_s(const hm_photo *photo, int32_t i_lane);

/**
 * The print: picture, time scale in 0.01 s, a hashline with place, lane, name and official time for
 * each torso.
 *
 * out    sheet   picture in the arena
 * errors HM_ERR_SYSTEM no memory
 */
HM_CHECKED hm_status hm_photo_print(const hm_photo *photo, const hm_race *race, hm_arena *arena,
                                    hm_picture *sheet, hm_err *err);

#endif
