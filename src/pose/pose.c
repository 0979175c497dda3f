#include "pose/pose.h"

#include "detect_priv.h"
#include "models_priv.h"
#include "net_priv.h"
#include "region_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"

enum {
    SIDE = HM_POSE_MASK_SIDE, /* px, of what the landmark nets see */
    N_LANDMARK = 39,          /* 33 of the body, two of the next region, four spare */
    N_NUMBER = 5,             /* x, y, z in crop pixels, logits of visibility and presence */
    HIP = 33,
    RIM = 34
};

/* outputs of the landmark nets in their order */
enum { OUT_LANDMARK, OUT_SCORE, OUT_MASK, OUT_HEAT, OUT_WORLD, OUT_COUNT };

struct hm_pose_net {
    pose_net detector, net;
};

static hm_status check_landmarks(const char *source, const hm_tflite *m, hm_err *err)
{
    static const int64_t n[OUT_COUNT] = {N_LANDMARK * N_NUMBER, 1, SIDE * SIDE,
                                         64 * 64 * N_LANDMARK, N_LANDMARK * 3};
    const hm_tflite_tensor *in = &m->tensor[m->input];
    bool good =
        in->dim[1] == SIDE && in->dim[2] == SIDE && in->dim[3] == 3 && m->n_output == OUT_COUNT;
    for (int k = 0; k < OUT_COUNT && good; k++)
        good = m->tensor[m->output[k]].n == n[k];
    return good ? HM_OK
                : hm_err_set(err, HM_ERR_INPUT, source, 0, 0, NULL,
                             "expected a landmark net, found another");
}

static hm_status open_nets(const char *models, hm_pose_size size, hm_arena *arena,
                           hm_arena *scratch, hm_pose_net *net, hm_err *err)
{
    const char *path;
    hm_tflite detector, model;
    HM_TRY(pose_model_read(models, POSE_MODEL_DETECTOR, scratch, &detector, &path, err));
    HM_TRY(pose_detect_check(path, &detector, err));
    HM_TRY(pose_net_xnn(path, &detector, arena, &net->detector, err));
    HM_TRY(pose_model_read(models, (int32_t)size, scratch, &model, &path, err));
    HM_TRY(check_landmarks(path, &model, err));
    return pose_net_xnn(path, &model, arena, &net->net, err);
}

hm_status hm_pose_open(const char *models, hm_pose_size size, hm_arena *arena, hm_pose_net **net,
                       hm_err *err)
{
    HM_ASSERT((unsigned)size < HM_POSE_SIZE_COUNT);
    hm_pose_net *out = HM_PUSH(arena, hm_pose_net, 1);
    if (!out)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    hm_arena scratch; /* weights: the running nets have their own copy */
    hm_arena_init(&scratch, 0);
    hm_status status = open_nets(models, size, arena, &scratch, out, err);
    hm_arena_free(&scratch);
    if (status == HM_OK)
        *net = out;
    else
        hm_pose_close(out);
    return status;
}

void hm_pose_close(hm_pose_net *net)
{
    if (net && net->detector.close)
        net->detector.close(&net->detector);
    if (net && net->net.close)
        net->net.close(&net->net);
}

int32_t hm_pose_find(hm_pose_net *net, const hm_pose_image *image, const double window_px[4],
                     hm_pose_region region[], double score[])
{
    double w = window_px ? window_px[2] : image->width_px;
    double h = window_px ? window_px[3] : image->height_px;
    hm_pose_region square = {.u_px = (window_px ? window_px[0] : 0) + w / 2,
                             .v_px = (window_px ? window_px[1] : 0) + h / 2,
                             .side_px = fmax(w, h)};
    pose_region_sample(image, &square, POSE_DETECT_SIDE, -1, 1, net->detector.input);
    if (!net->detector.run(&net->detector))
        return 0;
    return pose_detect_read(&net->detector, &square, region, score);
}

static float chance(float logit)
{
    return (float)(1 / (1 + hm_exp(-(double)fminf(fmaxf(logit, -80), 80))));
}

void hm_pose_at(hm_pose_net *net, const hm_pose_image *image, const hm_pose_region *region,
                hm_pose *pose)
{
    hm_pose_region r = *region; /* may be pose->next */
    pose_region_sample(image, &r, SIDE, 0, 1, net->net.input);
    bool good = net->net.run(&net->net);
    const float *v = net->net.output[OUT_LANDMARK];
    double x[2], y[2];
    pose->region = r;
    pose->score = good ? (double)net->net.output[OUT_SCORE][0] : 0;
    for (int k = 0; k < HM_POINT_COUNT; k++) {
        const float *one = v + (ptrdiff_t)k * N_NUMBER;
        pose_region_place(&r, (double)one[0] / SIDE, (double)one[1] / SIDE, &x[0], &y[0]);
        pose->point[k] =
            (hm_pose_point){(float)x[0], (float)y[0], (float)((double)one[2] / SIDE * r.side_px),
                            chance(one[3]), chance(one[4])};
    }
    for (int k = 0; k < 2; k++) {
        const float *one = v + (ptrdiff_t)(HIP + k) * N_NUMBER;
        pose_region_place(&r, (double)one[0] / SIDE, (double)one[1] / SIDE, &x[k], &y[k]);
    }
    pose->next = pose_region_of(x[0], y[0], x[1], y[1]);
    if (!(pose->next.side_px > 1))
        pose->next = r;
    memcpy(pose->mask, net->net.output[OUT_MASK], sizeof pose->mask);
}
