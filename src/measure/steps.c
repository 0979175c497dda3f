#include "steps_priv.h"

#include <math.h>
#include <string.h>

hm_steps_opts hm_steps_opts_default(void)
{
    return (hm_steps_opts){.scale_sigma = 0.005, .toe_sigma_m = 0.015};
}

typedef struct finding {
    const steps_scene *s;
    hm_steps_opts opts;
    hm_arena *arena;
    hm_err *err;
    hm_steps *out;
} finding;

static hm_status no_memory(const finding *f)
{
    return hm_err_set(f->err, HM_ERR_SYSTEM, "steps", 0, 0, NULL, "no memory");
}

/* ---- contacts ---- */

static bool is_ambiguous(const hm_track_person *p, int32_t first, int32_t last)
{
    for (int32_t i = first; i <= last; i++)
        if (p->frame[i].ambiguous)
            return true;
    return false;
}

static hm_status fill_contacts(const finding *f, const steps_span span[], int32_t n_span)
{
    f->out->contact = HM_PUSH(f->arena, hm_contact, n_span + 1);
    if (!f->out->contact)
        return no_memory(f);
    for (int32_t i = 0; i < n_span; i++) {
        if (span[i].state % 2)
            continue;
        hm_contact c = {
            .side = (hm_side)(span[i].state / 2), .first = span[i].first, .last = span[i].last};
        c.ambiguous = is_ambiguous(f->s->person, c.first, c.last);
        steps_refine(f->s, &c);
        f->out->contact[f->out->n_contact++] = c;
    }
    return steps_along(f->s, f->arena, f->out->contact, f->out->n_contact) ? HM_OK : no_memory(f);
}

/* ---- steps ---- */

static hm_measured difference(hm_measured a, hm_measured b)
{
    return (hm_measured){a.is - b.is, hypot(a.sigma, b.sigma)};
}

static hm_stride_step step_of(const finding *f, const hm_contact *a, const hm_contact *b)
{
    hm_stride_step s = {.from = a->side, .ambiguous = a->ambiguous || b->ambiguous};
    s.contact_s = a->contact_s;
    s.flight_s = difference(b->on_s, a->off_s);
    s.time_s = difference(b->on_s, a->on_s);
    s.length_m = difference(b->toe_x_m, a->toe_x_m);
    double scale_m = f->opts.scale_sigma * s.length_m.is;
    s.length_m.sigma = hypot(hypot(s.length_m.sigma, f->opts.toe_sigma_m), scale_m);
    s.rate_hz.is = 1 / s.time_s.is;
    s.rate_hz.sigma = s.rate_hz.is * s.time_s.sigma / s.time_s.is;
    s.speed_mps.is = s.length_m.is / s.time_s.is;
    s.speed_mps.sigma =
        s.speed_mps.is * hypot(s.length_m.sigma / s.length_m.is, s.time_s.sigma / s.time_s.is);
    return s;
}

static hm_status fill_steps(const finding *f)
{
    hm_steps *o = f->out;
    o->step = HM_PUSH(f->arena, hm_stride_step, o->n_contact + 1);
    if (!o->step)
        return no_memory(f);
    for (int32_t i = 0; i + 1 < o->n_contact; i++)
        if (!isnan(o->contact[i].on_s.is) && !isnan(o->contact[i + 1].on_s.is))
            o->step[o->n_step++] = step_of(f, &o->contact[i], &o->contact[i + 1]);
    return HM_OK;
}

/* ---- means ---- */

/* Of the values that are known: the mean, its standard deviation from their scatter, and what all
 * share. */
static hm_measured mean_of(const hm_steps *o, size_t offset, double shared)
{
    double sum = 0, sum2 = 0, own2 = 0;
    int32_t n = 0;
    for (int32_t i = 0; i < o->n_step; i++) {
        hm_measured v;
        memcpy(&v, (const unsigned char *)&o->step[i] + offset, sizeof v);
        if (isnan(v.is))
            continue;
        sum += v.is;
        sum2 += v.is * v.is;
        own2 += v.sigma * v.sigma;
        n++;
    }
    if (n == 0)
        return (hm_measured){NAN, NAN};
    hm_measured m = {sum / n, sqrt(own2) / n};
    if (n > 2) /* steps differ: their scatter says more than the errors of each */
        m.sigma = sqrt(fmax(sum2 / n - m.is * m.is, 0) / (n - 1));
    m.sigma = hypot(m.sigma, shared * m.is);
    return m;
}

/* A mean length rests on the first and the last foot only. */
static hm_measured mean_length(const finding *f)
{
    const hm_steps *o = f->out;
    double sum = 0, end_sigma_m = 0;
    int32_t n = 0;
    for (int32_t i = 0; i < o->n_step; i++)
        if (!isnan(o->step[i].length_m.is)) {
            sum += o->step[i].length_m.is;
            end_sigma_m = o->step[i].length_m.sigma;
            n++;
        }
    if (n == 0)
        return (hm_measured){NAN, NAN};
    double ends_m = hypot(end_sigma_m, f->opts.toe_sigma_m) / n;
    return (hm_measured){sum / n, hypot(ends_m, f->opts.scale_sigma * sum / n)};
}

static void fill_means(const finding *f)
{
    hm_steps *o = f->out;
#define MEAN(field, shared) o->mean.field = mean_of(o, offsetof(hm_stride_step, field), shared)
    MEAN(contact_s, 0);
    MEAN(flight_s, 0);
    MEAN(time_s, 0);
    MEAN(rate_hz, 0);
    MEAN(speed_mps, f->opts.scale_sigma);
#undef MEAN
    o->mean.length_m = mean_length(f);
    if (f->s->toe[0].by_net || f->s->toe[1].by_net) {
        double shared_s = hypot(STEPS_ON_SHARED_S, STEPS_OFF_SHARED_S);
        o->mean.contact_s.sigma = hypot(o->mean.contact_s.sigma, shared_s);
        o->mean.flight_s.sigma = hypot(o->mean.flight_s.sigma, shared_s);
    }
}

/* ---- all of it ---- */

static hm_status fill_angles(const finding *f)
{
    hm_steps *o = f->out;
    o->n_frame = f->s->n;
    void *room = hm_arena_push(f->arena, (size_t)o->n_frame, sizeof *o->angle_rad);
    if (!room)
        return no_memory(f);
    o->angle_rad = room;
    for (int32_t i = 0; i < o->n_frame; i++)
        steps_angles(&f->s->person->frame[i], o->direction, o->angle_rad[i]);
    return HM_OK;
}

static hm_status find(finding *f)
{
    steps_span *span;
    int32_t n_span;
    hm_steps *o = f->out;
    HM_TRY(steps_segment(f->s, f->arena, &span, &n_span, f->err));
    HM_TRY(fill_contacts(f, span, n_span));
    HM_TRY(fill_steps(f));
    if (o->n_step < 1)
        return hm_err_set(f->err, HM_ERR_NUMERIC, "steps", 0, 0, NULL,
                          "expected a runner whose feet take turns, found %d contacts",
                          o->n_contact);
    o->direction = f->s->direction;
    o->toe_sigma_m = fmax(f->s->toe[0].sigma_m, f->s->toe[1].sigma_m);
    o->hip_x_m = f->s->hip_m;
    o->hip_sigma_m = o->toe_sigma_m / sqrt(2); /* the middle of two points */
    for (int32_t i = 0; i < f->s->n; i++)
        o->hip_x_m[i] *= o->direction;
    fill_means(f);
    return fill_angles(f);
}

hm_status hm_steps_find(const hm_track_person *person, const hm_steps_opts *opts, hm_arena *arena,
                        hm_steps *steps, hm_err *err)
{
    steps_scene scene;
    hm_steps out = {0};
    finding f = {&scene, opts ? *opts : hm_steps_opts_default(), arena, err, &out};
    HM_TRY(steps_scene_make(person, arena, &scene, err));
    HM_TRY(find(&f));
    *steps = out;
    return HM_OK;
}

int32_t hm_contact_moments(const hm_contact *c, int32_t frame[3])
{
    int32_t n = 0;
    if (!isnan(c->on_s.is))
        frame[n++] = c->first;
    if (!isnan(c->on_s.is) && !isnan(c->off_s.is) && c->last > c->first + 1)
        frame[n++] = (c->first + c->last) / 2;
    if (!isnan(c->off_s.is) && c->last > c->first)
        frame[n++] = c->last;
    return n;
}
