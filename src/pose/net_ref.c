#include "net_priv.h"

#include <math.h>
#include <string.h>

/* Each operator as its definition has it, one number at a time. Slow, and meant to be read. */

typedef struct ref {
    float **value; /* (tensors) of each tensor that is worked out */
} ref;

static float limited(float v, bool relu6)
{
    return relu6 ? fminf(fmaxf(v, 0), 6) : v;
}

/* A tensor of four dimensions, its first 1. */
typedef struct image {
    int32_t h, w, c;
    float *v;
} image;

static image image_of(const pose_net *net, int32_t tensor)
{
    const hm_tflite_tensor *t = &net->model->tensor[tensor];
    return (image){t->dim[1], t->dim[2], t->dim[3], ((ref *)net->own)->value[tensor]};
}

static size_t at(const image *m, int32_t y, int32_t x, int32_t c)
{
    return ((size_t)y * (size_t)m->w + (size_t)x) * (size_t)m->c + (size_t)c;
}

/* Rows or columns of zeros before the image. */
static int32_t zeros_before(int32_t in, int32_t out, int32_t kernel, int32_t stride, bool same)
{
    int32_t all = (out - 1) * stride + kernel - in;
    return same && all > 0 ? all / 2 : 0;
}

/* One output of a filter at (y, x); the window's own corner in the input is (y0, x0). */
static float one_sum(const image *in, const hm_tflite_node *n, const float *filter,
                     int32_t channels, int32_t y0, int32_t x0, int32_t o)
{
    bool deep = n->op == HM_TFLITE_DEPTHWISE;
    float sum = 0;
    for (int32_t ky = 0; ky < n->kernel_h; ky++)
        for (int32_t kx = 0; kx < n->kernel_w; kx++) {
            int32_t y = y0 + ky, x = x0 + kx;
            if (y < 0 || x < 0 || y >= in->h || x >= in->w)
                continue;
            int32_t k = ky * n->kernel_w + kx;
            if (deep) {
                sum += in->v[at(in, y, x, o)] * filter[k * channels + o];
                continue;
            }
            const float *f =
                filter +
                ((size_t)o * (size_t)(n->kernel_h * n->kernel_w) + (size_t)k) * (size_t)in->c;
            const float *v = in->v + at(in, y, x, 0);
            for (int32_t c = 0; c < in->c; c++)
                sum += v[c] * f[c];
        }
    return sum;
}

static void filter(const pose_net *net, const hm_tflite_node *n)
{
    image in = image_of(net, n->in[0]), out = image_of(net, n->out);
    const float *weight = net->model->tensor[n->in[1]].weight;
    const float *bias = net->model->tensor[n->in[2]].weight;
    int32_t top = zeros_before(in.h, out.h, n->kernel_h, n->stride_h, n->same);
    int32_t left = zeros_before(in.w, out.w, n->kernel_w, n->stride_w, n->same);
    for (int32_t y = 0; y < out.h; y++)
        for (int32_t x = 0; x < out.w; x++)
            for (int32_t o = 0; o < out.c; o++)
                out.v[at(&out, y, x, o)] =
                    limited(bias[o] + one_sum(&in, n, weight, out.c, y * n->stride_h - top,
                                              x * n->stride_w - left, o),
                            n->relu6);
}

static void pool(const pose_net *net, const hm_tflite_node *n)
{
    image in = image_of(net, n->in[0]), out = image_of(net, n->out);
    for (int32_t y = 0; y < out.h; y++)
        for (int32_t x = 0; x < out.w; x++)
            for (int32_t c = 0; c < out.c; c++) {
                float most = -INFINITY;
                for (int32_t k = 0; k < n->kernel_h * n->kernel_w; k++)
                    most = fmaxf(most, in.v[at(&in, y * n->stride_h + k / n->kernel_w,
                                               x * n->stride_w + k % n->kernel_w, c)]);
                out.v[at(&out, y, x, c)] = limited(most, n->relu6);
            }
}

static void pad(const pose_net *net, const hm_tflite_node *n)
{
    image in = image_of(net, n->in[0]), out = image_of(net, n->out);
    memset(out.v, 0, (size_t)net->model->tensor[n->out].n * sizeof *out.v);
    for (int32_t y = 0; y < in.h; y++)
        for (int32_t x = 0; x < in.w; x++)
            memcpy(out.v + at(&out, y + n->pad[1][0], x + n->pad[2][0], n->pad[3][0]),
                   in.v + at(&in, y, x, 0), (size_t)in.c * sizeof *in.v);
}

static int32_t clamped(int32_t i, int32_t n)
{
    return i < 0 ? 0 : i >= n ? n - 1 : i;
}

/* Twice the size: each new pixel's centre lies a quarter from one old centre. */
static void enlarge(const pose_net *net, const hm_tflite_node *n)
{
    image in = image_of(net, n->in[0]), out = image_of(net, n->out);
    for (int32_t y = 0; y < out.h; y++)
        for (int32_t x = 0; x < out.w; x++) {
            int32_t y0 = (y + 1) / 2 - 1, x0 = (x + 1) / 2 - 1;
            float fy = y % 2 ? 0.25f : 0.75f, fx = x % 2 ? 0.25f : 0.75f;
            for (int32_t c = 0; c < out.c; c++) {
                float v[2][2];
                for (int k = 0; k < 4; k++)
                    v[k / 2][k % 2] =
                        in.v[at(&in, clamped(y0 + k / 2, in.h), clamped(x0 + k % 2, in.w), c)];
                float top = v[0][0] + fx * (v[0][1] - v[0][0]);
                float bottom = v[1][0] + fx * (v[1][1] - v[1][0]);
                out.v[at(&out, y, x, c)] = top + fy * (bottom - top);
            }
        }
}

static void spread(const pose_net *net, const hm_tflite_node *n)
{
    image in = image_of(net, n->in[0]), out = image_of(net, n->out);
    for (int32_t y = 0; y < out.h; y++)
        for (int32_t x = 0; x < out.w; x++)
            for (int32_t c = 0; c < out.c; c++)
                out.v[at(&out, y, x, c)] =
                    in.v[at(&in, y / n->block, x / n->block,
                            (y % n->block * n->block + x % n->block) * out.c + c)];
}

static void one_by_one(const pose_net *net, const hm_tflite_node *n)
{
    float **value = ((ref *)net->own)->value;
    const float *a = value[n->in[0]], *b = n->in[1] >= 0 ? value[n->in[1]] : NULL;
    float *out = value[n->out];
    for (int64_t i = 0; i < net->model->tensor[n->out].n; i++)
        out[i] = n->op == HM_TFLITE_ADD        ? limited(a[i] + b[i], n->relu6)
                 : n->op == HM_TFLITE_LOGISTIC ? 1 / (1 + expf(-a[i]))
                                               : a[i];
}

static bool run_ref(pose_net *net)
{
    const hm_tflite *m = net->model;
    float **value = ((ref *)net->own)->value;
    for (int32_t i = 0; i < m->n_node; i++) {
        const hm_tflite_node *n = &m->node[i];
        switch (n->op) {
        case HM_TFLITE_CONV:
        case HM_TFLITE_DEPTHWISE:
            filter(net, n);
            break;
        case HM_TFLITE_MAX_POOL:
            pool(net, n);
            break;
        case HM_TFLITE_PAD:
            pad(net, n);
            break;
        case HM_TFLITE_RESIZE:
            enlarge(net, n);
            break;
        case HM_TFLITE_DEPTH_TO_SPACE:
            spread(net, n);
            break;
        case HM_TFLITE_ADD:
        case HM_TFLITE_RESHAPE:
        case HM_TFLITE_LOGISTIC:
            one_by_one(net, n);
            break;
        }
    }
    for (int32_t k = 0; k < m->n_output; k++)
        memcpy(net->output[k], value[m->output[k]],
               (size_t)m->tensor[m->output[k]].n * sizeof(float));
    return true;
}

static void close_ref(pose_net *net)
{
    net->own = NULL; /* all in the arena */
}

hm_status pose_net_ref(const hm_tflite *model, hm_arena *arena, pose_net *net, hm_err *err)
{
    pose_net out;
    HM_TRY(pose_net_room(model, arena, &out, err));
    ref *own = HM_PUSH(arena, ref, 1);
    if (own)
        own->value = HM_PUSH(arena, float *, model->n_tensor);
    bool whole = own && own->value;
    for (int32_t i = 0; whole && i < model->n_node; i++) {
        int32_t t = model->node[i].out;
        whole = (own->value[t] = HM_PUSH(arena, float, model->tensor[t].n)) != NULL;
    }
    if (!whole)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    own->value[model->input] = out.input;
    out.own = own;
    out.run = run_ref;
    out.close = close_ref;
    *net = out;
    return HM_OK;
}
