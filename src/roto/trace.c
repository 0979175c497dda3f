#include "contour_priv.h"
#include "hold_priv.h"
#include "parts_priv.h"
#include "trace_priv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float fit_px = 0.35f;       /* curves may leave their points by this */
static const float speck_frac = 1.6e-3f; /* areas under this share of the trunk's square are left */
static const float shade_specks = 3;     /* so many times that of shade: a spot of it is a stain */

typedef struct tracer {
    const roto_cells *w;
    const roto_tones *tones; /* NULL for the outline */
    roto_figure *figure;
    hm_arena *arena, *scratch;
    float *field, *soft, *wide; /* (ROTO_CELL) of this window */
    roto_window win;
    float *in; /* (ROTO_CELL) share of the surroundings that is matte */
    float least_px;
    size_t cap_area;
    hm_err *err;
} tracer;

/* ---- areas ---- */

static hm_status curves(tracer *t, const float *field, int32_t *n, roto_curve **curve)
{
    hm_err *err = t->err;
    roto_loop *loop;
    hm_arena_mark mark = hm_arena_mark_get(t->scratch);
    HM_TRY(roto_contour(field, &t->win, &t->w->grid, t->least_px, t->scratch, t->scratch, n, &loop,
                        err));
    *curve = HM_PUSH(t->arena, roto_curve, *n + 1);
    ROTO_NEED(*curve);
    for (int32_t k = 0; k < *n; k++) {
        HM_TRY(roto_smooth(&loop[k], 2, t->scratch, err));
        HM_TRY(roto_bezier(loop[k].n, loop[k].p, true, fit_px, t->arena, &(*curve)[k], err));
    }
    hm_arena_release(t->scratch, mark);
    return HM_OK;
}

/* How many cells an area has, and where. */
typedef struct plot {
    int32_t n;
    roto_window win;
} plot;

static void add_cell(plot *p, int32_t i)
{
    p->n++;
    roto_window_add(&p->win, i % ROTO_SIDE, i / ROTO_SIDE);
}

/* Cells of one part and tone, or of its shade: 1, else 0. An area goes on for three cells under its
 * neighbours of the same tone, so that no seam shows. */
static void mark(tracer *t, int part, int tone, bool shade)
{
    const roto_cells *w = t->w;
    ROTO_EACH (i, &t->win)
        t->field[i] = w->part[i] == part && w->tone[i] == tone && (!shade || w->shade[i]) ? 1 : 0;
    roto_box(&t->win, t->field, 3, t->soft, t->wide);
    ROTO_EACH (i, &t->win)
        if (t->wide[i] > 0.01f && w->tone[i] == tone && (!shade || w->shade[i]))
            t->field[i] = 1;
}

static void soften(tracer *t, float level)
{
    roto_box(&t->win, t->field, 1, t->soft, t->field);
    roto_box(&t->win, t->field, 1, t->soft, t->field);
    ROTO_EACH (i, &t->win)
        t->field[i] -= level;
}

enum { MARGIN = 3 + 1 + 1 + 2 }; /* cells that an area reaches beyond its own, and a rim */

static hm_status add_area(tracer *t, const plot *at, int part, int tone, bool shade)
{
    hm_err *err = t->err;
    float cell_px = t->w->grid.cell_px, usual_px = t->least_px;
    float least_px = shade ? shade_specks * usual_px : usual_px;
    if (at->n == 0 || (float)at->n * cell_px * cell_px < least_px)
        return HM_OK;
    roto_area a = {.part = (uint8_t)part, .tone = (uint8_t)tone, .shade = shade};
    a.depth = t->figure->body.bone[part].depth;
    a.colour = roto_tone_rgb(&t->tones->tone[tone], shade);
    snprintf(a.id, sizeof a.id, "%s-%d%s", roto_part_word(part), tone + 1, shade ? "-shade" : "");
    t->win = roto_window_grow(at->win, MARGIN);
    mark(t, part, tone, shade);
    soften(t, 0.42f);
    t->least_px = least_px;
    hm_status status = curves(t, t->field, &a.n_curve, &a.curve);
    t->least_px = usual_px;
    HM_TRY(status);
    if (a.n_curve == 0)
        return HM_OK;
    roto_figure *f = t->figure;
    roto_area *room = HM_GROW(t->arena, f->area, f->n_area, &t->cap_area);
    ROTO_NEED(room);
    f->area = room;
    f->area[f->n_area++] = a;
    return HM_OK;
}

typedef struct plots {
    plot of[ROTO_PART_COUNT][ROTO_TONE_MAX][2]; /* all of it, its shade */
} plots;

static void survey(const roto_cells *w, plots *p)
{
    for (int part = 0; part < ROTO_PART_COUNT; part++)
        for (int k = 0; k < 2 * ROTO_TONE_MAX; k++)
            p->of[part][k / 2][k % 2] = (plot){0, roto_no_window};
    ROTO_EACH (i, &w->win) {
        if (w->part[i] == ROTO_NONE || w->tone[i] == ROTO_NONE)
            continue;
        plot *two = p->of[w->part[i]][w->tone[i]];
        add_cell(&two[0], i);
        if (w->shade[i])
            add_cell(&two[1], i);
    }
}

static hm_status areas(tracer *t)
{
    int order[ROTO_PART_COUNT];
    const roto_bone *bone = t->figure->body.bone;
    hm_err *err = t->err;
    plots *p = HM_PUSH(t->scratch, plots, 1);
    ROTO_NEED(p);
    survey(t->w, p);
    for (int k = 0; k < ROTO_PART_COUNT; k++) { /* far to near; equal ones as they are numbered */
        int at = k;
        for (; at > 0 && bone[order[at - 1]].depth > bone[k].depth; at--)
            order[at] = order[at - 1];
        order[at] = k;
    }
    for (int k = 0; k < ROTO_PART_COUNT; k++)
        for (int shade = 0; shade < 2; shade++)
            for (int tone = 0; tone < t->tones->n; tone++)
                HM_TRY(add_area(t, &p->of[order[k]][tone][shade], order[k], tone, shade != 0));
    return HM_OK;
}

/* ---- lines ---- */

static int32_t cell_of(const roto_cells *w, roto_xy p)
{
    int32_t x = (int32_t)(roto_cell_x(&w->grid, p.x) + 0.5f);
    int32_t y = (int32_t)(roto_cell_y(&w->grid, p.y) + 0.5f);
    x = x < 0 ? 0 : x >= ROTO_SIDE ? ROTO_SIDE - 1 : x;
    y = y < 0 ? 0 : y >= ROTO_SIDE ? ROTO_SIDE - 1 : y;
    return y * ROTO_SIDE + x;
}

static hm_status add_stroke(tracer *t, int32_t n, const roto_xy *p, bool closed, float width_frac)
{
    hm_err *err = t->err;
    roto_figure *f = t->figure;
    roto_stroke s = {.n = n, .closed = closed, .width_frac = width_frac};
    s.p = HM_PUSH(t->arena, roto_xy, n);
    s.part = HM_PUSH(t->arena, uint8_t, n);
    ROTO_NEED(s.p && s.part ? s.p : NULL);
    memcpy(s.p, p, (size_t)n * sizeof *p);
    for (int32_t i = 0; i < n; i++)
        s.part[i] = t->w->part[cell_of(t->w, p[i])];
    roto_stroke *room = HM_GROW(t->arena, f->stroke, f->n_stroke, &f->cap_stroke);
    ROTO_NEED(room);
    f->stroke = room;
    f->stroke[f->n_stroke++] = s;
    return HM_OK;
}

/* Runs of a loop's points that are wanted, as open strokes. */
static hm_status runs(tracer *t, const roto_loop *loop, const bool *want, float width_frac)
{
    int32_t start = 0, n = loop->n;
    while (start < n && want[start])
        start++;
    if (start == n)
        return add_stroke(t, n, loop->p, true, width_frac);
    hm_err *err = t->err;
    roto_xy *row = HM_PUSH(t->scratch, roto_xy, n);
    ROTO_NEED(row);
    int32_t len = 0, least = (int32_t)(0.10f * t->figure->body.trunk_px / t->w->grid.cell_px);
    for (int32_t k = 1; k <= n; k++) {
        int32_t i = (start + k) % n;
        if (want[i]) {
            row[len++] = loop->p[i];
            continue;
        }
        if (len > least && len > 4)
            HM_TRY(add_stroke(t, len, row, false, width_frac));
        len = 0;
    }
    return HM_OK;
}

/* What lies beyond the border at a point of a loop: its left, a cell and a half away. */
static int32_t beyond(const tracer *t, const roto_loop *loop, int32_t i)
{
    roto_xy a = loop->p[(i + loop->n - 3) % loop->n], b = loop->p[(i + 3) % loop->n];
    float dx = b.x - a.x, dy = b.y - a.y, len = sqrtf(dx * dx + dy * dy) + 1e-6f;
    float off = 2.5f * t->w->grid.cell_px;
    roto_xy p = {loop->p[i].x + off * dy / len, loop->p[i].y - off * dx / len};
    return cell_of(t->w, p);
}

typedef bool line_fn(const tracer *t, int what, int32_t cell);

/* Another part of the body, further away. */
static bool before_part(const tracer *t, int part, int32_t cell)
{
    int other = t->w->part[cell];
    const roto_bone *bone = t->figure->body.bone;
    return other != ROTO_NONE && roto_parts_apart(part, other) &&
           bone[part].depth > bone[other].depth;
}

/* A tone that is clearly another; the darker of the two draws the line. */
static bool against_tone(const tracer *t, int tone, int32_t cell)
{
    int other = t->w->tone[cell];
    if (other == ROTO_NONE || other == tone)
        return false;
    const roto_tone *a = &t->tones->tone[tone], *b = &t->tones->tone[other];
    return roto_tone_distance(a, b) > 24 && (a->y < b->y || (a->y <= b->y && tone < other));
}

/* Lines along the border of the marked field, inside the matte, where `line` says so. */
static hm_status lines(tracer *t, int what, line_fn *line, float width_frac)
{
    hm_err *err = t->err;
    int32_t n;
    roto_loop *loop;
    hm_arena_mark mark = hm_arena_mark_get(t->scratch);
    soften(t, 0.5f);
    HM_TRY(roto_contour(t->field, &t->win, &t->w->grid, 2 * t->least_px, t->scratch, t->scratch, &n,
                        &loop, err));
    for (int32_t k = 0; k < n; k++) {
        HM_TRY(roto_smooth(&loop[k], 1, t->scratch, err));
        bool *want = HM_PUSH(t->scratch, bool, loop[k].n);
        ROTO_NEED(want);
        for (int32_t i = 0; i < loop[k].n; i++)
            want[i] =
                t->in[cell_of(t->w, loop[k].p[i])] > 0.86f && line(t, what, beyond(t, &loop[k], i));
        HM_TRY(runs(t, &loop[k], want, width_frac));
    }
    hm_arena_release(t->scratch, mark);
    return HM_OK;
}

/* The window of what is marked, as far as the field was marked at all. */
static roto_window limb_window(const tracer *t, const plot *p)
{
    return roto_window_within(roto_window_grow(p->win, MARGIN), &t->w->win);
}

/* Arms and legs each as a whole against what is behind them. */
static hm_status limb_lines(tracer *t)
{
    static const int first[4] = {ROTO_UPPER_ARM_L, ROTO_THIGH_L, ROTO_UPPER_ARM_R, ROTO_THIGH_R};
    for (int k = 0; k < 4; k++) {
        plot limb = {0, roto_no_window};
        ROTO_EACH (i, &t->w->win) {
            int part = t->w->part[i];
            bool in = part != ROTO_NONE && part >= first[k] && part < first[k] + 3;
            t->field[i] = in ? 1 : 0;
            if (in)
                add_cell(&limb, i);
        }
        t->win = limb_window(t, &limb);
        HM_TRY(lines(t, first[k] + 1, before_part, 0.8f));
    }
    return HM_OK;
}

static hm_status tone_lines(tracer *t)
{
    for (int k = 0; k < t->tones->n; k++) {
        plot tone = {0, roto_no_window};
        ROTO_EACH (i, &t->w->win) {
            t->field[i] = t->w->tone[i] == k ? 1 : 0;
            if (t->w->tone[i] == k)
                add_cell(&tone, i);
        }
        t->win = limb_window(t, &tone);
        HM_TRY(lines(t, k, against_tone, 0.5f));
    }
    return HM_OK;
}

/* ---- the outline ---- */

static hm_status outline(tracer *t, const roto_figure *was, roto_boil *boil)
{
    hm_err *err = t->err;
    int32_t n;
    roto_loop *loop;
    roto_area *m = &t->figure->matte;
    ROTO_EACH (i, &t->win)
        t->field[i] = t->w->alpha[i] - 0.5f;
    HM_TRY(roto_contour(t->field, &t->win, &t->w->grid, 3 * t->least_px, t->scratch, t->scratch, &n,
                        &loop, err));
    *m = (roto_area){.n_curve = n, .id = "matte"};
    m->curve = HM_PUSH(t->arena, roto_curve, n + 1);
    ROTO_NEED(m->curve);
    for (int32_t k = 0; k < n; k++) {
        HM_TRY(roto_smooth(&loop[k], 1, t->scratch, err));
        HM_TRY(roto_hold_loop(&loop[k], t->w, t->figure, was, t->scratch, boil, err));
        HM_TRY(roto_smooth(&loop[k], 1, t->scratch, err));
        HM_TRY(roto_bezier(loop[k].n, loop[k].p, true, fit_px, t->arena, &m->curve[k], err));
        HM_TRY(add_stroke(t, loop[k].n, loop[k].p, true, 1));
    }
    return HM_OK;
}

static float least_px(const roto_body *body)
{
    return speck_frac * body->trunk_px * body->trunk_px + 3;
}

hm_status roto_trace_outline(const roto_cells *w, const roto_figure *was, hm_arena *arena,
                             roto_bench *bench, roto_figure *figure, roto_boil *boil, hm_err *err)
{
    tracer t = {.w = w,
                .figure = figure,
                .arena = arena,
                .scratch = &bench->scratch,
                .field = bench->spare[0],
                .win = w->win,
                .least_px = least_px(&w->body),
                .err = err};
    hm_arena_mark mark = hm_arena_mark_get(t.scratch);
    hm_status status = outline(&t, was, boil);
    hm_arena_release(t.scratch, mark);
    return status;
}

hm_status roto_trace_inside(const roto_cells *w, const roto_tones *tones, hm_arena *arena,
                            roto_bench *bench, roto_figure *figure, hm_err *err)
{
    tracer t = {.w = w,
                .tones = tones,
                .figure = figure,
                .arena = arena,
                .scratch = &bench->scratch,
                .field = bench->spare[0],
                .soft = bench->spare[1],
                .wide = bench->spare[2],
                .in = bench->spare[3],
                .least_px = least_px(&w->body),
                .err = err};
    hm_arena_mark mark = hm_arena_mark_get(t.scratch);
    memset(t.in, 0, ROTO_CELL * sizeof *t.in);
    roto_box(&w->win, w->alpha, 3, t.soft, t.in);
    hm_status status = areas(&t);
    status = status == HM_OK ? limb_lines(&t) : status;
    status = status == HM_OK ? tone_lines(&t) : status;
    hm_arena_release(t.scratch, mark);
    return status;
}
