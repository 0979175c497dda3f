#include "detect_priv.h"
#include "region_priv.h"

#include <math.h>

#include "num/dmath.h"

/* Anchors: three grids, finest first, row by row, several in each cell; an anchor is the centre of
 * its cell and of size 1. The 12 numbers, in pixels of the 224: box centre and size, then four
 * points (middle of the hips, rim of the body's circle, middle of the shoulders, rim of the upper
 * body), each from the anchor. */

static const struct {
    int32_t grid, per_cell;
} head[POSE_DETECT_HEADS] = {{28, 2}, {14, 2}, {7, 6}};

static const double score_least = 0.5;  /* [1] of the trial; the nets' own graph has 0.5 and 0.2 */
static const double overlap_most = 0.3; /* [1] of the trial */
static const float logit_most = 100;    /* [1] of the nets' own graph */

enum { CANDIDATE_MAX = 64 };

typedef struct candidate {
    double score, x, y, w, h; /* box, in sides of the square */
    double point[4];          /* hip x, y, rim x, y */
} candidate;

hm_status pose_detect_check(const char *source, const hm_tflite *model, hm_err *err)
{
    const hm_tflite_tensor *in = &model->tensor[model->input];
    bool good = in->dim[1] == POSE_DETECT_SIDE && in->dim[2] == POSE_DETECT_SIDE &&
                in->dim[3] == 3 && model->n_output == 2 * POSE_DETECT_HEADS;
    for (int k = 0; k < POSE_DETECT_HEADS && good; k++) {
        int64_t n = (int64_t)head[k].grid * head[k].grid * head[k].per_cell;
        good = model->tensor[model->output[k]].n == n * POSE_DETECT_NUMBERS &&
               model->tensor[model->output[POSE_DETECT_HEADS + k]].n == n;
    }
    return good ? HM_OK
                : hm_err_set(err, HM_ERR_INPUT, source, 0, 0, NULL,
                             "expected the person detector, found another net");
}

/* Insert by falling score; the worst falls out. */
static int32_t keep(candidate list[CANDIDATE_MAX], int32_t n, const candidate *c)
{
    int32_t at = n;
    while (at > 0 && list[at - 1].score < c->score)
        at--;
    if (at == CANDIDATE_MAX)
        return n;
    if (n == CANDIDATE_MAX)
        n--;
    for (int32_t k = n; k > at; k--)
        list[k] = list[k - 1];
    list[at] = *c;
    return n + 1;
}

static double overlap(const candidate *a, const candidate *b)
{
    double w = fmin(a->x + a->w / 2, b->x + b->w / 2) - fmax(a->x - a->w / 2, b->x - b->w / 2);
    double h = fmin(a->y + a->h / 2, b->y + b->h / 2) - fmax(a->y - a->h / 2, b->y - b->h / 2);
    if (w <= 0 || h <= 0)
        return 0;
    return w * h / (a->w * a->h + b->w * b->h - w * h);
}

static candidate candidate_at(const float v[POSE_DETECT_NUMBERS], double score, double ax,
                              double ay)
{
    double n[8];
    for (int k = 0; k < 8; k++)
        n[k] = (double)v[k] / POSE_DETECT_SIDE;
    return (candidate){score, n[0] + ax, n[1] + ay,
                       n[2],  n[3],      {n[4] + ax, n[5] + ay, n[6] + ax, n[7] + ay}};
}

static int32_t candidates(const pose_net *net, candidate list[CANDIDATE_MAX])
{
    int32_t n = 0;
    for (int k = 0; k < POSE_DETECT_HEADS; k++) {
        const float *numbers = net->output[k], *logit = net->output[POSE_DETECT_HEADS + k];
        int32_t grid = head[k].grid, per = head[k].per_cell;
        for (int32_t i = 0; i < grid * grid * per; i++) {
            float bounded = fminf(fmaxf(logit[i], -logit_most), logit_most);
            double score = 1 / (1 + hm_exp(-(double)bounded));
            if (!(score >= score_least))
                continue;
            int32_t cell = i / per;
            candidate c =
                candidate_at(numbers + (ptrdiff_t)i * POSE_DETECT_NUMBERS, score,
                             (cell % grid + 0.5) / grid, ((int32_t)(cell / grid) + 0.5) / grid);
            if (c.w > 0 && c.h > 0)
                n = keep(list, n, &c);
        }
    }
    return n;
}

int32_t pose_detect_read(const pose_net *net, const hm_pose_region *square, hm_pose_region region[],
                         double score[])
{
    candidate list[CANDIDATE_MAX], kept[HM_POSE_FOUND_MAX];
    int32_t n = candidates(net, list), n_kept = 0;
    for (int32_t i = 0; i < n && n_kept < HM_POSE_FOUND_MAX; i++) {
        bool free = true;
        for (int32_t k = 0; k < n_kept && free; k++)
            free = overlap(&list[i], &kept[k]) <= overlap_most;
        double x[2], y[2];
        for (int k = 0; k < 2; k++)
            pose_region_place(square, list[i].point[2 * k], list[i].point[2 * k + 1], &x[k], &y[k]);
        hm_pose_region r = pose_region_of(x[0], y[0], x[1], y[1]);
        if (!free || !(r.side_px > 1))
            continue;
        score[n_kept] = list[i].score;
        region[n_kept] = r;
        kept[n_kept++] = list[i];
    }
    return n_kept;
}
