/* From the events of a plane's lines to one torso a lane: which figure runs in which lane, and when
 * the first point of its trunk is there. */
#include "cross_priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "num/stat.h"

enum { BAND_MAX = CROSS_ROW_MAX, LINK_MAX = 600 };

/* ---- constants, own unless a source stands beside them ---- */
static const double chest_low_m = 0.95, chest_high_m = 1.5; /* where a trunk is looked for */
static const double together_s = 0.045;                     /* a trunk's rows pass within */
static const double hip_m = 0.92, tallest_m = 1.9; /* where a front is sought: above the thighs */
static const double shoulder_max_m = 1.56;         /* of a front's upper end */
static const double shoulder_frac = 0.79, shoulder_off_m = 0.035; /* of a stature that is a guess */
static const double neck_m = 0.28; /* from the top of the head down to the shoulders, in a dip */
static const double body_gap_m = 0.085;  /* rows that may be missing */
static const double hole_m = 0.15;       /* that the background's own luma leaves in a figure */
static const double lean_s_per_m = 0.06; /* 33 degrees at 11 m/s */
static const double wobble_s = 0.0012;   /* of rows next to each other */
static const double bulge_s = 0.004;     /* of a trunk off its smooth front, at most */
static const double lag_frac = 0.5;      /* of what a row lies behind it: rows before it are sure */
static const double hollow_s = 0.001;    /* no trunk's front has a deeper one */
static const double limb_frac = 0.2;     /* off the trunk's speed by so much: a limb's, at evens */
/* rows of a head pass so long before the trunk, at least and at most */
static const double head_least_s = -0.006, head_most_s = 0.030;
static const double trunk_m = 0.4; /* a front of this height scores 1 */
static const double head_weight = 0.3;
/* SD of a front before or behind another runner, or of which little is seen:
 * tools/fit_torso_sigma.py */
static const double hidden_s = 0.0015;
static const double body_near_s = 0.02;   /* rows so far from where the body fits best count half */
static const double slope_s_per_m = 0.03; /* of a trunk's front, 17 degrees at 10 m/s */
static const double crowd_s = 0.060, crowd_overlap = 0.3;
static const double middle_m = 1.22;
static const cross_curve_opts front_shape = {
    .middle = middle_m, .unit = 0.2, .first_spread_s = 0.012, .least_spread_s = 0.0004};

typedef struct reading {
    const cross_state *s;
    const cross_plane *plane;
    cross_figure figure[HM_MARKS_LANE_MAX]; /* by line */
} reading;

bool cross_is_chest(double z_m)
{
    return z_m >= chest_low_m && z_m <= chest_high_m;
}

static bool is_between(double z, double low, double high)
{
    return z >= low && z <= high;
}

/* ---- what covers a line ---- */

/* How much of the rows between two heights is covered, on average over a span of time; NAN = there
 * are no such rows in the picture. */
static double covered_frac(const cross_line *l, double low_m, double high_m, double from_s,
                           double to_s)
{
    double sum = 0;
    int32_t n = 0;
    for (int32_t i = 0; i < l->n_cover; i++)
        if (is_between(l->row[l->cover[i].row].z_m, low_m, high_m))
            sum += fmax(0, fmin(l->cover[i].off_s, to_s) - fmax(l->cover[i].on_s, from_s));
    for (int32_t i = 0; i < l->n_row; i++)
        if (is_between(l->row[i].z_m, low_m, high_m)) {
            n++;
            if (l->cover_on_s[i] < to_s) /* still covered at the end */
                sum += to_s - fmax(l->cover_on_s[i], from_s);
        }
    return n ? sum / (n * (to_s - from_s)) : (double)NAN;
}

/* By how much of a body the figures of two lines overlap in the picture: 1 = one behind the other,
 * 0 = apart. */
static double overlap(const cross_line *a, const cross_line *b)
{
    double z = NAN, best = INFINITY;
    const cross_row *chest = NULL;
    for (int32_t i = 0; i < a->n_row; i++)
        if (!chest || fabs(a->row[i].z_m - middle_m) < fabs(chest->z_m - middle_m))
            chest = &a->row[i];
    for (int32_t i = 0; i < b->n_row; i++)
        if (abs(b->row[i].v_px - chest->v_px) < best) {
            best = abs(b->row[i].v_px - chest->v_px);
            z = b->row[i].z_m;
        }
    return best > 3 ? 0 : fmax(0, 1 - fabs(z - middle_m) / CROSS_SHAPE_STATURE_M);
}

/* ---- the front of a trunk ---- */

typedef struct front {
    int32_t n;
    double z[BAND_MAX], t[BAND_MAX], v[BAND_MAX], weight[BAND_MAX];
} front;

/* Events around a candidate from the hips to above the head, from below upward. */
static int32_t gather(const cross_line *l, double t_s, cross_event e[LINK_MAX])
{
    int32_t n = 0;
    for (int32_t i = l->n_row - 1; i >= 0; i--) { /* rows stand from the top of the picture down */
        if (!is_between(l->row[i].z_m, hip_m, tallest_m))
            continue;
        for (int32_t k = 0; k < l->n_event && n < LINK_MAX; k++)
            if (l->event[k].row == i && fabs(l->event[k].time_s - t_s) < together_s)
                e[n++] = l->event[k];
    }
    return n;
}

/* What it costs that one event of a front follows another; INFINITY = it cannot. */
static double link_cost(const cross_line *l, const cross_event *low, const cross_event *high,
                        double gap_m)
{
    double dz = l->row[high->row].z_m - l->row[low->row].z_m, dt = high->time_s - low->time_s;
    double most_s = lean_s_per_m * fmin(dz, body_gap_m) + wobble_s; /* beyond a gap may be a head */
    if (dz <= 0 || dz > gap_m || fabs(dt) > most_s)
        return INFINITY;
    double bend = dt / most_s;
    return 4 * dz + 0.3 * bend * bend;
}

/* Share of the rows of a head, above the front's upper end, that something reaches a little before
 * the front, or just then: who runs leads with the head, who dips even more. */
static double head_frac(const cross_line *l, const cross_event e[], int32_t n, double top_m,
                        double t_s)
{
    double head_low_m = top_m + 0.04, head_high_m = top_m + 0.34;
    int32_t n_row = 0, hit = 0, last = -1;
    for (int32_t i = 0; i < l->n_row; i++)
        n_row += is_between(l->row[i].z_m, head_low_m, head_high_m);
    for (int32_t i = 0; i < n; i++) {
        double ahead = t_s - e[i].time_s;
        if (is_between(l->row[e[i].row].z_m, head_low_m, head_high_m) && e[i].row != last &&
            ahead > -0.004 && ahead < 0.016) {
            last = e[i].row;
            hit++;
        }
    }
    return n_row ? fmin(1, 2.0 * hit / n_row) : 0.5;
}

/* Top of the head while the trunk passes: the highest row that is covered from the chest up. Kit or
 * skin of the background's own luma leaves gaps, the top of a head is there only for a moment. */
static double top_of(const cross_line *l, double t_s)
{
    double top_m = 1.25;
    for (double z = top_m; z < fmin(2.0, top_m + hole_m); z += 0.03)
        if (!(covered_frac(l, z, z + 0.05, t_s - 0.015, t_s + 0.04) < 0.08))
            top_m = z + 0.03;
    return fmax(1.4, top_m);
}

/* How much an event counts, 0 to 1 = a clean edge at the trunk's speed; NAN = that is not known. */
static double trust_of(const cross_event *e, double speed_mps)
{
    double off = ((double)e->speed_mps / speed_mps - 1) / limb_frac;
    return e->weak ? 0 : isnan(off) ? 1 : 1 / (1 + off * off * off * off);
}

/* Highest row in which a front runs with the trunk, a little before it: of the head. */
static double head_top(const cross_line *l, double about_s, const front *f, double speed_mps)
{
    cross_event e[LINK_MAX];
    int32_t n = gather(l, about_s, e);
    double first_s = INFINITY, top_m = f->z[0];
    for (int32_t i = 0; i < f->n; i++)
        first_s = fmin(first_s, f->t[i]);
    for (int32_t i = 0; i < n; i++) {
        double z = l->row[e[i].row].z_m;
        if (z > top_m && z < top_m + hole_m &&
            is_between(first_s - e[i].time_s, head_least_s, head_most_s) &&
            trust_of(&e[i], speed_mps) > 0.5)
            top_m = z;
    }
    return top_m;
}

/* Up to where the front of a trunk may reach. */
static double shoulder_of(const cross_line *l, double t_s)
{
    return fmin(shoulder_max_m, top_of(l, t_s) - neck_m);
}

/* A row that is sure between two that are not is of a head, a hand or another runner. */
static void doubt_lone(front *f)
{
    double before = 0;
    for (int32_t i = 0; i < f->n; i++) {
        double here = f->weight[i], after = i + 1 < f->n ? f->weight[i + 1] : 0;
        f->weight[i] = fmin(here, fmax(before, after));
        before = here;
    }
}

/* The longest smooth front among events, with a head before it, near where the body fits best: an
 * arm or a leg, or another runner's, makes a shorter one, has no head or lies off; where the
 * trunk's speed is known it has another one. */
static void chain(const cross_line *l, const cross_sought *at, double shoulder_m, double speed_mps,
                  front *f)
{
    cross_event e[LINK_MAX];
    double best[LINK_MAX], first[LINK_MAX], trust[LINK_MAX];
    int32_t from[LINK_MAX], n = gather(l, at->about_s, e), end = -1;
    for (int32_t i = 0; i < n; i++)
        trust[i] = trust_of(&e[i], speed_mps);
    double most = 0, row_m = fabs(l->row[0].z_m - l->row[l->n_row - 1].z_m) / l->n_row;
    for (int32_t i = 0; i < n; i++) {
        double off = (e[i].time_s - at->about_s) / at->near_s,
               gain = fmax(0.3, trust[i]) / (1 + off * off);
        best[i] = gain;
        from[i] = -1;
        first[i] = e[i].time_s;
        if (l->row[e[i].row].z_m > shoulder_m)
            continue;
        for (int32_t k = 0; k < i; k++) {
            double got = best[k] + gain - link_cost(l, &e[k], &e[i], at->gap_m);
            if (got > best[i]) {
                best[i] = got;
                from[i] = k;
                first[i] = fmin(first[k], e[i].time_s);
            }
        }
        double all = best[i] * row_m / trunk_m +
                     head_weight * head_frac(l, e, n, l->row[e[i].row].z_m, first[i]);
        if (all > most) {
            most = all;
            end = i;
        }
    }
    f->n = 0;
    for (; end >= 0 && f->n < BAND_MAX; end = from[end]) {
        f->z[f->n] = l->row[e[end].row].z_m;
        f->t[f->n] = e[end].time_s;
        f->v[f->n] = (double)e[end].speed_mps;
        f->weight[f->n++] = fmax(0.1, trust[end]);
    }
    doubt_lone(f);
}

static double middle_of(int32_t n, const double v[])
{
    double copy[BAND_MAX];
    memcpy(copy, v, sizeof *v * (size_t)n);
    return hm_nth_of(n, copy, n / 2);
}

/* How many rows from the shoulders down are a trunk's: below a hollow an arm or a thigh begins. */
static int32_t above_hollow(const cross_curve *c, const front *f)
{
    int32_t last = 0;
    for (int32_t i = 1; i < f->n; i++)
        if (cross_curve_at(c, f->z[i]) > cross_curve_at(c, f->z[last]))
            last = i;
    double most_s = cross_curve_at(c, f->z[last]);
    bool is_hollow = most_s - cross_curve_at(c, f->z[0]) > hollow_s &&
                     most_s - cross_curve_at(c, f->z[f->n - 1]) > hollow_s;
    return is_hollow ? last + 1 : f->n;
}

/* The first point of a trunk: the smallest time over the rows that were seen, of the smooth front
 * and of how far three rows next to each other lie off it (a shoulder, a chest). Rows that are
 * unsure or far off the front do not say where it ends, unless all are. */
static double first_of(const cross_curve *c, const front *f, double *z_m)
{
    double best = INFINITY, far_s = 3 * fmax(c->spread_s, wobble_s);
    int32_t n_row = above_hollow(c, f);
    for (int all = 0; all < 2 && isinf(best); all++)
        for (int32_t i = 0; i < n_row; i++) {
            double on = cross_curve_at(c, f->z[i]), out = 0, n = 0;
            if (!all && (f->weight[i] < 0.5 || fabs(f->t[i] - on) > far_s))
                continue;
            for (int32_t k = i > 0 ? i - 1 : 0; k <= i + 1 && k < f->n; k++, n++)
                out += fmax(-bulge_s, fmin(bulge_s, f->t[k] - cross_curve_at(c, f->z[k])));
            out = n > 1 ? out / n : 0;
            double t = on + (out > 0 ? lag_frac * out : out);
            if (t < best) {
                best = t;
                *z_m = f->z[i];
            }
        }
    return best;
}

/* By how much a trunk that is first at the highest row seen may have been earlier still, so many
 * metres above: on average it leans on half as much. */
static double earlier_of(const cross_curve *c, const front *f, double z_m, double missing_m)
{
    const double over_m = 0.2, on_frac = 0.5;
    double lag_s = cross_curve_at(c, f->z[0] - over_m) - cross_curve_at(c, f->z[0]);
    double lean = fmin(fmax(0, lag_s / over_m), lean_s_per_m);
    return z_m < f->z[0] ? 0 : on_frac * lean * missing_m;
}

/* The front of the trunk that is sought, and up to where it may reach. Returns whether a head is
 * seen. */
static bool find_front(const cross_line *l, const cross_sought *at, front *f, double *shoulder_m)
{
    *shoulder_m = shoulder_of(l, at->about_s);
    chain(l, at, *shoulder_m, NAN, f);
    bool has_head = f->n >= 4;
    if (!has_head) /* of the background's own colour: shoulders may be higher */
        chain(l, at, shoulder_max_m, NAN, f);
    if (f->n < 4)
        return has_head;
    /* once more: now that the speed is known, missing rows part a front less */
    const cross_sought same = {at->about_s, at->near_s, fmax(at->gap_m, hole_m), at->stature_m};
    double speed_mps = middle_of(f->n, f->v), likely_m = shoulder_frac * at->stature_m;
    if (has_head) { /* a stature that is not known, NAN, leaves them as they are */
        *shoulder_m = fmax(*shoulder_m, head_top(l, at->about_s, f, speed_mps) - neck_m);
        *shoulder_m = fmin(fmax(*shoulder_m, likely_m - shoulder_off_m), likely_m + shoulder_off_m);
        *shoulder_m = fmin(*shoulder_m, shoulder_max_m);
    }
    front again;
    chain(l, &same, has_head ? *shoulder_m : shoulder_max_m, speed_mps, &again);
    if (again.n >= 4)
        *f = again;
    return has_head;
}

void cross_read_near(const cross_state *s, const cross_line *l, const cross_sought *at, hm_torso *t)
{
    front f;
    cross_curve c;
    double z_m = middle_m, strong = 0, shoulder_m;
    int32_t n_band = 0;
    bool has_head = find_front(l, at, &f, &shoulder_m);
    if (f.n < 4 || !cross_curve_fit(f.n, f.z, f.t, f.weight, &front_shape, &c))
        return;
    for (int32_t i = 0; i < l->n_row; i++)
        n_band += is_between(l->row[i].z_m, chest_low_m, chest_high_m);
    for (int32_t i = 0; i < f.n; i++)
        strong += f.weight[i];
    /* who leans is first at the shoulders: what is not seen of them may have been earlier */
    double missing_m = fmax(0, shoulder_m - f.z[0] - body_gap_m);
    t->seen = true;
    t->first_s = t->time_s = first_of(&c, &f, &z_m) - earlier_of(&c, &f, z_m, missing_m);
    t->half_s = middle_of(f.n, f.t);
    t->speed_mps = middle_of(f.n, f.v);
    t->n_row = f.n;
    t->hidden = !has_head || strong < 0.4 * n_band;
    t->at_m[0] = l->x_m;
    t->at_m[1] = l->y_m;
    t->at_m[2] = z_m;
    /* rows next to each other share their noise: a third of them counts */
    t->budget.sampling_s = sqrt(c.spread_s * c.spread_s / fmax(1, c.kept / 3) + 1e-4 * 1e-4);
    t->budget.sampling_s += slope_s_per_m * missing_m;
    double u, v;
    if (hm_view_pixel(s->job->view, t->at_m, &u, &v)) {
        hm_marks whole = {.readout_s = 1, .readout = s->job->marks->readout};
        t->read_out_frac = hm_view_row_delay_s(s->job->view, &whole, u, v);
    }
}

/* Another runner so near in time and in the picture that one may hide the other's front. */
static bool is_crowded(const reading *r, int32_t i_line, const hm_torso torso[])
{
    const cross_line *a = &r->plane->line[i_line];
    const hm_torso *ta = &torso[a->i_lane];
    for (int32_t k = 0; k < r->plane->n_line; k++) {
        const cross_line *b = &r->plane->line[k];
        const hm_torso *tb = &torso[b->i_lane];
        if (k != i_line && tb->seen && fabs(ta->time_s - tb->time_s) < crowd_s &&
            overlap(a, b) > crowd_overlap)
            return true;
    }
    return false;
}

hm_status cross_read(const cross_state *s, const cross_plane *plane, hm_torso torso[], hm_err *err)
{
    reading r = {.s = s, .plane = plane};
    HM_TRY(cross_lanes(s, plane, r.figure, err));
    for (int32_t k = 0; k < plane->n_line; k++)
        if (!isnan(r.figure[k].time_s)) {
            hm_torso *t = &torso[plane->line[k].i_lane];
            const cross_sought at = {r.figure[k].time_s, body_near_s, body_gap_m,
                                     r.figure[k].stature_m};
            cross_read_near(s, &plane->line[k], &at, t);
            t->unsure = r.figure[k].unsure;
        }
    for (int32_t k = 0; k < plane->n_line; k++) {
        hm_torso *t = &torso[plane->line[k].i_lane];
        if (!t->seen)
            continue;
        t->hidden = t->hidden || is_crowded(&r, k, torso);
        t->budget.sampling_s += t->hidden ? hidden_s : 0;
    }
    return HM_OK;
}
