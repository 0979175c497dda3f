#include "tflite_priv.h"

/* Which shape comes out of a node, for each kind. */

typedef struct shape {
    int32_t n_dim, dim[4];
} shape;

/* Length of an image side after a window that goes over it. */
static int32_t side_after(int32_t side, int32_t window, int32_t stride, bool same)
{
    if (same)
        return (side + stride - 1) / stride;
    return side < window ? 0 : (side - window) / stride + 1;
}

static hm_status windows(tflite_load *l, const hm_tflite_node *node, int32_t channels, shape *out)
{
    const hm_tflite_tensor *in = &l->net.tensor[node->in[0]];
    if (in->n_dim != 4 || node->stride_h < 1 || node->stride_h > 4 ||
        node->stride_w != node->stride_h || node->kernel_h < 1 || node->kernel_w < 1 ||
        node->kernel_h > 16 || node->kernel_w > 16)
        return tflite_refuse(l, "a window of %dx%d by steps of %dx%d is not known", node->kernel_w,
                             node->kernel_h, node->stride_w, node->stride_h);
    *out = (shape){4,
                   {in->dim[0], side_after(in->dim[1], node->kernel_h, node->stride_h, node->same),
                    side_after(in->dim[2], node->kernel_w, node->stride_w, node->same), channels}};
    return HM_OK;
}

static hm_status filtered(tflite_load *l, const hm_tflite_node *node, shape *out)
{
    const hm_tflite_tensor *in = &l->net.tensor[node->in[0]];
    const hm_tflite_tensor *filter = &l->net.tensor[node->in[1]];
    const hm_tflite_tensor *bias = &l->net.tensor[node->in[2]];
    bool deep = node->op == HM_TFLITE_DEPTHWISE;
    int32_t channels = filter->dim[deep ? 3 : 0];
    if (in->n_dim != 4 || filter->n_dim != 4 || filter->dim[3] != in->dim[3] ||
        (deep && filter->dim[0] != 1) || bias->n_dim != 1 || bias->dim[0] != channels)
        return tflite_refuse(l, "filter and bias do not fit what comes in");
    return windows(l, node, channels, out);
}

static hm_status padded(tflite_load *l, const hm_tflite_node *node, shape *out)
{
    const hm_tflite_tensor *in = &l->net.tensor[node->in[0]];
    out->n_dim = in->n_dim;
    for (int k = 0; k < 4; k++) {
        int32_t most = k == 3 ? 4096 : 64; /* channels may come to twice as many */
        if (node->pad[k][0] < 0 || node->pad[k][0] > most || node->pad[k][1] < 0 ||
            node->pad[k][1] > most)
            return tflite_refuse(l, "expected 0 to %d zeros around, found %d and %d", most,
                                 node->pad[k][0], node->pad[k][1]);
        out->dim[k] = in->dim[k] + node->pad[k][0] + node->pad[k][1];
    }
    return in->n_dim == 4 ? HM_OK : tflite_refuse(l, "expected four dimensions to pad");
}

static hm_status blocks(tflite_load *l, const hm_tflite_node *node, shape *out)
{
    const hm_tflite_tensor *in = &l->net.tensor[node->in[0]];
    int32_t b = node->block;
    if (in->n_dim != 4 || b != 2 || in->dim[3] % (b * b) != 0)
        return tflite_refuse(l, "expected blocks of 2, found %d", b);
    *out = (shape){4, {in->dim[0], b * in->dim[1], b * in->dim[2], in->dim[3] / (b * b)}};
    return HM_OK;
}

static hm_status doubled(tflite_load *l, const hm_tflite_node *node, shape *out)
{
    const hm_tflite_tensor *in = &l->net.tensor[node->in[0]];
    if (in->n_dim != 4)
        return tflite_refuse(l, "expected an image to enlarge");
    *out = (shape){4, {in->dim[0], 2 * in->dim[1], 2 * in->dim[2], in->dim[3]}};
    return HM_OK;
}

static shape shape_of(const hm_tflite_tensor *t)
{
    return (shape){t->n_dim, {t->dim[0], t->dim[1], t->dim[2], t->dim[3]}};
}

static bool is_same(const shape *a, const shape *b)
{
    bool same = a->n_dim == b->n_dim;
    for (int k = 0; k < a->n_dim && same; k++)
        same = a->dim[k] == b->dim[k];
    return same;
}

hm_status tflite_check_node(tflite_load *l, const hm_tflite_node *node)
{
    const hm_tflite_tensor *in = &l->net.tensor[node->in[0]], *out = &l->net.tensor[node->out];
    shape stated = shape_of(out), made = shape_of(in), other;
    switch (node->op) {
    case HM_TFLITE_CONV:
    case HM_TFLITE_DEPTHWISE:
        HM_TRY(filtered(l, node, &made));
        break;
    case HM_TFLITE_MAX_POOL:
        HM_TRY(windows(l, node, in->dim[3], &made));
        break;
    case HM_TFLITE_PAD:
        HM_TRY(padded(l, node, &made));
        break;
    case HM_TFLITE_RESIZE:
        HM_TRY(doubled(l, node, &made));
        break;
    case HM_TFLITE_DEPTH_TO_SPACE:
        HM_TRY(blocks(l, node, &made));
        break;
    case HM_TFLITE_RESHAPE:
        made = in->n == out->n ? stated : made;
        break;
    case HM_TFLITE_ADD:
        other = shape_of(&l->net.tensor[node->in[1]]);
        if (!is_same(&made, &other))
            return tflite_refuse(l, "expected two of one shape");
        break;
    case HM_TFLITE_LOGISTIC:
        break;
    }
    if (!is_same(&made, &stated))
        return tflite_refuse(l, "the shape stated, %dx%dx%dx%d, is not what comes out, %dx%dx%dx%d",
                             stated.dim[0], stated.dim[1], stated.dim[2], stated.dim[3],
                             made.dim[0], made.dim[1], made.dim[2], made.dim[3]);
    return HM_OK;
}
