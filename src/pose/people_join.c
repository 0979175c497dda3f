#include "people_priv.h"

#include <math.h>
#include <stdlib.h>

#include "num/stat.h"

/* Paths of one person follow each other: where the one ends with a constant velocity the next
 * begins, soon after. The best pairs are joined first. */

static const double gap_most_s = 0.5;       /* own */
static const double apart_most_frac = 0.35; /* [1] own: of the side */
static const double ratio_most = 1.5;       /* [1] own: of the sides */
static const double speed_over_s = 0.08;    /* own: the end of a path that tells its velocity */
static const double shortest_s = 0.2;       /* own: nobody crosses a picture faster */
static const double faintest = 0.6;         /* [1] own: median score */
enum { FEWEST = 4 /* images */ };

typedef struct end {
    int32_t next, prev; /* -1 = none */
} end;

static void hip_of(const people_frame *f, double *x, double *y)
{
    people_hip(f->point, x, y);
}

/* Cost of a joint, INFINITY = not the same person. */
static double cost_of(const people_path *a, const people_path *b)
{
    const people_frame *last = &a->frame[a->n - 1], *first = &b->frame[0];
    double gap_s = first->time_s - last->time_s;
    double ratio = first->region.side_px / last->region.side_px;
    if (!(gap_s > 0 && gap_s <= gap_most_s && ratio < ratio_most && ratio > 1 / ratio_most))
        return INFINITY;
    int32_t k = a->n - 1;
    while (k > 0 && last->time_s - a->frame[k].time_s < speed_over_s)
        k--;
    double x, y, x_was, y_was, x_next, y_next, vx = 0, vy = 0;
    hip_of(last, &x, &y);
    hip_of(&a->frame[k], &x_was, &y_was);
    hip_of(first, &x_next, &y_next);
    if (k < a->n - 1) {
        vx = (x - x_was) / (last->time_s - a->frame[k].time_s);
        vy = (y - y_was) / (last->time_s - a->frame[k].time_s);
    }
    double dx = x_next - x - vx * gap_s, dy = y_next - y - vy * gap_s;
    double apart = sqrt(dx * dx + dy * dy) / last->region.side_px;
    return apart <= apart_most_frac ? apart + 0.2 * gap_s / gap_most_s : (double)INFINITY;
}

static void link_best(int32_t n, const people_path *const path[], end *e)
{
    for (;;) {
        double best = INFINITY;
        int32_t from = -1, to = -1;
        for (int32_t i = 0; i < n; i++)
            for (int32_t k = 0; k < n && e[i].next < 0; k++) {
                double cost =
                    e[k].prev < 0 && i != k ? cost_of(path[i], path[k]) : (double)INFINITY;
                if (cost < best) {
                    best = cost;
                    from = i;
                    to = k;
                }
            }
        if (from < 0)
            return;
        e[from].next = to;
        e[to].prev = from;
    }
}

static hm_status join_from(int32_t first, const people_path *const path[], const end *e,
                           hm_arena *arena, people_path *out)
{
    *out = (people_path){0};
    for (int32_t i = first; i >= 0; i = e[i].next)
        out->n += path[i]->n;
    out->frame = HM_PUSH(arena, people_frame, out->n);
    if (!out->frame)
        return HM_ERR_SYSTEM;
    int32_t n = 0;
    for (int32_t i = first; i >= 0; i = e[i].next)
        for (int32_t k = 0; k < path[i]->n; k++)
            out->frame[n++] = path[i]->frame[k];
    return HM_OK;
}

/* Long enough and sure enough to be somebody? */
static hm_status is_person(const people_path *p, hm_arena *arena, bool *is)
{
    *is = false;
    if (p->n < FEWEST || p->frame[p->n - 1].time_s - p->frame[0].time_s < shortest_s)
        return HM_OK;
    hm_arena_mark mark = hm_arena_mark_get(arena);
    double *score = HM_PUSH(arena, double, p->n);
    if (!score)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < p->n; i++)
        score[i] = p->frame[i].score;
    *is = hm_nth_of(p->n, score, p->n / 2) >= faintest;
    hm_arena_release(arena, mark);
    return HM_OK;
}

static double prominence(const people_path *p)
{
    double sum = 0;
    for (int32_t i = 0; i < p->n; i++)
        sum += p->frame[i].region.side_px;
    return sum;
}

static int by_prominence(const void *a, const void *b)
{
    const people_path *x = a, *y = b;
    double px = prominence(x), py = prominence(y);
    if (px != py)
        return px > py ? -1 : 1;
    return (x->frame[0].time_s > y->frame[0].time_s) - (x->frame[0].time_s < y->frame[0].time_s);
}

hm_status people_join(int32_t n_path, const people_path *const path[], int32_t person_max,
                      hm_arena *arena, people_path **person, int32_t *n_person, int32_t *n_dropped,
                      hm_err *err)
{
    end *e = HM_PUSH(arena, end, n_path + 1);
    people_path *out = HM_PUSH(arena, people_path, n_path + 1);
    if (!e || !out)
        return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < n_path; i++)
        e[i] = (end){-1, -1};
    link_best(n_path, path, e);
    int32_t n = 0;
    *n_dropped = 0;
    for (int32_t i = 0; i < n_path; i++) {
        bool is = false;
        if (e[i].prev >= 0)
            continue;
        if (join_from(i, path, e, arena, &out[n]) != HM_OK ||
            is_person(&out[n], arena, &is) != HM_OK)
            return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
        n += is;
        *n_dropped += !is;
    }
    if (n > 1)
        qsort(out, (size_t)n, sizeof *out, by_prominence);
    *person = out;
    *n_person = n < person_max ? n : person_max;
    return HM_OK;
}
