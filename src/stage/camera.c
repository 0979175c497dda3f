/* camera.c - camera paths: a rig is asked for views at even knots, the knots are softened, and a
 * natural cubic spline runs through them. So every path is C2 in place, aim and lens, whatever the
 * rig does. Quintic pieces between hand-made keys were tried first: they stop at each key. */
#include "camera_priv.h"

#include <math.h>

#include "base/rng.h"
#include "num/dmath.h"
#include "stage/shots.h"

enum { PAD = 4, SOFT = 2, N = HM_TRACK_CHANNELS };

#define KNOT_MAX_S      0.25 /* film seconds from knot to knot at most */
#define KNOT_MAX_RACE_S 0.16 /* and race seconds: a step lasts about 0.22 s */

/* Hand-held: two octaves of smooth noise (own choice after stage.md: 0.3 and 1.1 Hz). */
static const struct {
    double hz, amplitude_deg;
} octave[2] = {{0.3, 0.4}, {1.1, 0.15}};

static double ease(double u)
{
    u = u < 0 ? 0 : u > 1 ? 1 : u;
    return u * u * u * (10 + u * (6 * u - 15));
}

double camera_smooth_x_m(const hm_lane *lane, double t_s)
{
    static const double weight[9] = {0.0191, 0.0691, 0.1309, 0.1809, 0.2,
                                     0.1809, 0.1309, 0.0691, 0.0191}; /* Hann, sum 1 */
    double sum = 0;
    for (int i = 0; i < 9; i++)
        sum += weight[i] * hm_curve_x_m(&lane->curve, t_s + 0.1 * (i - 4));
    return sum;
}

double camera_wait_z_m(const hm_lane *lane)
{
    double rear_m = lane->start.rear_x_m < -0.35 ? lane->start.rear_x_m : -0.35;
    return rear_m - (lane->start.standing ? 0.45 : 0.26);
}

/* Heights in statures, read off posed runners: marks 0.46, set 0.48, at block exit 0.60, then the
 * trunk rises over about 9 m to a head at 0.95. */
cam_body camera_body(const hm_lane *lane, double t_s)
{
    double x = camera_is_running(lane) ? hm_curve_x_m(&lane->curve, t_s) : 0;
    bool is_waiting = t_s < CAM_MARKS_S || lane->status == HM_RUN_DNS;
    double gone = ease(x / 0.6), h = lane->stature_m, low = t_s < HM_SET_S ? 0.46 : 0.49;
    double up = lane->start.standing ? ease(x / 6) : 1 - hm_exp(-x / 9);
    double high = lane->start.standing ? 0.9 + 0.05 * up : 0.60 + 0.35 * up;
    double rear = lane->start.standing ? -0.6 : lane->start.rear_x_m - 0.3;
    double ahead = t_s < HM_SET_S ? 0.0 : 0.22;
    cam_body b = {.x_m = hm_lane_centre_m(lane->lane),
                  .back_z_m = x + (1 - up) * rear + up * -0.8,
                  .front_z_m = x + (1 - up) * 0.35 + up * 0.5,
                  .head_z_m = x + (1 - up) * ahead + up * -0.08,
                  .top_y_m = h * (lane->start.standing ? high : low + gone * (high - low)),
                  .height_m = 0.14 * h};
    if (is_waiting) {
        double z = camera_wait_z_m(lane);
        b.back_z_m = z - 0.25;
        b.front_z_m = z + 0.2;
        b.head_z_m = z;
        b.top_y_m = h;
    }
    return b;
}

/* Thomas algorithm for the tridiagonal system 1 4 1 of a natural spline. */
void camera_bend(int32_t n, int32_t stride, double dt_s, const double value[], double bend[],
                 double scratch[])
{
    bend[0] = bend[(n - 1) * stride] = 0;
    double c = 0, d = 0;
    scratch[0] = 0;
    for (int32_t i = 1; i + 1 < n; i++) {
        const double *y = &value[i * stride];
        double rhs = 6 * (y[stride] - 2 * y[0] + y[-stride]) / (dt_s * dt_s);
        double k = 1 / (4 - c);
        c = k;
        d = (rhs - d) * k;
        scratch[i] = c;
        bend[i * stride] = d;
    }
    for (int32_t i = n - 2; i >= 1; i--)
        bend[i * stride] -= scratch[i] * bend[(i + 1) * stride];
}

static double lattice(uint64_t seed, uint64_t entity, double t, uint32_t channel)
{
    double cell = floor(t);
    uint32_t i = (uint32_t)(int64_t)(cell + 65536);
    double a = hm_rng_unit(seed, HM_FOR_CAMERA, entity, i, channel);
    double b = hm_rng_unit(seed, HM_FOR_CAMERA, entity, i + 1, channel);
    return 2 * (a + (b - a) * ease(t - cell)) - 1;
}

/* The operator's hands: the aim wanders, less with a longer lens. */
static void drift(const hm_film *film, const hm_shot *shot, uint64_t entity, double t_s,
                  cam_view *v)
{
    if (!(shot->drift_frac > 0))
        return;
    double dx = v->aim_m.x - v->eye_m.x, dy = v->aim_m.y - v->eye_m.y, dz = v->aim_m.z - v->eye_m.z;
    double dist = sqrt(dx * dx + dy * dy + dz * dz);
    double lens = v->vfov_rad < 0.6 ? v->vfov_rad / 0.6 : 1;
    double off[2] = {0, 0};
    for (uint32_t c = 0; c < 2; c++)
        for (uint32_t o = 0; o < 2; o++)
            off[c] += octave[o].amplitude_deg * (HM_PI / 180) *
                      lattice(film->seed, entity, t_s * octave[o].hz, 2 * c + o);
    double k = shot->drift_frac * lens * dist;
    double flat = sqrt(dx * dx + dz * dz) + 1e-9;
    v->aim_m.x += k * off[0] * -dz / flat;
    v->aim_m.z += k * off[0] * dx / flat;
    v->aim_m.y += k * off[1];
}

static void store(double out[N], const cam_view *v)
{
    const double all[N] = {v->eye_m.x, v->eye_m.y, v->eye_m.z, v->aim_m.x,
                           v->aim_m.y, v->aim_m.z, v->vfov_rad};
    for (int c = 0; c < N; c++)
        out[c] = all[c];
}

/* Binomial softening: takes the corners of clamps and minima off a rig's views. */
static void soften(int32_t n, const double raw[], double out[])
{
    for (int32_t i = 0; i < n; i++)
        for (int c = 0; c < N; c++) {
            const double *r = &raw[(i + SOFT) * N + c];
            out[i * N + c] = (r[-2 * N] + 4 * r[-N] + 6 * r[0] + 4 * r[N] + r[2 * N]) / 16;
        }
}

hm_status camera_track(const hm_film *film, const hm_race *race, hm_shot *shot, hm_arena *arena,
                       hm_err *err)
{
    double span_s = shot->to_s - shot->from_s;
    double dt_s = KNOT_MAX_RACE_S / shot->rate;
    dt_s = dt_s < KNOT_MAX_S ? dt_s : KNOT_MAX_S;
    double inner = ceil(span_s / dt_s);
    if (inner > 20000)
        return hm_err_set(err, HM_ERR_INPUT, shot->name, 0, 0, "to", "the shot is too long");
    int32_t n_inner = inner < 2 ? 2 : (int32_t)inner;
    dt_s = span_s / n_inner;
    hm_camera_path t = {
        .n = n_inner + 1 + 2 * PAD, .dt_s = dt_s, .t0_s = shot->from_s - PAD * dt_s};
    t.value = HM_PUSH(arena, double, t.n *N);
    t.bend = HM_PUSH(arena, double, t.n *N);
    double *raw = HM_PUSH(arena, double, (t.n + 2 * SOFT) * N);
    if (!t.value || !t.bend || !raw)
        return hm_err_set(err, HM_ERR_SYSTEM, "camera", 0, 0, NULL, "no memory");
    uint64_t entity = (uint64_t)(shot - film->shot);
    for (int32_t i = 0; i < t.n + 2 * SOFT; i++) {
        double at_s = t.t0_s + (i - SOFT) * dt_s;
        cam_view v = camera_rig(film, shot, race, at_s);
        drift(film, shot, entity, at_s, &v);
        store(&raw[i * N], &v);
    }
    soften(t.n, raw, t.value);
    for (int c = 0; c < N; c++)
        camera_bend(t.n, N, dt_s, &t.value[c], &t.bend[c], raw);
    shot->track = t;
    return HM_OK;
}

cam_view camera_at(const hm_camera_path *t, double t_s)
{
    double u = (t_s - t->t0_s) / t->dt_s;
    u = u < 0 ? 0 : u > t->n - 1 ? t->n - 1 : u;
    int32_t i = (int32_t)u;
    i = i > t->n - 2 ? t->n - 2 : i;
    double b = u - i, a = 1 - b, h2 = t->dt_s * t->dt_s / 6;
    double out[N];
    for (int c = 0; c < N; c++) {
        const double *y = &t->value[i * N + c], *m = &t->bend[i * N + c];
        out[c] = a * y[0] + b * y[N] + ((a * a * a - a) * m[0] + (b * b * b - b) * m[N]) * h2;
    }
    return (cam_view){{out[0], out[1], out[2]}, {out[3], out[4], out[5]}, out[6]};
}

bool hm_camera_project(const hm_camera *c, int32_t w_px, int32_t h_px, hm_vec3 p, double *x_px,
                       double *y_px, double *depth_m)
{
    hm_vec3 fwd = hm_v3_unit(hm_v3_sub(c->aim_m, c->eye_m));
    hm_vec3 right = hm_v3_unit(hm_v3_cross(fwd, hm_v3(0, 1, 0)));
    hm_vec3 up = hm_v3_cross(right, fwd);
    float cr = (float)hm_cos((double)c->roll_rad), sr = (float)hm_sin((double)c->roll_rad);
    hm_vec3 right2 = hm_v3_mad(hm_v3_mul(right, cr), sr, up);
    hm_vec3 up2 = hm_v3_mad(hm_v3_mul(up, cr), -sr, right);
    hm_vec3 d = hm_v3_sub(p, c->eye_m);
    double depth = (double)hm_v3_dot(d, fwd);
    if (!(depth > (double)c->near_m))
        return false;
    double k = 0.5 * h_px / (hm_tan(0.5 * (double)c->vfov_rad) * depth);
    *x_px = 0.5 * w_px + k * (double)hm_v3_dot(d, right2);
    *y_px = 0.5 * h_px - k * (double)hm_v3_dot(d, up2);
    *depth_m = depth;
    return true;
}
