/* pose/pose.h - the points of one person in one image, by the landmark nets of npm @mediapipe/pose.
 *
 * The nets are files fetched by tools/fetch_models, pinned by hash and never part of the program;
 * without them, or without XNNPACK, hm_pose_open says so and all else works. */
#ifndef HM_POSE_POSE_H
#define HM_POSE_POSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "data/track.h"

enum { HM_POSE_MASK_SIDE = 256, HM_POSE_FOUND_MAX = 16 };

typedef enum hm_pose_size {
    HM_POSE_LITE,
    HM_POSE_FULL,
    HM_POSE_HEAVY,
    HM_POSE_SIZE_COUNT
} hm_pose_size;

/** A square of the image, turned so that the body stands upright in it. */
typedef struct hm_pose_region {
    double u_px, v_px;   /* centre */
    double side_px;      /* > 0 */
    double rotation_rad; /* of the body in the image, clockwise */
} hm_pose_region;

typedef struct hm_pose_point {
    float x_px, y_px;           /* in the image, right and down from its outer top left corner */
    float z_px;                 /* away from the camera, from the middle of the hips; rough */
    float visibility, presence; /* [1] 0 .. 1 */
} hm_pose_point;

typedef struct hm_pose {
    hm_pose_region region; /* in which it was looked for */
    hm_pose_region next;   /* where to look in the next image */
    double score;          /* [1] that a person is there; below 0.5 = none */
    hm_pose_point point[HM_POINT_COUNT];
    float mask[HM_POSE_MASK_SIDE * HM_POSE_MASK_SIDE]; /* [1] logits over the region, row by row:
                                                        * above 0 = the person */
} hm_pose;

/** An image in memory: three bytes a pixel, R G B. */
typedef struct hm_pose_image {
    int32_t width_px, height_px;
    int64_t stride; /* bytes */
    const uint8_t *rgb;
} hm_pose_image;

typedef struct hm_pose_net hm_pose_net;

/** Word of a size: "full"; NULL past the end. */
const char *hm_pose_size_word(hm_pose_size size);

/** Was this program built with what runs the nets? */
bool hm_pose_is_built(void);

/**
 * Are the pinned files of a size there?
 * in     models  folder of the files; NULL = $HECTO_MODELS, else ~/.cache/hecto/models
 * errors HM_ERR_NOFILE they are not, and how to get them; HM_ERR_INPUT other bytes than the pinned
 *        ones; HM_ERR_SYSTEM built without XNNPACK
 * memory arena
 */
HM_CHECKED hm_status hm_pose_models_check(const char *models, hm_pose_size size, hm_arena *arena,
                                          hm_err *err);

/**
 * Load detector and landmark net.
 * in     models  as hm_pose_models_check
 * out    net     to be closed
 * errors as hm_pose_models_check; HM_ERR_INPUT not a net that can be run
 * memory arena; XNNPACK's own until hm_pose_close
 * threads one net, one thread
 * test   tests/unit/pose/test_nets.c against values of two independent programs
 */
HM_CHECKED hm_status hm_pose_open(const char *models, hm_pose_size size, hm_arena *arena,
                                  hm_pose_net **net, hm_err *err);
void hm_pose_close(hm_pose_net *net);

/**
 * People in a window of the image by the detector, best first. It sees 224 pixels a side: a person
 * under a quarter of the window's longer side is easily missed, and scenery may be taken for one.
 * in     window_px  left, top, width, height; NULL = the whole image
 * out    region, score  (HM_POSE_FOUND_MAX) score [1] 0.5 .. 1
 * return how many
 */
int32_t hm_pose_find(hm_pose_net *net, const hm_pose_image *image, const double window_px[4],
                     hm_pose_region region[], double score[]);

/** The person in a region. A low score is no error. */
void hm_pose_at(hm_pose_net *net, const hm_pose_image *image, const hm_pose_region *region,
                hm_pose *pose);

#endif
