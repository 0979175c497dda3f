/* pose/tflite.h - a network in a .tflite file, as far as the pose nets go.
 *
 * A bounded reader for exactly what the four files of npm @mediapipe/pose hold
 * (src/pose/README.md): float nets with batch 1, weights in float16, some of them sparse. Weights
 * are widened and laid out dense at once, so that what is left is a list of nodes, each with inputs
 * made before it, and every shape has been worked out and compared with the one stated. Survives
 * any bytes. */
#ifndef HM_POSE_TFLITE_H
#define HM_POSE_TFLITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

enum {
    HM_TFLITE_FILE_MAX = 64 * 1024 * 1024, /* bytes */
    HM_TFLITE_LIST_MAX = 4096,             /* tensors, operators, buffers (see below) */
    HM_TFLITE_TENSOR_MAX = 1 << 26,        /* elements of one, and of all weights together */
    HM_TFLITE_WORK_MAX = 1 << 28,          /* elements of all other tensors together */
    HM_TFLITE_OUTPUT_MAX = 8,
    HM_TFLITE_SPARE = 4 /* floats behind each weight that may be read, never used */
};

typedef enum hm_tflite_op {
    HM_TFLITE_CONV,      /* in: values, filter [out, kh, kw, in], bias [out] */
    HM_TFLITE_DEPTHWISE, /* in: values, filter [1, kh, kw, channels], bias */
    HM_TFLITE_ADD,       /* two of one shape */
    HM_TFLITE_PAD,       /* zeros around */
    HM_TFLITE_RESIZE,    /* bilinear to twice the size, half-pixel centres, clamped */
    HM_TFLITE_MAX_POOL,
    HM_TFLITE_RESHAPE,
    HM_TFLITE_LOGISTIC,
    HM_TFLITE_DEPTH_TO_SPACE
} hm_tflite_op;

typedef struct hm_tflite_tensor {
    int32_t n_dim, dim[4]; /* [1, height, width, channels]; the last fastest */
    int64_t n;             /* elements */
    const float *weight;   /* [1] (n + HM_TFLITE_SPARE) NULL = worked out by a node */
} hm_tflite_tensor;

typedef struct hm_tflite_node {
    hm_tflite_op op;
    int32_t in[3]; /* tensors; -1 = none */
    int32_t out;
    bool same; /* zeros around so that out = ceil(in / stride), the odd one after; else none */
    bool relu6;
    int32_t stride_w, stride_h;
    int32_t kernel_w, kernel_h;
    int32_t block;     /* DEPTH_TO_SPACE */
    int32_t pad[4][2]; /* PAD: before and after each dimension */
} hm_tflite_node;

/** One output that the file joins from several (CONCATENATION) is given as those. */
typedef struct hm_tflite {
    int32_t n_tensor;
    hm_tflite_tensor *tensor; /* (n_tensor) */
    int32_t n_node;
    hm_tflite_node *node; /* (n_node) in order of work */
    int32_t input;        /* tensor [1, height, width, channels] */
    int32_t n_output, output[HM_TFLITE_OUTPUT_MAX];
} hm_tflite;

/**
 * Read and check a network.
 * in     source  what errors call the file
 * out    net     untouched on failure; nothing in it refers to bytes
 * errors HM_ERR_INPUT with the place in the file, or the operator and what of it is not known
 * memory arena
 * threads: pure
 * source schema version 3 of TensorFlow Lite; field numbers verified on the four files
 * test   tests/unit/pose/test_tflite.c, fuzz/tflite.c
 */
HM_CHECKED hm_status hm_tflite_parse(const char *source, const uint8_t *bytes, size_t n,
                                     hm_arena *arena, hm_tflite *net, hm_err *err);

/** An IEEE half, widened exactly. */
float hm_tflite_half(uint16_t bits);

#endif
