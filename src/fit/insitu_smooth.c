/* Speed and acceleration of a session by least squares over a moving window of time. It takes
 * uneven sampling as it comes and asks for nothing across a gap. */
#include "insitu_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Samples farther apart than this do not belong together, s. */
static const double gap_s = 0.55;

/* Nobody runs faster or starts harder; beyond it is the device's error. Bolt 12.3 m/s; 9.7 m/s2
 * out of blocks. */
static const double possible_mps = 13.5, possible_mps2 = 12;

/* Share of its half width that a window must reach to either side. Own. */
static const double side_least = 0.6;

typedef struct series {
    int32_t n, degree; /* 1: a line through speeds; 2: a parabola through positions */
    const double *t_s, *y;
    double half_s;
} series;

/* What the window about sample i says. */
typedef struct moment {
    double v_mps, a_mps2;
    double a_var;     /* of a, for noise of variance 1 */
    double noise_var; /* of the residuals */
    int32_t dof;      /* that it rests on, > 0 */
} moment;

/* Sums of u^k and u^k y about the middle, u in half widths. */
static bool window_at(const series *s, int32_t i, int32_t *from, moment *out)
{
    double m[5] = {0}, b[3] = {0}, yy = 0, first = 0, last = 0;
    int32_t n = 0;
    while (s->t_s[i] - s->t_s[*from] > s->half_s * (1 + 1e-9))
        (*from)++;
    for (int32_t j = *from; j < s->n && s->t_s[j] - s->t_s[i] <= s->half_s * (1 + 1e-9); j++) {
        double u = (s->t_s[j] - s->t_s[i]) / s->half_s, y = s->y[j] - s->y[i], power = 1;
        if (n > 0 && s->t_s[j] - s->t_s[j - 1] > gap_s)
            return false;
        first = n == 0 ? u : first;
        last = u;
        for (int k = 0; k < 5; k++, power *= u) {
            m[k] += power;
            if (k < 3)
                b[k] += power * y;
        }
        yy += y * y;
        n++;
    }
    /* both sides must be there, and more than enough points */
    if (n < s->degree + 2 || first > -side_least || last < side_least)
        return false;
    if (s->degree == 1) {
        double det = m[0] * m[2] - m[1] * m[1];
        double c0 = (m[2] * b[0] - m[1] * b[1]) / det, c1 = (m[0] * b[1] - m[1] * b[0]) / det;
        out->v_mps = s->y[i] + c0;
        out->a_mps2 = c1 / s->half_s;
        out->a_var = m[0] / det / (s->half_s * s->half_s);
        out->dof = n - 2;
        out->noise_var = fmax(yy - c0 * b[0] - c1 * b[1], 0) / out->dof;
        return true;
    }
    /* inverse of the symmetric 3 x 3 of moments, by cofactors */
    double c00 = m[2] * m[4] - m[3] * m[3], c01 = m[2] * m[3] - m[1] * m[4];
    double c02 = m[1] * m[3] - m[2] * m[2], c11 = m[0] * m[4] - m[2] * m[2];
    double c12 = m[1] * m[2] - m[0] * m[3], c22 = m[0] * m[2] - m[1] * m[1];
    double det = m[0] * c00 + m[1] * c01 + m[2] * c02;
    double p0 = (c00 * b[0] + c01 * b[1] + c02 * b[2]) / det;
    double p1 = (c01 * b[0] + c11 * b[1] + c12 * b[2]) / det;
    double p2 = (c02 * b[0] + c12 * b[1] + c22 * b[2]) / det;
    double half2 = s->half_s * s->half_s;
    out->v_mps = p1 / s->half_s;
    out->a_mps2 = 2 * p2 / half2;
    out->a_var = 4 * c22 / det / (half2 * half2);
    out->dof = n - 3;
    out->noise_var = fmax(yy - p0 * b[0] - p1 * b[1] - p2 * b[2], 0) / out->dof;
    return true;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Noise of the device: the middle of all windows. Few of them hold a hard acceleration, and a mean
 * would follow those. The median of chi2 / dof lies below its mean. */
static double noise_var_of(int32_t n, double var[], double dof)
{
    if (n == 0)
        return 0;
    qsort(var, (size_t)n, sizeof *var, by_size);
    double k = 1 - 2 / (9 * dof); /* Wilson & Hilferty 1931 */
    return var[n / 2] / (k * k * k);
}

static hm_status read_series(const hm_trace *trace, const hm_insitu_opts *o, hm_arena *arena,
                             series *out, hm_err *err)
{
    int32_t n_speed = 0, n_position = 0, n = 0;
    for (int32_t i = 0; i < trace->n_obs; i++) {
        n_speed += trace->obs[i].kind == HM_OBS_SPEED;
        n_position += trace->obs[i].kind == HM_OBS_POSITION;
    }
    if (n_speed == 0 && n_position == 0)
        return hm_err_set(err, HM_ERR_INPUT, trace->run, 0, 0, "observations",
                          "expected speeds or positions at times, found none");
    bool speeds = n_speed >= n_position;
    double *t_s = HM_PUSH(arena, double, trace->n_obs), *y = HM_PUSH(arena, double, trace->n_obs);
    if (!t_s || !y)
        return hm_err_set(err, HM_ERR_SYSTEM, "in situ", 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < trace->n_obs; i++) {
        const hm_obs *x = &trace->obs[i];
        if (x->kind != (speeds ? HM_OBS_SPEED : HM_OBS_POSITION))
            continue;
        if (n > 0 && !(x->time_s > t_s[n - 1]))
            return hm_err_set(err, HM_ERR_INPUT, trace->run, 0, 0, "time_s",
                              "expected rising times, observation %d falls from %g to %g s", i + 1,
                              t_s[n - 1], x->time_s);
        t_s[n] = x->time_s;
        y[n++] = speeds ? x->speed_mps : x->distance_m;
    }
    *out = (series){n, speeds ? 1 : 2, t_s, y, speeds ? o->half_speed_s : o->half_position_s};
    return HM_OK;
}

static bool counts(const moment *m, const hm_insitu_opts *o)
{
    return m->v_mps >= o->threshold_mps && m->v_mps <= possible_mps && m->a_mps2 >= 0 &&
           m->a_mps2 <= possible_mps2;
}

static void walk(const series *s, const hm_insitu_opts *o, double var[], insitu_session *out)
{
    int32_t from = 0, n_var = 0;
    int64_t dof = 0;
    for (int32_t i = 0; i < s->n; i++) {
        moment m;
        if (!window_at(s, i, &from, &m))
            continue;
        var[n_var++] = m.noise_var;
        dof += m.dof;
        if (m.v_mps <= possible_mps)
            out->top_mps = fmax(out->top_mps, m.v_mps);
        if (counts(&m, o))
            out->sample[out->n++] = (insitu_sample){m.v_mps, m.a_mps2, sqrt(m.a_var)};
    }
    double sd = sqrt(noise_var_of(n_var, var, (double)dof / n_var));
    for (int32_t i = 0; i < out->n; i++)
        out->sample[i].a_sd_mps2 *= sd;
}

hm_status insitu_smooth(const hm_trace *trace, const hm_insitu_opts *o, hm_arena *arena,
                        insitu_session *out, hm_err *err)
{
    series s = {.n = 0};
    hm_arena scratch;
    hm_arena_init(&scratch, 0);
    hm_status status = read_series(trace, o, &scratch, &s, err);
    if (status == HM_OK) {
        insitu_session found = *out;
        double *var = HM_PUSH(&scratch, double, (size_t)s.n + 1);
        insitu_sample *all = HM_PUSH(&scratch, insitu_sample, (size_t)s.n + 1);
        found.sample = all;
        if (var && all) {
            walk(&s, o, var, &found);
            found.sample = HM_PUSH(arena, insitu_sample, (size_t)found.n + 1);
        }
        if (var && all && found.sample) {
            memcpy(found.sample, all, (size_t)found.n * sizeof *all);
            *out = found;
        } else
            status = hm_err_set(err, HM_ERR_SYSTEM, "in situ", 0, 0, NULL, "no memory");
    }
    hm_arena_free(&scratch);
    return status;
}
