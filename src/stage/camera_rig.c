/* camera_rig.c - the rigs: from race to view, each by one rule. All stand on the runners' right
 * (x < 0) or on the axis of the track, so nobody ever runs from right to left on the screen. */
#include "camera_priv.h"

#include <math.h>

#include "num/dmath.h"

#define DEG (HM_PI / 180)

/** What a rig sees when it is asked for a view. */
typedef struct rig_ask {
    const hm_film *film;
    const hm_shot *shot;
    const hm_race *race;
    double race_t_s;
    double u_frac;    /* of the shot, may lie a little outside 0..1 */
    double aspect;    /* [1] width / height */
    double side_x_m;  /* right edge of the rightmost runner's lane */
    double left_x_m;  /* left edge of the leftmost runner's lane */
    double mid_x_m;   /* middle of the shot's runners */
    double group_z_m; /* low-passed middle of the shot's runners */
    double lead_z_m;  /* low-passed place of the first of them */
} rig_ask;

typedef cam_view rig_fn(const rig_ask *q);

static double mix(double a, double b, double k)
{
    return a + k * (b - a);
}

static double ease(double u)
{
    u = u < 0 ? 0 : u > 1 ? 1 : u;
    return u * u * u * (10 + u * (6 * u - 15));
}

/* ---- fitting a group into the picture ---- */

enum { POINT_MAX = 6 * HM_LANE_MAX * 8 };

typedef struct fit_set {
    int32_t n;
    cam_vec p[POINT_MAX];
} fit_set;

/** Where in the picture a group shall lie: 0 is the middle, +-1 the edges, up and right positive.
 *  The graphics stand around it. */
typedef struct fit_want {
    double x_lo, x_hi, y_lo, y_hi;
    double vfov_min_deg, vfov_max_deg;
} fit_want;

static void put(fit_set *f, double x, double y, double z)
{
    if (f->n < POINT_MAX)
        f->p[f->n++] = (cam_vec){x, y, z};
}

static void put_body(fit_set *f, const cam_body *b)
{
    for (int side = -1; side <= 1; side += 2) {
        put(f, b->x_m + 0.35 * side, b->top_y_m, b->head_z_m);
        put(f, b->x_m + 0.35 * side, 0.0, b->back_z_m);
        put(f, b->x_m + 0.35 * side, 0.0, b->front_z_m);
    }
}

static void put_group(fit_set *f, const rig_ask *q, double race_t_s)
{
    for (int32_t i = 0; i < q->shot->n_lane; i++) {
        cam_body b = camera_body(&q->race->lane[q->shot->lane[i]], race_t_s);
        put_body(f, &b);
    }
}

/* The group over a whole span: for cameras on a stand. */
static void put_group_span(fit_set *f, const rig_ask *q, double from_s, double to_s)
{
    for (int i = 0; i < 6; i++)
        put_group(f, q, mix(from_s, to_s, i / 5.0));
}

typedef struct basis {
    cam_vec fwd, right, up;
} basis;

static basis basis_of(const cam_view *v)
{
    cam_vec f = {v->aim_m.x - v->eye_m.x, v->aim_m.y - v->eye_m.y, v->aim_m.z - v->eye_m.z};
    double n = 1 / sqrt(f.x * f.x + f.y * f.y + f.z * f.z);
    f = (cam_vec){f.x * n, f.y * n, f.z * n};
    double m = 1 / sqrt(f.x * f.x + f.z * f.z);
    cam_vec r = {-f.z * m, 0, f.x * m};
    cam_vec u = {r.y * f.z - r.z * f.y, r.z * f.x - r.x * f.z, r.x * f.y - r.y * f.x};
    return (basis){f, r, u};
}

/* Tangent of half a lens for 16:9 in another shape of picture: a narrower one needs more height to
 * hold the same width, up to 100 deg. */
static double widened(double tan_half, double aspect)
{
    double t = aspect < 16.0 / 9 ? tan_half * (16.0 / 9) / aspect : tan_half;
    return t < 1.19 ? t : 1.19;
}

/* Turn and zoom a view until its points lie in the wanted part of the picture. */
static void fit(cam_view *v, const fit_set *f, double aspect, const fit_want *w)
{
    if (f->n == 0)
        return;
    double dist = sqrt((v->aim_m.x - v->eye_m.x) * (v->aim_m.x - v->eye_m.x) +
                       (v->aim_m.y - v->eye_m.y) * (v->aim_m.y - v->eye_m.y) +
                       (v->aim_m.z - v->eye_m.z) * (v->aim_m.z - v->eye_m.z));
    double t_lo = hm_tan(w->vfov_min_deg * DEG / 2);
    double t_hi = widened(hm_tan(w->vfov_max_deg * DEG / 2), aspect);
    double t = t_hi;
    for (int round = 0; round < 6; round++) {
        basis b = basis_of(v);
        double lo[2] = {1e9, 1e9}, hi[2] = {-1e9, -1e9};
        for (int32_t i = 0; i < f->n; i++) {
            cam_vec d = {f->p[i].x - v->eye_m.x, f->p[i].y - v->eye_m.y, f->p[i].z - v->eye_m.z};
            double depth = d.x * b.fwd.x + d.y * b.fwd.y + d.z * b.fwd.z;
            depth = depth > 0.5 ? depth : 0.5;
            double at[2] = {(d.x * b.right.x + d.y * b.right.y + d.z * b.right.z) / depth,
                            (d.x * b.up.x + d.y * b.up.y + d.z * b.up.z) / depth};
            for (int c = 0; c < 2; c++) {
                lo[c] = at[c] < lo[c] ? at[c] : lo[c];
                hi[c] = at[c] > hi[c] ? at[c] : hi[c];
            }
        }
        double tx = (hi[0] - lo[0]) / (aspect * (w->x_hi - w->x_lo));
        double ty = (hi[1] - lo[1]) / (w->y_hi - w->y_lo);
        t = tx > ty ? tx : ty;
        t = t < t_lo ? t_lo : t > t_hi ? t_hi : t;
        double du = 0.5 * (lo[0] + hi[0] - (w->x_lo + w->x_hi) * aspect * t);
        double dv = 0.5 * (lo[1] + hi[1] - (w->y_lo + w->y_hi) * t);
        cam_vec g = {b.fwd.x + du * b.right.x + dv * b.up.x, b.fwd.y + du * b.right.y + dv * b.up.y,
                     b.fwd.z + du * b.right.z + dv * b.up.z};
        double n = dist / sqrt(g.x * g.x + g.y * g.y + g.z * g.z);
        v->aim_m = (cam_vec){v->eye_m.x + n * g.x, v->eye_m.y + n * g.y, v->eye_m.z + n * g.z};
    }
    v->vfov_rad = 2 * hm_atan(t);
}

/* ---- the rigs ---- */

static cam_view rig_crane(const rig_ask *q)
{
    double k = ease(0.06 + 0.9 * q->u_frac);
    double half = 0.5 * (q->left_x_m - q->side_x_m);
    return (cam_view){
        {q->side_x_m - mix(5.0, 2.4, k), mix(7.5, 3.0, k), -mix(15, 5.6 + half * 0.5, k)},
        {q->mid_x_m - mix(0, 0.2, k), mix(-0.2, 0.0, k), mix(8, -1.6, k)},
        mix(50, 44, k) * DEG};
}

/* Rests at each runner for most of his card's time, then moves on. */
static cam_view rig_lanes(const rig_ask *q)
{
    int32_t n = q->shot->n_lane;
    double at = q->u_frac * n, x = 0, h = 0;
    for (int32_t i = 0; i < n; i++) { /* a step of weight from each runner to the next */
        double in = i > 0 ? ease((at - i + 0.32) / 0.64) : 1;
        double out = i + 1 < n ? ease((at - i - 0.68) / 0.64) : 0;
        const hm_lane *l = &q->race->lane[q->shot->lane[i]];
        x += (in - out) * hm_lane_centre_m(l->lane);
        h += (in - out) * l->stature_m;
    }
    bool is_waiting = q->race_t_s < CAM_MARKS_S;
    double low = is_waiting ? 1 : 0.62;
    double z = is_waiting ? camera_wait_z_m(&q->race->lane[q->shot->lane[0]]) : 0;
    return (cam_view){
        {x - 0.9, 0.72 * h * low + 0.12, z + 5.0}, {x - 0.42, 0.60 * h * low, z}, 24 * DEG};
}

/* The face of the first runner of the shot and what frames it. */
static cam_view face_from(const rig_ask *q, double ahead_m, double aside_m, double eye_k,
                          double down_m)
{
    const hm_lane *l = &q->race->lane[q->shot->lane[0]];
    double z = camera_smooth_x_m(l, q->race_t_s), now = hm_curve_x_m(&l->curve, q->race_t_s);
    cam_body b = camera_body(l, q->race_t_s);
    double head_z = b.head_z_m - now + z;
    cam_view v = {{b.x_m - aside_m, b.top_y_m * eye_k, head_z + ahead_m},
                  {b.x_m, b.top_y_m - 0.3, head_z},
                  12 * DEG};
    fit_set f = {0};
    for (int side = -1; side <= 1; side += 2) {
        put(&f, b.x_m + 0.32 * side, b.top_y_m + 0.10, head_z);
        put(&f, b.x_m + 0.32 * side, b.top_y_m - down_m, head_z - 0.1);
    }
    fit(&v, &f, q->aspect, &(fit_want){-0.24, 0.70, -0.92, 0.92, 4, 24});
    return v;
}

static cam_view rig_breath(const rig_ask *q)
{
    return face_from(q, mix(7.2, 6.4, ease(q->u_frac)), 0.8, 0.40, 0.55);
}

static cam_view rig_face(const rig_ask *q)
{
    return face_from(q, 5.0, 1.1, 0.98, 0.72);
}

static cam_view rig_blocks(const rig_ask *q)
{
    cam_view v = {{q->side_x_m - 2.5, 0.55, 3.4}, {q->mid_x_m, 0.6, 0}, 40 * DEG};
    fit_set f = {0};
    put_group_span(&f, q, q->shot->race_from_s, q->shot->race_to_s);
    fit(&v, &f, q->aspect, &(fit_want){-0.86, 0.86, -0.55, 0.60, 14, 46});
    /* a slow push: the stillness before the gun is never quite still */
    v.eye_m.x += 0.25 * ease(q->u_frac);
    return v;
}

static cam_view rig_behind(const rig_ask *q)
{
    double half = 0.5 * (q->left_x_m - q->side_x_m);
    cam_view v = {{q->mid_x_m - 0.6, 0.42, -3.6 - 0.75 * half}, {q->mid_x_m, 0.9, 6}, 40 * DEG};
    fit_set f = {0};
    put_group(&f, q, q->race_t_s);
    fit(&v, &f, q->aspect, &(fit_want){-0.90, 0.90, -0.45, 0.32, 16, 56});
    v.eye_m.z += 0.8 * ease(q->u_frac);
    return v;
}

static cam_view rig_steps(const rig_ask *q)
{
    cam_view v = {
        {q->side_x_m - 2.4, 0.38, q->group_z_m + 6.5}, {q->mid_x_m, 0.9, q->group_z_m}, 30 * DEG};
    fit_set f = {0};
    put_group(&f, q, q->race_t_s);
    fit(&v, &f, q->aspect, &(fit_want){-0.85, 0.72, -0.50, 0.55, 16, 52});
    return v;
}

static cam_view rig_rail(const rig_ask *q)
{
    cam_view v = {{q->side_x_m - 6.0, 1.3, q->group_z_m + 0.8},
                  {q->mid_x_m, 0.95, q->group_z_m + 0.8},
                  30 * DEG};
    fit_set f = {0};
    put_group(&f, q, q->race_t_s);
    fit(&v, &f, q->aspect, &(fit_want){-0.78, 0.62, -0.62, 0.40, 20, 50});
    return v;
}

static cam_view rig_overhead(const rig_ask *q)
{
    cam_view v = {{q->side_x_m - 2.2, 9.5, q->group_z_m - 2.6},
                  {q->mid_x_m, 0.8, q->group_z_m + 0.5},
                  40 * DEG};
    fit_set f = {0};
    put_group(&f, q, q->race_t_s);
    fit(&v, &f, q->aspect, &(fit_want){-0.36, 0.80, -0.80, 0.80, 26, 56});
    return v;
}

static cam_view rig_head_on(const rig_ask *q)
{
    cam_view v = {{q->mid_x_m * 0.4 - 1.2, 2.1, 117}, {q->mid_x_m, 1.0, q->group_z_m}, 6 * DEG};
    fit_set f = {0};
    put_group(&f, q, q->race_t_s);
    fit(&v, &f, q->aspect, &(fit_want){-0.90, 0.90, -0.42, 0.20, 3, 24});
    return v;
}

static cam_view rig_quarter(const rig_ask *q)
{
    cam_view v = {
        {q->side_x_m - 2.8, 1.75, q->group_z_m + 8.0}, {q->mid_x_m, 0.95, q->group_z_m}, 30 * DEG};
    fit_set f = {0};
    put_group(&f, q, q->race_t_s);
    fit(&v, &f, q->aspect, &(fit_want){-0.84, 0.70, -0.66, 0.28, 14, 46});
    return v;
}

/* Pans with the leaders and rests on the line before they cross it: an exact side view then. */
static cam_view rig_line(const rig_ask *q)
{
    double out_s = 1e9;
    for (int32_t i = 0; i < q->race->n_lane; i++) {
        const hm_lane *l = &q->race->lane[i];
        if (l->time_us > 0 && 1e-6 * (double)l->time_us < out_s)
            out_s = 1e-6 * (double)l->time_us;
    }
    double before = ease((q->race_t_s - out_s + 1.4) / 1.05);
    double after = ease((q->race_t_s - out_s - 0.45) / 1.1);
    double z = mix(q->lead_z_m + 0.6, 100, before);
    z = mix(z, q->lead_z_m - 3, after); /* and follows the field out */
    return (cam_view){{q->side_x_m - 4.9, 1.35, 100},
                      {q->mid_x_m, 0.98, z},
                      2 * hm_atan(widened(hm_tan(18 * DEG), q->aspect))};
}

static cam_view rig_reverse(const rig_ask *q)
{
    double far = 0.35 * (q->left_x_m - q->side_x_m);
    cam_view v = {{q->side_x_m - 1.6, 1.15, 105.5 + far}, {q->mid_x_m, 1.0, 100}, 30 * DEG};
    fit_set f = {0};
    put_group(&f, q, q->race_t_s);
    fit(&v, &f, q->aspect, &(fit_want){-0.80, 0.80, -0.60, 0.62, 16, 44});
    return v;
}

/* Across the lanes of the run-out, where everybody comes to rest. */
static cam_view rig_wide(const rig_ask *q)
{
    double k = ease(0.1 + 0.8 * q->u_frac);
    cam_view v = {{q->side_x_m - 4.2, mix(1.9, 3.0, k), q->group_z_m + mix(2.5, 4.0, k)},
                  {q->mid_x_m, 1.1, q->group_z_m},
                  40 * DEG};
    fit_set f = {0};
    put_group(&f, q, q->race_t_s);
    fit(&v, &f, q->aspect, &(fit_want){-0.80, 0.80, -0.70, 0.20, 26, 50});
    return v;
}

/* Hand-made keys: Hermite pieces with the slopes of a Catmull-Rom spline. */
static cam_view rig_keys(const rig_ask *q)
{
    const hm_shot *s = q->shot;
    const hm_cam_key *k = s->key;
    int32_t n = s->n_key, i = 0;
    while (i + 2 < n && q->u_frac >= k[i + 1].at_frac)
        i++;
    int32_t j = i + 1 < n ? i + 1 : i;
    double span = j > i ? k[j].at_frac - k[i].at_frac : 1;
    double u = (q->u_frac - k[i].at_frac) / span;
    u = u < 0 || j == i ? 0 : u > 1 ? 1 : u;
    int32_t h = i > 0 ? i - 1 : i, l = j + 1 < n ? j + 1 : j;
    double out[7];
    for (int c = 0; c < 7; c++) {
#define VALUE(e) (c < 3 ? k[e].eye_m[c] : c < 6 ? k[e].aim_m[c - 3] : k[e].vfov_deg * DEG)
        double a = VALUE(i), b = VALUE(j);
        double ma = j > h ? (b - VALUE(h)) * span / (k[j].at_frac - k[h].at_frac) : 0;
        double mb = l > i ? (VALUE(l) - a) * span / (k[l].at_frac - k[i].at_frac) : 0;
#undef VALUE
        double u2 = u * u, u3 = u2 * u;
        out[c] = a * (2 * u3 - 3 * u2 + 1) + b * (3 * u2 - 2 * u3) + ma * (u3 - 2 * u2 + u) +
                 mb * (u3 - u2);
    }
    double go = s->follow ? q->group_z_m : 0;
    return (cam_view){{out[0], out[1], out[2] + go}, {out[3], out[4], out[5] + go}, out[6]};
}

static rig_fn *const rig_of[HM_RIG_COUNT] = {
    [HM_RIG_KEYS] = rig_keys,         [HM_RIG_CRANE] = rig_crane,
    [HM_RIG_LANES] = rig_lanes,       [HM_RIG_BREATH] = rig_breath,
    [HM_RIG_BLOCKS] = rig_blocks,     [HM_RIG_BEHIND] = rig_behind,
    [HM_RIG_STEPS] = rig_steps,       [HM_RIG_RAIL] = rig_rail,
    [HM_RIG_OVERHEAD] = rig_overhead, [HM_RIG_HEAD_ON] = rig_head_on,
    [HM_RIG_QUARTER] = rig_quarter,   [HM_RIG_LINE] = rig_line,
    [HM_RIG_REVERSE] = rig_reverse,   [HM_RIG_FACE] = rig_face,
    [HM_RIG_WIDE] = rig_wide};

cam_view camera_rig(const hm_film *film, const hm_shot *shot, const hm_race *race, double t_s)
{
    rig_ask q = {.film = film, .shot = shot, .race = race};
    q.race_t_s = shot->race_from_s + shot->rate * (t_s - shot->from_s);
    q.u_frac = (t_s - shot->from_s) / (shot->to_s - shot->from_s);
    q.aspect = (double)film->w_px / film->h_px;
    q.side_x_m = 1e9;
    q.left_x_m = -1e9;
    for (int32_t i = 0; i < race->n_lane; i++) {
        double x = hm_lane_centre_m(race->lane[i].lane);
        q.side_x_m = x - 0.61 < q.side_x_m ? x - 0.61 : q.side_x_m;
        q.left_x_m = x + 0.61 > q.left_x_m ? x + 0.61 : q.left_x_m;
    }
    double lo = 1e9, hi = -1e9;
    q.lead_z_m = -1e9;
    for (int32_t i = 0; i < shot->n_lane; i++) {
        const hm_lane *l = &race->lane[shot->lane[i]];
        double x = hm_lane_centre_m(l->lane), z = camera_smooth_x_m(l, q.race_t_s);
        lo = x < lo ? x : lo;
        hi = x > hi ? x : hi;
        q.group_z_m += z / shot->n_lane;
        q.lead_z_m = z > q.lead_z_m ? z : q.lead_z_m;
    }
    q.mid_x_m = 0.5 * (lo + hi);
    return rig_of[shot->rig](&q);
}
