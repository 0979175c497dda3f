#include "video/view.h"

#include "view_priv.h"

#include <math.h>
#include <string.h>

#include "num/dmath.h"
#include "num/root.h"

void view_product(const double a[9], const double b[9], double out[9])
{
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            out[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
}

void view_times(const double a[9], const double v[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = a[3 * i] * v[0] + a[3 * i + 1] * v[1] + a[3 * i + 2] * v[2];
}

bool view_inverse(const double a[9], double out[9])
{
    double c0 = a[4] * a[8] - a[5] * a[7], c1 = a[5] * a[6] - a[3] * a[8],
           c2 = a[3] * a[7] - a[4] * a[6], det = a[0] * c0 + a[1] * c1 + a[2] * c2;
    double most = 0;
    for (int i = 0; i < 9; i++)
        most = fmax(most, fabs(a[i]));
    if (!(fabs(det) > 1e-18 * most * most * most))
        return false;
    const double adj[9] = {c0, a[2] * a[7] - a[1] * a[8], a[1] * a[5] - a[2] * a[4],
                           c1, a[0] * a[8] - a[2] * a[6], a[2] * a[3] - a[0] * a[5],
                           c2, a[1] * a[6] - a[0] * a[7], a[0] * a[4] - a[1] * a[3]};
    for (int i = 0; i < 9; i++)
        out[i] = adj[i] / det;
    return true;
}

bool view_through(const double h[9], double a, double b, double *u, double *v)
{
    double w = h[6] * a + h[7] * b + h[8];
    if (!(w > 1e-12))
        return false;
    *u = (h[0] * a + h[1] * b + h[2]) / w;
    *v = (h[3] * a + h[4] * b + h[5]) / w;
    return true;
}

void view_turn(const double w_rad[3], double r[9], double jac[9])
{
    double x = w_rad[0], y = w_rad[1], z = w_rad[2], q = x * x + y * y + z * z, a = sqrt(q);
    /* sin a / a, (1 - cos a) / a^2, (a - sin a) / a^3; by their series near 0 */
    bool small = a < 1e-3;
    double s = small ? 1 - q / 6 : hm_sin(a) / a, c = small ? 0.5 - q / 24 : (1 - hm_cos(a)) / q,
           d = small ? 1.0 / 6 - q / 120 : (a - hm_sin(a)) / (q * a);
    const double k[9] = {0, -z, y, z, 0, -x, -y, x, 0};
    double k2[9];
    view_product(k, k, k2);
    for (int i = 0; i < 9; i++) {
        double one = i % 4 == 0;
        r[i] = one + s * k[i] + c * k2[i];
        if (jac)
            jac[i] = one + c * k[i] + d * k2[i];
    }
}

/* ---- the lens ---- */

typedef struct lens {
    double k1, k2, want;
} lens;

static double too_far(const void *ctx, double r, double *slope)
{
    const lens *l = ctx;
    double q = r * r;
    *slope = 1 + 3 * l->k1 * q + 5 * l->k2 * q * q;
    return r * (1 + l->k1 * q + l->k2 * q * q) - l->want;
}

/* Radius up to which the picture grows with the angle: where 1 + 3 k1 q + 5 k2 q^2 is first 0. */
static double fold_radius(double k1, double k2)
{
    double b = 3 * k1, a = 5 * k2, q = INFINITY;
    if (a == 0)
        q = b < 0 ? -1 / b : (double)INFINITY;
    else if (b * b - 4 * a >= 0) {
        double root = sqrt(b * b - 4 * a), q1 = (-b - root) / (2 * a), q2 = (-b + root) / (2 * a);
        q = fmin(q1 > 0 ? q1 : (double)INFINITY, q2 > 0 ? q2 : (double)INFINITY);
    }
    return sqrt(q);
}

bool view_undo(const hm_view *view, double u_px, double v_px, double *u_true_px, double *v_true_px)
{
    *u_true_px = u_px;
    *v_true_px = v_px;
    if (view->k1 == 0 && view->k2 == 0)
        return true;
    double x = (u_px - view->centre_u_px) / view->focal_px,
           y = (v_px - view->centre_v_px) / view->focal_px;
    lens l = {view->k1, view->k2, sqrt(x * x + y * y)};
    double slope, most = fmin(fold_radius(l.k1, l.k2), 10);
    if (l.want < 1e-12)
        return true;
    if (!(too_far(&l, most, &slope) > 0))
        return false;
    double grow = hm_root(too_far, &l, 0, most, l.want, 1e-14) / l.want;
    *u_true_px = view->centre_u_px + grow * x * view->focal_px;
    *v_true_px = view->centre_v_px + grow * y * view->focal_px;
    return true;
}

bool view_bend(const hm_view *view, double u_true_px, double v_true_px, double *u_px, double *v_px)
{
    *u_px = u_true_px;
    *v_px = v_true_px;
    if (view->k1 == 0 && view->k2 == 0)
        return true;
    double x = (u_true_px - view->centre_u_px) / view->focal_px,
           y = (v_true_px - view->centre_v_px) / view->focal_px, q = x * x + y * y,
           grow = 1 + view->k1 * q + view->k2 * q * q;
    if (!(sqrt(q) < fold_radius(view->k1, view->k2)))
        return false;
    *u_px = view->centre_u_px + grow * x * view->focal_px;
    *v_px = view->centre_v_px + grow * y * view->focal_px;
    return true;
}

/* ---- places to pixels ---- */

static void fill_slope(const hm_view *view, const double turned[3], const double bend[4],
                       double depth_m, const double seen[2], view_slope *slope)
{
    double x = turned[0] + view->t_m[0], y = turned[1] + view->t_m[1];
    for (int i = 0; i < 2; i++) {
        /* by the place in the camera's axes */
        double b0 = view->focal_px * bend[2 * i] / depth_m,
               b1 = view->focal_px * bend[2 * i + 1] / depth_m;
        const double cam[3] = {b0, b1, -(b0 * x + b1 * y) / depth_m};
        double *pose = slope->pose + HM_VIEW_PARAM * i;
        pose[0] = cam[2] * turned[1] - cam[1] * turned[2];
        pose[1] = cam[0] * turned[2] - cam[2] * turned[0];
        pose[2] = cam[1] * turned[0] - cam[0] * turned[1];
        memcpy(pose + 3, cam, sizeof cam);
        pose[6] = seen[i];
        for (int j = 0; j < 3; j++)
            slope->at[3 * i + j] =
                cam[0] * view->r[j] + cam[1] * view->r[3 + j] + cam[2] * view->r[6 + j];
    }
}

bool view_project(const hm_view *view, const double at_m[3], double uv_px[2], view_slope *slope)
{
    double turned[3];
    view_times(view->r, at_m, turned);
    double depth_m = turned[2] + view->t_m[2];
    if (!(depth_m > 1e-3))
        return false;
    double x = (turned[0] + view->t_m[0]) / depth_m, y = (turned[1] + view->t_m[1]) / depth_m,
           q = x * x + y * y, grow = 1 + view->k1 * q + view->k2 * q * q,
           more = view->k1 + 2 * view->k2 * q;
    if (!(grow + 2 * q * more > 0) || !(sqrt(q) < fold_radius(view->k1, view->k2)))
        return false;
    const double seen[2] = {view->focal_px * grow * x, view->focal_px * grow * y};
    uv_px[0] = view->centre_u_px + seen[0];
    uv_px[1] = view->centre_v_px + seen[1];
    if (slope) {
        const double bend[4] = {grow + 2 * x * x * more, 2 * x * y * more, 2 * x * y * more,
                                grow + 2 * y * y * more};
        fill_slope(view, turned, bend, depth_m, seen, slope);
    }
    return true;
}

bool hm_view_pixel(const hm_view *view, const double at_m[3], double *u_px, double *v_px)
{
    double uv[2];
    if (view->has_camera) {
        if (!view_project(view, at_m, uv, NULL))
            return false;
    } else if (at_m[2] != 0 || !view_through(view->ground, at_m[0], at_m[1], &uv[0], &uv[1])) {
        return false;
    }
    *u_px = uv[0];
    *v_px = uv[1];
    return true;
}

/* ---- pixels to places ---- */

bool hm_view_ground(const hm_view *view, double u_px, double v_px, double *x_m, double *y_m)
{
    double back[9], u, v, x, y, uu, vv;
    if (!view_undo(view, u_px, v_px, &u, &v) || !view_inverse(view->ground, back))
        return false;
    double w = back[6] * u + back[7] * v + back[8];
    if (w == 0)
        return false;
    x = (back[0] * u + back[1] * v + back[2]) / w;
    y = (back[3] * u + back[4] * v + back[5]) / w;
    /* above the horizon the plane is met behind the camera */
    if (!isfinite(x) || !isfinite(y) || !view_through(view->ground, x, y, &uu, &vv))
        return false;
    *x_m = x;
    *y_m = y;
    return true;
}

/* Where the ray of a pixel meets the plane where coordinate `axis` is `value_m`. */
static bool on_plane(const hm_view *view, double u_px, double v_px, int axis, double value_m,
                     double at_m[3])
{
    double u, v, way[3], from[3];
    if (!view->has_camera || !view_undo(view, u_px, v_px, &u, &v))
        return false;
    const double ray[3] = {(u - view->centre_u_px) / view->focal_px,
                           (v - view->centre_v_px) / view->focal_px, 1};
    for (int j = 0; j < 3; j++) {
        way[j] = view->r[j] * ray[0] + view->r[3 + j] * ray[1] + view->r[6 + j] * ray[2];
        from[j] = -(view->r[j] * view->t_m[0] + view->r[3 + j] * view->t_m[1] +
                    view->r[6 + j] * view->t_m[2]);
    }
    double far = (value_m - from[axis]) / way[axis];
    if (!(far > 1e-3) || !(far < 1e6))
        return false;
    for (int j = 0; j < 3; j++)
        at_m[j] = from[j] + far * way[j];
    return true;
}

bool hm_view_lane_plane(const hm_view *view, double u_px, double v_px, double y_m, double *x_m,
                        double *z_m)
{
    double at[3];
    if (!on_plane(view, u_px, v_px, 1, y_m, at))
        return false;
    *x_m = at[0];
    *z_m = at[2];
    return true;
}

bool hm_view_gate_plane(const hm_view *view, double u_px, double v_px, double x_m, double *y_m,
                        double *z_m)
{
    double at[3];
    if (!on_plane(view, u_px, v_px, 0, x_m, at))
        return false;
    *y_m = at[1];
    *z_m = at[2];
    return true;
}

/* ---- errors and time ---- */

/* Derivatives of the x that a fixed pixel gives in the lane's plane, by the pose. */
static bool x_slope(const hm_view *view, const double at_m[3], double out[HM_VIEW_PARAM])
{
    double uv[2];
    view_slope s;
    if (!view->has_camera || !view_project(view, at_m, uv, &s))
        return false;
    double ux = s.at[0], uz = s.at[2], vx = s.at[3], vz = s.at[5], det = ux * vz - uz * vx;
    if (det == 0)
        return false;
    for (int k = 0; k < HM_VIEW_PARAM; k++)
        out[k] = -(vz * s.pose[k] - uz * s.pose[HM_VIEW_PARAM + k]) / det;
    return true;
}

double hm_view_x_covariance_m2(const hm_view *view, const double a_m[3], const double b_m[3])
{
    double a[HM_VIEW_PARAM], b[HM_VIEW_PARAM], sum = 0;
    if (!x_slope(view, a_m, a) || !x_slope(view, b_m, b))
        return NAN;
    for (int i = 0; i < HM_VIEW_PARAM; i++)
        for (int j = 0; j < HM_VIEW_PARAM; j++)
            sum += a[i] * view->cov[HM_VIEW_PARAM * i + j] * b[j];
    return sum;
}

double hm_view_row_delay_s(const hm_view *view, const hm_marks *marks, double u_px, double v_px)
{
    if (!(marks->readout_s > 0))
        return 0;
    double across = (u_px - 0.5) / (view->width_px > 1 ? view->width_px - 1 : 1) - 0.5,
           down = (v_px - 0.5) / (view->height_px > 1 ? view->height_px - 1 : 1) - 0.5;
    switch (marks->readout) {
    case HM_READOUT_UP:
        return -down * marks->readout_s;
    case HM_READOUT_RIGHT:
        return across * marks->readout_s;
    case HM_READOUT_LEFT:
        return -across * marks->readout_s;
    default:
        return down * marks->readout_s;
    }
}
