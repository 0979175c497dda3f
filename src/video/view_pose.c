/* Where the fitted camera stands and looks, in words that a person can hold a tape against. */
#include "video/view.h"

#include <math.h>

#include "num/dmath.h"

/* sqrt(g C g'), g over the view's parameters. */
static double sigma_of(const hm_view *v, const double g[HM_VIEW_PARAM])
{
    double sum = 0;
    for (int i = 0; i < HM_VIEW_PARAM; i++)
        for (int j = 0; j < HM_VIEW_PARAM; j++)
            sum += g[i] * v->cov[HM_VIEW_PARAM * i + j] * g[j];
    return sqrt(fmax(0, sum));
}

/* What a small rotation about the camera's axis i does to R's column j: axis x column. */
static void turned(const hm_view *v, int axis, int j, double d[3])
{
    int a = (axis + 1) % 3, b = (axis + 2) % 3;
    d[axis] = 0;
    d[a] = -v->r[3 * b + j];
    d[b] = v->r[3 * a + j];
}

bool hm_view_pose_of(const hm_view *v, hm_view_pose *pose)
{
    if (!v->has_camera)
        return false;
    hm_view_pose p = {.focal_px = v->focal_px, .focal_sigma_px = v->focal_sigma_px};
    /* the eye is -R't */
    for (int j = 0; j < 3; j++) {
        double g[HM_VIEW_PARAM] = {0}, d[3];
        for (int i = 0; i < 3; i++) {
            p.eye_m[j] -= v->r[3 * i + j] * v->t_m[i];
            g[3 + i] = -v->r[3 * i + j];
            turned(v, i, j, d);
            for (int k = 0; k < 3; k++)
                g[i] -= d[k] * v->t_m[k];
        }
        p.eye_sigma_m[j] = sigma_of(v, g);
    }
    /* it looks along the last row */
    const double *ahead = v->r + 6;
    double flat2 = ahead[0] * ahead[0] + ahead[1] * ahead[1], flat = sqrt(flat2);
    double side = ahead[1] < 0 ? -1 : 1, yaw[HM_VIEW_PARAM] = {0}, pitch[HM_VIEW_PARAM] = {0};
    p.yaw_rad = hm_atan2(ahead[0], side * ahead[1]);
    p.pitch_rad = hm_atan2(ahead[2], flat);
    for (int i = 0; i < 3; i++) {
        double d[3][3]; /* of each column */
        for (int j = 0; j < 3; j++)
            turned(v, i, j, d[j]);
        yaw[i] = side * (d[0][2] * ahead[1] - d[1][2] * ahead[0]) / flat2;
        pitch[i] = d[2][2] / flat;
    }
    p.yaw_sigma_rad = sigma_of(v, yaw);
    p.pitch_sigma_rad = sigma_of(v, pitch);
    *pose = p;
    return true;
}
