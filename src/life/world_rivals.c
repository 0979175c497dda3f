#include "world_priv.h"

#include <math.h>

#include "num/dmath.h"

world_link *world_link_of(const world *w, int32_t one, int32_t other)
{
    world_link *l = &w->link[(size_t)one * RIVAL_MAX];
    for (int32_t i = 0; i < RIVAL_MAX; i++)
        if (l[i].other == other)
            return &l[i];
    return NULL;
}

bool world_is_rival(const world *w, int32_t one, int32_t other)
{
    const world_link *l = world_link_of(w, one, other);
    return l && (double)l->strength + (double)l->bond > w->params.rival_from;
}

/* His link to the other: a free one, or the weakest gives way. */
static world_link *link_to(const world *w, int32_t one, int32_t other)
{
    world_link *found = world_link_of(w, one, other);
    if (found)
        return found;
    world_link *l = &w->link[(size_t)one * RIVAL_MAX], *weak = l;
    for (int32_t i = 0; i < RIVAL_MAX; i++) {
        if (l[i].other < 0) {
            weak = &l[i];
            break;
        }
        if (l[i].strength + l[i].bond < weak->strength + weak->bond)
            weak = &l[i];
    }
    *weak = (world_link){.other = other, .since = -1};
    return weak;
}

static void note(const world *w, world_link *l)
{
    float now = l->strength + l->bond;
    l->peak = now > l->peak ? now : l->peak;
    if (l->since < 0 && (double)now > w->params.rival_from)
        l->since = world_now(w);
}

static void link_met(const world *w, const world_run *a, const world_run *b)
{
    double apart_s = fabs((double)(a->time_us - b->time_us)) / 1e6;
    double apart_y = fabs(a->age_y - b->age_y);
    world_link *l = link_to(w, a->one, b->one);
    double close = hm_exp(-apart_s / w->params.rival_gap_s - apart_y / w->params.rival_age_y);
    l->strength = (float)((double)l->strength + close);
    l->n++;
    note(w, l);
}

void world_link_bond(world *w, int32_t one, int32_t other, int32_t sessions)
{
    static const double bond_per_session = 0.1; /* [1] assumed */
    world_link *l = link_to(w, one, other);
    l->bond = (float)((double)l->bond + bond_per_session * sessions);
    note(w, l);
}

void world_link_race(world *w, const world_race *r)
{
    for (int32_t i = 0; i < r->n; i++) {
        const world_run *a = &r->run[i];
        world_link *l = &w->link[(size_t)a->one * RIVAL_MAX];
        for (int32_t k = 0; k < RIVAL_MAX; k++)
            l[k].strength = (float)((double)l[k].strength * w->params.rival_kept_frac);
        for (int32_t k = 0; k < r->n; k++)
            if (k != i)
                link_met(w, a, &r->run[k]);
    }
}
