#include "world_priv.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/rng.h"
#include "data/date.h"
#include "life/kind.h"
#include "num/stat.h"

enum { REGIONS = 47, CLASSES_BESIDE = 5, LAST_AGE = 30 };

/* Numbers of HM_FOR_PERSON and HM_FOR_CLUB that only a story draws; only grow. */
enum { DRAW_TALENT = 64, DRAW_REGION = 64 };

/* ---- the calendar ---- */

int32_t world_day(const world *w, int32_t year, int32_t week)
{
    return hm_date_number((hm_date){year, w->cut_month, w->cut_day}) + 7 * week;
}

static int32_t day_of(const char *date)
{
    hm_date d = {1, 1, 1};
    HM_ASSERT(hm_date_parse(date, &d));
    return hm_date_number(d);
}

/* School year of a day. */
static int32_t year_of(const world *w, int32_t day)
{
    int32_t year = hm_date_of(day).year;
    return day < world_day(w, year, 0) ? year - 1 : year;
}

int32_t world_week_of(const world *w, const char *date)
{
    int32_t day = day_of(date), year = year_of(w, day);
    int32_t week = (day - world_day(w, year, 0)) / 7;
    int32_t at =
        (year - w->first_year) * HM_YEAR_WEEKS + (week < HM_YEAR_WEEKS ? week : HM_YEAR_WEEKS - 1);
    return at < 0 ? 0 : at;
}

int32_t world_now(const world *w)
{
    return (w->year - w->first_year) * HM_YEAR_WEEKS + w->week;
}

int32_t world_story_week(const world *w)
{
    int32_t at = (w->year - w->story_year) * HM_YEAR_WEEKS + w->week;
    return at < 0 ? -1 : at;
}

int32_t world_weeks(const world *w)
{
    return (w->last_year - w->first_year + 1) * HM_YEAR_WEEKS;
}

hm_week world_week(const world *w, int32_t one)
{
    return hm_one_week_of(&w->one[one], w->seed, world_future(w), w->year, w->week);
}

uint32_t world_future(const world *w)
{
    int32_t now = world_now(w);
    return now >= w->branch_2 ? w->future_2 : now >= w->branch ? w->future : 0;
}

bool world_is_off(const world *w, const char *name)
{
    for (int32_t i = 0; i < w->scenario->n_switch; i++)
        if (w->off && w->off[i] && strcmp(w->scenario->change[i].name, name) == 0)
            return true;
    return false;
}

bool world_has(const world *w, const hm_scenario_event *e)
{
    return !world_is_off(w, e->without) && (!e->unless[0] || world_is_off(w, e->unless));
}

bool world_lives(const world *w, int32_t one)
{
    if (w->year < w->first[one])
        return false;
    bool is_pinned = one < w->n_pinned;
    if (is_pinned && world_is_off(w, w->scenario->person[one].without))
        return false;
    return is_pinned || w->one[one].state.standing != HM_STANDING_LEFT;
}

/* ---- making: the pinned ---- */

static double or_else(double pinned, double drawn)
{
    return isnan(pinned) ? drawn : pinned;
}

static void pin_kind(hm_person *p, hm_way *way, double belief[], const hm_kind *k)
{
    p->talent_z = k->talent_z;
    p->timing_y = k->timing_y;
    p->trainable_ln = k->trainable_ln;
    p->fragility = k->fragility;
    p->competitive_z = k->competitive_z;
    p->anxiety_z = k->anxiety_z;
    p->confidence_z = k->confidence_z;
    p->motivation_z = k->motivation_z;
    p->stubborn_frac = k->stubborn_frac;
    p->sociable_frac = k->sociable_frac;
    p->win_frac = k->win_frac;
    way->start_age_y = k->start_age_y;
    way->load_ratio = k->load_ratio;
    way->first_technique = k->technique;
    way->n_path = k->n_path;
    way->path = k->path;
    for (int b = 0; b < HM_BELIEF_COUNT; b++)
        belief[b] = k->belief[b];
}

static void pin_person(hm_person *p, const hm_scenario_person *s)
{
    p->height_ratio = or_else(s->height_ratio, p->height_ratio);
    p->timing_y = or_else(s->timing_y, p->timing_y);
    p->trainable_ln = or_else(s->trainable_ln, p->trainable_ln);
    p->mass_z = or_else(s->mass_z, p->mass_z);
    p->leg_z = or_else(s->leg_z, p->leg_z);
    p->talent_z = or_else(s->talent_z, p->talent_z);
    p->slope_z = or_else(s->slope_z, p->slope_z);
    p->fragility = or_else(s->fragility, p->fragility);
    p->competitive_z = or_else(s->competitive_z, p->competitive_z);
    p->anxiety_z = or_else(s->anxiety_z, p->anxiety_z);
    p->confidence_z = or_else(s->confidence_z, p->confidence_z);
    p->motivation_z = or_else(s->motivation_z, p->motivation_z);
    p->stubborn_frac = or_else(s->stubborn_frac, p->stubborn_frac);
    p->sociable_frac = or_else(s->sociable_frac, p->sociable_frac);
    p->win_frac = or_else(s->win_frac, p->win_frac);
}

static uint64_t id_of(const char *text)
{
    return hm_hash(HM_HASH_START, text, strlen(text)) & ((UINT64_C(1) << 39) - 1);
}

uint64_t world_club_key(const char *name)
{
    return UINT64_C(1) << 40 | id_of(name);
}

static int32_t region_of(uint64_t seed, uint64_t id)
{
    return 1 + (int32_t)(REGIONS * hm_rng_unit(seed, HM_FOR_CLUB, id, 0, DRAW_REGION));
}

/* Nobody yet: enough to tell a class. */
static world empty_world(const hm_scenario *s, const hm_life_params *params)
{
    world w = {.scenario = s, .params = *params};
    for (int sex = 0; sex < 2; sex++)
        w.join_logit[sex] = hm_join_logit(params, (hm_sex)sex);
    HM_ASSERT(hm_date_parse_day(s->world.cut_off, &w.cut_month, &w.cut_day));
    return w;
}

/* Of one whom nothing is pinned to. */
static hm_way free_way(const world *w, hm_sex sex)
{
    return (hm_way){.start_age_y = NAN,
                    .join_logit = w->join_logit[sex],
                    .load_ratio = 1,
                    .active_until_y = NAN,
                    .first_technique = NAN};
}

static hm_way way_of(const world *w, const hm_scenario_person *s, hm_person *p, double belief[])
{
    hm_way way = free_way(w, p->sex);
    for (int b = 0; b < HM_BELIEF_COUNT; b++)
        belief[b] = NAN;
    if (s->kind[0])
        pin_kind(p, &way, belief, hm_kind_named(s->kind));
    way.start_age_y = or_else(s->start_age_yr, way.start_age_y);
    way.load_ratio = or_else(s->load_ratio, way.load_ratio);
    way.active_until_y = s->active_until_yr;
    way.first_technique = or_else(s->technique, way.first_technique);
    if (s->n_path) {
        way.n_path = s->n_path;
        way.path = s->path;
    }
    for (int b = 0; b < HM_BELIEF_COUNT; b++)
        belief[b] = or_else(s->belief[b], belief[b]);
    return way;
}

static hm_one make_person(const world *w, const hm_scenario_person *s, uint64_t seed,
                          const hm_life_params *params)
{
    static const double year_day = 365.25;
    double belief[HM_BELIEF_COUNT];
    hm_sex sex = s->sex < 0 ? w->scenario->world.sex : (hm_sex)s->sex;
    hm_person p = hm_person_draw(seed, id_of(s->id), sex, params);
    hm_way way = way_of(w, s, &p, belief);
    pin_person(&p, s);
    int32_t day = day_of(s->born), year = year_of(w, day);
    p.birth_frac = (day - world_day(w, year, 0)) / year_day;
    int32_t region = s->region ? s->region : region_of(seed, p.id);
    return hm_one_make(params, seed, &p, &way, belief, year, region);
}

hm_one world_person(const hm_scenario *s, const hm_scenario_person *as,
                    const hm_life_params *params)
{
    world w = empty_world(s, params);
    return make_person(&w, as, 0, params);
}

static void make_pinned(world *w, int32_t i)
{
    const hm_scenario_person *s = &w->scenario->person[i];
    w->one[i] = make_person(w, s, w->seed, &w->params);
    w->one[i].has_books = true;
    w->club[i] = s->club[0] ? world_club_key(s->club) : 0;
    w->first[i] = w->one[i].class_year + FIRST_AGE;
}

/* ---- making: the others, the most talented of each year ---- */

static void make_other(world *w, int32_t i, int32_t year, int32_t k)
{
    const hm_scenario_world *of = &w->scenario->world;
    uint64_t id = UINT64_C(1) << 40 | (uint64_t)year << 20 | (uint64_t)k;
    hm_person p = hm_person_draw(w->seed, id, of->sex, &w->params);
    /* as if all had been drawn and all but the best of them been left out */
    double u = hm_rng_unit(w->seed, HM_FOR_PERSON, id, 0, DRAW_TALENT);
    p.talent_z = -hm_normal_of(u * of->others / of->per_year);
    const hm_way way = free_way(w, of->sex);
    w->one[i] = hm_one_make(&w->params, w->seed, &p, &way, NULL, year, region_of(w->seed, id));
    w->first[i] = year + OTHER_FIRST_AGE;
}

static void span(const world *w, int32_t *lo, int32_t *hi)
{
    *lo = INT32_MAX;
    *hi = 0;
    for (int32_t i = 0; i < w->scenario->n_person; i++) {
        int32_t year = year_of(w, day_of(w->scenario->person[i].born));
        *lo = year < *lo ? year : *lo;
        *hi = year > *hi ? year : *hi;
    }
}

static hm_status push_people(world *w)
{
    w->one = HM_PUSH(w->arena, hm_one, w->n);
    w->club = HM_PUSH(w->arena, uint64_t, w->n);
    w->link = HM_PUSH(w->arena, world_link, w->n * RIVAL_MAX);
    w->first = HM_PUSH(w->arena, int32_t, w->n);
    w->scratch = HM_PUSH(w->arena, world_seeded, w->n);
    w->pass = HM_PUSH(w->arena, uint8_t, w->n);
    return w->one && w->club && w->link && w->first && w->scratch && w->pass ? HM_OK
                                                                             : HM_ERR_SYSTEM;
}

hm_status world_make(const hm_scenario *s, const hm_life_params *params, uint64_t seed,
                     const bool *off, hm_arena *arena, world *out, hm_err *err)
{
    world made = empty_world(s, params), *w = &made;
    w->seed = seed;
    w->off = off;
    w->arena = arena;
    w->branch = w->branch_2 = INT32_MAX;
    int32_t lo, hi;
    span(w, &lo, &hi);
    int32_t n_class = hi - lo + 1 + 2 * CLASSES_BESIDE;
    w->n_pinned = s->n_person;
    w->n = s->n_person + n_class * s->world.others;
    w->last_year = s->world.last_year ? s->world.last_year : hi + LAST_AGE;
    w->story_year = w->first_year = lo + FIRST_AGE;
    if (push_people(w) != HM_OK)
        return hm_err_set(err, HM_ERR_SYSTEM, s->source, 0, 0, NULL, "no memory");
    for (int32_t i = 0; i < w->n * RIVAL_MAX; i++)
        w->link[i] = (world_link){.other = -1, .since = -1};
    for (int32_t i = 0; i < w->n_pinned; i++)
        make_pinned(w, i);
    for (int32_t i = 0, at = w->n_pinned; i < n_class; i++)
        for (int32_t k = 0; k < s->world.others; k++)
            make_other(w, at++, lo - CLASSES_BESIDE + i, k);
    int32_t other_year = lo - CLASSES_BESIDE + OTHER_FIRST_AGE;
    if (s->world.others && other_year < w->first_year)
        w->first_year = other_year;
    w->year = w->first_year;
    *out = made;
    return HM_OK;
}

hm_status world_copy(const world *from, hm_arena *arena, world *to)
{
    world w = *from;
    w.arena = arena;
    w.heard = NULL;
    w.n_heard = 0;
    w.cap_heard = 0;
    w.witness = (world_witness){0};
    HM_TRY(push_people(&w));
    size_t n = (size_t)w.n;
    memcpy(w.one, from->one, n * sizeof *w.one);
    memcpy(w.club, from->club, n * sizeof *w.club);
    memcpy(w.link, from->link, n * RIVAL_MAX * sizeof *w.link);
    memcpy(w.first, from->first, n * sizeof *w.first);
    memcpy(w.pass, from->pass, n * sizeof *w.pass);
    *to = w;
    return HM_OK;
}

/* ---- living ---- */

hm_status world_meet(world *w, int32_t one, const hm_encounter *e, hm_met *met)
{
    hm_week at = world_week(w, one);
    hm_met own = hm_one_meet(&w->params, &w->one[one], &at, e);
    if (met)
        *met = own;
    return w->witness.met ? w->witness.met(w->witness.ctx, w, one, e) : HM_OK;
}

static hm_status alone(world *w)
{
    for (int32_t i = 0; i < w->n; i++) {
        if (!world_lives(w, i))
            continue;
        hm_week at = world_week(w, i);
        hm_week_event event;
        if (w->week == 0)
            hm_one_season(&w->params, &w->one[i], &at);
        hm_one_live(&w->params, &w->one[i], &at, &event);
        if (event.injured && w->witness.injury)
            HM_TRY(w->witness.injury(w->witness.ctx, w, i, &event));
    }
    return HM_OK;
}

static hm_status rest(world *w)
{
    for (int32_t i = 0; i < w->n; i++) {
        if (!world_lives(w, i))
            continue;
        hm_week at = world_week(w, i);
        hm_one_rest(&w->params, &w->one[i], &at);
    }
    bool last = w->week == HM_YEAR_WEEKS - 1;
    for (int32_t i = 0; last && i < w->n_pinned && w->witness.season; i++)
        if (world_lives(w, i))
            HM_TRY(w->witness.season(w->witness.ctx, w, i));
    return last ? world_support(w) : HM_OK;
}

static hm_status listen(world *w)
{
    for (int32_t i = 0; i < w->n_heard; i++) {
        const world_heard *h = &w->heard[i];
        hm_met met;
        HM_TRY(world_meet(w, h->to, &h->met, &met));
        if (h->met.kind == HM_MET_PRACTICE) {
            if (w->witness.practice)
                HM_TRY(w->witness.practice(w->witness.ctx, w, h));
            continue;
        }
        if (w->witness.idea)
            HM_TRY(
                w->witness.idea(w->witness.ctx, w, h->to, &h->met, &met, h->relation, h->in_race));
    }
    w->n_heard = 0;
    return HM_OK;
}

hm_status world_live(world *w, int32_t end)
{
    while (world_now(w) < end && w->year <= w->last_year) {
        if (w->week == 0)
            memset(w->pass, 0, (size_t)w->n);
        HM_TRY(alone(w));
        HM_TRY(world_events(w));
        HM_TRY(world_meets(w));
        HM_TRY(world_practices(w));
        HM_TRY(listen(w));
        HM_TRY(rest(w));
        if (++w->week == HM_YEAR_WEEKS) {
            w->week = 0;
            w->year++;
        }
    }
    return HM_OK;
}
