/* Calibration: from marks to a view. */
#include "view_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"
#include "num/lsq.h"

/* A focal length known to worse than this share says nothing about the camera. Own. */
static const double focal_loose_frac = 0.3;

/* Marks of one place or one pixel nearer than this are the same. */
static const double same_m = 1e-6, same_px = 1e-6;

typedef struct calib {
    const hm_marks *marks;
    hm_arena *arena;
    hm_view *view;
    int axis; /* the plane that starts the search: coordinate `axis` is `value_m` */
    double value_m;
    double h[9]; /* its homography */
    double *work, *r, *jac;
} calib;

static hm_status refuse(hm_err *err, int32_t i, const char *why)
{
    char field[32];
    snprintf(field, sizeof field, "points[%d]", i);
    return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, field, "%s", why);
}

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "marks", 0, 0, NULL, "no memory");
}

static hm_status check_apart(const hm_marks *m, hm_err *err)
{
    for (int32_t i = 0; i < m->n_point; i++)
        for (int32_t j = 0; j < i; j++) {
            const hm_marks_point *p = &m->point[i], *q = &m->point[j];
            if (fabs(p->x_m - q->x_m) + fabs(p->y_m - q->y_m) + fabs(p->z_m - q->z_m) < same_m)
                return refuse(err, i, "the same place as a point before it");
            if (fabs(p->u_px - q->u_px) + fabs(p->v_px - q->v_px) < same_px)
                return refuse(err, i, "the same pixel as a point before it");
        }
    return HM_OK;
}

/* ---- a plane to begin with ---- */

static double coordinate(const hm_marks_point *p, int axis)
{
    return axis == 0 ? p->x_m : axis == 1 ? p->y_m : p->z_m;
}

static int32_t count_on(const hm_marks *m, int axis, double value_m)
{
    int32_t n = 0;
    for (int32_t i = 0; i < m->n_point; i++)
        n += fabs(coordinate(&m->point[i], axis) - value_m) < same_m;
    return n;
}

/* The ground where it has four points; else the upright plane with the most. */
static hm_status choose_plane(calib *c, hm_err *err)
{
    const hm_marks *m = c->marks;
    c->axis = 2;
    c->value_m = 0;
    int32_t most = count_on(m, 2, 0), n_ground = most;
    for (int axis = 0; axis < 3 && n_ground < 4; axis++)
        for (int32_t i = 0; i < m->n_point; i++) {
            int32_t n = count_on(m, axis, coordinate(&m->point[i], axis));
            if (n > most) {
                most = n;
                c->axis = axis;
                c->value_m = coordinate(&m->point[i], axis);
            }
        }
    if (most < 4)
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, "points",
                          "expected four or more points on the ground (z_m = 0), found %d",
                          n_ground);
    return HM_OK;
}

/* Points of the plane, seen without the lens as far as view->focal_px and k tell. Of x the
 * plane has y, z; of y it has z, x; of z it has x, y. */
static hm_status fit_plane(calib *c, double *condition, hm_err *err)
{
    const hm_marks *m = c->marks;
    size_t n = (size_t)m->n_point;
    double *all = HM_PUSH(c->arena, double, 5 * n);
    if (!all)
        return no_memory(err);
    view_plane_points p = {0, all, all + n, all + 2 * n, all + 3 * n, all + 4 * n};
    for (size_t i = 0; i < n; i++) {
        const hm_marks_point *q = &m->point[i];
        if (!(fabs(coordinate(q, c->axis) - c->value_m) < same_m))
            continue;
        int32_t k = p.n++;
        p.a_m[k] = coordinate(q, (c->axis + 1) % 3);
        p.b_m[k] = coordinate(q, (c->axis + 2) % 3);
        p.sigma_px[k] = q->sigma_px;
        if (!view_undo(c->view, q->u_px, q->v_px, &p.u_px[k], &p.v_px[k]))
            return refuse(err, (int32_t)i, "outside of what a lens with this k1 and k2 shows");
    }
    return view_plane_fit(&p, c->arena, c->h, condition, err);
}

/* ---- the camera ---- */

static void cross(const double a[3], const double b[3], double out[3])
{
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

static double length(const double a[3])
{
    return sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
}

/* The nearest two unit vectors at right angles. */
static bool square_up(double a[3], double b[3])
{
    double c[3], n[3], d[3];
    for (int i = 0; i < 3; i++)
        c[i] = a[i] / length(a) + b[i] / length(b);
    cross(a, b, n);
    cross(n, c, d);
    double lc = length(c) * sqrt(2), ld = length(d) * sqrt(2);
    if (!(lc > 0) || !(ld > 0))
        return false;
    for (int i = 0; i < 3; i++) {
        a[i] = c[i] / lc - d[i] / ld;
        b[i] = c[i] / lc + d[i] / ld;
    }
    return true;
}

/* Pose of a camera with this focal length whose plane has the homography c->h. hand -1: x, y, z as
 * on a track, where lane 1 lies to the left of who runs; 1: y counts to the left. */
static bool pose_of_plane(const calib *c, double focal_px, int hand, hm_view *view)
{
    double col[3][3]; /* columns of K^-1 h */
    for (int j = 0; j < 3; j++) {
        col[j][0] = (c->h[j] - view->centre_u_px * c->h[6 + j]) / focal_px;
        col[j][1] = (c->h[3 + j] - view->centre_v_px * c->h[6 + j]) / focal_px;
        col[j][2] = c->h[6 + j];
    }
    /* h is scaled so that the marks lie in front: no sign to choose */
    double scale = sqrt(length(col[0]) * length(col[1])), normal[3];
    if (!(scale > 0) || !square_up(col[0], col[1]))
        return false;
    cross(col[0], col[1], normal);
    for (int i = 0; i < 3; i++)
        normal[i] *= hand;
    int at[3] = {(c->axis + 1) % 3, (c->axis + 2) % 3, c->axis};
    for (int i = 0; i < 3; i++) {
        view->r[3 * i + at[0]] = col[0][i];
        view->r[3 * i + at[1]] = col[1][i];
        view->r[3 * i + at[2]] = normal[i];
        view->t_m[i] = col[2][i] / scale - c->value_m * normal[i];
    }
    view->focal_px = focal_px;
    return true;
}

/* The view moved by (rotation, t, log of focal length). */
static hm_view moved(const hm_view *from, int n_param, const double p[], double jac[9])
{
    hm_view to = *from;
    double turn[9];
    view_turn(p, turn, jac);
    view_product(turn, from->r, to.r);
    for (int i = 0; i < 3; i++)
        to.t_m[i] = from->t_m[i] + p[3 + i];
    if (n_param == HM_VIEW_PARAM)
        to.focal_px = from->focal_px * hm_exp(p[6]);
    return to;
}

typedef struct search {
    const hm_marks *marks;
    const hm_view *from;
    int n_param;
} search;

static bool reprojected(void *ctx, const double p[], double r[], double jac[])
{
    const search *s = ctx;
    double turn[9], uv[2];
    hm_view view = moved(s->from, s->n_param, p, turn);
    int32_t m = 2 * s->marks->n_point;
    for (int32_t i = 0; i < s->marks->n_point; i++) {
        const hm_marks_point *q = &s->marks->point[i];
        const double at_m[3] = {q->x_m, q->y_m, q->z_m};
        view_slope slope;
        if (!view_project(&view, at_m, uv, &slope))
            return false;
        r[2 * i] = (uv[0] - q->u_px) / q->sigma_px;
        r[2 * i + 1] = (uv[1] - q->v_px) / q->sigma_px;
        for (int k = 0; k < 2; k++) {
            const double *by = slope.pose + HM_VIEW_PARAM * k;
            double *to = jac + 2 * i + k;
            for (int j = 0; j < 3; j++)
                to[j * m] =
                    (by[0] * turn[j] + by[1] * turn[3 + j] + by[2] * turn[6 + j]) / q->sigma_px;
            for (int j = 3; j < s->n_param; j++)
                to[j * m] = by[j] / q->sigma_px;
        }
    }
    return true;
}

/* Improve a pose; *sum gets the weighted squares. False where it leads nowhere. */
static bool improve(const calib *c, int n_param, hm_view *view, double *sum)
{
    search s = {c->marks, view, n_param};
    double p[HM_VIEW_PARAM] = {0};
    hm_lsq lsq = {.m = 2 * c->marks->n_point,
                  .n = n_param,
                  .fn = reprojected,
                  .ctx = &s,
                  .tol = 1e-13,
                  .eval_max = 300};
    hm_lsq_end end;
    if (hm_lsq_solve(&lsq, p, c->work, &end, NULL) != HM_OK)
        return false;
    *view = moved(view, n_param, p, NULL);
    *sum = end.sum;
    return true;
}

/* Focal lengths to begin with: what the plane says (Zhang 2000), and the usual ones. */
static int focal_guesses(const calib *c, double guess[])
{
    static const double usual[] = {0.5, 0.7, 0.9, 1.2, 1.7, 2.5, 4, 8};
    const hm_view *v = c->view;
    double h[9], side = fmax(v->width_px, v->height_px);
    for (int j = 0; j < 3; j++) {
        h[j] = c->h[j] - v->centre_u_px * c->h[6 + j];
        h[3 + j] = c->h[3 + j] - v->centre_v_px * c->h[6 + j];
        h[6 + j] = c->h[6 + j];
    }
    double f2[2] = {-(h[0] * h[1] + h[3] * h[4]) / (h[6] * h[7]),
                    (h[0] * h[0] + h[3] * h[3] - h[1] * h[1] - h[4] * h[4]) /
                        (h[7] * h[7] - h[6] * h[6])};
    int n = 0;
    for (int i = 0; i < 2; i++)
        if (f2[i] > 0.01 * side * side && f2[i] < 1e4 * side * side)
            guess[n++] = sqrt(f2[i]);
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        guess[n++] = usual[i] * side;
    return n;
}

static double height_of(const hm_view *v)
{
    return -(v->r[2] * v->t_m[0] + v->r[5] * v->t_m[1] + v->r[8] * v->t_m[2]);
}

/* The best camera above the ground over all beginnings, y either way; false when there is none. */
static bool find_camera(const calib *c, int n_param, hm_view *best, double *best_sum)
{
    double guess[16], sum;
    int n = 1;
    guess[0] = c->marks->focal_px;
    if (n_param == HM_VIEW_PARAM)
        n = focal_guesses(c, guess);
    *best_sum = INFINITY;
    for (int i = 0; i < 2 * n; i++) {
        hm_view at = *c->view;
        if (!pose_of_plane(c, guess[i % n], i < n ? -1 : 1, &at) || !(height_of(&at) > 0) ||
            !improve(c, n_param, &at, &sum) || !(height_of(&at) > 0))
            continue;
        if (sum < *best_sum) {
            *best = at;
            *best_sum = sum;
        }
    }
    return isfinite(*best_sum);
}

/* Covariance of pose and focal length; scaled up where the marks fit worse than their sigmas.
 * False when they do not fix it. */
static bool find_covariance(const calib *c, int n_param, double sum, hm_view *view)
{
    int32_t m = 2 * c->marks->n_point;
    double cov[HM_VIEW_PARAM * HM_VIEW_PARAM], zero[HM_VIEW_PARAM] = {0};
    search s = {c->marks, view, n_param};
    if (!reprojected(&s, zero, c->r, c->jac) || hm_lsq_covariance(m, n_param, c->jac, c->work, cov))
        return false;
    double more = m > n_param ? fmax(1, sum / (m - n_param)) : 1;
    memset(view->cov, 0, sizeof view->cov);
    for (int i = 0; i < n_param; i++)
        for (int j = 0; j < n_param; j++)
            view->cov[HM_VIEW_PARAM * i + j] = more * cov[n_param * i + j];
    view->focal_sigma_px = view->focal_px * sqrt(view->cov[HM_VIEW_PARAM * HM_VIEW_PARAM - 1]);
    return true;
}

static void fill_ground(hm_view *v)
{
    for (int j = 0; j < 3; j++) {
        double x = j < 2 ? v->r[j] : v->t_m[0], y = j < 2 ? v->r[3 + j] : v->t_m[1],
               z = j < 2 ? v->r[6 + j] : v->t_m[2];
        v->ground[j] = v->focal_px * x + v->centre_u_px * z;
        v->ground[3 + j] = v->focal_px * y + v->centre_v_px * z;
        v->ground[6 + j] = z;
    }
}

static double depth_of(const hm_view *v, const hm_marks_point *p)
{
    return v->r[6] * p->x_m + v->r[7] * p->y_m + v->r[8] * p->z_m + v->t_m[2];
}

/* The marks do not give a camera, and why. */
static void keep_ground(hm_view *v, const char *why)
{
    v->has_camera = false;
    v->no_camera = why;
    v->focal_px = v->focal_sigma_px = v->depth_m = NAN;
}

static hm_status try_camera(calib *c, hm_err *err)
{
    hm_view *v = c->view, best;
    double sum;
    int n_param = isnan(c->marks->focal_px) ? HM_VIEW_PARAM : HM_VIEW_PARAM - 1;
    if (!find_camera(c, n_param, &best, &sum))
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, "points",
                          "expected points that one camera can see so; two may be swapped");
    best.has_camera = true;
    best.no_camera = "";
    bool fixed = find_covariance(c, n_param, sum, &best);
    if (!fixed || best.focal_sigma_px > focal_loose_frac * best.focal_px) {
        keep_ground(v, "these marks do not tell the focal length: mark points above the ground "
                       "(both ends of an upright pole), or say focal_px");
        return HM_OK;
    }
    *v = best;
    fill_ground(v);
    v->depth_m = 0;
    for (int32_t i = 0; i < c->marks->n_point; i++)
        v->depth_m += depth_of(v, &c->marks->point[i]) / c->marks->n_point;
    return HM_OK;
}

/* ---- residuals ---- */

/* Residual of point i when it is left out, by the hat matrix of its two rows; NAN = only it fixes
 * something. */
static double left_out(const calib *c, int n_param, int32_t i, const double cov[])
{
    int32_t m = 2 * c->marks->n_point;
    double a[4] = {1, 0, 0, 1};
    for (int row = 0; row < 2; row++)
        for (int other = 0; other < 2; other++)
            for (int j = 0; j < n_param; j++)
                for (int k = 0; k < n_param; k++)
                    a[2 * row + other] -= c->jac[j * m + 2 * i + row] * cov[HM_VIEW_PARAM * j + k] *
                                          c->jac[k * m + 2 * i + other];
    double det = a[0] * a[3] - a[1] * a[2], ru = c->r[2 * i], rv = c->r[2 * i + 1];
    if (!(det > 1e-9))
        return NAN;
    double u = (a[3] * ru - a[1] * rv) / det, v = (a[0] * rv - a[2] * ru) / det;
    return sqrt(u * u + v * v) * c->marks->point[i].sigma_px;
}

static void camera_residuals(const calib *c)
{
    hm_view *v = c->view;
    int n_param = isnan(c->marks->focal_px) ? HM_VIEW_PARAM : HM_VIEW_PARAM - 1;
    int32_t m = 2 * c->marks->n_point;
    double zero[HM_VIEW_PARAM] = {0}, cov[HM_VIEW_PARAM * HM_VIEW_PARAM], sum = 0;
    search s = {c->marks, v, n_param};
    if (!reprojected(&s, zero, c->r, c->jac))
        return;
    for (int32_t i = 0; i < m; i++)
        sum += c->r[i] * c->r[i];
    double more = m > n_param ? fmax(1, sum / (m - n_param)) : 1;
    for (int i = 0; i < HM_VIEW_PARAM * HM_VIEW_PARAM; i++)
        cov[i] = v->cov[i] / more;
    for (int32_t i = 0; i < c->marks->n_point; i++) {
        const hm_marks_point *p = &c->marks->point[i];
        double ru = c->r[2 * i], rv = c->r[2 * i + 1];
        v->residual_px[i] = sqrt(ru * ru + rv * rv) * p->sigma_px;
        v->residual_mm[i] = 1000 * v->residual_px[i] * depth_of(v, p) / v->focal_px;
        v->leave_out_px[i] = left_out(c, n_param, i, cov);
    }
}

static void ground_residuals(const calib *c)
{
    hm_view *v = c->view;
    for (int32_t i = 0; i < c->marks->n_point; i++) {
        const hm_marks_point *p = &c->marks->point[i];
        double uu, vv, x, y;
        v->residual_px[i] = v->residual_mm[i] = v->leave_out_px[i] = NAN;
        if (p->z_m != 0 || !view_through(v->ground, p->x_m, p->y_m, &uu, &vv))
            continue;
        v->residual_px[i] = sqrt((uu - p->u_px) * (uu - p->u_px) + (vv - p->v_px) * (vv - p->v_px));
        if (hm_view_ground(v, p->u_px, p->v_px, &x, &y))
            v->residual_mm[i] =
                1000 * sqrt((x - p->x_m) * (x - p->x_m) + (y - p->y_m) * (y - p->y_m));
    }
}

static double root_mean_square(int32_t n, const double v[])
{
    double sum = 0;
    int32_t k = 0;
    for (int32_t i = 0; i < n; i++)
        if (!isnan(v[i])) {
            sum += v[i] * v[i];
            k++;
        }
    return k ? sqrt(sum / k) : (double)NAN;
}

static hm_status fit(calib *c, hm_err *err)
{
    const hm_marks *m = c->marks;
    hm_view *v = c->view;
    bool curved = m->k1 != 0 || m->k2 != 0;
    if (curved && isnan(m->focal_px))
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, "focal_px",
                          "expected a focal length beside k1 and k2, which are in units of it");
    HM_TRY(check_apart(m, err));
    HM_TRY(choose_plane(c, err));
    HM_TRY(fit_plane(c, &v->condition, err));
    memcpy(v->ground, c->h, sizeof v->ground);
    HM_TRY(try_camera(c, err));
    if (!v->has_camera && (c->axis != 2 || c->value_m != 0))
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, "points",
                          "expected four points on the ground, or more upright ones: these do not "
                          "tell the focal length");
    if (v->has_camera)
        camera_residuals(c);
    else
        ground_residuals(c);
    v->rms_px = root_mean_square(m->n_point, v->residual_px);
    return HM_OK;
}

hm_status hm_view_fit(const hm_marks *marks, hm_arena *arena, hm_view *view, hm_err *err)
{
    size_t n = (size_t)marks->n_point, m = 2 * n;
    hm_view v = {.width_px = marks->width_px, .height_px = marks->height_px, .no_camera = ""};
    if (n < 4)
        return hm_err_set(err, HM_ERR_INPUT, "marks", 0, 0, "points",
                          "expected four or more points on the ground (z_m = 0), found %zu points",
                          n);
    v.centre_u_px = marks->width_px / 2.0;
    v.centre_v_px = marks->height_px / 2.0;
    v.focal_px = marks->focal_px;
    v.k1 = marks->k1;
    v.k2 = marks->k2;
    v.n_point = marks->n_point;
    v.residual_px = HM_PUSH(arena, double, n);
    v.residual_mm = HM_PUSH(arena, double, n);
    v.leave_out_px = HM_PUSH(arena, double, n);
    calib c = {.marks = marks, .arena = arena, .view = &v};
    c.work = HM_PUSH(arena, double, hm_lsq_work_count((int32_t)m, HM_VIEW_PARAM));
    c.r = HM_PUSH(arena, double, m);
    c.jac = HM_PUSH(arena, double, HM_VIEW_PARAM *m);
    if (!v.residual_px || !v.residual_mm || !v.leave_out_px || !c.work || !c.r || !c.jac)
        return no_memory(err);
    HM_TRY(fit(&c, err));
    *view = v;
    return HM_OK;
}
