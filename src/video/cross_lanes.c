/* Which figure runs in which lane. Each lane offers the times at which a chest may have passed its
 * line. A figure explains what is covered around it as a runner's body does (cross_shape); the same
 * picture is explained once only, so a figure that two lanes claim is given to the lane in which
 * its head and feet are where a runner has them. */
#include "cross_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "num/dmath.h"

enum { SHIFT_MAX = 10, N_STATURE = 3, CANDIDATE_MAX = 24, CHOICE_MAX = 6, WAY_MAX = 150 };

/* ---- constants, own ---- */
static const double together_s = 0.045; /* a trunk's rows pass within */
static const double least_fill = 0.25;  /* of the chest's rows */
static const double chest_s = 0.005; /* the chest's middle row after the first point of a trunk */
static const double stature_frac[N_STATURE] = {0.93, 1, 1.07};
static const double shift_s = 0.004;    /* a taken body is tried at times so far apart */
static const double datum_m = 0.05;     /* between rows that are looked at */
static const double own_m = 1.0;        /* height at which a row is a line's own */
static const double nominal_mps = 10;   /* along the run, from a plane beside to the plane */
static const double stray_frac = 0.15;  /* of the picture, covered by what is no runner of these */
static const double body_frac = 0.9;    /* of what a shape covers surely */
static const double least_score = -170; /* of a figure that is a runner: a box in a test has -130 */
static const double sure_by = 25;       /* of scores */

/* A row of the picture at the line of the lane that it is nearest to. */
typedef struct datum {
    const cross_line *line;
    int32_t row;
    int32_t n;
    double *on_s, *off_s; /* (n) ascending: when it was covered */
} datum;

/* Where a lane's runner is seen in a row. */
typedef struct sight {
    double z_m;    /* NAN = not at all */
    double late_s; /* there after the plane */
} sight;

/* A figure that may have passed a line. */
typedef struct candidate {
    int32_t line;
    double time_s, score;
    double stature_frac; /* of the shape's */
    int32_t stride;
    bool taken, dropped, unsure;
    uint8_t *covered; /* (n_datum x CROSS_SHAPE_TIME) what was seen around it */
} candidate;

typedef struct lanes {
    const cross_state *s;
    const cross_plane *plane;
    int32_t n_datum;
    datum *datum; /* (n_datum) */
    sight *sight; /* (n_line x n_datum) */
    int32_t n;
    candidate *c; /* (n) */
    size_t cap;
    double gain[CROSS_SHAPE_HEIGHT][CROSS_SHAPE_TIME][2]
               [CROSS_SHAPE_STRIDE]; /* of a point that is free, covered */
    float *shared;                   /* (n x n) see shared_by */
} lanes;

static hm_status no_memory(const lanes *r, hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, r->s->job->path, 0, 0, NULL, "no memory");
}

/* ---- what was seen ---- */

static bool is_own(const cross_plane *plane, const cross_line *l, const cross_row *row)
{
    for (int32_t k = 0; k < plane->n_line; k++) {
        const cross_line *o = &plane->line[k];
        for (int32_t i = 0; i < o->n_row && o != l; i++)
            if (abs(o->row[i].v_px - row->v_px) <= 2 &&
                fabs(o->row[i].z_m - own_m) < fabs(row->z_m - own_m) - 0.03)
                return false;
    }
    return true;
}

static hm_status fill_datum(const lanes *r, datum *d, hm_err *err)
{
    const cross_line *l = d->line;
    int32_t n = 1;
    for (int32_t i = 0; i < l->n_cover; i++)
        n += l->cover[i].row == d->row;
    d->on_s = HM_PUSH(r->s->arena, double, n);
    d->off_s = HM_PUSH(r->s->arena, double, n);
    if (!d->on_s || !d->off_s)
        return no_memory(r, err);
    for (int32_t i = 0; i < l->n_cover; i++)
        if (l->cover[i].row == d->row) {
            d->on_s[d->n] = l->cover[i].on_s;
            d->off_s[d->n++] = l->cover[i].off_s;
        }
    if (!isnan(l->cover_on_s[d->row])) { /* still covered at the end */
        d->on_s[d->n] = l->cover_on_s[d->row];
        d->off_s[d->n++] = INFINITY;
    }
    return HM_OK;
}

static hm_status find_data(lanes *r, hm_err *err)
{
    r->datum = HM_PUSH(r->s->arena, datum, r->plane->n_line * CROSS_ROW_MAX);
    if (!r->datum)
        return no_memory(r, err);
    for (int32_t k = 0; k < r->plane->n_line; k++) {
        const cross_line *l = &r->plane->line[k];
        double last_m = INFINITY;
        for (int32_t i = 0; i < l->n_row; i++) {
            if (fabs(l->row[i].z_m - last_m) < datum_m || !is_own(r->plane, l, &l->row[i]))
                continue;
            last_m = l->row[i].z_m;
            datum *d = &r->datum[r->n_datum++];
            *d = (datum){.line = l, .row = i};
            HM_TRY(fill_datum(r, d, err));
        }
    }
    return HM_OK;
}

static bool is_covered(const datum *d, double t_s)
{
    int32_t low = 0, high = d->n;
    while (low < high) {
        int32_t middle = (low + high) / 2;
        if (d->on_s[middle] <= t_s)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && t_s < d->off_s[low - 1];
}

/* Where runners of each lane are seen in each row. */
static hm_status find_sights(lanes *r, hm_err *err)
{
    r->sight = HM_PUSH(r->s->arena, sight, r->plane->n_line * r->n_datum + 1);
    if (!r->sight)
        return no_memory(r, err);
    for (int32_t k = 0; k < r->plane->n_line; k++)
        for (int32_t i = 0; i < r->n_datum; i++) {
            const cross_row *row = &r->datum[i].line->row[r->datum[i].row];
            sight *at = &r->sight[k * r->n_datum + i];
            double x_m, z_m;
            *at = (sight){.z_m = NAN};
            if (!hm_view_lane_plane(r->s->job->view, row->u_px, row->v_px + 0.5,
                                    r->plane->line[k].y_m, &x_m, &z_m))
                continue;
            at->z_m = z_m;
            at->late_s = (x_m - r->plane->line[k].x_m) / nominal_mps;
        }
    return HM_OK;
}

/* Logarithm of how likely a point is as it was seen, when its cover is that likely. */
static double log_of(bool covered, double frac)
{
    return hm_log(covered ? frac : 1 - frac);
}

/* What a point tells for a runner and against nobody. */
static void fill_gain(lanes *r)
{
    for (int32_t v = 0; v < CROSS_SHAPE_STRIDE; v++)
        for (int32_t i = 0; i < CROSS_SHAPE_HEIGHT; i++)
            for (int32_t k = 0; k < CROSS_SHAPE_TIME; k++) {
                double body = body_frac * cross_shape_frac(v, i, cross_shape_time_s(k));
                for (int on = 0; on < 2; on++)
                    r->gain[i][k][on][v] =
                        log_of(on, 1 - (1 - stray_frac) * (1 - body)) - log_of(on, stray_frac);
            }
}

/* ---- candidates ---- */

/* What is seen around a candidate, and the stature and stride that explain it best, better than
 * nobody would. */
static void look_at(const lanes *r, candidate *c)
{
    double sum[N_STATURE][CROSS_SHAPE_STRIDE] = {{0}};
    for (int32_t i = 0; i < r->n_datum; i++) {
        const sight *at = &r->sight[c->line * r->n_datum + i];
        int32_t row[N_STATURE];
        for (int32_t k = 0; k < N_STATURE; k++)
            row[k] = cross_shape_height(at->z_m / stature_frac[k]);
        for (int32_t k = 0; k < CROSS_SHAPE_TIME && !isnan(at->z_m); k++) {
            bool on =
                is_covered(&r->datum[i], c->time_s - chest_s + at->late_s + cross_shape_time_s(k));
            c->covered[i * CROSS_SHAPE_TIME + k] = on;
            for (int32_t j = 0; j < N_STATURE; j++)
                for (int32_t v = 0; v < CROSS_SHAPE_STRIDE && row[j] >= 0; v++)
                    sum[j][v] += r->gain[row[j]][k][on][v];
        }
    }
    c->score = -INFINITY;
    for (int32_t j = 0; j < N_STATURE; j++)
        for (int32_t v = 0; v < CROSS_SHAPE_STRIDE; v++)
            if (sum[j][v] > c->score) {
                c->score = sum[j][v];
                c->stature_frac = stature_frac[j];
                c->stride = v;
            }
}

static hm_status add_candidate(lanes *r, int32_t line, double t_s, hm_err *err)
{
    candidate *room = HM_GROW(r->s->arena, r->c, r->n, &r->cap);
    uint8_t *covered = hm_arena_push(r->s->arena, (size_t)r->n_datum + 1, CROSS_SHAPE_TIME);
    if (!room || !covered)
        return no_memory(r, err);
    r->c = room;
    r->c[r->n] = (candidate){.line = line, .time_s = t_s, .covered = covered};
    look_at(r, &r->c[r->n++]);
    return HM_OK;
}

/* Share of a row and a time that a candidate's body covers. */
static double body_at(const lanes *r, const candidate *c, int32_t i_datum, double t_s)
{
    const sight *at = &r->sight[c->line * r->n_datum + i_datum];
    int32_t row = cross_shape_height(at->z_m / c->stature_frac);
    return row < 0 ? 0
                   : body_frac *
                         cross_shape_frac(c->stride, row, t_s - c->time_s + chest_s - at->late_s);
}

/* What two candidates explain together, less than each alone: what both cover counts once. */
static double shared_by(const lanes *r, const candidate *a, const candidate *b)
{
    double sum = 0;
    if (fabs(a->time_s - b->time_s) > cross_shape_time_s(CROSS_SHAPE_TIME) - cross_shape_time_s(0))
        return 0;
    for (int32_t i = 0; i < r->n_datum; i++) {
        const sight *at = &r->sight[a->line * r->n_datum + i];
        if (isnan(at->z_m) || isnan(r->sight[b->line * r->n_datum + i].z_m))
            continue;
        for (int32_t k = 0; k < CROSS_SHAPE_TIME; k++) {
            if (!a->covered[i * CROSS_SHAPE_TIME + k])
                continue; /* not covered is explained by both as by each */
            double t_s = a->time_s - chest_s + at->late_s + cross_shape_time_s(k),
                   free_a = 1 - body_at(r, a, i, t_s), free_b = 1 - body_at(r, b, i, t_s),
                   none = 1 - stray_frac;
            if (free_a < 1 && free_b < 1)
                sum += hm_log((1 - none * free_a) * (1 - none * free_b) /
                              (stray_frac * (1 - none * free_a * free_b)));
        }
    }
    return sum;
}

static int by_time(const void *a, const void *b)
{
    const cross_event *p = a, *q = b;
    return p->time_s < q->time_s ? -1 : p->time_s > q->time_s ? 1 : p->row - q->row;
}

/* Events of one chest row after another, in a window that slides over time. */
typedef struct window {
    int32_t from, to; /* events, half open */
    int32_t n_row;    /* different ones within */
    int32_t held[CROSS_ROW_MAX];
} window;

static void slide(window *w, const cross_event e[], int32_t n, double span_s)
{
    while (w->to < n && e[w->to].time_s < e[w->from].time_s + span_s)
        w->n_row += w->held[e[w->to++].row]++ == 0;
}

/* The window with the most rows among events that are not used. Returns its rows. */
static int32_t fullest(const cross_event e[], int32_t n, double span_s, int32_t *from, int32_t *to)
{
    window w = {0};
    int32_t most = 0;
    for (; w.from < n; w.from++) {
        slide(&w, e, n, span_s);
        if (w.n_row > most) {
            most = w.n_row;
            *from = w.from;
            *to = w.to;
        }
        w.n_row -= --w.held[e[w.from].row] == 0;
    }
    return most;
}

/* All figures whose chest passed one line: the fullest first, until what is left is too thin. */
static hm_status find_candidates(lanes *r, int32_t i_line, hm_err *err)
{
    const cross_line *l = &r->plane->line[i_line];
    int32_t n = 0, n_band = 0;
    cross_event *e = HM_PUSH(r->s->arena, cross_event, l->n_event + 1);
    if (!e)
        return no_memory(r, err);
    for (int32_t i = 0; i < l->n_row; i++)
        n_band += cross_is_chest(l->row[i].z_m);
    for (int32_t i = 0; i < l->n_event; i++)
        if (cross_is_chest(l->row[l->event[i].row].z_m))
            e[n++] = l->event[i];
    qsort(e, (size_t)n, sizeof *e, by_time);
    for (int k = 0; k < CANDIDATE_MAX && n_band > 0; k++) {
        int32_t from = 0, to = 0, most = fullest(e, n, together_s, &from, &to);
        if (most < least_fill * n_band)
            break;
        double t_s = e[(from + to) / 2].time_s;
        HM_TRY(add_candidate(r, i_line, t_s, err));
        memmove(&e[from], &e[to], sizeof *e * (size_t)(n - to));
        n -= to - from;
    }
    return HM_OK;
}

/* One way to give figures to the first lanes. */
typedef struct way {
    double score;
    int32_t choice[HM_MARKS_LANE_MAX]; /* candidate, -1 = nobody */
} way;

static int by_score(const void *a, const void *b)
{
    const way *p = a, *q = b;
    if (p->score != q->score)
        return p->score > q->score ? -1 : 1;
    return memcmp(p->choice, q->choice, sizeof p->choice); /* whatever sorts */
}

/* All ways longer by one lane; returns how many. */
static int32_t lengthen(const lanes *r, const way *from, int32_t n_from, int32_t line, way *to)
{
    int32_t n = 0;
    for (int32_t k = 0; k < n_from; k++) {
        to[n] = from[k];
        to[n++].choice[line] = -1;
        for (int32_t i = 0; i < r->n && n < WAY_MAX * (CHOICE_MAX + 1); i++) {
            if (r->c[i].line != line || r->c[i].dropped)
                continue;
            to[n] = from[k];
            to[n].choice[line] = i;
            to[n].score += r->c[i].score - least_score;
            for (int32_t j = 0; j < line; j++)
                if (from[k].choice[j] >= 0)
                    to[n].score -= (double)r->shared[i * r->n + from[k].choice[j]];
            n++;
        }
    }
    return n;
}

/* Only the best few figures of each line are weighed. */
static void thin(lanes *r)
{
    for (int32_t i = 0; i < r->n; i++) {
        int32_t better = 0;
        for (int32_t j = 0; j < r->n; j++)
            better += r->c[j].line == r->c[i].line &&
                      (r->c[j].score > r->c[i].score || (r->c[j].score == r->c[i].score && j < i));
        r->c[i].dropped = better >= CHOICE_MAX;
    }
}

static hm_status compare(lanes *r, hm_err *err)
{
    thin(r);
    r->shared = hm_arena_push(r->s->arena, (size_t)r->n + 1, (size_t)r->n * sizeof *r->shared);
    if (!r->shared)
        return no_memory(r, err);
    for (int32_t i = 0; i < r->n; i++)
        for (int32_t k = 0; k < i; k++) {
            bool no = r->c[i].dropped || r->c[k].dropped || r->c[i].line == r->c[k].line;
            r->shared[i * r->n + k] = r->shared[k * r->n + i] =
                no ? 0 : (float)shared_by(r, &r->c[i], &r->c[k]);
        }
    return HM_OK;
}

/* The figures that explain all lanes best together: a search that keeps the best ways. */
static hm_status settle(lanes *r, hm_err *err)
{
    way *now = HM_PUSH(r->s->arena, way, WAY_MAX * (CHOICE_MAX + 1)),
        *next = HM_PUSH(r->s->arena, way, WAY_MAX * (CHOICE_MAX + 1));
    if (!now || !next)
        return no_memory(r, err);
    int32_t n = 1;
    for (int32_t line = 0; line < r->plane->n_line; line++) {
        n = lengthen(r, now, n, line, next);
        qsort(next, (size_t)n, sizeof *next, by_score);
        n = n < WAY_MAX ? n : WAY_MAX;
        memcpy(now, next, sizeof *now * (size_t)n);
    }
    for (int32_t line = 0; line < r->plane->n_line; line++) {
        int32_t i = now[0].choice[line];
        if (i < 0)
            continue;
        r->c[i].taken = true;
        /* the best other way in which this lane differs */
        double other = -INFINITY;
        for (int32_t k = 1; k < n; k++)
            if (now[k].choice[line] != i && now[k].score > other)
                other = now[k].score;
        r->c[i].unsure = other > now[0].score - sure_by;
    }
    return HM_OK;
}

/* When the body of a taken candidate fits best: an arm behind may have given more rows than the
 * chest. */
static double best_time_s(const lanes *r, const candidate *c)
{
    candidate best = *c;
    for (int32_t k = -SHIFT_MAX; k <= SHIFT_MAX; k++) {
        candidate at = *c;
        at.time_s += k * shift_s;
        look_at(r, &at);
        if (at.score > best.score)
            best = at;
    }
    return best.time_s;
}

hm_status cross_lanes(const cross_state *s, const cross_plane *plane, cross_figure figure[],
                      hm_err *err)
{
    lanes r = {.s = s, .plane = plane};
    fill_gain(&r);
    HM_TRY(find_data(&r, err));
    HM_TRY(find_sights(&r, err));
    for (int32_t k = 0; k < plane->n_line; k++)
        HM_TRY(find_candidates(&r, k, err));
    HM_TRY(compare(&r, err));
    HM_TRY(settle(&r, err));
    for (int32_t k = 0; k < plane->n_line; k++)
        figure[k] = (cross_figure){.time_s = NAN};
    for (int32_t i = 0; i < r.n; i++)
        if (r.c[i].taken)
            figure[r.c[i].line] = (cross_figure){best_time_s(&r, &r.c[i]), r.c[i].unsure,
                                                 CROSS_SHAPE_STATURE_M * r.c[i].stature_frac};
    return HM_OK;
}
