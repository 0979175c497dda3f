#include <stdlib.h>

#include "race/rounds.h"

/* One round before the one who draws up the next. */
typedef struct judging {
    const hm_rules *rules;
    const hm_round_plan *plan;
    int32_t room, n;
    hm_finish *f;
    int32_t *order; /* (n) scratch */
    hm_arena *arena;
    hm_notes *log;
    hm_err *err;
} judging;

static hm_status no_memory(const judging *j)
{
    return hm_err_set(j->err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for who advances");
}

const char *hm_advance_text(hm_advance a)
{
    static const char *const text[] = {"", "Q", "q", "qD", "qR", "qJ"};
    return text[a];
}

static bool is_given(const hm_finish *f)
{
    return f->advance == HM_BY_REFEREE || f->advance == HM_BY_JURY;
}

static int32_t n_through(const judging *j)
{
    int32_t n = 0;
    for (int32_t i = 0; i < j->n; i++)
        n += j->f[i].advance != HM_OUT;
    return n;
}

/* ---- by place ---- */

/* The tie over the last place of one heat: place k of P shared by more than P - k + 1. */
typedef struct edge {
    int32_t place;  /* 0 = no such tie */
    int32_t n_tied; /* who share it */
    int32_t n_spot; /* places of the table among them */
} edge;

static edge edge_of(const judging *j, int32_t heat)
{
    edge e = {0};
    for (int32_t place = 1; place <= j->plan->by_place; place++) {
        int32_t n_same = 0;
        for (int32_t i = 0; i < j->n; i++)
            n_same += j->f[i].heat == heat && j->f[i].place == place;
        if (place - 1 + n_same > j->plan->by_place)
            e = (edge){place, n_same, j->plan->by_place - place + 1};
    }
    return e;
}

static void take_places(const judging *j)
{
    for (int32_t i = 0; i < j->n; i++)
        if (!is_given(&j->f[i]))
            j->f[i].advance =
                j->f[i].place >= 1 && j->f[i].place <= j->plan->by_place ? HM_BY_PLACE : HM_OUT;
}

static int by_lot(const void *a, const void *b)
{
    const hm_finish *const *fa = a, *const *fb = b;
    return (*fa)->lot < (*fb)->lot ? -1 : (*fa)->lot > (*fb)->lot;
}

/* Of n candidates the n_win with the smallest lots go on as qD. */
static void draw(int32_t n, hm_finish *candidate[], int32_t n_win, bool by_time)
{
    qsort(candidate, (size_t)n, sizeof candidate[0], by_lot);
    for (int32_t i = 0; i < n; i++) {
        candidate[i]->advance = i < n_win ? HM_BY_DRAW : HM_OUT;
        candidate[i]->by_time = i < n_win && by_time;
    }
}

/* TR21.3: too many share last places: lots in each heat for the places of the table; with lots_all
 * the losers of all heats then draw for what was left for time qualifiers and lanes. */
static hm_status draw_places(const judging *j, int32_t n_left)
{
    hm_finish **tied = HM_PUSH(j->arena, hm_finish *, j->n);
    hm_finish **loser = HM_PUSH(j->arena, hm_finish *, j->n);
    if (!tied || !loser)
        return no_memory(j);
    int32_t n_loser = 0;
    for (int32_t h = 0; h < j->plan->n_heat; h++) {
        edge e = edge_of(j, h);
        if (e.place == 0)
            continue;
        int32_t n = 0;
        for (int32_t i = 0; i < j->n; i++)
            if (j->f[i].heat == h && j->f[i].place == e.place && !is_given(&j->f[i]))
                tied[n++] = &j->f[i];
        draw(n, tied, e.n_spot, false);
        for (int32_t i = e.n_spot; i < n; i++)
            loser[n_loser++] = tied[i];
        if (hm_notes_add(j->log, j->arena, "heat %d: %d share place %d: lots for %d (TR21.3)",
                         h + 1, n, e.place, e.n_spot) != HM_OK)
            return no_memory(j);
    }
    if (n_left > 0 && n_loser > 0) {
        draw(n_loser, loser, n_left < n_loser ? n_left : n_loser, false);
        if (hm_notes_add(j->log, j->arena, "lots among the %d left over for %d lanes (TR21.3)",
                         n_loser, n_left) != HM_OK)
            return no_memory(j);
    }
    return HM_OK;
}

/* Places, and what they leave for times: *n_time. */
static hm_status judge_places(const judging *j, int32_t *n_time)
{
    int32_t extra = 0, P = j->plan->by_place, T = j->plan->by_time;
    take_places(j);
    for (int32_t h = 0; h < j->plan->n_heat; h++) {
        edge e = edge_of(j, h);
        extra += e.place ? e.n_tied - e.n_spot : 0;
        if (e.place && hm_notes_add(j->log, j->arena, "heat %d: %d share place %d of %d (TR21.3)",
                                    h + 1, e.n_tied, e.place, P) != HM_OK)
            return no_memory(j);
    }
    int32_t n_free = j->room - j->plan->n_heat * P - T;
    *n_time = extra < T ? T - extra : 0;
    if (j->rules->keep_time_qualifiers) { /* TR20.8, commentary: while lanes are free */
        int32_t left = j->room - n_through(j);
        *n_time = left < T ? left : T;
        *n_time = *n_time < 0 ? 0 : *n_time;
    }
    if (extra <= T + (n_free > 0 ? n_free : 0))
        return HM_OK;
    if (j->rules->tie_overflow == HM_TIE_ASK)
        return hm_err_set(j->err, HM_ERR_CHECK, NULL, 0, 0, "tie_overflow",
                          "%d too many share the last places, for %d time places and %d free "
                          "lanes (TR21.3): undecided; lots_all draws for all that is left, "
                          "lots_surplus keeps the time places",
                          extra, T, n_free > 0 ? n_free : 0);
    bool all = j->rules->tie_overflow == HM_TIE_LOTS_ALL;
    *n_time = all ? 0 : T;
    return draw_places(j, all ? T + (n_free > 0 ? n_free : 0) : 0);
}

/* ---- by time ---- */

static int by_time(const void *a, const void *b)
{
    const hm_finish *const *fa = a, *const *fb = b;
    if ((*fa)->time_ms != (*fb)->time_ms)
        return (*fa)->time_ms < (*fb)->time_ms ? -1 : 1;
    return by_lot(a, b);
}

/* TR21.4-5: the rest by thousandths; a tie for the last one goes on whole if lanes are free, else
 * lots. */
static hm_status judge_times(const judging *j, int32_t n_time)
{
    hm_finish **rest = HM_PUSH(j->arena, hm_finish *, j->n);
    if (!rest)
        return no_memory(j);
    int32_t n = 0;
    for (int32_t i = 0; i < j->n; i++)
        if (j->f[i].advance == HM_OUT && j->f[i].place > 0 && j->f[i].time_ms > 0)
            rest[n++] = &j->f[i];
    qsort(rest, (size_t)n, sizeof rest[0], by_time);
    n_time = n_time < n ? n_time : n;
    if (n_time == 0)
        return HM_OK;
    int32_t last_ms = rest[n_time - 1]->time_ms, from = 0, to = 0;
    while (rest[from]->time_ms < last_ms)
        rest[from++]->advance = HM_BY_TIME;
    for (to = from; to < n && rest[to]->time_ms == last_ms;)
        to++;
    bool all = to <= n_time || n_through(j) + to - from <= j->room;
    if (to > n_time &&
        hm_notes_add(j->log, j->arena, "%d share %d.%03d s for %d time places: %s (TR21.5)",
                     to - from, last_ms / 1000, last_ms % 1000, n_time - from,
                     all ? "lanes are free, all advance" : "lots") != HM_OK)
        return no_memory(j);
    if (!all)
        draw(to - from, rest + from, n_time - from, true);
    for (int32_t i = from; i < to && all; i++)
        rest[i]->advance = HM_BY_TIME;
    return HM_OK;
}

hm_status hm_advance_judge(const hm_rules *rules, const hm_round_plan *plan, int32_t room,
                           int32_t n, hm_finish f[], hm_arena *arena, hm_notes *log, hm_err *err)
{
    judging j = {
        .rules = rules, .plan = plan, .room = room, .n = n, .f = f, .arena = arena, .log = log};
    j.err = err;
    int32_t n_time = 0;
    for (int32_t i = 0; i < n; i++)
        f[i].by_time = false;
    HM_TRY(judge_places(&j, &n_time));
    return judge_times(&j, n_time);
}

/* ---- seeding of the next round ---- */

/* TR20.3.2a: winners, seconds ..., time qualifiers, qR and qJ; within each by time (TR21.2), lots.
 */
static int32_t group_of(const hm_finish *f)
{
    enum { TIME = HM_LANE_MAX + 1, GIVEN };
    if (is_given(f))
        return GIVEN;
    return f->advance == HM_BY_TIME || f->by_time ? TIME : f->place;
}

static bool goes_before(const hm_finish *a, const hm_finish *b)
{
    int32_t ga = group_of(a), gb = group_of(b);
    if (ga != gb)
        return ga < gb;
    if (is_given(a))
        return false; /* in the order in which they were added */
    if (a->time_ms != b->time_ms)
        return a->time_ms < b->time_ms;
    return a->lot < b->lot;
}

int32_t hm_advance_rank(int32_t n, const hm_finish f[], int32_t order[])
{
    int32_t n_order = 0;
    for (int32_t i = 0; i < n; i++) {
        if (f[i].advance == HM_OUT)
            continue;
        int32_t k = n_order++;
        for (; k > 0 && goes_before(&f[i], &f[order[k - 1]]); k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    return n_order;
}
