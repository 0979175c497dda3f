#include "net_priv.h"

#ifdef HM_HAS_POSE

#include <math.h>
#include <string.h>
#include <xnnpack.h>

#include "base/arena.h"

/* Debian's XNNPACK of 2022: a subgraph of values and nodes becomes a runtime. The number of values
 * that come from outside must be known at the start; joining is not known there, so the nets come
 * with their parts as outputs (pose/tflite.h). No thread pool: its workers spin and starve whoever
 * shares the machine. */

typedef struct xnn {
    xnn_subgraph_t graph;
    xnn_runtime_t runtime;
    uint32_t *value; /* (tensors) XNNPACK's number of each */
    hm_arena *arena;
} xnn;

static bool run_xnn(pose_net *net)
{
    return xnn_invoke_runtime(((xnn *)net->own)->runtime) == xnn_status_success;
}

static void close_xnn(pose_net *net)
{
    xnn *x = net->own;
    if (!x)
        return;
    if (x->runtime)
        xnn_delete_runtime(x->runtime);
    if (x->graph)
        xnn_delete_subgraph(x->graph);
    net->own = NULL;
}

/* 0 = the input, 1 .. = the outputs, XNN_INVALID_VALUE_ID = inner. */
static uint32_t outside(const hm_tflite *m, int32_t tensor)
{
    if (tensor == m->input)
        return 0;
    for (int32_t k = 0; k < m->n_output; k++)
        if (m->output[k] == tensor)
            return 1 + (uint32_t)k;
    return XNN_INVALID_VALUE_ID;
}

/* What is no filter XNNPACK reads where it stands; filters it packs into memory of its own. */
static enum xnn_status own_copy(const xnn *x, const hm_tflite_tensor *t, const float **weight)
{
    float *copy = HM_PUSH(x->arena, float, t->n + HM_TFLITE_SPARE);
    if (!copy)
        return xnn_status_out_of_memory;
    memcpy(copy, t->weight, (size_t)t->n * sizeof *copy);
    *weight = copy;
    return xnn_status_success;
}

static enum xnn_status define_value(xnn *x, const hm_tflite *m, int32_t tensor, bool packed)
{
    const hm_tflite_tensor *t = &m->tensor[tensor];
    const float *weight = t->weight;
    enum xnn_status status = weight && !packed ? own_copy(x, t, &weight) : xnn_status_success;
    if (status != xnn_status_success)
        return status;
    size_t dim[4] = {(size_t)t->dim[0], (size_t)t->dim[1], (size_t)t->dim[2], (size_t)t->dim[3]};
    uint32_t id = outside(m, tensor);
    uint32_t flags = id == 0                      ? XNN_VALUE_FLAG_EXTERNAL_INPUT
                     : id == XNN_INVALID_VALUE_ID ? 0
                                                  : XNN_VALUE_FLAG_EXTERNAL_OUTPUT;
    return xnn_define_tensor_value(x->graph, xnn_datatype_fp32, (size_t)t->n_dim, dim, weight, id,
                                   flags, &x->value[tensor]);
}

static enum xnn_status define_filter(const xnn *x, const hm_tflite *m, const hm_tflite_node *n)
{
    const int32_t *f = m->tensor[n->in[1]].dim;
    float lo = n->relu6 ? 0 : -INFINITY, hi = n->relu6 ? 6 : INFINITY;
    uint32_t flags = n->same ? XNN_FLAG_TENSORFLOW_SAME_PADDING : 0;
    uint32_t kh = (uint32_t)n->kernel_h, kw = (uint32_t)n->kernel_w;
    uint32_t sh = (uint32_t)n->stride_h, sw = (uint32_t)n->stride_w;
    uint32_t in = x->value[n->in[0]], filter = x->value[n->in[1]], bias = x->value[n->in[2]];
    uint32_t out = x->value[n->out];
    if (n->op == HM_TFLITE_DEPTHWISE)
        return xnn_define_depthwise_convolution_2d(x->graph, 0, 0, 0, 0, kh, kw, sh, sw, 1, 1, 1,
                                                   (size_t)f[3], lo, hi, in, filter, bias, out,
                                                   flags);
    return xnn_define_convolution_2d(x->graph, 0, 0, 0, 0, kh, kw, sh, sw, 1, 1, 1, (size_t)f[3],
                                     (size_t)f[0], lo, hi, in, filter, bias, out, flags);
}

static enum xnn_status define_pad(const xnn *x, const hm_tflite_node *n)
{
    size_t before[4], after[4];
    for (int k = 0; k < 4; k++) {
        before[k] = (size_t)n->pad[k][0];
        after[k] = (size_t)n->pad[k][1];
    }
    return xnn_define_static_constant_pad(x->graph, before, after, 0, x->value[n->in[0]],
                                          x->value[n->out], 0);
}

static enum xnn_status define_node(const xnn *x, const hm_tflite *m, const hm_tflite_node *n)
{
    const hm_tflite_tensor *t = &m->tensor[n->out];
    size_t dim[4] = {(size_t)t->dim[0], (size_t)t->dim[1], (size_t)t->dim[2], (size_t)t->dim[3]};
    float lo = n->relu6 ? 0 : -INFINITY, hi = n->relu6 ? 6 : INFINITY;
    uint32_t in = x->value[n->in[0]], out = x->value[n->out];
    switch (n->op) {
    case HM_TFLITE_CONV:
    case HM_TFLITE_DEPTHWISE:
        return define_filter(x, m, n);
    case HM_TFLITE_ADD:
        return xnn_define_add2(x->graph, lo, hi, in, x->value[n->in[1]], out, 0);
    case HM_TFLITE_PAD:
        return define_pad(x, n);
    case HM_TFLITE_RESIZE:
        return xnn_define_static_resize_bilinear_2d(x->graph, dim[1], dim[2], in, out, 0);
    case HM_TFLITE_MAX_POOL:
        return xnn_define_max_pooling_2d(x->graph, 0, 0, 0, 0, (uint32_t)n->kernel_h,
                                         (uint32_t)n->kernel_w, (uint32_t)n->stride_h,
                                         (uint32_t)n->stride_w, 1, 1, lo, hi, in, out, 0);
    case HM_TFLITE_RESHAPE:
        return xnn_define_static_reshape(x->graph, (size_t)t->n_dim, dim, in, out, 0);
    case HM_TFLITE_LOGISTIC:
        return xnn_define_sigmoid(x->graph, in, out, 0);
    case HM_TFLITE_DEPTH_TO_SPACE:
        return xnn_define_depth_to_space(x->graph, in, out, (uint32_t)n->block, 0);
    }
    return xnn_status_unsupported_parameter;
}

/* Which tensors some node works with: XNNPACK wants no others. */
static enum xnn_status define_all(xnn *x, const hm_tflite *m, bool *seen)
{
    for (int32_t i = 0; i < m->n_node; i++) {
        const int32_t tensor[] = {m->node[i].in[0], m->node[i].in[1], m->node[i].in[2],
                                  m->node[i].out};
        for (int k = 0; k < 4; k++) {
            int32_t t = tensor[k];
            if (t < 0 || seen[t])
                continue;
            seen[t] = true;
            bool filters = m->node[i].op == HM_TFLITE_CONV || m->node[i].op == HM_TFLITE_DEPTHWISE;
            enum xnn_status status = define_value(x, m, t, filters && (k == 1 || k == 2));
            if (status != xnn_status_success)
                return status;
        }
        enum xnn_status status = define_node(x, m, &m->node[i]);
        if (status != xnn_status_success)
            return status;
    }
    return xnn_create_runtime_v2(x->graph, NULL, 0, &x->runtime);
}

static enum xnn_status build(xnn *x, const pose_net *net, bool *seen)
{
    const hm_tflite *m = net->model;
    enum xnn_status status = xnn_initialize(NULL);
    if (status == xnn_status_success)
        status = xnn_create_subgraph(1 + (uint32_t)m->n_output, 0, &x->graph);
    if (status == xnn_status_success)
        status = define_all(x, m, seen);
    if (status != xnn_status_success)
        return status;
    struct xnn_external_value value[1 + HM_TFLITE_OUTPUT_MAX] = {{.id = 0, .data = net->input}};
    for (int32_t k = 0; k < m->n_output; k++)
        value[1 + k] = (struct xnn_external_value){.id = 1 + (uint32_t)k, .data = net->output[k]};
    return xnn_setup_runtime(x->runtime, 1 + (size_t)m->n_output, value);
}

hm_status pose_net_xnn(const char *source, const hm_tflite *model, hm_arena *arena, pose_net *net,
                       hm_err *err)
{
    pose_net out;
    HM_TRY(pose_net_room(model, arena, &out, err));
    xnn *x = HM_PUSH(arena, xnn, 1);
    bool *seen = HM_PUSH(arena, bool, model->n_tensor);
    if (x)
        x->value = HM_PUSH(arena, uint32_t, model->n_tensor);
    if (!x || !seen || !x->value)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    x->arena = arena;
    out.own = x;
    out.run = run_xnn;
    out.close = close_xnn;
    enum xnn_status status = build(x, &out, seen);
    if (status != xnn_status_success) {
        close_xnn(&out);
        return hm_err_set(
            err,
            status == xnn_status_unsupported_hardware || status == xnn_status_out_of_memory
                ? HM_ERR_SYSTEM
                : HM_ERR_INPUT,
            source, 0, 0, NULL, "XNNPACK does not take the net (its status %d)", (int)status);
    }
    *net = out;
    net->model = NULL;
    return HM_OK;
}

#endif
