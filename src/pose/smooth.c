#include "people_priv.h"

#include <math.h>
#include <string.h>

/* Each point's place over the whole path: a body of constant velocity that is pushed at random,
 * seen with noise; Kalman filter forth, Rauch-Tung-Striebel smoother back. How hard it is pushed is
 * what that part of a sprinter's body is pushed by, in metres, so that hips come out smooth and
 * feet stay quick. Looks that lie far from the smoothed way lose weight, and the way is found
 * again. */

enum { ROUND = 3 };

/* Power of the acceleration's noise, m2/s3: (rms acceleration)^2 x 2 x correlation time; own
 * estimates for a sprint: foot 150 m/s2 over 0.03 s, knee 60, hip 10, wrist 80, elbow 45, head 8.
 */
static const double head_m2s3 = 6, trunk_m2s3 = 10, elbow_m2s3 = 120, hand_m2s3 = 400;
static const double knee_m2s3 = 220, foot_m2s3 = 1350;

static const double place_sd_m =
    0.03; /* of one look in plain sight: bones of the four-view check */
static const double hidden_factor = 4; /* [1] own: of that, when the point is not seen at all */
static const double lost_factor = 20;  /* [1] own: of that, when it is of a leg that is lost */
static const double far_sd = 2.5;      /* [1] beyond it a look loses weight (Huber 1981: 1.5) */
/* What the net takes for a joint stays off by this: tools/fit_pose_sigma.py, drawn runners. */
static const double head_sd_m = 0.02, trunk_sd_m = 0.03, elbow_sd_m = 0.06, hand_sd_m = 0.03;
static const double knee_sd_m = 0.05, foot_sd_m = 0.06;
static const double seen_least = 0.1;  /* [1] own: of visibility, that a point is there */
static const double speed_sd_mps = 12; /* before anything was seen */

/* One of six numbers, by what part of the body a point belongs to. */
static double of_part(int point, double head, double trunk, double elbow, double hand, double knee,
                      double foot)
{
    if (point < HM_POINT_SHOULDER_L)
        return head;
    if (point <= HM_POINT_SHOULDER_R || point == HM_POINT_HIP_L || point == HM_POINT_HIP_R)
        return trunk;
    if (point <= HM_POINT_ELBOW_R)
        return elbow;
    if (point < HM_POINT_HIP_L)
        return hand;
    return point <= HM_POINT_KNEE_R ? knee : foot;
}

static double push_of(int point)
{
    return of_part(point, head_m2s3, trunk_m2s3, elbow_m2s3, hand_m2s3, knee_m2s3, foot_m2s3);
}

static double joint_sd_of(int point)
{
    return of_part(point, head_sd_m, trunk_sd_m, elbow_sd_m, hand_sd_m, knee_sd_m, foot_sd_m);
}

/* Two axes share their variances: one filter of place and speed serves both. */
typedef struct motion {
    double x[2], v[2];    /* px, px/s; by axis */
    double pxx, pxv, pvv; /* variance of both axes alike */
} motion;

/* One point through the path. */
typedef struct way {
    int32_t n;
    const double *t_s;
    double *z[2];    /* (n) what was seen, px */
    double *var_px2; /* (n) of it */
    double *weight;  /* (n) [1] 0 .. 1 */
    double *push;    /* (n) px2/s3 */
    motion *ahead;   /* (n) predicted */
    motion *now;     /* (n) filtered, then smoothed */
} way;

static motion predict(const motion *m, double dt, double push)
{
    motion out = *m;
    for (int a = 0; a < 2; a++)
        out.x[a] += m->v[a] * dt;
    out.pxx += 2 * dt * m->pxv + dt * dt * m->pvv + push * dt * dt * dt / 3;
    out.pxv += dt * m->pvv + push * dt * dt / 2;
    out.pvv += push * dt;
    return out;
}

static motion update(const motion *m, const way *w, int32_t i)
{
    double r = w->var_px2[i] / w->weight[i], s = m->pxx + r, kx = m->pxx / s, kv = m->pxv / s;
    motion out = *m;
    for (int a = 0; a < 2; a++) {
        double d = w->z[a][i] - m->x[a];
        out.x[a] += kx * d;
        out.v[a] += kv * d;
    }
    out.pxx = (1 - kx) * m->pxx;
    out.pvv = m->pvv - kv * m->pxv;
    out.pxv = (1 - kx) * m->pxv;
    return out;
}

/* Back one image: the smoothed next corrects this. */
static void smooth_back(motion *m, const motion *ahead, const motion *next, double dt)
{
    /* gain = P F' / P_ahead, two by two */
    double a = m->pxx + dt * m->pxv, b = m->pxv, c = m->pxv + dt * m->pvv, d = m->pvv;
    double det = ahead->pxx * ahead->pvv - ahead->pxv * ahead->pxv;
    double g00 = (a * ahead->pvv - b * ahead->pxv) / det;
    double g01 = (b * ahead->pxx - a * ahead->pxv) / det;
    double g10 = (c * ahead->pvv - d * ahead->pxv) / det;
    double g11 = (d * ahead->pxx - c * ahead->pxv) / det;
    for (int k = 0; k < 2; k++) {
        double dx = next->x[k] - ahead->x[k], dv = next->v[k] - ahead->v[k];
        m->x[k] += g00 * dx + g01 * dv;
        m->v[k] += g10 * dx + g11 * dv;
    }
    double xx = next->pxx - ahead->pxx, xv = next->pxv - ahead->pxv, vv = next->pvv - ahead->pvv;
    m->pxx += g00 * g00 * xx + 2 * g00 * g01 * xv + g01 * g01 * vv;
    m->pxv += g00 * g10 * xx + (g00 * g11 + g01 * g10) * xv + g01 * g11 * vv;
    m->pvv += g10 * g10 * xx + 2 * g10 * g11 * xv + g11 * g11 * vv;
}

static void run(way *w, double speed_var)
{
    for (int32_t i = 0; i < w->n; i++) {
        double start = 1e6 * w->var_px2[0];
        motion before = {{w->z[0][0], w->z[1][0]}, {0, 0}, start, 0, speed_var};
        w->ahead[i] = i ? predict(&w->now[i - 1], w->t_s[i] - w->t_s[i - 1], w->push[i]) : before;
        w->now[i] = update(&w->ahead[i], w, i);
    }
    for (int32_t i = w->n - 2; i >= 0; i--)
        smooth_back(&w->now[i], &w->ahead[i + 1], &w->now[i + 1], w->t_s[i + 1] - w->t_s[i]);
}

static void weigh(way *w)
{
    for (int32_t i = 0; i < w->n; i++) {
        double dx = w->z[0][i] - w->now[i].x[0], dy = w->z[1][i] - w->now[i].x[1];
        double r = sqrt((dx * dx + dy * dy) / (2 * w->var_px2[i]));
        w->weight[i] = r > far_sd ? far_sd * far_sd / (r * r) : 1;
    }
}

static void see(way *w, const people_path *path, const hm_track_person *hand, int point)
{
    for (int32_t i = 0; i < path->n; i++) {
        const people_frame *f = &path->frame[i];
        const hm_pose_point *p = &f->point[point];
        const hm_track_frame *by = people_hand_at(hand, path, i);
        const hm_seen_point *h = by ? &by->point[point] : NULL;
        double px_per_m = people_px_per_m(f);
        double sd = place_sd_m * px_per_m * (1 + (hidden_factor - 1) * (1 - (double)p->visibility));
        if (f->legs_lost && point >= HM_POINT_KNEE_L)
            sd *= lost_factor;
        bool told = h && h->source == HM_SEEN_HAND && !isnan(h->sigma_px);
        w->z[0][i] = told ? (double)h->x_px : (double)p->x_px;
        w->z[1][i] = told ? (double)h->y_px : (double)p->y_px;
        w->var_px2[i] =
            told ? (double)h->sigma_px * (double)h->sigma_px : sd * sd / people_looks(path, i);
        w->weight[i] = 1;
        w->push[i] = push_of(point) * px_per_m * px_per_m;
    }
}

static hm_status make_way(const people_path *path, hm_arena *arena, way *w)
{
    double *t_s = HM_PUSH(arena, double, path->n);
    *w = (way){.n = path->n, .t_s = t_s};
    for (int a = 0; a < 2; a++)
        w->z[a] = HM_PUSH(arena, double, path->n);
    w->var_px2 = HM_PUSH(arena, double, path->n);
    w->weight = HM_PUSH(arena, double, path->n);
    w->push = HM_PUSH(arena, double, path->n);
    w->ahead = HM_PUSH(arena, motion, path->n);
    w->now = HM_PUSH(arena, motion, path->n);
    if (!t_s || !w->z[0] || !w->z[1] || !w->var_px2 || !w->weight || !w->push || !w->ahead ||
        !w->now)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < path->n; i++)
        t_s[i] = path->frame[i].time_s;
    return HM_OK;
}

static hm_seen_point result(const way *w, const people_frame *f, int32_t i, int point)
{
    const motion *m = &w->now[i];
    double joint_px = joint_sd_of(point) * people_px_per_m(f);
    hm_seen_point out = {(float)m->x[0], (float)m->x[1], NAN, NAN, NAN, HM_SEEN_NET};
    if ((double)f->point[point].visibility >= seen_least)
        out.sigma_px = (float)sqrt(m->pxx + joint_px * joint_px);
    else
        out.x_px = out.y_px = NAN;
    return out;
}

hm_status people_smooth(const people_path *path, const hm_track_person *hand, hm_arena *arena,
                        hm_track_frame frame[], hm_err *err)
{
    hm_arena_mark mark = hm_arena_mark_get(arena);
    way w;
    if (make_way(path, arena, &w) != HM_OK)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < path->n; i++)
        frame[i] = (hm_track_frame){.time_s = w.t_s[i], .ambiguous = path->frame[i].ambiguous};
    double speed_px = speed_sd_mps * people_px_per_m(&path->frame[0]);
    for (int k = 0; k < HM_POINT_COUNT; k++) {
        see(&w, path, hand, k);
        for (int round = 0; round < ROUND; round++) {
            run(&w, speed_px * speed_px);
            if (round + 1 < ROUND)
                weigh(&w);
        }
        for (int32_t i = 0; i < path->n; i++)
            frame[i].point[k] = result(&w, &path->frame[i], i, k);
    }
    hm_arena_release(arena, mark);
    return HM_OK;
}
