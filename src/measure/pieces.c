/* Times of pieces of the way (0-10, 10-20 ...) in place of times from the start: each piece begins
 * where one ended, so their sums are the splits. */
#include "table_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Ends of pieces that meet, m: printed numbers are read alike. */
static const double meet_m = 1e-6;

/* ---- columns ---- */

hm_status table_add_piece(table *t, const measure_row *row, int32_t i)
{
    const measure_meaning *m = &t->meaning[i];
    measure_place p = table_place(t, row, row->cell[i], "split");
    if (t->n_piece == TABLE_SPLIT_MAX)
        return measure_expected(t->job->err, p, row->cell[i].text, row->cell[i].n,
                                "at most %d columns of pieces", TABLE_SPLIT_MAX);
    int32_t k = t->n_piece;
    for (; k > 0 && t->piece[k - 1].to_m >= m->distance_m; k--)
        if (t->piece[k - 1].to_m == m->distance_m)
            return measure_expected(t->job->err, p, row->cell[i].text, row->cell[i].n,
                                    "each piece once");
    memmove(t->piece + k + 1, t->piece + k, (size_t)(t->n_piece - k) * sizeof *t->piece);
    t->piece[k] = (table_piece){m->from_m, m->distance_m, i};
    t->n_piece++;
    return HM_OK;
}

/* The clock of pieces that begin down the track begins with them. */
static void begin_at(hm_trace *t, double from_m)
{
    if (!(from_m > 0) || t->time_zero != HM_ZERO_UNKNOWN)
        return;
    t->time_zero = HM_ZERO_FIRST_GATE;
    t->gate0_m = isnan(t->gate0_m) ? from_m : t->gate0_m;
}

hm_status table_settle_pieces(table *t, const measure_row *row)
{
    if (t->n_piece == 0)
        return HM_OK;
    if (t->n_split > 0) {
        t->n_piece = 0;
        return hm_notes_add(&t->job->out->notes, t->job->arena,
                            "columns of pieces of the way are not used: there are splits");
    }
    for (int32_t k = 0; k < t->n_piece; k++) {
        const table_piece *p = &t->piece[k];
        measure_cell cell = row->cell[p->at];
        if (k > 0 && fabs(p->from_m - t->piece[k - 1].to_m) > meet_m)
            return measure_expected(t->job->err, table_place(t, row, cell, "split"), cell.text,
                                    cell.n, "a piece from %g m, where the one before ends",
                                    t->piece[k - 1].to_m);
        t->split_m[k] = p->to_m;
        t->split_at[k] = p->at;
    }
    t->n_split = t->n_piece;
    begin_at(&t->common, t->piece[0].from_m);
    return hm_notes_add(&t->job->out->notes, t->job->arena,
                        "the columns hold times of pieces of the way: their sums are the splits");
}

/* ---- rows ---- */

bool table_is_piece(const measure_cell *cell, size_t *dash)
{
    for (size_t i = 1; i + 1 < cell->n; i++)
        if (cell->text[i] == '-' && cell->text[i - 1] != 'e' && cell->text[i - 1] != 'E') {
            *dash = i;
            return true;
        }
    return false;
}

hm_status table_piece_at(const table *t, const measure_row *row, size_t dash, double *from_m,
                         double *to_m)
{
    const measure_cell *cell = &row->cell[t->at[COL_DISTANCE]];
    measure_place p = table_place(t, row, *cell, "distance_m");
    size_t n_from = dash, to = dash + 1;
    while (n_from > 0 && cell->text[n_from - 1] == ' ')
        n_from--;
    while (to < cell->n && cell->text[to] == ' ')
        to++;
    double scale = t->meaning[t->at[COL_DISTANCE]].scale;
    HM_TRY(measure_number(t->job, p, COL_DISTANCE, scale, t->rows->decimal, cell->text, n_from,
                          from_m));
    HM_TRY(measure_number(t->job, p, COL_DISTANCE, scale, t->rows->decimal, cell->text + to,
                          cell->n - to, to_m));
    if (!(*from_m < *to_m))
        return measure_expected(t->job->err, p, cell->text, cell->n,
                                "a piece that ends beyond where it begins");
    return HM_OK;
}

typedef struct piece {
    double from_m;
    hm_obs obs;
    uint32_t line;
} piece;

static int by_end(const void *a, const void *b)
{
    const piece *x = a, *y = b;
    if (x->obs.distance_m != y->obs.distance_m)
        return x->obs.distance_m > y->obs.distance_m ? 1 : -1;
    return (x->line > y->line) - (x->line < y->line);
}

hm_status table_add_up_pieces(table *t, measure_run *run)
{
    hm_trace *trace = &run->trace;
    int32_t n = trace->n_obs;
    hm_arena_mark mark = hm_arena_mark_get(t->job->scratch);
    piece *p = HM_PUSH(t->job->scratch, piece, n);
    if (!p)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < n; i++) {
        if (trace->obs[i].kind == HM_OBS_KIND_COUNT)
            trace->obs[i].kind = HM_OBS_GATE;
        if (isnan(run->from_m[i]))
            return measure_refuse_obs(t->job, run, i, COL_DISTANCE,
                                      "expected a piece like those of other rows (0-10)");
        p[i] = (piece){run->from_m[i], trace->obs[i], run->line[i]};
    }
    qsort(p, (size_t)n, sizeof *p, by_end);
    double sum_s = 0;
    for (int32_t i = 0; i < n; i++) {
        trace->obs[i] = p[i].obs;
        run->line[i] = p[i].line;
        if (i > 0 && fabs(p[i].from_m - p[i - 1].obs.distance_m) > meet_m)
            return measure_refuse_obs(t->job, run, i, COL_DISTANCE,
                                      "expected a piece from %g m, where the one before ends",
                                      p[i - 1].obs.distance_m);
        if (!(p[i].obs.time_s > 0))
            return measure_refuse_obs(t->job, run, i, COL_TIME,
                                      "expected a time above 0 of a piece, found %.15g s",
                                      p[i].obs.time_s);
        trace->obs[i].time_s = sum_s += p[i].obs.time_s;
    }
    begin_at(trace, p[0].from_m);
    hm_arena_release(t->job->scratch, mark);
    return hm_notes_add(&trace->notes, t->job->arena,
                        "times of pieces of the way: their sums are the splits");
}

/* ---- columns that do not say so ---- */

/* [m/s] a runner's mean over a piece; own */
static const double least_mps = 1.5, most_mps = 13;
/* [1] against the piece before it: the first holds the start, so the second is much quicker; own */
static const double second_least = 1.3, second_most = 2.5, next_least = 0.8, next_most = 1.4;

/* Falling times cannot count from the start; may they be those of pieces? Times that merely fall,
 * or a mistyped one, do not look so. */
static bool look_like_pieces(const hm_trace *t)
{
    double last_m = 0, last_mps = 0;
    bool fall = false;
    for (int32_t i = 0; i < t->n_obs; i++) {
        const hm_obs *o = &t->obs[i];
        double v = (o->distance_m - last_m) / o->time_s, ratio = v / last_mps;
        if (!measure_is_mark(o) || !(v >= least_mps && v <= most_mps))
            return false;
        if (i > 0 && !(ratio >= (i == 1 ? second_least : next_least) &&
                       ratio <= (i == 1 ? second_most : next_most)))
            return false;
        fall = fall || (i > 0 && o->time_s < t->obs[i - 1].time_s);
        last_m = o->distance_m;
        last_mps = v;
    }
    return fall && t->n_obs >= 3;
}

hm_status measure_run_pieces(const measure_job *job, measure_run *run)
{
    hm_trace *t = &run->trace;
    if (!look_like_pieces(t))
        return HM_OK;
    double sum_s = 0;
    for (int32_t i = 0; i < t->n_obs; i++)
        t->obs[i].time_s = sum_s += t->obs[i].time_s;
    return hm_notes_add(&t->notes, job->arena,
                        "the times fall from mark to mark: taken as those of the pieces between "
                        "marks, whose sums are the splits");
}
