#include "race/rounds.h"

#include <stdlib.h>
#include <string.h>

#include "race/rank.h"

/* What a lot is for; part of its key, never changed. */
enum { LOT_SEED, LOT_ORDER, LOT_LANE, LOT_TIE };

/* A meet being run. */
typedef struct meet {
    const hm_entries *e;
    const hm_rules *rules;
    hm_heat_fn *run;
    void *ctx;
    hm_arena *arena;
    hm_rounds *out;
    int32_t *team; /* (n) number of each entry's team, -1 = none */
    int32_t n;     /* of the round at hand */
    int32_t *seed; /* (n) entry by seed */
    hm_err *err;
} meet;

static hm_status no_memory(const meet *m)
{
    return hm_err_set(m->err, HM_ERR_SYSTEM, m->e->source, 0, 0, NULL, "no memory for the rounds");
}

#define LOG(m, notes, ...)                                                                         \
    do {                                                                                           \
        if (hm_notes_add((notes), (m)->arena, __VA_ARGS__) != HM_OK)                               \
            return no_memory(m);                                                                   \
    } while (0)

static const char *name_of(const meet *m, int32_t entry)
{
    return m->e->entry[entry].name;
}

/* ---- first seeds ---- */

typedef struct seed_key {
    int64_t best_us; /* INT64_MAX = none */
    uint64_t lot, key;
    int32_t entry;
} seed_key;

static int by_best(const void *a, const void *b)
{
    const seed_key *ka = a, *kb = b;
    if (ka->best_us != kb->best_us)
        return ka->best_us < kb->best_us ? -1 : 1;
    if (ka->lot != kb->lot)
        return ka->lot < kb->lot ? -1 : 1;
    return ka->key < kb->key ? -1 : ka->key > kb->key;
}

/* TR20.3.1: by best valid performance; equal ones and those without draw lots. */
static hm_status seed_entries(meet *m)
{
    seed_key *k = HM_PUSH(m->arena, seed_key, m->e->n);
    m->seed = HM_PUSH(m->arena, int32_t, m->e->n);
    if (!k || !m->seed)
        return no_memory(m);
    m->n = m->e->n;
    for (int32_t i = 0; i < m->n; i++) {
        const hm_entry *who = &m->e->entry[i];
        k[i] = (seed_key){who->best_us ? who->best_us : INT64_MAX,
                          hm_lot(m->out->seed, 0, LOT_SEED, who->key), who->key, i};
    }
    qsort(k, (size_t)m->n, sizeof *k, by_best);
    for (int32_t i = 0; i < m->n; i++) {
        m->seed[i] = k[i].entry;
        if (i > 0 && k[i].best_us == k[i - 1].best_us && k[i].best_us != INT64_MAX)
            LOG(m, &m->out->notes, "equal best: '%.100s' seeded before '%.100s' by lot",
                name_of(m, k[i - 1].entry), name_of(m, k[i].entry));
    }
    return HM_OK;
}

static hm_status number_teams(meet *m)
{
    m->team = HM_PUSH(m->arena, int32_t, m->e->n);
    if (!m->team)
        return no_memory(m);
    for (int32_t i = 0; i < m->e->n; i++) {
        const char *team = m->e->entry[i].team;
        int32_t k = 0;
        while (k < i && strcmp(m->e->entry[k].team, team) != 0)
            k++;
        m->team[i] = team[0] ? k : -1;
    }
    return HM_OK;
}

/* ---- start lists ---- */

static hm_status log_swaps(const meet *m, int32_t n_swap, const hm_swap swap[],
                           hm_rounds_round *round)
{
    for (int32_t i = 0; i < n_swap; i++) {
        int32_t a = m->seed[swap[i].seed], b = m->seed[swap[i].with];
        LOG(m, &round->log,
            "'%.100s' (seed %d) changes heats with '%.100s' (seed %d): same team (TR20.2.2)",
            name_of(m, a), swap[i].seed + 1, name_of(m, b), swap[i].with + 1);
    }
    return HM_OK;
}

/* Heat of each seed, by number in the running order. */
static hm_status compose(const meet *m, int32_t i_round, hm_rounds_round *round, int32_t heat[])
{
    int32_t n_heat = round->plan.n_heat, n_swap = 0;
    hm_swap *swap = NULL;
    int32_t *team = HM_PUSH(m->arena, int32_t, m->n);
    uint64_t *lot = HM_PUSH(m->arena, uint64_t, n_heat);
    int32_t *order = HM_PUSH(m->arena, int32_t, n_heat);
    if (!team || !lot || !order)
        return no_memory(m);
    for (int32_t s = 0; s < m->n; s++)
        team[s] = m->team[m->seed[s]];
    if (m->rules->heats == HM_HEATS_SIMILAR)
        hm_heats_similar(m->n, n_heat, heat);
    else
        HM_TRY(hm_heats_zigzag(m->n, team, n_heat, m->arena, heat, &swap, &n_swap, m->err));
    HM_TRY(log_swaps(m, n_swap, swap, round));
    for (int32_t h = 0; h < n_heat; h++)
        lot[h] = hm_lot(m->out->seed, (uint32_t)i_round, LOT_ORDER, (uint64_t)h);
    for (int32_t h = 0; h < n_heat; h++)
        for (int32_t k = 0; k < n_heat; k++)
            order[h] += lot[k] < lot[h] || (lot[k] == lot[h] && k < h);
    for (int32_t s = 0; s < m->n; s++)
        heat[s] = order[heat[s]];
    if (n_heat > 1)
        LOG(m, &round->log, "order of heats by lot (TR20.3.4)");
    return HM_OK;
}

static hm_rounds_lane start_of(const meet *m, int32_t i_round, const hm_rounds_round *round,
                               int32_t s)
{
    const char *dns = m->e->entry[m->seed[s]].dns;
    bool absent = strcmp(dns, round->plan.code) == 0 || (i_round == 0 && strcmp(dns, "R1") == 0);
    return (hm_rounds_lane){.entry = m->seed[s],
                            .seed = s + 1,
                            .status = absent ? HM_RUN_DNS : HM_RUN_OK,
                            .rule = "",
                            .reaction_ms = -1};
}

/* Those of heat h, in lanes. */
static hm_status fill_heat(const meet *m, int32_t i_round, const hm_rounds_round *round,
                           const int32_t heat[], int32_t h)
{
    hm_rounds_heat *out = &round->heat[h];
    hm_rounds_lane start[HM_LANE_MAX];
    uint64_t lot[HM_LANE_MAX];
    int32_t lane[HM_LANE_MAX], n = 0;
    for (int32_t s = 0; s < m->n; s++) {
        if (heat[s] != h)
            continue;
        HM_ASSERT(n < m->out->program.per_heat);
        start[n] = start_of(m, i_round, round, s);
        lot[n++] = hm_lot(m->out->seed, (uint32_t)i_round, LOT_LANE, m->e->entry[m->seed[s]].key);
    }
    hm_lanes_draw(m->rules, round->by_rank, n, lot, lane);
    out->lane = HM_PUSH(m->arena, hm_rounds_lane, n);
    if (!out->lane)
        return no_memory(m);
    for (int32_t i = 0; i < n; i++) {
        start[i].lane = lane[i];
        int32_t k = out->n_lane++;
        for (; k > 0 && out->lane[k - 1].lane > lane[i]; k--)
            out->lane[k] = out->lane[k - 1];
        out->lane[k] = start[i];
    }
    return HM_OK;
}

static const char *round_name(const meet *m, const char *code)
{
    if (strcmp(code, "F") == 0)
        return "Final";
    return strcmp(code, "SF") == 0 ? "Semi-finals"
                                   : hm_arena_printf(m->arena, "Round %s", code + 1);
}

static hm_status start_round(const meet *m, int32_t i_round, hm_rounds_round *round)
{
    *round = (hm_rounds_round){.plan = m->out->program.round[i_round]};
    if (round->plan.n_heat > m->n) /* fewer came through than the table has heats */
        round->plan.n_heat = m->n;
    round->name = round_name(m, round->plan.code);
    hm_lane_rule rule = i_round > 0                    ? HM_LANES_SEED
                        : m->out->program.n_round == 1 ? m->rules->lanes_final_only
                                                       : m->rules->lanes_first_round;
    round->by_rank = rule == HM_LANES_SEED; /* TR20.4.1, TR20.5 */
    round->heat = HM_PUSH(m->arena, hm_rounds_heat, round->plan.n_heat);
    int32_t *heat = HM_PUSH(m->arena, int32_t, m->n);
    if (!round->heat || !heat || !round->name)
        return no_memory(m);
    HM_TRY(compose(m, i_round, round, heat));
    for (int32_t h = 0; h < round->plan.n_heat; h++)
        HM_TRY(fill_heat(m, i_round, round, heat, h));
    LOG(m, &round->log, "%s",
        round->by_rank ? "lanes by lot within the groups of ranks (TR20.4.3)"
                       : "lanes by lot (TR20.4)");
    return HM_OK;
}

/* ---- results ---- */

/* Official times and places of a heat (TR19.23.1, TR19.10, TR21.1). */
static void judge_heat(const hm_rules *rules, hm_rounds_heat *heat)
{
    int64_t key[HM_LANE_MAX] = {0};
    int32_t place[HM_LANE_MAX];
    for (int32_t i = 0; i < heat->n_lane; i++) {
        hm_rounds_lane *l = &heat->lane[i];
        bool ok = l->status == HM_RUN_OK;
        l->official_cs = !ok          ? 0
                         : heat->hand ? 10 * hm_hand_ds(l->time_us)
                                      : hm_official_cs(l->time_us);
        key[i] = !ok ? -1 : heat->hand ? l->official_cs : hm_photo_line(l->time_us, rules->rate_hz);
    }
    hm_rank_keys(heat->n_lane, key, NULL, place);
    for (int32_t i = 0; i < heat->n_lane; i++)
        heat->lane[i].place = place[i];
    for (int32_t i = 0; i < heat->n_lane; i++)
        for (int32_t k = 0; k < heat->n_lane; k++)
            heat->lane[i].thousandths |= place[i] && place[k] && place[i] != place[k] &&
                                         heat->lane[i].official_cs == heat->lane[k].official_cs;
}

static hm_status run_round(const meet *m, int32_t i_round, hm_rounds_round *round)
{
    round->run = true;
    for (int32_t h = 0; h < round->plan.n_heat; h++) {
        hm_rounds_heat *heat = &round->heat[h];
        hm_heat_call call = {m->e, round, i_round, h, m->out->seed};
        HM_TRY(m->run(m->ctx, &call, heat, m->err));
        if (heat->run)
            judge_heat(m->rules, heat);
        round->run &= heat->run;
    }
    return HM_OK;
}

/* ---- who advances ---- */

/* Each athlete of a round as a finish, and where he stands. */
static int32_t finishes(const meet *m, int32_t i_round, const hm_rounds_round *round, hm_finish f[],
                        hm_rounds_lane *at[])
{
    int32_t n = 0;
    for (int32_t h = 0; h < round->plan.n_heat; h++)
        for (int32_t i = 0; i < round->heat[h].n_lane; i++) {
            hm_rounds_lane *l = &round->heat[h].lane[i];
            bool ok = l->status == HM_RUN_OK;
            uint64_t lot =
                hm_lot(m->out->seed, (uint32_t)i_round, LOT_TIE, m->e->entry[l->entry].key);
            f[n] = (hm_finish){.heat = h,
                               .place = l->place,
                               .time_ms = !ok                   ? 0
                                          : round->heat[h].hand ? 10 * l->official_cs
                                                                : hm_time_ms(l->time_us),
                               .lot = lot,
                               .advance = l->advance};
            at[n++] = l;
        }
    return n;
}

/* CR25.4: thousandths are shown where they parted two heats' time qualifiers. */
static void mark_thousandths(int32_t n, hm_rounds_lane *const at[])
{
    for (int32_t i = 0; i < n; i++)
        for (int32_t k = 0; k < n; k++)
            if (at[i]->advance == HM_BY_TIME && at[k]->advance == HM_OUT && at[k]->official_cs &&
                at[k]->official_cs == at[i]->official_cs)
                at[i]->thousandths = at[k]->thousandths = true;
}

/* The next by time who is not through, -1 = none (TR20.2.1 note ii). */
static int32_t next_ranked(int32_t n, const hm_finish f[])
{
    int32_t best = -1;
    for (int32_t i = 0; i < n; i++)
        if (f[i].advance == HM_OUT && f[i].time_ms > 0 &&
            (best < 0 || f[i].time_ms < f[best].time_ms ||
             (f[i].time_ms == f[best].time_ms && f[i].lot < f[best].lot)))
            best = i;
    return best;
}

/* Those who withdraw before the next round give their lanes to the next ranked, if the rules say
 * so. */
static hm_status fill_vacancies(const meet *m, const char *next_code, int32_t n, hm_finish f[],
                                hm_rounds_lane *const at[], hm_rounds_round *round)
{
    for (int32_t i = 0; i < n && m->rules->fill_vacancies; i++) {
        if (f[i].advance == HM_OUT || strcmp(m->e->entry[at[i]->entry].dns, next_code) != 0)
            continue;
        int32_t k = next_ranked(n, f);
        if (k < 0)
            continue;
        f[i].advance = HM_OUT;
        f[i].time_ms = 0; /* out for good */
        f[k].advance = HM_BY_TIME;
        LOG(m, &round->log, "'%.100s' withdraws, '%.100s' takes the lane (TR20.2.1)",
            name_of(m, at[i]->entry), name_of(m, at[k]->entry));
    }
    return HM_OK;
}

/* Lots and their outcome, by name. */
static hm_status log_lots(const meet *m, int32_t n, const hm_finish f[], hm_rounds_lane *const at[],
                          hm_rounds_round *round)
{
    for (int32_t i = 0; i < n; i++)
        if (f[i].advance == HM_BY_DRAW)
            LOG(m, &round->log, "'%.100s' advances by lot", name_of(m, at[i]->entry));
    return HM_OK;
}

static hm_status close_round(meet *m, int32_t i_round)
{
    hm_rounds_round *round = &m->out->round[i_round];
    const hm_round_plan *next = &m->out->program.round[i_round + 1];
    int32_t room = next->n_heat * m->out->program.per_heat;
    hm_finish *f = HM_PUSH(m->arena, hm_finish, m->n);
    hm_rounds_lane **at = HM_PUSH(m->arena, hm_rounds_lane *, m->n);
    int32_t *order = HM_PUSH(m->arena, int32_t, m->n);
    if (!f || !at || !order)
        return no_memory(m);
    int32_t n = finishes(m, i_round, round, f, at);
    HM_TRY(hm_advance_judge(m->rules, &round->plan, room, n, f, m->arena, &round->log, m->err));
    for (int32_t i = 0; i < n; i++)
        at[i]->advance = f[i].advance;
    mark_thousandths(n, at);
    HM_TRY(log_lots(m, n, f, at, round));
    HM_TRY(fill_vacancies(m, next->code, n, f, at, round));
    m->n = hm_advance_rank(n, f, order);
    if (m->n > room)
        return hm_err_set(m->err, HM_ERR_CHECK, m->e->source, 0, 0, "advance",
                          "%d advance from %s, but the next round has %d lanes", m->n,
                          round->plan.code, room);
    for (int32_t i = 0; i < m->n; i++)
        m->seed[i] = at[order[i]]->entry;
    return HM_OK;
}

hm_status hm_rounds_run(const hm_entries *entries, const hm_rules *rules, uint64_t seed,
                        hm_heat_fn *run, void *ctx, hm_arena *arena, hm_rounds *rounds, hm_err *err)
{
    hm_rounds *out = HM_PUSH(arena, hm_rounds, 1);
    meet m = {entries, rules, run, ctx, arena, out, NULL, 0, NULL, err};
    if (!out)
        return no_memory(&m);
    if (entries->n < 1)
        return hm_err_set(err, HM_ERR_INPUT, entries->source, 0, 0, "name",
                          "expected entries, found none");
    *out = (hm_rounds){.entries = entries, .seed = seed};
    HM_TRY(hm_program_make(rules, entries->n, &out->program, err));
    HM_TRY(number_teams(&m));
    HM_TRY(seed_entries(&m));
    for (int32_t i = 0; i < out->program.n_round && m.n > 0; i++) {
        hm_rounds_round *round = &out->round[out->n_round++];
        HM_TRY(start_round(&m, i, round));
        HM_TRY(run_round(&m, i, round));
        if (!round->run)
            break;
        if (i + 1 < out->program.n_round)
            HM_TRY(close_round(&m, i));
    }
    if (m.n == 0)
        LOG(&m, &out->notes, "nobody advanced: the event ends here");
    if (out->program.beyond)
        LOG(&m, &out->notes, "the table does not go to %d entries: own rows (docs/rules.md)",
            entries->n);
    *rounds = *out;
    return HM_OK;
}
