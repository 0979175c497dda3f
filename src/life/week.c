#include "life/week.h"

#include "injury_priv.h"
#include "week_priv.h"

#include <math.h>

#include "base/rng.h"
#include "life/growth.h"
#include "num/dmath.h"
#include "num/stat.h"

/* Loads fade by e^(-7 d / time constant) a week: 42, 7 and 28 days, practice values. */
static const double fit_kept = 0.84648172489061413, fat_kept = 0.36787944117144233; /* [1] */
static const double chronic_share = 0.25;

static const double child_to_y = 13, youth_to_y = 16;

double hm_load_of_age(const hm_life_params *params, double age_y)
{
    if (age_y < child_to_y)
        return params->load_child_frac * params->load_youth_frac;
    return age_y < youth_to_y ? params->load_youth_frac : 1;
}

double hm_load_to_y(double age_y)
{
    return age_y < child_to_y ? child_to_y : age_y < youth_to_y ? youth_to_y : (double)INFINITY;
}

hm_week_plan hm_week_plan_of(const hm_life_params *params, double age_y, double technique_to)
{
    return (hm_week_plan){.load = hm_load_of_age(params, age_y),
                          .train_ratio = 1,
                          .trainable_ratio = 1,
                          .taught = true,
                          .technique_to = technique_to,
                          .return_frac = 1};
}

/* ---- books: what ln T0 was before and is after ---- */

typedef struct books {
    const hm_life_params *params;
    const hm_hazards *hazards;
    const hm_person *p;
    const hm_life_state *s;
    hm_account *account; /* NULL = none kept */
    double core_ln;      /* as booked so far */
} books;

static void book(books *b, hm_term term)
{
    if (!b->account)
        return;
    double now = hm_core_ln(b->params, b->p, b->s);
    b->account->ln[term] += now - b->core_ln;
    b->core_ln = now;
}

static void book_age(books *b, double from_y, double to_y)
{
    if (!b->account)
        return;
    hm_level from = hm_level_of(b->params, b->p, b->s, from_y);
    hm_level to = hm_level_of(b->params, b->p, b->s, to_y);
    b->account->ln[HM_TERM_GROWTH] += to.growth_ln - from.growth_ln;
    b->account->ln[HM_TERM_TIMING] += to.timing_ln - from.timing_ln;
    b->account->ln[HM_TERM_AGEING] += to.ageing_ln - from.ageing_ln;
    b->core_ln = to.core_ln;
}

/* ---- one thing after the other ---- */

static void remember_load(hm_life_state *s, double load)
{
    s->fit = (float)((double)s->fit * fit_kept + load);
    s->fat = (float)((double)s->fat * fat_kept + load);
    s->chronic = (float)((double)s->chronic + chronic_share * (load - (double)s->chronic));
}

static void train(books *b, const hm_week_plan *plan, hm_life_state *s)
{
    const hm_life_params *q = b->params;
    double most = q->stock_frac * b->p->trainable_ln * plan->trainable_ratio;
    double rate = q->train_rate_per_y / HM_YEAR_WEEKS * plan->train_ratio;
    double left = fmax(most - (double)s->stock_ln, 0);
    s->stock_ln = (float)((double)s->stock_ln + rate * plan->load * left);
    book(b, HM_TERM_TRAINING);
    if (plan->load_idea == 0)
        return;
    left = fmax(most - (double)s->stock_ln, 0);
    s->stock_ln = (float)((double)s->stock_ln + rate * plan->load_idea * left);
    book(b, HM_TERM_IDEA);
}

static void detrain(books *b, hm_life_state *s, hm_term why)
{
    double kept = 1 - 1 / (HM_YEAR_WEEKS * b->params->detrain_y);
    s->stock_ln = (float)((double)s->stock_ln * kept);
    book(b, why);
}

static void learn(books *b, const hm_week_plan *plan, hm_life_state *s)
{
    double rate = b->params->technique_rate_per_y / HM_YEAR_WEEKS;
    double gap = fmax(plan->technique_to - (double)s->technique, 0);
    s->technique = (float)((double)s->technique + rate * gap);
    book(b, HM_TERM_TECHNIQUE);
    if (plan->technique_idea == 0)
        return;
    gap = fmax(plan->technique_to - (double)s->technique, 0);
    s->technique = (float)((double)s->technique + rate * plan->technique_idea * gap);
    book(b, HM_TERM_IDEA);
}

/* Four weeks of an AR(1): who is where between is of no account. */
static void drift(books *b, const hm_week *w, hm_life_state *s)
{
    uint32_t when = hm_week_when(w);
    if (when % HM_DRIFT_WEEKS != 0)
        return;
    double kept = hm_pow(b->params->drift_kept_per_y, (double)HM_DRIFT_WEEKS / HM_YEAR_WEEKS);
    double z =
        hm_normal_near(hm_rng_unit(w->seed, HM_FOR_WEEK, b->p->id, when, hm_week_draw(w, 1)));
    s->drift = (float)(kept * (double)s->drift + sqrt(1 - kept * kept) * z);
    book(b, HM_TERM_LUCK);
}

static void live_but_drift(books *b, const hm_week *w, const hm_week_plan *plan, hm_life_state *s,
                           hm_week_event *event)
{
    hm_week_event none;
    double age_y = hm_week_age_y(w, b->p);
    book_age(b, age_y - 1.0 / HM_YEAR_WEEKS, age_y);

    bool is_out = injury_week(b->params, b->hazards, b->p, w, plan, s, event ? event : &none);
    bool trains = !is_out && plan->load > 0;
    remember_load(s, trains ? plan->load + plan->load_idea : 0);
    if (trains)
        train(b, plan, s);
    else
        detrain(b, s, is_out ? HM_TERM_INJURY : HM_TERM_DETRAINING);
    if (plan->taught && !is_out)
        learn(b, plan, s);
}

void week_but_drift(const hm_life_params *params, const hm_hazards *hazards, const hm_person *p,
                    const hm_week *w, const hm_week_plan *plan, hm_life_state *s,
                    hm_account *account, hm_week_event *event)
{
    books b = {params, hazards, p, s, account, 0};
    live_but_drift(&b, w, plan, s, event);
}

void hm_week_live(const hm_life_params *params, const hm_person *p, const hm_week *w,
                  const hm_week_plan *plan, hm_life_state *s, hm_account *account,
                  hm_week_event *event)
{
    books b = {params, NULL, p, s, account, 0};
    live_but_drift(&b, w, plan, s, event);
    drift(&b, w, s);
}
