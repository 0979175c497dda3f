#include "cohort_priv.h"

#include <math.h>
#include <string.h>

#include "base/par.h"

/* ---- memory ---- */

static hm_status no_memory(hm_err *err)
{
    return hm_err_set(err, HM_ERR_SYSTEM, NULL, 0, 0, NULL, "no memory");
}

static hm_status lay_out_districts(cohort_engine *e, hm_arena *arena, hm_err *err)
{
    int64_t people = e->opts.people;
    int64_t n = (people + e->opts.district_people - 1) / e->opts.district_people;
    /* each prefecture has one, unless there are too few people for that */
    if (n < COHORT_PREFECTURES)
        n = people < COHORT_PREFECTURES ? people : COHORT_PREFECTURES;
    int32_t *first = HM_PUSH(arena, int32_t, n + 1);
    if (!first)
        return no_memory(err);
    for (int64_t d = 0; d <= n; d++)
        first[d] = (int32_t)(people * d / n);
    e->district_first = first;
    e->n_district = (int32_t)n;
    return HM_OK;
}

static hm_status lay_out_rooms(cohort_engine *e, int n_thread, hm_arena *arena, hm_err *err)
{
    int32_t most = 0;
    for (int32_t d = 0; d < e->n_district; d++) {
        int32_t n = e->district_first[d + 1] - e->district_first[d];
        most = n > most ? n : most;
    }
    e->room = HM_PUSH(arena, cohort_room, n_thread);
    for (int t = 0; e->room && t < n_thread; t++) {
        cohort_room *r = &e->room[t];
        r->runner = HM_PUSH(arena, cohort_runner, most);
        r->order = HM_PUSH(arena, cohort_runner *, most);
        r->there = HM_PUSH(arena, cohort_runner *, most);
        r->place = HM_PUSH(arena, cohort_place, most);
        r->near = HM_PUSH(arena, double, most);
        r->club = HM_PUSH(arena, hm_club, e->opts.clubs);
        r->n_mate = HM_PUSH(arena, int32_t, e->opts.clubs);
        r->club_first = HM_PUSH(arena, int32_t, e->opts.clubs);
        if (!r->runner || !r->order || !r->there || !r->place || !r->near || !r->club ||
            !r->n_mate || !r->club_first)
            return no_memory(err);
    }
    return e->room ? HM_OK : no_memory(err);
}

static hm_status lay_out(cohort_engine *e, int n_thread, hm_arena *arena, hm_err *err)
{
    int32_t n = e->opts.people;
    HM_TRY(lay_out_districts(e, arena, err));
    HM_TRY(lay_out_rooms(e, n_thread, arena, err));
    e->state = HM_PUSH(arena, hm_life_state, n);
    e->record = HM_PUSH(arena, cohort_record, n);
    e->known = HM_PUSH(arena, cohort_known, n);
    e->member = HM_PUSH(arena, int32_t, n);
    e->n_member = HM_PUSH(arena, int32_t, e->n_district);
    e->pref = HM_PUSH(arena, cohort_pref, COHORT_PREFECTURES);
    bool rivals = e->quick.params.rivals;
    e->rivals = rivals ? HM_PUSH(arena, hm_rivals, n) : NULL;
    if (!e->state || !e->record || !e->known || !e->member || !e->n_member || !e->pref ||
        (rivals && !e->rivals))
        return no_memory(err);
    memset(e->state, 0, (size_t)n * sizeof *e->state);
    memset(e->record, 0, (size_t)n * sizeof *e->record);
    memset(e->n_member, 0, (size_t)e->n_district * sizeof *e->n_member);
    if (rivals)
        memset(e->rivals, 0, (size_t)n * sizeof *e->rivals);
    return HM_OK;
}

/* ---- a half year ---- */

static void prefecture_live(void *ctx, int64_t p, int worker)
{
    cohort_engine *e = ctx;
    cohort_pref *pref = &e->pref[p];
    int64_t from = p * e->n_district / COHORT_PREFECTURES;
    int64_t to = (p + 1) * e->n_district / COHORT_PREFECTURES;
    cohort_list_clear(&pref->enter, COHORT_ENTRANTS);
    cohort_list_clear(&pref->choose, HM_LIST_MAX);
    cohort_list_clear(&pref->best, HM_LIST_MAX);
    for (int64_t d = from; d < to; d++)
        cohort_district_live(e, pref, (int32_t)d, worker);
    if (e->first_half)
        cohort_prefecture_meet(e, pref);
}

static void half_year(cohort_engine *e, bool first, int n_thread)
{
    e->first_half = first;
    hm_par_for(n_thread, COHORT_PREFECTURES, prefecture_live, e);
}

/* ---- between the halves: one list for all ---- */

static int32_t early_best(const cohort_engine *e)
{
    int32_t best_us = 0;
    for (int32_t p = 0; p < COHORT_PREFECTURES; p++)
        for (int32_t k = 0; k < e->pref[p].enter.n; k++) {
            int32_t us = cohort_us((double)e->state[e->pref[p].enter.row[k].person].sb_s);
            best_us = !best_us || us < best_us ? us : best_us;
        }
    return best_us;
}

static int32_t squad_places(const cohort_engine *e)
{
    const hm_policy *q = &e->policy;
    double per_100k = e->school_age <= 18   ? q->squad_youth_per_100k
                      : e->school_age <= 22 ? q->squad_student_per_100k
                                            : q->squad_senior_per_100k;
    if (e->school_age < q->squad_from_age)
        return 0;
    return (int32_t)fmin(per_100k * e->opts.people / 1e5 + 0.5, HM_LIST_MAX);
}

static void choose_squad(cohort_engine *e)
{
    cohort_list chosen;
    cohort_list_clear(&chosen, squad_places(e));
    for (int32_t p = 0; p < COHORT_PREFECTURES; p++)
        for (int32_t k = 0; k < e->pref[p].choose.n; k++)
            cohort_list_add(&chosen, e->pref[p].choose.row[k].key_us,
                            e->pref[p].choose.row[k].person);
    for (int32_t d = 0; d < e->n_district; d++)
        for (int32_t k = 0; k < e->n_member[d]; k++)
            e->state[e->member[e->district_first[d] + k]].standing = HM_STANDING_CLUB;
    for (int32_t k = 0; k < chosen.n; k++)
        e->state[chosen.row[k].person].standing = HM_STANDING_SQUAD;
}

/* ---- what a season leaves ---- */

static void add(hm_class_year *to, const hm_class_year *c)
{
    to->member += c->member;
    to->joined += c->joined;
    to->rejoined += c->rejoined;
    to->squad += c->squad;
    for (int i = 0; i < HM_EXIT_COUNT; i++)
        to->left[i] += c->left[i];
    for (int i = 0; i < HM_QUARTERS; i++) {
        to->member_quarter[i] += c->member_quarter[i];
        to->squad_quarter[i] += c->squad_quarter[i];
    }
    for (int i = 0; i < HM_TIMINGS; i++) {
        to->member_timing[i] += c->member_timing[i];
        to->squad_timing[i] += c->squad_timing[i];
    }
    for (int i = 0; i < HM_CALENDAR_MONTHS; i++)
        to->member_month[i] += c->member_month[i];
    to->member_talent_z += c->member_talent_z;
    to->squad_talent_z += c->squad_talent_z;
    to->season += c->season;
    to->season_injured += c->season_injured;
    to->season_hamstring += c->season_hamstring;
    to->injury += c->injury;
    to->injury_long += c->injury_long;
    to->days_out += c->days_out;
    for (int i = 0; i < HM_CLASS_TRIALS; i++) {
        to->n_trial[i] += c->n_trial[i];
        to->trial_s[i] += c->trial_s[i];
    }
    to->n_spread += c->n_spread;
    to->n_spread_fast += c->n_spread_fast;
    to->spread_var += c->spread_var;
    to->spread_fast_var += c->spread_fast_var;
    to->rival_base += c->rival_base;
    to->rival_any += c->rival_any;
    to->rival_sum += c->rival_sum;
    to->burnt += c->burnt;
}

/* In the order of prefectures, whoever was done first. */
static void close_season(cohort_engine *e, hm_class *out)
{
    hm_class_year *year = &out->year[e->school_age - HM_CLASS_FIRST_AGE];
    cohort_list best;
    cohort_list_clear(&best, HM_LIST_MAX);
    for (int32_t p = 0; p < COHORT_PREFECTURES; p++) {
        cohort_pref *pref = &e->pref[p];
        add(year, &pref->count);
        for (int32_t k = 0; k < pref->best.n; k++)
            cohort_list_add(&best, pref->best.row[k].key_us, pref->best.row[k].person);
        out->speed_n += pref->speed_n;
        out->speed_sum_s += pref->speed_sum_s;
        out->speed_sum2_s2 += pref->speed_sum2_s2;
        memset(pref, 0, sizeof *pref);
    }
    year->n_list = best.n;
    for (int32_t k = 0; k < best.n; k++) {
        uint8_t standing = e->state[best.row[k].person].standing;
        year->list[k] = (hm_listed){.person = best.row[k].person,
                                    .sb_us = best.row[k].key_us,
                                    .squad = standing == HM_STANDING_SQUAD};
    }
    double n = 0, sum_s = 0;
    for (int i = 0; i < HM_CLASS_TRIALS; i++) {
        n += (double)year->n_trial[i];
        sum_s += year->trial_s[i];
    }
    e->fast_s = n > 0 ? sum_s / n : 0;
}

/* Bests are known only at the end. */
static void close_class(const cohort_engine *e, hm_class *out)
{
    for (int a = 0; a < HM_CLASS_AGES; a++)
        for (int32_t k = 0; k < out->year[a].n_list; k++) {
            hm_listed *l = &out->year[a].list[k];
            hm_person p = cohort_person(e, (int32_t)l->person);
            l->pb_us = cohort_us((double)e->state[l->person].pb_s);
            l->pb_age_y = e->record[l->person].pb_age_y;
            l->birth_frac = (float)p.birth_frac;
            l->timing_y = (float)p.timing_y;
        }
    for (int32_t i = 0; i < e->opts.people; i++)
        if (e->record[i].last_age >= 18 && e->state[i].pb_s > 0) {
            out->grown++;
            out->grown_pb_age_y += (double)e->record[i].pb_age_y;
        }
}

hm_status hm_cohort_live(const hm_cohort_opts *opts, const hm_policy *policy,
                         const hm_life_params *params, int64_t index, int n_thread,
                         hm_cohort_tell *tell, void *ctx, hm_arena *arena, hm_class *out,
                         hm_err *err)
{
    cohort_engine e = {.opts = *opts, .policy = *policy, .index = index};
    HM_TRY(hm_option_check(&hm_cohort_table, opts, err));
    HM_TRY(hm_option_check(&hm_policy_table, policy, err));
    HM_TRY(hm_option_check(&hm_life_params_table, params, err));
    hm_quick_init(params, &e.quick);
    e.join_logit = hm_join_logit(params, opts->sex);
    HM_TRY(lay_out(&e, n_thread, arena, err));
    memset(e.pref, 0, COHORT_PREFECTURES * sizeof *e.pref);
    hm_class *c = HM_PUSH(arena, hm_class, 1);
    if (!c)
        return no_memory(err);
    memset(c, 0, sizeof *c);
    c->people = opts->people;
    c->index = index;
    for (int32_t a = HM_CLASS_FIRST_AGE; a <= HM_CLASS_LAST_AGE; a++) {
        e.school_age = a;
        half_year(&e, true, n_thread);
        hm_class_year *year = &c->year[a - HM_CLASS_FIRST_AGE];
        cohort_national_blocks(&e);
        year->early_us = early_best(&e);
        cohort_national_meets(&e);
        choose_squad(&e);
        half_year(&e, false, n_thread);
        close_season(&e, c);
        if (tell && !tell(ctx, a))
            return hm_err_set(err, HM_ERR_STOPPED, NULL, 0, 0, NULL, "stopped at school age %d",
                              (int)a);
    }
    close_class(&e, c);
    *out = *c;
    return HM_OK;
}
