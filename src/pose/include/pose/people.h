/* pose/people.h - the people of a clip, from image to image: who is who, which leg is the left one,
 * and where their points are when the whole clip is looked at.
 *
 * Images come through a door of the caller, so that this room needs to know of no file. */
#ifndef HM_POSE_PEOPLE_H
#define HM_POSE_PEOPLE_H

#include "pose/pose.h"

/** Readers over ranges of time, several at once, each of one thread. */
typedef struct hm_people_clip {
    void *ctx;
    int32_t n_image;        /* about how many in all; decides how the work is cut */
    double from_s, until_s; /* first image, and a time behind the last */
    /** Open a reader of from_s <= time_s < to_s. */
    hm_status (*open)(void *ctx, double from_s, double to_s, hm_arena *arena, void **reader,
                      hm_err *err);
    /** The next image, its bytes good until the next call. */
    hm_status (*next)(void *reader, hm_pose_image *image, double *time_s, bool *more, hm_err *err);
    void (*close)(void *reader);
} hm_people_clip;

typedef struct hm_people_opts {
    const char *models;
    hm_pose_size size;
    int32_t n_thread;
    int32_t person_max;   /* 1 .. HM_TRACK_PERSON_MAX, the most prominent are kept */
    bool raw;             /* points as the net gives them: no sides, no smoothing */
    const hm_track *hand; /* corrections, NULL = none; they win */
} hm_people_opts;

/** Full net, one thread, HM_TRACK_PERSON_MAX persons. */
hm_people_opts hm_people_opts_default(void);

/** What was done, for people and tests. */
typedef struct hm_people_report {
    int64_t n_image, n_net, n_detect; /* images; runs of the landmark net; of the detector */
    int32_t n_swap_leg, n_swap_arm;   /* images of a person whose sides were exchanged */
    int32_t n_ambiguous;
    int32_t n_dropped; /* paths too short or too faint to be people */
} hm_people_report;

/**
 * Find, follow, tell sides, smooth.
 *
 * Persons are numbered by prominence: how long and how large they are seen. sigma_px is of the
 * smoothed place and holds no error of what the net takes for a joint beyond 1 cm.
 * out    track   source net (hand where corrected); metres NAN. The same for any n_thread
 *        report  may be NULL
 * errors those of hm_pose_open, of the readers, of hm_track_correct
 * memory arena for the track; while it runs eight images a thread
 * source src/pose/README.md
 * test   tests/unit/pose/test_sides.c, test_smooth.c, test_join.c, tests/cli/test_pose.py
 */
HM_CHECKED hm_status hm_people_find(const hm_people_clip *clip, const hm_people_opts *opts,
                                    hm_arena *arena, hm_track *track, hm_people_report *report,
                                    hm_err *err);

#endif
