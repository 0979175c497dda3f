#include "world_priv.h"

/* A defeat and an injury open one's ears; assumed, in the bounds of docs/physics/life.md. */
static const double salient_defeat = 1, salient_injury = 2, salient_final = 1;
static const double salient_most = 5;

static const uint32_t all_beliefs = (1u << HM_BELIEF_COUNT) - 1;

hm_status world_say(world *w, int32_t from, int32_t to, hm_relation relation, double salience,
                    uint32_t bits, bool in_race)
{
    if (!w->params.ideas)
        return HM_OK;
    bits &= ~world_unheard(w, from, to);
    hm_week at_from = world_week(w, from), at_to = world_week(w, to);
    double from_s = hm_one_level_s(&w->params, &w->one[from], &at_from);
    double to_s = hm_one_level_s(&w->params, &w->one[to], &at_to);
    if (w->one[to].state.out_weeks > 0)
        salience += salient_injury;
    salience = salience < salient_most ? salience : salient_most;
    double weight = hm_idea_weight(relation, from_s, to_s, salience);
    for (int b = 0; b < HM_BELIEF_COUNT; b++) {
        if (!(bits >> b & 1))
            continue;
        world_heard *heard = HM_GROW(w->arena, w->heard, w->n_heard, &w->cap_heard);
        if (!heard)
            return HM_ERR_SYSTEM;
        w->heard = heard;
        w->heard[w->n_heard++] =
            (world_heard){.to = to,
                          .relation = relation,
                          .in_race = in_race,
                          .met = {.kind = HM_MET_IDEA,
                                  .year = w->year,
                                  .week = w->week,
                                  .from = from,
                                  .belief = (hm_belief)b,
                                  .from_frac = hm_belief_of(&w->one[from].state, (hm_belief)b),
                                  .weight = weight}};
    }
    return HM_OK;
}

/* What one runner says to another of the same race. */
static hm_status say_in_race(world *w, const world_race *r, const world_run *from,
                             const world_run *to)
{
    double salience = 1;
    if (from->place < to->place)
        salience += salient_defeat;
    if (r->level == HM_MEET_FINAL)
        salience += salient_final;
    int32_t apart = from->lane - to->lane;
    if (w->params.rivals && world_is_rival(w, to->one, from->one))
        return world_say(w, from->one, to->one, HM_RELATION_RIVAL, salience, all_beliefs, true);
    if (apart == 1 || apart == -1)
        return world_say(w, from->one, to->one, HM_RELATION_NEXT_LANE, salience, all_beliefs, true);
    return HM_OK;
}

hm_status world_race_ideas(world *w, const world_race *r)
{
    bool told = r->level >= HM_MEET_BLOCK;
    for (int32_t i = 0; i < r->n; i++)
        told |= r->run[i].one < w->n_pinned;
    for (int32_t i = 0; told && i < r->n; i++)
        for (int32_t k = 0; k < r->n; k++)
            if (k != i)
                HM_TRY(say_in_race(w, r, &r->run[k], &r->run[i]));
    /* everybody sees who wins the country */
    for (int32_t i = 0; r->country && r->level == HM_MEET_FINAL && i < w->n_pinned; i++)
        if (i != r->run[0].one && world_lives(w, i) && hm_one_is_active(&w->one[i]))
            HM_TRY(world_say(w, r->run[0].one, i, HM_RELATION_BROADCAST, 1, all_beliefs, true));
    return HM_OK;
}
