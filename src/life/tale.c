#include "tale_priv.h"

#include <math.h>
#include <string.h>

#include "data/date.h"
#include "life/growth.h"
#include "life/kind.h"
#include "num/dmath.h"

enum { LATE_DAY = 5 }; /* of a week that has no day of its own */

static const double least_idea = 0.01; /* smaller shifts of a belief are not told */

const char *tale_date(const world *w, int32_t year, int32_t week, int32_t day, hm_arena *arena)
{
    hm_date d = hm_date_of(world_day(w, year, week) + day);
    return hm_arena_printf(arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* ---- people ---- */

static const char *born_on(const world *w, const hm_one *one, hm_arena *arena)
{
    hm_date d = hm_date_of(world_day(w, one->class_year, 0) +
                           (int32_t)floor(one->person.birth_frac * 365.25));
    return hm_arena_printf(arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static hm_status add_person(tale *b, const world *w, int32_t one, hm_story_person *p)
{
    hm_story *s = b->story;
    hm_story_person *all = HM_GROW(b->arena, s->person, s->n_person, &b->cap_person);
    if (!all)
        return HM_ERR_SYSTEM;
    s->person = all;
    p->exit_week = -1;
    p->pb_s = p->pb_age_yr = NAN;
    p->exit = "";
    p->sex = w->one[one].person.sex;
    b->number[one] = s->n_person;
    s->person[s->n_person++] = *p;
    return HM_OK;
}

static hm_status add_pinned(tale *b, const world *w, int32_t i)
{
    const hm_scenario_person *of = &w->scenario->person[i];
    int32_t years = w->last_year - w->first[i] + 1;
    hm_story_person p = {.id = of->id,
                         .name = of->name,
                         .name_ja = of->name_ja,
                         .born = of->born,
                         .pinned = true,
                         .kind = of->kind,
                         .kit = of->kit};
    p.season = HM_PUSH(b->arena, hm_story_season, years > 0 ? years : 1);
    return p.season ? add_person(b, w, i, &p) : HM_ERR_SYSTEM;
}

static hm_status add_other(tale *b, const world *w, int32_t one)
{
    hm_story_person p = {.kind = "", .kit = ""};
    p.id = hm_arena_printf(b->arena, "other-%d-%d", w->one[one].class_year,
                           (int)(w->one[one].person.id & 0xfffff) + 1);
    p.born = born_on(w, &w->one[one], b->arena);
    if (!p.id || !p.born)
        return HM_ERR_SYSTEM;
    HM_TRY(tale_name(b->arena, &w->one[one].person, &p.name, &p.name_ja));
    return add_person(b, w, one, &p);
}

static hm_status number_of(tale *b, const world *w, int32_t one, int32_t *out)
{
    if (b->number[one] < 0)
        HM_TRY(add_other(b, w, one));
    *out = b->number[one];
    return HM_OK;
}

hm_status tale_begin(tale *b, const world *w, hm_story *story, hm_arena *arena)
{
    int32_t n_event = w->scenario->n_event;
    *b = (tale){.arena = arena, .story = story};
    b->number = HM_PUSH(arena, int32_t, w->n);
    b->seen = HM_PUSH(arena, bool, n_event + 1);
    b->took_place = HM_PUSH(arena, bool, n_event + 1);
    b->absent = HM_PUSH(arena, int32_t, n_event + 1);
    b->race_of = HM_PUSH(arena, int32_t, n_event + 1);
    if (!b->number || !b->seen || !b->took_place || !b->absent || !b->race_of)
        return HM_ERR_SYSTEM;
    for (int32_t i = 0; i < w->n; i++)
        b->number[i] = -1;
    for (int32_t i = 0; i < n_event; i++)
        b->absent[i] = b->race_of[i] = -1;
    for (int32_t i = 0; i < w->n_pinned; i++)
        HM_TRY(add_pinned(b, w, i));
    return HM_OK;
}

/* ---- seasons ---- */

static const char *standing_word(const hm_one *one)
{
    static const char *const word[] = {"outside", "club", "squad", "left"};
    return word[one->state.standing];
}

static hm_status keep_season(void *ctx, const world *w, int32_t i)
{
    tale *b = ctx;
    const hm_one *one = &w->one[i];
    hm_story_person *p = &b->story->person[i];
    hm_week at = world_week(w, i);
    double age_y = hm_week_age_y(&at, &one->person);
    hm_story_season *s = &p->season[p->n_season++];
    *s = (hm_story_season){.year = w->year,
                           .age_yr = age_y - 1 + 1.0 / HM_YEAR_WEEKS,
                           .stage = hm_stage_of(at.school_age),
                           .standing = standing_word(one),
                           .best_s = one->sb_us ? (double)one->sb_us / 1e6 : (double)NAN,
                           .start_s = hm_exp(one->start_ln),
                           .end_s = hm_one_level_s(&w->params, one, &at),
                           .n_race = one->n_race,
                           .weeks_trained = one->weeks_trained,
                           .weeks_out = one->weeks_out,
                           .height_cm = hm_height_cm(&one->person, age_y),
                           .mass_kg = hm_mass_kg(&one->person, age_y),
                           .technique = (double)one->state.technique,
                           .confidence_z = (double)one->state.confidence_z,
                           .motivation_z = (double)one->state.motivation_z,
                           .burnout_frac = (double)one->state.burnout_frac};
    for (int k = 0; k < HM_BELIEF_COUNT; k++)
        s->belief[k] = hm_belief_of(&one->state, (hm_belief)k);
    for (int k = 0; k < HM_TERM_COUNT; k++)
        s->term_ln[k] = one->season.ln[k] + 0.0; /* no -0 */
    return HM_OK;
}

/* ---- races ---- */

bool tale_all_in(const hm_scenario_event *e, const world_race *r, int32_t *absent)
{
    *absent = -1;
    for (int32_t i = 0; i < e->n_person; i++) {
        bool in = false;
        for (int32_t k = 0; k < r->n; k++)
            in |= r->run[k].one == e->person[i];
        if (!in && *absent < 0)
            *absent = e->person[i];
    }
    return *absent < 0;
}

static int32_t n_pinned_in(const world *w, const world_race *r)
{
    int32_t n = 0;
    for (int32_t i = 0; i < r->n; i++)
        n += r->run[i].one < w->n_pinned;
    return n;
}

static hm_belief firmest(const hm_life_state *s)
{
    hm_belief most = HM_BELIEF_JOY;
    for (int k = 1; k < HM_BELIEF_COUNT; k++)
        if (s->belief[k] > s->belief[most])
            most = (hm_belief)k;
    return most;
}

static hm_status keep_run(tale *b, const world *w, const world_run *r, hm_story_run *out)
{
    const hm_one *one = &w->one[r->one];
    hm_belief belief = firmest(&one->state);
    *out = (hm_story_run){.lane = r->lane,
                          .place = r->place,
                          .time_us = r->time_us,
                          .expected_s = hm_exp(r->day.expected_ln),
                          .age_yr = r->age_y,
                          .height_cm = hm_height_cm(&one->person, r->age_y),
                          .mass_kg = hm_mass_kg(&one->person, r->age_y),
                          .technique = (double)one->state.technique,
                          .anxiety_z = r->day.psych.anxiety_z,
                          .confidence_z = r->day.psych.confidence_z,
                          .n_rival = r->met.day.n_rival,
                          .belief = (int32_t)belief,
                          .belief_frac = hm_belief_of(&one->state, belief)};
    for (int k = 0; k < HM_TERM_COUNT; k++)
        out->term_ln[k] = r->day.account.ln[k] + 0.0;
    return number_of(b, w, r->one, &out->person);
}

static const char *const stage_text[HM_STAGE_COUNT + 1][2] = {
    {"primary schools", "小学校"}, {"junior high schools", "中学校"}, {"high schools", "高校"},
    {"universities", "大学"},      {"companies", "実業団"},           {"the country", "日本"},
};

/* Names of a race that nobody pinned. */
static hm_status name_race(tale *b, const world_race *r, hm_story_race *out)
{
    int32_t of = r->country ? HM_STAGE_COUNT : (int32_t)r->stage;
    const char *word = r->country ? "country" : hm_stage_of_life_word(r->stage);
    const char *level = hm_meet_level_word(r->level);
    if (r->place > 0) {
        out->id = hm_arena_printf(b->arena, "%d-%s-%s-%d", r->year, word, level, r->place);
        out->name = hm_arena_printf(b->arena, "%s %d, %s",
                                    r->level == HM_MEET_BLOCK ? "Block" : "Prefecture", r->place,
                                    stage_text[of][0]);
        out->name_ja = hm_arena_printf(
            b->arena, "%s%s大会", r->level == HM_MEET_BLOCK ? "地区" : "県", stage_text[of][1]);
    } else {
        bool is_final = r->level == HM_MEET_FINAL;
        out->id = is_final
                      ? hm_arena_printf(b->arena, "%d-%s-final", r->year, word)
                      : hm_arena_printf(b->arena, "%d-%s-semi-%u", r->year, word, r->round_no + 1);
        out->name = hm_arena_printf(b->arena, "Nationals of %s", stage_text[of][0]);
        out->name_ja = hm_arena_printf(b->arena, "%s選手権", stage_text[of][1]);
    }
    return out->id && out->name && out->name_ja ? HM_OK : HM_ERR_SYSTEM;
}

static hm_status head_race(tale *b, const world *w, const world_race *r, hm_story_race *out)
{
    const hm_scenario_event *e = r->event;
    *out = (hm_story_race){.venue = "stadium",
                           .stage = r->stage,
                           .level = hm_meet_level_word(r->level),
                           .round = r->round,
                           .week = world_story_week(w),
                           .wind_mps = r->wind_mps,
                           .temp_c = r->temp_c};
    if (!e)
        HM_TRY(name_race(b, r, out));
    if (e) {
        out->id = e->id;
        out->name = e->name;
        out->name_ja = e->name_ja;
        out->venue = e->venue[0] ? e->venue : "stadium";
        out->round = e->round[0] ? e->round : r->round;
        out->standing_start = e->standing_start;
        out->hand_timed = e->hand_timed;
    }
    bool own_day = e && world_week_of(w, e->date) == world_now(w);
    /* heats on the first day of the week, finals later */
    int32_t day = r->level == HM_MEET_NATIONAL ? 0 : LATE_DAY;
    out->date = own_day ? e->date : tale_date(w, r->year, r->week, day, b->arena);
    return out->date ? HM_OK : HM_ERR_SYSTEM;
}

static hm_status keep_meetings(tale *b, const world_race *r, int32_t n_pinned)
{
    hm_story *s = b->story;
    for (int32_t i = 0; i < r->n; i++)
        for (int32_t k = i + 1; k < r->n; k++) {
            int32_t lo = r->run[i].one < r->run[k].one ? r->run[i].one : r->run[k].one;
            int32_t hi = r->run[i].one + r->run[k].one - lo, count = 1;
            if (hi >= n_pinned)
                continue;
            for (int32_t m = 0; m < s->n_meeting; m++)
                count += s->meeting[m].a == lo && s->meeting[m].b == hi;
            hm_story_meeting *all = HM_GROW(b->arena, s->meeting, s->n_meeting, &b->cap_meeting);
            if (!all)
                return HM_ERR_SYSTEM;
            s->meeting = all;
            s->meeting[s->n_meeting++] = (hm_story_meeting){lo, hi, s->n_race - 1, count};
        }
    return HM_OK;
}

static hm_status keep_race(void *ctx, const world *w, const world_race *r)
{
    tale *b = ctx;
    hm_story *s = b->story;
    ptrdiff_t event = r->event ? r->event - w->scenario->event : -1;
    if (event >= 0) {
        b->took_place[event] = true;
        b->seen[event] = tale_all_in(r->event, r, &b->absent[event]);
    }
    bool room = s->n_person + r->n <= HM_STORY_PEOPLE_MAX && s->n_race < HM_STORY_RACE_MAX;
    if (!room || world_story_week(w) < 0 || (event < 0 && (n_pinned_in(w, r) == 0 || r->n < 2)))
        return HM_OK;
    hm_story_race race;
    HM_TRY(head_race(b, w, r, &race));
    race.n_run = r->n;
    race.run = HM_PUSH(b->arena, hm_story_run, r->n);
    hm_story_race *all = HM_GROW(b->arena, s->race, s->n_race, &b->cap_race);
    if (!race.run || !all)
        return HM_ERR_SYSTEM;
    s->race = all;
    for (int32_t i = 0; i < r->n; i++)
        HM_TRY(keep_run(b, w, &r->run[i], &race.run[i]));
    if (event >= 0)
        b->race_of[event] = s->n_race;
    s->race[s->n_race++] = race;
    return keep_meetings(b, r, w->n_pinned);
}

/* ---- ideas and injuries ---- */

/* The race of this week in which both were. */
static int32_t race_of_both(const hm_story *s, int32_t week, int32_t a, int32_t b)
{
    for (int32_t i = s->n_race - 1; i >= 0 && s->race[i].week == week; i--) {
        int32_t n = 0;
        for (int32_t k = 0; k < s->race[i].n_run; k++)
            n += s->race[i].run[k].person == a || s->race[i].run[k].person == b;
        if (n == 2)
            return i;
    }
    return -1;
}

static hm_status keep_idea(void *ctx, const world *w, int32_t to, const hm_encounter *e,
                           const hm_met *met, hm_relation relation, bool in_race)
{
    static const char *const how[] = {"teach", "rival", "club", "race", "broadcast"};
    tale *b = ctx;
    hm_story *s = b->story;
    bool told = to < w->n_pinned && world_story_week(w) >= 0 &&
                fabs(met->after - met->before) >= least_idea;
    if (!told || (b->number[e->from] < 0 && s->n_person == HM_STORY_PEOPLE_MAX))
        return HM_OK;
    hm_story_idea idea = {.to = to,
                          .belief = (int32_t)e->belief,
                          .week = world_story_week(w),
                          .race = -1,
                          .how = how[relation],
                          .before = met->before,
                          .after = met->after};
    HM_TRY(number_of(b, w, e->from, &idea.from));
    if (in_race)
        idea.race = race_of_both(s, idea.week, idea.from, to);
    idea.date = idea.race >= 0 ? s->race[idea.race].date
                               : tale_date(w, w->year, w->week, LATE_DAY, b->arena);
    hm_story_idea *all = HM_GROW(b->arena, s->idea, s->n_idea, &b->cap_idea);
    if (!all || !idea.date)
        return HM_ERR_SYSTEM;
    s->idea = all;
    s->idea[s->n_idea++] = idea;
    return HM_OK;
}

static hm_status keep_practice(void *ctx, const world *w, const world_heard *h)
{
    tale *b = ctx;
    hm_story *s = b->story;
    const hm_encounter *e = &h->met;
    if (h->to >= w->n_pinned || world_story_week(w) < 0)
        return HM_OK;
    hm_story_practice p = {.person = h->to,
                           .from = -1,
                           .week = world_story_week(w),
                           .practice = hm_practice_word(e->practice),
                           .around = e->n_around};
    bool room = e->from >= 0 && (b->number[e->from] >= 0 || s->n_person < HM_STORY_PEOPLE_MAX);
    if (room)
        HM_TRY(number_of(b, w, e->from, &p.from));
    p.date = tale_date(w, w->year, w->week, LATE_DAY, b->arena);
    hm_story_practice *all = HM_GROW(b->arena, s->practice, s->n_practice, &b->cap_practice);
    if (!all || !p.date)
        return HM_ERR_SYSTEM;
    s->practice = all;
    s->practice[s->n_practice++] = p;
    return HM_OK;
}

static hm_status keep_injury(void *ctx, const world *w, int32_t one, const hm_week_event *e)
{
    tale *b = ctx;
    hm_story *s = b->story;
    if (one >= w->n_pinned || world_story_week(w) < 0)
        return HM_OK;
    hm_story_injury *all = HM_GROW(b->arena, s->injury, s->n_injury, &b->cap_injury);
    const char *date = tale_date(w, w->year, w->week, LATE_DAY, b->arena);
    if (!all || !date)
        return HM_ERR_SYSTEM;
    s->injury = all;
    s->injury[s->n_injury++] = (hm_story_injury){
        one, world_story_week(w), date, hm_site_word(e->site), e->days_out, e->recurrence};
    return HM_OK;
}

world_witness tale_witness(tale *b)
{
    return (world_witness){b, keep_race, keep_idea, keep_practice, keep_injury, keep_season, NULL};
}
