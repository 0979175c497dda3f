/* Fronts in each image, and rows of lines that they pass. */
#include "cross_priv.h"
#include "vectors_priv.h"

#include <math.h>
#include <string.h>

/* ---- constants, own ---- */
enum { BACK_FROM = 2, BACK_TO = 5 }; /* px behind an edge that tell its full contrast */
static const double cover_s = 0.005, cover_mps = 10; /* of what covers a line, between images */
static const double slow_mps = 1.5, fast_mps = 14;
static const double track_m = 0.12;      /* a front may miss its prediction by so much */
static const double least_contrast = 10; /* levels, of an edge that is measured */

/* A row of the silhouette as the line sees it. */
typedef struct strip {
    const int16_t *diff;
    const int16_t *half_diff[2]; /* colour of every second column; NULL = none */
    const uint16_t *run;
    int32_t n;    /* columns */
    int32_t dir;  /* 1: the run goes to the right */
    int32_t open; /* rows: a shorter run is no trunk */
} strip;

enum { CHANNEL = 3 }; /* luma and two of colour */

/* What differs from the background in a column; colour lies in the middle of its two columns. */
static void column_of(const strip *s, int32_t at, double d[CHANNEL])
{
    int32_t mine = at / 2, other = at % 2 ? mine + 1 : mine - 1;
    other = other < 0 || other >= (s->n + 1) / 2 ? mine : other;
    d[0] = s->diff[at];
    for (int k = 0; k < 2; k++)
        d[1 + k] =
            s->half_diff[k] ? 0.75 * s->half_diff[k][mine] + 0.25 * s->half_diff[k][other] : 0;
}

/* As a share of the full contrast: 1 behind, 0 before. */
static double share_of(const strip *s, int32_t at, const double full[CHANNEL], double square)
{
    double d[CHANNEL], sum = 0;
    column_of(s, at, d);
    for (int k = 0; k < CHANNEL; k++)
        sum += d[k] * full[k];
    return sum / square;
}

/* Where between two columns the contrast falls to half of that behind: column number of the edge,
 * from the first covered column c going forward. NAN = no clean edge. */
static double edge_at(const strip *s, int32_t c)
{
    double full[CHANNEL] = {0}, d[CHANNEL], square = 0;
    int32_t n = 0;
    for (int32_t k = BACK_FROM; k <= BACK_TO; k++) {
        int32_t at = c - k * s->dir;
        if (at < 0 || at >= s->n || s->run[at] < 3)
            break;
        column_of(s, at, d);
        for (int i = 0; i < CHANNEL; i++)
            full[i] += d[i];
        n++;
    }
    for (int i = 0; i < CHANNEL && n > 0; i++) {
        full[i] /= n;
        square += full[i] * full[i];
    }
    if (n < 2 || sqrt(square) < least_contrast * HM_SILHOUETTE_UNIT)
        return NAN;
    double a = NAN; /* ahead of the column before */
    for (int32_t k = 3; k >= -4; k--) {
        int32_t ahead = c + (1 - k) * s->dir, behind = c - k * s->dir;
        if (ahead < 0 || behind < 0 || ahead >= s->n || behind >= s->n)
            return NAN;
        double b = isnan(a) ? share_of(s, behind, full, square) : a;
        a = share_of(s, ahead, full, square);
        if (b >= 0.5 && a < 0.5)
            return behind + 0.5 + s->dir * (b - 0.5) / (b - a);
    }
    return NAN;
}

/* Which columns have a run of at least `least`, in the order in which they are looked at. */
VECTORS static void mark_open(const uint16_t *restrict run, int32_t n, uint16_t least, bool reverse,
                              uint8_t *restrict open)
{
    if (reverse)
        for (int32_t i = 0; i < n; i++)
            open[i] = run[n - 1 - i] >= least;
    else
        for (int32_t i = 0; i < n; i++)
            open[i] = run[i] >= least;
}

/* The next column from i on that is (1) or is not (0) open; n = none. */
static int32_t next_open(const uint8_t *open, int32_t i, int32_t n, int value)
{
    const uint8_t *at = memchr(open + i, value, (size_t)(n - i));
    return at ? (int32_t)(at - open) : n;
}

/* Fronts of one row: from before the line backward. `open` has room for the row. */
static void find_fronts(const strip *s, const cross_row *r, double u_in, double half_m,
                        uint8_t *open, cross_fronts *out)
{
    double scale = fabs(r->px_per_m), half = half_m * scale;
    int32_t from = (int32_t)floor(u_in + s->dir * half), count = (int32_t)(2 * half) + 1;
    out->n = 0;
    int32_t low = s->dir > 0 ? from - count + 1 : from, high = low + count;
    low = low < 0 ? 0 : low;
    high = high > s->n ? s->n : high;
    int32_t first = s->dir > 0 ? high - 1 : low, n = high - low;
    if (n <= 0)
        return;
    mark_open(s->run + low, n, (uint16_t)s->open, s->dir > 0, open);
    for (int32_t k = 0; out->n < CROSS_FRONT_MAX; out->n++) {
        k = next_open(open, next_open(open, k, n, 0), n, 1);
        if (k == n)
            return;
        int32_t c = first - s->dir * k;
        double at = edge_at(s, c);
        cross_front *f = &out->front[out->n];
        f->weak = isnan(at);
        f->x_m = (float)(s->dir * ((f->weak ? c + 0.5 + 0.5 * s->dir : at) - u_in) / scale);
    }
}

/* ---- events ---- */

static hm_status add_event(cross_state *s, cross_line *l, cross_event e, hm_err *err)
{
    if (l->n_event >= CROSS_EVENT_MAX) {
        s->full = true;
        return HM_OK;
    }
    cross_event *room = HM_GROW(s->arena, l->event, l->n_event, &l->cap_event);
    if (!room)
        return hm_err_set(err, HM_ERR_SYSTEM, s->job->path, 0, 0, NULL, "no memory");
    l->event = room;
    l->event[l->n_event++] = e;
    return HM_OK;
}

static hm_status add_cover(cross_state *s, cross_line *l, cross_cover c, hm_err *err)
{
    if (l->n_cover >= CROSS_EVENT_MAX) {
        s->full = true;
        return HM_OK;
    }
    cross_cover *room = HM_GROW(s->arena, l->cover, l->n_cover, &l->cap_cover);
    if (!room)
        return hm_err_set(err, HM_ERR_SYSTEM, s->job->path, 0, 0, NULL, "no memory");
    l->cover = room;
    l->cover[l->n_cover++] = c;
    return HM_OK;
}

static double time_of(const cross_state *s, int64_t image)
{
    return s->time_s[image % s->n_ring];
}

/* The front of an image nearest to a place; NULL = none near. */
static const cross_front *near_front(const cross_fronts *f, double x_m, double within_m)
{
    const cross_front *best = NULL;
    for (int32_t i = 0; i < f->n; i++)
        if (fabs((double)f->front[i].x_m - x_m) < within_m) {
            best = &f->front[i];
            within_m = fabs((double)f->front[i].x_m - x_m);
        }
    return best;
}

/* Points (time, place) of one front over images, least squares. */
typedef struct track {
    int32_t n, n_weak;
    double t[CROSS_RING_MAX], x[CROSS_RING_MAX];
} track;

static void add_point(track *k, double t, const cross_front *f)
{
    k->t[k->n] = t;
    k->x[k->n++] = (double)f->x_m;
    k->n_weak += f->weak;
}

static bool fit_track(const track *k, double *time_s, double *speed_mps)
{
    double mt = 0, mx = 0, tt = 0, tx = 0;
    for (int32_t i = 0; i < k->n; i++) {
        mt += k->t[i] / k->n;
        mx += k->x[i] / k->n;
    }
    for (int32_t i = 0; i < k->n; i++) {
        tt += (k->t[i] - mt) * (k->t[i] - mt);
        tx += (k->t[i] - mt) * (k->x[i] - mx);
    }
    if (!(tt > 0) || !(tx > 0))
        return false;
    *speed_mps = tx / tt;
    *time_s = mt - mx / *speed_mps;
    return *speed_mps >= slow_mps && *speed_mps <= fast_mps;
}

/* Follow the front from image a away (by = -1 back, 1 on) as far as it is seen. */
static void follow(const cross_state *s, const cross_fronts *ring, int64_t from, int64_t to, int by,
                   double t0, double x0, double v, track *k)
{
    for (int64_t i = from; by > 0 ? i <= to : i >= to; i += by) {
        double t = time_of(s, i);
        const cross_front *f = near_front(&ring[i % s->n_ring], x0 + v * (t - t0), track_m);
        if (!f)
            return;
        add_point(k, t, f);
        x0 = (double)f->x_m;
        t0 = t;
    }
}

/* Has a front passed the line between images a and a + 1, which have both seen one? All of the ring
 * is known. */
static hm_status pass(cross_state *s, cross_line *l, int16_t row, int64_t a, hm_err *err)
{
    const cross_fronts *ring = l->ring[row];
    const cross_fronts *before = &ring[a % s->n_ring], *after = &ring[(a + 1) % s->n_ring];
    double ta = time_of(s, a), tb = time_of(s, a + 1), best = INFINITY;
    const cross_front *from = NULL, *to = NULL;
    for (int32_t i = 0; i < before->n; i++)
        for (int32_t j = 0; j < after->n; j++) {
            double xa = (double)before->front[i].x_m, xb = (double)after->front[j].x_m,
                   v = (xb - xa) / (tb - ta);
            if (xa >= 0 || xb < 0 || v < slow_mps || v > fast_mps + 2 || fabs(v - 9) >= best)
                continue;
            best = fabs(v - 9);
            from = &before->front[i];
            to = &after->front[j];
        }
    if (!from)
        return HM_OK;
    track k = {0};
    double v = ((double)to->x_m - (double)from->x_m) / (tb - ta), time_s;
    add_point(&k, ta, from);
    add_point(&k, tb, to);
    int64_t first = a - s->n_ring / 2 + 1, last = a + s->n_ring / 2;
    follow(s, ring, a - 1, first > 0 ? first : 0, -1, ta, (double)from->x_m, v, &k);
    follow(s, ring, a + 2, last, 1, tb, (double)to->x_m, v, &k);
    if (!fit_track(&k, &time_s, &v))
        return HM_OK;
    const cross_event e = {row, k.n_weak * 2 > k.n, (float)v, time_s + l->row[row].delay_s};
    return add_event(s, l, e, err);
}

static hm_status set_cover(cross_state *s, cross_line *l, int16_t row, bool covered, double time_s,
                           hm_err *err)
{
    double *on = &l->cover_on_s[row];
    if (covered == !isnan(*on))
        return HM_OK;
    if (covered) {
        *on = time_s;
        return HM_OK;
    }
    const cross_cover done = {row, *on, time_s};
    *on = NAN;
    return add_cover(s, l, done, err);
}

/* What covers the line around the image's time: what is on it at another instant lies beside it. */
static hm_status cover_row(cross_state *s, cross_line *l, int16_t row, const strip *st, double u_in,
                           double time_s, hm_err *err)
{
    int32_t n = 1 + (int32_t)(s->interval_s / cover_s);
    double step_s = s->interval_s / n, px_per_s = cover_mps * l->row[row].px_per_m;
    for (int32_t i = 0; i < n; i++) {
        double late_s = (i + 0.5) * step_s - 0.5 * s->interval_s;
        int32_t c = (int32_t)floor(u_in - late_s * px_per_s);
        /* the edges of a painted line flicker: one column is not enough */
        bool covered = c >= 1 && c + 1 < st->n && st->run[c] >= 3 && st->run[c - 1] >= 3 &&
                       st->run[c + 1] >= 3;
        HM_TRY(set_cover(s, l, row, covered, time_s + late_s - 0.5 * step_s, err));
    }
    return HM_OK;
}

/* Fronts of a row in this image, and what covers its line. */
static hm_status look_at_row(cross_state *s, const hm_silhouette *m, cross_line *l, int16_t row,
                             double off_u, double off_v, cross_fronts *now, hm_err *err)
{
    const cross_row *r = &l->row[row];
    int32_t v = r->v_px + (int32_t)lround(off_v) - m->v0_px;
    v = v < 0 ? 0 : v >= m->h_px ? m->h_px - 1 : v;
    now->n = 0;
    if (!m->busy_run[v] && isnan(l->cover_on_s[row])) /* nothing in this row */
        return HM_OK;
    size_t at = (size_t)v * (size_t)m->w_px;
    size_t half_at = (size_t)(v / 2) * (size_t)m->half_w_px;
    const strip st = {m->diff + at,
                      {m->has_colour ? m->half_diff[0] + half_at : NULL,
                       m->has_colour ? m->half_diff[1] + half_at : NULL},
                      m->run + at,
                      m->w_px,
                      r->px_per_m > 0 ? 1 : -1,
                      (int32_t)ceil(l->open_px)};
    double u_in = r->u_px + off_u - m->u0_px;
    find_fronts(&st, r, u_in, l->half_m, s->open, now);
    return cover_row(s, l, row, &st, u_in, time_of(s, s->n_image) + r->delay_s, err);
}

static hm_status step_line(cross_state *s, const hm_silhouette *m, cross_line *l, double off_u,
                           double off_v, hm_err *err)
{
    int64_t middle = s->n_image - s->n_ring / 2;
    int64_t now = s->n_image % s->n_ring, a = middle < 0 ? now : middle % s->n_ring,
            b = (a + 1) % s->n_ring;
    for (int16_t i = 0; i < l->n_row; i++) {
        cross_fronts *ring = l->ring[i];
        HM_TRY(look_at_row(s, m, l, i, off_u, off_v, &ring[now], err));
        if (middle >= 0 && ring[a].n > 0 && ring[b].n > 0)
            HM_TRY(pass(s, l, i, middle, err));
    }
    return HM_OK;
}

/* Nothing moves: no fronts; what covered the line ends. */
static hm_status rest_line(cross_state *s, cross_line *l, hm_err *err)
{
    for (int32_t i = 0; i < l->n_row; i++) {
        l->ring[i][s->n_image % s->n_ring].n = 0;
        if (isnan(l->cover_on_s[i]))
            continue;
        const cross_cover done = {(int16_t)i, l->cover_on_s[i], time_of(s, s->n_image)};
        l->cover_on_s[i] = NAN;
        HM_TRY(add_cover(s, l, done, err));
    }
    return HM_OK;
}

hm_status cross_step(cross_state *s, double time_s, double shift_u_px, double shift_v_px,
                     hm_err *err)
{
    /* the silhouettes took whole pixels off */
    double off_u = shift_u_px - (double)lround(shift_u_px),
           off_v = shift_v_px - (double)lround(shift_v_px);
    s->time_s[s->n_image % s->n_ring] = time_s;
    for (int32_t i = 0; i < s->n_plane; i++) {
        cross_plane *p = &s->plane[i];
        p->n_quiet = p->moving.moving ? 0 : p->n_quiet + 1;
        for (int32_t k = 0; k < p->n_line; k++)
            if (p->n_quiet < 2 * s->n_ring)
                HM_TRY(step_line(s, &p->moving, &p->line[k], off_u, off_v, err));
            else if (p->n_quiet == 2 * s->n_ring)
                HM_TRY(rest_line(s, &p->line[k], err));
    }
    s->n_image++;
    return HM_OK;
}
