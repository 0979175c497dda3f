/* errand.c - errands in time: the way of the pelvis, sampled and smoothed. Footsteps that carry it
 * are laid in errand_step.c, poses on them in errand_pose.c. */
#include "errand_priv.h"

#include <string.h>

#include "num/dmath.h"

#define SMOOTH_S      0.50 /* half width of the window over the way: he starts and stops softly */
#define SMOOTH_TURN_S 0.42
#define TURN_S        0.42 /* a radian on the spot */
#define STAND_S       1.1  /* before a stride: the feet are side by side */
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
    HM_TRY(errand_make_steps(d, as, arena, err));
    int32_t most = d->n_contact[0] + d->n_contact[1];
    for (int32_t k = 0; k < d->n_stride; k++)
        most += d->stride[k].lane.n_step;
    hm_errand_step *out = HM_PUSH(arena, hm_errand_step, most + 1);
    if (!out)
        return no_memory(err);
    *errands = (hm_errands){.from_s = from_s, .to_s = to_s, .step = out, .data = d};
    errands->n_step = errand_list_steps(d, out);
    return HM_OK;
}

double hm_errand_begin_s(const hm_errands *errands, int32_t i)
{
    const struct hm_errands_data *d = errands->data;
    return i < d->n_span   ? d->span[i].begin_s
           : d->n_span > 0 ? d->span[d->n_span - 1].end_s
                           : d->from_s;
}

const errand_stride *errand_stride_at(const struct hm_errands_data *d, double t_s)
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
    const errand_stride *s = errand_stride_at(d, t_s);
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
