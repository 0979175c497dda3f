/* meet_event.c - an event as far as its results go: what it waits for, what changed since the last
 * call, and the event as others want it: heats of a meet, a view for paper. */
#include "meet_run.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "race/official.h"

enum { PROTEST_MIN = 30 }; /* TR8.2 */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the event");
}

#define NOTE(e, arena, err, where, ...)                                                            \
    do {                                                                                           \
        if (hm_notes_add(&(e)->where, (arena), __VA_ARGS__) != HM_OK)                              \
            return no_memory(err);                                                                 \
    } while (0)

/* ---- running it ---- */

/* Lots of two events differ, also among the same people. */
static uint64_t seed_of(const meet_plan *plan, const meet_plan_event *e)
{
    uint64_t h = hm_hash_u64(HM_HASH_START, plan->seed);
    return hm_hash(h, e->id, strlen(e->id)) >> 1;
}

/* A protest of a whole round, and decisions on nobody. */
static hm_status take_round_protests(meet_source *s, hm_err *err)
{
    meet_event *e = s->event;
    for (int32_t k = 0; k < s->decisions->n; k++) {
        meet_decision *d = &s->decisions->decision[k];
        if (!meet_same_id(d->event, e->plan->id))
            continue;
        if (!d->id[0]) {
            d->used = true;
            e->protest_open = true;
        } else if (!d->used)
            NOTE(e, s->arena, err, notes,
                 "decisions.csv:%lld: nobody with number %s has run %s yet", (long long)d->line,
                 d->id, d->round);
        d->used = true;
    }
    return HM_OK;
}

/* Which files the round at hand waits for. */
static hm_status say_waits(meet_source *s, hm_err *err)
{
    meet_event *e = s->event;
    if (e->rounds.n_round == 0)
        return HM_OK;
    int32_t i = e->rounds.n_round - 1;
    const hm_rounds_round *round = &e->rounds.round[i];
    for (int32_t h = 0; h < round->plan.n_heat; h++)
        if (!round->heat[h].run)
            NOTE(e, s->arena, err, waits,
                 "results of %s, heat %d of %d: results/%s-%d-%d.lif or .csv", round->name, h + 1,
                 round->plan.n_heat, e->plan->id, i + 1, h + 1);
    return HM_OK;
}

hm_status meet_event_run(meet_source *s, hm_err *err)
{
    meet_event *e = s->event;
    hm_err why = {0};
    char text[1024];
    for (int32_t i = 0; i < s->results->n_broken; i++)
        if (meet_same_id(s->results->broken[i].event, e->plan->id)) {
            e->held = true;
            NOTE(e, s->arena, err, problems, "%s", s->results->broken[i].why);
        }
    if (e->held)
        return HM_OK;
    hm_status status = hm_rounds_run(&e->entries, &e->meet->rules, seed_of(e->meet, e->plan),
                                     meet_heat, s, s->arena, &e->rounds, &why);
    if (status == HM_ERR_SYSTEM)
        return hm_err_set(err, status, why.source, why.line, why.col, why.field, "%s", why.msg);
    if (status != HM_OK) {
        e->held = true;
        hm_err_text(&why, text, sizeof text);
        NOTE(e, s->arena, err, problems, "%s", text);
        return HM_OK;
    }
    const hm_rounds_round *last = &e->rounds.round[e->rounds.n_round - 1];
    e->complete = last->run;
    HM_TRY(take_round_protests(s, err));
    return say_waits(s, err);
}

/* ---- from call to call ---- */

int64_t meet_minutes(const char *when)
{
    int y = 0, mo = 0, d = 0, h = 0, mi = 0;
    if (strlen(when) != 16 || sscanf(when, "%4d-%2d-%2d %2d:%2d", &y, &mo, &d, &h, &mi) != 5)
        return -1;
    /* days from civil: years begin in March, so that the leap day ends them */
    int64_t year = mo <= 2 ? y - 1 : y, era = year / 400, of_era = year - 400 * era;
    int64_t of_year = (153 * (mo + (mo > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int64_t day = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return (day * 24 + h) * 60 + mi;
}

static const char *line_of(const meet_event *e, const hm_rounds_round *round, int32_t h,
                           const hm_rounds_lane *l, hm_arena *arena)
{
    static const char *const word[] = {"", "DNS", "DNF", "DQ"};
    char text[HM_OFFICIAL_TEXT] = "";
    if (l->status == HM_RUN_OK)
        hm_time_text(l->official_cs, round->heat[h].hand, text);
    else
        snprintf(text, sizeof text, "%s", word[l->status]);
    return hm_arena_printf(arena, "%s/%s heat %d, place %d, %s%s%s%s%s", round->plan.code,
                           e->entries.entry[l->entry].id, h + 1, l->place, text,
                           l->rule && l->rule[0] ? " " : "", l->rule ? l->rule : "",
                           l->advance ? ", " : "", hm_advance_text(l->advance));
}

static hm_status make_lines(meet_event *e, hm_arena *arena, hm_err *err)
{
    int32_t n = 0;
    for (int32_t i = 0; i < e->rounds.n_round; i++)
        for (int32_t h = 0; h < e->rounds.round[i].plan.n_heat; h++)
            n += e->rounds.round[i].heat[h].n_lane;
    e->memory = (meet_memory){.event = e->plan->id, .announced = ""};
    e->memory.line = HM_PUSH(arena, const char *, n + 1);
    if (!e->memory.line)
        return no_memory(err);
    for (int32_t i = 0; i < e->rounds.n_round; i++)
        for (int32_t h = 0; h < e->rounds.round[i].plan.n_heat; h++) {
            const hm_rounds_heat *heat = &e->rounds.round[i].heat[h];
            for (int32_t k = 0; k < heat->n_lane && heat->run; k++) {
                const char *line = line_of(e, &e->rounds.round[i], h, &heat->lane[k], arena);
                if (!line)
                    return no_memory(err);
                e->memory.line[e->memory.n_line++] = line;
            }
        }
    return HM_OK;
}

static const char *same_key(const meet_memory *m, const char *line)
{
    size_t n = strcspn(line, " ") + 1;
    for (int32_t i = 0; i < m->n_line; i++)
        if (strncmp(m->line[i], line, n) == 0)
            return m->line[i];
    return NULL;
}

static const char *name_of(const meet_event *e, const char *line)
{
    const char *id = strchr(line, '/') + 1;
    size_t n = strcspn(id, " ");
    for (int32_t i = 0; i < e->entries.n; i++)
        if (strlen(e->entries.entry[i].id) == n && strncmp(e->entries.entry[i].id, id, n) == 0)
            return e->entries.entry[i].name;
    return "?";
}

/* Results that differ from those of the last call; new heats are no change. */
static hm_status say_changes(meet_event *e, const meet_memory *old, hm_arena *arena, hm_err *err)
{
    for (int32_t i = 0; i < old->n_line; i++) {
        const char *was = old->line[i], *is = same_key(&e->memory, was);
        if (!strchr(was, '/') || (is && strcmp(was, is) == 0))
            continue;
        size_t n = strcspn(was, " ");
        NOTE(e, arena, err, changes, "%.*s '%.100s':%s -> %s", (int)n, was, name_of(e, was),
             was + n, is ? is + strcspn(is, " ") + 1 : "no result");
    }
    return HM_OK;
}

static bool same_lines(const meet_memory *a, const meet_memory *b)
{
    if (a->n_line != b->n_line)
        return false;
    for (int32_t i = 0; i < a->n_line; i++)
        if (strcmp(a->line[i], b->line[i]) != 0)
            return false;
    return true;
}

hm_status meet_event_remember(meet_event *e, const meet_state *state, const char *now,
                              bool official, hm_arena *arena, hm_err *err)
{
    const meet_memory none = {.announced = ""}, *old = &none;
    for (int32_t i = 0; i < state->n_memory; i++)
        if (strcmp(state->memory[i].event, e->plan->id) == 0)
            old = &state->memory[i];
    if (e->held) { /* it stays as it was */
        e->memory = *old;
        e->memory.event = e->plan->id;
        return HM_OK;
    }
    HM_TRY(make_lines(e, arena, err));
    HM_TRY(say_changes(e, old, arena, err));
    if (e->memory.n_line)
        e->memory.announced =
            old->announced[0] && same_lines(old, &e->memory) ? old->announced : now;
    e->announced = e->memory.announced;
    int64_t since = meet_minutes(e->announced), at = meet_minutes(now);
    bool over = official || (since >= 0 && at >= since + PROTEST_MIN);
    e->official = e->memory.n_line > 0 && over && !e->protest_open;
    if (e->practice || e->memory.n_line == 0 || e->official)
        return HM_OK;
    if (e->protest_open)
        NOTE(e, arena, err, waits, "the decision on a protest (decisions.csv)");
    else
        NOTE(e, arena, err, waits, "protests, 30 min from %s (TR8.2)", e->announced + 11);
    return HM_OK;
}

/* ---- for paper ---- */

static void set_flags(const meet_event *e, paper_event *paper)
{
    for (int32_t i = 0; i < e->n_flag; i++) {
        const meet_flag *f = &e->flag[i];
        paper_heat *heat = &paper->round[f->round].heat[f->heat];
        for (int32_t k = 0; k < heat->n_row; k++)
            if (heat->row[k].lane_drawn == f->lane) {
                heat->row[k].protest |= f->protest;
                heat->row[k].warned |= f->warned;
                heat->row[k].lane = f->ran ? f->ran : f->lane;
            }
    }
}

hm_status meet_event_paper(const meet_event *e, hm_arena *arena, paper_event *paper, hm_err *err)
{
    HM_TRY(paper_of_rounds(&e->rounds, &e->meet->rules, arena, paper, err));
    set_flags(e, paper);
    paper->meet = e->meet->name;
    paper->venue = e->meet->venue;
    paper->date = e->meet->date;
    paper->name = e->plan->name;
    paper->has_sex = e->plan->has_sex;
    paper->sex = e->plan->sex;
    paper->practice = e->practice;
    paper->protest_open = e->protest_open;

    paper->n_record = e->n_record;
    paper->record = e->record;
    for (int32_t i = 0; i < paper->n_round; i++)
        for (int32_t h = 0; h < paper->round[i].n_heat; h++)
            if (i == 0 && h == 0)
                paper->round[i].heat[h].clock = e->plan->start;
    return HM_OK;
}

/* ---- as a meet ---- */

static bool is_han(const char *name)
{
    for (const unsigned char *p = (const unsigned char *)name; *p; p++)
        if (*p >= 0xe3 && *p <= 0xe9) /* U+3000 - U+9FFF: kana and Han */
            return true;
    return false;
}

/* Timing systems want two names: the last word is the family's, in Japanese the first. */
static hm_status split_name(const char *name, hm_arena *arena, hm_person *who, hm_err *err)
{
    const char *blank = is_han(name) ? strchr(name, ' ') : strrchr(name, ' ');
    who->last_name = name;
    if (!blank)
        return HM_OK;
    const char *before = hm_arena_printf(arena, "%.*s", (int)(blank - name), name);
    if (!before)
        return no_memory(err);
    who->last_name = is_han(name) ? before : blank + 1;
    who->first_name = is_han(name) ? blank + 1 : before;
    return HM_OK;
}

/* The lane in which somebody ran. */
static int32_t ran_in(const meet_event *e, int32_t i, int32_t h, int32_t drawn)
{
    for (int32_t k = 0; k < e->n_flag; k++)
        if (e->flag[k].round == i && e->flag[k].heat == h && e->flag[k].lane == drawn &&
            e->flag[k].ran)
            return e->flag[k].ran;
    return drawn;
}

static void take_result(const hm_rounds_heat *heat, const hm_rounds_lane *l, hm_mark *m)
{
    static const hm_mark_status of[] = {[HM_RUN_OK] = HM_MARK_FINISHED,
                                        [HM_RUN_DNS] = HM_MARK_DNS,
                                        [HM_RUN_DNF] = HM_MARK_DNF,
                                        [HM_RUN_DQ] = HM_MARK_DQ};
    m->status = of[l->status];
    m->rule = l->rule && l->status == HM_RUN_DQ ? l->rule : "";
    m->place = l->place;
    m->qualified = hm_advance_text(l->advance);
    if (l->reaction_ms >= 0)
        m->reaction_us = 1000 * (int64_t)l->reaction_ms;
    if (l->status != HM_RUN_OK)
        return;
    m->time_us = l->time_us;
    m->official_cs = l->official_cs;
    m->time_digits = heat->hand ? 1 : l->time_us % 10000 == 0 ? 2 : l->time_us % 1000 == 0 ? 3 : 4;
}

static hm_status take_heat(const meet_event *e, int32_t i, int32_t h, bool results, hm_arena *arena,
                           hm_heat *out, hm_err *err)
{
    const hm_rounds_round *round = &e->rounds.round[i];
    const hm_rounds_heat *heat = &round->heat[h];
    bool run = results && heat->run;
    *out = hm_heat_default();
    out->event = e->plan->id;
    out->round = i + 1;
    out->heat = h + 1;
    out->name =
        results ? e->plan->name : hm_arena_printf(arena, "%s %s", e->plan->name, round->name);
    out->code = e->plan->code;
    out->round_name = round->name;
    out->distance_m = e->plan->distance_m;
    out->has_sex = e->plan->has_sex;
    out->sex = e->plan->sex;
    out->has_wind = run && heat->has_wind;
    out->wind_cmps = out->has_wind ? heat->wind_cmps : 0;
    out->timing = run ? heat->hand ? HM_TIMING_HAND : HM_TIMING_FAT : HM_TIMING_UNKNOWN;
    out->n_mark = heat->n_lane;
    out->mark = HM_PUSH(arena, hm_mark, heat->n_lane + 1);
    if (!out->name || !out->mark)
        return no_memory(err);
    for (int32_t k = 0; k < heat->n_lane; k++) {
        const hm_entry *who = &e->entries.entry[heat->lane[k].entry];
        hm_mark *m = &out->mark[k];
        *m = hm_mark_default();
        m->who.id = who->id;
        m->who.team = who->team;
        m->who.born = who->born;
        m->who.has_sex = e->plan->has_sex;
        m->who.sex = e->plan->sex;
        m->lane = results ? ran_in(e, i, h, heat->lane[k].lane) : heat->lane[k].lane;
        if (results)
            m->who.last_name = who->name;
        else
            HM_TRY(split_name(who->name, arena, &m->who, err));
        if (run)
            take_result(heat, &heat->lane[k], m);
    }
    return HM_OK;
}

hm_status meet_event_heats(const meet_event *e, bool results, hm_arena *arena, int32_t *n,
                           hm_heat **heat, hm_err *err)
{
    int32_t count = 0;
    for (int32_t i = 0; i < e->rounds.n_round; i++)
        count += e->rounds.round[i].plan.n_heat;
    hm_heat *out = HM_PUSH(arena, hm_heat, count + 1);
    if (!out)
        return no_memory(err);
    count = 0;
    for (int32_t i = 0; i < e->rounds.n_round; i++)
        for (int32_t h = 0; h < e->rounds.round[i].plan.n_heat; h++)
            HM_TRY(take_heat(e, i, h, results, arena, &out[count++], err));
    *n = count;
    *heat = out;
    return HM_OK;
}
