#include "net_priv.h"

/* XNNPACK reads up to 16 bytes behind what it is given. */
hm_status pose_net_room(const hm_tflite *model, hm_arena *arena, pose_net *net, hm_err *err)
{
    *net = (pose_net){.model = model};
    net->input = HM_PUSH(arena, float, model->tensor[model->input].n + HM_TFLITE_SPARE);
    bool whole = net->input;
    for (int32_t k = 0; k < model->n_output && whole; k++) {
        net->output[k] = HM_PUSH(arena, float, model->tensor[model->output[k]].n + HM_TFLITE_SPARE);
        whole = net->output[k];
    }
    return whole ? HM_OK : hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

#ifndef HM_HAS_POSE
hm_status pose_net_xnn(const char *source, const hm_tflite *model, hm_arena *arena, pose_net *net,
                       hm_err *err)
{
    (void)model, (void)arena, (void)net;
    return hm_err_set(err, HM_ERR_SYSTEM, source, 0, 0, NULL,
                      "this hecto was built without XNNPACK: no pose");
}
#endif
