/* Keys in the drawings between them. */
#include "keys_priv.h"
#include "parts_priv.h"

#include <stdlib.h>
#include <string.h>

/* An edit as it is at another drawing. */
typedef struct near_edit {
    const roto_edit *edit;
    int64_t at; /* drawing of its key */
    int64_t away;
} near_edit;

static const roto_edit *edit_of(const roto_key *key, int32_t person, const char *id)
{
    for (int32_t k = 0; k < key->n; k++)
        if (key->edit[k].person == person && strcmp(key->edit[k].area.id, id) == 0)
            return &key->edit[k];
    return NULL;
}

/* The part whose bone is nearest: what has no part in its id moves with that. */
static int part_at(const roto_body *b, const roto_area *a, roto_xy p)
{
    int best = a->part;
    float least = 1e9f;
    for (int k = 0; k < ROTO_PART_COUNT && a->part == ROTO_NONE; k++) {
        float d = roto_bone_distance(&b->bone[k], p);
        if (d < least)
            least = d, best = k;
    }
    return best;
}

static hm_status carry_curves(const roto_area *a, const roto_body *from, const roto_body *to,
                              hm_arena *arena, roto_curve **out, hm_err *err)
{
    *out = HM_PUSH(arena, roto_curve, a->n_curve + 1);
    ROTO_NEED(*out);
    for (int32_t k = 0; k < a->n_curve; k++) {
        const roto_curve *c = &a->curve[k];
        roto_xy *p = HM_PUSH(arena, roto_xy, 3 * (int64_t)c->n + 2);
        ROTO_NEED(p);
        for (int32_t i = 0; i <= 3 * c->n && c->n > 0; i++) {
            int part = part_at(from, a, c->p[i]);
            p[i] = roto_carry(&from->bone[part], &to->bone[part], c->p[i]);
        }
        (*out)[k] = (roto_curve){c->n, p, c->closed};
    }
    return HM_OK;
}

static bool alike(const roto_area *a, const roto_area *b)
{
    bool same = a->n_curve == b->n_curve;
    for (int32_t k = 0; same && k < a->n_curve; k++)
        same = a->curve[k].n == b->curve[k].n;
    return same;
}

/* Curves of `a` go by `share` toward those of b, node by node. */
static void blend(int32_t n, roto_curve *a, const roto_curve *b, float share)
{
    for (int32_t k = 0; k < n; k++)
        for (int32_t i = 0; i <= 3 * a[k].n && a[k].n > 0; i++) {
            a[k].p[i].x += share * (b[k].p[i].x - a[k].p[i].x);
            a[k].p[i].y += share * (b[k].p[i].y - a[k].p[i].y);
        }
}

typedef struct applier {
    const roto_keys *keys;
    int32_t reach;
    roto_body_fn *body;
    void *ctx;
    hm_arena *arena;
    hm_err *err;
} applier;

/* Place of the area in the figure, or a new one. */
static hm_status slot_of(roto_figure *f, const roto_edit *e, hm_arena *arena, roto_area **slot,
                         hm_err *err)
{
    *slot = strcmp(e->area.id, "matte") == 0 ? &f->matte : NULL;
    for (int32_t k = 0; k < f->n_area && !*slot; k++)
        if (strcmp(f->area[k].id, e->area.id) == 0)
            *slot = &f->area[k];
    if (*slot)
        return HM_OK;
    roto_area *all = HM_PUSH(arena, roto_area, f->n_area + 1);
    ROTO_NEED(all);
    int32_t at = 0; /* behind all of its depth */
    float depth = e->area.part == ROTO_NONE ? 1e9f : f->body.bone[e->area.part].depth;
    while (at < f->n_area && f->area[at].depth <= depth)
        at++;
    if (f->n_area > 0) {
        memcpy(all, f->area, (size_t)at * sizeof *all);
        memcpy(all + at + 1, f->area + at, (size_t)(f->n_area - at) * sizeof *all);
    }
    all[at] = e->area;
    all[at].depth = depth, all[at].n_curve = 0;
    f->area = all, f->n_area++;
    *slot = &all[at];
    return HM_OK;
}

static hm_status put(const applier *a, roto_figure *f, near_edit e, const near_edit *other,
                     bool shape)
{
    hm_err *err = a->err;
    roto_area *slot;
    roto_body from = {0}, to = {0};
    if (!a->body(a->ctx, f->id, e.at, &from))
        return HM_OK;
    HM_TRY(slot_of(f, e.edit, a->arena, &slot, err));
    if (e.edit->coloured)
        slot->colour = e.edit->area.colour;
    if (!e.edit->moved || !shape)
        return HM_OK;
    roto_curve *curve;
    HM_TRY(carry_curves(&e.edit->area, &from, &f->body, a->arena, &curve, err));
    if (other && other->edit->moved && alike(&e.edit->area, &other->edit->area) &&
        a->body(a->ctx, f->id, other->at, &to)) {
        roto_curve *there;
        HM_TRY(carry_curves(&other->edit->area, &to, &f->body, a->arena, &there, err));
        blend(e.edit->area.n_curve, curve, there, (float)e.away / (float)(e.away + other->away));
    }
    slot->curve = curve, slot->n_curve = e.edit->area.n_curve;
    return HM_OK;
}

/* An area of a key before (or at) the drawing, with its like in the key behind. */
static hm_status apply_one(const applier *a, const roto_drawing *d, const roto_key *key,
                           const roto_key *next, const roto_edit *edit)
{
    near_edit e = {edit, key->number, llabs(d->number - key->number)}, o = {0};
    const roto_edit *like = next ? edit_of(next, edit->person, edit->area.id) : NULL;
    if (like)
        o = (near_edit){like, next->number, llabs(next->number - d->number)};
    /* alone it reaches half way to the next key; colours all the way from an earlier one */
    int64_t span = next ? llabs(next->number - key->number) : 2 * (int64_t)a->reach;
    bool near = like ? e.away <= o.away : 2 * e.away <= span;
    bool colour = edit->coloured && key->number < d->number;
    if (like && e.away == o.away && key->number > d->number)
        return HM_OK; /* the earlier one has done it */
    for (int32_t k = 0; k < d->n_figure && (near || (colour && !like)); k++)
        if (d->figure[k].id == edit->person)
            HM_TRY(put(a, &d->figure[k], e, like ? &o : NULL, near));
    return HM_OK;
}

hm_status roto_keys_apply(const roto_keys *keys, int32_t reach, roto_body_fn *body, void *ctx,
                          hm_arena *arena, roto_drawing *d, hm_err *err)
{
    applier a = {keys, reach, body, ctx, arena, err};
    const roto_key *before = NULL, *behind = NULL;
    for (int32_t k = 0; k < keys->n; k++) {
        if (keys->key[k].number <= d->number)
            before = &keys->key[k];
        else if (!behind)
            behind = &keys->key[k];
    }
    if (before && before->number == d->number)
        behind = NULL;
    for (int32_t i = 0; before && i < before->n; i++)
        HM_TRY(apply_one(&a, d, before, behind, &before->edit[i]));
    for (int32_t i = 0; behind && i < behind->n; i++)
        HM_TRY(apply_one(&a, d, behind, before, &behind->edit[i]));
    return HM_OK;
}
