#include "tflite_priv.h"

#include <stdarg.h>
#include <string.h>

/* Numbers of operators and fields: schema version 3, read in the four files. */

enum {
    CODE_ADD = 0,
    CODE_CONCATENATION = 2,
    CODE_CONV = 3,
    CODE_DEPTHWISE = 4,
    CODE_DEPTH_TO_SPACE = 5,
    CODE_DEQUANTIZE = 6,
    CODE_LOGISTIC = 14,
    CODE_MAX_POOL = 17,
    CODE_RESHAPE = 22,
    CODE_RESIZE = 23,
    CODE_PAD = 34,
    CODE_DENSIFY = 124
};

enum { PADDING_SAME = 0, PADDING_VALID = 1, ACTIVATION_NONE = 0, ACTIVATION_RELU6 = 3 };

hm_status tflite_refuse(tflite_load *l, const char *fmt, ...)
{
    char msg[256], field[32];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(msg, sizeof msg, fmt, ap);
    va_end(ap);
    snprintf(field, sizeof field, "operator %d", l->i_operator);
    return hm_err_set(l->err, HM_ERR_INPUT, l->source, 0, 0, l->i_operator < 0 ? NULL : field, "%s",
                      msg);
}

/* A fault of the flatbuffer comes before whatever else was refused because of it. */
static hm_status check_bytes(tflite_load *l)
{
    if (!l->f.fault)
        return HM_OK;
    return tflite_refuse(l, "byte %llu: %s", (unsigned long long)l->f.at, l->f.fault);
}

/* ---- tensors ---- */

static hm_status read_shape(tflite_load *l, uint64_t table, hm_tflite_tensor *t)
{
    pose_fb_vec dim = pose_fb_vector(&l->f, table, 0, 4);
    if (dim.n > 4)
        return tflite_refuse(l, "expected at most 4 dimensions, found %u", dim.n);
    *t = (hm_tflite_tensor){.n_dim = (int32_t)dim.n, .dim = {1, 1, 1, 1}, .n = 1};
    for (uint32_t k = 0; k < dim.n; k++) {
        t->dim[k] = pose_fb_i32(&l->f, dim.at + 4 * (uint64_t)k);
        if (t->dim[k] < 1 || t->n * t->dim[k] > HM_TFLITE_TENSOR_MAX)
            return tflite_refuse(l, "expected a tensor of 1 to %d elements", HM_TFLITE_TENSOR_MAX);
        t->n *= t->dim[k];
    }
    return HM_OK;
}

static hm_status read_tensors(tflite_load *l, pose_fb_vec list, pose_fb_vec buffers)
{
    if (list.n < 1 || list.n > HM_TFLITE_LIST_MAX || buffers.n > 4 * HM_TFLITE_LIST_MAX)
        return tflite_refuse(l, "expected 1 to %d tensors, found %u", HM_TFLITE_LIST_MAX, list.n);
    l->net.tensor = HM_PUSH(l->arena, hm_tflite_tensor, list.n);
    l->fact = HM_PUSH(l->arena, tflite_fact, list.n);
    if (!l->net.tensor || !l->fact)
        return hm_err_set(l->err, HM_ERR_SYSTEM, l->source, 0, 0, NULL, "no memory");
    l->net.n_tensor = (int32_t)list.n;
    for (uint32_t i = 0; i < list.n; i++) {
        uint64_t table = pose_fb_item(&l->f, list, i);
        HM_TRY(read_shape(l, table, &l->net.tensor[i]));
        uint32_t buffer = (uint32_t)pose_fb_number(&l->f, table, 2, 4, 0);
        if (buffer >= buffers.n)
            return tflite_refuse(l, "tensor %u: expected a buffer below %u, found %u", i, buffers.n,
                                 buffer);
        tflite_fact *fact = &l->fact[i];
        fact->type = pose_fb_number(&l->f, table, 1, 1, TFLITE_FLOAT32);
        fact->data = pose_fb_vector(&l->f, pose_fb_item(&l->f, buffers, buffer), 0, 1);
        fact->sparse = pose_fb_table(&l->f, table, 6);
        fact->state = fact->data.n ? TFLITE_CONSTANT : TFLITE_NOTHING;
    }
    return HM_OK;
}

/* ---- operators ---- */

typedef struct op_row {
    int32_t code;
    pose_fb_vec in, out; /* indices of tensors */
    uint64_t option;     /* table */
} op_row;

static int32_t index_at(tflite_load *l, pose_fb_vec v, uint32_t i)
{
    return pose_fb_i32(&l->f, v.at + 4 * (uint64_t)i);
}

static hm_status read_operator(tflite_load *l, uint64_t table, pose_fb_vec codes, op_row *o)
{
    uint32_t i = (uint32_t)pose_fb_number(&l->f, table, 0, 4, 0);
    if (i >= codes.n)
        return tflite_refuse(l, "expected a code below %u, found %u", codes.n, i);
    uint64_t code = pose_fb_item(&l->f, codes, i);
    int32_t narrow = pose_fb_number(&l->f, code, 0, 1, 0);
    int32_t wide = pose_fb_number(&l->f, code, 3, 4, 0);
    o->code = narrow > wide ? narrow : wide;
    o->in = pose_fb_vector(&l->f, table, 1, 4);
    o->out = pose_fb_vector(&l->f, table, 2, 4);
    o->option = pose_fb_table(&l->f, table, 4);
    HM_TRY(check_bytes(l));
    if (o->out.n != 1 || o->in.n < 1)
        return tflite_refuse(l, "expected inputs and one output, found %u and %u", o->in.n,
                             o->out.n);
    for (uint32_t k = 0; k <= o->in.n; k++) {
        int32_t t = k < o->in.n ? index_at(l, o->in, k) : index_at(l, o->out, 0);
        if (t < 0 || t >= l->net.n_tensor)
            return tflite_refuse(l, "expected a tensor below %d, found %d", l->net.n_tensor, t);
    }
    return HM_OK;
}

/* The i-th input must be one that has been worked out. */
static hm_status take_value(tflite_load *l, const op_row *o, uint32_t i, int32_t *tensor)
{
    if (i >= o->in.n)
        return tflite_refuse(l, "expected %u inputs, found %u", i + 1, o->in.n);
    *tensor = index_at(l, o->in, i);
    if (l->fact[*tensor].state != TFLITE_VALUE)
        return tflite_refuse(l, "tensor %d is used before it is made", *tensor);
    return HM_OK;
}

static hm_status take_weight(tflite_load *l, const op_row *o, uint32_t i, int32_t *tensor)
{
    if (i >= o->in.n)
        return tflite_refuse(l, "expected %u inputs, found %u", i + 1, o->in.n);
    *tensor = index_at(l, o->in, i);
    if (l->fact[*tensor].state != TFLITE_CONSTANT)
        return tflite_refuse(l, "tensor %d is not constant", *tensor);
    return l->net.tensor[*tensor].weight ? HM_OK : tflite_widen(l, *tensor, *tensor);
}

static hm_status take_activation(tflite_load *l, const op_row *o, uint32_t field, bool *relu6)
{
    int32_t a = pose_fb_number(&l->f, o->option, field, 1, ACTIVATION_NONE);
    *relu6 = a == ACTIVATION_RELU6;
    return a == ACTIVATION_NONE || *relu6 ? HM_OK
                                          : tflite_refuse(l, "activation %d is not known", a);
}

static hm_status take_padding(tflite_load *l, const op_row *o, bool *same)
{
    int32_t p = pose_fb_number(&l->f, o->option, 0, 1, PADDING_SAME);
    *same = p == PADDING_SAME;
    return *same || p == PADDING_VALID ? HM_OK : tflite_refuse(l, "padding %d is not known", p);
}

static hm_status read_filter(tflite_load *l, const op_row *o, hm_tflite_node *node)
{
    bool deep = node->op == HM_TFLITE_DEPTHWISE;
    uint32_t dilation = deep ? 5 : 4;
    HM_TRY(take_padding(l, o, &node->same));
    HM_TRY(take_activation(l, o, deep ? 4 : 3, &node->relu6));
    node->stride_w = pose_fb_number(&l->f, o->option, 1, 4, 0);
    node->stride_h = pose_fb_number(&l->f, o->option, 2, 4, 0);
    if (pose_fb_number(&l->f, o->option, dilation, 4, 1) != 1 ||
        pose_fb_number(&l->f, o->option, dilation + 1, 4, 1) != 1 ||
        (deep && pose_fb_number(&l->f, o->option, 3, 4, 0) != 1))
        return tflite_refuse(l, "filters with gaps or several outputs a channel are not known");
    HM_TRY(take_weight(l, o, 1, &node->in[1]));
    HM_TRY(take_weight(l, o, 2, &node->in[2]));
    node->kernel_h = l->net.tensor[node->in[1]].dim[1];
    node->kernel_w = l->net.tensor[node->in[1]].dim[2];
    return HM_OK;
}

static hm_status read_pool(tflite_load *l, const op_row *o, hm_tflite_node *node)
{
    HM_TRY(take_padding(l, o, &node->same));
    HM_TRY(take_activation(l, o, 5, &node->relu6));
    node->stride_w = pose_fb_number(&l->f, o->option, 1, 4, 0);
    node->stride_h = pose_fb_number(&l->f, o->option, 2, 4, 0);
    node->kernel_w = pose_fb_number(&l->f, o->option, 3, 4, 0);
    node->kernel_h = pose_fb_number(&l->f, o->option, 4, 4, 0);
    return node->same ? tflite_refuse(l, "pooling over an edge is not known") : HM_OK;
}

static hm_status read_pad(tflite_load *l, const op_row *o, hm_tflite_node *node)
{
    int32_t list = o->in.n == 2 ? index_at(l, o->in, 1) : -1;
    if (list < 0 || l->fact[list].type != TFLITE_INT32 || l->fact[list].data.n != 32)
        return tflite_refuse(l, "expected the zeros around as eight whole numbers");
    for (int k = 0; k < 4; k++)
        for (int side = 0; side < 2; side++)
            node->pad[k][side] = tflite_whole(l, list, 2 * k + side);
    return HM_OK;
}

static hm_status read_resize(tflite_load *l, const op_row *o)
{
    bool corners = pose_fb_number(&l->f, o->option, 2, 1, 0) != 0;
    bool centres = pose_fb_number(&l->f, o->option, 3, 1, 0) != 0;
    return !corners && centres ? HM_OK
                               : tflite_refuse(l, "only enlarging by half-pixel centres is known");
}

/* A join is no node: its inputs stand for it among the outputs. */
static hm_status read_join(tflite_load *l, const op_row *o)
{
    tflite_fact *out = &l->fact[index_at(l, o->out, 0)];
    if (o->in.n > TFLITE_JOIN_MAX)
        return tflite_refuse(l, "expected at most %d tensors to join, found %u", TFLITE_JOIN_MAX,
                             o->in.n);
    for (uint32_t k = 0; k < o->in.n; k++)
        HM_TRY(take_value(l, o, k, &out->join[k]));
    out->n_join = (int32_t)o->in.n;
    out->state = TFLITE_JOINED;
    return HM_OK;
}

static hm_status read_constant(tflite_load *l, const op_row *o)
{
    int32_t in = index_at(l, o->in, 0), out = index_at(l, o->out, 0);
    if (l->fact[in].state != TFLITE_CONSTANT)
        return tflite_refuse(l, "tensor %d is not constant", in);
    if (l->net.tensor[in].n != l->net.tensor[out].n)
        return tflite_refuse(l, "expected as many weights out as in");
    if ((o->code == CODE_DENSIFY) != (l->fact[in].sparse && !l->net.tensor[in].weight))
        return tflite_refuse(l, "expected sparse weights to be laid out once");
    l->fact[out].state = TFLITE_CONSTANT;
    return tflite_widen(l, in, out);
}

static hm_status read_node(tflite_load *l, const op_row *o, hm_tflite_node *node)
{
    *node = (hm_tflite_node){.in = {-1, -1, -1}, .out = index_at(l, o->out, 0)};
    HM_TRY(take_value(l, o, 0, &node->in[0]));
    switch (o->code) {
    case CODE_CONV:
    case CODE_DEPTHWISE:
        node->op = o->code == CODE_CONV ? HM_TFLITE_CONV : HM_TFLITE_DEPTHWISE;
        HM_TRY(read_filter(l, o, node));
        break;
    case CODE_ADD:
        node->op = HM_TFLITE_ADD;
        HM_TRY(take_value(l, o, 1, &node->in[1]));
        HM_TRY(take_activation(l, o, 0, &node->relu6));
        break;
    case CODE_PAD:
        node->op = HM_TFLITE_PAD;
        HM_TRY(read_pad(l, o, node));
        break;
    case CODE_RESIZE:
        node->op = HM_TFLITE_RESIZE;
        HM_TRY(read_resize(l, o));
        break;
    case CODE_MAX_POOL:
        node->op = HM_TFLITE_MAX_POOL;
        HM_TRY(read_pool(l, o, node));
        break;
    case CODE_RESHAPE:
        node->op = HM_TFLITE_RESHAPE;
        break;
    case CODE_LOGISTIC:
        node->op = HM_TFLITE_LOGISTIC;
        break;
    case CODE_DEPTH_TO_SPACE:
        node->op = HM_TFLITE_DEPTH_TO_SPACE;
        node->block = pose_fb_number(&l->f, o->option, 0, 4, 0);
        break;
    default:
        return tflite_refuse(l, "operator code %d is not known", o->code);
    }
    HM_TRY(check_bytes(l));
    HM_TRY(tflite_check_node(l, node));
    l->n_work += l->net.tensor[node->out].n;
    if (l->n_work > HM_TFLITE_WORK_MAX)
        return tflite_refuse(l, "expected at most %d numbers to work with", HM_TFLITE_WORK_MAX);
    l->fact[node->out].state = TFLITE_VALUE;
    return HM_OK;
}

static hm_status read_operators(tflite_load *l, pose_fb_vec list, pose_fb_vec codes)
{
    if (list.n < 1 || list.n > HM_TFLITE_LIST_MAX)
        return tflite_refuse(l, "expected 1 to %d operators, found %u", HM_TFLITE_LIST_MAX, list.n);
    l->net.node = HM_PUSH(l->arena, hm_tflite_node, list.n);
    if (!l->net.node)
        return hm_err_set(l->err, HM_ERR_SYSTEM, l->source, 0, 0, NULL, "no memory");
    for (uint32_t i = 0; i < list.n; i++) {
        op_row o;
        l->i_operator = (int32_t)i;
        HM_TRY(read_operator(l, pose_fb_item(&l->f, list, i), codes, &o));
        int32_t out = index_at(l, o.out, 0);
        if (l->fact[out].state != TFLITE_NOTHING || l->fact[out].sparse)
            return tflite_refuse(l, "tensor %d is made twice", out);
        if (o.code == CODE_DEQUANTIZE || o.code == CODE_DENSIFY)
            HM_TRY(read_constant(l, &o));
        else if (o.code == CODE_CONCATENATION)
            HM_TRY(read_join(l, &o));
        else
            HM_TRY(read_node(l, &o, &l->net.node[l->net.n_node++]));
        HM_TRY(check_bytes(l));
    }
    l->i_operator = -1;
    return HM_OK;
}

/* ---- the whole ---- */

static hm_status add_output(tflite_load *l, int32_t tensor)
{
    if (l->fact[tensor].state != TFLITE_VALUE || l->net.n_output == HM_TFLITE_OUTPUT_MAX)
        return tflite_refuse(l, "expected at most %d outputs, each made by an operator",
                             HM_TFLITE_OUTPUT_MAX);
    for (int32_t k = 0; k < l->net.n_output; k++)
        if (l->net.output[k] == tensor)
            return tflite_refuse(l, "expected each output once");
    l->net.output[l->net.n_output++] = tensor;
    return HM_OK;
}

static hm_status read_outputs(tflite_load *l, pose_fb_vec list)
{
    for (uint32_t i = 0; i < list.n; i++) {
        int32_t t = index_at(l, list, i);
        if (t < 0 || t >= l->net.n_tensor || t == l->net.input)
            return tflite_refuse(l, "expected an output below %d, found %d", l->net.n_tensor, t);
        const tflite_fact *fact = &l->fact[t];
        for (int32_t k = 0; fact->state == TFLITE_JOINED && k < fact->n_join; k++)
            HM_TRY(add_output(l, fact->join[k]));
        if (fact->state != TFLITE_JOINED)
            HM_TRY(add_output(l, t));
    }
    return l->net.n_output ? HM_OK : tflite_refuse(l, "expected outputs, found none");
}

static hm_status read_input(tflite_load *l, pose_fb_vec list)
{
    int32_t t = list.n == 1 ? index_at(l, list, 0) : -1;
    if (t < 0 || t >= l->net.n_tensor || l->fact[t].state != TFLITE_NOTHING ||
        l->net.tensor[t].n_dim != 4 || l->net.tensor[t].dim[0] != 1)
        return tflite_refuse(l, "expected one input of four dimensions, the first 1");
    l->net.input = t;
    l->fact[t].state = TFLITE_VALUE;
    return HM_OK;
}

static hm_status read_all(tflite_load *l)
{
    uint64_t model = pose_fb_root(&l->f, "TFL3");
    HM_TRY(check_bytes(l));
    int32_t version = pose_fb_number(&l->f, model, 0, 4, 0);
    pose_fb_vec codes = pose_fb_vector(&l->f, model, 1, 4);
    pose_fb_vec graphs = pose_fb_vector(&l->f, model, 2, 4);
    pose_fb_vec buffers = pose_fb_vector(&l->f, model, 4, 4);
    HM_TRY(check_bytes(l));
    if (version != 3 || graphs.n != 1)
        return tflite_refuse(l, "expected version 3 and one graph, found %d and %u", version,
                             graphs.n);
    uint64_t graph = pose_fb_item(&l->f, graphs, 0);
    pose_fb_vec tensors = pose_fb_vector(&l->f, graph, 0, 4);
    pose_fb_vec inputs = pose_fb_vector(&l->f, graph, 1, 4);
    pose_fb_vec outputs = pose_fb_vector(&l->f, graph, 2, 4);
    pose_fb_vec operators = pose_fb_vector(&l->f, graph, 3, 4);
    HM_TRY(check_bytes(l));
    HM_TRY(read_tensors(l, tensors, buffers));
    HM_TRY(check_bytes(l));
    HM_TRY(read_input(l, inputs));
    HM_TRY(read_operators(l, operators, codes));
    return read_outputs(l, outputs);
}

hm_status hm_tflite_parse(const char *source, const uint8_t *bytes, size_t n, hm_arena *arena,
                          hm_tflite *net, hm_err *err)
{
    tflite_load l = {.f = {.bytes = bytes, .n = n},
                     .source = source,
                     .arena = arena,
                     .err = err,
                     .i_operator = -1};
    if (n > HM_TFLITE_FILE_MAX)
        return tflite_refuse(&l, "expected at most %d bytes, found %zu", HM_TFLITE_FILE_MAX, n);
    HM_TRY(read_all(&l));
    *net = l.net;
    return HM_OK;
}
