/* meet_heat.c - a heat gets its results: what was read is matched with the start list, starts are
 * judged, decisions of people come last. */
#include "meet_run.h"

#include <string.h>
#include <strings.h>

#include "race/official.h"
#include "race/referee.h"

/* One heat before the table of the judges. */
typedef struct hearing {
    meet_source *s;
    const hm_heat_call *call;
    hm_rounds_heat *heat;
    const meet_result *r;
    const meet_reading *of[HM_LANE_MAX]; /* (n_lane) beside the lanes, NULL = none */
    hm_start_state starts;               /* by lanes as drawn */
    bool moved;                          /* lanes were changed on the track */
    hm_err *err;
} hearing;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the heat");
}

#define NOTE(h, where, ...)                                                                        \
    do {                                                                                           \
        if (hm_notes_add(&(h)->s->event->where, (h)->s->arena, __VA_ARGS__) != HM_OK)              \
            return no_memory((h)->err);                                                            \
    } while (0)

static const hm_entry *entry_of(const hearing *h, int32_t i)
{
    return &h->call->entries->entry[h->heat->lane[i].entry];
}

/* ---- which file ---- */

bool meet_same_id(const char *a, const char *b)
{
    if (strspn(a, "0123456789") == strlen(a) && strspn(b, "0123456789") == strlen(b)) {
        a += strspn(a, "0");
        b += strspn(b, "0");
    }
    return strcasecmp(a, b) == 0;
}

/* The file of a heat; a real one goes before a simulated one. *twice: two real ones. */
static meet_result *find(const meet_source *s, const hm_heat_call *call, const meet_result **twice)
{
    meet_result *found = NULL;
    for (int32_t i = 0; i < s->results->n; i++) {
        meet_result *r = &s->results->result[i];
        if (r->round != call->i_round + 1 || r->heat != call->i_heat + 1 ||
            !meet_same_id(r->event, s->event->plan->id))
            continue;
        r->used = true;
        if (!found || (found->simulated && !r->simulated))
            found = r;
        else if (!r->simulated)
            *twice = r;
    }
    return found;
}

/* ---- who is who ---- */

static bool is_same(const hearing *h, const meet_reading *m, int32_t i)
{
    const hm_entry *who = entry_of(h, i);
    if (m->id[0])
        return strcmp(m->id, who->id) == 0;
    if (m->name[0])
        return strcasecmp(m->name, who->name) == 0;
    return m->lane == h->heat->lane[i].lane;
}

/* Sheets have a bib only if one was typed; names decide, and lanes where two bear one name. */
static int32_t lane_of(const hearing *h, const meet_reading *m)
{
    int32_t found = -1;
    for (int32_t i = 0; i < h->heat->n_lane; i++)
        if (!h->of[i] && is_same(h, m, i) && (found < 0 || m->lane == h->heat->lane[i].lane))
            found = i;
    for (int32_t i = 0; i < h->heat->n_lane && found < 0 && m->id[0] && m->name[0]; i++)
        if (!h->of[i] && strcasecmp(m->name, entry_of(h, i)->name) == 0 &&
            m->lane == h->heat->lane[i].lane)
            found = i; /* another bib than the one given, but the same name in the same lane */
    return found;
}

static hm_status match(hearing *h, bool *fits)
{
    for (int32_t k = 0; k < h->r->n; k++) {
        const meet_reading *m = &h->r->reading[k];
        int32_t i = lane_of(h, m);
        if (i >= 0) {
            h->of[i] = m;
            continue;
        }
        NOTE(h, problems,
             "%s:%lld: '%.100s' (number %s, lane %d) is not in heat %d of %s; was the start list "
             "changed by a correction, or is the file of another heat?",
             h->r->file, (long long)m->line, m->name, m->id[0] ? m->id : "-", m->lane,
             h->call->i_heat + 1, h->call->round->plan.code);
        *fits = false;
    }
    return HM_OK;
}

/* Everybody who starts has a result, all by one system of timing (TR20.8). */
static hm_status check_whole(hearing *h, bool *fits)
{
    bool hand = false, fine = false;
    for (int32_t i = 0; i < h->heat->n_lane; i++) {
        const meet_reading *m = h->of[i];
        if (m && !m->open) {
            hand |= m->time_us > 0 && m->hand;
            fine |= m->time_us > 0 && !m->hand;
            continue;
        }
        if (!m && h->heat->lane[i].status == HM_RUN_DNS)
            continue;
        NOTE(h, waits, "%s: %s '%.100s' (number %s, lane %d)", h->r->file,
             m ? "a time or status of" : "a result of", entry_of(h, i)->name, entry_of(h, i)->id,
             h->heat->lane[i].lane);
        *fits = false;
    }
    for (int32_t k = 0; k < h->call->i_heat; k++) {
        const hm_rounds_heat *other = &h->call->round->heat[k];
        fine |= hand && other->run && !other->hand;
        hand |= fine && other->run && other->hand;
    }
    if (hand && fine) {
        NOTE(h, problems,
             "%s: expected one system of timing in a round (TR20.8), found times of "
             "0.1 s and finer ones",
             h->r->file);
        *fits = false;
    }
    h->heat->hand = hand;
    return HM_OK;
}

/* ---- starts ---- */

static hm_status judge_start(hearing *h, int32_t k)
{
    hm_start_call call[HM_LANE_MAX];
    hm_charge charge[HM_LANE_MAX];
    hm_start_ruling ruling;
    bool ran = k == h->r->n_start;
    int32_t n = 0;
    for (int32_t i = 0; i < h->heat->n_lane; i++) {
        const meet_reading *m = h->of[i];
        if (!m || (ran && m->status == HM_RUN_DNS))
            continue;
        double recalled_s = ran ? 0 : m->start[k].reaction_s;
        bool has = ran ? m->reaction_ms >= 0 : recalled_s == recalled_s;
        call[n++] = (hm_start_call){.lane = h->heat->lane[i].lane,
                                    .on_marks = true,
                                    .has_reaction = has,
                                    .reaction_ms = !has  ? 0
                                                   : ran ? m->reaction_ms
                                                         : hm_reaction_ms(recalled_s),
                                    .seen = !ran && m->start[k].fault,
                                    .protest = m->protest};
    }
    hm_start_judge(&h->s->event->meet->rules, n, call, !ran && (h->r->green >> k & 1), &h->starts,
                   charge, &ruling);
    for (int32_t i = 0; i < ruling.n_charge; i++)
        for (int32_t l = 0; l < h->heat->n_lane; l++)
            if (h->heat->lane[l].lane == charge[i].lane)
                NOTE(h, notes, "%s heat %d, start %d: false start of '%.100s'%s%s",
                     h->call->round->plan.code, h->call->i_heat + 1, k + 1, entry_of(h, l)->name,
                     charge[i].card == HM_CARD_YC ? ", warned" : "",
                     ran ? "; it was run, and should have been recalled" : "");
    return HM_OK;
}

/* ---- what becomes of it ---- */

/* Were lanes changed on the track? Then the file names each once, and others than were drawn. */
static hm_status see_lanes(hearing *h)
{
    bool once[HM_LANE_MAX + 1] = {false}, moved = false;
    for (int32_t i = 0; i < h->heat->n_lane; i++) {
        int32_t lane = h->of[i] ? h->of[i]->lane : h->heat->lane[i].lane;
        if (lane < 1 || lane > HM_LANE_MAX || once[lane])
            return HM_OK;
        once[lane] = true;
        moved |= lane != h->heat->lane[i].lane;
    }
    h->moved = moved;
    if (moved)
        NOTE(h, notes, "%s heat %d: lanes as in %s, not as drawn", h->call->round->plan.code,
             h->call->i_heat + 1, h->r->file);
    return HM_OK;
}

static hm_status add_flag(hearing *h, const hm_rounds_lane *l, int32_t ran, bool protest,
                          bool warned)
{
    meet_event *e = h->s->event;
    if (!protest && !warned && !ran)
        return HM_OK;
    meet_flag *grown = HM_GROW(h->s->arena, e->flag, e->n_flag, &e->cap_flag);
    if (!grown)
        return no_memory(h->err);
    e->flag = grown;
    e->flag[e->n_flag++] =
        (meet_flag){h->call->i_round, h->call->i_heat, l->lane, ran, protest, warned};
    return HM_OK;
}

static void set_status(hm_rounds_lane *l, hm_run_status status, const char *rule)
{
    l->status = status;
    l->rule = rule;
    if (status != HM_RUN_OK)
        l->time_us = 0;
    if (status == HM_RUN_DNS)
        l->reaction_ms = -1;
}

/* What people decided stands above what was read. */
static void decide(const meet_decision *d, const meet_reading *m, hm_rounds_lane *l, bool *protest)
{
    switch (d->verdict) {
    case MEET_PROTEST:
        *protest = true;
        return;
    case MEET_DNS:
        set_status(l, HM_RUN_DNS, "");
        return;
    case MEET_DNF:
        set_status(l, HM_RUN_DNF, "");
        return;
    case MEET_DQ:
        set_status(l, HM_RUN_DQ, d->rule);
        return;
    case MEET_VALID:
        if (m && m->time_us > 0) {
            l->time_us = m->time_us;
            set_status(l, HM_RUN_OK, "");
        }
        return;
    case MEET_REFEREE:
        l->advance = HM_BY_REFEREE;
        return;
    case MEET_JURY:
        l->advance = HM_BY_JURY;
        return;
    }
}

static hm_status take_lane(hearing *h, int32_t i)
{
    hm_rounds_lane *l = &h->heat->lane[i];
    const meet_reading *m = h->of[i];
    const char *id = entry_of(h, i)->id;
    bool protest = h->starts.protest[l->lane] || (m && m->protest && !h->starts.out[l->lane]);
    if (m) {
        l->time_us = m->time_us;
        l->reaction_ms = m->reaction_ms;
        set_status(l, m->status, m->status == HM_RUN_DQ ? m->rule : "");
        if (h->starts.out[l->lane])
            set_status(l, HM_RUN_DQ, hm_false_start_rule(&h->s->event->meet->rules));
        if (m->status == HM_RUN_DQ && !m->rule[0] && !h->starts.out[l->lane])
            NOTE(h, notes, "%s: a disqualification names its rule (CR25.4): lane %d", h->r->file,
                 l->lane);
    }
    for (int32_t k = 0; k < h->s->decisions->n; k++) {
        meet_decision *d = &h->s->decisions->decision[k];
        if (!meet_same_id(d->event, h->s->event->plan->id) ||
            strcasecmp(d->round, h->call->round->plan.code) != 0 || strcmp(d->id, id) != 0)
            continue;
        d->used = true;
        decide(d, m, l, &protest);
    }
    h->s->event->protest_open |= protest;
    return add_flag(h, l, h->moved && m ? m->lane : 0, protest,
                    h->starts.warned[l->lane] && l->status != HM_RUN_DQ);
}

static hm_status take(hearing *h)
{
    HM_TRY(see_lanes(h));
    for (int32_t k = 0; k <= h->r->n_start; k++)
        HM_TRY(judge_start(h, k));
    for (int32_t i = 0; i < h->heat->n_lane; i++)
        HM_TRY(take_lane(h, i));
    h->heat->has_wind = h->r->has_wind;
    h->heat->wind_cmps = h->r->wind_cmps;
    h->heat->run = true;
    h->s->event->practice |= h->r->simulated;
    return HM_OK;
}

/* ---- practice ---- */

/* Run for practice, to whole thousandths, so that the file which it becomes says the same. */
static hm_status draw(const meet_source *s, const hm_heat_call *call, hm_rounds_heat *heat,
                      hm_err *err)
{
    meet_event *e = s->event;
    HM_TRY(s->run(s->run_ctx, call, heat, err));
    for (int32_t i = 0; i < heat->n_lane; i++)
        heat->lane[i].time_us -= heat->lane[i].time_us % 1000;
    meet_drawn *grown = HM_GROW(s->arena, e->drawn, e->n_drawn, &e->cap_drawn);
    if (!grown)
        return no_memory(err);
    e->drawn = grown;
    e->drawn[e->n_drawn++] = (meet_drawn){call->i_round, call->i_heat};
    e->practice = true;
    return HM_OK;
}

hm_status meet_heat(void *ctx, const hm_heat_call *call, hm_rounds_heat *heat, hm_err *err)
{
    hearing h = {.s = ctx, .call = call, .heat = heat, .err = err};
    const meet_result *twice = NULL;
    bool fits = true;
    h.r = find(h.s, call, &twice);
    if (!h.r)
        return h.s->simulate ? draw(h.s, call, heat, err) : HM_OK;
    if (twice) {
        NOTE(&h, problems, "%s and %s are of the same heat: take one away", h.r->file, twice->file);
        return HM_OK;
    }
    HM_TRY(match(&h, &fits));
    if (fits)
        HM_TRY(check_whole(&h, &fits));
    return fits ? take(&h) : HM_OK;
}
