/* cli/measure_pose.h - the parts of `hecto measure --pose`. */
#ifndef HM_CLI_MEASURE_POSE_H
#define HM_CLI_MEASURE_POSE_H

#include "measure_verb.h"

/** A sheet of a dozen images of the clip with the track's people drawn over them, as PNG: left
 * limbs orange, right limbs blue, thin where sides are ambiguous; over each head as many dots as
 * the person's number. */
HM_CHECKED hm_status measure_pose_sheet(const measure_job *job, const hm_track *track,
                                        const char *path, hm_err *err);

#endif
