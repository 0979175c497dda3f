#include "pose/tflite.h"

#include "harness.h"

/* A net that is accepted is one list of nodes: each input stands before it, every weight is whole.
 */
static void check(const hm_tflite *net)
{
    double sum = 0;
    for (int32_t i = 0; i < net->n_tensor; i++)
        if (net->tensor[i].weight)
            sum += (double)net->tensor[i].weight[net->tensor[i].n - 1];
    (void)sum;
    for (int32_t i = 0; i < net->n_node; i++) {
        for (int k = 0; k < 3; k++)
            HM_ASSERT(net->node[i].in[k] >= -1 && net->node[i].in[k] < net->n_tensor);
        HM_ASSERT(net->node[i].out >= 0 && net->node[i].out < net->n_tensor);
        HM_ASSERT(!net->tensor[net->node[i].out].weight);
    }
    HM_ASSERT(net->n_output > 0 && net->n_output <= HM_TFLITE_OUTPUT_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hm_arena a;
    hm_arena_init(&a, 64 * 1024);
    hm_err err = {0};
    hm_tflite net;
    hm_status status = hm_tflite_parse("f.tflite", data, size, &a, &net, &err);
    if (status == HM_OK)
        check(&net);
    else
        harness_refused(status, &err);
    hm_arena_free(&a);
    return 0;
}
