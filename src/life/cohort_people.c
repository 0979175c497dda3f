#include "cohort_priv.h"

#include <math.h>

#include "base/rng.h"
#include "num/dmath.h"

static const int32_t standard_cutoff_day = 92;

/* Numbers of the key HM_FOR_CAREER, by school age; only grow. */
enum { JOIN };

uint64_t cohort_id(const cohort_engine *e, int32_t i)
{
    return (uint64_t)e->opts.sex << 55 | (uint64_t)e->index << 24 | (uint64_t)i;
}

uint64_t cohort_club_id(const cohort_engine *e, int32_t district, int32_t club)
{
    uint64_t stage = (uint64_t)(e->index * HM_STAGE_COUNT + (int64_t)hm_stage_of(e->school_age));
    uint64_t at = stage * (uint64_t)e->n_district + (uint64_t)district;
    return (uint64_t)e->opts.sex << 55 | (at * (uint64_t)e->opts.clubs + (uint64_t)club);
}

hm_person cohort_person(const cohort_engine *e, int32_t i)
{
    hm_person p = hm_person_draw(e->opts.seed, cohort_id(e, i), e->opts.sex, &e->quick.params);
    if (e->policy.cutoff_day != standard_cutoff_day) {
        double later = (e->policy.cutoff_day - standard_cutoff_day) / 365.0;
        p.birth_frac -= later;
        p.birth_frac -= floor(p.birth_frac);
    }
    return p;
}

int32_t cohort_timing_group(const cohort_engine *e, const hm_person *p)
{
    static const double third_z = 0.4307273;
    double at = third_z * e->quick.params.timing_sd_y;
    return p->timing_y < -at ? 0 : p->timing_y > at ? 2 : 1;
}

int32_t cohort_birth_month(const cohort_engine *e, const hm_person *p)
{
    static const int32_t first_day[] = {1, 32, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335};
    double day = p->birth_frac * 365 + e->policy.cutoff_day;
    int32_t month = HM_CALENDAR_MONTHS - 1;
    if (day >= 366)
        day -= 365;
    while (month > 0 && day < first_day[month])
        month--;
    return month;
}

hm_career_case cohort_case(const cohort_engine *e, const cohort_runner *r, int32_t week)
{
    const hm_life_state *s = &e->state[r->i];
    return (hm_career_case){.sex = e->opts.sex,
                            .school_age = e->school_age,
                            .class_age_y = hm_class_age_y(e->school_age, week),
                            .t_s = r->level_s,
                            .motivation_z = (double)s->motivation_z,
                            .burnout_frac = (double)s->burnout_frac,
                            .join_logit = e->join_logit,
                            .exit_ratio = r->ideas.exit_ratio,
                            .injured = e->record[r->i].n_injury > 0,
                            .squad = s->standing == HM_STANDING_SQUAD,
                            .was_in = s->standing == HM_STANDING_LEFT};
}

/* ---- joining ---- */

/* Years away from training, all at once. */
static void come_back(const cohort_engine *e, int32_t i)
{
    hm_life_state *s = &e->state[i];
    double away_y = e->school_age - e->record[i].last_age;
    s->stock_ln = (float)((double)s->stock_ln * hm_exp(-away_y / e->quick.params.detrain_y));
    s->fit = s->fat = s->chronic = 0;
    s->burnout_frac = 0;
    s->out_weeks = 0;
    for (int k = 0; k < HM_SITE_COUNT; k++)
        if (s->history & (k ? HM_HAD_OTHER : HM_HAD_HAMSTRING))
            s->since_weeks[k] = HM_NEVER_WEEKS - 1;
}

static void enter(cohort_engine *e, cohort_pref *pref, int32_t district, int32_t i)
{
    cohort_record *rec = &e->record[i];
    bool again = e->state[i].standing == HM_STANDING_LEFT;
    if (again)
        come_back(e, i);
    else
        rec->first_age = (uint8_t)e->school_age;
    cohort_known *known = &e->known[i];
    known->p = cohort_person(e, i);
    known->age_near = hm_rivals_closeness(&e->quick.params, 0, known->p.birth_frac);
    e->state[i].standing = HM_STANDING_CLUB;
    e->state[i].sb_s = 0;
    rec->last_sb_s = 0;
    pref->count.joined += !again;
    pref->count.rejoined += again;
    e->member[e->district_first[district] + e->n_member[district]++] = i;
}

static double draw_join(const cohort_engine *e, int32_t i)
{
    return hm_rng_unit(e->opts.seed, HM_FOR_CAREER, cohort_id(e, i), (uint32_t)e->school_age, JOIN);
}

/* Full look at one who may join: his constants, his level. */
static bool joins(cohort_engine *e, int32_t i)
{
    hm_life_state *s = &e->state[i];
    const hm_person p = cohort_person(e, i);
    cohort_runner r = {.p = &p, .i = i};
    if (s->standing == HM_STANDING_OUTSIDE)
        *s = hm_life_state_first(e->opts.seed, &p, &e->quick.params);
    r.ideas.exit_ratio = 1;
    r.level_s = hm_quick_level_s(&e->quick, &p, s, e->school_age - p.birth_frac);
    hm_career_case c = cohort_case(e, &r, 0);
    if (e->school_age == 16 && !c.was_in) { /* from now on a few numbers do */
        e->record[i].adult_s = (float)hm_quick_level_s(&e->quick, &p, s, 21);
        e->record[i].motivation_z = s->motivation_z;
    }
    return e->opts.everybody || draw_join(e, i) < hm_join_chance(&e->quick.params, &c);
}

/* From 17 on the body no longer changes: no need to look at each again. */
static bool joins_late(cohort_engine *e, int32_t i)
{
    double age_y = hm_class_age_y(e->school_age, 0);
    hm_career_case c = {.sex = e->opts.sex,
                        .school_age = e->school_age,
                        .class_age_y = age_y,
                        .t_s = (double)e->record[i].adult_s * hm_growth_ratio(e->opts.sex, age_y),
                        .motivation_z = (double)e->record[i].motivation_z,
                        .join_logit = e->join_logit,
                        .exit_ratio = 1};
    return draw_join(e, i) < hm_join_chance(&e->quick.params, &c);
}

/* 50 m of one at the beginning of the last year of school, by T100 = 2 T50 - 0.6. */
static void count_speed(cohort_engine *e, cohort_pref *pref, int32_t i)
{
    const hm_life_state *s = &e->state[i];
    double t_s = (double)e->record[i].adult_s;
    if (s->standing != HM_STANDING_OUTSIDE || t_s == 0) {
        hm_person p = cohort_person(e, i);
        t_s = hm_quick_level_s(&e->quick, &p, s, e->school_age - p.birth_frac);
    }
    double half_s = (t_s + 0.6) / 2;
    pref->speed_n++;
    pref->speed_sum_s += half_s;
    pref->speed_sum2_s2 += half_s * half_s;
}

void cohort_join(cohort_engine *e, cohort_pref *pref, int32_t district)
{
    int32_t a = e->school_age;
    bool open = e->opts.everybody ? a == HM_CLASS_FIRST_AGE : hm_can_join(a);
    for (int32_t i = e->district_first[district]; i < e->district_first[district + 1] && open;
         i++) {
        uint8_t standing = e->state[i].standing;
        if (a == 18 && !e->opts.everybody)
            count_speed(e, pref, i);
        bool now = false;
        if (standing == HM_STANDING_OUTSIDE)
            now = a <= 16 ? joins(e, i) : e->policy.late_entry && joins_late(e, i);
        else if (standing == HM_STANDING_LEFT && e->policy.rejoin && a >= 16)
            now = joins(e, i);
        if (now)
            enter(e, pref, district, i);
    }
}

void cohort_leave(cohort_engine *e, cohort_pref *pref, int32_t i, hm_exit why)
{
    e->state[i].standing = HM_STANDING_LEFT;
    e->record[i].exit = (uint8_t)why;
    e->record[i].last_age = (uint8_t)e->school_age;
    pref->count.left[why]++;
}
