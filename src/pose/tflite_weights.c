#include "tflite_priv.h"

#include <string.h>

/* Sparse filters, as the detector has them: dimensions 0 to 2 are stored whole, the last by rows.
 * Row o has the values segment[o] .. segment[o + 1] - 1, the k-th of all at input channel index[k];
 * the rest is 0. */

enum { DENSE = 0, SPARSE = 1, N_DIM = 4, INT32 = 1, UINT16 = 2, UINT8 = 3 };

float hm_tflite_half(uint16_t bits)
{
    uint32_t sign = (uint32_t)(bits & 0x8000) << 16, exponent = bits >> 10 & 31;
    uint32_t fraction = bits & 0x3ff, wide;
    float v;
    if (exponent == 0) { /* zero, or so small that there is no hidden one */
        v = (float)fraction * 0x1p-24f;
        return sign ? -v : v;
    }
    wide = sign | (exponent == 31 ? 255u : exponent + 112) << 23 | fraction << 13;
    memcpy(&v, &wide, sizeof v);
    return v;
}

static float value_at(tflite_load *l, const tflite_fact *from, int64_t i)
{
    if (from->type == TFLITE_FLOAT16)
        return hm_tflite_half((uint16_t)pose_fb_u16(&l->f, from->data.at + 2 * (uint64_t)i));
    uint32_t bits = pose_fb_u32(&l->f, from->data.at + 4 * (uint64_t)i);
    float v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

int32_t tflite_whole(tflite_load *l, int32_t tensor, int64_t i)
{
    const tflite_fact *from = &l->fact[tensor];
    if (from->type != TFLITE_INT32 || 4 * (i + 1) > (int64_t)from->data.n)
        return 0;
    return pose_fb_i32(&l->f, from->data.at + 4 * (uint64_t)i);
}

/* Whole numbers in one of three sizes. */
typedef struct list {
    pose_fb_vec v;
    int32_t type;
} list;

static uint32_t list_at(tflite_load *l, const list *s, uint32_t i)
{
    if (s->type == INT32)
        return pose_fb_u32(&l->f, s->v.at + 4 * (uint64_t)i);
    return s->type == UINT16 ? pose_fb_u16(&l->f, s->v.at + 2 * (uint64_t)i)
                             : pose_fb_u8(&l->f, s->v.at + i);
}

static hm_status read_list(tflite_load *l, uint64_t dimension, uint32_t field, list *out)
{
    static const uint32_t size[] = {[INT32] = 4, [UINT16] = 2, [UINT8] = 1};
    out->type = pose_fb_number(&l->f, dimension, field, 1, 0);
    if (out->type < INT32 || out->type > UINT8)
        return tflite_refuse(l, "a list of numbers of type %d is not known", out->type);
    out->v = pose_fb_vector(&l->f, pose_fb_table(&l->f, dimension, field + 1), 0, size[out->type]);
    return HM_OK;
}

static hm_status check_sparse(tflite_load *l, int32_t in, list *segment, list *index)
{
    const hm_tflite_tensor *t = &l->net.tensor[in];
    const tflite_fact *from = &l->fact[in];
    pose_fb_vec order = pose_fb_vector(&l->f, from->sparse, 0, 4);
    pose_fb_vec block = pose_fb_vector(&l->f, from->sparse, 1, 4);
    pose_fb_vec dimension = pose_fb_vector(&l->f, from->sparse, 2, 4);
    if (t->n_dim != N_DIM || t->dim[1] != 1 || t->dim[2] != 1 || order.n != N_DIM || block.n ||
        dimension.n != N_DIM || from->type != TFLITE_FLOAT16)
        return tflite_refuse(l, "only sparse filters [out, 1, 1, in] of halves are known");
    for (uint32_t k = 0; k < N_DIM; k++) {
        uint64_t d = pose_fb_item(&l->f, dimension, k);
        int32_t want = k == N_DIM - 1 ? SPARSE : DENSE;
        if (pose_fb_u32(&l->f, order.at + 4 * (uint64_t)k) != k ||
            pose_fb_number(&l->f, d, 0, 1, 0) != want ||
            (want == DENSE && pose_fb_number(&l->f, d, 1, 4, 0) != t->dim[k]))
            return tflite_refuse(l, "only filters sparse in their last dimension are known");
    }
    uint64_t last = pose_fb_item(&l->f, dimension, N_DIM - 1);
    HM_TRY(read_list(l, last, 2, segment));
    HM_TRY(read_list(l, last, 4, index));
    if (segment->v.n != (uint32_t)t->dim[0] + 1 || list_at(l, segment, 0) != 0 ||
        list_at(l, segment, segment->v.n - 1) != index->v.n ||
        (uint64_t)index->v.n * 2 != from->data.n)
        return tflite_refuse(l, "rows, indices and values of a sparse filter do not go together");
    return HM_OK;
}

static hm_status densify(tflite_load *l, int32_t in, float *out)
{
    const hm_tflite_tensor *t = &l->net.tensor[in];
    list segment = {0}, index = {0};
    HM_TRY(check_sparse(l, in, &segment, &index));
    for (uint32_t o = 0; o < (uint32_t)t->dim[0]; o++) {
        uint32_t from = list_at(l, &segment, o), to = list_at(l, &segment, o + 1);
        if (from > to || to > index.v.n)
            return tflite_refuse(l, "row %u of a sparse filter ends before it begins", o);
        for (uint32_t k = from; k < to; k++) {
            uint32_t channel = list_at(l, &index, k);
            if (channel >= (uint32_t)t->dim[3])
                return tflite_refuse(l, "row %u of a sparse filter has channel %u of %d", o,
                                     channel, t->dim[3]);
            out[(size_t)o * (size_t)t->dim[3] + channel] = value_at(l, &l->fact[in], k);
        }
    }
    return HM_OK;
}

hm_status tflite_widen(tflite_load *l, int32_t in, int32_t out)
{
    hm_tflite_tensor *a = &l->net.tensor[in], *b = &l->net.tensor[out];
    const tflite_fact *from = &l->fact[in];
    if (from->type != TFLITE_FLOAT16 && from->type != TFLITE_FLOAT32)
        return tflite_refuse(l, "weights of type %d are not known", from->type);
    if (a->weight) { /* made dense before */
        b->weight = a->weight;
        return HM_OK;
    }
    if (!from->sparse && from->data.n != (uint64_t)a->n * (from->type == TFLITE_FLOAT16 ? 2 : 4))
        return tflite_refuse(l, "expected %lld weights, found %u bytes", (long long)a->n,
                             from->data.n);
    if ((l->n_weight += a->n) > HM_TFLITE_TENSOR_MAX)
        return tflite_refuse(l, "expected at most %d weights in all", HM_TFLITE_TENSOR_MAX);
    float *weight = HM_PUSH(l->arena, float, a->n + HM_TFLITE_SPARE);
    if (!weight)
        return hm_err_set(l->err, HM_ERR_SYSTEM, l->source, 0, 0, NULL, "no memory");
    if (from->sparse)
        HM_TRY(densify(l, in, weight));
    for (int64_t i = 0; !from->sparse && i < a->n; i++)
        weight[i] = value_at(l, from, i);
    a->weight = b->weight = weight;
    return HM_OK;
}
