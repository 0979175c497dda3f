/* phone_camera.c - where the phone stands and what its lens does, exactly. */
#include "phone_priv.h"

#include <math.h>

#include "num/dmath.h"

#define LANE_M 1.22 /* World Athletics TR14.4 */
#define AIM_M  50.0 /* how far off the aim is put: far enough for float */

static const double rad = HM_PI / 180;

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void cross(const double a[3], const double b[3], double out[3])
{
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

static void unit(double v[3])
{
    double n = sqrt(dot(v, v));
    for (int i = 0; i < 3; i++)
        v[i] /= n;
}

/* Left edge of lane 1 in the world of bodies. */
static double edge_m(void)
{
    return hm_lane_centre_m(1) + 0.5 * LANE_M;
}

void phone_to_marks(const double at_m[3], double marks_m[3])
{
    const double p[3] = {at_m[2], edge_m() - at_m[0], at_m[1]};
    for (int i = 0; i < 3; i++)
        marks_m[i] = p[i];
}

void phone_from_marks(const double marks_m[3], double at_m[3])
{
    const double p[3] = {edge_m() - marks_m[1], marks_m[2], marks_m[0]};
    for (int i = 0; i < 3; i++)
        at_m[i] = p[i];
}

/* Down to the middle between the feet in the near lane and the heads in the far one. */
static double pitch_of(const hm_phone_opts *o, int32_t n_lane)
{
    double near_rad = hm_atan2(o->height_m, o->distance_m);
    double far_rad = hm_atan2(o->height_m - 1.9, o->distance_m + n_lane * LANE_M);
    return isnan(o->pitch_deg) ? -0.5 * (near_rad + far_rad) : o->pitch_deg * rad;
}

/* The rasteriser's own arithmetic (raster_view_of), in double. */
static void set_axes(phone_camera *c)
{
    const hm_camera *d = &c->drawn;
    const double eye[3] = {(double)d->eye_m.x, (double)d->eye_m.y, (double)d->eye_m.z};
    const double aim[3] = {(double)d->aim_m.x, (double)d->aim_m.y, (double)d->aim_m.z};
    const double above[3] = {0, 1, 0};
    double right[3], up[3];
    for (int i = 0; i < 3; i++) {
        c->eye_m[i] = eye[i];
        c->fwd[i] = aim[i] - eye[i];
    }
    unit(c->fwd);
    cross(c->fwd, above, right);
    unit(right);
    cross(right, c->fwd, up);
    double co = hm_cos((double)d->roll_rad), si = hm_sin((double)d->roll_rad);
    for (int i = 0; i < 3; i++) {
        c->right[i] = co * right[i] + si * up[i];
        c->up[i] = co * up[i] - si * right[i];
    }
    c->f_px = 0.5 * c->draw_h / hm_tan(0.5 * (double)d->vfov_rad);
}

static void stand(const hm_phone_opts *o, int32_t n_lane, phone_camera *c)
{
    bool inside = o->stand == HM_PHONE_INFIELD;
    double yaw = o->yaw_deg * rad, pitch = pitch_of(o, n_lane), side = inside ? 1 : -1;
    const double at[3] = {o->x_m, inside ? -o->distance_m : n_lane * LANE_M + o->distance_m,
                          o->height_m};
    const double aim[3] = {at[0] + AIM_M * hm_sin(yaw) * hm_cos(pitch),
                           at[1] + AIM_M * side * hm_cos(yaw) * hm_cos(pitch),
                           at[2] + AIM_M * hm_sin(pitch)};
    double eye_m[3], aim_m[3];
    phone_from_marks(at, eye_m);
    phone_from_marks(aim, aim_m);
    c->drawn.eye_m = hm_v3((float)eye_m[0], (float)eye_m[1], (float)eye_m[2]);
    c->drawn.aim_m = hm_v3((float)aim_m[0], (float)aim_m[1], (float)aim_m[2]);
    c->drawn.roll_rad = (float)(o->roll_deg * rad);
    c->drawn.near_m = 0.25f;
}

/* Does the lens keep the order of radii, a little beyond the corners of the picture? */
static bool is_plain_lens(const phone_camera *c, double f_px)
{
    double most = 1.6 * sqrt((double)c->w_px * c->w_px + (double)c->h_px * c->h_px) / 2 / f_px;
    double seen = 0, corner = most / 1.6;
    for (int i = 1; i <= 400 && seen < 1.02 * corner; i++) {
        double r = 2 * most * i / 400, r2 = r * r, next = r * (1 + c->k1 * r2 + c->k2 * r2 * r2);
        if (!(next > seen))
            return false;
        seen = next;
    }
    return seen >= 1.02 * corner;
}

/* Half sides of the picture without distortion that holds all that is seen. */
static void drawn_half(const phone_camera *c, double half[2])
{
    enum { N = 64 };
    half[0] = half[1] = 0;
    for (int i = 0; i <= N; i++)
        for (int k = 0; k < 4; k++) { /* along the four edges */
            double a = (double)i / N, b = k % 2;
            double u = (k < 2 ? a : b) * c->w_px, v = (k < 2 ? b : a) * c->h_px, us, vs;
            phone_straighten(c, u, v, &us, &vs);
            half[0] = fmax(half[0], fabs(us - c->cu_px));
            half[1] = fmax(half[1], fabs(vs - c->cv_px));
        }
}

hm_status phone_camera_make(const hm_phone_opts *o, int32_t n_lane, int32_t w_px, int32_t h_px,
                            double margin_px, phone_camera *cam, hm_err *err)
{
    phone_camera c = {.w_px = w_px,
                      .h_px = h_px,
                      .cu_px = 0.5 * w_px,
                      .cv_px = 0.5 * h_px,
                      .k1 = o->k1,
                      .k2 = o->k2};
    c.f_px = 0.5 * w_px / hm_tan(0.5 * o->hfov_deg * rad);
    if (!is_plain_lens(&c, c.f_px))
        return hm_err_set(err, HM_ERR_USAGE, "phone", 0, 0, "k1",
                          "with k1 %g and k2 %g the lens folds the picture within its corners",
                          o->k1, o->k2);
    double half[2];
    drawn_half(&c, half);
    c.draw_w = w_px + 2 * (int32_t)ceil(fmax(half[0] - 0.5 * w_px, 0) + margin_px);
    c.draw_h = h_px + 2 * (int32_t)ceil(fmax(half[1] - 0.5 * h_px, 0) + margin_px);
    if (c.draw_w > 3840 || c.draw_h > 3840)
        return hm_err_set(err, HM_ERR_USAGE, "phone", 0, 0, "size",
                          "expected a picture that can be drawn on 3840 x 3840 pixels, with this "
                          "lens it takes %d x %d",
                          c.draw_w, c.draw_h);
    c.drawn.vfov_rad = (float)(2 * hm_atan(0.5 * c.draw_h / c.f_px));
    stand(o, n_lane, &c);
    set_axes(&c);
    *cam = c;
    return HM_OK;
}

bool phone_pixel(const phone_camera *c, const double at_m[3], double *u_px, double *v_px)
{
    const double q[3] = {at_m[0] - c->eye_m[0], at_m[1] - c->eye_m[1], at_m[2] - c->eye_m[2]};
    double depth = dot(q, c->fwd);
    if (!(depth > 0.05))
        return false;
    double x = dot(q, c->right) / depth, y = -dot(q, c->up) / depth, r2 = x * x + y * y;
    double k = 1 + c->k1 * r2 + c->k2 * r2 * r2;
    *u_px = c->cu_px + c->f_px * x * k;
    *v_px = c->cv_px + c->f_px * y * k;
    return true;
}

void phone_straighten(const phone_camera *c, double u_px, double v_px, double *us_px, double *vs_px)
{
    double x = (u_px - c->cu_px) / c->f_px, y = (v_px - c->cv_px) / c->f_px;
    double seen = sqrt(x * x + y * y), r = seen;
    for (int i = 0; i < 30 && seen > 0; i++) { /* Newton on r (1 + k1 r^2 + k2 r^4) = seen */
        double r2 = r * r, slope = 1 + 3 * c->k1 * r2 + 5 * c->k2 * r2 * r2;
        double step = (r * (1 + c->k1 * r2 + c->k2 * r2 * r2) - seen) / fmax(slope, 0.05);
        r -= step;
        if (fabs(step) < 1e-14)
            break;
    }
    double k = seen > 0 ? r / seen : 1;
    *us_px = c->cu_px + c->f_px * x * k;
    *vs_px = c->cv_px + c->f_px * y * k;
}

bool phone_ground(const phone_camera *c, double u_px, double v_px, double marks_m[3])
{
    double us, vs, ray[3], at[3];
    phone_straighten(c, u_px, v_px, &us, &vs);
    double x = (us - c->cu_px) / c->f_px, y = (vs - c->cv_px) / c->f_px;
    for (int i = 0; i < 3; i++)
        ray[i] = c->fwd[i] + x * c->right[i] - y * c->up[i];
    if (!(ray[1] < -1e-6))
        return false;
    double k = -c->eye_m[1] / ray[1];
    for (int i = 0; i < 3; i++)
        at[i] = c->eye_m[i] + k * ray[i];
    phone_to_marks(at, marks_m);
    return true;
}
