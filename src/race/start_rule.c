#include "race/official.h"
#include "race/referee.h"

/* Is this one held responsible? TR16.6: an alarm below 100 ms; TR16.7: what the Starter saw. */
static bool is_false(const hm_rules *rules, const hm_start_call *c)
{
    bool alarm = rules->sis && c->has_reaction && c->reaction_ms < HM_REACTION_LEAST_MS;
    return c->on_marks && (c->seen || alarm);
}

static hm_card card_of(const hm_rules *rules, const hm_start_state *state, int32_t n_own)
{
    switch (rules->false_start) {
    case HM_FALSE_START_FIELD_WARNING: /* TR39.8.3, TR16.9: the first one of the race is free */
        return state->field_warned ? HM_CARD_RC : HM_CARD_YC;
    case HM_FALSE_START_PERSONAL_WARNING: /* WMA16.8: one's own first one is free */
        return n_own > 1 ? HM_CARD_RC : HM_CARD_YC;
    default: /* TR16.8 */
        return HM_CARD_RC;
    }
}

/* TR8.4.1: not when the system showed it; WMA8.4.1: not after two false starts of one's own. */
static bool may_protest(const hm_rules *rules, const hm_start_call *c, int32_t n_own)
{
    bool shown = rules->sis && c->has_reaction && c->reaction_ms < HM_REACTION_LEAST_MS;
    bool master = rules->false_start == HM_FALSE_START_PERSONAL_WARNING && n_own > 1;
    return c->protest && !shown && !master;
}

void hm_start_judge(const hm_rules *rules, int32_t n, const hm_start_call call[], bool green,
                    hm_start_state *state, hm_charge charge[], hm_start_ruling *ruling)
{
    HM_ASSERT(n <= HM_LANE_MAX);
    *ruling =
        (hm_start_ruling){.verdict = green ? HM_START_GREEN : HM_START_FAIR, .charge = charge};
    for (int32_t i = 0; i < n && !green; i++) {
        const hm_start_call *c = &call[i];
        HM_ASSERT(c->lane >= 1 && c->lane <= HM_LANE_MAX);
        if (state->out[c->lane] || !is_false(rules, c))
            continue;
        int32_t n_own = ++state->n_own[c->lane];
        hm_card card = card_of(rules, state, n_own);
        bool protest = card == HM_CARD_RC && may_protest(rules, c, n_own);
        charge[ruling->n_charge++] = (hm_charge){.lane = c->lane,
                                                 .has_reaction = c->has_reaction,
                                                 .reaction_ms = c->reaction_ms,
                                                 .card = card,
                                                 .protest = protest};
        state->warned[c->lane] |= card == HM_CARD_YC;
        state->protest[c->lane] |= protest;
        state->out[c->lane] = card == HM_CARD_RC && !protest;
    }
    if (ruling->n_charge == 0)
        return;
    ruling->verdict = HM_START_FALSE;
    /* only now: several may be responsible for the same first start */
    ruling->field_warned =
        rules->false_start == HM_FALSE_START_FIELD_WARNING && !state->field_warned;
    state->field_warned |= ruling->field_warned;
}
