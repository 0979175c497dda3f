#include "cast_priv.h"
#include "parts_priv.h"
#include "see_priv.h"

#include <math.h>
#include <string.h>

#include "base/par.h"
#include "stage/xdog.h"

/* One who is drawn, from drawing to drawing. */
typedef struct actor {
    const hm_track_person *person; /* NULL = this place is free */
    bool shown, fresh;             /* in the drawing before; not drawn yet */
    roto_body body;                /* of the last look */
    roto_cells *ring;              /* (depth + 1) cells of the last looks */
    int64_t n_look;
    roto_tones tones;
    roto_figure was; /* its outline, in memory of its own, two by turns */
    hm_arena keep[2];
    int turn;
} actor;

/* One person in one of the images that are looked at together. */
typedef struct look {
    actor *a;
    int32_t sight;
    bool known, fresh; /* there is a drawing before; the person is new to his place */
    roto_cells *cells;
    const roto_cells *was; /* NULL = not known */
    roto_tones tones;      /* as they are at this drawing */
    hm_arena *arena;
    roto_figure figure;
    roto_boil boil, flicker, swim;
    hm_status status;
    hm_err err;
} look;

struct roto_eye {
    roto_eye_opts o;
    hm_arena *arena;
    actor actor[ROTO_PERSON_MAX];
    int32_t n_actor;
    roto_bench *bench; /* (n_thread) */
    roto_boil boil, flicker, swim;
    int64_t by_track;
    /* of the images that are looked at now */
    const roto_sight *sight;
    int32_t n_look;
    look *look; /* (depth x ROTO_PERSON_MAX) in order of time */
    roto_aside_fn *aside;
    void *aside_ctx;
};

hm_status roto_eye_new(const roto_eye_opts *opts, hm_arena *arena, roto_eye **eye, hm_err *err)
{
    roto_eye *e = HM_PUSH(arena, roto_eye, 1);
    ROTO_NEED(e);
    HM_ASSERT(opts->depth >= 1 && opts->n_thread >= 1);
    *e = (roto_eye){.o = *opts, .arena = arena};
    e->n_actor = opts->track->n_person < ROTO_PERSON_MAX ? opts->track->n_person : ROTO_PERSON_MAX;
    e->bench = HM_PUSH(arena, roto_bench, opts->n_thread);
    e->look = HM_PUSH(arena, look, (int64_t)opts->depth * ROTO_PERSON_MAX);
    ROTO_NEED(e->bench && e->look ? e->look : NULL);
    for (int k = 0; k < opts->n_thread; k++)
        HM_TRY(roto_bench_init(arena, &e->bench[k], err));
    for (int k = 0; k < ROTO_PERSON_MAX; k++)
        hm_arena_init(&e->actor[k].keep[0], 0), hm_arena_init(&e->actor[k].keep[1], 0);
    *eye = e;
    return HM_OK;
}

void roto_eye_close(roto_eye *e)
{
    if (!e)
        return;
    for (int k = 0; k < ROTO_PERSON_MAX; k++)
        hm_arena_free(&e->actor[k].keep[0]), hm_arena_free(&e->actor[k].keep[1]);
    for (int k = 0; k < e->o.n_thread; k++)
        hm_arena_free(&e->bench[k].scratch);
}

void roto_eye_measured(const roto_eye *e, roto_eye_sums *sums)
{
    *sums = (roto_eye_sums){e->boil, e->flicker, e->swim, e->by_track};
}

/* ---- who ---- */

static bool is_there(const roto_eye *e, const hm_track_person *p, double t_s, roto_body *body)
{
    return roto_cast_at(p, t_s, e->o.px_frac, body);
}

/* Each actor keeps his place while he is there; newcomers take free ones. */
static void cast(roto_eye *e, double t_s)
{
    roto_body body;
    for (int k = 0; k < e->n_actor; k++) {
        actor *a = &e->actor[k];
        if (a->person && !is_there(e, a->person, t_s, &body) &&
            a->person->frame[a->person->n_frame - 1].time_s < t_s)
            a->person = NULL;
    }
    for (int32_t i = 0; i < e->o.track->n_person; i++) {
        const hm_track_person *p = &e->o.track->person[i];
        int free_place = -1;
        bool cast_already = !is_there(e, p, t_s, &body);
        for (int k = e->n_actor - 1; k >= 0; k--) {
            cast_already |= e->actor[k].person == p;
            free_place = !e->actor[k].person ? k : free_place;
        }
        if (cast_already || free_place < 0)
            continue;
        actor *a = &e->actor[free_place];
        a->person = p, a->shown = false, a->fresh = true;
    }
}

/* Cells are asked for when somebody takes a place that nobody had. */
static hm_status cells_of(roto_eye *e, actor *a, look *l, hm_err *err)
{
    int32_t n = e->o.depth + 1;
    if (!a->ring) {
        ROTO_NEED(a->ring = HM_PUSH(e->arena, roto_cells, n));
        for (int32_t k = 0; k < n; k++)
            HM_TRY(roto_cells_init(e->arena, &a->ring[k], err));
    }
    l->cells = &a->ring[a->n_look % n];
    l->was = l->known ? &a->ring[(a->n_look + n - 1) % n] : NULL;
    a->n_look++;
    return HM_OK;
}

static hm_status plan_one(roto_eye *e, actor *a, const roto_body *at, int32_t sight, hm_err *err)
{
    look *l = &e->look[e->n_look++];
    const roto_sight *s = &e->sight[sight];
    *l = (look){.a = a, .sight = sight, .fresh = a->fresh};
    l->arena = &s->figure_arena[a - e->actor];
    l->known = a->shown && at->time_s - a->body.time_s < 0.5;
    HM_TRY(cells_of(e, a, l, err));
    roto_body body = *at;
    roto_body_bones(&body, l->known ? &a->body : NULL);
    l->figure = (roto_figure){.id = a->person->id, .body = body};
    for (int k = 0; k < 2 && l->known; k++) {
        const roto_xy *p = &body.point[k ? HM_POINT_HIP_R : HM_POINT_HIP_L];
        const roto_xy *q = &a->body.point[k ? HM_POINT_HIP_R : HM_POINT_HIP_L];
        l->figure.drift_px.x += 0.5f * (p->x - q->x), l->figure.drift_px.y += 0.5f * (p->y - q->y);
    }
    l->cells->body = body, l->cells->grid = roto_body_grid(&body);
    l->figure.grid = l->cells->grid;
    a->body = body, a->shown = true, a->fresh = false;
    return HM_OK;
}

static hm_status plan(roto_eye *e, int32_t n, hm_err *err)
{
    e->n_look = 0;
    for (int32_t i = 0; i < n; i++) {
        if (!e->sight[i].image.rgb)
            continue;
        cast(e, e->sight[i].time_s);
        for (int k = 0; k < e->n_actor; k++) {
            actor *a = &e->actor[k];
            roto_body body = {0};
            if (a->person && is_there(e, a->person, e->sight[i].time_s, &body))
                HM_TRY(plan_one(e, a, &body, i, err));
            else
                a->shown = false;
        }
    }
    return HM_OK;
}

/* ---- by itself: what the image tells ---- */

static bool ask_net(const roto_eye *e, const look *l, int worker, hm_pose *pose)
{
    const roto_image *im = &e->sight[l->sight].image;
    hm_pose_image image = {im->w_px, im->h_px, im->stride, im->rgb};
    hm_pose_region region = roto_cast_region(&l->cells->body, e->o.px_frac);
    if (!e->o.net)
        return false;
    hm_pose_at(e->o.net[worker], &image, &region, pose);
    return pose->score >= 0.5;
}

/* Thin lines are wanted where the matte may be. */
static hm_status find_detail(roto_bench *b, roto_cells *c, hm_err *err)
{
    roto_window win = roto_no_window;
    memset(c->detail, 0, ROTO_CELL);
    ROTO_EACH (i, &c->win)
        if (c->alpha[i] > 0.3f)
            roto_window_add(&win, i % ROTO_SIDE, i / ROTO_SIDE);
    win = roto_window_within(roto_window_grow(win, 12), &c->win);
    if (roto_window_is_empty(&win))
        return HM_OK;
    int32_t w = win.x1 - win.x0, h = win.y1 - win.y0, at = 0;
    hm_xdog_opts o = hm_xdog_opts_default();
    float trunk = c->body.trunk_px / c->grid.cell_px; /* about 120 cells */
    o.narrow_px = (double)roto_clamp(trunk / 110, 0.8f, 1.6f);
    o.along_px = 2.5 * o.narrow_px;
    uint8_t *luma = HM_PUSH(&b->scratch, uint8_t, w * h),
            *ink = HM_PUSH(&b->scratch, uint8_t, w * h);
    float *flow = HM_PUSH(&b->scratch, float, 2 * w * h);
    ROTO_NEED(luma && ink && flow ? luma : NULL);
    ROTO_EACH (i, &win)
        luma[at++] = (uint8_t)roto_clamp(c->luma[i] + 0.5f, 0, 255);
    HM_TRY(hm_xdog_flow(luma, w, h, w, o.flow_px, 1, &b->scratch, flow, err));
    HM_TRY(hm_xdog(luma, flow, w, h, w, &o, 1, &b->scratch, ink, err));
    at = 0;
    ROTO_EACH (i, &win)
        c->detail[i] = ink[at++];
    return HM_OK;
}

/* Others in the same image whose room is shared. */
static int32_t others_of(const roto_eye *e, const look *l, const roto_body *other[])
{
    int32_t n = 0;
    const roto_grid *g = &l->cells->grid;
    float side = g->cell_px * ROTO_SIDE;
    for (int32_t k = 0; k < e->n_look; k++) {
        const look *o = &e->look[k];
        const roto_grid *h = &o->cells->grid;
        float its = h->cell_px * ROTO_SIDE;
        if (o != l && o->sight == l->sight && h->x_px < g->x_px + side && g->x_px < h->x_px + its &&
            h->y_px < g->y_px + side && g->y_px < h->y_px + its)
            other[n++] = &o->cells->body;
    }
    return n;
}

static void look_alone(void *ctx, int64_t i, int worker)
{
    roto_eye *e = ctx;
    look *l = &e->look[i];
    roto_bench *b = &e->bench[worker];
    bool sure = ask_net(e, l, worker, b->pose);
    const roto_body *other[ROTO_PERSON_MAX];
    int32_t n_other = others_of(e, l, other);
    l->figure.body.sure = sure;
    roto_matte_make(l->cells, &e->sight[l->sight].image, e->o.px_frac,
                    e->o.empty.rgb ? &e->o.empty : NULL, sure ? b->pose : NULL, n_other, other, b);
    hm_arena_mark mark = hm_arena_mark_get(&b->scratch);
    if (e->o.detail)
        l->status = find_detail(b, l->cells, &l->err);
    hm_arena_release(&b->scratch, mark);
}

/* ---- one after the other: what the drawing before holds ---- */

static void hold_detail(roto_cells *c, const roto_cells *was, const roto_xy back[])
{
    ROTO_EACH (i, &c->win) {
        int32_t x = (int32_t)(back[i].x + 0.5f), y = (int32_t)(back[i].y + 0.5f);
        float in = roto_clamp((c->alpha[i] - 0.6f) * 4, 0, 1), ink = in * (float)c->detail[i];
        if (was && back[i].x >= 0 && back[i].y >= 0 && x < ROTO_SIDE && y < ROTO_SIDE)
            ink += 0.4f * ((float)was->detail[y * ROTO_SIDE + x] - ink);
        c->detail[i] = (uint8_t)(ink + 0.5f);
    }
}

static hm_status keep_detail(look *l, hm_err *err)
{
    ROTO_NEED(l->figure.detail = HM_PUSH(l->arena, uint8_t, ROTO_CELL));
    memcpy(l->figure.detail, l->cells->detail, ROTO_CELL);
    return HM_OK;
}

static roto_boil flicker_of(const roto_tones *was, const roto_tones *now)
{
    roto_boil f = {0};
    for (int k = 0; k < was->n && was->n == now->n; k++) {
        const roto_tone *a = &was->tone[k], *b = &now->tone[k];
        f.sum_px += (double)(fabsf(a->y - b->y) + fabsf(a->cb - b->cb) + fabsf(a->cr - b->cr));
        f.n++;
    }
    return f;
}

/* Cells well inside that are painted otherwise than where they come from on the body. */
static roto_boil swim_of(const roto_cells *c, const roto_cells *was, const roto_xy back[])
{
    roto_boil swim = {0};
    ROTO_EACH (i, &c->win) {
        int32_t x = (int32_t)(back[i].x + 0.5f), y = (int32_t)(back[i].y + 0.5f);
        if (!was || c->alpha[i] < 0.8f || back[i].x < 0 || back[i].y < 0 || x >= ROTO_SIDE ||
            y >= ROTO_SIDE)
            continue;
        int32_t k = y * ROTO_SIDE + x;
        if (was->alpha[k] < 0.8f || was->tone[k] == ROTO_NONE || c->tone[i] == ROTO_NONE)
            continue;
        swim.sum_px += was->tone[k] != c->tone[i] || was->shade[k] != c->shade[i];
        swim.n++;
    }
    return swim;
}

/* The outline of a figure, kept for the next drawing to be held by. */
static hm_status remember(actor *a, const roto_figure *f, hm_err *err)
{
    hm_arena *keep = &a->keep[a->turn ^= 1];
    hm_arena_free(keep);
    a->was = (roto_figure){.id = f->id, .body = f->body, .n_stroke = f->n_stroke};
    a->was.stroke = HM_PUSH(keep, roto_stroke, f->n_stroke + 1);
    ROTO_NEED(a->was.stroke);
    for (int32_t k = 0; k < f->n_stroke; k++) {
        const roto_stroke *from = &f->stroke[k];
        roto_stroke *to = &a->was.stroke[k];
        *to = *from;
        to->p = HM_PUSH(keep, roto_xy, from->n + 1);
        to->part = HM_PUSH(keep, uint8_t, from->n + 1);
        ROTO_NEED(to->p && to->part ? to->p : NULL);
        memcpy(to->p, from->p, (size_t)from->n * sizeof *to->p);
        memcpy(to->part, from->part, (size_t)from->n);
    }
    return HM_OK;
}

static hm_status hold_one(look *l, roto_bench *b, hm_err *err)
{
    actor *a = l->a;
    if (l->fresh)
        a->tones = (roto_tones){0};
    l->tones = a->tones;
    roto_matte_hold(l->cells, l->was, b);
    roto_tone_lay(&a->tones, l->cells, l->was, b);
    l->flicker = flicker_of(&l->tones, &a->tones);
    l->tones = a->tones;
    l->swim = swim_of(l->cells, l->was, b->back);
    hold_detail(l->cells, l->was, b->back);
    HM_TRY(roto_trace_outline(l->cells, l->known ? &a->was : NULL, l->arena, b, &l->figure,
                              &l->boil, err));
    return remember(a, &l->figure, err);
}

/* Item 0 is the caller's own. */
static void hold(void *ctx, int64_t i, int worker)
{
    roto_eye *e = ctx;
    if (i == 0 && e->aside)
        e->aside(e->aside_ctx, worker);
    for (int32_t k = 0; i > 0 && k < e->n_look; k++) {
        look *l = &e->look[k];
        if (l->a != &e->actor[i - 1])
            continue;
        if (l->status == HM_OK)
            l->status = hold_one(l, &e->bench[worker], &l->err);
        if (l->status != HM_OK)
            return;
    }
}

/* ---- by itself again: areas and lines ---- */

static void trace(void *ctx, int64_t i, int worker)
{
    roto_eye *e = ctx;
    look *l = &e->look[i];
    if (l->status == HM_OK)
        l->status = roto_trace_inside(l->cells, &l->tones, l->arena, &e->bench[worker], &l->figure,
                                      &l->err);
    if (l->status == HM_OK && e->o.detail)
        l->status = keep_detail(l, &l->err);
}

/* ---- together ---- */

/* Feet lower in the picture are nearer to the eye. */
static float foot_y(const roto_figure *f)
{
    return fmaxf(f->body.bone[ROTO_FOOT_L].b.y, f->body.bone[ROTO_FOOT_R].b.y);
}

static void take(roto_eye *e, const look *l)
{
    roto_drawing *d = e->sight[l->sight].drawing;
    int32_t at = d->n_figure++;
    for (; at > 0 && foot_y(&d->figure[at - 1]) > foot_y(&l->figure); at--)
        d->figure[at] = d->figure[at - 1];
    d->figure[at] = l->figure;
    e->boil.sum_px += l->boil.sum_px, e->boil.n += l->boil.n;
    e->flicker.sum_px += l->flicker.sum_px, e->flicker.n += l->flicker.n;
    e->swim.sum_px += l->swim.sum_px, e->swim.n += l->swim.n;
    e->by_track += !l->figure.body.sure;
}

hm_status roto_eye_see(roto_eye *e, int32_t n, const roto_sight sight[], roto_aside_fn *aside,
                       void *ctx, hm_err *err)
{
    HM_ASSERT(n <= e->o.depth);
    e->sight = sight, e->aside = aside, e->aside_ctx = ctx;
    for (int32_t i = 0; i < n; i++) {
        sight[i].drawing->n_figure = 0;
        sight[i].drawing->figure = HM_PUSH(sight[i].arena, roto_figure, ROTO_PERSON_MAX);
        ROTO_NEED(sight[i].drawing->figure);
    }
    HM_TRY(plan(e, n, err));
    hm_par_for(e->o.n_net, e->n_look, look_alone, e);
    hm_par_for(e->o.n_thread, e->n_actor + 1, hold, e);
    hm_par_for(e->o.n_thread, e->n_look, trace, e);
    for (int32_t i = 0; i < e->n_look; i++) {
        const look *l = &e->look[i];
        if (l->status != HM_OK) {
            if (err)
                *err = l->err;
            return l->status;
        }
        take(e, l);
    }
    return HM_OK;
}
