#include "world_priv.h"

#include <math.h>

/* What the scenario pinned, week by week. */

/* Sessions of this week: spread evenly over the weeks of the lesson. */
static int32_t sessions_now(const world *w, const hm_scenario_event *e)
{
    int32_t from = world_week_of(w, e->date), to = world_week_of(w, e->until) + 1;
    int32_t at = world_now(w) - from, n = to - from;
    if (at < 0 || at >= n)
        return 0;
    return e->sessions * (at + 1) / n - e->sessions * at / n;
}

/* What is shown is what the teacher can do; what is believed passes over with it. */
static hm_status teach(world *w, const hm_scenario_event *e)
{
    int32_t sessions = sessions_now(w, e);
    if (sessions == 0 || !world_lives(w, e->who) || !world_lives(w, e->from))
        return HM_OK;
    if (w->one[e->who].state.out_weeks > 0)
        return HM_OK;
    hm_encounter shown = {.kind = HM_MET_TEACHER,
                          .year = w->year,
                          .week = w->week,
                          .from = e->from,
                          .technique = (double)w->one[e->from].state.technique,
                          .sessions = sessions};
    if (w->params.ideas)
        HM_TRY(world_meet(w, e->who, &shown, NULL));
    world_link_bond(w, e->who, e->from, sessions);
    world_link_bond(w, e->from, e->who, sessions);
    return world_say(w, e->from, e->who, HM_RELATION_COACH, e->salience, e->ideas, false);
}

static hm_status move(world *w, const hm_scenario_event *e)
{
    uint64_t key = e->club[0] ? world_club_key(e->club) : 0;
    hm_encounter m = {.kind = HM_MET_MOVE,
                      .year = w->year,
                      .week = w->week,
                      .from = -1,
                      .club = key ? key : w->one[e->who].person.id,
                      .region = e->region};
    w->club[e->who] = key;
    return world_meet(w, e->who, &m, NULL);
}

static hm_status coach(world *w, const hm_scenario_event *e)
{
    bool self = e->from >= 0;
    if (self && !world_lives(w, e->from))
        return HM_OK;
    double to = isnan(e->technique) ? (double)w->one[e->from].state.technique : e->technique;
    hm_encounter m = {
        .kind = HM_MET_COACH, .year = w->year, .week = w->week, .from = e->from, .technique = to};
    return world_meet(w, e->who, &m, NULL);
}

static hm_status injure(world *w, const hm_scenario_event *e)
{
    hm_encounter m = {.kind = HM_MET_INJURY,
                      .year = w->year,
                      .week = w->week,
                      .from = -1,
                      .site = (hm_site)e->site,
                      .days_out = e->days_out};
    const hm_week_event event = {true, m.site, m.days_out, false};
    HM_TRY(world_meet(w, e->who, &m, NULL));
    if (w->params.injury && w->witness.injury)
        return w->witness.injury(w->witness.ctx, w, e->who, &event);
    return HM_OK;
}

/* Out of the sport, or back. */
static hm_status go(world *w, const hm_scenario_event *e, hm_encounter_kind kind)
{
    bool left = w->one[e->who].state.standing == HM_STANDING_LEFT;
    hm_encounter m = {.kind = kind, .year = w->year, .week = w->week, .from = -1};
    return left == (kind == HM_MET_RETURN) ? world_meet(w, e->who, &m, NULL) : HM_OK;
}

/* Last week of what lasts. */
static int32_t week_until(const world *w, const hm_scenario_event *e)
{
    return world_week_of(w, e->until[0] ? e->until : e->date);
}

/* Told the week before: a week alone comes before what happens in it. */
static hm_status spare(world *w, const hm_scenario_event *e)
{
    int32_t from = world_week_of(w, e->date), left = week_until(w, e) - world_now(w);
    hm_encounter m = {.kind = HM_MET_SPARED,
                      .year = w->year,
                      .week = w->week,
                      .from = -1,
                      .weeks =
                          left > w->one[e->who].spared_weeks ? left : w->one[e->who].spared_weeks};
    bool now = world_now(w) == from - 1 && world_lives(w, e->who);
    return now ? world_meet(w, e->who, &m, NULL) : HM_OK;
}

uint32_t world_unheard(const world *w, int32_t from, int32_t to)
{
    uint32_t bits = 0;
    for (int32_t i = 0; to < w->n_pinned && i < w->scenario->n_event; i++) {
        const hm_scenario_event *e = &w->scenario->event[i];
        bool his = e->kind == HM_EVENT_UNHEARD && e->who == to && (e->from < 0 || e->from == from);
        if (his && world_has(w, e) && world_week_of(w, e->date) <= world_now(w) &&
            week_until(w, e) >= world_now(w))
            bits |= e->ideas;
    }
    return bits;
}

static hm_status happen(world *w, const hm_scenario_event *e)
{
    if (e->kind == HM_EVENT_TEACH)
        return teach(w, e);
    if (e->kind == HM_EVENT_SPARE)
        return spare(w, e);
    if (e->kind == HM_EVENT_UNHEARD)
        return HM_OK; /* world_unheard */
    if (world_week_of(w, e->date) != world_now(w) || !world_lives(w, e->who))
        return HM_OK;
    switch (e->kind) {
    case HM_EVENT_MOVE:
        return move(w, e);
    case HM_EVENT_COACH:
        return coach(w, e);
    case HM_EVENT_LEAVE:
        return go(w, e, HM_MET_LEAVE);
    case HM_EVENT_RETURN:
        return go(w, e, HM_MET_RETURN);
    default:
        return injure(w, e);
    }
}

/* A coach speaks every month, clubmates of the scenario as often. */
static hm_status talk(world *w)
{
    enum { MONTH = 4 };
    static const uint32_t all_beliefs = (1u << HM_BELIEF_COUNT) - 1;
    for (int32_t i = 0; w->week % MONTH == 0 && i < w->n_pinned; i++)
        for (int32_t k = 0; k < w->n_pinned; k++) {
            bool mates = i != k && w->club[i] && w->club[i] == w->club[k];
            bool both = mates && world_lives(w, i) && world_lives(w, k) &&
                        hm_one_is_active(&w->one[i]) && hm_one_is_active(&w->one[k]);
            /* what clubmates say weighs as much as he listens to people */
            if (both && w->one[i].person.sociable_frac > 0)
                HM_TRY(world_say(w, k, i, HM_RELATION_CLUBMATE, w->one[i].person.sociable_frac,
                                 all_beliefs, false));
        }
    for (int32_t i = 0; w->week % MONTH == 0 && i < w->scenario->n_event; i++) {
        const hm_scenario_event *e = &w->scenario->event[i];
        bool coaches = e->kind == HM_EVENT_COACH && e->from >= 0 && world_has(w, e) &&
                       world_week_of(w, e->date) <= world_now(w);
        if (coaches && world_lives(w, e->who) && world_lives(w, e->from))
            HM_TRY(world_say(w, e->from, e->who, HM_RELATION_COACH, 1, all_beliefs, false));
    }
    return HM_OK;
}

hm_status world_events(world *w)
{
    for (int32_t i = 0; i < w->scenario->n_event; i++) {
        const hm_scenario_event *e = &w->scenario->event[i];
        if (e->kind != HM_EVENT_RACE && world_has(w, e))
            HM_TRY(happen(w, e));
    }
    return talk(w);
}
