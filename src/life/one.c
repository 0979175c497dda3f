#include "life/one.h"

#include <math.h>

#include "base/rng.h"
#include "num/dmath.h"

/* Numbers of the key HM_FOR_CAREER that a life of a story draws; only grow. */
enum { DRAW_JOIN = 0, DRAW_LEAVE = 1 };

enum { CLUBS_NEAR = 20, LEAVE_WEEKS = 13, FIRST_AGE = 7 };

/* ---- making ---- */

/* The club that is his by his key: of his region, of this school. */
static uint64_t own_club(uint64_t seed, const hm_one *one, int32_t school_age)
{
    hm_stage_of_life stage = hm_stage_of(school_age);
    int32_t choice = hm_club_choice(seed, one->person.id, stage, CLUBS_NEAR);
    return ((uint64_t)one->region * HM_STAGE_COUNT + (uint64_t)stage) * CLUBS_NEAR +
           (uint64_t)choice;
}

hm_one hm_one_make(const hm_life_params *q, uint64_t seed, const hm_person *person,
                   const hm_way *way, const double *belief, int32_t class_year, int32_t region)
{
    hm_one one = {.person = *person, .way = *way, .class_year = class_year, .region = region};
    one.state = hm_life_state_first(seed, person, q);
    if (!isnan(way->first_technique))
        one.state.technique = (float)way->first_technique;
    for (int b = 0; belief && b < HM_BELIEF_COUNT; b++)
        if (!isnan(belief[b]))
            hm_belief_set(&one.state, (hm_belief)b, belief[b]);
    one.club = hm_club_draw(q, seed, own_club(seed, &one, FIRST_AGE));
    return one;
}

/* ---- a season ---- */

double hm_one_level_s(const hm_life_params *q, const hm_one *one, const hm_week *w)
{
    hm_level level = hm_level_of(q, &one->person, &one->state, hm_week_age_y(w, &one->person));
    return hm_level_s(&level);
}

void hm_one_season(const hm_life_params *q, hm_one *one, const hm_week *w)
{
    double eve_y = hm_week_age_y(w, &one->person) - 1.0 / HM_YEAR_WEEKS;
    if (one->has_books) {
        hm_level level = hm_level_of(q, &one->person, &one->state, eve_y);
        one->start_ln = hm_level_ln(&level);
        one->season = (hm_account){{0}};
    }
    one->last_s = (double)one->sb_us / 1e6;
    one->sb_us = 0;
    one->state.sb_s = 0;
    one->n_race = one->weeks_trained = one->weeks_out = 0;
    one->hurt = false;
    if (hm_stage_of(w->school_age) != hm_stage_of(w->school_age - 1))
        one->club = hm_club_draw(q, w->seed, own_club(w->seed, one, w->school_age));
}

/* ---- a week alone ---- */

static double chance(const hm_one *one, const hm_week *w, uint32_t what)
{
    return hm_rng_unit(w->seed, HM_FOR_CAREER, one->person.id, hm_week_when(w),
                       hm_week_draw(w, what));
}

static hm_career_case case_of(const hm_life_params *q, const hm_one *one, const hm_week *w)
{
    hm_idea_effect ideas = hm_idea_effect_of(q, &one->state);
    return (hm_career_case){.sex = one->person.sex,
                            .school_age = w->school_age,
                            .class_age_y = hm_class_age_y(w->school_age, w->week),
                            .t_s = hm_one_level_s(q, one, w),
                            .motivation_z = (double)one->state.motivation_z,
                            .burnout_frac = (double)one->state.burnout_frac,
                            .exit_ratio = ideas.exit_ratio,
                            .injured = one->hurt,
                            .squad = one->state.standing == HM_STANDING_SQUAD};
}

static void join(const hm_life_params *q, hm_one *one, const hm_week *w)
{
    if (!isnan(one->way.start_age_y)) {
        if (hm_week_age_y(w, &one->person) >= one->way.start_age_y)
            one->state.standing = HM_STANDING_CLUB;
        return;
    }
    if (w->week != 0 || !hm_can_join(w->school_age))
        return;
    hm_career_case c = case_of(q, one, w);
    c.join_logit = one->way.join_logit;
    if (chance(one, w, DRAW_JOIN) < hm_join_chance(q, &c))
        one->state.standing = HM_STANDING_CLUB;
}

static double path_at(const hm_way *way, double age_y)
{
    double to = 0;
    for (int32_t i = 0; i < way->n_path && way->path[i].age_yr <= age_y; i++)
        to = way->path[i].technique;
    return to;
}

static hm_week_plan plan_of(const hm_life_params *q, const hm_one *one, const hm_week *w)
{
    double age_y = hm_week_age_y(w, &one->person);
    hm_idea_effect ideas = hm_idea_effect_of(q, &one->state);
    bool squad = one->state.standing == HM_STANDING_SQUAD;
    hm_week_plan plan = hm_club_plan(q, &one->club, squad, &ideas, age_y);
    plan.load *= one->way.load_ratio;
    plan.load_idea *= one->way.load_ratio;
    plan.technique_to = fmax(plan.technique_to, one->coach_to);
    if (one->way.n_path > 0)
        plan.technique_to = fmax(path_at(&one->way, age_y), one->coach_to);
    if (!hm_one_is_active(one)) {
        plan.load = plan.load_idea = 0;
        plan.taught = one->way.n_path > 0 && one->state.standing == HM_STANDING_OUTSIDE;
    }
    return plan;
}

void hm_one_live(const hm_life_params *q, hm_one *one, const hm_week *w, hm_week_event *event)
{
    hm_week_event own, *e = event ? event : &own;
    if (one->state.standing == HM_STANDING_OUTSIDE)
        join(q, one, w);
    hm_week_plan plan = plan_of(q, one, w);
    plan.spared = one->spared_weeks > 0;
    one->spared_weeks -= plan.spared;
    hm_week_live(q, &one->person, w, &plan, &one->state, one->has_books ? &one->season : NULL, e);
    bool is_out = one->state.out_weeks > 0;
    one->hurt |= e->injured;
    one->weeks_out += is_out && hm_one_is_active(one);
    one->weeks_trained += !is_out && plan.load > 0;
    one->pressure = 0;
}

/* ---- the end of a week ---- */

static void mood(const hm_life_params *q, hm_one *one, const hm_idea_effect *ideas)
{
    double progress = 0, sb_s = (double)one->sb_us / 1e6;
    if (sb_s > 0 && one->last_s > 0)
        progress = fmin(fmax((one->last_s - sb_s) / one->last_s / 0.01, -1), 1);
    hm_week_mood m = {.progress = progress,
                      /* the sociable know more of their clubmates; assumed */
                      .belonging = 2 * one->person.sociable_frac - 1,
                      .autonomy = one->club.autonomy,
                      .pressure = one->pressure,
                      .load = one->state.out_weeks ? 0 : 1,
                      .injured = one->state.out_weeks > 0};
    hm_mind_week(q, &one->person, &one->state, &m, ideas);
}

static void leave(const hm_life_params *q, hm_one *one, const hm_week *w)
{
    bool school = hm_is_school_end(w->school_age), last = w->week == HM_YEAR_WEEKS - 1;
    if (hm_week_age_y(w, &one->person) < one->way.active_until_y)
        return;
    if (school ? !last : w->week % LEAVE_WEEKS != LEAVE_WEEKS - 1)
        return;
    hm_career_case c = case_of(q, one, w);
    double p = hm_leave_chance(q, &c);
    if (chance(one, w, DRAW_LEAVE) >= (school ? p : hm_chance_in_weeks(p, LEAVE_WEEKS)))
        return;
    one->exit = hm_leave_cause(q, &c);
    one->exit_when = (int32_t)hm_week_when(w);
    one->state.standing = HM_STANDING_LEFT;
}

void hm_one_rest(const hm_life_params *q, hm_one *one, const hm_week *w)
{
    if (!hm_one_is_active(one))
        return;
    hm_idea_effect ideas = hm_idea_effect_of(q, &one->state);
    mood(q, one, &ideas);
    leave(q, one, w);
}

/* ---- encounters ---- */

int64_t hm_one_time_us(double ln_t)
{
    return (int64_t)floor(hm_exp(ln_t) * 1e6 + 0.5);
}

static hm_met race(const hm_life_params *q, hm_one *one, const hm_week *w, const hm_encounter *e)
{
    hm_idea_effect ideas = hm_idea_effect_of(q, &one->state);
    hm_met met = {.day = hm_day_run(q, &one->person, &one->state, w, &e->day)};
    met.time_us = hm_one_time_us(met.day.ln_t);
    if (one->sb_us == 0 || met.time_us < one->sb_us)
        one->sb_us = met.time_us;
    if (one->pb_us == 0 || met.time_us < one->pb_us) {
        one->pb_us = met.time_us;
        one->pb_age_y = hm_week_age_y(w, &one->person);
    }
    one->state.sb_s = (float)((double)one->sb_us / 1e6);
    one->state.pb_s = (float)((double)one->pb_us / 1e6);
    one->n_race++;
    one->pressure = fmax(one->pressure, hm_pressure(e->day.level, e->day.p_win, &ideas));
    const hm_race_tale tale = {met.day.expected_ln - met.day.ln_t, e->won, e->beaten_by_rival};
    hm_mind_after_race(q, &one->person, &one->state, &tale, &ideas);
    return met;
}

static hm_met hear(const hm_life_params *q, hm_one *one, const hm_encounter *e)
{
    hm_met met = {.before = hm_belief_of(&one->state, e->belief)};
    if (q->ideas)
        hm_belief_set(&one->state, e->belief,
                      hm_idea_heard(q, &one->person, met.before, e->from_frac, e->weight));
    met.after = hm_belief_of(&one->state, e->belief);
    return met;
}

/* One session after the other, each a share of what is left; booked to who showed it. */
static hm_met learn(const hm_life_params *q, hm_one *one, const hm_encounter *e)
{
    hm_met met = {.before = (double)one->state.technique};
    double core = hm_core_ln(q, &one->person, &one->state);
    for (int32_t i = 0; i < e->sessions; i++) {
        double gap = fmax(e->technique - (double)one->state.technique, 0);
        one->state.technique = (float)((double)one->state.technique + q->teach_frac * gap);
    }
    if (one->has_books)
        one->season.ln[HM_TERM_IDEA] += hm_core_ln(q, &one->person, &one->state) - core;
    met.after = (double)one->state.technique;
    return met;
}

static void hurt(hm_one *one, const hm_encounter *e)
{
    static const double most_weeks = 200;
    hm_life_state *s = &one->state;
    s->history |= e->site == HM_SITE_HAMSTRING ? HM_HAD_HAMSTRING : HM_HAD_OTHER;
    s->site = (uint8_t)e->site;
    s->out_weeks = (uint8_t)fmin(fmax(floor(e->days_out / 7 + 0.5), 1), most_weeks);
    one->hurt = true;
}

hm_met hm_one_meet(const hm_life_params *q, hm_one *one, const hm_week *w, const hm_encounter *e)
{
    switch (e->kind) {
    case HM_MET_RACE:
        return race(q, one, w, e);
    case HM_MET_IDEA:
        return hear(q, one, e);
    case HM_MET_PRACTICE:
        if (q->ideas)
            one->state.practice |= (uint8_t)(1u << e->practice);
        break;
    case HM_MET_TEACHER:
        return learn(q, one, e);
    case HM_MET_COACH:
        one->coach_to = e->technique;
        break;
    case HM_MET_MOVE:
        one->region = e->region ? e->region : one->region;
        one->club = hm_club_draw(q, w->seed, e->club);
        break;
    case HM_MET_SQUAD:
        if (hm_one_is_active(one))
            one->state.standing = e->taken ? HM_STANDING_SQUAD : HM_STANDING_CLUB;
        break;
    case HM_MET_INJURY:
        if (q->injury)
            hurt(one, e);
        break;
    case HM_MET_LEAVE:
        one->exit = HM_EXIT_LIFE;
        one->exit_when = (int32_t)hm_week_when(w);
        one->state.standing = HM_STANDING_LEFT;
        break;
    case HM_MET_RETURN:
        one->state.standing = HM_STANDING_CLUB;
        break;
    case HM_MET_SPARED:
        one->spared_weeks = e->weeks;
    }
    return (hm_met){0};
}
