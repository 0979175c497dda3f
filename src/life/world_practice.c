#include "world_priv.h"

#include "base/rng.h"

/* Numbers of HM_FOR_IDEA of a person that a story draws; only grow. */
enum { DRAW_PRACTICE = 64 };

enum { MONTH = 4, CONTACT_MAX = 64 };

static bool is_there(const world *w, int32_t i)
{
    return world_lives(w, i) && hm_one_is_active(&w->one[i]);
}

static int32_t add(int32_t n, int32_t who[CONTACT_MAX], int32_t i)
{
    for (int32_t k = 0; k < n; k++)
        if (who[k] == i)
            return n;
    if (n == CONTACT_MAX)
        return n;
    who[n] = i;
    return n + 1;
}

/* Whom one sees doing it: rivals, clubmates of the scenario, his coach. */
static int32_t contacts(const world *w, int32_t i, int32_t who[CONTACT_MAX])
{
    const world_link *l = &w->link[(size_t)i * RIVAL_MAX];
    int32_t n = 0;
    for (int32_t k = 0; k < RIVAL_MAX; k++)
        if (l[k].other >= 0 && (double)l[k].strength + (double)l[k].bond > w->params.rival_from &&
            is_there(w, l[k].other))
            n = add(n, who, l[k].other);
    for (int32_t k = 0; i < w->n_pinned && k < w->n_pinned; k++)
        if (k != i && w->club[i] && w->club[i] == w->club[k] && is_there(w, k))
            n = add(n, who, k);
    for (int32_t k = 0; i < w->n_pinned && k < w->scenario->n_event; k++) {
        const hm_scenario_event *e = &w->scenario->event[k];
        if (e->kind == HM_EVENT_COACH && e->who == i && e->from >= 0 && world_has(w, e) &&
            world_week_of(w, e->date) <= world_now(w) && is_there(w, e->from))
            n = add(n, who, e->from);
    }
    return n;
}

/* What he takes up this month; from: the first of those around him who keeps it, -1 = nobody. */
static uint8_t taken(const world *w, int32_t i, int32_t n_around[HM_PRACTICE_COUNT],
                     int32_t from[HM_PRACTICE_COUNT])
{
    const hm_one *one = &w->one[i];
    hm_week at = world_week(w, i);
    int32_t who[CONTACT_MAX], n = contacts(w, i, who);
    hm_draw4 d = hm_rng(w->seed, HM_FOR_IDEA, one->person.id, hm_week_when(&at),
                        hm_week_draw(&at, DRAW_PRACTICE));
    uint8_t bits = 0;
    for (int p = 0; p < HM_PRACTICE_COUNT; p++) {
        n_around[p] = 0;
        from[p] = -1;
        for (int32_t k = 0; k < n; k++)
            if (hm_practice_kept(&w->one[who[k]].state, (hm_practice)p)) {
                from[p] = from[p] < 0 ? who[k] : from[p];
                n_around[p]++;
            }
        double chance = hm_practice_chance(&w->params, &one->person, n_around[p], MONTH);
        if (!hm_practice_kept(&one->state, (hm_practice)p) &&
            (d.u[p] + 0.5) / 4294967296.0 < chance)
            bits |= (uint8_t)(1u << p);
    }
    return bits;
}

static hm_status hear_of(world *w, int32_t i, hm_practice practice, int32_t from, int32_t n_around)
{
    world_heard *heard = HM_GROW(w->arena, w->heard, w->n_heard, &w->cap_heard);
    if (!heard)
        return HM_ERR_SYSTEM;
    w->heard = heard;
    w->heard[w->n_heard++] = (world_heard){.to = i,
                                           .met = {.kind = HM_MET_PRACTICE,
                                                   .year = w->year,
                                                   .week = w->week,
                                                   .from = from,
                                                   .practice = practice,
                                                   .n_around = n_around}};
    return HM_OK;
}

hm_status world_practices(world *w)
{
    _Static_assert(HM_PRACTICE_COUNT <= 4, "one draw for all of them");
    if (!w->params.ideas || w->week % MONTH != MONTH - 1)
        return HM_OK;
    for (int32_t i = 0; i < w->n; i++) {
        int32_t n_around[HM_PRACTICE_COUNT], from[HM_PRACTICE_COUNT];
        if (!is_there(w, i))
            continue;
        uint8_t bits = taken(w, i, n_around, from);
        for (int p = 0; p < HM_PRACTICE_COUNT; p++)
            if (bits >> p & 1)
                HM_TRY(hear_of(w, i, (hm_practice)p, from[p], n_around[p]));
    }
    return HM_OK;
}
