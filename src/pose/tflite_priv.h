/* tflite_priv.h - a network while it is read. */
#ifndef HM_POSE_TFLITE_PRIV_H
#define HM_POSE_TFLITE_PRIV_H

#include "flatbuffer_priv.h"
#include "pose/tflite.h"

typedef enum tflite_state {
    TFLITE_NOTHING,  /* nothing has made it yet */
    TFLITE_CONSTANT, /* bytes of the file, or made of them */
    TFLITE_VALUE,    /* the input, or made by a node */
    TFLITE_JOINED    /* by CONCATENATION: may only be an output */
} tflite_state;

enum { TFLITE_FLOAT32 = 0, TFLITE_FLOAT16 = 1, TFLITE_INT32 = 2, TFLITE_JOIN_MAX = 4 };

/** What the file says of a tensor beside its shape. */
typedef struct tflite_fact {
    tflite_state state;
    int32_t type;
    pose_fb_vec data; /* bytes */
    uint64_t sparse;  /* table, 0 = dense */
    int32_t n_join, join[TFLITE_JOIN_MAX];
} tflite_fact;

typedef struct tflite_load {
    pose_fb f;
    const char *source;
    hm_arena *arena; /* of the net */
    hm_err *err;
    tflite_fact *fact; /* (net.n_tensor) */
    int64_t n_weight, n_work;
    int32_t i_operator; /* the one being read, for messages */
    hm_tflite net;
} tflite_load;

/** Refuse, naming the operator. Returns HM_ERR_INPUT. */
hm_status tflite_refuse(tflite_load *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/** Weights of out from the constant tensor in: DEQUANTIZE, and DENSIFY where it is sparse. */
hm_status tflite_widen(tflite_load *l, int32_t in, int32_t out);

/** The i-th number of a constant of whole numbers, 0 past its end. */
int32_t tflite_whole(tflite_load *l, int32_t tensor, int64_t i);

/** Work out the shape of the node's output and compare it with the one stated. */
hm_status tflite_check_node(tflite_load *l, const hm_tflite_node *node);

#endif
