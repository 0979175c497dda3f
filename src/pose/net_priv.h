/* net_priv.h - a network that can be run: by XNNPACK, or by plain loops that serve as its oracle.
 */
#ifndef HM_POSE_NET_PRIV_H
#define HM_POSE_NET_PRIV_H

#include "pose/tflite.h"

typedef struct pose_net pose_net;

struct pose_net {
    const hm_tflite *model;              /* NULL where the net has its own weights */
    float *input;                        /* filled by the caller before each run */
    float *output[HM_TFLITE_OUTPUT_MAX]; /* (elements of its tensor) */
    void *own;                           /* of the backend */
    bool (*run)(pose_net *net);
    void (*close)(pose_net *net);
};

/**
 * in     model  may go once the net is made
 * errors HM_ERR_SYSTEM no memory, or built without XNNPACK; HM_ERR_INPUT it will not take the net
 * memory arena; XNNPACK's own until close
 * threads one net, one thread; XNNPACK gets no pool: its workers spin
 */
HM_CHECKED hm_status pose_net_xnn(const char *source, const hm_tflite *model, hm_arena *arena,
                                  pose_net *net, hm_err *err);

/** The same by plain loops, some hundred times slower. */
HM_CHECKED hm_status pose_net_ref(const hm_tflite *model, hm_arena *arena, pose_net *net,
                                  hm_err *err);

/** Input and outputs in the arena. */
HM_CHECKED hm_status pose_net_room(const hm_tflite *model, hm_arena *arena, pose_net *net,
                                   hm_err *err);

#endif
