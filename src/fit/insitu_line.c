/* The line through the hardest accelerations.
 *
 * The best of k noisy values lies above the best true one. How far is known when k and the noise
 * are: the noise from the device's own scatter, k from the line itself, since of the samples of
 * maximal effort half lie above their true line. So line and excess are found together. */
#include "insitu_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "num/stat.h"

enum {
    BIN_MAX = 140, /* 0.1 m/s to 13.5 m/s */
    BEST_MAX = 8,
    POINT_LEAST = 8,
    SETTLE_MAX = 60
};

/* Points must span this share of S0 to tell where the line ends. Own. */
static const double span_least = 0.25;

/* What is left unknown of the excess, in sds of one acceleration's noise: calibrated with
 * tests/unit/fit/test_insitu.c and tests/physics (docs/physics/insitu.md). */
static const double excess_unsure = 0.35;

/* Nobody goes all out in every bin, and a filter blunts the last stride of an effort: sd of what is
 * missing at either end of the line, as a share of S0 and A0. Calibrated as the other. */
static const double effort_unsure = 0.011;

typedef struct best {
    insitu_sample sample;
    int32_t i_bin, rank; /* 0 = the best */
} best;

typedef struct cloud {
    int32_t n_session;
    const insitu_session *session;
    double threshold_mps, bin_mps;
    int32_t n_bin, n_best;
    best *best; /* (n_best) ascending bin, then rank */
} cloud;

static int32_t bin_of(const cloud *c, double v_mps)
{
    int32_t i = (int32_t)((v_mps - c->threshold_mps) / c->bin_mps);
    return i < 0 ? 0 : i >= BIN_MAX ? BIN_MAX - 1 : i;
}

/* Keep the hardest of each bin, hardest first. */
static void pick(cloud *c, int32_t best_n, insitu_sample top[][BEST_MAX], int32_t n_top[])
{
    for (int32_t i = 0; i < c->n_session; i++)
        for (int32_t k = 0; k < c->session[i].n; k++) {
            insitu_sample s = c->session[i].sample[k];
            int32_t b = bin_of(c, s.v_mps), at = n_top[b];
            while (at > 0 && top[b][at - 1].a_mps2 < s.a_mps2)
                at--;
            if (at >= best_n)
                continue;
            int32_t n = n_top[b] < best_n ? n_top[b] : best_n - 1;
            memmove(&top[b][at + 1], &top[b][at], sizeof s * (size_t)(n - at));
            top[b][at] = s;
            n_top[b] = n + 1;
        }
}

static bool gather(cloud *c, int32_t best_n, hm_arena *scratch)
{
    insitu_sample(*top)[BEST_MAX] = hm_arena_push(scratch, BIN_MAX, sizeof *top);
    int32_t *n_top = HM_PUSH(scratch, int32_t, BIN_MAX);
    c->best = HM_PUSH(scratch, best, (size_t)BIN_MAX * BEST_MAX);
    if (!top || !n_top || !c->best)
        return false;
    pick(c, best_n, top, n_top);
    for (int32_t b = 0; b < BIN_MAX; b++) {
        c->n_bin += n_top[b] > 0;
        for (int32_t r = 0; r < n_top[b]; r++)
            c->best[c->n_best++] = (best){top[b][r], b, r};
    }
    return true;
}

/* ---- lines ---- */

typedef struct line {
    double a0_mps2, slope_per_s; /* a = a0 - slope v */
} line;

static double on(const line *l, double v_mps)
{
    return l->a0_mps2 - l->slope_per_s * v_mps;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double middle(int32_t n, double v[])
{
    qsort(v, (size_t)n, sizeof *v, by_size);
    return 0.5 * (v[(n - 1) / 2] + v[n / 2]);
}

/* A line that a quarter of wild points do not move: the median of the slopes of all pairs (Theil
 * 1950, Sen 1968). work: n (n - 1) / 2 doubles */
static line sturdy(int32_t n, const best b[], const double a_mps2[], double work[])
{
    int32_t n_pair = 0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t k = i + 1; k < n; k++)
            if (b[k].i_bin != b[i].i_bin)
                work[n_pair++] = (a_mps2[i] - a_mps2[k]) / (b[k].sample.v_mps - b[i].sample.v_mps);
    line l = {0, n_pair > 0 ? middle(n_pair, work) : 0};
    for (int32_t i = 0; i < n; i++)
        work[i] = a_mps2[i] + l.slope_per_s * b[i].sample.v_mps;
    l.a0_mps2 = middle(n, work);
    return l;
}

/* Least squares through the used points. */
typedef struct fitted {
    line l;
    int32_t n;
    double v_mean, v_ss, sse, a_ss;
} fitted;

static fitted least_squares(int32_t n, const best b[], const double a_mps2[], const bool used[])
{
    fitted f = {.n = 0};
    double a_mean = 0, va = 0;
    for (int32_t i = 0; i < n; i++)
        if (used[i]) {
            f.n++;
            f.v_mean += b[i].sample.v_mps;
            a_mean += a_mps2[i];
        }
    f.v_mean /= f.n;
    a_mean /= f.n;
    for (int32_t i = 0; i < n; i++)
        if (used[i]) {
            double v = b[i].sample.v_mps - f.v_mean, a = a_mps2[i] - a_mean;
            f.v_ss += v * v;
            va += v * a;
            f.a_ss += a * a;
        }
    f.l.slope_per_s = -va / f.v_ss;
    f.l.a0_mps2 = a_mean + f.l.slope_per_s * f.v_mean;
    f.sse = fmax(f.a_ss - va * va / f.v_ss, 0);
    return f;
}

/* ---- the excess of the best over the true best ---- */

/* Mean of the rank-th largest of k normal draws, rank 0 = largest. source Blom 1958 */
static double expected_top(double k, int32_t rank)
{
    return k < rank + 1.5 ? 0 : hm_normal_of((k - rank - 0.375) / (k + 0.25));
}

/* Samples of maximal effort in each bin: twice those above the line. */
static void count_maximal(const cloud *c, const line *l, double k[])
{
    memset(k, 0, sizeof *k * BIN_MAX);
    for (int32_t i = 0; i < c->n_session; i++)
        for (int32_t j = 0; j < c->session[i].n; j++) {
            const insitu_sample *s = &c->session[i].sample[j];
            if (s->a_mps2 > on(l, s->v_mps))
                k[bin_of(c, s->v_mps)] += 2;
        }
}

typedef struct search {
    const cloud *c;
    double band; /* [1] in sds; infinite = none */
    bool as_published;
    double *a_mps2, *work; /* (n_best), (n_best^2) */
    bool *used;            /* (n_best) */
    double k[BIN_MAX];
    double excess_mps2;
} search;

/* Points less their excess, given how many compete. */
static void correct(search *s)
{
    const cloud *c = s->c;
    s->excess_mps2 = 0;
    for (int32_t i = 0; i < c->n_best; i++) {
        const best *b = &c->best[i];
        double over = s->as_published
                          ? 0
                          : b->sample.a_sd_mps2 * fmax(expected_top(s->k[b->i_bin], b->rank), 0);
        s->a_mps2[i] = b->sample.a_mps2 - over;
        s->excess_mps2 += over / c->n_best;
    }
}

/* First line, band about it, second line. */
static fitted fit_once(search *s)
{
    const cloud *c = s->c;
    line first = sturdy(c->n_best, c->best, s->a_mps2, s->work);
    double sse = 0;
    for (int32_t i = 0; i < c->n_best; i++) {
        double r = s->a_mps2[i] - on(&first, c->best[i].sample.v_mps);
        sse += r * r;
    }
    double sd = sqrt(sse / (c->n_best - 2));
    for (int32_t i = 0; i < c->n_best; i++)
        s->used[i] =
            !(fabs(s->a_mps2[i] - on(&first, c->best[i].sample.v_mps)) > s->band * sd + 1e-9);
    return least_squares(c->n_best, c->best, s->a_mps2, s->used);
}

static double mean_noise(const cloud *c)
{
    double sd = 0;
    for (int32_t i = 0; i < c->n_best; i++)
        sd += c->best[i].sample.a_sd_mps2 / c->n_best;
    return sd;
}

/* The line at which the count above it and the excess taken off agree, from below. */
static fitted settle(search *s)
{
    correct(s); /* k = 0: the best as they are */
    fitted f = fit_once(s);
    if (s->as_published)
        return f;
    line l = f.l;
    l.a0_mps2 -= 2 * mean_noise(s->c);
    for (int i = 0; i < SETTLE_MAX; i++) {
        count_maximal(s->c, &l, s->k);
        correct(s);
        f = fit_once(s);
        double moved = fabs(f.l.a0_mps2 - l.a0_mps2) +
                       fabs(f.l.slope_per_s - l.slope_per_s) * s->c->threshold_mps;
        /* half a step: counts jump, and a whole one may swing */
        l.a0_mps2 += 0.5 * (f.l.a0_mps2 - l.a0_mps2);
        l.slope_per_s += 0.5 * (f.l.slope_per_s - l.slope_per_s);
        if (moved < 1e-4)
            break;
    }
    return f;
}

/* ---- what it is worth ---- */

static double pow2(double x)
{
    return x * x;
}

/* Covariance of S0 = a0 / slope and A0 = a0. */
static void spread(const search *s, const fitted *f, insitu_line *out)
{
    double var = f->sse / (f->n - 2), slope = f->l.slope_per_s;
    double aa = var * (1.0 / f->n + f->v_mean * f->v_mean / f->v_ss);
    double bb = var / f->v_ss, ab = var * f->v_mean / f->v_ss;
    /* the excess may be off at the slow end of the line and, independently, at the fast end */
    const best *b = s->c->best;
    double v1 = b[0].sample.v_mps, v2 = b[s->c->n_best - 1].sample.v_mps, apart = v2 - v1;
    double off = excess_unsure * mean_noise(s->c) / apart;
    aa += off * off * (v1 * v1 + v2 * v2);
    ab += off * off * (v1 + v2);
    bb += off * off * 2;
    double by_a = 1 / slope, by_b = -f->l.a0_mps2 / (slope * slope);
    out->covariance[0][0] = by_a * by_a * aa + 2 * by_a * by_b * ab + by_b * by_b * bb;
    out->covariance[0][0] += pow2(effort_unsure * out->s0_mps);
    out->covariance[0][1] = out->covariance[1][0] = by_a * aa + by_b * ab;
    out->covariance[1][1] = aa + pow2(effort_unsure * out->a0_mps2);
}

static bool put_points(const search *s, const fitted *f, hm_arena *arena, insitu_line *out)
{
    const cloud *c = s->c;
    out->n_point = c->n_best;
    out->point = HM_PUSH(arena, hm_fit_point, c->n_best);
    if (!out->point)
        return false;
    double sum = 0;
    for (int32_t i = 0; i < c->n_best; i++) {
        double v_mps = c->best[i].sample.v_mps, fit = on(&f->l, v_mps), a_mps2 = s->a_mps2[i];
        out->point[i] = (hm_fit_point){v_mps, a_mps2, fit, (double)NAN, !s->used[i], s->used[i]};
        if (!s->used[i])
            continue;
        sum += (a_mps2 - fit) * (a_mps2 - fit);
        out->max_abs = fmax(out->max_abs, fabs(a_mps2 - fit));
    }
    out->rmse = sqrt(sum / f->n);
    out->rse = sqrt(sum / (f->n - 2));
    return true;
}

static bool search_line(search *s, hm_arena *arena, insitu_line *out)
{
    fitted f = settle(s);
    if (f.n < POINT_LEAST || !(f.l.slope_per_s > 0) || !(f.l.a0_mps2 > 0))
        return false;
    insitu_line found = {.a0_mps2 = f.l.a0_mps2,
                         .s0_mps = f.l.a0_mps2 / f.l.slope_per_s,
                         .r2 = 1 - f.sse / f.a_ss,
                         .excess_mps2 = s->excess_mps2,
                         .n_used = f.n,
                         .n_bin = s->c->n_bin,
                         .dof = f.n - 2};
    const best *b = s->c->best;
    if (b[s->c->n_best - 1].sample.v_mps - b[0].sample.v_mps < span_least * found.s0_mps)
        return false;
    spread(s, &f, &found);
    bool put = put_points(s, &f, arena, &found);
    *out = found;
    return put;
}

bool insitu_line_fit(int32_t n_session, const insitu_session session[], const hm_insitu_opts *opts,
                     hm_arena *arena, insitu_line *out)
{
    hm_arena scratch;
    cloud c = {.n_session = n_session,
               .session = session,
               .threshold_mps = opts->threshold_mps,
               .bin_mps = opts->bin_mps};
    hm_arena_init(&scratch, 0);
    bool good = gather(&c, opts->best_n, &scratch) && c.n_best >= POINT_LEAST;
    if (good) {
        size_t n = (size_t)c.n_best;
        double band =
            opts->band_frac < 1 ? hm_normal_of(0.5 + 0.5 * opts->band_frac) : (double)INFINITY;
        search s = {.c = &c, .band = band, .as_published = opts->as_published};
        s.a_mps2 = HM_PUSH(&scratch, double, n);
        s.work = HM_PUSH(&scratch, double, n *n);
        s.used = HM_PUSH(&scratch, bool, n);
        good = s.a_mps2 && s.work && s.used && search_line(&s, arena, out);
    }
    hm_arena_free(&scratch);
    return good;
}
