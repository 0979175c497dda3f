/* Homography of a plane from points on it. */
#include "view_priv.h"

#include <math.h>
#include <string.h>

#include "num/lsq.h"

/* The normalised system of four corners of a square has 3 to 10; where three of four points stand
 * within 1 % of a line it is in the hundreds. Own. */
static const double condition_max = 2000;

/* Middle and scale that bring points to mean distance sqrt 2 around 0 (Hartley 1997). */
typedef struct frame {
    double a, b, scale;
} frame;

static frame frame_of(int32_t n, const double a[], const double b[])
{
    frame f = {0};
    double far = 0;
    for (int32_t i = 0; i < n; i++) {
        f.a += a[i] / n;
        f.b += b[i] / n;
    }
    for (int32_t i = 0; i < n; i++)
        far += sqrt((a[i] - f.a) * (a[i] - f.a) + (b[i] - f.b) * (b[i] - f.b)) / n;
    f.scale = far > 0 ? sqrt(2) / far : 1;
    return f;
}

/* Points brought to their frames, and the weight of each. */
typedef struct problem {
    int32_t n;
    double *a, *b, *u, *v, *weight;
} problem;

/* The equations without their denominators: linear in h[0 .. 7], h[8] = 1. */
static bool linear(void *ctx, const double h[], double r[], double jac[])
{
    const problem *p = ctx;
    int32_t m = 2 * p->n;
    memset(jac, 0, sizeof *jac * 8 * (size_t)m);
    for (int32_t i = 0; i < p->n; i++) {
        const double at[3] = {p->a[i], p->b[i], 1}, seen[2] = {p->u[i], p->v[i]};
        for (int row = 0; row < 2; row++) {
            double sum = -seen[row], w = p->weight[i], *to = jac + 2 * i + row;
            for (int j = 0; j < 3; j++) {
                to[(3 * row + j) * m] = w * at[j];
                sum += h[3 * row + j] * at[j];
            }
            for (int j = 0; j < 2; j++) {
                to[(6 + j) * m] = -w * at[j] * seen[row];
                sum -= h[6 + j] * at[j] * seen[row];
            }
            r[2 * i + row] = w * sum;
        }
    }
    return true;
}

/* Distance in the picture. */
static bool reprojected(void *ctx, const double h[], double r[], double jac[])
{
    const problem *p = ctx;
    int32_t m = 2 * p->n;
    memset(jac, 0, sizeof *jac * 8 * (size_t)m);
    for (int32_t i = 0; i < p->n; i++) {
        const double at[3] = {p->a[i], p->b[i], 1}, seen[2] = {p->u[i], p->v[i]};
        double below = h[6] * at[0] + h[7] * at[1] + 1;
        if (!(below > 1e-6))
            return false;
        for (int row = 0; row < 2; row++) {
            const double *g = h + 3 * row;
            double w = p->weight[i] / below, *to = jac + 2 * i + row,
                   got = (g[0] * at[0] + g[1] * at[1] + g[2]) / below;
            r[2 * i + row] = p->weight[i] * (got - seen[row]);
            for (int j = 0; j < 3; j++)
                to[(3 * row + j) * m] = w * at[j];
            for (int j = 0; j < 2; j++)
                to[(6 + j) * m] = -w * at[j] * got;
        }
    }
    return true;
}

static double length(int32_t n, const double v[])
{
    double sum = 0;
    for (int32_t i = 0; i < n; i++)
        sum += v[i] * v[i];
    return sqrt(sum);
}

/* |J'J| |(J'J)^-1| in the Frobenius norm, its root: that of J. INFINITY = singular. */
static double condition_of(int32_t m, const double jac[], double work[])
{
    double inverse[64], square[64];
    if (hm_lsq_covariance(m, 8, jac, work, inverse))
        return INFINITY;
    for (int i = 0; i < 8; i++)
        for (int j = 0; j < 8; j++)
            square[8 * i + j] = hm_lsq_dot(m, jac + i * m, jac + j * m);
    return sqrt(length(64, square) * length(64, inverse));
}

/* out = T_to^-1 h T_from: from the frames back to metres and pixels. */
static void leave_frames(const double h[8], frame from, frame to, double out[9])
{
    const double inner[9] = {h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], 1};
    const double in[9] = {
        from.scale, 0, -from.scale * from.a, 0, from.scale, -from.scale * from.b, 0, 0, 1};
    const double back[9] = {1 / to.scale, 0, to.a, 0, 1 / to.scale, to.b, 0, 0, 1};
    double half[9];
    view_product(inner, in, half);
    view_product(back, half, out);
}

static hm_status make_problem(const view_plane_points *from, frame place, frame seen,
                              hm_arena *arena, problem *p, hm_err *err)
{
    size_t n = (size_t)from->n;
    double *all = HM_PUSH(arena, double, 5 * n), mean = 0;
    if (!all)
        return hm_err_set(err, HM_ERR_SYSTEM, "marks", 0, 0, NULL, "no memory");
    *p = (problem){from->n, all, all + n, all + 2 * n, all + 3 * n, all + 4 * n};
    for (size_t i = 0; i < n; i++)
        mean += 1 / from->sigma_px[i] / (double)n;
    for (size_t i = 0; i < n; i++) {
        p->a[i] = (from->a_m[i] - place.a) * place.scale;
        p->b[i] = (from->b_m[i] - place.b) * place.scale;
        p->u[i] = (from->u_px[i] - seen.a) * seen.scale;
        p->v[i] = (from->v_px[i] - seen.b) * seen.scale;
        p->weight[i] = 1 / from->sigma_px[i] / mean;
    }
    return HM_OK;
}

hm_status view_plane_fit(const view_plane_points *points, hm_arena *arena, double h[9],
                         double *condition, hm_err *err)
{
    int32_t n = points->n, m = 2 * n;
    frame place = frame_of(n, points->a_m, points->b_m),
          seen = frame_of(n, points->u_px, points->v_px);
    problem p;
    hm_lsq_end end;
    HM_TRY(make_problem(points, place, seen, arena, &p, err));
    double *work = HM_PUSH(arena, double, hm_lsq_work_count(m, 8)),
           *r = HM_PUSH(arena, double, (size_t)m), *jac = HM_PUSH(arena, double, 8 * (size_t)m);
    if (!work || !r || !jac)
        return hm_err_set(err, HM_ERR_SYSTEM, "marks", 0, 0, NULL, "no memory");
    double inner[8] = {1, 0, 0, 0, 1, 0, 0, 0};
    hm_lsq lsq = {.m = m, .n = 8, .fn = linear, .ctx = &p, .tol = 1e-13, .eval_max = 100};
    linear(&p, inner, r, jac);
    double found = condition_of(m, jac, work);
    if (!(found < condition_max))
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, "points",
                          "expected points of a plane of which four are such that no three are in "
                          "line; these do not fix the view");
    HM_TRY(hm_lsq_solve(&lsq, inner, work, &end, err));
    lsq.fn = reprojected;
    if (!reprojected(&p, inner, r, jac) || hm_lsq_solve(&lsq, inner, work, &end, NULL) != HM_OK)
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, "points",
                          "expected points that one camera can see so; two of them may be swapped");
    *condition = found;
    leave_frames(inner, place, seen, h);
    return HM_OK;
}
