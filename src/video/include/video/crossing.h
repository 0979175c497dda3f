/* video/crossing.h - when each torso reaches planes across the track, from silhouettes: the finish
 * in a finish-line clip, gates in a side view.
 *
 * Glossary: the line of a lane is where its middle meets a plane, upright; a front is the forward
 * edge of a silhouette along an image row, in metres from the line. Arms are taken off by opening
 * the silhouette: what is not as high as a hand is long does not count.
 * Two kinds of error: own ones are independent from runner to runner; common ones move all alike or
 * by a rule, so that gaps are surer than times. Nothing here is ever an official time. */
#ifndef HM_VIDEO_CROSSING_H
#define HM_VIDEO_CROSSING_H

#include "video/clip.h"
#include "video/view.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/notes.h"

enum { HM_PLANE_MAX = 101 };

/** What one time rests on, standard deviations [s]. */
typedef struct hm_budget {
    /* own */
    double sampling_s; /* edges in pixels and images */
    double torso_s;    /* what is torso: arms, bib, lean */
    double stamp_s;    /* the file's time stamps */
    double depth_s;    /* the runner is not in the middle of the lane */
    /* common */
    double view_s;    /* calibration: yaw and offset of the camera */
    double readout_s; /* the sensor's rows, when the read-out is not known */
} hm_budget;

/** One torso at one plane. Times on the clip's time line. */
typedef struct hm_torso {
    int32_t lane, i_lane; /* as in the marks, and its index there */
    double x_m;           /* of the plane */
    bool seen;            /* else nothing below holds */
    bool by_hand;         /* the hashline of a person */
    bool hidden;          /* others stand before a large part of the trunk */
    bool unsure;          /* another lane fits nearly as well */
    double time_s;        /* = first_s, or the person's */
    double first_s;       /* first point of the trunk, along a smooth front */
    double half_s;        /* half of the trunk's rows are there */
    double speed_mps;     /* of the front; NAN = not known */
    double at_m[3];       /* the point of the trunk that is first */
    int32_t n_row;        /* image rows used */
    double read_out_frac; /* [1] of the read-out after the middle of the image */
    hm_budget budget;
    double sigma_s; /* all of it */
} hm_torso;

typedef struct hm_crossings {
    int32_t n;
    hm_torso *torso; /* (n) plane by plane, lane by lane */
    double fps;      /* images a second, median */
    int64_t n_image;
    bool whole;
    double noise;              /* [1] of the picture, levels */
    double shake_px, drift_px; /* RMS and largest shift of the picture */
    int32_t n_corner;          /* that the shift was taken from */
    hm_notes notes;
} hm_crossings;

/** done of total images; false = stop. */
typedef bool hm_crossing_progress_fn(void *ctx, int64_t done, int64_t total);

typedef struct hm_crossing_job {
    const char *path;
    hm_clip_opts clip;
    const hm_marks *marks;
    const hm_view *view;
    int32_t n_plane;
    const double *plane_x_m;           /* (n_plane) ascending */
    hm_crossing_progress_fn *progress; /* may be NULL */
    void *ctx;
} hm_crossing_job;

/**
 * Go through a clip once.
 * out    out    torsos of all lanes at all planes, seen or not; untouched on failure
 * errors HM_ERR_INPUT no camera in the view, no lanes, no plane in the picture, the camera was
 *        turned, those of the clip; HM_ERR_STOPPED
 * memory arena; does not grow with the length of the clip but with the number of crossings
 * source own design: docs/clips/measure.md
 * test   tests/unit/video/test_crossing.c
 */
HM_CHECKED hm_status hm_crossings_find(const hm_crossing_job *job, hm_arena *arena,
                                       hm_crossings *out, hm_err *err);

/** Standard deviation of the time between two torsos [s]: common errors partly cancel. */
double hm_torso_gap_sigma_s(const hm_view *view, const hm_torso *a, const hm_torso *b);

#endif
