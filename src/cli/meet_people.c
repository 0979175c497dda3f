/* meet_people.c - who enters which event, and by which number they are known. */
#include "meet_run.h"

#include <string.h>

typedef struct people {
    const meet_plan *plan;
    hm_arena *arena;
    meet_state *state;
    meet_event *event;
    size_t cap_number;
    int64_t last; /* number given */
    hm_err *err;
} people;

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory for the entries");
}

static hm_status read_event(const people *p, int32_t i)
{
    meet_event *e = &p->event[i];
    hm_err why = {0};
    char text[1024];
    *e = (meet_event){.meet = p->plan, .plan = &p->plan->event[i], .announced = ""};
    const char *path = meet_path(p->plan, p->arena, e->plan->entries);
    if (!path)
        return no_memory(p->err);
    hm_status s = hm_entries_read(path, p->arena, &e->entries, &why);
    if (s == HM_OK)
        return HM_OK;
    e->held = true;
    hm_err_text(&why, text, sizeof text);
    return hm_notes_add(&e->problems, p->arena, "%s", text) == HM_OK ? HM_OK : no_memory(p->err);
}

/* ---- numbers ---- */

static bool is_taken(const people *p, const char *id)
{
    for (int32_t i = 0; i < p->state->n_number; i++)
        if (strcmp(p->state->number[i].id, id) == 0)
            return true;
    for (int32_t i = 0; i < p->plan->n_event; i++)
        for (int32_t k = 0; k < p->event[i].entries.n; k++)
            if (strcmp(p->event[i].entries.entry[k].id, id) == 0)
                return true;
    return false;
}

static hm_status add_number(people *p, const meet_number *number)
{
    meet_state *s = p->state;
    meet_number *grown = HM_GROW(p->arena, s->number, s->n_number, &p->cap_number);
    if (!grown)
        return no_memory(p->err);
    s->number = grown;
    s->number[s->n_number++] = *number;
    return HM_OK;
}

/* The number that name and team had at an earlier call or in another event, else a new one. */
static hm_status give_number(people *p, hm_entry *who)
{
    meet_state *s = p->state;
    for (int32_t i = 0; i < s->n_number; i++)
        if (strcmp(s->number[i].name, who->name) == 0 &&
            strcmp(s->number[i].team, who->team) == 0) {
            who->id = s->number[i].id;
            return HM_OK;
        }
    const char *id = NULL;
    do {
        id = hm_arena_printf(p->arena, "%lld", (long long)++p->last);
    } while (id && is_taken(p, id));
    if (!id)
        return no_memory(p->err);
    who->id = id;
    return add_number(p, &(meet_number){who->name, who->team, id});
}

/* One number is one person in all events. */
static hm_status check_number(const people *p, int32_t i, const hm_entry *who)
{
    for (int32_t e = 0; e < i; e++)
        for (int32_t k = 0; k < p->event[e].entries.n; k++) {
            const hm_entry *other = &p->event[e].entries.entry[k];
            if (strcmp(other->id, who->id) != 0 || strcmp(other->name, who->name) == 0)
                continue;
            return hm_notes_add(&p->event[i].problems, p->arena,
                                "%s:%lld: number %s is '%.100s' here and '%.100s' in event %s",
                                p->event[i].plan->entries, (long long)who->line, who->id, who->name,
                                other->name, p->event[e].plan->id) == HM_OK
                       ? HM_OK
                       : no_memory(p->err);
        }
    return HM_OK;
}

hm_status meet_people_read(const meet_plan *plan, hm_arena *arena, meet_state *state,
                           meet_event event[], hm_err *err)
{
    people p = {plan, arena, state, event, (size_t)state->n_number, 0, err};
    for (int32_t i = 0; i < plan->n_event; i++)
        HM_TRY(read_event(&p, i));
    for (int32_t i = 0; i < plan->n_event; i++)
        for (int32_t k = 0; k < event[i].entries.n; k++) {
            hm_entry *who = &event[i].entries.entry[k];
            if (who->id[0])
                HM_TRY(check_number(&p, i, who));
            else
                HM_TRY(give_number(&p, who));
        }
    return HM_OK;
}
