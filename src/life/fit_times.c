#include "life/fit_times.h"

#include "world_priv.h"

#include <math.h>

#include "num/dmath.h"

/* Luck of a day, form and drift of one race, together; assumed. */
static const double race_sd_ln = 0.012;
static const double span_y = 2;  /* times this far apart tell training from talent */
static const double join_y = 13; /* of whom it is not told, at the latest */

void hm_plain_life(const hm_scenario *s, const hm_scenario_person *as, const hm_life_params *params,
                   int32_t n, const double age_yr[], double level_s[])
{
    hm_life_params q = *params;
    q.injury = q.mind = q.rivals = q.ideas = q.support = false;
    q.drift_weight = 0;
    hm_one one = world_person(s, as, &q);
    one.way.active_until_y = 1000;
    for (int32_t k = 0, week = 0; k < n; k++)
        for (;; week++) {
            hm_week w = {0, 0, 7 + week / HM_YEAR_WEEKS, week % HM_YEAR_WEEKS};
            if (hm_week_age_y(&w, &one.person) >= age_yr[k]) {
                level_s[k] = hm_one_level_s(&q, &one, &w);
                break;
            }
            if (w.week == 0)
                hm_one_season(&q, &one, &w);
            hm_one_live(&q, &one, &w, NULL);
        }
}

/* ---- what is most likely ---- */

typedef struct fitting {
    const hm_scenario *s;
    const hm_life_params *params;
    hm_scenario_person p;
    bool fits_talent, fits_trainable;
    double age_yr[HM_SCENARIO_LIST_MAX], level_s[HM_SCENARIO_LIST_MAX];
} fitting;

/* Minus log posterior, up to a constant. */
static double cost(fitting *f)
{
    double sum = 0, sd = f->params->trainable_log_sd;
    hm_plain_life(f->s, &f->p, f->params, f->p.n_time, f->age_yr, f->level_s);
    for (int32_t k = 0; k < f->p.n_time; k++) {
        double miss = (hm_log(f->level_s[k]) - hm_log(f->p.time[k].time_s)) / race_sd_ln;
        sum += miss * miss / 2;
    }
    double e = hm_log(f->p.trainable_ln / f->params->trainable_ln) / fmax(sd, 1e-6);
    return sum + f->p.talent_z * f->p.talent_z / 2 + e * e / 2;
}

/* Golden section: the least of `of` over *x from lo to hi. */
static double least(fitting *f, double *x, double lo, double hi, double (*of)(fitting *))
{
    enum { STEPS = 26 };
    static const double golden = 0.61803398874989485;
    double a = hi - golden * (hi - lo), b = lo + golden * (hi - lo);
    double at_a = (*x = a, of(f)), at_b = (*x = b, of(f));
    for (int i = 0; i < STEPS; i++) {
        if (at_a <= at_b) {
            hi = b, b = a, at_b = at_a;
            a = hi - golden * (hi - lo);
            *x = a;
            at_a = of(f);
        } else {
            lo = a, a = b, at_a = at_b;
            b = lo + golden * (hi - lo);
            *x = b;
            at_b = of(f);
        }
    }
    *x = (lo + hi) / 2;
    return of(f);
}

static double best_talent(fitting *f)
{
    return f->fits_talent ? least(f, &f->p.talent_z, -6, 7, cost) : cost(f);
}

static void fill(fitting *f)
{
    hm_scenario_person *p = &f->p;
    f->fits_talent = isnan(p->talent_z);
    double span = p->time[p->n_time - 1].age_yr - p->time[0].age_yr;
    f->fits_trainable = isnan(p->trainable_ln) && span >= span_y;
    if (f->fits_talent)
        p->talent_z = 0;
    if (isnan(p->trainable_ln))
        p->trainable_ln = f->params->trainable_ln;
    if (isnan(p->timing_y))
        p->timing_y = 0;
    if (isnan(p->start_age_yr) && !p->kind[0])
        p->start_age_yr = fmin(p->time[0].age_yr, join_y);
    for (int32_t k = 0; k < p->n_time; k++)
        f->age_yr[k] = p->time[k].age_yr;
}

hm_status hm_fit_times(const hm_scenario *s, int32_t i, const hm_life_params *params,
                       hm_arena *arena, hm_scenario_person *fitted, hm_notes *notes, hm_err *err)
{
    fitting f = {.s = s, .params = params, .p = s->person[i]};
    fill(&f);
    if (f.fits_trainable)
        least(&f, &f.p.trainable_ln, 0.05, 1.5, best_talent);
    else
        best_talent(&f);
    double worst = 0;
    for (int32_t k = 0; k < f.p.n_time; k++) {
        double miss = f.p.time[k].time_s - f.level_s[k];
        worst = fabs(miss) > fabs(worst) ? miss : worst;
    }
    if (hm_notes_add(notes, arena,
                     "%s: his %d times are those of talent %.2f sd and %.2f to be trained; the "
                     "worst of them is %.2f s off",
                     f.p.name, f.p.n_time, f.p.talent_z, f.p.trainable_ln, worst) != HM_OK)
        return hm_err_set(err, HM_ERR_SYSTEM, s->source, 0, 0, NULL, "no memory");
    *fitted = f.p;
    return HM_OK;
}
