/* data/marks.h - what a person says about a clip: image points whose place on the track is known,
 * lanes, the planes to be timed, and what is known of camera, clock and gun.
 *
 * Typed, or made in the marking page; read by VIDEO. As JSON: docs/formats/marks.md.
 *
 * World: x_m along the run from the start line, y_m across the track from the inner edge of lane 1
 * outwards, z_m up from the ground. Image: u_px to the right and v_px down from the outer corner of
 * the top left pixel (its centre is 0.5, 0.5), in the picture as it is shown, turned upright.
 * All pointers live in the arena of the maker. NAN = not known, in every double that may be so. */
#ifndef HM_DATA_MARKS_H
#define HM_DATA_MARKS_H

#include <stddef.h>
#include <stdint.h>

#include "base/notes.h"
#include "base/status.h"

#define HM_MARKS_FORMAT "hectometre-marks"

enum {
    HM_MARKS_VERSION = 1,
    HM_MARKS_POINT_MAX = 1000,
    HM_MARKS_LANE_MAX = 20,
    HM_MARKS_GATE_MAX = 100,
    HM_MARKS_HASH_MAX = 1000,
    HM_MARKS_SIDE_MAX = 8192,           /* px */
    HM_MARKS_FILE_MAX = 4 * 1024 * 1024 /* bytes */
};

/** One image point whose place is known. */
typedef struct hm_marks_point {
    const char *name; /* "" = none */
    double x_m, y_m, z_m;
    double u_px, v_px;
    double sigma_px; /* of u and of v, > 0 */
} hm_marks_point;

/** A lane between two lines along the track. */
typedef struct hm_marks_lane {
    int32_t lane;            /* 1 .. 20 */
    const char *name;        /* of who runs in it, "" = not told */
    double from_y_m, to_y_m; /* inner and outer edge, from < to */
} hm_marks_lane;

/** A torso that a person has put the hashline on; wins over what is found. */
typedef struct hm_marks_hash {
    int32_t lane;
    double x_m;     /* of the plane: the finish or a gate */
    double time_s;  /* on the clip's time line */
    double sigma_s; /* > 0 */
} hm_marks_hash;

/** Which way the sensor is read out, in the picture as it is shown. */
typedef enum hm_readout {
    HM_READOUT_DOWN, /* top row first: a phone held upright or level, the usual case */
    HM_READOUT_UP,
    HM_READOUT_RIGHT, /* left column first: the picture was turned by 90 degrees */
    HM_READOUT_LEFT,
    HM_READOUT_COUNT
} hm_readout;

typedef struct hm_marks {
    const char *clip;            /* file it was made for, "" = not told */
    int32_t width_px, height_px; /* of the clip's picture, upright */
    int32_t n_point;
    hm_marks_point *point; /* (n_point) */
    int32_t n_lane;
    hm_marks_lane *lane; /* (n_lane) ascending lanes */
    double
        finish_x_m; /* plane of the finish: edge of the line nearer to the start; NAN = not seen */
    int32_t n_gate;
    double *gate_x_m; /* (n_gate) other planes to be timed, ascending */
    int32_t n_hash;
    hm_marks_hash *hash; /* (n_hash) */

    /* camera */
    double focal_px; /* NAN = to be found */
    double k1,
        k2; /* [1] radial distortion: r_seen = r (1 + k1 r^2 + k2 r^4), r in focal lengths; 0 */
    double readout_s; /* first to last row or column; NAN = not known, 0 = all at once */
    hm_readout readout;
    double
        capture_fps; /* true images a second of a slow-motion file; NAN = the file's times hold */

    /* gun: how far from the microphone, what the air was, how late the sound is in the file */
    double gun_distance_m, gun_distance_sigma_m;
    double temp_c, temp_sigma_c;
    double av_offset_s, av_offset_sigma_s; /* sound minus picture, of one instant */
    hm_notes notes;
} hm_marks;

/** No points, no lanes; k1 = k2 = 0, rows read downwards, numbers NAN. */
hm_marks hm_marks_default(void);

/**
 * Is every number possible, every lane once, are lanes and gates in order?
 * errors HM_ERR_INPUT with the path of the value
 */
HM_CHECKED hm_status hm_marks_check(const hm_marks *marks, hm_err *err);

/**
 * Read and check a marks file, or the marks within a truth file (data/clip_truth.h): that is the
 * member "marks" of an object of another format. Unknown keys become notes.
 *
 * out    marks  untouched on failure
 * errors HM_ERR_NOFILE; HM_ERR_INPUT with line and column or the path of the value
 * memory arena
 */
HM_CHECKED hm_status hm_marks_read(const char *path, hm_arena *arena, hm_marks *marks, hm_err *err);
HM_CHECKED hm_status hm_marks_parse(const char *source, const char *bytes, size_t n,
                                    hm_arena *arena, hm_marks *marks, hm_err *err);

/** Write checked marks; what is read back is the same, bit for bit. "-" = standard output. */
HM_CHECKED hm_status hm_marks_write(const char *path, const hm_marks *marks, hm_err *err);

/** The same text in memory, terminated; n may be NULL. */
HM_CHECKED hm_status hm_marks_print(const hm_marks *marks, hm_arena *arena, char **text, size_t *n,
                                    hm_err *err);

#endif
