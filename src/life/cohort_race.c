#include "cohort_priv.h"

#include <math.h>
#include <stdlib.h>

#include "num/dmath.h"

enum { HEAT_WEEK = COHORT_HALF_MONTHS * HM_MONTH_WEEKS - 1 };

/* Which race of a week a draw is for; only grow. Trials are 0. */
enum { OF_PREFECTURE = 1, OF_BLOCK, OF_HEATS, OF_SEMIS, OF_FINAL };

void cohort_runner_init(const cohort_engine *e, cohort_runner *r, int32_t i)
{
    const cohort_known *known = &e->known[i];
    *r = (cohort_runner){.p = &known->p, .i = i, .age_near = known->age_near};
    r->ideas = hm_idea_effect_of(&e->quick.params, &e->state[i]);
}

void cohort_levels(const cohort_engine *e, int32_t n, cohort_runner *const r[], int32_t week)
{
    hm_week w = {.school_age = e->school_age, .week = week};
    double core[COHORT_HEAT] = {0}, ageing[COHORT_HEAT] = {0}, body[COHORT_HEAT];
    bool ages = false;
    for (int32_t k = 0; k < n; k++) {
        hm_quick_parts q =
            hm_quick_parts_of(&e->quick, r[k]->p, &e->state[r[k]->i], hm_week_age_y(&w, r[k]->p));
        core[k] = q.distance_ln;
        ageing[k] = q.ageing_ln;
        body[k] = q.body_ratio;
        ages |= q.ageing_ln != 0;
    }
    hm_exp_all(n, core, core);
    if (ages)
        hm_exp_all(n, ageing, ageing);
    for (int32_t k = 0; k < n; k++)
        r[k]->level_s = (e->quick.params.floor_s + core[k]) * (ages ? ageing[k] : 1) * body[k];
}

/* ---- one heat ---- */

static int32_t count_bits(uint32_t bits)
{
    int32_t n = 0;
    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

static bool beaten_by(uint32_t rivals, int32_t n, const double t_s[], int32_t k)
{
    for (int32_t j = 0; j < n && rivals >> j; j++)
        if ((rivals >> j & 1) && t_s[j] < t_s[k])
            return true;
    return false;
}

/* How close two finishes were, 0 where that is of no account. Without branches to guess. */
static void closeness(const hm_life_params *q, int32_t n, cohort_runner *const r[],
                      const double t_s[], double close[COHORT_HEAT][COHORT_HEAT])
{
    static const double least = 0.05;
    double near[COHORT_HEAT] = {0}; /* two of them make what hm_rivals_closeness gives */
    for (int32_t k = 0; k < n; k++)
        near[k] = (t_s[0] - t_s[k]) / q->rival_gap_s;
    hm_exp_all(n, near, near);
    for (int32_t k = 0; k < n; k++)
        for (int32_t j = k + 1; j < n; j++) {
            double gap_s = t_s[k] - t_s[j], young = r[k]->age_near, old = r[j]->age_near;
            double worse = gap_s < 0 ? near[j] : near[k], better = gap_s < 0 ? near[k] : near[j];
            double less = young < old ? young : old, more = young < old ? old : young;
            double c = worse / better * (less / more);
            bool counts = (fabs(gap_s) <= 3 * q->rival_gap_s) & (c >= least);
            close[k][j] = close[j][k] = counts ? c : 0;
        }
}

static void meet_rivals(cohort_engine *e, int32_t n, cohort_runner *const r[], const uint32_t id[],
                        const double t_s[])
{
    double close[COHORT_HEAT][COHORT_HEAT];
    closeness(&e->quick.params, n, r, t_s, close);
    for (int32_t k = 0; k < n; k++) {
        close[k][k] = 0; /* nobody meets himself */
        hm_rivals_race(&e->quick.params, &e->rivals[id[k]], n, id, close[k]);
    }
}

/* Season's best, best ever, and the spread of this half. */
static void book_time(cohort_engine *e, cohort_runner *r, int32_t week, double t_s)
{
    hm_life_state *s = &e->state[r->i];
    if (s->sb_s == 0 || t_s < (double)s->sb_s)
        s->sb_s = (float)t_s;
    if (s->pb_s == 0 || t_s < (double)s->pb_s) {
        hm_week w = {.school_age = e->school_age, .week = week};
        s->pb_s = (float)t_s;
        e->record[r->i].pb_age_y = (float)hm_week_age_y(&w, r->p);
    }
    if (r->n_run++ == 0)
        r->first_s = t_s;
    double d = t_s / r->first_s - 1;
    r->sum += d;
    r->sum2 += d * d;
}

static int32_t winner(int32_t n, cohort_runner *const r[], const double t_s[])
{
    int32_t best = 0;
    for (int32_t k = 1; k < n; k++) {
        int32_t us = cohort_us(t_s[k]), best_us = cohort_us(t_s[best]);
        if (us < best_us || (us == best_us && r[k]->i < r[best]->i))
            best = k;
    }
    return best;
}

void cohort_heat(cohort_engine *e, int32_t n, cohort_runner *r[], int32_t week, uint32_t race,
                 hm_meet_level level, double t_s[])
{
    hm_week w = {.seed = e->opts.seed, .school_age = e->school_age, .week = week};
    double ln[COHORT_HEAT] = {0}, over[COHORT_HEAT];
    uint32_t rivals[COHORT_HEAT] = {0}, id[COHORT_HEAT] = {0};
    int32_t best = 0;
    for (int32_t k = 0; k < n; k++)
        id[k] = (uint32_t)r[k]->i;
    for (int32_t k = 1; k < n; k++)
        best = r[k]->level_s < r[best]->level_s ? k : best;
    for (int32_t k = 0; k < n; k++) {
        if (e->rivals)
            rivals[k] = hm_rivals_among(&e->quick.params, &e->rivals[id[k]], n, id) & ~(1u << k);
        hm_day_in in = {.level = level,
                        .p_win = k == best ? 0.5 : 0.5 / n,
                        .n_rival = count_bits(rivals[k]),
                        .race = race};
        ln[k] = hm_quick_race_ln(&e->quick, r[k]->p, &e->state[r[k]->i], &w, &in, &r[k]->ideas);
    }
    hm_exp_all(n, ln, over);
    for (int32_t k = 0; k < n; k++)
        t_s[k] = r[k]->level_s * over[k];
    int32_t first = winner(n, r, t_s);
    for (int32_t k = 0; k < n; k++) {
        hm_race_tale tale = {-ln[k], k == first && n > 1, beaten_by(rivals[k], n, t_s, k)};
        book_time(e, r[k], week, t_s[k]);
        hm_mind_after_race(&e->quick.params, r[k]->p, &e->state[r[k]->i], &tale, &r[k]->ideas);
    }
    if (e->rivals)
        meet_rivals(e, n, r, id, t_s);
}

/* ---- rounds: the best of a meet go on ---- */

enum { FIELD_MAX = 64 };

typedef struct field {
    int32_t n;
    int32_t i[FIELD_MAX];
} field;

/* Race all of a field in heats of eight seeded by season's best; keep the best n_through. */
static void round_of(cohort_engine *e, field *f, uint32_t race, hm_meet_level level,
                     int32_t n_through)
{
    cohort_runner runner[COHORT_HEAT], *r[COHORT_HEAT];
    double t_s[COHORT_HEAT];
    cohort_list seeded, run;
    cohort_list_clear(&seeded, FIELD_MAX);
    cohort_list_clear(&run, n_through);
    for (int32_t k = 0; k < f->n; k++)
        if (e->state[f->i[k]].out_weeks == 0)
            cohort_list_add(&seeded, cohort_us((double)e->state[f->i[k]].sb_s), (uint32_t)f->i[k]);
    int32_t n_heat = (seeded.n + COHORT_HEAT - 1) / COHORT_HEAT;
    for (int32_t h = 0; h < n_heat; h++) {
        int32_t n = 0;
        for (int32_t k = h; k < seeded.n; k += n_heat, n++) {
            r[n] = &runner[n];
            cohort_runner_init(e, r[n], (int32_t)seeded.row[k].person);
        }
        cohort_levels(e, n, r, HEAT_WEEK);
        cohort_heat(e, n, r, HEAT_WEEK, race, level, t_s);
        for (int32_t k = 0; k < n; k++)
            cohort_list_add(&run, cohort_us(t_s[k]), (uint32_t)r[k]->i);
    }
    f->n = run.n;
    for (int32_t k = 0; k < run.n; k++)
        f->i[k] = (int32_t)run.row[k].person;
}

void cohort_prefecture_meet(cohort_engine *e, cohort_pref *pref)
{
    field f = {pref->enter.n, {0}};
    for (int32_t k = 0; k < f.n; k++)
        f.i[k] = (int32_t)pref->enter.row[k].person;
    round_of(e, &f, OF_PREFECTURE, HM_MEET_PREFECTURE, COHORT_QUALIFY);
    pref->n_through = f.n;
    for (int32_t k = 0; k < f.n; k++)
        pref->through[k] = f.i[k];
}

void cohort_national_blocks(cohort_engine *e)
{
    e->n_national = 0;
    for (int32_t b = 0; b < COHORT_BLOCKS; b++) {
        field f = {0};
        for (int32_t p = 0; p < COHORT_PREFECTURES; p++)
            for (int32_t k = 0; k < e->pref[p].n_through; k++)
                if (p * COHORT_BLOCKS / COHORT_PREFECTURES == b)
                    f.i[f.n++] = e->pref[p].through[k];
        round_of(e, &f, OF_BLOCK, HM_MEET_BLOCK, COHORT_QUALIFY);
        for (int32_t k = 0; k < f.n; k++)
            e->national[e->n_national++] = f.i[k];
    }
}

void cohort_national_meets(cohort_engine *e)
{
    field f = {.n = e->n_national};
    for (int32_t k = 0; k < f.n; k++)
        f.i[k] = e->national[k];
    round_of(e, &f, OF_HEATS, HM_MEET_NATIONAL, 2 * COHORT_HEAT);
    round_of(e, &f, OF_SEMIS, HM_MEET_NATIONAL, COHORT_HEAT);
    round_of(e, &f, OF_FINAL, HM_MEET_FINAL, COHORT_HEAT);
}
