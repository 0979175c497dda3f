#include "drag_priv.h"
#include "parts_priv.h"

#include <math.h>

#include "stage/flat.h"

/* Speeds in trunks (about half a metre) a second: what walks is not drawn out, what sprints is in
 * full. Own choice, by eye. */
static const float slow_trunk_s = 3.0f, fast_trunk_s = 10.0f;
static const float trunk_m = 0.51f; /* 0.29 of 1.75 m (Drillis and Contini, recalled) */

const roto_figure *roto_figure_of(const roto_drawing *d, int32_t id)
{
    for (int32_t k = 0; k < d->n_figure; k++)
        if (d->figure[k].id == id)
            return &d->figure[k];
    return NULL;
}

void roto_drag_of(const roto_look *look, const roto_figure *f, const roto_past *past, uint64_t seed,
                  roto_drag *drag)
{
    *drag = (roto_drag){.now = &f->body, .seed = (uint32_t)seed + 77u * (uint32_t)f->id};
    drag->most_px = look->drag_m / trunk_m * f->body.trunk_px;
    drag->trail_s = look->trail_s;
    if (drag->most_px <= 0 || drag->trail_s <= 0)
        return;
    float before_s = 0;
    for (int32_t k = 0; k < past->n && before_s < look->trail_s; k++) {
        const roto_figure *was = roto_figure_of(past->drawing[k], f->id);
        float lag_s = was ? (float)(f->body.time_s - was->body.time_s) : 0;
        if (lag_s > before_s && lag_s < before_s + 0.3f) {
            drag->was[drag->n] = &was->body, drag->lag_s[drag->n++] = lag_s;
            before_s = lag_s;
        }
    }
}

/* Where a point of a bone was lag_s ago. */
static roto_xy was_at(const roto_drag *d, int bone, roto_xy p, float lag_s)
{
    roto_xy a = p, b = p;
    float from_s = 0, to_s = 0;
    for (int32_t k = 0; k < d->n && to_s < lag_s; k++) {
        a = b, from_s = to_s;
        b = roto_carry(&d->now->bone[bone], &d->was[k]->bone[bone], p);
        to_s = d->lag_s[k];
    }
    float u = to_s > from_s ? roto_clamp((lag_s - from_s) / (to_s - from_s), 0, 1) : 0;
    return (roto_xy){a.x + u * (b.x - a.x), a.y + u * (b.y - a.y)};
}

/* Strands stay with the body: where along the bone, and across the way, tells how long one is. */
static float strand(const roto_drag *d, int bone, roto_xy p, roto_xy way)
{
    const roto_bone *b = &d->now->bone[bone];
    float unit = 1 / d->now->trunk_px;
    float across = ((p.y - b->a.y) * way.x - (p.x - b->a.x) * way.y) * unit;
    float v = 0.5f + 0.5f * hm_flat_noise(9 * across, 2.3f * (float)bone, d->seed);
    float fine = 0.5f + 0.5f * hm_flat_noise(21 * across, 5.1f * (float)bone, d->seed + 1);
    v = roto_clamp(0.8f * v + 0.2f * fine, 0, 1);
    return 0.12f + 0.88f * v * v * v;
}

/* Arms and legs are drawn out in full, what the eye follows is not: by eye. */
static float share_of(int bone)
{
    return bone == ROTO_HEAD ? 0.3f : bone <= ROTO_HIPS ? 0.5f : 1;
}

/* 1 = nothing of the body follows behind the point, 0 = an arm before a trunk that comes after. */
static float is_last(const roto_drag *d, roto_xy p, roto_xy way)
{
    float trunk = d->now->trunk_px, least = INFINITY;
    roto_xy q = {p.x - 0.14f * trunk * way.x, p.y - 0.14f * trunk * way.y};
    for (int k = 0; k < ROTO_PART_COUNT; k++)
        least = fminf(least, roto_bone_distance(&d->now->bone[k], q));
    return roto_clamp(least / (0.05f * trunk), 0, 1);
}

/* What one bone would do to the point. */
static roto_xy pull(const roto_drag *d, int bone, roto_xy p)
{
    const roto_bone *b = &d->now->bone[bone];
    roto_xy q = was_at(d, bone, p, d->lag_s[0]);
    float vx = p.x - q.x, vy = p.y - q.y, len = sqrtf(vx * vx + vy * vy) + 1e-6f;
    float trunk_s = len / (d->lag_s[0] * d->now->trunk_px);
    float fast = roto_clamp((trunk_s - slow_trunk_s) / (fast_trunk_s - slow_trunk_s), 0, 1);
    if (fast <= 0)
        return (roto_xy){0, 0};
    roto_xy way = {vx / len, vy / len};
    float ax = b->b.x - b->a.x, ay = b->b.y - b->a.y;
    float t = ((p.x - b->a.x) * ax + (p.y - b->a.y) * ay) / (ax * ax + ay * ay + 1e-6f);
    t = roto_clamp(t, 0, 1);
    float behind = -((p.x - b->a.x - t * ax) * way.x + (p.y - b->a.y - t * ay) * way.y);
    float half = b->half_a_px + t * (b->half_b_px - b->half_a_px);
    float trails = roto_clamp(behind / half, 0, 1);
    if (trails <= 0)
        return (roto_xy){0, 0};
    float reach = fast * (2 - fast) * trails * trails * share_of(bone);
    reach *= strand(d, bone, p, way) * is_last(d, p, way);
    roto_xy to = was_at(d, bone, p, reach * d->trail_s);
    float dx = to.x - p.x, dy = to.y - p.y, far = sqrtf(dx * dx + dy * dy);
    float k = far > reach * d->most_px ? reach * d->most_px / far : 1;
    return (roto_xy){k * dx, k * dy};
}

roto_xy roto_drag_bend(const roto_drag *d, roto_xy p)
{
    float skin[ROTO_PART_COUNT], least = INFINITY, sum = 0, unit = 1 / (0.03f * d->now->trunk_px);
    roto_xy by = {0, 0};
    for (int k = 0; k < ROTO_PART_COUNT && d->n > 0; k++) {
        skin[k] = roto_bone_distance(&d->now->bone[k], p);
        least = skin[k] < least ? skin[k] : least;
    }
    for (int k = 0; k < ROTO_PART_COUNT && d->n > 0; k++) { /* the nearest ones together */
        float w = roto_clamp(1 - (skin[k] - least) * unit, 0, 1);
        if (w <= 0)
            continue;
        roto_xy one = pull(d, k, p);
        by.x += w * one.x, by.y += w * one.y, sum += w;
    }
    return sum > 0 ? (roto_xy){p.x + by.x / sum, p.y + by.y / sum} : p;
}
