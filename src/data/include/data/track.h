/* data/track.h - where the points of people are in a clip, image by image: the hand-over from pose
 * or silhouette to steps, and what a person corrects by hand.
 *
 * Plain CSV (docs/formats/track.md), a row a point: time_s, person, lane, point, x_px, y_px, x_m,
 * z_m, sigma_px, source. Rows of source "hand" win over those of the same time, person and point.
 * x_m is along the run from the start line and z_m above the ground, both in the upright plane of
 * the runner's lane (of the marks); empty without marks. All pointers live in the arena of the
 * maker. NAN = not known. */
#ifndef HM_DATA_TRACK_H
#define HM_DATA_TRACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/notes.h"
#include "base/status.h"

#define HM_TRACK_FORMAT "hectometre-track"

enum {
    HM_TRACK_VERSION = 1, /* of the JSON form */
    HM_TRACK_PERSON_MAX = 64,
    HM_TRACK_FRAME_MAX = 200 * 1000,
    HM_TRACK_FILE_MAX = 512 * 1024 * 1024 /* bytes */
};

/** Points of a person: those of the landmark nets, odd = left from 7 on. */
typedef enum hm_body_point {
    HM_POINT_NOSE,
    HM_POINT_EYE_INNER_L,
    HM_POINT_EYE_L,
    HM_POINT_EYE_OUTER_L,
    HM_POINT_EYE_INNER_R,
    HM_POINT_EYE_R,
    HM_POINT_EYE_OUTER_R,
    HM_POINT_EAR_L,
    HM_POINT_EAR_R,
    HM_POINT_MOUTH_L,
    HM_POINT_MOUTH_R,
    HM_POINT_SHOULDER_L,
    HM_POINT_SHOULDER_R,
    HM_POINT_ELBOW_L,
    HM_POINT_ELBOW_R,
    HM_POINT_WRIST_L,
    HM_POINT_WRIST_R,
    HM_POINT_LITTLE_FINGER_L,
    HM_POINT_LITTLE_FINGER_R,
    HM_POINT_INDEX_FINGER_L,
    HM_POINT_INDEX_FINGER_R,
    HM_POINT_THUMB_L,
    HM_POINT_THUMB_R,
    HM_POINT_HIP_L,
    HM_POINT_HIP_R,
    HM_POINT_KNEE_L,
    HM_POINT_KNEE_R,
    HM_POINT_ANKLE_L,
    HM_POINT_ANKLE_R,
    HM_POINT_HEEL_L,
    HM_POINT_HEEL_R,
    HM_POINT_TOE_L,
    HM_POINT_TOE_R,
    HM_POINT_COUNT
} hm_body_point;

/** Word in files: "knee_l"; NULL past the end. */
const char *hm_body_point_word(hm_body_point point);

/** Who says so. */
typedef enum hm_track_source {
    HM_SEEN_NET,        /* a pose net */
    HM_SEEN_SILHOUETTE, /* an edge of the body against the background */
    HM_SEEN_HAND,       /* a person */
    HM_SEEN_TRUTH,      /* a synthetic camera, which knows */
    HM_SEEN_COUNT
} hm_track_source;

/** One point at one time. sigma_px NAN = the point is not there (hidden, outside); by hand: a
 *  person took it away. */
typedef struct hm_seen_point {
    float x_px, y_px; /* right and down from the outer corner of the top left pixel */
    float x_m, z_m;   /* NAN = no marks */
    float sigma_px;
    hm_track_source source;
} hm_seen_point;

/** One person at one time. */
typedef struct hm_track_frame {
    double time_s;  /* on the clip's time line */
    bool ambiguous; /* left and right could not be told apart here (written in column note) */
    hm_seen_point point[HM_POINT_COUNT];
} hm_track_frame;

typedef struct hm_track_person {
    int32_t id;   /* as in the file, 1 .. HM_TRACK_PERSON_MAX */
    int32_t lane; /* 0 = not told */
    int32_t n_frame;
    hm_track_frame *frame; /* (n_frame) ascending time_s */
} hm_track_person;

typedef struct hm_track {
    int32_t n_person;
    hm_track_person *person; /* (n_person) ascending ids */
    hm_notes notes;
} hm_track;

/**
 * Read and check. Unknown columns become notes; rows may stand in any order. A row that names no
 * source is by hand.
 * out    track  untouched on failure
 * errors HM_ERR_NOFILE; HM_ERR_INPUT with file:line:column, field, expected and found
 * memory arena
 */
HM_CHECKED hm_status hm_track_read(const char *path, hm_arena *arena, hm_track *track, hm_err *err);
HM_CHECKED hm_status hm_track_parse(const char *source, const char *bytes, size_t n,
                                    hm_arena *arena, hm_track *track, hm_err *err);

/** Write; what is read back is the same to 0.001 px, 0.1 mm and 1 us. "-" = standard output. A path
 *  that ends in .json: one object of format HM_TRACK_FORMAT, for other programs; it is not read. */
HM_CHECKED hm_status hm_track_write(const char *path, const hm_track *track, hm_err *err);

/** The same text as CSV, in memory; n may be NULL. */
HM_CHECKED hm_status hm_track_print(const hm_track *track, hm_arena *arena, char **text, size_t *n,
                                    hm_err *err);

/**
 * The rows of `hand` laid over a track: a point of source HM_SEEN_HAND replaces the track's own at
 * the nearest frame of the same person (within half the median frame interval). Both of a pair of
 * leg points by hand settle an ambiguous frame.
 * errors HM_ERR_INPUT a person or time that the track has not; the track is then as it was
 */
HM_CHECKED hm_status hm_track_correct(hm_track *track, const hm_track *hand, hm_arena *arena,
                                      hm_err *err);

#endif
