/* data/clip_truth.h - what is known of a synthetic clip: the camera, every image's time, where and
 * when each torso crossed each plane, every contact, the gun.
 *
 * Made by the synthetic camera (stage/phone.h) beside its clip, read by tests and by who learns to
 * measure. As JSON: docs/formats/clip-truth.md. Its member "marks" is a marks file (data/marks.h),
 * so a measuring tool takes the whole file for its marks.
 *
 * Two clocks: race_s counts from the gun; clip_s is the clip's own line, whose zero is the stamp of
 * its first image. In slow motion (play_frac < 1) clip_s is still of true seconds.
 * World and image: as data/marks.h. All pointers live in the arena of the maker. */
#ifndef HM_DATA_CLIP_TRUTH_H
#define HM_DATA_CLIP_TRUTH_H

#include <stdint.h>

#include "data/marks.h"
#include "data/race.h"

#define HM_CLIP_TRUTH_FORMAT "hectometre-clip-truth"

enum {
    HM_CLIP_TRUTH_VERSION = 1,
    HM_CLIP_TRUTH_FRAME_MAX = 40000,
    HM_CLIP_TRUTH_CONTACT_MAX = 400 /* of a runner */
};

/** The torso at a plane across the track: the first instant at which any point of the trunk's
 *  surface (no head, neck, arm, leg) is there. */
typedef struct hm_truth_crossing {
    double x_m; /* of the plane */
    double race_s, clip_s;
} hm_truth_crossing;

/** One stay of a foot on the ground; the place is that of the ball of the foot. */
typedef struct hm_truth_contact {
    hm_foot foot;
    double on_s, off_s; /* clip_s */
    double x_m, y_m;
} hm_truth_contact;

/** One who runs. */
typedef struct hm_truth_lane {
    int32_t lane;
    const char *name;
    double stature_m;
    double time_s; /* official, of the race clock; NAN = none */
    int32_t n_crossing;
    hm_truth_crossing *crossing; /* (n_crossing) gates and finish, ascending x_m */
    int32_t n_contact;
    hm_truth_contact *contact; /* (n_contact) by on_s, within the clip */
} hm_truth_lane;

/** The camera: a point X of the world is at R X + t before the lens, x right, y down, z ahead. */
typedef struct hm_truth_camera {
    int32_t width_px, height_px;
    double focal_px, centre_u_px, centre_v_px;
    double k1, k2; /* [1] as data/marks.h */
    double r[9];   /* [1] rows; its determinant is -1, since the world is left-handed */
    double t_m[3];
    double eye_m[3];  /* where it stands, world */
    double shutter_s; /* each row sees light for this long, in the middle of its time */
    double readout_s;
    hm_readout readout;
} hm_truth_camera;

typedef struct hm_clip_truth {
    const char *clip; /* file */
    uint64_t seed;
    hm_marks marks;
    hm_truth_camera camera;
    double race_zero_s;        /* race_s of clip_s = 0 */
    double play_frac;          /* [1] stamps run so much faster than life: 1 = true times */
    double gun_s, gun_heard_s; /* clip_s: the shot; when the microphone's sound of it begins */
    double gun_distance_m, temp_c, av_offset_s;
    int32_t tick_hz; /* stamps are whole multiples of 1 / tick_hz */
    int32_t n_frame;
    double *time_s;     /* (n_frame) clip_s: middle of the exposure of the picture's middle */
    double *stamp_tick; /* (n_frame) [1] as written, whole numbers, from the file's zero */
    double *shake_u_px; /* (n_frame) how far the picture lies to the right of where it should */
    double *shake_v_px; /* (n_frame) and below, at time_s */
    int32_t n_lane;
    hm_truth_lane *lane; /* (n_lane) ascending, without those who did not start */
    hm_notes settings;   /* name=value, everything the clip was made with */
    hm_notes notes;
} hm_clip_truth;

/** errors HM_ERR_INPUT with the path of the value */
HM_CHECKED hm_status hm_clip_truth_check(const hm_clip_truth *truth, hm_err *err);

/**
 * Read and check. Unknown members become notes.
 * out    truth  untouched on failure
 * errors HM_ERR_NOFILE; HM_ERR_INPUT with line and column or the path of the value
 * memory arena
 * test   tests/unit/data/test_clip_truth.c, fuzz/clip_truth.c
 */
HM_CHECKED hm_status hm_clip_truth_read(const char *path, hm_arena *arena, hm_clip_truth *truth,
                                        hm_err *err);
HM_CHECKED hm_status hm_clip_truth_parse(const char *source, const char *bytes, size_t n,
                                         hm_arena *arena, hm_clip_truth *truth, hm_err *err);

/** Write; what is read back is the same, bit for bit. "-" = standard output. */
HM_CHECKED hm_status hm_clip_truth_write(const char *path, const hm_clip_truth *truth, hm_err *err);
HM_CHECKED hm_status hm_clip_truth_print(const hm_clip_truth *truth, hm_arena *arena, char **text,
                                         size_t *n, hm_err *err);

#endif
