#include "cohort_priv.h"

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "num/dmath.h"

/* Months of the year with a club trial: April to June, September, October. */
static const bool trial_month[HM_YEAR_MONTHS] = {true, true, true, false, false, true, true, false};

/* ---- the runners of a district ---- */

static double belonging(const cohort_engine *e, int32_t i, int32_t n_mate)
{
    static const float linked = 0.5f;
    if (n_mate < 2 || !e->rivals) /* too few to be left out by */
        return 0;
    int32_t n = 0, most = n_mate < HM_RIVAL_LINKS ? n_mate : HM_RIVAL_LINKS;
    for (int k = 0; k < HM_RIVAL_LINKS; k++)
        n += e->rivals[i].strength[k] > linked;
    return 2 * fmin((double)n / most, 1) - 1;
}

static double progress(const cohort_engine *e, int32_t i)
{
    double now_s = (double)e->state[i].sb_s, last_s = (double)e->record[i].last_sb_s;
    if (now_s == 0 || last_s == 0)
        return 0;
    return fmin(fmax((last_s - now_s) / last_s / 0.01, -1), 1);
}

/* In the order of clubs; those of one by level, then number. */
static int by_level(const void *a, const void *b)
{
    const cohort_place *x = a, *y = b;
    if (x->level_s != y->level_s)
        return x->level_s < y->level_s ? -1 : 1;
    return x->r->i < y->r->i ? -1 : x->r->i > y->r->i;
}

static void order_runners(const cohort_engine *e, cohort_room *room, int32_t n)
{
    int32_t first = 0;
    for (int32_t c = 0; c < e->opts.clubs; c++) {
        room->club_first[c] = first;
        first += room->n_mate[c];
    }
    for (int32_t k = 0; k < n; k++) {
        cohort_runner *r = &room->runner[k];
        room->place[room->club_first[r->club]++] = (cohort_place){r->level_s, r};
    }
    for (int32_t c = 0, from = 0; c < e->opts.clubs; from += room->n_mate[c++])
        qsort(room->place + from, (size_t)room->n_mate[c], sizeof *room->place, by_level);
    for (int32_t k = 0; k < n; k++)
        room->order[k] = room->place[k].r;
}

static void set_up(cohort_engine *e, cohort_room *room, int32_t district, int32_t week)
{
    const int32_t *member = e->member + e->district_first[district];
    int32_t n = e->n_member[district], *n_mate = room->n_mate;
    hm_stage_of_life stage = hm_stage_of(e->school_age);
    for (int32_t c = 0; c < e->opts.clubs; c++) {
        room->club[c] =
            hm_club_draw(&e->quick.params, e->opts.seed, cohort_club_id(e, district, c));
        n_mate[c] = 0;
    }
    for (int32_t k = 0; k < n; k++) {
        cohort_runner *r = room->order[k] = &room->runner[k];
        cohort_runner_init(e, r, member[k]);
        r->club = hm_club_choice(e->opts.seed, r->p->id, stage, e->opts.clubs);
        n_mate[r->club]++;
    }
    for (int32_t k = 0; k < n; k += COHORT_HEAT)
        cohort_levels(e, n - k < COHORT_HEAT ? n - k : COHORT_HEAT, room->order + k, week);
    bool may_leave = !e->opts.everybody && !hm_is_school_end(e->school_age);
    for (int32_t k = 0; k < n; k++) {
        cohort_runner *r = &room->runner[k];
        r->mood_belonging = belonging(e, r->i, n_mate[r->club] - 1);
        r->mood_progress = progress(e, r->i);
        if (may_leave) {
            hm_career_case c = cohort_case(e, r, week);
            r->leave_month =
                hm_chance_in_weeks(hm_leave_chance(&e->quick.params, &c), HM_MONTH_WEEKS);
        }
    }
    order_runners(e, room, n);
}

/* ---- a month ---- */

/* Does he leave in this month? Four months to a draw. */
static bool leaves(const cohort_engine *e, const cohort_runner *r, int32_t month)
{
    enum { LEAVE = 1 }; /* of HM_FOR_CAREER */
    if (r->leave_month <= 0)
        return false;
    uint32_t when = (uint32_t)(e->school_age * HM_YEAR_MONTHS + month);
    hm_draw4 d = hm_rng(e->opts.seed, HM_FOR_CAREER, r->p->id, when / 4, LEAVE);
    return (d.u[when % 4] + 0.5) / 4294967296.0 < r->leave_month;
}

static void live_month(cohort_engine *e, cohort_pref *pref, const cohort_room *room,
                       cohort_runner *r, int32_t month)
{
    hm_life_state *s = &e->state[r->i];
    cohort_record *rec = &e->record[r->i];
    const hm_club *club = &room->club[r->club];
    bool squad = s->standing == HM_STANDING_SQUAD;
    hm_week w = {.seed = e->opts.seed, .school_age = e->school_age, .week = month * HM_MONTH_WEEKS};
    double age_y = hm_week_age_y(&w, r->p);
    if (age_y >= r->plan_to_y) {
        r->plan = hm_club_plan(&e->quick.params, club, squad, &r->ideas, age_y);
        r->plan_to_y = hm_load_to_y(age_y);
    }
    const hm_week_plan *plan = &r->plan;
    hm_quick_event event = {0};
    hm_quick_month(&e->quick, r->p, &w, plan, s, &event);
    if (event.n_injury) {
        rec->n_injury = (uint8_t)(rec->n_injury + event.n_injury);
        rec->n_hamstring = (uint8_t)(rec->n_hamstring + event.n_hamstring);
        pref->count.injury += event.n_injury;
        pref->count.injury_long += event.n_long;
        pref->count.days_out += event.days_out;
    }
    bool out = s->out_weeks > 0;
    hm_meet_level level = squad ? HM_MEET_BLOCK : HM_MEET_CLUB;
    hm_week_mood mood = {.progress = r->mood_progress,
                         .belonging = r->mood_belonging,
                         .autonomy = club->autonomy,
                         .pressure = hm_pressure(level, 0, &r->ideas),
                         .load = out ? 0 : plan->load + plan->load_idea,
                         .injured = out};
    hm_quick_mind(&e->quick, r->p, s, &mood, &r->ideas);
    if (leaves(e, r, month)) {
        hm_career_case c = cohort_case(e, r, w.week);
        cohort_leave(e, pref, r->i, hm_leave_cause(&e->quick.params, &c));
        r->gone = true;
    }
}

/* ---- clubmates: races and ideas ---- */

/* Those of the club from order[k] on who are there and, to race, sound; returns the next club's. */
static int32_t gather(const cohort_engine *e, const cohort_room *room, int32_t k, int32_t n,
                      bool to_race, int32_t *n_there)
{
    int32_t club = room->order[k]->club;
    *n_there = 0;
    for (; k < n && room->order[k]->club == club; k++)
        if (!room->order[k]->gone && !(to_race && e->state[room->order[k]->i].out_weeks > 0))
            room->there[(*n_there)++] = room->order[k];
    return k;
}

static void trial(cohort_engine *e, cohort_pref *pref, const cohort_room *room, int32_t n,
                  int32_t month)
{
    int32_t week = month * HM_MONTH_WEEKS + HM_MONTH_WEEKS - 1;
    for (int32_t k = 0, n_there; k < n;) {
        k = gather(e, room, k, n, true, &n_there);
        for (int32_t h = 0; h < n_there; h += COHORT_HEAT) {
            int32_t m = n_there - h < COHORT_HEAT ? n_there - h : COHORT_HEAT;
            cohort_runner **r = room->there + h;
            double t_s[COHORT_HEAT];
            cohort_levels(e, m, r, week);
            cohort_heat(e, m, r, week, 0, HM_MEET_CLUB, t_s);
            for (int32_t j = 0; j < m && month < HM_CLASS_TRIALS; j++) {
                pref->count.n_trial[month]++;
                pref->count.trial_s[month] += t_s[j];
            }
        }
    }
}

/* Each hears one clubmate; all listen before anyone changes. */
static void pass_ideas(cohort_engine *e, const cohort_room *room, int32_t district, int32_t n,
                       int32_t month)
{
    static const double salience = 2; /* after a race; assumed */
    const hm_life_params *q = &e->quick.params;
    uint32_t when = (uint32_t)(e->school_age * HM_YEAR_MONTHS + month);
    for (int32_t k = 0, n_there; k < n;) {
        uint64_t club = cohort_club_id(e, district, room->order[k]->club);
        k = gather(e, room, k, n, false, &n_there);
        if (n_there < 2)
            continue;
        hm_draw4 d = hm_rng(e->opts.seed, HM_FOR_IDEA, club, when, 0);
        int32_t shift = 1 + (int32_t)((uint64_t)d.u[0] * (uint64_t)(n_there - 1) >> 32);
        for (int32_t x = 0; x < n_there; x++)
            room->near[x] = hm_idea_prestige_ln(room->there[(x + shift) % n_there]->level_s,
                                                room->there[x]->level_s);
        hm_exp_all(n_there, room->near, room->near);
        for (int32_t x = 0; x < n_there; x++) {
            cohort_runner *to = room->there[x], *from = room->there[(x + shift) % n_there];
            const hm_life_state *mine = &e->state[to->i], *his = &e->state[from->i];
            bool rival = e->rivals && hm_rivals_is(q, &e->rivals[to->i], (uint32_t)from->i);
            hm_relation as = rival ? HM_RELATION_RIVAL : HM_RELATION_CLUBMATE;
            double weight = to->p->sociable_frac * hm_idea_weight_of(as, room->near[x], salience);
            double share = hm_idea_share(q, to->p, weight);
            for (int b = 0; b < HM_BELIEF_COUNT; b++)
                to->heard[b] =
                    (uint16_t)(hm_idea_between(mine->belief[b], his->belief[b], share) + 0.5);
        }
        for (int32_t x = 0; x < n_there; x++) {
            cohort_runner *to = room->there[x];
            for (int b = 0; b < HM_BELIEF_COUNT; b++)
                e->state[to->i].belief[b] = to->heard[b];
            to->ideas = hm_idea_effect_of(q, &e->state[to->i]);
            to->plan_to_y = 0;
        }
    }
}

/* ---- ends of the halves ---- */

static void count_member(const cohort_engine *e, hm_class_year *c, const cohort_runner *r)
{
    int32_t quarter = (int32_t)(r->p->birth_frac * HM_QUARTERS);
    c->member++;
    c->member_quarter[quarter]++;
    c->member_timing[cohort_timing_group(e, r->p)]++;
    c->member_month[cohort_birth_month(e, r->p)]++;
    c->member_talent_z += r->p->talent_z;
    c->burnt += e->state[r->i].burnout_frac > 0.7f;
}

/* By what a squad is chosen: the season's best, or that for exact age. */
static double choosing_s(const cohort_engine *e, const cohort_runner *r)
{
    double sb_s = (double)e->state[r->i].sb_s;
    if (!e->policy.age_corrected || e->school_age > 15)
        return sb_s;
    double class_y = hm_class_age_y(e->school_age, 0);
    double own_y = e->school_age - r->p->birth_frac;
    return sb_s * hm_growth_ratio(e->opts.sex, class_y) / hm_growth_ratio(e->opts.sex, own_y);
}

static void end_spring(cohort_engine *e, cohort_pref *pref, const cohort_runner *r)
{
    hm_class_year *c = &pref->count;
    count_member(e, c, r);
    if (e->state[r->i].sb_s > 0) {
        uint32_t person = (uint32_t)r->i;
        cohort_list_add(&pref->enter, cohort_us((double)e->state[r->i].sb_s), person);
        cohort_list_add(&pref->choose, cohort_us(choosing_s(e, r)), person);
    }
    if (r->n_run < HM_CLASS_TRIALS)
        return;
    double mean = r->sum / r->n_run;
    double var = (r->sum2 - r->n_run * mean * mean) / (r->n_run - 1);
    c->n_spread++;
    c->spread_var += var;
    if (r->level_s < e->fast_s) {
        c->n_spread_fast++;
        c->spread_fast_var += var;
    }
}

static void end_season(cohort_engine *e, cohort_pref *pref, cohort_runner *r)
{
    hm_class_year *c = &pref->count;
    hm_life_state *s = &e->state[r->i];
    cohort_record *rec = &e->record[r->i];
    if (s->standing == HM_STANDING_SQUAD) {
        c->squad++;
        c->squad_quarter[(int32_t)(r->p->birth_frac * HM_QUARTERS)]++;
        c->squad_timing[cohort_timing_group(e, r->p)]++;
        c->squad_talent_z += r->p->talent_z;
    }
    if (s->sb_s > 0)
        cohort_list_add(&pref->best, cohort_us((double)s->sb_s), (uint32_t)r->i);
    if (rec->whole && !r->gone) {
        c->season++;
        c->season_injured += rec->n_injury > 0;
        c->season_hamstring += rec->n_hamstring > 0;
    }
    rec->n_season++;
    if (e->rivals && rec->n_season >= 3) {
        int32_t n = hm_rivals_count(&e->quick.params, &e->rivals[r->i]);
        c->rival_base++;
        c->rival_any += n > 0;
        c->rival_sum += n;
    }
    if (!r->gone && hm_is_school_end(e->school_age) && !e->opts.everybody) {
        enum { LEAVE_SCHOOL = 2 }; /* of HM_FOR_CAREER */
        hm_week w = {.school_age = e->school_age, .week = HM_YEAR_WEEKS - 1};
        r->level_s = hm_quick_level_s(&e->quick, r->p, s, hm_week_age_y(&w, r->p));
        hm_career_case k = cohort_case(e, r, w.week);
        double u = hm_rng_unit(e->opts.seed, HM_FOR_CAREER, r->p->id, (uint32_t)e->school_age,
                               LEAVE_SCHOOL);
        if (u < hm_leave_chance(&e->quick.params, &k)) {
            cohort_leave(e, pref, r->i, hm_leave_cause(&e->quick.params, &k));
            r->gone = true;
        }
    }
    rec->last_sb_s = s->sb_s;
    rec->last_age = (uint8_t)e->school_age;
    rec->n_injury = rec->n_hamstring = 0;
}

/* Those who stay, in the order they came. */
static void keep_members(cohort_engine *e, const cohort_room *room, int32_t district)
{
    int32_t *member = e->member + e->district_first[district], n = 0;
    for (int32_t k = 0; k < e->n_member[district]; k++)
        if (!room->runner[k].gone)
            member[n++] = room->runner[k].i;
    e->n_member[district] = n;
}

void cohort_district_live(cohort_engine *e, cohort_pref *pref, int32_t district, int worker)
{
    cohort_room *room = &e->room[worker];
    int32_t from = e->first_half ? 0 : COHORT_HALF_MONTHS;
    int32_t to = e->first_half ? COHORT_HALF_MONTHS : HM_YEAR_MONTHS;
    if (e->first_half)
        cohort_join(e, pref, district);
    int32_t n = e->n_member[district];
    set_up(e, room, district, from * HM_MONTH_WEEKS);
    for (int32_t k = 0; k < n && e->first_half; k++) {
        cohort_record *rec = &e->record[room->runner[k].i];
        rec->whole = 1;
        e->state[room->runner[k].i].sb_s = 0;
    }
    for (int32_t m = from; m < to; m++) {
        for (int32_t k = 0; k < n; k++)
            if (!room->runner[k].gone)
                live_month(e, pref, room, &room->runner[k], m);
        if (!trial_month[m])
            continue;
        trial(e, pref, room, n, m);
        if (e->quick.params.ideas)
            pass_ideas(e, room, district, n, m);
    }
    for (int32_t k = 0; k < n; k++) {
        cohort_runner *r = &room->runner[k];
        if (!e->first_half)
            end_season(e, pref, r);
        else if (!r->gone)
            end_spring(e, pref, r);
    }
    keep_members(e, room, district);
}
