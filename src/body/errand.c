/* errand.c - errands in time: the way of the pelvis, sampled and smoothed, then the footsteps that
 * carry it. A foot is put down where the body will pass over it, so it never has to slide. */
#include "errand_priv.h"

#include <string.h>

#include "num/dmath.h"

#define SMOOTH_S      0.50 /* half width of the window over the way: he starts and stops softly */
#define SMOOTH_TURN_S 0.42
#define TURN_S        0.42 /* a radian on the spot */
#define STILL_MPS     0.07
#define STILL_RAD     0.22 /* a second */
#define NEAR_M        0.012
#define NEAR_RAD      0.14
#define MIX_S         0.6 /* from errand to stride and back */
#define STAND_S       1.1 /* before a stride: the feet are side by side */
#define STRIDE_REST_S 0.25

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, "errand", 0, 0, NULL, "no memory for errands");
}

/* ---- the way ---- */

typedef struct maker {
    struct hm_errands_data *d;
    float *x, *z, *face; /* raw */
    double t_s, at_x, at_z, at_face;
    int32_t done; /* samples written */
} maker;

static void put_until(maker *m, double to_s, double from_x, double from_z, double from_s)
{
    for (; m->done < m->d->n; m->done++) {
        double t = m->d->from_s + (double)m->done / ERRAND_HZ;
        if (t > to_s)
            return;
        double u = to_s > from_s ? (t - from_s) / (to_s - from_s) : 1;
        u = u < 0 ? 0 : u;
        m->x[m->done] = (float)(from_x + u * (m->at_x - from_x));
        m->z[m->done] = (float)(from_z + u * (m->at_z - from_z));
        m->face[m->done] = (float)m->at_face;
    }
}

static void hold_until(maker *m, double to_s)
{
    put_until(m, to_s, m->at_x, m->at_z, to_s);
    m->t_s = fmax(m->t_s, to_s);
}

/* The same direction as near as possible to where he looks. */
static double unwound(double face, double now)
{
    while (face - now > HM_PI)
        face -= HM_TAU;
    while (face - now < -HM_PI)
        face += HM_TAU;
    return face;
}

static void turn_to(maker *m, double face)
{
    double to = unwound(face, m->at_face), took = TURN_S * fabs(to - m->at_face);
    m->at_face = to;
    hold_until(m, m->t_s + took);
}

static void go(maker *m, const hm_errand *e)
{
    double x = m->at_x, z = m->at_z, dx = e->x_m - x, dz = e->z_m - z,
           far = sqrt(dx * dx + dz * dz);
    if (far > 1e-3) {
        double face = unwound(hm_atan2(dx, dz), m->at_face), by = fabs(face - m->at_face);
        if (by > 1.2) /* first round, then off */
            hold_until(m, m->t_s + 0.5 * TURN_S * by);
        m->at_face = face;
        m->at_x = e->x_m, m->at_z = e->z_m;
        double from = m->t_s;
        m->t_s += far / e->speed_mps;
        put_until(m, m->t_s, x, z, from);
    }
    if (e->turns)
        turn_to(m, e->face_rad);
}

static hm_status stride(maker *m, const hm_errand *e, hm_arena *arena, hm_err *err)
{
    struct hm_errands_data *d = m->d;
    hold_until(m, m->t_s + STAND_S);
    errand_stride *s = &d->stride[d->n_stride++];
    HM_TRY(errand_stride_plan(d->p, e->speed_mps, e->reach_m, arena, s, err));
    HM_TRY(hm_gait_plan(&s->lane, &d->p->rig.s, &d->p->form, arena, &s->gait, err));
    plan *own = (plan *)(uintptr_t)s->gait.plan; /* made just now, for this */
    own->celebrate = 3;
    s->z0_m = m->at_z - hm_gait_wait_z_m(&s->gait);
    s->from_s = m->t_s;
    s->to_s = m->t_s + errand_stride_since(own->rest_s + STRIDE_REST_S);
    hm_pose *pose = HM_PUSH(arena, hm_pose, 1);
    if (!pose)
        return no_memory(err);
    hm_gait_pose(&s->gait, own->rest_s + STRIDE_REST_S, pose);
    hold_until(m, 0.5 * (s->from_s + s->to_s));
    hm_vec3 mid = hm_v3_mix(pose->ball_m[0], pose->ball_m[1], .5f);
    m->at_x = (double)d->p->lane_x_m;
    m->at_z = s->z0_m + (double)mid.z - .058 * d->p->rig.s.stature_m;
    m->at_face = unwound(0, m->at_face);
    hold_until(m, s->to_s);
    return HM_OK;
}

static hm_status lay(maker *m, int32_t n, const hm_errand *list, hm_arena *arena, hm_err *err)
{
    for (int32_t i = 0; i < n; i++) {
        const hm_errand *e = &list[i];
        hold_until(m, e->from_s);
        errand_span *s = &m->d->span[i];
        *s = (errand_span){.e = *e, .begin_s = m->t_s};
        if (e->deed == HM_DEED_GO) {
            go(m, e);
        } else if (e->deed == HM_DEED_STRIDE) {
            HM_TRY(stride(m, e, arena, err));
        } else {
            if (e->turns)
                turn_to(m, e->face_rad);
            hold_until(m, fmax(m->t_s, s->begin_s + e->for_s));
        }
        s->end_s = m->t_s;
    }
    hold_until(m, m->d->to_s + 1);
    return HM_OK;
}

/* Hann window; beyond the ends the value there. */
static void smooth(int32_t n, const float *raw, float *out, int32_t half, const float *weight)
{
    for (int32_t i = 0; i < n; i++) {
        float sum = 0;
        for (int32_t k = -half; k <= half; k++) {
            int32_t j = i + k < 0 ? 0 : i + k >= n ? n - 1 : i + k;
            sum += weight[k + half] * (raw[j] - raw[i]);
        }
        out[i] = raw[i] + sum;
    }
}

static void smooth_all(maker *m)
{
    enum { MOST = 32 };
    for (int what = 0; what < 3; what++) {
        float w[2 * MOST + 1], sum = 0;
        int32_t half = (int32_t)((what < 2 ? SMOOTH_S : SMOOTH_TURN_S) * ERRAND_HZ);
        for (int32_t k = 0; k <= 2 * half; k++)
            sum += w[k] = (float)(1 - hm_cos(HM_TAU * (k + 1) / (2 * half + 2)));
        for (int32_t k = 0; k <= 2 * half; k++)
            w[k] /= sum;
        smooth(m->d->n,
               what == 0   ? m->x
               : what == 1 ? m->z
                           : m->face,
               what == 0   ? m->d->x
               : what == 1 ? m->d->z
                           : m->d->face,
               half, w);
    }
}

/* Catmull-Rom: value and slope a second. */
static float sample(const struct hm_errands_data *d, const float *v, double t_s, float *slope)
{
    double at = (t_s - d->from_s) * ERRAND_HZ;
    at = at < 0 ? 0 : at > d->n - 1 ? d->n - 1 : at;
    int32_t i = (int32_t)at < d->n - 2 ? (int32_t)at : d->n - 2;
    float u = (float)(at - i), a = v[i > 0 ? i - 1 : 0], b = v[i], c = v[i + 1];
    float e = v[i + 2 < d->n ? i + 2 : d->n - 1];
    float p = .5f * (c - a), q = a - 2.5f * b + 2 * c - .5f * e, r = .5f * (e - a) + 1.5f * (b - c);
    *slope = (p + u * (2 * q + 3 * u * r)) * ERRAND_HZ;
    return b + u * (p + u * (q + u * r));
}

errand_way errand_way_at(const struct hm_errands_data *d, double t_s)
{
    errand_way w;
    float vx, vz;
    w.x = sample(d, d->x, t_s, &vx);
    w.z = sample(d, d->z, t_s, &vz);
    w.face = sample(d, d->face, t_s, &w.turn);
    w.speed = sqrtf(vx * vx + vz * vz);
    return w;
}

/* ---- feet ---- */

void errand_stand(const plan *p, int side, const errand_way *way, float walk, float *x, float *z)
{
    float h = (float)p->rig.s.stature_m, sx = side == 0 ? 1.0f : -1.0f;
    float lx = sx * h * (.058f - .026f * walk), lz = .058f * h + sx * .012f * h * (1 - walk);
    float c = hm_cosf(way->face), s = hm_sinf(way->face);
    *x = way->x + lx * c + lz * s;
    *z = way->z - lx * s + lz * c;
}

typedef struct foot {
    float x, z, yaw;
} foot;

static float walking(float speed)
{
    return speed > 1 ? 1 : speed;
}

static foot stand_at(const struct hm_errands_data *d, int side, double t_s)
{
    errand_way w = errand_way_at(d, t_s);
    foot f;
    errand_stand(d->p, side, &w, walking(w.speed), &f.x, &f.z);
    f.yaw = w.face + (side == 0 ? .061f : -.061f);
    return f;
}

static bool apart(const foot *a, const foot *b)
{
    float dx = a->x - b->x, dz = a->z - b->z;
    return dx * dx + dz * dz > (float)(NEAR_M * NEAR_M) || fabsf(a->yaw - b->yaw) > (float)NEAR_RAD;
}

typedef struct walker {
    struct hm_errands_data *d;
    foot at[2];
    int next;
} walker;

static void close_contact(walker *w, int side, double off_s)
{
    w->d->contact[side][w->d->n_contact[side] - 1].off_s = off_s;
}

static void open_contact(walker *w, int side, double on_s, foot f)
{
    w->at[side] = f;
    w->d->contact[side][w->d->n_contact[side]++] =
        (errand_contact){.on_s = on_s, .off_s = 1e9, .x = f.x, .z = f.z, .yaw = f.yaw};
}

/* Time from step to step, and the share of two of them that a foot is in the air. */
static double step_s(const plan *p, double speed)
{
    double tall = sqrt(p->rig.s.stature_m / 1.8), v = speed / tall;
    double hz = v < 2 ? 1.45 + 0.36 * v : 2.17 + 0.42 * (v - 2);
    return tall / (v < 0.5 ? 1.75 : hz);
}

static double air_share(double speed)
{
    return 0.40 + 0.24 * (double)body_ramp(speed, 1.7, 3.0);
}

/* One step if there is a need for one; else false. */
static bool step(walker *w, double t_s)
{
    struct hm_errands_data *d = w->d;
    errand_way way = errand_way_at(d, t_s + .22);
    double one_s = step_s(d->p, (double)way.speed),
           air_s = 2 * one_s * air_share((double)way.speed);
    foot to[2];
    for (int side = 0; side < 2; side++)
        to[side] = stand_at(d, side, t_s + air_s + .5 * (2 * one_s - air_s));
    bool moves = way.speed > (float)STILL_MPS || fabsf(way.turn) > (float)STILL_RAD;
    bool need[2] = {apart(&to[0], &w->at[0]), apart(&to[1], &w->at[1])};
    if (!(need[0] || need[1]))
        return false;
    if (!moves && !need[w->next])
        w->next = 1 - w->next;
    if (moves && !need[w->next] && need[1 - w->next])
        w->next = 1 - w->next;
    int side = w->next;
    close_contact(w, side, t_s);
    open_contact(w, side, t_s + air_s, to[side]);
    d->beat[d->n_beat++] = (errand_beat){t_s, one_s, (uint8_t)side};
    w->next = 1 - side;
    return true;
}

/* After a stride: feet as it left them. */
static void land_from(walker *w, const errand_stride *s, hm_pose *pose)
{
    hm_gait_pose(&s->gait, errand_stride_clock(s->to_s - s->from_s), pose);
    for (int side = 0; side < 2; side++) {
        close_contact(w, side, s->from_s + .7);
        foot f = {pose->ball_m[side].x, pose->ball_m[side].z + (float)s->z0_m,
                  side == 0 ? .061f : -.061f};
        open_contact(w, side, s->to_s - .7, f);
    }
}

static hm_status make_steps(struct hm_errands_data *d, const hm_pose *as, hm_arena *arena,
                            hm_err *err)
{
    walker w = {.d = d};
    hm_pose *pose = HM_PUSH(arena, hm_pose, 1);
    if (!pose)
        return no_memory(err);
    for (int side = 0; side < 2; side++) {
        foot f = stand_at(d, side, d->from_s);
        if (as)
            f.x = as->ball_m[side].x, f.z = as->ball_m[side].z;
        open_contact(&w, side, d->from_s - 1e3, f);
    }
    int32_t i_stride = 0;
    for (double t = d->from_s; t < d->to_s - .3;) {
        const errand_stride *s = i_stride < d->n_stride ? &d->stride[i_stride] : NULL;
        if (s && t >= s->from_s - .05) {
            land_from(&w, s, pose);
            t = s->to_s;
            i_stride++;
        } else if (step(&w, t)) {
            t += d->beat[d->n_beat - 1].for_s;
        } else {
            t += 1.0 / ERRAND_HZ;
        }
    }
    return HM_OK;
}

/* ---- footfalls, as told to others ---- */

static int32_t list_steps(const struct hm_errands_data *d, hm_errand_step *out)
{
    int32_t n = 0;
    for (int side = 0; side < 2; side++)
        for (int32_t i = 1; i < d->n_contact[side]; i++) {
            const errand_contact *c = &d->contact[side][i];
            bool is_stride = false; /* stands after a stride: not a step */
            for (int32_t k = 0; k < d->n_stride; k++)
                is_stride |= fabs(c->on_s - (d->stride[k].to_s - .7)) < 1e-9;
            if (is_stride)
                continue;
            float v = errand_way_at(d, c->on_s).speed;
            out[n++] = (hm_errand_step){c->on_s, c->off_s, (hm_foot)side,  c->x,
                                        c->z,    c->yaw,   .06f + .10f * v};
        }
    for (int32_t k = 0; k < d->n_stride; k++)
        for (int32_t i = 0; i < d->stride[k].lane.n_step; i++) {
            const errand_stride *s = &d->stride[k];
            const hm_step *t = &s->lane.step[i];
            double v = hm_curve_v_mps(&s->lane.curve, t->on_s);
            out[n++] = (hm_errand_step){s->from_s + errand_stride_since(t->on_s),
                                        s->from_s + errand_stride_since(t->off_s),
                                        t->foot,
                                        d->p->lane_x_m + (float)t->side_m,
                                        (float)(t->x_m + s->z0_m),
                                        0,
                                        (float)(.2 + .08 * v)};
        }
    for (int32_t i = 1; i < n; i++) /* nearly in order: two lists in order and some runs */
        for (int32_t k = i; k > 0 && out[k].on_s < out[k - 1].on_s; k--) {
            hm_errand_step swap = out[k];
            out[k] = out[k - 1];
            out[k - 1] = swap;
        }
    return n;
}

/* ---- all of it ---- */

static hm_status room_for(struct hm_errands_data *d, maker *m, int32_t n, hm_arena *arena,
                          hm_err *err)
{
    int32_t most = (int32_t)((d->to_s - d->from_s) * 3.2) + 16;
    d->x = HM_PUSH(arena, float, d->n);
    d->z = HM_PUSH(arena, float, d->n);
    d->face = HM_PUSH(arena, float, d->n);
    m->x = HM_PUSH(arena, float, d->n);
    m->z = HM_PUSH(arena, float, d->n);
    m->face = HM_PUSH(arena, float, d->n);
    d->span = HM_PUSH(arena, errand_span, n + 1);
    d->stride = HM_PUSH(arena, errand_stride, n + 1);
    d->beat = HM_PUSH(arena, errand_beat, 2 * most);
    d->contact[0] = HM_PUSH(arena, errand_contact, 2 * most);
    d->contact[1] = HM_PUSH(arena, errand_contact, 2 * most);
    bool have = d->x && d->z && d->face && m->x && m->z && m->face && d->span && d->stride &&
                d->beat && d->contact[0] && d->contact[1];
    return have ? HM_OK : no_memory(err);
}

hm_status hm_errands_plan(const hm_gait *gait, double from_s, double x_m, double z_m,
                          double face_rad, const hm_pose *as, int32_t n, const hm_errand *list,
                          double to_s, hm_arena *arena, hm_errands *errands, hm_err *err)
{
    struct hm_errands_data *d = HM_PUSH(arena, struct hm_errands_data, 1);
    if (!d)
        return no_memory(err);
    HM_ASSERT(to_s > from_s);
    *d = (struct hm_errands_data){.p = gait->plan, .from_s = from_s, .to_s = to_s, .n_span = n};
    d->n = (int32_t)((to_s - from_s) * ERRAND_HZ) + 2;
    maker m = {.d = d, .t_s = from_s, .at_x = x_m, .at_z = z_m, .at_face = face_rad};
    HM_TRY(room_for(d, &m, n, arena, err));
    HM_TRY(lay(&m, n, list, arena, err));
    smooth_all(&m);
    HM_TRY(make_steps(d, as, arena, err));
    int32_t most = d->n_contact[0] + d->n_contact[1];
    for (int32_t k = 0; k < d->n_stride; k++)
        most += d->stride[k].lane.n_step;
    hm_errand_step *out = HM_PUSH(arena, hm_errand_step, most + 1);
    if (!out)
        return no_memory(err);
    *errands = (hm_errands){.from_s = from_s, .to_s = to_s, .step = out, .data = d};
    errands->n_step = list_steps(d, out);
    return HM_OK;
}

double hm_errand_begin_s(const hm_errands *errands, int32_t i)
{
    const struct hm_errands_data *d = errands->data;
    return i < d->n_span   ? d->span[i].begin_s
           : d->n_span > 0 ? d->span[d->n_span - 1].end_s
                           : d->from_s;
}

/* Is he in a stride; its clock. */
static const errand_stride *stride_at(const struct hm_errands_data *d, double t_s)
{
    for (int32_t k = 0; k < d->n_stride; k++)
        if (t_s >= d->stride[k].from_s && t_s < d->stride[k].to_s)
            return &d->stride[k];
    return NULL;
}

void hm_errands_at(const hm_errands *errands, double t_s, double *x_m, double *z_m,
                   double *face_rad)
{
    const struct hm_errands_data *d = errands->data;
    const errand_stride *s = stride_at(d, t_s);
    errand_way w = errand_way_at(d, t_s);
    *x_m = (double)w.x, *z_m = (double)w.z, *face_rad = (double)w.face;
    if (s) {
        double x = hm_curve_x_m(&s->lane.curve, errand_stride_clock(t_s - s->from_s));
        double wait = hm_gait_wait_z_m(&s->gait), lost = (double)body_ramp(x, 0, 3);
        *z_m = s->z0_m + x + wait + lost * (-.2 - wait);
    }
}

double hm_gait_wait_z_m(const hm_gait *gait)
{
    return gait->plan->stand_z_m - .058 * gait->plan->rig.s.stature_m;
}

/* ---- poses ---- */

static void turn_pose(hm_pose *pose, float face, float x, float z)
{
    float c = hm_cosf(face), s = hm_sinf(face);
    const hm_frame by = {{c, 0, -s}, {0, 1, 0}, {s, 0, c}, {x, 0, z}};
    for (int b = 0; b < HM_BONE_COUNT; b++) {
        hm_frame *f = &pose->bone[b];
        *f = (hm_frame){hm_frame_turn(&by, f->x), hm_frame_turn(&by, f->y),
                        hm_frame_turn(&by, f->z), hm_frame_point(&by, f->o)};
    }
    pose->com_m = hm_frame_point(&by, pose->com_m);
    for (int side = 0; side < 2; side++)
        pose->ball_m[side] = hm_frame_point(&by, pose->ball_m[side]);
}

static int32_t contact_at(const struct hm_errands_data *d, int side, double t_s)
{
    int32_t lo = 0, hi = d->n_contact[side] - 1;
    while (lo < hi) {
        int32_t mid = (lo + hi + 1) / 2;
        /* in the air between two: the one before */
        if (d->contact[side][mid].on_s <= t_s)
            lo = mid;
        else
            hi = mid - 1;
    }
    return lo;
}

/* The place of a foot in his own directions. */
static hm_vec3 own_place(const errand_way *w, float x, float y, float z)
{
    float c = hm_cosf(w->face), s = hm_sinf(w->face), dx = x - w->x, dz = z - w->z;
    return hm_v3(dx * c - dz * s, y, dx * s + dz * c);
}

/* A foot that stands on its heel: where its ball is. */
static hm_vec3 on_heel(const body_rig *rig, hm_vec3 ball, float pitch, float yaw)
{
    if (pitch >= 0)
        return ball;
    float s = hm_sinf(pitch), c = hm_cosf(pitch), dz = rig->heel_m, dy = rig->ball_y;
    float up = dy * c - dz * s - dy, on = dy * s + dz * c - dz;
    return hm_v3_add(ball, hm_v3(on * hm_sinf(yaw), up, on * hm_cosf(yaw)));
}

/* How long a step it was, in strides: shuffles have no heel strike. */
static float striding(const errand_contact *a, const errand_contact *b)
{
    float dx = b->x - a->x, dz = b->z - a->z;
    return body_ramp(sqrt((double)(dx * dx + dz * dz)), .25, .9);
}

static void stance(const struct hm_errands_data *d, int side, int32_t i, double t_s, float *pitch)
{
    const errand_contact *c = &d->contact[side][i];
    float in = i > 0 ? striding(c - 1, c) : 0;
    float out = i + 1 < d->n_contact[side] ? striding(c, c + 1) : 0;
    double lasts = c->off_s - c->on_s, roll = fmin(.16, .3 * lasts), rise = fmin(.30, .48 * lasts);
    *pitch = -.34f * in * (1 - body_ramp(t_s, c->on_s, c->on_s + roll));
    float up = body_ramp(t_s, c->off_s - rise, c->off_s + .3 * rise);
    *pitch += (.25f + .75f * out) * 1.05f * up * up;
}

static void swing(const struct hm_errands_data *d, int side, int32_t i, double t_s,
                  const errand_way *w, body_leg *leg)
{
    const errand_contact *a = &d->contact[side][i], *b = a + 1;
    float h = (float)d->p->rig.s.stature_m, far = striding(a, b);
    float u = (float)((t_s - a->off_s) / (b->on_s - a->off_s));
    float run = body_ramp((double)w->speed, 1.9, 3.2), k = u * u * (3 - 2 * u);
    float out = .74f; /* of the lift that stance ends with, see above */
    leg->ball = own_place(w, a->x + k * (b->x - a->x), d->p->rig.ball_y, a->z + k * (b->z - a->z));
    leg->ball.y += h * 4 * u * (1 - u) * (.020f + .035f * far * (1 - .5f * u) + .10f * run);
    float from = (.25f + .75f * far) * 1.05f * out * out, to = -.34f * far;
    float mid = .55f * far + .9f * run;
    leg->pitch = from * (1 - body_ramp((double)u, .15, .8)) + to * body_ramp((double)u, .55, 1) +
                 mid * 4 * u * (1 - u) * (1 - u);
    leg->yaw = a->yaw + k * (b->yaw - a->yaw) - w->face;
    leg->toe = leg->pitch > 0 ? .55f * leg->pitch : leg->pitch;
    leg->give_heel = false;
}

static void feet(const struct hm_errands_data *d, double t_s, const errand_way *w, body_goal *g,
                 bool on_ground[2])
{
    for (int side = 0; side < 2; side++) {
        int32_t i = contact_at(d, side, t_s);
        const errand_contact *c = &d->contact[side][i];
        body_leg *leg = &g->c.leg[side];
        *leg = (body_leg){.planted = true, .knee_out = .05f, .give_heel = true};
        on_ground[side] = t_s < c->off_s || i + 1 >= d->n_contact[side];
        if (!on_ground[side]) {
            swing(d, side, i, t_s, w, leg);
            continue;
        }
        leg->yaw = c->yaw - w->face;
        leg->ball = own_place(w, c->x, d->p->rig.ball_y, c->z);
        stance(d, side, i, t_s, &leg->pitch);
        leg->ball = on_heel(&d->p->rig, leg->ball, leg->pitch, leg->yaw);
    }
}

/* The last step that was begun: how far through it he is, which foot swings. */
static float beat_at(const struct hm_errands_data *d, double t_s, int *side)
{
    int32_t lo = 0, hi = d->n_beat - 1;
    *side = 0;
    if (d->n_beat == 0 || t_s < d->beat[0].at_s)
        return 1;
    while (lo < hi) {
        int32_t mid = (lo + hi + 1) / 2;
        if (d->beat[mid].at_s <= t_s)
            lo = mid;
        else
            hi = mid - 1;
    }
    *side = d->beat[lo].side;
    float u = (float)((t_s - d->beat[lo].at_s) / d->beat[lo].for_s);
    return u < 1 ? u : 1;
}

static void walk_arm(const plan *p, int side, float ahead, float walk, float run, body_arm *a)
{
    float deg = (float)(HM_PI / 180), h0 = p->habit[side];
    float fwd = ahead > 0 ? ahead : 0;
    const body_arm to = {.flex = (2 + (17 + 14 * run + 3 * h0) * ahead) * deg,
                         .abd = (10 + 2 * h0 + 4 * run) * deg,
                         .twist = (10 + 10 * fwd) * deg,
                         .elbow = (14 + 12 * fwd + 58 * run) * deg,
                         .prone = 22 * deg,
                         .curl = (34 + 16 * run) * deg,
                         .thumb = .4f,
                         .up = 2 * run * deg};
    body_arm_mix(a, &to, walk);
}

/* Pelvis and arms over one step. */
static void carry(const struct hm_errands_data *d, double t_s, const errand_way *w, body_goal *g)
{
    int side;
    float u = beat_at(d, t_s, &side), deg = (float)(HM_PI / 180);
    float h = (float)d->p->rig.s.stature_m, walk = walking(w->speed / 1.1f);
    float run = body_ramp((double)w->speed, 1.9, 3.0), sx = side == 0 ? 1.0f : -1.0f;
    float ahead = -hm_cosf((float)HM_PI * fminf(u / .92f, 1)); /* the swinging leg, -1 .. 1 */
    float left = sx * ahead, over = hm_sinf((float)HM_PI * u);
    float high = hm_cosf((float)HM_TAU * (u - .46f));
    g->root_x = g->root_x * (1 - walk) - sx * .016f * h * over * walk;
    g->root_z = .004f * h * walk;
    g->root_y -= h * walk * (.016f + .020f * run);
    g->root_y += h * walk * high * (.0095f * (1 - run) - .016f * run);
    body_control *c = &g->c;
    c->pelvis_yaw = c->pelvis_yaw * (1 - walk) - 6 * left * walk * deg;
    c->chest_yaw = c->chest_yaw * (1 - walk) + 5 * left * walk * deg;
    c->pelvis_roll = c->pelvis_roll * (1 - walk) - sx * 3.0f * over * walk * deg;
    c->chest_roll = c->chest_roll * (1 - walk) + sx * 1.2f * over * walk * deg;
    c->chest_pitch += (2 + 5 * run) * walk * deg;
    c->pelvis_pitch += (1 + 3 * run) * walk * deg;
    c->head_pitch += 3 * walk * deg;
    c->head_yaw = c->head_yaw * (1 - .6f * walk) + fminf(fmaxf(.35f * w->turn, -.6f), .6f);
    for (int i = 0; i < 2; i++)
        walk_arm(d->p, i, i == 0 ? -left : left, walk, run, &c->arm[i]);
}

static void walk_pose(const struct hm_errands_data *d, double t_s, hm_pose *pose)
{
    body_goal g;
    body_solution s;
    bool on_ground[2];
    errand_way w = errand_way_at(d, t_s);
    /* the calm of standing, not the clock of the start; from -15 s on that begins */
    body_stand_control(d->p, t_s < -15 ? t_s : t_s - 300, &g);
    g.root_z = 0;
    carry(d, t_s, &w, &g);
    feet(d, t_s, &w, &g, on_ground);
    for (int32_t i = 0; i < d->n_span; i++) {
        const errand_span *e = &d->span[i];
        if (e->e.act == HM_ACT_NONE || t_s < e->begin_s || t_s > e->end_s)
            continue;
        double fade = fmin(.6, .3 * (e->end_s - e->begin_s));
        float u = body_ramp(t_s, e->begin_s, e->begin_s + fade) *
                  (1 - body_ramp(t_s, e->end_s - fade, e->end_s));
        /* the same again goes on */
        if (i > 0 && (e - 1)->e.act == e->e.act && t_s < e->begin_s + fade)
            u = 1;
        if (i + 1 < d->n_span && (e + 1)->e.act == e->e.act && t_s > e->end_s - fade)
            u = 1;
        errand_act(d, e, t_s, u, &w, &g);
    }
    body_solve(d->p, &g, &s);
    body_pose_finish(&d->p->rig, &g.c, &s.up, s.root, s.leg, pose);
    pose->com_m = s.com;
    turn_pose(pose, w.face, w.x, w.z);
    for (int side = 0; side < 2; side++)
        pose->on_ground[side] = on_ground[side] && g.c.leg[side].ball.y < d->p->rig.ball_y + .05f;
    pose->torso_front_m = (double)pose->com_m.z;
}

void hm_pose_mix(hm_pose *a, const hm_pose *b, float k)
{
    for (int i = 0; i < HM_BONE_COUNT; i++) {
        hm_frame *f = &a->bone[i];
        const hm_frame *t = &b->bone[i];
        hm_vec3 x = hm_v3_unit(hm_v3_mix(f->x, t->x, k)), y = hm_v3_mix(f->y, t->y, k);
        y = hm_v3_unit(hm_v3_mad(y, -hm_v3_dot(x, y), x));
        *f = (hm_frame){x, y, hm_v3_cross(x, y), hm_v3_mix(f->o, t->o, k)};
    }
    a->com_m = hm_v3_mix(a->com_m, b->com_m, k);
    for (int side = 0; side < 2; side++)
        a->ball_m[side] = hm_v3_mix(a->ball_m[side], b->ball_m[side], k);
}

void hm_errands_pose(const hm_errands *errands, double t_s, hm_pose *pose)
{
    const struct hm_errands_data *d = errands->data;
    const errand_stride *s = stride_at(d, t_s);
    if (!s) {
        walk_pose(d, t_s, pose);
        return;
    }
    hm_gait_pose(&s->gait, errand_stride_clock(t_s - s->from_s), pose);
    for (int b = 0; b < HM_BONE_COUNT; b++)
        pose->bone[b].o.z += (float)s->z0_m;
    pose->com_m.z += (float)s->z0_m;
    for (int side = 0; side < 2; side++)
        pose->ball_m[side].z += (float)s->z0_m;
    double k = fmin(t_s - s->from_s, s->to_s - t_s) / MIX_S;
    if (k < 1) {
        hm_pose other;
        walk_pose(d, t_s, &other);
        hm_pose_mix(pose, &other, 1 - body_ramp(k, 0, 1));
    }
}
