#include "cast_priv.h"
#include "parts_priv.h"
#include "see_priv.h"

#include <math.h>
#include <string.h>

#include "stage/xdog.h"

/* One who is drawn, from drawing to drawing. */
typedef struct actor {
    const hm_track_person *person; /* NULL = this place is free */
    bool shown;                    /* in the drawing before */
    roto_work *work;
    roto_tones tones;
    roto_figure was; /* in memory of its own, two by turns */
    hm_arena keep[2];
    int turn;
} actor;

struct roto_eye {
    roto_eye_opts o;
    hm_arena scratch;
    hm_pose *pose;
    actor actor[ROTO_PERSON_MAX];
    uint8_t *luma;
    float *flow;
    roto_boil boil, flicker;
    int64_t by_track;
};

hm_status roto_eye_new(const roto_eye_opts *opts, hm_arena *arena, roto_eye **eye, hm_err *err)
{
    roto_eye *e = HM_PUSH(arena, roto_eye, 1);
    ROTO_NEED(e);
    e->o = *opts;
    e->pose = HM_PUSH(arena, hm_pose, 1);
    e->luma = HM_PUSH(arena, uint8_t, ROTO_CELL);
    e->flow = HM_PUSH(arena, float, 2 * ROTO_CELL);
    ROTO_NEED(e->pose && e->luma && e->flow ? e->pose : NULL);
    hm_arena_init(&e->scratch, 4 << 20);
    for (int k = 0; k < ROTO_PERSON_MAX; k++) {
        hm_arena_init(&e->actor[k].keep[0], 0), hm_arena_init(&e->actor[k].keep[1], 0);
        if (k < opts->track->n_person) {
            e->actor[k].work = HM_PUSH(arena, roto_work, 1);
            ROTO_NEED(e->actor[k].work);
            HM_TRY(roto_work_init(arena, e->actor[k].work, err));
        }
    }
    *eye = e;
    return HM_OK;
}

void roto_eye_close(roto_eye *e)
{
    if (!e)
        return;
    for (int k = 0; k < ROTO_PERSON_MAX; k++)
        hm_arena_free(&e->actor[k].keep[0]), hm_arena_free(&e->actor[k].keep[1]);
    hm_arena_free(&e->scratch);
}

void roto_eye_measured(const roto_eye *e, roto_boil *boil, roto_boil *flicker, int64_t *by_track)
{
    *boil = e->boil, *flicker = e->flicker, *by_track = e->by_track;
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
    for (int k = 0; k < ROTO_PERSON_MAX; k++) {
        actor *a = &e->actor[k];
        if (a->person && !is_there(e, a->person, t_s, &body) &&
            a->person->frame[a->person->n_frame - 1].time_s < t_s)
            a->person = NULL;
    }
    for (int32_t i = 0; i < e->o.track->n_person; i++) {
        const hm_track_person *p = &e->o.track->person[i];
        int free_place = -1;
        bool cast_already = !is_there(e, p, t_s, &body);
        for (int k = ROTO_PERSON_MAX - 1; k >= 0; k--) {
            cast_already |= e->actor[k].person == p;
            free_place = !e->actor[k].person && e->actor[k].work ? k : free_place;
        }
        if (cast_already || free_place < 0)
            continue;
        actor *a = &e->actor[free_place];
        a->person = p, a->shown = false;
        a->tones = (roto_tones){0};
    }
}

/* ---- thin lines ---- */

static void hold_detail(roto_work *w)
{
    for (int32_t i = 0; i < ROTO_CELL; i++) {
        int32_t x = (int32_t)(w->back[i].x + 0.5f), y = (int32_t)(w->back[i].y + 0.5f);
        float in = roto_clamp((w->alpha[i] - 0.6f) * 4, 0, 1), ink = in * (float)w->detail[i];
        if (w->back[i].x >= 0 && w->back[i].y >= 0 && x < ROTO_SIDE && y < ROTO_SIDE)
            ink += 0.4f * ((float)w->was_detail[y * ROTO_SIDE + x] - ink);
        w->detail[i] = (uint8_t)(ink + 0.5f);
    }
}

static hm_status find_detail(roto_eye *e, roto_work *w, const roto_body *body, hm_arena *arena,
                             roto_figure *f, hm_err *err)
{
    hm_xdog_opts o = hm_xdog_opts_default();
    float trunk = body->trunk_px / w->grid.cell_px; /* about 120 cells */
    o.narrow_px = (double)roto_clamp(trunk / 110, 0.8f, 1.6f);
    o.along_px = 2.5 * o.narrow_px;
    for (int32_t i = 0; i < ROTO_CELL; i++)
        e->luma[i] = (uint8_t)roto_clamp(w->luma[i] + 0.5f, 0, 255);
    HM_TRY(hm_xdog_flow(e->luma, ROTO_SIDE, ROTO_SIDE, ROTO_SIDE, o.flow_px, e->o.n_thread,
                        &e->scratch, e->flow, err));
    HM_TRY(hm_xdog(e->luma, e->flow, ROTO_SIDE, ROTO_SIDE, ROTO_SIDE, &o, e->o.n_thread,
                   &e->scratch, w->detail, err));
    hold_detail(w);
    ROTO_NEED(f->detail = HM_PUSH(arena, uint8_t, ROTO_CELL));
    memcpy(f->detail, w->detail, ROTO_CELL);
    return HM_OK;
}

/* ---- a figure ---- */

/* The lines of a figure, kept for the next drawing to be held by. */
static hm_status remember(actor *a, const roto_figure *f, hm_err *err)
{
    hm_arena *keep = &a->keep[a->turn ^= 1];
    hm_arena_free(keep);
    a->was = *f;
    a->was.area = NULL, a->was.n_area = 0, a->was.detail = NULL, a->was.matte = (roto_area){0};
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

static void tell_flicker(roto_eye *e, const roto_tones *was, const roto_tones *now)
{
    for (int k = 0; k < was->n && was->n == now->n; k++) {
        const roto_tone *a = &was->tone[k], *b = &now->tone[k];
        e->flicker.sum_px +=
            (double)(fabsf(a->y - b->y) + fabsf(a->cb - b->cb) + fabsf(a->cr - b->cr));
        e->flicker.n++;
    }
}

static bool ask_net(roto_eye *e, const roto_image *image, const roto_body *body)
{
    hm_pose_image im = {image->w_px, image->h_px, image->stride, image->rgb};
    hm_pose_region region = roto_cast_region(body, e->o.px_frac);
    if (!e->o.net)
        return false;
    hm_pose_at(e->o.net, &im, &region, e->pose);
    return e->pose->score >= 0.5;
}

static hm_status see_one(roto_eye *e, actor *a, const roto_image *image, roto_body *body,
                         hm_arena *arena, roto_figure *f, hm_err *err)
{
    roto_work *w = a->work;
    bool known = a->shown && body->time_s - a->was.body.time_s < 0.5;
    const roto_body *was = known ? &a->was.body : NULL;
    roto_tones before = a->tones;
    roto_body_bones(body, was);
    body->sure = ask_net(e, image, body);
    e->by_track += !body->sure;
    w->grid = roto_body_grid(body);
    w->has_was = known;
    *f = (roto_figure){.id = a->person->id, .body = *body};
    for (int k = 0; k < 2 && was; k++) {
        const roto_xy *p = &body->point[k ? HM_POINT_HIP_R : HM_POINT_HIP_L];
        const roto_xy *q = &was->point[k ? HM_POINT_HIP_R : HM_POINT_HIP_L];
        f->drift_px.x += 0.5f * (p->x - q->x), f->drift_px.y += 0.5f * (p->y - q->y);
    }
    roto_matte_see(w, image, e->o.px_frac, e->o.empty.rgb ? &e->o.empty : NULL, 1);
    roto_matte_make(w, body, body->sure ? e->pose : NULL, e->o.px_frac);
    roto_tone_lay(&a->tones, w, body);
    tell_flicker(e, &before, &a->tones);
    hm_arena_mark mark = hm_arena_mark_get(&e->scratch);
    HM_TRY(roto_trace(w, &a->tones, known ? &a->was : NULL, arena, &e->scratch, f, &e->boil, err));
    if (e->o.detail)
        HM_TRY(find_detail(e, w, body, arena, f, err));
    hm_arena_release(&e->scratch, mark);
    roto_work_turn(w, body);
    a->shown = true;
    return remember(a, f, err);
}

/* Feet lower in the picture are nearer to the eye. */
static float foot_y(const roto_figure *f)
{
    return fmaxf(f->body.bone[ROTO_FOOT_L].b.y, f->body.bone[ROTO_FOOT_R].b.y);
}

hm_status roto_eye_see(roto_eye *e, const roto_image *image, double time_s, hm_arena *arena,
                       roto_drawing *d, hm_err *err)
{
    d->n_figure = 0;
    d->figure = HM_PUSH(arena, roto_figure, ROTO_PERSON_MAX);
    ROTO_NEED(d->figure);
    cast(e, time_s);
    for (int k = 0; k < ROTO_PERSON_MAX; k++) {
        actor *a = &e->actor[k];
        roto_body body = {0};
        if (!a->person || !is_there(e, a->person, time_s, &body)) {
            a->shown = false;
            continue;
        }
        roto_figure f;
        HM_TRY(see_one(e, a, image, &body, arena, &f, err));
        int32_t at = d->n_figure++;
        for (; at > 0 && foot_y(&d->figure[at - 1]) > foot_y(&f); at--)
            d->figure[at] = d->figure[at - 1];
        d->figure[at] = f;
    }
    return HM_OK;
}
