#include "life/story.h"

#include "future_priv.h"
#include "tale_priv.h"

#include <string.h>

#include "io/nearest.h"
#include "io/optab.h"
#include "life/fit_times.h"

static const uint32_t cookie = 0x73746f72;

hm_live_opts hm_live_opts_default(void)
{
    return (hm_live_opts){.cookie = cookie, .seed = 1, .n_thread = 1, .follow = -1};
}

static hm_status no_memory(const hm_scenario *s, hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, s->source, 0, 0, NULL, "no memory");
}

hm_status hm_scenario_params(const hm_scenario *s, const hm_live_opts *o, hm_arena *arena,
                             hm_life_params *params, hm_err *err)
{
    hm_life_params p = hm_life_params_default(s->world.sex);
    for (int32_t i = 0; i < s->n_set; i++) {
        hm_err found = {0};
        char field[64];
        snprintf(field, sizeof field, "set.%.50s", s->set[i].name);
        if (hm_optab_set(&hm_life_params_table, &p, s->set[i].pair, arena, &found) != HM_OK)
            return hm_err_set(err, HM_ERR_INPUT, s->source, 0, 0, field, "%s", found.msg);
    }
    for (int32_t i = 0; i < o->n_set; i++)
        HM_TRY(hm_optab_set(&hm_life_params_table, &p, o->set[i], arena, err));
    *params = p;
    return HM_OK;
}

hm_status future_off(const hm_scenario *s, int32_t n, const char *const *name, bool *off,
                     hm_err *err)
{
    const char *known[HM_SCENARIO_LIST_MAX];
    for (int32_t i = 0; i < s->n_switch; i++) {
        known[i] = s->change[i].name;
        off[i] = false;
    }
    for (int32_t k = 0; k < n; k++) {
        bool found = false;
        for (int32_t i = 0; i < s->n_switch; i++)
            if (strcmp(known[i], name[k]) == 0)
                off[i] = found = true;
        int32_t near = hm_nearest(name[k], s->n_switch, known);
        if (!found)
            return hm_err_set(err, HM_ERR_USAGE, NULL, 0, 0, name[k],
                              "no such switch of the scenario%s%s%s",
                              near < 0 ? "" : "; did you mean \"", near < 0 ? "" : known[near],
                              near < 0 ? "" : "\"?");
    }
    return HM_OK;
}

/* ---- people whose times are known: talent that gives them ---- */

static hm_status fit_people(const hm_scenario *s, const hm_life_params *params, hm_arena *arena,
                            hm_scenario *out, hm_notes *notes, hm_err *err)
{
    *out = *s;
    bool any = false;
    for (int32_t i = 0; i < s->n_person; i++)
        any |= s->person[i].n_time > 0;
    if (!any)
        return HM_OK;
    out->person = HM_PUSH(arena, hm_scenario_person, s->n_person);
    if (!out->person)
        return no_memory(s, err);
    memcpy(out->person, s->person, (size_t)s->n_person * sizeof *s->person);
    for (int32_t i = 0; i < s->n_person; i++)
        if (s->person[i].n_time > 0)
            HM_TRY(hm_fit_times(out, i, params, arena, &out->person[i], notes, err));
    return HM_OK;
}

/* ---- living ---- */

/* What is lived and how: shared by the story, its futures and a life alone. */
typedef struct stage {
    hm_scenario scenario;
    hm_life_params params;
    bool *off;
    int32_t own_future, tried;
    hm_notes notes;
} stage;

static hm_status prepare(const hm_scenario *s, const hm_live_opts *o, hm_arena *arena, stage *out,
                         hm_err *err)
{
    HM_ASSERT(o->cookie == cookie);
    stage st = {.own_future = 0};
    HM_TRY(hm_scenario_params(s, o, arena, &st.params, err));
    HM_TRY(fit_people(s, &st.params, arena, &st.scenario, &st.notes, err));
    st.off = HM_PUSH(arena, bool, s->n_switch + 1);
    if (!st.off)
        return no_memory(s, err);
    HM_TRY(future_off(s, o->n_without, o->without, st.off, err));
    *out = st;
    if (s->world.future >= 0)
        out->own_future = s->world.future;
    else if (s->world.search > 0)
        return future_search(&out->scenario, o, &out->params, arena, &out->own_future, &out->tried,
                             err);
    return HM_OK;
}

static hm_status make(const stage *st, const hm_live_opts *o, hm_arena *arena, world *w,
                      hm_err *err)
{
    HM_TRY(world_make(&st->scenario, &st->params, o->seed, st->off, arena, w, err));
    w->branch = future_branch(w);
    w->future = st->own_future < 0 ? 0 : (uint32_t)st->own_future;
    return HM_OK;
}

static hm_status note_search(const stage *st, hm_story *story, hm_arena *arena)
{
    if (st->tried == 0)
        return HM_OK;
    if (st->own_future < 0)
        return hm_notes_add(&story->notes, arena,
                            "in none of %d futures do all pinned races happen by themselves; "
                            "future 0 is told",
                            st->tried);
    return hm_notes_add(&story->notes, arena,
                        "future %d is told, the first in which all pinned races happen by "
                        "themselves",
                        st->own_future);
}

static hm_status tell(const stage *st, const hm_live_opts *o, hm_arena *arena, hm_story *story,
                      hm_err *err)
{
    world w;
    tale b;
    HM_TRY(make(st, o, arena, &w, err));
    story->first_year = w.story_year;
    story->last_year = w.last_year;
    if (tale_begin(&b, &w, story, arena) != HM_OK)
        return HM_ERR_SYSTEM;
    w.witness = tale_witness(&b);
    HM_TRY(world_live(&w, world_weeks(&w)));
    HM_TRY(tale_end(&b, &w));
    for (int32_t i = 0; i < st->notes.n; i++)
        HM_TRY(hm_notes_add(&story->notes, arena, "%s", st->notes.text[i]));
    HM_TRY(note_search(st, story, arena));
    if (o->n_future > 0)
        return future_count(&st->scenario, o, &st->params, st->own_future, arena, story, err);
    return HM_OK;
}

hm_status hm_story_told_future(const hm_scenario *s, const hm_live_opts *o, hm_arena *arena,
                               int32_t *future, hm_err *err)
{
    stage st;
    HM_TRY(prepare(s, o, arena, &st, err));
    bool branches = s->world.search > 0 || s->world.future >= 0;
    *future = !branches ? -1 : st.own_future < 0 ? 0 : st.own_future;
    return HM_OK;
}

hm_status hm_story_live(const hm_scenario *s, const hm_live_opts *o, hm_arena *arena,
                        hm_story *story, hm_err *err)
{
    stage st;
    HM_TRY(prepare(s, o, arena, &st, err));
    hm_story out = {.title = s->title,
                    .title_ja = s->title_ja,
                    .scenario = s->source,
                    .seed = o->seed,
                    .year_begins = s->world.cut_off};
    hm_status status = tell(&st, o, arena, &out, err);
    if (status == HM_ERR_SYSTEM)
        return no_memory(s, err);
    HM_TRY(status);
    HM_TRY(hm_story_check(&out, err));
    *story = out;
    return HM_OK;
}

/* ---- one life again ---- */

typedef struct diary {
    hm_arena *arena;
    int32_t person;
    hm_encounters *met;
} diary;

static hm_status keep(void *ctx, const world *w, int32_t one, const hm_encounter *e)
{
    (void)w;
    diary *d = ctx;
    if (one != d->person)
        return HM_OK;
    hm_encounter *all = HM_GROW(d->arena, d->met->met, d->met->n, &d->met->cap);
    if (!all)
        return HM_ERR_SYSTEM;
    d->met->met = all;
    d->met->met[d->met->n++] = *e;
    return HM_OK;
}

hm_status hm_story_meet(const hm_scenario *s, const hm_live_opts *o, int32_t person,
                        hm_arena *arena, hm_encounters *met, hm_one *end, hm_err *err)
{
    stage st;
    world w;
    hm_encounters out = {0};
    diary d = {arena, person, &out};
    HM_TRY(prepare(s, o, arena, &st, err));
    HM_TRY(make(&st, o, arena, &w, err));
    w.witness = (world_witness){.ctx = &d, .met = keep};
    if (world_live(&w, world_weeks(&w)) != HM_OK)
        return no_memory(s, err);
    *met = out;
    *end = w.one[person];
    return HM_OK;
}

hm_status hm_story_relive(const hm_scenario *s, const hm_live_opts *o, int32_t person,
                          const hm_encounters *met, hm_arena *arena, hm_one *end, hm_err *err)
{
    stage st;
    world w;
    HM_TRY(prepare(s, o, arena, &st, err));
    HM_TRY(make(&st, o, arena, &w, err));
    hm_one *one = &w.one[person];
    int32_t at = 0;
    for (w.year = w.first[person]; w.year <= w.last_year; w.year++)
        for (w.week = 0; w.week < HM_YEAR_WEEKS; w.week++) {
            hm_week now = world_week(&w, person);
            if (w.week == 0)
                hm_one_season(&w.params, one, &now);
            hm_one_live(&w.params, one, &now, NULL);
            /* those of the end of the year come after the rest: a squad takes or lets go */
            for (; at < met->n && met->met[at].year == w.year && met->met[at].week == w.week &&
                   met->met[at].kind != HM_MET_SQUAD;
                 at++)
                (void)hm_one_meet(&w.params, one, &now, &met->met[at]);
            hm_one_rest(&w.params, one, &now);
            for (; at < met->n && met->met[at].year == w.year && met->met[at].week == w.week; at++)
                (void)hm_one_meet(&w.params, one, &now, &met->met[at]);
        }
    *end = *one;
    return HM_OK;
}
