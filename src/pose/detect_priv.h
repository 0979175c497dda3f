/* detect_priv.h - from the detector's numbers to people. */
#ifndef HM_POSE_DETECT_PRIV_H
#define HM_POSE_DETECT_PRIV_H

#include "net_priv.h"
#include "pose/pose.h"

/** Side of the image it sees, and its six outputs: which grid and how many anchors a cell. */
enum { POSE_DETECT_SIDE = 224, POSE_DETECT_NUMBERS = 12, POSE_DETECT_HEADS = 3 };

/** Are inputs and outputs those of the detector? errors HM_ERR_INPUT */
HM_CHECKED hm_status pose_detect_check(const char *source, const hm_tflite *model, hm_err *err);

/**
 * People in what a run of the net has left.
 * in     square  what the net saw, not turned
 * out    region, score  (HM_POSE_FOUND_MAX) best first
 * return how many
 */
int32_t pose_detect_read(const pose_net *net, const hm_pose_region *square, hm_pose_region region[],
                         double score[]);

#endif
