/* steps_edge.c - touch-down and toe-off between the frames: where a curve through the flying toe
 * meets the place at which it stands. */
#include "steps_priv.h"

#include <math.h>
#include <string.h>

#include "num/lsq.h"

/* Window of the fit on the flying and on the standing side; own choice: a flying toe is well a
 * parabola for so long, and three numbers an axis want five images. */
#define FLY_S      0.045
#define FLY_FRAMES 4.5
#define STAND_S    0.060

enum { N_PARAM = 7, FRAME_MAX = 256, LEAST = 7, EVAL_MAX = 200 };

/* Parameters: time of the event; x and z of the stand; x and z of the flight's first term, then of
 * its second: at touch-down the velocity with which the toe arrives and the acceleration, at
 * toe-off, where it leaves at rest, acceleration and jerk. */
typedef struct edge {
    int32_t n;       /* frames */
    bool is_on;      /* touch-down */
    double middle_s; /* subtracted from times */
    double t[FRAME_MAX], x[FRAME_MAX], z[FRAME_MAX];
    double x0, z0; /* subtracted from places */
} edge;

/* Time into the flight, < 0 on the standing side. */
static double flown_s(const edge *e, double t, double event)
{
    return e->is_on ? event - t : t - event;
}

static bool residuals(void *ctx, const double p[], double r[], double jac[])
{
    const edge *e = ctx;
    int32_t m = 2 * e->n;
    memset(jac, 0, (size_t)m * N_PARAM * sizeof *jac);
    for (int32_t i = 0; i < e->n; i++) {
        double f = fmax(flown_s(e, e->t[i], p[0]), 0), sign = e->is_on ? 1 : -1;
        double first = e->is_on ? f : f * f / 2, second = e->is_on ? f * f / 2 : f * f * f / 6;
        double d_first = f > 0 ? sign * (e->is_on ? 1 : f) : 0;
        double d_second = f > 0 ? sign * (e->is_on ? f : f * f / 2) : 0;
        for (int axis = 0; axis < 2; axis++) {
            int32_t at = axis * e->n + i;
            r[at] = p[1 + axis] + p[3 + axis] * first + p[5 + axis] * second -
                    (axis ? e->z[i] : e->x[i]);
            jac[at] = p[3 + axis] * d_first + p[5 + axis] * d_second;
            jac[(1 + axis) * m + at] = 1;
            jac[(3 + axis) * m + at] = first;
            jac[(5 + axis) * m + at] = second;
        }
    }
    return true;
}

static void collect(const steps_scene *s, const steps_toe *t, double at_s, double stand_s, edge *e)
{
    double fly_s = fmax(FLY_S, FLY_FRAMES * s->dt_s);
    double from_s = e->is_on ? at_s - fly_s : at_s - stand_s;
    double to_s = e->is_on ? at_s + stand_s : at_s + fly_s;
    e->n = 0;
    e->middle_s = at_s;
    e->x0 = e->z0 = NAN;
    for (int32_t i = 0; i < s->n && e->n < FRAME_MAX; i++) {
        if (s->time_s[i] < from_s || s->time_s[i] > to_s || isnan(t->x_m[i]))
            continue;
        e->x0 = isnan(e->x0) ? t->x_m[i] : e->x0;
        e->z0 = isnan(e->z0) ? t->z_m[i] : e->z0;
        e->t[e->n] = s->time_s[i] - at_s;
        e->x[e->n] = t->x_m[i] - e->x0;
        e->z[e->n] = t->z_m[i] - e->z0;
        e->n++;
    }
}

/* in/out event_s  from the frames; out place */
static bool fit(const steps_scene *s, const steps_toe *t, edge *e, hm_measured *event,
                hm_measured *place)
{
    double work[8192], jac[2 * FRAME_MAX * N_PARAM], r[2 * FRAME_MAX], cov[N_PARAM * N_PARAM];
    int32_t m = 2 * e->n;
    double p[N_PARAM] = {0, 0, 0, e->is_on ? -3 : 60, e->is_on ? 1 : 20, 0, 0};
    if (e->n < LEAST || hm_lsq_work_count(m, N_PARAM) > sizeof work / sizeof *work)
        return false;
    int32_t stand = e->is_on ? e->n - 1 : 0;
    p[1] = e->x[stand];
    p[2] = e->z[stand];
    hm_lsq lsq = {m, N_PARAM, residuals, e, 1e-10, EVAL_MAX, false};
    hm_lsq_end end;
    hm_err none = {0};
    if (hm_lsq_solve(&lsq, p, work, &end, &none) != HM_OK || fabs(p[0]) > STAND_S)
        return false;
    (void)residuals(e, p, r, jac);
    if (hm_lsq_covariance(m, N_PARAM, jac, work, cov) & 1U)
        return false;
    /* the curve is only nearly a parabola: what it leaves counts, where it is more than the noise
     */
    double var = fmax(end.sum / (m - N_PARAM), t->sigma_m * t->sigma_m);
    event->is = e->middle_s + p[0];
    event->sigma = hypot(sqrt(var * cov[0]), s->dt_s / 12);
    place->is = e->x0 + p[1];
    place->sigma = sqrt(var * cov[N_PARAM + 1]);
    return true;
}

#define NET_UNSEEN_S 0.03 /* sd of an end of a contact by a net when the foot is half seen; own */

/* By a net: the speed of the foot tells, else only the frames do. */
static void take_speed(const steps_scene *s, hm_contact *c)
{
    const steps_toe *t = &s->toe[c->side];
    int32_t middle = (c->first + c->last) / 2;
    hm_measured *end[] = {&c->off_s, &c->on_s};
    for (int is_on = 0; is_on < 2; is_on++)
        if (!isnan(end[is_on]->is) && !steps_event_by_speed(s, t, is_on, middle, end[is_on]))
            end[is_on]->sigma = hypot(end[is_on]->sigma, NET_UNSEEN_S);
}

/* One event; what the frames say when no curve fits. */
static hm_measured event_at(const steps_scene *s, const steps_toe *t, bool is_on, double at_s,
                            double stand_s, hm_measured *place)
{
    edge e = {.is_on = is_on};
    hm_measured event = {at_s, s->dt_s / sqrt(6)};
    collect(s, t, at_s, fmin(stand_s, STAND_S), &e);
    (void)fit(s, t, &e, &event, place);
    return event;
}

/* Mean place of the toe in the frames of the contact. */
static hm_measured stands_at(const steps_toe *t, const hm_contact *c)
{
    double sum = 0;
    int32_t n = 0;
    for (int32_t i = c->first; i <= c->last; i++)
        if (!isnan(t->x_m[i])) {
            sum += t->x_m[i];
            n++;
        }
    return n ? (hm_measured){sum / n, t->sigma_m / sqrt(n)} : (hm_measured){NAN, NAN};
}

void steps_refine(const steps_scene *s, hm_contact *c)
{
    const steps_toe *t = &s->toe[c->side];
    hm_measured on_at = {NAN, NAN}, off_at = {NAN, NAN};
    double stand_s = s->time_s[c->last] - s->time_s[c->first];
    c->toe_x_m = stands_at(t, c);
    c->on_s = c->off_s = (hm_measured){NAN, NAN};
    if (c->first > 0)
        c->on_s = event_at(s, t, true, (s->time_s[c->first - 1] + s->time_s[c->first]) / 2,
                           stand_s * 0.7, &on_at);
    if (c->last + 1 < s->n)
        c->off_s = event_at(s, t, false, (s->time_s[c->last] + s->time_s[c->last + 1]) / 2,
                            stand_s * 0.7, &off_at);
    if (!isnan(on_at.is))
        c->toe_x_m = on_at;
    if (!isnan(off_at.is) && (isnan(on_at.is) || off_at.sigma < on_at.sigma))
        c->toe_x_m = off_at;
    if (t->by_net)
        take_speed(s, c);
    c->contact_s = (hm_measured){c->off_s.is - c->on_s.is, hypot(c->on_s.sigma, c->off_s.sigma)};
}
