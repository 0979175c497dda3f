/* models_priv.h - the files of the nets: where they are, and that they are the pinned ones. */
#ifndef HM_POSE_MODELS_PRIV_H
#define HM_POSE_MODELS_PRIV_H

#include "pose/pose.h"
#include "pose/tflite.h"

enum { POSE_MODEL_DETECTOR = HM_POSE_SIZE_COUNT, POSE_MODEL_COUNT };

/**
 * Read one net, a hm_pose_size or POSE_MODEL_DETECTOR.
 * in     models  folder, NULL = the usual one
 * out    net     untouched on failure
 *        path    what errors call it, may be NULL
 * errors HM_ERR_NOFILE with how to get it; HM_ERR_INPUT not the pinned bytes
 * memory arena
 */
HM_CHECKED hm_status pose_model_read(const char *models, int32_t which, hm_arena *arena,
                                     hm_tflite *net, const char **path, hm_err *err);

/** The bytes alone, checked. */
HM_CHECKED hm_status pose_model_bytes(const char *models, int32_t which, hm_arena *arena,
                                      char **bytes, size_t *n, const char **path, hm_err *err);

#endif
